"""Values as codes: 0, 1, 2, … in sorted order, −1 where missing."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
from numba import prange
from numpy.typing import NDArray

from accord.gravity.arrays import Codes, Ints, Mask
from accord.gravity.compiled import kernel

__all__ = ["compact", "factorize", "pairwise"]


def pairwise(a: Codes, a_count: int, b: Codes, b_count: int) -> tuple[Codes, int]:
    """Two categorical variables joined, renumbered without gaps; −1 where either is missing."""
    joined: Ints | Codes = np.empty(len(a), dtype=np.int32)
    if a_count * b_count > np.iinfo(np.int32).max:
        joined = np.empty(len(a), dtype=np.int64)
    _join(a, b, b_count, joined)
    return compact(joined, a_count * b_count)


def factorize(series: Any) -> tuple[Codes, list[Any]]:
    """Codes in sorted order of the values, −1 where missing, and the values."""
    if series.dtype in {nw.Categorical, nw.Enum}:
        series = series.cast(nw.String)
    present = ~(series.is_null())
    if series.dtype.is_float():
        present = present & ~series.is_nan()
    whole = bool(present.all())
    known = series if whole else series.filter(present)
    if series.dtype.is_numeric() or series.dtype == nw.Boolean:
        codes, levels = _number_codes(known.to_numpy())
    else:
        codes, levels = _text_codes(known)
    if whole:
        return codes.astype(np.int32, copy=False), levels
    full = np.full(len(series), -1, dtype=np.int32)
    full[present.to_numpy().astype(bool)] = codes
    return full, levels


def _number_codes(values: NDArray[Any]) -> tuple[Codes, list[Any]]:
    """Codes of numbers; whole ones within a narrow range (years, codes) need no sorting."""
    if len(values) and values.dtype.kind in "iu":
        low, high = int(values.min()), int(values.max())
        if _narrow(high - low + 1, len(values)):
            codes, used = _renumber(_above(values, low), high - low + 1)
            return codes, (np.flatnonzero(used) + low).tolist()
    levels, inverse = np.unique(values, return_inverse=True)
    return inverse.astype(np.int32), levels.tolist()


def _text_codes(series: Any) -> tuple[Codes, list[Any]]:
    if series.implementation.is_polars():
        return _polars_text_codes(series.to_native())
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = series.to_arrow().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks() if encoded.num_chunks != 1 else encoded.chunk(0)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order))
    return rank[encoded.indices.to_numpy()], encoded.dictionary.take(pa.array(order)).to_pylist()


def _polars_text_codes(series: Any) -> tuple[Codes, list[Any]]:
    """The same without Arrow, whose import would cost more memory than a million rows."""
    import polars as pl

    levels = series.unique().sort()
    if series.dtype == pl.String:
        codes = series.cast(pl.Enum(levels)).to_physical()
    else:  # dates and the like
        codes = series.rank("dense") - 1
    return codes.to_numpy().astype(np.int32), levels.to_list()


def compact(codes: Ints | Codes, count: int) -> tuple[Codes, int]:
    """Renumber codes to 0…k−1 with no gaps; −1 stays."""
    if _narrow(count, len(codes)):
        numbered, used = _renumber(codes, count)
        return numbered, int(used.sum())
    values, renumbered = np.unique(codes, return_inverse=True)
    lowest = 1 if len(values) and values[0] == -1 else 0
    return (renumbered - lowest).astype(np.int32), len(values) - lowest


def _above(values: NDArray[Any], low: int) -> Ints | Codes:
    """Whole numbers less their lowest."""
    if values.dtype == np.int32:  # as most columns are: no need of twice the memory
        return np.asarray(values - np.int32(low))
    return values.astype(np.int64) - low


def _narrow(count: int, n: int) -> bool:
    """Whether a table of all codes that could be costs less than sorting those that are."""
    return count <= 4 * n + 1000


def _renumber(codes: Ints | Codes, count: int) -> tuple[Codes, Mask]:
    """Codes without gaps, and which of the old ones are used."""
    used = np.zeros(count, dtype=bool)
    _mark(codes, used)
    number = np.cumsum(used, dtype=np.int32)
    return _look_up(codes, number), used


@kernel(parallel=True)
def _join(a: Codes, b: Codes, b_count: int, joined: Ints | Codes) -> None:
    for row in prange(len(a)):
        missing = a[row] < 0 or b[row] < 0
        joined[row] = -1 if missing else np.int64(a[row]) * b_count + b[row]


@kernel(parallel=True)
def _mark(codes: Ints | Codes, used: Mask) -> None:
    for row in prange(len(codes)):  # two threads may mark the same place: both write True
        if codes[row] >= 0:
            used[codes[row]] = True


@kernel(parallel=True)
def _look_up(codes: Ints | Codes, number: Codes) -> Codes:
    """One less than the number of each code; −1 stays."""
    out = np.empty(len(codes), dtype=np.int32)
    for row in prange(len(codes)):
        out[row] = number[codes[row]] - 1 if codes[row] >= 0 else -1
    return out
