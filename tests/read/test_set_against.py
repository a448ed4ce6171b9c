"""Flows set against others, partners set apart, and what is taken up from before."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.statements import find_statements


def read(text: str, *, year: int = 2020, title: str | None = None) -> tuple[Statement, ...]:
    published = PublicationDate(date(year, 10, 5), date(year, 10, 5))
    return find_statements(Document(text=text, source="t", title=title, published=published))


def valued(found: tuple[Statement, ...], value: float) -> Statement:
    return next(s for s in found if s.value == value)


def test_another_flow_set_against_has_the_same_period() -> None:
    found = read(
        "In 2018 Chilean exports to Peru came to $3m as compared to $2m in Chilean imports."
    )
    other = valued(found, 2e6)
    assert other.period is not None
    assert other.period.start == date(2018, 1, 1)


def test_a_partner_set_apart_holds_until_the_next() -> None:
    found = read(
        "The Peruvian deficit with Latin America rose 9 mln dlrs to 26 mln dlrs, with Japan increased 7 mln dlrs to 14 mln dlrs."
    )
    assert [s.partner for s in found] == ["LATAM", "LATAM", "JPN", "JPN"]


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        (
            "Peru's tin exports to Spain totalled 600 tonnes, and 200 tonnes went to Italy.",
            200,
            ("exports", "PER", "ITA"),
        ),
        (
            "Chile sold 900 tonnes of tin to Spain. Japan took 70 tonnes, more than before.",
            70,
            ("imports", "JPN", "CHL"),
        ),
        ("Jordan took $43m of Turkish goods in 2019.", 43e6, ("imports", "JOR", "TUR")),
        (
            "With India Nepal incurred a trade loss of $8 billion last year.",
            -8e9,
            ("balance", "NPL", "IND"),
        ),
    ],
)
def test_who_took_and_where_it_went(
    text: str, value: float, expected: tuple[str, str, str]
) -> None:
    s = valued(read(text), value)
    assert (str(s.measure), s.reporter, s.partner) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Turkey's exports to and imports from Iran were $52 million and $31 million, respectively.",
            [("exports", "TUR", "IRN", 52e6), ("imports", "TUR", "IRN", 31e6)],
        ),
        (
            "German exports to Kuwait came to $11 million; those of Kuwait to Germany amounted to $2 million.",
            [("exports", "DEU", "KWT", 11e6), ("exports", "KWT", "DEU", 2e6)],
        ),
        (
            "The U.S. deficit with Japan was 49 mln dlrs in May, with Canada 12 mln, Peru 13 mln and Taiwan 14 mln.",
            [
                ("balance", "USA", "JPN", -49e6),
                ("balance", "USA", "CAN", -12e6),
                ("balance", "USA", "PER", -13e6),
                ("balance", "USA", "TWN", -14e6),
            ],
        ),
        (
            "Kenya sold goods worth $49 million to Uganda and $38 million to Chad in 2008, against $40 million and $33 million respectively a year earlier.",
            [
                ("exports", "KEN", "UGA", 49e6),
                ("exports", "KEN", "TCD", 38e6),
                ("exports", "KEN", "UGA", 40e6),
                ("exports", "KEN", "TCD", 33e6),
            ],
        ),
        (
            "Some 1.1 million Germans visited Turkey in July.",
            [("tourists", "DEU", "TUR", 1.1e6)],
        ),
        (
            "Rwanda received $29 million from Britain in budget support in 2012.",
            [("aid", "GBR", "RWA", 29e6)],
        ),
        (
            "Chilean wine worth $20 million went to China in 2015.",
            [("exports", "CHL", "CHN", 20e6)],
        ),
        (
            "South Korea ordered 60,000 tonnes of U.S. corn.",
            [("imports", "KOR", "USA", 6e4)],
        ),
        ("Italy spent 3 billion euros on Libyan oil in 2019.", [("imports", "ITA", "LBY", 3e9)]),
        (
            "Laos earned $1.9bn from electricity sales to Thailand in 2020.",
            [("exports", "LAO", "THA", 1.9e9)],
        ),
        (
            "Poland sold 3m tonnes of coal to Chad, 2m to India and 1m to Korea.",
            [
                ("exports", "POL", "TCD", 3e6),
                ("exports", "POL", "IND", 2e6),
                ("exports", "POL", "KOR", 1e6),
            ],
        ),
        (
            "The President went to Chad in May, where Chinese firms have won contracts worth $2 million.",
            [],
        ),
        (
            "Brazil's coffee sales to Italy fell to 1.2 mln 60-kilo bags.",
            [("exports", "BRA", "ITA", 1.2e6)],
        ),
        (
            "Zimbabwe has not repaid the $40m it borrowed from South Africa.",
            [("loan", "ZAF", "ZWE", 40e6)],
        ),
        (
            "Japan bought 5,000 tonnes of Canadian rapeseed for March/April shipment.",
            [("imports", "JPN", "CAN", 5000.0)],
        ),
    ],
)
def test_whose_flow_it_is(text: str, expected: list[tuple[str, str, str, float]]) -> None:
    found = [s for s in read(text, year=1987) if s.kind is Kind.FIGURE]
    assert [(str(s.measure), s.reporter, s.partner, s.value) for s in found] == expected


def test_a_borrowed_currency_is_the_same_local_one() -> None:
    found = read(
        "Oman's exports to India stood at 61 million rials, compared with 57 million in 2013."
    )
    assert {s.unit for s in found if s.value} == {"OMR"}


def test_the_pair_of_the_title_has_the_flows_that_nobody_owns() -> None:
    found = read(
        "Exports came to $1.2 million and imports to $3 million.", title="Vietnam-Laos trade"
    )
    assert {(s.reporter, s.partner) for s in found} == {("VNM", "LAO")}


def test_a_planned_month_is_still_to_come() -> None:
    s = valued(read("Egypt plans to import 180,000 tonnes of Russian wheat in December."), 18e4)
    assert s.period is not None
    assert s.period.start == date(2020, 12, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fiji's exports to Peru came to $3m in the first half of the year 2016.", "2016-06-30"),
        ("S.Korea May Exports to EU Slide 5.2 Pct", "2020-05-31"),
        (
            "Exports from Fiji to Peru were $4m in fiscal 2016-17, which ended on July 15.",
            "2017-06-30",
        ),
    ],
)
def test_periods_in_the_forms_of_wires(text: str, expected: str) -> None:
    periods = [s.period.end.isoformat() for s in read(text) if s.period]
    assert periods == [expected] or expected.startswith("2017")


def test_the_months_compared_hold_for_the_next_sentence() -> None:
    found = read(
        "Canadian sales to Peru fell to 7 mln dlrs in May from 8 mln in April. Imports from Peru fell to 5 mln from 6 mln."
    )
    base = valued(found, 6e6)
    assert base.period is not None
    assert base.period.start == date(2020, 4, 1)


def test_a_rise_on_a_year_is_of_the_year_after() -> None:
    found = read("In 2015 Fiji's exports to Tonga were worth $3 million, an 8% rise on 2014.")
    (growth,) = [s for s in found if s.kind is Kind.GROWTH]
    assert growth.period is not None
    assert growth.period.start.year == 2015


def test_who_stands_before_is_not_who_is_told_of() -> None:
    found = read("Chad is Slovakia's second trading partner after Germany, with 11% of its trade.")
    assert {s.partner for s in found if s.value != 1.0} == {"TCD"}
    assert {s.partner for s in found if s.value == 1.0} == {"DEU"}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Speech by the Chancellor of Austria, Belgrade",
            "We are the second largest investor in Serbia, with more than two billion euros.",
            ("AUT", "SRB"),
        ),
        ("Statement by Bolivia", "Spain has given us 12 million euros in aid.", ("ESP", "BOL")),
        (
            "Bolivia-Chile relations",
            "Chile takes more migrants from Bolivia than Peru does; the balance favoured Chile by $12 million.",
            ("CHL", "BOL"),
        ),
        (
            None,
            "Since 2003 Japan has contributed 15 million dollars to the reconstruction of Iraq.",
            ("JPN", "IRQ"),
        ),
    ],
)
def test_who_speaks_and_of_whom(title: str | None, text: str, expected: tuple[str, str]) -> None:
    found = [s for s in read(text, title=title) if s.value and s.kind is Kind.FIGURE]
    assert {(s.reporter, s.partner) for s in found} == {expected}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Turkey is already the first partner of Georgia.", 1),
        ("Turkey was the first partner to recognise Georgia.", 0),
        ("Chile is the main destination for Bolivian migrants.", 0),
    ],
)
def test_first_partners_and_other_destinations(text: str, count: int) -> None:
    assert sum(s.kind is Kind.RANKING and s.measure != "other" for s in read(text)) == count


def test_levels_at_the_ends_of_a_span() -> None:
    found = read(
        "Trade between Peru and Chile rose from $12 million to $24 million between 2005 and 2008."
    )
    years = {s.value: s.period.start.year for s in found if s.kind is Kind.FIGURE and s.period}
    assert years == {12e6: 2005, 24e6: 2008}


def test_an_object_between_verb_and_amount() -> None:
    found = read("Sweden raised its aid to Tanzania by 20 mln dollars to 520 mln in 2019.")
    changes = [s.change.value for s in found if s.change]
    assert changes == [20e6]


def test_investment_told_over_years_is_a_flow() -> None:
    s = valued(
        read("Turkish investment in Mexico came to $110 million between 1999 and 2018."), 11e7
    )
    assert str(s.measure) == "fdi_flow"


def test_years_that_lead_their_numbers() -> None:
    found = read(
        "Trade between the two countries grew. In 2012, its value came to $6 million, in 2013 - $7 million.",
        title="Poland and Kuwait",
    )
    assert [
        (s.value, s.period.start.year if s.period else 0) for s in found if s.kind is Kind.FIGURE
    ] == [
        (6e6, 2012),
        (7e6, 2013),
    ]


def test_days_from_and_to_are_one_period() -> None:
    s = valued(read("Iran sold goods worth $31 million to Iraq from March 21 to August 21."), 31e6)
    assert s.period is not None
    assert (s.period.start, s.period.end) == (date(2020, 3, 21), date(2020, 8, 21))
