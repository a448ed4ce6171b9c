"""Kernels compile with a cache where one can be written, and without where not."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest

from accord.gravity import compiled


def twice(x: Any) -> Any:
    return x * 2


def test_kernels_work_where_no_cache_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = numba.njit
    asked: list[bool] = []

    def refuse(*arguments: Any, **options: Any) -> Any:
        asked.append(bool(options.get("cache")))
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return plain(*arguments, **options)

    monkeypatch.setattr(compiled.numba, "njit", refuse)
    assert compiled.kernel()(twice)(np.float64(2.0)) == 4.0
    assert asked[:2] == [True, False]


def test_sums_may_be_reordered_but_nan_stays_nan() -> None:
    assert compiled.REORDER.isdisjoint({"nnan", "ninf", "fast"})
    assert np.isnan(compiled.kernel()(twice)(np.nan))


def test_threads_are_at_least_one() -> None:
    assert compiled.threads() >= 1
