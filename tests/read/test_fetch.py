"""Fetching: private addresses, redirects, sizes and times, on a loopback server only."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore
import pytest

from accord.errors import ReadError
from accord.read.documents import read_document
from accord.read.fetch import fetch_url, is_public_address

PAGE = (
    b"<html><body><article><p>The trade of the two grew to $5 billion.</p></article></body></html>"
)


class Pages(BaseHTTPRequestHandler):
    """Answers for the tests; quiet."""

    def do_GET(self) -> None:
        target = {"/loop": "/loop", "/inner": "/page", "/scheme": "file:///etc/hostname"}
        if self.path in target:
            self.send_response(302)
            self.send_header("Location", target[self.path])
            self.end_headers()
        elif self.path == "/page":
            self._send(PAGE)
        elif self.path == "/large":
            self._send(b"x" * 300_000)
        elif self.path == "/slow":
            time.sleep(2)
        else:
            self.send_response(404)
            self.end_headers()

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing to standard error."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def code(url: str, **options: object) -> str:
    with pytest.raises(ReadError) as caught:
        fetch_url(url, **options)  # type: ignore[arg-type]
    return caught.value.code


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.0.1", False), ("172.16.0.1", False), ("169.254.169.254", False), ("::1", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("::", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True), ("2002:7f00:1::", False), ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True), ("255.255.255.255", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_addresses_are_judged_in_every_form(address: str, public: bool) -> None:
    assert is_public_address(address) is public


def test_private_addresses_are_refused_unless_allowed(site: str) -> None:
    assert code(site + "/page") == "READ021"
    port = site.rsplit(":", 1)[1]
    for host in ("localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        assert code(f"http://{host}:{port}/page") == "READ021"
    fetched = fetch_url(site + "/page", allow_private_addresses=True)
    assert (fetched.content, fetched.status) == (PAGE, 200)
    document = read_document(site + "/page", allow_private_addresses=True)
    assert document.text == "The trade of the two grew to $5 billion."
    assert document.url == site + "/page"


def test_each_redirect_is_checked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fetch_url(site + "/inner", allow_private_addresses=True).url == site + "/page"
    assert code(site + "/loop", allow_private_addresses=True) == "READ025"
    assert code(site + "/scheme", allow_private_addresses=True) == "READ026"
    # A server that is public at first and then points inward.
    seen: list[str] = []

    def first_is_public(address: str) -> bool:
        seen.append(address)
        return len(seen) == 1

    monkeypatch.setattr("accord.read.fetch.is_public_address", first_is_public)
    assert code(site + "/inner") == "READ021"
    assert len(seen) == 2


def test_other_failures_have_their_own_codes(site: str) -> None:
    assert code(site + "/none", allow_private_addresses=True) == "READ022"
    assert code(site + "/large", allow_private_addresses=True, max_bytes=1000) == "READ023"
    assert code(site + "/slow", allow_private_addresses=True, timeout=0.3) == "READ024"
    assert code("http://127.0.0.1:9/", allow_private_addresses=True) == "READ020"
    for url in (
        "ftp://a.b/c",
        "http://",
        "http://u:p@a.b/",
        "http://[bad/",
        "file:///etc/hostname",
    ):
        assert code(url) == "READ026"


def test_an_unknown_host_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert code("http://host.invalid/") == "READ020"


def test_the_next_address_is_tried_where_the_first_does_not_answer(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rsplit(":", 1)[1])
    known = socket.getaddrinfo

    def two_addresses(host: str, *rest: object, **named: object) -> object:
        if host != "two.test":
            return known(host, *rest, **named)  # type: ignore[arg-type]
        entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*entry, ("127.0.0.2", 9)), (*entry, ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", two_addresses)
    monkeypatch.setattr(
        "httpcore.SyncBackend.connect_tcp", _refusing("127.0.0.2", httpcore.SyncBackend.connect_tcp)
    )
    fetched = fetch_url(f"http://two.test:{port}/page", allow_private_addresses=True)
    assert fetched.content == PAGE
    assert code(f"http://two.test:{port}/page") == "READ021"


def _refusing(refused: str, connect: Any) -> Any:
    def connect_tcp(self: object, host: str, *rest: object) -> object:
        if host == refused:
            raise httpcore.ConnectError("refused")
        return connect(self, host, *rest)

    return connect_tcp
