"""Rows of partners: names and numbers that go on from a flow told in full."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import Kind, Measure, Statement
from accord.read.statements import find_statements

Row = tuple[str, str, str | None, str | None, float | None]


def told(text: str, title: str | None = None) -> list[Row]:
    found = find_statements(Document(text=text, source="t", title=title))
    kinds = {Kind.FIGURE, Kind.SHARE, Kind.GROWTH}
    return [_row(s) for s in found if s.kind in kinds]


def _row(s: Statement) -> Row:
    value = s.change.value if s.change is not None else s.value
    pair = (s.reporter, s.partner)
    if s.measure is Measure.TOTAL_TRADE:  # between the two, in any order
        pair = (min(pair, key=str), max(pair, key=str))
    return (str(s.kind), str(s.measure), *pair, value)


def test_bare_numbers_take_the_unit_of_the_first() -> None:
    text = (
        "Russian gas sales to Turkey were 26 bcm; Serbia took 2.2 bcm, Bulgaria 3.1 and Greece 1.4."
    )
    assert told(text)[1:] == [
        ("figure", "imports", "SRB", "RUS", 2.2e9),
        ("figure", "imports", "BGR", "RUS", 3.1e9),
        ("figure", "imports", "GRC", "RUS", 1.4e9),
    ]


def test_a_list_after_a_colon_has_shares_and_growths_in_brackets() -> None:
    text = "Georgia's trade turnover in 2023: Turkey $3.1 billion (15.5% of the total), Russia $2.5 billion (12%), China $1.6 billion (+4.2%)."
    assert told(text) == [
        ("figure", "total_trade", "GEO", "TUR", 3.1e9),
        ("share", "total_trade", "GEO", "TUR", 15.5),
        ("figure", "total_trade", "GEO", "RUS", 2.5e9),
        ("share", "total_trade", "GEO", "RUS", 12.0),
        ("figure", "total_trade", "CHN", "GEO", 1.6e9),
        ("growth", "total_trade", "CHN", "GEO", 4.2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Before the war France supplied Chile with 14.1 per cent of her imports, the United States 26.7 and Italy 20.5.",
            [
                ("share", "imports", "CHL", "FRA", 14.1),
                ("share", "imports", "CHL", "USA", 26.7),
                ("share", "imports", "CHL", "ITA", 20.5),
            ],
        ),
        (
            "Kenya and Uganda took 27.7% and 10.1% of Zambia's exports in April.",
            [
                ("share", "exports", "ZMB", "KEN", 27.7),
                ("share", "exports", "ZMB", "UGA", 10.1),
            ],
        ),
    ],
)
def test_shares_of_several(text: str, expected: list[Row]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru's exports to Chile fell to $219 million in 2017. From Bolivia came goods for $133 million.",
            ("figure", "imports", "PER", "BOL", 133e6),
        ),
        (
            "Swedish exports to Iraq reached 900 million dollars. Norway's purchases came to 500 million.",
            ("figure", "imports", "NOR", "SWE", 500e6),
        ),
        (
            "Polish exports to the EU rose to $20 billion. Germany alone accounts for 9.4 billion of exports.",
            ("figure", "exports", "POL", "DEU", 9.4e9),
        ),
        (
            "Denmark will lend Nepal nothing but gave it 410 million dollars this year.",
            ("figure", "aid", "DNK", "NPL", 410e6),
        ),
        (
            "The EU lifted its embargo on Libya and promised 200 million euros for schools. Germany gives 30 million marks at once.",
            ("figure", "aid", "DEU", "LBY", 30e6),
        ),
        (
            "China imported 7 million tonnes of soybeans from Brazil. Canadian rapeseed arrivals were 0.5 million tonnes.",
            ("figure", "imports", "CHN", "CAN", 0.5e6),
        ),
        (
            "Indian exports to China lag. The deficit was $48.7bn; telephones worth $3bn were bought.",
            ("figure", "imports", "IND", "CHN", 3e9),
        ),
    ],
)
def test_the_other_party_is_that_spoken_of(text: str, expected: Row) -> None:
    assert told(text)[-1] == expected


def test_money_that_one_is_thanked_for() -> None:
    text = "Malawi thanks Japan for 20 million dollars, India for 4 million and Kuwait."
    assert told(text) == [
        ("figure", "aid", "JPN", "MWI", 20e6),
        ("figure", "aid", "IND", "MWI", 4e6),
    ]
    assert told("The minister thanked Japan for its friendship.") == []


def test_shares_go_on_at_another_time_and_of_another_party() -> None:
    text = "In 2010 Norway took 55 percent of Latvia's exports. In 2009 it was 38 percent and Spain's portion had been 4%."
    assert told(text) == [
        ("share", "exports", "LVA", "NOR", 55.0),
        ("share", "exports", "LVA", "NOR", 38.0),
        ("share", "exports", "LVA", "ESP", 4.0),
    ]
