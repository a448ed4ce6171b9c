"""How trade is made up: complementarity, intra-industry trade, concentration, dependence."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from accord.measure.arithmetic import Column, columns, ratio, share_matrix

__all__ = [
    "complementarity",
    "concentration",
    "dependence_asymmetry",
    "dependence_pct",
    "effective_number",
    "intra_industry",
    "intra_industry_total",
    "normalised_concentration",
]


def complementarity(exports: ArrayLike, imports: ArrayLike) -> float:
    """How far what one sells is what the other buys.

    ``100 · (1 − Σ_k |m_kj − x_ki| / 2)`` with ``x`` the shares of product k in the
    exports of i to the world and ``m`` in the imports of j from it; one row a
    product. Units: none. Range: 0 (nothing in common) … 100 (the same shares);
    missing where a total is zero. Source: Michaely (1996), “Trade preferential
    agreements in Latin America”, World Bank Policy Research Working Paper 1583, p. 11.
    """
    sold, bought = columns(exports=exports, imports=imports)
    return float(100.0 * (1.0 - np.abs(share_matrix(bought) - share_matrix(sold)).sum() / 2.0))


def intra_industry(exports: ArrayLike, imports: ArrayLike) -> Column:
    """Trade in both directions within a product: ``1 − |X_k − M_k| / (X_k + M_k)``.

    Units: none. Range: 0 (one way) … 1 (balanced); missing without trade. Source:
    Grubel and Lloyd (1975), *Intra-Industry Trade*, p. 21.
    """
    sold, bought = columns(exports=exports, imports=imports)
    return 1.0 - ratio(np.abs(sold - bought), sold + bought)


def intra_industry_total(exports: ArrayLike, imports: ArrayLike) -> float:
    """Grubel–Lloyd over all products: ``1 − Σ|X_k − M_k| / Σ(X_k + M_k)``.

    Units: none. Range: 0 … 1. Source: Grubel and Lloyd (1975), p. 22 (weighted
    mean, not corrected for the overall imbalance).
    """
    sold, bought = columns(exports=exports, imports=imports)
    turnover = np.atleast_1d((sold + bought).sum())
    return float(1.0 - ratio(np.atleast_1d(np.abs(sold - bought).sum()), turnover)[0])


def concentration(values: ArrayLike) -> float:
    """Herfindahl–Hirschman index of the shares: ``Σ s_k²``.

    Units: none. Range: 1/n (n equal parts) … 1 (one part); missing where a part is
    missing or the total is zero. Source: Hirschman (1945), *National Power and the
    Structure of Foreign Trade*, ch. VI (there as its root); Herfindahl (1950).
    """
    (column,) = columns(values=values)
    return float(np.square(share_matrix(column)).sum()) if column.size else float("nan")


def normalised_concentration(values: ArrayLike) -> float:
    """Concentration free of the number of parts: ``(√HHI − √(1/n)) / (1 − √(1/n))``.

    Units: none. Range: 0 (equal parts) … 1 (one part); missing with fewer than two
    parts. Source: UNCTAD, *Handbook of Statistics*, “concentration index”.
    """
    (column,) = columns(values=values)
    if column.size < 2:
        return float("nan")
    floor = np.sqrt(1.0 / column.size)
    return float((np.sqrt(concentration(column)) - floor) / (1.0 - floor))


def effective_number(values: ArrayLike) -> float:
    """How many equal parts would be as concentrated: ``1 / HHI``.

    Units: parts. Range: 1 … n. Source: Adelman (1969), *Review of Economics and
    Statistics* 51(1).
    """
    return 1.0 / concentration(values)


def dependence_pct(flow: ArrayLike, yardstick: ArrayLike) -> Column:
    """What trade with the partner is of one's own trade (or output): ``100 · T_ij / T_i``.

    ``yardstick`` is the country's trade with the world, or its GDP in the same unit.
    Units: percent. Range: 0 … 100 against trade, 0 … ∞ against GDP. Source:
    Hirschman (1945), ch. II; Oneal and Russett (1997), *International Studies
    Quarterly* 41(2) (GDP form).
    """
    pair, total = columns(flow=flow, yardstick=yardstick)
    return 100.0 * ratio(pair, total)


def dependence_asymmetry(own: ArrayLike, partner: ArrayLike) -> Column:
    """Who depends more: ``(D_ij − D_ji) / (D_ij + D_ji)`` of the two dependences.

    Units: none. Range: −1 (only the partner depends) … 1 (only the first does), 0 is
    even; changes sign, and nothing else, when the two are swapped. Source:
    Hirschman (1945), ch. II; normalised as in Barbieri (1996), *Journal of Peace
    Research* 33(1).
    """
    d_ij, d_ji = columns(own=own, partner=partner)
    return ratio(d_ij - d_ji, d_ij + d_ji)
