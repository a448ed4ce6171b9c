"""Dating: which period each quantity of a sentence is of.

Levels and changes take the mention that stands nearest; bases take one of their own, or
a year before the level that they are set against.
"""

from __future__ import annotations

import re

from accord.model.period import Granularity, Period
from accord.read.base_dates import date_base, date_from_base, flow_of, main_of, told_apart
from accord.read.changes import Place
from accord.read.long_growth import date_over, date_since
from accord.read.patterns import lazy
from accord.read.period_attachment import main_period, own_period, shifted
from accord.read.periods import PeriodMention, Role
from accord.read.quantities import Sort
from accord.read.scene import Memory, Scene
from accord.read.slots import Slot

__all__ = ["date_slots", "main_of"]


def date_slots(slots: list[Slot], scene: Scene, memory: Memory, bases: set[int]) -> None:
    """Give each quantity its period: levels and changes first, then their bases."""
    for index, slot in enumerate(slots):
        if slot.dropped or index in bases or _dated_by_bracket(slot, scene):
            continue
        own = own_period(index, scene)
        if (
            own is not None
            and own.role is Role.BEFORE
            and slot.reading
            and slot.reading.place is not Place.BY
        ):
            date_base(index, slots, scene, memory)
            continue
        if (opening := _opens_before(slot, scene)) is not None:
            slot.period, slot.rule = _earlier_year(memory.period, opening), "a year earlier"
            continue
        if _led_by_before(slot, scene):
            slot.period, slot.rule = (
                shifted(
                    main_of(index, slots) or memory.period,
                    _led_by_before(slot, scene) or PeriodMention(0, 0, 0, Role.BEFORE, shift=1),
                ),
                "a year earlier",
            )
            continue
        dated = (
            index + 1 if told_apart(index, slots) or _leads_to_level(index, slots, scene) else index
        )
        mention, rule = main_period(dated, scene, bases, memory)
        slot.mention, slot.rule = mention, rule
        slot.period, slot.open = _resolve(mention, memory, scene)
        slot.open = slot.open and not _whole_year(slot)
        if _until_month(slot, scene) and slot.period is not None:
            slot.period = Period.of_months(slot.period.end.year, 1, slot.period.end.month)
            slot.open = False
        if slot.reading and slot.reading.place is Place.BY:
            _date_earlier_change(index, slots, scene)
            date_since(index, slots)
            date_over(index, slots, scene)
    _split_spans(slots)
    for index in sorted(bases):
        if not slots[index].dropped:
            date_base(index, slots, scene, memory)
            date_from_base(index, slots, scene)
    _date_by_levels(slots)


def _date_by_levels(slots: list[Slot]) -> None:
    """ "Up 12% from 136 million in June 2023 to 153 million in June 2024": in the later one."""
    for slot in slots:
        if slot.dropped or slot.mention is not None or slot.topic is None:
            continue
        if slot.reading is None or slot.reading.place is not Place.BY:
            continue
        told = {
            s.period
            for s in slots
            if s.period
            and not s.dropped
            and s.quantity.start > slot.quantity.end
            and s.rule == "period after the number"
            and s.topic is not None
            and flow_of(s.topic) == flow_of(slot.topic)
        }
        if len(told) == 2 and len({_length(period) for period in told}) == 1:
            slot.period, slot.open = max(told, key=lambda period: period.end), False


_FLOWS = frozenset({"exports", "imports", "total_trade", "balance", "services_trade"})


_OPENED = lazy(r"\s*[(\[]\s*(?:about\s+|around\s+|some\s+)?")
_LEVELS = frozenset({Sort.MONEY, Sort.COUNT, Sort.AMOUNT})


def _dated_by_bracket(slot: Slot, scene: Scene) -> bool:
    """ "Down 5.3% compared to 2022 ($6.3 billion)": the year right before dates the bracket."""
    if slot.quantity.sort not in _LEVELS or scene.text[slot.quantity.end :][:1] not in {")", "]"}:
        return False
    for mention in scene.periods:
        if mention.period is not None and _OPENED.fullmatch(
            scene.text, mention.end, slot.quantity.core
        ):
            slot.mention, slot.rule = mention, "base: named before it"
            slot.period = mention.period
            return True
    return False


