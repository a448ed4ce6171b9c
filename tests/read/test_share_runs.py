"""Partners listed with their shares, and shares that go on from one told in full."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import Kind, Statement
from accord.read.statements import find_statements


def shares(text: str, title: str | None = None) -> list[tuple[str, str | None, str | None, float]]:
    found = find_statements(Document(text=text, source="t", title=title))
    return [_row(s) for s in found if s.kind is Kind.SHARE]


def _row(s: Statement) -> tuple[str, str | None, str | None, float]:
    assert s.measure is not None
    assert s.value is not None
    return (str(s.measure), s.reporter, s.partner, s.value)


def test_a_list_of_partners_belongs_to_the_country_of_the_title() -> None:
    text = "Its chief export partners are Spain (31.5%), Italy (12%) and Chad (4.5%)."
    assert shares(text, title="Economy of Tunisia") == [
        ("exports", "TUN", "ESP", 31.5),
        ("exports", "TUN", "ITA", 12.0),
        ("exports", "TUN", "TCD", 4.5),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Japan takes about 35% of Fiji's exports, Samoa 12% and Tonga 7%.",
            [
                ("exports", "FJI", "JPN", 35.0),
                ("exports", "FJI", "WSM", 12.0),
                ("exports", "FJI", "TON", 7.0),
            ],
        ),
        (
            "China is the top source of imports for Laos, accounting for 30% of the country's total imports, followed by Japan (8%).",
            [("imports", "LAO", "CHN", 30.0), ("imports", "LAO", "JPN", 8.0)],
        ),
    ],
)
def test_shares_go_on_from_the_first(
    text: str, expected: list[tuple[str, str, str, float]]
) -> None:
    assert shares(text) == expected


def test_a_part_of_a_part_and_numbers_before_their_parties() -> None:
    text = "China's share of Chile's exports rose by 3 percentage points to 33.5% in 2018."
    assert shares(text) == [("exports", "CHL", "CHN", 33.5)]
    text = "About 15 percent of the country's exports go to Russia and 9 percent to Germany."
    assert shares(text, title="Economy of Latvia") == [
        ("exports", "LVA", "RUS", 15.0),
        ("exports", "LVA", "DEU", 9.0),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hungary gets about 80 percent of its gas from Russia and Slovakia 85 percent.",
            [("imports", "HUN", "RUS", 80.0), ("imports", "SVK", "RUS", 85.0)],
        ),
        (
            "Of Nepal's total trade, 64 per cent is with India.",
            [("total_trade", "NPL", "IND", 64.0)],
        ),
        (
            "The two sides signed an accord; 30% of Georgia's wheat still comes from Russia.",
            [("imports", "GEO", "RUS", 30.0)],
        ),
    ],
)
def test_parts_told_by_where_they_go(
    text: str, expected: list[tuple[str, str, str, float]]
) -> None:
    assert shares(text) == expected


def test_growth_rates_in_a_row_are_no_shares() -> None:
    text = "Exports to Peru rose 5 percent, to Chile 7 percent and to Cuba 2 percent."
    assert shares(text, title="Trade of Mexico") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One in five tourists in Oman was from India.", ("tourists", "IND", "OMN", 20.0)),
        (
            "Two out of every five tourists in Oman came from India.",
            ("tourists", "IND", "OMN", 40.0),
        ),
        ("One out of every 10 imports into Mali came from Ghana.", ("imports", "MLI", "GHA", 10.0)),
        (
            "The share of Norway in Icelandic exports was 12 percent.",
            ("exports", "ISL", "NOR", 12.0),
        ),
        (
            "The share of exports to Norway in Iceland's total exports reached 12 percent.",
            ("exports", "ISL", "NOR", 12.0),
        ),
        ("Norway is Iceland's biggest market (12 percent).", ("exports", "ISL", "NOR", 12.0)),
    ],
)
def test_a_part_and_the_whole(text: str, expected: tuple[str, str, str, float]) -> None:
    assert shares(text) == [expected]


def test_the_owner_of_the_share_before_has_the_next_list() -> None:
    text = (
        "Oman takes 60% of Chad's exports. Other destinations are Peru, 6%; Togo and Mali, 4% each."
    )
    assert shares(text)[1:] == [
        ("exports", "TCD", "PER", 6.0),
        ("exports", "TCD", "TGO", 4.0),
        ("exports", "TCD", "MLI", 4.0),
    ]
    text = "Imports were made mainly from the following countries: Spain - 26.6% of total imports, Italy - 19.8%."
    assert shares(text, title="Niger's trade") == [
        ("imports", "NER", "ESP", 26.6),
        ("imports", "NER", "ITA", 19.8),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Malta and Peru followed Chad with 19 per cent and 16 per cent, respectively.",
        "Malta and Peru came second and third with 19 per cent and 16 per cent.",
    ],
)
def test_those_who_follow_have_parts_of_the_same_whole(text: str) -> None:
    told = shares(f"Chad took 45 percent of Togo's exports. {text}")
    assert told[1:] == [("exports", "TGO", "MLT", 19.0), ("exports", "TGO", "PER", 16.0)]


def test_a_share_of_a_whole_that_only_the_flow_before_names() -> None:
    text = "Peru imported tea from Malawi, representing 22% of the country's total tea exports."
    assert shares(text) == [("exports", "MWI", "PER", 22.0)]
    assert shares("The proportion of Omani exports taken by Iraq was 3%.") == [
        ("exports", "OMN", "IRQ", 3.0)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("59,4 pc of Chad's exports went to Mali.", [("exports", "TCD", "MLI", 59.4)]),
        (
            "Peru has imported 35 percent of the weapons from Spain.",
            [("imports", "PER", "ESP", 35.0)],
        ),
        (
            "Kenya's exports to Oman fell, and its share of Oman's imports was 4 percent.",
            [("imports", "OMN", "KEN", 4.0)],
        ),
        (
            "Over 44 per cent of Togo's FDI is contributed by Mali.",
            [("fdi_stock", "MLI", "TGO", 44.0)],
        ),
        ("Peru and Chile were visited; an estimated 27 per cent of the population is poor.", []),
        ("Peru was a large importer, ahead of Chile, with 8.4 per cent of global imports.", []),
    ],
)
def test_whose_part_and_of_what(text: str, expected: list[tuple[str, str, str, float]]) -> None:
    assert shares(text) == expected


def test_what_a_flow_consists_of() -> None:
    text = "Malta's trade with Libya was EUR 777m. Imports are dominated by energy (70%), while exports consist mainly of medicines (34%) and spare parts (13%)."
    assert shares(text, "Malta and Libya") == [
        ("imports", "MLT", "LBY", 70.0),
        ("exports", "MLT", "LBY", 34.0),
        ("exports", "MLT", "LBY", 13.0),
    ]
