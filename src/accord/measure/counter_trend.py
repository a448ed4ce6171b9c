"""Which products, sectors or partners move against the whole, and is it unusual for them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from accord.errors import MeasureError
from accord.measure.arithmetic import Column, columns, ratio
from accord.measure.growth import contribution_points, growth_pct

__all__ = ["CounterTrend", "counter_trend"]

FEWEST_PAST_CHANGES = 3  # below this an own volatility is not worth stating


@dataclass(frozen=True, slots=True)
class CounterTrend:
    """One part of a whole, over one named period.

    ``against`` says that it grew while the whole fell or fell while the whole grew;
    ``p_value`` how often a departure from the whole as large as this one would come
    up by the part's own past volatility (``None``: its past is too short).
    """

    part: str
    base: float
    current: float
    growth_pct: float
    contribution_points: float
    against: bool
    score: float | None
    p_value: float | None


def counter_trend(
    parts: Sequence[str], history: ArrayLike, *, whole: ArrayLike | None = None
) -> tuple[CounterTrend, ...]:
    """Judge every part's last change against that of the whole.

    ``history`` has one row a part and one column a period, oldest first; the period
    asked about is the last column, its base the one before. ``whole`` is the series
    that the parts belong to; without it their sum, then known only in periods in
    which every part is. With ``d_t = Δln v_kt − Δln V_t`` a part's departure from the whole,
    ``score = (d_T − mean) / (s · √(1 + 1/n))`` over the ``n`` earlier departures, held
    against Student's t with ``n − 1`` degrees of freedom, two-sided.

    Units: growth in percent, contribution in percentage points. Parts come back in
    the order of their contribution's size. Source: prediction interval for one
    further observation, Hahn and Meeker (1991), *Statistical Intervals*, sec. 4.8.
    Raises MEA001 when shapes do not fit, MEA003 with fewer than two periods.
    """
    (table,) = columns(history=history)
    if table.ndim != 2 or table.shape[0] != len(parts):
        raise MeasureError("MEA001", sizes=f"parts: {len(parts)}, history: {table.shape}")
    if table.shape[1] < 2:
        raise MeasureError("MEA003", name="periods", value=table.shape[1], range="at least 2")
    (total,) = columns(whole=table.sum(axis=0) if whole is None else whole)
    if total.shape != table.shape[1:]:
        raise MeasureError("MEA001", sizes=f"whole: {total.shape}, history: {table.shape}")
    base, current = table[:, -2], table[:, -1]
    growth, trend = growth_pct(current, base), float(growth_pct(total[-1], total[-2]))
    added = contribution_points(current, base, whole=total[-2])
    departures = _departures(table, total)
    found = [
        _judged(parts[k], (base[k], current[k], growth[k], added[k]), trend, departures[k])
        for k in range(len(parts))
    ]
    return tuple(sorted(found, key=lambda c: -abs(np.nan_to_num(c.contribution_points))))


def _departures(table: Column, whole: Column) -> Column:
    """Change in logs of each part less that of the whole, one column a change."""
    parts, total = (np.log(np.where(v > 0, v, np.nan)) for v in (table, whole))
    return np.asarray(np.diff(parts, axis=1) - np.diff(total))


def _judged(
    part: str, figures: tuple[float, float, float, float], whole: float, departures: Column
) -> CounterTrend:
    base, current, growth, added = map(float, figures)
    score, p_value = _significance(departures)
    against = bool(np.sign(growth) * np.sign(whole) < 0)
    return CounterTrend(part, base, current, growth, added, against, score, p_value)


def _significance(departures: Column) -> tuple[float | None, float | None]:
    from scipy.special import stdtr  # a third of a second that most briefs do not need

    past, last = departures[:-1], departures[-1]
    past = past[~np.isnan(past)]
    if len(past) < FEWEST_PAST_CHANGES or np.isnan(last):
        return None, None
    spread = float(past.std(ddof=1)) * np.sqrt(1.0 + 1.0 / len(past))
    score = float(ratio(np.array(last - past.mean()), np.array(spread)))
    if np.isnan(score):
        return None, None
    return score, float(2.0 * stdtr(len(past) - 1, -abs(score)))
