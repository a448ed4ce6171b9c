"""Figures: quantities of a sentence made into figures, growth, shares and targets.

Two passes: the first finds for each quantity its topic and its place (level, change,
base, share); the second gives it a period, which for a base depends on the period of
the level it is set against.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.statement import Approximation, Change, Kind, Measure, Statement
from accord.read.attachment import attach_topic, clause_start
from accord.read.changes import Place, Reading, read_place
from accord.read.commodities import commodity_after
from accord.read.dating import date_slots
from accord.read.each import each_of, joined_with
from accord.read.everywhere import goes_to_a_group, of_the_whole
from accord.read.figure_fitness import fits, untopical
from accord.read.figure_shares import (
    moved_share,
    same_share,
    share_before,
    share_beside,
    share_in_brackets,
    shares_in_a_row,
)
from accord.read.first_person import SPEAKER
from accord.read.growth import bare_growth, growth_statement
from accord.read.levels import level_statement
from accord.read.long_growth import OVER_THE_YEARS
from accord.read.parties import PAIR_WORDS
from accord.read.patterns import lazy
from accord.read.periods import Role
from accord.read.quantities import Quantity, Sort
from accord.read.ratios import as_ratio
from accord.read.resolution import resolve_topic
from accord.read.respectively import distribute
from accord.read.scene import Memory, Scene, Setting
from accord.read.shares import read_share
from accord.read.slots import RATES, Slot
from accord.read.targets import is_hedged, target_cue
from accord.read.topic import Topic

__all__ = ["read_figures"]

MEASURES = {"fdi": Measure.FDI_STOCK}

GIVEN = frozenset({"fdi", "aid", "loan"})


def read_figures(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The quantitative statements of a sentence; ``memory`` is brought up to date."""
    slots = _first_pass(scene, memory, setting)
    shares_in_a_row(slots, scene)
    distribute(slots, scene)
    bases = {i for i, s in enumerate(slots) if s.reading and s.reading.place is Place.BASE}
    date_slots(slots, scene, memory, bases)
    found: list[Statement] = []
    for index, slot in enumerate(slots):
        found.extend(_statements(index, slot, slots, scene))
    found += [other for s in found for other in each_of(s, scene)]
    _update(memory, slots, scene)
    if memory.sentence != scene.number:
        _keep_topic(scene, memory, setting)
        _keep_period(scene, memory)
    return found


def _keep_topic(scene: Scene, memory: Memory, setting: Setting) -> None:
    """A flow named without a number may be taken up in the next sentence ("It fell …")."""
    for topic in scene.topics:
        if topic.measure not in {"total_trade", "exports", "imports", "balance", *GIVEN}:
            continue
        if topic.measure in GIVEN and not (topic.partner and topic.reporter):
            continue
        mutual = topic.measure == "total_trade" and PAIR_WORDS.search(
            scene.text, max(scene.start, topic.core - 90), min(scene.end, topic.end + 90)
        )
        if topic.partner and _one_of_several(topic, scene):
            continue
        if topic.partner or mutual:
            filled = resolve_topic(topic, scene, memory, setting)
            if filled is not None:
                memory.remember(filled, scene.number)
                return


def _one_of_several(topic: Topic, scene: Scene) -> bool:
    """ "Most imports come from Chile, Peru and Oman": of none of them alone."""
    row = joined_with(topic.partner, scene)
    return topic.form == "noun" and len([c for c in row if c != topic.reporter]) > 1


# "rose from $62.1 billion in September": the month of what it is set against.
_OF_A_BASE = lazy(r"\b(?:from|against|versus)\s+[^,;\s]*\d[^,;\s]*(?:\s+\w+){0,2}\s*$")


def _keep_period(scene: Scene, memory: Memory) -> None:
    """The time of a flow that no number tells is that of the numbers that follow."""
    spans = [
        p
        for p in scene.periods
        if p.role is Role.SPAN
        and p.period is not None
        and p.period.start != p.period.end
        and not _OF_A_BASE.search(scene.text, max(scene.start, p.start - 40), p.start)
    ]
    if scene.topics and len(spans) == 1:
        memory.period, memory.period_open = spans[0].period, False


