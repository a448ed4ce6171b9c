"""Growth: rates, multiples and absolute changes made into statements.

"Climbed to $174.9 million" is growth too: a direction without a rate.
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import replace

from accord.model.period import Granularity, Period
from accord.model.statement import Change, Kind, Statement, Trace
from accord.read.bare_growth import bare_growth, same_topic
from accord.read.changes import Place
from accord.read.levels import blank_statement, measure_of, same_clause
from accord.read.patterns import lazy
from accord.read.periods import PeriodMention, Role
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Scene
from accord.read.slots import RATES, Slot
from accord.read.targets import is_denied_number, is_hedged

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
    for other in levels if text != "a year earlier" else ():
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
    r"\b(?:than|as\s+(?:high|much|large|many|big)\s+as|from|compared\s+(?:with|to)|above|below|on|against|versus)\s+(?:in\s+|the\s+|that\s+of\s+|those\s+of\s+|levels?\s+(?:of|in)\s+|what\s+it\s+was\s+in\s+|year\s+(?:of\s+)?(?!in\b))*$",
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
        if slot.dropped or slot.quantity.sort in rates or not same_topic(slot, base):
            continue
        if slot.reading and slot.reading.place in {Place.TO, Place.LEVEL}:
            return slot.period
    return None


def _compared(scene: Scene, quantity: Quantity, period: PeriodMention) -> bool:
    gap = scene.text[quantity.end : period.core]
    return (
        len(gap) < 70
        and re.search(
            r"\b(?:than|from|compared\s+(?:with|to)|over|above|below|on|against|(?=what\s))\s*(?:that\s+of\s+|in\s+|the\s+|those\s+of\s+|levels?\s+(?:of|in)\s+|what\s+(?:it|was|they)\s+(?:was|were|seen|recorded|reported)\s+in\s+|year\s+(?:of\s+)?(?!in\b))*$",
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
