"""What holds for every input: symmetry, additivity, ranges, scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.measure.arithmetic import group_totals
from accord.measure.balance import mirror_gap_pct, normalised_balance, rank
from accord.measure.growth import contribution_points, growth_pct
from accord.measure.intensity import trade_intensity, trade_intensity_without_pair
from accord.measure.relations import agreement_density, co_membership, reciprocity
from accord.measure.structure import (
    complementarity,
    concentration,
    dependence_asymmetry,
    effective_number,
    intra_industry_total,
    normalised_concentration,
)

amounts = st.floats(min_value=0.0, max_value=1e13, allow_subnormal=False).map(lambda v: round(v, 2))
positive = st.floats(min_value=1.0, max_value=1e13)
pairs = st.lists(st.tuples(amounts, amounts), min_size=1, max_size=30)
names = st.sets(st.sampled_from("ABCDEFGH"))


@given(amounts, amounts)
def test_swapping_the_sides_only_changes_the_sign(a: float, b: float) -> None:
    for measure in (normalised_balance, mirror_gap_pct, dependence_asymmetry):
        assert measure(a, b) == pytest.approx(-measure(b, a), nan_ok=True)


@given(amounts, amounts)
def test_ranges_hold(a: float, b: float) -> None:
    if a + b > 0:
        assert -1 <= normalised_balance(a, b) <= 1
        assert -200 - 1e-9 <= mirror_gap_pct(a, b) <= 200 + 1e-9


@given(st.lists(st.tuples(amounts, positive), min_size=1, max_size=30))
def test_contributions_add_up(rows: list[tuple[float, float]]) -> None:
    current, base = np.array(rows).T
    assert contribution_points(current, base).sum() == pytest.approx(
        float(growth_pct(current.sum(), base.sum())), rel=1e-9, abs=1e-6
    )


@given(pairs)
def test_structure_stays_in_range_and_is_free_of_scale(rows: list[tuple[float, float]]) -> None:
    sold, bought = np.array(rows).T
    if sold.sum() < 1 or bought.sum() < 1:
        return
    fit = complementarity(sold, bought)
    assert -1e-9 <= fit <= 100 + 1e-9
    assert complementarity(bought, sold) == pytest.approx(fit, abs=1e-9)
    assert complementarity(sold * 8, bought) == pytest.approx(fit, abs=1e-9)
    assert -1e-9 <= intra_industry_total(sold, bought) <= 1 + 1e-9
    assert 1 / len(sold) - 1e-9 <= concentration(sold) <= 1 + 1e-9
    assert 1 - 1e-9 <= effective_number(sold) <= len(sold) * (1 + 1e-9)
    if len(sold) > 1:
        assert -1e-6 <= normalised_concentration(sold) <= 1 + 1e-6


@given(st.lists(amounts, min_size=1, max_size=40))
def test_ranks_are_places(values: list[float]) -> None:
    places = rank(values)
    assert places.min() == 1
    assert places.max() <= len(values)
    assert all(
        places[i] < places[j]
        for i in range(len(values))
        for j in range(len(values))
        if values[i] > values[j]
    )


@given(positive, positive, positive)
def test_a_pair_in_proportion_has_intensity_one(exports: float, imports: float, w: float) -> None:
    world = exports + imports + w
    flow = exports * imports / world
    measured = trade_intensity(flow, exports, partner_imports=imports, world_imports=world)
    assert measured == pytest.approx(1.0, rel=1e-6)
    rest = trade_intensity_without_pair(flow, exports, partner_imports=imports, world_imports=world)
    assert rest == pytest.approx(1.0, rel=1e-3)


@given(names, names)
def test_co_membership_is_symmetric(first: set[str], second: set[str]) -> None:
    assert co_membership(first, second) == pytest.approx(co_membership(second, first), nan_ok=True)


@given(st.sets(st.sampled_from("ABCDEFGH"), min_size=2), st.lists(names, max_size=6))
def test_agreement_density_knows_no_order(group: set[str], agreements: list[set[str]]) -> None:
    density = agreement_density(group, agreements)
    assert 0 <= density <= 1
    assert agreement_density(sorted(group, reverse=True), agreements[::-1]) == density


@given(pairs)
def test_reciprocity_is_symmetric_and_bounded(rows: list[tuple[float, float]]) -> None:
    sent, received = np.array(rows).T
    value = reciprocity(sent, received)
    assert value == pytest.approx(reciprocity(received, sent), nan_ok=True)
    assert np.isnan(value) or -1e-9 <= value <= 1 + 1e-9


@given(st.lists(st.tuples(st.sampled_from("abc"), amounts), min_size=1, max_size=50))
def test_group_totals_lose_nothing(rows: list[tuple[str, float]]) -> None:
    totals = group_totals([k for k, _ in rows], [v for _, v in rows])
    assert sum(totals.values()) == pytest.approx(sum(v for _, v in rows), abs=1.0)
