"""Covariance of the estimates: sandwich, clustered one or several ways, or robust.

The factor is G/(G−1) alone, with G the smallest number of clusters (n/(n−1)
without clusters). Several ways: Cameron, Gelbach and Miller (2011).
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from accord.gravity.columns import Floats, Ints, compact
from accord.gravity.design import Category

__all__ = ["sandwich", "sums_by_cluster"]


def sandwich(
    scores: Floats, hessian: Floats, clusters: tuple[Category, ...]
) -> tuple[Floats, tuple[int, ...]]:
    """The covariance, shape (k, k), of scores (k, n), and how many clusters each way has."""
    if not len(scores):
        return np.zeros((0, 0)), tuple(cluster.count for cluster in clusters)
    bread = np.linalg.pinv(hessian, hermitian=True)
    counts = tuple(cluster.count for cluster in clusters)
    if not clusters:
        n = scores.shape[1]
        return bread @ (scores @ scores.T) @ bread * (n / max(n - 1, 1)), counts
    meat = np.zeros_like(hessian)
    for size in range(1, len(clusters) + 1):
        for chosen in combinations(clusters, size):
            codes, count = _intersection(chosen)
            sums = sums_by_cluster(scores, codes, count)
            meat += (-1) ** (size + 1) * (sums @ sums.T)
    smallest = min(counts)
    covariance = bread @ meat @ bread * (smallest / max(smallest - 1, 1))
    return (_positive(covariance) if len(clusters) > 1 else covariance), counts


def sums_by_cluster(scores: Floats, codes: Ints, count: int) -> Floats:
    """Scores summed over clusters, shape (k, count)."""
    return np.stack([np.bincount(codes, weights=score, minlength=count) for score in scores])


def _intersection(chosen: tuple[Category, ...]) -> tuple[Ints, int]:
    codes, count = chosen[0].codes, chosen[0].count
    for other in chosen[1:]:
        codes, count = compact(codes * other.count + other.codes, count * other.count)
    return codes, count


def _positive(covariance: Floats) -> Floats:
    """Negative eigenvalues, which several ways of clustering can bring, set to zero."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    if values.min() >= 0:
        return covariance
    return np.asarray((vectors * np.maximum(values, 0)) @ vectors.T)
