"""Wire copy: datelines, epithets, contrasts, lists, places told in passing, parts of a year."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.statements import find_statements


def read(text: str, day: str = "2020-06-15") -> tuple[Statement, ...]:
    at = date.fromisoformat(day)
    return find_statements(Document(text=text, source="test", published=PublicationDate(at, at)))


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
            "LIMA, June 3 (ANDINA) -- Exports to Chile rose 4 percent in May.",
            ("growth", "exports", "PER", "CHL", 4.0),
        ),
        (
            "NAIROBI: Kenya's exports to Egypt came to $150 million in 2019.",
            ("figure", "exports", "KEN", "EGY", 150e6),
        ),
        (
            "Sri Lanka bought $9 million of Danish butter in 2019. Polish sales to the island were $4 million.",
            ("figure", "exports", "POL", "LKA", 4e6),
        ),
        (
            "India bought $9 million of Danish butter in 2019. The South Asian giant took 7 percent of Danish exports.",
            ("share", "exports", "DNK", "IND", 7.0),
        ),
        (
            "Swedish exports to Norway fell 3% in May, and those to Finland sagged 8%.",
            ("growth", "exports", "SWE", "FIN", 8.0),
        ),
        (
            "Ghana's deficit with China was $2 billion in 2019, topping India's $1 billion.",
            ("figure", "balance", "GHA", "IND", -1e9),
        ),
        (
            "With Peru the shortfall of Bolivia came to $40 million in 2019.",
            ("figure", "balance", "BOL", "PER", -40e6),
        ),
        (
            "Some 40,000 Czechs visited Malta in 2019, 7% more than in 2018.",
            ("growth", "tourists", "CZE", "MLT", 7.0),
        ),
        (
            "Danish visitors to Cyprus numbered 12,000 in 2019, against 31,000 Swedes.",
            ("figure", "tourists", "SWE", "CYP", 31000.0),
        ),
        (
            "Main suppliers of Jordan in 2019: China ($3bn), Egypt ($0.5bn).",
            ("figure", "imports", "JOR", "EGY", 0.5e9),
        ),
        (
            "Serbian exports to Romania and Bulgaria grew by a fifth each in 2019.",
            ("growth", "exports", "SRB", "BGR", 20.0),
        ),
        (
            "Chile's salmon to Brazil up 12% in May",
            ("growth", "exports", "CHL", "BRA", 12.0),
        ),
        (
            "Morocco's tourist arrivals from France, Spain and Italy were down 5, 6 and 7 percent in May.",
            ("growth", "tourists", "ITA", "MAR", 7.0),
        ),
        (
            "Kenya's imports from Japan rocketed in 2019.",
            ("growth", "imports", "KEN", "JPN", None),
        ),
        (
            "CHINA'S IRAN OIL IMPORTS DOWN 40 PCT IN MAY",
            ("growth", "imports", "CHN", "IRN", 40.0),
        ),
        (
            "Ghana took 54,000 tonnes of Brazilian rice in 2019 and Togo 41,000.",
            ("figure", "imports", "TGO", "BRA", 41000.0),
        ),
        (
            "Latvia and Lithuania import all their tea from Kenya.",
            ("share", "imports", "LVA", "KEN", 100.0),
        ),
        (
            "Peru's exports to Chile in May were half of what they had been a year earlier.",
            ("growth", "exports", "PER", "CHL", 0.5),
        ),
        (
            "Malta's turnover with Egypt was 192.5 percent of last year's.",
            ("growth", "total_trade", "MLT", "EGY", 92.5),
        ),
        (
            "China, with 23 percent, was the biggest source of Ethiopian imports.",
            ("share", "imports", "ETH", "CHN", 23.0),
        ),
        (
            "Tonga and Samoa took 27.7% and 10.1% of Fiji's exports in 2019.",
            ("share", "exports", "FJI", "TON", 27.7),
        ),
        (
            "After falling 12% in 2018, Cuba's exports to Spain rose 3% in 2019.",
            ("growth", "exports", "CUB", "ESP", 12.0),
        ),
        (
            "Oman's exports to India were 2 million tonnes in 2019, another 1.4 in 2020.",
            ("figure", "exports", "OMN", "IND", 1.4e6),
        ),
    ],
)
def test_flows_of_wire_copy(text: str, expected: tuple[object, ...]) -> None:
    assert expected in flows(text)


@pytest.mark.parametrize(
    ("text", "reporter", "places"),
    [
        ("Exports to Chad, Benin's largest market, rose 4% in May.", "BEN", {"TCD": 1}),
        ("Togo overtook Mali as Benin's top supplier.", "BEN", {"TGO": 1}),
        (
            "Italy is Malta's main partner, followed by France and Spain.",
            "MLT",
            {"ITA": 1, "FRA": 2, "ESP": 3},
        ),
        ("Iraq is Jordan's second largest buyer after Egypt.", "JOR", {"IRQ": 2, "EGY": 1}),
        (
            "Cuba sold $5 million of cigars to Spain in 2019, second only to China.",
            "CUB",
            {"ESP": 2, "CHN": 1},
        ),
        ("After Italy, Greece is Albania's biggest partner.", "ALB", {"GRC": 2}),
        ("China topped the list of buyers of Peruvian copper in May.", "PER", {"CHN": 1}),
        (
            "Peru's exports to Chile surged 5 percent in May, making it the ninth-biggest market.",
            "PER",
            {"CHL": 9},
        ),
    ],
)
def test_places_told_in_passing(text: str, reporter: str, places: dict[str, int]) -> None:
    found = {s.partner: s.value for s in read(text) if s.kind is Kind.RANKING}
    assert found == places
    assert {s.reporter for s in read(text) if s.kind is Kind.RANKING} == {reporter}


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("in this year's first quarter", "2020-01-01", "2020-03-31"),
        ("in the final quarter of 2019", "2019-10-01", "2019-12-31"),
        ("in the first third of 2019", "2019-01-01", "2019-04-30"),
        ("in the first 20 days of May", "2020-05-01", "2020-05-20"),
        ("in 9M 2019", "2019-01-01", "2019-09-30"),
        ("in the six months from July 2019", "2019-07-01", "2019-12-31"),
        ("at the end of 2019", "2019-01-01", "2019-12-31"),
        ("by the end of April", "2020-01-01", "2020-04-30"),
    ],
)
def test_parts_of_a_year(words: str, start: str, end: str) -> None:
    (found,) = read(f"Kenya's exports to Egypt came to $150 million {words}.")
    assert found.period is not None
    assert (found.period.start.isoformat(), found.period.end.isoformat()) == (start, end)


def test_the_capital_stands_for_the_state_of_its_day() -> None:
    text = "Trade between Moscow and Helsinki came to 4 billion dollars in 1986."
    assert flows(text, "1987-02-01") == {("figure", "total_trade", "SUN", "FIN", 4e9)}
    assert flows(text, "1997-02-01") == {("figure", "total_trade", "RUS", "FIN", 4e9)}


def test_an_aside_does_not_date_a_sentence() -> None:
    found = read(
        "Fiji's exports to Tonga were $9 million in 2019. Sales to Samoa, which raised duties in March, fell to $2 million."
    )
    level = next(s for s in found if s.value == 2e6)
    assert level.period is not None
    assert level.period.start.year == 2019


def test_a_year_that_a_rate_is_set_against_is_the_base() -> None:
    found = read("Kenya's exports to Egypt came to $150 million in 2019, up 15% on 2018.")
    growth = next(s for s in found if s.kind is Kind.GROWTH)
    assert growth.period is not None
    assert growth.period.start.year == 2019
