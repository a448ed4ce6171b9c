"""One measure for one pair and period, computed from the record, with its arithmetic."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from accord.brief.aggregates import summed_flows
from accord.brief.ledger import describe_flow
from accord.brief.parties import Parties, resolve_parties
from accord.brief.series import ALL_PRODUCTS, Figure, PairSeries, known_on
from accord.brief.timeline import Ties, find_ties, standing_of
from accord.brief.wording import amount, listing
from accord.errors import MeasureError
from accord.measure.balance import (
    balance,
    mirror_gap_pct,
    mirror_ratio,
    normalised_balance,
    share_pct,
)
from accord.measure.catalogue import Entry, catalogue
from accord.measure.intensity import (
    revealed_advantage,
    symmetric_advantage,
    trade_intensity,
    trade_intensity_without_pair,
)
from accord.measure.relations import co_membership, reciprocity
from accord.measure.structure import complementarity, dependence_asymmetry, intra_industry_total
from accord.model.flow import Direction, Flow
from accord.model.period import Period
from accord.record import Record

__all__ = ["Measured", "computable", "measure_pair"]

WORLD = "WLD"


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's value with its units, arithmetic and the rows behind it."""

    name: str
    source: str
    target: str
    period: str | None
    value: float
    units: str
    formula: str
    arithmetic: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    parties: Parties
    period: Period
    flows: dict[tuple[str, str], PairSeries]
    ties: Ties
    record: Record
    as_of: date | None
    by_product: tuple[Flow, ...] = ()
    product: str | None = None

    def basket(self, reporter: str, partner: str, direction: Direction) -> dict[str, Figure]:
        """The chapters of a full classification; raises ``_MissingError`` where there is none."""
        rows = [f for f in self.by_product if (f.reporter, f.partner) == (reporter, partner)]
        found = {
            product: figure
            for product in sorted({row.product for row in rows})
            if (figure := PairSeries(rows, product=product).level(direction, self.period))
        }
        if not found:
            raise _MissingError(f"{direction.value} of {reporter} with {partner} by chapter")
        return found

    def level(self, reporter: str, partner: str, direction: Direction) -> Figure:
        """A figure; raises ``_MissingError`` with what it would have been."""
        series = self.flows.get((reporter, partner))
        figure = series.level(direction, self.period) if series else None
        if figure is None:
            raise _MissingError(f"{direction.value} of {reporter} with {partner}")
        return figure


class _MissingError(LookupError):
    """A figure that the measure needs is not in the record."""


_Answer = tuple[float, str, tuple[Flow, ...]]


def measure_pair(
    name: str,
    source: str,
    target: str,
    *,
    record: Record,
    period: Period,
    as_of: date | None = None,
    product: str | None = None,
) -> Measured:
    """Compute a measure of the catalogue for a pair, from the source's side.

    ``product`` is a chapter of the Harmonised System, for the measures of one product.

    Raises :class:`MeasureError` MEA004 for an unknown name and MEA005 where the
    record lacks what it needs; :class:`BriefError` for the parties.
    """
    entry = _entry(name)
    parties = resolve_parties(source, target, at=period.end)
    asked = _ask(parties, period, record, as_of, product=product)
    compute = _COMPUTED.get(name)
    pair = f"{parties.source.code}-{parties.target.code}"
    try:
        if compute is None:
            raise _MissingError(", ".join(entry.needs))
        value, arithmetic, flows = compute(asked)
        if math.isnan(value):
            raise _MissingError("a denominator that is not zero")
    except _MissingError as missing:
        raise MeasureError(
            "MEA005", name=name, pair=pair, period=period, missing=f"it needs {missing}"
        ) from None
    rows = tuple(describe_flow(flow) for flow in flows)
    return Measured(
        name, parties.source.code, parties.target.code, str(period), value, entry.units,
        entry.formula, arithmetic, rows,
    )  # fmt: skip


