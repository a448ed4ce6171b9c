"""Estimates against the textbook solution, against pyfixest, and against themselves."""

from __future__ import annotations

import warnings
from typing import Literal

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.errors import GravityError
from accord.gravity.estimate import fit_gravity
from accord.gravity.simulate import simulate_panel

from .dense import fit_dense

THREE_WAY = "exporter^year + importer^year + pair"
SLOWLY = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def small_panel(seed: int, countries: int = 6, years: int = 4, zeros: float = 0.1) -> pl.DataFrame:
    frame = simulate_panel(countries=countries, years=years, zeros=zeros, seed=seed)
    draw = np.random.default_rng(seed)
    return frame.with_columns(
        x=pl.Series(draw.normal(size=len(frame))), z=pl.Series(draw.normal(size=len(frame)))
    )


@SLOWLY
@given(seed=st.integers(0, 10_000), three=st.booleans(), family=st.sampled_from(["ppml", "ols"]))
def test_estimates_are_the_textbook_ones(seed: int, three: bool, family: str) -> None:
    frame = small_panel(seed, zeros=0.05)
    effects = [["exporter", "year"], ["importer", "year"]]
    if three:
        effects.append(["exporter", "importer"])
    formula = "trade ~ x + z | exporter^year + importer^year" + (" + pair" if three else "")
    fit = fit_gravity(frame, formula, estimator=family, cluster="pair")
    used = frame[fit.design.rows.tolist()]
    response = "trade"
    if family == "ols":
        used, response = used.with_columns(logged=pl.col("trade").log()), "logged"
    estimates, errors = fit_dense(
        used, response, ["x", "z"], effects,
        family="poisson" if family == "ppml" else "ols", cluster=["exporter", "importer"],
    )  # fmt: skip
    assert fit.converged
    np.testing.assert_allclose(fit.coefficients, estimates, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(fit.errors, errors, rtol=1e-5, atol=1e-7)


def test_gamma_is_the_textbook_one() -> None:
    frame = small_panel(3, zeros=0.0).filter(pl.col("exporter") != pl.col("importer"))
    names = ["x", "z", "ln_dist"]
    formula = "trade ~ x + z + ln_dist | exporter + importer"
    fit = fit_gravity(frame, formula, estimator="gamma", cluster="robust")
    estimates, errors = fit_dense(
        frame, "trade", names, [["exporter"], ["importer"]], family="gamma"
    )
    assert fit.converged
    np.testing.assert_allclose(fit.coefficients, estimates, rtol=1e-6)
    np.testing.assert_allclose(fit.errors, errors, rtol=1e-5)


def test_without_effects_there_is_a_constant() -> None:
    frame = small_panel(4, zeros=0.2)
    fit = fit_gravity(frame, "trade ~ x + z", cluster="robust")
    estimates, errors = fit_dense(frame, "trade", ["x", "z"], [])
    assert fit.names == ("constant", "x", "z")
    np.testing.assert_allclose(fit.coefficients[1:], estimates, rtol=1e-7)
    np.testing.assert_allclose(fit.errors[1:], errors, rtol=1e-6)
    rest = fit.index - fit.coefficients[1:] @ frame.select("x", "z").to_numpy().T
    np.testing.assert_allclose(rest, fit["constant"].estimate, rtol=1e-12)


@pytest.mark.parametrize("right", ["x", "x | group"])
def test_a_fitted_flow_next_to_nothing_costs_no_digits(right: str) -> None:
    # A row so far out that its working residual (y−μ)/μ swallows every other digit.
    draw = np.random.default_rng(11)
    x = np.append(draw.normal(-2.0, 1.0, 300), -120.0)
    y = np.append(draw.poisson(np.exp(6.0 + 0.4 * x[:-1])), 2.0)
    frame = pl.DataFrame({"y": y, "x": x, "group": [*([0, 1, 2] * 100), 0]})
    fit = fit_gravity(frame, f"y ~ {right}", cluster="robust")
    rest = fit.index - fit["x"].estimate * x
    level = frame["group"].to_numpy() if "group" in right else np.zeros(len(x), dtype=int)
    assert fit.converged
    assert fit.fitted.min() < 1e-15
    for own in (rest[level == number] for number in range(level.max() + 1)):
        assert np.ptp(own) < 1e-9  # the index is made of regressors and effects alone
    assert abs(x @ fit.residual) < 1e-9 * (np.abs(x) @ y)


def test_effects_alone_reproduce_their_totals() -> None:
    frame = small_panel(5)
    fit = fit_gravity(frame, "trade ~ 1 | exporter^year + importer^year")
    used = frame[fit.design.rows.tolist()].with_columns(fitted=pl.Series(fit.fitted))
    for names in (["exporter", "year"], ["importer", "year"]):
        totals = used.group_by(names).agg(pl.col("trade").sum(), pl.col("fitted").sum())
        np.testing.assert_allclose(totals["trade"], totals["fitted"], rtol=1e-9)


@pytest.mark.parametrize("effects", ["exporter^year + importer^year", THREE_WAY])
@pytest.mark.parametrize("estimator", ["ppml", "ols"])
def test_cube_and_sparse_rows_agree(effects: str, estimator: str) -> None:
    frame = small_panel(7, countries=12, years=5).sample(fraction=0.8, seed=1, shuffle=True)
    formula = f"trade ~ rta + tariff + x | {effects}"
    cube = fit_gravity(frame, formula, estimator=estimator, layout="cube")
    rows = fit_gravity(frame, formula, estimator=estimator, layout="sparse")
    assert (cube.layout, rows.layout) == ("cube", "sparse")
    np.testing.assert_allclose(cube.coefficients, rows.coefficients, atol=1e-9)
    np.testing.assert_allclose(cube.errors, rows.errors, rtol=1e-7)
    np.testing.assert_allclose(cube.fitted, rows.fitted, rtol=1e-6)


def test_pairs_without_direction_are_not_taken_for_directed_ones() -> None:
    frame = small_panel(7, countries=8)
    formula = "trade ~ x | exporter^year + importer^year + sym(exporter, importer)"
    with pytest.raises(GravityError, match="GRA015"):
        fit_gravity(frame, formula, layout="cube")
    with pytest.raises(GravityError, match="GRA014"):
        fit_gravity(frame, formula, bias_correction=True)
    ends = pl.concat_list("exporter", "importer").list.sort().list.join("-")
    column = formula.replace("sym(exporter, importer)", "both")
    spelled = fit_gravity(frame.with_columns(both=ends), column)
    assert fit_gravity(frame, formula)["x"].estimate == pytest.approx(spelled["x"].estimate)


@pytest.mark.parametrize("cluster", ["pair", "exporter + importer", "exporter + importer + year"])
def test_agrees_with_pyfixest(cluster: str) -> None:
    frame = small_panel(8, countries=14, years=5)
    fit = fit_gravity(frame, f"trade ~ rta + tariff + x | {THREE_WAY}", cluster=cluster)
    used = frame[fit.design.rows.tolist()].with_columns(
        pair=pl.col("exporter") + pl.col("importer")
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyfixest as pf

        peer = pf.fepois(
            "trade ~ rta + tariff + x | exporter^year + importer^year + pair",
            data=used.to_pandas(),
            vcov={"CRV1": "pair"},
            iwls_tol=1e-12,
            fixef_tol=1e-12,
            ssc=pf.ssc(k_adj=False, G_adj=True),
        )
    np.testing.assert_allclose(fit.coefficients, peer.coef().to_numpy(), atol=1e-7)
    if cluster == "pair":
        np.testing.assert_allclose(fit.errors, peer.se().to_numpy(), rtol=1e-6)


def test_frames_of_any_kind_give_the_same() -> None:
    frame = small_panel(9)
    formula = "trade ~ x | exporter^year + importer^year"
    estimates = [
        fit_gravity(data, formula)["x"].estimate
        for data in (frame, frame.to_pandas(), frame.to_arrow())
    ]
    assert estimates[0] == pytest.approx(estimates[1], abs=1e-12)
    assert estimates[0] == pytest.approx(estimates[2], abs=1e-12)


def test_effects_may_be_text_numbers_truth_values_or_categories() -> None:
    frame = small_panel(10).with_columns(
        number=pl.col("year").cast(pl.Float64),
        truth=pl.col("year") > 2002,
        category=pl.col("exporter").cast(pl.Categorical),
    )
    by_text = fit_gravity(frame, "trade ~ x | exporter + importer^year + exporter^truth")
    by_kind = fit_gravity(frame, "trade ~ x | category + importer^number + category^truth")
    assert by_text["x"].estimate == pytest.approx(by_kind["x"].estimate, abs=1e-10)


def test_regressor_explained_by_the_effects_is_named_and_left_out() -> None:
    frame = small_panel(11).with_columns(gdp=pl.col("year") * 2.0 + 7.0)
    fit = fit_gravity(frame, f"trade ~ ln_dist + x + gdp | {THREE_WAY}")
    assert fit.names == ("x",)
    assert fit.design.dropped.collinear == ("ln_dist", "gdp")


def test_border_by_year_keeps_all_years_but_one() -> None:
    frame = small_panel(12, countries=10)
    fit = fit_gravity(frame, f"trade ~ rta + i(year, border) | {THREE_WAY}")
    assert fit.design.dropped.collinear == ("year::2004:border",)
    chosen = fit_gravity(frame, f"trade ~ rta + i(year, border, ref=2004) | {THREE_WAY}")
    assert chosen.names == fit.names
    np.testing.assert_allclose(chosen.coefficients, fit.coefficients, atol=1e-8)


def test_rows_left_out_are_reported() -> None:
    frame = small_panel(13).with_columns(
        x=pl.when(pl.int_range(pl.len()) == 3).then(None).otherwise(pl.col("x"))
    )
    fit = fit_gravity(frame, "trade ~ x | exporter + importer", estimator="ols")
    zeros = int((frame["trade"] == 0).sum())
    assert fit.design.dropped.missing.tolist() == [3]
    assert len(fit.design.dropped.zero_in_logs) >= zeros - 1
    assert fit.n + fit.design.dropped.rows == len(frame)
    assert "have no logarithm" in repr(fit)
    assert fit.design.dropped.missing_in == (("x", 1),)
    assert "(x in 1)" in repr(fit)


def test_tests_and_effects_of_a_fit() -> None:
    frame = small_panel(14, countries=10)
    fit = fit_gravity(frame, f"trade ~ rta + x | {THREE_WAY}")
    joint = fit.joint(["rta", "x"])
    assert joint.degrees == 2
    assert fit.joint(["x"]).statistic == pytest.approx(fit["x"].z ** 2)
    assert 0 <= fit.reset().p <= 1
    effects = fit.fixed_effects()
    total = fit.coefficients @ fit.X
    for effect in fit.design.effects:
        values = effects.filter(pl.col("effect") == effect.label)["value"].to_numpy()
        total = total + values[effect.codes]
    np.testing.assert_allclose(total, fit.index, atol=1e-7)


@pytest.mark.parametrize(
    ("change", "formula", "code"),
    [
        ({}, "trade x", "GRA001"),
        ({}, "trade ~ x | ", "GRA001"),
        ({}, "trade ~ (x | exporter", "GRA001"),
        ({}, "trade ~ x + | exporter", "GRA001"),
        ({}, "trade ~ x | exporter^", "GRA001"),
        ({}, "trade ~ __import__('os') | exporter", "GRA001"),
        ({}, "trade ~ rtaa | exporter", "GRA002"),
        ({}, "trade ~ x | exporterr", "GRA002"),
        ({}, "trade ~ log(exporter) | importer", "GRA004"),
        ({"trade": -1.0}, "trade ~ x | exporter", "GRA007"),
        ({"trade": 0.0}, "trade ~ x | exporter", "GRA008"),
        ({"trade": None}, "trade ~ x | exporter", "GRA006"),
    ],
)
def test_what_cannot_be_estimated_is_a_coded_error(
    change: dict[str, float | None], formula: str, code: str
) -> None:
    frame = small_panel(15).with_columns(
        **{name: pl.lit(value, dtype=pl.Float64) for name, value in change.items()}
    )
    with pytest.raises(GravityError) as caught:
        fit_gravity(frame, formula)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_negative_flow_is_found_inside_its_logarithm() -> None:
    frame = small_panel(15).with_columns(trade=pl.col("trade") - 1e-3)
    with pytest.raises(GravityError, match="GRA007"):
        fit_gravity(frame, "log(trade) ~ x | exporter", estimator="ols")


def test_options_that_do_not_exist_are_refused() -> None:
    for option in ({"tolerance": -1.0}, {"repeated": "sum"}, {"layout": "heap"}):
        with pytest.raises(GravityError, match="GRA012"):
            fit_gravity(small_panel(15), "trade ~ x | exporter", **option)  # type: ignore[arg-type]


def test_text_among_numbers_is_placed() -> None:
    cells = small_panel(15)["x"].cast(pl.String).to_list()
    frame = small_panel(15).with_columns(x=pl.Series([*cells[:6], "n/a", *cells[7:]]))
    with pytest.raises(GravityError, match="row 7 is “n/a”"):
        fit_gravity(frame, "trade ~ log(x) | exporter")


def test_the_pair_is_found_under_other_names() -> None:
    frame = small_panel(16).rename({"exporter": "isoexp", "importer": "isoimp"})
    formula = "trade ~ x | isoexp^year + isoimp^year + isoexp^isoimp"
    assert [c.label for c in fit_gravity(frame, formula).design.clusters] == ["isoexp^isoimp"]


def test_several_ways_of_clustering_leave_positive_variances_alone() -> None:
    # As fixest and pyfixest do, though the covariance need not be positive semi-definite.
    found = []
    for seed in range(6):
        frame = small_panel(seed, countries=8)
        fit = fit_gravity(frame, "trade ~ x + z + rta", cluster="exporter + importer")
        assert (np.diag(fit.covariance) >= 0).all()
        one, other, both = (
            fit_gravity(frame, "trade ~ x + z + rta", cluster=c)
            for c in ("exporter", "importer", "pair")
        )
        G = fit.cluster_counts[0]
        raw = one.covariance + other.covariance
        raw -= both.covariance * (G / (G - 1)) / (G * G / (G * G - 1))
        if (np.diag(raw) >= 0).all():
            np.testing.assert_allclose(fit.covariance, raw, rtol=1e-8, atol=1e-12)
            found.append(np.linalg.eigvalsh(raw).min())
        assert fit.joint().statistic >= 0
    assert found
    assert min(found) < 0


def test_one_cluster_gives_no_errors() -> None:
    frame = small_panel(17).with_columns(world=pl.lit("all"))
    with pytest.raises(GravityError, match="GRA017"):
        fit_gravity(frame, "trade ~ x | exporter + importer", cluster="world")


@pytest.mark.parametrize("estimator", ["ppml", "ols"])
def test_a_panel_in_parts_is_told(estimator: Literal["ppml", "ols"]) -> None:
    frame = small_panel(18)
    first = frame["exporter"].is_in(["AAA", "AAB", "AAC"])
    apart = frame.filter(first == frame["importer"].is_in(["AAA", "AAB", "AAC"]))
    formula = "trade ~ x | exporter^year + importer^year"
    assert any("2 parts" in note for note in fit_gravity(apart, formula, estimator=estimator).notes)
    whole = fit_gravity(frame, formula, estimator=estimator)
    assert not any("parts" in note for note in whole.notes)


def test_pair_twice_in_a_year_is_refused_unless_allowed() -> None:
    frame = small_panel(16)
    twice = pl.concat([frame, frame.head(1)])
    with pytest.raises(GravityError, match="GRA009"):
        fit_gravity(twice, "trade ~ x | exporter + importer")
    allowed = fit_gravity(twice, "trade ~ x | exporter + importer", repeated="allow")
    assert allowed.n == len(twice)
    sectors = pl.concat([frame.with_columns(sector=pl.lit(s)) for s in ("a", "b")])
    assert fit_gravity(sectors, "trade ~ x | exporter^sector + importer^sector").converged


def test_disconnected_panel_is_estimated_within_its_parts() -> None:
    frame = small_panel(17, countries=8)
    east = frame["exporter"].is_in(["AAA", "AAB", "AAC", "AAD"])
    apart = frame.filter(east == frame["importer"].is_in(["AAA", "AAB", "AAC", "AAD"]))
    fit = fit_gravity(apart, "trade ~ x | exporter^year + importer^year", cluster="robust")
    used = apart[fit.design.rows.tolist()]
    estimates, _ = fit_dense(used, "trade", ["x"], [["exporter", "year"], ["importer", "year"]])
    np.testing.assert_allclose(fit.coefficients, estimates, rtol=1e-6)


def test_tables_in_every_form() -> None:
    fit = fit_gravity(small_panel(18), "trade ~ x + z | exporter + importer")
    assert "converged" in repr(fit)
    assert fit._repr_html_().count('scope="row"') == 2
    assert r"\begin{tabular}" in fit.to_latex()
    assert fit.to_csv().splitlines()[0] == "name,estimate,se,z,p,low,high"
    data = fit.to_dict()
    assert set(data["coefficients"]["x"]) >= {"estimate", "se"}
    assert data["n"] == fit.n
    assert data["bias_corrected"] is False


@pytest.mark.parametrize("value", [0.0, 0.1, 1e9 / 3])
def test_regressor_that_does_not_vary_is_left_out(value: float) -> None:
    frame = small_panel(19).with_columns(flat=pl.lit(value))
    fit = fit_gravity(frame, "trade ~ x + flat | exporter + importer")
    assert fit.names == ("x",)
    assert fit.design.dropped.collinear == ("flat",)
