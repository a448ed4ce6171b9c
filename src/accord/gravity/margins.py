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

PASSES, STEPS = 2_000, 200
# Of the margins.
SETTLED = 1e-10
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
    a, b, gap = _scale(M, rows, columns * (rows.sum() / columns.sum()), tolerance)
    if gap > tolerance:
        a, b, gap = _newton(M, rows, columns * (rows.sum() / columns.sum()), a, b)
    if not gap <= SETTLED:
        raise GravityError("GRA038", steps=PASSES + STEPS, gap=f"{gap:.1e}")
    a, b = a * b[reference], b / b[reference]
    return Balanced(a, b, a[:, None] * M * b)


def _scale(
    M: Floats, rows: Floats, columns: Floats, tolerance: float
) -> tuple[Floats, Floats, float]:
    """Rows and columns scaled in turn: quick where countries are open."""
    b, gap, best, since = np.ones(len(columns)), np.inf, np.inf, 0
    for _ in range(PASSES):
        a = rows / (M @ b)
        fresh = columns / (a @ M)
        gap = float(np.abs(fresh / b - 1.0).max())
        b = fresh
        since = 0 if gap < best else since + 1
        best = min(gap, best)
        if gap <= tolerance or (since > 10 and gap < 1e-13):  # as near as rounding lets it come
            return rows / (M @ b), b, min(gap, tolerance)
    return rows / (M @ b), b, gap


def _newton(
    M: Floats, rows: Floats, columns: Floats, a: Floats, b: Floats
) -> tuple[Floats, Floats, float]:
    """Newton's method on the logarithms of the multipliers of columns, rows met throughout.

    Where most is sold at home, scaling creeps. The matrix of slopes is a network's
    Laplacian; its diagonal is added up from the links, so that small ones are not
    lost beside sales at home.
    """
    gap, before = np.inf, np.inf
    for _ in range(STEPS):
        flows = a[:, None] * M * b
        links = flows.T @ (flows / rows[:, None])
        np.fill_diagonal(links, 0.0)
        short = columns - flows.sum(axis=0)
        gap = float(np.abs(short / columns).max())
        slopes = np.diag(links.sum(axis=1)) - links
        slopes[0, 0] += links[0].sum() or 1.0
        try:
            step = np.linalg.solve(slopes, short)
        except np.linalg.LinAlgError:
            return a, b, gap
        if not np.isfinite(step).all():
            return a, b, np.inf
        longest = float(np.abs(step).max())
        fresh = b * np.exp(step * min(1.0, 2.0 / max(longest, 1e-300)))
        a, b = rows / (M @ fresh), fresh
        # Rounding of margins, seen by trade, keeps steps from becoming smaller still.
        if longest < 1e-11 or (longest < 1e-6 and longest > before / 2):
            return a, b, gap
        before = longest
    return a, b, np.inf
