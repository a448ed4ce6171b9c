"""Respectively: numbers in a row belong to parties in a row."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.scene import Scene
from accord.read.slots import RATES, Slot

__all__ = ["RESPECTIVELY", "distribute", "rows_of"]

_JOIN = lazy(r"\s*(?:,|and|or|,\s*and)\s*(?:by\s+)?")
RESPECTIVELY = lazy(r"\brespectively\b", re.IGNORECASE)


_BOTH_FLOWS = lazy(
    r"(?:[^.;\d]{0,40}?\s|\s*(?:to|from)?\s*)(?:and|&)\s+(?:its\s+|their\s+|the\s+)?",
    re.IGNORECASE,
)


def _both_flows(slots: list[Slot], scene: Scene) -> None:
    """ "Exports to and imports from X were 5 and 3 billion": each number its flow, in place."""
    for first, second in pairwise(scene.topics):
        gap = scene.text[first.end : second.core]
        if {first.measure, second.measure} != {"exports", "imports"} or not _BOTH_FLOWS.fullmatch(
            gap
        ):
            continue
        after = [s for s in slots if s.quantity.start >= second.end][:2]
        if (
            len(after) < 2
            or after[0].topic is None
            or after[0].quantity.sort is not after[1].quantity.sort
        ):
            continue
        if not _JOIN.fullmatch(scene.text, after[0].quantity.end, after[1].quantity.start):
            continue
        for slot, topic in zip(after, (first, second), strict=True):
            slot.topic = replace(
                after[0].topic,
                measure=topic.measure,
                reporter=first.reporter or after[0].topic.reporter,
                partner=first.partner or after[0].topic.partner,
            )
            slot.dropped = after[0].dropped


def distribute(slots: list[Slot], scene: Scene) -> None:
    """Give each of "31.5 and 5.3 per cent respectively" its own party, in place."""
    _both_flows(slots, scene)
    rows = rows_of(slots, scene)
    words = [m.start() for m in RESPECTIVELY.finditer(scene.text, scene.start, scene.end)]
    for place, group in enumerate(rows):
        said = _said_of(place, rows, words)
        if not said and not _speaks_for_itself(group, scene):
            continue
        chain = _parties_for(group, scene)
        if len(chain) == len(group):
            codes = [p.code for p in chain]
            model = next(
                (
                    s.topic
                    for s in group
                    if s.topic and {s.topic.reporter, s.topic.partner} & {*codes}
                ),
                None,
            )
            _as_shares(group)
            for slot, party in zip(group, chain, strict=True):
                if slot.topic is None or not {slot.topic.reporter, slot.topic.partner} & {*codes}:
                    slot.topic = model or slot.topic
                _assign(slot, party.code, codes)
        else:
            _as_before(group, slots)


def _said_of(place: int, rows: list[list[Slot]], words: list[int]) -> bool:
    """Whether a "respectively" is said of this row: not right after the one before it."""
    before = rows[place - 1][-1].quantity.end + 2 if place else 0
    return any(word > before for word in words)


def _as_shares(group: list[Slot]) -> None:
    """ "X and Y took 27.7% and 10.1% of Z's exports": what the last is, all are."""
    last = group[-1]
    if not last.share or last.dropped or last.topic is None:
        return
    for slot in group:
        if slot.topic is None:
            slot.topic, slot.share, slot.reading = last.topic, True, last.reading
            slot.dropped = False


def _speaks_for_itself(group: list[Slot], scene: Scene) -> bool:
    """ "From UK, Russia, Germany down 96, 98, 91 percent": as many numbers as names."""
    chain = _parties_for(group, scene)
    rates = all(s.quantity.sort in RATES for s in group)
    stop = scene.text.find(";", group[-1].quantity.end, scene.end)
    limit = stop if stop >= 0 else scene.end
    times = [p for p in scene.periods if group[-1].quantity.end <= p.start < limit]
    return rates and len(chain) == len(group) and len(times) < len(group)


def _as_before(group: list[Slot], slots: list[Slot]) -> None:
    """ "5 to A and 3 to B, against 4 and 2 respectively": in the order of those before."""
    earlier = [s for s in slots if s.quantity.end <= group[0].quantity.start and not s.dropped]
    for slot, model in zip(group, earlier[-len(group) :], strict=False):
        if len(earlier) >= len(group) and model.topic is not None:
            slot.topic = model.topic


def rows_of(slots: list[Slot], scene: Scene) -> list[list[Slot]]:
    """Runs of quantities of one sort that are only listed."""
    rows: list[list[Slot]] = []
    for slot in slots:
        last = rows[-1][-1] if rows else None
        if last is not None and last.quantity.sort is slot.quantity.sort:
            gap = scene.text[last.quantity.end : slot.quantity.start]
            if _JOIN.fullmatch(gap):
                rows[-1].append(slot)
                continue
        rows.append([slot])
    return [row for row in rows if len(row) > 1]


def _parties_for(group: list[Slot], scene: Scene) -> list[Party]:
    """The last row of as many parties before the numbers, else the first after."""
    chains: list[list[Party]] = []
    for party in scene.parties:
        if chains and party.joined:
            chains[-1].append(party)
        else:
            chains.append([party])
    fitting = [c for c in chains if len(c) == len(group)]
    before = [c for c in fitting if c[-1].end <= group[0].quantity.start]
    return (before or fitting or [[]])[-1 if before else 0]


def _assign(slot: Slot, code: str, chain: list[str]) -> None:
    topic = slot.topic
    if topic is None:
        return
    if code in {topic.reporter, topic.partner}:
        return
    if topic.partner in chain:
        slot.topic = replace(topic, partner=code)
    elif topic.reporter in chain:
        slot.topic = replace(topic, reporter=code)
