"""The work of ``accord read`` on one document: to the terminal, whole."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from typing import Any

from accord.cli.batch import Sources
from accord.read.streams import to_json

__all__ = ["read_one"]

_FIELDS = ("measure", "reporter", "partner", "commodity", "value", "unit", "approx", "change",
           "period", "attributed_to", "date", "negated", "hedged")  # fmt: skip


def read_one(sources: Sources, *, explain: bool, form: str) -> None:
    """Read one document and show it whole, as JSON or as a table."""
    from accord.read.documents import read_document
    from accord.read.reading import read_whole

    document = read_document(
        sources.paths[0],
        published=sources.published,
        title=sources.title,
        allow_private_addresses=sources.allow_private_addresses,
    )
    fields = read_whole(document, explain=explain)
    if form == "json":
        try:
            text = json.dumps(fields, ensure_ascii=False, indent=2)
            sys.stdout.buffer.write(text.encode() + b"\n")
        except UnicodeEncodeError:
            sys.stdout.buffer.write(to_json(fields) + b"\n")
    else:
        text = render(fields, document.text, explain=explain)
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()


def render(fields: dict[str, Any], text: str, *, explain: bool) -> str:
    """The statements for a terminal: number, kind, parties, quote; with ``explain`` each field."""
    document, statements = fields["document"], fields["statements"]
    columns = max(60, min(shutil.get_terminal_size((100, 24)).columns, 140))
    count = f"{len(statements)} statement{'' if len(statements) == 1 else 's'}"
    head = (document["published"] or "no date", _plain(document["title"] or ""), count)
    lines = ["  ".join(part for part in head if part), ""]
    for number, statement in enumerate(statements, start=1):
        lines += _rows(number, statement, columns)
        if explain:
            lines += _traces(statement, text)
    if many := fields["not_understood"]:
        noun = "sentence" if many == 1 else "sentences"
        lines.append(f"{many} {noun} with figures or parties not understood")
    return "\n".join(lines) + "\n"


def _rows(number: int, statement: dict[str, Any], columns: int) -> list[str]:
    parties = " – ".join(p for p in (statement["reporter"], statement["partner"]) if p)
    what = " ".join(part for part in (statement["kind"], statement["measure"] or "") if part)
    quote = textwrap.wrap(_plain(statement["quote"]), columns - 4, max_lines=3, placeholder=" …")
    found = [f"{k} {_shown(statement[k])}" for k in _FIELDS[4:] if _shown(statement[k])]
    rows = [f"{number:>3} {what}  {parties}".rstrip(), *(f"    {line}" for line in quote)]
    return [*rows, *(textwrap.wrap("; ".join(found), columns - 4, initial_indent="    ",
                                   subsequent_indent="    ")), ""]  # fmt: skip


def _traces(statement: dict[str, Any], text: str) -> list[str]:
    rows = [
        f"      {trace['name']:<14}“{_plain(text[trace['start'] : trace['end']])}”  {trace['rule']}"
        for trace in statement["traces"]
    ]
    return [*rows, ""]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_shown(part) for part in value.values() if part is not None)
    if isinstance(value, float):
        return f"{value:,.15g}"
    return "" if value in (None, False, "") else "yes" if value is True else _plain(str(value))


def _plain(text: str) -> str:
    from accord.model.verdict_display import plain_words

    return plain_words(text)
