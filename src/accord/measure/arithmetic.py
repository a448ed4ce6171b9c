"""Arithmetic on columns that keeps missing and undefined apart from zero.

All measures take ``float64`` columns in which ``nan`` is a missing figure. A
result that cannot be computed (a part is missing, or the denominator is zero) is
``nan`` as well: never zero, never infinite.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from accord.errors import MeasureError

__all__ = ["Column", "columns", "group_totals", "ratio", "share_matrix"]

Column = NDArray[np.float64]


def columns(**given: ArrayLike) -> list[Column]:
    """The arguments as float columns of one shape (scalars are spread).

    Raises :class:`MeasureError` MEA001 where lengths differ and MEA002 where a
    value is infinite.
    """
    arrays = [np.asarray(values, dtype=np.float64) for values in given.values()]
    for name, array in zip(given, arrays, strict=True):
        if np.isinf(array).any():
            raise MeasureError("MEA002", column=name)
    try:
        return [np.array(a) for a in np.broadcast_arrays(*arrays)]
    except ValueError:
        sizes = ", ".join(f"{n}: {a.shape}" for n, a in zip(given, arrays, strict=True))
        raise MeasureError("MEA001", sizes=sizes) from None


def ratio(numerator: Column, denominator: Column) -> Column:
    """``numerator / denominator``, missing where the denominator is zero or either is missing."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        quotient = np.asarray(numerator / denominator, dtype=np.float64)
    return np.where(np.isfinite(quotient), quotient, np.nan)


def group_totals(
    keys: Sequence[object] | NDArray[np.generic], values: ArrayLike
) -> dict[str, float]:
    """Sum of ``values`` per key; a group with a missing part has a missing total.

    Keys are compared as text and come back in sorted order.
    """
    (column,) = columns(values=values)
    labels, inverse = np.unique(np.asarray(keys, dtype=np.str_), return_inverse=True)
    if inverse.shape != column.shape:
        raise MeasureError("MEA001", sizes=f"keys: {inverse.shape}, values: {column.shape}")
    sums = np.bincount(inverse, weights=column, minlength=len(labels))
    return {str(label): float(total) for label, total in zip(labels, sums, strict=True)}


def share_matrix(values: Column, axis: int = -1) -> Column:
    """Shares of the total along ``axis``; missing where the total is zero or missing."""
    return ratio(values, values.sum(axis=axis, keepdims=True))
