"""In a real browser: checks, pickers, no scripts, keyboard alone, phone, accessibility, print."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path.home() / ".cache" / "accord-ci" / "node_modules" / "axe-core" / "axe.min.js"
TEXT = (
    "Trade between China and Russia reached $107.06 billion in 2018. "
    "Chinese exports to Russia reached $90 billion in 2018."
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    complaints: list[str] = []
    opened.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda problem: complaints.append(str(problem)))
    yield opened
    context.close()
    assert [c for c in complaints if "status of 4" not in c] == []


@pytest.fixture
def article(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A page on disk and the address of the same page on a site of this machine."""
    path = tmp_path / "article.html"
    path.write_text(
        "<html lang='en'><head><title>Trade rises</title></head><body><article>"
        f"<h1>Trade rises</h1><p>{TEXT}</p></article></body></html>"
    )

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield path, f"http://127.0.0.1:{server.server_address[1]}/article.html"
    server.shutdown()
    server.server_close()
    thread.join()


def shows_verdicts(page: Page) -> None:
    page.wait_for_url("**/check/*")
    assert page.locator("mark").count() >= 2
    assert page.locator("article.card .badge", has_text="supported").count() >= 1
    assert page.locator("article.card .badge", has_text="contradicted").count() >= 1


def test_check_by_paste(page: Page, server: str) -> None:
    page.goto(f"{server}/check")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Published").fill("2019-02-01")
    page.get_by_role("button", name="Check").click()
    shows_verdicts(page)
    page.locator("a.ref").first.click()
    assert "#s-" in page.url
    page.get_by_role("link", name="Rows, query and arithmetic").first.click()
    assert page.get_by_role("heading", name="Readings").is_visible()


def test_check_by_upload(page: Page, server: str, article: tuple[Path, str]) -> None:
    page.goto(f"{server}/check")
    page.get_by_label("File").set_input_files(article[0])
    page.get_by_label("Published").fill("2019-02-01")
    page.get_by_role("button", name="Check").click()
    shows_verdicts(page)


def test_check_by_address(page: Page, server: str, article: tuple[Path, str]) -> None:
    page.goto(f"{server}/check")
    page.get_by_label("Address").fill(article[1])
    page.get_by_label("Published").fill("2019-02-01")
    page.get_by_role("button", name="Check").click()
    shows_verdicts(page)


def test_nothing_sent_is_explained(page: Page, server: str) -> None:
    page.goto(f"{server}/check")
    page.get_by_role("button", name="Check").click()
    assert page.get_by_role("alert").is_visible()


def test_pickers_change_the_brief_in_place(page: Page, server: str) -> None:
    page.goto(f"{server}/dyad/RUS-CHN")
    page.evaluate("document.body.dataset.same = 'yes'")
    assert page.get_by_role("status").inner_text() == ""
    page.get_by_label("Period").fill("2018")
    page.get_by_label("Period").press("Tab")
    page.wait_for_url("**period=2018**")
    page.locator(".answer", has_text="In 2018").wait_for()
    assert page.evaluate("document.body.dataset.same") == "yes"  # htmx, no new page
    assert page.get_by_role("status").inner_text().startswith("In 2018")
    # What is being typed elsewhere in the form stays when an answer arrives.
    assert "period=2018" in str(page.get_by_role("link", name="Swap sides").get_attribute("href"))
    page.get_by_label("Whose statistics lead").select_option("RUS")
    page.locator(".answer", has_text="Russia's figures").wait_for()
    page.get_by_label("As the record stood on").fill("2019-01-20")
    page.get_by_role("button", name="Show").click()
    page.locator(".meta", has_text="As the record stood on 2019-01-20").wait_for()
    page.get_by_role("link", name="Swap sides").click()
    assert page.get_by_role("heading", level=1).inner_text() == "China and Russia"


def test_everything_works_with_scripts_off(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(server)
    page.get_by_role("searchbox").fill("Russia and China")
    page.get_by_role("button", name="How do they stand?").click()
    page.get_by_label("Period").fill("2018")
    page.get_by_role("button", name="Show").click()
    assert "In 2018 Russia and China" in page.locator(".answer").inner_text()
    page.goto(f"{server}/check")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Check").click()
    shows_verdicts(page)
    context.close()


def test_keyboard_alone(page: Page, server: str) -> None:
    page.goto(server)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.type("Russia and China")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dyad/RUS-CHN")
    page.locator(".answer a.n").first.focus()
    page.keyboard.press("Enter")
    assert "#e" in page.url
    assert page.locator("ol.evidence li:target").is_visible()


@pytest.mark.parametrize("path", ["/", "/dyad/RUS-CHN", "/check", "/agreements", "/-/patterns"])
def test_nothing_overflows_a_phone(browser: Browser, server: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(server + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_pages_load_nothing_from_elsewhere(page: Page, server: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/dyad/RUS-CHN", "/-/patterns"):
        page.goto(server + path)
    assert asked
    assert all(url.startswith((server, "data:")) for url in asked)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (.ci/services does it)")
@pytest.mark.parametrize(
    "path",
    ["/", "/dyad/RUS-CHN", "/dyad/FRA-BRA", "/check", "CHECK", "/agreements", "/events",
     "/-/patterns", "/nowhere", "/search?q=x"],
)  # fmt: skip
def test_accessibility_rules_find_nothing_serious(page: Page, server: str, path: str) -> None:
    if path == "CHECK":
        page.goto(f"{server}/check")
        page.get_by_label("Text", exact=True).fill(TEXT)
        page.get_by_role("button", name="Check").click()
        page.wait_for_url("**/check/*")
    else:
        page.goto(server + path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    grave = [
        (v["id"], v["impact"], v["nodes"][0]["html"][:200])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert grave == []


def test_print_leaves_forms_out(page: Page, server: str) -> None:
    page.goto(f"{server}/dyad/RUS-CHN")
    page.emulate_media(media="print")
    assert not page.locator("form.pick").is_visible()
    assert not page.locator("nav").first.is_visible()
    assert page.locator(".answer").is_visible()
