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
from accord.record.sources.delimited import places_in
from accord.record.sources.unpacked import members_of

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

    from accord.record.job import Job

__all__ = ["COLUMNS", "stage"]

COLUMNS = 61
# Places in the codebook, from 0.
ID, DAY, ACTOR1, ACTOR2, CODE, MENTIONS, TONE, ADDED, URL = 0, 1, 7, 17, 26, 31, 34, 59, 60

MEMBERS = r"\.export\.csv$"
_DATE = "length({word}) = 8 AND try_strptime({word}, '%Y%m%d') IS NOT NULL"
_CAMEO = "regexp_full_match({word}, '(0[1-9]|1[0-9]|20)[0-9]{{0,2}}')"
_NUMBER = "isfinite(TRY_CAST({word} AS DOUBLE))"
FORMS = {
    DAY: ("SQLDATE", _DATE, "a day (YYYYMMDD)"),
    CODE: ("EventCode", _CAMEO, "a code of CAMEO (01 to 20 and their parts)"),
    MENTIONS: ("NumMentions", _NUMBER, "a number"),
    TONE: ("AvgTone", _NUMBER, "a number"),
}


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Events between countries. Raises REC012 or REC014."""
    first = True
    for path in job.files:
        with members_of(path, job.declaration.id, pattern=MEMBERS) as files:
            for file in files:
                _read(con, job, file, first=first)
                first = False
    job.places = lambda con, condition: _places(con, job, condition)


def _read(con: duckdb.DuckDBPyConnection, job: Job, file: Path, *, first: bool) -> None:
    import duckdb

    verb = "CREATE OR REPLACE TEMP TABLE staged AS" if first else "INSERT INTO staged"
    try:
        _check_cells(con, job, file)
        con.execute(f"{verb} {_select(job, _reader(file))}")
    except duckdb.Error as problem:
        raise RecordError(
            "REC012",
            source=job.declaration.id,
            file=file.name,
            format=f"a GDELT 2.0 export of {COLUMNS} columns",
            detail=str(problem).splitlines()[0],
        ) from None


def _reader(file: Path) -> str:
    names = ", ".join(f"'c{i:02d}': 'VARCHAR'" for i in range(COLUMNS))
    return (
        f"read_csv({literal(str(file))}, delim = '\t', quote = '', header = false, "
        f"auto_detect = false, columns = {{{names}}})"
    )


def _select(job: Job, reader: str, more: str = "") -> str:
    return f"""
        SELECT 'gdelt-' || c{ID:02d} AS id,
               strftime(strptime(c{DAY:02d}, '%Y%m%d'), '%Y-%m-%d') AS date,
               [c{ACTOR1:02d}] AS actors, [c{ACTOR2:02d}] AS targets,
               'CAMEO ' || c{CODE:02d} AS what, NULL::VARCHAR AS quantity,
               c{CODE:02d} AS code, c{TONE:02d}::DOUBLE AS tone,
               c{MENTIONS:02d}::INTEGER AS mentions,
               {literal(job.declaration.publisher)} AS publisher,
               strftime(strptime(left(c{ADDED:02d}, 8), '%Y%m%d'), '%Y-%m-%d') AS published_on,
               c{URL:02d} AS url{more}
        FROM {reader}
        WHERE c{ACTOR1:02d} <> '' AND c{ACTOR2:02d} <> '' AND c{ACTOR1:02d} <> c{ACTOR2:02d}"""


def _check_cells(con: duckdb.DuckDBPyConnection, job: Job, file: Path) -> None:
    """Raise REC014 for the first cell that the codebook does not allow."""
    for place, (name, good, expected) in FORMS.items():
        word = f"c{place:02d}"
        found = con.execute(
            f"SELECT place, {word} FROM {_rows(file)} WHERE {word} <> '' "
            f"AND NOT coalesce({good.format(word=word)}, false) ORDER BY place LIMIT 1"
        ).fetchone()
        if found is not None:
            raise RecordError(
                "REC014",
                source=job.declaration.id,
                row=found[0],
                column=name,
                value=found[1],
                expected=expected,
            )


def _rows(file: Path) -> str:
    return f"(SELECT *, row_number() OVER () AS place FROM {_reader(file)})"  # no heading


def _places(con: duckdb.DuckDBPyConnection, job: Job, condition: str) -> list[str]:
    found: list[str] = []
    for path in job.files:
        with members_of(path, job.declaration.id, pattern=MEMBERS) as files:
            rows = [(file.name, _select(job, _rows(file), ", place")) for file in files]
            found += places_in(con, rows, condition)
    return found