_BY_END = lazy(
    r"(?:by|at|as\s+of|to|until|till|through)\s+(?:the\s+)?end[\s-](?:of\s+)?", re.IGNORECASE
)
_UNTIL = lazy(r"(?:until|till)\s", re.IGNORECASE)
_MONTHS = frozenset({"month", "month without year"})


def _until_month(slot: Slot, scene: Scene) -> bool:
    """ "By the end of August they had earned": a flow since the year began."""
    mention = slot.mention
    if mention is None or mention.rule not in _MONTHS or slot.topic is None:
        return False
    return slot.topic.measure in _FLOWS and _ends_with(mention, scene)


def _ends_with(mention: PeriodMention, scene: Scene) -> bool:
    low = max(scene.start, mention.core - 20)
    if _UNTIL.match(scene.text, mention.start, mention.end):
        return True
    return _BY_END.search(scene.text, low, mention.end) is not None


def _whole_year(slot: Slot) -> bool:
    """ "Trade came to … at the end of 2018": a flow has no state, the year is meant."""
    named = slot.mention is not None and slot.mention.rule in {"end of year", "year"}
    return named and slot.topic is not None and slot.topic.measure in _FLOWS


def _split_spans(slots: list[Slot]) -> None:
    """ "between 2013 and 2016, from $4.2bn to $1.3bn": the levels are of the ends."""
    for slot in slots:
        if slot.dropped or slot.period is None or slot.reading is None or slot.share:
            continue
        years = slot.period.end.year - slot.period.start.year
        named = slot.mention is not None and slot.mention.rule == "years"
        based = any(s.reading and s.reading.place is Place.BASE and not s.dropped for s in slots)
        if (
            years
            and named
            and (slot.reading.place is Place.TO or (based and slot.reading.place is Place.LEVEL))
            and (based or slot.rule != "period after the number")
        ):
            slot.period = Period.of_year(slot.period.end.year)


