"""Separation by definition: a linear program over every row, solved until nothing is left."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linprog

from accord.gravity.design import Design

Mask = NDArray[np.bool_]


def separated_by_program(design: Design) -> Mask:
    """Rows on which some combination is positive that is zero on flows and nowhere negative.

    A vertex of the program may leave rows at zero that another certificate
    reaches, so what it names is taken out and it is solved again.
    """
    gone = np.zeros(design.n, dtype=bool)
    while True:
        more = _one_program(design.take(~gone))
        if not more.any():
            return gone
        gone[np.flatnonzero(~gone)[more]] = True


def _one_program(design: Design) -> Mask:
    n, zero = design.n, design.y == 0
    basis = [sparse.csr_matrix(x / max(np.abs(x).max(), 1e-300)).T for x in design.X]
    for effect in design.effects:
        place = (np.arange(n), effect.codes)
        basis.append(sparse.csr_matrix((np.ones(n), place), shape=(n, effect.count)))
    span = sparse.hstack(basis)
    z = sparse.csr_matrix(np.eye(n)[:, zero])
    free, held = span.shape[1], int(zero.sum())
    found = linprog(
        np.concatenate([np.zeros(free), -np.ones(held)]),
        A_eq=sparse.hstack([span, -z]).tocsr(),
        b_eq=np.zeros(n),
        bounds=[(None, None)] * free + [(0, 1)] * held,
        method="highs-ipm",
    )
    more = np.zeros(n, dtype=bool)
    more[zero] = found.x[free:] > 1e-5
    return more
