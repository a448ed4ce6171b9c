"""Workers, students and what they send home: from where, to where."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import QUANTITATIVE
from accord.read.statements import find_statements

Row = tuple[str, str, str | None, str | None, float | None]


def told(text: str) -> list[Row]:
    found = find_statements(Document(text=text, source="t"))
    return [
        (
            str(s.kind),
            str(s.measure),
            s.reporter,
            s.partner,
            s.change.value if s.change else s.value,
        )
        for s in found
        if s.kind in QUANTITATIVE
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The bureau says 14,209 Ghanaian workers received permits for Malta and 13,179 for Qatar.",
            [
                ("figure", "other", "GHA", "MLT", 14209),
                ("figure", "other", "GHA", "QAT", 13179),
            ],
        ),
        (
            "The number of Ghanaian workers leaving for Malta and Qatar was 19,601 and 26,958 respectively.",
            [
                ("figure", "other", "GHA", "MLT", 19601),
                ("figure", "other", "GHA", "QAT", 26958),
            ],
        ),
        (
            "Norway granted 1.2 lakh study permits to Ghanaian students in 2014.",
            [("figure", "other", "GHA", "NOR", 120000)],
        ),
        (
            "Ghana got $5 billion in remittances from Oman in 2017. Remittances from Malta and Spain went up to $2.9 billion and $2.7 billion respectively.",
            [
                ("figure", "other", "OMN", "GHA", 5e9),
                ("figure", "other", "MLT", "GHA", 2.9e9),
                ("growth", "other", "MLT", "GHA", None),
                ("figure", "other", "ESP", "GHA", 2.7e9),
            ],
        ),
        (
            "Malta is the highest remittance source for Ghana.",
            [("ranking", "other", "MLT", "GHA", 1)],
        ),
    ],
)
def test_people_and_their_money(text: str, expected: list[Row]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Arrivals in Malta of Peruvian visitors were 13,478. The second-highest number of tourists came from Chile. 7,774 came from Ghana and 7,442 from Mali.",
            [
                ("figure", "tourists", "PER", "MLT", 13478),
                ("ranking", "tourists", "CHL", "MLT", 2),
                ("figure", "tourists", "GHA", "MLT", 7774),
                ("figure", "tourists", "MLI", "MLT", 7442),
            ],
        ),
        (
            "In 2016 $1.9 million were sent to Malta from Peru through money transfer systems.",
            [("figure", "other", "PER", "MLT", 1.9e6)],
        ),
    ],
)
def test_where_most_come_from(text: str, expected: list[Row]) -> None:
    assert told(text) == expected


def test_whom_a_superlative_names_in_place() -> None:
    text = "Exports to Peru's biggest trading partner, Chile, fell 6.4 percent to $896 million in May 2020, while imports fell 5.7 percent."
    assert told(text) == [
        ("growth", "exports", "PER", "CHL", 6.4),
        ("ranking", "total_trade", "PER", "CHL", 1),
        ("figure", "exports", "PER", "CHL", 8.96e8),
        ("growth", "imports", "PER", "CHL", 5.7),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 23 Latvian companies have invested in Togo.", ("LVA", "TGO", 23.0, "companies")),
        (
            "Some 350 joint ventures with Korean capital operate in Oman.",
            ("KOR", "OMN", 350.0, "companies"),
        ),
        (
            "In Serbia, over 90 enterprises with Greek participation are registered.",
            ("GRC", "SRB", 90.0, "companies"),
        ),
        ("Oman is home to 400 Turkish companies.", ("TUR", "OMN", 400.0, "companies")),
        (
            "The number of Turkish firms working in Oman has exceeded 1,500.",
            ("TUR", "OMN", 1500.0, "companies"),
        ),
        (
            "The number of Egyptian workers in Oman reached 1.8 million.",
            ("EGY", "OMN", 1.8e6, "persons"),
        ),
        (
            "Some 400,000 Nepalis work in Oman, 300,000 in Qatar and 50,000 in Malta.",
            ("NPL", "MLT", 50000.0, "persons"),
        ),
        ("Latvia issued 12,000 visas to Indian workers.", ("IND", "LVA", 12000.0, "visas")),
    ],
)
def test_firms_workers_and_visas_counted(text: str, expected: tuple[object, ...]) -> None:
    read = find_statements(Document(text=text, source="t"))
    found = {(s.reporter, s.partner, s.value, s.unit) for s in read}
    assert expected in found
