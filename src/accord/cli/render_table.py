"""A check as a table for a terminal: fits its width, inert, colours only where they are wanted."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap

from accord.cli.render_words import (
    badge,
    computed_words,
    heading,
    mirror_lines,
    source_words,
    stated_words,
    summary,
)
from accord.model.verdict import Check, CheckedStatement

__all__ = ["render_table", "wants_colour"]

_OUTCOME, _COMPUTED, _SOURCE = 15, 13, 28
_NARROW, _WIDE = 60, 140
_LINES = 3  # of a quote
# Near to the Okabe–Ito hues in the 256 colours of a terminal; icon and word say the same.
_COLOURS = {
    "supported": "38;5;36",
    "imprecise": "38;5;172",
    "contradicted": "38;5;166",
    "unverifiable": "38;5;32",
    "not_checkable": "2",
}


def wants_colour() -> bool:
    """Whether standard output is a terminal and NO_COLOR is not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def render_table(check: Check, *, width: int | None = None, colour: bool = False) -> str:
    """The document on one line, a row for each statement, the sums below."""
    columns = max(_NARROW, min(width or shutil.get_terminal_size((100, 24)).columns, _WIDE))
    lines = [_cut(heading(check, room=columns), columns)]
    for number, entry in enumerate(check.statements, start=1):
        lines += _row(number, entry, columns, colour=colour)
    lines.append("")
    mirrors = list(mirror_lines(check))
    lines += [_cut(f"mirror {line}", columns) for line in mirrors[:2]]
    for line in summary(check):
        lines += textwrap.wrap(line, columns)
    if check.statements:
        lines.append("Rows, queries, arithmetic: accord check … --json > c.json")
        lines.append("                           accord explain c.json 1")
    return "\n".join(lines) + "\n"


def _row(number: int, entry: CheckedStatement, columns: int, *, colour: bool) -> list[str]:
    verdict = entry.verdict
    wide = columns >= _OUTCOME + _COMPUTED + _SOURCE + 34
    taken = 4 + _OUTCOME + 2 + (_COMPUTED + _SOURCE + 4 if wide else 0)
    room = columns - taken
    quote = textwrap.wrap(stated_words(entry.statement), room) or [""]
    word = badge(verdict).ljust(_OUTCOME)
    if colour:
        word = f"\x1b[{_COLOURS[verdict.outcome.value]}m{word}\x1b[0m"
    tail = ""
    if wide:
        tail = f"  {_cut(computed_words(verdict), _COMPUTED):<{_COMPUTED}}  {_note(entry, _SOURCE)}"
    lines = [f"{number:>2}  {quote[0]:<{room}}  {word}{tail}".rstrip()]
    if len(quote) > _LINES:
        quote = [*quote[: _LINES - 1], _cut(quote[_LINES - 1] + "…", room)]
    lines += [f"    {part}" for part in quote[1:]]
    if not wide:
        below = "  ".join(filter(None, (computed_words(verdict), _note(entry, columns - 24))))
        lines.append(f"      {below}".rstrip())
    return [line for line in lines if line.strip()]


def _note(entry: CheckedStatement, room: int) -> str:
    """The source; for an abstention its reason; for a changed outcome what it was."""
    verdict = entry.verdict
    reason = verdict.reason.value.replace("_", " ") if verdict.reason else ""
    source = source_words(verdict, short=True)
    if verdict.outcome.value in ("unverifiable", "not_checkable") or not source:
        words = reason
    else:
        words = "; ".join(filter(None, (source, reason)))
    if verdict.changed_by_hindsight:
        words = f"was {verdict.changed_by_hindsight.replace('_', ' ')}; {words}"
    return _cut(words, room)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"
