"""Growth of a series, and what its parts contribute to it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from accord.errors import MeasureError
from accord.measure.arithmetic import Column, columns, ratio

__all__ = [
    "compound_growth_pct",
    "contribution_points",
    "growth_pct",
    "year_on_year_pct",
    "year_to_date",
]


def growth_pct(current: ArrayLike, base: ArrayLike) -> Column:
    """Growth of ``current`` over ``base``: ``100 · (current / base − 1)``.

    Units: percent. Range: −100 … ∞ for values that are not negative; missing where
    the base is zero or negative. Source: IMF, *Quarterly National Accounts Manual*
    (2017), ch. 8; United Nations, *IMTS 2010 Compilers Manual*, ch. 19.
    """
    now, then = columns(current=current, base=base)
    return 100.0 * (ratio(now, np.where(then > 0, then, np.nan)) - 1.0)


def year_on_year_pct(values: ArrayLike, per_year: int) -> Column:
    """Growth of each period over the same period of the year before.

    ``values`` is one unbroken series with ``per_year`` periods a year (12 for
    months); the first year is missing. Formula as for :func:`growth_pct`. Units:
    percent. Range: −100 … ∞. Source: IMTS 2010 Compilers Manual, ch. 19.
    """
    (series,) = columns(values=values)
    if per_year < 1:
        raise MeasureError("MEA003", name="per_year", value=per_year, range="at least 1")
    result = np.full_like(series, np.nan)
    if len(series) > per_year:
        result[per_year:] = growth_pct(series[per_year:], series[:-per_year])
    return result


def year_to_date(values: ArrayLike, years: ArrayLike) -> Column:
    """Running total of ``values`` within each year: ``Σ`` of the year's periods so far.

    Units: those of the values. Rows are in the order of time. After a missing
    period the rest of its year is missing: a sum with a gap is not a year to date.
    Source: IMTS 2010 Compilers Manual, ch. 19 (cumulative presentation).
    """
    series, labels = columns(values=values, years=years)
    result = np.empty_like(series)
    running = 0.0
    for row in range(len(series)):
        fresh = row == 0 or labels[row] != labels[row - 1]
        running = series[row] if fresh else running + series[row]
        result[row] = running
    return result


def compound_growth_pct(first: ArrayLike, last: ArrayLike, periods: ArrayLike) -> Column:
    """Compound growth a period: ``100 · ((last / first)^(1/periods) − 1)``.

    Units: percent a period. Range: −100 … ∞; missing unless both ends are positive
    and there is at least one period. Source: WTO, *World Trade Statistical Review*,
    technical notes (average annual growth).
    """
    start, end, n = columns(first=first, last=last, periods=periods)
    defined = (start > 0) & (end > 0) & (n > 0)
    growth = ratio(np.where(defined, end, np.nan), start)
    return 100.0 * (np.power(growth, ratio(np.ones_like(n), np.where(defined, n, np.nan))) - 1.0)


def contribution_points(
    current: ArrayLike, base: ArrayLike, *, whole: ArrayLike | None = None
) -> Column:
    """What each part adds to the growth of the whole: ``100 · (current_k − base_k) / Σ base``.

    Units: percentage points; the contributions add up to the growth of the total.
    ``whole`` is the base of the total where the parts do not make it up; without it
    a missing part leaves all contributions missing, as the sum is not known. Missing
    too where the base total is not positive. Source: IMF, *Quarterly National Accounts
    Manual* (2017), par. 8.21 (additive case).
    """
    now, then = columns(current=current, base=base)
    total = float(then.sum() if whole is None else np.asarray(whole, dtype=np.float64))
    return 100.0 * ratio(now - then, np.full_like(now, total if total > 0 else np.nan))
