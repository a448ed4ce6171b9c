"""A part of a year told apart from its year.

"In the first half … grew to $45 million this year", "$45 million in the same period this
year", "in the first eleven months of the year", told early in the next one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.period import Period
from accord.read.patterns import lazy
from accord.read.periods import PeriodMention, Role
from accord.read.scene import Scene

__all__ = ["in_its_year"]

_YEAR_NAMED = lazy(r"\d{4}|\b(?:this|last|previous)\s+year", re.IGNORECASE)
_THIS_YEAR = lazy(r"\s*(?:of\s+)?(?:this|the\s+current)\s+year\b", re.IGNORECASE)
_OF_THE_YEAR = lazy(r"of\s+the\s+year$", re.IGNORECASE)
_AHEAD = lazy(
    r"\b(?:will|would|could|may|expect\w*|forecast\w*|target\w*|aim\w*|plan\w*|hope\w*|likely)\b",
    re.IGNORECASE,
)


def _is_part(period: Period | None) -> bool:
    return period is not None and 20 < (period.end - period.start).days < 340


def in_its_year(mention: PeriodMention | None, scene: Scene) -> PeriodMention | None:
    """The mention with the year that other words of the sentence give it."""
    if mention is None:
        return None
    if mention.role is Role.SAME:
        return _same_this_year(mention, scene)
    if mention.rule == "relative year" and mention.period is not None:
        part = _part_before(mention, scene)
        return replace(mention, period=_moved(part, mention.period.end.year)) if part else mention
    return _of_the_year_past(mention, scene)


def _part_before(mention: PeriodMention, scene: Scene) -> Period | None:
    """The part of a year that a sentence names without its year, before a mention."""
    for earlier in reversed([p for p in scene.periods if p.end <= mention.start]):
        if earlier.role is Role.SPAN and _is_part(earlier.period):
            words = scene.text[earlier.start : earlier.end]
            return None if _YEAR_NAMED.search(words) else earlier.period
    return None


def _moved(period: Period, year: int) -> Period:
    return period.shifted(year - period.end.year)


def _same_this_year(mention: PeriodMention, scene: Scene) -> PeriodMention:
    part = _part_before(mention, scene)
    after = _THIS_YEAR.match(scene.text, mention.end)
    if part is None or after is None or scene.today is None:
        return mention
    period = _moved(part, scene.today.year)
    return replace(mention, role=Role.SPAN, period=period, rule="same months, this year")


def _of_the_year_past(mention: PeriodMention, scene: Scene) -> PeriodMention:
    """ "The first eleven months of the year" in January: of the year that is over."""
    period, today = mention.period, scene.today
    if today is None or period is None or not _is_part(period) or period.end <= today:
        return mention
    if mention.role is not Role.SPAN or period.start.year != today.year:
        return mention
    if _OF_THE_YEAR.search(scene.text, mention.start, mention.end) is None:
        return mention
    low = max(scene.start, mention.start - 80)
    if _AHEAD.search(scene.text, low, min(scene.end, mention.end + 60)):
        return mention
    return replace(mention, period=period.shifted(-1))
