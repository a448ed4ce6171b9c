"""Periods of what a number is set against, and of the number itself."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import QUANTITATIVE
from accord.read.statements import find_statements


def dated(text: str, published: date | None = None) -> list[tuple[float | None, str | None]]:
    at = PublicationDate(published, published) if published else None
    found = find_statements(Document(text=text, source="t", published=at))
    return [
        (
            s.change.value if s.change else s.value,
            f"{s.period.start}/{s.period.end}" if s.period else None,
        )
        for s in found
        if s.kind in QUANTITATIVE
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru's sales to Chile were $87 million in May 2019, down 9 percent ($95 million in May 2018).",
            [
                (8.7e7, "2019-05-01/2019-05-31"),
                (9.0, "2019-05-01/2019-05-31"),
                (9.5e7, "2018-05-01/2018-05-31"),
            ],
        ),
        (
            "Trade between Peru and Chile was $2 billion in the period from January to August 2021.",
            [(2e9, "2021-01-01/2021-08-31")],
        ),
        (
            "Exports from Peru to Chile went up by 12 percent from $136 million in June 2013, against exports of $153 million in June 2014.",
            [
                (12.0, "2014-06-01/2014-06-30"),
                (1.36e8, "2013-06-01/2013-06-30"),
                (1.53e8, "2014-06-01/2014-06-30"),
            ],
        ),
        (
            "Trade between Peru and Chile was $2 billion in January-May 2021. This is 7% less than in the same period of 2020, when the turnover was $2.2 billion.",
            [
                (2e9, "2021-01-01/2021-05-31"),
                (7.0, "2021-01-01/2021-05-31"),
                (2.2e9, "2020-01-01/2020-05-31"),
            ],
        ),
        (
            "Trade between Peru and Chile was $2 billion in the first half of 2021. The previous year, bilateral trade was nearly $5 billion.",
            [(2e9, "2021-01-01/2021-06-30"), (5e9, "2020-01-01/2020-12-31")],
        ),
        (
            "Sales of Peru to Chile rose 8 percent to $46 million in the six months to June, compared to a similar period in 2021.",
            [(8.0, "2022-01-01/2022-06-30"), (4.6e7, "2022-01-01/2022-06-30")],
        ),
    ],
)
def test_periods_beside_their_bases(
    text: str, expected: list[tuple[float | None, str | None]]
) -> None:
    assert dated(text) == expected


def test_last_year_beside_a_fiscal_year_to_date_means_the_same_months() -> None:
    text = "Pakistan's exports to Peru were $5 million in July-April (2023-24) against $4 million last year."
    assert dated(text, date(2024, 5, 30)) == [
        (5e6, "2023-07-01/2024-04-30"),
        (4e6, "2022-07-01/2023-04-30"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The office told of its trade in January-May 2021. Peru's sales to Chile in the said period grew by a five percent rate.",
            [(5.0, "2021-01-01/2021-05-31")],
        ),
        (
            "Peru's surplus with Chile was $4 million in May 2021, the first surplus in five months.",
            [(4e6, "2021-05-01/2021-05-31")],
        ),
    ],
)
def test_periods_taken_up_or_only_counted(
    text: str, expected: list[tuple[float | None, str | None]]
) -> None:
    assert dated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pakistan's exports to Peru fell by 24.8 per cent in the first nine months of the ongoing fiscal.",
            [(24.8, "2018-07-01/2019-03-31")],
        ),
        (
            "Imports of Pakistan from Afghanistan were $59 million in FY 2017-18.",
            [(5.9e7, "2017-07-01/2018-06-30")],
        ),
        (
            "Peru's imports from Chile in the period under review were $4.2 million, a fall of 56 percent in July 2018.",
            [(4.2e6, "2018-07-01/2018-07-31"), (56.0, "2018-07-01/2018-07-31")],
        ),
    ],
)
def test_years_of_the_press(text: str, expected: list[tuple[float | None, str | None]]) -> None:
    assert dated(text, date(2019, 4, 26)) == expected
