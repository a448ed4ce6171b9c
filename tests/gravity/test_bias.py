"""Bias correction: the blocks against brute force, and the correction in simulation."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from benchmarks.gravity_bias import FORMULA, draw_panel, linear_part
from numpy.typing import NDArray

from accord.errors import GravityError
from accord.gravity.bias import correct_bias
from accord.gravity.estimate import fit_gravity
from accord.gravity.fit import GravityFit
from accord.gravity.leverage import exact_leverage, two_way_leverage
from accord.gravity.panels import Panels, panels_of
from accord.gravity.simulate import simulate_panel
from accord.gravity.structure import find_structure

THREE_WAY = "trade ~ tariff + rta | exporter^year + importer^year + pair"


def panel(seed: int = 0, N: int = 9, T: int = 4, zeros: float = 0.05) -> pl.DataFrame:
    return simulate_panel(countries=N, years=T, zeros=zeros, seed=seed)


def laid_out(formula: str) -> Panels:
    fit = fit_gravity(panel(), formula)
    structure = find_structure(fit.design)
    assert structure is not None
    return panels_of(fit, structure)


def brute_force(
    panels: Panels, curvature: NDArray[np.float64], *, pair: bool
) -> NDArray[np.float64]:
    """H d V d' with dummies written out for every cell."""
    P, T = panels.P, panels.T
    D = np.zeros((P * T, (panels.I + panels.J) * T))
    for p in range(P):
        for t in range(T):
            D[p * T + t, panels.i[p] * T + t] = 1
            D[p * T + t, (panels.I + panels.j[p]) * T + t] = 1
    within = D.copy().reshape(P, T, -1)
    if pair:
        within -= (panels.shares[:, :, None] * within).sum(axis=1, keepdims=True)
    flat = within.reshape(P * T, -1)
    V = np.linalg.pinv((flat * panels.flows.reshape(-1, 1)).T @ flat, rcond=1e-10)
    blocks = D.reshape(P, T, -1)
    return np.asarray(curvature @ (blocks @ V @ blocks.transpose(0, 2, 1)))


def test_exact_leverage_is_that_of_written_out_dummies() -> None:
    panels = laid_out(THREE_WAY)
    expected = brute_force(panels, panels.hessians, pair=True)
    e = panels.residual[:, :, None]
    # Defined up to terms that vanish on residuals that add to nothing within a pair.
    eye = np.eye(panels.T)
    np.testing.assert_allclose(
        np.linalg.solve(eye - exact_leverage(panels), e),
        np.linalg.solve(eye - expected, e),
        atol=1e-6 * np.abs(e).max(),
    )


def test_two_way_leverage_is_that_of_written_out_dummies() -> None:
    panels = laid_out("trade ~ tariff + rta | exporter^year + importer^year")
    flows = np.einsum("pt,ts->pts", panels.flows, np.eye(panels.T))
    expected = brute_force(panels, flows, pair=False)
    np.testing.assert_allclose(two_way_leverage(panels), expected, atol=1e-8)


def test_two_way_corrects_errors_alone() -> None:
    formula = "trade ~ tariff + rta | exporter^year + importer^year"
    plain = fit_gravity(panel(), formula, cluster="pair")
    corrected = fit_gravity(panel(), formula, bias_correction=True)
    assert corrected.bias_corrected
    np.testing.assert_array_equal(plain.coefficients, corrected.coefficients)
    assert (corrected.errors > plain.errors).all()
    assert corrected.uncorrected is not None
    np.testing.assert_allclose(corrected.uncorrected[1], plain.errors)


def test_three_way_moves_estimates_and_widens_errors() -> None:
    corrected = fit_gravity(panel(N=14), THREE_WAY, bias_correction=True)
    assert corrected.bias is not None
    assert corrected.uncorrected is not None
    assert (np.abs(corrected.bias) > 0).all()
    assert (corrected.errors > corrected.uncorrected[1]).all()
    data = corrected.to_dict()
    assert data["bias_corrected"] is True
    assert data["uncorrected"]["rta"]["bias"] == pytest.approx(corrected.bias[1])


def test_approximate_leverage_is_near_the_exact_one() -> None:
    draw = np.random.default_rng(0)
    frame = panel(N=20, zeros=0.0)
    even = {name: pl.Series(draw.normal(0, 0.5, len(frame))) for name in ("tariff", "rta")}
    frame = frame.with_columns(trade=pl.Series(np.exp(draw.normal(0, 0.8, len(frame)))), **even)
    fit = fit_gravity(frame, THREE_WAY)
    exact, near = (correct_bias(fit, leverage=kind) for kind in ("exact", "approximate"))
    np.testing.assert_array_equal(exact.coefficients, near.coefficients)
    np.testing.assert_allclose(exact.errors, near.errors, rtol=0.05)


