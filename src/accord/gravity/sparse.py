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
from numba import prange
from numpy.typing import NDArray

from accord.gravity.arrays import Codes, Floats, Ints, Kind
from accord.gravity.compiled import PORTION, SERIAL_ROWS, add_products, kernel, threads
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
        _diagonal(*given, diagonal, strongest, partner)
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
        run = _sums_part if len(out) == 1 else _sums
        run(V, self.weights, self.inverse, self.starts, self.codes, self.chunks, out)
        return np.asarray(out.sum(axis=0))

    def apply(self, P: Floats) -> Floats:
        """The normal matrix, the large effect eliminated, times P, both (k, levels)."""
        Q = np.ascontiguousarray(P.T)
        out = np.zeros((len(self.chunks) - 1, *Q.shape))
        run = _normal_part if len(out) == 1 else _normal
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
        run = _products_part if len(gram) == 1 else _products
        run(V, Q, self.weights, self.inverse, self.starts, self.codes, self.chunks, gram)
        return np.asarray(gram.sum(axis=0))

    def explained(self, V: Floats, a: Floats, slopes: Floats) -> Floats:
        """Regressors V[1:] times slopes, plus effects a, plus the eliminated effect of the rest."""
        if self.eliminated is None:
            return np.asarray(slopes @ V[1:])
        out = np.empty(self.size)
        run = _explained_part if len(self.chunks) == 2 else _explained
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
        run = _residual_part if len(chunks) == 2 else _residual
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


@kernel()
def _diagonal(
    w: Floats, inverse: Floats, starts: Ints, codes: Codes, left: Floats, strongest: Floats,
    partner: Ints,
) -> None:  # fmt: skip
    full = np.zeros(len(left))
    for g in range(len(starts) - 1):
        for row in range(starts[g], starts[g + 1]):
            kept = w[row] * (1.0 - w[row] * inverse[g])
            for c in range(codes.shape[0]):
                level = codes[c, row]
                full[level] += w[row]
                left[level] += kept
                # Only the two largest of the effects that are left are coupled.
                if c < 2 and codes.shape[0] > 1 and kept > strongest[level]:
                    strongest[level], partner[level] = kept, codes[1 - c, row]
    for level in range(len(left)):
        if left[level] < 1e-9 * full[level]:
            left[level] = full[level]


@kernel()
def _sums_part(
    V: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints, out: Floats,
    part: int = 0,
) -> None:  # fmt: skip
    for g in range(chunks[part], chunks[part + 1]):
        for r in range(V.shape[0]):
            mean = 0.0
            for row in range(starts[g], starts[g + 1]):
                mean += w[row] * V[r, row]
            mean *= inverse[g]
            for row in range(starts[g], starts[g + 1]):
                value = w[row] * (V[r, row] - mean)
                for c in range(codes.shape[0]):
                    out[part, r, codes[c, row]] += value


@kernel(parallel=True)
def _sums(
    V: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints, out: Floats
) -> None:
    for part in prange(len(chunks) - 1):
        _sums_part(V, w, inverse, starts, codes, chunks, out, part)


@kernel()
def _gather_group(
    Q: Floats, w: Floats, first: int, last: int, codes: Codes, mean: Floats, held: Floats
) -> None:
    # Scalar indices only: taking a slice for every row would cost more than the sums.
    k = Q.shape[1]
    for r in range(k):
        mean[r] = 0.0
    for row in range(first, last):
        weight, place = w[row], row - first
        level = codes[0, row]
        for r in range(k):
            held[place, r] = Q[level, r]
        for c in range(1, codes.shape[0]):
            level = codes[c, row]
            for r in range(k):
                held[place, r] += Q[level, r]
        for r in range(k):
            mean[r] += weight * held[place, r]


@kernel()
def _scatter_group(
    w: Floats, inverse: float, first: int, last: int, codes: Codes, mean: Floats, held: Floats,
    out: Floats,
) -> None:  # fmt: skip
    k = out.shape[1]
    for r in range(k):
        mean[r] *= inverse
    for row in range(first, last):
        weight, place = w[row], row - first
        for r in range(k):
            held[place, r] = weight * (held[place, r] - mean[r])
        for c in range(codes.shape[0]):
            level = codes[c, row]
            for r in range(k):
                out[level, r] += held[place, r]


