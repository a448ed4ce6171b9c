"""UN Comtrade bulk files: tab-separated, the columns of the service's records.

The day of release stands in brackets in a file's name (``…202101H5[2022-08-31].txt.gz``).
"""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.codes import code_table
from accord.record.filters import literal
from accord.record.sources.delimited import find_bad_cell, numbered, places_in, relation

if TYPE_CHECKING:
    import duckdb

    from accord.record.job import Job

__all__ = ["stage"]

NEEDED = (
    "typeCode",
    "period",
    "reporterCode",
    "flowCode",
    "partnerCode",
    "partner2Code",
    "classificationCode",
    "cmdCode",
    "customsCode",
    "motCode",
    "primaryValue",
)
FORMS = {"reporterCode": "INTEGER", "partnerCode": "INTEGER", "period": "PERIOD",
         "primaryValue": "DOUBLE"}  # fmt: skip
# Re-exports, re-imports, processing and the like, which are parts of exports and imports.
OTHER_FLOWS = ("RX", "RM", "DX", "FM", "XIP", "MIP", "XOP", "MOP")
DAY_IN_NAME = re.compile(r"\[(\d{4}-\d{2}-\d{2})\]")
UNKNOWN = "?"  # before a word that stands for nothing; sorts before all letters


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Make ``staged`` from bulk files. Raises REC012, REC013, REC014, REC023 or REC026."""
    source = job.declaration.id
    reader = _reader(con, source, job.files)
    con.execute("CREATE OR REPLACE TEMP TABLE areas (number INTEGER, code VARCHAR)")
    listed = ", ".join(f"({number}, {literal(code)})" for number, code in code_table())
    con.execute(f"INSERT INTO areas VALUES {listed}")
    job.locate = lambda fresh: find_bad_cell(fresh, source, reader, FORMS)
    weight = _optional(con, reader, "netWgt")
    job.places = lambda con, condition: places_in(
        con,
        [
            (f.name, _select(numbered(_reader(con, source, [f])), weight, ", place"))
            for f in job.files
        ],
        condition,
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE staged AS {_select(reader, weight)}")
    _check_revision(con, job)
    job.published = job.published or _released(job.files)


def _released(files: Sequence[Path]) -> date | None:
    """The latest day in the names of the files, if each has one that has come."""
    found = [DAY_IN_NAME.search(file.name) for file in files]
    try:
        days = [date.fromisoformat(match[1]) for match in found if match]
    except ValueError:
        return None
    return max(days) if len(days) == len(files) and max(days) <= date.today() else None


def _reader(con: duckdb.DuckDBPyConnection, source: str, files: Sequence[Path]) -> str:
    return relation(con, source, files, needed=NEEDED, options=", delim = '\t', quote = '\"'")


def _select(reader: str, weight: str, more: str = "") -> str:
    others = ", ".join(map(literal, OTHER_FLOWS))
    return f"""
        SELECT coalesce(r.code, '{UNKNOWN}' || reporterCode) AS reporter,
               coalesce(p.code, '{UNKNOWN}' || partnerCode) AS partner,
               CASE flowCode WHEN 'X' THEN 'export' WHEN 'M' THEN 'import'
                    ELSE '{UNKNOWN}' || coalesce(flowCode, '') END AS direction,
               CASE WHEN cmdCode = 'TOTAL' THEN 'all'
                    WHEN typeCode = 'S' AND cmdCode IN ('200', 'S') THEN 'services'
                    ELSE cmdCode END AS product,
               classificationCode AS nomenclature,
               make_date(left(period, 4)::INTEGER,
                         CASE WHEN length(period) = 6 THEN right(period, 2)::INTEGER ELSE 1 END, 1)
                   AS period_start,
               CASE WHEN length(period) = 6 THEN last_day(period_start)
                    ELSE make_date(left(period, 4)::INTEGER, 12, 31) END AS period_end,
               NULL::VARCHAR AS period_kind, primaryValue::DOUBLE AS value, 'USD' AS currency,
               NULL::VARCHAR AS status, NULL::DOUBLE AS growth_pct,
               NULL::VARCHAR AS growth_currency,
               CASE flowCode WHEN 'X' THEN 'fob' ELSE 'cif' END AS valuation,
               typeCode = 'S' AS services, NULL::DOUBLE AS quantity,
               NULL::VARCHAR AS quantity_unit, {weight} AS weight_kg{more}
        FROM {reader} AS f
        LEFT JOIN areas AS r ON r.number = reporterCode::INTEGER
        LEFT JOIN areas AS p ON p.number = partnerCode::INTEGER
        WHERE coalesce(flowCode, '') NOT IN ({others}) AND coalesce(motCode, '0') = '0'
          AND coalesce(partner2Code, '0') = '0' AND coalesce(customsCode, 'C00') = 'C00'"""


def _optional(con: duckdb.DuckDBPyConnection, reader: str, column: str) -> str:
    names = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()}
    return f'TRY_CAST("{column}" AS DOUBLE)' if column in names else "NULL::DOUBLE"


def _check_revision(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    wanted = job.request.options.get("revision")
    if not wanted:
        return
    found = [row[0] for row in con.execute("SELECT DISTINCT nomenclature FROM staged").fetchall()]
    if found != [wanted]:
        raise RecordError(
            "REC026", source=job.declaration.id, found=", ".join(map(str, found)), expected=wanted
        )
