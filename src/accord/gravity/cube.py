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
from numpy.typing import NDArray

from accord.gravity import cube_loops as loops
from accord.gravity import cube_setup as setup
from accord.gravity.arrays import Codes, Floats, Ints, Kind
from accord.gravity.compiled import PORTION, SERIAL_ROWS, threads
from accord.gravity.precondition import Blocks, couple
from accord.gravity.structure import Structure

__all__ = ["CubeLayout"]


class CubeLayout:
    """Cells (exporter, time, importer); ``cell`` says where each design row lies.

    ``single`` is whether no two rows share a cell, without which it is of no use.
    """

    kind = "cube"
    has_effects = True

    def __init__(self, structure: Structure) -> None:
        E, T, M = structure.exporter, structure.time, structure.importer
        self.shape = (E.count, T.count, M.count)
        self.size = E.count * T.count * M.count
        self.levels = T.count * (E.count + M.count)
        self.has_pair = structure.has_pair
        self.cell: Ints | Codes = np.empty(len(E.codes), dtype=np.int32)
        if self.size > np.iinfo(np.int32).max:
            self.cell = np.empty(len(E.codes), dtype=np.int64)
        present = np.zeros(self.size, dtype=bool)
        setup.place(E.codes, T.codes, M.codes, T.count, M.count, self.cell, present)
        filled = int(np.count_nonzero(present))
        self.single, self.full = filled == len(self.cell), filled == self.size
        parts = threads() if self.size > SERIAL_ROWS else 1
        self.chunks = np.linspace(0, E.count, parts + 1).astype(np.int64)
        self.weights: Floats = np.zeros(0)
        self.inverse: Floats = np.zeros(0)
        self.blocks: Blocks | None = None

    def store(self, values: NDArray[Kind], out: NDArray[Kind] | None = None) -> NDArray[Kind]:
        """Design rows (last axis) in their cells; zero where there is no row."""
        if out is None:
            out = np.zeros((*values.shape[:-1], self.size), dtype=values.dtype)
        elif not self.full:
            out[...] = 0
        if values.ndim == 1 and len(values) > SERIAL_ROWS:
            setup.scatter(values, self.cell, out)
        else:
            out[..., self.cell] = values
        return out

    def recall(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """Cells (last axis) in design order."""
        if values.ndim == 1 and len(self.cell) > SERIAL_ROWS:
            out = np.empty(len(self.cell), dtype=values.dtype)
            setup.gather(values, self.cell, out)
            return out
        return np.ascontiguousarray(values[..., self.cell])

    def weigh(self, weights: Floats) -> None:
        """Take the weights, shape (size,), of the transformations that follow."""
        self.weights = weights
        E, T, M = self.shape
        self.inverse = np.zeros(E * M)
        if self.has_pair:
            setup.invert_pair_totals(weights, E, T, M, self.inverse)
        left, full, strongest, partner = self._diagonal()
        diagonal = np.where(left < 1e-9 * full, np.where(full > 0, full, 1.0), left)
        self.blocks = couple(diagonal, strongest, partner)

    def _diagonal(self) -> tuple[Floats, Floats, Floats, Ints]:
        """What the normal matrix has on its diagonal, and beside it at its strongest, by level."""
        parts = len(self.chunks) - 1
        left, full, strongest = np.zeros((3, parts, self.levels))
        partner = np.full((parts, self.levels), -1)
        given = (self.weights, self.inverse, *self.shape)
        if parts == 1:
            own = (left[0], full[0], strongest[0], partner[0])
            setup.diagonal_part(*given, 0, self.shape[0], *own)
            return own
        setup.diagonal(*given, self.chunks, left, full, strongest, partner)
        most, level = strongest.argmax(axis=0), np.arange(self.levels)
        return left.sum(axis=0), full.sum(axis=0), strongest[most, level], partner[most, level]

    def start(self, y: Floats, sweeps: int) -> Floats:
        """The linear index after some rounds of fitting each effect's totals in turn."""
        E, T, M = self.shape
        mu = self.store(np.ones(len(self.cell)))
        totals = y.reshape(self.shape).sum(axis=0).ravel()
        scale = np.ones(T * M)
        for _ in range(sweeps):
            sums = np.zeros((len(self.chunks) - 1, T * M))
            setup.sweep(y, mu, scale, E, T, M, self.has_pair, self.chunks, sums)
            whole = sums.sum(axis=0)
            scale = np.divide(totals, whole, out=np.ones_like(whole), where=whole > 0)
        setup.scaled_logs(mu, scale)
        return mu

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
            loops.products_part(*given, 0, self.shape[0], gram[0])
        else:
            loops.products(*given, self.chunks, gram)
        return np.asarray(gram.sum(axis=0))

    def explained(self, V: Floats, a: Floats, slopes: Floats) -> Floats:
        """Regressors V[1:] times slopes, plus effects a, plus the pair effect of the rest."""
        out = np.empty(self.size)
        given = (V, a, slopes, self.weights, self.inverse, *self.shape)
        if len(self.chunks) == 2:
            loops.explained_part(*given, 0, self.shape[0], out)
        else:
            loops.explained(*given, self.chunks, out)
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
            loops.residual_part(*given, chunks[0], chunks[1], chunks[0], out)
        else:
            loops.residual(*given, chunks, out)

    def _gather(self, V: Floats, P: Floats, *, variables: bool) -> Floats:
        E, T, M = self.shape
        k, parts = max(len(V), len(P)), len(self.chunks) - 1
        exporter = np.zeros((k, E * T))
        importer = np.zeros((parts, k, T * M))
        given = (V if variables else P, self.weights, self.inverse, E, T, M, self.has_pair)
        if parts == 1:
            alone = loops.sums_part if variables else loops.normal_part
            alone(*given, 0, E, exporter, importer[0])
        else:
            together = loops.sums if variables else loops.normal
            together(*given, self.chunks, exporter, importer)
        return np.concatenate([exporter, importer.sum(axis=0)], axis=1)
