"""The dates of what numbers are set against."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.period import Granularity, Period
from accord.read.changes import Place
from accord.read.own_periods import own_period
from accord.read.period_attachment import shifted
from accord.read.periods import PeriodMention, Role
from accord.read.scene import Memory, Scene
from accord.read.slots import Slot
from accord.read.topic import Topic

__all__ = ["date_base", "date_from_base", "flow_of", "last_of", "main_of", "told_apart"]


def _owner_of(slot: Slot, scene: Scene) -> PeriodMention | None:
    """ "Up from January's 7.62 billion", "last year's $32.7 billion"."""
    for period in scene.periods:
        if 0 < slot.quantity.start - period.end < 12 and period.role is Role.SPAN:
            gap = scene.text[period.end : slot.quantity.start]
            if re.fullmatch(r"'s?\s+(?:\w+\s+)?", gap) and period.period is not None:
                return period
    return None


def told_apart(index: int, slots: list[Slot]) -> bool:
    """Whether the next number is this one in other money: what dates it stands behind that."""
    following = slots[index + 1].quantity if index + 1 < len(slots) else None
    return following is not None and slots[index].alt is following


def date_base(index: int, slots: list[Slot], scene: Scene, memory: Memory) -> None:
    """Date what a number is set against ("from 3 million in 2010", "against 4 million")."""
    slot = slots[index]
    main = main_of(index, slots) or _span_before(slot, scene) or memory.period
    main = memory.period if _is_ahead(main, scene) else main
    own = _owner_of(slot, scene)
    own = own or own_period(index + told_apart(index, slots), scene, wide=True)
    own = _of_base(own, main)
    if own is not None and own.role is not Role.BEFORE:
        slot.period, slot.rule = own.period, "period after the number"
    elif own is not None:
        slot.period, slot.rule = shifted(main, own), "base: " + own.rule
    elif (
        re.search(r"\b[Ss]ince\s+then\b", scene.text[scene.start : slot.quantity.start])
        and memory.anchor
    ):
        slot.period, slot.rule = memory.anchor, "base: since then"
    else:
        before = [
            p for p in scene.periods if p.role is Role.BEFORE and p.start >= slot.quantity.end
        ]
        nearby = _base_mention(slot, scene)
        mention = nearby or (before[0] if before and not _taken(before[0], slots, index) else None)
        if mention is not None and mention.role is Role.BEFORE:
            slot.period = shifted(main, mention)
        elif (first := _first_of_span(index, slots, scene, memory)) is not None:
            slot.period, slot.rule = first, "base: start of a span"
            return
        elif _sets_against(index, slots):
            slot.period, slot.rule = main, "set against another flow"
            return
        elif main is not None and main.end.year - main.start.year > 1:
            slot.period = Period.of_year(main.start.year)
        elif (told := _base_before(index, slots, main)) is not None:
            slot.period = told  # "to 374 from 460", after "to 568 in January from 445 in December"
        elif memory.base is not None and memory.base[0] == main:
            slot.period = memory.base[1]  # "…, to 5.9 billion from 6.4 billion", as before
        else:
            slot.period = main.year_before if main else None
        slot.rule = "base: a year before"


def _is_ahead(main: Period | None, scene: Scene) -> bool:
    """ "To $5 billion by 2030 from $2 billion": no base of 2029."""
    return main is not None and scene.today is not None and main.start > scene.today


def _of_base(own: PeriodMention | None, main: Period | None) -> PeriodMention | None:
    """ "Against 5 billion last year": the same months, or the fiscal year before."""
    if own is None or own.rule != "relative year" or main is None:
        return own
    if main.granularity is Granularity.YEAR:
        return own
    return replace(own, role=Role.BEFORE, shift=1)


def _base_before(index: int, slots: list[Slot], main: Period | None) -> Period | None:
    """The time of a base that stands before in the sentence, set against the same period."""
    for place in range(index - 1, -1, -1):
        slot = slots[place]
        if slot.reading is None or slot.reading.place is not Place.BASE or slot.dropped:
            continue
        return slot.period if main_of(place, slots) == main else None
    return None


def date_from_base(index: int, slots: list[Slot], scene: Scene) -> None:
    """ "Fell to $345.6bn from $419.5bn in 2018", with no year of its own: in the next year."""
    base, told = slots[index], slots[index - 1] if index else None
    if told is None or told.mention is not None or base.rule != "period after the number":
        return
    if (
        base.period is None
        or base.period.granularity is not Granularity.YEAR
        or scene.today is None
    ):
        return
    if told.dropped or told.topic != base.topic or base.period.end.year >= scene.today.year:
        return
    if told.period is None or told.period.end <= base.period.end:
        told.period, told.open = Period.of_year(base.period.end.year + 1), False
        told.rule = "the year after its base"


def _span_before(slot: Slot, scene: Scene) -> Period | None:
    """ "dropped to nothing in January-June from 258,000": the span that is compared."""
    spans = [
        p.period for p in scene.periods if p.role is Role.SPAN and p.end <= slot.quantity.start
    ]
    return spans[-1] if spans else None


def _first_of_span(index: int, slots: list[Slot], scene: Scene, memory: Memory) -> Period | None:
    """ "from 1.2 to 2.4 billion between 2005 and 2008": the time at whose start it stood."""
    for slot in slots[index + 1 :]:
        if slot.mention is None or slot.dropped or slot.period is None:
            continue
        named = [*memory.periods, *(p.period for p in scene.periods if p.period)]
        spans = (p for p in reversed(named) if p.end == slot.period.end and p != slot.period)
        ends = _ends_of(slot.mention, next(spans, slot.period))
        if ends is not None:
            return ends[0]
    return None


def _ends_of(mention: PeriodMention, spoken: Period | None) -> tuple[Period, Period] | None:
    """The first and the last year of a span of years, or of two months side by side.

    ``spoken`` is what a mention of "the same period" stands for.
    """
    again = mention.role is Role.SAME
    period = spoken if again else mention.period
    if period is None or period.granularity is Granularity.DAY:
        return None
    whole = (period.start.month, period.start.day, period.end.month) == (1, 1, 12)
    if mention.rule == "years" or (again and whole and period.end.year > period.start.year):
        return Period.of_year(period.start.year), Period.of_year(period.end.year)
    if mention.rule == "months between" and 55 < (period.end - period.start).days < 63:
        first, last = period.start, period.end
        return Period.of_month(first.year, first.month), Period.of_month(last.year, last.month)
    return None


def last_of(slot: Slot) -> Period | None:
    """The time at the end of a span that dates a number, where it has two ends."""
    if slot.mention is None or slot.period is None:
        return None
    if slot.mention.role is not Role.SAME and slot.mention.period != slot.period:
        return None
    ends = _ends_of(slot.mention, slot.period)
    return ends[1] if ends is not None and ends[0] != ends[1] else None


def _sets_against(index: int, slots: list[Slot]) -> bool:
    """ "compared with $63.4 billion to China": another flow of the same period."""
    topic = slots[index].topic
    for slot in [*reversed(slots[:index]), *slots[index + 1 :]]:
        if slot.dropped or slot.reading is None or slot.topic is None:
            continue
        if slot.reading.place is not Place.BASE:
            return topic is not None and flow_of(slot.topic) != flow_of(topic)
    return False


def flow_of(topic: Topic) -> tuple[object, ...]:
    """Which flow a topic tells of, whichever side it is told from."""
    pair = (topic.reporter, topic.partner)
    mutual = topic.measure in {"total_trade", "services_trade"}
    return (topic.measure, frozenset(pair) if mutual else pair)


def _taken(mention: PeriodMention, slots: list[Slot], index: int) -> bool:
    """Whether another quantity stands between a base and the mention."""
    return any(slots[index].quantity.end <= s.quantity.start < mention.start for s in slots)


def _base_mention(slot: Slot, scene: Scene) -> PeriodMention | None:
    """ "against, a year earlier, 5 billion"."""
    for period in scene.periods:
        if period.role is Role.BEFORE and 0 <= slot.quantity.start - period.end < 12:
            return period
    return None


def main_of(index: int, slots: list[Slot]) -> Period | None:
    """The period of the level or change that a base belongs to."""
    for slot in [*reversed(slots[:index]), *slots[index + 1 :]]:
        period: Period | None = slot.period
        if period is None or slot.dropped or slot.reading is None:
            continue
        if slot.reading.place is not Place.BASE:
            return period
    return None
