"""Trade without borders, 2006 (Advanced Guide, chapter 2): the loop, published and run tight."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from accord.gravity.baseline import Baseline
from accord.gravity.counterfactual import Counterfactual
from accord.gravity.equilibrium import solve_equilibrium
from accord.gravity.margins import balance

from .gravity_gold import gold_file

PRINTED = {"ln_DIST": -0.7912879, "CNTG": 0.6736456, "INTL_BRDR": -2.47445}


def borders_removed(mode: str, tolerance: float | None = None) -> Counterfactual:
    """Baseline from the three printed coefficients, balanced to output and expenditure."""
    frame = pl.read_parquet(gold_file("agtpa_twb_2006.parquet")).sort("exporter", "importer")
    countries = tuple(frame["exporter"].unique().sort())
    N = len(countries)
    linear = frame.select(sum(pl.col(name) * b for name, b in PRINTED.items())).to_numpy()
    output = frame["Y"].to_numpy().reshape(N, N)[:, 0]
    expenditure = frame["E"].to_numpy().reshape(N, N)[0]
    flows = balance(np.exp(linear.reshape(N, N)), output, expenditure).flows
    change = np.exp(-PRINTED["INTL_BRDR"] * frame["INTL_BRDR"].to_numpy().reshape(N, N))
    return solve_equilibrium(
        Baseline(countries, flows), change, sigma=7, reference="ZZZ",
        mode=mode, deficit="multiplicative", tolerance=tolerance,
    )  # fmt: skip


def largest_gap(result: Counterfactual, name: str) -> float:
    gold = pl.read_csv(gold_file(name))
    gold = gold.rename({gold.columns[0]: "country"}).with_columns(
        pl.col("country").replace({"DEU": "ZZZ"})
    )
    joined = result.by_country().join(gold, on="country", suffix="_gold")
    assert len(joined) == len(gold)
    columns = [c for c in gold.columns if c.startswith("change_")]
    return max(float((joined[c] - joined[f"{c}_gold"]).abs().max()) for c in columns)


@pytest.mark.gold
def test_published_loop_within_two_thousandths_of_a_point() -> None:
    assert largest_gap(borders_removed("agtpa"), "gold_ge_agtpa_twb_published.csv") < 2e-3


@pytest.mark.gold
def test_tight_loop_within_a_millionth() -> None:
    tight = borders_removed("agtpa", 1e-12)
    assert largest_gap(tight, "gold_ge_agtpa_twb_loop_tight.csv") < 1e-6


@pytest.mark.gold
def test_exact_solution_holds_where_the_loop_does_not() -> None:
    exact, loop = borders_removed("exact"), borders_removed("agtpa")
    assert exact.residuals.market < 1e-10
    assert exact.residuals.welfare_identity < 1e-10
    assert loop.residuals.market > 1e-4
    real = exact.by_country()["change_rGDP_FULL"] - loop.by_country()["change_rGDP_FULL"]
    assert float(real.abs().max()) < 1.0