def _first_pass(scene: Scene, memory: Memory, setting: Setting) -> list[Slot]:
    slots: list[Slot] = []
    chosen: list[Topic | None] = []
    settled: dict[Topic, Topic] = {}  # a flow named once is between the same two throughout
    for index, quantity in enumerate(scene.quantities):
        slot = Slot(quantity, alt=quantity.alt)
        slots.append(slot)
        chosen.append(None)
        if _is_conversion(index, slots, scene):
            continue
        topic, slot.carried = attach_topic(index, scene, memory, chosen)
        if topic is None or of_the_whole(topic, scene, quantity.core):
            slot.dropped = True
            continue
        topic = _of_both(topic, slot, scene)
        if topic.measure == "tourists":
            slot.quantity = _as_persons(quantity, scene)
        floor = scene.quantities[index - 1].end if index else scene.start
        limit = (
            scene.quantities[index + 1].start if index + 1 < len(scene.quantities) else scene.end
        )
        ratio = as_ratio(slot.quantity, scene)
        if ratio is not None:
            slot.quantity = ratio
        else:
            slot.share, topic = read_share(quantity, topic, scene, memory, floor=floor)
        slot.reading = _reading(index, slots, scene, floor, limit)
        beside = share_beside(index, slots, topic)
        if beside is not None:
            slot.share, topic = True, beside
        elif share_before(index, slots, scene) or share_in_brackets(index, slots, scene):
            slot.share, topic = (
                True,
                _in_list_order(same_share(topic, slots[index - 1].topic), scene),
            )
            slot.reading = moved_share(index, slots, scene)
        again = None if slot.share else settled.get(topic)
        slot.topic = (
            again or resolve_topic(topic, scene, memory, setting) or _left_open(topic, scene)
        )
        slot.topic = _listing(slot)
        if slot.topic is not None and not slot.share:
            settled[topic] = slot.topic
        slot.dropped = slot.topic is None or not fits(slot, scene, floor)
        slot.dropped |= slot.share and goes_to_a_group(scene, scene.start, quantity.start)
        if (
            slot.topic is not None
            and not slot.dropped
            and slot.topic.reporter
            and slot.topic.partner
        ):
            slot.topic = _with_goods(slot, scene, memory)
            _take_excess(slot, scene)
            chosen[-1] = slot.topic
            memory.remember(slot.topic, scene.number)
    return slots


def _in_list_order(topic: Topic, scene: Scene) -> Topic:
    """ "Peru is Chile's third partner, with $2 billion (7.5%)": of all that Chile trades."""
    for ranked in scene.topics:
        same = {ranked.reporter, ranked.partner} == {topic.reporter, topic.partner}
        if ranked.form == "ranking" and ranked.measure == topic.measure == "total_trade" and same:
            return replace(topic, reporter=ranked.reporter, partner=ranked.partner)
    return topic


_LISTING = frozenset({"exports", "imports", "total_trade"})


def _listing(slot: Slot) -> Topic | None:
    """A share's topic: what follows is of others in the place of whose part it is."""
    if not slot.share or slot.topic is None or slot.topic.measure not in _LISTING:
        return slot.topic
    return replace(slot.topic, swapped="partner")


_PLAIN = lazy(r"[\d.,]+(?:\s?(?:million|mln|m|thousand|k|lakh))?")


def _as_persons(quantity: Quantity, scene: Scene) -> Quantity:
    """A number of tourists counts persons, whatever currency was carried to it."""
    plain = _PLAIN.fullmatch(scene.text, quantity.core, quantity.end)
    if plain is None or quantity.sort not in {Sort.MONEY, Sort.AMOUNT}:
        return quantity
    return replace(quantity, sort=Sort.COUNT, unit="persons")


_BOTH = lazy(r"\W*(?:They|Both|The\s+(?:two|countries|sides|parties|leaders))\b")


def _of_both(topic: Topic, slot: Slot, scene: Scene) -> Topic:
    """ "They aim for $15 billion": what two want together is trade between them."""
    if not slot.carried or topic.measure not in {"exports", "imports"}:
        return topic
    if not _BOTH.match(scene.text, scene.start):
        return topic
    return replace(topic, measure="total_trade", commodity=None)


def _with_goods(slot: Slot, scene: Scene, memory: Memory) -> Topic:
    """The topic with the goods that a count names, or that the counts before named."""
    topic, quantity = slot.topic, slot.quantity
    assert topic is not None
    if topic.commodity or topic.measure not in {"exports", "imports"}:
        return topic
    goods = commodity_after(scene.text, quantity.end, scene.parties)
    last = memory.rival
    if goods is None and quantity.sort is Sort.COUNT and last is not None:
        goods = last.commodity if last.measure in {"exports", "imports"} else None
    return replace(topic, commodity=goods)


