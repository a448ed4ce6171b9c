"""Periods in text: dates, months, quarters, fiscal years, and the ways to name them.

A :class:`PeriodMention` is what stands in the text with what it resolves to. Some name
a period (``SPAN``), some its end only (``AS_OF``), some an earlier one relative to what
is being spoken of ("a year earlier", ``BEFORE``), some the one spoken of ("that year",
``SAME``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import accord.read.calendar_rules
import accord.read.fiscal_rules
import accord.read.iranian_years
import accord.read.part_year_rules
import accord.read.range_rules
import accord.read.relative_rules  # noqa: F401  (they declare their rules)
from accord.model.period import Period
from accord.read.later_rules import dated_on
from accord.read.patterns import lazy
from accord.read.period_mentions import MONTH, RULES, PeriodMention, Role
from accord.read.reckoning import Reckoning

__all__ = ["PeriodMention", "Role", "find_periods"]

_LEAD = lazy(
    r"(?:\b(?P<as_of>as\s+of|as\s+at|at\s+the\s+end\s+of|by\s+the\s+end\s+of|(?:by|at|through|to|until|till)\s+end[\s-](?:of\s+)?|up\s+to|until|till|end-|at\s+the\s+start\s+of)"
    r"|\b(?P<since>since)|\b(?:in|during|for|of|on|by|over|throughout|through|from|between|within|at|the))\s*(?:the\s+)?(?:year\s+|month\s+of\s+)?$",
    re.IGNORECASE,
)


_OF_ANY = lazy(r"\s+(?:of|in)\s+(?:any|every|each)\s+year\b")  # no time of its own

_ANY_MONTH = lazy(MONTH)


_ANY_DIGIT = lazy(r"\d")


def _present(words: str) -> set[str]:
    """Which of the words that rules need stand in a text."""
    lower = words.lower()
    found = {word for word in _NEEDED if word in lower}
    found.update(mark for mark in ("Q", "H") if mark in words)
    if _ANY_MONTH.search(words):
        found.add("M")
    if _ANY_DIGIT.search(words):
        found.add("D")
    return found


_NEEDED = sorted({word for _, _, needs, _ in RULES for word in needs} - {"M", "D", "Q", "H"})


@cache
def _compiled(place: int) -> re.Pattern[str]:
    """A rule's pattern, compiled when a text first needs it."""
    pattern, flags, _, _ = RULES[place]
    return re.compile(pattern, flags)


def find_periods(
    text: str, start: int = 0, end: int | None = None, *, reckoning: Reckoning | None = None
) -> list[PeriodMention]:
    """The period mentions in ``text[start:end]`` (folded text), in order, no overlaps."""
    end = len(text) if end is None else end
    at = reckoning or Reckoning()
    found: list[PeriodMention] = []
    present = _present(text[start:end])
    for place, (_, _, needs, handler) in enumerate(RULES):
        if needs.isdisjoint(present):
            continue
        for match in _compiled(place).finditer(text, start, end):
            mention = None if _OF_ANY.match(text, match.end()) else handler(match, at)
            if mention is not None:
                found.append(mention)
    return dated_on([_with_lead(text, m, start, at) for m in _longest(found)])


def _longest(found: list[PeriodMention]) -> list[PeriodMention]:
    kept: list[PeriodMention] = []
    for mention in sorted(found, key=lambda m: (m.core - m.end, m.core)):
        if all(mention.end <= k.core or mention.core >= k.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.core)


def _with_lead(text: str, mention: PeriodMention, floor: int, at: Reckoning) -> PeriodMention:
    """The preposition before it, which may change what it means."""
    match = _LEAD.search(text, max(floor, mention.core - 30), mention.core)
    if match is None:
        return mention
    mention = replace(mention, start=match.start())
    if mention.role is not Role.SPAN or mention.period is None:
        return mention
    if match.group("as_of"):
        return replace(mention, role=Role.AS_OF)
    if match.group("since") and at.today and at.today > mention.period.start:
        period = Period.of_dates(mention.period.start, at.today)
        return replace(mention, role=Role.SINCE, period=period, year=mention.period.start.year)
    return mention
