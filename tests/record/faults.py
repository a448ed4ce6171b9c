"""Fault injection: loads are killed, starved, lied to; the record must not notice.

Run as ``python tests/record/faults.py --count 1000``; prints one JSON line. A fault may
stop a load with a coded error or leave no trace; it may never lose rows, leave half a
release, or be accepted in silence.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from service import Answer, Asked, Service
from tables import COLUMNS, many, month, write

from accord.errors import RecordError
from accord.record import Request, fetching, load, open_record
from accord.record.location import FILE_NAME
from accord.record.verifying import verify

ROWS = 20_000
LOAD = (
    "import sys; from datetime import date; from pathlib import Path\n"
    "from accord.record import Request, load\n"
    "day = date.fromisoformat(sys.argv[2])\n"
    "print('started', flush=True)\n"
    "load('flows', Request(files=(Path(sys.argv[1]),), published=day, allow_break=True))\n"
    "print('done', flush=True)\n"
)


@dataclass
class Tally:
    """What came of the faults."""

    faults: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    rows_lost: int = 0
    half_loaded: int = 0
    silent: int = 0

    def to_dict(self) -> dict[str, object]:
        return {
            "faults": sum(self.faults.values()),
            "by_kind": dict(self.faults),
            "codes": dict(self.codes),
            "rows_lost": self.rows_lost,
            "half_loaded_releases": self.half_loaded,
            "silent_acceptances": self.silent,
        }


class Bench:
    """A record with a known release, held against itself after every fault."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.chance, self.tally = folder, random.Random(seed), Tally()
        self.number = 0
        os.environ["ACCORD_HOME"] = str(folder / "home")
        first = many(folder / "first.parquet", ROWS)
        load("flows", Request(files=(first,), published=date(2020, 1, 1)))
        self.rows = self._count()

    def file(self, suffix: str) -> Path:
        self.number += 1
        return self.folder / f"{self.number}{suffix}"

    def day(self) -> date:
        return date(2021, 1, 1) + self.number * date.resolution

    def expect_error(self, kind: str, act: Callable[[], object]) -> None:
        self.tally.faults[kind] += 1
        try:
            act()
        except RecordError as problem:
            self.tally.codes[problem.code] += 1
        else:
            self.tally.silent += 1
        self.inspect()

    def inspect(self, *, grown: int = 0) -> None:
        """Rows lost, releases half there."""
        with open_record() as record:
            self.tally.half_loaded += len(verify(record))
        found = self._count()
        if found == self.rows + grown:
            self.rows = found
        elif found < self.rows:
            self.tally.rows_lost += self.rows - found
            self.rows = found
        elif found > self.rows:
            self.tally.half_loaded += 1
            self.rows = found

    def _count(self) -> int:
        with open_record() as record:
            return int(record.rows("SELECT count(*) FROM flows")[0][0])


