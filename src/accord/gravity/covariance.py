"""Covariance of the estimates: sandwich, clustered one or several ways, or robust.

The factor is G/(G−1) alone, with G the smallest number of clusters (n/(n−1)
without clusters). Several ways: Cameron, Gelbach and Miller (2011), as fixest and
pyfixest do it: with the smallest G for all, and mended only if a variance is negative.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numba import prange

from accord.gravity.absorb import Layout
from accord.gravity.arrays import Codes, Floats
from accord.gravity.codes import pairwise
from accord.gravity.compiled import kernel
from accord.gravity.design import Category
from accord.gravity.irls import Optimum

__all__ = ["sandwich", "without_negative"]


def sandwich(
    layout: Layout, X: Floats, optimum: Optimum, clusters: tuple[Category, ...], n: int
) -> tuple[Floats, float]:
    """The covariance of the coefficients on X, shape (k, k), and the score left.

    X, shape (k, size), are stored regressors of n rows; the layout has the final weights.
    The score is the largest of a regressor, in standard deviations of that score.
    """
    hessian, k = optimum.hessian, len(X)
    if not k:
        return np.zeros((0, 0)), 0.0
    ways = [
        (size, _intersection(chosen))
        for size in range(1, len(clusters) + 1)
        for chosen in combinations(clusters, size)
    ]
    # Cells without a row have no residual, so whichever cluster they count to gets nothing.
    codes = [layout.store(codes) for _, (codes, _) in ways]
    sums = [np.zeros((k, count)) for _, (_, count) in ways]
    meat, total = np.zeros_like(hessian), np.zeros(k)
    for rows, part in layout.within(X, optimum.effects):
        scores = np.multiply(part, optimum.residual[rows], out=part)
        total += scores.sum(axis=1)
        if not ways:
            meat += scores @ scores.T
        for place, out in zip(codes, sums, strict=True):
            _add(scores, place[rows], out)
    for (size, _), out in zip(ways, sums, strict=True):
        meat += (-1) ** (size + 1) * (out @ out.T)
    smallest = min((cluster.count for cluster in clusters), default=n)
    bread = np.linalg.pinv(hessian, hermitian=True)
    covariance = bread @ meat @ bread * (smallest / max(smallest - 1, 1))
    score = float(np.max(np.abs(total) / np.sqrt(np.maximum(np.diag(hessian), 1e-300))))
    return covariance, score


@kernel(parallel=True)
def _add(scores: Floats, codes: Codes, out: Floats) -> None:
    for r in prange(scores.shape[0]):
        for row in range(len(codes)):
            out[r, codes[row]] += scores[r, row]


def _intersection(chosen: tuple[Category, ...]) -> tuple[Codes, int]:
    codes, count = chosen[0].codes, chosen[0].count
    for other in chosen[1:]:
        codes, count = pairwise(codes, count, other.codes, other.count)
    return codes, count


def without_negative(covariance: Floats) -> Floats:
    """The nearest covariance with no negative eigenvalue, which several ways can bring."""
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    return np.asarray((vectors * np.maximum(values, 0)) @ vectors.T)
