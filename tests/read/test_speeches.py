"""Speeches and briefings: whom "you" means, what leaders count, what is only agreed."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.statements import find_statements


def read(
    text: str, *, year: int = 2014, title: str | None = None, url: str | None = None
) -> tuple[Statement, ...]:
    published = PublicationDate(date(year, 5, 20), date(year, 5, 20))
    return find_statements(
        Document(text=text, source="t", title=title, published=published, url=url)
    )


def told(found: tuple[Statement, ...], kind: Kind) -> list[tuple[object, ...]]:
    return [(str(s.measure), s.reporter, s.partner) for s in found if s.kind is kind]


def test_you_are_the_other_of_the_two() -> None:
    found = read(
        "You are Norway's sixth-largest trading partner. Your country exported goods worth $3 billion to Norway.",
        title="Remarks by the Prime Minister of Norway in Chile",
    )
    assert told(found, Kind.RANKING) == [("total_trade", "NOR", "CHL")]
    assert told(found, Kind.FIGURE) == [("exports", "CHL", "NOR")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya is one of our closest neighbours and the fifth largest market for Ugandan goods.",
            ("exports", "UGA", "KEN"),
        ),
        (
            "Kenya is Uganda's largest services trading partner.",
            ("services_trade", "UGA", "KEN"),
        ),
        (
            "Trade between Chile and Peru hit yet another record last year.",
            ("total_trade", "CHL", "PER"),
        ),
    ],
)
def test_places_in_a_list(text: str, expected: tuple[str, ...]) -> None:
    assert told(read(text), Kind.RANKING) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Trade between Chile and Peru has fallen lately.",
        "The value of Chile's imports and exports to Peru fell by 5.6 percent in 2012.",
        "We have grounds for hope because we saw Chile's trade with Peru fall by close to 30 percent.",
    ],
)
def test_trade_that_fell(text: str) -> None:
    assert told(read(text), Kind.GROWTH) == [("total_trade", "CHL", "PER")]


def test_exports_may_fall_without_a_number() -> None:
    found = read("Chile's exports to Peru have fallen recently.")
    assert told(found, Kind.GROWTH) == [("exports", "CHL", "PER")]


def test_what_can_be_reached_is_a_target() -> None:
    found = read("Trade between Chile and Peru can reach $4 billion this year.")
    assert told(found, Kind.TARGET) == [("total_trade", "CHL", "PER")]


def test_respectively_is_said_of_the_row_before_it() -> None:
    found = read(
        "Norway sold goods and services to Peru worth $9 million and $4 million respectively, and bought goods and services from Peru worth $20 million and $6 million."
    )
    assert [s[0] for s in told(found, Kind.FIGURE)] == ["exports"] * 2 + ["imports"] * 2


def test_a_government_counts_in_its_own_dollars() -> None:
    text = "Australia exported goods to Chile worth $14 million in 2011."
    found = read(text, url="https://www.trade.gov.au/chile")
    assert [s.unit for s in found] == ["AUD"]
    assert [s.unit for s in read(text)] == ["USD"]


def test_projects_and_sales_to_many_are_no_trade_between_two() -> None:
    found = read(
        "Trade between Kenya and Chad was $2 billion. Some 90 joint projects, worth about $200 million, are under way. Kenya has sold merchandise worth $30 billion last year to various countries."
    )
    assert [s.value for s in found] == [2e9]


def test_a_visit_by_one_of_two_is_to_the_other() -> None:
    found = read(
        "In a statement at the end of a three-day visit by Peruvian President García, both sides agreed.",
        title="Chile, Peru outline goals",
    )
    assert told(found, Kind.EVENT) == [("None", "PER", "CHL")]


def test_an_annexation_that_something_follows_has_happened() -> None:
    found = read("Two years after Iraq's illegal annexation of Kuwait the council spoke.")
    assert told(found, Kind.EVENT) == [("None", "IRQ", "KWT")]
