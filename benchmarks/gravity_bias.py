"""Bias correction in simulation: ``python -m benchmarks.gravity_bias [--quick]``.

Data as in Weidner and Zylkin (2021), section 4: three-way gravity, β = 1,
log-normal disturbances of mean one whose conditional variance is that of one of
their designs, correlated 0.3 from year to year. Prints, for each size, the mean
bias before and after the correction, as published and from leverage-adjusted
residuals, with the coverage of the 95 % intervals; ``ratio`` is the bias that
remains divided by the bias before.

Most of what an estimate is off by in one draw is its linear part: the score at the
truth over the Hessian there, whose mean is nought by construction. It is known in a
simulation and is taken from each draw (a control variate), which leaves a half to a
quarter of the simulation error; ``plain`` means are without that.

The whole run (500 draws, N = 20, 50, 100, T = 5, 10) takes about an hour.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from accord.gravity.bias import correct_bias
from accord.gravity.estimate import fit_gravity

FORMULA = "trade ~ x | exporter^year + importer^year + pair"
CORRELATION = 0.3
# Variance of the disturbance: of the flow constant, in proportion to its mean, to its square,
# and what grows with the regressor as well, the hardest of them.
DESIGNS = ("gaussian", "poisson", "gamma", "quadratic")
STAGES = ("before", "after", "adjusted")
Z95 = 1.959963984540054
Floats = NDArray[np.float64]


def draw_panel(N: int, T: int, *, design: str, seed: int) -> pl.DataFrame:
    """One panel without domestic trade; ``design`` names the conditional variance."""
    draw = np.random.default_rng([seed, N, T])
    i, j = np.nonzero(~np.eye(N, dtype=bool))
    alpha, gamma = draw.normal(0, 0.25, (2, N, T))
    eta = draw.normal(0, 0.25, (N, N))[i, j]
    x = np.empty((len(i), T))
    before = eta + draw.normal(0, 0.25, len(i))
    for t in range(T):
        before = before / 2 + alpha[i, t] + gamma[j, t] + draw.normal(0, 0.25, len(i))
        x[:, t] = before
    mean = np.exp(x + alpha[i] + gamma[j] + eta[:, None])
    variances = {
        "gaussian": 1 / mean**2,
        "poisson": 1 / mean,
        "gamma": np.ones_like(mean),
        "quadratic": 0.5 / mean + 0.5 * np.exp(2 * x),
    }
    variance = variances[design]
    trade = mean * disturbance(draw, variance)
    rows = {
        "exporter": np.repeat(i, T),
        "importer": np.repeat(j, T),
        "year": np.tile(np.arange(T), len(i)),
        "trade": trade.ravel(),
        "x": x.ravel(),
        "mean": mean.ravel(),
    }
    return pl.DataFrame(rows)


def disturbance(draw: np.random.Generator, variance: Floats) -> Floats:
    """Log-normal, mean one, given variance, correlated over the years in logs."""
    P, T = variance.shape
    lag = np.abs(np.arange(T)[:, None] - np.arange(T))
    normal = draw.normal(size=(P, T)) @ np.linalg.cholesky(CORRELATION**lag).T
    spread = np.sqrt(np.log1p(variance))
    return np.asarray(np.exp(-spread * spread / 2 + spread * normal))


def linear_part(panel: pl.DataFrame) -> float:
    """What an estimate is off by to the first order: of mean nought, whatever the noise."""
    truth = fit_gravity(panel.with_columns(trade="mean"), FORMULA)
    mean, x = panel["mean"].to_numpy(), truth.within[0]
    return float(x @ (panel["trade"].to_numpy() - mean) / (x * x @ mean))


def simulate(N: int, T: int, *, design: str, draws: int) -> dict[str, float]:
    """Mean bias and coverage before and after, over some draws."""
    found, linear = np.empty((draws, len(STAGES), 2)), np.empty(draws)
    for number in range(draws):
        panel = draw_panel(N, T, design=design, seed=number)
        linear[number] = linear_part(panel)
        plain = fit_gravity(panel, FORMULA)
        fits = (plain, correct_bias(plain), correct_bias(plain, adjusted=True))
        found[number] = [(fit.coefficients[0], fit.errors[0]) for fit in fits]
    figures = {}
    for number, stage in enumerate(STAGES):
        off, error = found[:, number, 0] - 1, found[:, number, 1]
        figures[f"bias_{stage}"] = float((off - linear).mean())
        figures[f"bias_{stage}_simulation_error"] = float((off - linear).std() / np.sqrt(draws))
        figures[f"plain_bias_{stage}"] = float(off.mean())
        figures[f"plain_bias_{stage}_simulation_error"] = float(off.std() / np.sqrt(draws))
        figures[f"coverage_{stage}"] = float((np.abs(off) < Z95 * error).mean())
    return figures


def sizes(quick: bool) -> Iterator[tuple[int, int, int]]:
    """Countries, years, draws."""
    if quick:
        yield 12, 5, 60
        return
    for N in (20, 50, 100):
        for T in (5, 10):
            yield N, T, 500


def main(arguments: list[str] | None = None) -> None:
    """Print one line a size and figure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--design", default="quadratic", choices=DESIGNS)
    parser.add_argument("--only", help="one size, as N,T,draws")
    chosen = parser.parse_args(arguments)
    plan = [tuple(map(int, chosen.only.split(",")))] if chosen.only else sizes(chosen.quick)
    for N, T, draws in plan:
        result = simulate(N, T, design=chosen.design, draws=draws)
        for name, value in result.items():
            corrected = name in {f"bias_{stage}" for stage in STAGES[1:]}
            line = {
                "name": f"gravity_bias_{chosen.design}_N{N}_T{T}_{name}",
                "value": value,
                "unit": "share" if name.startswith("coverage") else "log points",
                "peer": "uncorrected" if corrected else None,
                "ratio": abs(value / result["bias_before"]) if corrected else None,
                "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
