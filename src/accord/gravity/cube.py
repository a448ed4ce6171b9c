"""Weighted within-transformation on the cube of exporter, time and importer.

Gravity data fill a cube, so no index needs to be followed: cells lie exporter
by exporter, then period by period, importers running fastest. The pair effect
is eliminated in closed form exporter by exporter, where the block stays in the
processor's cache; exporter-time and importer-time effects are left to conjugate
gradients. Cells without a row have weight zero.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numba import prange
from numpy.typing import NDArray

from accord.gravity.columns import Floats, Ints, Kind
from accord.gravity.compiled import PORTION, SERIAL_ROWS, add_products, kernel, threads
from accord.gravity.precondition import Blocks, couple
from accord.gravity.structure import Structure

__all__ = ["CubeLayout"]


class CubeLayout:
    """Cells (exporter, time, importer); ``cell`` says where each design row lies."""

    kind = "cube"
    has_effects = True

    def __init__(self, structure: Structure, n: int) -> None:
        E, T, M = structure.exporter, structure.time, structure.importer
        self.shape = (E.count, T.count, M.count)
        self.size = E.count * T.count * M.count
        self.levels = T.count * (E.count + M.count)
        self.has_pair = structure.has_pair
        self.cell = (E.codes.astype(np.int64) * T.count + T.codes) * M.count + M.codes
        self.present = np.zeros(self.size, dtype=bool)
        self.present[self.cell] = True
        parts = threads() if self.size > SERIAL_ROWS else 1
        self.chunks = np.linspace(0, E.count, parts + 1).astype(np.int64)
        self.weights: Floats = np.zeros(0)
        self.inverse: Floats = np.zeros(0)
        self.blocks: Blocks | None = None

    def store(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """Design rows (last axis) in their cells; zero where there is no row."""
        out = np.zeros((*values.shape[:-1], self.size), dtype=values.dtype)
        out[..., self.cell] = values
        return out

    def recall(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """Cells (last axis) in design order."""
        return np.ascontiguousarray(values[..., self.cell])

    def weigh(self, weights: Floats) -> None:
        """Take the weights, shape (size,), of the transformations that follow."""
        self.weights = weights
        E, T, M = self.shape
        cube = weights.reshape(self.shape)
        if self.has_pair:
            total = cube.sum(axis=1)
            self.inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0).ravel()
        else:
            self.inverse = np.zeros(E * M)
        left, full, strongest = np.zeros((3, self.levels))
        partner = np.full(self.levels, -1)
        _diagonal(weights, self.inverse, E, T, M, left, full, strongest, partner)
        diagonal = np.where(left < 1e-9 * full, np.where(full > 0, full, 1.0), left)
        self.blocks = couple(diagonal, strongest, partner)

    def start(self, y: Floats, sweeps: int) -> Floats:
        """The linear index after some rounds of fitting each effect's totals in turn."""
        Y = y.reshape(self.shape)
        mu = self.present.reshape(self.shape).astype(np.float64)
        axes = (1, 2, 0) if self.has_pair else (2, 0)
        totals = {axis: Y.sum(axis=axis, keepdims=True) for axis in axes}
        for _ in range(sweeps):
            for axis in axes:
                sums = mu.sum(axis=axis, keepdims=True)
                mu *= np.divide(totals[axis], sums, out=np.ones_like(sums), where=sums > 0)
        return np.asarray(np.log(mu, out=np.zeros_like(mu), where=mu > 0).ravel())

    def reduce(self, V: Floats) -> Floats:
        """Right-hand sides, shape (k, levels), of the variables V, shape (k, size)."""
        return self._gather(V, np.zeros((len(V), 0)), variables=True)

    def apply(self, P: Floats) -> Floats:
        """The normal matrix, the pair effect eliminated, times P, both (k, levels)."""
        return self._gather(np.zeros((len(P), 0)), P, variables=False)

    def residual(self, V: Floats, A: Floats, out: Floats | None = None) -> Floats:
        """V less the effects A and less the pair effect, shape (k, size)."""
        out = np.empty_like(V) if out is None else out
        if len(V):
            self._fill(V, A, self.chunks, out)
        return out

    def products(self, V: Floats, A: Floats) -> Floats:
        """Cross products, shape (k, k), of the residuals of V under the weights."""
        gram = np.zeros((len(self.chunks) - 1, len(V), len(V)))
        given = (V, A, self.weights, self.inverse, *self.shape, self.has_pair)
        if len(gram) == 1:
            _products_part(*given, 0, self.shape[0], gram[0])
        else:
            _products(*given, self.chunks, gram)
        return np.asarray(gram.sum(axis=0))

    def explained(self, V: Floats, a: Floats, slopes: Floats) -> Floats:
        """Regressors V[1:] times slopes, plus effects a, plus the pair effect of the rest."""
        out = np.empty(self.size)
        given = (V, a, slopes, self.weights, self.inverse, *self.shape)
        if len(self.chunks) == 2:
            _explained_part(*given, 0, self.shape[0], out)
        else:
            _explained(*given, self.chunks, out)
        return out

    def within(self, V: Floats, A: Floats) -> Iterator[tuple[slice, Floats]]:
        """The residual of V portion by portion: which cells, and an array that is used again."""
        E, T, M = self.shape
        step = max(1, PORTION // (T * M))
        out = np.empty((len(V), min(step, E) * T * M))
        for first in range(0, E, step):
            last = min(first + step, E)
            if (last - first) * T * M != out.shape[1]:
                out = np.empty((len(V), (last - first) * T * M))
            parts = min(len(self.chunks) - 1, last - first)
            self._fill(V, A, np.linspace(first, last, parts + 1).astype(np.int64), out)
            yield slice(first * T * M, last * T * M), out

    def _fill(self, V: Floats, A: Floats, chunks: Ints, out: Floats) -> None:
        """The residual of the exporters in the chunks, into ``out``, which begins with them."""
        E, T, M = self.shape
        given = (V, A, self.weights, self.inverse, E, T, M, self.has_pair)
        if len(chunks) == 2:
            _residual_part(*given, chunks[0], chunks[1], chunks[0], out)
        else:
            _residual(*given, chunks, out)

    def _gather(self, V: Floats, P: Floats, *, variables: bool) -> Floats:
        E, T, M = self.shape
        k, parts = max(len(V), len(P)), len(self.chunks) - 1
        exporter = np.zeros((k, E * T))
        importer = np.zeros((parts, k, T * M))
        given = (V if variables else P, self.weights, self.inverse, E, T, M, self.has_pair)
        if parts == 1:
            alone = _sums_part if variables else _normal_part
            alone(*given, 0, E, exporter, importer[0])
        else:
            together = _sums if variables else _normal
            together(*given, self.chunks, exporter, importer)
        return np.concatenate([exporter, importer.sum(axis=0)], axis=1)


@kernel()
def _diagonal(
    w: Floats, inverse: Floats, E: int, T: int, M: int, left: Floats, full: Floats,
    strongest: Floats, partner: Ints,
) -> None:  # fmt: skip
    for e in range(E):
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


@kernel()
def _normal_part(
    P: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    first: int, last: int, exporter: Floats, importer: Floats,
) -> None:  # fmt: skip
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
def _normal(
    P: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, exporter: Floats, importer: Floats,
) -> None:  # fmt: skip
    for part in prange(len(chunks) - 1):
        _normal_part(
            P, w, inverse, E, T, M, has_pair, chunks[part], chunks[part + 1],
            exporter, importer[part],
        )  # fmt: skip


@kernel()
def _sums_part(
    V: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    first: int, last: int, exporter: Floats, importer: Floats,
) -> None:  # fmt: skip
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
def _sums(
    V: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, exporter: Floats, importer: Floats,
) -> None:  # fmt: skip
    for part in prange(len(chunks) - 1):
        _sums_part(
            V, w, inverse, E, T, M, has_pair, chunks[part], chunks[part + 1],
            exporter, importer[part],
        )  # fmt: skip


@kernel()
def _residual_part(
    V: Floats, A: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    first: int, last: int, begin: int, out: Floats,
) -> None:  # fmt: skip
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
def _residual(
    V: Floats, A: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, out: Floats,
) -> None:  # fmt: skip
    for part in prange(len(chunks) - 1):
        _residual_part(
            V, A, w, inverse, E, T, M, has_pair, chunks[part], chunks[part + 1], chunks[0], out
        )  # fmt: skip


@kernel()
def _products_part(
    V: Floats, A: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    first: int, last: int, gram: Floats,
) -> None:  # fmt: skip
    held = np.empty((V.shape[0], T * M))
    for e in range(first, last):
        _residual_part(V, A, w, inverse, E, T, M, has_pair, e, e + 1, e, held)
        add_products(held, w[e * T * M : (e + 1) * T * M], gram)


@kernel(parallel=True)
def _products(
    V: Floats, A: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int, has_pair: bool,
    chunks: Ints, gram: Floats,
) -> None:  # fmt: skip
    for part in prange(len(chunks) - 1):
        _products_part(
            V, A, w, inverse, E, T, M, has_pair, chunks[part], chunks[part + 1], gram[part]
        )  # fmt: skip


@kernel()
def _explained_part(
    V: Floats, a: Floats, slopes: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int,
    first: int, last: int, out: Floats,
) -> None:  # fmt: skip
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
def _explained(
    V: Floats, a: Floats, slopes: Floats, w: Floats, inverse: Floats, E: int, T: int, M: int,
    chunks: Ints, out: Floats,
) -> None:  # fmt: skip
    for part in prange(len(chunks) - 1):
        _explained_part(
            V, a, slopes, w, inverse, E, T, M, chunks[part], chunks[part + 1], out
        )  # fmt: skip
