"""Total and growth, one side's reports against the other's, and the balance."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from accord.brief.ledger import Ledger
from accord.brief.parties import Parties
from accord.brief.series import Figure, Growth, PairSeries
from accord.brief.wording import (
    amount,
    change,
    period_short,
    period_words,
    possessive,
    signed_percent,
)
from accord.measure.balance import mirror_gap_pct
from accord.measure.growth import compound_growth_pct
from accord.model.brief import Cell, Chart, Gap, Heading, Point, Section, Segment, Sentence, Table
from accord.model.flow import Direction
from accord.model.period import Granularity, Period

__all__ = ["TradeFigures", "growth_cell", "level_cell", "trade_section"]

BLANK = Cell("–")
FEWEST_POINTS = 2


@dataclass(frozen=True, slots=True)
class TradeFigures:
    """The goods trade of a pair as either side reports it; ``lead`` goes first."""

    parties: Parties
    series: dict[str, PairSeries]
    lead: str
    period: Period | None

    @property
    def mirror(self) -> str:
        """The side that does not lead."""
        source, target = self.parties.codes
        return target if self.lead == source else source

    @property
    def years(self) -> list[int]:
        """Years for which either side has a turnover."""
        return sorted({year for series in self.series.values() for year in series.years})


def trade_section(figures: TradeFigures, ledger: Ledger) -> Section:
    """Section “Trade” of a brief."""
    if not any(series.periods for series in figures.series.values()):
        return Section("trade", "Trade", gaps=tuple(_no_trade(figures)))
    tables = [t for t in (_yearly(figures, ledger), _within_year(figures, ledger)) if t.rows]
    return Section(
        "trade",
        "Trade",
        sentences=tuple(_sentences(figures, ledger)),
        charts=tuple(_charts(figures)),
        tables=tuple(tables),
        gaps=tuple(_gaps(figures)),
    )


def level_cell(figure: Figure | None, ledger: Ledger) -> Cell:
    """A value as a cell, or a dash where it is not known."""
    if figure is None:
        return BLANK
    return Cell(figure.text, figure.value, ledger.cite_figure(figure))


def growth_cell(growth: Growth | None, ledger: Ledger) -> Cell:
    """A growth rate as a cell, or a dash where it is not known."""
    if growth is None:
        return BLANK
    text = signed_percent(growth.value, resolution=growth.resolution)
    return Cell(text, growth.value, ledger.cite_growth(growth))


def _yearly(figures: TradeFigures, ledger: Ledger) -> Table:
    sides = [code for code in (figures.lead, figures.mirror) if figures.series[code].years]
    headings = [Heading("Year")]
    for code in sides:
        name = figures.parties.name(code)
        headings += [
            Heading(f"{possessive(name)} report", "US dollars", numeric=True),
            Heading("growth", "percent on the year before", numeric=True),
            Heading(f"{possessive(name)} balance", "US dollars", numeric=True),
        ]
    if len(sides) == 2:
        headings.append(Heading("gap", "percent of the mean of both reports", numeric=True))
    rows = [_year_row(figures, sides, year, ledger) for year in reversed(figures.years)]
    caption = f"Goods trade of {_both(figures)} by year, as either side reports it"
    return _without_empty_columns(Table("years", caption, tuple(headings), tuple(rows)))


def _year_row(
    figures: TradeFigures, sides: list[str], year: int, ledger: Ledger
) -> tuple[Cell, ...]:
    period = Period.of_year(year)
    row = [Cell(str(year), float(year))]
    for code in sides:
        series = figures.series[code]
        row.append(level_cell(series.level(Direction.TOTAL, period), ledger))
        row.append(growth_cell(series.growth(Direction.TOTAL, period), ledger))
        row.append(level_cell(series.level(Direction.BALANCE, period), ledger))
    if len(sides) == 2:
        row.append(_gap_cell(figures, period, ledger))
    return tuple(row)


def _gap_cell(figures: TradeFigures, period: Period, ledger: Ledger) -> Cell:
    gap = _gap(figures, period)
    if gap is None:
        return BLANK
    value, lead, mirror = gap
    arithmetic = f"({lead.text} − {mirror.text}) / mean of both"
    number = ledger.cite_computed(
        (*lead.flows, *mirror.flows), arithmetic=arithmetic, value=value, unit="percent"
    )
    return Cell(signed_percent(value), value, number)


def _gap(figures: TradeFigures, period: Period) -> tuple[float, Figure, Figure] | None:
    """How far the leading side's report exceeds the other's, in percent of the mean."""
    lead = figures.series[figures.lead].level(Direction.TOTAL, period)
    mirror = figures.series[figures.mirror].level(Direction.TOTAL, period)
    if lead is None or mirror is None:
        return None
    value = float(mirror_gap_pct(mirror.value, lead.value))
    return None if math.isnan(value) else (value, lead, mirror)


def _within_year(figures: TradeFigures, ledger: Ledger) -> Table:
    year = figures.period.end.year if figures.period else max(figures.years, default=0)
    rows = [
        row
        for code in (figures.lead, figures.mirror)
        for period in figures.series[code].periods
        if period.end.year == year and period.granularity is not Granularity.YEAR
        for row in [_period_row(figures, code, period, ledger)]
    ]
    headings = (
        Heading("Period"),
        Heading("reported by"),
        Heading("turnover", "US dollars", numeric=True),
        Heading("growth", "percent on the year before", numeric=True),
        Heading("exports", "US dollars", numeric=True),
        Heading("growth", "percent on the year before", numeric=True),
        Heading("imports", "US dollars", numeric=True),
        Heading("growth", "percent on the year before", numeric=True),
    )
    caption = f"Parts of {year}: exports and imports are the reporting side's"
    return Table("periods", caption, headings, tuple(rows))


def _period_row(
    figures: TradeFigures, code: str, period: Period, ledger: Ledger
) -> tuple[Cell, ...]:
    series = figures.series[code]
    cells = [Cell(period_short(period)), Cell(figures.parties.name(code))]
    for direction in (Direction.TOTAL, Direction.EXPORT, Direction.IMPORT):
        cells.append(level_cell(series.level(direction, period), ledger))
        cells.append(growth_cell(series.growth(direction, period), ledger))
    return tuple(cells)


def _without_empty_columns(table: Table) -> Table:
    kept = [
        n
        for n, heading in enumerate(table.headings)
        if not heading.numeric or any(row[n] is not BLANK for row in table.rows)
    ]
    return Table(
        table.id,
        table.caption,
        tuple(table.headings[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in table.rows),
    )


def _sentences(figures: TradeFigures, ledger: Ledger) -> Iterable[Sentence]:
    yield from _long_run(figures, ledger)
    yield from _balance(figures, ledger)
    yield from _mirror(figures, ledger)


def _long_run(figures: TradeFigures, ledger: Ledger) -> Iterable[Sentence]:
    series = figures.series[figures.lead]
    if len(series.years) < FEWEST_POINTS:
        return
    first, last = series.years[0], series.years[-1]
    start = series.level(Direction.TOTAL, Period.of_year(first))
    end = series.level(Direction.TOTAL, Period.of_year(last))
    assert start is not None
    assert end is not None
    rate = float(compound_growth_pct(start.value, end.value, last - first))
    if math.isnan(rate):
        return
    number = ledger.cite_computed(
        (*start.flows, *end.flows),
        arithmetic=f"({end.text} / {start.text})^(1/{last - first}) − 1",
        value=rate,
        unit="percent",
    )
    yield Sentence(
        (
            Segment(
                f"By {possessive(figures.parties.name(figures.lead))} count, turnover went from "
            ),
            Segment(start.text, ledger.cite_figure(start)),
            Segment(f" in {first} to "),
            Segment(end.text, ledger.cite_figure(end)),
            Segment(f" in {last}: "),
            Segment(f"{signed_percent(rate)} a year", number),
            Segment("."),
        )
    )


def _balance(figures: TradeFigures, ledger: Ledger) -> Iterable[Sentence]:
    found = _latest(figures, figures.lead, Direction.BALANCE)
    if found is None:
        return
    period, balance = found
    series = figures.series[figures.lead]
    sold, bought = (series.level(d, period) for d in (Direction.EXPORT, Direction.IMPORT))
    lead, mirror = figures.parties.name(figures.lead), figures.parties.name(figures.mirror)
    word = "surplus" if balance.value > 0 else "deficit"
    segments = [
        Segment(f"In {period_words(period)} {lead} recorded a {word} of "),
        Segment(
            amount(abs(balance.value), resolution=_resolution(balance)), ledger.cite_figure(balance)
        ),
        Segment(f" with {mirror}"),
    ]
    if sold is not None and bought is not None:
        segments += [
            Segment(": exports of "),
            Segment(sold.text, ledger.cite_figure(sold)),
            Segment(", imports of "),
            Segment(bought.text, ledger.cite_figure(bought)),
        ]
    yield Sentence((*segments, Segment(".")))


def _mirror(figures: TradeFigures, ledger: Ledger) -> Iterable[Sentence]:
    for year in reversed(figures.years):
        gap = _gap(figures, Period.of_year(year))
        if gap is None:
            continue
        value, lead, mirror = gap
        names = [figures.parties.name(code) for code in (figures.lead, figures.mirror)]
        cell = _gap_cell(figures, Period.of_year(year), ledger)
        relation = change(value).replace("more", "above").replace("less", "below")
        yield Sentence(
            (
                Segment(f"For {year}, the last year that both report, {possessive(names[0])} "),
                Segment(lead.text, ledger.cite_figure(lead)),
                Segment(" is "),
                Segment(relation, cell.evidence),
                Segment(" as " if relation == "about the same" else " "),
                Segment(f"{possessive(names[1])} "),
                Segment(mirror.text, ledger.cite_figure(mirror)),
                Segment("."),
            )
        )
        return


def _latest(figures: TradeFigures, code: str, direction: Direction) -> tuple[Period, Figure] | None:
    """The figure for the period asked about, else for the last year that has one."""
    series = figures.series[code]
    wanted = [figures.period] if figures.period else []
    for period in (*wanted, *(Period.of_year(y) for y in reversed(series.years))):
        figure = series.level(direction, period)
        if figure is not None:
            return period, figure
    return None


def _resolution(figure: Figure) -> float | None:
    return max((flow.resolution or 0.0 for flow in figure.flows), default=0.0) or None


def _charts(figures: TradeFigures) -> Iterable[Chart]:
    points = [
        Point(figures.parties.name(code), str(year), level.value)
        for code in (figures.lead, figures.mirror)
        for year in figures.series[code].years
        for level in [figures.series[code].level(Direction.TOTAL, Period.of_year(year))]
        if level is not None
    ]
    if len(points) < FEWEST_POINTS + 1:
        return
    years = [int(p.x) for p in points]
    yield Chart(
        id="turnover",
        kind="lines",
        title=f"Turnover of {_both(figures)}, {min(years)}–{max(years)}",
        description=(
            f"Lines of yearly goods trade as reported by {' and by '.join(_sides(points))}; "
            "where both report a year, the gap between them is shaded. "
            f"{_extremes(points)} The figures are in the table below."
        ),
        points=tuple(points),
        unit="bn US dollars",
        table="years",
    )


def _extremes(points: list[Point]) -> str:
    low, high = min(points, key=lambda p: p.y), max(points, key=lambda p: p.y)
    return f"Lowest: {amount(low.y)} in {low.x}; highest: {amount(high.y)} in {high.x}."


def _sides(points: list[Point]) -> list[str]:
    return list(dict.fromkeys(point.series for point in points))


def _both(figures: TradeFigures) -> str:
    source, target = figures.parties.codes
    return f"{figures.parties.name(source)} and {figures.parties.name(target)}"


def _gaps(figures: TradeFigures) -> Iterable[Gap]:
    for code in figures.parties.codes:
        if not figures.series[code].periods:
            other = next(c for c in figures.parties.codes if c != code)
            yield _no_reports(figures, code, other)
    lead = figures.series[figures.lead]
    if figures.period and lead.level(Direction.TOTAL, figures.period) is None:
        yield Gap(
            f"turnover in {period_words(figures.period)}",
            "no release in the record covers exactly this period",
            "UN Comtrade (monthly) or the customs service's own releases",
        )


def _no_trade(figures: TradeFigures) -> Iterable[Gap]:
    source, target = figures.parties.codes
    yield _no_reports(figures, source, target)
    yield _no_reports(figures, target, source)


def _no_reports(figures: TradeFigures, code: str, other: str) -> Gap:
    name, partner = figures.parties.name(code), figures.parties.name(other)
    return Gap(
        f"{possessive(name)} own figures on trade with {partner}",
        "no release in the record holds any",
        "UN Comtrade, IMF IMTS, or the customs service itself (`accord record add`)",
    )
