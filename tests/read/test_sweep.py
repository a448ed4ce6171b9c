"""A sweep of the grammar: flows, clause orders, periods and pairs, with known answers."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind
from accord.read.statements import find_statements

PAIRS = (
    (("Kenya", "Kenyan", "KEN"), ("Poland", "Polish", "POL")),
    (("Chile", "Chilean", "CHL"), ("Vietnam", "Vietnamese", "VNM")),
)
FLOWS = (
    ("{a}'s exports to {b}", "exports", 1),
    ("{aa} sales of goods to {b}", "exports", 1),
    ("exports from {a} to {b}", "exports", 1),
    ("{a}'s imports from {b}", "imports", 1),
    ("{aa} purchases of {bb} goods", "imports", 1),
    ("imports of {bb} goods into {a}", "imports", 1),
    ("trade between {a} and {b}", "total_trade", 1),
    ("{aa}-{bb} trade", "total_trade", 1),
    ("{a}'s trade surplus with {b}", "balance", 1),
    ("{a}'s deficit with {b}", "balance", -1),
)
ORDERS = (
    "{Flow} rose 12 percent to $4.2 billion {when}.",
    "{Flow} rose by 12% {when}, reaching $4.2 billion.",
    "{Flow} came to $4.2 billion {when}, up 12% from a year earlier.",
    "{Flow} stood at $4.2 billion {when}, a 12 percent increase.",
    "{Flow} totalled $4.2 billion {when}, which is 12 per cent more than a year before.",
    "At $4.2 billion, {flow} rose 12 pct {when}.",
    "{When}, {flow} climbed 12% to $4.2 billion.",
    "{Flow} amounted to $4.2 billion {when}. That was 12 percent more than a year before.",
)
WHEN = (
    ("in 2018", date(2018, 1, 1), date(2018, 12, 31)),
    ("in January-April 2019", date(2019, 1, 1), date(2019, 4, 30)),
    ("in the final quarter of 2018", date(2018, 10, 1), date(2018, 12, 31)),
)
PUBLISHED = PublicationDate(date(2019, 5, 20), date(2019, 5, 20))


def capital(words: str) -> str:
    return words[0].upper() + words[1:]


@pytest.mark.parametrize(("flow", "order"), list(product(FLOWS, ORDERS)))
def test_level_and_rise_of_every_flow_in_every_order(
    flow: tuple[str, str, int], order: str
) -> None:
    words, measure, sign = flow
    for (first, second), (when, start, end) in product(PAIRS, WHEN):
        named = words.format(a=first[0], aa=first[1], b=second[0], bb=second[1])
        text = order.format(flow=named, Flow=capital(named), when=when, When=capital(when))
        found = find_statements(Document(text=text, source="sweep", published=PUBLISHED))
        told = {s.kind: s for s in found}
        assert set(told) == {Kind.FIGURE, Kind.GROWTH}, text
        growth, level = told[Kind.GROWTH], told[Kind.FIGURE]
        assert growth.change is not None
        assert (level.value, growth.change.value) == (sign * 4.2e9, 12.0), text
        for s in (growth, level):
            assert (str(s.measure), s.reporter, s.partner) == (measure, first[2], second[2]), text
            assert s.period is not None, text
            assert (s.period.start, s.period.end) == (start, end), text
