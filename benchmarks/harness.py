"""Measuring: several runs, the median, peak memory, one JSON line."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence

__all__ = ["emit", "interleaved", "peak_rss_mb"]


def emit(
    name: str,
    value: float,
    unit: str,
    *,
    peer: str | None = None,
    ratio: float | None = None,
    rss_mb: float | None = None,
) -> None:
    """One result as a JSON line; ``ratio`` is Accord over its peer, lower is better."""
    line = {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "peer": peer,
        "ratio": None if ratio is None else round(ratio, 3),
        "rss_mb": None if rss_mb is None else round(rss_mb),
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def interleaved(tasks: Sequence[Callable[[], object]], runs: int = 7) -> list[float]:
    """The median seconds of each task, run in turn so that noise meets all alike."""
    for task in tasks:
        task()
    taken: list[list[float]] = [[] for _ in tasks]
    for _ in range(runs):
        for times, task in zip(taken, tasks, strict=True):
            started = time.perf_counter()
            task()
            times.append(time.perf_counter() - started)
    return [statistics.median(times) for times in taken]


def peak_rss_mb(*, children: bool = False) -> float:
    """The largest memory held so far, by this process or by its children, in MB."""
    who = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    return resource.getrusage(who).ru_maxrss / 1024
