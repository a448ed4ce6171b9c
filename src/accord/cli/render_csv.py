"""Checks as CSV: one row a statement; no cell can become a spreadsheet formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from accord.model.verdict import Check, CheckedStatement
from accord.model.verdict_display import plain_words

__all__ = ["COLUMNS", "inert_cell", "render_csv"]

COLUMNS = (
    "document", "published", "id", "quote", "start", "end", "kind", "measure", "reporter",
    "partner", "commodity", "value", "unit", "change_value", "change_unit", "change_direction",
    "period_start", "period_end", "date", "attributed_to", "outcome", "reason", "computed",
    "computed_unit", "tolerance", "explanation", "publisher", "published_on", "url",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_csv(checks: Sequence[Check]) -> str:
    """A header line and one line for each statement of the checks."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for check in checks:
        for entry in check.statements:
            writer.writerow([inert_cell(v) for v in _cells(check, entry)])
    return buffer.getvalue()


def inert_cell(value: object) -> object:
    """A text that a spreadsheet would run gets an apostrophe before it; numbers stay numbers."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = plain_words(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(check: Check, entry: CheckedStatement) -> list[object]:
    s, v, document = entry.statement, entry.verdict, check.document
    change, period = s.change, s.period
    first = v.evidence[0] if v.evidence else None
    return [
        document.id or document.source,
        str(document.published) if document.published else None,
        s.id, s.quote, s.start, s.end, s.kind.value,
        s.measure.value if s.measure else None,
        s.reporter, s.partner, s.commodity, s.value, s.unit,
        change.value if change else None,
        change.unit if change else None,
        change.direction if change else None,
        period.start.isoformat() if period and not s.period_open else None,
        period.end.isoformat() if period else None,
        s.date, s.attributed_to,
        v.outcome.value, v.reason.value if v.reason else None,
        v.computed, v.unit, v.tolerance, v.explanation,
        first.publisher if first else None,
        first.published_on if first else None,
        first.url if first else None,
    ]  # fmt: skip
