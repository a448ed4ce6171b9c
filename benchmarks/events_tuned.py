"""A variant apart: the fast tier's linear model when labelled sentences are added to its text.

``python -m benchmarks.events_tuned``: five-fold cross-validation on the labelled set;
each fold is judged by a model that learnt the project's own sentences and the other four
folds. JSON lines. Nothing of it is shipped: it shows what labelled text would add.
"""

from __future__ import annotations

import sys
from collections import Counter

import numpy as np

from accord.events.classify import read_pair
from accord.events.compose import compose
from accord.events.features import extract_features, mark
from accord.events.linear import fit_logistic
from accord.events.ontology import BINARY, QUAD
from accord.events.train import EPOCHS, MINIMUM_COUNT, REGULARIZATION, SEED, design_matrix
from benchmarks.events import LABELLED, macro_f1, read_rows
from benchmarks.harness import emit

PER_ROOT = 1000  # own sentences of each root: fewer than are shipped, to end sooner
FOLDS = 5
COUNTS = 5  # how often a labelled sentence counts


def main() -> None:
    """Cross-validate and print."""
    if not LABELLED.exists():
        sys.stderr.write("the labelled sentences are not beside the project\n")
        return
    labelled = read_rows(LABELLED)
    gold = np.array([row["gold"]["plover_root15"] for row in labelled])
    pairs = [read_pair(row) for row in labelled]
    theirs = [extract_features(mark(p.text, p.source, p.target)) for p in pairs]
    own = compose(PER_ROOT, SEED)
    ours = [extract_features(mark(s.text, [s.source], [s.target])) for s in own]
    roots = np.array([s.root for s in own])
    fold_of = np.random.default_rng(SEED).permutation(len(labelled)) % FOLDS
    found = np.empty(len(labelled), dtype=gold.dtype)
    for fold in range(FOLDS):
        learnt = np.flatnonzero(fold_of != fold)
        judged = np.flatnonzero(fold_of == fold)
        found[judged] = _judged(
            [*ours, *(theirs[i] for i in learnt)], np.concatenate([roots, gold[learnt]]),
            len(ours), [theirs[i] for i in judged],
        )  # fmt: skip
    for level, of in (("root", None), ("quad", QUAD), ("binary", BINARY)):
        wanted = [of[g] if of else g for g in gold]
        got = [of[f] if of else f for f in found]
        emit(f"events tuned on labelled folds, {level} macro-F1", 100 * macro_f1(wanted, got), "%")


def _judged(
    rows: list[list[str]], labels: np.ndarray, own: int, asked: list[list[str]]
) -> np.ndarray:
    """The roots of ``asked`` by a model of ``rows``, the first ``own`` of them composed."""
    counts = Counter(feature for row in rows for feature in row)
    features = sorted(f for f, n in counts.items() if n >= MINIMUM_COUNT)
    rows = rows[:own] + rows[own:] * COUNTS
    labels = np.concatenate([labels[:own], np.tile(labels[own:], COUNTS)])
    model = fit_logistic(
        design_matrix(rows, features), list(labels), regularization=REGULARIZATION, epochs=EPOCHS
    )
    found: np.ndarray = model.predict(design_matrix(asked, features))
    return found


if __name__ == "__main__":
    main()
