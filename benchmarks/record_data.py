"""Invented trade figures at real size: months, pairs, chapters, with revisions.

Every month holds the same pairs and chapters; values are whole dollars, log-normal,
with a level for each pair and a season, all derived from hashes, so that the same
number of rows always gives the same file.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

MONTHS, REPORTERS, CHAPTERS, DIRECTIONS = 24, 200, 97, 2
FIRST_YEAR = 2022


def quiet_connection(path: str = ":memory:", **settings: Any) -> duckdb.DuckDBPyConnection:
    """A connection without a progress bar, which would be written among the results."""
    con = duckdb.connect(path, config=settings, read_only=path != ":memory:")
    con.execute("SET enable_progress_bar = false")
    return con


def codes() -> list[str]:
    """Two hundred codes of polities, real ones."""
    from accord.model.polity import all_polities

    found = sorted({p.iso3 for p in all_polities() if p.iso3 and p.m49})
    return found[:REPORTERS]


def month_relation(month: int, partners: int) -> str:
    """The SQL that makes one month's figures, sorted as the record keeps them."""
    listed = ", ".join(f"'{code}'" for code in codes())
    start = f"make_date({FIRST_YEAR + month // 12}, {month % 12 + 1}, 1)"
    return f"""
    WITH polity AS (SELECT unnest([{listed}]) AS code, unnest(range({REPORTERS})) AS i),
    pairs AS (
        SELECT a.code AS reporter, b.code AS partner,
               hash(a.i * 1000 + b.i) % 100000 / 100000.0 AS level
        FROM polity a JOIN polity b ON b.i <> a.i
         AND (b.i - a.i + {REPORTERS}) % {REPORTERS} BETWEEN 1 AND {partners}),
    cells AS (
        SELECT reporter, partner, d AS direction, lpad((c + 1)::VARCHAR, 2, '0') AS product,
               level, hash(reporter, partner, d, c, {month}) AS seed
        FROM pairs, unnest(['export', 'import']) AS t(d), unnest(range({CHAPTERS})) AS u(c))
    SELECT reporter, partner, direction, product, {start} AS period_start,
           last_day({start}) AS period_end,
           floor(exp(9 + 3 * level + 1.5 * sqrt(-2 * ln((seed % 999983 + 1) / 999984.0))
                     * cos(6.283185 * (seed // 1000003 % 99991) / 99991.0)))::BIGINT AS value
    FROM cells ORDER BY reporter, partner, direction, product"""


def write_parquet(path: Path, rows: int) -> int:
    """Write the figures as Parquet, month by month; returns how many."""
    a_month = REPORTERS * CHAPTERS * DIRECTIONS
    partners = max(1, math.ceil(rows / (MONTHS * a_month)))
    months = MONTHS if rows >= MONTHS * a_month else max(14, rows // a_month)
    written = 0
    writer: pq.ParquetWriter | None = None
    with quiet_connection() as con:
        for month in range(months):
            table = con.execute(month_relation(month, partners)).to_arrow_table()
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table, row_group_size=500_000)
            written += table.num_rows
    if writer:
        writer.close()
    return written


def write_revisions(source: Path, path: Path, share: float = 0.02) -> int:
    """A second publication: a share of the cells with revised values."""
    with quiet_connection() as con:
        con.execute(
            f"COPY (SELECT * REPLACE (value * 21 // 20 AS value) FROM '{source}' "
            f"WHERE hash(reporter, partner, product, period_start) % 1000 < {share * 1000}) "
            f"TO '{path}' (FORMAT parquet)"
        )
        row = con.execute(f"SELECT count(*) FROM '{path}'").fetchone()
    return int(row[0]) if row else 0


def write_comtrade_csv(source: Path, path: Path) -> None:
    """The same figures in the columns of a Comtrade bulk file."""
    from accord.model.polity import all_polities

    numbers = {p.iso3: int(p.m49) for p in all_polities() if p.iso3 and p.m49}
    listed = ", ".join(f"('{code}', {numbers[code]})" for code in codes())
    with quiet_connection(memory_limit="1500MB") as con:
        con.execute(
            f"COPY (WITH n(code, number) AS (VALUES {listed}) SELECT 'C' AS typeCode, "
            "'M' AS freqCode, strftime(period_start, '%Y%m01') AS refPeriodId, "
            "year(period_start) AS refYear, month(period_start) AS refMonth, "
            "strftime(period_start, '%Y%m') AS period, r.number AS reporterCode, "
            "CASE direction WHEN 'export' THEN 'X' ELSE 'M' END AS flowCode, "
            "p.number AS partnerCode, 0 AS partner2Code, 'H6' AS classificationCode, "
            "product AS cmdCode, 'C00' AS customsCode, 0 AS motCode, -1 AS qtyUnitCode, "
            "NULL AS qty, NULL AS netWgt, CASE direction WHEN 'import' THEN value END AS cifvalue, "
            "CASE direction WHEN 'export' THEN value END AS fobvalue, value AS primaryValue "
            f"FROM '{source}' JOIN n r ON r.code = reporter JOIN n p ON p.code = partner) "
            f"TO '{path}' (FORMAT csv, DELIMITER '\t')"
        )
