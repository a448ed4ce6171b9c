"""Aid, loans and what is promised: who gives, and what is still to come."""

from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Statement
from accord.read.statements import find_statements

DAY = PublicationDate(date(2022, 6, 10), date(2022, 6, 10))


def told(text: str, *, title: str | None = None) -> list[Statement]:
    found = find_statements(Document(text=text, source="told", title=title, published=DAY))
    return [s for s in found if s.value is not None]


def brief(statement: Statement) -> tuple[str, str, str, float | None]:
    parties = f"{statement.reporter} {statement.partner}"
    return str(statement.kind), str(statement.measure), parties, statement.value


@pytest.mark.parametrize(
    "text",
    [
        "Norway remains Malawi's largest source of ODA, amounting to $70 million in 2019.",
        "Norway is the largest provider of ODA of Malawi, amounting to $70 million in 2019.",
        "Norway is the biggest provider of development aid to Malawi, with $70 million in 2019.",
    ],
)
def test_who_is_a_source_gives(text: str) -> None:
    rank, amount = told(text)
    assert brief(rank) == ("ranking", "aid", "NOR MWI", 1)
    assert brief(amount) == ("figure", "aid", "NOR MWI", 7e7)


@pytest.mark.parametrize(
    ("text", "measure", "parties", "value"),
    [
        ("Oman agreed to buy 36 aircraft from France.", "imports", "OMN FRA", 36),
        (
            "Chile signed a contract with Korea to buy trains worth $400 million.",
            "imports",
            "CHL KOR",
            4e8,
        ),
        (
            "The deal includes $2 billion in Moroccan purchases of Brazilian maize.",
            "imports",
            "MAR BRA",
            2e9,
        ),
        ("Peru will purchase $3 billion in U.S. energy by 2026.", "imports", "PER USA", 3e9),
        (
            "Kenya will buy U.S. wheat with an estimated value of $1 billion.",
            "imports",
            "KEN USA",
            1e9,
        ),
        ("Qatar has announced $8 billion of investments in Algeria.", "fdi_flow", "QAT DZA", 8e9),
        (
            "Some $3 billion of Omani investment in Egypt will take place by 2027.",
            "fdi_flow",
            "OMN EGY",
            3e9,
        ),
        ("Italy is raising its commitments to Tunisia to 90 million euros.", "aid", "ITA TUN", 9e7),
        ("Moldova will receive 120 million euros from the EU.", "aid", "EU MDA", 1.2e8),
    ],
)
def test_what_is_agreed_is_still_to_come(
    text: str, measure: str, parties: str, value: float
) -> None:
    assert ("target", measure, parties, value) in [brief(s) for s in told(text)]


@pytest.mark.parametrize(
    ("text", "measure", "parties", "value"),
    [
        ("Japan and Ghana signed a loan agreement for $90 million.", "loan", "JPN GHA", 9e7),
        (
            "A grant agreement worth 12 million euros between Togo and Italy was signed.",
            "aid",
            "ITA TGO",
            1.2e7,
        ),
        ("For Samoa, Japan set aside $2 million in aid.", "aid", "JPN WSM", 2e6),
        ("Benin has been allocated $15 million by South Korea.", "aid", "KOR BEN", 1.5e7),
        ("Kuwait deposited $2 billion in the central bank of Sudan.", "loan", "KWT SDN", 2e9),
        (
            "The loans include a $90 million line extended by India to Togo, an $80 million line"
            " to Chad.",
            "loan",
            "IND TCD",
            8e7,
        ),
        (
            "Through USAID, the American people invest over $45 million in Benin.",
            "aid",
            "USA BEN",
            4.5e7,
        ),
        (
            "Poland and Vietnam signed contracts worth $1.5 billion in Hanoi.",
            "other",
            "POL VNM",
            1.5e9,
        ),
        ("The U.S. embargo cost Cuba $3.1 billion in 2018.", "other", "USA CUB", 3.1e9),
        (
            "Cuba's losses from the U.S. blockade amounted to $3.1 billion.",
            "other",
            "USA CUB",
            3.1e9,
        ),
        ("Spain poured $437 million into Ecuador in 2019.", "fdi_flow", "ESP ECU", 4.37e8),
        (
            "Oman has invested $2bn in India, and Indian firms have put $1bn into Oman.",
            "fdi_stock",
            "IND OMN",
            1e9,
        ),
        (
            "Washington approved the sale of F-16 fighters to Greece for $9 billion.",
            "exports",
            "USA GRC",
            9e9,
        ),
    ],
)
def test_who_gives(text: str, measure: str, parties: str, value: float) -> None:
    assert ("figure", measure, parties, value) in [brief(s) for s in told(text)]


def test_a_type_of_aircraft_and_a_place_among_many_are_no_numbers() -> None:
    assert told("Egypt ordered Su-35 fighters from Russia.") == []
    assert told("Japan is among the top 10 investors in Laos.") == []


def test_aid_goes_to_the_other_of_the_title() -> None:
    (given,) = told("In all, JICA has provided $25 million.", title="Japan and Benin: ten years")
    assert brief(given) == ("figure", "aid", "JPN BEN", 2.5e7)
