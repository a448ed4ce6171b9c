"""The loops of a step on the cube: every exporter's block of periods and importers in turn.

Arrays over cells lie exporter by exporter, then period by period, importers
running fastest; effects' levels come exporter-time first, then importer-time.
Functions ending in ``_part`` do some exporters; their namesakes share out the
chunks among threads.
"""

from __future__ import annotations

import numpy as np
from numba import prange

from accord.gravity.arrays import Floats, Ints
from accord.gravity.compiled import add_products, kernel

__all__ = [
    "explained",
    "explained_part",
    "normal",
    "normal_part",
    "products",
    "products_part",
    "residual",
    "residual_part",
    "sums",
    "sums_part",
]


@kernel()
def normal_part(
    P: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    first: int, last: int, exporter: Floats, importer: Floats,
) -> None:  # fmt: skip
    """The normal matrix times P, shape (k, levels), of the exporters from ``first`` to ``last``."""
    mean = np.zeros(M)
    for e in range(first, last):
        pair = inverse[e * M : (e + 1) * M]
        for r in range(P.shape[0]):
            if has_pair:
                mean[:] = 0.0
                for t in range(T):
                    row = w[(e * T + t) * M : (e * T + t + 1) * M]
                    level = P[r, E * T + t * M : E * T + (t + 1) * M]
                    own = P[r, e * T + t]
                    for m in range(M):
                        mean[m] += row[m] * (own + level[m])
                for m in range(M):
                    mean[m] *= pair[m]
            for t in range(T):
                row = w[(e * T + t) * M : (e * T + t + 1) * M]
                level = P[r, E * T + t * M : E * T + (t + 1) * M]
                own = P[r, e * T + t]
                target = importer[r, t * M : (t + 1) * M]
                total = 0.0
                for m in range(M):
                    value = row[m] * (own + level[m] - mean[m])
                    total += value
                    target[m] += value
                exporter[r, e * T + t] = total


@kernel(parallel=True)
def normal(
    P: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, exporter: Floats, importer: Floats,
) -> None:  # fmt: skip
    """The normal matrix times P; importers' levels part by part, shape (parts, k, T M)."""
    for part in prange(len(chunks) - 1):
        normal_part(
            P, w, inverse, E, T, M, has_pair, chunks[part], chunks[part + 1],
            exporter, importer[part],
        )  # fmt: skip


@kernel()
def sums_part(
    V: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    first: int, last: int, exporter: Floats, importer: Floats,
) -> None:  # fmt: skip
    """Weighted sums by level of V, shape (k, size), less pair means, of some exporters."""
    mean = np.zeros(M)
    for e in range(first, last):
        pair = inverse[e * M : (e + 1) * M]
        for r in range(V.shape[0]):
            if has_pair:
                mean[:] = 0.0
                for t in range(T):
                    row = w[(e * T + t) * M : (e * T + t + 1) * M]
                    value = V[r, (e * T + t) * M : (e * T + t + 1) * M]
                    for m in range(M):
                        mean[m] += row[m] * value[m]
                for m in range(M):
                    mean[m] *= pair[m]
            for t in range(T):
                row = w[(e * T + t) * M : (e * T + t + 1) * M]
                value = V[r, (e * T + t) * M : (e * T + t + 1) * M]
                target = importer[r, t * M : (t + 1) * M]
                total = 0.0
                for m in range(M):
                    part = row[m] * (value[m] - mean[m])
                    total += part
                    target[m] += part
                exporter[r, e * T + t] = total


@kernel(parallel=True)
def sums(
    V: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, exporter: Floats, importer: Floats,
) -> None:  # fmt: skip
    """Weighted sums by level of V less pair means; importers' levels part by part."""
    for part in prange(len(chunks) - 1):
        sums_part(
            V, w, inverse, E, T, M, has_pair, chunks[part], chunks[part + 1],
            exporter, importer[part],
        )  # fmt: skip


