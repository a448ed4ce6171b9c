"""Statements: checkable spans of a document, and what they assert.

Kinds, measures, units and the marks of approximation are those of the annotation
guide in ``docs/reference/statements.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from accord.model.period import Period

__all__ = [
    "QUANTITATIVE",
    "Approximation",
    "Change",
    "Kind",
    "Measure",
    "Statement",
    "Trace",
]


class Kind(StrEnum):
    """What sort of assertion a statement is."""

    FIGURE = "figure"
    GROWTH = "growth"
    RANKING = "ranking"
    SHARE = "share"
    TARGET = "target"
    AGREEMENT = "agreement"
    MEMBERSHIP = "membership"
    EVENT = "event"
    ANNIVERSARY = "anniversary"
    POSITION = "position"


QUANTITATIVE = frozenset({Kind.FIGURE, Kind.GROWTH, Kind.RANKING, Kind.SHARE, Kind.TARGET})


class Measure(StrEnum):
    """What is counted."""

    TOTAL_TRADE = "total_trade"
    EXPORTS = "exports"
    IMPORTS = "imports"
    BALANCE = "balance"
    FDI_STOCK = "fdi_stock"
    FDI_FLOW = "fdi_flow"
    SERVICES_TRADE = "services_trade"
    AID = "aid"
    LOAN = "loan"
    TOURISTS = "tourists"
    OTHER = "other"


class Approximation(StrEnum):
    """How a number is qualified by the words around it."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class Change:
    """A change against a base: ``unit`` is percent, percentage_points, times or a currency.

    ``value`` is never negative; ``direction`` is ``up`` or ``down``.
    """

    value: float | None
    unit: str | None
    direction: str | None
    base: str | None = None
    decimals: int | None = None
    currency: str | None = None  # "in yuan terms": the currency in which the rate is meant


@dataclass(frozen=True, slots=True)
class Trace:
    """Why a field has its value: the words (offsets) and the rule that read them."""

    name: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One checkable assertion; ``quote`` is exactly ``text[start:end]``.

    ``value`` is in units (18.78e9); ``resolution`` is one unit of the last printed
    digit, in the same units (0.01e9 for "18.78 billion"). ``partner`` and
    ``reporter`` are polity codes; several partners of one act are joined by ";".
    """

    id: str
    quote: str
    start: int
    end: int
    kind: Kind
    measure: Measure | None = None
    reporter: str | None = None
    partner: str | None = None
    commodity: str | None = None
    value: float | None = None
    unit: str | None = None
    approx: Approximation | None = None
    resolution: float | None = None
    change: Change | None = None
    period: Period | None = None
    period_open: bool = False  # "as of", stocks: only the end is meant
    attributed_to: str | None = None
    speaker: str | None = None
    date: str | None = None
    negated: bool = False
    hedged: bool = False
    of: str | None = None
    alt_value: float | None = None
    alt_unit: str | None = None
    note: str | None = None
    sentence_start: int = 0
    sentence_end: int = 0
    text_cue: str | None = None  # what the assertion turns on: "signed", "in force", "first", …
    name: str | None = None  # a named agreement, project or initiative
    parties: tuple[str, ...] = ()
    parties_from_context: bool = False
    traces: tuple[Trace, ...] = field(default=())
