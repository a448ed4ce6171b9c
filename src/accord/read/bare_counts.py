"""Bare counts: "France took 54,000 and Italy 41,000", after tonnes, cars or students.

A number in groups of three that stands right after a party, without a unit, counts what
was counted last: in the sentence, else in the one before.
"""

from __future__ import annotations

from collections.abc import Sequence

from accord.read.numerals import parse_number
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.quantity import build_quantity

__all__ = ["with_bare_counts"]

_NUMBER = lazy(
    r"(?:'s?)?(?:\s+(?:[a-z]+ly|the\s+\w+|took|takes|bought|sent|sold|with|at|by|got|had|supplied|shipped|numbered|were|was|received|imported|exported|only|just|about|some|over|nearly|another|came|next|second|third))*"
    r"\s*[,:(-]?\s*(?P<number>\d{1,3}(?:,\d{3})+)(?=\s*(?:[,;.)]|$|and\b|while\b|but\b|from\b|in\b|this\b|last\b|ahead\b))"
)


def with_bare_counts(
    text: str,
    quantities: Sequence[Quantity],
    parties: Sequence[Party],
    context: tuple[int, str | None],
) -> list[Quantity]:
    """The quantities with the bare counts; ``context``: sentence end, unit counted before."""
    end, unit = context
    found = list(quantities)
    for party in parties:
        match = _NUMBER.match(text, party.end, end)
        number = parse_number(match.group("number")) if match else None
        if match is None or number is None:
            continue
        core, stop = match.span("number")
        counts = [q.unit for q in found if q.sort is Sort.COUNT and q.end <= core]
        unit_here = counts[-1] if counts else unit
        if unit_here is None or any(q.core < stop and core < q.end for q in found):
            continue
        found.append(
            build_quantity(text, (core, stop, party.end), Sort.COUNT, (number, 1.0, unit_here))
        )
    return sorted(found, key=lambda q: q.core)