@kernel()
def residual_part(
    V: Floats, A: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    first: int, last: int, begin: int, out: Floats,
) -> None:  # fmt: skip
    """V less effects A and pair means, of some exporters; ``out`` begins with ``begin``."""
    mean = np.zeros(M)
    for e in range(first, last):
        pair = inverse[e * M : (e + 1) * M]
        for r in range(V.shape[0]):
            mean[:] = 0.0
            for t in range(T):
                here, there = (e * T + t) * M, ((e - begin) * T + t) * M
                row, value = w[here : here + M], V[r, here : here + M]
                left = out[r, there : there + M]
                level = A[r, E * T + t * M : E * T + (t + 1) * M]
                own = A[r, e * T + t]
                for m in range(M):
                    left[m] = value[m] - own - level[m]
                    mean[m] += row[m] * left[m]
            if has_pair:
                for m in range(M):
                    mean[m] *= pair[m]
                for t in range(T):
                    there = ((e - begin) * T + t) * M
                    left = out[r, there : there + M]
                    for m in range(M):
                        left[m] -= mean[m]


@kernel(parallel=True)
def residual(
    V: Floats, A: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, out: Floats,
) -> None:  # fmt: skip
    """V less effects A and pair means, into ``out``, shape (k, cells of the chunks)."""
    for part in prange(len(chunks) - 1):
        residual_part(
            V, A, w, inverse, E, T, M, has_pair, chunks[part], chunks[part + 1], chunks[0], out
        )  # fmt: skip


@kernel()
def products_part(
    V: Floats, A: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    first: int, last: int, gram: Floats,
) -> None:  # fmt: skip
    """Adds the cross products of some exporters' residuals to ``gram``, shape (k, k)."""
    held = np.empty((V.shape[0], T * M))
    for e in range(first, last):
        residual_part(V, A, w, inverse, E, T, M, has_pair, e, e + 1, e, held)
        add_products(held, w[e * T * M : (e + 1) * T * M], gram)


@kernel(parallel=True)
def products(
    V: Floats, A: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, gram: Floats,
) -> None:  # fmt: skip
    """Cross products of the residuals, part by part, shape (parts, k, k)."""
    for part in prange(len(chunks) - 1):
        products_part(
            V, A, w, inverse, E, T, M, has_pair, chunks[part], chunks[part + 1], gram[part]
        )  # fmt: skip


@kernel()
def explained_part(
    V: Floats, a: Floats, slopes: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int,
    first: int, last: int, out: Floats,
) -> None:  # fmt: skip
    """Regressors V[1:] times slopes, effects and the pair means of the rest, of some exporters."""
    mean = np.zeros(M)
    for e in range(first, last):
        pair = inverse[e * M : (e + 1) * M]
        mean[:] = 0.0
        for t in range(T):
            here = (e * T + t) * M
            row, left, found = w[here : here + M], V[0, here : here + M], out[here : here + M]
            level, own = a[E * T + t * M : E * T + (t + 1) * M], a[e * T + t]
            for m in range(M):
                found[m] = own + level[m]
            for r in range(len(slopes)):
                value, slope = V[r + 1, here : here + M], slopes[r]
                for m in range(M):
                    found[m] += slope * value[m]
            for m in range(M):
                mean[m] += row[m] * (left[m] - found[m])
        for t in range(T):
            found = out[(e * T + t) * M : (e * T + t + 1) * M]
            for m in range(M):
                found[m] += mean[m] * pair[m]  # nothing without a pair effect


@kernel(parallel=True)
def explained(
    V: Floats, a: Floats, slopes: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int,
    chunks: Ints, out: Floats,
) -> None:  # fmt: skip
    """Regressors V[1:] times slopes, effects and the pair means of the rest, shape (size,)."""
    for part in prange(len(chunks) - 1):
        explained_part(
            V, a, slopes, w, inverse, E, T, M, chunks[part], chunks[part + 1], out
        )  # fmt: skip
