"""The one line that answers “how do the two stand?”."""

from __future__ import annotations

from collections.abc import Iterable

from accord.brief.ledger import Ledger
from accord.brief.series import PairSeries
from accord.brief.ties import Ties
from accord.brief.trade import TradeFigures
from accord.brief.wording import change, date_words, listing, period_words, possessive
from accord.model.brief import Segment, Sentence
from accord.model.flow import Direction
from accord.model.period import Period

__all__ = ["answer_sentence"]


def answer_sentence(figures: TradeFigures, ties: Ties, ledger: Ledger) -> Sentence:
    """Turnover and its change, the balance, the latest figures, and the ties in force."""
    segments = [*_turnover(figures, ledger), *_latest(figures, ledger), *_ties(ties)]
    return Sentence(tuple(segments))


def _names(figures: TradeFigures) -> str:
    return listing([figures.parties.name(code) for code in figures.parties.codes])


def _turnover(figures: TradeFigures, ledger: Ledger) -> Iterable[Segment]:
    series, period = figures.series[figures.lead], figures.period
    level = series.level(Direction.TOTAL, period) if period else None
    if period is None or level is None:
        when = f" in {period_words(period)}" if period else ""
        yield Segment(f"The record holds no turnover of {_names(figures)}{when}")
        yield Segment(_nearest(figures, period) + ".")
        return
    yield Segment(f"In {period_words(period)} {_names(figures)} traded goods worth ")
    yield Segment(level.text, ledger.cite_figure(level))
    yield Segment(f" by {possessive(figures.parties.name(figures.lead))} figures")
    growth = series.growth(Direction.TOTAL, period)
    if growth is not None:
        yield Segment(", ")
        words = change(growth.value, resolution=growth.resolution)
        yield Segment(words, ledger.cite_growth(growth))
        yield Segment(f" {'as' if words == 'about the same' else 'than'} a year before")
    yield Segment(".")


def _nearest(figures: TradeFigures, period: Period | None) -> str:
    """Which periods come closest to the one that is not there."""
    known = [
        p
        for series in figures.series.values()
        for p in series.periods
        if series.level(Direction.TOTAL, p) is not None
    ]
    if period is None or not known:
        return ""
    nearest = min(known, key=lambda p: (abs((p.end - period.end).days), abs(p.days - period.days)))
    return f"; the nearest period that it covers is {period_words(nearest)}"


def _latest(figures: TradeFigures, ledger: Ledger) -> Iterable[Segment]:
    """The newest figure after the period asked about."""
    series = figures.series[figures.lead]
    newest = _newest_total(series)
    if newest is None or figures.period is None or newest.end <= figures.period.end:
        return
    level, growth = (
        series.level(Direction.TOTAL, newest),
        series.growth(Direction.TOTAL, newest),
    )
    assert level is not None
    yield Segment(f" Latest: {period_words(newest)}, ")
    yield Segment(level.text, ledger.cite_figure(level))
    if growth is not None:
        yield Segment(", ")
        yield Segment(
            change(growth.value, resolution=growth.resolution), ledger.cite_growth(growth)
        )
    yield Segment(".")


def _newest_total(series: PairSeries) -> Period | None:
    known = [p for p in series.periods if series.level(Direction.TOTAL, p) is not None]
    return max(known, key=lambda p: (p.end, p.days), default=None)


def _ties(ties: Ties) -> Iterable[Segment]:
    binding = len(ties.in_force)
    if binding:
        when = date_words(ties.day.isoformat())
        plural = "agreement is" if binding == 1 else "agreements are"
        yield Segment(f" {binding} {plural} recorded as in force between them on {when}.")
