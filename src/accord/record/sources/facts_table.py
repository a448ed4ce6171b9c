"""Agreements, memberships, events, exchange rates and product concordances from own tables.

The columns are those of the record's tables (docs/reference/sources.md); lists are
written with semicolons. ``mapping.columns`` may rename: ours → theirs.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.period import Period
from accord.record.job import Job
from accord.record.sources.grid import read_grid
from accord.record.staging import PLAIN_FIELDS, stage_rows

if TYPE_CHECKING:
    import duckdb

__all__ = ["stage"]

NEEDED = {
    "agreements": ("id", "name", "parties"),
    "memberships": ("bloc", "member", "status"),
    "events": ("id", "date", "actors", "targets", "what"),
    "rates": ("currency", "period", "rate"),
    "concordance": ("source_revision", "source_product", "target_revision", "target_product"),
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "rates": {"base": "USD", "kind": "average"},
    "concordance": {},
    "agreements": {"type": "agreement"},
    "memberships": {},
    "events": {},
}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
_DATES = {"date", "signed", "in_force", "ended", "start_on", "end_on", "published_on"}


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Rows of the table. Raises REC012, REC013, REC014 or REC022."""
    kind = job.declaration.kind
    found = [
        _row(kind, row, place, job, path.name)
        for path in job.files
        for place, row in read_grid(path, job.declaration.id, job.declaration.mapping)
    ]
    if not found:
        names = ", ".join(path.name for path in job.files)
        raise RecordError("REC022", source=job.declaration.id, request=names)
    if kind == "concordance":
        _share(found)
    stage_rows(con, kind, found)


def _row(kind: str, row: dict[str, str], place: int, job: Job, file: str) -> dict[str, Any]:
    renamed = job.declaration.mapping.get("columns", {})
    cells = {ours: row.get(renamed.get(ours, ours), "") for ours in {*PLAIN_FIELDS[kind], "period"}}
    for column in NEEDED[kind]:
        if renamed.get(column, column) not in row:
            raise RecordError(
                "REC013",
                source=job.declaration.id,
                file=file,
                column=renamed.get(column, column),
                found=", ".join(list(row)[:12]),
            )
    typed = {
        column: _typed(column, cells[column].strip(), wanted, place, job)
        for column, wanted in PLAIN_FIELDS[kind].items()
    }
    if kind == "rates":
        period = _period(cells["period"].strip(), place, job)
        typed |= {"period_start": period.start, "period_end": period.end}
    if kind == "memberships" and not typed["id"]:
        typed["id"] = f"{typed['bloc']}-{typed['member']}-{typed['start_on']}".lower()
    return typed | {k: v for k, v in DEFAULTS[kind].items() if typed[k] is None}


def _typed(column: str, text: str, wanted: str, place: int, job: Job) -> Any:
    if not text:
        return None
    if column in _DATES and not _DATE.match(text):
        raise _bad(column, text, "a date (YYYY, YYYY-MM or YYYY-MM-DD)", place, job)
    try:
        if wanted == "DOUBLE":
            return float(text)
        if wanted == "INTEGER":
            return int(text)
        if wanted == "DATE":
            return date.fromisoformat(text)
    except ValueError:
        raise _bad(column, text, "a number", place, job) from None
    return [part.strip() for part in text.split(";")] if wanted == "VARCHAR[]" else text


def _period(text: str, place: int, job: Job) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise _bad("period", text, "a period (2021, 2021-05 or 2021-05-31)", place, job) from None


def _share(found: list[dict[str, Any]]) -> None:
    """Products that go to several are split evenly where no share is given."""
    targets: dict[tuple[str, ...], int] = {}
    for row in found:
        key = (row["source_revision"], row["source_product"], row["target_revision"])
        targets[key] = targets.get(key, 0) + 1
    for row in found:
        key = (row["source_revision"], row["source_product"], row["target_revision"])
        if row["share"] is None:
            row["share"] = 1 / targets[key]


def _bad(column: str, text: str, expected: str, place: int, job: Job) -> RecordError:
    return RecordError(
        "REC014",
        source=job.declaration.id,
        row=place,
        column=column,
        value=text,
        expected=expected,
    )
