"""Covariance of the estimates: sandwich, clustered one or several ways, or robust.

The factor is G/(G−1) alone, with G the smallest number of clusters (n/(n−1)
without clusters). Several ways: Cameron, Gelbach and Miller (2011).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np

from accord.gravity.columns import Codes, Floats, pairwise
from accord.gravity.design import Category

__all__ = ["sandwich"]


def sandwich(
    scores: Iterable[Floats], hessian: Floats, clusters: tuple[Category, ...]
) -> tuple[Floats, tuple[int, ...]]:
    """The covariance, shape (k, k), and how many clusters each way has.

    ``scores`` gives, regressor by regressor, the score of each row, shape (n,).
    """
    counts = tuple(cluster.count for cluster in clusters)
    if not len(hessian):
        return np.zeros((0, 0)), counts
    bread = np.linalg.pinv(hessian, hermitian=True)
    if not clusters:
        rows = np.stack(list(scores))
        n = rows.shape[1]
        return bread @ (rows @ rows.T) @ bread * (n / max(n - 1, 1)), counts
    ways = [
        (size, _intersection(chosen))
        for size in range(1, len(clusters) + 1)
        for chosen in combinations(clusters, size)
    ]
    sums: list[list[Floats]] = [[] for _ in ways]
    for score in scores:
        for place, (_, (codes, count)) in enumerate(ways):
            sums[place].append(
                np.bincount(codes, weights=score, minlength=count).astype(np.float64)
            )
    meat = np.zeros_like(hessian)
    for (size, _), columns in zip(ways, sums, strict=True):
        stacked = np.stack(columns)
        meat += (-1) ** (size + 1) * (stacked @ stacked.T)
    smallest = min(counts)
    covariance = bread @ meat @ bread * (smallest / max(smallest - 1, 1))
    return (_positive(covariance) if len(clusters) > 1 else covariance), counts


def _intersection(chosen: tuple[Category, ...]) -> tuple[Codes, int]:
    codes, count = chosen[0].codes, chosen[0].count
    for other in chosen[1:]:
        codes, count = pairwise(codes, count, other.codes, other.count)
    return codes, count


def _positive(covariance: Floats) -> Floats:
    """Negative eigenvalues, which several ways of clustering can bring, set to zero."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    if values.min() >= 0:
        return covariance
    return np.asarray((vectors * np.maximum(values, 0)) @ vectors.T)
