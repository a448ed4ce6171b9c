"""Figures: quantities of a sentence made into figures, growth, shares and targets.

Two passes: the first finds for each quantity its topic and its place (level, change,
base, share); the second gives it a period, which for a base depends on the period of
the level it is set against.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from accord.model.period import Granularity, Period
from accord.model.statement import Approximation, Change, Kind, Measure, Statement, Trace
from accord.read.attachment import attach_topic, clause_start, main_period, own_period, shifted
from accord.read.changes import Place, Reading, read_place
from accord.read.lexicons import read_table
from accord.read.parties import PAIR_WORDS
from accord.read.periods import PeriodMention, Role
from accord.read.quantities import Quantity, Sort
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.shares import read_share
from accord.read.targets import is_hedged, target_cue
from accord.read.topics import Topic

__all__ = ["read_figures"]

MEASURES = {"fdi": Measure.FDI_STOCK}
_RATES = {Sort.PERCENT, Sort.POINTS, Sort.FRACTION}


@dataclass(slots=True)
class _Slot:
    """What the first pass knows of one quantity."""

    quantity: Quantity
    topic: Topic | None = None
    carried: bool = False
    reading: Reading | None = None
    share: bool = False
    alt: Quantity | None = None
    dropped: bool = False
    period: Period | None = None
    open: bool = False
    rule: str = ""
    mention: PeriodMention | None = None
    base: str | None = None
    target: bool = False


def read_figures(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The quantitative statements of a sentence; ``memory`` is brought up to date."""
    slots = _first_pass(scene, memory, setting)
    bases = {i for i, s in enumerate(slots) if s.reading and s.reading.place is Place.BASE}
    _second_pass(slots, scene, memory, bases)
    found: list[Statement] = []
    for index, slot in enumerate(slots):
        found.extend(_statements(index, slot, slots, scene))
    _update(memory, slots, scene)
    if memory.sentence != scene.number:
        _keep_topic(scene, memory, setting)
    return found


def _keep_topic(scene: Scene, memory: Memory, setting: Setting) -> None:
    """A flow named without a number may be taken up in the next sentence ("It fell …")."""
    for topic in scene.topics:
        if topic.measure in {"total_trade", "exports", "imports", "balance"} and topic.partner:
            filled = resolve_topic(topic, scene, memory, setting)
            if filled is not None:
                memory.remember(filled, scene.number)
                return


def _first_pass(scene: Scene, memory: Memory, setting: Setting) -> list[_Slot]:
    slots: list[_Slot] = []
    chosen: list[Topic | None] = []
    for index, quantity in enumerate(scene.quantities):
        slot = _Slot(quantity)
        slots.append(slot)
        chosen.append(None)
        if _is_conversion(index, slots, scene):
            continue
        topic, slot.carried = attach_topic(index, scene, memory, chosen)
        if topic is None:
            slot.dropped = True
            continue
        floor = scene.quantities[index - 1].end if index else scene.start
        limit = (
            scene.quantities[index + 1].start if index + 1 < len(scene.quantities) else scene.end
        )
        slot.share, topic = read_share(quantity, topic, scene, memory, floor=floor)
        slot.reading = _reading(index, slots, scene, floor, limit)
        slot.topic = resolve_topic(topic, scene, memory, setting) or _left_open(topic, scene)
        slot.dropped = slot.topic is None or not _fits(slot, scene, floor)
        if (
            slot.topic is not None
            and not slot.dropped
            and slot.topic.reporter
            and slot.topic.partner
        ):
            chosen[-1] = slot.topic
            memory.remember(slot.topic, scene.number)
    return slots


_OPEN = re.compile(
    r"\b(?:my\s+country|to\s+us|with\s+us|from\s+us|given\s+us|to\s+them|with\s+them|from\s+them)\b",
    re.IGNORECASE,
)


