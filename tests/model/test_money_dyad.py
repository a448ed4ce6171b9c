from __future__ import annotations

import pytest
from hypothesis import given
from tests.strategies import dyads

from accord.model.dyad import Dyad
from accord.model.money import CurrencyMismatchError, Money


def test_money_reads_as_people_write_it() -> None:
    assert str(Money(18.78e9, "USD")) == "18.78 bn USD"
    assert str(Money(4.74e12, "CNY")) == "4.74 tn CNY"


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatchError):
        Money(1, "USD") + Money(1, "CNY")
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, "dollars")


def test_addition_and_conversion() -> None:
    assert Money(2, "USD") + Money(3, "USD") == Money(5, "USD")
    assert Money(10, "CNY").converted("USD", 0.15) == Money(1.5, "USD")


@given(dyads())
def test_undirected_dyads_forget_the_order(dyad: Dyad) -> None:
    assert dyad.undirected == dyad.reversed.undirected
    assert dyad.reversed.reversed == dyad
    assert Dyad.parse(str(dyad)) == dyad


def test_a_polity_has_no_relations_with_itself() -> None:
    with pytest.raises(ValueError, match="two different"):
        Dyad("RUS", "RUS")
