"""The pages: each in three forms, links that lead somewhere, problems that offer a way out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from accord.web.rendering import split_form

PAGES = ["/", "/search?q=russia", "/dyad/RUS-CHN", "/check", "/agreements", "/events",
         "/-/patterns"]  # fmt: skip


def in_form(page: str, form: str) -> str:
    path, mark, query = page.partition("?")
    return ("/index" if path == "/" else path) + f".{form}" + mark + query


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_also_json_and_csv(client: TestClient, page: str) -> None:
    assert client.get(page).headers["content-type"].startswith("text/html")
    assert client.get(in_form(page, "json")).json()
    rows = list(csv.reader(io.StringIO(client.get(in_form(page, "csv")).text)))
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_somewhere(client: TestClient, page: str) -> None:
    text = client.get(page).text
    links = {href.partition("#")[0] for href in re.findall(r'(?:href|src)="(/[^"]*)"', text)}
    assert "/static/style.css" in links
    for link in sorted(links - {""})[:40]:
        answer = client.get(link.replace("&amp;", "&"))
        assert answer.status_code in (200, 303), link


def test_search_leads_to_the_pair(client: TestClient) -> None:
    for words in ("Russia and China", "Russia China", "RUS-CHN", "russia, china", "RUS CHN",
                  "Russia vs China"):  # fmt: skip
        answer = client.get("/search", params={"q": words})
        assert (answer.status_code, answer.headers["location"]) == (303, "/dyad/RUS-CHN"), words


def test_search_offers_the_nearest(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "Rusia and Chna"})
    assert answer.status_code == 200
    assert "/dyad/RUS-CHN" in answer.text
    assert "No two polities" in client.get("/search", params={"q": "xx"}).text


def test_dyad_follows_the_pickers(client: TestClient) -> None:
    page = client.get("/dyad/RUS-CHN?period=2018&reporter=RUS")
    assert "by Russia&#39;s figures" in page.text
    assert 'href="/dyad/CHN-RUS?period=2018&amp;reporter=RUS"' in page.text
    then = client.get("/dyad/RUS-CHN.json?as_of=2021-03-26").json()
    assert then["as_of"] == "2021-03-26"
    assert then["period"] == "2020"


def test_a_change_in_place_is_told(client: TestClient) -> None:
    opened = client.get("/dyad/RUS-CHN")
    changed = client.get("/dyad/RUS-CHN", headers={"hx-request": "true"})
    assert 'role="status"></p>' in opened.text
    assert 'role="status">In 2025 Russia and China' in changed.text
    assert changed.headers["vary"] == "hx-request"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/dyad/Rusia-CHN", 404, "Russia and China"),
        ("/dyad/RUS-RUS", 404, "two different polities"),
        ("/dyad/SUN-CHN?period=2021", 404, "did not exist"),
        ("/dyad/RUS", 404, "There is no page"),
        ("/dyad/RUS-CHN?period=yesterday", 400, "cannot be read as a period"),
        ("/dyad/RUS-CHN?period=99999", 400, "cannot be read as a period"),
        ("/dyad/RUS-CHN?as_of=2021-02-30", 400, "cannot be read as a day"),
        ("/dyad/RUS-CHN?reporter=IND", 400, "not one of the two"),
        ("/check/0123456789abcdef01234567", 404, "There is no check"),
        ("/statement/0123456789abcdef01234567/1", 404, "There is no check"),
        ("/agreements?party=Rusia", 404, "Did you mean"),
        ("/agreements?page=99", 400, "There are 1"),
        ("/events?page=0", 400, "number from 1"),
        ("/events?from=x", 400, "cannot be read as a day"),
        ("/nowhere", 404, "There is no page"),
        ("/static/app.py", 404, "There is no page"),
    ],
)
def test_problems_are_pages_with_a_way_out(
    client: TestClient, path: str, status: int, words: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert words in answer.text.replace("&#39;", "'")
    assert "Traceback" not in answer.text
    assert 'role="search"' in answer.text


def test_a_pair_without_data_is_a_page_that_says_so(client: TestClient) -> None:
    page = client.get("/dyad/FRA-BRA")
    assert page.status_code == 200
    assert "The record holds no turnover of France and Brazil" in page.text
    assert "Not in the record" in page.text


def test_check_by_paste_leads_to_a_page_that_can_be_shared(client: TestClient) -> None:
    answer = client.post("/check", data={"text": "Trade was $107.76 billion in 2020."})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert "<mark" in page.text or "Nothing checkable" in page.text


def test_check_page_marks_text_beside_cards(client: TestClient, check_id: str) -> None:
    page = client.get(f"/check/{check_id}").text
    assert 'class="v v-contradicted"' in page
    assert "contradicted" in page
    for number in re.findall(r'href="#(s-[^"]+)"', page):
        assert f'id="{number}"' in page
    for link in re.findall(r'href="(/statement/[^"]+)"', page):
        statement = client.get(link)
        assert statement.status_code == 200
        assert "SELECT" in statement.text or "No reading" in statement.text
        assert client.get(f"{link}.json").json()["verdict"]
        assert client.get(f"{link}.csv").text.startswith("id,outcome")


def test_check_by_upload(client: TestClient) -> None:
    html = b"<html><head><title>Trade</title></head><body><article><p>Trade between China and " \
           b"Russia reached $107.06 billion in 2018, officials said, the most in " \
           b"the history of the two countries.</p></article></body></html>"  # fmt: skip
    answer = client.post("/check.json", files={"file": ("a.html", html, "text/html")},
                         data={"published": "2019-02-01"})  # fmt: skip
    assert answer.status_code == 200, answer.text
    assert "supported" in {s["verdict"]["outcome"] for s in answer.json()["statements"]}
    assert client.post("/check.csv", files={"file": ("a.html", html)}).text.startswith("id,outcome")


def test_statements_that_were_checked_are_counted_in_the_brief(
    client: TestClient, check_id: str
) -> None:
    said = client.get("/dyad/RUS-CHN.json").json()["sections"][-1]
    assert said["id"] == "said"
    assert said["tables"]


def test_same_text_gives_the_same_permalink(client: TestClient, check_id: str) -> None:
    text = client.get(f"/check/{check_id}.json").json()["document"]["text"]
    again = client.post("/check.json", json={"text": text, "published": "2021-03-26"}).json()
    assert again["id"] == check_id


def test_old_checks_make_room(client_with: Callable[..., TestClient], tmp_path: Path) -> None:
    client = client_with(home=tmp_path, kept_checks=3)
    names = [
        client.post("/check.json", json={"text": f"Nothing of note, {n}."}).json()["id"]
        for n in range(5)
    ]
    assert len(list((tmp_path / "checks").glob("*.json"))) == 3
    assert client.get(f"/check/{names[-1]}.json").status_code == 200
    assert client.get(f"/check/{names[0]}.json").status_code == 404


def test_patterns_show_every_verdict(client: TestClient) -> None:
    page = client.get("/-/patterns").text
    for word in ("supported", "imprecise", "contradicted", "unverifiable", "not checkable"):
        assert f">{word}</span>" in page or f"</span>{word}" in page


def test_forms_are_told_by_the_ending() -> None:
    assert split_form("RUS-CHN.json") == ("RUS-CHN", "json")
    assert split_form("RUS-CHN") == ("RUS-CHN", "html")
    assert split_form("a.exe") == ("a.exe", "html")
