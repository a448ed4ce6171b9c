"""Fetching a page without being led into a private network.

Every host is resolved once, every address it has is checked, and the connection is
made to the checked address, so that a name cannot change its mind in between; each
redirect is checked in the same way. Size and time are bounded.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from accord.errors import ReadError

__all__ = ["MAX_BYTES", "TIMEOUT", "Fetched", "fetch_url", "is_public_address"]

MAX_BYTES = 64 * 2**20
TIMEOUT = 30.0  # seconds, for the whole exchange
MAX_REDIRECTS = 5
_ACCEPT = "text/html,application/pdf,text/plain;q=0.9,*/*;q=0.5"
_HEADERS = {"User-Agent": "Accord", "Accept": _ACCEPT}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: ``url`` is the one at which the redirects ended."""

    url: str
    content: bytes
    content_type: str
    status: int


def fetch_url(
    url: str,
    *,
    allow_private_addresses: bool = False,
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT,
) -> Fetched:
    """The content at ``url``; raises READ020 to READ026 with the place and the reason."""
    deadline = time.monotonic() + timeout
    here = url
    for _ in range(MAX_REDIRECTS + 1):
        _check_form(here)
        with _client(here, allow_private_addresses, deadline, timeout) as client:
            try:
                with client.stream("GET", here) as answer:
                    if answer.is_redirect:
                        here = urljoin(here, answer.headers.get("location", ""))
                        continue
                    if answer.status_code >= 400:
                        raise ReadError("READ022", url=here, status=answer.status_code)
                    content = _body(answer, here, max_bytes, deadline, timeout)
            except httpx.TimeoutException:
                raise ReadError("READ024", url=here, seconds=f"{timeout:g}") from None
            except httpx.HTTPError as problem:
                detail = str(problem) or type(problem).__name__
                raise ReadError("READ020", url=here, detail=detail) from None
        kind = answer.headers.get("content-type", "")
        return Fetched(here, content, kind, answer.status_code)
    raise ReadError("READ025", url=url, limit=MAX_REDIRECTS)


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the public internet, whatever form it is written in."""
    ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public_address(str(inner))
    return ip.is_global and not ip.is_multicast


class _CheckedBackend(httpcore.SyncBackend):
    """Connects only to addresses that were checked, and to those directly."""

    def __init__(self, url: str, allow_private: bool) -> None:
        self.url = url
        self.allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        problem: Exception = httpcore.ConnectError("no address")
        for address in self._checked(host, port):
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failure:
                problem = failure  # a host may have addresses that this machine cannot reach
        raise problem

    def _checked(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as problem:
            raise ReadError("READ020", url=self.url, detail=str(problem)) from None
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self.allow_private:
            for address in addresses:
                if not is_public_address(address):
                    raise ReadError("READ021", url=self.url, address=address)
        return addresses


class _CheckedTransport(httpx.HTTPTransport):
    """httpx's transport over a pool with the checking backend; no proxy from the environment."""

    def __init__(self, backend: _CheckedBackend) -> None:
        super().__init__(trust_env=False)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=backend
        )


def _client(url: str, allow_private: bool, deadline: float, timeout: float) -> httpx.Client:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ReadError("READ024", url=url, seconds=f"{timeout:g}")
    return httpx.Client(
        transport=_CheckedTransport(_CheckedBackend(url, allow_private)),
        timeout=left,
        headers=_HEADERS,
        trust_env=False,
    )


def _check_form(url: str) -> None:
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        valid = False
    if not valid:
        raise ReadError("READ026", url=url[:200])


def _body(
    answer: httpx.Response, url: str, max_bytes: int, deadline: float, timeout: float
) -> bytes:
    from accord.read.decoding import human_size

    parts: list[bytes] = []
    size = 0
    for part in answer.iter_bytes(2**16):
        size += len(part)
        if size > max_bytes:
            raise ReadError("READ023", url=url, limit=human_size(max_bytes))
        if time.monotonic() > deadline:
            raise ReadError("READ024", url=url, seconds=f"{timeout:g}")
        parts.append(part)
    return b"".join(parts)
