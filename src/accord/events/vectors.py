"""What words mean, roughly: a vector for each word, so that an unknown verb is near a known one.

The vectors come from the deep tier's encoder (all-MiniLM-L6-v2, sentence-transformers,
Apache-2.0), which reads every word alone; of its 384 numbers the :data:`WIDTH` principal
ones are kept as signed bytes, one row for each stem. No labelled text is behind them.
Reading them needs numpy only; building them (``python -m accord.events.train --words``)
needs the packages of the deep tier.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np

from accord.events.features import Marked, order_of, says_something, stem
from accord.events.linear import Array

__all__ = ["WIDTH", "WordVectors", "load_words", "marked_vector", "read_words", "save_words"]

WIDTH = 64
_BETWEEN, _AFTER, _BEFORE = 14, 12, 12  # words, as in the features of the linear model
_HEADS = 3
_NEAR = 6  # words within which the nearest telling one is looked for


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Rows of unit length by stem."""

    index: dict[str, int]
    rows: Array

    def of(self, word: str) -> Array | None:
        """The vector of a word, ``None`` where it is not known."""
        at = self.index.get(stem(word))
        return None if at is None else self.rows[at]

    def mean(self, words: Iterable[str]) -> Array:
        """The mean vector of the known ones among ``words``; zeros where none is."""
        known = [self.index[s] for s in map(stem, words) if s in self.index]
        if not known:
            return np.zeros(self.rows.shape[1], dtype=np.float32)
        return np.asarray(self.rows[known].mean(axis=0), dtype=np.float32)


def marked_vector(marked: Marked, vectors: WordVectors) -> Array:
    """One row for a marked sentence: means of the zones, then the words that join the actors.

    Zones are those of :func:`accord.events.features.extract_features`: between the two
    actors, after the later, before the earlier, all; then the first three telling words
    of the clause, and the nearest before the target, after the source, after the target.
    """
    tokens = marked.tokens
    first, second, order = order_of(marked)
    between = range(first + 1, min(second, first + 1 + _BETWEEN))
    after = range(second + 1, min(len(tokens), second + 1 + _AFTER))
    zones = (between, after, range(max(0, first - _BEFORE), first), range(len(tokens)))
    told = [[tokens[i] for i in zone if says_something(tokens[i])] for zone in zones]
    heads = (told[1] if order in {"joint", "S", "T"} else told[0])[:_HEADS]
    parts = [vectors.mean(words) for words in told]
    parts += [vectors.mean(heads[k : k + 1]) for k in range(_HEADS)]
    near = ((marked.target_at, -1), (marked.source_at, 1), (marked.target_at, 1))
    parts += [vectors.mean(_nearest(tokens, at, step)) for at, step in near]
    return np.concatenate(parts)


def _nearest(tokens: Sequence[str], at: int | None, step: int) -> list[str]:
    """The first telling word on one side of an actor, if it is near."""
    if at is None:
        return []
    for i in range(at + step, at + (_NEAR + 1) * step, step):
        if not 0 <= i < len(tokens):
            break
        if says_something(tokens[i]):
            return [tokens[i]]
    return []


@lru_cache(maxsize=1)
def load_words() -> WordVectors:
    """The vectors that the package ships."""
    source = resources.files("accord.events") / "weights" / "words.npz"
    with resources.as_file(source) as path:
        return read_words(path)


def read_words(path: Path) -> WordVectors:
    """Vectors that :func:`save_words` wrote."""
    with np.load(path) as data:
        stems = bytes(data["stems"]).decode("utf-8").split("\n")
        rows = data["rows"].astype(np.float32)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return WordVectors({word: k for k, word in enumerate(stems)}, rows)


def save_words(path: Path, words: Sequence[str], states: Array) -> int:
    """Reduce the encoder's states to principal rows by stem and write them; how many there are."""
    unit = states / np.linalg.norm(states, axis=1, keepdims=True)
    unit -= unit.mean(axis=0)
    _, _, axes = np.linalg.svd(unit.T @ unit)
    reduced = unit @ axes[:WIDTH].T
    reduced /= np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-6)
    forms: dict[str, list[int]] = {}
    for k, word in enumerate(words):
        forms.setdefault(stem(word), []).append(k)
    stems = sorted(forms)
    rows = np.stack([reduced[forms[s]].mean(axis=0) for s in stems])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    packed = np.round(rows / np.abs(rows).max() * 127).astype(np.int8)
    names = np.frombuffer("\n".join(stems).encode("utf-8"), dtype=np.uint8)
    np.savez_compressed(path, stems=names, rows=packed)
    return len(stems)
