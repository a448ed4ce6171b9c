"""GDELT 2.0 event exports: tab-separated, 61 columns, no heading (zip or plain).

Columns by the codebook (http://data.gdeltproject.org/documentation/GDELT-Event_Codebook-V2.0.pdf).
Events between two different countries are kept; the code is CAMEO's.
"""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.filters import literal
from accord.record.sources.unpacked import members_of

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from accord.record.job import Job

__all__ = ["COLUMNS", "stage"]

COLUMNS = 61
# Places in the codebook, from 0.
ID, DAY, ACTOR1, ACTOR2, CODE, MENTIONS, TONE, ADDED, URL = 0, 1, 7, 17, 26, 31, 34, 59, 60


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Events between countries. Raises REC012 or REC013."""
    first = True
    for path in job.files:
        with members_of(path, job.declaration.id, pattern=r"\.export\.csv$") as files:
            for file in files:
                _read(con, job, file, first=first)
                first = False


def _read(con: duckdb.DuckDBPyConnection, job: Job, file: Path, *, first: bool) -> None:
    import duckdb

    names = ", ".join(f"'c{i:02d}': 'VARCHAR'" for i in range(COLUMNS))
    reader = (
        f"read_csv({literal(str(file))}, delim = '\t', quote = '', header = false, "
        f"auto_detect = false, columns = {{{names}}})"
    )
    verb = "CREATE OR REPLACE TEMP TABLE staged AS" if first else "INSERT INTO staged"
    try:
        con.execute(
            f"""{verb}
            SELECT 'gdelt-' || c{ID:02d} AS id,
                   strftime(strptime(c{DAY:02d}, '%Y%m%d'), '%Y-%m-%d') AS date,
                   [c{ACTOR1:02d}] AS actors, [c{ACTOR2:02d}] AS targets,
                   'CAMEO ' || c{CODE:02d} AS what, NULL::VARCHAR AS quantity,
                   c{CODE:02d} AS code, c{TONE:02d}::DOUBLE AS tone,
                   c{MENTIONS:02d}::INTEGER AS mentions,
                   {literal(job.declaration.publisher)} AS publisher,
                   strftime(strptime(left(c{ADDED:02d}, 8), '%Y%m%d'), '%Y-%m-%d')
                       AS published_on,
                   c{URL:02d} AS url
            FROM {reader}
            WHERE c{ACTOR1:02d} <> '' AND c{ACTOR2:02d} <> '' AND c{ACTOR1:02d} <> c{ACTOR2:02d}"""
        )
    except duckdb.Error as problem:
        raise RecordError(
            "REC012",
            source=job.declaration.id,
            file=file.name,
            format=f"a GDELT 2.0 export of {COLUMNS} columns",
            detail=str(problem).splitlines()[0],
        ) from None
