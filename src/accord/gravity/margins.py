"""Balancing a matrix to given margins, keeping its odds ratios.

This is what Poisson regression on exporter and importer effects with an offset
does to a square of flows, and what "conditional equilibrium" means: trade costs
change, output and expenditure stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Floats

__all__ = ["Balanced", "balance"]

STEPS = 50_000
# Totals printed to seven digits count as the same.
ADD_UP = 1e-6


@dataclass(frozen=True, slots=True)
class Balanced:
    """Multipliers of rows and columns, and the balanced flows."""

    rows: Floats
    columns: Floats
    flows: Floats


def balance(
    M: Floats, rows: Floats, columns: Floats, *, reference: int = 0, tolerance: float = 1e-14
) -> Balanced:
    """a_i M_ij b_j with the given margins and b = 1 at the reference.

    Raises ``GravityError`` GRA041 where the margins do not add up to the same, GRA038
    where they cannot be met.
    """
    if abs(rows.sum() / columns.sum() - 1.0) > ADD_UP:
        totals = {"output": f"{rows.sum():g}", "expenditure": f"{columns.sum():g}"}
        raise GravityError("GRA041", **totals)
    b = np.ones(len(columns))
    gap = np.inf
    total = rows.sum() / columns.sum()
    for step in range(STEPS):
        a = rows / (M @ b)
        fresh = columns * total / (a @ M)
        gap = float(np.abs(fresh / b - 1.0).max())
        b = fresh
        if gap <= tolerance or (step > 2_000 and gap < 1e-11):
            a = rows / (M @ b)
            a, b = a * b[reference], b / b[reference]
            return Balanced(a, b, a[:, None] * M * b)
    raise GravityError("GRA038", steps=STEPS, gap=f"{gap:.1e}")
