"""The training text is the project's own: nothing of the labelled sets is in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from accord.events.compose import compose
from accord.events.frames import load_frames
from accord.events.ontology import QUAD
from accord.events.train import tagger_sentences, training_sentences

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def sentences() -> list:
    return training_sentences() + tagger_sentences()


def bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def digest(text: str) -> str:
    return hashlib.sha1(bare(text).encode(), usedforsecurity=False).hexdigest()


@pytest.mark.gold
def test_no_sentence_of_the_labelled_set_is_in_the_training_text(
    gold_folder: Path, sentences: list
) -> None:
    lines = (gold_folder / "relations_dev.jsonl").read_text("utf-8").splitlines()
    labelled = {bare(json.loads(line)["text"]) for line in lines}
    assert not labelled & {bare(s.text) for s in sentences}


@pytest.mark.gold
def test_no_hidden_sentence_is_in_the_training_text(gold_folder: Path, sentences: list) -> None:
    hidden = set((gold_folder / "hidden_sha1.txt").read_text().split())
    assert hidden
    assert not hidden & {digest(s.text) for s in sentences}


@pytest.mark.parametrize("name", ["economic_diplomacy", "conflict_news"])
def test_the_own_test_sets_are_kept_apart(name: str, sentences: list) -> None:
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    own = {bare(json.loads(line)["text"]) for line in lines}
    assert len(own) == 300
    assert not own & {bare(s.text) for s in sentences}


def test_every_root_has_its_share_and_its_spans(sentences: list) -> None:
    assert set(Counter(s.root for s in sentences)) == set(QUAD)
    assert len(set(Counter(s.root for s in sentences).values())) == 1
    for s in sentences:
        for start, end in (s.source, s.target):
            assert 0 <= start < end <= len(s.text)
            assert s.text[start:end].strip() == s.text[start:end]
        assert not re.search(r"[<>{}§]", s.text), s.text


def test_composition_is_the_same_every_time() -> None:
    assert compose(3) == compose(3)
    assert compose(3) != compose(3, seed=21)


def test_every_frame_names_a_target_and_known_actors() -> None:
    frames = load_frames()
    for root, groups in frames.roots.items():
        for group in groups:
            for kind in ("source", "target"):
                assert set(group[kind]) <= set(frames.actors), (root, group["mode"])
            for phrase in [*group.get("do", []), *group.get("act", [])]:
                assert re.search(r"\bT\b", phrase), (root, phrase)
            for phrase in [*group.get("nom", []), *group.get("say", [])]:
                assert re.search(r"\bS\b", phrase), (root, phrase)
