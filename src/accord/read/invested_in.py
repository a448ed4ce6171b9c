"""Investment told of a part of a year: what flowed in it, not all that there is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accord.model.period import Period
from accord.model.statement import Measure, Statement
from accord.read.patterns import lazy

__all__ = ["flowing_on", "of_flow"]

_ALL_OF_IT = lazy(
    r"\bstocks?\b|\bcumulative|\baccumulated|\bst[ao]nd(?:s|ing)?\s+at|\bstood\s+at|\bto\s+date\b|\bcurrently\b",
    re.IGNORECASE,
)


def _is_part(period: Period | None) -> bool:
    return period is not None and 60 < (period.end - period.start).days < 340


def of_flow(measure: Measure, named: Period | None, words: str) -> Measure:
    """The measure, where a sentence names the period: "the top investor in January-May"."""
    if measure is not Measure.FDI_STOCK or not _is_part(named) or _ALL_OF_IT.search(words):
        return measure
    return Measure.FDI_FLOW


def flowing_on(found: Sequence[Statement]) -> list[Statement]:
    """What goes on to be told of months in which investment flowed is of flows too."""
    flowed: set[Period] = set()
    done: list[Statement] = []
    for statement in found:
        period = statement.period
        if statement.measure is Measure.FDI_FLOW and period is not None and _is_part(period):
            flowed.add(period)
        stock = statement.measure is Measure.FDI_STOCK and period in flowed
        done.append(_as_flow(statement) if stock else statement)
    return done


def _as_flow(statement: Statement) -> Statement:
    return replace(statement, measure=Measure.FDI_FLOW, period_open=False)
