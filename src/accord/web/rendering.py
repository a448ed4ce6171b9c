"""Answers in the three forms that every page has: HTML, JSON, CSV."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from accord.brief.pages import filters, style_sheet
from accord.errors import AccordError
from accord.web.verdicts import filters as verdict_filters

__all__ = [
    "FORMS",
    "as_csv",
    "as_html",
    "as_json",
    "changes_in_place",
    "refusal",
    "split_form",
    "whole_style",
]

FORMS = ("html", "json", "csv")
_CACHE = {"cache-control": "no-cache"}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader(
            [PackageLoader("accord.web", "templates"), PackageLoader("accord.brief", "templates")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters())
    environment.filters.update(verdict_filters())
    return environment


@lru_cache(maxsize=1)
def whole_style() -> str:
    """The style sheet of the pages: that of the briefs and a few things more."""
    own = (resources.files("accord") / "web" / "templates" / "web.css").read_text("utf-8")
    return style_sheet() + own


def as_html(name: str, answer_status: int = 200, **values: object) -> HTMLResponse:
    """A page from its template."""
    text = _environment().get_template(name).render(**values)
    return HTMLResponse(text, answer_status, headers=_CACHE)


def as_json(content: object, status: int = 200) -> Response:
    """A JSON answer; text stays readable, surrogates are replaced."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False)
    body = text.encode("utf-8", "replace")
    return Response(body, status, headers=_CACHE, media_type="application/json")


def as_csv(text: str, status: int = 200) -> Response:
    """A CSV answer."""
    return Response(text.encode("utf-8", "replace"), status, headers=_CACHE, media_type="text/csv")


def split_form(name: str) -> tuple[str, str]:
    """``RUS-CHN.json`` → ``RUS-CHN``, ``json``; without a known ending ``html``."""
    stem, dot, ending = name.rpartition(".")
    if dot and ending in FORMS:
        return stem, ending
    return name, "html"


def refusal(
    request_path: str, problem: AccordError, status: int, more: Mapping[str, Any] | None = None
) -> Response:
    """A coded error in the form that was asked for."""
    _, form = split_form(request_path)
    if form == "json" or request_path == "/openapi.json":
        return as_json({"error": {**problem.to_dict(), **(more or {})}}, status)
    if form == "csv":
        return as_csv(f"code,message,hint\n{_csv_line(problem)}\n", status)
    values = {"problem": problem, "status": status, **(more or {})}
    return as_html("error.html.jinja", status, **values)


def _csv_line(problem: AccordError) -> str:
    cells = (problem.code, problem.message, problem.hint)
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def changes_in_place(request: Request) -> bool:
    """Whether htmx asks, to change the page that is open."""
    return request.headers.get("hx-request") == "true"
