"""The forms of a brief: page, Markdown, JSON, CSV, PDF, and the notebook."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import altair
import pytest

from accord.brief.charts import chart_specification, draw_chart
from accord.brief.pages import render_html
from accord.brief.paper import render_pdf
from accord.brief.plain_forms import brief_to_dict, render_csv, render_markdown
from accord.brief.wording import amount, change, date_words, listing, period_words, spoken
from accord.brief.writing import write_brief
from accord.errors import BriefError
from accord.model.brief import Brief, Chart, Point, Segment, Sentence
from accord.model.period import Period

MOST_BYTES = 500_000
HOSTILE = "<script>alert(1)</script>&\"'|`*[x](javascript:alert(1))"


class Collector(HTMLParser):
    """Gathers tags, ids and everything that a browser would load."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.loads: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        loading = {"src", "srcset", "data", "poster", "action", "background"}
        self.loads += [str(v) for k, v in attrs if k in loading]
        if tag in ("link", "image", "use"):
            self.loads += [str(v) for k, v in attrs if k.endswith("href")]
        if tag == "a" and str(given.get("href", "")).startswith("#"):
            self.targets.append(str(given["href"])[1:])


def parsed(page: str) -> Collector:
    collector = Collector()
    collector.feed(page)
    return collector


def test_page_is_one_small_file_without_script_or_remote_address(russia_china: Brief) -> None:
    page = render_html(russia_china)
    found = parsed(page)
    assert len(page.encode()) <= MOST_BYTES
    assert "script" not in found.tags
    assert found.loads == []
    assert not re.search(r"@import|url\(|\bon\w+=", page)
    assert len(found.ids) == len(set(found.ids))
    assert set(found.targets) <= set(found.ids)


def test_page_speaks_to_those_who_listen(russia_china: Brief) -> None:
    page = render_html(russia_china)
    assert '<html lang="en">' in page
    assert 'class="skip" href="#brief"' in page
    assert 'aria-label="$228.1 bn, 228.1 billion US dollars, evidence' in page
    assert page.count("<caption") == page.count("<table")
    drawn = [chart for section in russia_china.sections for chart in section.charts]
    assert len(drawn) >= 3
    assert page.count("<desc") == len(drawn)
    for chart in drawn:
        assert f'id="t-{chart.table}"' in page


def test_hostile_text_stays_text(russia_china: Brief) -> None:
    bad = replace(
        russia_china,
        source_name=HOSTILE,
        answer=Sentence((Segment(HOSTILE, "e1"),)),
        notices=(HOSTILE,),
        evidence=tuple(
            replace(item, summary=HOSTILE, url="javascript:alert(1)")
            for item in russia_china.evidence
        ),
    )
    page = render_html(bad)
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "<script" not in render_markdown(bad)


@pytest.mark.parametrize("kind", ["turnover", "spans", "acts", "changes"])
def test_charts_are_valid_and_carry_words(russia_china: Brief, kind: str) -> None:
    charts = {chart.id: chart for section in russia_china.sections for chart in section.charts}
    chart = charts[kind]
    altair.Chart.from_dict(chart_specification(chart))  # raises where the grammar is broken
    root = ET.fromstring(draw_chart(chart))
    title, desc = root[0], root[1]
    assert title.tag.endswith("title")
    assert title.text == chart.title
    assert desc.text == chart.description
    assert root.get("role") == "img"
    assert "http://" not in draw_chart(chart).replace("http://www.w3.org/", "")


def test_chart_words_are_escaped() -> None:
    points = (Point("a", "2001", 1e9), Point("a", "2002", 2e9))
    drawn = draw_chart(Chart("c", "lines", "<b>&", "<script>", points, "bn", "t"))
    assert "<script>" not in drawn
    ET.fromstring(drawn)


def test_markdown_has_a_footnote_for_every_link(russia_china: Brief) -> None:
    text = render_markdown(russia_china)
    used = set(re.findall(r"\[\^(e\d+)\](?!:)", text))
    defined = set(re.findall(r"^\[\^(e\d+)\]:", text, flags=re.M))
    assert used <= defined
    assert text.startswith("# Russia and China\n")
    assert "| 2018 |" in text


def test_json_round_trips_and_names_its_version(russia_china: Brief) -> None:
    form = json.loads(json.dumps(brief_to_dict(russia_china)))
    assert form["schema_version"] == "1.0"
    assert form["evidence"][0]["id"] == "e1"
    assert form["answer_text"] == russia_china.answer.text
    assert form["sections"][0]["id"] == "trade"
    assert len(form["record_sha256"]) == 64


def test_csv_is_one_line_a_cell(russia_china: Brief) -> None:
    rows = list(csv.DictReader(io.StringIO(render_csv(russia_china))))
    assert {row["table"] for row in rows} >= {"years", "agreements", "events"}
    year = next(r for r in rows if r["table"] == "years" and r["column"] == "China's report")
    assert float(year["value"]) == pytest.approx(228.1e9)
    assert not any(row["text"][:1] in "=+-@" for row in rows if row["text"])


def test_pdf_is_set_without_markup_from_data(brief_of: Callable[..., Brief]) -> None:
    brief = brief_of("BLR", "CHN")
    bad = replace(brief, notices=('#panic("no") *bold* $x$ `raw` ' + HOSTILE,))
    content = render_pdf(bad)
    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize("ending", [".html", ".md", ".json", ".csv"])
def test_the_ending_says_the_form(russia_china: Brief, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"brief{ending}"
    write_brief(russia_china, path)
    assert path.stat().st_size > 1000


def test_other_endings_and_folders_are_refused(russia_china: Brief, tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="BRF005"):
        write_brief(russia_china, tmp_path / "brief.docx")
    with pytest.raises(BriefError, match="BRF008"):
        write_brief(russia_china, tmp_path / "missing" / "brief.md")


def test_notebook_form(russia_china: Brief) -> None:
    assert "<h3>Russia and China</h3>" in russia_china._repr_html_()
    assert "RUS-CHN" in repr(russia_china)
    assert "<script" not in replace(russia_china, source_name=HOSTILE)._repr_html_()


def test_words_for_numbers() -> None:
    assert amount(18.78e9, resolution=1e7) == "$18.78 bn"
    assert amount(-13.8e9, resolution=1e8) == "−$13.8 bn"
    assert amount(226e6) == "$226.0 m"
    assert amount(5.0e12) == "$5.00 tn"
    assert change(-6.9) == "6.9 % less"
    assert change(0.01) == "about the same"
    assert spoken("−$13.83 bn") == "minus 13.83 billion US dollars"
    assert spoken("+8.5 %") == "plus 8.5 percent"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert listing([]) == ""
    assert date_words("2001-07-16") == "16 July 2001"
    assert period_words(Period.parse("2021-H1")) == "the first half of 2021"
    assert period_words(Period.of_years(2010, 2012)) == "2010–2012"


def test_markdown_keeps_blanks_around_figures(russia_china: Brief) -> None:
    text = render_markdown(russia_china)
    assert "traded goods worth $" in text
    assert not re.search(r"\]by |worth\$", text)


@pytest.mark.parametrize("last", [2019, 2020, 2022, 2050])
def test_no_year_stands_twice_on_an_axis(last: int) -> None:
    points = tuple(Point("A", str(year), 1e9 * year) for year in range(2019, last + 1))
    drawn = draw_chart(Chart("c", "lines", "t", "d", points, "bn", "t"))
    years = re.findall(r">(20[1-5]\d)</text>", drawn)
    assert years
    assert len(years) == len(set(years))
