"""What a text takes up again: "it", "the bloc", "the latter", a place beside a figure."""

from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import QUANTITATIVE, Kind, Statement
from accord.read.sentences import find_sentences
from accord.read.statements import find_statements


def read(text: str, *, title: str | None = None) -> list[Statement]:
    document = Document(text=text, source="test", title=title)
    return [s for s in find_statements(document) if s.kind in QUANTITATIVE]


def flows(
    text: str, *, title: str | None = None
) -> list[tuple[str, str | None, str | None, float]]:
    return [
        (str(s.measure), s.reporter, s.partner, s.value or 0.0)
        for s in read(text, title=title)
        if s.kind is not Kind.GROWTH
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ghana is the Netherlands' third market in Africa. It imported €632 million of goods.",
            ("imports", "GHA", "NLD", 632e6),
        ),
        (
            "Chile and Peru are our partners; the latter sold Bolivia goods worth $40 million.",
            ("exports", "PER", "BOL", 40e6),
        ),
        (
            "Moldova joined a free trade area with the European Union in 2014. "
            "Its exports to the bloc came to $2 billion in 2021.",
            ("exports", "MDA", "EU", 2e9),
        ),
        (
            "Brazil paid Bolivia 878 million dollars for gas in 2005.",
            ("imports", "BRA", "BOL", 878e6),
        ),
    ],
)
def test_a_flow_takes_up_its_party(text: str, expected: tuple[str, str, str, float]) -> None:
    assert expected in flows(text)


@pytest.mark.parametrize(
    ("text", "rank", "reporter", "partner"),
    [
        ("Chilean exports to Peru came to $3 billion, the ninth largest.", 9, "CHL", "PER"),
        ("Norway has invested $9 billion in Latvia, second only to Sweden.", 2, "NOR", "LVA"),
        ("Norway has invested $9 billion in Latvia, second only to Sweden.", 1, "SWE", "LVA"),
        ("Trade between Peru and Chile peaked at $4 billion in 2013.", 1, "PER", "CHL"),
        ("Peru is Chile's second-largest trading partner after Brazil.", 2, "CHL", "PER"),
        ("Peru is Chile's second-largest trading partner after Brazil.", 1, "CHL", "BRA"),
        ("Peru is Chile's largest trading partner and donor.", 1, "PER", "CHL"),
        ("Haiti is the second-largest recipient of Canadian aid.", 2, "CAN", "HTI"),
    ],
)
def test_places(text: str, rank: int, reporter: str, partner: str) -> None:
    ranks = [s for s in read(text) if s.kind is Kind.RANKING]
    assert (rank, reporter, partner) in [(s.value, s.reporter, s.partner) for s in ranks]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Laos imported goods for $1.3 billion (68.5%) from Thailand in 2007.", {68.5}),
        (
            "Trade with Peru fell from 40% of Chile's total in 1961 to 22% in 1962.",
            {40.0, 22.0},
        ),
        ("Fiji sends 29 percent of its exports, mostly water, to Chile.", {29.0}),
    ],
)
def test_shares_go_on(text: str, values: set[float]) -> None:
    assert {s.value for s in read(text) if s.kind is Kind.SHARE} == values


def test_a_base_year_dates_no_level() -> None:
    found = read("Turnover between Peru and Chile was $108 million in 2015, 32.6% above 2014.")
    assert {s.period.start.year for s in found if s.period} == {2015}


def test_a_dash_in_brackets_ends_nothing() -> None:
    text = "It grew by 8 percent (exports - USD 142.9 mln, imports - USD 517 mln) in 2022."
    assert len(find_sentences(text)) == 1
