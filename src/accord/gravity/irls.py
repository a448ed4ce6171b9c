"""Iteratively reweighted least squares with absorbed effects.

Each step is a Newton step: the working residual (y−μ)/μ is regressed, with the
family's weights, on regressors and effects. Because the step's right-hand side
is the score itself, effects need only be absorbed loosely on the way: errors
there are multiplied by a step that goes to nothing. Only the last absorption,
on which the standard errors rest, is tight.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import prange
from numpy.typing import NDArray

from accord.errors import GravityError
from accord.gravity.absorb import Layout, absorb
from accord.gravity.columns import Floats
from accord.gravity.compiled import kernel

__all__ = ["Optimum", "least_squares", "moments", "reweighted"]

POISSON, GAMMA = 0, 1
LOOSE, FINAL = 1e-3, 1e-9
MAX_STEPS = 200
# Beyond this a linear index cannot be told from infinity in double precision.
LARGEST_INDEX = 300.0


@dataclass(frozen=True, slots=True)
class Optimum:
    """Where the iterations ended, in storage order.

    ``within`` are the regressors free of the effects, shape (k, size), under
    the final ``weights``; ``residual`` is y−μ (for least squares: the residual);
    ``hessian`` is within·weights·within'.
    """

    coefficients: Floats
    index: Floats
    effects: Floats
    residual: Floats
    weights: Floats
    within: Floats
    hessian: Floats
    deviance: float
    iterations: int
    passes: int
    converged: bool
    step: float
    score: float


def reweighted(
    layout: Layout,
    y: Floats,
    X: Floats,
    present: NDArray[np.bool_],
    *,
    family: str = "ppml",
    tolerance: float = 1e-8,
    max_steps: int = MAX_STEPS,
) -> Optimum:
    """Poisson (``ppml``) or gamma pseudo-maximum likelihood with log link.

    Args:
        layout: the effects. ``y`` (size,), ``X`` (k, size) and ``present`` are in its order.
        tolerance: on the root mean square, under the weights, of a step of the index.

    Raises:
        GravityError: GRA010 where the index runs away: no estimate exists.
    """
    kind = POISSON if family == "ppml" else GAMMA
    k = X.shape[0]
    V = np.empty((k + 1, layout.size))
    V[1:] = X
    mean = float(y[present].mean())
    index = np.where(present, np.log((y + mean) / 2), 0.0)
    mu, weights = np.empty_like(y), np.empty_like(y)
    deviance = _state(index, y, present, kind, mu, weights, V[0])
    V[0] += index  # the first step lands in the space of regressors and effects
    coefficients, effects = np.zeros(k), np.zeros((k + 1, layout.levels))
    total = np.zeros(layout.levels)
    steps = passes = 0
    size, converged = math.inf, False
    while not converged and steps < max_steps:
        layout.weigh(weights)
        if steps:
            effects[0] = 0.0
        solved = absorb(layout, V, tolerance=_loose(size, k), start=effects if steps else None)
        effects, passes = solved.effects, passes + solved.passes
        within = layout.residual(V, effects)
        hessian, slope = moments(within, weights)
        move = _solve(hessian, slope)
        change = V[0] - within[0]
        if k:
            change += move @ within[1:]
        if steps == 0:
            index, change = np.zeros_like(index), change
            size = math.inf
        else:
            size = math.sqrt(_weighted_square(change, weights) / weights.sum())
        share, trial = _search(index, change, y, present, kind, mu, weights, V[0], deviance, steps)
        index += share * change
        coefficients += share * move
        total += share * (effects[0] - move @ effects[1:])
        steps, deviance = steps + 1, trial
        converged = size < tolerance and share == 1.0
        if not math.isfinite(deviance) or np.abs(index).max() > LARGEST_INDEX:
            raise GravityError("GRA010", steps=steps)
    layout.weigh(weights)
    solved = absorb(layout, V[1:], tolerance=FINAL, start=effects[1:])
    within = layout.residual(V[1:], solved.effects)
    hessian, _ = moments(within, weights, with_slope=False)
    residual = np.where(present, y - mu, 0.0)
    score_weight = residual if kind == POISSON else weights * V[0]
    score = _score(within, score_weight, hessian)
    return Optimum(
        coefficients, index, total, score_weight, weights, within, hessian, deviance,
        steps, passes + solved.passes, converged, size, score,
    )  # fmt: skip


def least_squares(layout: Layout, y: Floats, X: Floats, present: NDArray[np.bool_]) -> Optimum:
    """Ordinary least squares with absorbed effects; arguments as for :func:`reweighted`."""
    V = np.concatenate([y[None, :], X])
    weights = present.astype(np.float64)
    layout.weigh(weights)
    solved = absorb(layout, V, tolerance=1e-11)
    within = layout.residual(V, solved.effects)
    hessian, slope = moments(within, weights)
    coefficients = _solve(hessian, slope)
    residual = (within[0] - coefficients @ within[1:]) * weights
    total = solved.effects[0] - coefficients @ solved.effects[1:]
    square = float(residual @ residual)
    score = _score(within[1:], residual, hessian)
    return Optimum(
        coefficients, V[0] - residual, total, residual, weights, within[1:], hessian, square,
        1, solved.passes, solved.converged, 0.0, score,
    )  # fmt: skip


def moments(within: Floats, weights: Floats, *, with_slope: bool = True) -> tuple[Floats, Floats]:
    """Cross products under the weights, in blocks; the first row is the left-hand side."""
    k, n = within.shape
    gram = np.zeros((k, k))
    block = 1 << 15
    for start in range(0, n, block):
        part = within[:, start : start + block]
        gram += (part * weights[start : start + block]) @ part.T
    if with_slope:
        return gram[1:, 1:], gram[1:, 0]
    return gram, np.zeros(0)


def _loose(size: float, k: int) -> Floats:
    """How tightly to absorb: the score more tightly as steps shrink, regressors always loosely."""
    tolerance = np.full(k + 1, LOOSE)
    tolerance[0] = LOOSE if size > 1e-2 else 1e-4
    return tolerance


def _solve(hessian: Floats, slope: Floats) -> Floats:
    if not len(slope):
        return slope
    try:
        return np.linalg.solve(hessian, slope)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(hessian, slope, rcond=None)[0]


def _search(
    index: Floats,
    change: Floats,
    y: Floats,
    present: NDArray[np.bool_],
    kind: int,
    mu: Floats,
    weights: Floats,
    working: Floats,
    before: float,
    steps: int,
) -> tuple[float, float]:
    """Halve the step until the deviance does not rise; returns the share taken and the deviance."""
    share = 1.0
    slack = 1e-9 * (abs(before) + 1.0)
    while True:
        deviance = float(_state(index + share * change, y, present, kind, mu, weights, working))
        if steps == 0 or deviance <= before + slack or share < 1e-4:
            return share, deviance
        share /= 2


def _score(within: Floats, residual: Floats, hessian: Floats) -> float:
    """The largest score of a regressor, in units in which one is a step of one standard deviation."""
    if not len(within):
        return 0.0
    return float(np.max(np.abs(within @ residual) / np.sqrt(np.maximum(np.diag(hessian), 1e-300))))


@kernel(parallel=True)
def _state(
    index: Floats,
    y: Floats,
    present: NDArray[np.bool_],
    kind: int,
    mu: Floats,
    weights: Floats,
    working: Floats,
) -> float:
    """Mean, weight and working residual of each row; returns the deviance."""
    deviance = 0.0
    for row in prange(len(y)):
        if present[row]:
            m = math.exp(min(index[row], 300.0))
            m = max(m, 1e-200)
            mu[row] = m
            working[row] = (y[row] - m) / m
            if kind == 0:
                weights[row] = m
                part = m - y[row]
                if y[row] > 0.0:
                    part += y[row] * math.log(y[row] / m)
            else:
                weights[row] = 1.0
                part = y[row] / m + math.log(m)
            deviance += 2.0 * part
        else:
            mu[row] = 0.0
            weights[row] = 0.0
            working[row] = 0.0
    return deviance


@kernel(parallel=True)
def _weighted_square(values: Floats, weights: Floats) -> float:
    total = 0.0
    for row in prange(len(values)):
        total += weights[row] * values[row] * values[row]
    return total
