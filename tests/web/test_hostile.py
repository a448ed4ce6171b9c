"""Hostile input, one by one, and what happens to it. The list is in docs/reference/web.md."""

from __future__ import annotations

import io
import multiprocessing
import re
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from accord.errors import ReadError
from accord.web.checking import Submission
from accord.web.guard import RateLimit
from accord.web.settings import Settings
from accord.web.work import check_submission

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


# --- scripts -----------------------------------------------------------------------


def test_scripts_in_a_text_are_shown_as_text(client: TestClient) -> None:
    text = f"{SCRIPT} Trade between China and Russia reached $107.76 billion in 2020. {SCRIPT}"
    form = {"text": text, "title": SCRIPT, "published": "2021-02-01"}
    where = client.post("/check", data=form).headers["location"]
    for path in (where, where.replace("/check/", "/statement/") + "/s1"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize(
    "path",
    [
        f"/search?q={SCRIPT}",
        f"/dyad/{SCRIPT}-CHN",
        f"/dyad/RUS-CHN?period={SCRIPT[:20]}",
        f"/agreements?name={SCRIPT[:50]}",
        f"/{SCRIPT}",
    ],
)
def test_scripts_in_an_address_are_shown_as_text(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code < 500
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


def test_pages_forbid_inline_scripts_and_frames(client: TestClient) -> None:
    for path in ("/", "/dyad/RUS-CHN", "/nowhere", "/check.json"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_no_page_has_inline_script_or_style(client: TestClient, check_id: str) -> None:
    for path in ("/", "/dyad/RUS-CHN", f"/check/{check_id}", "/agreements", "/-/patterns"):
        tags = " ".join(re.findall(r"<[^>]*>", client.get(path).text))
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|javascript:|\sstyle=|<style", tags)


def test_formulas_do_not_reach_a_spreadsheet(client: TestClient) -> None:
    text = "=HYPERLINK(1) Trade between China and Russia reached $107.76 billion in 2020."
    rows = client.post("/check.csv", json={"text": text}).text.splitlines()
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.split(","))


# --- queries, paths ------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/dyad/RUS'; DROP TABLE flows; ---CHN",
        "/agreements?party=RUS' OR '1'='1",
        "/agreements?name=%27%29%20OR%201%3D1%20--",
        "/events?actor=CHN%27%20UNION%20SELECT%20*%20FROM%20meta",
        "/search?q=%00%27;ATTACH",
    ],
)
def test_sql_is_only_a_name_that_nobody_has(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (200, 400, 404)
    assert client.get("/events.json").json()["total"] > 10


@pytest.mark.parametrize(
    "path",
    [
        "/static/..%2f..%2ferrors.py",
        "/static/%2e%2e/app.py",
        "/check/..%2f..%2frecord.duckdb",
        "/check/....//....//etc/passwd",
        "/check/%00",
        "/statement/../../etc/passwd/1",
        "/dyad/..%2f..-%2fetc.json",
    ],
)
def test_paths_lead_nowhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert "root:" not in answer.text


def test_very_long_addresses_are_refused(client: TestClient) -> None:
    assert client.get("/dyad/" + "A" * 2000).status_code == 414
    assert client.get("/search", params={"q": "A" * 5000}).status_code == 400


# --- bombs ---------------------------------------------------------------------------


def docx(document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxml'
            'formats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def test_zip_bomb_is_refused(client: TestClient) -> None:
    bomb = docx(b"<w:p>" + b" " * 300_000_000)
    assert len(bomb) < 2_000_000
    answer = client.post("/check.json", files={"file": ("bomb.docx", bomb)})
    assert answer.status_code in (400, 413, 422)
    assert answer.json()["error"]["code"]


def test_xml_bomb_is_refused(client: TestClient) -> None:
    entities = (
        b'<!ENTITY a "'
        + b"x" * 10_000
        + b'">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 100) for n in range(6))
    )
    body = b"<?xml version='1.0'?><!DOCTYPE d [" + entities + b"]><d>&g;</d>"
    answer = client.post("/check.json", files={"file": ("bomb.docx", docx(body))})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["code"]
    assert client.post("/check.json", files={"file": ("bomb.html", body)}).status_code < 500


def test_pdf_of_many_pages_is_refused(client_with: Callable[..., TestClient]) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(12):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    answer = client_with(pdf_pages=10).post(
        "/check.json", files={"file": ("long.pdf", out.getvalue())}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "WEB012")


@pytest.mark.parametrize(
    "content",
    [b"\x00" * 5000, b"%PDF-1.7\nbroken", b"PK\x03\x04broken", bytes(range(256)) * 40,
     b"\xff\xfe\x00\xd8" * 100],
)  # fmt: skip
def test_broken_files_are_coded_errors(client: TestClient, content: bytes) -> None:
    answer = client.post("/check.json", files={"file": ("x", content)})
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert answer.json()["error"]["code"].startswith("READ")


@pytest.mark.parametrize(
    ("limits", "word"),
    [
        ({"check_seconds": 0.01}, "0.01 s"),
        ({"text_characters": 100}, "characters"),
    ],
)
def test_a_check_beyond_its_limits_ends_alone(
    client_with: Callable[..., TestClient], limits: dict[str, object], word: str
) -> None:
    client = client_with(**limits)
    answer = client.post("/check.json", json={"text": "Trade grew by 5% in 2020. " * 200})
    assert answer.status_code in (413, 422), answer.text
    assert word in answer.json()["error"]["message"]
    assert client.get("/-/health").status_code == 200


def forever(*_: object) -> None:
    while True:
        pass


def greedy(*_: object) -> bytearray:
    return bytearray(2**31)


def run_with(out: object, work: Callable[..., object], settings: Settings) -> None:
    """In a child: as a check runs, with other work in its place."""
    import accord.web.work
    from accord.web.checking import serve_checks

    accord.web.work.check_submission = work  # type: ignore[assignment]
    serve_checks(out, settings)  # type: ignore[arg-type]


def limited(work: Callable[..., object], **limits: int) -> tuple[object, int | None]:
    """What a child that does some work sends, and how it ends."""
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=True)
    settings = Settings(home=Path(), **limits)  # type: ignore[arg-type]
    child = context.Process(target=run_with, args=(theirs, work, settings), daemon=True)
    child.start()
    theirs.close()
    ours.send(Submission(b"x", "x"))
    try:
        sent = ours.recv()
    except EOFError:
        sent = None
    child.join(20)
    ours.close()
    return sent, child.exitcode


def test_a_check_that_burns_the_processor_is_stopped() -> None:
    sent, ended = limited(forever, check_cpu_seconds=1)
    assert sent is None
    assert ended is not None
    assert ended < 0


def test_a_check_that_wants_too_much_memory_is_refused() -> None:
    sent, _ = limited(greedy, check_memory_bytes=2**30)
    assert sent is not None
    assert sent[1][0] == "WEB007"  # type: ignore[index]


# --- requests on behalf of others ------------------------------------------------------


@contextmanager
def site(answer: Callable[[str], tuple[int, dict[str, str], bytes]]) -> Iterator[int]:
    """A web site on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answer(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1/",
        "http://user:pass@127.0.0.1/",
        "javascript:alert(1)",
    ],
)
def test_private_addresses_are_not_fetched(client: TestClient, url: str) -> None:
    answer = client.post("/check.json", json={"url": url})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] in {"READ020", "READ021", "READ026"}


def test_redirect_to_a_private_address_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    reached = []

    def answer(path: str) -> tuple[int, dict[str, str], bytes]:
        reached.append(path)
        return 302, {"Location": f"http://127.0.0.2:{port}/secret"}, b""

    with site(answer) as port:
        # As if 127.0.0.1 were on the public internet and 127.0.0.2 were not.
        monkeypatch.setattr("accord.read.fetch.is_public_address", lambda a: a == "127.0.0.1")
        submission = Submission(None, "x", url=f"http://127.0.0.1:{port}/public")
        with pytest.raises(ReadError, match="READ021"):
            check_submission(submission, Settings(home=Path()))
    assert reached == ["/public"]


def test_endless_answer_is_cut_off(client_with: Callable[..., TestClient]) -> None:
    with site(lambda _: (200, {"Content-Type": "text/plain"}, b"x" * 3_000_000)) as port:
        client = client_with(allow_private_addresses=True, fetch_bytes=1_000_000)
        answer = client.post("/check.json", json={"url": f"http://127.0.0.1:{port}/"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "READ023")


def test_other_host_names_and_other_sites_are_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 200
    assert client.get("/", headers={"host": "[::1]:8000"}).status_code == 200
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ):
        assert client.post("/check", data={"text": "x"}, headers=headers).status_code == 403


# --- too much, too slow, too often -------------------------------------------------------


def test_huge_upload_is_refused_early(server: str) -> None:
    sent = 0

    def gigabyte() -> Iterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        for _ in range(1024):
            sent += 2**20
            yield b"x" * 2**20

    headers = {"content-type": "multipart/form-data; boundary=b"}
    try:
        answer = httpx.post(f"{server}/check", content=gigabyte(), headers=headers, timeout=30)
        assert answer.status_code == 413
    except httpx.TransportError:
        pass  # the server hung up before all was sent
    assert sent < 64 * 2**20
    head = b"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1073741824\r\n\r\n"
    answer = talk(server, head, b"x", 5)
    assert b" 413 " in answer.partition(b"\r\n")[0]


def talk(server: str, first: bytes, drip: bytes, seconds: float) -> bytes:
    """Send a beginning, then one byte at a time; what came back."""
    host, port = server.removeprefix("http://").split(":")
    deadline = time.monotonic() + seconds
    with socket.create_connection((host, int(port)), 5) as line:
        line.sendall(first)
        line.settimeout(0.2)
        while time.monotonic() < deadline:
            try:
                line.sendall(drip)
                return line.recv(4096)
            except TimeoutError:
                continue
            except OSError:
                return b""
    return b"still open"


def test_slow_heads_are_hung_up_on(server: str) -> None:
    answer = talk(server, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b"a", 30)
    assert answer == b""  # hung up on, long before the body of patience is used up
    assert httpx.get(f"{server}/-/health").status_code == 200


def test_slow_bodies_are_refused(server: str) -> None:
    head = (
        b"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n"
        b"Content-Type: application/json\r\n\r\n"
    )
    answer = talk(server, head, b"a", 30)
    assert b" 408 " in answer.partition(b"\r\n")[0]


def test_too_many_checks_from_one_address(client_with: Callable[..., TestClient]) -> None:
    client = client_with(checks_per_minute=2)
    statuses = [client.post("/check.json", json={"text": ""}).status_code for _ in range(3)]
    assert statuses == [400, 400, 429]


def test_rate_limit_is_a_sliding_minute() -> None:
    now = [0.0]
    limit = RateLimit(2, clock=lambda: now[0])
    assert [limit.allows("a") for _ in range(3)] == [True, True, False]
    assert limit.allows("b")
    now[0] = 61.0
    assert limit.allows("a")


def test_log_holds_no_text(client: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    client.get("/search?q=very-secret-words")
    client.post("/check.json", json={"text": "very-secret-words"})
    client.get("/dyad/RUS%0aFAKE 200-CHN")
    log = capfd.readouterr().err
    assert "GET /search 200" in log
    assert "very-secret" not in log
    assert "\nFAKE" not in log


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"text": 7}', "application/json"),
        (b'"x"', "application/json"),
        (b'{"text": "\\ud800 x"}', "application/json"),
        (b"x", "multipart/form-data"),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (b"text=%00%ff", "application/x-www-form-urlencoded"),
        (b"", "text/plain"),
        (b'{"text": "x", "published": "2021-02-30"}', "application/json"),
        (b'{"text": "x", "published": "0000"}', "application/json"),
        (b'{"text": "x", "as_of": "2021"}', "application/json"),
    ],
)
def test_malformed_bodies_are_the_callers_fault(client: TestClient, body: bytes, kind: str) -> None:
    answer = client.post("/check.json", content=body, headers={"content-type": kind})
    assert answer.status_code in (200, 400), answer.text
