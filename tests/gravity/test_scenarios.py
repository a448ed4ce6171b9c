"""Scenarios on the simulated panel: effects recovered, uncertainty carried, gaps named."""

from __future__ import annotations

import math
import re
from functools import cache

import polars as pl
import pytest

from accord.errors import GravityError
from accord.gravity.potential import trade_potential
from accord.gravity.scenarios import (
    Group,
    World,
    change_tariff,
    join_bloc,
    leave_bloc,
    link_blocs,
    see_world,
)
from accord.gravity.simulate import TRUE_EFFECTS, invented_codes, simulate_panel
from accord.model.polity import get_polity

EAST = Group("the East", ("AAA", "AAB", "AAC"))
WEST = Group("the West", ("AAD", "AAE", "AAF"))


@cache
def panel() -> pl.DataFrame:
    return simulate_panel(countries=16, years=8, seed=2)


@cache
def world() -> World:
    return see_world(panel(), source="the simulated panel")


def test_simulator_builds_in_what_it_says() -> None:
    from accord.gravity.estimate import fit_gravity

    frame = simulate_panel(countries=40, years=10, zeros=0.1, noise=0.3, seed=5)
    fit = fit_gravity(frame, "trade ~ rta + tariff | exporter^year + importer^year + pair")
    for name in ("rta", "tariff"):
        assert abs(fit[name].estimate - TRUE_EFFECTS[name]) < 4 * fit[name].se


def test_invented_codes_are_nobodys() -> None:
    codes = invented_codes(400)
    assert codes[:2] == ["AAA", "AAB"]
    assert len(set(codes)) == 400
    assert [code for code in codes if get_polity(code)] == []


def test_link_raises_trade_and_income_of_those_concerned() -> None:
    answer = link_blocs(world(), EAST, WEST, draws=30)
    concerned = answer.table.filter(pl.col("concerned") == "yes")
    assert (concerned["real_gdp_pct"] > 0).all()
    assert (answer.table["real_gdp_low"] <= answer.table["real_gdp_high"]).all()
    assert "95 % interval" in answer.sentence
    assert answer.left_out
    assert answer.details["market_residual"] < 1e-10


def test_leaving_lowers_and_joining_raises() -> None:
    joined = join_bloc(world(), Group("AAA", ("AAA",)), WEST, draws=5)
    own = joined.table.filter(pl.col("country") == "AAA")
    assert own["real_gdp_pct"][0] > 0
    flows = world().treated
    i, j = next((i, j) for i in range(16) for j in range(16) if flows[i, j] and i != j)
    codes = world().baseline.countries
    left = leave_bloc(world(), Group("one", (codes[i],)), Group("two", (codes[j],)), draws=5)
    assert left.table.filter(pl.col("country") == codes[i])["real_gdp_pct"][0] < 0


def test_tariff_lowers_the_trade_it_taxes() -> None:
    answer = change_tariff(
        world(), Group("AAA", ("AAA",)), Group("AAB", ("AAB",)), factor=1.2, sigma=6.0
    )
    assert re.search(r"by -\d", answer.sentence)
    with pytest.raises(GravityError, match="GRA057"):
        change_tariff(world(), EAST, WEST, factor=0.0)


def test_answers_name_the_three_effects_and_hold_every_dyad_concerned() -> None:
    answer = link_blocs(world(), EAST, WEST, draws=3)
    effects = answer.details["trade_concerned_pct"]
    estimate = answer.details["effect"]["rta"]["estimate"]
    assert effects["partial"] == pytest.approx(100 * (math.exp(estimate) - 1))
    assert effects["low"] <= effects["full"] <= effects["high"]
    dyads = pl.DataFrame(answer.details["dyads"])
    assert dyads.columns == ["exporter", "importer", "baseline", "partial", "conditional", "full"]
    growth = 100 * (dyads["conditional"].sum() / dyads["baseline"].sum() - 1)
    assert effects["conditional"] == pytest.approx(growth)


@pytest.mark.parametrize("draws", [1, 2, 7])
def test_interval_holds_the_estimate_however_few_the_draws(draws: int) -> None:
    answer = link_blocs(world(), EAST, WEST, draws=draws)
    effects = answer.details["trade_concerned_pct"]
    assert effects["low"] <= effects["full"] <= effects["high"]
    inside = pl.col("real_gdp_pct").is_between("real_gdp_low", "real_gdp_high")
    assert answer.table.select(inside.all()).item()


def test_interval_of_a_tariff_comes_from_the_estimated_elasticity() -> None:
    one, other = Group("AAA", ("AAA",)), Group("AAB", ("AAB",))
    estimated = change_tariff(world(), one, other, factor=1.2, draws=20)
    assert "95 % interval" in estimated.sentence
    assert estimated.details["sigma_source"] == "estimated from tariff"
    given = change_tariff(world(), one, other, factor=1.2, sigma=4.0)
    assert "interval" not in given.sentence


