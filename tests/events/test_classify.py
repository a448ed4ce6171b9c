"""The relation between marked spans: the contract, bad input, and what it reaches."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.events.classify import FastClassifier, Pair, classify, classify_lines, read_pair
from accord.events.ontology import BINARY, QUAD

HERE = Path(__file__).parent
JUDGE = FastClassifier()


def answers(*lines: str) -> list[dict[str, Any]]:
    return list(classify_lines(lines, JUDGE))


def line(name: object, text: str, source: list, target: list) -> str:
    spans = [[{"start": s, "end": e} for s, e in role] for role in (source, target)]
    return json.dumps({"id": name, "text": text, "source": spans[0], "target": spans[1]})


def marked(text: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """``[A] helped {B}``: square brackets hold the source, braces the target."""
    plain, spans, kind = "", {}, ""
    for char in text:
        if char in "[{":
            kind, start = char, len(plain)
        elif char in "]}":
            spans[kind] = (start, len(plain))
        else:
            plain += char
    return plain, spans["["], spans["{"]


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("[Portugal] donated twenty ambulances to {Cape Verde}.", "AID"),
        ("[Portugal] will donate twenty ambulances to {Cape Verde} next spring.", "AGREE"),
        ("[Portugal] refused to lend the money to {Cape Verde}.", "REJECT"),
        ("[Portugal] urged {Cape Verde} to free the skipper.", "REQUEST"),
        ("{The skipper} was freed by [Portugal] on Monday.", "YIELD"),
        ("[Portugal] accused {Cape Verde} of hiding the wreck.", "ACCUSE"),
        ("[Portugal] threatened to close its harbours to {Cape Verde}.", "THREATEN"),
        ("[Portugal] recalled its ambassador from {Cape Verde}.", "SANCTION"),
        ("[Portugal] and {Cape Verde} signed a fishing treaty.", "SUPPORT"),
        ("[Dockers] went on strike against {the port authority}.", "PROTEST"),
        ("[Rebels] shelled {the town} overnight.", "ASSAULT"),
        ("[Police] arrested {two smugglers}.", "COERCE"),
        ("[The minister] met {her colleague} in Praia.", "CONSULT"),
    ],
)
def test_plain_sentences(text: str, root: str) -> None:
    plain, source, target = marked(text)
    found = classify(plain, source, target)
    assert found.root == root
    assert (found.quad, found.binary) == (QUAD[root], BINARY[root])
    assert 0 < found.confidence <= 1
    assert found.features


def test_who_is_source_and_who_is_target_counts() -> None:
    text = "Chad was accused by Niger of hiding the wreck."
    forward = JUDGE.model.scores(["order:ST"]), JUDGE.model.scores(["order:TS"])
    assert (forward[0] != forward[1]).any()
    assert classify(text, (20, 25), (0, 4)).root == "ACCUSE"


def test_one_answer_for_each_line_whatever_it_holds() -> None:
    helps = "Chad helps Togo."
    lines = [
        line("null", helps, [(None, None)], []),
        line("out", helps, [(0, 900)], [(11, 15)]),
        line("same", helps, [(0, 4)], [(0, 4)]),
        line("overlap", helps, [(0, 10)], [(2, 15)]),
        line("several", "Chad and Mali help Togo.", [(0, 4), (9, 13)], [(19, 23)]),
        line("empty", "", [], []),
        line(7, "俄罗斯向中国提供援助。", [(0, 3)], [(4, 6)]),
        json.dumps({"id": "odd", "text": helps, "source": "Chad", "target": [3, {"start": "0"}]}),
        "not json",
        "[1, 2]",
        '{"id": "no text"}',
        "   ",
    ]
    found = answers(*lines)
    assert [a["id"] for a in found] == [
        "null", "out", "same", "overlap", "several", "empty", 7, "odd", None, None, "no text",
    ]  # fmt: skip
    for answer in found:
        assert answer["root"] in QUAD
        assert answer["quad"] == QUAD[answer["root"]]
        assert answer["binary"] == BINARY[answer["root"]]
        assert 0 <= answer["confidence"] <= 1
    assert [a["error"]["code"] for a in found if "error" in a] == ["EVT001", "EVT001", "EVT002"]
    assert all("notes" in a for a in found[:3])
    assert [a["confidence"] for a in found if a["id"] in {"empty", 7}] == [0.0, 0.0]


def test_a_very_long_sentence_is_read_around_its_actors() -> None:
    filler = "and so the report went on and on " * 2_000
    text = f"{filler}Portugal donated ambulances to Togo. {filler}"
    start = text.index("Portugal")
    target = text.index("Togo")
    found = JUDGE.relation(Pair("long", text, ((start, start + 8),), ((target, target + 4),)))
    assert found.root == "AID"


def test_hostile_lines_are_all_answered_in_order() -> None:
    rows = hostile_rows()
    found = answers(*(row if isinstance(row, str) else json.dumps(row) for row in rows))
    wanted = [row["id"] for row in rows if isinstance(row, dict)]
    assert [a["id"] for a in found if "error" not in a or a["id"] is not None] == wanted
    assert len(found) == sum(not isinstance(row, str) or bool(row.strip()) for row in rows)
    for answer in found:
        assert answer["root"] in QUAD
        assert math.isfinite(answer["confidence"])
        assert 0 <= answer["confidence"] <= 1
        json.dumps(answer, allow_nan=False)


def hostile_rows() -> list[Any]:
    helps, span = "Chad helps Togo.", {"start": 0, "end": 4}
    good = {"text": helps, "source": [span], "target": [{"start": 11, "end": 15}]}
    odd_spans: list[Any] = [
        None, "Chad", 4, [None], [[0, 4]], [{"start": -3, "end": 2}], [{"start": 4, "end": 0}],
        [{"start": 0, "end": 10**30}], [{"start": 0.0, "end": 4.0}], [{"start": True, "end": 4}],
        [{"start": float("nan"), "end": float("inf")}], [{"start": None, "end": None}],
        [span, span, {"start": 2, "end": 9}], {"start": 0, "end": 4}, [{}], [{"text": "Chad"}],
        [span] * 5_000,
    ]  # fmt: skip
    texts = [
        "", " \t ", "\x00\x01", "\ud83d half a pair", "e\u0301" * 500, "A" * 200_000,
        "Россия поставила Китаю вакцину.", "俄罗斯向中国提供援助。", "روسيا تساعد الصين",
        "Chad helps Togo " + "and so on " * 10_000, "((((" * 5_000, "-" * 50_000, "1 " * 20_000,
    ]  # fmt: skip
    rows: list[Any] = [good | {"id": "again"}, good | {"id": "again"}]
    rows += [good | {"id": f"span {n}", "source": odd} for n, odd in enumerate(odd_spans)]
    rows += [good | {"id": f"both {n}", "source": odd, "target": odd}
             for n, odd in enumerate(odd_spans)]  # fmt: skip
    rows += [good | {"id": f"text {n}", "text": text} for n, text in enumerate(texts)]
    rows += [{"id": "no source", "text": helps}, {"id": {"a": 1}, "text": helps}, {"id": "no text"}]
    rows += [{"id": "text 7", "text": 7}, {"id": "null", "text": None}]
    rows += [
        "",
        "   ",
        "\t",
        "null",
        "7",
        '"text"',
        "[]",
        "{",
        '{"id": "cut',
        "\ufeff{}",
        "[" * 9_000,
    ]
    return [*rows, good | {"id": "last"}]


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=120),
    st.lists(st.tuples(st.integers(-5, 130), st.integers(-5, 130)), max_size=3),
    st.lists(st.tuples(st.integers(-5, 130), st.integers(-5, 130)), max_size=3),
)
def test_nothing_makes_it_fall(text: str, source: list, target: list) -> None:
    row = {
        "id": "x",
        "text": text,
        "source": [{"start": s, "end": e} for s, e in source],
        "target": [{"start": s, "end": e} for s, e in target],
    }
    (found,) = answers(json.dumps(row))
    assert found["root"] in QUAD
    pair = read_pair(row)
    assert all(0 <= s < e <= len(text) for s, e in (*pair.source, *pair.target))


def macro_f1(gold: list[Any], found: list[Any]) -> float:
    scores = []
    for label in sorted(set(gold)):
        hits = sum(g == f == label for g, f in zip(gold, found, strict=True))
        scores.append(2 * hits / (gold.count(label) + found.count(label)))
    return sum(scores) / len(scores)


def scores(rows: list[dict[str, Any]], gold: list[str]) -> tuple[float, float, float]:
    found = [JUDGE.relation(read_pair(row)).root for row in rows]
    return (
        macro_f1(gold, found),
        macro_f1([QUAD[r] for r in gold], [QUAD[r] for r in found]),
        macro_f1([BINARY[r] for r in gold], [BINARY[r] for r in found]),
    )


def test_economic_and_cultural_diplomacy() -> None:
    lines = (HERE / "economic_diplomacy.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    root, quad, binary = scores(rows, [row["root"] for row in rows])
    assert root >= 0.80
    assert quad >= 0.85
    assert binary >= 0.91


def test_conflict_news() -> None:
    lines = (HERE / "conflict_news.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == 300
    assert set(Counter(row["root"] for row in rows).values()) == {20}
    root, quad, binary = scores(rows, [row["root"] for row in rows])
    assert root >= 0.78
    assert quad >= 0.84
    assert binary >= 0.89


@pytest.mark.gold
def test_the_labelled_sentences(gold_folder: Path) -> None:
    lines = (gold_folder / "relations_dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    root, quad, binary = scores(rows, [row["gold"]["plover_root15"] for row in rows])
    assert root >= 0.80
    assert quad >= 0.88
    assert binary >= 0.92
