"""CEPII BACI: reconciled yearly trade by HS product, from its zip archives or CSV files.

Columns by the documentation (https://www.cepii.fr/CEPII/en/bdd_modele/bdd_modele_item.asp?id=37):
``t`` year, ``i`` exporter, ``j`` importer, ``k`` HS6 product, ``v`` thousand dollars,
``q`` metric tons. Values are FOB and stand on the exporter's side. Each pair's year gets a
row of all goods besides, the sum of its products, so that it answers for the whole.
"""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.codes import code_table
from accord.record.filters import literal
from accord.record.sources.delimited import find_bad_cell, numbered, places_in, relation
from accord.record.sources.unpacked import members_of

if TYPE_CHECKING:
    import duckdb

    from accord.record.job import Job

__all__ = ["stage"]

NAME = re.compile(r"BACI_HS(?P<revision>\d{2})_Y(?P<year>\d{4})_V(?P<version>\d{6})", re.I)
MEMBERS = r"BACI_.*\.csv$"
NUMBERS = {"t": "INTEGER", "i": "INTEGER", "j": "INTEGER", "v": "DOUBLE"}


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Make ``staged`` from archives or CSV files. Raises REC012 to REC014, REC023, REC026."""
    con.execute("CREATE OR REPLACE TEMP TABLE areas (number INTEGER, code VARCHAR)")
    listed = ", ".join(f"({number}, {literal(code)})" for number, code in code_table())
    con.execute(f"INSERT INTO areas VALUES {listed}")
    first = True
    for path in job.files:
        with members_of(path, job.declaration.id, pattern=MEMBERS) as files:
            for file in files:
                _note_version(file, job)
                _read(con, job, file, first=first)
                first = False
    _add_totals(con, job)
    job.places = lambda con, condition: _places(con, job, condition)


def _add_totals(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    row = con.execute(
        "INSERT INTO staged BY NAME SELECT reporter, partner, direction, 'all' AS product, "
        "nomenclature, period_start, period_end, sum(value) AS value, 'USD' AS currency, "
        "'fob' AS valuation, false AS services, sum(weight_kg) AS weight_kg FROM staged GROUP BY "
        "reporter, partner, direction, nomenclature, period_start, period_end"
    ).fetchone()
    if row and row[0]:
        job.notes.append(f"{row[0]:,} rows of all goods were added, the sums of their products")


def _places(con: duckdb.DuckDBPyConnection, job: Job, condition: str) -> list[str]:
    """Where rows stand; archives are unpacked once more for it."""
    found: list[str] = []
    for path in job.files:
        with members_of(path, job.declaration.id, pattern=MEMBERS) as files:
            rows = [(file.name, _select(con, job, file, numbered)) for file in files]
            found += places_in(con, rows, condition)
    return found


def _note_version(file: Path, job: Job) -> None:
    found = NAME.search(file.name)
    if not found:
        return
    revision = f"HS{found['revision']}"
    wanted = job.request.options.get("revision") or job.nomenclature
    if wanted and wanted != revision:
        raise RecordError("REC026", source=job.declaration.id, found=revision, expected=wanted)
    job.nomenclature = revision
    if job.published is None:
        year, month = int(found["version"][:4]), int(found["version"][4:])
        job.published = date(year + month // 12, month % 12 + 1, 1) - date.resolution
    job.title = f"BACI {revision}, version {found['version']}"


def _read(con: duckdb.DuckDBPyConnection, job: Job, file: Path, *, first: bool) -> None:
    find_bad_cell(con, job.declaration.id, _reader(con, job, file), NUMBERS)
    verb = "CREATE OR REPLACE TEMP TABLE staged AS" if first else "INSERT INTO staged"
    con.execute(f"{verb} {_select(con, job, file)}")


def _reader(con: duckdb.DuckDBPyConnection, job: Job, file: Path) -> str:
    return relation(
        con,
        job.declaration.id,
        [file],
        needed=("t", "i", "j", "k", "v", "q"),
        options=", delim = ','",
    )


def _select(
    con: duckdb.DuckDBPyConnection,
    job: Job,
    file: Path,
    wrapped: Callable[[str], str] | None = None,
) -> str:
    reader = _reader(con, job, file)
    more = ", place" if wrapped else ""
    return f"""
        SELECT coalesce(r.code, '?' || i) AS reporter, coalesce(p.code, '?' || j) AS partner,
               'export' AS direction, lpad(trim(k), 6, '0') AS product,
               {literal(job.nomenclature or job.declaration.nomenclature)} AS nomenclature,
               make_date(t::INTEGER, 1, 1) AS period_start,
               make_date(t::INTEGER, 12, 31) AS period_end, NULL::VARCHAR AS period_kind,
               v::DOUBLE * {job.declaration.unit} AS value, 'USD' AS currency,
               NULL::VARCHAR AS status, NULL::DOUBLE AS growth_pct,
               NULL::VARCHAR AS growth_currency, 'fob' AS valuation, false AS services,
               TRY_CAST(trim(q) AS DOUBLE) AS quantity, 't' AS quantity_unit,
               TRY_CAST(trim(q) AS DOUBLE) * 1000 AS weight_kg{more}
        FROM {wrapped(reader) if wrapped else reader} AS f
        LEFT JOIN areas AS r ON r.number = i::INTEGER
        LEFT JOIN areas AS p ON p.number = j::INTEGER"""
