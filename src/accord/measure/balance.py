"""Balance, shares, ranks and mirror statistics."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from accord.measure.arithmetic import Column, columns, ratio

__all__ = [
    "balance",
    "mirror_gap_pct",
    "mirror_ratio",
    "normalised_balance",
    "rank",
    "share_pct",
    "total_trade",
]


def total_trade(exports: ArrayLike, imports: ArrayLike) -> Column:
    """Turnover: ``exports + imports``; missing where either is.

    Units: those of the flows. Source: IMTS 2010, ch. II.
    """
    sold, bought = columns(exports=exports, imports=imports)
    return sold + bought


def balance(exports: ArrayLike, imports: ArrayLike) -> Column:
    """Trade balance: ``exports − imports``; positive is the reporter's surplus.

    Units: those of the flows. Source: IMTS 2010, ch. II.
    """
    sold, bought = columns(exports=exports, imports=imports)
    return sold - bought


def normalised_balance(exports: ArrayLike, imports: ArrayLike) -> Column:
    """Balance against turnover: ``(exports − imports) / (exports + imports)``.

    Units: none. Range: −1 (only imports) … 1 (only exports); missing without trade.
    Changes sign, and nothing else, when the two sides are swapped. Source: World
    Bank, *WITS: Trade Indicators*, “normalised trade balance”.
    """
    sold, bought = columns(exports=exports, imports=imports)
    return ratio(sold - bought, sold + bought)


def share_pct(part: ArrayLike, whole: ArrayLike) -> Column:
    """Share of a whole: ``100 · part / whole``.

    Units: percent. Range: 0 … 100 where the part belongs to the whole; missing
    where the whole is zero. Source: IMTS 2010 Compilers Manual, ch. 19.
    """
    some, everything = columns(part=part, whole=whole)
    return 100.0 * ratio(some, everything)


def rank(values: ArrayLike) -> Column:
    """Place among the values, 1 for the largest; equal values share the better place.

    Units: places. Range: 1 … number of known values; missing values have no place
    and push nobody down. Source: standard competition ranking (“1224”).
    """
    (column,) = columns(values=values)
    known = np.sort(column[~np.isnan(column)])
    above = len(known) - np.searchsorted(known, column, side="right")
    return np.where(np.isnan(column), np.nan, above + 1.0)


def mirror_gap_pct(exports: ArrayLike, imports: ArrayLike) -> Column:
    """How far the partner's imports exceed the reporter's exports.

    ``100 · (imports − exports) / ((imports + exports) / 2)``. Units: percent of the
    mean of both. Range: −200 … 200; 0 where both agree. CIF imports normally exceed
    FOB exports by freight and insurance, some 5 to 10 %. Source: IMTS 2010 Compilers
    Manual, ch. 9 (bilateral asymmetries); symmetric form of Eurostat's asymmetry rate.
    """
    sold, bought = columns(exports=exports, imports=imports)
    return 100.0 * ratio(bought - sold, (bought + sold) / 2.0)


def mirror_ratio(exports: ArrayLike, imports: ArrayLike) -> Column:
    """The partner's imports in units of the reporter's exports: ``imports / exports``.

    Units: none. Range: 0 … ∞; some 1.05 to 1.10 for freight and insurance alone.
    Source: IMF, *Direction of Trade Statistics*, introductory notes (CIF/FOB factor).
    """
    sold, bought = columns(exports=exports, imports=imports)
    return ratio(bought, sold)
