"""One number for several: "by a quarter each", "deficits of over $2 billion with A and B"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from accord.model.statement import Measure, Statement
from accord.read.patterns import lazy
from accord.read.scene import Scene

__all__ = ["each_of", "joined_with"]

_EACH = lazy(r"\s+(?:each|apiece)\b")


def each_of(statement: Statement, scene: Scene) -> Iterator[Statement]:
    """ "Shipments to Malaysia and Taiwan sank by a quarter each": the same of the others."""
    value = next((t for t in statement.traces if t.name == "value"), None)
    if value is None or not (
        _EACH.match(scene.text, value.end) or _of_several(statement, value.start, scene)
    ):
        return
    for code in joined_with(statement.partner, scene):
        yield replace(statement, partner=code)
    for code in joined_with(statement.reporter, scene):
        yield replace(statement, reporter=code)


_PLURAL_BALANCE = lazy(
    r"\b(?:surpluses|deficits|imbalances)\s+(?:of\s+|larger\s+than\s+|above\s+|exceeding\s+|in\s+excess\s+of\s+|over\s+|more\s+than\s+|greater\s+than\s+|at\s+least\s+)+(?:[A-Z]{3}\s|\S)?$"
)


def _of_several(statement: Statement, start: int, scene: Scene) -> bool:
    """ "Deficits of more than $2 billion with Chile, Peru and Oman": one with each."""
    return statement.measure is Measure.BALANCE and (
        _PLURAL_BALANCE.search(scene.text, max(scene.start, start - 60), start) is not None
    )


def joined_with(code: str | None, scene: Scene) -> list[str]:
    """The others of the row of names in which a party stands."""
    rows: list[list[str]] = []
    for party in scene.parties:
        if party.joined and rows:
            rows[-1].append(party.code)
        else:
            rows.append([party.code])
    return next(([c for c in row if c != code] for row in rows if code in row), [])