def kill(bench: Bench) -> None:
    """A load is killed at a random instant."""
    file = many(bench.file(".parquet"), 2 * ROWS, seed=bench.number)
    process = subprocess.Popen(
        [sys.executable, "-c", LOAD, str(file), bench.day().isoformat()],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(bench.chance.uniform(0, 1.5))
    process.send_signal(signal.SIGKILL)
    said = process.communicate()[0]
    bench.tally.faults["kill"] += 1
    with open_record() as record:
        there = bool(record.rows(
            f"SELECT 1 FROM releases WHERE id LIKE 'flows-{bench.day()}-%'"
        ))  # fmt: skip
    if "done" in said and not there:
        bench.tally.rows_lost += 2 * ROWS
    bench.inspect(grown=2 * ROWS if there else 0)


def truncated_file(bench: Bench) -> None:
    """A download stopped half way."""
    whole = many(bench.file(".parquet"), ROWS, seed=bench.number).read_bytes()
    half = bench.file(".parquet")
    half.write_bytes(whole[: bench.chance.randrange(1, len(whole) - 1)])
    bench.expect_error("truncated", lambda: load("flows", Request(files=(half,))))


def columns_changed(bench: Bench) -> None:
    """A column has another name, or is gone."""
    names = COLUMNS.split(",")
    victim = bench.chance.randrange(len(names))
    changed = ",".join(f"{n}_new" if i == victim else n for i, n in enumerate(names))
    file = write(bench.file(".csv"), [month(1, 1)], changed)
    bench.expect_error("columns", lambda: load("flows", Request(files=(file,))))


def wrong_unit(bench: Bench) -> None:
    """Values a thousand times too small or too large."""
    factor = bench.chance.choice([1e-6, 1e-3, 1e3, 1e6])
    file = many(bench.file(".parquet"), ROWS, factor=factor)
    bench.expect_error("unit", lambda: load("flows", Request(files=(file,))))


def bad_cell(bench: Bench) -> None:
    """One cell is no number, no date, no polity, no value of trade, or a copy."""
    rows = [month(m, 10 * m) for m in range(1, 13)]
    victim = bench.chance.randrange(12)
    broken = [
        (*rows[victim][:6], "n/a?"), (*rows[victim][:4], "2021-02-31", *rows[victim][5:]),
        rows[(victim + 1) % 12], ("", *rows[victim][1:]), ("XXZ", *rows[victim][1:]),
        (*rows[victim][:2], "X", *rows[victim][3:]), (*rows[victim][:6], "-5"),
        (*rows[victim][:4], rows[victim][5], "2020-01-01", 5), (*rows[victim][:6], "nan"),
    ]  # fmt: skip
    rows[victim] = bench.chance.choice(broken)
    file = write(bench.file(".csv"), rows)
    bench.expect_error("cell", lambda: load("flows", Request(files=(file,))))


def disk_full(bench: Bench) -> None:
    """The disk is full: files may not grow beyond a limit."""
    file = many(bench.file(".parquet"), 20 * ROWS, seed=bench.number)
    room = bench.chance.randrange(1, 4) * 2**20
    code = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from accord.errors import RecordError\n"
        f"try:\n    exec({LOAD!r})\nexcept RecordError as e:\n    print(e.code); sys.exit(1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file), bench.day().isoformat()],
        capture_output=True, text=True,
    )  # fmt: skip
    bench.tally.faults["disk full"] += 1
    bench.tally.codes[done.stdout.split()[-1] if done.returncode == 1 else "none"] += 1
    bench.tally.silent += done.returncode == 0
    bench.inspect()


def service_fails(bench: Bench) -> None:
    """A service answers with bursts, pages, halves, nothing."""
    replies = [
        Answer(b"", status=429), Answer(b"", status=500), Answer(b"", status=503),
        Answer(b"<html>login</html>", kind="text/html"), Answer(b'{"data": ['),
        Answer(b'{"data": [], "count": 0}'), Answer(b'{"data": []}' + b" " * 999, cut_at=20),
        Answer(b'{"message": "Out of call volume quota"}', status=403),
    ]  # fmt: skip
    bad = bench.chance.choice(replies)
    service = Service(lambda asked, number: bad)
    os.environ["ACCORD_COMTRADE_URL"] = service.url
    ask = Request(reporters=("CHN",), partners=("RUS",), periods=(str(1990 + bench.number % 30),))
    try:
        bench.expect_error("service", lambda: load("comtrade", ask))
    finally:
        service.stop()


def burst_passes(bench: Bench) -> None:
    """A burst of 429 and 500 that ends: the load must come through whole."""
    year = str(1990 + bench.number % 30)

    def reply(asked: Asked, number: int) -> Answer:
        if number <= 3:
            return Answer(b"", status=bench.chance.choice([429, 500, 502]))
        records = [{"typeCode": "C", "period": year, "reporterCode": 156, "flowCode": flow,
                    "partnerCode": 643, "classificationCode": "H6", "cmdCode": "TOTAL",
                    "primaryValue": bench.number} for flow in "XM"]  # fmt: skip
        return Answer(json.dumps({"data": records}).encode())

    bench.number += 1
    service = Service(reply)
    os.environ["ACCORD_COMTRADE_URL"] = service.url
    ask = Request(reporters=("CHN",), partners=("RUS",), periods=(year,), published=bench.day(),
                  allow_break=True)  # fmt: skip
    bench.tally.faults["burst"] += 1
    try:
        report = load("comtrade", ask)
        bench.inspect(grown=2)
        bench.tally.rows_lost += 2 - report.rows
    finally:
        service.stop()


KINDS = (kill, truncated_file, columns_changed, wrong_unit, bad_cell, disk_full, service_fails,
         burst_passes)  # fmt: skip


def run(count: int, seed: int = 1) -> dict[str, object]:
    """Inject so many faults, of all kinds in turn; returns the tally."""
    fetching.PACE = 0.0005
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), seed)
        for i in range(count):
            KINDS[i % len(KINDS)](bench)
            for used in Path(folder).glob("[0-9]*.*"):
                used.unlink()
        assert (Path(folder) / "home" / FILE_NAME).exists()
        return bench.tally.to_dict()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.stdout.write(json.dumps(run(given.count, given.seed)) + "\n")
