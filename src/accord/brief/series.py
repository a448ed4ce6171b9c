"""From the releases of a pair to one figure a cell: the one in force on the day asked.

The rules are those by which statements are judged: the newest release known on
the day counts; a coarser rounding of the same figure is not another vintage; a
release without a date counts only where nothing else is known, and never for a
brief of a past day, because nobody can tell whether it was out by then.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accord.brief.wording import amount, flow_amount
from accord.measure.balance import balance, total_trade
from accord.measure.growth import growth_pct
from accord.model.flow import Direction, Flow, Precision
from accord.model.period import Granularity, Period
from accord.record.vintage import Quantity, vintages

__all__ = ["ALL_PRODUCTS", "Figure", "Growth", "PairSeries", "known_on"]

ALL_PRODUCTS = "all"
DOLLARS = "USD"
COARSE = 0.001  # above this share of the value a figure's last digit blurs a tenth of a percent
_Cell = tuple[Direction, date, date]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the pair with the rows it comes from; ``arithmetic`` if computed."""

    value: float
    text: str
    flows: tuple[Flow, ...]
    arithmetic: str | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth rate year on year: as published, or computed from two figures."""

    value: float
    resolution: float | None
    flows: tuple[Flow, ...]
    arithmetic: str | None = None


def known_on(flows: Iterable[Flow], as_of: date | None) -> list[Flow]:
    """The figures that were known on a day and that nothing speaks against."""
    return [f for f in flows if not f.doubtful and not f.services and _is_known(f, as_of)]


def _is_known(flow: Flow, as_of: date | None) -> bool:
    if as_of is None:
        return True
    day = flow.release.published_on or flow.release.retrieved_on
    return day is not None and day <= as_of


class PairSeries:
    """The figures of one reporter on one partner and product, one a direction and period.

    ``flows`` must be known on the day asked about (:func:`known_on`).
    """

    def __init__(self, flows: Iterable[Flow], *, product: str = ALL_PRODUCTS) -> None:
        cells: dict[_Cell, list[Flow]] = {}
        for flow in flows:
            if flow.product == product:
                cells.setdefault((flow.direction, flow.period.start, flow.period.end), []).append(
                    flow
                )
        self._periods = {key[1:]: rows[0].period for key, rows in cells.items()}
        self._levels = _chosen(cells, "value")
        self._rates = _chosen(cells, "growth_pct")

    @property
    def periods(self) -> list[Period]:
        """All periods for which there is any figure, in the order of their ends."""
        return sorted(self._periods.values(), key=lambda p: (p.end, -p.days))

    @property
    def years(self) -> list[int]:
        """Calendar years with a turnover, published or computed."""
        found = [p.start.year for p in self.periods if p.granularity is Granularity.YEAR]
        return [
            year
            for year in dict.fromkeys(found)
            if self.level(Direction.TOTAL, Period.of_year(year)) is not None
        ]

    def level(self, direction: Direction, period: Period) -> Figure | None:
        """The figure in force; turnover and balance are computed where not published."""
        row = self._levels.get((direction, period.start, period.end))
        if row is not None and row.value is not None:
            return Figure(row.value, flow_amount(row), (row,))
        return self._computed(direction, period)

    def growth(self, direction: Direction, period: Period) -> Growth | None:
        """The published rate in force; where none is, the ratio of two levels."""
        row = self._rates.get((direction, period.start, period.end))
        if row is not None and row.growth_pct is not None:
            return Growth(row.growth_pct, row.growth_resolution, (row,))
        now, then = self.level(direction, period), self.level(direction, period.year_before)
        if now is None or then is None or _is_bound(now) or _is_bound(then):
            return None
        rate = float(growth_pct(now.value, then.value))
        if math.isnan(rate):  # no growth over nothing
            return None
        coarse = max(_coarseness(now), _coarseness(then)) > COARSE
        arithmetic = f"{now.text} / {then.text} − 1"
        return Growth(rate, 1.0 if coarse else None, (*now.flows, *then.flows), arithmetic)

    def _computed(self, direction: Direction, period: Period) -> Figure | None:
        cell = (period.start, period.end)
        sold = self._levels.get((Direction.EXPORT, *cell))
        bought = self._levels.get((Direction.IMPORT, *cell))
        if sold is None or bought is None or sold.value is None or bought.value is None:
            return None
        sign, measure = {
            Direction.TOTAL: ("+", total_trade),
            Direction.BALANCE: ("−", balance),
        }.get(direction, ("", None))
        if measure is None or Precision.FLOOR in (sold.precision, bought.precision):
            return None
        value = float(measure(sold.value, bought.value))
        coarser = max(sold.resolution or 0.0, bought.resolution or 0.0) or None
        arithmetic = f"{flow_amount(sold)} {sign} {flow_amount(bought)}"
        return Figure(value, amount(value, resolution=coarser), (sold, bought), arithmetic)


def _chosen(cells: dict[_Cell, list[Flow]], of: Quantity) -> dict[_Cell, Flow]:
    """The row that counts in each cell: dated before undated."""
    found = {}
    for key, rows in cells.items():
        in_dollars = [row for row in rows if _currency(row, of) in (None, DOLLARS)]
        sorted_out = vintages(in_dollars, None, of=of)
        best = sorted_out.in_force or next(iter(sorted_out.undated), None)
        if best is not None:
            found[key] = best
    return found


def _currency(flow: Flow, of: Quantity) -> str | None:
    return flow.currency if of == "value" else flow.growth_currency


def _coarseness(figure: Figure) -> float:
    """One unit of the last printed digit as a share of the value."""
    unit = max((flow.resolution or 0.0 for flow in figure.flows), default=0.0)
    return unit / abs(figure.value) if figure.value else 1.0


def _bounds(flow: Flow) -> bool:
    return flow.precision in (Precision.FLOOR, Precision.CEILING)


def _is_bound(figure: Figure) -> bool:
    return any(_bounds(flow) for flow in figure.flows)
