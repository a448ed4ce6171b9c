"""A check as Markdown: a table, then one paragraph a statement with its sources."""

from __future__ import annotations

import re

from accord.cli.render_words import (
    badge,
    computed_words,
    heading,
    outcome_words,
    safe_link,
    source_words,
    stated_words,
    summary,
)
from accord.model.verdict import Check, Evidence
from accord.model.verdict_display import plain_words

__all__ = ["render_markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>&~$-])")
_SHOWN = 4


def render_markdown(check: Check) -> str:
    """The check as GitHub-flavoured Markdown; text from outside is escaped."""
    lines = [f"# {_inert(heading(check))}", ""]
    if check.statements:
        lines += ["| | Statement | Verdict | Computed | Source |", "|---|---|---|---|---|"]
    for number, entry in enumerate(check.statements, start=1):
        verdict = entry.verdict
        cells = (
            stated_words(entry.statement),
            badge(verdict),
            computed_words(verdict),
            source_words(verdict),
        )
        lines.append(f"| {number} | " + " | ".join(map(_inert, cells)) + " |")
    lines += ["", *(f"{_inert(line)}  " for line in summary(check)), ""]
    for number, entry in enumerate(check.statements, start=1):
        verdict = entry.verdict
        lines.append(
            f"**{number}. {_inert(outcome_words(verdict))}** "
            f"{_inert(plain_words(verdict.explanation))}"
        )
        lines += [f"- {_source(e)}" for e in verdict.evidence[:_SHOWN]]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _source(evidence: Evidence) -> str:
    when = evidence.published_on or "undated"
    words = _inert(f"{evidence.summary} ({evidence.publisher or 'unnamed'}, {when})")
    link = safe_link(evidence)
    later = " later than the document" if evidence.later else ""
    return f"{words}{later}" + (f" <{_address(link)}>" if link else "")


def _address(link: str) -> str:
    return link.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def _inert(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", plain_words(text))
