"""Flows with all the world, and lists of countries, are no flows between two."""

from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.read.statements import find_statements


@pytest.mark.parametrize(
    "text",
    [
        "Foreign direct investment into Peru, from all sources, reached $9bn; Chile drew $12bn.",
        "Laos owed $10bn to its foreign creditors at the end of 2019, and Nepal $7bn.",
        "Reserves have dwindled to $3bn in Ghana and $2bn in Zambia, two weeks of imports.",
        "Italy sold €480bn of goods abroad in 2019; Spain did worse.",
    ],
)
def test_no_flow_between_those_named(text: str) -> None:
    found = find_statements(Document(text=text, source="world"))
    assert [s for s in found if s.value is not None] == []


def test_passing_a_mark_is_no_german_money() -> None:
    (statement,) = find_statements(
        Document(
            text="Trade between Iran and Iraq passed the $10 billion mark in 2018.", source="m"
        )
    )
    assert (statement.value, statement.unit) == (1e10, "USD")


def test_half_as_much_is_a_fall_to_half() -> None:
    text = "Kenya's exports to Ghana were $300m in 2018, half as much as in 2017."
    growth = find_statements(Document(text=text, source="half"))[1].change
    assert growth is not None
    assert (growth.value, growth.unit, growth.direction) == (0.5, "times", "down")


def test_putting_on_is_growing() -> None:
    (statement,) = find_statements(
        Document(text="Exports from Norway to Sweden put on 20 percent in 2018.", source="put")
    )
    assert statement.change is not None
    assert (statement.change.value, statement.change.direction) == (20.0, "up")