_THAN_BACK = lazy(
    r"(?:\s+(?:worth\s+)?(?:of\s+|in\s+)?(?:goods|merchandise|wares))?\s+more\b[^.;]{0,60}?\bthan\s+(?:(?:it|they|its\s+\w+|her|his|the\s+other\s+(?:way|side))\s+)?(?:had\s+)?(?P<verb>bought|imported|purchased|took|takes|buys|imports|sold|exported|shipped|sells|exports|sent|delivered|round|around|back)\b",
    re.IGNORECASE,
)

_MORE_IN = lazy(
    r"\s+more\s+in\s+(?:exports\s+(?:to|for)\b[^.;]{0,50}?\bthan\s+in\s+imports|imports\s+from\b[^.;]{0,50}?\bthan\s+in\s+exports)\b"
)


def _take_excess(slot: Slot, scene: Scene) -> None:
    """ "Sold Russia $4.8 billion more than it bought there": a balance."""
    topic, quantity = slot.topic, slot.quantity
    if topic is None or quantity.sort is not Sort.MONEY:
        return
    if _MORE_IN.match(scene.text, quantity.end, scene.end) and topic.subject:
        sign = 1 if topic.measure == "exports" else -1
        slot.topic = replace(topic, measure="balance", sign=sign, commodity=None)
        slot.reading = Reading(Place.LEVEL)
        return
    if topic.form != "verb":
        return
    signs = {"exports": 1, "imports": -1}
    if topic.measure not in signs or not _THAN_BACK.match(scene.text, quantity.end, scene.end):
        return
    slot.topic = replace(topic, measure="balance", sign=signs[topic.measure], commodity=None)
    slot.reading = Reading(Place.LEVEL)


