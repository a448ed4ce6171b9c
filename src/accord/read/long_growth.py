"""Long growth: changes over several years, which end with a level or begin far back.

"Passed $191 billion in 2022, nearly double since 2014", "compared with 1990 they have
grown by 148 percent": the change is dated by all the years between.
"""

from __future__ import annotations

import re

from accord.model.period import Granularity, Period
from accord.read.patterns import lazy
from accord.read.periods import Role
from accord.read.scene import Scene
from accord.read.slots import Slot

__all__ = ["OVER_THE_YEARS", "date_over", "date_since"]

OVER_THE_YEARS = "over all the years since"
_SET_AGAINST = lazy(
    r"\b(?:(?:as\s+)?compared\s+(?:with|to)|in\s+comparison\s+(?:with|to)|relative\s+to|against|versus)\s+(?:the\s+year\s+|that\s+of\s+|in\s+)?$",
    re.IGNORECASE,
)


def date_since(index: int, slots: list[Slot]) -> None:
    """ "Exceeded $191 billion in 2022, nearly double since 2014": up to that level's year."""
    slot, told = slots[index], slots[index - 1] if index else None
    if slot.mention is None or slot.mention.role is not Role.SINCE or slot.period is None:
        return
    if told is None or told.dropped or told.period is None or told.topic != slot.topic:
        return
    if told.mention is not None and slot.period.start < told.period.start <= slot.period.end:
        slot.period = Period.of_dates(slot.period.start, min(told.period.end, slot.period.end))


def date_over(index: int, slots: list[Slot], scene: Scene) -> None:
    """ "Compared with 1990, exports have grown 148 percent": over all the years since."""
    slot = slots[index]
    if slot.period is None or slot.period.granularity is not Granularity.YEAR:
        return
    for mention in scene.periods:
        named = mention.period
        if named is None or mention.role is not Role.SPAN or mention.rule != "year":
            continue
        if _SET_AGAINST.search(scene.text, scene.start, mention.start) is None:
            continue
        last = slot.period.end.year
        if slot.mention is not mention and named.end.year < last - 1:
            slot.period = Period.of_years(named.start.year, last)
            slot.rule = OVER_THE_YEARS
        return
