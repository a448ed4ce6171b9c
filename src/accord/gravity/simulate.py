"""A simulator of gravity panels with invented countries, for trials and tests.

Countries lie at random on a disc and are called AAA, AAB, …: they stand for no
real ones. Trade follows structural gravity: exporter-year and importer-year
terms that drift, a pair term made of distance, contiguity, a border effect and
taste, agreements that some pairs conclude at some time and do not leave, and a
disturbance of mean one whose zeros are part of it. All parameters are known,
so an estimator can be held against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, product

import numpy as np
import polars as pl

from accord.gravity.arrays import Floats, Ints
from accord.model.polity import get_polity

__all__ = ["TRUE_EFFECTS", "Simulation", "invented_codes", "simulate_panel"]

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What the simulator builds in, by column.
TRUE_EFFECTS = {"rta": 0.4, "ln_dist": -0.8, "contiguity": 0.5, "border": -2.0, "tariff": -4.0}


@dataclass(frozen=True, slots=True)
class Simulation:
    """How a panel is drawn.

    ``zeros`` is the share of flows between countries that are nothing;
    ``present`` the share of dyads that are in the panel at all.
    """

    countries: int = 30
    years: int = 10
    first_year: int = 2001
    zeros: float = 0.1
    present: float = 1.0
    noise: float = 0.5
    domestic: bool = True
    seed: int = 0


def invented_codes(count: int) -> list[str]:
    """AAA, AAB, …: codes that no polity has; what would be a real one is passed over."""
    letters = ("".join(triple) for triple in product(LETTERS, repeat=3))
    return list(islice((code for code in letters if get_polity(code) is None), count))


def simulate_panel(simulation: Simulation | None = None, **changes: float) -> pl.DataFrame:
    """Draw a panel; keywords change single fields of :class:`Simulation`.

    Columns: exporter, importer (text), year, trade (million of an invented
    currency), rta (0/1), ln_dist, contiguity (0/1), border (0/1: between
    countries), tariff (log of one plus the rate).
    """
    from dataclasses import replace

    plan = replace(simulation or Simulation(), **changes)  # type: ignore[arg-type]
    draw = np.random.default_rng(plan.seed)
    N, T = plan.countries, plan.years
    ln_dist, contiguity = _geography(draw, N)
    rta = _agreements(draw, N, T, ln_dist)
    i, j, t = _cells(draw, plan)
    border = (i != j).astype(np.float64)
    tariff = _tariffs(draw, N, T)[i, j, t] * border
    size = draw.normal(6.0, 1.2, N)
    out, into = (size[:, None] + np.cumsum(draw.normal(0.02, 0.05, (N, T)), axis=1) for _ in "ab")
    taste = draw.normal(0.0, 0.3, (N, N))
    index = out[i, t] + into[j, t] - 6.0 + taste[i, j]
    index += TRUE_EFFECTS["rta"] * rta[i, j, t] * border
    index += TRUE_EFFECTS["ln_dist"] * (ln_dist[i, j] - 6.0)
    index += TRUE_EFFECTS["contiguity"] * contiguity[i, j] * border
    index += TRUE_EFFECTS["border"] * border + TRUE_EFFECTS["tariff"] * tariff
    trade = np.exp(index) * _disturbance(draw, len(i), plan, border)
    codes = np.array(invented_codes(N))
    return pl.DataFrame(
        {
            "exporter": codes[i],
            "importer": codes[j],
            "year": (t + plan.first_year).astype(np.int32),
            "trade": trade,
            "rta": rta[i, j, t] * border,
            "ln_dist": ln_dist[i, j],
            "contiguity": contiguity[i, j] * border,
            "border": border,
            "tariff": tariff,
        }
    )


def _geography(draw: np.random.Generator, N: int) -> tuple[Floats, Floats]:
    radius, angle = np.sqrt(draw.random(N)), 2 * np.pi * draw.random(N)
    x, y = 5_000 * radius * np.cos(angle), 5_000 * radius * np.sin(angle)
    apart = np.hypot(x[:, None] - x, y[:, None] - y)
    np.fill_diagonal(apart, 150.0)
    apart = np.maximum(apart, 150.0)
    near = apart < np.quantile(apart, min(1.0, 4.0 / N))
    np.fill_diagonal(near, False)
    return np.log(apart), near.astype(np.float64)


def _agreements(draw: np.random.Generator, N: int, T: int, ln_dist: Floats) -> Floats:
    """Agreements of pairs, nearer ones sooner; symmetric, for good once concluded."""
    readiness = draw.normal(0, 1, (N, N)) - (ln_dist - ln_dist.mean())
    readiness = readiness + readiness.T
    begin = np.floor(T * (1.2 - 0.35 * readiness)).astype(int)
    return np.asarray(np.arange(T) >= begin[:, :, None], dtype=np.float64)


def _tariffs(draw: np.random.Generator, N: int, T: int) -> Floats:
    level = draw.uniform(0.0, 0.2, (N, N))[:, :, None]
    return np.asarray(np.log1p(np.maximum(level + draw.normal(0, 0.02, (N, N, T)), 0.0)))


def _cells(draw: np.random.Generator, plan: Simulation) -> tuple[Ints, Ints, Ints]:
    N, T = plan.countries, plan.years
    there = np.ones((N, N), dtype=bool)
    if plan.present < 1.0:
        there = draw.random((N, N)) < plan.present
        np.fill_diagonal(there, True)
    if not plan.domestic:
        np.fill_diagonal(there, False)
    i, j = np.nonzero(there)
    return np.repeat(i, T), np.repeat(j, T), np.tile(np.arange(T), len(i))


def _disturbance(draw: np.random.Generator, n: int, plan: Simulation, border: Floats) -> Floats:
    """Log-normal with mean one, part of it nothing."""
    s = plan.noise
    noise = np.exp(draw.normal(-s * s / 2, s, n))
    if plan.zeros > 0:
        nothing = draw.random(n) < plan.zeros * border
        noise = np.where(nothing, 0.0, noise / (1.0 - plan.zeros * border))
    return noise
