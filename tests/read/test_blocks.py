"""Long texts: read in blocks, with work in proportion to their length."""

from __future__ import annotations

import time

import pytest

from accord.model.document import Document
from accord.read import statements
from accord.read.blocks import LENGTH, cut_blocks
from accord.read.polities import find_mentions
from accord.read.scene import Scene
from accord.read.sentences import find_sentences
from accord.read.statements import find_statements

PASSAGE = (
    "In {year} trade between Kenya and Uganda was worth ${number} million, up 5 percent from a "
    "year earlier. “Exports to China rose to $3 billion in May,” the Ministry said. "
)


def passages(count: int) -> str:
    return "".join(PASSAGE.format(year=1950 + n % 70, number=n + 1) for n in range(count))


def test_blocks_hold_each_sentence_once_with_its_mentions() -> None:
    text = " " * (2 * LENGTH) + passages(300)
    sentences = find_sentences(text)
    mentions = find_mentions(text)
    seen = [
        (block.base + s.start, block.base + s.end, block.text[s.start : s.end])
        for block in cut_blocks(text, sentences, mentions)
        for s, _ in block.sentences
    ]
    assert seen == [(s.start, s.end, text[s.start : s.end]) for s in sentences]
    held = [
        (block.base + m.start, m.code)
        for block in cut_blocks(text, sentences, mentions)
        for _, here in block.sentences
        for m in here
    ]
    assert held == [(m.start, m.code) for m in mentions]


def test_statements_far_into_a_text_stand_at_their_words() -> None:
    text = passages(400)
    found = find_statements(Document(text=text, source="long"))
    figures = [s for s in found if s.measure == "total_trade" and s.kind == "figure"]
    assert [s.value for s in figures] == [1e6 * (n + 1) for n in range(400)]
    for statement in found:
        assert statement.quote == text[statement.start : statement.end]
        assert statement.sentence_start <= statement.start < statement.end <= len(text)
        for trace in statement.traces:
            assert 0 <= trace.start <= trace.end <= len(text)
    assert {s.attributed_to for s in found if s.measure == "exports"} == {"the Ministry"}


def test_characters_handled_grow_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    handled = 0
    build = statements.build_scene

    def counted(*args: object, **keywords: object) -> Scene:
        nonlocal handled
        scene = build(*args, **keywords)  # type: ignore[arg-type]
        handled += len(scene.masked) + len(scene.undated)
        return scene

    monkeypatch.setattr(statements, "build_scene", counted)
    work = []
    for count in (200, 1600):
        handled = 0
        find_statements(Document(text=passages(count), source="long"))
        work.append(handled)
    assert work[1] < 12 * work[0]


@pytest.mark.parametrize("unit", ["China/", "Kenya and ", "$1 ", "1,", "(", "May ", "trade ", " "])
def test_runs_of_one_thing_take_no_longer_than_their_length(unit: str) -> None:
    spent = []
    for length in (10_000, 80_000):
        text = passages(1) + unit * (length // len(unit))
        find_statements(Document(text=passages(1), source="warm"))
        start = time.process_time()
        find_statements(Document(text=text, source="run"))
        spent.append(time.process_time() - start)
    assert spent[1] < 25 * spent[0] + 0.5  # quadratic work would take 64 times as long