def computable() -> tuple[str, ...]:
    """The measures that a pair and a period are enough for."""
    return tuple(name for name in catalogue() if name in _COMPUTED)


def _entry(name: str) -> Entry:
    found = catalogue().get(name)
    if found is None:
        close = difflib.get_close_matches(name, list(catalogue()), n=1)
        suggestion = f" Did you mean {close[0]}?" if close else ""
        raise MeasureError("MEA004", name=name[:60], suggestion=suggestion)
    return found


def _ask(
    parties: Parties, period: Period, record: Record, as_of: date | None, *, product: str | None
) -> _Asked:
    codes = list(parties.codes)
    rows = record.flows(
        reporters=[*codes, WORLD],
        partners=[*codes, WORLD],
        products=[ALL_PRODUCTS],
        overlapping=period,
    ) + record.flows(
        reporters=codes, partners=codes, products=[ALL_PRODUCTS], overlapping=period.year_before
    )
    published = any(f.release.source != "bundled" for f in rows)
    sums = summed_flows(record, [*codes, WORLD], as_of=as_of, totals=not published)
    rows += [flow for flow in sums if flow.product == ALL_PRODUCTS]
    chapters = tuple(flow for flow in sums if flow.product != ALL_PRODUCTS)
    groups: dict[tuple[str, str], list[Flow]] = {}
    for flow in dict.fromkeys(known_on(rows, as_of)):
        groups.setdefault((flow.reporter, flow.partner), []).append(flow)
    series = {key: PairSeries(flows) for key, flows in groups.items()}
    ties = find_ties(parties, record, as_of=as_of or period.end, today=period.end)
    return _Asked(parties, period, series, ties, record, as_of, chapters, product)


def _own(asked: _Asked) -> tuple[Figure, Figure]:
    source, target = asked.parties.codes
    return (
        asked.level(source, target, Direction.EXPORT),
        asked.level(source, target, Direction.IMPORT),
    )


def _total(asked: _Asked) -> _Answer:
    source, target = asked.parties.codes
    figure = asked.level(source, target, Direction.TOTAL)
    return figure.value, figure.arithmetic or figure.text, figure.flows


def _two_way(function: Callable[[float, float], object], words: str) -> Callable[[_Asked], _Answer]:
    def compute(asked: _Asked) -> _Answer:
        sold, bought = _own(asked)
        arithmetic = words.format(x=sold.text, m=bought.text)
        return _number(function(sold.value, bought.value)), arithmetic, (*sold.flows, *bought.flows)

    return compute


def _number(value: object) -> float:
    return float(value)  # type: ignore[arg-type]


def _growth(asked: _Asked) -> _Answer:
    source, target = asked.parties.codes
    series = asked.flows.get((source, target))
    growth = series.growth(Direction.TOTAL, asked.period) if series else None
    if growth is None:
        raise _MissingError(f"turnover of {source} with {target} a year earlier")
    return growth.value, growth.arithmetic or "as published", growth.flows


def _mirror(function: Callable[[float, float], object], words: str) -> Callable[[_Asked], _Answer]:
    def compute(asked: _Asked) -> _Answer:
        source, target = asked.parties.codes
        sold = asked.level(source, target, Direction.EXPORT)
        bought = asked.level(target, source, Direction.IMPORT)
        arithmetic = words.format(x=sold.text, m=bought.text)
        return _number(function(sold.value, bought.value)), arithmetic, (*sold.flows, *bought.flows)

    return compute


def _share(asked: _Asked) -> _Answer:
    return _share_of(asked, *asked.parties.codes)


def _share_of(asked: _Asked, code: str, other: str) -> _Answer:
    pair = asked.level(code, other, Direction.TOTAL)
    world = asked.level(code, WORLD, Direction.TOTAL)
    value = float(share_pct(pair.value, world.value))
    return value, f"{pair.text} / {world.text}", (*pair.flows, *world.flows)


