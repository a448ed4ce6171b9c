"""The JSON form of documents, statements and checks, and the way back.

The form is a contract: keys come in the order written here, ``quote`` is exactly
``text[start:end]``, dates are ISO strings, numbers are in units. It is published
as ``model/data/schema/accord-check-1.json``. ``statement_from_dict`` reads what
``statement_to_dict`` wrote, so that a check can be replayed. Standard library
only: this module is on the path of every command.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from accord.model.document import Document, PublicationDate
from accord.model.period import Granularity, Period
from accord.model.statement import Approximation, Change, Kind, Measure, Statement, Trace
from accord.model.verdict import (
    Check,
    CheckedStatement,
    Evidence,
    Outcome,
    Reading,
    Reason,
    Verdict,
)

__all__ = [
    "SCHEMA_VERSION",
    "check_from_dict",
    "check_to_dict",
    "document_from_dict",
    "document_to_dict",
    "load_schema",
    "statement_from_dict",
    "statement_to_dict",
    "statements_to_dict",
    "verdict_from_dict",
    "verdict_to_dict",
]

SCHEMA_VERSION = "1.0"
_SCHEMA_FILE = "accord-check-1.json"

_EXTRA = (
    "resolution",
    "period_open",
    "of",
    "alt_value",
    "alt_unit",
    "note",
    "sentence_start",
    "sentence_end",
    "text_cue",
    "name",
    "parties_from_context",
)


def document_to_dict(document: Document) -> dict[str, Any]:
    """A document with its ``text``, against which offsets count."""
    published = document.published
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "language": document.language,
        "published": str(published) if published else None,
        "published_origin": published.origin if published else None,
        "url": document.url,
        "speaker": document.speaker,
        "sha256": document.sha256,
        "text": document.text,
    }


def document_from_dict(fields: dict[str, Any]) -> Document:
    """The document that :func:`document_to_dict` wrote."""
    published = fields.get("published")
    origin = fields.get("published_origin") or "given"
    return Document(
        text=fields["text"],
        source=fields.get("source") or "-",
        title=fields.get("title"),
        language=fields.get("language"),
        published=publication_date(published, origin=origin) if published else None,
        url=fields.get("url"),
        id=fields.get("id"),
        speaker=fields.get("speaker"),
        sha256=fields.get("sha256") or "",
    )


def publication_date(text: str, *, origin: str = "given") -> PublicationDate:
    """``2021``, ``2021-03`` or ``2021-03-26``; raises ``ValueError`` for anything else."""
    period = Period.parse(text)
    return PublicationDate(period.start, period.end, origin)


def period_to_dict(period: Period | None, *, open_start: bool = False) -> dict[str, Any] | None:
    """First and last day; the first is null where only the end is meant."""
    if period is None:
        return None
    start = None if open_start else period.start.isoformat()
    return {"start": start, "end": period.end.isoformat()}


def change_to_dict(change: Change | None) -> dict[str, Any] | None:
    """A change as an object; ``decimals`` and ``currency`` follow the contract's keys."""
    if change is None:
        return None
    return {
        "value": change.value,
        "unit": change.unit,
        "direction": change.direction,
        "base": change.base,
        "decimals": change.decimals,
        "currency": change.currency,
    }


def statement_to_dict(statement: Statement, verdict: Verdict | None = None) -> dict[str, Any]:
    """A statement by the contract; the verdict, where given, under ``verdict``."""
    s = statement
    fields: dict[str, Any] = {
        "id": s.id,
        "quote": s.quote,
        "start": s.start,
        "end": s.end,
        "kind": s.kind.value,
        "measure": _name(s.measure),
        "reporter": s.reporter,
        "partner": s.partner,
        "commodity": s.commodity,
        "value": s.value,
        "unit": s.unit,
        "approx": _name(s.approx),
        "change": change_to_dict(s.change),
        "period": period_to_dict(s.period, open_start=s.period_open),
        "attributed_to": s.attributed_to,
        "speaker": s.speaker,
        "date": s.date,
        "negated": s.negated,
        "hedged": s.hedged,
    }
    if verdict is not None:
        fields["verdict"] = verdict_to_dict(verdict)
    fields |= {key: getattr(s, key) for key in _EXTRA}
    fields["granularity"] = s.period.granularity.value if s.period else None
    fields["parties"] = list(s.parties)
    fields["traces"] = [
        {"name": t.name, "start": t.start, "end": t.end, "rule": t.rule} for t in s.traces
    ]
    return fields


