"""Train the fast tier from the project's own text: ``python -m accord.events.train``.

Needs scikit-learn (a development dependency); reading the result needs numpy only.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from accord.events.actors import gold_tags, word_features
from accord.events.compose import LabelledSentence, compose
from accord.events.features import extract_features, mark
from accord.events.linear import fit_logistic, save_dense, save_model
from accord.events.vectors import load_words, marked_vector, read_words, save_words
from accord.events.words import split_words

__all__ = ["main", "tagger_sentences", "training_sentences"]

PER_ROOT = 3000  # 45,000 sentences
SEED = 20
REGULARIZATION = 1e-6  # of squared weights; chosen by training on some frames, judging by others
EPOCHS = 6
MINIMUM_COUNT = 3
MEANING_REGULARIZATION = 1e-4
MEANING_EPOCHS = 4
ACTORS_PER_ROOT = 1000  # the tagger learns where phrases end from fewer and plainer sentences
DEEP_EVERY = 3
TAGGER_REGULARIZATION = 1e-7
TAGGER_EPOCHS = 12
TAGGER_MINIMUM = 3
OUTPUT = Path(__file__).parent / "weights"


def training_sentences() -> list[LabelledSentence]:
    """All sentences that the shipped model is trained on, in a fixed order."""
    return compose(PER_ROOT, SEED)


def tagger_sentences() -> list[LabelledSentence]:
    """All sentences that the tagger of actors is trained on."""
    return compose(ACTORS_PER_ROOT, SEED, embedded=0.0)


def main(argv: Sequence[str] | None = None) -> None:
    """Compose, fit, write the weights; says on standard error what it did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder for the weights")
    parser.add_argument("--words", action="store_true", help="build the word vectors anew first")
    parser.add_argument("--deep", action="store_true", help="also the deep tier (slow)")
    options = parser.parse_args(argv)
    options.output.mkdir(exist_ok=True)
    if options.words:
        sys.stderr.write(f"words: {build_words(options.output)} stems\n")
    sentences = training_sentences()
    _report("meant", options.output, fit_meaning(sentences, options.output), len(sentences))
    _report("fast", options.output, fit_relations(sentences, options.output), len(sentences))
    plain = tagger_sentences()
    _report("actors", options.output, fit_actors(plain, options.output), len(plain))
    if options.deep:
        from accord.events.deep import fit_deep

        fewer = sentences[::DEEP_EVERY]
        _report("deep", options.output, fit_deep(fewer, options.output), len(fewer))


def _report(name: str, folder: Path, features: int, sentences: int) -> None:
    size = (folder / f"{name}.npz").stat().st_size / 1e6
    sys.stderr.write(f"{name}: {sentences} sentences, {features} features, {size:.2f} MB\n")


def fit_relations(sentences: Sequence[LabelledSentence], folder: Path) -> int:
    """The classifier of the fast tier; returns the number of its features."""
    rows = [extract_features(mark(s.text, [s.source], [s.target])) for s in sentences]
    labels = [s.root for s in sentences]
    settings = Settings(REGULARIZATION, EPOCHS, MINIMUM_COUNT)
    return _fit(rows, labels, folder / "fast.npz", settings)


def fit_meaning(sentences: Sequence[LabelledSentence], folder: Path) -> int:
    """The fast tier's second model, over word vectors; returns their width."""
    own = folder / "words.npz"
    words = read_words(own) if own.exists() else load_words()
    rows = np.stack([marked_vector(mark(s.text, [s.source], [s.target]), words) for s in sentences])
    labels = [s.root for s in sentences]
    model = fit_logistic(rows, labels, regularization=MEANING_REGULARIZATION, epochs=MEANING_EPOCHS)
    save_dense(folder / "meant.npz", list(model.classes_), model.coef_.T, model.intercept_)
    return int(rows.shape[1])


def build_words(folder: Path) -> int:
    """Vectors of the plain words in the encoder's vocabulary; how many stems."""
    from accord.events.encoder import load_encoder, whole_words

    words = whole_words()
    return save_words(folder / "words.npz", words, load_encoder().encode_words(words))


def fit_actors(sentences: Sequence[LabelledSentence], folder: Path) -> int:
    """The tagger that finds source and target; returns the number of its features."""
    rows: list[list[str]] = []
    labels: list[str] = []
    for sentence in sentences:
        words = split_words(sentence.text)
        rows.extend(word_features(words))
        labels.extend(gold_tags(words, sentence.source, sentence.target))
    settings = Settings(TAGGER_REGULARIZATION, TAGGER_EPOCHS, TAGGER_MINIMUM)
    return _fit(rows, labels, folder / "actors.npz", settings)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model over feature strings is fitted; rarer features than ``minimum`` are dropped."""

    regularization: float
    epochs: int
    minimum: int


def _fit(
    rows: Sequence[Sequence[str]], labels: Sequence[str], path: Path, settings: Settings
) -> int:
    counts = Counter(feature for row in rows for feature in row)
    features = sorted(f for f, n in counts.items() if n >= settings.minimum)
    model = fit_logistic(
        design_matrix(rows, features), labels,
        regularization=settings.regularization, epochs=settings.epochs,
    )  # fmt: skip
    weights = np.asarray(model.coef_.T, dtype=np.float32)
    bias = np.asarray(model.intercept_, dtype=np.float32)
    save_model(path, list(model.classes_), features, weights, bias)
    return len(features)


def design_matrix(rows: Sequence[Sequence[str]], features: Sequence[str]) -> Any:
    """Sparse rows whose entries are 1/√n, as the linear model reads them."""
    from scipy.sparse import csr_matrix

    index = {f: i for i, f in enumerate(features)}
    starts, columns, values = [0], [], []
    for row in rows:
        known = [index[f] for f in row if f in index]
        columns.extend(known)
        values.extend([1 / np.sqrt(max(1, len(known)))] * len(known))
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(rows), len(features)), dtype=np.float32)


if __name__ == "__main__":
    main()
