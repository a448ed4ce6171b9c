"""Words shared by the forms in which a check is shown: what was stated, what was found, where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from accord.model.statement import Statement
from accord.model.verdict import Check, CheckedStatement, Evidence, Verdict
from accord.model.verdict_display import ICONS, plain_words

__all__ = [
    "badge",
    "computed_words",
    "heading",
    "outcome_words",
    "safe_link",
    "source_words",
    "stated_words",
    "summary",
]

_UNITS = {"percent": " %", "share": " %", "multiple": " times", "years": " years"}


def outcome_words(verdict: Verdict) -> str:
    """``imprecise (other vintage)``."""
    word = verdict.outcome.value.replace("_", " ")
    return f"{word} ({verdict.reason.value.replace('_', ' ')})" if verdict.reason else word


def badge(verdict: Verdict) -> str:
    """Icon and word."""
    return f"{ICONS[verdict.outcome.value]} {verdict.outcome.value.replace('_', ' ')}"


def amount(value: float, unit: str | None) -> str:
    """``18.78 bn USD``, ``+8.5 %``, ``2 times``."""
    if unit == "percent":
        return f"{value:+.4g} %"
    if unit in _UNITS:
        return f"{value:.4g}{_UNITS[unit]}"
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {word} {unit or ''}".rstrip()
    return f"{value:,.6g} {unit or ''}".rstrip()


def computed_words(verdict: Verdict) -> str:
    """The computed value, or nothing."""
    if verdict.computed is None:
        return ""
    bound = ""
    if verdict.evidence and verdict.unit == verdict.evidence[0].unit:
        held = verdict.evidence[0].summary
        bound = "> " if ": more than " in held else "< " if ": nearly " in held else ""
    return bound + amount(verdict.computed, verdict.unit)


def stated_words(statement: Statement) -> str:
    """The quote on one line, inert."""
    return plain_words(statement.quote)


_ACRONYM = re.compile(r"^(.*?)\s*\(([A-Z]{2,8})\)(.*)$")
_LONG_NAME = 18


def _short_name(publisher: str) -> str:
    """``China Customs``, ``MOFCOM``: the name, or its acronym where the name is long."""
    match = _ACRONYM.match(publisher)
    if match is None:
        return publisher
    name = match.group(1)
    return name if len(name) <= _LONG_NAME else match.group(2)


def source_words(verdict: Verdict, *, short: bool = False) -> str:
    """Publisher and date of the first row behind a verdict."""
    if not verdict.evidence:
        return ""
    first = verdict.evidence[0]
    publisher = first.publisher or ""
    name = _short_name(publisher) if short else publisher
    words = ", ".join(filter(None, (name, first.published_on or "undated")))
    return plain_words(words) + (" (later)" if first.later else "")


def heading(check: Check, *, room: int | None = None) -> str:
    """Date, title, parties and number of statements; of these a long title gives way."""
    document = check.document
    when = str(document.published) if document.published else "undated"
    parties = " – ".join(_parties(check))
    title = plain_words(document.title or document.source)
    count = len(check.statements)
    noun = "statement" if count == 1 else "statements"
    rest = [when, parties, f"{count} {noun}"]
    if room is not None:
        left = max(_SHORT_TITLE, room - sum(len(part) + 2 for part in rest if part))
        title = title if len(title) <= left else f"{title[: left - 1].rstrip()}…"
    return "  ".join(filter(None, (when, title, *rest[1:])))


_SHORT_TITLE = 12


def _parties(check: Check) -> list[str]:
    """The pair that most statements are about."""
    counts: dict[tuple[str, ...], int] = {}
    for entry in check.statements:
        s = entry.statement
        if s.reporter and s.partner:
            pair: tuple[str, ...] = tuple(sorted((s.reporter, s.partner)))
            counts[pair] = counts.get(pair, 0) + 1
    return list(max(counts.items(), key=lambda item: (item[1], item[0]))[0]) if counts else []


def summary(check: Check) -> list[str]:
    """What the check comes to: outcomes counted, sentences not understood, notices."""
    counts: dict[str, int] = {}
    for entry in check.statements:
        outcome = entry.verdict.outcome.value
        counts[outcome] = counts.get(outcome, 0) + 1
    parts = [f"{n} {name.replace('_', ' ')}" for name in ICONS if (n := counts.get(name))]
    lines = [", ".join(parts)] if parts else []
    if check.not_understood:
        many = check.not_understood
        noun = "sentence" if many == 1 else "sentences"
        lines.append(f"{many} {noun} with figures or parties not understood")
    return lines + [plain_words(notice) for notice in check.notices]


def mirror_lines(check: Check) -> Iterator[str]:
    """What the partner reports where both sides do."""
    for number, entry in enumerate(check.statements, start=1):
        mirror = entry.verdict.mirror
        if mirror is None or mirror.computed is None:
            continue
        gap = _gap(entry, mirror.computed)
        yield f"{number}: {plain_words(mirror.name)} {amount(mirror.computed, mirror.unit)}{gap}"


def _gap(entry: CheckedStatement, mirrored: float) -> str:
    computed = entry.verdict.computed
    if not computed or entry.verdict.unit in _UNITS:
        return ""
    return f" (gap {100 * (mirrored / computed - 1):+.1f} %)"


def safe_link(evidence: Evidence) -> str | None:
    """The address of a source, if it is one that may be followed."""
    url = evidence.url or ""
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return plain_words(url) if scheme in ("http", "https") else None
