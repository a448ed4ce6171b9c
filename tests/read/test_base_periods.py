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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ghana's exports to Togo were $10 million in 2001, $12 million in 2002, $15 million in 2003 and $20 million in 2004.",
            [(1e7, "2001"), (1.2e7, "2002"), (1.5e7, "2003"), (2e7, "2004")],
        ),
        (
            "Trade between Ghana and Togo grew from $9.3 million in 2012 to 18.13 in 2018.",
            [(9.3e6, "2012"), (None, "2012"), (1.813e7, "2018")],
        ),
        (
            "Ghana's trade with Togo was $3 million in 2015; seven years later it was $5 million.",
            [(3e6, "2015"), (5e6, "2022")],
        ),
        (
            "Ghana's trade with Togo was $3 million in 1990 and $4 million the following year, but only $2 million a decade later.",
            [(3e6, "1990"), (4e6, "1991"), (2e6, "2001")],
        ),
        (
            "Ghana's exports to Togo amounted to $3 million and $4 million in 2014 and 2015, respectively.",
            [(3e6, "2014"), (4e6, "2015")],
        ),
        (
            "In 2014 and 2015 Ghana's exports to Togo came to $3 million and $4 million, respectively.",
            [(3e6, "2014"), (4e6, "2015")],
        ),
        (
            "Ghana sold Togo goods worth $56 million in 2021. It was 17 percent more than the $48 million its firms had earned there during 2019.",
            [(5.6e7, "2021"), (17.0, "2019"), (4.8e7, "2019")],
        ),
        (
            "Togo welcomed 20,000 tourists from Ghana in 2023, beating the 17,000 visitors recorded in 2019. It was growth of 34 percent.",
            [(20000.0, "2023"), (17000.0, "2019"), (34.0, "2023")],
        ),
        (
            "Japan gave Laos a record $3 billion in aid in 2015, triple 2014.",
            [(3e9, "2015"), (3.0, "2015")],
        ),
        (
            "Trade between Ghana and Togo hit $59 million in 2014, up 107% from the year of 2005.",
            [(5.9e7, "2014"), (107.0, "2005")],
        ),
    ],
)
def test_each_number_has_the_year_beside_it(
    text: str, expected: list[tuple[float | None, str]]
) -> None:
    assert [(value, (period or "")[:4]) for value, period in dated(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trade between Peru and Chile rose this year, with volume growing 12.5% y/y to reach $39 million in January-June.",
            [(12.5, "2023-01-01/2023-06-30"), (3.9e7, "2023-01-01/2023-06-30")],
        ),
        (
            "By May 2022, trade between Peru and Chile came to $1.5 billion.",
            [(1.5e9, "2022-01-01/2022-05-31")],
        ),
        (
            "In this past quarter Peru exported goods worth $46 million to Chile.",
            [(4.6e7, "2023-04-01/2023-06-30")],
        ),
        (
            "Peru's firms invested $80 million in Chile between 1997 and August 2022.",
            [(8e7, "1997-01-01/2022-08-31")],
        ),
        (
            "From January 1 to May 12, 2023, 710,768 tourists came to Peru from Chile.",
            [(710768.0, "2023-01-01/2023-05-12")],
        ),
        (
            "Exports to Chile from Peru fell from $40m, $39m and $36m in May, June and July to $20m in August.",
            [
                (4e7, "2023-05-01/2023-05-31"),
                (None, "2023-08-01/2023-08-31"),
                (3.9e7, "2023-06-01/2023-06-30"),
                (3.6e7, "2023-07-01/2023-07-31"),
                (2e7, "2023-08-01/2023-08-31"),
            ],
        ),
        (
            "Nepal imported goods worth Rs 5 billion from India in the first eleven months of the fiscal year 2021/22.",
            [(5e9, "2021-07-16/2022-06-15")],
        ),
        (
            "Peru's trade with Chile was $45 million in January-June and $70 million in 2022 as a whole. With Cuba it was $2 million in the reporting period.",
            [
                (4.5e7, "2023-01-01/2023-06-30"),
                (7e7, "2022-01-01/2022-12-31"),
                (2e6, "2022-01-01/2022-12-31"),
            ],
        ),
        (
            "Peru's exports to Chile climbed to $14 million, the highest for the first half of any year. In January-June 2023 imports were $9 million.",
            [
                (1.4e7, "2023-01-01/2023-06-30"),
                (None, "2023-01-01/2023-06-30"),
                (9e6, "2023-01-01/2023-06-30"),
            ],
        ),
    ],
)
def test_parts_of_a_year(text: str, expected: list[tuple[float | None, str]]) -> None:
    found = dated(text, date(2023, 8, 15))
    assert [pair for pair in found if pair[0] != 1] == expected


