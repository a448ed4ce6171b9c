"""Flows told by verbs alone: who passes what to whom."""

from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Statement
from accord.read.statements import find_statements

DAY = PublicationDate(date(2020, 6, 10), date(2020, 6, 10))


def quantities(text: str) -> list[Statement]:
    found = find_statements(Document(text=text, source="told", published=DAY))
    return [s for s in found if s.value is not None]


@pytest.mark.parametrize(
    ("text", "measure", "parties", "value"),
    [
        ("In 2019 Chinese firms put $5.5bn into mines in Zambia.", "fdi_flow", "CHN ZMB", 5.5e9),
        ("Mexico spent $2.5bn on American maize in 2017.", "imports", "MEX USA", 2.5e9),
        (
            "$2.3 billion of Brazilian beef was bought by China in 2019.",
            "imports",
            "CHN BRA",
            2.3e9,
        ),
        ("Russian coal worth $1.1bn went to Poland in 2019.", "exports", "RUS POL", 1.1e9),
        (
            "Iraq earned $9 billion from oil sold to India in 2019.",
            "exports",
            "IRQ IND",
            9e9,
        ),
        (
            "Goods worth $4.1 billion changed hands between Egypt and Italy in 2017.",
            "total_trade",
            "EGY ITA",
            4.1e9,
        ),
        (
            "Dealings between India and Iran amounted to $17 billion in 2018.",
            "total_trade",
            "IND IRN",
            1.7e10,
        ),
        (
            "Colombia was given $391 million by the United States in 2018.",
            "aid",
            "USA COL",
            3.91e8,
        ),
        (
            "Ethiopia received $1.2 billion from the United Arab Emirates in 2018.",
            "aid",
            "ARE ETH",
            1.2e9,
        ),
    ],
)
def test_verbs_tell_flows(text: str, measure: str, parties: str, value: float) -> None:
    (statement,) = quantities(text)
    assert (statement.measure, statement.value) == (measure, value)
    assert [statement.reporter, statement.partner] == parties.split()
    assert statement.period is not None
    assert text[statement.start : statement.end] == statement.quote


@pytest.mark.parametrize(
    "text",
    [
        "Mexico spent $2.5bn on roads in 2017, and America was pleased.",
        "Chinese firms put $5.5bn into mines at home, said a minister in Zambia.",
        "A fine of $2 billion was paid by a bank in Switzerland; Germany paid nothing.",
    ],
)
def test_money_of_one_country_is_no_flow(text: str) -> None:
    assert quantities(text) == []


def test_dinars_are_those_of_the_parties() -> None:
    text = "Exchanges between Tunisia and Libya were worth 1.1 billion dinars in the year 2010."
    (statement,) = quantities(text)
    assert statement.unit == "TND"
    assert statement.period is not None
    assert statement.period.start == date(2010, 1, 1)


def test_a_number_of_a_people_in_a_country() -> None:
    (statement,) = quantities("Half a million Ukrainians work in Poland.")
    assert (statement.value, statement.unit) == (5e5, "persons")
    assert (statement.reporter, statement.partner) == ("UKR", "POL")


def test_since_new_year() -> None:
    text = "Between New Year and the end of May Ukraine's exports to Poland were $1.2bn."
    (statement,) = quantities(text)
    assert statement.period is not None
    assert (statement.period.start, statement.period.end) == (date(2020, 1, 1), date(2020, 5, 31))


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Kenya bought 0.6 million tonnes from Zambia in 2019; Uganda bought 0.2 million.",
            "UGA ZMB",
        ),
        (
            "Peru sold 3.1 million tonnes of copper to China in 2018. Japan bought 0.2 million.",
            "JPN PER",
        ),
    ],
)
def test_what_another_bought_is_of_the_same(text: str, parties: str) -> None:
    last = quantities(text)[-1]
    assert (last.measure, last.value, last.unit) == ("imports", 2e5, "tonnes")
    assert [last.reporter, last.partner] == parties.split()


def test_money_sent_home_is_no_export() -> None:
    (statement,) = quantities("Egyptian workers in Kuwait sent home $2.1bn in 2018.")
    assert (statement.measure, statement.value) == ("other", 2.1e9)
    assert (statement.reporter, statement.partner) == ("KWT", "EGY")


def test_a_year_counts_nobody() -> None:
    assert [s.value for s in quantities("In 2018 Cuba's doctors earned praise in Brazil.")] == []


def test_aid_that_is_lent_is_a_loan() -> None:
    text = "Norway will provide USD 24 million Official Development Assistance (ODA) loan to Ghana."
    found = find_statements(Document(text=text, source="t"))
    assert [(str(s.measure), s.reporter, s.partner, s.value) for s in found] == [
        ("loan", "NOR", "GHA", 2.4e7)
    ]


def test_a_cause_is_no_level_reached() -> None:
    text = "Ghana's trade with Mali fell by 12 percent, due to 40 percent decrease in imports."
    found = find_statements(Document(text=text, source="t"))
    assert [(str(s.measure), s.change.value) for s in found if s.change] == [
        ("total_trade", 12.0),
        ("imports", 40.0),
    ]
