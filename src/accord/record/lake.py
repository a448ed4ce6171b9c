"""A record shared by several machines: DuckLake, its catalog in PostgreSQL, Parquet beside.

The same tables and views as in the local file, but plain text where that has
vocabularies. A load is one transaction of the lake; two writers may load at once, and
one that loses a race tries again. Readers see whole snapshots.
"""

from __future__ import annotations

import importlib.util
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.bundled import bundled_sha256, carry_bundled, create_tables, drop_bundled
from accord.record.filters import literal
from accord.record.format import check_format
from accord.record.sandbox import close_the_door

if TYPE_CHECKING:
    import duckdb

    from accord.record.location import Place

__all__ = ["ATTEMPTS", "lake_transaction", "lost_a_race", "open_lake"]

ATTEMPTS = 12
_PAUSE_SECONDS = 0.2
# Package → the name under which DuckDB wants to find the extension's file.
EXTENSIONS = {
    "duckdb_extension_ducklake": ("ducklake", "ducklake"),
    "duckdb_extension_postgres": ("postgres", "postgres_scanner"),
}


def open_lake(place: Place, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """A connection to the lake, built and current. Raises REC001, REC003, REC004, REC029."""
    for attempt in range(ATTEMPTS):
        con = _attach(place)
        try:
            _bring_up_to_date(con, place)
        except Exception as problem:
            con.close()
            if not lost_a_race(problem) or attempt == ATTEMPTS - 1:
                raise
            pause(attempt)
            continue
        if read_only:
            close_the_door(con, folders=_folders(place))
        return con
    raise RecordError("REC029", catalog=place, detail="others write without end")


@contextmanager
def lake_transaction(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    """A writing connection whose transaction is kept only if the block ends well."""
    con = open_lake(place, read_only=False)
    try:
        con.execute("BEGIN")
        yield con
        con.execute("COMMIT")
    finally:
        con.close()


def lost_a_race(problem: BaseException) -> bool:
    """Whether another writer came first, so that trying again may help."""
    said = str(problem).lower()
    signs = ("conflict", "could not serialize", "deadlock", "duplicate key", "already exists",
             "failed to commit", "concurrent")  # fmt: skip
    return type(problem).__module__.endswith("duckdb") and any(sign in said for sign in signs)


def pause(attempt: int) -> None:
    """Wait a little, longer each time, and not as long as the other does."""
    time.sleep(_PAUSE_SECONDS * (attempt + 1) * random.uniform(0.5, 1.5))  # noqa: S311


def _attach(place: Place) -> duckdb.DuckDBPyConnection:
    import duckdb

    con = duckdb.connect()
    con.execute("SET enable_progress_bar = false")  # it would write to standard output
    try:
        _load_extensions(con, place)
        data = str(place.data)
        if "://" not in data:
            Path(data).mkdir(parents=True, exist_ok=True)
        con.execute(
            f"ATTACH {literal('ducklake:' + str(place.catalog))} AS lake "
            f"(DATA_PATH {literal(data)})"
        )
        con.execute("USE lake")
    except (duckdb.Error, OSError) as problem:
        con.close()
        if lost_a_race(problem):
            raise
        detail = str(problem).splitlines()[0]
        raise RecordError("REC029", catalog=place, detail=_without_password(detail)) from None
    return con


def _bring_up_to_date(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    there = con.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'lake' AND table_name = 'meta'"
    ).fetchone()
    if not (there and there[0]):
        con.execute("BEGIN")
        create_tables(con, lake=True)
        carry_bundled(con)
        con.execute("COMMIT")
        return
    meta = dict(con.execute("SELECT key, value FROM meta").fetchall())
    check_format(meta, place)
    if meta.get("bundled_sha256") != bundled_sha256():
        con.execute("BEGIN")
        drop_bundled(con)
        carry_bundled(con)
        con.execute("COMMIT")


def _load_extensions(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Load what the packages bring; nothing is fetched from anywhere."""
    for package, (file, wanted) in EXTENSIONS.items():
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            detail = f"the package {package.replace('_', '-')} is not installed"
            raise RecordError("REC029", catalog=place, detail=detail)
        folder = Path(spec.origin).parent / "extensions"
        found = next(folder.glob(f"*/{file}.duckdb_extension"))
        con.execute(f"LOAD {literal(str(_named(found, wanted, place)))}")


def _named(found: Path, wanted: str, place: Place) -> Path:
    """The extension under the name that its entry point has; a link does."""
    if found.stem == wanted:
        return found
    link = place.folder / "extensions" / found.parent.name / f"{wanted}.duckdb_extension"
    link.parent.mkdir(parents=True, exist_ok=True)
    half = link.with_name(f".{link.name}.{os.getpid()}")
    half.symlink_to(found)
    half.replace(link)
    return link


def _folders(place: Place) -> list[str]:
    data = str(place.data)
    return [data if data.endswith("/") else f"{data}/"]


def _without_password(text: str) -> str:
    return " ".join(w for w in text.replace('"', " ").split() if not w.startswith("password="))
