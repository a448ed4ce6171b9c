"""A check as one HTML page: the text marked up, a card for each statement.

No script, no remote address is loaded; everything from outside is escaped. A page is
at most 500 kB: of a long text only the surroundings of the statements are shown then,
and after that fewer rows a card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources
from itertools import pairwise

from accord.cli.render_words import (
    amount,
    badge,
    heading,
    outcome_words,
    safe_link,
    stated_words,
    summary,
)
from accord.model.document import Document
from accord.model.verdict import Check, CheckedStatement, Evidence, Reading
from accord.model.verdict_display import ICONS, plain_words

__all__ = ["MAX_BYTES", "render_html"]

MAX_BYTES = 500_000
_LONG_TEXT = 120_000  # characters; beyond, only what surrounds the statements is shown
_AROUND = 300
_SEVERITY = ("contradicted", "imprecise", "unverifiable", "supported", "not_checkable")
_DETAIL = (12, 4, 1, 0)  # rows shown in a card, tried until the page is small enough
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"


def render_html(check: Check) -> str:
    """The page; smaller forms are tried until it fits :data:`MAX_BYTES`."""
    page = ""
    for rows in _DETAIL:
        page = _page(check, check.statements, rows)
        if len(page.encode("utf-8", "replace")) <= MAX_BYTES:
            return page
    kept = len(check.statements)
    while kept > 1 and len(page.encode("utf-8", "replace")) > MAX_BYTES:
        kept //= 2
        page = _page(check, check.statements[:kept], 0)
    return page


def _page(check: Check, entries: Sequence[CheckedStatement], rows: int) -> str:
    document = check.document
    title = escape(plain_words(document.title or document.source))
    left_out = len(check.statements) - len(entries)
    more = f"<p>{left_out} more statements are in the JSON form.</p>" if left_out else ""
    cards = "".join(_card(n, entry, rows) for n, entry in enumerate(entries, start=1))
    notes = "".join(f"<li>{escape(line)}</li>" for line in summary(check))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{title}: checked</title><style>{_style()}</style></head><body>"
        f'<a class="skip" href="#statements">Skip to the statements</a>'
        f'<header><h1>{title}</h1><p class="sub">{escape(heading(check))}</p>'
        f"<ul>{notes}</ul></header><main>"
        f"<h2>Text</h2>{_marked(document, entries)}"
        f'<h2 id="statements">Statements</h2>{cards}{more}</main>{_footer(check)}</body></html>\n'
    )


def _style() -> str:
    return (resources.files("accord.cli") / "data" / "check.css").read_text("utf-8")


# --- the text ---------------------------------------------------------------------------


def _marked(document: Document, entries: Sequence[CheckedStatement]) -> str:
    """The text with every statement marked; overlapping ones share a stretch."""
    language = escape(document.language or "en")
    parts = []
    for start, end in _windows(document.text, entries):
        inside = [
            (n, e)
            for n, e in enumerate(entries, start=1)
            if e.statement.start < end and e.statement.end > start
        ]
        parts.append("".join(_stretches(document.text, start, end, inside)))
    body = '<span aria-label="text left out"> […] </span>'.join(parts)
    return f'<div class="text" lang="{language}" dir="auto">{body}</div>'


def _windows(text: str, entries: Sequence[CheckedStatement]) -> list[tuple[int, int]]:
    if len(text) <= _LONG_TEXT:
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    for entry in sorted(entries, key=lambda e: e.statement.start):
        start = max(0, entry.statement.start - _AROUND)
        end = min(len(text), entry.statement.end + _AROUND)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found or [(0, min(len(text), _LONG_TEXT))]


def _stretches(
    text: str, start: int, end: int, inside: list[tuple[int, CheckedStatement]]
) -> Iterator[str]:
    """The text cut at every beginning and end of a statement."""
    cuts = {start, end}
    for _, entry in inside:
        cuts |= {c for c in (entry.statement.start, entry.statement.end) if start < c < end}
    ordered = sorted(cuts)
    for left, right in pairwise(ordered):
        over = [(n, e) for n, e in inside if e.statement.start < right and e.statement.end > left]
        piece = escape(_printable(text[left:right]))
        yield _mark(piece, [e for _, e in over]) if over else piece
        for number, entry in over:
            if entry.statement.end == right:
                yield _reference(number, entry)


def _mark(piece: str, over: list[CheckedStatement]) -> str:
    outcomes = [e.verdict.outcome.value for e in over]
    worst = min(outcomes, key=_SEVERITY.index)
    extra = " overlap" if len(over) > 1 else ""
    return f'<mark class="{worst}{extra}">{piece}</mark>'


def _reference(number: int, entry: CheckedStatement) -> str:
    outcome = entry.verdict.outcome.value
    words = f"statement {number}: {outcome.replace('_', ' ')}"
    return (
        f'<a class="ref {outcome}" id="r{number}" href="#s{number}" aria-label="{words}">'
        f"{number}{ICONS[outcome]}</a>"
    )


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in text)


# --- the cards --------------------------------------------------------------------------


def _card(number: int, entry: CheckedStatement, rows: int) -> str:
    verdict = entry.verdict
    outcome = verdict.outcome.value
    computed = ""
    if verdict.computed is not None:
        computed = f" — computed {escape(amount(verdict.computed, verdict.unit))}"
        if verdict.tolerance:
            computed += f" (tolerance: {escape(verdict.tolerance)})"
    details = ""
    if rows:
        details = _readings(verdict.readings[:rows], number) + _mirror(verdict.mirror)
        details += _evidence(verdict.evidence[:rows], number)
    return (
        f'<section class="card {outcome}" id="s{number}" aria-labelledby="h{number}">'
        f'<h3 id="h{number}"><a href="#r{number}">{number}</a>. '
        f"“{escape(stated_words(entry.statement))}”</h3>"
        f'<span class="badge">{badge(verdict)}</span>'
        f"{escape(outcome_words(verdict)[len(outcome) :])}{computed}"
        f"<p>{escape(plain_words(verdict.explanation))}</p>{_extras(entry)}{details}</section>"
    )


def _extras(entry: CheckedStatement) -> str:
    verdict = entry.verdict
    found = []
    if verdict.settled_by:
        found.append(f"<p>Would be settled by {escape(plain_words(verdict.settled_by))}.</p>")
    if verdict.changed_by_hindsight:
        was = verdict.changed_by_hindsight.replace("_", " ")
        found.append(f"<p>Changed by hindsight: at publication it was {escape(was)}.</p>")
    return "".join(found)


def _readings(readings: Sequence[Reading], number: int) -> str:
    if not readings:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(plain_words(r.name))}</th>'
        f"<td>{'yes' if r.agrees else 'no'}</td>"
        f"<td>{escape(plain_words(r.arithmetic))}</td></tr>"
        for r in readings
    )
    return _table(f"Readings of statement {number}", ("Reading", "Agrees", "Arithmetic"), rows)


def _mirror(mirror: Reading | None) -> str:
    if mirror is None:
        return ""
    name, arithmetic = plain_words(mirror.name), plain_words(mirror.arithmetic)
    return f"<p>Mirror: {escape(name)}: {escape(arithmetic)}</p>"


def _evidence(evidence: Sequence[Evidence], number: int) -> str:
    rows = "".join(_evidence_row(e) for e in evidence)
    head = ("Row", "Publisher", "Released")
    return _table(f"Rows behind statement {number}", head, rows) if rows else ""


def _evidence_row(evidence: Evidence) -> str:
    link = safe_link(evidence)
    publisher = escape(plain_words(evidence.publisher or "unnamed"))
    if link:
        publisher = f'<a href="{escape(link)}" rel="noreferrer nofollow">{publisher}</a>'
    when = escape(evidence.published_on or "undated")
    later = " (later than the document)" if evidence.later else ""
    return (
        f'<tr><th scope="row">{escape(plain_words(evidence.summary))}</th>'
        f"<td>{publisher}</td><td>{when}{later}</td></tr>"
    )


def _table(caption: str, columns: Sequence[str], rows: str) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    return (
        f'<div class="scroll"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _footer(check: Check) -> str:
    when = f" as of {escape(check.as_of)}" if check.as_of else ""
    record = f" against record {escape(check.record_sha256[:16])}" if check.record_sha256 else ""
    return (
        f"<footer><p>Checked by Accord{record}{when}. "
        "It judges figures and dated facts; opinions, framing and forecasts are left to their "
        "speakers.</p></footer>"
    )
