"""The published JSON Schema, generated from the dataclasses of the model.

``python -m accord.model.schema`` writes it anew; a test holds the file to it. Only
this module needs pydantic, and no command imports it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from accord.model.serial import SCHEMA_VERSION
from accord.model.statement import Approximation, Change, Kind, Measure, Statement, Trace
from accord.model.verdict import Evidence, Outcome, Reading, Reason

__all__ = ["build_schema", "schema_path"]

_DATE = {"type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?(/.*)?$"}
_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_NUMBER: dict[str, Any] = {"type": ["number", "null"]}


def schema_path() -> Path:
    """Where the schema stands in the package."""
    return Path(__file__).parent / "data" / "schema" / "accord-check-1.json"


def build_schema() -> dict[str, Any]:
    """The schema of what ``accord check --json`` prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A check: the statements of a document with their verdicts",
        "type": "object",
        "required": ["schema_version", "document", "statements"],
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "document": _document(),
            "as_of": _DATE,
            "record_sha256": {"type": "string"},
            "not_understood": {"type": "integer", "minimum": 0},
            "notices": {"type": "array", "items": {"type": "string"}},
            "statements": {"type": "array", "items": {"$ref": "#/$defs/statement"}},
        },
        "$defs": {
            "statement": _statement(),
            "verdict": _verdict(),
            "reading": _of(Reading),
            "evidence": _of(Evidence),
            "change": _of(Change),
            "trace": _of(Trace),
        },
    }


def _of(kind: type) -> dict[str, Any]:
    """A dataclass that is written field by field."""
    schema = TypeAdapter(kind).json_schema(mode="serialization")
    schema.pop("$defs", None)
    properties: dict[str, Any] = schema["properties"]
    if "evidence" in properties:
        properties["evidence"] = {"type": "array", "items": {"$ref": "#/$defs/evidence"}}
    for field in properties.values():
        field.pop("default", None)
        field.pop("title", None)
    return {"type": "object", "required": sorted(properties), "properties": properties}


def _values(enum: Any, *, null: bool = False) -> dict[str, Any]:
    listed: list[str | None] = [member.value for member in enum]
    return {"enum": [*listed, None] if null else listed}


def _document() -> dict[str, Any]:
    texts = ("id", "title", "language", "published", "published_origin", "url", "speaker")
    properties: dict[str, Any] = dict.fromkeys(texts, _TEXT)
    properties |= {name: {"type": "string"} for name in ("source", "sha256", "text")}
    return {"type": "object", "required": ["text", "source"], "properties": properties}


def _statement() -> dict[str, Any]:
    period = {
        "type": ["object", "null"],
        "required": ["start", "end"],
        "properties": {"start": _DATE, "end": {"type": "string"}},
    }
    contract: dict[str, Any] = {
        "id": {"type": "string"},
        "quote": {"type": "string", "description": "exactly text[start:end]"},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 0},
        "kind": _values(Kind),
        "measure": _values(Measure, null=True),
        "reporter": _TEXT,
        "partner": _TEXT,
        "commodity": _TEXT,
        "value": {**_NUMBER, "description": "in units: 18780000000, not 18.78"},
        "unit": _TEXT,
        "approx": _values(Approximation, null=True),
        "change": {"anyOf": [{"$ref": "#/$defs/change"}, {"type": "null"}]},
        "period": period,
        "attributed_to": _TEXT,
        "speaker": _TEXT,
        "date": _DATE,
        "negated": {"type": "boolean"},
        "hedged": {"type": "boolean"},
    }
    extra = _extra(set(contract))
    return {
        "type": "object",
        "required": list(contract),
        "properties": {**contract, "verdict": {"$ref": "#/$defs/verdict"}, **extra},
    }


def _extra(known: set[str]) -> dict[str, Any]:
    """Fields beyond the contract, as the dataclass has them."""
    fields: dict[str, Any] = _of(Statement)["properties"]
    extra = {name: schema for name, schema in fields.items() if name not in known}
    extra["traces"] = {"type": "array", "items": {"$ref": "#/$defs/trace"}}
    extra["granularity"] = _TEXT
    return extra


def _verdict() -> dict[str, Any]:
    reading = {"$ref": "#/$defs/reading"}
    properties: dict[str, Any] = {
        "outcome": _values(Outcome),
        "reason": _values(Reason, null=True),
        "computed": _NUMBER,
        "unit": _TEXT,
        "tolerance": _TEXT,
        "explanation": {"type": "string"},
        "settled_by": _TEXT,
        "changed_by_hindsight": _values(Outcome, null=True),
        "evidence": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
        "readings": {"type": "array", "items": reading},
        "mirror": {"anyOf": [reading, {"type": "null"}]},
    }
    return {"type": "object", "required": list(properties), "properties": properties}


if __name__ == "__main__":
    text = json.dumps(build_schema(), indent=1, ensure_ascii=False) + "\n"
    schema_path().write_text(text, encoding="utf-8")
    sys.stdout.write(f"{schema_path()}\n")
