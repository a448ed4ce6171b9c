"""Is it much? Trade against what the sizes of the two would lead one to expect."""

from __future__ import annotations

from numpy.typing import ArrayLike

from accord.measure.arithmetic import Column, columns, ratio

__all__ = [
    "revealed_advantage",
    "symmetric_advantage",
    "trade_intensity",
    "trade_intensity_without_pair",
]


def trade_intensity(
    flow: ArrayLike,
    exports: ArrayLike,
    *,
    partner_imports: ArrayLike,
    world_imports: ArrayLike,
    own_imports: ArrayLike = 0.0,
) -> Column:
    """Export intensity: the partner's weight in the exports against its weight in the world.

    ``(X_ij / X_i) / (M_j / (M_w − M_i))`` where ``flow`` is X_ij, ``exports`` X_i,
    ``partner_imports`` M_j, ``world_imports`` M_w and ``own_imports`` M_i (a country
    does not import from itself; leave 0 for the simple form). Units: none. Range:
    0 … ∞, 1 is neutral; missing where a denominator is zero. Source: Kojima (1964),
    *Hitotsubashi Journal of Economics* 5(1); Drysdale and Garnaut (1982),
    *Hitotsubashi Journal of Economics* 22(2), eq. 1.
    """
    x_ij, x_i, m_j, m_w, m_i = columns(
        flow=flow,
        exports=exports,
        partner_imports=partner_imports,
        world_imports=world_imports,
        own_imports=own_imports,
    )
    return ratio(ratio(x_ij, x_i), ratio(m_j, m_w - m_i))


def trade_intensity_without_pair(
    flow: ArrayLike,
    exports: ArrayLike,
    *,
    partner_imports: ArrayLike,
    world_imports: ArrayLike,
) -> Column:
    """Export intensity with the pair's own flow taken out of the comparison.

    ``(X_ij / X_i) / ((M_j − X_ij) / (M_w − X_i))``: the partner's weight in the
    exports against its weight in what everybody else sells. Without this a large
    flow raises its own yardstick. Units: none. Range: 0 … ∞, 1 is neutral. Source:
    Iapadre (2006), “Regional integration agreements and the geography of world
    trade”, in De Lombaerde (ed.), *Assessment and Measurement of Regional
    Integration*, ch. 4 (homogeneous index).
    """
    x_ij, x_i, m_j, m_w = columns(
        flow=flow, exports=exports, partner_imports=partner_imports, world_imports=world_imports
    )
    return ratio(ratio(x_ij, x_i), ratio(m_j - x_ij, m_w - x_i))


def revealed_advantage(
    product_exports: ArrayLike,
    exports: ArrayLike,
    *,
    world_product_exports: ArrayLike,
    world_exports: ArrayLike,
) -> Column:
    """Revealed comparative advantage: ``(x_ik / X_i) / (x_wk / X_w)``.

    Units: none. Range: 0 … ∞; above 1 the product weighs more in the country's
    exports than in the world's. Source: Balassa (1965), *The Manchester School* 33(2).
    """
    x_ik, x_i, x_wk, x_w = columns(
        product_exports=product_exports,
        exports=exports,
        world_product_exports=world_product_exports,
        world_exports=world_exports,
    )
    return ratio(ratio(x_ik, x_i), ratio(x_wk, x_w))


def symmetric_advantage(advantage: ArrayLike) -> Column:
    """Balassa's index made symmetric: ``(RCA − 1) / (RCA + 1)``.

    Units: none. Range: −1 … 1, 0 is neutral. Source: Dalum, Laursen and Villumsen
    (1998), *International Review of Applied Economics* 12(3).
    """
    (rca,) = columns(advantage=advantage)
    return ratio(rca - 1.0, rca + 1.0)
