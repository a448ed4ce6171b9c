"""Periods as texts name them, resolved against the day of publication."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.model.document import PublicationDate
from accord.read.folding import fold
from accord.read.periods import Role, find_periods
from accord.read.reckoning import Reckoning


def reckoned(day: str | None, fiscal: str | None = None) -> Reckoning:
    published = None
    if day:
        on = date.fromisoformat(day)
        published = PublicationDate(on, on)
    return Reckoning(published, None, fiscal)


def spans(
    text: str, day: str | None = None, fiscal: str | None = None
) -> list[tuple[str, str] | None]:
    found = find_periods(fold(text), reckoning=reckoned(day, fiscal))
    return [(str(m.period.start), str(m.period.end)) if m.period else None for m in found]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in 2018", "2018-01-01", "2018-12-31"),
        ("on 17 May 2018", "2018-05-17", "2018-05-17"),
        ("on February 21, 1995", "1995-02-21", "1995-02-21"),
        ("in the month of May 2017", "2017-05-01", "2017-05-31"),
        ("during May 2017", "2017-05-01", "2017-05-31"),
        ("in January plus February 2021", "2021-01-01", "2021-02-28"),
        ("from the start of 2021 to the end of April", "2021-01-01", "2021-04-30"),
        ("from 2015 to May 2018", "2015-01-01", "2018-05-31"),
        ("in January-November 2017", "2017-01-01", "2017-11-30"),
        ("In January and February 2019 combined", "2019-01-01", "2019-02-28"),
        ("from January through October 2018", "2018-01-01", "2018-10-31"),
        ("in the first nine months of 2020", "2020-01-01", "2020-09-30"),
        ("in the opening two months of 2021", "2021-01-01", "2021-02-28"),
        ("in ten months of 2025", "2025-01-01", "2025-10-31"),
        ("in the three months to March 2023", "2023-01-01", "2023-03-31"),
        ("the four quarters to the end of Q3 2021", "2020-10-01", "2021-09-30"),
        ("in the third quarter of 2014", "2014-07-01", "2014-09-30"),
        ("Q1 2021", "2021-01-01", "2021-03-31"),
        ("the first half of 2008", "2008-01-01", "2008-06-30"),
        ("the first three quarters of 2009", "2009-01-01", "2009-09-30"),
        ("between 2000 and 2010", "2000-01-01", "2010-12-31"),
        ("from 2014 to 2024", "2014-01-01", "2024-12-31"),
        ("during the 1990s", "1990-01-01", "1999-12-31"),
        ("between 1 January and 31 May 2015", "2015-01-01", "2015-05-31"),
        ("in the six months ended 30 June 2015", "2015-01-01", "2015-06-30"),
        ("in the December quarter of 2014", "2014-10-01", "2014-12-31"),
        ("in the quarter to June 2015", "2015-04-01", "2015-06-30"),
        ("in the decade to 2015", "2006-01-01", "2015-12-31"),
        ("in the January-May period of 2015", "2015-01-01", "2015-05-31"),
        ("as of end-2020", "2020-01-01", "2020-12-31"),
    ],
)
def test_periods_that_name_their_year(text: str, start: str, end: str) -> None:
    assert spans(text) == [(start, end)]


@pytest.mark.parametrize(
    ("text", "day", "start", "end"),
    [
        ("last year", "2021-03-26", "2020-01-01", "2020-12-31"),
        ("over the past calendar year", "2021-03-26", "2020-01-01", "2020-12-31"),
        ("the year before last", "2021-03-26", "2019-01-01", "2019-12-31"),
        ("this year through August", "2021-09-08", "2021-01-01", "2021-08-31"),
        ("in the year to March 2021", "2021-09-08", "2020-04-01", "2021-03-31"),
        ("from the beginning of the year to October", "2021-11-02", "2021-01-01", "2021-10-31"),
        ("From January to February of this year", "2021-03-26", "2021-01-01", "2021-02-28"),
        ("in January", "1987-03-12", "1987-01-01", "1987-01-31"),
        ("in November", "1987-03-12", "1986-11-01", "1986-11-30"),
        ("last month", "1987-03-12", "1987-02-01", "1987-02-28"),
        ("last May", "2022-01-31", "2021-05-01", "2021-05-31"),
        ("in the first half", "1996-07-30", "1996-01-01", "1996-06-30"),
        ("in five months", "2024-06-10", "2024-01-01", "2024-05-31"),
        ("over the last five years", "2022-01-31", "2017-01-01", "2021-12-31"),
        ("in the 12 months to June", "2022-01-31", "2020-07-01", "2021-06-30"),
        ("since 1992", "2025-04-08", "1992-01-01", "2025-04-08"),
        ("last summer", "2021-08-26", "2021-06-01", "2021-08-31"),
    ],
)
def test_periods_relative_to_publication(text: str, day: str, start: str, end: str) -> None:
    assert spans(text, day) == [(start, end)]


@pytest.mark.parametrize(
    ("text", "day", "polity", "start", "end"),
    [
        ("in FY22", "2022-06-22", "IND", "2021-04-01", "2022-03-31"),
        ("in 2019-20", "2021-09-23", "IND", "2019-04-01", "2020-03-31"),
        ("in the last fiscal year", "2025-04-08", "IND", "2024-04-01", "2025-03-31"),
        ("for April-October of this fiscal year", "2022-12-10", "IND", "2022-04-01", "2022-10-31"),
        ("in July-June (2019-20)", "2020-08-05", "PAK", "2019-07-01", "2020-06-30"),
        ("the first quarter of FY16", "2015-08-20", "IND", "2015-04-01", "2015-06-30"),
        (
            "in the first nine months of the 2014-15 fiscal year",
            "2015-08-20",
            "PAK",
            "2014-07-01",
            "2015-03-31",
        ),
        ("in fiscal 2015", "2016-05-19", "JPN", "2015-04-01", "2016-03-31"),
        ("in 2017-18", None, "NPL", "2017-07-16", "2018-07-15"),
        ("in the five months to August 21", "2024-09-07", "IRN", "2024-03-20", "2024-08-21"),
        ("could pass $9bn in the year to March", "2024-09-07", "IRN", "2024-03-20", "2025-03-20"),
        ("in 2018-19", "2019-08-01", "AUS", "2018-07-01", "2019-06-30"),
    ],
)
def test_fiscal_years_by_country(
    text: str, day: str | None, polity: str, start: str, end: str
) -> None:
    assert spans(text, day, polity) == [(start, end)]


def test_relative_periods_stay_open_without_a_date() -> None:
    assert spans("last year") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "a year earlier",
        "in the same period last year",
        "the year before",
        "in the same months of 2012",
        "the previous fiscal year",
        "a month earlier",
    ],
)
def test_earlier_periods_are_marked(text: str) -> None:
    (mention,) = find_periods(text, reckoning=reckoned("2020-05-05"))
    assert mention.role is Role.BEFORE


@pytest.mark.parametrize(
    "text", ["since then", "over the eight months", "that year", "during that same period"]
)
def test_the_period_spoken_of_is_marked(text: str) -> None:
    (mention,) = find_periods(text)
    assert mention.role is Role.SAME


def test_a_target_lies_ahead() -> None:
    (mention,) = find_periods("in five years", reckoning=reckoned("2021-09-23"))
    assert mention.role is Role.DEADLINE
    assert mention.period is not None
    assert mention.period.end == date(2026, 9, 30)


@given(st.text(max_size=200), st.dates(date(1950, 1, 1), date(2050, 1, 1)))
def test_any_text_can_be_searched(text: str, day: date) -> None:
    found = find_periods(fold(text), reckoning=Reckoning(PublicationDate(day, day), None, "IRN"))
    for earlier, later in itertools.pairwise(found):
        assert earlier.core < later.core


def test_months_across_the_new_year_before_a_flow() -> None:
    text = "India's bilateral April-January trade in 2020-21"
    mention = next(m for m in find_periods(text, reckoning=Reckoning(year=2021)) if m.period)
    assert mention.period is not None
    assert (mention.period.start, mention.period.end) == (date(2020, 4, 1), date(2021, 1, 31))
