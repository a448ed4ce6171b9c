"""Panels made ready, and equations sector by sector."""

from __future__ import annotations

import polars as pl
import pytest

from accord.errors import GravityError
from accord.gravity.estimate import fit_gravity
from accord.gravity.fit import GravityFit
from accord.gravity.prepare import add_agreements, add_shifts, fill_zeros
from accord.gravity.sectors import fit_by_sector, sigma_from_tariff
from accord.gravity.simulate import simulate_panel


def test_zeros_are_filled_where_both_report() -> None:
    frame = pl.DataFrame(
        {
            "exporter": ["AAA", "AAB", "AAA"],
            "importer": ["AAB", "AAA", "AAB"],
            "year": [2000, 2000, 2001],
            "trade": [1.0, 2.0, 3.0],
        }
    )
    assert fill_zeros(frame)["trade"].to_list() == [1.0, 3.0, 2.0]
    whole = fill_zeros(frame, only_traders=False)
    assert whole.filter(pl.col("trade") == 0).select("exporter", "year").rows() == [("AAB", 2001)]
    assert len(fill_zeros(frame, only_traders=False, domestic=True)) == 8


def test_shifts_follow_years_not_rows() -> None:
    frame = pl.DataFrame(
        {
            "exporter": ["AAA"] * 3,
            "importer": ["AAB"] * 3,
            "year": [2000, 2004, 2006],
            "rta": [1.0, 0.0, 1.0],
        }
    )
    shifted = add_shifts(frame, "rta", lags=[4, 2], leads=[4])
    assert shifted["rta_lag4"].to_list() == [None, 1.0, None]
    assert shifted["rta_lag2"].to_list() == [None, None, 0.0]
    assert shifted["rta_lead4"].to_list() == [0.0, None, None]


def test_agreements_phase_in_from_their_dates() -> None:
    frame = pl.DataFrame(
        {
            "exporter": ["AAA"] * 4 + ["AAA"],
            "importer": ["AAB"] * 4 + ["AAA"],
            "year": [2000, 2001, 2005, 2010, 2005],
        }
    )
    made = add_agreements(frame, [(("AAA", "AAB"), 2001, 2009)], lags=[4], leads=[1])
    assert made["rta"].to_list() == [0, 1, 1, 0, 0]
    assert made["rta_lag4"].to_list() == [0, 0, 1, 1, 0]
    assert made["rta_lead1"].to_list() == [1, 1, 1, 0, 0]


def test_sectors_are_estimated_each_for_itself() -> None:
    parts = [
        simulate_panel(countries=8, years=4, seed=seed).with_columns(sector=pl.lit(f"s{seed}"))
        for seed in (1, 2)
    ]
    empty = parts[0].with_columns(sector=pl.lit("none"), trade=pl.lit(0.0))
    formula = "trade ~ rta + tariff | exporter^year + importer^year + pair"
    fits = fit_by_sector(pl.concat([*parts, empty]), formula)
    assert list(fits) == ["none", "s1", "s2"]
    assert isinstance(fits["none"], GravityError)
    alone = fit_gravity(parts[1], formula)
    assert isinstance(fits["s2"], GravityFit)
    assert fits["s2"]["rta"].estimate == pytest.approx(alone["rta"].estimate, abs=1e-9)


def test_tariffs_reveal_the_elasticity() -> None:
    frame = simulate_panel(countries=30, years=8, noise=0.2, zeros=0.0)
    fit = fit_gravity(frame, "trade ~ rta + tariff | exporter^year + importer^year + pair")
    assert sigma_from_tariff(fit) == pytest.approx(4.0, abs=4 * fit["tariff"].se)
    with pytest.raises(GravityError, match="GRA058"):
        sigma_from_tariff(fit, "rta")
