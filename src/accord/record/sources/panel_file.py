"""Panels for gravity work, from the files that their publishers offer.

CSV (also zipped or .gz), Parquet or Stata; the publisher's columns are kept as they
are. ``mapping.columns`` names those that must be there, ``mapping.key`` those that no
two rows share. Of an archive the members that have these columns are read; lists of
countries and the like are passed over.
"""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.filters import literal
from accord.record.sources.unpacked import members_of

if TYPE_CHECKING:
    import duckdb

    from accord.record.job import Job

__all__ = ["stage"]


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Make ``staged`` with the publisher's columns. Raises REC012, REC013 or REC015."""
    import duckdb

    first, passed_over = True, ""
    for path in job.files:
        with members_of(path, job.declaration.id, pattern=r"\.(csv|parquet|dta)$") as files:
            for file in files:
                try:
                    lacking = _lacking(con, job, file)
                    if lacking is None:
                        _read(con, file, first=first)
                        first = False
                    passed_over = lacking or passed_over
                except (duckdb.Error, ValueError, ImportError) as problem:
                    raise RecordError(
                        "REC012",
                        source=job.declaration.id,
                        file=file.name,
                        format="CSV, Parquet or Stata",
                        detail=str(problem).splitlines()[0],
                    ) from None
    if first:
        column, _, found = passed_over.partition(":")
        names = ", ".join(path.name for path in job.files)
        raise RecordError(
            "REC013", source=job.declaration.id, file=names, column=column, found=found
        )
    _check_key(con, job)


def _lacking(con: duckdb.DuckDBPyConnection, job: Job, file: Path) -> str | None:
    """The first needed column that a file lacks, with those it has; none if it has all."""
    described = con.execute(f"DESCRIBE SELECT * FROM {_relation(con, file)}").fetchall()
    names = [row[0] for row in described]
    there = {name.lower() for name in names}
    for column in job.declaration.mapping.get("columns", ()):
        if column.lower() not in there:
            return f"{column}:{', '.join(names[:12])}"
    return None


def _relation(con: duckdb.DuckDBPyConnection, file: Path) -> str:
    if file.suffix.lower() == ".parquet":
        return f"read_parquet({literal(str(file))})"
    if file.suffix.lower() == ".dta":
        import pandas as pd

        con.register("stata", pd.read_stata(file, convert_categoricals=False))
        return "stata"
    return f"read_csv({literal(str(file))}, sample_size = 100000, nullstr = ['', 'NA', '.'])"


def _read(con: duckdb.DuckDBPyConnection, file: Path, *, first: bool) -> None:
    verb = "CREATE OR REPLACE TEMP TABLE staged AS" if first else "INSERT INTO staged BY NAME"
    con.execute(f"{verb} SELECT * FROM {_relation(con, file)}")


def _check_key(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Raise REC015 if two rows share the key that the declaration names."""
    there = {row[0].lower() for row in con.execute("DESCRIBE SELECT * FROM staged").fetchall()}
    key = job.declaration.mapping.get("key", ())
    if not key or not all(column.lower() in there for column in key):
        return
    listed = ", ".join(f'"{column}"' for column in key)
    row = con.execute(f"SELECT count(*) - count(DISTINCT hash({listed})) FROM staged").fetchone()
    if not row or not row[0]:
        return
    found = con.execute(
        f"SELECT count(*) OVER (), {listed}, list(place ORDER BY place)[:5] FROM "
        f"(SELECT {listed}, row_number() OVER () AS place FROM staged) GROUP BY {listed} "
        "HAVING count(*) > 1 ORDER BY ALL LIMIT 1"
    ).fetchone()
    if found is not None:
        count, *cell, places = found
        named = " / ".join(map(str, cell))
        rows = ", ".join(str(place + 1) for place in places)
        raise RecordError("REC015", source=job.declaration.id, count=count, key=named, rows=rows)
