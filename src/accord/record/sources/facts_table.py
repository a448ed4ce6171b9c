"""Agreements, memberships, events, exchange rates and product concordances from own tables.

The columns are those of the record's tables (docs/reference/sources.md); lists are
written with semicolons. ``mapping.columns`` may rename: ours → theirs.
"""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.period import Period
from accord.model.polity import find_polity
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
STANDINGS = frozenset({"member", "observer", "partner", "signatory", "associate", "invited",
                       "suspended", "left"})  # fmt: skip
SHARES_WITHIN = 0.005  # published shares are rounded
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
        _share(found, job)
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
    typed["place"] = place
    _check_codes(typed, place, job)
    if kind == "rates" and not (typed["rate"] and 0 < typed["rate"] < math.inf):
        raise _bad("rate", cells["rate"], "a rate above zero", place, job)
    return typed | {k: v for k, v in DEFAULTS[kind].items() if typed[k] is None}


def _check_codes(typed: dict[str, Any], place: int, job: Job) -> None:
    """Parties and members by their codes; raises REC023 for what is no polity or standing."""
    if typed.get("member"):
        typed["member"] = _polity("member", typed["member"], place, job)
    if typed.get("parties"):
        typed["parties"] = [_polity("parties", code, place, job) for code in typed["parties"]]
    if job.declaration.kind == "memberships" and typed["status"] not in STANDINGS:
        listed = f"standing ({', '.join(sorted(STANDINGS))})"
        raise _unknown("status", typed["status"] or "", listed, place, job)


def _polity(column: str, code: str, place: int, job: Job) -> str:
    polity = find_polity(code)
    if polity is None:
        raise _unknown(column, code, "polity", place, job)
    return polity.code


def _unknown(column: str, value: str, what: str, place: int, job: Job) -> RecordError:
    source, where = job.declaration.id, f" (row {place})"
    return RecordError("REC023", source=source, column=column, value=value, what=what, place=where)


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


def _share(found: list[dict[str, Any]], job: Job) -> None:
    """Products that go to several are split evenly where no share is given.

    Raises REC014 where given shares of a product do not make one.
    """
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in found:
        key = (row["source_revision"], row["source_product"], row["target_revision"])
        groups.setdefault(key, []).append(row)
    for rows in groups.values():
        for row in rows:
            if row["share"] is None:
                row["share"] = 1 / len(rows)
        total = sum(row["share"] for row in rows)
        if abs(total - 1) > SHARES_WITHIN:
            expected = f"a share: those of {rows[0]['source_product']} add up to {total:g}, not 1"
            raise _bad("share", rows[0]["share"], expected, rows[0]["place"], job)


def _bad(column: str, text: object, expected: str, place: int, job: Job) -> RecordError:
    return RecordError(
        "REC014",
        source=job.declaration.id,
        row=place,
        column=column,
        value=text,
        expected=expected,
    )
