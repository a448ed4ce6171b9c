"""Sentences of the passages in any company and under any date: nothing raises, quotes are exact."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.model.document import Document, PublicationDate
from accord.read.statements import find_statements

PASSAGES = Path(__file__).resolve().parents[1] / "passages"
SOURCES = ("seen", "acts", "negatives", "verdicts")


def _sentences() -> list[str]:
    found: list[str] = []
    for name in SOURCES:
        for line in (PASSAGES / f"{name}.jsonl").read_text("utf-8").splitlines():
            found += re.split(r"(?<=[.!?;,])\s+", json.loads(line)["text"])
    return sorted(set(found))


SENTENCES = st.sampled_from(_sentences())
DATES = st.one_of(st.none(), st.dates(date(1850, 1, 1), date(2090, 1, 1)))


@given(st.lists(SENTENCES, min_size=1, max_size=7), st.one_of(st.none(), SENTENCES), DATES)
@settings(max_examples=150, deadline=None)
def test_any_sentences_together(parts: list[str], title: str | None, day: date | None) -> None:
    text = " ".join(parts)
    published = PublicationDate(day, day) if day else None
    document = Document(text=text, source="test", title=title, published=published)
    for statement in find_statements(document):
        assert text[statement.start : statement.end] == statement.quote
        assert statement.reporter != "" != statement.partner
