"""What changed: products and their part in it, those against the trend marked."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from accord.brief.ledger import Ledger
from accord.brief.parties import Parties
from accord.brief.series import ALL_PRODUCTS, Figure, Growth, PairSeries
from accord.brief.trade import BLANK, growth_cell, level_cell
from accord.brief.wording import period_short, period_words, possessive, signed_percent
from accord.measure.counter_trend import FEWEST_PAST_CHANGES, CounterTrend, counter_trend
from accord.model.brief import Cell, Chart, Gap, Heading, Point, Section, Segment, Sentence, Table
from accord.model.flow import Direction, Flow
from accord.model.period import Period

__all__ = ["products_section"]

MOST_ROWS = 40
MOST_BARS = 12
UNUSUAL = 0.05  # a departure rarer than one in twenty by the product's own past
_FLOW_WORDS = {
    Direction.TOTAL: "both ways",
    Direction.EXPORT: "exports",
    Direction.IMPORT: "imports",
    Direction.BALANCE: "balance",
}


@dataclass(frozen=True, slots=True)
class _Change:
    """One product's change in one direction, beside that of all goods."""

    reporter: str
    product: str
    direction: Direction
    period: Period
    level: Figure | None
    growth: Growth
    whole: Growth | None
    points: float | None
    unusual: CounterTrend | None

    @property
    def against(self) -> bool:
        """Whether it moved against all goods of the same report and period."""
        return self.whole is not None and self.growth.value * self.whole.value < 0


def products_section(
    parties: Parties, flows: Iterable[Flow], period: Period | None, ledger: Ledger
) -> Section:
    """Section “What changed”. ``flows`` are the pair's known figures, all products."""
    changes, shown = _pick(list(flows), period)
    if not changes:
        return Section("products", "What changed", gaps=(_nothing(parties),))
    table = _table(parties, changes, shown, ledger)
    return Section(
        "products",
        "What changed",
        sentences=tuple(_sentences(parties, changes, shown, period, ledger)),
        charts=tuple(_charts(parties, changes, shown)),
        tables=(table,),
        gaps=() if any(c.points is not None for c in changes) else (_no_breakdown(),),
    )


def _pick(flows: list[Flow], period: Period | None) -> tuple[list[_Change], Period | None]:
    """The changes within the period, else within the latest year that has any."""
    changes = list(_changes(flows))
    if period is not None:
        inside = [c for c in changes if period.contains(c.period)]
        if inside:
            return _ordered(inside), period
    if not changes:
        return [], None
    ends = [c.period.end.year for c in changes if period is None or c.period.end <= period.end]
    if not ends:
        return [], None
    year = Period.of_year(max(ends))
    return _ordered([c for c in changes if year.contains(c.period)]), year


def _ordered(changes: list[_Change]) -> list[_Change]:
    return sorted(
        changes,
        key=lambda c: (-abs(c.points or 0.0), -c.period.end.toordinal(), -abs(c.growth.value)),
    )


def _changes(flows: list[Flow]) -> Iterable[_Change]:
    reports: dict[str, list[Flow]] = {}
    for flow in flows:
        reports.setdefault(flow.reporter, []).append(flow)
    for reporter, rows in reports.items():
        whole = PairSeries(rows)
        for product in sorted({flow.product for flow in rows} - {ALL_PRODUCTS}):
            series = PairSeries(rows, product=product)
            yield from _changes_of(reporter, product, series, whole)


def _changes_of(
    reporter: str, product: str, series: PairSeries, whole: PairSeries
) -> Iterable[_Change]:
    for period in series.periods:
        for direction in (Direction.TOTAL, Direction.EXPORT, Direction.IMPORT):
            growth = series.growth(direction, period)
            if growth is None:
                continue
            level = series.level(direction, period)
            trend = whole.growth(direction, period)
            yield _Change(
                reporter, product, direction, period, level, growth, trend,
                _contribution(level, growth, whole.level(direction, period), trend),
                _unusual(product, series, whole, (direction, period)),
            )  # fmt: skip


def _contribution(
    part: Figure | None, growth: Growth, whole: Figure | None, trend: Growth | None
) -> float | None:
    """Percentage points of the growth of all goods, by the bases that the rates imply."""
    if part is None or whole is None or trend is None:
        return None
    if growth.value <= -100 or trend.value <= -100:
        return None
    base_part = part.value / (1 + growth.value / 100)
    base_whole = whole.value / (1 + trend.value / 100)
    return 100 * (part.value - base_part) / base_whole if base_whole > 0 else None


def _unusual(
    product: str, series: PairSeries, whole: PairSeries, cell: tuple[Direction, Period]
) -> CounterTrend | None:
    direction, period = cell
    periods = [period.shifted(-n) for n in range(12, -1, -1)]
    parts = [series.level(direction, p) for p in periods]
    totals = [whole.level(direction, p) for p in periods]
    if parts[-1] is None or sum(p is not None for p in parts) < FEWEST_PAST_CHANGES + 2:
        return None
    (found,) = counter_trend([product], [_numbers(parts)], whole=_numbers(totals))
    return found


def _numbers(figures: list[Figure | None]) -> list[float]:
    return [math.nan if figure is None else figure.value for figure in figures]


