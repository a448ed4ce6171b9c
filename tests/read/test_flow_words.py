# ruff: noqa: E501  (a sentence and what it asserts on one line)
"""Flows in the words of newspapers: excess, goods as objects, verbs of coming and going."""

from __future__ import annotations

from typing import Any

import pytest
from tests.read.test_statements import all_told, read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Customs has tallied up $100 billion in trade between China and Russia in 2019.", ("figure", "total_trade", "CHN>RUS", 100e9)),
        ("The value of goods exchanged between China and Russia was $99 billion in 2019.", ("figure", "total_trade", "CHN>RUS", 99e9)),
        ("The sum of exports and imports between China and Russia was $99 billion in 2019.", ("figure", "total_trade", "CHN>RUS", 99e9)),
        ("In 2019 China sold Russia $4.8 billion more than it bought there.", ("figure", "balance", "CHN>RUS", 4.8e9)),
        ("In 2019 China bought $8 billion more from Russia than it sold there.", ("figure", "balance", "CHN>RUS", -8e9)),
        ("China came out $320 billion ahead in trade with the United States in 2019.", ("figure", "balance", "CHN>USA", 320e9)),
        ("China was $1.2 billion in the red in its trade with Russia in 2019.", ("figure", "balance", "CHN>RUS", -1.2e9)),
        ("China's shortfall in trade with Russia was $5.8 billion in 2019.", ("figure", "balance", "CHN>RUS", -5.8e9)),
        ("Russian goods worth $69 billion entered China in 2019.", ("figure", "exports", "RUS>CHN", 69e9)),
        ("China acquired goods worth $80 billion from Russia in 2019.", ("figure", "imports", "CHN>RUS", 80e9)),
        ("In 2019 the balance was $3 billion in China's favour in trade with Russia.", ("figure", "balance", "CHN>RUS", 3e9)),
        ("China brought in $80 billion worth of goods from Russia in 2019.", ("figure", "imports", "CHN>RUS", 80e9)),
        ("In 2019 China had $3 billion more in imports from Russia than in exports to it.", ("figure", "balance", "CHN>RUS", -3e9)),
        ("China transacted $88 billion of business with Russia in 2019.", ("figure", "total_trade", "CHN>RUS", 88e9)),
        ("The trade relationship between China and Russia was worth $88 billion in 2019.", ("figure", "total_trade", "CHN>RUS", 88e9)),
        ("In 2019 Russia took US$13 billion of China's exports.", ("figure", "exports", "CHN>RUS", 13e9)),
        ("Chinese-Russian trade was up by 41.9 per cent on the year in 2019.", ("growth", "total_trade", "CHN>RUS", (41.9, "percent", "up"))),
        ("Russian importers spent $47 billion on goods from China in 2019.", ("figure", "imports", "RUS>CHN", 47e9)),
        ("In 2019 Russia took $13 billion of China's exports.", ("figure", "exports", "CHN>RUS", 13e9)),
        ("In 2019 trade between China and Japan grew at a rate of 4 % year on year.", ("growth", "total_trade", "CHN>JPN", (4.0, "percent", "up"))),
        ("Trade between China and ASEAN gained 7 % in US dollar terms in 2019.", ("growth", "total_trade", "CHN>ASEAN", (7.0, "percent", "up"))),
        ("In 2019 China's imports from Russia were 2.6 times what they had been a year before.", ("growth", "imports", "CHN>RUS", (2.6, "times", "up"))),
    ],
)  # fmt: skip
def test_other_words_for_flows(text: str, said: tuple[Any, ...]) -> None:
    assert all_told(text) == [(*said, "2019")]


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("China and Russia traded garlic worth $2 billion in 2019.", "garlic"),
        ("China paid $2 billion for garlic from Russia in 2019.", "garlic"),
        ("China bought crude oil from Russia for $40 billion in 2019.", "crude oil"),
        ("Trade in garlic between China and Russia came to $2 billion in 2019.", "garlic"),
        ("China bought goods worth $2 billion from Russia in 2019.", None),
        ("Trade in the first half of 2019 between China and Russia came to $2 billion.", None),
    ],
)
def test_the_goods_that_were_traded(text: str, goods: str | None) -> None:
    assert [s.commodity for s in read(text)] == [goods]


