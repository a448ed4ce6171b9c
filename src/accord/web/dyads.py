"""``/``, ``/search`` and ``/dyad/A-B``: which two, and how they stand."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from accord.brief.parties import name_of, nearest_names, resolve_parties
from accord.brief.plain_forms import brief_to_dict, render_csv
from accord.brief.scenario import compute_scenario
from accord.errors import WebError
from accord.model.polity import Polity, find_polity
from accord.record import Record, open_record
from accord.web import asking
from accord.web.desk import Desk
from accord.web.rendering import as_csv, as_html, as_json, changes_in_place, split_form

__all__ = ["dyad", "home", "pairs_held", "search", "what_if"]

MOST_PAIRS = 24
MOST_PANEL_ROWS = 300_000  # what is solved in a few seconds
_COMPUTING = threading.Lock()
_BETWEEN = re.compile(r"\s+(?:and|&|vs\.?|versus|with|to)\s+|\s*[-–—:/,;]\s*", re.IGNORECASE)
_PAIRS = """
SELECT least(reporter, partner) AS source, greatest(reporter, partner) AS target,
       count(*) AS figures, min(year(period_start)) AS first, max(year(period_end)) AS last
FROM trade WHERE partner <> 'WLD' AND reporter <> 'WLD' GROUP BY ALL
ORDER BY figures DESC, source, target LIMIT 24
"""


async def home(request: Request) -> Response:
    """The first page: search, the pairs with most figures, a box for a text."""
    _, form = split_form(request.url.path)
    desk: Desk = request.app.state.desk
    pairs = await run_in_threadpool(desk.remembered, ("pairs",), lambda: desk.ask(pairs_held))
    if form == "json":
        return as_json({"pairs": pairs})
    if form == "csv":
        return as_csv(_pairs_csv(pairs))
    return as_html("home.html.jinja", pairs=pairs)


def pairs_held(record: Record) -> list[dict[str, Any]]:
    """The pairs on which the record holds the most figures."""
    rows = record.sql(_PAIRS).to_pylist()
    return [
        {**row, "source_name": name_of(row["source"]), "target_name": name_of(row["target"])}
        for row in rows[:MOST_PAIRS]
    ]


def _pairs_csv(pairs: Iterable[dict[str, Any]]) -> str:
    lines = ["source,target,figures,first,last"]
    lines += [f"{p['source']},{p['target']},{p['figures']},{p['first']},{p['last']}" for p in pairs]
    return "\n".join(lines) + "\n"


async def search(request: Request) -> Response:
    """From words to a pair: leads on to its page, or offers the nearest."""
    _, form = split_form(request.url.path)
    words = asking.word(request, "q") or ""
    found = _two_in(words)
    choices = [] if found else _choices(words)
    if form == "html" and found:
        return RedirectResponse(f"/dyad/{found[0].code}-{found[1].code}", 303)
    if found:
        first, second = found
        choices = [_choice(first, second)]
    if form == "json":
        return as_json({"q": words, "choices": choices})
    if form == "csv":
        lines = [f"{c['source']},{c['target']},{c['path']}" for c in choices]
        return as_csv("\n".join(["source,target,path", *lines]) + "\n")
    message = (
        f"No two polities can be read from “{words}”." if words else "Name two countries or blocs."
    )
    return as_html(
        "choices.html.jinja",
        q=words,
        choices=choices,
        message=message,
        query=asking.query_text(request),
    )


def _two_in(words: str) -> tuple[Polity, Polity] | None:
    whole = [part for part in _BETWEEN.split(words.strip()) if part]
    splits = [whole] if len(whole) == 2 else []
    parts = words.split()
    splits += [[" ".join(parts[:n]), " ".join(parts[n:])] for n in range(1, len(parts))]
    for left, right in splits:
        first, second = (_polity(word) for word in (left, right))
        if first is not None and second is not None and first.code != second.code:
            return first, second
    return None


def _polity(word: str) -> Polity | None:
    return find_polity(word.strip()) or find_polity(word.strip().upper())


def _choices(words: str) -> list[dict[str, str]]:
    """Pairs of the polities whose names come closest to the words."""
    parts = [part for part in _BETWEEN.split(words.strip()) if part][:2] or words.split()[:2]
    known = [p for p in (_polity(part) for part in parts) if p is not None]
    if len(parts) < 2:
        return []
    sides = [[_polity(part)] if _polity(part) else nearest_names(part, 3) for part in parts]
    found = [
        _choice(first, second)
        for first in sides[0]
        for second in sides[1]
        if first is not None and second is not None and first.code != second.code
    ]
    return found[:6] if known or found else []


def _choice(first: Polity, second: Polity) -> dict[str, str]:
    return {
        "source": first.code,
        "target": second.code,
        "name": f"{first.name} and {second.name}",
        "path": f"/dyad/{first.code}-{second.code}",
    }


async def dyad(request: Request) -> Response:
    """The brief of a pair, live."""
    pair, form = split_form(request.path_params["pair"])
    source, found, target = pair.partition("-")
    if not found:
        raise WebError("WEB015", path=f"/dyad/{pair[:60]}")
    period, as_of = asking.period(request), asking.day(request, "as_of")
    reporter = asking.word(request, "reporter", 12)
    desk: Desk = request.app.state.desk
    brief = await run_in_threadpool(
        lambda: desk.brief(source, target, period=period, as_of=as_of, reporter=reporter)
    )
    if form == "json":
        return as_json(brief_to_dict(brief))
    if form == "csv":
        return as_csv(render_csv(brief))
    asked = {name: asking.word(request, name) for name in ("period", "as_of", "reporter")}
    # A change in place is told to those who listen; a page that is opened speaks for itself.
    told = brief.answer.text if changes_in_place(request) else ""
    key = ("page", told, brief.source, brief.target, period, as_of, reporter, desk.pages_state)
    page = await run_in_threadpool(
        desk.remembered,
        key,
        lambda: (
            as_html(
                "dyad.html.jinja", brief=brief, asked=asked, query=_query(asked), told=told
            ).body
        ),
    )
    return Response(page, media_type="text/html", headers={"cache-control": "no-cache",
                                                           "vary": "hx-request"})  # fmt: skip


async def what_if(request: Request) -> Response:
    """Compute the gravity scenario of a pair, one at a time, and lead back to its page."""
    source, found, target = request.path_params["pair"].partition("-")
    if not found:
        raise WebError("WEB015", path=request.url.path[:80])
    path = await run_in_threadpool(_compute, source, target)
    return RedirectResponse(f"{path}#scenario", 303)


def _compute(source: str, target: str) -> str:
    if not _COMPUTING.acquire(blocking=False):
        raise WebError("WEB008")
    try:
        with open_record() as record:
            parties = resolve_parties(source, target)
            compute_scenario(parties, record, most_rows=MOST_PANEL_ROWS)
    finally:
        _COMPUTING.release()
    return f"/dyad/{parties.source.code}-{parties.target.code}"


def _query(asked: dict[str, str | None]) -> str:
    from urllib.parse import urlencode

    given = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(given)}" if given else ""
