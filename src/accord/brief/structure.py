"""Structure: weight of the pair in either side's trade, intensity, concentration."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accord.brief.ledger import Ledger
from accord.brief.measuring import measure_pair
from accord.brief.parties import Parties, name_of
from accord.brief.series import ALL_PRODUCTS, Figure, PairSeries, known_on
from accord.brief.wording import percent, period_short, period_words, possessive
from accord.errors import MeasureError
from accord.measure.balance import share_pct
from accord.measure.intensity import trade_intensity, trade_intensity_without_pair
from accord.measure.structure import (
    dependence_asymmetry,
    effective_number,
    intra_industry_total,
)
from accord.model.brief import Cell, Gap, Heading, Section, Segment, Sentence, Table
from accord.model.flow import Direction, Flow
from accord.model.period import Period
from accord.record import Record

__all__ = ["structure_section"]

WORLD = "WLD"


@dataclass(frozen=True, slots=True)
class _Line:
    """One measure of the structure table."""

    name: str
    of: str
    period: Period
    value: float
    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class _Sources:
    """Figures on the pair and on either side's trade with the world."""

    parties: Parties
    pair: dict[str, PairSeries]
    world: dict[str, PairSeries]
    flows: list[Flow]
    ledger: Ledger
    record: Record
    as_of: date | None


def structure_section(
    parties: Parties,
    record: Record,
    flows: Sequence[Flow],
    *,
    period: Period | None,
    as_of: date | None,
    ledger: Ledger,
) -> Section:
    """Section “Structure”."""
    reporters = [*parties.codes, WORLD]
    world = known_on(
        record.flows(reporters=reporters, partners=[WORLD], products=[ALL_PRODUCTS]), as_of
    )
    sources = _Sources(
        parties,
        {c: PairSeries(f for f in flows if f.reporter == c) for c in parties.codes},
        {c: PairSeries(f for f in world if f.reporter == c) for c in reporters},
        list(flows),
        ledger,
        record,
        as_of,
    )
    lines = list(_lines(sources, period))
    tables = (_table(lines),) if lines else ()
    return Section(
        "structure",
        "Structure",
        sentences=tuple(_sentences(parties, lines)),
        tables=tables,
        gaps=tuple(_gaps(parties, lines)),
    )


def _lines(sources: _Sources, period: Period | None) -> Iterable[_Line]:
    shares = [_dependence(sources, code, period) for code in sources.parties.codes]
    found = [line for line in shares if line is not None]
    yield from found
    if len(found) == 2 and found[0].period == found[1].period:
        yield _asymmetry(sources, found)
    for code in sources.parties.codes:
        yield from _intensity(sources, code, period)
    yield from _by_product(sources, period)


def _dependence(sources: _Sources, code: str, period: Period | None) -> _Line | None:
    found = _both_known(sources, code, Direction.TOTAL, period)
    if found is None:
        return None
    when, part, whole = found
    value = float(share_pct(part.value, whole.value))
    if math.isnan(value):
        return None
    partner = next(c for c in sources.parties.codes if c != code)
    number = sources.ledger.cite_computed(
        (*part.flows, *whole.flows),
        arithmetic=f"{part.text} / {whole.text}",
        value=value,
        unit="percent",
    )
    name = f"share of {name_of(partner)} in all trade of"
    return _Line(name, code, when, value, percent(value), number)


def _both_known(
    sources: _Sources, code: str, direction: Direction, period: Period | None
) -> tuple[Period, Figure, Figure] | None:
    """The period asked about, else the latest one, for which pair and world are known."""
    pair, world = sources.pair[code], sources.world[code]
    candidates = [p for p in reversed(pair.periods) if period is None or p.end <= period.end]
    for when in ([period] if period else []) + candidates:
        part, whole = pair.level(direction, when), world.level(direction, when)
        if part is not None and whole is not None:
            return when, part, whole
    return None


def _asymmetry(sources: _Sources, shares: list[_Line]) -> _Line:
    value = float(dependence_asymmetry(shares[0].value, shares[1].value))
    number = sources.ledger.cite_computed(
        (),
        arithmetic=f"({shares[0].text} − {shares[1].text}) / ({shares[0].text} + "
        f"{shares[1].text}), from {shares[0].evidence} and {shares[1].evidence}",
        value=value,
        unit="none",
    )
    code = shares[0].of
    return _Line(
        "asymmetry of dependence, from the side of",
        code,
        shares[0].period,
        value,
        f"{value:+.2f}".replace("-", "−"),
        number,
    )


def _intensity(sources: _Sources, code: str, period: Period | None) -> Iterable[_Line]:
    found = _both_known(sources, code, Direction.EXPORT, period)
    if found is None:
        return
    when, flow, exports = found
    partner = next(c for c in sources.parties.codes if c != code)
    bought = sources.world[partner].level(Direction.IMPORT, when)
    everything = sources.world[WORLD].level(Direction.IMPORT, when)
    own = sources.world[code].level(Direction.IMPORT, when)
    if bought is None or everything is None or own is None:
        return
    rows = (*flow.flows, *exports.flows, *bought.flows, *everything.flows, *own.flows)
    value = float(
        trade_intensity(
            flow.value,
            exports.value,
            partner_imports=bought.value,
            world_imports=everything.value,
            own_imports=own.value,
        )
    )
    number = sources.ledger.cite_computed(
        rows,
        arithmetic=f"({flow.text} / {exports.text}) / "
        f"({bought.text} / ({everything.text} − {own.text}))",
        value=value,
        unit="none",
    )
    name = f"intensity of exports to {name_of(partner)} (1 is neutral) of"
    yield _Line(name, code, when, value, f"{value:.2f}", number)
    value = float(
        trade_intensity_without_pair(
            flow.value,
            exports.value,
            partner_imports=bought.value,
            world_imports=everything.value,
        )
    )
    number = sources.ledger.cite_computed(
        rows,
        arithmetic=f"({flow.text} / {exports.text}) / "
        f"(({bought.text} − {flow.text}) / ({everything.text} − {exports.text}))",
        value=value,
        unit="none",
    )
    name = f"the same measured against all but the pair, exports to {name_of(partner)} of"
    yield _Line(name, code, when, value, f"{value:.2f}", number)


