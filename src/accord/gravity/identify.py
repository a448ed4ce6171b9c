"""What an estimation can tell: which regressors are independent, and whether it exists at all.

One loose absorption of the regressors answers both in the usual case. Together
with them the rows without a flow, as a variable u, are projected on regressors
and effects: if the projection is below one on all of them nothing is separated
(see :mod:`accord.gravity.separation`), whatever the weights. Only regressors of
which little is left are absorbed tightly, and only where the bound fails is
separation searched for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.gravity.absorb import Layout, absorb, cross_products, explained
from accord.gravity.arrays import Floats, Mask
from accord.gravity.compiled import weighted_squares

__all__ = ["BOUND", "Identified", "identify", "independent"]

# A regressor of whose variation less than this share is left by the effects and
# the regressors before it counts as explained by them.
COLLINEAR = 1e-10
# Below this share the loose absorption cannot tell and a tight one decides.
DOUBTFUL, LOOSE, TIGHT = 1e-5, 1e-5, 1e-8
# A bound of one is exact; this leaves room for the tolerance of the projection.
BOUND = 0.98
# Rows with a flow weigh this much more, which keeps the projection of u small.
HEAVY = 1e3


@dataclass(frozen=True, slots=True)
class Identified:
    """Which regressors are independent, and whether the bound says that nothing is separated."""

    kept: Mask
    exists: bool


def identify(layout: Layout, V: Floats, present: Mask, boundary: Mask | None) -> Identified:
    """Which of the regressors V[1:] are independent; V[0] is room.

    ``boundary`` are the rows without a flow, None where separation is not asked about.
    """
    weights, V[0] = present.astype(np.float64), 0.0
    if boundary is not None and boundary.any():
        V[0] = boundary
        weights *= HEAVY + (1.0 - HEAVY) * V[0]
    kept, shares, gram, effects = _left(layout, V, weights, LOOSE)
    telling = kept & (shares >= DOUBTFUL)
    if not telling.all():
        kept, *_ = _left(layout, V, present.astype(np.float64), TIGHT)
        layout.weigh(weights)
    bounded = boundary is not None and np.array_equal(kept, telling)
    return Identified(kept, exists=bounded and _bounded(layout, V, effects, gram, kept))


def _left(
    layout: Layout, V: Floats, weights: Floats, tolerance: float
) -> tuple[Mask, Floats, Floats, Floats]:
    """Independent regressors, the share left of each, cross products, effects."""
    layout.weigh(weights)
    squares = weighted_squares(V, weights)
    effects = absorb(layout, V, tolerance=tolerance, squares=squares).effects
    gram = cross_products(layout, V, effects)
    return *independent(gram[1:, 1:], squares[1:]), gram, effects


def independent(gram: Floats, whole: Floats) -> tuple[Mask, Floats]:
    """Which regressors have variation of their own, and its share in each one's whole."""
    kept, shares = np.zeros(len(gram), dtype=bool), np.zeros(len(gram))
    for number in range(len(gram)):
        before = np.flatnonzero(kept)
        total = max(float(whole[number]), 1e-300)
        left = float(gram[number, number])
        if len(before) and left > COLLINEAR * total:
            cross = gram[before, number]
            left -= float(cross @ np.linalg.solve(gram[np.ix_(before, before)], cross))
        shares[number] = left / total
        kept[number] = shares[number] > COLLINEAR
    return kept, shares


def _bounded(layout: Layout, V: Floats, effects: Floats, gram: Floats, kept: Mask) -> bool:
    """Whether u = V[0] projected on effects and kept regressors is below one where u is one."""
    slopes, places = np.zeros(len(V) - 1), np.flatnonzero(kept) + 1
    if len(places):
        slopes[kept] = np.linalg.solve(gram[np.ix_(places, places)], gram[places, 0])
    fitted = explained(layout, V, effects, slopes)
    fitted *= V[0]  # one where u is one, nothing elsewhere
    return float(fitted.max(initial=0.0)) < BOUND
