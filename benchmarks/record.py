"""The record at size: loading, file size, and queries against hand-written SQL and pandas.

``python -m benchmarks.record [--quick] [--rows N] [--no-pandas]`` makes its own data.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.harness import emit, interleaved, peak_rss_mb
from benchmarks.record_data import (
    quiet_connection,
    write_comtrade_csv,
    write_parquet,
    write_revisions,
)

ROWS, QUICK_ROWS = 50_000_000, 2_500_000
THEN, NOW = date(2024, 3, 1), date(2024, 9, 1)
FIRST, REVISED = "2024-01-15", "2024-06-15"

LOAD = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from accord.record import Request, load
started = time.perf_counter()
report = load(sys.argv[1], Request(files=(Path(sys.argv[2]),), published=date.fromisoformat(sys.argv[3])))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"rows": report.rows, "seconds": time.perf_counter() - started,
                  "cpu": used.ru_utime + used.ru_stime,
                  "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""  # noqa: E501


def load_apart(home: Path, source: str, file: Path, day: str) -> dict[str, float]:
    """Load in a process of its own, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-c", LOAD, source, str(file), day],
        env={**os.environ, "ACCORD_HOME": str(home)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure_loads(folder: Path, rows: int, csv_rows: int) -> Path:
    """Load Parquet, a revision, and (in a second record) bulk CSV; returns the first's home."""
    parquet, csv = folder / "trade.parquet", folder / "trade.txt"
    written = write_parquet(parquet, rows)
    write_revisions(parquet, folder / "revised.parquet")
    home = folder / "home"
    home.mkdir()
    base = _size_of_empty(folder)
    done = load_apart(home, "flows", parquet, FIRST)
    emit_load("load_parquet", done)
    size = (home / "record.duckdb").stat().st_size - base
    emit("file_size", size / written, "bytes/row")
    done = load_apart(home, "flows", folder / "revised.parquet", REVISED)
    emit_load("load_revision", done)
    size = (home / "record.duckdb").stat().st_size - base
    emit("file_size_with_revision", size / (written + done["rows"]), "bytes/row")
    source = parquet
    if csv_rows < rows:
        source = folder / "fewer.parquet"
        write_parquet(source, csv_rows)
    write_comtrade_csv(source, csv)
    other = folder / "other"
    other.mkdir()
    done = load_apart(other, "comtrade_bulk", csv, FIRST)
    emit_load("load_csv", done)
    csv.unlink()
    (other / "record.duckdb").unlink()
    return home


def emit_load(name: str, done: dict[str, float]) -> None:
    """By the clock, and by the processor's time on two cores, which neighbours do not change."""
    emit(name, done["rows"] / done["seconds"], "rows/s", rss_mb=done["rss_mb"])
    emit(f"{name}_cpu", 2 * done["rows"] / done["cpu"], "rows per second of two cores")


def _size_of_empty(folder: Path) -> int:
    from accord.record import open_record

    path = folder / "empty" / "record.duckdb"
    open_record(path).close()
    return path.stat().st_size


def questions(record: Any) -> dict[str, tuple[Callable[[], Any], str]]:
    """Each question as Accord's call and as SQL written by hand."""
    from accord.model.period import Period
    from accord.record import bulk

    window, year = Period.of_months(2023, 1, 2), 2023
    found: dict[str, tuple[Callable[[], Any], str]] = {}
    for name, day in (("", None), ("_as_of", THEN)):
        known = "known_until IS NULL"
        if day:
            until = f"(known_until IS NULL OR known_until > DATE '{day}')"
            known = f"known_from <= DATE '{day}' AND {until}"
        found[f"query_history{name}"] = (
            lambda day=day: bulk.history(record, "CHN", "CIV", as_of=day),
            "SELECT direction, product, period_start, period_end, value FROM flows WHERE "
            f"reporter = 'CHN' AND partner = 'CIV' AND {known} "
            "ORDER BY period_start, direction, product",
        )
        found[f"query_jan_feb_growth{name}"] = (
            lambda day=day: bulk.growth(record, window, as_of=day),
            "SELECT reporter, partner, direction, a, b, (a / b - 1) * 100 FROM (SELECT reporter, "
            "partner, direction, sum(value) FILTER (year(period_start) = 2023) AS a, "
            "sum(value) FILTER (year(period_start) = 2022) AS b FROM flows WHERE "
            f"month(period_start) <= 2 AND {known} GROUP BY reporter, partner, direction)",
        )
        found[f"query_year_by_month{name}"] = (
            lambda day=day: bulk.monthly(record, year, as_of=day),
            "SELECT period_start, reporter, partner, direction, sum(value) FROM flows WHERE "
            f"period_start BETWEEN '2023-01-01' AND '2023-12-31' AND {known} GROUP BY ALL",
        )
        sums = (
            "SELECT reporter, partner, sum(value) AS total FROM flows WHERE direction = '{}' AND "
            f"period_start BETWEEN '2023-01-01' AND '2023-12-31' AND {known} GROUP BY ALL"
        )
        found[f"query_mirror_gap{name}"] = (
            lambda day=day: bulk.mirror_gap(record, Period.of_year(year), as_of=day),
            f"SELECT x.reporter, x.partner, x.total, m.total, m.total - x.total FROM "
            f"({sums.format('export')}) x JOIN ({sums.format('import')}) m "
            "ON x.reporter = m.partner AND x.partner = m.reporter",
        )
    return found


def measure_queries(home: Path, *, pandas_too: bool) -> None:
    """Accord's calls against SQL by hand on the same file, in turn; then pandas."""
    from accord.record import open_record

    path = home / "record.duckdb"
    seconds: dict[str, float] = {}
    with (
        open_record(path) as record,
        quiet_connection(str(path)) as con,
    ):
        for name, (ask, sql) in questions(record).items():
            ours, theirs = interleaved([ask, lambda sql=sql: con.execute(sql).to_arrow_table()])
            seconds[name] = ours
            emit(name, ours * 1000, "ms", peer="sql", ratio=ours / theirs, rss_mb=peak_rss_mb())
    if pandas_too:
        measure_pandas(home.parent / "trade.parquet", seconds)


def measure_pandas(parquet: Path, seconds: dict[str, float]) -> None:
    """The same questions by pandas on the same data in memory, reading not counted."""
    import pandas as pd
    import pyarrow.parquet as pq

    codes = ["reporter", "partner", "direction", "product"]
    table = pq.read_table(parquet, columns=[*codes, "period_start", "value"], read_dictionary=codes)
    frame = table.to_pandas(self_destruct=True, date_as_object=False)
    del table
    starts = frame["period_start"]
    pair = ["reporter", "partner", "direction"]

    def history() -> Any:
        return frame[(frame.reporter == "CHN") & (frame.partner == "CIV")]

    def growth() -> Any:
        sums = [
            frame[(starts >= f"{y}-01-01") & (starts <= f"{y}-02-28")]
            .groupby(pair, observed=True)["value"].sum() for y in (2023, 2022)
        ]  # fmt: skip
        return (sums[0] / sums[1] - 1) * 100

    def by_month() -> Any:
        inside = frame[(starts >= "2023-01-01") & (starts <= "2023-12-31")]
        return inside.groupby(["period_start", *pair], observed=True)["value"].sum()

    def gap() -> Any:
        inside = frame[(starts >= "2023-01-01") & (starts <= "2023-12-31")]
        sums = inside.groupby(pair, observed=True)["value"].sum().reset_index()
        out, back = sums[sums.direction == "export"], sums[sums.direction == "import"]
        return out.merge(back, left_on=["reporter", "partner"], right_on=["partner", "reporter"])

    named = {"query_history": history, "query_jan_feb_growth": growth,
             "query_year_by_month": by_month, "query_mirror_gap": gap}  # fmt: skip
    for name, ask in named.items():
        started = time.perf_counter()
        ask()
        taken = time.perf_counter() - started
        emit(f"{name}_pandas", seconds[name] * 1000, "ms", peer="pandas",
             ratio=seconds[name] / taken, rss_mb=peak_rss_mb())  # fmt: skip
    del pd


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--csv-rows", type=int, help="fewer rows for the CSV load")
    parser.add_argument("--no-pandas", action="store_true")
    given = parser.parse_args()
    rows = given.rows or (QUICK_ROWS if given.quick else ROWS)
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        home = measure_loads(Path(folder), rows, given.csv_rows or rows)
        measure_queries(home, pandas_too=not given.no_pandas)


if __name__ == "__main__":
    main()
