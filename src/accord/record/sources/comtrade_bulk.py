"""UN Comtrade bulk files: tab-separated, the columns of the service's records."""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.codes import code_table
from accord.record.filters import literal
from accord.record.sources.delimited import find_bad_cell, relation

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
NUMBERS = {"reporterCode": "INTEGER", "partnerCode": "INTEGER", "period": "INTEGER",
           "primaryValue": "DOUBLE"}  # fmt: skip


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Make ``staged`` from bulk files. Raises REC012, REC013, REC014, REC023 or REC026."""
    source = job.declaration.id
    options = ", delim = '\t', quote = '\"'"
    reader = relation(con, source, job.files, needed=NEEDED, options=options)
    con.execute("CREATE OR REPLACE TEMP TABLE areas (number INTEGER, code VARCHAR)")
    listed = ", ".join(f"({number}, {literal(code)})" for number, code in code_table())
    con.execute(f"INSERT INTO areas VALUES {listed}")
    job.locate = lambda fresh: find_bad_cell(fresh, source, reader, NUMBERS)
    weight = _optional(con, reader, "netWgt")
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE staged AS
        SELECT coalesce(r.code, 'M49:' || reporterCode) AS reporter,
               coalesce(p.code, 'M49:' || partnerCode) AS partner,
               CASE flowCode WHEN 'X' THEN 'export' ELSE 'import' END AS direction,
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
               NULL::VARCHAR AS quantity_unit, {weight} AS weight_kg
        FROM {reader} AS f
        LEFT JOIN areas AS r ON r.number = reporterCode::INTEGER
        LEFT JOIN areas AS p ON p.number = partnerCode::INTEGER
        WHERE flowCode IN ('X', 'M') AND coalesce(motCode, '0') = '0'
          AND coalesce(partner2Code, '0') = '0' AND coalesce(customsCode, 'C00') = 'C00'"""
    )
    _check_revision(con, job)


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
