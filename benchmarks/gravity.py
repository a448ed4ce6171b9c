"""Gravity: time and memory, against pyfixest in the same run.

``python -m benchmarks.gravity [--quick] [--large]``. Each piece of work runs in
a process of its own, so that its peak memory is its own; kernels are compiled
(or fetched from the cache) on a small panel first and that time is left out.
Medians of five, of one where a run takes long; ``spread`` is the slowest less the
fastest. ``--quick`` uses small panels and ends within a minute; ``--large`` adds
10.24 million rows.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

REGRESSORS = ("rta", "tariff", "x1", "x2", "x3", "x4", "x5", "x6")
TWO_WAY, PAIR = "exporter^year + importer^year", "exporter^importer"
FORMULA = f"trade ~ {' + '.join(REGRESSORS[:4])} | {TWO_WAY} + {PAIR}"
BYTES = 8

Measured = tuple[list[float], dict[str, float]]


def make_panel(path: Path, countries: int, years: int, present: float = 1.0) -> int:
    """A simulated panel, six regressors of noise among its own, on disk; returns its rows."""
    import polars as pl

    from accord.gravity.simulate import simulate_panel

    frame = simulate_panel(countries=countries, years=years, present=present, seed=1)
    draw = np.random.default_rng(2)
    if present < 1.0:  # thin years out as well, so that few cells are there
        frame = frame.filter(pl.Series(draw.random(len(frame)) < 0.5))
    codes = {name: pl.col(name).rank("dense").cast(pl.Int32) for name in ("exporter", "importer")}
    noise = {name: pl.Series(draw.normal(size=len(frame))) for name in REGRESSORS[2:]}
    kept = {name: name for name in ("year", "trade", "rta", "tariff")}
    frame.select(**codes, **kept, **noise).write_parquet(path)
    return len(frame)


def columns_of(formula: str) -> list[str]:
    """The columns that a formula needs: no more are read, as no more would be handed over."""
    named = [name for name in REGRESSORS if name in re.findall(r"\w+", formula)]
    return ["exporter", "importer", "year", "trade", *named]


def fit_accord(path: Path, repeats: int, formula: str) -> Measured:
    """Seconds of each estimation; passes over the weights, steps, rows and regressors."""
    import polars as pl

    from accord.gravity.estimate import fit_gravity
    from accord.gravity.simulate import simulate_panel

    warm = simulate_panel(countries=60, years=20).with_columns(x1=pl.col("trade") * 0.5, x2=1.0)
    for layout in ("cube", "sparse"):
        fit_gravity(warm, FORMULA, layout=layout)
    del warm
    frame = pl.read_parquet(path, columns=columns_of(formula))
    fits: list[Any] = []

    def work() -> None:
        fits.clear()  # the last one's arrays are let go first
        fits.append(fit_gravity(frame, formula))

    seconds = timed(work, repeats)
    fit = fits[0]
    found = {"passes": fit.passes, "steps": fit.iterations, "rows": fit.n, "k": len(fit.names)}
    return seconds, found


def fit_pyfixest(path: Path, repeats: int) -> list[float]:
    """Seconds of each estimation by pyfixest."""
    import pandas as pd
    import pyfixest as pf

    from accord.gravity.simulate import simulate_panel

    warm = simulate_panel(countries=15, years=8).to_pandas()
    warm["x1"], warm["x2"] = np.random.default_rng(0).normal(size=(2, len(warm)))
    frame = pd.read_parquet(path, columns=columns_of(FORMULA))
    frame["pair"] = frame["exporter"] * 100_000 + frame["importer"]
    vcov = {"CRV1": "pair"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pf.fepois(FORMULA, data=warm, vcov="hetero")
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
    """Bytes a second that sums over large arrays read on two threads, best of five."""
    halves = np.ones((2, 15_000_000))
    with ThreadPoolExecutor(2) as pool:
        return halves.nbytes / min(timed(lambda: list(pool.map(np.sum, halves)), 6)[1:])


def bytes_touched(found: dict[str, float]) -> float:
    """What an estimation reads and writes of arrays as long as the panel.

    A pass of conjugate gradients reads the weights. Each step reads weights and
    k+1 variables three times (right-hand sides, cross products, what they
    explain), and index, mean, flow and change about eight times.
    """
    step = 3 * (found["k"] + 2) + 8
    return BYTES * found["rows"] * (found["passes"] + found["steps"] * step)


def timed(work: Callable[[], Any], repeats: int) -> list[float]:
    """Seconds of each repeat."""
    found = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        found.append(time.perf_counter() - begin)
    return found


WORK: dict[str, Callable[..., Measured]] = {
    "accord": lambda path, repeats, formula: fit_accord(Path(path), int(repeats), formula),
    "pyfixest": lambda path, repeats, _: (fit_pyfixest(Path(path), int(repeats)), {}),
    "equilibrium": lambda n, repeats, _: (solve_equilibrium(int(n), int(repeats)), {}),
    "draws": lambda n, draws, _: (draw_equilibria(int(n), int(draws)), {}),
}


def alone(kind: str, size: str, repeats: int, formula: str = FORMULA) -> dict[str, float]:
    """Median and spread (s), peak memory (MB) of one piece of work in its own process."""
    words = (kind, size, str(repeats), formula)
    command = [sys.executable, "-m", "benchmarks.gravity", "--work", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def emit(name: str, found: dict[str, float], peer: tuple[str, float] | None = None) -> None:
    """One line of the report."""
    line = {
        "name": name, "value": round(found["seconds"], 5), "unit": "s",
        "peer": peer[0] if peer else None,
        "ratio": round(found["seconds"] / peer[1], 5) if peer else None,
        "rss_mb": round(found.get("rss_mb", 0.0), 1), "spread": round(found.get("spread", 0.0), 5),
    }  # fmt: skip
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def compare(name: str, path: Path, repeats: int, *, with_peer: bool = True) -> dict[str, float]:
    """Accord and pyfixest on one panel."""
    found, peer = alone("accord", str(path), repeats), None
    if with_peer:
        theirs = alone("pyfixest", str(path), 1)
        peer = ("pyfixest", theirs["seconds"])
        emit(f"{name}_pyfixest", theirs)
    emit(name, found, peer)
    return found


def emit_limit(name: str, found: dict[str, float]) -> None:
    """How long the bytes touched take at the memory's speed, as measured on the spot."""
    limit = bytes_touched(found) / memory_bandwidth()
    emit(f"{name}_at_memory_speed", {"seconds": limit}, (name, found["seconds"]))


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--large", action="store_true", help="10.24 million rows as well")
    parser.add_argument("--no-peer", action="store_true", help="without pyfixest")
    parser.add_argument("--work", nargs=4)
    chosen = parser.parse_args()
    if chosen.work:
        seconds, found = WORK[chosen.work[0]](*chosen.work[1:])
        found |= {
            "seconds": statistics.median(seconds), "spread": max(seconds) - min(seconds),
            "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }  # fmt: skip
        sys.stdout.write(json.dumps(found) + "\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "panel.parquet"
        report_fits(path, quick=chosen.quick, with_peer=not chosen.no_peer)
        if not chosen.quick:
            report_growth(path)
        if chosen.large:
            rows = make_panel(path, 400, 64)
            name = f"gravity_three_way_{rows}_rows"
            emit_limit(name, compare(name, path, 3, with_peer=False))
    report_equilibria(quick=chosen.quick)


def report_fits(path: Path, *, quick: bool, with_peer: bool) -> None:
    """A dense and a thin panel beside pyfixest, and how far from the memory's speed."""
    dense, thin = ((50, 10), (110, 10, 0.1)) if quick else ((200, 30), (820, 30, 0.1))
    repeats = 3 if quick else 5
    name = f"gravity_three_way_{make_panel(path, *dense)}_rows"
    emit_limit(name, compare(name, path, repeats, with_peer=with_peer))
    name = f"gravity_sparse_{make_panel(path, *thin)}_rows"
    compare(name, path, repeats, with_peer=with_peer)


def report_growth(path: Path) -> None:
    """How time grows with rows, with regressors and with effects."""
    for years in (5, 10, 20):
        rows = make_panel(path, 200, years)
        emit(f"gravity_growth_{rows}_rows", alone("accord", str(path), 5))
    for k in (1, 2, 4, 8):
        formula = f"trade ~ {' + '.join(REGRESSORS[:k])} | {TWO_WAY} + {PAIR}"
        emit(f"gravity_growth_{k}_regressors", alone("accord", str(path), 5, formula))
    two_way = FORMULA.replace(f" + {PAIR}", "")
    emit(f"gravity_growth_two_way_{rows}_rows", alone("accord", str(path), 5, two_way))
    for countries, years in ((100, 80), (400, 5)):  # as many rows, other numbers of effects
        rows = make_panel(path, countries, years)
        levels = 2 * countries * years + countries**2
        emit(f"gravity_growth_{levels}_effects_{rows}_rows", alone("accord", str(path), 5))


def report_equilibria(*, quick: bool) -> None:
    """Exact equilibria, one and many."""
    for countries in (69, 200) if quick else (69, 200, 1_000):
        emit(f"gravity_equilibrium_{countries}", alone("equilibrium", str(countries), 5))
    draws = 100 if quick else 1_000
    emit(f"gravity_{draws}_equilibrium_draws_69", alone("draws", "69", draws))


if __name__ == "__main__":
    main()
