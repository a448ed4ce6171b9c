"""Places in lists that change hands, amounts in brackets, local money, totals of everyone."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.quantities import find_quantities
from accord.read.statements import find_statements


def read(text: str, day: str = "2021-06-15") -> tuple[Statement, ...]:
    at = date.fromisoformat(day)
    return find_statements(Document(text=text, source="test", published=PublicationDate(at, at)))


def flows(text: str, day: str = "2021-06-15") -> set[tuple[object, ...]]:
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
            "Denmark has lost its spot as Latvia's biggest trading partner to Finland.",
            ("ranking", "total_trade", "LVA", "FIN", 1.0),
        ),
        (
            "China is Chile's largest customer. Peru, which had long been one of Chile's top two customers, slipped to No. 4.",
            ("ranking", "exports", "CHL", "PER", 4.0),
        ),
        (
            "Norway was the largest investor in Latvia. Denmark, in second position with $5 billion, is followed by Finland with $3.4 billion.",
            ("ranking", "fdi_stock", "DNK", "LVA", 2.0),
        ),
        (
            "Norway was the largest investor in Latvia. Denmark, in second position with $5 billion, is followed by Finland with $3.4 billion.",
            ("figure", "fdi_stock", "FIN", "LVA", 3.4e9),
        ),
        (
            "Singapore is the largest source of FDI into Fiji with an inflow of $2 billion in 2019, followed by Tonga ($1 billion).",
            ("ranking", "fdi_flow", "SGP", "FJI", 1.0),
        ),
        (
            "Singapore is the largest source of FDI into Fiji with an inflow of $2 billion in 2019, followed by Tonga ($1 billion).",
            ("figure", "fdi_flow", "TON", "FJI", 1e9),
        ),
        (
            "Finns topped the list of holiday makers in Cyprus in May 2021.",
            ("ranking", "tourists", "FIN", "CYP", 1.0),
        ),
        (
            "Trade between Mercosur partners Uruguay and Paraguay fell 7.6% in May.",
            ("growth", "total_trade", "URY", "PRY", 7.6),
        ),
        (
            "Ghana took 21 percent of Togo's exports in 2014. Other export destinations apart from Ghana were Benin (8.2 percent of total export) and Mali (7.4%).",
            ("share", "exports", "TGO", "MLI", 7.4),
        ),
        (
            "China has overtaken the US to become Africa's top business partner, Malawi's president said.",
            ("ranking", "total_trade", "AFRICA", "CHN", 1.0),
        ),
        (
            "Peru accounted for 14 percent of Bolivia's imports, while Chile accounted for 12 percent and Paraguay for 7.2 percent.",
            ("share", "imports", "BOL", "PRY", 7.2),
        ),
        (
            "Norway made up 28 percent of Iceland's exports, followed by Spain with 13 percent.",
            ("share", "exports", "ISL", "NOR", 28.0),
        ),
        (
            "Exports from Benin to Togo, Mali and Niger all dropped in May.",
            ("growth", "exports", "BEN", "NER", None),
        ),
        (
            "115,985 tourists arrived in Cyprus from Israel in April.",
            ("figure", "tourists", "ISR", "CYP", 115985.0),
        ),
        (
            "Spain replaced Italy as the second largest export destination for Malta in 2020. France remained the country's top export partner.",
            ("ranking", "exports", "MLT", "FRA", 1.0),
        ),
        (
            "Exports to Spain, which is Malta's third largest market, saw 9.6 per cent (Y-o-Y) growth at $13.5 million.",
            ("figure", "exports", "MLT", "ESP", 13.5e6),
        ),
        (
            "Firms from Chad export to Mali via Niger, but trade between the two countries stood at just $2.7m in 2010.",
            ("figure", "total_trade", "TCD", "MLI", 2.7e6),
        ),
        (
            "Trade between Oman and Chad, which was at $2 billion, would be taken to $9 billion within a decade.",
            ("figure", "total_trade", "OMN", "TCD", 2e9),
        ),
        (
            "Togo's share in Benin's exports rose to 7.2% in 2020 from 5.3% the year before.",
            ("growth", "exports", "BEN", "TGO", None),
        ),
        (
            "Trade between EU member Latvia and Norway rose 5%.",
            ("growth", "total_trade", "LVA", "NOR", 5.0),
        ),
        (
            "Leading export markets of Iceland in 1998 were Spain (11 percent), Norway, and Denmark (9 percent each), and Italy (5 percent).",
            ("share", "exports", "ISL", "NOR", 9.0),
        ),
        ("India is Nepal's top oil source.", ("ranking", "imports", "NPL", "IND", 1.0)),
        (
            "Brazil was Portugal's top crude supplier in May, with 20 percent, while Angola's share dropped by seven percentage points.",
            ("growth", "imports", "PRT", "AGO", 7.0),
        ),
        (
            "Germany is the largest source of tourists to Malta with 33,893 visitors up 16 percent.",
            ("figure", "tourists", "DEU", "MLT", 33893.0),
        ),
        (
            "Brazil supplied 796,000 b/d to Portugal in May.",
            ("figure", "exports", "BRA", "PRT", 796000.0),
        ),
        ("Russia took 1/3 of Latvia's exports.", ("share", "exports", "LVA", "RUS", 33.3)),
        (
            "Spain took 12,5 per cent of Portuguese exports.",
            ("share", "exports", "PRT", "ESP", 12.5),
        ),
        (
            "Exports from Korea to Peru dropped 27-point-three percent to nine-point-two billion dollars.",
            ("figure", "exports", "KOR", "PER", 9.2e9),
        ),
    ],
)
def test_found(text: str, expected: tuple[object, ...]) -> None:
    assert expected in flows(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        (
            "Denmark has lost its spot as Latvia's biggest trading partner to Finland.",
            ("ranking", "total_trade", "LVA", "DNK", 1.0),
        ),
        (
            "Tonga is the largest investor in Fiji, followed by Samoa ($14 million).",
            ("ranking", "fdi_stock", "WSM", "FJI", 2.0),
        ),
        (
            "Sweden exported goods worth SEK 118 billion to Norway, six billion more than to Germany.",
            ("growth", "exports", "SWE", "NOR", 6e9),
        ),
        (
            "Angola was Portugal's top crude supplier in June, accounting for 30pc of the country's total crude imports of 2.6 million barrels per day.",
            ("figure", "imports", "PRT", "AGO", 2.6e6),
        ),
        (
            "Chad's exports to Mali fell to $3.4 million (CFAF 2 billion), down from $13 million (CFAF 7 billion) in April.",
            ("figure", "exports", "TCD", "MLI", 2e9),
        ),
        (
            "Exports from Peru to Chile fell to $9.2 billion in May, falling below the ten billion-dollar mark.",
            ("growth", "exports", "PER", "CHL", 1e10),
        ),
        (
            "Estonia turned out to be Latvia's second biggest trade partner.",
            ("event", "None", "EST", "LVA", None),
        ),
        (
            "Some 10,000 Israeli tourists arrived in Cyprus in April.",
            ("event", "None", "ISR", "CYP", None),
        ),
        (
            "Japan extended loan assistance of 10 billion Japanese Yen, about Rs. 10.4 billion, to Nepal.",
            ("figure", "loan", "JPN", "NPL", 10.4e9),
        ),
    ],
)
def test_not_read(text: str, absent: tuple[object, ...]) -> None:
    assert absent not in flows(text)


def test_one_fall_is_told_once_beside_conversions() -> None:
    found = flows("Chad's exports to Mali fell to $3.4 million (CFAF 2 billion), down from $13 million (CFAF 7 billion).")  # fmt: skip
    assert [f for f in found if f[0] == "growth"] == [("growth", "exports", "TCD", "MLI", None)]


def test_a_conversion_is_kept_beside_its_amount() -> None:
    (figure,) = (s for s in read("Nepal's exports to India reached Rs.520 crore ($80 million at the official rate).") if s.kind is Kind.FIGURE)  # fmt: skip
    assert (figure.value, figure.unit, figure.alt_value) == (5.2e9, "NPR", 8e7)


def test_the_year_before_a_bracket_dates_it() -> None:
    found = read("Peru's exports to Chile in 2022 stood at $3 billion, compared to 2021 ($2.5 billion).", "2023-02-01")  # fmt: skip
    periods = {s.value: s.period.start.year for s in found if s.period}
    assert periods == {3e9: 2022, 2.5e9: 2021}


def test_a_fiscal_quarter_may_be_written_as_one_word() -> None:
    (figure,) = read("India's exports to Kenya were $5 billion in Q1FY21.")
    assert figure.period is not None
    assert (figure.period.start.isoformat(), figure.period.end.isoformat()) == ("2020-04-01", "2020-06-30")  # fmt: skip


@pytest.mark.parametrize(
    "part", ["first quarter (Q1) of current fiscal year (2020-21)", "first three months of the ongoing fiscal"]
)  # fmt: skip
def test_parts_of_the_fiscal_year_under_way(part: str) -> None:
    (growth,) = read(f"Pakistan's exports to Oman fell 14 percent during the {part}.", "2020-10-27")
    assert growth.period is not None
    assert (growth.period.start.isoformat(), growth.period.end.isoformat()) == ("2020-07-01", "2020-09-30")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Rs.520 crore", 5.2e9, "INR"),
        ("Tsh 2 trillion", 2e12, "TZS"),
        ("N500 billion", 5e11, "NGN"),
        ("Cdn$5 billion", 5e9, "CAD"),
        ("€ 5 Mrd", 5e9, "EUR"),
        ("nine-point-two billion dollars", 9.2e9, "USD"),
        ("796,000 b/d", 796000.0, "barrels per day"),
    ],
)
def test_number_forms(text: str, value: float, unit: str) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.value, quantity.unit) == (value, unit)
