"""How verdicts look: icon, word and colour; and the text with its statements marked."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

__all__ = ["ICONS", "WORDS", "Piece", "filters", "marked", "tally"]

ICONS = {
    "supported": "✓",
    "imprecise": "≈",
    "contradicted": "✗",
    "unverifiable": "?",
    "not_checkable": "○",
}
WORDS = {
    "supported": "supported",
    "imprecise": "imprecise",
    "contradicted": "contradicted",
    "unverifiable": "unverifiable",
    "not_checkable": "not checkable",
}
# Where statements overlap the mark shows the one that most wants to be seen.
_WEIGHT = ("contradicted", "imprecise", "supported", "unverifiable", "not_checkable")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same statements; ``starts`` are those that begin here."""

    text: str
    outcome: str | None
    starts: tuple[dict[str, Any], ...]


def marked(check: dict[str, Any]) -> list[Piece]:
    """The document's text cut at every beginning and end of a statement."""
    text = check["document"]["text"]
    statements = check["statements"]
    edges = {0, len(text)}
    for statement in statements:
        edges |= {_inside(statement["start"], text), _inside(statement["end"], text)}
    cuts = sorted(edges)
    return [_piece(text, start, end, statements) for start, end in pairwise(cuts) if start < end]


def _inside(offset: int, text: str) -> int:
    return min(max(0, offset), len(text))


def _piece(text: str, start: int, end: int, statements: list[dict[str, Any]]) -> Piece:
    covering = [s for s in statements if s["start"] <= start and s["end"] >= end]
    outcomes = {s["verdict"]["outcome"] for s in covering}
    outcome = next((o for o in _WEIGHT if o in outcomes), None)
    starts = tuple(s for s in covering if s["start"] == start)
    return Piece(text[start:end], outcome, starts)


def tally(check: dict[str, Any]) -> list[tuple[str, int]]:
    """How many statements there are of each outcome, in the order of the legend."""
    outcomes = [s["verdict"]["outcome"] for s in check["statements"]]
    return [(outcome, outcomes.count(outcome)) for outcome in ICONS]


def same_summary(evidence: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Evidence that says the same, together: one fact may have many publishers."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in evidence:
        groups.setdefault(item["summary"], []).append(item)
    return list(groups.values())


def filters() -> dict[str, Any]:
    """What the templates use."""
    return {
        "icon": lambda outcome: ICONS.get(outcome, "·"),
        "word": lambda outcome: WORDS.get(outcome, str(outcome)),
        "marked": marked,
        "tally": tally,
        "field": field,
        "figure": figure,
        "same_summary": same_summary,
    }


def field(value: Any, name: str, unit: str | None) -> str:
    """A field of a statement in words."""
    if isinstance(value, dict):
        known = {key: part for key, part in value.items() if part is not None}
        if set(known) == {"start", "end"}:
            start, end = known["start"], known["end"]
            return str(start) if start == end else f"{start} to {end}"
        return ", ".join(f"{key} {part}" for key, part in known.items())
    if name == "value" and isinstance(value, int | float):
        return figure(value, unit)
    return str(value).replace("_", " ")


def figure(value: float | None, unit: str | None) -> str:
    """A computed value with its unit, short."""
    if value is None:
        return ""
    if unit == "percent":
        return f"{value:+.3g} %".replace("-", "−")
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:,.5g} {word} {unit or ''}".strip()
    return f"{value:,.6g} {unit or ''}".strip()
