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

from accord.errors import GravityError
from accord.gravity.absorb import Layout, absorb, cross_products, explained
from accord.gravity.arrays import Floats, Mask
from accord.gravity.compiled import PARTS, SERIAL_ROWS, exponential, kernel

__all__ = ["Optimum", "least_squares", "reweighted"]

POISSON, GAMMA = 0, 1
LOOSE, TIGHTER, FINAL = 3e-2, 1e-3, 1e-9
SWEEPS = 4
SHORTEST = 1e-4
MAX_STEPS = 200
# Beyond these a linear index cannot be told from infinity in double precision.
LARGEST_INDEX, LOWEST_INDEX = 300.0, -460.0
# Of the sum of flows: what the order of additions may do to the objective.
ROUNDING = 1e-10


@dataclass(frozen=True, slots=True)
class Optimum:
    """Where the iterations ended, in storage order.

    ``effects``, shape (k, levels), are what the fixed effects explain of the
    regressors under the final ``weights``; ``residual`` is y−μ (for gamma
    (y−μ)/μ, for least squares the residual); ``hessian`` the cross products,
    under the weights, of the regressors free of the effects.
    """

    coefficients: Floats
    index: Floats
    residual: Floats
    weights: Floats
    effects: Floats
    hessian: Floats
    deviance: float
    iterations: int
    passes: int
    converged: bool
    step: float


@dataclass(slots=True)
class _State:
    """What an iteration changes, in place: index, mean, weights; V[0] the working residual.

    ``objective`` is what is minimised: half the deviance up to a constant, whose
    logarithms would cost as much as all the rest. ``slack`` is by how much rounding
    may raise it. ``squares`` is the weighted sum of squares of the working residual;
    ``escaped`` whether some row's index cannot be told from infinity any more.
    """

    family: int
    y: Floats
    present: Mask
    index: Floats
    mu: Floats
    weights: Floats
    V: Floats
    slack: float
    objective: float = math.inf
    squares: float = 0.0
    escaped: bool = False

    def move(self, change: Floats) -> float:
        """Add the change to the index and bring all up to it, in one pass.

        Returns how far the rows moved: root mean square under the weights before.
        """
        tally = np.zeros((PARTS, 5))
        given = (change, self.y, self.present, self.index, self.mu, self.V[0])
        if len(self.y) > SERIAL_ROWS:
            _move_parts(self.family == POISSON, *given, tally)
        else:
            _move(self.family == POISSON, *given, tally[0])
        moved, weight, objective, squares, beyond = tally.sum(axis=0)
        self.objective, self.squares = float(objective), float(squares)
        self.escaped = bool(beyond)
        return math.sqrt(moved / weight)

    def deviance(self) -> float:
        """The deviance at the mean."""
        return float(_deviance(self.y, self.mu, self.present, self.family))


def reweighted(
    layout: Layout,
    y: Floats,
    V: Floats,
    present: Mask,
    *,
    family: str = "ppml",
    tolerance: float = 1e-8,
    max_steps: int = MAX_STEPS,
) -> Optimum:
    """Poisson (``ppml``) or gamma pseudo-maximum likelihood with log link.

    Args:
        layout: the effects; all arrays are in its order.
        y: flows, shape (size,).
        V: shape (k+1, size): room for the working residual, then the regressors.
        present: which cells hold a row.
        tolerance: on the root mean square, under the weights, of a step of the index.

    Raises:
        GravityError: GRA010 where the index runs away: no estimate exists.
    """
    k = len(V) - 1
    state, coefficients = _begin(layout, y, V, present, POISSON if family == "ppml" else GAMMA)
    effects: Floats | None = None
    steps = passes = 0
    size, converged = math.inf, False
    while not converged and steps < max_steps:
        layout.weigh(state.weights)
        # The regressors are known not to be explained wholly by the effects.
        squares = np.array([state.squares, *[0.0] * k])
        solved = absorb(layout, V, tolerance=_loose(size, k), start=effects, squares=squares)
        effects, passes = solved.effects, passes + solved.passes
        gram = cross_products(layout, V, effects)
        move = _solve(gram[1:, 1:], gram[1:, 0])
        change = explained(layout, V, effects, move)
        effects[0] = 0.0
        size, share = _search(state, change)
        coefficients += share * move
        steps += 1
        converged = size < tolerance and share == 1.0
        if state.escaped or not math.isfinite(state.objective):
            raise GravityError("GRA010", steps=steps)
    layout.weigh(state.weights)
    start, known = (None, None) if effects is None else (effects[1:], np.zeros(k))
    solved = absorb(layout, V[1:], tolerance=FINAL, start=start, squares=known)
    hessian = cross_products(layout, V[1:], solved.effects)
    residual = (y - state.mu) * present if state.family == POISSON else state.weights * V[0]
    return Optimum(
        coefficients, state.index, residual, state.weights, solved.effects, hessian,
        state.deviance(), steps, passes + solved.passes, converged, size,
    )  # fmt: skip


