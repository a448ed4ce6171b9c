"""How the business press of many countries puts it: dates in brackets, places, what is needed."""

from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.statements import find_statements

TODAY = date(2019, 11, 18)


def read(text: str) -> list[Statement]:
    published = PublicationDate(TODAY, TODAY)
    return list(find_statements(Document(text=text, source="press", published=published)))


def only(text: str, kind: Kind) -> list[tuple[str, str | None, str | None, float | None]]:
    return [(str(s.measure), s.reporter, s.partner, s.value) for s in read(text) if s.kind is kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenyan imports to Rwanda came to $210 million in 2018.",
            ("imports", "RWA", "KEN", 210e6),
        ),
        (
            "Filipinos working in Kuwait matter to the peso, with transfers worth $800 million.",
            ("other", "KWT", "PHL", 800e6),
        ),
        (
            "Ghana's exports to Togo were $90 million, while Benin exported goods "
            "worth $70 million.",
            ("exports", "BEN", "TGO", 70e6),
        ),
        (
            "Spain invested in 40 plants with a registered capital of $900 million in Tunisia "
            "as of May 2019.",
            ("fdi_stock", "ESP", "TUN", 900e6),
        ),
    ],
)
def test_whose_flow_it_is(text: str, expected: tuple[str, str, str, float]) -> None:
    assert expected in only(text, Kind.FIGURE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Italy holds fourth place in Tunisia's foreign trade.", ("total_trade", "TUN", "ITA", 4)),
        ("Benin ranks second in Togo's imports.", ("imports", "TGO", "BEN", 2)),
        (
            "Spain is the third largest (after Italy and France) supplier to Morocco.",
            ("imports", "MAR", "ESP", 3),
        ),
        (
            "Peru sold Chile goods worth $2 billion last year, which is an absolute record.",
            ("exports", "PER", "CHL", 1),
        ),
    ],
)
def test_places(text: str, expected: tuple[str, str, str, float]) -> None:
    assert expected in only(text, Kind.RANKING)


def test_what_is_needed_is_a_target() -> None:
    text = "We need to raise the trade between Oman and Jordan to $1 billion."
    assert only(text, Kind.TARGET) == [("total_trade", "OMN", "JOR", 1e9)]


def test_an_amount_up_from_another_is_a_level() -> None:
    text = "Zambia exported goods worth $96 million to Malawi up from $66 million a year earlier."
    assert only(text, Kind.FIGURE) == [
        ("exports", "ZMB", "MWI", 96e6),
        ("exports", "ZMB", "MWI", 66e6),
    ]
    assert [s.change.value for s in read(text) if s.change] == [None]


def test_trade_with_all_the_world_is_not_trade_with_one() -> None:
    text = (
        "Moldova's trade with Romania was $2 billion in 2018. This is 25 percent of Moldova's "
        "foreign trade, which amounts to $8 billion."
    )
    assert only(text, Kind.FIGURE) == [("total_trade", "MDA", "ROU", 2e9)]
    assert only(text, Kind.SHARE) == [("total_trade", "MDA", "ROU", 25)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "Trade between Peru and Chile topped $2 billion last year. "
            "The nine-month figure was $1.4 billion.",
            (date(2019, 1, 1), date(2019, 9, 30)),
        ),
        (
            "Trade between Peru and Chile is expected to reach $2 billion by year end.",
            (date(2019, 1, 1), date(2019, 12, 31)),
        ),
        (
            "Japan promised Laos $90 million in aid from 2017 to next year.",
            (date(2017, 1, 1), date(2020, 12, 31)),
        ),
        (
            "Trade between Togo and Benin rises. If in 2016 it was $50 million, in 2018 this "
            "figure grew by a third.",
            (date(2018, 1, 1), date(2018, 12, 31)),
        ),
        (
            "Iran exported goods worth $80 million to Oman in the first seven months of the "
            "current Iranian calendar year (March 21-October 22).",
            (date(2019, 3, 21), date(2019, 10, 22)),
        ),
        (
            "Iran sold Oman $120 million of goods in the past Iranian year (ended on March 20).",
            (date(2018, 3, 21), date(2019, 3, 20)),
        ),
        (
            "Iran sold Oman $20 million of goods in the first month of the Iranian year "
            "(started March 21, 2019).",
            (date(2019, 3, 21), date(2019, 4, 20)),
        ),
    ],
)
def test_periods(text: str, period: tuple[date, date]) -> None:
    last = read(text)[-1].period
    assert last is not None
    assert (last.start, last.end) == period


