"""The relation between a given source and a given target in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np

from accord.errors import EventError
from accord.events.features import NAME, SOURCE, TARGET, Marked, extract_features, mark
from accord.events.linear import Array, load_dense, load_model, log_softmax, softmax
from accord.events.ontology import BINARY, QUAD, load_ontology
from accord.events.vectors import load_words, marked_vector

__all__ = [
    "Classifier",
    "Pair",
    "Relation",
    "Tier",
    "classifier",
    "classify",
    "classify_lines",
    "read_pair",
]

Tier = Literal["fast", "deep"]
MEANING = 0.3  # weight of the word vectors' log-probabilities; the rest is the linear model's
# Divides log-probabilities, so that confidence is as high as judgements are right: least
# log-loss on the project's own 600 sentences.
TEMPERATURE = 1.3
MAX_CHARACTERS = 20_000  # beyond this only what stands around the two spans is read
_WINDOW = 2_000
_MEANT = Path(__file__).parent / "weights" / "meant.npz"
_NOTHING = frozenset({SOURCE, TARGET, NAME})


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with the character spans of source and target; either may be empty."""

    id: str | None
    text: str
    source: tuple[tuple[int, int], ...] = ()
    target: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """One of the fifteen roots, its quad class (1–4), 0 cooperation or 1 conflict."""

    root: str
    quad: int
    binary: int
    confidence: float
    features: tuple[str, ...] = field(default=())


class Classifier(Protocol):
    """What both tiers offer."""

    def relation(self, pair: Pair) -> Relation:
        """The relation from the pair's source to its target."""
        ...


class FastClassifier:
    """The default tier: a linear model over placed words, and one over what words mean."""

    def __init__(self) -> None:
        self.model = load_model("fast")
        self.words = load_words()
        self.meant = load_dense(_MEANT)

    def relation(self, pair: Pair) -> Relation:
        """The relation from the pair's source to its target."""
        pair = narrowed(pair)
        marked = mark(pair.text, pair.source, pair.target)
        features = extract_features(marked)
        return self.decided(marked, features, self.log_chances(marked, features))

    def log_chances(self, marked: Marked, features: Sequence[str]) -> Array:
        """Log-probabilities (not normalised) of the roots of ``self.model``."""
        told = log_softmax(self.model.scores(features))
        meant = self.meant.log_chances(marked_vector(marked, self.words), self.model.roots)
        return np.asarray((1 - MEANING) * told + MEANING * meant, dtype=np.float32)

    def decided(self, marked: Marked, features: Sequence[str], chances: Array) -> Relation:
        """The likeliest root, with the features that speak most for it."""
        shares = softmax(chances / np.float32(TEMPERATURE))
        best = int(shares.argmax())
        root = self.model.roots[best]
        reasons = tuple(name for name, weight in self.model.strongest(features, root) if weight > 0)
        sure = round(float(shares[best]), 4) if says_anything(marked) else 0.0
        return Relation(root, QUAD[root], BINARY[root], sure, reasons)


def says_anything(marked: Marked) -> bool:
    """Whether a word stands outside the actors; without one the root is a mere default."""
    return any(token.isalpha() and token not in _NOTHING for token in marked.tokens)


def classifier(tier: Tier = "fast", model: str | None = None) -> Classifier:
    """The classifier of a tier; ``model`` names an encoder for ``deep``.

    Raises :class:`~accord.errors.EventError` (EVT006) where the optional parts of
    ``deep`` are not installed.
    """
    if tier == "fast":
        return FastClassifier()
    from accord.events.deep import DeepClassifier

    return DeepClassifier(model)


def classify(text: str, source: tuple[int, int] | None, target: tuple[int, int] | None) -> Relation:
    """The relation between two spans of a text, with the fast tier."""
    pair = Pair(None, text, (source,) if source else (), (target,) if target else ())
    return FastClassifier().relation(pair)


def classify_lines(lines: Iterable[str], judge: Classifier) -> Iterator[dict[str, Any]]:
    """One answer for each non-blank line of JSON, in order, whatever the line holds.

    An answer is ``{id, root, quad, binary, confidence}``, with ``notes`` where spans
    had to be left out and ``error`` where the line cannot be read at all.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield classify_line(line, number, judge.relation)


def classify_line(line: str, number: int, relation: Callable[[Pair], Relation]) -> dict[str, Any]:
    """The answer for one line."""
    name: str | None = None
    try:
        row = _object(line, number)
        name = row.get("id")
        pair = read_pair(row)
    except EventError as problem:
        neutral = load_ontology().fallback
        return {
            "id": name, "root": neutral, "quad": QUAD[neutral], "binary": BINARY[neutral],
            "confidence": 0.0, "line": number, "error": problem.to_dict(),
        }  # fmt: skip
    found = relation(pair)
    answer: dict[str, Any] = {
        "id": pair.id,
        "root": found.root,
        "quad": found.quad,
        "binary": found.binary,
        "confidence": found.confidence,
    }
    if pair.notes:
        answer["notes"] = list(pair.notes)
    return answer


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise EventError("EVT001", line=number) from None
    if not isinstance(row, dict):
        raise EventError("EVT001", line=number)
    return row


def _no_number(_: str) -> None:
    """NaN and Infinity are no JSON: they are read as null."""


def read_pair(row: Mapping[str, Any]) -> Pair:
    """A pair from its JSON form; spans that cannot be used are left out with a note.

    Raises :class:`~accord.errors.EventError` (EVT002) where ``text`` is not a string.
    """
    text = row.get("text")
    if not isinstance(text, str):
        raise EventError("EVT002", id=row.get("id"))
    notes: list[str] = []
    if not text.strip():
        notes.append("empty text")
    source = _spans(row.get("source"), text, "source", notes)
    target = _spans(row.get("target"), text, "target", notes)
    if set(source) & set(target):
        notes.append("source and target are the same span")
    return Pair(row.get("id"), text, source, target, tuple(notes))


def _spans(value: Any, text: str, role: str, notes: list[str]) -> tuple[tuple[int, int], ...]:
    entries = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
    kept = []
    for entry in entries:
        span = _span(entry, len(text))
        if span is None:
            notes.append(f"{role}: a span outside the text or without offsets was left out")
        else:
            kept.append(span)
    if not kept and f"{role}:" not in " ".join(notes):
        notes.append(f"{role}: no span given")
    return tuple(sorted(set(kept)))


def _span(entry: Any, length: int) -> tuple[int, int] | None:
    if not isinstance(entry, Mapping):
        return None
    start, end = entry.get("start"), entry.get("end")
    if type(start) is not int or type(end) is not int:
        return None
    return (start, end) if 0 <= start < end <= length else None


def narrowed(pair: Pair) -> Pair:
    """Very long texts: what stands around the two spans decides, the rest is noise."""
    if len(pair.text) <= MAX_CHARACTERS:
        return pair
    edges = [p for span in (*pair.source[:1], *pair.target[:1]) for p in span] or [0]
    start = max(0, min(edges) - _WINDOW)
    stop = min(len(pair.text), max(edges) + _WINDOW, start + MAX_CHARACTERS)

    def moved(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple((s - start, e - start) for s, e in spans if start <= s and e <= stop)

    return Pair(pair.id, pair.text[start:stop], moved(pair.source), moved(pair.target), pair.notes)
