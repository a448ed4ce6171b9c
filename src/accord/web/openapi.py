"""The OpenAPI description of the JSON pages, written out where the pages are."""

from __future__ import annotations

from typing import Any

from accord.web.settings import Settings

__all__ = ["openapi"]

_JSON = "application/json"
_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "hint"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "hint": {"type": "string"},
            },
        }
    },
}
_CHECK = {
    "type": "object",
    "required": ["id", "permalink", "document", "statements", "record_sha256"],
    "properties": {
        "id": {"type": "string"},
        "permalink": {"type": "string"},
        "schema_version": {"type": "string"},
        "document": {"type": "object"},
        "statements": {"type": "array", "items": {"$ref": "#/components/schemas/Statement"}},
        "record_sha256": {"type": "string"},
    },
}
_STATEMENT = {
    "type": "object",
    "required": ["id", "quote", "start", "end", "kind", "verdict"],
    "properties": {
        "id": {"type": "string"},
        "quote": {"type": "string"},
        "start": {"type": "integer"},
        "end": {"type": "integer"},
        "kind": {"type": "string"},
        "verdict": {
            "type": "object",
            "required": ["outcome", "evidence", "readings"],
            "properties": {"outcome": {"type": "string"}},
        },
    },
}
_BRIEF = {
    "type": "object",
    "required": ["schema_version", "source", "target", "answer", "sections", "evidence"],
    "properties": {
        "source": {"type": "string"},
        "target": {"type": "string"},
        "answer_text": {"type": "string"},
        "sections": {"type": "array", "items": {"type": "object"}},
        "evidence": {"type": "array", "items": {"type": "object"}},
    },
}
_FACTS = {
    "type": "object",
    "required": ["total", "page", "pages", "facts"],
    "properties": {
        "total": {"type": "integer"},
        "page": {"type": "integer"},
        "pages": {"type": "integer"},
        "facts": {"type": "array", "items": {"type": "object"}},
    },
}
_DATE = "^$|^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def openapi(settings: Settings) -> dict[str, Any]:
    """The description, with the limits of this server."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Accord",
            "version": "1.0",
            "description": "What is said of two countries, held against the record. Every page "
            "is also there as .csv.",
        },
        "paths": _paths(settings),
        "components": {
            "schemas": {
                "Error": _ERROR,
                "Check": _CHECK,
                "Statement": _STATEMENT,
                "Brief": _BRIEF,
                "Facts": _FACTS,
            }
        },
    }


def _paths(settings: Settings) -> dict[str, Any]:
    name = _parameter("name", "path", "the last part of a permalink")
    party = "a polity, as code or name"
    page = _parameter("page", "query", "which page, from 1", {"type": "integer", "minimum": 1})
    return {
        "/index.json": {"get": _get("The pairs with the most figures", {"type": "object"})},
        "/search.json": {
            "get": _get(
                "From words to a pair",
                {"type": "object", "required": ["q", "choices"]},
                [_parameter("q", "query", "two countries", {"type": "string", "maxLength": 120})],
            )
        },
        "/dyad/{pair}.json": {"get": _get("How two polities stand", "Brief", _dyad_parameters())},
        "/check.json": {
            "get": _get("The limits of a check", {"type": "object"}),
            "post": _post_check(settings),
        },
        "/check/{name}.json": {"get": _get("A stored check", "Check", [name])},
        "/statement/{name}/{statement}.json": {
            "get": _get(
                "One statement with its readings",
                "Statement",
                [name, _parameter("statement", "path", "its id")],
            )
        },
        "/agreements.json": {
            "get": _get(
                "Agreements",
                "Facts",
                [_parameter(n, "query", party) for n in ("party", "other")]
                + [_parameter("name", "query", "words of the name"), page],
            )
        },
        "/events.json": {
            "get": _get(
                "Events",
                "Facts",
                [_parameter(n, "query", party) for n in ("actor", "target")]
                + [_parameter(n, "query", "YYYY-MM-DD") for n in ("from", "to")]
                + [page],
            )
        },
        "/-/patterns.json": {"get": _get("Invented content", {"type": "object"})},
        "/-/health": {"get": _get("Whether the server answers", {"type": "object"})},
    }


def _dyad_parameters() -> list[dict[str, Any]]:
    return [
        _parameter("pair", "path", "two codes, as RUS-CHN"),
        _parameter("period", "query", "2021, 2021-02, 2021-Q1, 2021-H1 or DATE/DATE"),
        _parameter("as_of", "query", "the state of the record on a day, YYYY-MM-DD"),
        _parameter("reporter", "query", "whose statistics lead"),
    ]


def _parameter(
    name: str, place: str, meaning: str, schema: dict[str, Any] | None = None
) -> dict[str, Any]:
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": meaning,
        "schema": schema or {"type": "string"},
    }


def _get(
    summary: str, schema: str | dict[str, Any], parameters: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    return {
        "summary": summary,
        "parameters": parameters or [],
        "responses": {
            "200": _answer("The answer", schema),
            **_refusals("400", "404", "414", "421"),
        },
    }


def _post_check(settings: Settings) -> dict[str, Any]:
    body = {
        "type": "object",
        "properties": {
            "text": {"type": "string", "maxLength": settings.text_characters},
            "url": {"type": "string", "maxLength": 2000},
            "published": {"type": "string", "pattern": _DATE},
            "title": {"type": "string"},
            "as_of": {"type": "string", "pattern": _DATE},
        },
    }
    return {
        "summary": "Check a text or an address",
        "requestBody": {"required": True, "content": {_JSON: {"schema": body}}},
        "responses": {
            "200": _answer("The check", "Check"),
            **_refusals("400", "403", "408", "413", "414", "421", "422", "429", "503"),
        },
    }


def _refusals(*codes: str) -> dict[str, Any]:
    return {code: _answer("A coded error", "Error") for code in codes}


def _answer(meaning: str, schema: str | dict[str, Any]) -> dict[str, Any]:
    form = {"$ref": f"#/components/schemas/{schema}"} if isinstance(schema, str) else schema
    return {"description": meaning, "content": {_JSON: {"schema": form}}}