def _left_open(topic: Topic, scene: Scene) -> Topic | None:
    """A flow between two that the text does not name ("the neighbours traded …").

    It is a statement all the same: who is meant is for the reader to settle.
    """
    if topic.reporter and topic.partner:
        return None
    low = max(scene.start, topic.core - 90)
    if PAIR_WORDS.search(scene.text, low, min(scene.end, topic.end + 90)) and topic.measure in {
        "total_trade",
        "services_trade",
    }:
        return topic
    if _OPEN.search(scene.text, scene.start, scene.end) and not (
        topic.measure in {"fdi", "tourists"}
    ):
        known = (
            topic.reporter
            or topic.partner
            or topic.measure in {"exports", "imports", "total_trade"}
        )
        return topic if known else None
    return None


def _is_conversion(index: int, slots: list[_Slot], scene: Scene) -> bool:
    """ "(about 299 billion USD)", "or US$62 million": the same amount in other money."""
    quantity = slots[index].quantity
    if index == 0 or quantity.sort is not Sort.MONEY:
        return False
    last = slots[index - 1]
    if last.quantity.sort is not Sort.MONEY or last.quantity.unit == quantity.unit:
        return False
    gap = scene.text[last.quantity.end : quantity.start]
    if (
        re.fullmatch(
            r"\s*(?:[(\[]\s*(?:or|equal\s+to|equivalent\s+to|approximately|=|worth|some)?|,?\s*or|,?\s*(?:which\s+is\s+|that\s+is\s+)?(?:equivalent\s+to|equal\s+to|the\s+equivalent\s+of|approximately|worth)|,?\s*which\s+is|/)\s*",
            gap,
        )
        is None
    ):
        return False
    last.alt = quantity
    slots[index].dropped = True
    return True


def _reading(index: int, slots: list[_Slot], scene: Scene, floor: int, limit: int) -> Reading:
    quantity = slots[index].quantity
    if quantity.direction is not None:
        return Reading(Place.BY, quantity.direction, quantity.core, quantity.end)
    span = (quantity.start, quantity.core, quantity.end)
    reading = read_place(
        scene.masked, span, floor=floor, limit=limit, times=quantity.sort is Sort.TIMES
    )
    if (
        reading.place is Place.LEVEL
        and quantity.sort in {*_RATES, Sort.TIMES}
        and not slots[index].share
    ):
        return _inherited(index, slots, scene, floor) or reading
    return reading


def _inherited(index: int, slots: list[_Slot], scene: Scene, floor: int) -> Reading | None:
    """ "… jumped 18.1 percent and with Thailand 9.2 percent": the same direction."""
    gap = _untopical(scene, floor, slots[index].quantity.start)
    if not re.fullmatch(
        r"(?:\s|,|;|\b(?:and|by|that|those|of|for|in|it|while|its|value|volume|terms|quantity|tonnage|the|trade|exports|imports|to|from|with|also|then|respectively)\b)*",
        gap,
        re.IGNORECASE,
    ):
        return None
    for slot in reversed(slots[:index]):
        if slot.reading and slot.reading.place is Place.BY and slot.quantity.sort in _RATES:
            return slot.reading
    return None


def _untopical(scene: Scene, start: int, end: int) -> str:
    """Masked text without the words of topics."""
    words = scene.masked[start:end]
    for topic in scene.topics:
        if start <= topic.core and topic.end <= end and topic.form == "noun":
            words = (
                words[: topic.core - start]
                + " " * (topic.end - topic.core)
                + words[topic.end - start :]
            )
    return words


_NOT_A_FLOW = re.compile(
    r"\b(?:tariffs?|dut(?:y|ies)|interest|inflation|GDP|stake|unemployment|tax(?:es)?|approval|votes?|per\s+capita|efficacy|discount|cut\s+in\s+emissions)\b",
    re.IGNORECASE,
)


_FOREIGN_LEAD = re.compile(
    r"\b(?:GDP|gross\s+domestic\s+product|population|GNP|budget|reserves|market\s+capitali[sz]ation|revenues?|fine\s+of|economy\s+of)\b[^;]*$",
    re.IGNORECASE,
)


