"""``/check`` and ``/statement``: a text in, marked-up text and evidence cards out."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from accord.errors import WebError
from accord.web.asking import publication
from accord.web.checking import Checker, Submission
from accord.web.rendering import as_csv, as_html, as_json, split_form
from accord.web.settings import Settings
from accord.web.store import CheckStore

__all__ = ["check", "statement", "stored"]

_LONGEST_ADDRESS = 2000
_LONGEST_TITLE = 300
_FIELDS = ("text", "url", "published", "title", "as_of")
_COLUMNS = ("id", "outcome", "reason", "quote", "kind", "measure", "reporter", "partner", "value",
            "unit", "computed", "tolerance", "explanation")  # fmt: skip


async def check(request: Request) -> Response:
    """GET: the form and its limits. POST: check what was sent."""
    _, form = split_form(request.url.path)
    settings: Settings = request.app.state.settings
    if request.method in ("GET", "HEAD"):
        return _description(form, settings)
    submission = await _submission(request, form)
    checker: Checker = request.app.state.checker
    found = await checker.check(submission)
    store: CheckStore = request.app.state.store
    name = await run_in_threadpool(store.keep, found)
    if form == "json":
        return as_json({"id": name, "permalink": f"/check/{name}", **found})
    if form == "csv":
        return as_csv(check_csv(found))
    return RedirectResponse(f"/check/{name}", 303)


def _description(form: str, settings: Settings) -> Response:
    limits = {
        "body_bytes": settings.body_bytes,
        "text_characters": settings.text_characters,
        "pdf_pages": settings.pdf_pages,
        "checks_per_minute": settings.checks_per_minute,
    }
    if form == "json":
        return as_json({"limits": limits, "fields": list(_FIELDS)})
    if form == "csv":
        lines = [f"{name},{value}" for name, value in limits.items()]
        return as_csv("\n".join(["limit,value", *lines]) + "\n")
    return as_html("check_form.html.jinja", limits=limits, here="/check")


async def _submission(request: Request, form: str) -> Submission:
    if request.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
        return _from_fields(await _json_fields(request), None)
    try:
        async with request.form(max_files=1, max_fields=10, max_part_size=2**21) as sent:
            upload = sent.get("file")
            attached = await _attached(upload) if isinstance(upload, UploadFile) else None
            fields = {n: v for n in _FIELDS if isinstance(v := sent.get(n), str)}
    except HTTPException:
        raise WebError(
            "WEB014", value="the body", what="a form", how="Send multipart/form-data or JSON."
        ) from None
    return _from_fields(fields, attached)


async def _json_fields(request: Request) -> dict[str, str]:
    how = "Send an object with text or url, and perhaps published, title and as_of."
    try:
        sent = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise WebError("WEB014", value="the body", what="JSON", how=how) from None
    if not isinstance(sent, dict):
        raise WebError("WEB014", value="the body", what="an object", how=how)
    for name in _FIELDS:
        if not isinstance(sent.get(name, ""), str | None):
            raise WebError("WEB014", value=name, what="a text", how=how)
    return {name: sent[name] for name in _FIELDS if sent.get(name)}


async def _attached(upload: UploadFile) -> tuple[str, bytes] | None:
    content = await upload.read()
    return ((upload.filename or "upload")[:120], content) if content else None


def _from_fields(fields: dict[str, str], attached: tuple[str, bytes] | None) -> Submission:
    text, url = fields.get("text", ""), fields.get("url", "").strip()
    published = publication(fields.get("published"))
    as_of = publication(fields.get("as_of"))
    if as_of is not None and len(as_of) != len("2021-03-26"):
        raise WebError("WEB014", value=as_of, what="a day", how="Write YYYY-MM-DD.")
    title = fields.get("title", "").strip()[:_LONGEST_TITLE] or None
    options: dict[str, Any] = {"published": published, "as_of": as_of, "title": title}
    if attached is not None:
        return Submission(attached[1], attached[0], **options)
    if text.strip():
        content = text.encode("utf-8", "replace")
        return Submission(content, "pasted text", is_pasted=True, **options)
    if url:
        if len(url) > _LONGEST_ADDRESS:
            raise WebError("WEB014", value=url[:40], what="an address", how="It is too long.")
        return Submission(None, url, url=url, **options)
    raise WebError("WEB013")


async def stored(request: Request) -> Response:
    """A check under its permalink."""
    name, form = split_form(request.path_params["name"])
    found = await run_in_threadpool(request.app.state.store.find, name)
    if form == "json":
        return as_json({"id": name, "permalink": f"/check/{name}", **found})
    if form == "csv":
        return as_csv(check_csv(found))
    return as_html("check.html.jinja", check=found, check_id=name, here="/check")


async def statement(request: Request) -> Response:
    """One statement with every reading, row, query and step of arithmetic."""
    wanted, form = split_form(request.path_params["statement"])
    name = request.path_params["name"]
    found = await run_in_threadpool(request.app.state.store.find, name)
    one = next((s for s in found["statements"] if s["id"] == wanted), None)
    if one is None:
        raise WebError("WEB017", name=wanted[:40])
    if form == "json":
        return as_json(one)
    if form == "csv":
        return as_csv(check_csv({"statements": [one]}))
    return as_html("statement.html.jinja", s=one, check=found, check_id=name)


def check_csv(check: dict[str, Any]) -> str:
    """One line a statement."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in check["statements"]:
        row = {**one, **{k: one["verdict"].get(k) for k in _COLUMNS if k in one["verdict"]}}
        row |= {"value": one["value"], "unit": one["unit"]}
        writer.writerow([_inert(row.get(column)) for column in _COLUMNS])
    return out.getvalue()


def _inert(value: object) -> object:
    """Text that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