def _leads_to_level(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "fell by a third to $123 million in 2010": rate and level share the period."""
    reading = slots[index].reading
    if index + 1 >= len(slots) or reading is None or reading.place is not Place.BY:
        return False
    end, following = slots[index].quantity.end, slots[index + 1].quantity
    if any(end <= p.start < following.start for p in scene.periods):
        return False
    return (
        re.fullmatch(
            r",?\s*(?:to|reaching|to\s+reach)\s*(?:an?\s+)?(?:record\s+)?",
            scene.text[end : following.start],
        )
        is not None
    )


def _earlier_year(period: Period | None, mention: PeriodMention) -> Period | None:
    """A year before: the whole of it, where months since January were spoken of."""
    if period is not None and period.granularity is not Granularity.FISCAL_YEAR:
        whole = period.start.month == 1 and period.end.year == period.start.year
        return (
            Period.of_year(period.end.year - mention.shift) if whole else shifted(period, mention)
        )
    return shifted(period, mention)


_OPENING = re.compile(r"\W*(?:(?:And|But|In|For|During)\s+)?", re.IGNORECASE)


def _opens_before(slot: Slot, scene: Scene) -> PeriodMention | None:
    """ "The previous year, trade between the two was almost $5 billion": of all that year."""
    if slot.reading is None or slot.reading.place not in {Place.LEVEL, Place.TO}:
        return None
    first = next(iter(scene.periods), None)
    if first is None or first.role is not Role.BEFORE or first.step != "year" or first.year:
        return None
    opened = _OPENING.fullmatch(scene.text, scene.start, first.start) is not None
    alone = all(p is first or p.start > slot.quantity.end + 60 for p in scene.periods)
    return first if opened and alone and scene.text.startswith(",", first.end) else None


_WHEN_IT_WAS = re.compile(
    r",?\s+when\s+(?:[\w'-]+\s+){1,8}?(?:was|were|amounted\s+to|stood\s+at|reached|totall?ed|came\s+to|equall?ed)\s+"
)


def _led_by_before(slot: Slot, scene: Scene) -> PeriodMention | None:
    """ "a year earlier it was 118,000 tonnes"."""
    for period in scene.periods:
        if period.role is Role.BEFORE and period.end <= slot.quantity.start:
            if _WHEN_IT_WAS.fullmatch(scene.text, period.end, slot.quantity.start):
                return period
            gap = scene.masked[period.end : slot.quantity.start]
            if re.fullmatch(
                r",?\s*[(\[]?(?:(?:it|they|the\s+(?:figure|total|value|number))\s+(?:was|were|had\s+been|stood\s+at|came\s+to)\s*)?(?:\S+\s+(?:tonnes|tons)\s+for\s*)?",
                gap,
            ):
                return period
    return None


def _date_earlier_change(index: int, slots: list[Slot], scene: Scene) -> None:
    """ "after a 33.59% gain the year before": a change of an earlier period."""
    slot = slots[index]
    lead = scene.text[max(scene.start, slot.quantity.start - 30) : slot.quantity.start]
    if not re.search(
        r"\b(?:after|following|against|compared\s+(?:with|to)|from)\s+(?:a\s+|an\s+|the\s+)?(?:\w+\s+(?:of\s+)?)?$",
        lead,
        re.IGNORECASE,
    ):
        return
    own = next(
        (
            p
            for p in scene.periods
            if p.role is Role.BEFORE and 0 <= p.start - slot.quantity.end < 40
        ),
        None,
    )
    main = main_of(index, slots)
    if own is not None and main is not None:
        slot.period, slot.rule = shifted(main, own), "earlier change"


def _resolve(
    mention: PeriodMention | None, memory: Memory, scene: Scene
) -> tuple[Period | None, bool]:
    if mention is None:
        return memory.period, memory.period_open
    if mention.role is Role.SAME:
        return _spoken_of(mention, memory, scene)
    if mention.role is Role.SINCE and memory.period and mention.period:
        for period in reversed([memory.period, *memory.periods]):
            if mention.period.start == period.start and period.end <= mention.period.end:
                return period, False
    return mention.period, mention.role is Role.AS_OF


def _spoken_of(mention: PeriodMention, memory: Memory, scene: Scene) -> tuple[Period | None, bool]:
    words = scene.text[mention.start : mention.end].lower()
    earlier = [p.period for p in scene.periods if p.end <= mention.start and p.period]
    if "that year" in words and earlier:
        named = next(p for p in reversed(scene.periods) if p.end <= mention.start and p.period)
        year = earlier[-1].start.year if named.role is Role.SINCE else earlier[-1].end.year
        return Period.of_year(year), False
    if "since then" in words:
        return _since(earlier[-1] if earlier else memory.anchor, mention, scene), False
    months = _months_named(words)
    if months:
        for period in reversed([*memory.periods, *earlier]):
            if _length(period) == months:
                return period, False
        so_far = _so_far(words, months, scene)
        if so_far is not None:
            return so_far, False
    later = [p.period for p in scene.periods if p.start > mention.end and p.role is Role.SPAN]
    ahead = next((p for p in later if p and p.granularity is not Granularity.DAY), None)
    if not earlier and not memory.period and ahead and len(later) == 1:
        return ahead, False  # "in the period under review …, a fall of 5% in July 2020"
    long = [p for p in memory.periods if p.granularity is not Granularity.DAY]
    told = memory.period or (long[-1] if long else None)
    return (earlier[-1] if earlier else told), memory.period_open


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


_COUNT_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}


def _months_named(words: str) -> int:
    match = re.search(r"(\w+)[\s-]+(month|quarter)", words)
    if match is None:
        return 0
    count = int(match.group(1)) if match.group(1).isdigit() else _COUNT_WORDS.get(match.group(1), 0)
    return count * (3 if match.group(2) == "quarter" else 1)


def _length(period: Period) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
