"""Invented tables for loads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

COLUMNS = "reporter,partner,direction,product,period_start,period_end,value"
Row = tuple[object, ...]


def write(path: Path, rows: Iterable[Row], columns: str = COLUMNS) -> Path:
    lines = [columns, *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def month(number: int, value: object, *, product: str = "27", year: int = 2021) -> Row:
    start = f"{year}-{number:02d}-01"
    end = f"{year}-{number:02d}-{28 if number == 2 else 30 + (number in {1, 3, 5, 7, 8, 10, 12})}"
    return ("CHN", "RUS", "export", product, start, end, value)


def many(
    path: Path, count: int = 20_000, *, factor: float = 1.0, seed: int = 0, first_year: int = 2020
) -> Path:
    """A Parquet file of that many figures, sorted."""
    with duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        con.execute(
            "COPY (SELECT ['CHN','DEU','RUS','USA'][1 + i % 4] AS reporter, "
            "['BRA','FRA','IND','JPN','KOR'][1 + i // 4 % 5] AS partner, "
            "['export','import'][1 + i // 20 % 2] AS direction, "
            "lpad((1 + i // 40 % 97)::VARCHAR, 2, '0') AS product, "
            f"make_date({first_year} + (i // 3880)::INT // 12, 1 + (i // 3880)::INT % 12, 1) "
            "AS period_start, "
            f"last_day(period_start) AS period_end, ((1 + hash(i, {seed}) % 1000000) * {factor}) "
            f"::DOUBLE AS value FROM range({count}) t(i) ORDER BY period_start, reporter, partner, "
            f"direction, product) TO '{path}' (FORMAT parquet)"
        )
    return path
