"""Taking a release out again, as if it had never been loaded.

The rows that it had replaced count again from their day on, or until the next release
that replaces them. Its raw file stays where it is: nothing that was fetched is lost.
"""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.assertions import KEYS
from accord.record.filters import literal
from accord.record.insertion import TABLES, VINTAGED
from accord.record.loading import writing
from accord.record.location import the_place

if TYPE_CHECKING:
    import duckdb

__all__ = ["Removal", "remove"]


@dataclass(frozen=True, slots=True)
class Removal:
    """What was taken out, and how many earlier rows count again."""

    release: str
    rows: int
    restored: int


@dataclass(frozen=True, slots=True)
class _Release:
    id: str
    source: str
    kind: str
    rows: int
    mark: str  # how its rows name it: a number in flows, its name elsewhere


def remove(release: str, *, path: Path | None = None) -> Removal:
    """Take a loaded release out, in one transaction. Raises REC036 or REC043."""
    with writing(the_place(path)) as con:
        found = _find(con, release)
        restored = 0
        if found.kind == "panel":
            _drop_panel(con, found)
        else:
            table = TABLES.get(found.kind, found.kind)
            if found.kind in VINTAGED:
                restored = _restore(con, found, table)
            con.execute(f"DELETE FROM {table} WHERE release = {found.mark}")
        for table, column in (("coverage", "release"), ("releases", "id")):
            con.execute(f"DELETE FROM {table} WHERE {column} = {literal(found.id)}")
    return Removal(found.id, found.rows, restored)


def _find(con: duckdb.DuckDBPyConnection, release: str) -> _Release:
    row = con.execute(
        "SELECT id, source, kind, row_count, key, bundled FROM releases "
        f"WHERE id = {literal(release)}"
    ).fetchone()
    if row is None:
        raise RecordError("REC036", release=release)
    name, source, kind, rows, key, bundled = row
    if bundled:
        raise RecordError("REC043", release=release)
    mark = literal(key) if kind == "flows" else literal(name)
    return _Release(name, source, kind, int(rows or 0), mark)


def _restore(con: duckdb.DuckDBPyConnection, gone: _Release, table: str) -> int:
    """Give the rows that the release closed the end that they have without it."""
    column = "key" if table == "flows" else "id"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE others AS SELECT {column} AS release, row_number() OVER "
        f"(ORDER BY coalesce(published_on, retrieved_on), loaded_at) AS place FROM releases "
        f"WHERE source = {literal(gone.source)} AND id <> {literal(gone.id)}"
    )
    key = ", ".join(KEYS[table])
    mine = f"SELECT {key}, known_from FROM {table} WHERE release = {gone.mark}"
    # Rows that ended on the day of the one that goes, with the next that remains.
    ends = (
        f"SELECT o.release, {_listed('o', table)}, min(n.known_from) AS day FROM {table} AS o "
        f"JOIN others AS a ON a.release = o.release JOIN ({mine}) AS g ON {_same('o', 'g', table)} "
        f"AND o.known_until = g.known_from LEFT JOIN (SELECT t.*, place FROM {table} AS t JOIN "
        f"others USING (release)) AS n ON {_same('o', 'n', table)} AND n.place > a.place "
        "GROUP BY ALL"
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE ends AS {ends}")
    row = con.execute(
        f"UPDATE {table} AS old SET known_until = ends.day FROM ends "
        f"WHERE old.release = ends.release AND {_same('old', 'ends', table)}"
    ).fetchone()
    return int(row[0]) if row else 0


def _listed(alias: str, table: str) -> str:
    return ", ".join(f"{alias}.{column}" for column in KEYS[table])


def _same(one: str, other: str, table: str) -> str:
    return " AND ".join(
        f"{one}.{column} IS NOT DISTINCT FROM {other}.{column}" for column in KEYS[table]
    )


def _drop_panel(con: duckdb.DuckDBPyConnection, gone: _Release) -> None:
    """Drop its table; of those that remain the last loaded takes the plain name."""
    row = con.execute(f"SELECT path FROM panels WHERE release = {gone.mark}").fetchone()
    kept = row[0] if row else None
    con.execute(f'DROP TABLE "{kept or f"panel_{gone.source}"}"')
    con.execute(f"DELETE FROM panels WHERE release = {gone.mark}")
    before = con.execute(
        "SELECT release, path FROM panels JOIN releases ON id = release "
        f"WHERE name = {literal(gone.source)} AND path IS NOT NULL ORDER BY loaded_at DESC LIMIT 1"
    ).fetchone()
    if kept is None and before is not None:
        con.execute(f'ALTER TABLE "{before[1]}" RENAME TO "panel_{gone.source}"')
        con.execute(f"UPDATE panels SET path = NULL WHERE release = {literal(before[0])}")
