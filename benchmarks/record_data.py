"""Invented trade figures at real size: months, pairs, chapters, with revisions.

Every month holds the same pairs and chapters; values are whole dollars, log-normal,
with a level for each pair and a season, all derived from hashes, so that the same
number of rows always gives the same file.
"""

from __future__ import annotations

import math
from pathlib import Path

import duckdb

MONTHS, REPORTERS, CHAPTERS, DIRECTIONS = 24, 200, 97, 2
FIRST_YEAR = 2022


def codes() -> list[str]:
    """Two hundred codes of polities, real ones."""
    from accord.model.polity import all_polities

    found = sorted({p.iso3 for p in all_polities() if p.iso3 and p.m49})
    return found[:REPORTERS]


def relation(rows: int) -> str:
    """The SQL that makes about ``rows`` figures, sorted as the record keeps them."""
    partners = max(1, math.ceil(rows / (MONTHS * REPORTERS * CHAPTERS * DIRECTIONS)))
    months = MONTHS if rows >= MONTHS * REPORTERS * CHAPTERS * DIRECTIONS else max(
        2, rows // (REPORTERS * CHAPTERS * DIRECTIONS)
    )  # fmt: skip
    listed = ", ".join(f"'{code}'" for code in codes())
    return f"""
    WITH polity AS (SELECT unnest([{listed}]) AS code, unnest(range({REPORTERS})) AS i),
    pairs AS (
        SELECT a.code AS reporter, b.code AS partner,
               hash(a.i * 1000 + b.i) % 100000 / 100000.0 AS level
        FROM polity a JOIN polity b ON b.i <> a.i
         AND (b.i - a.i + {REPORTERS}) % {REPORTERS} BETWEEN 1 AND {partners}),
    months AS (SELECT make_date({FIRST_YEAR} + m // 12, m % 12 + 1, 1) AS period_start
               FROM unnest(range({months})) AS t(m)),
    cells AS (
        SELECT reporter, partner, d AS direction, lpad((c + 1)::VARCHAR, 2, '0') AS product,
               period_start, level,
               hash(reporter, partner, d, c, period_start) AS seed
        FROM months, pairs, unnest(['export', 'import']) AS t(d), unnest(range({CHAPTERS})) AS u(c))
    SELECT reporter, partner, direction, product, period_start,
           last_day(period_start) AS period_end,
           floor(exp(9 + 3 * level + 1.5 * sqrt(-2 * ln((seed % 999983 + 1) / 999984.0))
                     * cos(6.283185 * (seed // 1000003 % 99991) / 99991.0)))::BIGINT AS value
    FROM cells ORDER BY period_start, reporter, partner, direction, product"""


def write_parquet(path: Path, rows: int) -> int:
    """Write the figures as Parquet; returns how many."""
    with duckdb.connect(config={"memory_limit": "1500MB"}) as con:
        con.execute(f"SET temp_directory = '{path}.tmp'")
        con.execute(f"COPY ({relation(rows)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        row = con.execute(f"SELECT count(*) FROM '{path}'").fetchone()
    return int(row[0]) if row else 0


def write_revisions(source: Path, path: Path, share: float = 0.02) -> int:
    """A second publication: a share of the cells with revised values."""
    with duckdb.connect() as con:
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
    with duckdb.connect(config={"memory_limit": "1500MB"}) as con:
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
