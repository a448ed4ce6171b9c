"""Compilation of the numerical kernels: once, cached, also where nothing may be written.

numba looks for a folder for its cache beside the module, then in the user's
cache folder. Where neither can be written the kernel is compiled anew in each
process instead of failing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = [
    "PARTS", "PORTION", "SERIAL_ROWS", "add_products", "exponential", "kernel", "threads",
    "weighted_squares",
]  # fmt: skip

# Below this many rows waking a second thread costs more than it does.
SERIAL_ROWS = 60_000
# Rows of several variables that are held at once where only their sums are wanted.
PORTION = 1 << 16
# Into how many a sum is shared out, whatever the threads: the same digits on any machine.
PARTS = 8

F = TypeVar("F", bound=Callable[..., Any])

# Sums may be reordered so that they vectorise; NaN and infinity keep their meaning.
REORDER = {"reassoc", "contract", "nsz", "arcp"}


def kernel(*, parallel: bool = False) -> Callable[[F], F]:
    """A decorator that compiles a function to machine code, released from the lock."""

    def decorate(function: F) -> F:
        # Division by zero gives infinity, as in arrays: a check would keep loops from vectorising.
        options: dict[str, Any] = {
            "nogil": True, "fastmath": REORDER, "parallel": parallel, "error_model": "numpy",
        }  # fmt: skip
        try:
            compiled = numba.njit(cache=True, **options)(function)
        except RuntimeError:  # no folder for a cache can be written
            compiled = numba.njit(**options)(function)
        return cast(F, compiled)

    return decorate


def threads() -> int:
    """How many threads the kernels use (``NUMBA_NUM_THREADS`` sets it)."""
    return int(numba.get_num_threads())


# exp(x) = 2ⁿ exp(r) with |r| ≤ ½ ln 2, and the series of exp(r): beyond the
# thirteenth power its terms are below the last digit. Adding 1.5 · 2⁵² rounds to
# whole numbers and leaves n in the last bits; ln 2 is split so that n ln 2 is exact.
LOG2_E, LN2_HIGH, LN2_LOW = (
    1.4426950408889634,
    6.93147180369123816490e-01,
    1.90821492927058770002e-10,
)
ROUNDER = 6755399441055744.0
SERIES = tuple(1.0 / math.factorial(power) for power in range(13, -1, -1))


# Not cached: what comes from the cache is called, not built into the loop. Sums keep their order.
@numba.njit(fastmath={"contract"}, error_model="numpy")
def exponential(x: float) -> float:
    """exp(x) for −700 < x < 700, within two units in the last place.

    Written out because a call to the library keeps a loop from vectorising.
    """
    shifted = x * LOG2_E + ROUNDER
    n = shifted - ROUNDER
    r = (x - n * LN2_HIGH) - n * LN2_LOW
    value = SERIES[0]
    for term in SERIES[1:]:
        value = value * r + term
    power = (np.float64(shifted).view(np.int64) + np.int64(1023)) << np.int64(52)
    return value * np.int64(power).view(np.float64)


@kernel(parallel=True)
def weighted_squares(V: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums of squares of each row of V, shape (k, n), under the weights w, shape (n,)."""
    k, n = V.shape
    parts = np.zeros((PARTS, k))
    for part in numba.prange(PARTS):
        rows = slice(n * part // PARTS, n * (part + 1) // PARTS)
        weights = w[rows]
        for number in range(k):
            values, total = V[number][rows], 0.0
            for place in range(len(weights)):
                total += values[place] * values[place] * weights[place]
            parts[part, number] = total
    return np.asarray(parts.sum(axis=0))


@kernel()
def add_products(V: NDArray[np.float64], w: NDArray[np.float64], gram: NDArray[np.float64]) -> None:
    """Add the cross products of V, shape (k, n), under the weights w, shape (n,), to gram."""
    weighted = np.empty(512)
    for start in range(0, len(w), 512):
        stop = min(start + 512, len(w))
        row = w[start:stop]
        for i in range(V.shape[0]):
            own = V[i, start:stop]
            for n in range(stop - start):
                weighted[n] = row[n] * own[n]
            for j in range(i + 1):
                other = V[j, start:stop]
                total = 0.0
                for n in range(stop - start):
                    total += weighted[n] * other[n]
                gram[i, j] += total
                if i != j:
                    gram[j, i] += total