@kernel()
def _normal_single(
    Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, begin: int, end: int,
    longest: int, out: Floats,
) -> None:  # fmt: skip
    held = np.empty(longest)
    for g in range(begin, end):
        first, mean = starts[g], 0.0
        for row in range(first, starts[g + 1]):
            value = 0.0
            for c in range(codes.shape[0]):
                value += Q[codes[c, row], 0]
            held[row - first] = value
            mean += w[row] * value
        mean *= inverse[g]
        for row in range(first, starts[g + 1]):
            value = w[row] * (held[row - first] - mean)
            for c in range(codes.shape[0]):
                out[codes[c, row], 0] += value


@kernel()
def _normal_part(
    Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints, out: Floats,
    part: int = 0,
) -> None:  # fmt: skip
    k, longest = Q.shape[1], 1
    for g in range(chunks[part], chunks[part + 1]):
        longest = max(longest, starts[g + 1] - starts[g])
    if k == 1:  # the usual case, in which loops over one variable would cost as much as the sums
        _normal_single(
            Q, w, inverse, starts, codes, chunks[part], chunks[part + 1], longest, out[part]
        )
        return
    mean, held, target = np.empty(k), np.empty((longest, k)), out[part]
    for g in range(chunks[part], chunks[part + 1]):
        first, last = starts[g], starts[g + 1]
        _gather_group(Q, w, first, last, codes, mean, held)
        _scatter_group(w, inverse[g], first, last, codes, mean, held, target)


@kernel(parallel=True)
def _normal(
    Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints, out: Floats
) -> None:
    for part in prange(len(chunks) - 1):
        _normal_part(Q, w, inverse, starts, codes, chunks, out, part)


@kernel()
def _residual_part(
    V: Floats, Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints,
    out: Floats, part: int = 0,
) -> None:  # fmt: skip
    begin = starts[chunks[0]]
    for g in range(chunks[part], chunks[part + 1]):
        for r in range(V.shape[0]):
            mean = 0.0
            for row in range(starts[g], starts[g + 1]):
                value = V[r, row]
                for c in range(codes.shape[0]):
                    value -= Q[codes[c, row], r]
                out[r, row - begin] = value
                mean += w[row] * value
            mean *= inverse[g]
            for row in range(starts[g], starts[g + 1]):
                out[r, row - begin] -= mean


@kernel(parallel=True)
def _residual(
    V: Floats, Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints,
    out: Floats,
) -> None:  # fmt: skip
    for part in prange(len(chunks) - 1):
        _residual_part(V, Q, w, inverse, starts, codes, chunks, out, part)


@kernel()
def _products_part(
    V: Floats, Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints,
    gram: Floats, part: int = 0,
) -> None:  # fmt: skip
    first, end = chunks[part], chunks[part + 1]
    while first < end:
        last = first + 1
        while last < end and starts[last + 1] - starts[first] <= 4096:
            last += 1
        held = np.empty((V.shape[0], starts[last] - starts[first]))
        _residual_part(V, Q, w, inverse, starts, codes, np.array([first, last]), held)
        add_products(held, w[starts[first] : starts[last]], gram[part])
        first = last


@kernel(parallel=True)
def _products(
    V: Floats, Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints,
    gram: Floats,
) -> None:  # fmt: skip
    for part in prange(len(chunks) - 1):
        _products_part(V, Q, w, inverse, starts, codes, chunks, gram, part)


@kernel()
def _explained_part(
    V: Floats, a: Floats, slopes: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes,
    chunks: Ints, out: Floats, part: int = 0,
) -> None:  # fmt: skip
    for g in range(chunks[part], chunks[part + 1]):
        mean = 0.0
        for row in range(starts[g], starts[g + 1]):
            found = 0.0
            for c in range(codes.shape[0]):
                found += a[codes[c, row]]
            for r in range(len(slopes)):
                found += slopes[r] * V[r + 1, row]
            out[row] = found
            mean += w[row] * (V[0, row] - found)
        mean *= inverse[g]
        for row in range(starts[g], starts[g + 1]):
            out[row] += mean


@kernel(parallel=True)
def _explained(
    V: Floats, a: Floats, slopes: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes,
    chunks: Ints, out: Floats,
) -> None:  # fmt: skip
    for part in prange(len(chunks) - 1):
        _explained_part(V, a, slopes, w, inverse, starts, codes, chunks, out, part)