def _asymmetry(asked: _Asked) -> _Answer:
    source, target = asked.parties.codes
    own, partner = _share_of(asked, source, target), _share_of(asked, target, source)
    value = float(dependence_asymmetry(own[0], partner[0]))
    arithmetic = f"({own[0]:.2f} − {partner[0]:.2f}) / ({own[0]:.2f} + {partner[0]:.2f})"
    return value, arithmetic, (*own[2], *partner[2])


def _intensity(asked: _Asked) -> _Answer:
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
    return _number(value), words, tuple(row for figure in used for row in figure.flows)


def _intensity_without_pair(asked: _Asked) -> _Answer:
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
    return _number(value), words, tuple(row for figure in used for row in figure.flows)


def _weights(asked: _Asked) -> tuple[Figure, Figure, Figure, Figure]:
    source, target = asked.parties.codes
    return (
        asked.level(source, target, Direction.EXPORT),
        asked.level(source, WORLD, Direction.EXPORT),
        asked.level(target, WORLD, Direction.IMPORT),
        asked.level(WORLD, WORLD, Direction.IMPORT),
    )


def _two_baskets(
    function: Callable[[list[float], list[float]], float],
    ends: Callable[[str, str], tuple[tuple[str, str], tuple[str, str]]],
    words: str,
) -> Callable[[_Asked], _Answer]:
    def compute(asked: _Asked) -> _Answer:
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


def _advantage(asked: _Asked) -> _Answer:
    if asked.product is None:
        raise _MissingError("--product, a chapter of the Harmonised System such as 27")
    source, _ = asked.parties.codes
    own, world = (asked.basket(code, WORLD, Direction.EXPORT) for code in (source, WORLD))
    if asked.product not in own or asked.product not in world:
        raise _MissingError(f"exports of chapter {asked.product} by {source} and by the world")
    totals = [sum(figure.value for figure in basket.values()) for basket in (own, world)]
    one, all_of_it = own[asked.product], world[asked.product]
    value = revealed_advantage(
        one.value, totals[0], world_product_exports=all_of_it.value, world_exports=totals[1]
    )
    words = (
        f"({one.text} / {amount(totals[0])}) / ({all_of_it.text} / {amount(totals[1])}), "
        f"chapter {asked.product}"
    )
    return _number(value), words, (*one.flows, *all_of_it.flows)


def _symmetric(asked: _Asked) -> _Answer:
    value, words, rows = _advantage(asked)
    return _number(symmetric_advantage(value)), f"RCA = {value:.4g} = {words}", rows


def _shared(asked: _Asked) -> _Answer:
    day = asked.as_of or asked.period.end
    first, second = (set(standing_of(asked.record, c, day)) for c in asked.parties.codes)
    words = f"{listing(sorted(first & second)) or 'none'} of {listing(sorted(first | second))}"
    return co_membership(first, second), words, ()


def _returned(asked: _Asked) -> _Answer:
    source, target = asked.parties.codes
    first, last = asked.period.start.isoformat(), asked.period.end.isoformat()
    inside = [event for event in asked.ties.events if first <= event.date <= last]
    months = sorted({event.date[:7] for event in inside})
    sent, received = (
        [sum(e.date[:7] == month and code in e.actors for e in inside) for month in months]
        for code in (source, target)
    )
    return reciprocity(sent, received), f"{sum(sent)} there, {sum(received)} back, by month", ()


_COMPUTED: dict[str, Callable[[_Asked], _Answer]] = {
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
    "revealed_advantage": _advantage,
    "symmetric_advantage": _symmetric,
    "complementarity": _two_baskets(
        complementarity, lambda a, b: ((a, WORLD), (b, WORLD)), "100 · (1 − Σ|m − x| / 2)"
    ),
    "intra_industry_total": _two_baskets(
        intra_industry_total, lambda a, b: ((a, b), (a, b)), "1 − Σ|X − M| / Σ(X + M)"
    ),
    "co_membership": _shared,
    "reciprocity": _returned,
}
