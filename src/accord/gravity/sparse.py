"""Weighted within-transformation for any set of effects, on rows sorted by the largest one.

The effect with most levels is eliminated in closed form, group by group; what
is left, a system in the levels of the other effects, is given to conjugate
gradients. Rows are stored group after group, so one pass over the weights
serves an iteration. This is the normal-equation form of Gaure (2013),
"OLS with multiple high dimensional category variables".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from accord.gravity import sparse_loops as loops
from accord.gravity.arrays import Floats, Ints, Kind
from accord.gravity.compiled import PORTION, SERIAL_ROWS, add_products, threads
from accord.gravity.design import Category
from accord.gravity.precondition import Blocks, couple

__all__ = ["SparseLayout"]


class SparseLayout:
    """Rows sorted by the effect with most levels; the others reached by their codes.

    ``order`` sorts design rows into storage order; ``size`` rows are stored.
    """

    kind = "sparse"

    def __init__(self, effects: tuple[Category, ...], n: int) -> None:
        self.size = n
        ranked = sorted(effects, key=lambda effect: -effect.count)
        self.eliminated = ranked[0] if ranked else None
        self.has_effects = bool(ranked)
        others = ranked[1:]
        self.order = _order(ranked, n)
        self.starts = _starts(ranked[0], n) if ranked else np.array([0, n], dtype=np.int64)
        offsets = np.cumsum([0, *(effect.count for effect in others)])
        self.levels = int(offsets[-1])
        self.codes = np.empty((len(others), n), dtype=np.int32)
        for number, effect in enumerate(others):
            self.codes[number] = effect.codes[self.order] + offsets[number]
        self.chunks = _chunks(self.starts, 0, len(self.starts) - 1)
        self.weights: Floats = np.zeros(0)
        self.inverse: Floats = np.zeros(0)
        self.blocks: Blocks | None = None

    def store(self, values: NDArray[Kind], out: NDArray[Kind] | None = None) -> NDArray[Kind]:
        """Design rows (last axis) in storage order."""
        return np.take(values, self.order, axis=-1, out=out)

    def recall(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """Stored rows (last axis) in design order."""
        back = np.empty_like(values)
        back[..., self.order] = values
        return back

    def weigh(self, weights: Floats) -> None:
        """Take the weights, shape (size,), of the transformations that follow."""
        self.weights = weights
        if self.eliminated is None:
            return
        self.inverse = 1.0 / np.add.reduceat(weights, self.starts[:-1])
        diagonal, strongest = np.zeros((2, self.levels))
        partner = np.full(self.levels, -1)
        given = (weights, self.inverse, self.starts, self.codes)
        loops.diagonal(*given, diagonal, strongest, partner)
        self.blocks = couple(diagonal, strongest, partner)

    def start(self, y: Floats, sweeps: int) -> Floats:
        """The linear index after some rounds of fitting each effect's totals in turn."""
        mu = np.ones(self.size)
        totals = [np.bincount(codes, weights=y, minlength=self.levels) for codes in self.codes]
        groups = np.diff(self.starts)
        own = np.add.reduceat(y, self.starts[:-1])
        for _ in range(sweeps):
            mu *= np.repeat(own / np.add.reduceat(mu, self.starts[:-1]), groups)
            for codes, total in zip(self.codes, totals, strict=True):
                sums = np.bincount(codes, weights=mu, minlength=self.levels)
                mu *= np.divide(total, sums, out=np.ones_like(sums), where=sums > 0)[codes]
        return np.log(mu)

    def reduce(self, V: Floats) -> Floats:
        """Right-hand sides, shape (k, levels), of the variables V, shape (k, size)."""
        out = np.zeros((len(self.chunks) - 1, len(V), self.levels))
        run = loops.sums_part if len(out) == 1 else loops.sums
        run(V, self.weights, self.inverse, self.starts, self.codes, self.chunks, out)
        return np.asarray(out.sum(axis=0))

    def apply(self, P: Floats) -> Floats:
        """The normal matrix, the large effect eliminated, times P, both (k, levels)."""
        Q = np.ascontiguousarray(P.T)
        out = np.zeros((len(self.chunks) - 1, *Q.shape))
        run = loops.normal_part if len(out) == 1 else loops.normal
        run(Q, self.weights, self.inverse, self.starts, self.codes, self.chunks, out)
        return np.ascontiguousarray(out.sum(axis=0).T)

    def residual(self, V: Floats, A: Floats, out: Floats | None = None) -> Floats:
        """V less the effects A and less the eliminated effect, shape (k, size)."""
        out = np.empty_like(V) if out is None else out
        if self.eliminated is None:
            out[:] = V
            return out
        self._fill(V, np.ascontiguousarray(A.T), self.chunks, out)
        return out

    def products(self, V: Floats, A: Floats) -> Floats:
        """Cross products, shape (k, k), of the residuals of V under the weights."""
        gram = np.zeros((len(self.chunks) - 1, len(V), len(V)))
        if self.eliminated is None:
            add_products(V, self.weights, gram[0])
            return np.asarray(gram[0])
        Q = np.ascontiguousarray(A.T)
        run = loops.products_part if len(gram) == 1 else loops.products
        run(V, Q, self.weights, self.inverse, self.starts, self.codes, self.chunks, gram)
        return np.asarray(gram.sum(axis=0))

    def explained(self, V: Floats, a: Floats, slopes: Floats) -> Floats:
        """Regressors V[1:] times slopes, plus effects a, plus the eliminated effect of the rest."""
        if self.eliminated is None:
            return np.asarray(slopes @ V[1:])
        out = np.empty(self.size)
        run = loops.explained_part if len(self.chunks) == 2 else loops.explained
        given = (self.weights, self.inverse, self.starts, self.codes, self.chunks)
        run(V, a, slopes, *given, out)
        return out

    def within(self, V: Floats, A: Floats) -> Iterator[tuple[slice, Floats]]:
        """The residual of V portion by portion: which rows, and an array that is used again."""
        Q = np.ascontiguousarray(A.T)
        cuts = np.searchsorted(self.starts, np.arange(PORTION, self.size, PORTION))
        bounds = np.unique([0, *cuts, len(self.starts) - 1])
        for first, last in pairwise(bounds):
            rows = slice(int(self.starts[first]), int(self.starts[last]))
            out = np.empty((len(V), rows.stop - rows.start))
            if self.eliminated is None:
                out[:] = V[:, rows]
            else:
                self._fill(V, Q, _chunks(self.starts, first, last), out)
            yield rows, out

    def _fill(self, V: Floats, Q: Floats, chunks: Ints, out: Floats) -> None:
        """The residual of the groups in the chunks, into ``out``, which begins with them."""
        run = loops.residual_part if len(chunks) == 2 else loops.residual
        run(V, Q, self.weights, self.inverse, self.starts, self.codes, chunks, out)


def _order(ranked: list[Category], n: int) -> Ints:
    """Sort by the largest effect, then by the others so that their codes run on."""
    if not ranked:
        return np.arange(n)
    order = np.arange(n)
    for effect in reversed(ranked):
        # radix sort on small integers keeps ties in order
        codes = effect.codes.astype(np.int32)[order]
        order = order[np.argsort(codes, kind="stable")]
    return order


def _starts(effect: Category, n: int) -> Ints:
    counts = np.bincount(effect.codes, minlength=effect.count)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _chunks(starts: Ints, first: int, last: int) -> Ints:
    """Cut the groups first…last into as many parts of equal rows as there are threads."""
    low, high = starts[first], starts[last]
    parts = threads() if high - low > SERIAL_ROWS else 1
    cuts = np.searchsorted(starts, np.linspace(low, high, parts + 1)[1:-1])
    return np.concatenate([[first], cuts, [last]]).astype(np.int64)
