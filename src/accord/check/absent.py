"""When the record does not answer: the reason, the nearest rows, what would settle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from accord.check.ask import DIRECTIONS, Case, own_words
from accord.check.candidate import Candidate, cite, summarise, to_reading
from accord.check.reduce import unverifiable
from accord.model.flow import Flow
from accord.model.statement import Statement
from accord.model.verdict import Reason, Verdict

__all__ = ["absent", "nearest_rows", "no_rate"]

_SHOWN = 3


def absent(case: Case, product: str | None, candidates: list[Candidate] | None = None) -> Verdict:
    """Unverifiable, with the right one of ``no_series``, ``no_coverage``, ``later_than_record``."""
    s = case.statement
    pair = f"{s.reporter} and {s.partner}"
    if product is None:
        what = s.commodity or "this product"
        return unverifiable(
            Reason.NO_SERIES,
            f"The record holds no series of {what} between {pair}.",
            settled_by=f"a source for {what}",
        )
    rows = nearest_rows(case, product)
    if not rows:
        what = "trade" if product == "all" else product
        return unverifiable(
            Reason.NO_SERIES,
            f"The record holds no figures of {what} between {pair}.",
            settled_by=f"a source for {what} between {pair}",
        )
    return _not_covered(case, rows, candidates or [])


def _not_covered(case: Case, rows: list[Flow], candidates: list[Candidate]) -> Verdict:
    s = case.statement
    last = _last_release(case)
    reason = Reason.NO_COVERAGE
    words = f"The series exists, but not for {s.period}."
    if s.period is not None and last is not None and s.period.end > last:
        reason = Reason.LATER_THAN_RECORD
        words = f"The period ends after the record's last release, {last}."
    verdict = unverifiable(
        reason,
        f"{words} Nearest rows: " + "; ".join(_line(r) for r in rows) + ".",
        settled_by=f"a release that covers {s.period}" if s.period else "the period meant",
    )
    return replace(
        verdict,
        evidence=tuple(cite(case, row) for row in rows),
        readings=tuple(to_reading(c, case, agrees=False) for c in candidates[:_SHOWN]),
    )


def nearest_rows(case: Case, product: str, *, count: int = _SHOWN) -> list[Flow]:
    """Rows of the pair and product, the nearest in time and kind first."""
    s = case.statement
    if not s.reporter or not s.partner:
        return []
    both = [s.reporter, s.partner]
    rows = case.facts.flows(reporters=both, partners=both, products=[product])
    rows = [f for f in rows if not f.doubtful and not own_words(case.document, f.release.url)]
    rows.sort(key=lambda f: _distance(f, s, case.day))
    return rows[:count]


def _distance(flow: Flow, statement: Statement, day: date | None) -> tuple[bool, int, int]:
    wanted = DIRECTIONS.get(statement.measure) if statement.measure else None
    if statement.period is None:
        anchor = day or date.max
        return flow.direction != wanted, abs((flow.period.end - anchor).days), 0
    period = statement.period
    shift = abs((flow.period.start - period.start).days) + abs((flow.period.end - period.end).days)
    return flow.direction != wanted, shift, 0


def _line(flow: Flow) -> str:
    return f"{summarise(flow)} [{flow.release.publisher}, {flow.release.dated}]"


def _last_release(case: Case) -> date | None:
    days = [r.published_on for r in case.facts.releases if r.published_on is not None]
    return max(days, default=None)


def no_rate(case: Case, currency: str) -> Verdict:
    """The amount is in a currency for which no exchange rates are loaded."""
    return unverifiable(
        Reason.NO_RATE,
        f"The amount is in {currency}, and the record holds no exchange rates for it.",
        settled_by=f"exchange rates of {currency} for the period",
    )
