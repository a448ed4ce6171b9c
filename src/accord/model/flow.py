"""Flows: one figure of a series, as one release gives it.

Flows are columns in the record; :class:`Flow` is the object that a query answers
with when a handful of them is wanted as evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accord.model.period import Period
from accord.model.release import Release

__all__ = ["Direction", "Flow", "Precision", "Valuation"]


class Direction(StrEnum):
    """From the reporter's side."""

    EXPORT = "export"
    IMPORT = "import"
    TOTAL = "total"
    BALANCE = "balance"


class Precision(StrEnum):
    """How far a recorded value can be trusted to its digits."""

    EXACT = "exact"
    ROUNDED = "rounded"  # the source rounded it
    FLOOR = "floor"  # "more than"
    CEILING = "ceiling"  # "less than", "almost"
    CONVERTED = "converted"  # a bracketed conversion, not the figure published


class Valuation(StrEnum):
    """FOB or CIF, where the source says so."""

    FOB = "fob"
    CIF = "cif"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Flow:
    """A value, a growth rate, or both, for reporter, partner, product and period.

    ``value`` is in units of ``currency``; ``resolution`` one unit of the last digit
    that the source printed; ``growth_pct`` year on year, in ``growth_currency``.
    ``row`` names the row in the record (``flows:123``).
    """

    row: str
    reporter: str
    partner: str
    direction: Direction
    product: str
    period: Period
    release: Release
    value: float | None = None
    currency: str = "USD"
    growth_pct: float | None = None
    growth_currency: str | None = None
    precision: Precision = Precision.EXACT
    resolution: float | None = None
    growth_resolution: float | None = None
    valuation: Valuation = Valuation.UNSTATED
    as_published: str | None = None
    doubtful: str | None = None  # why this row grounds no verdict, if it does not
    services: bool = False  # services, or goods and services together
    quantity: float | None = None
    quantity_unit: str | None = None
