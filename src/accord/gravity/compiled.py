"""Compilation of the numerical kernels: once, cached, also where nothing may be written.

numba looks for a folder for its cache beside the module, then in the user's
cache folder. Where neither can be written the kernel is compiled anew in each
process instead of failing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["PORTION", "SERIAL_ROWS", "add_products", "kernel", "threads"]

# Below this many rows waking a second thread costs more than it does.
SERIAL_ROWS = 60_000
# Rows of several variables that are held at once where only their sums are wanted.
PORTION = 1 << 16

F = TypeVar("F", bound=Callable[..., Any])

# Sums may be reordered so that they vectorise; NaN and infinity keep their meaning.
REORDER = {"reassoc", "contract", "nsz", "arcp"}


def kernel(*, parallel: bool = False) -> Callable[[F], F]:
    """A decorator that compiles a function to machine code, released from the lock."""

    def decorate(function: F) -> F:
        options: dict[str, Any] = {"nogil": True, "fastmath": REORDER, "parallel": parallel}
        try:
            compiled = numba.njit(cache=True, **options)(function)
        except RuntimeError:  # no folder for a cache can be written
            compiled = numba.njit(**options)(function)
        return cast(F, compiled)

    return decorate


def threads() -> int:
    """How many threads the kernels use (``NUMBA_NUM_THREADS`` sets it)."""
    return int(numba.get_num_threads())


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
