"""From text to verdict on labelled passages; the thresholds are the promises of the docs.

The labelled data stands beside the project, not in it: without it these tests skip.
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from accord.check import Facts, check_document
from accord.model.serial import check_to_dict
from accord.read.documents import document_from_line
from accord.read.statements import survey_document

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
VERDICTS = SHARED / "gold" / "verdicts"
ARTICLE = SHARED / "seed" / "article-2021-03-26.txt"


def judged(path: Path, facts: Facts) -> dict[str, Any]:
    """Predictions for every passage of a file, by id."""
    found = {}
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        document = document_from_line(line, number)
        survey = survey_document(document)
        check = check_document(document, survey.statements, facts)
        found[str(document.id)] = {"statements": check_to_dict(check)["statements"]}
    return found


@pytest.mark.gold
@pytest.mark.skipif(not VERDICTS.is_dir(), reason="labelled verdicts are not beside the project")
def test_verdicts_on_the_labelled_passages(facts: Facts) -> None:
    score = runpy.run_path(str(VERDICTS / "score.py"))
    gold = score["load"](VERDICTS / "dev.jsonl")
    report, _ = score["score"](gold, judged(VERDICTS / "dev.jsonl", facts))
    assert report["wrong_contradicted_rate"] <= 0.02
    assert report["wrong_supported_rate"] <= 0.03
    assert report["accuracy"] >= 0.90


@pytest.mark.gold
@pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not beside the project")
def test_the_article_that_accord_began_from(facts: Facts) -> None:
    line = json.dumps({"id": "a", "text": ARTICLE.read_text("utf-8"), "published": "2021-03-26"})
    document = document_from_line(line, 1)
    check = check_document(document, survey_document(document).statements, facts)

    def outcomes(words: str) -> set[str]:
        return {
            entry.verdict.outcome.value
            for entry in check.statements
            if words.lower() in entry.statement.quote.lower()
        }

    assert outcomes("18.78") == {"imprecise"}
    assert outcomes("8.5%") == {"supported"}
    assert outcomes("20th anniversary") == {"supported"}
    assert "supported" in outcomes("EAEU")
    assert outcomes("first country") == {"unverifiable"}
    assert not any(c.verdict.outcome.value == "contradicted" for c in check.statements)
    assert outcomes("cross-border e-commerce and trade in services") >= {"unverifiable"}
    for words in ("form blocs", "vaccine diplomacy", "intend to jointly", "Victory", "should also"):
        assert outcomes(words) == {"not_checkable"}, words


@pytest.mark.gold
@pytest.mark.skipif(not ARTICLE.is_file(), reason="the article is not beside the project")
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("20th anniversary", ("2001-07-16", "20 years later is 2021", "term of 20", "March 2021")),
        ("18.78", ("more than 18 bn", "2021-04-09", "19.0614 bn")),
        ("8.5%", ("+8.5 %", "17.1 bn USD", "+9.825 %", "17.259 bn USD", "+8.813 %")),
        (
            "Agricultural products",
            ("+13.7 %", "-2.9 %", "+17.6 %", "-0.1 %", "+8.5 %", "+41.2 %", "no row of"),
        ),
        ("cross-border e-commerce and", ("+187 %", "3.7 bn")),
        ("trade in services are", ("+20.9 %",)),
        ("EAEU", ("2015-05-08", "2018-05-17")),
        ("Russia was the first", ("2020-02-05", "delegation arrived")),
        ("China was the first", ("25,500,000 masks", "30 tonnes", "26 tonnes", "10 experts")),
    ],
)
def test_what_the_explanations_of_the_article_show(
    words: str, shown: tuple[str, ...], facts: Facts
) -> None:
    line = json.dumps({"id": "a", "text": ARTICLE.read_text("utf-8"), "published": "2021-03-26"})
    document = document_from_line(line, 1)
    check = check_document(document, survey_document(document).statements, facts)
    found = [c for c in check.statements if c.statement.quote.startswith(words)]
    found = found or [c for c in check.statements if words in c.statement.quote]
    verdict = found[0].verdict
    told = [verdict.explanation, *(r.arithmetic for r in verdict.readings)]
    told += [e.summary for e in verdict.evidence]
    told += [str(e.published_on) for e in verdict.evidence]
    assert [part for part in shown if part not in " ".join(told)] == []
