"""``/agreements`` and ``/events``: the dated facts, filtered, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from accord.brief.parties import name_of
from accord.brief.plain_forms import tables_to_csv
from accord.errors import WebError
from accord.model.brief import Cell, Heading, Table
from accord.model.facts import Agreement, Event, FactSource
from accord.model.polity import find_polity
from accord.model.verdict import Evidence
from accord.web import asking
from accord.web.desk import Desk
from accord.web.rendering import as_csv, as_html, as_json, split_form

__all__ = ["agreements", "events"]


async def agreements(request: Request) -> Response:
    """Agreements, all or those of one or two parties."""
    parties = [_code(request, name) for name in ("party", "other")]
    named = [code for code in parties if code]
    words = asking.word(request, "name", 60)
    desk: Desk = request.app.state.desk
    found = await run_in_threadpool(desk.ask, lambda record: record.agreements(parties=named))
    if words:
        found = [a for a in found if _mentions(words, (a.name, *a.aliases))]
    found.sort(key=lambda a: (a.signed or a.in_force or "", a.name), reverse=True)
    fields = [
        _field("party", "Party", asking.word(request, "party"), "Russia"),
        _field("other", "Other party", asking.word(request, "other"), "China"),
        _field("name", "Name contains", words, "treaty"),
    ]
    return _answer(request, "Agreements", found, _agreement_table, fields)


async def events(request: Request) -> Response:
    """Events, by who did something, to whom, and when."""
    actor, target = _code(request, "actor"), _code(request, "target")
    first, last = asking.day(request, "from"), asking.day(request, "to")
    desk: Desk = request.app.state.desk
    found = await run_in_threadpool(
        desk.ask,
        lambda record: record.events(
            actors=[actor] if actor else None, targets=[target] if target else None
        ),
    )
    lower = first.isoformat() if first else ""
    upper = last.isoformat() if last else "9999"
    found = [e for e in found if lower[: len(e.date)] <= e.date <= upper]
    found.sort(key=lambda e: (e.date, e.id), reverse=True)
    fields = [
        _field("actor", "Who", asking.word(request, "actor"), "China"),
        _field("target", "Towards whom", asking.word(request, "target"), "Russia"),
        _field("from", "From", asking.word(request, "from"), "2020-01-01"),
        _field("to", "To", asking.word(request, "to"), "2021-12-31"),
    ]
    return _answer(request, "Events", found, _event_table, fields)


def _answer(
    request: Request, title: str, found: Sequence[Any], make: Any, fields: list[dict[str, Any]]
) -> Response:
    path, form = split_form(request.url.path)
    size, page = request.app.state.settings.page_rows, asking.page_number(request)
    pages = max(1, -(-len(found) // size))
    if page > pages:
        raise WebError("WEB014", value=page, what="a page", how=f"There are {pages}.")
    shown = found[(page - 1) * size : page * size]
    table, sources = make(shown, len(found))
    if form == "json":
        facts = [_fact(item) for item in shown]
        return as_json({"total": len(found), "page": page, "pages": pages, "facts": facts})
    if form == "csv":
        return as_csv(tables_to_csv([table]))
    given = {f["name"]: f["value"] for f in fields if f["value"]}
    return as_html(
        "facts.html.jinja",
        title=title,
        here=path,
        fields=fields,
        table=table,
        sources=sources,
        pages=pages,
        page=page,
        query_for=[f"?{urlencode({**given, 'page': n})}" for n in range(1, pages + 1)],
        query=asking.query_text(request),
    )


def _agreement_table(found: Sequence[Agreement], total: int) -> tuple[Table, list[Evidence]]:
    rows, sources = [], []
    for number, a in enumerate(found, start=1):
        origin = a.sources[0] if a.sources else FactSource(f"agreements:{a.id}", None, None, None)
        sources.append(_evidence(a.name, origin))
        rows.append(
            (
                Cell(a.name, evidence=f"e{number}"),
                Cell(", ".join(name_of(code) for code in a.parties)),
                Cell(a.type),
                Cell(a.signed or "–"),
                Cell(a.in_force or "–"),
                Cell(f"{a.term_years} years" if a.term_years else "–"),
                Cell(a.renewal or a.ended or "–"),
            )
        )
    heads = ("Agreement", "parties", "kind", "signed", "in force", "term", "renewal or end")
    headings = tuple(Heading(head) for head in heads)
    caption = f"{total} agreements, newest first"
    return Table("agreement-list", caption, headings, tuple(rows)), sources


def _event_table(found: Sequence[Event], total: int) -> tuple[Table, list[Evidence]]:
    rows, sources = [], []
    for number, e in enumerate(found, start=1):
        sources.append(_evidence(f"{e.date}: {e.what}", e.source))
        rows.append(
            (
                Cell(e.date),
                Cell(", ".join(name_of(code) for code in e.actors) or "–"),
                Cell(", ".join(name_of(code) for code in e.targets) or "–"),
                Cell(e.what, evidence=f"e{number}"),
                Cell(e.quantity or "–"),
            )
        )
    headings = tuple(Heading(t) for t in ("Date", "who", "towards whom", "what", "quantity"))
    return Table("event-list", f"{total} events, newest first", headings, tuple(rows)), sources


def _evidence(summary: str, source: FactSource) -> Evidence:
    return Evidence(source.row, summary, source.publisher, source.published_on, source.url)


def _fact(item: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(item)


def _field(name: str, label: str, value: str | None, placeholder: str) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "placeholder": placeholder}


def _mentions(words: str, names: Sequence[str]) -> bool:
    return any(words.casefold() in name.casefold() for name in names)


def _code(request: Request, name: str) -> str | None:
    from accord.brief.parties import did_you_mean
    from accord.errors import BriefError

    word = asking.word(request, name, 60)
    if word is None:
        return None
    polity = find_polity(word) or find_polity(word.upper())
    if polity is None:
        raise BriefError("BRF001", name=word, suggestion=did_you_mean(word))
    return polity.code
