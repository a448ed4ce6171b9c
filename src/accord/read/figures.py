"""Figures: quantities of a sentence made into figures, growth, shares and targets.

Two passes: the first finds for each quantity its topic and its place (level, change,
base, share); the second gives it a period, which for a base depends on the period of
the level it is set against.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.statement import Approximation, Change, Kind, Statement
from accord.read.attachment import attach_topic, clause_start
from accord.read.changes import Place
from accord.read.dating import date_slots
from accord.read.each import each_of, joined_with
from accord.read.everywhere import goes_to_a_group, note_whole, of_the_whole
from accord.read.figure_fitness import fits
from accord.read.figure_places import is_conversion, reading_of
from accord.read.figure_shares import (
    moved_share,
    of_everybody,
    same_parties,
    same_share,
    share_before,
    share_beside,
    share_in_brackets,
    shares_in_a_row,
)
from accord.read.figure_topics import (
    as_persons,
    hosted,
    in_list_order,
    left_open,
    listing,
    of_both,
    of_the_placed,
    take_excess,
    with_goods,
)
from accord.read.growth import bare_growth, growth_statement
from accord.read.levels import level_statement
from accord.read.long_growth import OVER_THE_YEARS
from accord.read.parties import PAIR_WORDS
from accord.read.patterns import lazy
from accord.read.periods import Role
from accord.read.quantities import Sort
from accord.read.ratios import as_ratio
from accord.read.resolution import resolve_topic
from accord.read.respectively import distribute
from accord.read.rows_of_targets import in_a_row, of_a_debt
from accord.read.scene import Memory, Scene, Setting
from accord.read.shares import read_share
from accord.read.slots import Slot
from accord.read.targets import held_by_a_pact, is_hedged, target_cue
from accord.read.topic import GIVEN, Topic

__all__ = ["read_figures"]


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
        if is_conversion(index, slots, scene):
            continue
        topic, slot.carried = attach_topic(index, scene, memory, chosen)
        if topic is None or of_the_whole(topic, scene, quantity.core):
            slot.dropped = True
            continue
        topic = of_the_placed(of_both(topic, slot, scene), slot, scene)
        if topic.measure == "tourists":
            slot.quantity = as_persons(quantity, scene)
        floor = scene.quantities[index - 1].end if index else scene.start
        limit = (
            scene.quantities[index + 1].start if index + 1 < len(scene.quantities) else scene.end
        )
        ratio = as_ratio(slot.quantity, scene)
        if ratio is not None:
            slot.quantity = ratio
        else:
            slot.share, topic = read_share(quantity, topic, scene, memory, floor=floor)
            last = slots[index - 1] if slot.share and index else None
            topic = same_parties(topic, last)
        slot.reading = reading_of(index, slots, scene, floor, limit)
        beside = share_beside(index, slots, topic)
        if beside is not None:
            slot.share, topic = True, beside
        elif share_before(index, slots, scene) or share_in_brackets(index, slots, scene):
            slot.share, topic = (
                True,
                in_list_order(same_share(topic, slots[index - 1].topic), scene),
            )
            slot.reading = moved_share(index, slots, scene)
        again = None if slot.share else settled.get(topic)
        slot.topic = (
            again or resolve_topic(topic, scene, memory, setting) or left_open(topic, scene)
        )
        slot.topic = hosted(listing(slot), scene)
        if slot.topic is not None and not slot.share:
            settled[topic] = slot.topic
        slot.dropped = slot.topic is None or not fits(slot, scene, floor)
        slot.dropped |= slot.share and of_everybody(quantity, scene)
        slot.dropped |= slot.share and goes_to_a_group(scene, scene.start, quantity.start)
        note_whole(topic, slot, scene, memory)
        if (
            slot.topic is not None
            and not slot.dropped
            and slot.topic.reporter
            and slot.topic.partner
        ):
            slot.topic = with_goods(slot, scene, memory)
            take_excess(slot, scene)
            chosen[-1] = slot.topic
            memory.remember(slot.topic, scene.number)
    return slots


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
    target = target or held_by_a_pact(scene, quantity, slot.topic.measure)
    target = target or (index > 0 and in_a_row(slots[index - 1], slot, scene))
    target = target and not of_a_debt(slot, scene)
    target = target and not _in_apposition(slot, scene)
    target = target or (slot.mention is not None and slot.mention.role is Role.DEADLINE)
    slot.target = target
    if target and slot.rule in _LATER and _is_over(slot, scene):
        slot.period = None  # "to reach $5 billion, although it was $1 billion in 2022"
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
    if not target or _UP_FROM.match(scene.text, quantity.end):
        found += bare_growth(index, slots, scene)
    return found


# "will buy 1.2 million tonnes, down from 1.5 million": a change all the same.
_UP_FROM = lazy(r"(?:[^.;]|\.(?=\S|\s[a-z])){0,60}?,\s+(?:up|down)\s+from\b")


_LATER = frozenset({"period later in the clause", "period at the end of the sentence"})


def _is_over(slot: Slot, scene: Scene) -> bool:
    today = scene.today
    return today is not None and slot.period is not None and slot.period.end < today


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


_OVER_YEARS = lazy(
    r"\b(?:past|last|previous|preceding|recent)\s+(?:(?:few|several|\w+|\d+)\s+)?(?:decades?|years)\b",
    re.IGNORECASE,
)


def _over_years(slot: Slot, scene: Scene) -> bool:
    """Whether a growth over many years is told beside others: it dates none of them."""
    if slot.mention is None or slot.reading is None or slot.reading.place is not Place.BY:
        return False
    return _OVER_YEARS.search(scene.text, slot.mention.start, slot.mention.end) is not None


def _update(memory: Memory, slots: list[Slot], scene: Scene) -> None:
    for slot in slots:
        if slot.dropped or slot.period is None or slot.reading is None or slot.target:
            continue
        if slot.mention is not None and slot.mention.role is Role.SINCE:
            continue  # the years that led up to now date nothing else
        if _is_aside(slot, scene) or slot.rule == OVER_THE_YEARS or _over_years(slot, scene):
            continue
        earlier = slot.rule.startswith(("base", "a year earlier"))
        if slot.reading.place is not Place.BASE and not earlier:
            memory.period, memory.period_open = slot.period, slot.open
        elif memory.period is not None and slot.period != memory.period:
            memory.base = (memory.period, slot.period)
        if slot.reading.place is Place.BY:
            memory.direction = slot.reading.direction
