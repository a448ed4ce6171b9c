"""Each measure against a table small enough to work out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from accord.errors import MeasureError
from accord.measure.arithmetic import columns, group_totals, ratio
from accord.measure.balance import (
    balance,
    mirror_gap_pct,
    mirror_ratio,
    normalised_balance,
    rank,
    share_pct,
    total_trade,
)
from accord.measure.counter_trend import counter_trend
from accord.measure.growth import (
    compound_growth_pct,
    contribution_points,
    growth_pct,
    year_on_year_pct,
    year_to_date,
)
from accord.measure.intensity import (
    revealed_advantage,
    symmetric_advantage,
    trade_intensity,
    trade_intensity_without_pair,
)
from accord.measure.relations import (
    agreement_density,
    co_membership,
    reciprocity,
    shared_memberships,
)
from accord.measure.structure import (
    complementarity,
    concentration,
    dependence_asymmetry,
    dependence_pct,
    effective_number,
    intra_industry,
    intra_industry_total,
    normalised_concentration,
)

NAN = math.nan


def test_turnover_and_balance_as_published_for_january_and_february_2019() -> None:
    # Chinese customs, 2019-03-08: exports to Russia 7.07, imports 8.97, total 16.04 bn USD.
    assert total_trade(7.07, 8.97) == pytest.approx(16.04)
    assert balance(7.07, 8.97) == pytest.approx(-1.90)
    assert normalised_balance(7.07, 8.97) == pytest.approx(-1.90 / 16.04)


@pytest.mark.parametrize(
    ("base", "published"),
    [(17.1, 9.8), (17.26, 8.8), (17.31, 8.5), (16.04, 17.1)],
)
def test_growth_depends_on_the_vintage_of_the_base(base: float, published: float) -> None:
    # 18.78 bn in January and February 2021 against four bases for a year (or two) before.
    assert growth_pct(18.78, base) == pytest.approx(published, abs=0.05)


def test_growth_over_nothing_or_less_is_missing() -> None:
    result = growth_pct([5.0, 5.0, NAN, 0.0], [0.0, -2.0, 1.0, 4.0])
    assert np.isnan(result[:3]).all()
    assert result[3] == -100.0


def test_year_on_year_leaves_the_first_year_open() -> None:
    result = year_on_year_pct([10, 20, 12, 15], per_year=2)
    assert np.isnan(result[:2]).all()
    assert result[2:] == pytest.approx([20.0, -25.0])
    assert np.isnan(year_on_year_pct([1.0], per_year=12)).all()
    with pytest.raises(MeasureError, match="MEA003"):
        year_on_year_pct([1.0], per_year=0)


def test_year_to_date_starts_afresh_and_stops_at_a_gap() -> None:
    result = year_to_date([1, 2, NAN, 4, 5, 6], [2020, 2020, 2020, 2020, 2021, 2021])
    assert result == pytest.approx([1, 3, NAN, NAN, 5, 11], nan_ok=True)


def test_compound_growth() -> None:
    # 8.0005 bn in 2000 (IMF) to 107.06 bn in 2018: 18 years, 15.5 % a year.
    assert compound_growth_pct(100.0, 121.0, 2) == pytest.approx(10.0)
    assert compound_growth_pct(8.0005, 107.06, 18) == pytest.approx(15.5, abs=0.05)
    assert np.isnan(compound_growth_pct([0.0, 5.0, 5.0], [1.0, -1.0, 9.0], [1, 1, 0])).all()


def test_contributions_add_up_to_growth() -> None:
    points = contribution_points([30, 40, 60], [20, 50, 30])
    assert points == pytest.approx([10.0, -10.0, 30.0])
    assert points.sum() == pytest.approx(growth_pct(130, 100))
    assert contribution_points([30.0], [20.0], whole=200.0) == pytest.approx([5.0])
    assert np.isnan(contribution_points([30.0, NAN], [20.0, 1.0])[1])


def test_shares_and_ranks() -> None:
    assert share_pct([20, 0, NAN], [80, 80, 80]) == pytest.approx([25, 0, NAN], nan_ok=True)
    assert np.isnan(share_pct(1.0, 0.0))
    assert rank([5, 9, NAN, 5, 1]) == pytest.approx([2, 1, NAN, 2, 4], nan_ok=True)


def test_mirror_gap_and_ratio() -> None:
    assert mirror_gap_pct(95.0, 105.0) == pytest.approx(10.0)
    assert mirror_ratio(95.0, 104.5) == pytest.approx(1.1)
    assert np.isnan(mirror_gap_pct(0.0, 0.0))


def test_intensity_with_and_without_the_pair() -> None:
    # i sells 100, of it 30 to j; j buys 150 of the 1,000 that the world buys, i buys 250.
    with_pair = trade_intensity(30, 100, partner_imports=150, world_imports=1000, own_imports=250)
    assert with_pair == pytest.approx(0.3 / 0.2)
    without = trade_intensity_without_pair(30, 100, partner_imports=150, world_imports=1000)
    assert without == pytest.approx(0.3 / (120 / 900))


def test_revealed_advantage() -> None:
    rca = revealed_advantage(20, 100, world_product_exports=50, world_exports=1000)
    assert rca == pytest.approx(4.0)
    assert symmetric_advantage(rca) == pytest.approx(0.6)
    assert symmetric_advantage([0.0, 1.0]) == pytest.approx([-1.0, 0.0])


def test_complementarity() -> None:
    assert complementarity([1, 0], [0, 1]) == pytest.approx(0.0)
    assert complementarity([2, 6], [1, 3]) == pytest.approx(100.0)
    assert complementarity([50, 50, 0], [20, 50, 30]) == pytest.approx(70.0)
    assert math.isnan(complementarity([0, 0], [1, 1]))


def test_intra_industry_trade() -> None:
    assert intra_industry([10, 4, 0], [10, 0, 0]) == pytest.approx([1, 0, NAN], nan_ok=True)
    assert intra_industry_total([10, 40], [10, 0]) == pytest.approx(1 - 40 / 60)


def test_concentration_family() -> None:
    assert concentration([50, 30, 20]) == pytest.approx(0.38)
    assert effective_number([1, 1, 1, 1]) == pytest.approx(4.0)
    assert normalised_concentration([1, 1, 1, 1]) == pytest.approx(0.0)
    assert normalised_concentration([7, 0, 0]) == pytest.approx(1.0)
    assert math.isnan(normalised_concentration([7]))
    assert math.isnan(concentration([1, NAN]))


def test_dependence_and_its_asymmetry() -> None:
    # Trade of 108 with the pair; 670 with the world on one side, 4,620 on the other.
    own, partner = dependence_pct(108, 670), dependence_pct(108, 4620)
    assert own == pytest.approx(16.12, abs=0.01)
    assert partner == pytest.approx(2.34, abs=0.01)
    assert dependence_asymmetry(own, partner) == pytest.approx((4620 - 670) / (4620 + 670))


def test_counter_trend_names_what_moves_against_the_whole() -> None:
    oil, food = [100, 110, 99, 108, 120, 90], [20, 21, 20, 22, 23, 30]
    found = {c.part: c for c in counter_trend(["oil", "food"], [oil, food])}
    assert found["oil"].growth_pct == pytest.approx(-25.0)
    assert found["food"].against
    assert not found["oil"].against
    assert found["food"].contribution_points == pytest.approx(100 * 7 / 143)
    # By hand: four earlier departures d_t = Δln food − Δln whole, then the fifth.
    whole = np.array(oil) + np.array(food)
    d = np.diff(np.log(food)) - np.diff(np.log(whole))
    expected = (d[4] - d[:4].mean()) / (d[:4].std(ddof=1) * math.sqrt(1.25))
    assert found["food"].score == pytest.approx(expected)
    assert found["food"].p_value is not None
    assert found["food"].p_value < 0.01


def test_counter_trend_with_a_published_whole_and_a_short_past() -> None:
    (only,) = counter_trend(["food"], [[20, 30]], whole=[200, 150])
    assert only.against
    assert only.contribution_points == pytest.approx(5.0)
    assert only.score is None
    assert only.p_value is None


def test_counter_trend_refuses_what_does_not_fit() -> None:
    with pytest.raises(MeasureError, match="MEA001"):
        counter_trend(["a", "b"], [[1, 2]])
    with pytest.raises(MeasureError, match="MEA001"):
        counter_trend(["a"], [[1, 2]], whole=[1, 2, 3])
    with pytest.raises(MeasureError, match="MEA003"):
        counter_trend(["a"], [[1]])


def test_relations() -> None:
    russia, china = {"BRICS", "SCO", "EAEU"}, {"BRICS", "SCO", "RCEP"}
    assert shared_memberships(russia, china) == ("BRICS", "SCO")
    assert co_membership(russia, china) == pytest.approx(0.5)
    assert math.isnan(co_membership(set(), set()))
    agreements = [("A", "B"), ("B", "A"), ("A", "B", "C"), ("D", "E")]
    assert agreement_density(["A", "B", "C", "D"], agreements) == pytest.approx(3 / 6)
    assert math.isnan(agreement_density(["A"], agreements))
    assert reciprocity([3, 0], [1, 2]) == pytest.approx(2 * 1 / 6)
    assert math.isnan(reciprocity([0], [0]))


def test_columns_refuse_other_lengths_and_infinity() -> None:
    with pytest.raises(MeasureError, match=r"MEA001.*exports: \(2,\), imports: \(3,\)"):
        columns(exports=[1, 2], imports=[1, 2, 3])
    with pytest.raises(MeasureError, match=r"MEA002.*exports"):
        columns(exports=[math.inf])


def test_ratio_and_group_totals_keep_missing_apart_from_zero() -> None:
    assert ratio(np.array([0.0, 1.0]), np.array([2.0, 0.0])) == pytest.approx(
        [0.0, NAN], nan_ok=True
    )
    totals = group_totals(["b", "a", "b", "c"], [1, 0, NAN, 5])
    assert totals == pytest.approx({"a": 0.0, "b": NAN, "c": 5.0}, nan_ok=True)
    with pytest.raises(MeasureError, match="MEA001"):
        group_totals(["a"], [1, 2])
