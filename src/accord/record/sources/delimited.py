"""Reading delimited files with DuckDB: columns checked, bad cells found and named."""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.filters import literal

if TYPE_CHECKING:
    import duckdb

__all__ = ["find_bad_cell", "numbered", "places_in", "relation"]

# What a cell must be, where it is no type of SQL: a condition on `word`, and its words.
_FORMS = {
    "PERIOD": (
        r"regexp_full_match(trim(word), '\d{4}(0[1-9]|1[0-2])?')",
        "a period (YYYY or YYYYMM)",
    ),
}
_NUMBERS = {"DOUBLE", "INTEGER", "BIGINT"}
_SHOWN = 5


def relation(
    con: duckdb.DuckDBPyConnection,
    source: str,
    files: Sequence[Path],
    *,
    needed: Sequence[str],
    options: str = "",
) -> str:
    """The SQL that reads files as text, after a look at their columns.

    Raises REC012 (not delimited text) or REC013 (a column is missing).
    """
    import duckdb

    listed = "[" + ", ".join(literal(str(path)) for path in files) + "]"
    reader = f"read_csv({listed}, all_varchar = true, header = true{options})"
    try:
        described = con.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()
    except duckdb.Error as problem:
        raise RecordError(
            "REC012",
            source=source,
            file=files[0].name,
            format="delimited text",
            detail=str(problem).splitlines()[0],
        ) from None
    names = [row[0] for row in described]
    for column in needed:
        if column not in names:
            raise RecordError(
                "REC013",
                source=source,
                file=files[0].name,
                column=column,
                found=", ".join(names[:12]),
            )
    return reader


def find_bad_cell(
    con: duckdb.DuckDBPyConnection, source: str, reader: str, columns: dict[str, str]
) -> None:
    """Raise REC014 for the first cell that is not what its column should hold.

    ``columns`` maps names to SQL types or to ``PERIOD``. Rows are those of the file, the
    heading being the first.
    """
    for column, kind in columns.items():
        good, expected = _form(kind)
        found = con.execute(
            f'SELECT place, word FROM (SELECT place, "{column}" AS word FROM {numbered(reader)}) '
            f"WHERE word IS NOT NULL AND NOT coalesce({good}, false) ORDER BY place LIMIT 1"
        ).fetchone()
        if found is not None:
            raise RecordError(
                "REC014",
                source=source,
                row=found[0],
                column=column,
                value=found[1],
                expected=expected,
            )


def _form(kind: str) -> tuple[str, str]:
    if kind in _FORMS:
        return _FORMS[kind]
    read = f"TRY_CAST(trim(word) AS {kind})"
    if kind in _NUMBERS:
        return f"isfinite({read}::DOUBLE)", "a number"
    return f"{read} IS NOT NULL", f"a {kind.lower()}"


def numbered(reader: str) -> str:
    """The rows of a reader with their place in the file, the heading being row 1."""
    return f"(SELECT *, row_number() OVER () + 1 AS place FROM {reader})"


def places_in(
    con: duckdb.DuckDBPyConnection, rows: Sequence[tuple[str, str]], condition: str
) -> list[str]:
    """Where the rows that fit stand, at most five: "4", or "exports.csv: 4" of several files.

    ``rows`` are file names with the SQL of their rows as staged, with a column ``place``.
    """
    found: list[str] = []
    for name, query in rows:
        places = con.execute(
            f"SELECT place FROM ({query}) WHERE {condition} ORDER BY place LIMIT {_SHOWN}"
        ).fetchall()
        found += [f"{name}: {row[0]}" if len(rows) > 1 else str(row[0]) for row in places]
    return found[:_SHOWN]
