"""Train the fast tier from the project's own text: ``python -m accord.events.train``.

Needs scikit-learn (a development dependency); reading the result needs numpy only.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from accord.events.compose import LabelledSentence, compose
from accord.events.features import extract_features, mark
from accord.events.linear import save_model

__all__ = ["main", "training_sentences"]

PER_ROOT = 560  # 8,400 sentences
SEED = 20
REGULARIZATION = 30.0  # scikit-learn's C; chosen by cross-validation
MINIMUM_COUNT = 2
OUTPUT = Path(__file__).parent / "weights" / "fast.npz"


def training_sentences() -> list[LabelledSentence]:
    """All sentences that the shipped model is trained on, in a fixed order."""
    return compose(PER_ROOT, SEED)


def main(argv: Sequence[str] | None = None) -> None:
    """Compose, fit, write the weights; says on standard error what it did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    options = parser.parse_args(argv)
    sentences = training_sentences()
    count = fit(sentences, options.output)
    size = options.output.stat().st_size / 1e6
    sys.stderr.write(f"{len(sentences)} sentences, {count} features, {size:.1f} MB\n")


def fit(sentences: Sequence[LabelledSentence], output: Path) -> int:
    """Fit on ``sentences`` and write to ``output``; returns the number of features."""
    from sklearn.linear_model import LogisticRegression

    rows = [extract_features(mark(s.text, [s.source], [s.target])) for s in sentences]
    counts = Counter(feature for row in rows for feature in row)
    features = sorted(f for f, n in counts.items() if n >= MINIMUM_COUNT)
    model = LogisticRegression(C=REGULARIZATION, max_iter=400)
    model.fit(design_matrix(rows, features), [s.root for s in sentences])
    output.parent.mkdir(exist_ok=True)
    weights = np.asarray(model.coef_.T, dtype=np.float32)
    bias = np.asarray(model.intercept_, dtype=np.float32)
    save_model(output, list(model.classes_), features, weights, bias)
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
