"""Measures over the chapters of what two polities trade."""

from __future__ import annotations

from collections.abc import Callable

from accord.brief.asked import WORLD, Answer, Asked, Compute, MissingFigureError
from accord.brief.wording import amount
from accord.measure.intensity import revealed_advantage, symmetric_advantage
from accord.measure.structure import (
    complementarity,
    concentration,
    effective_number,
    intra_industry,
    intra_industry_total,
    normalised_concentration,
)
from accord.model.flow import Direction

__all__ = ["BASKETS"]


def _two_baskets(
    function: Callable[[list[float], list[float]], float],
    ends: Callable[[str, str], tuple[tuple[str, str], tuple[str, str]]],
    words: str,
) -> Compute:
    def compute(asked: Asked) -> Answer:
        sold_by, bought_by = ends(*asked.parties.codes)
        sold = asked.basket(*sold_by, Direction.EXPORT)
        bought = asked.basket(*bought_by, Direction.IMPORT)
        # A chapter that a full classification does not list was not traded.
        products = sorted({*sold, *bought})
        x, m = (
            [basket[p].value if p in basket else 0.0 for p in products] for basket in (sold, bought)
        )
        rows = [row for figure in (*sold.values(), *bought.values()) for row in figure.flows]
        return function(x, m), f"{words} over {len(products)} chapters", tuple(rows)

    return compute


def _one_basket(
    function: Callable[[list[float]], float], words: str, direction: Direction = Direction.EXPORT
) -> Compute:
    def compute(asked: Asked) -> Answer:
        basket = asked.basket(*asked.parties.codes, direction)
        value = function([figure.value for figure in basket.values()])
        rows = tuple(row for figure in basket.values() for row in figure.flows)
        return value, f"{words} over the {len(basket)} chapters of what is sold", rows

    return compute


def _both_ways(asked: Asked) -> Answer:
    product = _product(asked)
    sold, bought = (
        asked.basket(*asked.parties.codes, direction).get(product)
        for direction in (Direction.EXPORT, Direction.IMPORT)
    )
    used = [figure for figure in (sold, bought) if figure]
    if not used:
        raise MissingFigureError(f"trade in chapter {product}")
    x, m = (figure.value if figure else 0.0 for figure in (sold, bought))
    words = f"1 − |{amount(x)} − {amount(m)}| / {amount(x + m)}, chapter {product}"
    rows = tuple(row for figure in used for row in figure.flows)
    return float(intra_industry([x], [m])[0]), words, rows


def _product(asked: Asked) -> str:
    if asked.product is None:
        raise MissingFigureError("--product, a chapter of the Harmonised System such as 27")
    return asked.product


def _advantage(asked: Asked) -> Answer:
    product = _product(asked)
    source, _ = asked.parties.codes
    own, world = (asked.basket(code, WORLD, Direction.EXPORT) for code in (source, WORLD))
    if product not in own or product not in world:
        raise MissingFigureError(f"exports of chapter {product} by {source} and by the world")
    totals = [sum(figure.value for figure in basket.values()) for basket in (own, world)]
    one, all_of_it = own[product], world[product]
    value = revealed_advantage(
        one.value, totals[0], world_product_exports=all_of_it.value, world_exports=totals[1]
    )
    words = (
        f"({one.text} / {amount(totals[0])}) / ({all_of_it.text} / {amount(totals[1])}), "
        f"chapter {product}"
    )
    return float(value), words, (*one.flows, *all_of_it.flows)


def _symmetric(asked: Asked) -> Answer:
    value, words, rows = _advantage(asked)
    return float(symmetric_advantage(value)), f"RCA = {value:.4g} = {words}", rows


BASKETS: dict[str, Compute] = {
    "revealed_advantage": _advantage,
    "symmetric_advantage": _symmetric,
    "complementarity": _two_baskets(
        complementarity, lambda a, b: ((a, WORLD), (b, WORLD)), "100 · (1 − Σ|m − x| / 2)"
    ),
    "intra_industry": _both_ways,
    "intra_industry_total": _two_baskets(
        intra_industry_total, lambda a, b: ((a, b), (a, b)), "1 − Σ|X − M| / Σ(X + M)"
    ),
    "concentration": _one_basket(concentration, "Σ s²"),
    "normalised_concentration": _one_basket(normalised_concentration, "normalised Σ s²"),
    "effective_number": _one_basket(effective_number, "1 / Σ s²"),
}
