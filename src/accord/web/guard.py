"""What stands before every page: host, origin, size, time, rate, headers, log.

Plain ASGI, outermost first. The log names method, path, status and time; never a
query, a header or a body, so no text of a document gets into it.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from accord.errors import AccordError, WebError
from accord.web.settings import Settings

__all__ = ["POLICY", "Guard", "RateLimit"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[Scope, AccordError, int], Any]

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with no-referrer a browser hides its own origin
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_LONGEST_PATH = 500
_REMEMBERED = 10_000


class RateLimit:
    """At most ``per_minute`` permits for each address, in a sliding minute."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._seen: OrderedDict[str, list[float]] = OrderedDict()

    def allows(self, address: str) -> bool:
        """Take a permit; ``False`` if the minute has none left."""
        now = self._clock()
        recent = [then for then in self._seen.pop(address, []) if now - then < 60.0]
        allowed = len(recent) < self._per_minute
        self._seen[address] = [*recent, now] if allowed else recent
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return allowed


class Guard:
    """Wraps the application; ``refuse`` turns a coded error into an answer."""

    def __init__(self, app: App, settings: Settings, refuse: Refuse) -> None:
        self._app = app
        self._settings = settings
        self._refuse = refuse
        self._checks = RateLimit(settings.checks_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = [500]
        sender = _with_headers(send, status)
        try:
            problem = self._refusal(scope)
            if problem is not None:
                await self._refuse(scope, *problem)(scope, receive, sender)
            else:
                body = _Body(receive, self._settings)
                await self._app(scope, body.receive, sender)
        finally:
            _log(scope, status[0], time.monotonic() - started)

    def _refusal(self, scope: Scope) -> tuple[AccordError, int] | None:
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        host = _host(headers.get("host", ""))
        if host not in self._settings.hosts:
            return WebError("WEB001", host=host[:80] or "(none)"), 421
        if len(scope.get("raw_path") or b"") > _LONGEST_PATH:
            return WebError("WEB010"), 414
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and _foreign(headers):
            return WebError("WEB002"), 403
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > self._settings.body_bytes:
            return WebError("WEB003", limit=self._settings.body_bytes // 2**20), 413
        if scope["method"] == "POST" and not self._checks.allows(_client(scope)):
            return WebError("WEB005", limit=self._settings.checks_per_minute), 429
        return None


class _Body:
    """Receives a body, counting bytes and seconds; raises WEB003 and WEB004."""

    def __init__(self, receive: Receive, settings: Settings) -> None:
        self._receive = receive
        self._settings = settings
        self._size = 0
        self._deadline: float | None = None
        self._done = False

    async def receive(self) -> Message:
        """The next message of the request."""
        if self._done:
            return await self._receive()
        now = time.monotonic()
        if self._deadline is None:
            self._deadline = now + self._settings.body_seconds
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._deadline - now))
        except TimeoutError:
            seconds = f"{self._settings.body_seconds:g}"
            raise WebError("WEB004", seconds=seconds) from None
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            self._done = not message.get("more_body", False)
            if self._size > self._settings.body_bytes:
                raise WebError("WEB003", limit=self._settings.body_bytes // 2**20)
        return message


def _with_headers(send: Send, status: list[int]) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            status[0] = message["status"]
            own = {name for name, _ in message.get("headers", [])}
            extra = [(name, value) for name, value in _HEADERS if name not in own]
            message["headers"] = [*message.get("headers", []), *extra]
        await send(message)

    return sender


def _host(header: str) -> str:
    """The host without its port, in lower case."""
    header = header.strip().lower()
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0]


def _foreign(headers: dict[str, str]) -> bool:
    """Whether a browser sends this on behalf of another site."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").strip().lower()
    except ValueError:
        return True


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def _log(scope: Scope, status: int, seconds: float) -> None:
    path = scope.get("path", "")
    shown = "".join(c if c.isprintable() else "�" for c in path)[:120]
    sys.stderr.write(f"{scope['method']} {shown} {status} {1000 * seconds:.0f} ms\n")
