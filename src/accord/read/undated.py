"""Undated: the time of what is told without one, from the title or from the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from accord.model.period import Period
from accord.model.statement import Kind, Measure, Statement
from accord.read.folding import fold
from accord.read.periods import Role, find_periods
from accord.read.reckoning import Reckoning
from accord.read.scene import Memory

__all__ = ["dated_by_the_only", "period_of_title"]

_LEVELS = frozenset({Kind.FIGURE, Kind.GROWTH, Kind.RANKING, Kind.SHARE})


# Which of these a title names is told, with a preposition or without one ("June 1-20 exports").
_PARTS = frozenset(
    {
        "days of a month",
        "month range",
        "quarter",
        "half",
        "month",
        "first months",
        "month without year",
    }
)


def period_of_title(title: str | None, reckoning: Reckoning) -> Period | None:
    """ "Trade gap widens in October": what is told without a time of its own is of then."""
    found = find_periods(fold(title or ""), reckoning=reckoning)
    named = [p for p in found if p.period and p.role is Role.SPAN]
    told = [p.period for p in named if p.period and (p.start < p.core or p.rule in _PARTS)]
    return told[0] if len(told) == 1 and told[0].start != told[0].end else None


def dated_by_the_only(
    found: Sequence[Statement], memory: Memory, today: date | None
) -> list[Statement]:
    """What is told before the only period that a text names is of that period."""
    named = {period for period in memory.periods if period.start != period.end}
    if len(named) != 1 or (today is not None and next(iter(named)).start > today):
        return [*found]
    only = named.pop()
    bases = [s.change.base for s in found if s.change and s.change.base]
    if any(str(only.start.year) in base for base in bases):
        return [*found]  # "$3 billion, 7 percent more than in 2018": not of 2018
    levels = {s.sentence_start for s in found if s.kind is Kind.FIGURE}
    return [replace(s, period=only) if _can_be_dated(s, levels) else s for s in found]


def _can_be_dated(statement: Statement, levels: set[int]) -> bool:
    """Whether a statement lacks a time; not a deed ("the first to send aid") nor a trend
    without a number or a level beside it, which may go on ("exports are growing").
    """
    if statement.period is not None or statement.kind not in _LEVELS:
        return False
    if statement.kind is Kind.GROWTH:
        told = statement.change is not None and statement.change.value is not None
        return told or statement.sentence_start in levels
    return statement.measure is not Measure.OTHER