def _by_product(sources: _Sources, period: Period | None) -> Iterable[_Line]:
    """Concentration and two-way trade, where products are a full classification."""
    for code in sources.parties.codes:
        rows = [f for f in sources.flows if f.reporter == code and _is_chapter(f.product)]
        years = sorted({f.period for f in rows if f.period.months == 12}, key=lambda p: p.end)
        if period is not None:
            years = [p for p in years if p.end <= period.end]
        if not years:
            continue
        when = years[-1]
        sold, bought, used = _baskets(rows, when)
        if not used:
            continue
        yield from _basket_lines(sources, code, when, (sold, bought, used))
        yield from _complementarity(sources, code, when)


def _complementarity(sources: _Sources, code: str, when: Period) -> Iterable[_Line]:
    """Whether what one sells to the world is what the other buys from it, where both are known."""
    partner = next(c for c in sources.parties.codes if c != code)
    try:
        found = measure_pair(
            "complementarity",
            code,
            partner,
            record=sources.record,
            period=when,
            as_of=sources.as_of,
        )
    except MeasureError:
        return
    number = sources.ledger.cite_computed(
        (), arithmetic=found.arithmetic, value=found.value, unit="none"
    )
    name = f"complementarity with what {name_of(partner)} buys (0 to 100), exports of"
    yield _Line(name, code, when, found.value, f"{found.value:.1f}", number)


def _basket_lines(
    sources: _Sources,
    code: str,
    when: Period,
    baskets: tuple[list[float], list[float], list[Flow]],
) -> Iterable[_Line]:
    sold, bought, used = baskets
    figures = (
        ("products that make up exports, as if equal (effective number), of",
         effective_number(sold), "1 / Σ s²"),
        ("intra-industry trade (0 one way, 1 balanced) reported by",
         intra_industry_total(sold, bought), "1 − Σ|X − M| / Σ(X + M)"),
    )  # fmt: skip
    for name, value, formula in figures:
        if math.isnan(value):
            continue
        number = sources.ledger.cite_computed(
            used[:20],
            arithmetic=f"{formula} over {len(used)} rows of {period_words(when)}",
            value=value,
            unit="none",
        )
        yield _Line(name, code, when, value, f"{value:.2f}", number)


def _is_chapter(product: str) -> bool:
    """Whether a product is a chapter of the Harmonised System: chapters add up to the whole."""
    return len(product) == 2 and product.isdigit()


def _baskets(rows: list[Flow], when: Period) -> tuple[list[float], list[float], list[Flow]]:
    products = sorted({flow.product for flow in rows})
    series = {product: PairSeries(rows, product=product) for product in products}
    sold, bought, used = [], [], []
    for product in products:
        levels = [series[product].level(d, when) for d in (Direction.EXPORT, Direction.IMPORT)]
        # A chapter that a full classification does not list was not traded.
        sold.append(levels[0].value if levels[0] else 0.0)
        bought.append(levels[1].value if levels[1] else 0.0)
        used += [flow for level in levels if level for flow in level.flows]
    return sold, bought, used


def _table(lines: list[_Line]) -> Table:
    rows = tuple(
        (
            Cell(f"{line.name} {name_of(line.of)}"),
            Cell(period_short(line.period)),
            Cell(line.text, line.value, line.evidence),
        )
        for line in lines
    )
    headings = (Heading("Measure"), Heading("period"), Heading("value", None, numeric=True))
    return Table("structure", "Measures of structure", headings, rows)


def _sentences(parties: Parties, lines: list[_Line]) -> Iterable[Sentence]:
    for line in lines:
        if line.name.startswith("share of"):
            partner = next(c for c in parties.codes if c != line.of)
            yield Sentence(
                (
                    Segment(f"{name_of(partner)} was "),
                    Segment(line.text, line.evidence),
                    Segment(
                        f" of {possessive(name_of(line.of))} goods trade in "
                        f"{period_words(line.period)}, by its own figures."
                    ),
                )
            )


def _gaps(parties: Parties, lines: list[_Line]) -> Iterable[Gap]:
    for code in parties.codes:
        if not any(line.of == code and line.name.startswith("share of") for line in lines):
            yield Gap(
                f"what the pair is of {possessive(name_of(code))} trade",
                f"no figure on {possessive(name_of(code))} trade with the world for a period "
                "in which its trade with the other is known",
                "IMF IMTS or UN Comtrade, partner World",
            )
    if not any("intensity of exports" in line.name for line in lines):
        yield Gap(
            "trade intensity",
            "it needs the imports of both and of the world, for one period",
            "IMF IMTS or UN Comtrade, partner World",
        )
    if not any("effective number" in line.name for line in lines):
        yield Gap(
            "concentration, complementarity and intra-industry trade",
            "they need the trade of the two by a full product classification",
            "UN Comtrade by Harmonised System chapter (`accord record add comtrade`)",
        )
