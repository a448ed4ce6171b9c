"""Word vectors: near words are near, and what is not known is nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from accord.events.classify import FastClassifier
from accord.events.features import mark
from accord.events.vectors import WIDTH, load_words, marked_vector, read_words, save_words

WORDS = load_words()


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("shell", "bomb", "lend"),
        ("lend", "loan", "protest"),
        ("jail", "prison", "harvest"),
        ("apologize", "regret", "missile"),
    ],
)
def test_words_of_like_meaning_are_near(word: str, near: str, far: str) -> None:
    one, close, other = WORDS.of(word), WORDS.of(near), WORDS.of(far)
    assert one is not None
    assert close is not None
    assert other is not None
    assert one @ close > one @ other + 0.1


def test_forms_of_a_word_share_its_vector() -> None:
    first, second = WORDS.of("accused"), WORDS.of("accuses")
    assert first is not None
    assert second is not None
    assert (first == second).all()


def test_what_is_not_known_is_nothing() -> None:
    assert WORDS.of("qzxv") is None
    assert not WORDS.mean(["qzxv"]).any()
    vector = marked_vector(mark("", [], []), WORDS)
    assert vector.shape == (10 * WIDTH,)
    assert not vector.any()
    judge = FastClassifier()
    assert judge.meant.weights.shape == (10 * WIDTH, len(judge.model.roots))


def test_vectors_come_back_as_written(tmp_path: Path) -> None:
    words = [f"w{chr(97 + k)}{chr(97 + j)}z" for k in range(20) for j in range(10)]
    states = np.random.default_rng(1).normal(size=(len(words), 96)).astype(np.float32)
    assert save_words(tmp_path / "words.npz", words, states) == len(words)
    first = (tmp_path / "words.npz").read_bytes()
    read = read_words(tmp_path / "words.npz")
    assert set(read.index) == set(words)
    assert np.allclose(np.linalg.norm(read.rows, axis=1), 1, atol=1e-5)
    save_words(tmp_path / "words.npz", words, states)
    assert (tmp_path / "words.npz").read_bytes() == first
