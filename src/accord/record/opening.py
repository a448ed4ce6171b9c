"""Opening a record: built at first use, brought up to date, checked, never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.bundled import (
    SCHEMA_VERSION,
    bundled_sha256,
    carry_bundled,
    create_tables,
    drop_bundled,
)
from accord.record.shadow import shadow_of, writer_lock

if TYPE_CHECKING:
    import duckdb

    from accord.record.location import Place

__all__ = ["check_format", "ensure_current", "open_reading"]


def open_reading(place: Place) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a record that is there and current.

    Raises REC001 to REC005.
    """
    if place.is_lake:
        from accord.record.lake import open_lake

        return open_lake(place, read_only=True)
    if not place.path.exists():
        ensure_current(place)
    con = _connect(place)
    if _meta(con, place).get("bundled_sha256") == bundled_sha256():
        return _closed(con)
    con.close()
    ensure_current(place)
    return _closed(_connect(place))


def _closed(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
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
    if not place.path.exists():
        with shadow_of(place) as con:
            _transaction(con, new=True)
        return
    con = _connect(place)
    current = _meta(con, place).get("bundled_sha256") == bundled_sha256()
    con.close()
    if not current:
        with shadow_of(place) as con:
            _transaction(con, new=False)


def check_format(meta: dict[str, str], place: Place) -> None:
    """Raise REC003 or REC004 unless the record is in the format of this Accord."""
    found = meta.get("schema_version", "0")
    if not found.isdigit():
        raise RecordError("REC002", path=place, detail="its format is not stated")
    if int(found) > int(SCHEMA_VERSION):
        raise RecordError("REC003", path=place, found=found, known=SCHEMA_VERSION)
    if int(found) < int(SCHEMA_VERSION):
        raise RecordError("REC004", path=place, found=found, known=SCHEMA_VERSION)


def _transaction(con: duckdb.DuckDBPyConnection, *, new: bool) -> None:
    con.execute("BEGIN")
    if new:
        create_tables(con)
    else:
        drop_bundled(con)
    carry_bundled(con)
    con.execute("COMMIT")


def _connect(place: Place) -> duckdb.DuckDBPyConnection:
    import duckdb

    try:
        con = duckdb.connect(str(place.path), read_only=True)
        con.execute("SET enable_progress_bar = false")  # it would write to standard output
    except (duckdb.Error, OSError, RuntimeError, UnicodeDecodeError) as problem:
        detail = str(problem).splitlines()[0]
        raise RecordError("REC002", path=place.path, detail=detail) from None
    return con


def _meta(con: duckdb.DuckDBPyConnection, place: Place) -> dict[str, str]:
    import duckdb

    try:
        meta = dict(con.execute("SELECT key, value FROM meta").fetchall())
    except duckdb.Error as problem:
        con.close()
        detail = str(problem).splitlines()[0]
        raise RecordError("REC002", path=place.path, detail=detail) from None
    try:
        check_format(meta, place)
    except RecordError:
        con.close()
        raise
    return meta
