"""The loops of the sparse layout: groups of rows of the largest effect, one after the other.

``starts`` says where each group begins; ``codes``, shape (effects, n), are the levels of the
other effects, numbered on from one to the next. Functions ending in ``_part`` do the groups of
one chunk; their namesakes share out the chunks among threads.
"""

from __future__ import annotations

import numpy as np
from numba import prange

from accord.gravity.arrays import Codes, Floats, Ints
from accord.gravity.compiled import add_products, kernel

__all__ = [
    "diagonal",
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
def diagonal(
    w: Floats, inverse: Floats, starts: Ints, codes: Codes, left: Floats, strongest: Floats,
    partner: Ints,
) -> None:  # fmt: skip
    """Fills ``left``, the normal matrix's diagonal, and each level's largest element beside it.

    ``partner`` is the level that element stands for (−1: none).
    """
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
def sums_part(
    V: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints, out: Floats,
    part: int = 0,
) -> None:  # fmt: skip
    """Adds the weighted sums by level of V, shape (k, n), less group means, to ``out[part]``."""
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
def sums(
    V: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints, out: Floats
) -> None:
    """The same of all chunks; ``out`` has shape (parts, k, levels)."""
    for part in prange(len(chunks) - 1):
        sums_part(V, w, inverse, starts, codes, chunks, out, part)


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
def normal_part(
    Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints, out: Floats,
    part: int = 0,
) -> None:  # fmt: skip
    """Adds the normal matrix times Q, shape (levels, k), of some groups to ``out[part]``."""
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
def normal(
    Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints, out: Floats
) -> None:
    """The same of all chunks; ``out`` has shape (parts, levels, k)."""
    for part in prange(len(chunks) - 1):
        normal_part(Q, w, inverse, starts, codes, chunks, out, part)


@kernel()
def residual_part(
    V: Floats, Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints,
    out: Floats, part: int = 0,
) -> None:  # fmt: skip
    """V less effects Q and group means, of some groups; ``out`` begins with the first chunk."""
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
def residual(
    V: Floats, Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints,
    out: Floats,
) -> None:  # fmt: skip
    """The same of all chunks, shape (k, rows of the chunks)."""
    for part in prange(len(chunks) - 1):
        residual_part(V, Q, w, inverse, starts, codes, chunks, out, part)


@kernel()
def products_part(
    V: Floats, Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints,
    gram: Floats, part: int = 0,
) -> None:  # fmt: skip
    """Adds the cross products of some groups' residuals to ``gram[part]``."""
    first, end = chunks[part], chunks[part + 1]
    while first < end:
        last = first + 1
        while last < end and starts[last + 1] - starts[first] <= 4096:
            last += 1
        held = np.empty((V.shape[0], starts[last] - starts[first]))
        residual_part(V, Q, w, inverse, starts, codes, np.array([first, last]), held)
        add_products(held, w[starts[first] : starts[last]], gram[part])
        first = last


@kernel(parallel=True)
def products(
    V: Floats, Q: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes, chunks: Ints,
    gram: Floats,
) -> None:  # fmt: skip
    """The same of all chunks; ``gram`` has shape (parts, k, k)."""
    for part in prange(len(chunks) - 1):
        products_part(V, Q, w, inverse, starts, codes, chunks, gram, part)


@kernel()
def explained_part(
    V: Floats, a: Floats, slopes: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes,
    chunks: Ints, out: Floats, part: int = 0,
) -> None:  # fmt: skip
    """Regressors V[1:] times slopes, effects and the group means of the rest, of some groups."""
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
def explained(
    V: Floats, a: Floats, slopes: Floats, w: Floats, inverse: Floats, starts: Ints, codes: Codes,
    chunks: Ints, out: Floats,
) -> None:  # fmt: skip
    """The same of all chunks, shape (n,)."""
    for part in prange(len(chunks) - 1):
        explained_part(V, a, slopes, w, inverse, starts, codes, chunks, out, part)
