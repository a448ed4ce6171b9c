"""Judge statements: find the publisher, dispatch on the kind, apply negation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from accord.check.agreements import check_agreement
from accord.check.anniversaries import check_anniversary
from accord.check.ask import Case
from accord.check.events import check_event
from accord.check.facts import Facts
from accord.check.memberships import check_membership
from accord.check.numbers import check_number
from accord.check.opinions import is_stance, not_checkable, pre_judged
from accord.check.publishers import Publisher, find_publisher
from accord.check.rankings import check_ranking, is_superlative
from accord.model.document import Document
from accord.model.statement import Kind, Statement
from accord.model.verdict import CheckedStatement, Outcome, Reason, Verdict

__all__ = ["build_case", "check_statement", "check_statements"]

_PARAGRAPH = 800  # characters either side; a publisher further away is not meant
_FLIP = {
    Outcome.SUPPORTED: Outcome.CONTRADICTED,
    Outcome.CONTRADICTED: Outcome.SUPPORTED,
}


def check_statements(
    statements: Sequence[Statement],
    document: Document,
    facts: Facts,
    *,
    as_of: date | None = None,
) -> tuple[CheckedStatement, ...]:
    """Judge the statements of a document against a record.

    ``as_of`` is the day whose releases count; the document's publication date if
    it is not given, and today's state of the record if that is not known either.
    """
    siblings = tuple(statements)
    return tuple(
        CheckedStatement(s, check_statement(s, document, facts, as_of=as_of, siblings=siblings))
        for s in siblings
    )


def check_statement(
    statement: Statement,
    document: Document,
    facts: Facts,
    *,
    as_of: date | None = None,
    siblings: tuple[Statement, ...] = (),
) -> Verdict:
    """Judge one statement; see :func:`check_statements`."""
    case = build_case(statement, document, facts, as_of=as_of, siblings=siblings)
    verdict = _judge(case)
    return _negated(verdict) if statement.negated else verdict


def build_case(
    statement: Statement,
    document: Document,
    facts: Facts,
    *,
    as_of: date | None = None,
    siblings: tuple[Statement, ...] = (),
) -> Case:
    """A statement with everything that is needed to judge it."""
    published = document.published.latest if document.published else None
    case = Case(statement, document, facts, as_of or published, siblings=siblings)
    publisher = _publisher(case)
    if publisher is None:
        return case
    return replace(case, publisher=publisher.polity, institution=publisher.institution)


def _publisher(case: Case) -> Publisher | None:
    """The publisher that the statement's sentence names, or the paragraph on one pair."""
    s = case.statement
    parties = tuple(p for p in (s.reporter, s.partner) if p)
    for text in (s.attributed_to, case.sentence, _paragraph(case)):
        if not text:
            continue
        found = find_publisher(text, parties)
        # Somebody else's statistics do not tell on which of the two sides to look.
        if found and (found.institution or found.polity in parties):
            return found
    return None


def _paragraph(case: Case) -> str:
    text, at = case.document.text, case.statement.start
    first, last = max(0, at - _PARAGRAPH), min(len(text), at + _PARAGRAPH)
    start = text.rfind("\n\n", first, at) + 1
    end = text.find("\n\n", at, last)
    return text[max(start, first) : end if end >= 0 else last]


def _judge(case: Case) -> Verdict:
    s = case.statement
    if is_stance(case):
        return not_checkable(case)
    early = pre_judged(case)
    if early is not None:
        return early
    if s.kind is Kind.RANKING or is_superlative(case):
        return check_ranking(case)
    handler = {
        Kind.AGREEMENT: check_agreement,
        Kind.MEMBERSHIP: check_membership,
        Kind.EVENT: check_event,
        Kind.ANNIVERSARY: check_anniversary,
    }.get(s.kind, check_number)
    return handler(case)


def _negated(verdict: Verdict) -> Verdict:
    """A denied statement: what supports the assertion contradicts the denial."""
    flipped = _FLIP.get(verdict.outcome)
    if flipped is None:
        return verdict
    if flipped is Outcome.CONTRADICTED and verdict.reason is Reason.NEAR_MISS:
        return verdict
    words = f"The text denies it. {verdict.explanation}"
    return replace(verdict, outcome=flipped, explanation=words)
