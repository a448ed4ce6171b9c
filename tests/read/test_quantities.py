"""Numbers, currencies, rates and multiples in the forms of the press since the 1980s."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.read.folding import fold
from accord.read.lexicons import read_rows, read_table
from accord.read.quantities import find_quantities


def only(text: str, **more: int) -> tuple[str, float, str]:
    """The one quantity in ``text``: its sort, value and unit."""
    found = find_quantities(fold(text), **more)
    assert len(found) == 1, found
    return str(found[0].sort), found[0].value, found[0].unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1.2 bln dlrs", 1.2e9, "USD"),
        ("355 mln dlrs", 355e6, "USD"),
        ("38.8 billion yen", 38.8e9, "JPY"),
        ("Rs 1.2 lakh crore", 1.2e12, "INR"),
        ("2,200 crore rupees", 22e9, "INR"),
        ("NT$5bn", 5e9, "TWD"),
        ("A$ 3 million", 3e6, "AUD"),
        ("HK$38.7 billion", 38.7e9, "HKD"),
        ("S$1.1 million", 1.1e6, "SGD"),
        ("C$2.8 million", 2.8e6, "CAD"),
        ("US$62 million", 62e6, "USD"),
        ("USD5.3bn", 5.3e9, "USD"),
        ("EUR 400 million", 400e6, "EUR"),
        ("5.3 bn. euros", 5.3e9, "EUR"),
        ("€3.2 billion", 3.2e9, "EUR"),
        ("5,4 billion euros", 5.4e9, "EUR"),
        ("1.2 billion marks", 1.2e9, "DEM"),
        ("3 billion Swiss francs", 3e9, "CHF"),
        ("1.5 billion Canadian dlrs", 1.5e9, "CAD"),
        ("two and a half billion dollars", 2.5e9, "USD"),
        ("one and a half billion dollars", 1.5e9, "USD"),
        ("twelve billion dollars", 12e9, "USD"),
        ("90 million U.S. dollars", 90e6, "USD"),
        ("JPY¥240 million", 240e6, "JPY"),
        ("$1283.447 million", 1283447000.0, "USD"),
        ("3.17 trillion CNY", 3.17e12, "CNY"),
        ("10 500 000 euros", 1.05e7, "EUR"),
        ("800 000 dollars", 8e5, "USD"),
        ("€10.500.000", 1.05e7, "EUR"),
        ("PLN 12.3 mld", 1.23e10, "PLN"),
        ("NIS 12 million", 1.2e7, "ILS"),
        ("3 billion in US currency", 3e9, "USD"),
        ("20 million FJ$", 2e7, "FJD"),
    ],
)
def test_money(text: str, value: float, unit: str) -> None:
    assert only(text) == ("money", value, unit)


@pytest.mark.parametrize(
    "form", ["1.9 percent", "1.9 per cent", "1.9 pct", "1.9 Pct", "1.9%", "1.9 p.c."]
)
def test_percent(form: str) -> None:
    assert only(form) == ("percent", 1.9, "percent")


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("3.2 percentage points", "percentage_points", 3.2),
        ("2 pct points", "percentage_points", 2.0),
        ("fell 4-fold", "times", 4.0),
        ("grew tenfold", "times", 10.0),
        ("two times lower", "times", 2.0),
        ("more than doubled", "times", 2.0),
        ("quintupled", "times", 5.0),
        ("almost one-third of", "fraction", 33.3),
        ("three quarters of", "fraction", 75.0),
        ("two-thirds of", "fraction", 66.7),
        ("shrank by a third in the first half", "fraction", 33.3),
        ("fell by half in 1986", "fraction", 50.0),
        ("by about a tenth", "fraction", 10.0),
        ("30,000 Vietnamese students", "count", 30000.0),
        ("1.46 MLN BPD", "count", 1.46e6),
        ("1.9 million tons", "count", 1.9e6),
    ],
)
def test_rates_multiples_counts(text: str, sort: str, value: float) -> None:
    assert only(text)[:2] == (sort, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9-10bn dollars", 9.5e9),
        ("between $5 and $6 billion", 5.5e9),
        ("10 to 12 billion dollars", 11e9),
        ("25-30 percent", 27.5),
    ],
)
def test_ranges_are_read_at_their_middle(text: str, value: float) -> None:
    found = find_quantities(text)
    assert [q.value for q in found] == [value]
    assert found[0].approx == "about"


@pytest.mark.parametrize(
    ("text", "approx"),
    [
        ("about $5 million", "about"),
        ("more than $5 million", "over"),
        ("well over $5 million", "over"),
        ("upwards of $5 million", "over"),
        ("not more than $5 million", "under"),
        ("up to $5 million", "under"),
        ("nearly $5 million", "nearly"),
        ("close to $5 million", "nearly"),
        ("$5 million", "exact"),
    ],
)
def test_approximation(text: str, approx: str) -> None:
    assert find_quantities(text)[0].approx == approx


def test_the_printed_precision_is_kept() -> None:
    assert find_quantities("$18.78 billion")[0].resolution == pytest.approx(0.01e9)
    assert find_quantities("$400 million")[0].resolution == pytest.approx(1e6)


def test_numbers_that_borrow_a_unit() -> None:
    assert [q.value for q in find_quantities("31.5 and 5.3 per cent respectively")] == [31.5, 5.3]
    assert [q.value for q in find_quantities("305,000 tonnes, up from 288,000")] == [
        305000.0,
        288000.0,
    ]


@pytest.mark.parametrize(
    "text",
    ["in 2014-15", "FY22", "the third quarter", "a third country", "the first half", "Q1 2021"],
)
def test_years_and_parts_of_years_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


def test_roubles_before_1992_are_soviet() -> None:
    assert only("5 billion roubles", year=1987)[2] == "SUR"
    assert only("5 billion roubles", year=1997)[2] == "RUB"


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    for quantity in find_quantities(folded):
        assert 0 <= quantity.start <= quantity.core < quantity.end <= len(folded)


def test_currency_rows_have_codes_and_places() -> None:
    for row in read_rows("currencies"):
        assert len(row["code"]) == 3, row
        assert row["code"].isupper(), row
        assert row["place"] in {"before", "after"}, row


def test_unit_rows_have_factors() -> None:
    for row in read_rows("units"):
        assert float(row["factor"]) > 0, row


def test_local_currencies_are_currency_codes() -> None:
    for default, family in read_table("local_currencies").items():
        assert len(default) == 3
        assert all(len(polity) == 3 and len(code) == 3 for polity, code in family.items())
