"""Measures over the totals of two polities, their memberships and acts."""

from __future__ import annotations

from collections.abc import Callable

from accord.brief.asked import WORLD, Answer, Asked, Compute, MissingFigureError
from accord.brief.series import Figure
from accord.brief.ties import standing_of
from accord.brief.wording import listing
from accord.measure.balance import (
    balance,
    mirror_gap_pct,
    mirror_ratio,
    normalised_balance,
    share_pct,
)
from accord.measure.intensity import trade_intensity, trade_intensity_without_pair
from accord.measure.relations import co_membership, reciprocity
from accord.measure.structure import dependence_asymmetry
from accord.model.flow import Direction

__all__ = ["TOTALS"]


def _own(asked: Asked) -> tuple[Figure, Figure]:
    source, target = asked.parties.codes
    return (
        asked.level(source, target, Direction.EXPORT),
        asked.level(source, target, Direction.IMPORT),
    )


def _total(asked: Asked) -> Answer:
    source, target = asked.parties.codes
    figure = asked.level(source, target, Direction.TOTAL)
    return figure.value, figure.arithmetic or figure.text, figure.flows


def _two_way(function: Callable[[float, float], object], words: str) -> Compute:
    def compute(asked: Asked) -> Answer:
        sold, bought = _own(asked)
        arithmetic = words.format(x=sold.text, m=bought.text)
        return number(function(sold.value, bought.value)), arithmetic, (*sold.flows, *bought.flows)

    return compute


def number(value: object) -> float:
    return float(value)  # type: ignore[arg-type]


def _growth(asked: Asked) -> Answer:
    source, target = asked.parties.codes
    series = asked.flows.get((source, target))
    growth = series.growth(Direction.TOTAL, asked.period) if series else None
    if growth is None:
        raise MissingFigureError(f"turnover of {source} with {target} a year earlier")
    return growth.value, growth.arithmetic or "as published", growth.flows


def _mirror(function: Callable[[float, float], object], words: str) -> Compute:
    def compute(asked: Asked) -> Answer:
        source, target = asked.parties.codes
        sold = asked.level(source, target, Direction.EXPORT)
        bought = asked.level(target, source, Direction.IMPORT)
        arithmetic = words.format(x=sold.text, m=bought.text)
        return number(function(sold.value, bought.value)), arithmetic, (*sold.flows, *bought.flows)

    return compute


def _share(asked: Asked) -> Answer:
    return _share_of(asked, *asked.parties.codes)


def _share_of(asked: Asked, code: str, other: str) -> Answer:
    pair = asked.level(code, other, Direction.TOTAL)
    world = asked.level(code, WORLD, Direction.TOTAL)
    value = float(share_pct(pair.value, world.value))
    return value, f"{pair.text} / {world.text}", (*pair.flows, *world.flows)


def _asymmetry(asked: Asked) -> Answer:
    source, target = asked.parties.codes
    own, partner = _share_of(asked, source, target), _share_of(asked, target, source)
    value = float(dependence_asymmetry(own[0], partner[0]))
    arithmetic = f"({own[0]:.2f} − {partner[0]:.2f}) / ({own[0]:.2f} + {partner[0]:.2f})"
    return value, arithmetic, (*own[2], *partner[2])


def _intensity(asked: Asked) -> Answer:
    source, _ = asked.parties.codes
    flow, exports, bought, everything = _weights(asked)
    own = asked.level(source, WORLD, Direction.IMPORT)
    value = trade_intensity(
        flow.value,
        exports.value,
        partner_imports=bought.value,
        world_imports=everything.value,
        own_imports=own.value,
    )
    words = f"({flow.text} / {exports.text}) / ({bought.text} / ({everything.text} − {own.text}))"
    used = (flow, exports, bought, everything, own)
    return number(value), words, tuple(row for figure in used for row in figure.flows)


def _intensity_without_pair(asked: Asked) -> Answer:
    flow, exports, bought, everything = used = _weights(asked)
    value = trade_intensity_without_pair(
        flow.value,
        exports.value,
        partner_imports=bought.value,
        world_imports=everything.value,
    )
    words = (
        f"({flow.text} / {exports.text}) / "
        f"(({bought.text} − {flow.text}) / ({everything.text} − {exports.text}))"
    )
    return number(value), words, tuple(row for figure in used for row in figure.flows)


def _weights(asked: Asked) -> tuple[Figure, Figure, Figure, Figure]:
    source, target = asked.parties.codes
    return (
        asked.level(source, target, Direction.EXPORT),
        asked.level(source, WORLD, Direction.EXPORT),
        asked.level(target, WORLD, Direction.IMPORT),
        asked.level(WORLD, WORLD, Direction.IMPORT),
    )


def _shared(asked: Asked) -> Answer:
    day = asked.as_of or asked.period.end
    first, second = (set(standing_of(asked.record, c, day)) for c in asked.parties.codes)
    words = f"{listing(sorted(first & second)) or 'none'} of {listing(sorted(first | second))}"
    return co_membership(first, second), words, ()


def _returned(asked: Asked) -> Answer:
    source, target = asked.parties.codes
    first, last = asked.period.start.isoformat(), asked.period.end.isoformat()
    inside = [event for event in asked.ties.events if first <= event.date <= last]
    months = sorted({event.date[:7] for event in inside})
    sent, received = (
        [sum(e.date[:7] == month and code in e.actors for e in inside) for month in months]
        for code in (source, target)
    )
    return reciprocity(sent, received), f"{sum(sent)} there, {sum(received)} back, by month", ()


TOTALS: dict[str, Compute] = {
    "total_trade": _total,
    "balance": _two_way(balance, "{x} − {m}"),
    "normalised_balance": _two_way(normalised_balance, "({x} − {m}) / ({x} + {m})"),
    "growth": _growth,
    "year_on_year": _growth,
    "mirror_gap": _mirror(mirror_gap_pct, "({m} − {x}) / mean of both"),
    "mirror_ratio": _mirror(mirror_ratio, "{m} / {x}"),
    "share": _share,
    "dependence": _share,
    "dependence_asymmetry": _asymmetry,
    "trade_intensity": _intensity,
    "trade_intensity_without_pair": _intensity_without_pair,
    "co_membership": _shared,
    "reciprocity": _returned,
}
