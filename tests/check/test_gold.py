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