def test_trade_of_the_two_may_grow_without_a_number() -> None:
    text = "Oman and Jordan are close. The volume of trade between the two countries has grown."
    growth = [s for s in read(text) if s.kind is Kind.GROWTH]
    assert [(s.reporter, s.partner) for s in growth] == [("OMN", "JOR")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Spain topped the list of countries importing Tunisian goods with $400 million.",
            ("exports", "TUN", "ESP", 1),
        ),
        (
            "Russia accounted for the largest volume of Armenia's exports.",
            ("exports", "ARM", "RUS", 1),
        ),
        (
            "Cyprus is the most popular holiday destination for Lebanese tourists.",
            ("tourists", "LBN", "CYP", 1),
        ),
        (
            "Norway slid from second to third place on the list of countries sending most "
            "tourists to Iceland.",
            ("tourists", "NOR", "ISL", 3),
        ),
        (
            "Peru is Chile's largest trading partner in the region. Bolivia and Ecuador ranked "
            "second and third.",
            ("total_trade", "CHL", "ECU", 3),
        ),
        (
            "Canada was second among investors in Chile, while Spain topped the list.",
            ("fdi_stock", "ESP", "CHL", 1),
        ),
    ],
)
def test_lists(text: str, expected: tuple[str, str, str, float]) -> None:
    assert expected in only(text, Kind.RANKING)


@pytest.mark.parametrize(
    "text",
    [
        "Ghana saw FDI inflows of $3 billion in 2017, next to Nigeria with $4 billion.",
        "Foreign direct investment (FDI) in Laos reached $1 billion and Cambodia $3 billion.",
        "Turkey attracted $10 billion of foreign investment in 2015, Egypt $8 billion.",
    ],
)
def test_investment_from_anybody_is_from_nobody(text: str) -> None:
    assert only(text, Kind.FIGURE) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bahrain's investment in Jordan's economy is estimated at $1.7 billion.",
            ("fdi_stock", "BHR", "JOR", 1.7e9),
        ),
        (
            "In Kenya, Dutch investments reached $900 million, while India's investment was "
            "$300 million.",
            ("fdi_stock", "IND", "KEN", 300e6),
        ),
        (
            "Between 2003 and 2012 Chilean FDI in Peru totalled $4 billion.",
            ("fdi_flow", "CHL", "PER", 4e9),
        ),
        (
            "Bahrain experienced a surge in tourism from Kuwait, welcoming 1.2 million visitors.",
            ("tourists", "KWT", "BHR", 1.2e6),
        ),
        ("Nigeria imported N5.1 trillion of goods from China.", ("imports", "NGA", "CHN", 5.1e12)),
    ],
)
def test_who_invests_travels_and_buys(text: str, expected: tuple[str, str, str, float]) -> None:
    assert expected in only(text, Kind.FIGURE)


def test_a_year_after_a_conversion_is_that_of_the_amount() -> None:
    text = (
        "Trade between Ghana and Togo grew from R20 billion or about $1.6 billion in 2010 to "
        "R66 billion, about $6 billion, in 2014."
    )
    levels = [(s.value, s.period and s.period.end.year) for s in read(text) if s.value]
    assert levels == [(20e9, 2010), (66e9, 2014)]


def test_a_change_told_of_one_flow_is_not_that_of_the_next() -> None:
    text = (
        "Peru's exports to Chile came to $1.1 billion, a 78% increase over 2017, while imports "
        "totalled $625 million."
    )
    assert [s.measure for s in read(text) if s.kind is Kind.GROWTH] == ["exports"]


def test_goods_are_increased_by_a_rate() -> None:
    text = "Norway increased fish exports to Japan by 5.2 percent in the first half of 2018."
    assert [(s.reporter, s.partner) for s in read(text)] == [("NOR", "JPN")]


