"""``/-/patterns``: every part of the pages on one, with invented content."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from accord.brief.plain_forms import brief_to_dict, render_csv
from accord.errors import WebError
from accord.model.brief import (
    Brief,
    Cell,
    Chart,
    Coverage,
    Gap,
    Heading,
    Point,
    Section,
    Segment,
    Sentence,
    Table,
)
from accord.model.verdict import Evidence
from accord.web.rendering import as_csv, as_html, as_json, split_form
from accord.web.verdicts import ICONS

__all__ = ["patterns"]


async def patterns(request: Request) -> Response:
    """The page."""
    _, form = split_form(request.url.path)
    brief, check = _brief(), _check()
    if form == "json":
        return as_json({"brief": brief_to_dict(brief), "check": check})
    if form == "csv":
        return as_csv(render_csv(brief))
    problem = WebError("WEB013")
    here = "/-/patterns"
    return as_html("patterns.html.jinja", brief=brief, check=check, problem=problem, here=here)


@lru_cache(maxsize=1)
def _brief() -> Brief:
    points = tuple(
        Point(name, str(2015 + n), (40 + 7 * n + shift) * 1e9)
        for name, shift in (("Arcadia's report", 0), ("Borduria's report", 6))
        for n in range(8)
    )
    lines = Chart("pattern-lines", "lines", "Two reports of one trade", "Two rising lines, six "
                  "billion apart.", points, "bn US dollars", "pattern")  # fmt: skip
    bars = Chart(
        "pattern-bars", "bars", "Growth by product", "Three bars, one of them against the others.",
        (Point("with all goods or not comparable", "timber", 12.0),
         Point("with all goods or not comparable", "grain", 4.0),
         Point("against all goods", "amber", -9.0)), "percent", "pattern",
    )  # fmt: skip
    spans = Chart(
        "pattern-spans", "spans", "Agreements", "Two bars from entry into force to the end.",
        (Point("term known", "2010-05-01", 1.0, x2="2030-05-01", label="Treaty of friendship"),
         Point("no end recorded", "2016-01-01", 1.0, x2="2024-01-01", label="Customs agreement")),
        "date", "pattern",
    )  # fmt: skip
    table = Table(
        "pattern", "A table with figures, a gap and a mark",
        (Heading("Product"), Heading("value", "US dollars", numeric=True),
         Heading("growth", "percent on the year before", numeric=True)),
        ((Cell("timber"), Cell("$1.20 bn", 1.2e9, "e1"), Cell("+12 %", 12.0, "e1")),
         (Cell("amber"), Cell("–"), Cell("−9 %", -9.0, "e1", "against"))),
    )  # fmt: skip
    said = Sentence((Segment("In 2022 Arcadia and Borduria traded goods worth "),
                     Segment("$89.0 bn", "e1"), Segment(" by Arcadia's figures.")))  # fmt: skip
    gap = Gap("Borduria's figures by product", "no release holds any", "`accord record add`")
    return Brief(
        source="ARC", target="BOR", source_name="Arcadia", target_name="Borduria", period="2022",
        as_of=None, day="2022-12-31", whose=("Arcadia: Statistics Office",),
        coverage=tuple(Coverage("ARC", year, year - 2014) for year in range(2015, 2023)),
        answer=said, sections=(
            Section("pattern-section", "A section with all its parts", (said,),
                    (lines, bars, spans), (table,), (gap,)),),
        evidence=(Evidence("flows:1", "Arcadia on Borduria, total, all goods, 2022: $89.0 bn",
                           "Statistics Office", "2023-01-15", "https://example.org/release",
                           89e9, "USD", "$50.0 bn + $39.0 bn"),),
        releases=(),
    )  # fmt: skip


@lru_cache(maxsize=1)
def _check() -> dict[str, Any]:
    sentences = [
        f"Here is a statement that is {word}. "
        for word in ("supported", "imprecise", "contradicted", "unverifiable", "an opinion")
    ]
    text, statements, start = "", [], 0
    for number, (sentence, outcome) in enumerate(zip(sentences, ICONS, strict=True), start=1):
        text += sentence
        statements.append(_statement(str(number), text, (start, len(text) - 1), outcome))
        start = len(text)
    statements.append(_statement("6", text, (5, 58), "contradicted"))  # overlaps two others
    return {"document": {"text": text, "language": "en"}, "statements": statements}


def _statement(number: str, text: str, span: tuple[int, int], outcome: str) -> dict[str, Any]:
    return {
        "id": number, "quote": text[slice(*span)], "start": span[0], "end": span[1],
        "verdict": {
            "outcome": outcome, "reason": "near_miss" if outcome == "imprecise" else None,
            "explanation": "The record gives 89.0 billion dollars.", "computed": 89e9,
            "unit": "USD", "tolerance": "± 0.05 bn", "settled_by": None,
            "changed_by_hindsight": None, "mirror": None, "readings": [],
            "evidence": [{"row": "flows:1", "summary": "Arcadia on Borduria, 2022: $89.0 bn",
                          "publisher": "Statistics Office", "published_on": "2023-01-15",
                          "url": "https://example.org/release", "later": False,
                          "arithmetic": None}],
        },
    }  # fmt: skip
