"""A brief as Markdown, JSON and CSV: the same sentences, tables and evidence."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from accord.brief.citation import bibtex
from accord.model.brief import Brief, Cell, Gap, Section, Sentence, Table

__all__ = ["SCHEMA_VERSION", "brief_to_dict", "render_csv", "render_markdown", "tables_to_csv"]

SCHEMA_VERSION = "1.0"
_BLANKS = re.compile(r"\s+")


def brief_to_dict(brief: Brief) -> dict[str, Any]:
    """The JSON form: the fields of :class:`Brief` by name; evidence carries its number."""
    form: dict[str, Any] = {"schema_version": SCHEMA_VERSION, **_plain(brief)}
    form["evidence"] = [{"id": f"e{n}", **item} for n, item in enumerate(form["evidence"], start=1)]
    form["gaps"] = [_plain(gap) for gap in brief.gaps]
    form["answer_text"] = brief.answer.text
    form["bibtex"] = bibtex(brief)
    return form


def _plain(value: object) -> Any:
    """Dataclasses as dictionaries, dates as ISO strings, enumerations as their values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def render_csv(brief: Brief) -> str:
    """All tables of a brief as one long table, one line a cell."""
    return tables_to_csv([table for section in brief.sections for table in section.tables])


def tables_to_csv(tables: list[Table]) -> str:
    """Columns ``table, row, column, text, value, unit, evidence``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "row", "column", "text", "value", "unit", "evidence"])
    for table in tables:
        for number, row in enumerate(table.rows, start=1):
            for heading, cell in zip(table.headings, row, strict=True):
                value = "" if cell.value is None else cell.value
                writer.writerow(
                    [table.id, number, heading.title, _inert(cell.text), value,
                     heading.unit or "", cell.evidence or ""]
                )  # fmt: skip
    return out.getvalue()


def _inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def render_markdown(brief: Brief) -> str:
    """The brief as Markdown, evidence as footnotes."""
    when = f"Period {brief.period}. " if brief.period else ""
    state = (
        f"As the record stood on {brief.as_of}."
        if brief.as_of
        else "By the latest releases in the record."
    )
    lines = [f"# {_escaped(brief.title)}", "", when + state, ""]
    if brief.whose:
        lines += [f"* {_escaped(line)}." for line in brief.whose] + [""]
    lines += [f"**{_said(brief.answer)}**", ""]
    lines += [f"*{_escaped(notice)}*\n" for notice in brief.notices]
    for section in brief.sections:
        lines += _section(section)
    lines += _sources(brief)
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section) -> list[str]:
    lines = [f"## {section.title}", ""]
    for sentence in section.sentences:
        lines += [_said(sentence), ""]
    for table in section.tables:
        lines += _table(table)
    if section.gaps:
        lines += ["Not in the record:", ""]
        lines += [f"* {_gap(gap)}" for gap in section.gaps]
        lines.append("")
    return lines


def _table(table: Table) -> list[str]:
    heads = [h.title + (f" ({h.unit})" if h.unit else "") for h in table.headings]
    rules = ["--:" if h.numeric else "---" for h in table.headings]
    rows = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.rows]
    note = f" {table.note}" if table.note else ""
    return [
        f"{_escaped(table.caption)}.{note}",
        "",
        "| " + " | ".join(map(_escaped, heads)) + " |",
        "| " + " | ".join(rules) + " |",
        *rows,
        "",
    ]


def _cell(cell: Cell) -> str:
    mark = " (against)" if cell.mark == "against" else ""
    foot = f"[^{cell.evidence}]" if cell.evidence else ""
    return _escaped(cell.text) + mark + foot


def _said(sentence: Sentence) -> str:
    return "".join(
        _escaped(s.text) + (f"[^{s.evidence}]" if s.evidence else "") for s in sentence.segments
    )


def _gap(gap: Gap) -> str:
    bring = f" What would bring it: {gap.source}." if gap.source else ""
    # Backticks here are ours: they mark commands.
    return _escaped(f"{gap.what[:1].upper()}{gap.what[1:]}: {gap.why}.{bring}").replace("\\`", "`")


def _sources(brief: Brief) -> list[str]:
    lines = ["## Sources", ""]
    for release in brief.releases:
        url = f" <{release.url}>" if release.url and " " not in release.url else ""
        lines.append(
            f"* {_escaped(release.publisher)}, {release.published or 'undated'}, "
            f"{_escaped(release.licence or 'licence not stated')}.{url}"
        )
    if brief.record_sha256:
        lines += ["", f"State of the record: sha256 `{brief.record_sha256}`"]
    lines += ["", "```bibtex", bibtex(brief), "```", ""]
    for number, item in enumerate(brief.evidence, start=1):
        lines.append(f"[^e{number}]: {_evidence(item)}")
    return lines


def _evidence(item: Any) -> str:
    parts = [_escaped(item.summary)]
    if item.publisher:
        parts.append(f"{_escaped(item.publisher)}, {item.published_on or 'undated'}")
    if item.arithmetic:
        parts.append(f"computed: {_escaped(item.arithmetic)}")
    return ". ".join(parts) + f" (`{item.row}`)" * bool(item.row)


def _escaped(text: str) -> str:
    """Text with the characters escaped that Markdown would take for markup."""
    flat = _BLANKS.sub(" ", text)  # also at the ends: a sentence is put together from pieces
    for mark in "\\`*_[]|#":
        flat = flat.replace(mark, "\\" + mark)
    return flat.replace("<", "&lt;").replace(">", "&gt;")
