"""Opening a record: built at first use, brought up to date, checked, never overwritten.

Every opening is a database of its own to which the file is attached for reading. So any
number of records can be open at once in one process, and one opened after a load sees
what was loaded, whoever else still holds the file as it was before.
"""

from __future__ import annotations

import logging
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.bundled import bundled_sha256, carry_bundled, create_tables, drop_bundled
from accord.record.filters import literal
from accord.record.format import check_format, check_tables
from accord.record.shadow import shadow_of, spill_of, writer_lock

if TYPE_CHECKING:
    import duckdb

    from accord.record.location import Place

__all__ = ["bring_up_to_date", "ensure_current", "open_reading"]

_LOG = logging.getLogger("accord.record")


class _Need(Enum):
    """What must be done before a record can be read."""

    NOTHING = auto()
    BUILD = auto()  # there is no file
    CARRY = auto()  # the bundled facts have changed
    REBUILD = auto()  # an older format, and nothing in it but bundled facts


def open_reading(place: Place) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a record that is there and current.

    Raises REC001 to REC005, REC037 or REC038.
    """
    if place.is_lake:
        from accord.record.lake import open_lake

        return open_lake(place, read_only=True)
    con, need = _look_into(place)
    if con is None or need is not _Need.NOTHING:
        if con is not None:
            con.close()
        ensure_current(place)
        con = _connect(place)
    from accord.record.sandbox import close_the_door

    close_the_door(con)
    return con


def ensure_current(place: Place) -> None:
    """Build the record if there is none; carry the bundled facts anew if they changed.

    Rows that the user loaded stay. Safe in any number of processes at once.
    """
    with writer_lock(place):
        bring_up_to_date(place)


def bring_up_to_date(place: Place) -> None:
    """The work of :func:`ensure_current`, for a caller who holds the lock."""
    con, need = _look_into(place)
    if con is not None:
        con.close()
    if need is _Need.NOTHING:
        return
    if need is _Need.REBUILD:
        _set_aside(place)
    with shadow_of(place) as con:
        con.execute("BEGIN")
        if need is _Need.CARRY:
            drop_bundled(con)
        else:
            create_tables(con)
        carry_bundled(con)
        con.execute("COMMIT")


def _look_into(place: Place) -> tuple[duckdb.DuckDBPyConnection | None, _Need]:
    """The open file, if there is one, and what it needs."""
    if not _is_there(place):
        return None, _Need.BUILD
    con = _connect(place)
    try:
        return con, _need_of(con, place)
    except BaseException:
        con.close()
        raise


def _need_of(con: duckdb.DuckDBPyConnection, place: Place) -> _Need:
    import duckdb

    try:
        meta = dict(con.execute("SELECT key, value FROM meta").fetchall())
        try:
            check_format(meta, place)
        except RecordError as problem:
            if problem.code == "REC004" and _holds_no_loads(con):
                return _Need.REBUILD
            raise
        check_tables(con, place)
    except duckdb.Error as problem:
        raise _wrong(place, problem) from None
    return _Need.NOTHING if meta.get("bundled_sha256") == bundled_sha256() else _Need.CARRY


def _holds_no_loads(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether a record of an older format says of itself that nothing was loaded into it."""
    import duckdb

    try:
        found = con.execute("SELECT 1 FROM releases WHERE bundled IS NOT true LIMIT 1").fetchone()
    except duckdb.Error:
        return False
    return found is None


def _set_aside(place: Place) -> None:
    """Give an older file another name, so that nothing is lost, and say so."""
    number = 1
    while (aside := place.path.with_name(f"{place.path.name}.old-{number}")).exists():
        number += 1
    try:
        place.path.rename(aside)
    except OSError as problem:
        raise RecordError("REC001", path=place.path, detail=problem.strerror) from None
    _LOG.warning(
        "The record %s was in an older format and held bundled facts alone; "
        "it was built anew, the old file is kept as %s.",
        place.path,
        aside.name,
    )


def _is_there(place: Place) -> bool:
    try:
        place.path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as problem:
        raise RecordError("REC037", path=place.path, detail=problem.strerror) from None
    if place.path.is_dir():
        raise RecordError("REC002", path=place.path, detail="it is a directory")
    return True


def _connect(place: Place) -> duckdb.DuckDBPyConnection:
    import duckdb

    # Names of extensions in a damaged file must not make DuckDB fetch anything.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(spill_of(place)),
    }
    con = duckdb.connect(config=settings)
    try:
        con.execute("SET enable_progress_bar = false")  # it would write to standard output
        con.execute(f"ATTACH {literal(str(place.path))} AS record (TYPE duckdb, READ_ONLY)")
        con.execute("USE record")
    except (duckdb.Error, OSError, RuntimeError, UnicodeDecodeError) as problem:
        con.close()
        raise _wrong(place, problem) from None
    return con


def _wrong(place: Place, problem: Exception) -> RecordError:
    said = str(problem).splitlines()[0]
    if "Permission denied" in said:
        return RecordError("REC037", path=place.path, detail="permission denied")
    if "Could not set lock" in said or "file handle conflict" in said:
        return RecordError("REC038", path=place.path)
    return RecordError("REC002", path=place.path, detail=_reason(place.path, said))


def _reason(path: Path, said: str) -> str:
    """What is wrong with a file in few words, where DuckDB's own are long."""
    if path.is_file() and path.stat().st_size == 0:
        return "it is empty"
    if "not a valid DuckDB" in said:
        return "it is no DuckDB file"
    if "Table with name meta does not exist" in said:
        return "it is a DuckDB file, but has no table `meta`"
    if "Could not read enough bytes" in said:
        return "it is cut off"
    return said
