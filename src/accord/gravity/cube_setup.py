"""The loops that lay out a cube and its weights, before any step is taken.

Arrays are as in :mod:`accord.gravity.cube_loops`.
"""

from __future__ import annotations

import numpy as np
from numba import prange
from numpy.typing import NDArray

from accord.gravity.arrays import Codes, Floats, Ints, Kind, Mask
from accord.gravity.compiled import kernel

__all__ = [
    "diagonal",
    "diagonal_part",
    "gather",
    "invert_pair_totals",
    "place",
    "scaled_logs",
    "scatter",
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