@pytest.mark.parametrize(
    "title",
    ["Ghana: exports in May 2021", "Ghana's May 1-20 exports shrink", "Ghana trade, May 2021"],
)
def test_the_time_of_the_title_dates_what_has_none(title: str) -> None:
    document = Document(
        text="Exports to Peru shrank by 4 percent and those to Chile by 6 percent.",
        source="t",
        title=title,
        published=PublicationDate(date(2021, 6, 2), date(2021, 6, 2)),
    )
    assert [str(s.period.start) for s in find_statements(document) if s.period] == [
        "2021-05-01",
        "2021-05-01",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru's imports from Chile slipped 1.3 percent to $81 million in January-July, from last year's $82 million.",
            [
                (1.3, "2023-01-01/2023-07-31"),
                (8.1e7, "2023-01-01/2023-07-31"),
                (8.2e7, "2022-01-01/2022-07-31"),
            ],
        ),
        (
            "Peru shipped 3.5 percent less goods to Chile in the first half, to $51 million from the previous year's $53 million.",
            [
                (3.5, "2023-01-01/2023-06-30"),
                (5.1e7, "2023-01-01/2023-06-30"),
                (5.3e7, "2022-01-01/2022-06-30"),
            ],
        ),
        (
            "Trade between Peru and Chile from 1 April to 2 March of the 2016-2017 financial years was worth $1.33 billion.",
            [(1.33e9, "2016-04-01/2017-03-02")],
        ),
        (
            "Trade between Peru and Chile totalled $1.24 billion for the fiscal year from April 1 last year to March 2023.",
            [(1.24e9, "2022-04-01/2023-03-31")],
        ),
        (
            "Peru exported goods worth $51 million to Chile in May 2023, and $52 million in the following month.",
            [(5.1e7, "2023-05-01/2023-05-31"), (5.2e7, "2023-06-01/2023-06-30")],
        ),
        (
            "Peru's exports to Chile dipped from $58 million to $51 million between May and June 2023.",
            [
                (5.8e7, "2023-05-01/2023-05-31"),
                (None, "2023-06-01/2023-06-30"),
                (5.1e7, "2023-06-01/2023-06-30"),
            ],
        ),
        (
            "Trade between Peru and Chile hit $427 million in 2022-a 19 percent increase over 2021.",
            [(4.27e8, "2022-01-01/2022-12-31"), (19.0, "2022-01-01/2022-12-31")],
        ),
        (
            "Exports to Chile from Peru were $27 million in January-May. During the five months imports came to $21 million.",
            [(2.7e7, "2023-01-01/2023-05-31"), (2.1e7, "2023-01-01/2023-05-31")],
        ),
    ],
)
def test_whose_year_and_the_month_after(
    text: str, expected: list[tuple[float | None, str]]
) -> None:
    assert dated(text, date(2023, 8, 15)) == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        (
            "Chile was the top investor in Peru in January-May 2022. It held 35% of total investment.",
            ["fdi_flow", "fdi_flow"],
        ),
        (
            "In the first seven months of 2022 Chile topped the list of investors in Peru.",
            ["fdi_flow"],
        ),
        ("Chile is the largest investor in Peru, with $9 billion so far.", ["fdi_stock"]),
        ("Credits extended by China to Malawi amounted to $7 million.", ["loan"]),
        ("Aid extended by China to Malawi amounted to $7 million.", ["aid"]),
    ],
)
def test_what_flowed_and_what_was_lent(text: str, measures: list[str]) -> None:
    found = find_statements(Document(text=text, source="t"))
    assert [str(s.measure) for s in found if s.kind in QUANTITATIVE][: len(measures)] == measures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In January-July, Peru's exports to Chile rose by 12% from $40 million last year to $45 million in the same period this year.",
            [
                (12.0, "2023-01-01/2023-07-31"),
                (4e7, "2022-01-01/2022-07-31"),
                (4.5e7, "2023-01-01/2023-07-31"),
            ],
        ),
        (
            "Peru's imports from Chile in the first half grew to $45 million this year.",
            [(None, "2023-01-01/2023-06-30"), (4.5e7, "2023-01-01/2023-06-30")],
        ),
        (
            "In the first 20 days of this month Peru's exports to Chile fell by 27 percent.",
            [(27.0, "2023-08-01/2023-08-20")],
        ),
        (
            "Peru's exports to Chile fell by 27 percent during the Aug. 1-20 period.",
            [(27.0, "2023-08-01/2023-08-20")],
        ),
        (
            "Peru's exports to Chile in January, February, March and April reached $5 million.",
            [(5e6, "2023-01-01/2023-04-30")],
        ),
        (
            "Pakistan's exports to Peru were $3 million in the first 9 months of fiscal year 2019.",
            [(3e6, "2018-07-01/2019-03-31")],
        ),
        (
            "In the first semester of 2022 Peru's exports to Chile came to $12 million.",
            [(1.2e7, "2022-01-01/2022-06-30")],
        ),
        (
            "From January through to July Peru's exports to Chile came to $12 million.",
            [(1.2e7, "2023-01-01/2023-07-31")],
        ),
        (
            "Peru's exports to Chile came to $12 million in 2021 and 2022 combined.",
            [(1.2e7, "2021-01-01/2022-12-31")],
        ),
        (
            "Peru's exports to Chile during the first 11 months of 2022 reached $12 million, confirming that Chile was the fifth largest market in 2021.",
            [(1.2e7, "2022-01-01/2022-11-30")],
        ),
        (
            "Peru's exports to Chile grew from $1 million to $2 million between 2010 and 2015, while imports rose from $5 million to $8 million in the same period.",
            [
                (1e6, "2010-01-01/2010-12-31"),
                (None, "2010-01-01/2015-12-31"),
                (2e6, "2015-01-01/2015-12-31"),
                (5e6, "2010-01-01/2010-12-31"),
                (None, "2010-01-01/2015-12-31"),
                (8e6, "2015-01-01/2015-12-31"),
            ],
        ),
        (
            "Peru's exports to Chile were $20 million in 2022, nearly double what was seen in 2015.",
            [(2e7, "2022-01-01/2022-12-31"), (2.0, "2015-01-01/2022-12-31")],
        ),
    ],
)
def test_parts_and_the_year_they_are_of(
    text: str, expected: list[tuple[float | None, str]]
) -> None:
    assert [pair for pair in dated(text, date(2023, 8, 25)) if pair[0] != 5] == expected


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In the first eleven months of the year Peru's exports to Chile were $20 million.", "2023"),
        ("In the first quarter of the year Peru's exports to Chile are expected to be $20 million.", "2024"),
    ],
)  # fmt: skip
def test_a_part_of_the_year_that_is_over(text: str, year: str) -> None:
    ((_, period),) = dated(text, date(2024, 1, 18))
    assert period is not None
    assert period.startswith(year)


