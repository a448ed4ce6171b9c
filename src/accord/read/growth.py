"""Growth: rates, multiples and absolute changes made into statements.

"Climbed to $174.9 million" is growth too: a direction without a rate.
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import replace

from accord.model.period import Granularity, Period
from accord.model.statement import Change, Kind, Statement, Trace
from accord.read.attachment import clause_start
from accord.read.changes import Place, Reading, verb_of_change
from accord.read.dating import main_of
from accord.read.levels import blank_statement, measure_of, same_clause
from accord.read.patterns import lazy
from accord.read.periods import PeriodMention, Role
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Scene
from accord.read.slots import RATES, Slot
from accord.read.targets import is_denied_number, is_hedged, target_cue

__all__ = ["bare_growth", "growth_statement"]


def growth_statement(index: int, slot: Slot, slots: list[Slot], scene: Scene) -> Statement:
    """A rate, multiple or absolute change as a growth statement."""
    quantity, topic, reading = slot.quantity, slot.topic, slot.reading
    assert topic is not None
    assert reading is not None
    unit = {Sort.POINTS: "percentage_points", Sort.TIMES: "times"}.get(quantity.sort, "percent")
    lead = scene.text[max(scene.start, quantity.start - 4) : quantity.start]
    halved = quantity.sort is Sort.FRACTION and quantity.value == 50.0 and not lead.endswith("by ")
    if halved and reading.direction == "down":
        quantity, unit = replace(quantity, value=0.5), "times"
    if quantity.sort in {Sort.MONEY, Sort.COUNT}:
        unit = quantity.unit
    period, base = _growth_span(index, slots, scene)
    slot.period = period
    change = Change(
        quantity.value, unit, reading.direction, base, quantity.decimals, _rate_currency(scene)
    )
    start = min(
        x
        for x in (
            topic.start if same_clause(scene, topic, quantity) else quantity.start,
            reading.start if reading.start >= scene.start else quantity.start,
            quantity.start,
        )
    )
    end = max(quantity.end, reading.end)
    statement = blank_statement(slot, scene, Kind.GROWTH, measure_of(topic, scene, quantity))
    statement = replace(
        statement,
        change=change,
        approx=quantity.approx,
        start=start,
        end=end,
        hedged=is_hedged(scene, quantity, target=False),
        negated=is_denied_number(scene, quantity),
    )
    return replace(
        statement,
        quote=scene.text[start:end],
        traces=(
            *statement.traces,
            Trace("change", reading.start, reading.end, f"direction {reading.direction}"),
        ),
    )


def _rate_currency(scene: Scene) -> str | None:
    match = re.search(
        r"\b(?:in|expressed\s+in|counted\s+in|measured\s+in|calculated\s+in|denominated\s+in)\s+(?:terms\s+of\s+)?(?:the\s+)?(?:US\s+|U\.S\.\s+)?(?P<a>yuan|renminbi|RMB|CNY|dollars?|USD|roubles?|rubles?|euros?)\b|\b(?P<b>yuan|dollar|ruble|rouble|euro|renminbi)-denominated",
        scene.text[scene.start : scene.end],
        re.IGNORECASE,
    )
    if match is None:
        return None
    word = (match.group("a") or match.group("b")).lower()
    return {
        "yuan": "CNY",
        "renm": "CNY",
        "rmb": "CNY",
        "cny": "CNY",
        "roub": "RUB",
        "rubl": "RUB",
        "euro": "EUR",
    }.get(word[:4], "USD")


def _growth_span(index: int, slots: list[Slot], scene: Scene) -> tuple[Period | None, str | None]:
    """The period that grew, and its base in the words of the text."""
    slot = slots[index]
    period = _later_of_two(slot)
    quantity = slot.quantity
    following = [p for p in scene.periods if quantity.end <= p.start]
    base = next(
        (
            p
            for p in following
            if p.role is Role.BEFORE or (_compared(scene, quantity, p) and not _is_day(p))
        ),
        None,
    )
    if base is not None and _dated_by_base(base, period, scene, quantity):
        period = _after_base(base, scene)
        return period, scene.text[base.core : base.end]
    if slot.mention is not None and slot.mention.role is Role.SINCE and period is not None:
        later = next(
            (
                s.period
                for s in slots[index + 1 :]
                if s.period and not s.dropped and s.reading and s.reading.place is not Place.BY
            ),
            None,
        )
        if later is not None and later.end > period.start:
            return Period.of_dates(period.start, later.end), str(period.start.year)
    levels = [
        s
        for s in slots
        if not s.dropped
        and s.reading
        and s.reading.place is Place.BASE
        and s.mention is None
        and s.period
    ]
    if base is not None and base.role is not Role.BEFORE and base.period and period:
        if base.period.end.year < period.end.year - 1:
            return Period.of_dates(base.period.start, period.end), scene.text[base.core : base.end]
        return period, scene.text[base.core : base.end]
    text = scene.text[base.core : base.end] if base else _yoy(scene, quantity)
    for other in levels:
        if (
            other.period
            and (period is not None or _reached(other, slots))
            and other.topic
            and slot.topic
            and other.topic.core == slot.topic.core
        ):
            target = _reached(other, slots) or period
            assert target is not None
            if (
                other.period.end.year < target.end.year - 1
                and other.period.granularity == target.granularity
            ):
                return Period.of_dates(other.period.start, target.end), str(other.period.start.year)
            return target, text or str(other.period.start.year)
    return period, text


def _later_of_two(slot: Slot) -> Period | None:
    """ "Fell 13 percent from 2018 to 2019": the second of two years that follow each other."""
    period = slot.period
    named = slot.mention is not None and slot.mention.rule == "years"
    if period is not None and named and period.end.year - period.start.year == 1:
        return Period.of_year(period.end.year)
    return period


_AGAINST = lazy(
    r"\b(?:than|from|compared\s+(?:with|to)|above|below|on|against|versus)\s+(?:in\s+|the\s+|that\s+of\s+|those\s+of\s+|levels?\s+(?:of|in)\s+|what\s+it\s+was\s+in\s+)*$",
    re.IGNORECASE,
)


def _dated_by_base(
    base: PeriodMention, period: Period | None, scene: Scene, quantity: Quantity
) -> bool:
    """ "Down 2.9% on 2019": the one period named is what it is compared with."""
    if base.role is not Role.SPAN or base.period is None or period not in (None, base.period):
        return False
    if base.period.granularity is Granularity.DAY:
        return False
    return _AGAINST.search(scene.text[quantity.end : base.core]) is not None


def _after_base(base: PeriodMention, scene: Scene) -> Period | None:
    """The period that grew: another one named, else the year after where that is the last."""
    assert base.period is not None
    others = [p.period for p in scene.periods if p is not base and p.role is Role.SPAN and p.period]
    if others:
        return others[0]
    following = base.period.year_after
    recent = scene.today is None or following.end.year >= scene.today.year - 1
    return following if recent else None


def _is_day(mention: PeriodMention) -> bool:
    """ "fell by half after the closure on 17 July": a day is no base."""
    return mention.period is not None and mention.period.start == mention.period.end


def _reached(base: Slot, slots: list[Slot]) -> Period | None:
    rates = RATES | {Sort.TIMES}
    for slot in slots:
        if slot.dropped or slot.quantity.sort in rates or not _same_topic(slot, base):
            continue
        if slot.reading and slot.reading.place in {Place.TO, Place.LEVEL}:
            return slot.period
    return None


def _same_topic(one: Slot, other: Slot) -> bool:
    return one.topic is not None and other.topic is not None and one.topic.core == other.topic.core


def _compared(scene: Scene, quantity: Quantity, period: PeriodMention) -> bool:
    gap = scene.text[quantity.end : period.core]
    return (
        len(gap) < 70
        and re.search(
            r"\b(?:than|from|compared\s+(?:with|to)|over|above|below|on|against)\s+(?:that\s+of\s+|in\s+|the\s+|those\s+of\s+|levels?\s+(?:of|in)\s+|what\s+it\s+was\s+in\s+)*$",
            gap,
            re.IGNORECASE,
        )
        is not None
        and re.search(r"[;]|\band\b", gap) is None
    )


def _yoy(scene: Scene, quantity: Quantity) -> str | None:
    match = re.search(
        r"year[- ]on[- ]year|year[- ]over[- ]year|\by/y\b|\byoy\b|\by-o-y\b|on\s+(?:the|a)\s+year|annual(?:ly)?|yearly|month[- ]on[- ]month|quarter[- ]on[- ]quarter",
        scene.text[max(scene.start, quantity.start - 40) : min(scene.end, quantity.end + 50)],
        re.IGNORECASE,
    )
    return (
        "a year earlier"
        if match and not match.group().lower().startswith(("month", "quarter"))
        else match.group()
        if match
        else None
    )


_MEANT_TO = lazy(
    r"\b(?:seek|want|plan|hope|aim|intend|wish|need|determined|determination|decided|agreed|ready|willing|keen|efforts?|bid|commitment)\w*\s+(?:\w+\s+){0,2}to\s+(?:further\s+)?$"
)


def bare_growth(index: int, slots: list[Slot], scene: Scene) -> list[Statement]:
    """ "climbed to $174.9 million": a direction without a rate."""
    slot = slots[index]
    topic, quantity = slot.topic, slot.quantity
    cue = _bare_cue(index, slots, scene)
    if cue is None or topic is None or _told_otherwise(index, slots, scene):
        return []
    if _MEANT_TO.search(scene.text, scene.start, cue.start):
        return []  # "seeks to increase trade, which came to $10 billion"
    if target_cue(
        scene, quantity, floor=clause_start(scene.text, scene.start, cue.start), change=True
    ):
        return []  # "hoped to increase trade from $2.3 billion to $5 billion"
    last = index
    if index + 1 < len(slots) and _reaches(slots[index + 1], slot):
        last = index + 1
    first = _base_before(index, slots)
    period, base = _span_of(index, last if last != index or first is None else first, slots)
    period = _since_spoken_of(cue, slot, period, scene)
    if slot.reading and slot.reading.place is Place.BASE and last == index:
        period, base = _from_base(index, slots)
    years = slots[last].mention or slot.mention
    if years is not None and years.rule == "years" and years.period is not None:
        period = years.period  # "shrank from 5.6 to 3.9 billion between 1997 and 2000"
    start = min(topic.start if same_clause(scene, topic, quantity) else cue.start, cue.start)
    end = slots[last].quantity.end
    statement = blank_statement(slot, scene, Kind.GROWTH, measure_of(topic, scene, quantity))
    return [
        replace(
            statement,
            start=start,
            end=end,
            quote=scene.text[start:end],
            change=Change(None, None, cue.direction, base),
            period=period,
            traces=(
                *statement.traces,
                Trace("change", cue.start, cue.end, f"direction {cue.direction}, no rate"),
            ),
        )
    ]


def _base_before(index: int, slots: list[Slot]) -> int | None:
    """ "from $4.3 million in 2001 sales grew to $710 million": the base told first."""
    if not index or slots[index].reading is None or slots[index].reading.place is not Place.TO:  # type: ignore[union-attr]
        return None
    last = slots[index - 1]
    based = last.reading is not None and last.reading.place is Place.BASE and not last.dropped
    return index - 1 if based and _same_topic(last, slots[index]) else None


_PLUPERFECT = re.compile(r"\b(?:had|has|have)\s+(?:since\s+|then\s+|more\s+than\s+)*$")


def _since_spoken_of(
    cue: Reading, slot: Slot, period: Period | None, scene: Scene
) -> Period | None:
    """ "and had shrunk to $148 million by 2015": from the year told last before."""
    if period is None or slot.mention is None or slot.mention.period is None:
        return period
    by = scene.text[slot.mention.start : slot.mention.end].lower().startswith("by ")
    since = "since" in scene.text[max(scene.start, cue.start - 12) : cue.start]
    if not (by or since) or not _PLUPERFECT.search(
        scene.text[max(scene.start, cue.start - 24) : cue.start]
    ):
        return period
    earlier = [
        p.period
        for p in scene.periods
        if p.period and p.end <= cue.start and p.period.end.year < period.end.year
    ]
    return Period.of_dates(earlier[-1].start, period.end) if earlier else period


def memory_period(slots: list[Slot]) -> Period | None:
    """The first period that any quantity of the sentence has."""
    return next((s.period for s in slots if s.period), None)


def _bare_cue(index: int, slots: list[Slot], scene: Scene) -> Reading | None:
    """The verb of change that leads to a level, or away from a base."""
    reading, quantity = slots[index].reading, slots[index].quantity
    if reading is None:
        return None
    if reading.place is Place.TO and reading.direction:
        clause = clause_start(scene.text, scene.start, quantity.start)
        return reading if reading.start >= clause else None
    if reading.place is Place.LEVEL:
        return _elided(index, slots, scene)
    inherited = _inherited_cue(index, slots, scene)
    if inherited is not None:
        return inherited
    if reading.place is not Place.BASE:
        return None
    floor = slots[index - 1].quantity.end if index else scene.start
    return verb_of_change(scene.masked, max(floor, quantity.start - 60), quantity.start)


def _inherited_cue(index: int, slots: list[Slot], scene: Scene) -> Reading | None:
    """ "… rose from 27 to 440, and exports to Turkey from 1.7 to 36": the same direction."""
    slot = slots[index]
    if index < 2 or slots[index - 1].reading is None or slot.reading is None:
        return None
    last = slots[index - 1]
    if last.reading is None or last.reading.place is not Place.BASE or not _same_topic(last, slot):
        return None
    if not re.search(r"\bto\s+(?:\w+\s+)?$", scene.text[last.quantity.end : slot.quantity.start]):
        return None
    if verb_of_change(scene.masked, slots[index - 2].quantity.end, slot.quantity.start):
        return None
    for earlier in reversed(slots[: index - 1]):
        if earlier.reading and earlier.reading.place is Place.TO and earlier.reading.direction:
            return replace(earlier.reading, start=last.quantity.start, end=slot.quantity.start)
    return None


_LED_TO = re.compile(r"\bto\s+(?:\w+\s+)?$")


def _elided(index: int, slots: list[Slot], scene: Scene) -> Reading | None:
    """ "Imports fell to 11 from 14, and exports to 16.7 from 18.1": the verb holds on."""
    following = slots[index + 1] if index + 1 < len(slots) else None
    if index == 0 or following is None or not following.reading:
        return None
    start = slots[index].quantity.start
    lead = scene.masked[max(scene.start, start - 16) : start]
    if following.reading.place is not Place.BASE or not _LED_TO.search(lead):
        return None
    if not _same_topic(slots[index], following):
        return None
    cue = verb_of_change(scene.masked, scene.start, slots[index - 1].quantity.start)
    return cue and replace(cue, start=slots[index].quantity.start, end=slots[index].quantity.start)


def _told_otherwise(index: int, slots: list[Slot], scene: Scene) -> bool:
    """Whether the change has a rate, or leads to a target."""
    following = slots[index + 1] if index + 1 < len(slots) else None
    level = following and following.reading and following.reading.place is not Place.BASE
    floor = slots[index].quantity.end
    if following and level and target_cue(scene, following.quantity, floor=floor):
        return True
    return any(
        s.reading is not None
        and s.reading.place is Place.BY
        and not s.dropped
        and _same_topic(s, slots[index])
        for s in slots
    )


def _reaches(later: Slot, slot: Slot) -> bool:
    if later.dropped or later.reading is None or not _same_topic(later, slot):
        return False
    if slot.reading is not None and slot.reading.place is Place.BASE:
        return later.reading.place in {Place.TO, Place.LEVEL}
    return later.reading.place is Place.BASE


def _from_base(index: int, slots: list[Slot]) -> tuple[Period | None, str | None]:
    """The span of "up from $650 million in 2007"."""
    slot = slots[index]
    period = main_of(index, slots) or memory_period(slots)
    own = slot.period if slot.rule == "period after the number" else None
    if period and own and own.end.year < period.end.year - 1:
        return Period.of_dates(own.start, period.end), str(own.start.year)
    return period, "a year earlier"


def _span_of(index: int, last: int, slots: list[Slot]) -> tuple[Period | None, str | None]:
    periods = sorted(
        {s.period for s in (slots[index], slots[last]) if s.period}, key=lambda p: p.start
    )
    base = next(
        (s for s in (slots[index], slots[last]) if s.reading and s.reading.place is Place.BASE),
        None,
    )
    if (
        len(periods) == 2
        and base is not None
        and periods[0].end.year < periods[1].end.year - 1
        and base.rule == "period after the number"
    ):
        return Period.of_dates(periods[0].start, periods[1].end), str(periods[0].start.year)
    if base is not None:
        return (periods[-1] if periods else None), "a year earlier"
    return (periods[-1] if periods else None), None
