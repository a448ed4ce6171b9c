"""Verdicts and checks in an interpreter and in a notebook: plain text and small HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accord.model.verdict import Check, Verdict

__all__ = ["ICONS", "check_html", "check_text", "plain_words", "verdict_html", "verdict_text"]

# A verdict is an icon, a word and a colour (Okabe–Ito, darkened to a contrast of 4.5:1).
ICONS = {
    "supported": "✓",
    "imprecise": "≈",
    "contradicted": "✗",
    "unverifiable": "?",
    "not_checkable": "–",
}
COLOURS = {
    "supported": "#00694d",
    "imprecise": "#8a5a00",
    "contradicted": "#a83c00",
    "unverifiable": "#005a8c",
    "not_checkable": "#555555",
}
_QUOTE = 60


def plain_words(text: str) -> str:
    """Text on one line without control characters: nothing in it can steer a terminal."""
    kept = (c if c.isprintable() else " " for c in text)
    return " ".join("".join(kept).split())


def verdict_text(verdict: Verdict) -> str:
    """``✓ supported: …``."""
    reason = f" ({verdict.reason.value})" if verdict.reason else ""
    outcome = verdict.outcome.value
    words = plain_words(verdict.explanation)
    return f"{ICONS[outcome]} {outcome.replace('_', ' ')}{reason}: {words}"


def check_text(check: Check) -> str:
    """One line for the document, one a statement."""
    when = check.document.published or "undated"
    title = plain_words(check.document.title or check.document.source)
    lines = [f"{when}  {title[:_QUOTE]}  {len(check.statements)} statements"]
    for number, entry in enumerate(check.statements, start=1):
        quote = plain_words(entry.statement.quote)
        short = quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + "…"
        outcome = entry.verdict.outcome.value
        lines.append(
            f"{number:>3}  {short:<{_QUOTE}}  {ICONS[outcome]} {outcome.replace('_', ' ')}"
        )
    return "\n".join(lines)


def verdict_html(verdict: Verdict) -> str:
    """A verdict as one paragraph."""
    return f"<p>{_badge(verdict)} {escape(plain_words(verdict.explanation))}</p>"


def check_html(check: Check) -> str:
    """A check as a table with a caption."""
    title = escape(plain_words(check.document.title or check.document.source))
    rows = "".join(
        f'<tr><th scope="row">{number}</th><td>{escape(plain_words(entry.statement.quote))}</td>'
        f"<td>{_badge(entry.verdict)}</td>"
        f"<td>{escape(plain_words(entry.verdict.explanation))}</td></tr>"
        for number, entry in enumerate(check.statements, start=1)
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("", "Statement", "Verdict", "Why"))
    return (
        f"<table><caption>{title}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _badge(verdict: Verdict) -> str:
    outcome = verdict.outcome.value
    colour, icon = COLOURS[outcome], ICONS[outcome]
    return f'<strong style="color:{colour}">{icon}&nbsp;{outcome.replace("_", " ")}</strong>'