def test_months_joined_by_a_spaced_dash_are_one_span() -> None:
    text = "Trade between Peru and Chile in January - April 2019 was $300 million."
    (statement,) = read(text)
    assert statement.period is not None
    assert (statement.period.start, statement.period.end) == (date(2019, 1, 1), date(2019, 4, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Spain kept the status of the main trade partner of Cuba in 2018.",
            ("total_trade", "CUB", "ESP", 1),
        ),
        (
            "Cuba's trade with Spain was $900 million. The first place in the trade turnover is "
            "occupied by China.",
            ("total_trade", "CUB", "CHN", 1),
        ),
        (
            "Trade with Oman made up 12% of Yemen's overall trade, the highest percentage among "
            "its partners.",
            ("total_trade", "YEM", "OMN", 1),
        ),
        (
            "Laos is the fourth most important destination for Thai investors.",
            ("fdi_stock", "THA", "LAO", 4),
        ),
        (
            "Mali is Benin's largest partner by land. By sea, China was the biggest trading "
            "partner.",
            ("total_trade", "BEN", "CHN", 1),
        ),
    ],
)
def test_places_told_in_other_ways(text: str, expected: tuple[str, str, str, float]) -> None:
    assert expected in only(text, Kind.RANKING)


def test_the_size_of_the_whole_is_not_that_of_the_part() -> None:
    text = (
        "Trade with Mali makes up 2% of Benin's total trade turnover, which exceeded $3 billion "
        "in 2018."
    )
    assert only(text, Kind.FIGURE) == []


def test_partners_named_in_a_row_without_their_own_words() -> None:
    text = (
        "Figures for Benin are out. Trade with Mali came to $150 million, Niger ($149 million) "
        "and Togo ($86 million)."
    )
    assert only(text, Kind.FIGURE) == [
        ("total_trade", "BEN", "MLI", 150e6),
        ("total_trade", "BEN", "NER", 149e6),
        ("total_trade", "BEN", "TGO", 86e6),
    ]


def test_a_fall_from_year_to_year_spans_them() -> None:
    text = (
        "The trade volume between Togo and Benin has dropped by more than three times, from "
        "$37 million in 2015 to $12 million in 2018."
    )
    (growth,) = [s for s in read(text) if s.kind is Kind.GROWTH]
    assert growth.period is not None
    assert (growth.period.start.year, growth.period.end.year) == (2015, 2018)


def test_what_an_aim_is_to_achieve_is_a_target() -> None:
    text = "The aim of Oman and Jordan was to achieve trade worth $2 billion."
    assert only(text, Kind.TARGET) == [("total_trade", "OMN", "JOR", 2e9)]


def test_an_amount_alone_in_brackets_with_another_sign_is_a_conversion() -> None:
    text = (
        "Ugandan imports from Kenya fell to Shs2.2 trillion (Ksh60bn) in 2017 from "
        "Shs2.3 trillion (Ksh62bn) in 2016."
    )
    assert [s.value for s in read(text) if s.kind is Kind.FIGURE] == [2.2e12, 2.3e12]


def test_the_largest_investing_country_is_the_first_investor() -> None:
    text = (
        "Oman is the largest investing country in Yemen. Egypt ranks second in investments there."
    )
    assert only(text, Kind.RANKING)[0] == ("fdi_stock", "OMN", "YEM", 1)


def test_partners_that_follow_are_those_of_the_country_that_the_text_is_about() -> None:
    document = Document(
        text="Peru was the biggest partner, with two-way trade of $438 million, followed by "
        "Chile ($165 million) and Brazil ($164 million).",
        source="press",
        title="Bolivia's cross-border trade falls",
    )
    found = [s for s in find_statements(document) if s.kind is Kind.FIGURE]
    pairs = [{s.reporter, s.partner} for s in found]
    assert pairs == [{"BOL", "PER"}, {"BOL", "CHL"}, {"BOL", "BRA"}]


def test_those_among_whom_one_is_first_do_not_govern_its_name() -> None:
    text = "Among the African countries, Ghana topped the list for importing Brazilian goods."
    assert only(text, Kind.RANKING) == [("exports", "BRA", "GHA", 1)]
