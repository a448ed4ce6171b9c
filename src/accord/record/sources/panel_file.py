"""Panels for gravity work, from the files that their publishers offer.

CSV (also zipped or .gz), Parquet or Stata; the publisher's columns are kept as they
are. ``mapping.columns`` names those that must be there.
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
    """Make ``staged`` with the publisher's columns. Raises REC012 or REC013."""
    import duckdb

    first = True
    for path in job.files:
        with members_of(path, job.declaration.id, pattern=r"\.(csv|parquet|dta)$") as files:
            for file in files:
                try:
                    _read(con, file, first=first)
                except (duckdb.Error, ValueError, ImportError) as problem:
                    raise RecordError(
                        "REC012",
                        source=job.declaration.id,
                        file=file.name,
                        format="CSV, Parquet or Stata",
                        detail=str(problem).splitlines()[0],
                    ) from None
                first = False
    _check(con, job)


def _read(con: duckdb.DuckDBPyConnection, file: Path, *, first: bool) -> None:
    reader = f"read_csv({literal(str(file))}, sample_size = 100000)"
    if file.suffix == ".parquet":
        reader = f"read_parquet({literal(str(file))})"
    elif file.suffix == ".dta":
        import pandas as pd

        con.register("stata", pd.read_stata(file, convert_categoricals=False))
        reader = "stata"
    verb = "CREATE OR REPLACE TEMP TABLE staged AS" if first else "INSERT INTO staged BY NAME"
    con.execute(f"{verb} SELECT * FROM {reader}")


def _check(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    names = [row[0] for row in con.execute("DESCRIBE SELECT * FROM staged").fetchall()]
    for column in job.declaration.mapping.get("columns", ()):
        if column.lower() not in {name.lower() for name in names}:
            raise RecordError(
                "REC013",
                source=job.declaration.id,
                file=", ".join(path.name for path in job.files),
                column=column,
                found=", ".join(names[:12]),
            )
