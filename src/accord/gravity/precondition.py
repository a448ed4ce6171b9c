"""A preconditioner that knows which levels hang together: blocks of two.

Where one flow makes up most of two levels (domestic trade in an exporter's and
an importer's year), the two effects are nearly collinear and a diagonal
preconditioner leaves conjugate gradients many iterations. Levels that are each
other's strongest partner are therefore inverted together, exactly; the others
by their diagonal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.gravity.arrays import Floats, Ints
from accord.gravity.compiled import kernel

__all__ = ["Blocks", "couple"]

# A block counts as singular beyond this correlation of its two levels.
CLOSEST = 1 - 1e-6


@dataclass(frozen=True, eq=False)
class Blocks:
    """The inverse: ``own`` times a level plus ``cross`` times its partner, shape (levels,)."""

    own: Floats
    cross: Floats
    partner: Ints

    def solve(self, R: Floats) -> Floats:
        """The inverse times R, shape (k, levels)."""
        return np.asarray(R * self.own + R[:, self.partner] * self.cross)

    def advance(
        self, A: Floats, R: Floats, active: Ints, step: Floats, P: Floats, Q: Floats
    ) -> tuple[Floats, Floats]:
        """Take steps along P in the active rows of A, whose residuals R fall by as much of Q.

        Returns the inverse times those residuals, shape (active, levels), and the product
        of the two, row by row.
        """
        Z, products = np.empty_like(P), np.empty(len(P))
        _advance(A, R, active, step, P, Q, self.own, self.cross, self.partner, Z, products)
        return Z, products


@kernel()
def _advance(
    A: Floats, R: Floats, active: Ints, step: Floats, P: Floats, Q: Floats,
    own: Floats, cross: Floats, partner: Ints, Z: Floats, products: Floats,
) -> None:  # fmt: skip
    for number in range(len(active)):
        effects, left, by = A[active[number]], R[active[number]], step[number]
        along, bent, solved = P[number], Q[number], Z[number]
        for level in range(len(left)):
            effects[level] += by * along[level]
            left[level] -= by * bent[level]
        total = 0.0
        for level in range(len(left)):
            solved[level] = left[level] * own[level] + left[partner[level]] * cross[level]
            total += left[level] * solved[level]
        products[number] = total


def couple(diagonal: Floats, strongest: Floats, partner: Ints) -> Blocks:
    """Blocks from the diagonal and each level's strongest partner (−1: none).

    ``strongest`` is the element of the normal matrix between the two.
    """
    levels = np.arange(len(diagonal))
    mutual = (partner >= 0) & (partner[partner] == levels)
    partner = np.where(mutual, partner, levels)
    product = diagonal * diagonal[partner]
    shared = np.where(mutual, np.minimum(strongest, strongest[partner]), 0.0)
    shared = np.minimum(shared, CLOSEST * np.sqrt(product))
    determinant = product - shared * shared
    own = np.where(mutual, diagonal[partner] / determinant, 1.0 / diagonal)
    return Blocks(own, np.where(mutual, -shared / determinant, 0.0), partner)
