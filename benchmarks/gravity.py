"""Gravity: time and memory, against pyfixest in the same run.

``python -m benchmarks.gravity [--quick] [--large]``. Each piece of work runs in
a process of its own, so that its peak memory is its own; kernels are compiled
(or fetched from the cache) on a small panel first and that time is left out.
Medians of five, of one where a run takes long. ``--quick`` uses small panels
and ends within a minute; ``--large`` adds 10.24 million rows.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

FORMULA = "trade ~ rta + tariff + x1 + x2 | exporter^year + importer^year + exporter^importer"
BYTES = 8


def make_panel(path: Path, countries: int, years: int, present: float = 1.0) -> int:
    """A simulated panel with two regressors of noise, on disk; returns its rows."""
    import polars as pl

    from accord.gravity.simulate import simulate_panel

    frame = simulate_panel(countries=countries, years=years, present=present, seed=1)
    draw = np.random.default_rng(2)
    if present < 1.0:  # thin years out as well, so that few cells are there
        frame = frame.filter(pl.Series(draw.random(len(frame)) < 0.5))
    codes = {name: pl.col(name).rank("dense").cast(pl.Int32) for name in ("exporter", "importer")}
    frame.select(
        **codes, year="year", trade="trade", rta="rta", tariff="tariff",
        x1=pl.Series(draw.normal(size=len(frame))), x2=pl.Series(draw.normal(size=len(frame))),
    ).write_parquet(path)  # fmt: skip
    return len(frame)


def fit_accord(path: Path, repeats: int) -> list[float]:
    """Seconds of each estimation."""
    import polars as pl

    from accord.gravity.estimate import fit_gravity
    from accord.gravity.simulate import simulate_panel

    warm = simulate_panel(countries=60, years=20).with_columns(x1=pl.col("trade") * 0.5, x2=1.0)
    for layout in ("cube", "sparse"):
        fit_gravity(warm, FORMULA, layout=layout)
    del warm
    frame = pl.read_parquet(path)
    return timed(lambda: fit_gravity(frame, FORMULA), repeats)


def fit_pyfixest(path: Path, repeats: int) -> list[float]:
    """Seconds of each estimation by pyfixest."""
    import pandas as pd
    import pyfixest as pf

    frame = pd.read_parquet(path)
    vcov = {"CRV1": "exporter^importer"}
    frame["pair"] = frame["exporter"] * 100_000 + frame["importer"]
    vcov = {"CRV1": "pair"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pf.fepois(FORMULA, data=frame.head(2_000), vcov="hetero")
        return timed(lambda: pf.fepois(FORMULA, data=frame, vcov=vcov), repeats)


def solve_equilibrium(countries: int, repeats: int) -> list[float]:
    """Seconds of each exact equilibrium."""
    from accord.gravity.baseline import Baseline
    from accord.gravity.equilibrium import solve_equilibrium as solve
    from accord.gravity.simulate import invented_codes

    draw = np.random.default_rng(3)
    flows = np.exp(draw.normal(0, 1, (countries, countries)))
    flows[np.diag_indices(countries)] = 3.0 * countries
    change = np.exp(draw.normal(0, 0.3, flows.shape) * ~np.eye(countries, dtype=bool))
    baseline = Baseline(tuple(invented_codes(countries)), flows)
    return timed(lambda: solve(baseline, change, sigma=5.0), repeats)


def draw_equilibria(countries: int, draws: int) -> list[float]:
    """Seconds of many equilibria, one a draw."""
    from accord.gravity.scenarios import Group, link_blocs, see_world
    from accord.gravity.simulate import invented_codes, simulate_panel

    world = see_world(simulate_panel(countries=countries, years=4))
    codes = invented_codes(countries)
    sides = Group("A", tuple(codes[:10])), Group("B", tuple(codes[10:20]))
    return timed(lambda: link_blocs(world, *sides, draws=draws), 1)


def memory_bandwidth() -> float:
    """Bytes a second that a sum over a large array reads, best of five."""
    values = np.ones(20_000_000)
    values.sum()
    return values.nbytes / min(timed(values.sum, 5))


def timed(work: Callable[[], Any], repeats: int) -> list[float]:
    """Seconds of each repeat."""
    found = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return found


WORK: dict[str, Callable[..., list[float]]] = {
    "accord": lambda path, repeats: fit_accord(Path(path), int(repeats)),
    "pyfixest": lambda path, repeats: fit_pyfixest(Path(path), int(repeats)),
    "equilibrium": lambda n, repeats: solve_equilibrium(int(n), int(repeats)),
    "draws": lambda n, draws: draw_equilibria(int(n), int(draws)),
}


def alone(*words: str) -> tuple[float, float]:
    """Median seconds and peak memory (MB) of one piece of work in its own process."""
    command = [sys.executable, "-m", "benchmarks.gravity", "--work", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    data = json.loads(done.stdout.splitlines()[-1])
    return float(data["seconds"]), float(data["rss_mb"])


def emit(name: str, seconds: float, rss: float, peer: tuple[str, float] | None = None) -> None:
    """One line of the report."""
    line = {
        "name": name, "value": round(seconds, 5), "unit": "s",
        "peer": peer[0] if peer else None,
        "ratio": round(seconds / peer[1], 5) if peer else None,
        "rss_mb": round(rss, 1),
    }  # fmt: skip
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def compare(name: str, path: Path, repeats: int, *, with_peer: bool = True) -> None:
    """Accord and pyfixest on one panel."""
    seconds, rss = alone("accord", str(path), str(repeats))
    peer = None
    if with_peer:
        theirs, their_rss = alone("pyfixest", str(path), "1")
        peer = ("pyfixest", theirs)
        emit(f"{name}_pyfixest", theirs, their_rss)
    emit(name, seconds, rss, peer)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--large", action="store_true", help="10.24 million rows as well")
    parser.add_argument("--no-peer", action="store_true", help="without pyfixest")
    parser.add_argument("--work", nargs=3)
    chosen = parser.parse_args()
    if chosen.work:
        seconds = statistics.median(WORK[chosen.work[0]](*chosen.work[1:]))
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(json.dumps({"seconds": seconds, "rss_mb": rss}) + "\n")
        return
    report(quick=chosen.quick, large=chosen.large, with_peer=not chosen.no_peer)


def report(*, quick: bool, large: bool, with_peer: bool) -> None:
    """All lines, in the order of the figures to report."""
    dense, thin = ((50, 10), (110, 10, 0.1)) if quick else ((200, 30), (820, 30, 0.1))
    repeats = 3 if quick else 5
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.parquet"
        rows = make_panel(path, *dense)
        compare(f"gravity_three_way_{rows}_rows", path, repeats, with_peer=with_peer)
        limit = rows * BYTES / memory_bandwidth()
        emit(f"gravity_one_pass_over_{rows}_weights_at_memory_speed", limit, 0.0)
        rows = make_panel(path, *thin)
        compare(f"gravity_sparse_{rows}_rows", path, repeats, with_peer=with_peer)
        if not quick:
            for years in (5, 10, 20):
                rows = make_panel(path, 200, years)
                compare(f"gravity_growth_{rows}_rows", path, repeats, with_peer=False)
        if large:
            rows = make_panel(path, 400, 64)
            compare(f"gravity_three_way_{rows}_rows", path, 1, with_peer=False)
    for countries in (69, 200) if quick else (69, 200, 1_000):
        emit(f"gravity_equilibrium_{countries}", *alone("equilibrium", str(countries), "5"))
    draws = 100 if quick else 1_000
    emit(f"gravity_{draws}_equilibrium_draws_69", *alone("draws", "69", str(draws)))


if __name__ == "__main__":
    main()
