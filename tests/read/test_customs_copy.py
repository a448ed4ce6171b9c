"""Customs figures as agencies tell them: who is set apart, whose total it is, which time."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.statements import find_statements


def read(text: str, day: str = "2020-06-15", title: str | None = None) -> tuple[Statement, ...]:
    at = date.fromisoformat(day)
    document = Document(text=text, source="test", title=title, published=PublicationDate(at, at))
    return find_statements(document)


def flows(text: str, day: str = "2020-06-15") -> set[tuple[object, ...]]:
    """Kind, measure, parties and number of what was read."""
    found = set()
    for s in read(text, day):
        number = s.change.value if s.kind is Kind.GROWTH and s.change else s.value
        found.add((str(s.kind), str(s.measure), s.reporter, s.partner, number))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "With the EU, Ghana's surplus narrowed to $30 million.",
            ("figure", "balance", "GHA", "EU", 30e6),
        ),
        (
            "In trade with Canada, Chile posted a deficit of $40 million. Exports rose 4.5 percent.",
            ("growth", "exports", "CHL", "CAN", 4.5),
        ),
        (
            "Vis-a-vis Kenya, Egypt's trade surplus rose 3 percent to $90 million.",
            ("growth", "balance", "EGY", "KEN", 3.0),
        ),
        (
            "Growth in exports to Peru of 4 percent outpaced the 3 percent rise in Chile's imports.",
            ("growth", "imports", "CHL", "PER", 3.0),
        ),
        (
            "Chile's exports to Peru rose 5 percent, after a 3.5 percent gain the year before.",
            ("growth", "exports", "CHL", "PER", 3.5),
        ),
        (
            "Tunisia's trade with Libya rose by a record 41 percent in May.",
            ("growth", "total_trade", "TUN", "LBY", 41.0),
        ),
        (
            "The growth of Oman's trade with Yemen totalled $12 million.",
            ("growth", "total_trade", "OMN", "YEM", 12e6),
        ),
        (
            "Oman's trade with Yemen amounted to $12 million, Egypt $9 million, and Sudan $4 million.",
            ("figure", "total_trade", "OMN", "SDN", 4e6),
        ),
        (
            "Spain's exports to Cuba, Peru and Chile fell.",
            ("growth", "exports", "ESP", "CHL", None),
        ),
        (
            "Trade between Chile and Peru was $5 billion in 2018. Bilateral trade surged in 2019.",
            ("growth", "total_trade", "CHL", "PER", None),
        ),
        (
            "In 2019 Cuba made up 2% of Spain's foreign trade, against 3% for Peru.",
            ("share", "total_trade", "ESP", "PER", 3.0),
        ),
        (
            "Peru's trade with Cuba in May fell 4% from April. Imports from Cuba also rose - by 7%.",
            ("growth", "imports", "PER", "CUB", 7.0),
        ),
        (
            "Exports from Peru to Cuba rose by 9 percent, imports of Cuban products – by 2 percent.",
            ("growth", "imports", "PER", "CUB", 2.0),
        ),
        (
            "Ghana's imbalances with Togo and Mali widened in May.",
            ("growth", "balance", "GHA", "MLI", None),
        ),
        (
            "Kenya's gap in the trade of goods with Egypt grew.",
            ("growth", "balance", "KEN", "EGY", None),
        ),
        (
            "Korean exports to Peru came to nine-point-two million dollars in May.",
            ("figure", "exports", "KOR", "PER", 9.2e6),
        ),
        (
            "Chile was Peru's largest trade partner with 23 percent, followed by Cuba's 9 percent.",
            ("share", "total_trade", "PER", "CUB", 9.0),
        ),
        (
            "Italy is Malta's top partner. Spain and Cyprus followed second and third, with trade of 40 million and 30 million euros, respectively.",
            ("figure", "total_trade", "MLT", "CYP", 30e6),
        ),
        (
            "Italy was the largest buyer of Maltese fish in 2019. In second place was Japan, with 4,000 tonnes.",
            ("figure", "exports", "MLT", "JPN", 4000.0),
        ),
        (
            "Mali sold Benin goods for $40 million in 2019, an unprecedented record.",
            ("ranking", "exports", "MLI", "BEN", 1.0),
        ),
    ],
)
def test_flows_of_customs_copy(text: str, expected: tuple[object, ...]) -> None:
    assert expected in flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sweden's foreign trade dropped 6 percent to 90 billion euros. Exports fell by 4 percent. Cuba is far away.",
        "Exports to Chile fell 4%, while Peru's sales to Cuba rose 8%. Imports gained 9% in May.",
        "Peru's exports to other countries rose by 9 percent. Those to Cuba fell.",
        "Norway's total exports fell 4 percent, while imports rose 9 percent. Sales to Cuba fell.",
        "The Irish trade deficit widened 9 percent as gaps with Peru and Cuba grew.",
        "A few hundred million dollars, 9 million at least, went from Oman's budget to roads.",
        "Norway's exports to Chile fell 4% and those to Peru 8%. Norway's overall trade surplus was $9 billion.",
    ],
)
def test_totals_are_of_no_pair(text: str) -> None:
    assert not [f for f in flows(text) if f[4] in {6.0, 9.0, 9e9, 90e9}]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in the April-February period of 2018-19", "2018-04-01", "2019-02-28"),
        ("during June 1-10", "2020-06-01", "2020-06-10"),
        ("from 2017 to 2018", "2018-01-01", "2018-12-31"),
        ("in May, the first rise in two years", "2020-05-01", "2020-05-31"),
        ("in May, their biggest gain in 18 months", "2020-05-01", "2020-05-31"),
    ],
)
def test_times_of_customs_copy(words: str, start: str, end: str) -> None:
    found = read(f"India's exports to Egypt grew 4 percent {words}.")
    growth = next(s for s in found if s.kind is Kind.GROWTH)
    assert growth.period is not None
    assert (growth.period.start.isoformat(), growth.period.end.isoformat()) == (start, end)


def test_a_period_told_of_a_total_holds_on() -> None:
    found = read(
        "China's goods trade rose 3 percent in the first quarter, customs said on April 14. "
        "Its trade with Chile climbed 5 percent.",
        "2020-04-14",
    )
    (growth,) = [s for s in found if s.kind is Kind.GROWTH]
    assert growth.partner == "CHL"
    assert growth.period is not None
    assert growth.period.end.isoformat() == "2020-03-31"


def test_double_digits_double_nothing() -> None:
    text = "Mali's exports to Benin fell 15% in May, the first double-digit fall since March."
    assert ("growth", "exports", "MLI", "BEN", 2.0) not in flows(text)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (
            "Trade between Peru and Cuba in May fell 4% compared to April and reached $21 million.",
            "2020-05-31",
        ),
        ("China imported 3 million tonnes of ore from Peru until May 2020.", "2020-05-31"),
        (
            "The gap rose from $62 million in March. Peru's deficit with Cuba was $5 million in April.",
            "2020-04-30",
        ),
    ],
)
def test_the_month_compared_with_dates_nothing_else(text: str, end: str) -> None:
    level = next(s for s in read(text) if s.kind is Kind.FIGURE)
    assert level.period is not None
    assert level.period.end.isoformat() == end


def test_places_in_a_row_are_each_their_own() -> None:
    found = read("Italy is Malta's top partner. Spain and Cyprus followed second and third.")
    assert {s.partner: s.value for s in found} == {"ITA": 1, "ESP": 2, "CYP": 3}


def test_two_hosts_are_no_sequel_to_a_visit() -> None:
    text = "Peru recognised Kosovo in 2008. Its main market was Chile, followed by Cuba and Spain."
    assert len([s for s in read(text) if s.kind is Kind.EVENT]) == 1


def test_dollars_to_nobody_are_not_to_us() -> None:
    assert not flows("China's exports increased by a fifth to US$620 million last year.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Over 2019 the share of EU imports from Peru rose from 2 per cent to 3 per cent.",
            ("share", "imports", "EU", "PER", 3.0),
        ),
        (
            "Peru is Cuba's ninth-largest trading partner, while within the Caribbean, Haiti was its third largest trading partner.",
            ("ranking", "total_trade", "CUB", "HTI", 3.0),
        ),
        (
            "The Peru-Cuba deficit came to $5 million in 2019.",
            ("figure", "balance", "PER", "CUB", -5e6),
        ),
        (
            "Mali's deficit with Togo was $4 million in April. The Togolese deficit widened to $5 million in May.",
            ("figure", "balance", "MLI", "TGO", -5e6),
        ),
        (
            "Peru's imbalance with Cuba swelled to $39 million, its highest trade gap so far.",
            ("figure", "balance", "PER", "CUB", -39e6),
        ),
        (
            "Vietnam's export turnover to Peru reached $5 million in May.",
            ("figure", "exports", "VNM", "PER", 5e6),
        ),
    ],
)
def test_wordings_of_trade_offices(text: str, expected: tuple[object, ...]) -> None:
    assert expected in flows(text)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in the first half of fiscal 2019", "2019-04-01", "2019-09-30"),
        ("in May, the lowest level since 1992", "2020-05-01", "2020-05-31"),
    ],
)
def test_times_of_trade_offices(words: str, start: str, end: str) -> None:
    found = read(f"Japan's exports to Egypt fell 4 percent {words}.")
    growth = next(s for s in found if s.kind is Kind.GROWTH)
    assert growth.period is not None
    assert (growth.period.start.isoformat(), growth.period.end.isoformat()) == (start, end)


def test_a_war_elsewhere_is_no_partner() -> None:
    text = "Japan's trade deficit declined 75 percent in May amid Russia's war in Ukraine."
    assert not [s for s in read(text) if s.kind is Kind.GROWTH]


def test_dollars_in_a_title_or_an_address_name_no_country() -> None:
    text = "The trade gap was $12 million in May, Vietnamese customs said."
    url = "https://example.org/gap-touches-us12-million-33.html"
    document = Document(text=text, source="test", title="Gap touches US$12 million", url=url)
    assert not find_statements(document)


def test_totals_in_a_report_on_two_are_between_them() -> None:
    text = "Trade between Peru and Cuba came to $9 million in 2019. Total exports rose 4 percent while total imports fell 5 percent."
    found = read(text, title="Peru-Cuba trade up")
    assert {(str(s.measure), s.partner) for s in found if s.kind is Kind.GROWTH} == {
        ("exports", "CUB"),
        ("imports", "CUB"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Togo's exports to Mali fell 9 million NZ dollars (7 million U.S. dollars), or 4 percent, in May.",
            ("growth", "exports", "TGO", "MLI", 4.0),
        ),
        (
            "Togo's exports to Mali fell 9 million NZ dollars (7 million U.S. dollars) in May.",
            ("growth", "exports", "TGO", "MLI", 9e6),
        ),
        (
            "Togo's sales to Mali were also down at 9 million dollars.",
            ("figure", "exports", "TGO", "MLI", 9e6),
        ),
        (
            "Kenya's trade with its southern neighbour, Tanzania, fell 4 percent.",
            ("growth", "total_trade", "KEN", "TZA", 4.0),
        ),
        (
            "Kenya's trade with its biggest customer, Uganda, fell 4 percent.",
            ("growth", "total_trade", "KEN", "UGA", 4.0),
        ),
        (
            "Mali ranks as Togo's third leading foreign trade partner with a turnover of $9 million.",
            ("figure", "total_trade", "MLI", "TGO", 9e6),
        ),
        (
            "Togo's largest partner in the region remains Mali. Niger was the second-largest, with trade of $9 million.",
            ("ranking", "total_trade", "TGO", "NER", 2.0),
        ),
        (
            "Togo's trade with Mali fell from $9 million to $7 million, while for Niger it rose to $5 million.",
            ("figure", "total_trade", "TGO", "NER", 5e6),
        ),
    ],
)
def test_more_wordings_of_agencies(text: str, expected: tuple[object, ...]) -> None:
    assert expected in flows(text)


def test_a_reporting_period_is_the_one_spoken_of() -> None:
    found = read(
        "Trade between Togo and Mali in January-April 2020 grew 7 percent. In the reporting period of 2020, "
        "Togo's exports to Mali were $9 million, compared to January-April 2019 ($8 million)."
    )
    spans = {s.value: s.period for s in found if s.kind is Kind.FIGURE}
    assert {v: p.end.isoformat() for v, p in spans.items() if p} == {
        9e6: "2020-04-30",
        8e6: "2019-04-30",
    }


def test_one_country_in_a_title_makes_no_pair_of_totals() -> None:
    text = "The monthly deficit fell by 200 million euros to 4.9 billion. Spain has a summer lull."
    assert not [s for s in read(text, title="Italy improves trade deficit") if s.value]


def test_this_country_in_a_report_is_the_other_one() -> None:
    document = Document(
        text="Togo's exports to Mali totalled $9 million, while imports from this country to Togo were $4 million.",
        source="test",
        url="https://en.trend.az/business/1.html",
    )
    assert {(s.reporter, s.partner) for s in find_statements(document)} == {("TGO", "MLI")}