def test_the_year_of_an_undated_text_from_its_dates() -> None:
    found = dated(
        "Peru's president visited Chile on 5 May 2014. Trade between Peru and Chile was $50 million last year."
    )
    assert found == [(5e7, "2013-01-01/2013-12-31")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru's exports to Cuba were $1 million in May 2022. Those to Chile fell 6 percent, after a 3 percent fall in April 2022.",
            [(1e6, "2022-05-01/2022-05-31"), (6.0, "2022-05-01/2022-05-31"), (3.0, "2022-04-01/2022-04-30")],
        ),
        (
            "Peru's trade with Chile rose by 12 percent - or $7 million - in 2022.",
            [(12.0, "2022-01-01/2022-12-31"), (7e6, "2022-01-01/2022-12-31")],
        ),
        (
            "Peru and Chile plan to raise trade to $100 million by 2030 from present levels of $20 million.",
            [(1e8, "2030-01-01/2030-12-31"), (2e7, None)],
        ),
        (
            "Peru wants trade with Chile to reach $100 million, although it was only $20 million in 2022.",
            [(1e8, None), (2e7, "2022-01-01/2022-12-31")],
        ),
    ],
)  # fmt: skip
def test_what_stands_apart(text: str, expected: list[tuple[float | None, str | None]]) -> None:
    assert dated(text, date(2023, 8, 25)) == expected


def test_what_it_increased_from_is_not_when_it_did() -> None:
    found = dated(
        "Peru's trade with Chile came to $9 million in 2021. Exports rose by 32 per cent to $5 million from 2020."
    )
    assert [period for _, period in found] == ["2021-01-01/2021-12-31"] * 3


def test_goods_of_a_people_that_were_imported() -> None:
    (said,) = find_statements(
        Document(text="Chinese goods worth $10 million were imported into Peru.", source="t")
    )
    assert (str(said.measure), said.reporter, said.partner) == ("imports", "PER", "CHN")
