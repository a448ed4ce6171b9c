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

__all__ = ["find_bad_cell", "relation"]


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
    """Raise REC014 for the first cell that is not of its column's type.

    ``columns`` maps names to SQL types. Rows are counted from the first below the header.
    """
    for column, kind in columns.items():
        found = con.execute(
            f'SELECT place, word FROM (SELECT row_number() OVER () AS place, "{column}" AS word '
            f"FROM {reader}) WHERE word IS NOT NULL AND TRY_CAST(trim(word) AS {kind}) IS NULL "
            "ORDER BY place LIMIT 1"
        ).fetchone()
        if found is not None:
            expected = (
                "a number" if kind in {"DOUBLE", "INTEGER", "BIGINT"} else f"a {kind.lower()}"
            )
            raise RecordError(
                "REC014",
                source=source,
                row=found[0] + 1,
                column=column,
                value=found[1],
                expected=expected,
            )
