"""The deep tier: an encoder's view of the masked sentence joined to the fast tier's.

Both are linear models trained on the same composed sentences; their
log-probabilities are averaged. For an encoder other than MiniLM the head is fitted at
first use (minutes) and kept in the user's cache folder.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from accord.events.classify import FastClassifier, Pair, Relation, narrowed
from accord.events.compose import LabelledSentence
from accord.events.encoder import Encoder, load_encoder
from accord.events.features import extract_features, mark
from accord.events.linear import Array, fit_logistic, load_dense, save_dense

__all__ = ["DeepClassifier", "encode_sentences", "fit_deep"]

WEIGHT = 0.3  # of the encoder's log-probabilities; the rest is the fast tier's
REGULARIZATION = 1e-4
EPOCHS = 6
_BATCH = 32
_SHIPPED = Path(__file__).parent / "weights" / "deep.npz"


class DeepClassifier:
    """Fast tier and encoder together; the same interface as the fast tier."""

    def __init__(self, model: str | None = None) -> None:
        self.encoder = load_encoder(model)
        self.fast = FastClassifier()
        self.head = load_dense(_head(model, self.encoder))

    def relation(self, pair: Pair) -> Relation:
        """The relation from the pair's source to its target."""
        pair = narrowed(pair)
        marked = mark(pair.text, pair.source, pair.target)
        features = extract_features(marked)
        fast = self.fast.log_chances(marked, features)
        state = self.encoder.encode([pair])[0][: len(self.head.weights)]
        deep = self.head.log_chances(state, self.fast.model.roots)
        chances = np.asarray((1 - WEIGHT) * fast + WEIGHT * deep, dtype=np.float32)
        return self.fast.decided(marked, features, chances)


def encode_sentences(encoder: Encoder, sentences: Sequence[LabelledSentence]) -> Array:
    """The encoder's rows for training sentences, in their order."""
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i].text))
    rows: dict[int, Array] = {}
    for first in range(0, len(order), _BATCH):
        part = order[first : first + _BATCH]
        pairs = [
            Pair(None, sentences[i].text, (sentences[i].source,), (sentences[i].target,))
            for i in part
        ]
        rows.update(zip(part, encoder.encode(pairs), strict=True))
    return np.stack([rows[i] for i in range(len(sentences))])


def fit_deep(
    sentences: Sequence[LabelledSentence], folder: Path, *, encoder: Encoder | None = None
) -> int:
    """Fit the head on the encoder's rows and write ``deep.npz``; returns their width."""
    rows = encode_sentences(encoder or load_encoder(), sentences)
    labels = [s.root for s in sentences]
    model = fit_logistic(rows, labels, regularization=REGULARIZATION, epochs=EPOCHS)
    save_dense(folder / "deep.npz", list(model.classes_), model.coef_.T, model.intercept_)
    return int(rows.shape[1])


def _head(model: str | None, encoder: Encoder) -> Path:
    """Where the head's weights are; fitted first for an encoder that has none yet."""
    if model is None:
        return _SHIPPED
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "accord" / "events"
    folder = cache / re.sub(r"[^\w.-]+", "_", model)
    if not (folder / "deep.npz").exists():
        from accord.events.train import training_sentences

        folder.mkdir(parents=True, exist_ok=True)
        sys.stderr.write(f"fitting the head for {model}; this is done once\n")
        fit_deep(training_sentences(), folder, encoder=encoder)
    return folder / "deep.npz"
