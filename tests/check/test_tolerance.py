"""Tolerances follow the printed precision; distances are those of the documentation."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.check.tolerance import level_tolerance, printed_unit, rate_tolerance
from accord.model.statement import Approximation
from tests.check.making import BN, figure, growth

A = Approximation


def test_half_a_unit_of_the_last_printed_digit() -> None:
    band = level_tolerance(figure(18.78 * BN))
    assert band.agrees(18.784 * BN)
    assert band.agrees(18.775 * BN)
    assert not band.agrees(18.79 * BN)


@pytest.mark.parametrize(
    ("approx", "inside", "outside"),
    [
        (A.ABOUT, 19.9, 20.2),
        (A.OVER, 190.0, 18.9),
        (A.UNDER, 15.0, 19.1),
        (A.NEARLY, 18.2, 19.2),
    ],
)
def test_words_of_approximation(approx: Approximation, inside: float, outside: float) -> None:
    band = level_tolerance(figure(19 * BN, approx=approx, resolution=BN))
    assert band.agrees(inside * BN)
    assert not band.agrees(outside * BN)


def test_an_idle_ceiling_is_neither_supported_nor_contradicted() -> None:
    band = level_tolerance(figure(20 * BN, approx=A.UNDER, resolution=BN))
    assert not band.agrees(5 * BN)
    assert not band.far(5 * BN, named=True)


def test_doubled_allows_five_per_cent_either_way() -> None:
    band = rate_tolerance(growth(2, unit="times"))
    assert band is not None
    assert band.agrees(1.9)
    assert band.agrees(2.1)
    assert not band.agrees(1.85)


def test_almost_halved_has_not_come_down_to_half() -> None:
    band = rate_tolerance(growth(0.5, unit="times", direction="down", approx=A.NEARLY))
    assert band is not None
    assert band.agrees(0.511)
    assert not band.agrees(0.49)


def test_a_fraction_in_words_is_no_exact_number() -> None:
    band = rate_tolerance(growth(33.3, quote="exports were up by a third"))
    assert band is not None
    assert band.agrees(34.0)


def test_contradiction_of_levels_needs_more_distance_without_a_publisher() -> None:
    band = level_tolerance(figure(100 * BN, resolution=BN))
    assert band.far(95 * BN, named=True)
    assert not band.far(95 * BN, named=False)
    assert band.far(90 * BN, named=False)


def test_contradiction_of_rates_needs_points_and_share() -> None:
    band = rate_tolerance(growth(31.0))
    assert band is not None
    assert not band.far(30.0, named=True)  # one point
    assert not band.far(28.9, named=True)  # two points, but 7 % of the rate
    assert band.far(20.0, named=True)


@given(st.floats(1e-3, 1e15), st.sampled_from(list(Approximation)))
def test_a_number_agrees_with_itself_and_is_never_far(value: float, approx: A) -> None:
    band = level_tolerance(figure(value, approx=approx, resolution=None))
    assert band.agrees(value)
    assert not band.far(value, named=True)


@given(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15))
def test_agreeing_and_far_exclude_each_other(value: float, computed: float) -> None:
    band = level_tolerance(figure(value, resolution=None))
    assert not (band.agrees(computed) and band.far(computed, named=True))
    assert band.describe()


@given(st.floats(1e-9, 1e18))
def test_the_printed_unit_is_a_power_of_ten_no_larger_than_the_number(value: float) -> None:
    unit = printed_unit(value)
    assert math.isclose(math.log10(unit), round(math.log10(unit)), abs_tol=1e-9)
    assert unit <= value * 1.01