def _fits(slot: _Slot, scene: Scene, floor: int) -> bool:
    """Whether a quantity of this sort can be one of its topic."""
    quantity, topic, reading = slot.quantity, slot.topic, slot.reading
    if topic is None or reading is None:
        return False
    around = scene.text[max(floor, quantity.start - 50) : min(scene.end, quantity.end + 25)]
    if _FOREIGN_LEAD.search(
        scene.text[
            max(
                floor, topic.end if topic.end < quantity.start else 0, quantity.start - 50
            ) : quantity.start
        ]
    ):
        return False
    if quantity.sort in _RATES and _NOT_A_FLOW.search(around):
        return False
    if slot.share:
        return True
    if quantity.sort in {*_RATES, Sort.TIMES}:
        return reading.place is Place.BY
    if quantity.sort is Sort.AMOUNT:
        return reading.place is not Place.BY
    if quantity.sort is Sort.COUNT:
        return _counts(quantity, topic, scene)
    return True


def _counts(quantity: Quantity, topic: Topic, scene: Scene) -> bool:
    if topic.measure == "tourists":
        return quantity.unit in {"persons", "trips"}
    return topic.measure in {"exports", "imports", "aid", "total_trade"} and quantity.unit not in {
        "persons", "jobs", "companies", "projects", "flights", "trips", "km", "hectares", "MW",
    }  # fmt: skip


def _second_pass(slots: list[_Slot], scene: Scene, memory: Memory, bases: set[int]) -> None:
    for index, slot in enumerate(slots):
        if slot.dropped or index in bases:
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
        if _led_by_before(slot, scene):
            slot.period, slot.rule = (
                shifted(
                    _main_of(index, slots) or memory.period,
                    _led_by_before(slot, scene) or PeriodMention(0, 0, 0, Role.BEFORE, shift=1),
                ),
                "a year earlier",
            )
            continue
        dated = index + 1 if _leads_to_level(index, slots, scene) else index
        mention, rule = main_period(dated, scene, bases, memory)
        slot.mention, slot.rule = mention, rule
        slot.period, slot.open = _resolve(mention, memory, scene)
        if slot.reading and slot.reading.place is Place.BY:
            _date_earlier_change(index, slots, scene)
    for index in sorted(bases):
        if not slots[index].dropped:
            _date_base(index, slots, scene, memory)


def _leads_to_level(index: int, slots: list[_Slot], scene: Scene) -> bool:
    """ "fell by a third to $123 million in 2010": rate and level share the period."""
    if (
        index + 1 >= len(slots)
        or not slots[index].reading
        or slots[index].reading.place is not Place.BY
    ):
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


def _led_by_before(slot: _Slot, scene: Scene) -> PeriodMention | None:
    """ "a year earlier it was 118,000 tonnes"."""
    for period in scene.periods:
        if period.role is Role.BEFORE and period.end <= slot.quantity.start:
            gap = scene.masked[period.end : slot.quantity.start]
            if re.fullmatch(
                r",?\s*(?:(?:it|they|the\s+(?:figure|total|value|number))\s+(?:was|were|had\s+been|stood\s+at|came\s+to)\s*)?(?:\S+\s+(?:tonnes|tons)\s+for\s*)?",
                gap,
            ):
                return period
    return None


def _date_earlier_change(index: int, slots: list[_Slot], scene: Scene) -> None:
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
    main = _main_of(index, slots)
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
    if "since then" in words:
        return _since(earlier[-1] if earlier else memory.anchor, mention, scene), False
    months = _months_named(words)
    if months:
        for period in reversed([*memory.periods, *earlier]):
            if _length(period) == months:
                return period, False
    return (earlier[-1] if earlier else memory.period), memory.period_open


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


def _date_base(index: int, slots: list[_Slot], scene: Scene, memory: Memory) -> None:
    slot = slots[index]
    main = _main_of(index, slots) or memory.period
    own = own_period(index, scene)
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
        else:
            slot.period = main.year_before if main else None
        slot.rule = "base: a year before"


