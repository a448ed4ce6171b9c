"""Dating: which period each quantity of a sentence is of.

Levels and changes take the mention that stands nearest; bases take one of their own, or
a year before the level that they are set against.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.period import Granularity, Period
from accord.read.changes import Place
from accord.read.long_growth import date_over, date_since
from accord.read.patterns import lazy
from accord.read.period_attachment import main_period, own_period, shifted
from accord.read.periods import PeriodMention, Role
from accord.read.quantities import Sort
from accord.read.scene import Memory, Scene
from accord.read.slots import Slot
from accord.read.topic import Topic

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
            _date_base(index, slots, scene, memory)
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
            index + 1
            if _told_apart(index, slots) or _leads_to_level(index, slots, scene)
            else index
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
            _date_base(index, slots, scene, memory)
            _date_from_base(index, slots, scene)
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
            and _flow(s.topic) == _flow(slot.topic)
        }
        if len(told) == 2 and len({_length(period) for period in told}) == 1:
            slot.period, slot.open = max(told, key=lambda period: period.end), False


_FLOWS = frozenset({"exports", "imports", "total_trade", "balance", "services_trade"})


def _owner_of(slot: Slot, scene: Scene) -> PeriodMention | None:
    """ "Up from January's 7.62 billion", "last year's $32.7 billion"."""
    for period in scene.periods:
        if 0 < slot.quantity.start - period.end < 12 and period.role is Role.SPAN:
            gap = scene.text[period.end : slot.quantity.start]
            if re.fullmatch(r"'s?\s+(?:\w+\s+)?", gap) and period.period is not None:
                return period
    return None


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


def _told_apart(index: int, slots: list[Slot]) -> bool:
    """Whether the next number is this one in other money: what dates it stands behind that."""
    following = slots[index + 1].quantity if index + 1 < len(slots) else None
    return following is not None and slots[index].alt is following


def _date_base(index: int, slots: list[Slot], scene: Scene, memory: Memory) -> None:
    slot = slots[index]
    main = main_of(index, slots) or _span_before(slot, scene) or memory.period
    own = _of_base(
        _owner_of(slot, scene) or own_period(index + _told_apart(index, slots), scene), main
    )
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
        elif (span := _span_named(index, slots)) is not None:
            slot.period = Period.of_year(span.start.year)
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


def _date_from_base(index: int, slots: list[Slot], scene: Scene) -> None:
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


def _span_named(index: int, slots: list[Slot]) -> Period | None:
    """ "from 1.2 to 2.4 billion between 2005 and 2008": the years at whose ends they stand."""
    for slot in slots[index + 1 :]:
        if slot.mention is not None and slot.mention.rule == "years" and not slot.dropped:
            return slot.mention.period
    return None


def _sets_against(index: int, slots: list[Slot]) -> bool:
    """ "compared with $63.4 billion to China": another flow of the same period."""
    topic = slots[index].topic
    for slot in [*reversed(slots[:index]), *slots[index + 1 :]]:
        if slot.dropped or slot.reading is None or slot.topic is None:
            continue
        if slot.reading.place is not Place.BASE:
            return topic is not None and _flow(slot.topic) != _flow(topic)
    return False


def _flow(topic: Topic) -> tuple[object, ...]:
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
