"""The linear model of the fast tier: a table of weights, read once, used with numpy alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

__all__ = [
    "DenseModel",
    "LinearModel",
    "fit_logistic",
    "load_dense",
    "load_model",
    "log_softmax",
    "save_dense",
    "save_model",
    "softmax",
]

Array = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Logistic regressions over feature strings, one for each root.

    ``weights`` has a row for each feature and a column for each root; a sentence's
    features count 1/√n each, so that long sentences do not shout.
    """

    roots: tuple[str, ...]
    index: dict[str, int]
    weights: Array
    bias: Array

    def scores(self, features: Iterable[str]) -> Array:
        """One score for each root (logits)."""
        rows = [self.index[f] for f in features if f in self.index]
        if not rows:
            return self.bias.copy()
        total = self.weights[rows].sum(axis=0, dtype=np.float32)
        return np.asarray(total / np.sqrt(np.float32(len(rows))) + self.bias, dtype=np.float32)

    def strongest(
        self, features: Iterable[str], root: str, limit: int = 5
    ) -> list[tuple[str, float]]:
        """The features that speak most for a root, strongest first."""
        column = self.roots.index(root)
        known = [
            (f, float(self.weights[self.index[f], column])) for f in features if f in self.index
        ]
        return sorted(known, key=lambda pair: -pair[1])[:limit]


def softmax(scores: Array) -> Array:
    """Scores as probabilities that sum to one."""
    shifted = np.exp(scores - scores.max())
    return np.asarray(shifted / shifted.sum(), dtype=np.float32)


def log_softmax(scores: Array) -> Array:
    """The logarithms of :func:`softmax`, finite however small a chance is."""
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class DenseModel:
    """Logistic regressions over a vector: what words or sentences mean."""

    roots: tuple[str, ...]
    weights: Array
    bias: Array

    def log_chances(self, vector: Array, order: Sequence[str]) -> Array:
        """Log-probabilities, one for each root of ``order``."""
        found = log_softmax(np.asarray(vector @ self.weights + self.bias, dtype=np.float32))
        return found[[self.roots.index(root) for root in order]]


def load_dense(path: Path) -> DenseModel:
    """A model that :func:`save_dense` wrote."""
    with np.load(path) as data:
        return DenseModel(
            tuple(str(r) for r in data["roots"]),
            data["weights"].astype(np.float32),
            data["bias"].astype(np.float32),
        )


def save_dense(path: Path, roots: Sequence[str], weights: Array, bias: Array) -> None:
    """Write a model over vectors."""
    np.savez_compressed(
        path,
        weights=weights.astype(np.float16),
        bias=bias.astype(np.float32),
        roots=np.array(list(roots)),
    )


def fit_logistic(rows: Any, labels: Sequence[str], *, regularization: float, epochs: int) -> Any:
    """A logistic regression for each label against the rest, by averaged stochastic gradient.

    Averaging (Polyak and Juditsky 1992) and few epochs generalise better here than a fit
    to convergence, and take seconds. The same rows give the same model.
    """
    from sklearn.linear_model import SGDClassifier

    model = SGDClassifier(
        loss="log_loss", alpha=regularization, max_iter=epochs, tol=None, average=True,
        random_state=1,
    )  # fmt: skip
    return model.fit(rows, labels)


def save_model(
    path: Path, roots: Sequence[str], features: Sequence[str], weights: Array, bias: Array
) -> None:
    """Write a model as one compressed file; weights as signed bytes with a scale for each root."""
    scale = np.abs(weights).max(axis=0) / 127
    packed = np.round(weights / scale).astype(np.int8)
    names = np.frombuffer("\n".join(features).encode("utf-8"), dtype=np.uint8)
    np.savez_compressed(
        path,
        roots=np.array(roots),
        names=names,
        weights=packed,
        scale=scale.astype(np.float32),
        bias=bias,
    )


@lru_cache(maxsize=2)
def load_model(name: str = "fast") -> LinearModel:
    """The model that the package ships."""
    source = resources.files("accord.events") / "weights" / f"{name}.npz"
    with resources.as_file(source) as path, np.load(path) as data:
        features = bytes(data["names"]).decode("utf-8").split("\n")
        weights = data["weights"].astype(np.float32) * data["scale"]
        roots = tuple(str(r) for r in data["roots"])
        bias = data["bias"].astype(np.float32)
    return LinearModel(roots, {f: i for i, f in enumerate(features)}, weights, bias)