def _taken(mention: PeriodMention, slots: list[_Slot], index: int) -> bool:
    """Whether another quantity stands between a base and the mention."""
    return any(slots[index].quantity.end <= s.quantity.start < mention.start for s in slots)


def _base_mention(slot: _Slot, scene: Scene) -> PeriodMention | None:
    """ "against, a year earlier, 5 billion"."""
    for period in scene.periods:
        if period.role is Role.BEFORE and 0 <= slot.quantity.start - period.end < 12:
            return period
    return None


def _main_of(index: int, slots: list[_Slot]) -> Period | None:
    order = [*range(index - 1, -1, -1), *range(index + 1, len(slots))]
    for other in order:
        slot = slots[other]
        if (
            not slot.dropped
            and slot.reading
            and slot.reading.place is not Place.BASE
            and slot.period
        ):
            return slot.period
    return None


def _statements(index: int, slot: _Slot, slots: list[_Slot], scene: Scene) -> list[Statement]:
    if slot.dropped or slot.topic is None or slot.reading is None:
        return []
    quantity, place = slot.quantity, slot.reading.place
    if slot.share:
        return [_level(slot, scene, Kind.SHARE)]
    if place is Place.BY:
        if quantity.sort is Sort.TIMES and _repeats_target(index, slots, scene):
            return []
        return [_aimed(_growth(index, slot, slots, scene), index, slots, scene)]
    if _is_threshold(index, slots, scene):
        return []
    target = place is not Place.BASE and target_cue(
        scene, quantity, floor=_floor(index, slots, scene)
    )
    target = target or (slot.mention is not None and slot.mention.role is Role.DEADLINE)
    slot.target = target
    if slot.mention is not None and slot.mention.role is Role.DEADLINE:
        slot.open = True
    found = [_level(slot, scene, Kind.TARGET if target else Kind.FIGURE)]
    if (
        target
        and index
        and slots[index - 1].quantity.sort is Sort.TIMES
        and _repeats_target(index - 1, slots, scene)
    ):
        times = slots[index - 1].quantity
        found = [replace(found[0], change=Change(times.value, "times", "up"))]
    if not target:
        found += _bare_growth(index, slots, scene)
    return found


def _aimed(growth: Statement, index: int, slots: list[_Slot], scene: Scene) -> Statement:
    """ "could double in three years": a target stated as a change."""
    quantity = slots[index].quantity
    if not target_cue(scene, quantity, floor=_floor(index, slots, scene), change=True):
        return growth
    slots[index].target = True
    return replace(growth, kind=Kind.TARGET, hedged=is_hedged(scene, quantity, target=True))


def _floor(index: int, slots: list[_Slot], scene: Scene) -> int:
    for earlier in range(index - 1, -1, -1):
        slot = slots[earlier]
        if (
            slot.reading
            and slot.reading.place is Place.LEVEL
            and not slot.dropped
            and not slot.target
        ):
            return slot.quantity.end
    return clause_start(scene.text, scene.start, slots[index].quantity.start)


def _repeats_target(index: int, slots: list[_Slot], scene: Scene) -> bool:
    """ "aiming to more than double trade to $500 billion": part of the target."""
    if index + 1 >= len(slots):
        return False
    quantity, following = slots[index].quantity, slots[index + 1].quantity
    return (
        re.search(r"double$|triple$|treble$|quadruple$", scene.text[: quantity.end][-12:])
        is not None
        and re.search(r"\bto\s*$", scene.text[quantity.end : following.start]) is not None
        and target_cue(scene, following, floor=scene.start)
    )


def _is_threshold(index: int, slots: list[_Slot], scene: Scene) -> bool:
    """ "passed $100 billion for the first time, at $108.3 billion": the second counts."""
    quantity = slots[index].quantity
    if quantity.approx is not Approximation.OVER or index + 1 >= len(slots):
        return False
    following = slots[index + 1].quantity
    if following.sort is not quantity.sort or following.unit != quantity.unit:
        return False
    gap = scene.text[quantity.end : following.start]
    return (
        re.search(r",\s*(?:at|to\s+reach|reaching|hitting|coming\s+to|to\s+hit|to)\s*$", gap)
        is not None
        and len(gap) < 60
    )


