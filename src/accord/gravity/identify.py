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

from accord.gravity.absorb import Layout, absorb, combined, cross_products
from accord.gravity.columns import Floats, Mask
from accord.gravity.separation import BOUND

__all__ = ["Identified", "identify"]

# A regressor of whose variation less than this share is left by the effects and
# the regressors before it counts as explained by them.
COLLINEAR = 1e-10
# Below this share the loose absorption cannot tell and a tight one decides.
DOUBTFUL, LOOSE, TIGHT = 1e-5, 1e-5, 1e-8
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
    weights = present.astype(np.float64)
    V[0] = 0.0
    if boundary is not None and boundary.any():
        V[0] = boundary
        weights[~boundary] *= HEAVY
    layout.weigh(weights)
    effects = absorb(layout, V, tolerance=LOOSE).effects
    gram = cross_products(layout, V, effects)
    whole = np.array([np.einsum("n,n,n->", x, x, weights) for x in V[1:]])
    kept, least = _independent(gram[1:, 1:], whole)
    if least < DOUBTFUL:
        effects[1:] = absorb(layout, V[1:], tolerance=TIGHT, start=effects[1:]).effects
        gram = cross_products(layout, V, effects)
        kept, _ = _independent(gram[1:, 1:], whole)
    if boundary is None:
        return Identified(kept, exists=False)
    return Identified(kept, not boundary.any() or _bounded(layout, V, effects, gram, kept))


def _independent(gram: Floats, whole: Floats) -> tuple[Mask, float]:
    """Which regressors have a share of variation of their own, and the least share."""
    kept, least = np.zeros(len(gram), dtype=bool), 1.0
    for number in range(len(gram)):
        before = np.flatnonzero(kept)
        total = max(float(whole[number]), 1e-300)
        left = float(gram[number, number])
        if len(before) and left > COLLINEAR * total:
            cross = gram[before, number]
            left -= float(cross @ np.linalg.solve(gram[np.ix_(before, before)], cross))
        kept[number] = left > COLLINEAR * total
        least = min(least, left / total)
    return kept, least


def _bounded(layout: Layout, V: Floats, effects: Floats, gram: Floats, kept: Mask) -> bool:
    """Whether u = V[0] projected on effects and kept regressors is below one where u is one."""
    shares, places = np.zeros(len(V)), np.flatnonzero(kept) + 1
    shares[0] = 1.0
    if len(places):
        shares[places] = -np.linalg.solve(gram[np.ix_(places, places)], gram[places, 0])
    left = combined(layout, V, effects, shares)
    return float(np.min(left, where=V[0] > 0, initial=1.0)) > 1.0 - BOUND