@pytest.mark.parametrize(
    ("text", "approx", "negated"),
    [
        ("Trade between China and Russia did not reach $200 billion in 2019.", "under", False),
        ("Trade between China and Russia never exceeded $200 billion in 2019.", "under", False),
        ("Trade between China and Russia fell short of $200 billion in 2019.", "under", False),
        ("Trade between China and Russia did not grow by 2.9% in 2019.", "exact", True),
        ("Trade between China and Russia, not $76 billion in 2019 as told, fell.", "exact", True),
        ("Trade between China and Russia not only grew by 2.9% in 2019.", "exact", False),
    ],
)
def test_numbers_that_the_text_denies(text: str, approx: str, negated: bool) -> None:
    (said,) = read(text)
    assert (str(said.approx), said.negated) == (approx, negated)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("China's trade with Russia was down 2.9% on 2019.", "2020"),
        ("China's trade with Russia fell 2.9% from 2019.", "2020"),
        ("China's trade with Russia in 2020 was down 2.9% on 2019.", "2020"),
        ("China's trade with Russia was 2.9% above the first quarter of 2020.", "2021-Q1"),
        ("China's trade with Russia rose 60% from 2015.", "None"),
    ],
)
def test_what_a_rate_is_measured_against_is_not_when_it_grew(text: str, period: str) -> None:
    (said,) = read(text, "2021-02-20")
    assert str(said.period) == period


def test_a_year_later_counts_on() -> None:
    text = (
        "Trade between China and Russia, $190 billion in 2022, came to $240 billion a year later."
    )
    assert [(s.value, str(s.period)) for s in read(text)] == [(190e9, "2022"), (240e9, "2023")]


def test_with_one_put_first() -> None:
    text = "With Kyrgyzstan China traded $19.8 billion in 2023, more than with Uzbekistan."
    assert all_told(text) == [("figure", "total_trade", "CHN>KGZ", 19.8e9, "2023")]


def test_a_decade_is_no_year() -> None:
    (said,) = read("Vietnam entered ASEAN in the 1990s.", "2000-02-10")
    assert said.date == "1990/1999"


def test_a_day_before_a_number() -> None:
    text = "On 2 April 26 tonnes of humanitarian supplies from China reached Russia."
    assert "2020-04-26" not in {s.date for s in read(text, "2020-05-20")}


def test_running_up_to_an_amount_is_no_ceiling() -> None:
    said = read("China's exports destined for Russia ran up to $40.2 billion in 2019.")
    assert {str(s.approx) for s in said if s.value} == {"exact"}


def test_a_capital_before_its_country_is_no_list() -> None:
    text = "In 2021, say customs in Beijing, China traded $191 billion with Germany, $92 billion with Russia."
    assert [told[2:4] for told in all_told(text)] == [("CHN>DEU", 191e9), ("CHN>RUS", 92e9)]


def test_for_the_first_time_in_a_period_dates_the_figure() -> None:
    text = (
        "China's exports to Russia passed $100 billion for the first time in January-November 2023."
    )
    assert {str(s.period) for s in read(text)} == {"2023-01-01/2023-11-30"}


def test_a_day_without_year_lies_behind() -> None:
    text = "A plane brought 30 tonnes of protective gear from China to Chkalovsky, near Moscow, on 25 March."
    assert {s.date for s in read(text, "2020-05-01")} == {"2020-03-25"}


def test_new_years_day_to_come() -> None:
    text = "Sweden and Finland will enter the European Union on New Year's Day."
    assert {s.date for s in read(text, "1994-11-28")} == {"1995-01-01"}