def statement_from_dict(fields: dict[str, Any]) -> Statement:
    """The statement that :func:`statement_to_dict` wrote.

    Keys beyond the contract's may be missing. Raises ``KeyError`` or ``ValueError``
    where the contract is broken.
    """
    change = fields.get("change")
    measure, approx = fields.get("measure"), fields.get("approx")
    return Statement(
        id=str(fields["id"]),
        quote=fields["quote"],
        start=fields["start"],
        end=fields["end"],
        kind=Kind(fields["kind"]),
        measure=Measure(measure) if measure else None,
        reporter=fields.get("reporter"),
        partner=fields.get("partner"),
        commodity=fields.get("commodity"),
        value=fields.get("value"),
        unit=fields.get("unit"),
        approx=Approximation(approx) if approx else None,
        change=_change_from(change) if change else None,
        period=_period_from(fields.get("period"), fields.get("granularity")),
        attributed_to=fields.get("attributed_to"),
        speaker=fields.get("speaker"),
        date=fields.get("date"),
        negated=bool(fields.get("negated")),
        hedged=bool(fields.get("hedged")),
        parties=tuple(fields.get("parties") or ()),
        traces=tuple(Trace(**trace) for trace in fields.get("traces") or ()),
        **{key: fields[key] for key in _EXTRA if fields.get(key) is not None},
    )


def evidence_to_dict(evidence: Evidence) -> dict[str, Any]:
    """One row with its source."""
    return _slots(evidence)


def reading_to_dict(reading: Reading) -> dict[str, Any]:
    """One reading with the rows behind it."""
    return _slots(reading) | {"evidence": [evidence_to_dict(e) for e in reading.evidence]}


def verdict_to_dict(verdict: Verdict) -> dict[str, Any]:
    """An outcome with everything that leads to it."""
    v = verdict
    return {
        "outcome": v.outcome.value,
        "reason": _name(v.reason),
        "computed": v.computed,
        "unit": v.unit,
        "tolerance": v.tolerance,
        "explanation": v.explanation,
        "settled_by": v.settled_by,
        "changed_by_hindsight": v.changed_by_hindsight,
        "evidence": [evidence_to_dict(e) for e in v.evidence],
        "readings": [reading_to_dict(r) for r in v.readings],
        "mirror": reading_to_dict(v.mirror) if v.mirror else None,
    }


def verdict_from_dict(fields: dict[str, Any]) -> Verdict:
    """The verdict that :func:`verdict_to_dict` wrote."""
    reason, mirror = fields.get("reason"), fields.get("mirror")
    return Verdict(
        outcome=Outcome(fields["outcome"]),
        reason=Reason(reason) if reason else None,
        explanation=fields.get("explanation") or "",
        computed=fields.get("computed"),
        unit=fields.get("unit"),
        tolerance=fields.get("tolerance"),
        evidence=tuple(Evidence(**e) for e in fields.get("evidence") or ()),
        readings=tuple(_reading_from(r) for r in fields.get("readings") or ()),
        mirror=_reading_from(mirror) if mirror else None,
        settled_by=fields.get("settled_by"),
        changed_by_hindsight=fields.get("changed_by_hindsight"),
    )


def check_to_dict(check: Check) -> dict[str, Any]:
    """A whole check: what ``accord check --json`` prints."""
    return {
        "schema_version": SCHEMA_VERSION,
        "document": document_to_dict(check.document),
        "as_of": check.as_of,
        "record_sha256": check.record_sha256,
        "not_understood": check.not_understood,
        "notices": list(check.notices),
        "statements": [statement_to_dict(c.statement, c.verdict) for c in check.statements],
    }


def check_from_dict(fields: dict[str, Any]) -> Check:
    """The check that :func:`check_to_dict` wrote; raises ``KeyError`` or ``ValueError``."""
    return Check(
        document=document_from_dict(fields["document"]),
        statements=tuple(
            CheckedStatement(statement_from_dict(s), verdict_from_dict(s["verdict"]))
            for s in fields["statements"]
        ),
        as_of=fields.get("as_of"),
        record_sha256=fields.get("record_sha256") or "",
        not_understood=fields.get("not_understood") or 0,
        notices=tuple(fields.get("notices") or ()),
    )


def statements_to_dict(
    document: Document, statements: list[Statement] | tuple[Statement, ...], **extra: Any
) -> dict[str, Any]:
    """A read document: what ``accord read --json`` prints; ``extra`` keys stand before the list."""
    return {
        "schema_version": SCHEMA_VERSION,
        "document": document_to_dict(document),
        **extra,
        "statements": [statement_to_dict(s) for s in statements],
    }


@lru_cache(maxsize=1)
def load_schema() -> dict[str, Any]:
    """The published JSON Schema of a check."""
    path = resources.files("accord.model") / "data" / "schema" / _SCHEMA_FILE
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _name(value: Any) -> str | None:
    return value.value if value is not None else None


def _slots(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _change_from(fields: dict[str, Any]) -> Change:
    return Change(
        value=fields.get("value"),
        unit=fields.get("unit"),
        direction=fields.get("direction"),
        base=fields.get("base"),
        decimals=fields.get("decimals"),
        currency=fields.get("currency"),
    )


def _period_from(fields: dict[str, Any] | None, granularity: str | None) -> Period | None:
    if not fields or not fields.get("end"):
        return None
    end = date.fromisoformat(fields["end"])
    start = date.fromisoformat(fields["start"]) if fields.get("start") else end
    if granularity:
        return Period(start, end, Granularity(granularity))
    return Period.of_dates(start, end)


def _reading_from(fields: dict[str, Any]) -> Reading:
    evidence = tuple(Evidence(**e) for e in fields.get("evidence") or ())
    return Reading(**{**fields, "evidence": evidence})
