"""Figures in Accord's own columns, as Parquet or CSV: the quick way in for large sets.

Columns: ``reporter, partner, direction, product, period_start, period_end, value``;
optional: ``nomenclature, period_kind, currency, status, growth_pct, growth_currency,
valuation, services, quantity, quantity_unit, weight_kg``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.filters import literal
from accord.record.sources.delimited import find_bad_cell, numbered, places_in
from accord.record.staging import FLOW_FIELDS

if TYPE_CHECKING:
    import duckdb

    from accord.record.job import Job

__all__ = ["stage"]

NEEDED = (
    "reporter",
    "partner",
    "direction",
    "product",
    "period_start",
    "period_end",
    "value",
)


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Make the view ``staged`` over the files. Raises REC012, REC013 or REC014."""
    import duckdb

    files = "[" + ", ".join(literal(str(path)) for path in job.files) + "]"
    reader = _reader(job.files[0])
    try:
        found = con.execute(f"DESCRIBE SELECT * FROM {reader}({files})").fetchall()  # noqa: S608
    except duckdb.Error as problem:
        raise RecordError(
            "REC012",
            source=job.declaration.id,
            file=job.files[0].name,
            format="Parquet or CSV",
            detail=str(problem).splitlines()[0],
        ) from None
    names = {row[0] for row in found}
    for column in NEEDED:
        if column not in names:
            raise RecordError(
                "REC013",
                source=job.declaration.id,
                file=job.files[0].name,
                column=column,
                found=", ".join(sorted(names)[:12]),
            )
    if reader == "read_csv":
        text = f"read_csv({files}, all_varchar = true, header = true)"
        typed = {n: k for n, k in FLOW_FIELDS.items() if n in names and k != "VARCHAR"}
        job.locate = lambda fresh: find_bad_cell(fresh, job.declaration.id, text, typed)
    unit = job.declaration.unit
    picked = ", ".join(_picked(name, kind, names, unit) for name, kind in FLOW_FIELDS.items())
    rows = [
        (f.name, f"SELECT {picked}, place FROM {numbered(f'{reader}([{literal(str(f))}])')}")  # noqa: S608
        for f in job.files
    ]
    job.places = lambda con, condition: places_in(con, rows, condition)
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW staged AS SELECT {picked} FROM {reader}({files})"  # noqa: S608
    )


def _reader(path: Path) -> str:
    return "read_parquet" if path.suffix == ".parquet" else "read_csv"


def _picked(name: str, kind: str, present: set[str], unit: float) -> str:
    defaults = {"currency": "'USD'", "nomenclature": "'HS'"}
    if name not in present:
        return f"{defaults.get(name, 'NULL')}::{kind} AS {name}"
    if name == "value" and unit != 1:
        return f"{name}::{kind} * {unit} AS {name}"
    return f"{name}::{kind} AS {name}"
