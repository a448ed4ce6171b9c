"""A country's trade with all the world is no statement about two countries."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import QUANTITATIVE
from accord.read.statements import find_statements

LEAD = "Ghana's exports to Togo were $90 million in 2019."


def told(text: str, title: str | None = None) -> list[tuple[str | None, float | None]]:
    found = find_statements(Document(text=text, source="t", title=title))
    return [
        (s.partner, s.change.value if s.change else s.value)
        for s in found
        if s.kind in QUANTITATIVE
    ]


@pytest.mark.parametrize(
    "rest",
    [
        "Overall Ghana's exports to other countries rose 4.1 percent, from $14 billion to $15 billion.",
        "Overall imports into Ghana fell by 3 percent.",
        "Ghana's foreign trade turnover was $29 billion, a rise of 9.4%.",
        "The country's external trade came to $29 billion.",
        "Aggregate exports reached $15 billion.",
    ],
)
def test_a_world_total_after_a_flow_between_two(rest: str) -> None:
    assert told(f"{LEAD} {rest}") == [("TGO", 9e7)]


def test_foreign_trade_with_a_partner_is_between_two() -> None:
    text = "Foreign trade turnover between Ghana and Togo totalled $2 billion in 2019."
    assert [value for _, value in told(text)] == [2e9]


def test_a_part_of_foreign_trade_has_a_partner() -> None:
    text = "In 2019 Togo made up 21.3% of Ghana's foreign trade, worth $7 billion."
    assert [value for _, value in told(text)] == [21.3, 7e9]


def test_a_title_with_one_country_names_no_partner_for_totals_beside_several() -> None:
    text = "Ghana's exports decreased by 2.26 percent. Ghana's trade deficit with Mali stood at $22 million, that with Togo at $8 million."
    assert ("MLI", 2.26) not in told(text, title="Ghana's trade deficit rises")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Chile exports sink, hit by Peru slowdown",
            "Chile's exports fell 3.8 percent in December, hit by slowing demand in Peru. Chile's imports rose 1.9 percent, leaving a deficit of $55 million.",
        ),
        (
            "Ghana overtakes Togo as Mali's main market",
            "The trade balance in Q2 2018 was a surplus of $2.3 million, an 8.3% increase. Total exports from Mali came to $9 million.",
        ),
        (
            None,
            "The USDA forecasts wheat output of 98 million tonnes, with an increase in shipments to 61 million tonnes, due to higher production in Chile.",
        ),
        (
            "Peruvian carmaker's profit falls on weak Chile sales",
            "The carmaker's sales in Chile fell 5 percent, while in Peru, its home, it reported a sales increase of 13.8%. Net sales came to $601 million.",
        ),
        (
            None,
            "Chilean drones have killed two people in southern Peru. Peru and Chile have all received a lower forecast, Chile with -5.8%.",
        ),
        (
            None,
            "Tourist arrivals to Malta rose 12.6 percent to 246,972 in January 2018. Malta has seen 212,838 tourist arrivals.",
        ),
    ],
)
def test_what_only_names_two_countries(title: str | None, text: str) -> None:
    assert told(text, title) == []


def test_output_cut_is_no_trade_between_those_who_cut() -> None:
    text = "Iraq did as Kuwait had done and said that it would cut oil exports by 400,000 barrels per day from June. Each produces about 2 million barrels per day."
    assert told(text, "Iraq, Kuwait announce cuts in oil production") == []


@pytest.mark.parametrize(
    "text",
    [
        "Kuwait declared a reduction in production and exports of 41,000 barrels per day for May.",
        "Cuts by the Organization of the Petroleum Exporting Countries with Kuwait and Iraq came to 3.1 million bpd, 3.7% of global demand.",
        "At the Paris show an Iraqi airline agreed to buy new planes, including many of the double-decker kind.",
    ],
)
def test_what_cuts_and_names_of_things_are_not(text: str) -> None:
    assert told(text, "Kuwait, Iraq at odds over oil") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Chile's trade with the countries along the Belt and Road reached $7 million in 2018.",
            ("CHL", "BRI", 7e6),
        ),
        (
            "In 2018 customs put Peru's exports to states participating in the African Union at $7 million.",
            ("PER", "AU", 7e6),
        ),
        (
            "In 2018 Kenya counted $7 million of trade with the countries that belong to the Gulf Cooperation Council.",
            ("KEN", "GCC", 7e6),
        ),
    ],
)
def test_a_group_may_be_named_by_its_members(text: str, expected: tuple[str, str, float]) -> None:
    statement = find_statements(Document(text=text, source="test"))[0]
    assert (statement.reporter, statement.partner, statement.value) == expected
