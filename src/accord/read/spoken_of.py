"""The period spoken of: which one "that year" or "the eight-month figure" takes up."""

from __future__ import annotations

import re

from accord.model.english import UNITS
from accord.model.period import Granularity, Period
from accord.read.later_rules import later_than
from accord.read.patterns import lazy
from accord.read.period_mentions import months_touched
from accord.read.periods import PeriodMention, Role
from accord.read.scene import Memory, Scene

__all__ = ["PARTS", "part_told", "spoken_of"]

PARTS = frozenset({"first months", "quarter", "half"})


def part_told(mention: PeriodMention, memory: Memory, scene: Scene) -> Period | None:
    """ "In the first quarter", of the fiscal or Iranian year whose first months were told."""
    named = mention.period
    words = scene.text[mention.start : mention.end]
    if named is None or named.start.month != 1 or re.search(r"\d{4}|year", words):
        return None
    alike = (p for p in reversed(memory.periods) if abs(p.days - named.days) < 6)
    told = next(alike, None)
    return told if told is not None and told.start.month in {3, 4, 7, 10} else None


def _told_before(mention: PeriodMention, memory: Memory, scene: Scene) -> list[Period]:
    """The periods named before in the sentence; no days ("hit by the floods of 5 May …")."""
    found = [p.period for p in scene.periods if p.end <= mention.start and p.period]
    days = memory.period is not None
    return [p for p in found if not (days and p.granularity is Granularity.DAY)]


def spoken_of(mention: PeriodMention, memory: Memory, scene: Scene) -> tuple[Period | None, bool]:
    """What a mention takes up, and whether its beginning is open."""
    if mention.rule == "a year later":
        return (later_than(memory.period, mention) if memory.period else None), False
    words = scene.text[mention.start : mention.end].lower()
    earlier = _told_before(mention, memory, scene)
    if "that year" in words and earlier:
        named = next(p for p in reversed(scene.periods) if p.end <= mention.start and p.period)
        year = earlier[-1].start.year if named.role is Role.SINCE else earlier[-1].end.year
        return Period.of_year(year), False
    if "since then" in words:
        return _since(earlier[-1] if earlier else memory.anchor, mention, scene), False
    alike = _part_of_year(words, memory) or _as_long(words, memory, earlier, scene)
    if alike is not None:
        return alike, False
    later = [p.period for p in scene.periods if p.start > mention.end and p.role is Role.SPAN]
    ahead = next((p for p in later if p and p.granularity is not Granularity.DAY), None)
    if not earlier and not memory.period and ahead and len(later) == 1:
        return ahead, False  # "in the period under review …, a fall of 5% in July 2020"
    long = [p for p in memory.periods if p.granularity is not Granularity.DAY]
    told = memory.period or (long[-1] if long else None)
    return (earlier[-1] if earlier else told), memory.period_open


_REPORTED = lazy(r"report|review|record|mention|said")


def _part_of_year(words: str, memory: Memory) -> Period | None:
    """ "In the reporting period", after a part of a year and then all of it: the part."""
    told = memory.period
    if told is None or told.granularity is not Granularity.YEAR or not _REPORTED.search(words):
        return None
    year = told.end.year
    parts = [p for p in memory.periods if p.end.year == year and 20 < p.days < 340]
    return parts[-1] if parts else None


def _as_long(words: str, memory: Memory, earlier: list[Period], scene: Scene) -> Period | None:
    """ "Over those eight months": the last period told that is as long."""
    months = _months_named(words)
    if not months:
        return None
    told = (p for p in reversed([*memory.periods, *earlier]) if months_touched(p) == months)
    return next(told, None) or _so_far(words, months, scene)


def _so_far(words: str, months: int, scene: Scene) -> Period | None:
    """ "The eight-month figure", after one of last year: of the year that runs."""
    if "-month " not in words or scene.today is None or months > 12:
        return None
    over = months <= scene.today.month
    return Period.of_months(scene.today.year - (0 if over else 1), 1, months)


def _since(anchor: Period | None, mention: PeriodMention, scene: Scene) -> Period | None:
    """From the time spoken of to the last one named in the sentence, else to today."""
    if anchor is None:
        return None
    start = (
        anchor.start.replace(month=1, day=1)
        if anchor.granularity is Granularity.YEAR
        else anchor.start
    )
    later = [
        p.period.end
        for p in scene.periods
        if p.start >= mention.end and p.period and p.role is Role.SPAN
    ]
    end = later[-1] if later else scene.today
    return Period.of_dates(start, end) if end and end >= start else anchor


_COUNT_WORDS = {UNITS[count]: count for count in range(2, 13)}


def _months_named(words: str) -> int:
    match = re.search(r"(\w+)[\s-]+(month|quarter)", words)
    if match is None:
        return 0
    count = int(match.group(1)) if match.group(1).isdigit() else _COUNT_WORDS.get(match.group(1), 0)
    return count * (3 if match.group(2) == "quarter" else 1)
