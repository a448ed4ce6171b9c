"""What a measure of a pair is computed from: figures, ties, and what is missing of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from accord.brief.aggregates import summed_flows
from accord.brief.parties import Parties
from accord.brief.series import ALL_PRODUCTS, Figure, PairSeries, known_on
from accord.brief.ties import Ties, find_ties
from accord.model.flow import Direction, Flow
from accord.model.period import Period
from accord.record import Record

__all__ = ["WORLD", "Answer", "Asked", "Compute", "MissingFigureError", "ask"]

WORLD = "WLD"


class MissingFigureError(LookupError):
    """A figure that the measure needs is not in the record."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair, a period and what the record holds of them on a day."""

    parties: Parties
    period: Period
    flows: dict[tuple[str, str], PairSeries]
    ties: Ties
    record: Record
    as_of: date | None
    by_product: tuple[Flow, ...] = ()
    product: str | None = None

    def basket(self, reporter: str, partner: str, direction: Direction) -> dict[str, Figure]:
        """Figures by chapter; raises ``MissingFigureError`` without a full classification."""
        rows = [f for f in self.by_product if (f.reporter, f.partner) == (reporter, partner)]
        found = {
            product: figure
            for product in sorted({row.product for row in rows})
            if (figure := PairSeries(rows, product=product).level(direction, self.period))
        }
        if not found:
            raise MissingFigureError(f"{direction.value} of {reporter} with {partner} by chapter")
        return found

    def level(self, reporter: str, partner: str, direction: Direction) -> Figure:
        """A figure; raises ``MissingFigureError`` with what it would have been."""
        series = self.flows.get((reporter, partner))
        figure = series.level(direction, self.period) if series else None
        if figure is None:
            raise MissingFigureError(f"{direction.value} of {reporter} with {partner}")
        return figure


Answer = tuple[float, str, tuple[Flow, ...]]
Compute = Callable[[Asked], Answer]


def ask(
    parties: Parties, period: Period, record: Record, as_of: date | None, *, product: str | None
) -> Asked:
    """What the record holds of a pair in a period, as it stood on a day."""
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
    return Asked(parties, period, series, ties, record, as_of, chapters, product)
