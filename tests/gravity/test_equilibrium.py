"""Equilibria: markets, identities, invariances, and what is refused."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from accord.errors import GravityError
from accord.gravity.baseline import Baseline, read_baseline, read_change
from accord.gravity.equilibrium import solve_equilibrium
from accord.gravity.margins import balance
from accord.gravity.simulate import invented_codes

OFTEN = settings(max_examples=25, deadline=None, derandomize=True)
DEFICITS = ("additive", "multiplicative", "none")


def economy(seed: int, N: int = 8) -> tuple[Baseline, NDArray[np.float64]]:
    draw = np.random.default_rng(seed)
    flows = np.exp(draw.normal(0, 1, (N, N))) * (draw.random((N, N)) > 0.1)
    flows[np.diag_indices(N)] = 10 * np.exp(draw.normal(0, 0.5, N))
    change = np.exp(draw.normal(0, 0.3, (N, N)))
    np.fill_diagonal(change, 1.0)
    return Baseline(tuple(invented_codes(N)), flows), change


@OFTEN
@given(seed=st.integers(0, 10_000), sigma=st.floats(1.5, 12), deficit=st.sampled_from(DEFICITS))
def test_markets_clear_and_welfare_keeps_its_identity(
    seed: int, sigma: float, deficit: str
) -> None:
    baseline, change = economy(seed)
    result = solve_equilibrium(baseline, change, sigma=sigma, deficit=deficit)  # type: ignore[arg-type]
    r = result.residuals
    assert max(r.market, r.world, r.price_index, r.welfare_identity) < 1e-10
    spent, earned = result.flows.sum(axis=0), result.flows.sum(axis=1)
    if deficit == "none":
        np.testing.assert_allclose(spent, earned, rtol=1e-9)
    if deficit == "additive":
        share = (baseline.expenditure - baseline.output) / baseline.output.sum()
        np.testing.assert_allclose(spent - earned, share * earned.sum(), atol=1e-9 * earned.sum())


@OFTEN
@given(seed=st.integers(0, 10_000), deficit=st.sampled_from(DEFICITS))
def test_no_change_has_no_effect(seed: int, deficit: str) -> None:
    baseline, change = economy(seed)
    result = solve_equilibrium(baseline, np.ones_like(change), sigma=5, deficit=deficit)  # type: ignore[arg-type]
    np.testing.assert_allclose(result.prices, 1.0, atol=1e-9)
    np.testing.assert_allclose(result.flows, result.baseline.flows, rtol=1e-8)


@OFTEN
@given(seed=st.integers(0, 10_000), deficit=st.sampled_from(DEFICITS))
def test_numeraire_and_currency_do_not_matter(seed: int, deficit: str) -> None:
    baseline, change = economy(seed)
    plain = solve_equilibrium(baseline, change, sigma=6, deficit=deficit)  # type: ignore[arg-type]
    other = solve_equilibrium(
        Baseline(baseline.countries, baseline.flows * 137.0), change, sigma=6,
        deficit=deficit, reference="AAC",  # type: ignore[arg-type]
    )  # fmt: skip
    np.testing.assert_allclose(plain.real_gdp, other.real_gdp, rtol=1e-9)
    np.testing.assert_allclose(plain.welfare, other.welfare, rtol=1e-9)
    assert other.price_index[2] == pytest.approx(1.0)


def test_uniform_domestic_and_foreign_change_has_no_effect() -> None:
    baseline, change = economy(1)
    result = solve_equilibrium(baseline, np.full_like(change, 1.7), sigma=4)
    np.testing.assert_allclose(result.flows, baseline.flows, rtol=1e-8)


def test_symmetric_countries_gain_alike() -> None:
    flows = np.full((5, 5), 1.0) + 9 * np.eye(5)
    change = np.where(np.eye(5) > 0, 1.0, 1.5)
    result = solve_equilibrium(Baseline(tuple(invented_codes(5)), flows), change, sigma=5)
    assert np.ptp(result.real_gdp) < 1e-12
    share = (10 / 14) / (10 / (10 + 4 * 1.5))
    assert result.real_gdp[0] == pytest.approx(share ** (1 / 4))


def test_relabelling_countries_relabels_results() -> None:
    baseline, change = economy(3)
    order = np.random.default_rng(0).permutation(len(baseline.countries))
    moved = Baseline(
        tuple(baseline.countries[k] for k in order), baseline.flows[np.ix_(order, order)]
    )
    result = solve_equilibrium(moved, change[np.ix_(order, order)], sigma=6)
    plain = solve_equilibrium(baseline, change, sigma=6)
    np.testing.assert_allclose(result.real_gdp, plain.real_gdp[order], rtol=1e-10)


def test_conditional_effect_keeps_output_and_expenditure() -> None:
    baseline, change = economy(4)
    result = solve_equilibrium(baseline, change, sigma=6)
    np.testing.assert_allclose(result.conditional.sum(axis=0), baseline.expenditure, rtol=1e-10)
    np.testing.assert_allclose(result.conditional.sum(axis=1), baseline.output, rtol=1e-10)


def test_tight_loop_and_exact_solution_meet_where_trade_is_balanced() -> None:
    baseline, change = economy(5)
    N = len(baseline.countries)
    even = Baseline(
        baseline.countries,
        balance(baseline.flows, np.full(N, 10.0), np.full(N, 10.0)).flows,
    )
    loop = solve_equilibrium(even, change, sigma=7, reference="AAA", mode="agtpa", tolerance=1e-13)
    exact = solve_equilibrium(even, change, sigma=7, reference="AAA")
    assert loop.mode == "agtpa"
    assert exact.residuals.market < 1e-10
    np.testing.assert_allclose(loop.real_gdp, exact.real_gdp, rtol=0.02)


def table(baseline: Baseline) -> pl.DataFrame:
    N = len(baseline.countries)
    names = np.array(baseline.countries)
    return pl.DataFrame(
        {
            "exporter": np.repeat(names, N),
            "importer": np.tile(names, N),
            "value": baseline.flows.ravel(),
        }
    )


def test_tables_of_dyads_become_matrices() -> None:
    baseline, _ = economy(6)
    read = read_baseline(table(baseline).sample(fraction=1.0, shuffle=True, seed=1))
    np.testing.assert_array_equal(read.flows, baseline.flows)
    change = read_change(
        pl.DataFrame({"exporter": ["AAA"], "importer": ["AAB"], "phi_hat": [2.0]}), baseline
    )
    assert change[0, 1] == 2.0
    assert change.sum() == pytest.approx(change.size + 1)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (pl.when(pl.col("exporter") == pl.col("importer")).then(0.0), "GRA030"),
        (pl.when(pl.int_range(pl.len()) == 1).then(-1.0), "GRA035"),
        (pl.when(pl.int_range(pl.len()) == 1).then(float("nan")), "GRA035"),
    ],
)
def test_flows_without_meaning_are_refused(spoil: pl.Expr, code: str) -> None:
    frame = table(economy(7)[0]).with_columns(value=spoil.otherwise(pl.col("value")))  # type: ignore[attr-defined]
    with pytest.raises(GravityError) as caught:
        read_baseline(frame)
    assert caught.value.code == code


def test_what_makes_no_equilibrium_is_refused() -> None:
    baseline, change = economy(8)
    frame = table(baseline)
    with pytest.raises(GravityError, match="GRA031"):
        read_baseline(pl.concat([frame, frame.head(1)]))
    for sigma in (1.0, 0.5, float("nan")):
        with pytest.raises(GravityError, match="GRA036"):
            solve_equilibrium(baseline, change, sigma=sigma)
    with pytest.raises(GravityError, match="GRA032"):
        solve_equilibrium(baseline, change, sigma=5, reference="XXX")
    with pytest.raises(GravityError, match="GRA037"):
        solve_equilibrium(baseline, change, sigma=5, mode="agtpa", tolerance=-1)
    loop = solve_equilibrium(baseline, change, sigma=5, mode="agtpa", deficit="none")
    assert any("not none" in note for note in loop.notes)
    assert 0 < loop.last_step < 0.01
    with pytest.raises(GravityError, match="GRA037"):
        solve_equilibrium(baseline, change, sigma=5, deficit="all")  # type: ignore[arg-type]
    for value in (0.0, -1.0, float("nan")):
        bad = pl.DataFrame({"exporter": ["AAA"], "importer": ["AAB"], "phi_hat": [value]})
        with pytest.raises(GravityError, match="GRA033"):
            read_change(bad, baseline)
    strangers = pl.DataFrame({"exporter": ["QQQ"], "importer": ["AAB"], "phi_hat": [1.0]})
    with pytest.raises(GravityError, match="GRA032"):
        read_change(strangers, baseline)


def trade_gaps(
    logs: NDArray[np.float64], X: NDArray[np.float64], change: NDArray[np.float64], sigma: float
) -> NDArray[np.float64]:
    """Written anew from the textbook: log of exports over imports at prices exp(0, logs)."""
    p = np.exp(np.concatenate([[0.0], logs]))
    parts = X / X.sum(axis=0) * change * (p ** (1 - sigma))[:, None]
    flows = parts / parts.sum(axis=0) * (X.sum(axis=1) * p)
    abroad = flows * (1 - np.eye(len(p)))
    return np.asarray(np.log(abroad.sum(axis=1) / abroad.sum(axis=0))[1:])


@pytest.mark.parametrize("sigma", [1.05, 2.0, 7.0, 30.0])
@pytest.mark.parametrize("factor", [1e-6, 1e-3, 100.0])
def test_prices_near_autarky_and_wide_open_are_those_of_another_solver(
    sigma: float, factor: float
) -> None:
    from scipy.optimize import root

    baseline, _ = economy(11, 6)
    change = np.where(np.eye(6) > 0, 1.0, factor)
    result = solve_equilibrium(baseline, change, sigma=sigma, deficit="none")
    args = (result.baseline.flows, change, sigma)
    other = root(trade_gaps, np.zeros(5), args=args, tol=1e-14)
    assert np.abs(other.fun).max() < 1e-9
    ratio = result.prices / result.prices[0]
    np.testing.assert_allclose(ratio[1:], np.exp(other.x), rtol=1e-8)
    assert result.residuals.welfare_identity < 1e-10
    np.testing.assert_allclose(
        result.conditional.sum(axis=0), result.baseline.expenditure, rtol=1e-10
    )


@pytest.mark.parametrize("factor", [1e-6, 100.0])
def test_deficits_in_proportion_can_be_kept_whatever_trade_costs(factor: float) -> None:
    baseline, _ = economy(12, 6)
    change = np.where(np.eye(6) > 0, 1.0, factor)
    result = solve_equilibrium(baseline, change, sigma=4, deficit="multiplicative")
    ratio = result.flows.sum(axis=0) / result.flows.sum(axis=1)
    before = baseline.expenditure / baseline.output
    np.testing.assert_allclose(ratio / before, ratio[0] / before[0], rtol=1e-9)
    assert result.residuals.market < 1e-10


def test_fixed_deficits_that_no_trade_can_carry_are_an_error() -> None:
    flows = np.array([[10.0, 5.0], [1.0, 10.0]])
    change = np.array([[1.0, 1e-6], [1e-6, 1.0]])
    with pytest.raises(GravityError, match="GRA039"):
        solve_equilibrium(Baseline(("AAA", "AAB"), flows), change, sigma=2)


def test_trade_that_goes_one_way_cannot_be_balanced() -> None:
    flows = np.array([[10.0, 0.0, 1.0], [2.0, 10.0, 1.0], [1.0, 0.0, 10.0]])
    baseline = Baseline(("AAA", "AAB", "AAC"), flows)
    with pytest.raises(GravityError, match=r"GRA043.*AAB"):
        solve_equilibrium(baseline, np.ones((3, 3)), sigma=5, deficit="none")
    assert solve_equilibrium(baseline, np.ones((3, 3)), sigma=5).prices == pytest.approx(1.0)


def test_parts_that_do_not_trade_have_no_common_prices() -> None:
    flows = np.kron(np.eye(2), np.ones((3, 3)))
    with pytest.raises(GravityError, match="GRA040"):
        Baseline(tuple(invented_codes(6)), flows)
    flows[0, 5] = 0.1  # one flow joins them
    assert Baseline(tuple(invented_codes(6)), flows).output[0] == pytest.approx(3.1)


@pytest.mark.parametrize(
    ("flows", "change", "code"),
    [
        (np.ones((2, 3)), np.ones((2, 2)), "GRA035"),
        (-np.ones((2, 2)), np.ones((2, 2)), "GRA035"),
        (np.ones((2, 2)), np.ones((3, 3)), "GRA033"),
        (np.ones((2, 2)), -np.ones((2, 2)), "GRA033"),
    ],
)
def test_arrays_are_checked_like_tables(
    flows: NDArray[np.float64], change: NDArray[np.float64], code: str
) -> None:
    with pytest.raises(GravityError, match=code):
        solve_equilibrium(Baseline(("AAA", "AAB"), flows), change, sigma=5)


def test_margins_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(GravityError, match="GRA041"):
        balance(np.ones((2, 2)), np.array([1.0, 2.0]), np.array([1.0, 2.5]))


def test_result_shows_itself() -> None:
    baseline, change = economy(9)
    result = solve_equilibrium(baseline, change, sigma=5)
    assert "welfare identity" in repr(result)
    assert result._repr_html_().count('scope="row"') == len(baseline.countries)
    data = result.to_dict(dyads=True)
    assert len(data["dyads"]) == len(baseline.countries) ** 2
    assert data["residuals"]["market"] < 1e-10