_OPEN = lazy(
    r"\b(?:my\s+country|(?-i:to\s+us|with\s+us|from\s+us|given\s+us)|to\s+them|with\s+them|from\s+them|(?:to|from|with)\s+(?:the|its|their)\s+(?:neighbou?rs?|partners?|other\s+side|other\s+country|ally|allies))\b",
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
    named = {c for c in (topic.reporter, topic.partner) if c and c != SPEAKER}
    spoken = SPEAKER in {topic.reporter, topic.partner} or _OPEN.search(
        scene.text, scene.start, scene.end
    )
    if spoken and topic.measure not in {"fdi", "tourists"}:
        traded = topic.measure in {"exports", "imports", "total_trade"}
        return topic if named or (traded and _OPEN.search(scene.text, topic.end)) else None
    return None


_BEFORE_DIGITS = lazy(r"[^\d\s]+")


def _in_other_money(told: Quantity, quantity: Quantity, scene: Scene) -> bool:
    """ "Shs2 trillion (Ksh60 billion)": an amount alone in brackets, with another sign."""
    if scene.text[told.end : quantity.start] != " (":
        return False
    if not scene.text.startswith(")", quantity.end):
        return False
    signs = [_BEFORE_DIGITS.match(scene.text, q.core, q.end) for q in (told, quantity)]
    return all(signs) and signs[0].group() != signs[1].group()  # type: ignore[union-attr]


def _is_conversion(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "(about 299 billion USD)", "or US$62 million": the same amount in other money."""
    quantity = slots[index].quantity
    if index == 0 or quantity.sort is not Sort.MONEY:
        return False
    last = slots[index - 1]
    if last.quantity.sort is not Sort.MONEY:
        return False
    gap = scene.text[last.quantity.end : quantity.start]
    if _in_other_money(last.quantity, quantity, scene):
        last.alt = quantity
        slots[index].dropped = True
        return True
    if last.quantity.unit == quantity.unit:
        slots[index].dropped = _said_again(last.quantity, quantity, scene)
        return slots[index].dropped
    about = gap == ", " and quantity.approx is Approximation.ABOUT
    if (
        not about
        and re.fullmatch(
            r"\s*(?:[(\[]\s*(?:or|equal\s+to|equivalent\s+to|approximately|=|worth|some)?|,?\s*or|,?\s*(?:which\s+is\s+|that\s+is\s+)?(?:equivalent\s+to|equal\s+to|the\s+equivalent\s+of|approximately|worth)|,?\s*which\s+is|/)\s*",
            gap,
        )
        is None
    ):
        return False
    last.alt = quantity
    slots[index].dropped = True
    return True


def _said_again(last: Quantity, quantity: Quantity, scene: Scene) -> bool:
    """ "USD 7,160.81 million ($7.16 billion)": the same amount, rounded."""
    opened = scene.text[last.end : quantity.start].strip() == "("
    closed = scene.text.startswith(")", quantity.end)
    return opened and closed and abs(last.value - quantity.value) < 0.006 * abs(last.value)


def _reading(index: int, slots: list[Slot], scene: Scene, floor: int, limit: int) -> Reading:
    quantity = slots[index].quantity
    if quantity.direction is not None:
        return Reading(Place.BY, quantity.direction, quantity.core, quantity.end)
    span = (quantity.start, quantity.core, quantity.end)
    reading = read_place(
        scene.masked,
        span,
        floor=floor,
        limit=limit,
        times=quantity.sort is Sort.TIMES,
        money=quantity.sort in {Sort.MONEY, Sort.AMOUNT},
    )
    if reading.place is Place.LEVEL and _with_base(index, slots, scene):
        return Reading(Place.BASE)
    times = quantity.sort is Sort.TIMES and reading.place is Place.LEVEL
    if times and _times_before(quantity, scene):
        return Reading(Place.BY, "up", quantity.core, quantity.end)
    if any(t.core <= reading.start < t.end and t.measure == "balance" for t in scene.topics):
        return Reading(Place.LEVEL)  # "a trade loss of $3 billion" is a balance, not a change
    if (
        reading.place is Place.LEVEL
        and quantity.sort in {*RATES, Sort.TIMES}
        and not slots[index].share
    ):
        return _inherited(index, slots, scene, floor) or reading
    return reading


_AND = lazy(r"(?:,|\band\b|\bor\b|\s)*")


def _with_base(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "Against 310 billion in April and 640 billion in May": both are set against."""
    last = slots[index - 1] if index else None
    if last is None or last.reading is None or last.reading.place is not Place.BASE or last.dropped:
        return False
    quantity = slots[index].quantity
    if last.quantity.sort is not quantity.sort or last.quantity.unit != quantity.unit:
        return False
    return _AND.fullmatch(scene.undated, last.quantity.end, quantity.start) is not None


def _times_before(quantity: Quantity, scene: Scene) -> bool:
    """ "Four times the year-earlier amount", "15.4 times last year's"."""
    for period in scene.periods:
        gap = scene.text[quantity.end : period.start]
        if 0 < len(gap) < 8 and re.fullmatch(r"\s+(?:the\s+|that\s+)?", gap):
            rest = scene.text[period.end : period.end + 12]
            return (
                period.role is Role.BEFORE
                or re.match(r"'s?\W|\s+(?:level|amount|figure|total)", rest) is not None
            )
    return False


_OR = lazy(r"[\s)]*,?\s*or\s+(?:(?:by|a|about|some|nearly|almost|over|around)\s+)*")


def _inherited(index: int, slots: list[Slot], scene: Scene, floor: int) -> Reading | None:
    """ "… jumped 18.1 percent and with Thailand 9.2 percent", "fell $41 million, or 5 percent"."""
    gap = untopical(scene, floor, slots[index].quantity.start)
    if _OR.fullmatch(gap):
        told = next((s.reading for s in reversed(slots[:index]) if s.reading), None)
        return told if told is not None and told.place is Place.BY else None
    set_apart = re.search(r"[,;]\s*(?:(?:and|while|but)\s+)?(?:those|that)\s[^,;]*$", gap)
    gap = set_apart.group() if set_apart else gap
    if not re.fullmatch(
        r"(?:\s|,|;|[-\u2010-\u2015](?=\s)|\b(?:and|by|that|those|of|for|in|it|while|its|value|volume|terms|quantity|tonnage|the|just|only|about|around|nearly|some|over|another|an?|mere|modest|trade|exports|imports|products|goods|purchases|sales|deliveries|to|from|with|also|then|respectively)\b)*",
        gap,
        re.IGNORECASE,
    ):
        return None
    for slot in reversed(slots[:index]):
        if slot.reading and slot.reading.place is Place.BY and slot.quantity.sort in RATES:
            return slot.reading
    return None


def _statements(index: int, slot: Slot, slots: list[Slot], scene: Scene) -> list[Statement]:
    if slot.dropped or slot.topic is None or slot.reading is None:
        return []
    quantity, place = slot.quantity, slot.reading.place
    if slot.share:
        level = level_statement(slot, scene, Kind.SHARE)
        moved = slot.reading.place is Place.TO and _beside_share(index, slots)
        return [level, *(bare_growth(index, slots, scene) if moved else [])]
    if place is Place.BY:
        if quantity.sort is Sort.TIMES and _repeats_target(index, slots, scene):
            return []
        return [_aimed(growth_statement(index, slot, slots, scene), index, slots, scene)]
    if _is_threshold(index, slots, scene):
        return []
    target = place is not Place.BASE and target_cue(
        scene, quantity, floor=_floor(index, slots, scene)
    )
    target = target and not _in_apposition(slot, scene)
    target = target or (slot.mention is not None and slot.mention.role is Role.DEADLINE)
    slot.target = target
    if slot.mention is not None and slot.mention.role is Role.DEADLINE:
        slot.open = True
    found = [level_statement(slot, scene, Kind.TARGET if target else Kind.FIGURE)]
    if (
        target
        and index
        and slots[index - 1].quantity.sort is Sort.TIMES
        and _repeats_target(index - 1, slots, scene)
    ):
        times = slots[index - 1].quantity
        found = [replace(found[0], change=Change(times.value, "times", "up"))]
    if not target:
        found += bare_growth(index, slots, scene)
    return found


def _beside_share(index: int, slots: list[Slot]) -> bool:
    """ "From 40% to 22%", "rose to 7.3% from 5.3%": a share that is set against another."""
    if index and slots[index - 1].share:
        return True
    following = slots[index + 1] if index + 1 < len(slots) else None
    if following is None or not following.share or following.reading is None:
        return False
    return following.reading.place is Place.BASE


_COMMA = lazy(r",\s+(?:about|some|around|over|nearly|almost|just|only|worth)?\s*")


def _in_apposition(slot: Slot, scene: Scene) -> bool:
    """ "The goal for mutual trade, $4.2 billion in 2021, is …": what it was, not the goal."""
    topic, mention, today = slot.topic, slot.mention, scene.today
    if topic is None or mention is None or slot.rule != "period after the number":
        return False
    if mention.period is None or today is None or mention.period.end > today:
        return False
    ends = [
        end for end in (topic.end, *(p.end for p in scene.parties)) if end <= slot.quantity.core
    ]
    led = any(_COMMA.fullmatch(scene.text, end, slot.quantity.core) for end in ends)
    return led and scene.text.startswith(",", mention.end)


def _aimed(growth: Statement, index: int, slots: list[Slot], scene: Scene) -> Statement:
    """ "could double in three years": a target stated as a change."""
    quantity = slots[index].quantity
    if not target_cue(scene, quantity, floor=_floor(index, slots, scene), change=True):
        return growth
    slots[index].target = True
    return replace(growth, kind=Kind.TARGET, hedged=is_hedged(scene, quantity, target=True))


def _floor(index: int, slots: list[Slot], scene: Scene) -> int:
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


def _repeats_target(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "aiming to more than double trade to $500 billion": part of the target."""
    if index + 1 >= len(slots):
        return False
    quantity, following = slots[index].quantity, slots[index + 1].quantity
    return (
        re.search(
            r"(?:doubl|tripl|trebl|quadrupl)(?:e|ing)$",
            scene.text[max(0, quantity.end - 12) : quantity.end],
        )
        is not None
        and re.search(r"\bto\s*$", scene.text[quantity.end : following.start]) is not None
        and target_cue(scene, following, floor=scene.start)
    )


def _is_threshold(index: int, slots: list[Slot], scene: Scene) -> bool:
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


def _is_aside(slot: Slot, scene: Scene) -> bool:
    """ "(2021: €7.1 million)": what is told in brackets beside does not go on."""
    mention = slot.mention
    if mention is None:
        return False
    before = scene.text[max(scene.start, mention.start - 2) : mention.start].strip()
    return before == "(" and scene.text[mention.end : mention.end + 1] == ":"


def _update(memory: Memory, slots: list[Slot], scene: Scene) -> None:
    for slot in slots:
        if slot.dropped or slot.period is None or slot.reading is None or slot.target:
            continue
        if slot.mention is not None and slot.mention.role is Role.SINCE:
            continue  # the years that led up to now date nothing else
        if _is_aside(slot, scene) or slot.rule == OVER_THE_YEARS:
            continue
        earlier = slot.rule.startswith(("base", "a year earlier"))
        if slot.reading.place is not Place.BASE and not earlier:
            memory.period, memory.period_open = slot.period, slot.open
        elif memory.period is not None and slot.period != memory.period:
            memory.base = (memory.period, slot.period)
        if slot.reading.place is Place.BY:
            memory.direction = slot.reading.direction
