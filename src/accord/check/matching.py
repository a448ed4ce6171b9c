"""Which fact of the record a text speaks of: words in common, weighed by how rare they are.

Names differ between sources ("Treaty of Good-Neighbourliness and Friendly
Cooperation", "the 2001 friendship treaty"), so a text is held against every name
and alias of a fact. Words that few facts share weigh more (inverse document
frequency, Spärck Jones 1972); words that name the parties weigh nothing, since
parties are compared by code.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

__all__ = [
    "Weights",
    "label_score",
    "matched_weight",
    "numbers_in",
    "phrase_in",
    "stages_in",
    "tokens",
]

_WORD = re.compile(r"[a-z][a-z&-]*[a-z]|[a-z]|\d+(?:[.,]\d+)*", re.IGNORECASE)
_NUMBER = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*(million|billion|thousand|m\b|bn\b|mn\b)?", re.IGNORECASE
)
_SUFFIX = re.compile(r"(?:ies$)|(?:(?<=[a-z]{3})(?:ings?|edly|ed|es|s)$)")
_TIMES = {"million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3}


@dataclass(frozen=True, slots=True)
class _Lexicon:
    stop: frozenset[str]
    parties: frozenset[str]
    same: dict[str, str]
    stages: dict[str, tuple[str, ...]]
    names: dict[str, str]
    named: re.Pattern[str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    text = (resources.files("accord.check") / "data" / "words.toml").read_text("utf-8")
    data = tomllib.loads(text)
    same: dict[str, str] = {}
    for word, others in data["same"].items():
        for other in (word, *others):
            same[_stem(other)] = _stem(word)
    names = {name: code for code, group in data["names"].items() for name in group}
    ordered = sorted(names, key=len, reverse=True)
    return _Lexicon(
        names=names,
        named=re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b", re.IGNORECASE),
        stop=frozenset(data["stop"]),
        parties=frozenset(_stem(w) for w in data["parties"]),
        same=same,
        stages={stage: tuple(words) for stage, words in data["stages"].items()},
    )


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    word = word.lower().replace("ise", "ize").replace("our", "or")
    if len(word) <= 3 or word[0].isdigit():
        return word
    stem = _SUFFIX.sub(lambda m: "y" if m.group() == "ies" else "", word)
    return stem[:-1] if len(stem) > 4 and stem.endswith("e") else stem


@lru_cache(maxsize=4096)
def tokens(text: str) -> frozenset[str]:
    """The words of a text that carry meaning: stemmed, synonyms joined, parties left out."""
    lexicon = _lexicon()
    found = set()
    text = text.replace("’", "'").replace("'s", "")
    text = lexicon.named.sub(lambda m: lexicon.names[m.group().lower()], text)
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word in lexicon.stop:
            continue
        for part in _parts(word, lexicon):
            stem = _stem(part)
            if stem and part not in lexicon.stop and stem not in lexicon.parties:
                found.add(lexicon.same.get(stem, stem))
    return frozenset(found)


def _parts(word: str, lexicon: _Lexicon) -> list[str]:
    """A compound word as its parts, unless it is a word of its own ("e-commerce")."""
    if word[0].isdigit():
        return [word.strip(",.")]
    if "-" not in word or _stem(word) in lexicon.same or word.startswith("e-"):
        return [word]
    return word.split("-")


class Weights:
    """Weights of words over a set of labels: rare ones count more."""

    def __init__(self, labels: Iterable[frozenset[str]]) -> None:
        labels = list(labels)
        self._count = Counter(word for label in labels for word in label)
        self._labels = max(1, len(labels))

    def of(self, word: str) -> float:
        """The weight of one word."""
        return math.log(1 + self._labels / (1 + self._count.get(word, 0)))

    def total(self, words: Iterable[str]) -> float:
        """The summed weight of words."""
        return sum(map(self.of, words))


def label_score(labels: Sequence[frozenset[str]], words: frozenset[str], weights: Weights) -> float:
    """How much of the best of a fact's labels stands in a text: 0 to 1."""
    best = 0.0
    for label in labels:
        whole = weights.total(label)
        if whole > 0:
            best = max(best, weights.total(label & words) / whole)
    return best


def matched_weight(
    labels: Sequence[frozenset[str]], words: frozenset[str], weights: Weights
) -> float:
    """How much of a text one label explains: of two names that fit, the longer says more."""
    return max((weights.total(label & words) for label in labels), default=0.0)


def phrase_in(phrases: Sequence[str], text: str) -> bool:
    """Whether one of the phrases stands word for word in a text."""
    plain = f" {_plain(text)} "
    return any(f" {_plain(p)} " in plain for p in phrases if len(p) > 2)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9&]+", " ", text.lower().replace("’", "'").replace("'s", "")).strip()


def stages_in(text: str) -> set[str]:
    """The stages of a project that a text names."""
    plain = f" {_plain(text)} "
    return {
        stage
        for stage, words in _lexicon().stages.items()
        if any(f" {_plain(w)} " in plain for w in words)
    }


def numbers_in(text: str | None) -> list[tuple[float, str]]:
    """Numbers of a note with the word after each: ``25,500,000 masks`` → (25.5e6, "mask")."""
    found = []
    for match in _NUMBER.finditer(text or ""):
        value = float(match.group(1).replace(",", "")) * _TIMES.get(
            (match.group(2) or "").lower(), 1
        )
        rest = tokens_in_order((text or "")[match.end() : match.end() + 40])
        found.append((value, rest[0] if rest else ""))
    return found


def tokens_in_order(text: str) -> list[str]:
    """Stemmed words in reading order, synonyms joined."""
    lexicon = _lexicon()
    stems = (_stem(m.group().lower()) for m in _WORD.finditer(text))
    return [lexicon.same.get(s, s) for s in stems if s not in lexicon.stop]
