"""The application: pages, static files, errors as pages, guarded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from accord.brief.parties import nearest_names
from accord.errors import AccordError, WebError
from accord.web import checks, dyads, facts
from accord.web.checking import Checker
from accord.web.desk import Desk
from accord.web.guard import Guard
from accord.web.openapi import openapi
from accord.web.patterns import patterns
from accord.web.rendering import as_json, refusal, whole_style
from accord.web.settings import Settings
from accord.web.store import CheckStore

__all__ = ["create_app"]

# What a page answers for a code; other coded errors are the caller's input (400).
_STATUS = {
    "WEB003": 413, "WEB004": 408, "WEB006": 404, "WEB007": 422, "WEB008": 503,
    "WEB009": 500, "WEB011": 413, "WEB012": 413,
    "WEB015": 404, "WEB016": 405, "WEB017": 404, "BRF001": 404, "BRF002": 404, "BRF003": 404,
    "BRF010": 404, "BRF011": 422,
}  # fmt: skip
_STATIC = {
    "htmx.min.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "NOTICE.txt": "text/plain",
}


def create_app(settings: Settings) -> Guard:
    """The guarded application. Nothing is opened before the first request."""
    app = Starlette(
        routes=_routes(),
        exception_handlers={
            AccordError: _coded,
            HTTPException: _plain,
            ClientDisconnect: _gone,
            Exception: _fault,
        },
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.store = CheckStore(settings)
    app.state.desk = Desk(settings, app.state.store)
    app.state.checker = Checker(settings)
    return Guard(app, settings, _refuse)


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.checker.warm()
    yield
    app.state.checker.close()
    app.state.desk.close()


def _routes() -> list[Route]:
    both = ["GET", "POST"]
    return [
        Route("/", dyads.home),
        Route("/index.json", dyads.home),
        Route("/index.csv", dyads.home),
        Route("/search", dyads.search),
        Route("/search.json", dyads.search),
        Route("/search.csv", dyads.search),
        Route("/dyad/{pair}", dyads.dyad),
        Route("/dyad/{pair}/what-if", dyads.what_if, methods=["POST"]),
        Route("/check", checks.check, methods=both),
        Route("/check.json", checks.check, methods=both),
        Route("/check.csv", checks.check, methods=both),
        Route("/check/{name}", checks.stored),
        Route("/statement/{name}/{statement}", checks.statement),
        *(Route(f"/agreements{ending}", facts.agreements) for ending in ("", ".json", ".csv")),
        *(Route(f"/events{ending}", facts.events) for ending in ("", ".json", ".csv")),
        *(Route(f"/-/patterns{ending}", patterns) for ending in ("", ".json", ".csv")),
        Route("/openapi.json", _openapi),
        Route("/-/health", _health),
        Route("/static/style.css", _style),
        Route("/static/{name}", _static),
    ]


async def _openapi(request: Request) -> Response:
    return as_json(openapi(request.app.state.settings))


async def _health(request: Request) -> Response:
    return as_json({"status": "ok"})


async def _style(request: Request) -> Response:
    return Response(whole_style(), media_type="text/css",
                    headers={"cache-control": "max-age=3600"})  # fmt: skip


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise WebError("WEB015", path=f"/static/{name[:60]}")
    content = (resources.files("accord") / "web" / "static" / name).read_bytes()
    headers = {"cache-control": "max-age=86400"}
    return Response(content, media_type=_STATIC[name], headers=headers)


async def _coded(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, AccordError)
    status = _STATUS.get(problem.code, 400 if problem.exit_code == 1 else 500)
    more: dict[str, Any] = {"nearest": _nearest(request)} if problem.code == "BRF001" else {}
    answer = refusal(request.url.path, problem, status, more)
    if status in (408, 413):
        answer.headers["connection"] = "close"  # the rest of the body is not read
    if status == 503:
        answer.headers["retry-after"] = "30"
    return answer


def _nearest(request: Request) -> list[dict[str, str]]:
    """For a pair with an unknown side: pages of the nearest pairs."""
    pair = str(request.path_params.get("pair", "")).partition(".")[0]
    source, found, target = pair.partition("-")
    if not found:
        return []
    sides = [nearest_names(word[:60], 2) for word in (source, target)]
    return [
        {"path": f"/dyad/{a.code}-{b.code}", "name": f"{a.name} and {b.name}"}
        for a in sides[0]
        for b in sides[1]
        if a.code != b.code
    ]


async def _plain(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    path = request.url.path[:80]
    if problem.status_code == 405:
        answer = refusal(path, WebError("WEB016", path=path, method=request.method), 405)
        answer.headers.update(problem.headers or {})
        return answer
    if problem.status_code == 404:
        return refusal(path, WebError("WEB015", path=path), 404)
    bad = WebError("WEB014", value="the request", what="HTTP", how=str(problem.detail))
    return refusal(path, bad, problem.status_code)


async def _gone(request: Request, problem: Exception) -> Response:
    return Response(status_code=400)  # nobody is there to read it


async def _fault(request: Request, problem: Exception) -> Response:
    return refusal(request.url.path, WebError("WEB019", kind=type(problem).__name__), 500)


def _refuse(scope: Mapping[str, Any], problem: AccordError, status: int) -> Response:
    answer = refusal(str(scope.get("path", "")), problem, status)
    answer.headers["connection"] = "close"
    if status == 429:
        answer.headers["retry-after"] = "60"
    return answer
