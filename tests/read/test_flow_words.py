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
        ("China brought in $80 billion worth of goods from Russia in 2019.", ("figure", "imports", "CHN>RUS", 80e9)),
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
