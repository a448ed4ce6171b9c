"""Runs the server: uvicorn on one address, with a limit on the time a request may dawdle."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from accord.errors import WebError
from accord.web.app import create_app
from accord.web.settings import Settings

__all__ = ["bind", "serve"]

MOST_CONNECTIONS = 200
MOST_HEADER_BYTES = 32 * 1024


def bind(host: str, port: int) -> socket.socket:
    """A listening socket. Raises :class:`WebError` WEB018."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as problem:
        listening.close()
        detail = problem.strerror or str(problem)
        raise WebError("WEB018", address=f"{host}:{port}", detail=detail) from None
    listening.set_inheritable(False)
    return listening


def serve(listening: socket.socket, settings: Settings) -> None:
    """Serve until interrupted."""
    config = uvicorn.Config(
        create_app(settings),
        http=_protocol(settings.header_seconds),
        loop="asyncio",
        lifespan="on",
        access_log=False,  # it would write query strings
        log_level="critical",  # a trace may quote a document
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
    )
    server = uvicorn.Server(config)
    try:
        asyncio.run(server.serve(sockets=[listening]))
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")


class _Impatient(H11Protocol):
    """Hangs up on whoever takes too long over the head of a request."""

    seconds = 10.0
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._busy():
            self._wait_no_more()
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(self.seconds, self._hang_up)

    def _wait_no_more(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _hang_up(self) -> None:
        self._patience = None
        if not self._busy() and not self.transport.is_closing():
            self.transport.close()


def _protocol(seconds: float) -> type[H11Protocol]:
    return type("Impatient", (_Impatient,), {"seconds": seconds})
