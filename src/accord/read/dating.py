"""Dating: which period each quantity of a sentence is of.

Levels and changes take the mention that stands nearest; bases take one of their own, or
a year before the level that they are set against.
"""

from __future__ import annotations

import re

from accord.model.period import Granularity, Period
from accord.read.base_dates import date_base, date_from_base, flow_of, last_of, main_of, told_apart
from accord.read.changes import Place
from accord.read.long_growth import date_over, date_since
from accord.read.own_periods import own_period
from accord.read.part_and_year import in_its_year
from accord.read.patterns import lazy
from accord.read.period_attachment import main_period, shifted
from accord.read.period_mentions import months_touched
from accord.read.periods import PeriodMention, Role
from accord.read.quantities import Sort
from accord.read.scene import Memory, Scene
from accord.read.slots import Slot
from accord.read.spoken_of import PARTS, part_told, spoken_of
from accord.read.times_in_order import date_in_order

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
        mention = in_its_year(mention, scene)
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
    date_in_order(slots, scene)


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
        if len(told) == 2 and len({months_touched(period) for period in told}) == 1:
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
_UNTIL = lazy(r"(?:until|till|by|up\s+to|as\s+of|as\s+at)\s", re.IGNORECASE)
_MONTHS = frozenset({"month", "month without year"})


def _until_month(slot: Slot, scene: Scene) -> bool:
    """ "By (the end of) August they had earned": a flow since the year began."""
    mention = slot.mention
    if mention is None or mention.rule not in _MONTHS or slot.topic is None:
        return False
    flows = slot.topic.measure in _FLOWS | {"tourists"}
    return flows and _ends_with(mention, scene) and not _has_moved_by(slot, scene)


def _has_moved_by(slot: Slot, scene: Scene) -> bool:
    """ "By July they had fallen to $26 million": what they came to in July."""
    assert slot.mention is not None
    words = scene.text[slot.mention.start : slot.mention.end].lower()
    ahead = slot.period is None or (scene.today is not None and slot.period.end > scene.today)
    moved = slot.reading is not None and slot.reading.place is not Place.LEVEL
    return ahead or (moved and words.startswith("by ") and "end" not in words)


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
    based = any(s.reading and s.reading.place is Place.BASE and not s.dropped for s in slots)
    for slot in slots:
        if slot.dropped or slot.period is None or slot.reading is None or slot.share:
            continue
        last = last_of(slot)
        if (
            last is not None
            and (slot.reading.place is Place.TO or (based and slot.reading.place is Place.LEVEL))
            and (based or slot.rule != "period after the number")
        ):
            slot.period = last


def _leads_to_level(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "fell by a third to $123 million in 2010": rate and level share the period."""
    reading = slots[index].reading
    if index + 1 >= len(slots) or reading is None or reading.place is not Place.BY:
        return False
    end, following = slots[index].quantity.end, slots[index + 1].quantity
    between = [p for p in scene.periods if end <= p.start < following.start]
    if any(p.role is not Role.BEFORE for p in between):
        return False
    return _TO_LEVEL.fullmatch(scene.undated, end, following.start) is not None


_TO_LEVEL = lazy(
    r"(?:,?\s*\(?(?:year[- ](?:on|over)[- ]year|y/y|y-?o-?y|on[- ]year|annually"
    r"|(?:compared\s+(?:with|to)|from|over|on|against)\s+(?:the\s+(?:year\s+)?)?)\)?)?"
    r",?\s*(?:to|reaching|(?:and|to)\s+"
    r"(?:reach(?:ed)?|hit|total(?:led)?|(?:stand|stood)\s+at|amount(?:ed)?\s+to|c[ao]me\s+to))"
    r"\s*(?:an?\s+|the\s+)?(?:record\s+)?",
    re.IGNORECASE,
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
        return spoken_of(mention, memory, scene)
    if mention.rule in PARTS and (part := part_told(mention, memory, scene)) is not None:
        return part, False
    if mention.role is Role.SINCE and memory.period and mention.period:
        for period in reversed([memory.period, *memory.periods]):
            if mention.period.start == period.start and period.end <= mention.period.end:
                return period, False
    return mention.period, mention.role is Role.AS_OF