def measure_of(
    slot_topic: Topic, scene: Scene, quantity: Quantity | None, *, target: bool = False
) -> Measure:
    """The measure, with investment told apart into stock and flow."""
    if slot_topic.measure != "fdi":
        return Measure(slot_topic.measure)
    words = scene.text[
        max(scene.start, slot_topic.start - 40) : min(scene.end, slot_topic.end + 60)
    ].lower()
    if re.search(r"\b(?:in|out)flows?\b", words):
        return Measure.FDI_FLOW
    if (
        re.search(
            r"\bstock|cumulative|accumulated|stood\s+at|totall?ed\s+\S+\s+\S+\s+(?:by|as\s+of|at)",
            words,
        )
        and not target
    ):
        return Measure.FDI_STOCK
    if target or re.search(r"greenfield|\bin?flows?|outflows?|\bnew\b|annual|fresh", words):
        return Measure.FDI_FLOW
    if slot_topic.form == "verb" and not re.search(
        r"\b(?:has|have|had|having)\s+(?:\w+\s+)?invested", words
    ):
        return Measure.FDI_FLOW
    return Measure.FDI_STOCK


def _level(slot: _Slot, scene: Scene, kind: Kind) -> Statement:
    quantity, topic = slot.quantity, slot.topic
    assert topic is not None
    measure = measure_of(topic, scene, quantity, target=kind is Kind.TARGET)
    value, unit = quantity.value, quantity.unit
    if measure is Measure.BALANCE and kind is not Kind.SHARE:
        value = _signed(value, topic, scene)
    unit = _national(unit, topic, scene.text[quantity.core : quantity.end])
    per = quantity.per or _daily(scene, slot)
    if per and per != "year":
        unit = f"{unit} per {per}"
    if measure is Measure.TOURISTS and not unit:
        unit = "persons"
    statement = _blank(slot, scene, kind, measure)
    return replace(
        statement,
        value=value,
        unit="percent" if kind is Kind.SHARE else unit,
        approx=quantity.approx,
        resolution=quantity.resolution,
        alt_value=slot.alt.value if slot.alt else None,
        alt_unit=slot.alt.unit if slot.alt else None,
        note=quantity.note,
        of=scene.text[quantity.end : min(scene.end, quantity.end + 60)].strip(" .,")
        if kind is Kind.SHARE
        else None,
        period_open=slot.open or (measure in {Measure.FDI_STOCK} and kind is Kind.FIGURE),
        hedged=is_hedged(scene, quantity, target=kind is Kind.TARGET),
    )


_WORDED = re.compile(
    r"(?:\b|(?<=\d))(?:rupees?|Rs|Shs?|shillings?|pesos?|rials?|riyals?|francs?|dirhams?|dinars?|pounds?|kron\w+|crowns?|rubles?|roubles?|CFA)\b",
    re.IGNORECASE,
)


def _daily(scene: Scene, slot: _Slot) -> str | None:
    """ "nearly $2.6 billion in goods … crossing our border, …, every day"."""
    quantity = slot.quantity
    following = next((q.start for q in scene.quantities if q.start >= quantity.end), scene.end)
    if quantity.sort is not Sort.MONEY:
        return None
    match = re.match(
        r"[^;.]{0,110}?\s(?:every|each|per)\s+day\b", scene.text[quantity.end : following]
    )
    return "day" if match else None


def _national(unit: str, topic: Topic, words: str) -> str:
    """ "Rs 814 billion" of Nepal's imports is in Nepalese rupees."""
    family = read_table("local_currencies").get(unit)
    if not family or not _WORDED.search(words):
        return unit
    if topic.reporter in family:
        return str(family[topic.reporter])
    default = {
        "INR": "IND",
        "KES": "KEN",
        "MXN": "MEX",
        "IRR": "IRN",
        "SAR": "SAU",
        "FRF": "FRA",
        "AED": "ARE",
        "KWD": "KWT",
        "GBP": "GBR",
        "SEK": "SWE",
        "NOK": "NOR",
        "RUB": "RUS",
    }.get(unit)
    if topic.partner in family and topic.reporter != default:
        return str(family[topic.partner])
    return unit