def _begin(
    layout: Layout, y: Floats, V: Floats, present: Mask, family: int
) -> tuple[_State, Floats]:
    """A first index that lies in the space of regressors and effects, and its coefficients."""
    coefficients = np.zeros(len(V) - 1)
    if layout.has_effects:
        sweeps = SWEEPS if family == POISSON else 0
        index = layout.start(y, sweeps)
        if family == GAMMA:
            index[present] = math.log(float(y[present].mean()))
    else:
        index = np.zeros_like(y)
        for number, x in enumerate(V[1:]):
            if x[0] != 0 and x.min() == x.max():
                index[:] = math.log(float(y.mean()))
                coefficients[number] = index[0] / x[0]
                break
    mu = np.ones_like(y)
    # For Poisson they are the same array.
    weights = mu if family == POISSON else present.astype(np.float64)
    scale = float(y.sum()) if family == POISSON else float(len(y))
    state = _State(family, y, present, index, mu, weights, V, ROUNDING * scale)
    state.move(np.zeros_like(y))
    return state, coefficients


def least_squares(layout: Layout, y: Floats, V: Floats, present: Mask) -> Optimum:
    """Ordinary least squares with absorbed effects; arguments as for :func:`reweighted`."""
    V[0] = y
    weights = present.astype(np.float64)
    layout.weigh(weights)
    solved = absorb(layout, V, tolerance=1e-11)
    gram = cross_products(layout, V, solved.effects)
    hessian = gram[1:, 1:]
    coefficients = _solve(hessian, gram[1:, 0])
    index = explained(layout, V, solved.effects, coefficients)
    residual = (y - index) * weights
    return Optimum(
        coefficients, index, residual, weights, solved.effects[1:], hessian,
        float(residual @ residual), 1, solved.passes, solved.converged, 0.0,
    )  # fmt: skip


def _loose(size: float, k: int) -> Floats:
    """How tightly to absorb: the score more tightly as steps shrink, regressors always loosely."""
    tolerance = np.full(k + 1, LOOSE)
    tolerance[0] = LOOSE if size > 1e-2 else TIGHTER
    return tolerance


def _solve(hessian: Floats, slope: Floats) -> Floats:
    if not len(slope):
        return slope
    try:
        return np.asarray(np.linalg.solve(hessian, slope))
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(hessian, slope, rcond=None)[0])


def _search(state: _State, change: Floats) -> tuple[float, float]:
    """Take the step, halved until the objective does not rise; its size and the share taken."""
    share, before = 1.0, state.objective
    size = state.move(change)
    while state.objective > before + state.slack and share >= SHORTEST:
        share /= 2
        state.move(-share * change)
    return size, share


@kernel()
def _move(
    poisson: bool, change: Floats, y: Floats, present: Mask, index: Floats, mu: Floats,
    working: Floats, tally: Floats,
) -> None:  # fmt: skip
    """Add the change to the index of some rows and bring them up to it.

    Adds to ``tally``, shape (5,): squares of the change and weights before, objective,
    squares of the working residual, rows whose index has run away. Weights are the mean
    for Poisson (the same array), one for gamma.
    """
    moved = weight = objective = squares = beyond = 0.0
    for row in range(len(y)):
        here = 1.0 if present[row] else 0.0
        step = change[row] * here
        before = mu[row] if poisson else here
        moved += before * step * step
        weight += before
        reached = index[row] + step
        index[row] = reached
        beyond += 1.0 if reached > LARGEST_INDEX else 0.0
        at = min(max(reached, LOWEST_INDEX), LARGEST_INDEX)
        m = exponential(at)
        left = (y[row] - m) / m * here
        mu[row] = m * here
        working[row] = left
        objective += ((m - y[row] * at) if poisson else (y[row] / m + at)) * here
        squares += (m if poisson else 1.0) * left * left
    tally[0] += moved
    tally[1] += weight
    tally[2] += objective
    tally[3] += squares
    tally[4] += beyond


@kernel(parallel=True)
def _move_parts(
    poisson: bool, change: Floats, y: Floats, present: Mask, index: Floats, mu: Floats,
    working: Floats, tally: Floats,
) -> None:  # fmt: skip
    n = len(y)
    for part in prange(PARTS):
        # Cut out, not passed as limits: loops from nothing on are those that vectorise.
        rows = slice(n * part // PARTS, n * (part + 1) // PARTS)
        _move(
            poisson, change[rows], y[rows], present[rows], index[rows], mu[rows], working[rows],
            tally[part],
        )  # fmt: skip


@kernel(parallel=True)
def _deviance(y: Floats, mu: Floats, present: Mask, family: int) -> float:
    deviance = 0.0
    for row in prange(len(y)):
        if not present[row]:
            continue
        if family == POISSON:
            deviance += 2.0 * (mu[row] - y[row])
            if y[row] > 0.0:
                deviance += 2.0 * y[row] * math.log(y[row] / mu[row])
        else:
            deviance += 2.0 * (y[row] / mu[row] + math.log(mu[row]))
    return deviance
