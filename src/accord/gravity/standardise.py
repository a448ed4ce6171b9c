"""Regressors as estimation holds them: centred, in standard deviations, in a layout's order."""

from __future__ import annotations

import math

import numpy as np
from numba import prange

from accord.gravity.absorb import Layout
from accord.gravity.arrays import Floats, Mask
from accord.gravity.compiled import PARTS, kernel
from accord.gravity.fit import Regressors

__all__ = ["standardised"]

# Standard deviation below this share of the largest value is rounding.
FLAT = 1e-12


def standardised(X: list[Floats], layout: Layout, present: Mask, *, centred: bool) -> Regressors:
    """Regressors in standard deviations, stored below one empty row, each taken off the list.

    They are centred where effects absorb the mean, which spares digits. What
    varies by no more than rounding does not vary. ``present`` says where the
    layout has a row. Each is stored in place and let go: two arrays as long as the
    panel for each regressor would be the peak of memory.
    """
    k = len(X)
    V, scale, centre = np.empty((k + 1, layout.size)), np.ones(k), np.zeros(k)
    for number in range(k):
        x = X.pop(0)
        rows, stored = len(x), layout.store(x, out=V[number + 1])
        del x
        total, largest = _summary(stored)
        if centred:
            centre[number] = total / rows
        deviation = math.sqrt(_centred(stored, centre[number], present) / rows)
        if deviation > FLAT * largest:
            scale[number] = deviation
        _divide(stored, deviation if deviation > FLAT * largest else math.inf)
    return Regressors(layout, V, scale, centre)


@kernel(parallel=True)
def _summary(x: Floats) -> tuple[float, float]:
    """The sum, and the largest absolute value."""
    n, totals, most = len(x), np.zeros(PARTS), np.zeros(PARTS)
    for part in prange(PARTS):
        total = largest = 0.0
        values = x[n * part // PARTS : n * (part + 1) // PARTS]
        for row in range(len(values)):
            total += values[row]
            largest = max(largest, abs(values[row]))
        totals[part], most[part] = total, largest
    return totals.sum(), most.max()


@kernel(parallel=True)
def _centred(values: Floats, centre: float, present: Mask) -> float:
    """Take the centre from the values, in place, zero where no row is; the sum of squares."""
    n, totals = len(values), np.zeros(PARTS)
    for part in prange(PARTS):
        total = 0.0
        places = slice(n * part // PARTS, n * (part + 1) // PARTS)
        own, here = values[places], present[places]
        for place in range(len(own)):
            own[place] = (own[place] - centre) * (1.0 if here[place] else 0.0)
            total += own[place] * own[place]
        totals[part] = total
    return float(totals.sum())


@kernel(parallel=True)
def _divide(values: Floats, by: float) -> None:
    """Divide in place."""
    for place in prange(len(values)):
        values[place] /= by