def _signed(value: float, topic: Topic, scene: Scene) -> float:
    if topic.sign:
        return topic.sign * value
    words = scene.text[topic.start : min(scene.end, topic.end + 80)].lower()
    return -value if re.search(r"\bminus\b|negative|deficit|in\s+the\s+red", words) else value


def _growth(index: int, slot: _Slot, slots: list[_Slot], scene: Scene) -> Statement:
    quantity, topic, reading = slot.quantity, slot.topic, slot.reading
    assert topic is not None and reading is not None
    unit = {Sort.POINTS: "percentage_points", Sort.TIMES: "times"}.get(quantity.sort, "percent")
    if quantity.sort is Sort.FRACTION and quantity.value == 50.0 and reading.direction == "down":
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
            topic.start if _same_clause(scene, topic, quantity) else quantity.start,
            reading.start if reading.start >= scene.start else quantity.start,
            quantity.start,
        )
    )
    end = max(quantity.end, reading.end)
    statement = _blank(slot, scene, Kind.GROWTH, measure_of(topic, scene, quantity))
    statement = replace(
        statement,
        change=change,
        approx=quantity.approx,
        start=start,
        end=end,
        hedged=is_hedged(scene, quantity, target=False),
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


def _growth_span(index: int, slots: list[_Slot], scene: Scene) -> tuple[Period | None, str | None]:
    """The period that grew, and its base in the words of the text."""
    slot = slots[index]
    period = slot.period
    quantity = slot.quantity
    following = [p for p in scene.periods if quantity.end <= p.start]
    base = next(
        (p for p in following if p.role is Role.BEFORE or _compared(scene, quantity, p)), None
    )
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
            and period is not None
            and other.topic
            and slot.topic
            and other.topic.core == slot.topic.core
        ):
            target = _reached(other, slots) or period
            if (
                other.period.end.year < target.end.year - 1
                and other.period.granularity == target.granularity
            ):
                return Period.of_dates(other.period.start, target.end), str(other.period.start.year)
            return target, text or str(other.period.start.year)
    return period, text


def _reached(base: _Slot, slots: list[_Slot]) -> Period | None:
    for slot in slots:
        if slot.topic and base.topic and slot.topic.core == base.topic.core and slot.reading:
            if (
                slot.reading.place in {Place.TO, Place.LEVEL}
                and not slot.dropped
                and slot.quantity.sort not in _RATES | {Sort.TIMES}
            ):
                return slot.period
    return None


