"""The published tables of the UN/WTO Advanced Guide (2016), to the digits printed."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest

from accord.gravity.estimate import fit_gravity
from accord.gravity.fit import GravityFit

from .gravity_gold import gold_file

DIGITS = 5e-5
TWO_WAY = "exporter^year + importer^year"
TRADITIONAL = "ldist + cntg + lang + clny + rta"


@cache
def panel() -> pl.DataFrame:
    frame = pl.read_parquet(gold_file("agtpa_applications.parquet"))
    domestic = pl.col("exporter") == pl.col("importer")
    return frame.filter((pl.col("year").cast(pl.Int64) - 1986) % 4 == 0).with_columns(
        ldist=pl.col("dist").log(),
        symmetric=pl.when(domestic)
        .then("I" + pl.col("exporter"))
        .otherwise(pl.col("pair_id").cast(pl.String)),
    )


@cache
def fits(spec: str) -> GravityFit:
    abroad = panel().filter(pl.col("exporter") != pl.col("importer"))
    if spec == "OLS":
        formula = f"trade ~ {TRADITIONAL} | {TWO_WAY}"
        return fit_gravity(abroad, formula, estimator="ols", cluster="pair_id")
    if spec == "PPML":
        return fit_gravity(abroad, f"trade ~ {TRADITIONAL} | {TWO_WAY}", cluster="pair_id")
    if spec == "ENDG":
        return fit_gravity(panel(), f"trade ~ rta | {TWO_WAY} + symmetric", cluster="symmetric")
    borders = pl.read_parquet(gold_file("agtpa_twb_2006.parquet"))
    formula = "trade ~ ln_DIST + CNTG + INTL_BRDR | exporter + importer"
    return fit_gravity(borders, formula, cluster="robust")


@pytest.mark.gold
def test_every_published_coefficient_is_met() -> None:
    gold = pl.read_csv(gold_file("gold_coefficients.csv"))
    for row in gold.iter_rows(named=True):
        fit = fits(row["spec"])
        coefficient = fit[row["variable"]]
        tolerance = 5e-8 if (row["note"] or "").startswith("eight") else DIGITS
        if row["spec"].startswith("PPML exporter"):
            tolerance = 5e-7
        where = f"{row['spec']} {row['variable']}"
        assert coefficient.estimate == pytest.approx(row["coef"], abs=tolerance), where
        assert coefficient.se == pytest.approx(row["se"], abs=tolerance), where
        assert fit.n == row["n"], where
        assert fit.converged, where


@pytest.mark.gold
def test_log_of_the_flow_and_the_flow_are_one_to_least_squares() -> None:
    abroad = panel().filter(pl.col("exporter") != pl.col("importer"))
    formula = f"log(trade) ~ {TRADITIONAL} | {TWO_WAY}"
    in_logs = fit_gravity(abroad, formula, estimator="ols", cluster="pair_id")
    assert in_logs["rta"].estimate == pytest.approx(fits("OLS")["rta"].estimate, abs=1e-12)


@pytest.mark.gold
def test_alias_pair_is_exporter_and_importer() -> None:
    formula = f"trade ~ rta | {TWO_WAY} + pair"
    by_alias = fit_gravity(panel(), formula, cluster="pair")
    spelled = fit_gravity(
        panel(), f"trade ~ rta | {TWO_WAY} + exporter^importer", cluster="exporter^importer"
    )
    assert by_alias["rta"].estimate == pytest.approx(spelled["rta"].estimate, abs=1e-9)
    assert by_alias["rta"].se == pytest.approx(spelled["rta"].se, abs=1e-9)
