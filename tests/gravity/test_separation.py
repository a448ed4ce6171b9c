"""Separation: the rectifier against the linear program, which is exact."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.gravity.design import build_design
from accord.gravity.estimate import fit_gravity
from accord.gravity.separation import SMALL_ROWS, find_separated
from accord.gravity.simulate import simulate_panel

from .program import separated_by_program


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 100_000),
    n=st.integers(8, 60),
    levels=st.integers(2, 6),
    scale=st.sampled_from([1.0, 1e-4, 1e5]),
)
def test_rectifier_and_program_agree(seed: int, n: int, levels: int, scale: float) -> None:
    draw = np.random.default_rng(seed)
    frame = pl.DataFrame(
        {
            "y": draw.poisson(0.6, n).astype(float),
            "x1": draw.integers(-1, 3, n) * scale,
            "x2": draw.integers(0, 2, n).astype(float),
            "a": draw.integers(0, levels, n),
            "b": draw.integers(0, levels, n),
        }
    )
    if not (frame["y"] > 0).any():
        return
    for formula in ("y ~ x1 + x2 | a + b", "y ~ x1 + x2", "y ~ 1 | a + b"):
        design = build_design(frame, formula, cluster="robust")
        exact = find_separated(design, method="program")
        assert np.array_equal(find_separated(design, method="rectifier"), exact), formula


def thin_cube(seed: int, *, N: int = 12, T: int = 26, share: float = 0.7) -> pl.DataFrame:
    """More rows than the linear program is used for, most of them without a flow."""
    draw = np.random.default_rng(seed)
    i, j, t = (axis.ravel() for axis in np.indices((N, N, T)))
    n = len(i)
    y = np.where(draw.random(n) < share, 0.0, np.exp(draw.normal(0, 2, n)))
    rare = ((y == 0) & (draw.random(n) < 0.01)).astype(float)
    x = draw.integers(-1, 4, n).astype(float)
    columns = {"y": y, "a": i, "b": j, "t": t, "x": x, "rare": rare, "near": 2 * x - 1e-3 * rare}
    return pl.DataFrame(columns)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    "formula",
    [
        "y ~ x | a^t + b^t",  # effects alone separate hundreds
        "y ~ x + rare | a^b + t",
        "y ~ x + near | a^t + b^t + a^b",  # only the difference of two regressors separates
        "y ~ x | a + b",  # nothing is separated
    ],
)
def test_large_designs_lose_the_rows_that_a_linear_program_names(formula: str, seed: int) -> None:
    frame = thin_cube(seed)
    expected = separated_by_program(build_design(frame, formula, cluster="robust"))
    fit = fit_gravity(frame, formula, cluster="robust")
    assert len(frame) > SMALL_ROWS
    assert list(fit.separated) == np.flatnonzero(expected).tolist()
    assert fit.converged


def test_a_street_of_links_with_no_way_back_is_separated() -> None:
    # Blocks of traders joined by rows without a flow that all lead one way; one closes a circle.
    draw = np.random.default_rng(0)
    block = np.repeat(np.arange(4), 900)
    inside = {
        "a": block * 40 + draw.integers(0, 40, 3600),
        "b": block * 40 + draw.integers(0, 40, 3600),
    }
    flows = pl.DataFrame({"y": draw.poisson(3.0, 3600) + 1.0, **inside})
    links = pl.DataFrame({"y": [0.0] * 4, "a": [0, 40, 80, 81], "b": [41, 81, 121, 42]})
    fit = fit_gravity(pl.concat([flows, links]), "y ~ 1 | a + b", cluster="robust")
    # Blocks 1 and 2 are joined both ways: those two rows stay, the first and third go.
    assert fit.separated == (3600, 3602)


def test_regressor_that_is_positive_only_without_trade_is_found() -> None:
    frame = simulate_panel(countries=30, years=25, zeros=0.2, seed=1)
    odd = (pl.col("trade") == 0) & (pl.int_range(pl.len()) % 7 == 0)
    frame = frame.with_columns(ban=odd.cast(pl.Float64))
    fit = fit_gravity(frame, "trade ~ rta + ban | exporter^year + importer^year + pair")
    banned = np.flatnonzero(frame["ban"].to_numpy() == 1)
    assert set(banned.tolist()) <= set(fit.separated)
    assert fit.design.dropped.collinear == ("ban",)
    assert fit.converged


def test_pair_without_any_trade_is_left_out_and_reported() -> None:
    frame = simulate_panel(countries=8, years=4, zeros=0.0)
    never = (pl.col("exporter") == "AAA") & (pl.col("importer") == "AAB")
    frame = frame.with_columns(trade=pl.when(never).then(0.0).otherwise(pl.col("trade")))
    fit = fit_gravity(frame, "trade ~ tariff | exporter^year + importer^year + pair")
    rows = frame.with_row_index().filter(never)["index"].to_list()
    assert list(fit.separated) == rows
    assert fit.to_dict()["separated"] == rows


@pytest.mark.parametrize("layout", ["cube", "sparse"])
def test_nothing_is_separated_where_all_trade(layout: str) -> None:
    frame = simulate_panel(countries=8, years=3, zeros=0.0)
    fit = fit_gravity(frame, "trade ~ rta | exporter^year + importer^year + pair", layout=layout)
    assert fit.separated == ()


@pytest.mark.parametrize("seed", [30, 48])
def test_a_large_mean_and_a_copy_take_no_digits(seed: int) -> None:
    draw, n = np.random.default_rng(seed), 36
    x, z = np.maximum(draw.normal(size=n), 0), draw.normal(size=n)
    y = (np.arange(n) == seed % n).astype(float)
    frame = pl.DataFrame({"y": y, "x": x, "same": x + 1e8, "z": z, "g": draw.integers(0, 2, n)})
    expected = separated_by_program(build_design(frame, "y ~ x + z | g", cluster="robust"))
    design = build_design(frame, "y ~ x + same + z | g", cluster="robust")
    assert np.array_equal(find_separated(design, method="program"), expected)
