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


def test_a_row_of_receivers_gets_each_its_sum() -> None:
    rows = told(
        "The EU will give aid of 9 million euros to Chad, 8 million euros to Mali,"
        " and 7 million euros to Niger."
    )
    assert [brief(s) for s in rows] == [
        ("target", "aid", "EU TCD", 9e6),
        ("target", "aid", "EU MLI", 8e6),
        ("target", "aid", "EU NER", 7e6),
    ]


def test_receivers_may_follow_what_was_announced() -> None:
    text = (
        "Norway announced humanitarian aid of 9 million dollars for the countries of the Horn of"
        " Africa. The money will be shared out: $5 million will go to Kenya and $4 million to"
        " Uganda."
    )
    found = [brief(s) for s in told(text)]
    assert ("target", "aid", "NOR KEN", 5e6) in found
    assert ("target", "aid", "NOR UGA", 4e6) in found


def test_what_is_owed_is_not_still_to_come() -> None:
    (debt,) = told("Russia plans to write off Benin's debt of $20 million.")
    assert brief(debt) == ("figure", "loan", "RUS BEN", 2e7)


def test_a_debt_is_forgiven_by_who_lent() -> None:
    assert brief(told("In 2003 Italy forgave Niger $31 million.")[0])[1:] == (
        "loan",
        "ITA NER",
        3.1e7,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Remittances from Oman came to $91 million in May.",
        "The money sent from Oman came to $91 million in May.",
        "Cash transfers from Oman came to $91 million in May.",
    ],
)
def test_money_is_sent_to_where_it_is_written_of(text: str) -> None:
    document = Document(
        text=text, source="told", published=DAY, url="https://www.example.com.pk/news/1"
    )
    assert brief(find_statements(document)[0])[1:] == ("other", "OMN PAK", 9.1e7)


def test_remittances_to_a_country_are_from_everywhere() -> None:
    assert told("Peru trades with Chile. Remittances to Peru came to $3 billion in 2019.") == []


def test_a_host_that_opens_the_sentence_is_another_than_that_before() -> None:
    text = (
        "Chinese firms have invested $5 billion in Chad. In Mali, China accounts for 40 percent"
        " of all investment."
    )
    assert brief(told(text)[-1]) == ("share", "fdi_stock", "CHN MLI", 40)


def test_other_sources_give_to_the_same_receiver() -> None:
    text = (
        "Japan is Peru's top source of ODA, with $90 million in 2019. Other top sources of ODA"
        " include Korea ($31 million) and Spain ($22 million)."
    )
    assert [brief(s)[2] for s in told(text)] == ["JPN PER", "JPN PER", "KOR PER", "ESP PER"]


def test_assistance_extended_by_another_is_the_others() -> None:
    text = (
        "Loans provided by Japan to Peru amounted to $9 billion in 2019. Assistance extended by"
        " Spain came to $80 million. As for Korea, it had granted Peru $7 million."
    )
    assert [brief(s)[2] for s in told(text)] == ["JPN PER", "ESP PER", "KOR PER"]


def test_what_a_country_received_from_all_is_nobodys() -> None:
    assert told("Peru trades with Japan. Peru's ODA portfolio came to $3 billion in 2019.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The damage caused by the U.S. blockade against Cuba came to $6.3 billion in 2021.",
        "The sanctions maintained by the United States caused losses of $6.3 billion to Cuba.",
    ],
)
def test_what_an_embargo_costs(text: str) -> None:
    assert brief(told(text)[0])[1:] == ("other", "USA CUB", 6.3e9)


def test_what_is_to_be_bought_each_year_is_a_rate() -> None:
    (bought,) = told("Chile will purchase $3 billion per year of maize from the United States.")
    assert (bought.kind, bought.unit) == ("target", "USD per year")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The Saudi Fund for Development signed a $60 million loan deal with Chad.", "SAU TCD"),
        ("Chad signed a $60 million loan agreement with Germany.", "DEU TCD"),
        ("The Export-Import Bank of China will lend Chad $60 million.", "CHN TCD"),
    ],
)
def test_a_loan_is_that_of_who_lends(text: str, parties: str) -> None:
    loan = next(s for s in told(text) if s.value == 6e7)
    assert brief(loan)[1:] == ("loan", parties, 6e7)


def test_a_part_of_debts_may_be_owed_to_one() -> None:
    (part,) = told("About 40 percent of Chad's foreign debt is owed to China.")
    assert brief(part) == ("share", "loan", "CHN TCD", 40)


def test_investments_announced_are_still_to_come() -> None:
    (told_of,) = told("Indian companies announced investments worth $3 billion in Kenya.")
    assert brief(told_of) == ("target", "fdi_flow", "IND KEN", 3e9)
