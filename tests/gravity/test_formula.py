"""The formula form: what it takes apart, and that it says where it stops making sense."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import GravityError
from accord.gravity.columns import Columns
from accord.gravity.formula import Factor, parse_formula, parse_joins

FRAME = pl.DataFrame(
    {
        "year": [2000, 2001, 2000, 2001],
        "border": [True, True, False, False],
        "name": ["a", "b", "b", None],
        "x": [1.0, 2.0, 4.0, 8.0],
        "odd name": [1.0, 0.0, 0.0, 1.0],
    }
)


def regressors(text: str) -> dict[str, list[float]]:
    columns = Columns(FRAME)
    formula = parse_formula(f"x ~ {text} | year")
    found = [pair for term in formula.terms for pair in columns.term(term, formula.margins)]
    return {name: list(values) for name, values in found}


def test_parts_of_a_formula() -> None:
    formula = parse_formula("trade ~ rta + log(dist):border | exporter^year + sym(a, b) + pair")
    assert formula.response == "trade"
    assert [term.label for term in formula.terms] == ["rta", "log(dist):border"]
    assert [effect.columns for effect in formula.effects] == [
        ("exporter", "year"),
        ("a", "b"),
        ("pair",),
    ]
    assert [effect.symmetric for effect in formula.effects] == [False, True, False]
    assert formula.constant is False


@pytest.mark.parametrize(
    ("text", "labels", "constant"),
    [
        ("y ~ 1", [], True),
        ("y ~ 0 + x", ["x"], False),
        ("y ~ x - 1", ["x"], False),
        ("y ~ a*b", ["a", "b", "a:b"], True),
        ("y ~ a*b - a:b", ["a", "b"], True),
        ("y ~ x + x", ["x"], True),
        ("y ~ I(x - 1) + log(z)", ["I(x - 1)", "log(z)"], True),
    ],
)
def test_terms(text: str, labels: list[str], constant: bool) -> None:
    formula = parse_formula(text)
    assert [term.label for term in formula.terms] == labels
    assert formula.constant is constant


def test_factors() -> None:
    (term,) = parse_formula("y ~ i(year, border, ref=2001) | e").terms
    assert term.atoms == (Factor("year", "border", "2001"),)
    assert regressors("i(year, border)") == {
        "year::2000:border": [1, 0, 0, 0],
        "year::2001:border": [0, 1, 0, 0],
    }
    assert regressors("i(year)") == {"year::2001": [0, 1, 0, 1]}
    assert list(regressors("name:x")) == ["name::a:x", "name::b:x"]
    assert list(regressors("x + name:x")) == ["x", "name::b:x"]
    assert list(regressors("C(year)*x")) == ["year::2001", "x", "year::2001:x"]
    assert list(regressors("factor(year):name")) == [
        "year::2000:name::a",
        "year::2000:name::b",
        "year::2001:name::a",
        "year::2001:name::b",
    ]
    with pytest.raises(GravityError, match="GRA005"):
        regressors("i(year, ref=1990)")


def test_arithmetic() -> None:
    assert regressors("I(year >= 2001)") == {"I(year >= 2001)": [0, 1, 0, 1]}
    assert regressors("I(x**2 + 1)")["I(x**2 + 1)"] == [2, 5, 17, 65]
    assert regressors("border:x")["border:x"] == [1, 2, 0, 0]
    assert regressors("`odd name`")["odd name"] == [1, 0, 0, 1]


def test_conditions_hold_together_and_keep_what_is_missing() -> None:
    assert regressors("I(x > 1 and x < 8 and year == 2000)").popitem()[1] == [0, 0, 1, 0]
    assert regressors("I(1 < x <= 4)").popitem()[1] == [0, 1, 1, 0]
    assert regressors("I(not border or x > 4)").popitem()[1] == [0, 0, 1, 1]
    found = regressors("I(name == 'b')").popitem()[1]
    assert found[:3] == [0, 1, 1]
    assert math.isnan(found[3])
    assert regressors("x**2 + log10(x)")["x**2"] == [1, 4, 16, 64]
    with pytest.raises(GravityError, match="GRA001"):
        regressors("I(x == 'b')")


def test_joined_categories() -> None:
    columns = Columns(FRAME.with_columns(other=pl.Series(["b", "a", "b", "a"])))
    (pair,) = parse_joins("sym(name, other)")
    codes, count = columns.join(pair)
    assert count == 2
    assert codes.tolist() == [0, 0, 1, -1]
    (both,) = parse_joins("name^year")
    codes, count = columns.join(both)
    assert count == 3
    assert codes[3] == -1


@given(st.text(alphabet="abxy~|+:*^()`'1-, ", max_size=30))
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    with suppress(GravityError):  # anything else would be a defect
        parse_formula(text)


def test_text_and_dates_are_coded_in_sorted_order_whatever_the_frame() -> None:
    names = ["b", None, "a", "É", "zz", "", "a"]
    days = [date(2020, 1, 1), date(2019, 1, 1), None]
    for values, codes in ((names, [2, -1, 1, 4, 3, 0, 1]), (days, [1, 0, -1])):
        polars = pl.DataFrame({"name": values})
        for frame in (polars, polars.to_arrow()):
            found, levels = Columns(frame).codes("name")
            assert found.tolist() == codes
            assert levels == sorted({value for value in values if value is not None})
