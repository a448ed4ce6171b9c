"""Measures from the record: the published figures, and refusals that say what is missing."""

from __future__ import annotations

import pytest

from accord.brief.measuring import computable, measure_pair
from accord.errors import MeasureError
from accord.measure.catalogue import catalogue
from accord.model.period import Period
from accord.record import Record


@pytest.mark.parametrize(
    ("name", "period", "value", "tolerance"),
    [
        ("balance", "2022", -38.03e9, 0.02e9),
        ("total_trade", "2018", 107.06e9, 0.01e9),
        ("growth", "2019", 3.4, 0.05),  # as China Customs published it
        ("mirror_gap", "2021-01-01/2021-08-31", 6.4, 0.1),
        ("mirror_ratio", "2021-01-01/2021-08-31", 43.5 / 40.804, 0.001),
        ("share", "2023-01-01/2023-10-31", 4.1, 0.1),
    ],
)
def test_values(record: Record, name: str, period: str, value: float, tolerance: float) -> None:
    found = measure_pair(name, "CHN", "RUS", record=record, period=Period.parse(period))
    assert found.value == pytest.approx(value, abs=tolerance)
    assert found.rows
    assert found.arithmetic


def test_those_that_a_pair_is_not_enough_for_say_what_is_missing(record: Record) -> None:
    for name in set(catalogue()) - set(computable()):
        with pytest.raises(MeasureError, match=r"MEA005.*it needs"):
            measure_pair(name, "CHN", "RUS", record=record, period=Period.of_year(2022))
    assert len(computable()) >= 10


def test_unknown_measure_offers_the_nearest(record: Record) -> None:
    with pytest.raises(MeasureError, match="Did you mean balance"):
        measure_pair("balence", "CHN", "RUS", record=record, period=Period.of_year(2022))


def test_a_measure_that_the_other_side_reports_says_so(record: Record) -> None:
    with pytest.raises(MeasureError, match="accord measure balance CHN RUS"):
        measure_pair("balance", "RUS", "CHN", record=record, period=Period.of_year(2018))
    with pytest.raises(MeasureError) as missing:
        measure_pair("balance", "FRA", "KEN", record=record, period=Period.of_year(2018))
    assert "other side" not in str(missing.value)