def _compared(scene: Scene, quantity: Quantity, period: PeriodMention) -> bool:
    gap = scene.text[quantity.end : period.core]
    return (
        len(gap) < 70
        and re.search(
            r"\b(?:than|from|compared\s+(?:with|to)|over|on|against)\s+(?:that\s+of\s+|in\s+|the\s+|those\s+of\s+|levels?\s+(?:of|in)\s+|what\s+it\s+was\s+in\s+)*$",
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


def _bare_growth(index: int, slots: list[_Slot], scene: Scene) -> list[Statement]:
    """ "climbed to $174.9 million": a direction without a rate."""
    slot = slots[index]
    reading, topic, quantity = slot.reading, slot.topic, slot.quantity
    assert reading is not None and topic is not None
    if reading.place is Place.TO and reading.direction:
        cue = reading
    elif reading.place is Place.BASE:
        floor = slots[index - 1].quantity.end if index else scene.start
        found = _verb_before(scene, max(floor, quantity.start - 60), quantity.start)
        if found is None:
            return []
        cue = found
    else:
        return []
    following = slots[index + 1] if index + 1 < len(slots) else None
    if (
        following
        and following.reading
        and following.reading.place is not Place.BASE
        and target_cue(scene, following.quantity, floor=quantity.end)
    ):
        return []
    if any(
        s.reading
        and s.reading.place is Place.BY
        and not s.dropped
        and s.topic
        and s.topic.core == topic.core
        for s in slots
    ):
        return []
    if any(
        s.quantity.sort in _RATES
        and s.reading
        and s.reading.place is Place.BY
        and s is not slot
        and s.topic == topic
        for s in slots
    ):
        return []
    last = index
    for later in range(index + 1, len(slots)):
        other = slots[later]
        if (
            other.topic
            and other.topic.core == topic.core
            and not other.dropped
            and other.reading
            and other.reading.place in {Place.TO, Place.BASE, Place.LEVEL}
        ):
            if later == index + 1:
                last = later
    period, base = _span_of(index, last, slots)
    if reading.place is Place.BASE and last == index:
        period, base = _main_of(index, slots) or memory_period(slots), "a year earlier"
        if (
            period
            and slot.period
            and slot.rule == "period after the number"
            and slot.period.end.year < period.end.year - 1
        ):
            period, base = (
                Period.of_dates(slot.period.start, period.end),
                str(slot.period.start.year),
            )
    start = min(topic.start if _same_clause(scene, topic, quantity) else cue.start, cue.start)
    end = slots[last].quantity.end
    statement = _blank(slot, scene, Kind.GROWTH, measure_of(topic, scene, quantity))
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


def memory_period(slots: list[_Slot]) -> Period | None:
    """The first period that any quantity of the sentence has."""
    return next((s.period for s in slots if s.period), None)


def _verb_before(scene: Scene, floor: int, at: int) -> Reading | None:
    from accord.read.changes import verb_of_change

    return verb_of_change(scene.masked, floor, at)


def _span_of(index: int, last: int, slots: list[_Slot]) -> tuple[Period | None, str | None]:
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


def _same_clause(scene: Scene, topic: Topic, quantity: Quantity) -> bool:
    if topic.start < scene.start or topic.start >= scene.end:
        return False
    if topic.start > quantity.core:
        return topic.start - quantity.end < 60
    between = scene.text[topic.end : quantity.start]
    return (
        ";" not in between
        and not any(q.end > topic.end and q.end <= quantity.start for q in scene.quantities)
        and topic.form != "carried"
    )


def _blank(slot: _Slot, scene: Scene, kind: Kind, measure: Measure) -> Statement:
    quantity, topic = slot.quantity, slot.topic
    assert topic is not None
    start, end = quantity.start, quantity.end
    if not slot.carried and _same_clause(scene, topic, quantity):
        start, end = min(start, topic.start), max(end, topic.end)
    elif slot.reading and slot.reading.place is not Place.LEVEL:
        start = _with_lead(scene, start)
    if (
        slot.mention
        and slot.rule == "period after the number"
        and 0 <= slot.mention.start - end < 4
    ):
        end = slot.mention.end
    traces = [Trace("value", quantity.core, quantity.end, f"{quantity.sort} in {quantity.unit}")]
    if not slot.carried:
        traces.append(Trace("measure", topic.core, topic.end, f"{topic.form} for {topic.measure}"))
    if slot.mention:
        traces.append(
            Trace(
                "period", slot.mention.start, slot.mention.end, f"{slot.rule}: {slot.mention.rule}"
            )
        )
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=kind,
        measure=measure,
        reporter=topic.reporter,
        partner=topic.partner,
        commodity=topic.commodity,
        period=slot.period,
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=tuple(traces),
    )


def _with_lead(scene: Scene, start: int) -> int:
    match = re.search(
        r"\b(?:to|from|against|at|by|up|down)\s+$", scene.text[max(scene.start, start - 10) : start]
    )
    return start - len(match.group()) if match else start


def _update(memory: Memory, slots: list[_Slot], scene: Scene) -> None:
    for slot in slots:
        if slot.dropped or slot.period is None or slot.reading is None or slot.target:
            continue
        if slot.reading.place is not Place.BASE:
            memory.period, memory.period_open = slot.period, slot.open
        if slot.reading.place is Place.BY:
            memory.direction = slot.reading.direction
