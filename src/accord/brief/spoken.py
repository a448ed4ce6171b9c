"""What was said: documents on the pair that were checked, with their verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from accord.brief.parties import Parties
from accord.brief.wording import listing
from accord.model.brief import Cell, Gap, Heading, Section, Segment, Sentence, Table
from accord.model.verdict import Check, CheckedStatement, Outcome

__all__ = ["about_pair", "spoken_section"]

_WORDS = {
    Outcome.SUPPORTED: "supported",
    Outcome.IMPRECISE: "imprecise",
    Outcome.CONTRADICTED: "contradicted",
    Outcome.UNVERIFIABLE: "unverifiable",
    Outcome.NOT_CHECKABLE: "not checkable",
}


def about_pair(parties: Parties, check: Check) -> tuple[CheckedStatement, ...]:
    """The statements of a check that concern both polities."""
    codes = set(parties.codes)
    return tuple(item for item in check.statements if codes <= _named(item))


def _named(item: CheckedStatement) -> set[str]:
    statement = item.statement
    named = {statement.reporter, *statement.parties, *(statement.partner or "").split(";")}
    return {code for code in named if code}


def spoken_section(parties: Parties, checks: Sequence[Check]) -> Section:
    """Section “What was said”."""
    rows = []
    for check in checks:
        items = about_pair(parties, check)
        if items:
            rows.append(_row(check, items))
    if not rows:
        gap = Gap(
            "what documents say of the two, and how it holds",
            "no document on them has been checked yet",
            "`accord check FILE`, or the check page",
        )
        return Section("said", "What was said", gaps=(gap,))
    headings = (
        Heading("Document"),
        Heading("published"),
        *(Heading(word, "statements", numeric=True) for word in _WORDS.values()),
    )
    total = Counter[str]()
    for row in rows:
        for word, cell in zip(_WORDS.values(), row[2:], strict=True):
            total[word] += int(cell.value or 0)
    said = listing([f"{count} {word}" for word, count in total.items() if count])
    table = Table("said", "Checked documents that speak of both", headings, tuple(rows))
    sentence = Sentence(
        (Segment(f"Of the statements on the two in {len(rows)} documents: {said}."),)
    )
    return Section("said", "What was said", (sentence,), tables=(table,))


def _row(check: Check, items: Sequence[CheckedStatement]) -> tuple[Cell, ...]:
    counts = Counter(item.verdict.outcome for item in items)
    document = check.document
    return (
        Cell(document.title or document.source),
        Cell(str(document.published) if document.published else "–"),
        *(Cell(str(counts[outcome]), float(counts[outcome])) for outcome in _WORDS),
    )
