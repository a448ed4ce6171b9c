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
