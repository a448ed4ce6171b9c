"""Vintages: which release of a figure counted when a document appeared.

Of the dated releases of a cell known on the document's day the newest is *in
force*; a release dated by month or year counts as known from its last day. A
coarser rounding of the same figure is not another vintage. If every dated release
is younger than the document, the earliest of them stands in, marked as later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accord.check.publishers import publishes
from accord.model.flow import Flow, Precision

__all__ = ["Figure", "Vintages", "growth_figures", "level_figures", "vintages"]

_ROUGH = frozenset({Precision.FLOOR, Precision.CEILING})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of one release: a level or a growth rate, with its own precision."""

    value: float
    resolution: float
    flow: Flow
    precision: Precision = Precision.EXACT

    @property
    def published_on(self) -> date | None:
        """The day from which it counts as known: published, or else retrieved."""
        return self.flow.release.known_on

    @property
    def range(self) -> tuple[float, float]:
        """What "more than 18" or "nearly 6" can mean: up to one unit of its last digit."""
        if self.precision is Precision.CEILING:
            return self.value - self.resolution, self.value
        return self.value, self.value + self.resolution

    @property
    def rough(self) -> bool:
        """Whether it is only a bound."""
        return self.precision in _ROUGH

    def same_as(self, other: Figure) -> bool:
        """Whether one is a rounding of the other."""
        if self.rough and other.rough:
            return self.precision == other.precision and self.value == other.value
        if self.rough or other.rough:
            bound, exact = (self, other) if self.rough else (other, self)
            low, high = bound.range
            return low <= exact.value < high
        unit = max(self.resolution, other.resolution)
        return abs(self.value - other.value) <= unit / 2 + 1e-9 * abs(self.value)


@dataclass(frozen=True, slots=True)
class Vintages:
    """The releases of one figure as seen from a day.

    ``primary`` is the one in force (or the earliest later one, then ``later`` is
    true); ``others`` are the earlier and younger ones, ``undated`` those without a date.
    """

    primary: Figure | None
    later: bool
    others: tuple[Figure, ...]
    undated: tuple[Figure, ...]

    @property
    def conflicting(self) -> bool:
        """Whether another release of the same day says something else."""
        if self.primary is None:
            return False
        day = self.primary.published_on
        return any(
            o.published_on == day and not o.same_as(self.primary) and not o.rough
            for o in self.others
        )


def level_figures(flows: Iterable[Flow]) -> list[Figure]:
    """The levels among flows; rows called doubtful are left out."""
    return [
        Figure(f.value, f.resolution or abs(f.value) * 1e-6, f, f.precision)
        for f in flows
        if f.value is not None and not f.doubtful
    ]


def growth_figures(flows: Iterable[Flow], *, currency: str | None = None) -> list[Figure]:
    """The growth rates among flows, in one currency if given."""
    return [
        Figure(f.growth_pct, f.growth_resolution or 0.1, f, _rate_precision(f))
        for f in flows
        if f.growth_pct is not None
        and not f.doubtful
        and (currency is None or (f.growth_currency or "USD") == currency)
    ]


def vintages(
    figures: Iterable[Figure], as_of: date | None, *, institution: str | None = None
) -> Vintages:
    """Sort the releases of one cell by what was known on a day (None: today).

    Where several sources are loaded, the one that the text names leads; without one
    the statistics of the reporter's own offices go before international
    compilations, which then stand among the others.
    """
    leading, rest = _leading(list(figures), institution)
    seen = _sorted(leading, as_of)
    dated = tuple(f for f in rest if f.published_on is not None)
    undated = tuple(f for f in rest if f.published_on is None)
    return Vintages(seen.primary, seen.later, (*seen.others, *dated), (*seen.undated, *undated))


def _leading(figures: list[Figure], institution: str | None) -> tuple[list[Figure], list[Figure]]:
    def leads(figure: Figure) -> bool:
        release = figure.flow.release
        if institution is not None:
            return publishes(institution, release.publisher)
        return release.reporter is not None

    first = [f for f in figures if leads(f)]
    if not first:
        return ([], figures) if institution is not None else (figures, [])
    return first, [f for f in figures if not leads(f)]


def _sorted(figures: list[Figure], as_of: date | None) -> Vintages:
    undated = tuple(f for f in figures if f.published_on is None)
    dated = sorted(
        (f for f in figures if f.published_on is not None),
        key=lambda f: (f.published_on, not f.rough, -f.resolution),
    )
    known = [f for f in dated if as_of is None or _day(f) <= as_of]
    if known:
        primary, later = _finest(known[-1], known), False
    elif dated:
        first = [f for f in dated if f.published_on == dated[0].published_on]
        primary, later = _finest(first[-1], first), True
    else:
        return Vintages(None, False, (), undated)
    others = tuple(f for f in dated if f is not primary)
    return Vintages(primary, later, others, undated)


def _finest(newest: Figure, known: list[Figure]) -> Figure:
    same = [f for f in known if f.same_as(newest)]
    return min(reversed(same), key=lambda f: f.resolution, default=newest)


def _day(figure: Figure) -> date:
    assert figure.published_on is not None
    return figure.published_on


def _rate_precision(flow: Flow) -> Precision:
    # "more than 18 bn, up 8.5 %": the bound is on the level, the rate has its digits
    return flow.precision if flow.value is None and flow.precision in _ROUGH else Precision.EXACT
