"""Places in lists told by a flow, by a group of states, by a comparison or a superlative."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import Kind
from accord.read.statements import find_statements


def places(text: str, title: str | None = None) -> list[tuple[str, str | None, str | None, float]]:
    found = find_statements(Document(text=text, source="t", title=title))
    return [
        (str(s.measure), s.reporter, s.partner, s.value or 0.0)
        for s in found
        if s.kind is Kind.RANKING
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2019, Chile ranked third in terms of imports from Peru.",
            [("exports", "PER", "CHL", 3.0)],
        ),
        (
            "Morocco ranks first in terms of Gulf investments in Senegal.",
            [("fdi_stock", "MAR", "SEN", 1.0)],
        ),
        (
            "China ranked first in textile shipments to Mexico in 2018, with India in second place.",
            [("imports", "MEX", "CHN", 1.0), ("imports", "MEX", "IND", 2.0)],
        ),
        (
            "In terms of exports to Iraq, Turkey came eighth.",
            [("imports", "IRQ", "TUR", 8.0)],
        ),
        (
            "Leading the list of importers from Ghana in 2016, India bought cocoa.",
            [("exports", "GHA", "IND", 1.0)],
        ),
        (
            "Peru tops the list of countries with which Fiji has a trade deficit.",
            [("balance", "FJI", "PER", 1.0)],
        ),
        ("Austria tops foreign investment in Croatia.", [("fdi_stock", "AUT", "HRV", 1.0)]),
        ("Topping the list of buyers of Moroccan fish is Spain.", [("exports", "MAR", "ESP", 1.0)]),
    ],
)
def test_a_flow_stands_for_a_list(text: str, expected: list[tuple[str, str, str, float]]) -> None:
    assert places(text) == expected


def test_a_group_of_states_is_ranked_in_the_flow_told_before() -> None:
    text = "Trade between Germany and Latvia reached $3 billion in 2018. Latvia ranked fourth among Baltic states."
    assert places(text) == [("total_trade", "DEU", "LVA", 4.0)]
    text = "Chile was the first in the region to receive investment from Japan."
    assert [p for p in places(text) if p[0] == "fdi_stock"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Brazil sold more soybeans to Egypt than any other country in 2018.",
            ("imports", "EGY", "BRA"),
        ),
        (
            "Italy imports more goods from Tunisia than from any other country.",
            ("imports", "ITA", "TUN"),
        ),
        ("Pakistan buys more tea from Kenya than anyone else.", ("exports", "KEN", "PAK")),
        (
            "Peru's deficit with China is larger than with any other country.",
            ("balance", "PER", "CHN"),
        ),
    ],
)
def test_more_than_any_other(text: str, expected: tuple[str, str, str]) -> None:
    assert places(text) == [(*expected, 1.0)]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            None,
            "The largest export market of Fiji in 2018 was Australia.",
            ("exports", "FJI", "AUS", 1.0),
        ),
        (
            "Togo's trade",
            "The second highest import was from Ghana.",
            ("imports", "TGO", "GHA", 2.0),
        ),
        (
            None,
            "The largest number of tourists to Cyprus came from Britain.",
            ("tourists", "GBR", "CYP", 1.0),
        ),
        (
            None,
            "Britain is the number one destination in Europe for Indian investment.",
            ("fdi_stock", "IND", "GBR", 1.0),
        ),
        (
            "Speech in Denmark",
            "You are Norway's second largest market.",
            ("exports", "NOR", "DNK", 2.0),
        ),
        (
            None,
            "Investors from the Netherlands — Ghana's largest foreign investor — came.",
            ("fdi_stock", "NLD", "GHA", 1.0),
        ),
    ],
)
def test_who_holds_the_place(
    title: str | None, text: str, expected: tuple[str, str, str, float]
) -> None:
    assert places(text, title) == [expected]


def test_a_description_holds_a_place_in_the_list_of_the_other() -> None:
    text = "Kenya's trade with Uganda rose to $900 million in 2019. The landlocked neighbour was Kenya's main export market."
    assert places(text) == [("exports", "KEN", "UGA", 1.0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trade between Chad and Niger set records in 2018.", ("total_trade", "TCD", "NER")),
        (
            "Investment from Spain in Peru stood at an all-time high in 2018.",
            ("fdi_stock", "ESP", "PER"),
        ),
        ("Japan's largest ever loan to Kenya was signed.", ("loan", "JPN", "KEN")),
        (
            "Kenya's imports from Egypt accounted for 22.2% of its total imports, also a record.",
            ("imports", "KEN", "EGY"),
        ),
    ],
)
def test_records_of_any_flow(text: str, expected: tuple[str, str, str]) -> None:
    assert places(text) == [(*expected, 1.0)]


def test_the_host_of_the_list_stays() -> None:
    text = "Peru remained the country's top source market in May. Chile is the second-biggest source market with 80,338 arrivals."
    assert places(text, "Tourist arrivals in Oman") == [
        ("tourists", "PER", "OMN", 1.0),
        ("tourists", "CHL", "OMN", 2.0),
    ]


def test_who_was_passed_is_not_traded_with() -> None:
    text = "China overtook Spain to become Peru's largest market in 2009, and bilateral trade reached $5 billion."
    found = find_statements(Document(text=text, source="t"))
    assert {(s.reporter, s.partner) for s in found} == {("PER", "CHN")}


def test_places_among_all_states_are_of_no_list() -> None:
    text = "Oman is now the largest importer of grain in the GCC region, outranking Kuwait."
    assert places(text) == []


def test_a_flow_told_with_one_who_holds_a_place() -> None:
    text = "The largest volume of trade turnover was recorded with Iran. In second place is Iraq, while it remains the largest export market for Syria."
    assert places(text, "Syria's trade") == [
        ("total_trade", "SYR", "IRN", 1.0),
        ("total_trade", "SYR", "IRQ", 2.0),
        ("exports", "SYR", "IRQ", 1.0),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru retains the second position among the largest partners of Chile.",
            [("total_trade", "CHL", "PER", 2.0)],
        ),
        (
            "Oman is fourth internationally as Iran's leading trading partner.",
            [("total_trade", "IRN", "OMN", 4.0)],
        ),
        (
            "Mali was the fourth largest trade partners of Niger.",
            [("total_trade", "NER", "MLI", 4.0)],
        ),
        (
            "Togo's second and third largest partners are Mali ($3 million) and Chad.",
            [("total_trade", "TGO", "MLI", 2.0), ("total_trade", "TGO", "TCD", 3.0)],
        ),
        (
            "Libya was Italy's main source of crude. By 1982, Libya was bumped to second place by Iraq.",
            [
                ("imports", "ITA", "LBY", 1.0),
                ("imports", "ITA", "LBY", 2.0),
                ("imports", "ITA", "IRQ", 1.0),
            ],
        ),
        (
            "Mexico continued to be the second-biggest source of U.S. crude imports.",
            [("imports", "USA", "MEX", 2.0)],
        ),
    ],
)
def test_places_kept_and_lost(text: str, expected: list[tuple[str, str, str, float]]) -> None:
    assert places(text) == expected


def test_the_year_when_a_place_was_held() -> None:
    text = "Much has changed since 1981, when Libya was Italy's main supplier."
    (found,) = find_statements(Document(text=text, source="t"))
    assert found.period is not None
    assert found.period.start.year == found.period.end.year == 1981


def test_an_indicator_told_before_is_the_list() -> None:
    text = "Trade between Peru and Bolivia came to $2 billion in 2019. Bolivia ranks fourth for this indicator with a specific weight of 7.6 percent."
    found = find_statements(Document(text=text, source="t"))
    assert places(text) == [("total_trade", "PER", "BOL", 4.0)]
    share = next(s for s in found if s.kind is Kind.SHARE)
    assert (share.reporter, share.partner, share.value) == ("PER", "BOL", 7.6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The premier's visit from Oman to Chile was the first by an Omani head of government.",
            ("OMN", "CHL"),
        ),
        (
            "In November 2000, she became the first Danish minister to visit Peru since the war.",
            ("DNK", "PER"),
        ),
        ("It is the first visit by a leader of Togo to Malta since 1976.", ("TGO", "MLT")),
        (
            "This was the first ever minister-level visit from Fiji to Kenya.",
            ("FJI", "KEN"),
        ),
    ],
)
def test_first_visits(text: str, expected: tuple[str, str]) -> None:
    assert places(text) == [("other", *expected, 1.0)]


def test_a_first_trip_of_somebody_is_no_place() -> None:
    assert places("Peru's president came to Chile on his first state visit to the country.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Spain has long been Chad's main market, while also being its biggest supplier.",
            [("exports", "TCD", "ESP", 1.0), ("imports", "TCD", "ESP", 1.0)],
        ),
        (
            "Britain is the fourth biggest seafood market of Iceland.",
            [("exports", "ISL", "GBR", 4.0)],
        ),
        (
            "Italy remains the biggest contributor to Libya's import bill.",
            [("imports", "LBY", "ITA", 1.0)],
        ),
        (
            "Iraq has become the third largest recipient of arms from Sweden.",
            [("exports", "SWE", "IRQ", 3.0)],
        ),
        ("Kenya's surplus with Uganda ranked second in 2018.", [("balance", "KEN", "UGA", 2.0)]),
        (
            "Spain remains the biggest investor in Peru and the second largest partner after Chile.",
            [("fdi_stock", "ESP", "PER", 1.0)],
        ),
        (
            "May exports from Fiji to Japan and Chile were the highest on record.",
            [("exports", "FJI", "JPN", 1.0), ("exports", "FJI", "CHL", 1.0)],
        ),
        ("Trade between Chad and Niger could hit a record this year.", []),
        (
            "Ecuador ranks fifth in Spain's list of suppliers, up to 15th among the 60 states that trade with Malta.",
            [("imports", "ESP", "ECU", 5.0)],
        ),
    ],
)
def test_places_in_other_words(text: str, expected: list[tuple[str, str, str, float]]) -> None:
    assert places(text)[: len(expected) or None] == expected


def test_the_largest_source_of_aid_gives_what_is_told_of_it() -> None:
    text = (
        "Japan is the largest source of Nepal's ODA, with $2 billion, or 30 percent of the total."
    )
    found = find_statements(Document(text=text, source="t"))
    assert [(str(s.kind), s.reporter, s.partner) for s in found] == [
        ("ranking", "JPN", "NPL"),
        ("figure", "JPN", "NPL"),
        ("share", "JPN", "NPL"),
    ]


def test_who_takes_the_lead_and_who_moves() -> None:
    text = "Kenya dropped to third place among Uganda's top export destinations, with Oman taking the lead and India moving to second place."
    assert set(places(text)) == {
        ("exports", "UGA", "KEN", 3.0),
        ("exports", "UGA", "OMN", 1.0),
        ("exports", "UGA", "IND", 2.0),
    }
    text = "In 2018, Peru's trade with Chile came to $9 billion. It is Peru's 6th largest partner."
    assert places(text, "Peru and Chile") == [("total_trade", "PER", "CHL", 6.0)]


def test_a_first_by_somebody_and_a_record_gap() -> None:
    text = "This visit, the first by a Danish foreign minister to Chile, followed another to Peru."
    assert places(text) == [("other", "DNK", "CHL", 1.0)]
    assert places("Kenya recorded a record trade imbalance with Oman.") == [
        ("balance", "KEN", "OMN", 1.0)
    ]
