"""Compilation of the numerical kernels: once, cached, also where nothing may be written.

numba looks for a folder for its cache beside the module, then in the user's
cache folder. Where neither can be written the kernel is compiled anew in each
process instead of failing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

__all__ = ["SERIAL_ROWS", "kernel", "threads"]

# Below this many rows waking a second thread costs more than it does.
SERIAL_ROWS = 60_000

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
