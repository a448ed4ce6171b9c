"""The separation sets of ppmlhdfe: every row right, by each method."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from accord.gravity.design import build_design
from accord.gravity.estimate import fit_gravity
from accord.gravity.separation import find_separated

from .gravity_gold import gold_file

SETS = ("01", "02", "03", "04", "07", "08", "09", "11", "12", "13", "14")


def formula_of(frame: pl.DataFrame) -> str:
    regressors = [name for name in frame.columns if name.startswith("x")]
    effects = [name for name in frame.columns if name.startswith("id")]
    right = " + ".join(regressors) or "1"
    return f"y ~ {right}" + (f" | {' + '.join(effects)}" if effects else "")


@pytest.mark.gold
@pytest.mark.parametrize("method", ["auto", "rectifier", "program"])
@pytest.mark.parametrize("name", SETS)
def test_separated_rows_are_the_true_ones(name: str, method: str) -> None:
    frame = pl.read_csv(gold_file(f"separation/{name}.csv"))
    design = build_design(frame, formula_of(frame), cluster="robust")
    found = find_separated(design, method=method)
    assert np.array_equal(found, frame["separated"].to_numpy() == 1)


@pytest.mark.gold
@pytest.mark.parametrize("name", SETS)
def test_what_is_left_has_an_estimate(name: str) -> None:
    frame = pl.read_csv(gold_file(f"separation/{name}.csv"))
    fit = fit_gravity(frame, formula_of(frame), cluster="robust")
    assert fit.converged
    assert list(fit.separated) == np.flatnonzero(frame["separated"].to_numpy()).tolist()