def test_who_is_in_a_bloc_already_or_not_at_all_is_said() -> None:
    bloc = Group("the West", ("AAA", "AAD", "AAE", "AAF"), named=True)
    joined = join_bloc(world(), Group("AAA", ("AAA",)), bloc, draws=2)
    assert any("a member of the West already" in warning for warning in joined.warnings)
    treated, codes = world().treated, world().baseline.countries
    i, j = next((i, j) for i in range(16) for j in range(16) if treated[i, j])
    left = leave_bloc(
        world(), Group("one", (codes[i],)), Group("two", (codes[j],), named=True), draws=2
    )
    assert any("not among the known members" in warning for warning in left.warnings)


@pytest.mark.parametrize("draws", [0, -3])
def test_no_draws_are_refused(draws: int) -> None:
    with pytest.raises(GravityError, match="GRA037"):
        link_blocs(world(), EAST, WEST, draws=draws)


def test_potential_names_absent_members_and_pairs_without_flows() -> None:
    one, more = Group("AAA", ("AAA",)), Group("more", ("AAB", "QQQ"))
    answer = trade_potential(panel(), one, more)
    assert any("not in the panel: QQQ" in warning for warning in answer.warnings)
    with pytest.raises(GravityError, match="GRA059"):
        trade_potential(panel(), one, one)


def test_agreements_at_home_may_be_left_open() -> None:
    home = pl.col("exporter") == pl.col("importer")
    frame = panel().with_columns(rta=pl.when(~home).then("rta"))
    answer = link_blocs(see_world(frame), EAST, WEST, draws=2)
    assert len(answer.table) == 16
    whole = link_blocs(world(), EAST, WEST, draws=2)
    assert answer.details["effect"] == whole.details["effect"]


def test_incomplete_list_and_absent_members_are_named() -> None:
    partial = Group("the West", ("AAD", "QQQ"), complete=False)
    answer = link_blocs(world(), EAST, partial, draws=3)
    assert any("incomplete" in warning for warning in answer.warnings)
    assert any("QQQ" in warning for warning in answer.warnings)
    assert "! the list of members" in repr(answer)


def test_countries_without_domestic_trade_are_named() -> None:
    frame = panel().filter(~((pl.col("exporter") == "AAP") & (pl.col("importer") == "AAP")))
    answer = link_blocs(see_world(frame), EAST, WEST, draws=3)
    assert any("no domestic trade: AAP" in warning for warning in answer.warnings)


def test_countries_that_trade_with_nobody_are_named() -> None:
    ends = [pl.col(end) == "AAP" for end in ("exporter", "importer")]
    frame = panel().filter((ends[0] == ends[1]) | (pl.col("year") < 2008))
    answer = link_blocs(see_world(frame), EAST, WEST, draws=3)
    assert any("no trade with the others: AAP" in warning for warning in answer.warnings)
    assert "AAP" not in answer.table["country"].to_list()


def test_potential_ranks_all_pairs() -> None:
    answer = trade_potential(panel(), Group("AAA", ("AAA",)), Group("AAB", ("AAB",)))
    low, high = answer.details["interval"]
    assert low < answer.details["predicted"] < high
    assert answer.details["pairs"] == 16 * 15 // 2
    assert 1 <= answer.details["rank"] <= 120
    both = trade_potential(panel(), EAST, WEST)
    assert both.details["rank"] is None
    assert both.details["actual"] > 0


def test_chart_tells_itself() -> None:
    svg = link_blocs(world(), EAST, WEST, draws=3).chart()
    assert svg.index("<title>") < svg.index("<desc>") < svg.index("<g")
    assert svg.count("<title>Real GDP") == 1
    assert 'role="img"' in svg
    html = link_blocs(world(), EAST, WEST, draws=3)._repr_html_()
    assert 'scope="col"' in html
    assert "What the model leaves out" in html


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (Group("Nowhere", ("QQQ",)), WEST, "GRA052"),
        (Group("one", ("AAA",)), Group("same", ("AAA",)), "GRA056"),
    ],
)
def test_scenarios_without_substance_are_refused(first: Group, second: Group, code: str) -> None:
    with pytest.raises(GravityError) as caught:
        link_blocs(world(), first, second)
    assert caught.value.code == code


def test_panels_without_what_is_needed_are_refused() -> None:
    with pytest.raises(GravityError, match="GRA053"):
        see_world(panel().drop("rta"))
    with pytest.raises(GravityError, match="GRA055"):
        see_world(panel(), year=1900)
    with pytest.raises(GravityError, match="GRA030"):
        see_world(panel().filter(pl.col("exporter") != pl.col("importer")))
    with pytest.raises(GravityError, match="GRA054"):
        see_world(panel().with_columns(rta=pl.lit(0.0)))
    bare = panel().select("exporter", "importer", "year", "trade")
    with pytest.raises(GravityError, match="GRA053"):
        trade_potential(bare, EAST, WEST)
