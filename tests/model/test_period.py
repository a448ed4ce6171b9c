from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from tests.strategies import month_spans, periods

from accord.model.period import Granularity, Period


@pytest.mark.parametrize(
    ("text", "start", "end", "granularity"),
    [
        ("2021", "2021-01-01", "2021-12-31", Granularity.YEAR),
        ("2021-02", "2021-02-01", "2021-02-28", Granularity.MONTH),
        ("2020-02", "2020-02-01", "2020-02-29", Granularity.MONTH),
        ("2021-Q3", "2021-07-01", "2021-09-30", Granularity.QUARTER),
        ("2021-H2", "2021-07-01", "2021-12-31", Granularity.HALF),
        ("2021-01-01/2021-02-28", "2021-01-01", "2021-02-28", Granularity.JAN_FEB),
        ("2021-01-01/2021-05-31", "2021-01-01", "2021-05-31", Granularity.YEAR_TO_DATE),
        ("2021-03-26", "2021-03-26", "2021-03-26", Granularity.DAY),
        ("2020-01-01/2021-12-31", "2020-01-01", "2021-12-31", Granularity.SPAN),
    ],
)
def test_parse(text: str, start: str, end: str, granularity: Granularity) -> None:
    period = Period.parse(text)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert period.granularity is granularity
    assert str(period) == text


def test_year_before_of_leap_january_february_ends_with_february() -> None:
    assert str(Period.of_months(2020, 1, 2).year_before) == "2019-01-01/2019-02-28"
    assert str(Period.of_months(2021, 1, 2).year_before) == "2020-01-01/2020-02-29"


@pytest.mark.parametrize(
    ("polity", "start", "end"),
    [
        ("IND", "2014-04-01", "2015-03-31"),
        ("PAK", "2014-07-01", "2015-06-30"),
        ("USA", "2014-10-01", "2015-09-30"),
        ("NPL", "2014-07-16", "2015-07-15"),
        ("IRN", "2014-03-21", "2015-03-20"),
        ("CHN", "2014-01-01", "2014-12-31"),
    ],
)
def test_fiscal_years_by_country(polity: str, start: str, end: str) -> None:
    period = Period.of_fiscal_year(polity, 2014)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)


@given(month_spans())
def test_year_before_and_after_undo_each_other(period: Period) -> None:
    assert period.year_before.year_after == period
    assert period.year_before.months == period.months


@given(periods())
def test_text_round_trip(period: Period) -> None:
    assert Period.parse(str(period)).same_days(period)


@given(periods(), periods())
def test_overlap_is_symmetric_and_counts_days(a: Period, b: Period) -> None:
    assert a.overlaps(b) == b.overlaps(a) == (a.overlap_days(b) > 0)
    assert a.overlap_days(b) == b.overlap_days(a) <= min(a.days, b.days)
    assert a.contains(b) == (a.overlap_days(b) == b.days)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends 2020-01-01 before"):
        Period(date(2021, 1, 1), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("year", "month", "count", "expected"),
    [
        (2021, 1, 12, "2021-01-01/2021-12-31"),
        (2021, 13, 1, "2022-01-01/2022-01-31"),
        (2021, 0, 2, "2020-12-01/2021-01-31"),
        (2020, -10, 3, "2019-02-01/2019-04-30"),
        (2019, 11, 4, "2019-11-01/2020-02-29"),
    ],
)
def test_a_run_of_months_may_begin_outside_its_year(
    year: int, month: int, count: int, expected: str
) -> None:
    run = Period.of_month_run(year, month, count)
    assert f"{run.start}/{run.end}" == expected
    assert run.months == count
