"""The loops of the cube: every exporter's block of periods and importers in turn.

Arrays over cells lie exporter by exporter, then period by period, importers
running fastest; effects' levels come exporter-time first, then importer-time.
Functions ending in ``_part`` do some exporters; their namesakes share out the
chunks among threads.
"""

from __future__ import annotations

import numpy as np
from numba import prange
from numpy.typing import NDArray

from accord.gravity.arrays import Codes, Floats, Ints, Kind, Mask
from accord.gravity.compiled import add_products, kernel

__all__ = [
    "diagonal",
    "diagonal_part",
    "explained",
    "explained_part",
    "gather",
    "invert_pair_totals",
    "normal",
    "normal_part",
    "place",
    "products",
    "products_part",
    "residual",
    "residual_part",
    "scaled_logs",
    "scatter",
    "sums",
    "sums_part",
    "sweep",
]


@kernel(parallel=True)
def place(
    exporter: Codes, time: Codes, importer: Codes, T: int, M: int, cell: Ints | Codes, present: Mask
) -> None:
    """The cell of each row, and which cells have one."""
    for row in prange(len(cell)):
        at = (np.int64(exporter[row]) * T + time[row]) * M + importer[row]
        cell[row] = at
        present[at] = True


@kernel(parallel=True)
def gather(values: NDArray[Kind], cell: Ints | Codes, out: NDArray[Kind]) -> None:
    """The values of their cells to rows, shape (n,)."""
    for row in prange(len(cell)):
        out[row] = values[cell[row]]


@kernel(parallel=True)
def scatter(values: NDArray[Kind], cell: Ints | Codes, out: NDArray[Kind]) -> None:
    """Values, shape (n,), to their cells."""
    for row in prange(len(values)):
        out[cell[row]] = values[row]


@kernel(parallel=True)
def invert_pair_totals(w: Floats, E: int, T: int, M: int, inverse: Floats) -> None:
    """One over the sum of a pair's weights; zero where that is nothing."""
    for e in prange(E):
        total = inverse[e * M : (e + 1) * M]
        for t in range(T):
            row = w[(e * T + t) * M : (e * T + t + 1) * M]
            for m in range(M):
                total[m] += row[m]
        for m in range(M):
            total[m] = 1.0 / total[m] if total[m] > 0.0 else 0.0


@kernel(parallel=True)
def sweep(
    y: Floats, mu: Floats, scale: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, sums: Floats,
) -> None:  # fmt: skip
    """Scale the mean by the importers' factors, then to the pairs' and the exporters' totals.

    Adds what the importers then have, shape (parts, T M), to ``sums``.
    """
    for part in prange(len(chunks) - 1):
        for e in range(chunks[part], chunks[part + 1]):
            block = slice(e * T * M, (e + 1) * T * M)
            _sweep_exporter(y[block], mu[block], scale, T, M, has_pair, sums[part])


@kernel()
def _sweep_exporter(
    y: Floats, mu: Floats, scale: Floats, T: int, M: int, has_pair: bool, sums: Floats
) -> None:
    flow, mean = np.zeros(M), np.zeros(M)
    for t in range(T):
        for m in range(M):
            mu[t * M + m] *= scale[t * M + m]
            flow[m] += y[t * M + m]
            mean[m] += mu[t * M + m]
    for m in range(M):
        mean[m] = flow[m] / mean[m] if has_pair and mean[m] > 0.0 else 1.0
    for t in range(T):
        sold = total = 0.0
        for m in range(M):
            mu[t * M + m] *= mean[m]
            sold += y[t * M + m]
            total += mu[t * M + m]
        ratio = sold / total if total > 0.0 else 1.0
        for m in range(M):
            mu[t * M + m] *= ratio
            sums[t * M + m] += mu[t * M + m]


@kernel(parallel=True)
def scaled_logs(mu: Floats, scale: Floats) -> None:
    """Logarithms, in place, of the mean scaled by the importers' factors; zero stays."""
    cells = len(scale)
    for e in prange(len(mu) // cells):
        block = mu[e * cells : (e + 1) * cells]
        for c in range(cells):
            value = block[c] * scale[c]
            block[c] = np.log(value) if value > 0.0 else 0.0


@kernel()
def diagonal_part(
    w: Floats, inverse: Floats, E: int, T: int, M: int, first: int, last: int,
    left: Floats, full: Floats, strongest: Floats, partner: Ints,
) -> None:  # fmt: skip
    """Adds to each level what the normal matrix has on its diagonal: ``full`` its weights, ``left``
    less what the pairs take; ``strongest`` and ``partner`` its largest element beside it.
    """
    for e in range(first, last):
        pair = inverse[e * M : (e + 1) * M]
        for t in range(T):
            row = w[(e * T + t) * M : (e * T + t + 1) * M]
            own, kept_here, full_here, most = e * T + t, 0.0, 0.0, 0.0
            for m in range(M):
                kept = row[m] * (1.0 - row[m] * pair[m])
                kept_here += kept
                full_here += row[m]
                level = E * T + t * M + m
                left[level] += kept
                full[level] += row[m]
                if kept > most:
                    most, partner[own] = kept, level
                if kept > strongest[level]:
                    strongest[level], partner[level] = kept, own
            left[own], full[own], strongest[own] = kept_here, full_here, most


@kernel(parallel=True)
def diagonal(
    w: Floats, inverse: Floats, E: int, T: int, M: int, chunks: Ints,
    left: Floats, full: Floats, strongest: Floats, partner: Ints,
) -> None:  # fmt: skip
    """The same part by part, each of shape (parts, levels)."""
    for part in prange(len(chunks) - 1):
        diagonal_part(
            w, inverse, E, T, M, chunks[part], chunks[part + 1],
            left[part], full[part], strongest[part], partner[part],
        )  # fmt: skip


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