@pytest.fixture(scope="module")
def heavy() -> tuple[list[pl.DataFrame], list[GravityFit]]:
    """Panels of heavy noise with their estimates."""
    draws = [draw_panel(14, 4, design="quadratic", seed=seed) for seed in range(40)]
    return draws, [fit_gravity(panel, FORMULA) for panel in draws]


def test_leverage_adjusted_residuals_take_the_bias_of_heavy_noise(
    heavy: tuple[list[pl.DataFrame], list[GravityFit]],
) -> None:
    draws, fits = heavy
    published = [correct_bias(fit) for fit in fits]
    adjusted = [correct_bias(fit, adjusted=True) for fit in fits]
    # Less the linear part, of mean nought, of which most of the noise of forty draws is made.
    linear = np.array([linear_part(panel) for panel in draws])
    before, after, further = (
        float(np.mean(np.array([fit.coefficients[0] - 1 for fit in each]) - linear))
        for each in (fits, published, adjusted)
    )
    assert before < after < further  # the estimate is too low; each step brings it up
    assert abs(further) < abs(before) / 4 < abs(after)
    assert all(a.errors[0] > p.errors[0] for a, p in zip(adjusted, published, strict=True))


def test_errors_of_the_adjusted_correction_are_as_large_as_estimates_spread(
    heavy: tuple[list[pl.DataFrame], list[GravityFit]],
) -> None:
    share = {}
    for adjusted in (False, True):
        each = [correct_bias(fit, adjusted=adjusted) for fit in heavy[1]]
        spread = np.std([fit.coefficients[0] for fit in each])
        share[adjusted] = float(np.sqrt(np.mean([fit.errors[0] ** 2 for fit in each])) / spread)
    assert share[False] < 0.85 < share[True]


def test_the_adjusted_correction_is_asked_for_by_name() -> None:
    fit = fit_gravity(panel(N=10), THREE_WAY)
    asked = fit_gravity(panel(N=10), THREE_WAY, bias_correction="adjusted")
    np.testing.assert_array_equal(asked.coefficients, correct_bias(fit, adjusted=True).coefficients)
    assert "leverage-adjusted" in asked.notes[-1]
    with pytest.raises(GravityError, match="GRA012"):
        fit_gravity(panel(), THREE_WAY, bias_correction="jackknife")  # type: ignore[arg-type]


def test_the_adjusted_correction_needs_the_exact_leverage(monkeypatch: pytest.MonkeyPatch) -> None:
    fit = fit_gravity(panel(N=10), THREE_WAY)
    monkeypatch.setattr("accord.gravity.bias.MOST_EXACT_LEVELS", 10)
    assert "approximate leverage" in correct_bias(fit).notes[-1]
    assert "exact leverage" in correct_bias(fit, adjusted=True).notes[-1]
    monkeypatch.setattr("accord.gravity.bias.MOST_ADJUSTED_LEVELS", 10)
    with pytest.raises(GravityError, match="GRA042"):
        correct_bias(fit, adjusted=True)


def test_one_sector_twice_has_the_bias_of_one() -> None:
    frame = panel(N=10)
    formula = "trade ~ tariff | exporter^year + importer^year + pair"
    alone = fit_gravity(frame, formula, bias_correction=True)
    both = pl.concat([frame.with_columns(sector=pl.lit(s)) for s in ("a", "b")])
    pooled = fit_gravity(
        both,
        "trade ~ tariff | exporter^year^sector + importer^year^sector + exporter^importer^sector",
        bias_correction=True,
    )
    assert alone.bias is not None
    assert pooled.bias is not None
    np.testing.assert_allclose(pooled.bias, alone.bias, rtol=1e-6)


def test_more_years_than_countries_are_still_years() -> None:
    structure = find_structure(fit_gravity(panel(N=5, T=9), THREE_WAY).design)
    assert structure is not None
    assert structure.time.columns == {"year"}


def test_other_models_are_refused() -> None:
    for formula in (
        "trade ~ tariff | exporter + year",
        "trade ~ tariff | exporter^importer",
        "trade ~ tariff | pair + year",
        "trade ~ tariff | exporter^year + pair",
    ):
        with pytest.raises(GravityError, match="GRA014"):
            fit_gravity(panel(), formula, bias_correction=True)
    with pytest.raises(GravityError, match="GRA014"):
        fit_gravity(panel(), THREE_WAY, estimator="ols", bias_correction=True)
