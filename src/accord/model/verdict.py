"""Verdicts: an outcome with its reason, computed value, tolerance and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accord.model.document import Document
from accord.model.statement import Statement
from accord.model.verdict_display import check_html, check_text, verdict_html, verdict_text

__all__ = ["Check", "CheckedStatement", "Evidence", "Outcome", "Reading", "Reason", "Verdict"]


class Outcome(StrEnum):
    """What the record says of a statement."""

    SUPPORTED = "supported"
    IMPRECISE = "imprecise"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"
    NOT_CHECKABLE = "not_checkable"


class Reason(StrEnum):
    """Why an outcome is what it is; see ``docs/explanation/verdicts.md``."""

    NO_SERIES = "no_series"
    NO_COVERAGE = "no_coverage"
    NO_RATE = "no_rate"
    AMBIGUOUS_PERIOD = "ambiguous_period"
    AMBIGUOUS_PARTY = "ambiguous_party"
    NEEDS_COMPLETE_RECORD = "needs_complete_record"
    LATER_THAN_RECORD = "later_than_record"
    SIGNATORY_NOT_RECORDED = "signatory_not_recorded"
    CONFLICTING_ROWS = "conflicting_rows"
    NEAR_MISS = "near_miss"
    OTHER_VINTAGE = "other_vintage"
    UNDATED_RELEASE = "undated_release"
    PARTNER_STATISTICS = "partner_statistics"
    OTHER_CURRENCY_RATE = "other_currency_rate"
    RATIO_TO_FIRST_BASE = "ratio_to_first_base"
    COARSER_PRECISION = "coarser_precision"
    ROUNDED_ROW = "rounded_row"
    OPINION = "opinion"
    INTENTION = "intention"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row behind a computed value, citable and replayable.

    ``row`` names the row, ``query`` the SQL that finds it again, ``arithmetic``
    what was done with it; ``later`` marks a release younger than the document.
    """

    row: str
    summary: str
    publisher: str | None
    published_on: str | None
    url: str | None
    value: float | None = None
    unit: str | None = None
    arithmetic: str | None = None
    query: str | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One admissible way to compute the statement's value from the record."""

    name: str
    computed: float | None
    unit: str | None
    primary: bool
    agrees: bool
    arithmetic: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Verdict:
    """The outcome for one statement."""

    outcome: Outcome
    reason: Reason | None = None
    explanation: str = ""
    computed: float | None = None
    unit: str | None = None
    tolerance: str | None = None
    evidence: tuple[Evidence, ...] = ()
    readings: tuple[Reading, ...] = ()
    mirror: Reading | None = None
    settled_by: str | None = None  # what would settle an unverifiable statement
    changed_by_hindsight: str | None = None  # outcome at publication, if --as-of changed it

    def __repr__(self) -> str:
        return verdict_text(self)

    def _repr_html_(self) -> str:
        return verdict_html(self)


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A statement with its verdict."""

    statement: Statement
    verdict: Verdict


@dataclass(frozen=True, slots=True, repr=False)
class Check:
    """A whole document's statements, judged against one state of the record."""

    document: Document
    statements: tuple[CheckedStatement, ...]
    as_of: str | None
    record_sha256: str
    not_understood: int = 0  # sentences with figures or parties that no rule understood
    notices: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return check_text(self)

    def _repr_html_(self) -> str:
        return check_html(self)
