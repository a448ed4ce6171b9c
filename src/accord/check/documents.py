"""A whole document: every statement judged, with hindsight where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from accord.check.facts import Facts
from accord.check.statements import check_statements
from accord.model.document import Document
from accord.model.statement import Statement
from accord.model.verdict import Check, CheckedStatement

__all__ = ["check_document"]


def check_document(
    document: Document,
    statements: Sequence[Statement],
    facts: Facts | None,
    *,
    not_understood: int = 0,
    as_of: date | None = None,
) -> Check:
    """Judge a document's statements against one state of the record.

    ``as_of`` later than the publication judges with hindsight: releases that came
    after the document count, and each outcome that this changes is marked with the
    one that stood at publication. ``facts`` may be None where there are no statements:
    a text with nothing to check needs no record, and names none.
    """
    if facts is None:
        if statements:
            raise ValueError("statements need facts to be judged against")
        return _nothing(document, not_understood)
    published = document.published.latest if document.published else None
    checked = check_statements(statements, document, facts, as_of=as_of)
    hindsight = as_of is not None and published is not None and as_of > published
    if hindsight:
        before = check_statements(statements, document, facts)
        checked = tuple(_marked(now, then) for now, then in zip(checked, before, strict=True))
    return Check(
        document=document,
        statements=checked,
        as_of=(as_of or published).isoformat() if (as_of or published) else None,  # type: ignore[union-attr]
        record_sha256=facts.fingerprint,
        not_understood=not_understood,
        notices=tuple(_notices(document, checked, as_of=as_of if hindsight else None)),
    )


def _nothing(document: Document, not_understood: int) -> Check:
    published = document.published.latest if document.published else None
    return Check(
        document=document,
        statements=(),
        as_of=published.isoformat() if published else None,
        record_sha256="",
        not_understood=not_understood,
        notices=(_NOTHING,),
    )


_NOTHING = "Nothing checkable was found in this text."


def _marked(now: CheckedStatement, then: CheckedStatement) -> CheckedStatement:
    if now.verdict.outcome is then.verdict.outcome:
        return now
    verdict = replace(now.verdict, changed_by_hindsight=then.verdict.outcome.value)
    return replace(now, verdict=verdict)


def _notices(
    document: Document, checked: Sequence[CheckedStatement], *, as_of: date | None
) -> list[str]:
    found = []
    if not checked:
        return [_NOTHING]
    if document.published is None:
        found.append(
            "No publication date is known: judged against the latest releases; "
            "“last year” and the like are left open. Give one with --published DATE."
        )
    if as_of is not None:
        changed = sum(c.verdict.changed_by_hindsight is not None for c in checked)
        outcomes = "outcome" if changed == 1 else "outcomes"
        found.append(f"Judged with hindsight, as of {as_of}: {changed} {outcomes} changed by it.")
    return found
