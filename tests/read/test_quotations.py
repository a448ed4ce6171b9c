"""Who is named behind a quotation said every sentence of it."""

from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.read.statements import find_statements

QUOTED = [
    "“Peru sold Chile goods worth $3 billion in 2019. And it will sell more,” Ana Rossi concluded.",
    '"Peru sold Chile goods worth $3 billion in 2019. And it will sell more," said Ana Rossi.',
    "“Peru sold Chile goods worth $3 billion in 2019. It will sell more,”, Ana Rossi concluded.",
]


@pytest.mark.parametrize("text", QUOTED)
def test_the_speaker_behind_the_quotation(text: str) -> None:
    statement = find_statements(Document(text=text, source="t"))[0]
    assert (statement.attributed_to, statement.speaker) == ("Ana Rossi", "Ana Rossi")
    assert text[statement.start : statement.end] == statement.quote


@pytest.mark.parametrize(
    "text",
    [
        "Peru sold Chile goods worth $3 billion in 2019. “It will sell more,” Ana Rossi concluded.",
        "“Peru sold Chile goods worth $3 billion in 2019.” It rained. Ana Rossi concluded a pact.",
        'A "boom": Peru sold Chile goods worth $3 billion in 2019. Ana Rossi said nothing.',
    ],
)
def test_what_stands_outside_is_not_theirs(text: str) -> None:
    statement = find_statements(Document(text=text, source="t"))[0]
    assert statement.attributed_to is None