def _table(parties: Parties, changes: list[_Change], shown: Period | None, ledger: Ledger) -> Table:
    with_points = any(c.points is not None for c in changes)
    headings = [
        Heading("Product"),
        Heading("reported by"),
        Heading("flow"),
        Heading("period"),
        Heading("value", "US dollars", numeric=True),
        Heading("growth", "percent on the year before", numeric=True),
        Heading("all goods", "growth in percent, same flow and period", numeric=True),
    ]
    if with_points:
        headings.append(Heading("contribution", "percentage points", numeric=True))
    rows = tuple(_row(parties, c, ledger, with_points) for c in changes[:MOST_ROWS])
    left = len(changes) - len(rows)
    when = f" in {period_words(shown)}" if shown else ""
    return Table(
        "products",
        f"Products{when}; “against” marks those that moved against all goods",
        tuple(headings),
        rows,
        note=f"{left} smaller changes are left out." if left else None,
    )


def _row(parties: Parties, change: _Change, ledger: Ledger, with_points: bool) -> tuple[Cell, ...]:
    growth = growth_cell(change.growth, ledger)
    mark = "against" if change.against else None
    row = [
        Cell(change.product),
        Cell(parties.name(change.reporter)),
        Cell(_FLOW_WORDS[change.direction]),
        Cell(period_short(change.period)),
        level_cell(change.level, ledger),
        Cell(growth.text, growth.value, growth.evidence, mark),
        growth_cell(change.whole, ledger),
    ]
    if with_points:
        row.append(_points_cell(change, ledger))
    return tuple(row)


def _points_cell(change: _Change, ledger: Ledger) -> Cell:
    if change.points is None or change.level is None or change.whole is None:
        return BLANK
    arithmetic = (
        f"{change.level.text} less its base at {signed_percent(change.growth.value)}, "
        f"over the base of all goods at {signed_percent(change.whole.value)}"
    )
    number = ledger.cite_computed(
        (*change.level.flows, *change.whole.flows),
        arithmetic=arithmetic,
        value=change.points,
        unit="percentage points",
    )
    return Cell(f"{signed_percent(change.points).removesuffix(' %')} pp", change.points, number)


def _sentences(
    parties: Parties,
    changes: list[_Change],
    shown: Period | None,
    asked: Period | None,
    ledger: Ledger,
) -> Iterable[Sentence]:
    if shown is not None and shown != asked:
        when = f"for {period_words(asked)}" if asked else "for the period"
        yield Sentence(
            (Segment(f"No product figures are known {when}; these are for {period_words(shown)}."),)
        )
    against = [c for c in changes if c.against]
    for change in against[:3]:
        yield _against(parties, change, ledger)
    if not against and any(c.whole is not None for c in changes):
        yield Sentence((Segment("No product that the record covers moved against all goods."),))


def _against(parties: Parties, change: _Change, ledger: Ledger) -> Sentence:
    growth, whole = growth_cell(change.growth, ledger), growth_cell(change.whole, ledger)
    segments = [
        Segment(
            f"Against the trend in {possessive(parties.name(change.reporter))} figures for "
            f"{period_words(change.period)}: {change.product} ({_FLOW_WORDS[change.direction]}) "
        ),
        Segment(growth.text, growth.evidence),
        Segment(", all goods "),
        Segment(whole.text, whole.evidence),
    ]
    seldom = change.unusual
    if seldom is not None and seldom.p_value is not None and seldom.p_value < UNUSUAL:
        segments.append(Segment(f" (unusual by its own past, p = {seldom.p_value:.2f})"))
    return Sentence((*segments, Segment(".")))


def _charts(parties: Parties, changes: list[_Change], shown: Period | None) -> Iterable[Chart]:
    if len(changes) < 2:
        return
    by_points = all(c.points is not None for c in changes[:MOST_BARS])
    bars = [
        Point(
            "against all goods" if c.against else "with all goods or not comparable",
            _bar_label(parties, c),
            (c.points or 0.0) if by_points else c.growth.value,
        )
        for c in changes[:MOST_BARS]
    ]
    unit = "percentage points" if by_points else "percent"
    when = f" in {period_words(shown)}" if shown else ""
    yield Chart(
        id="changes",
        kind="bars",
        title=f"{'Contribution to growth' if by_points else 'Growth'} by product{when}",
        description=(
            f"One bar for each of {len(bars)} product flows, in {unit}; those that moved against "
            "all goods have a different colour and stand out in the table."
        ),
        points=tuple(bars),
        unit=unit,
        table="products",
    )


def _bar_label(parties: Parties, change: _Change) -> str:
    name, when = parties.name(change.reporter), period_short(change.period)
    return f"{change.product}, {_FLOW_WORDS[change.direction]} ({name}, {when})"


def _nothing(parties: Parties) -> Gap:
    names = [parties.name(code) for code in parties.codes]
    return Gap(
        f"which products {names[0]} and {names[1]} trade",
        "no release in the record breaks their trade down by product",
        "UN Comtrade by Harmonised System chapter (`accord record add comtrade`)",
    )


def _no_breakdown() -> Gap:
    return Gap(
        "contributions of the products to growth",
        "the record has rates but not the levels of products and all goods side by side",
        "UN Comtrade by Harmonised System chapter (`accord record add comtrade`)",
    )
