"""Respectively: numbers in a row belong to parties in a row."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.parties import Party
from accord.read.scene import Scene
from accord.read.slots import Slot

__all__ = ["distribute"]

_JOIN = re.compile(r"\s*(?:,|and|or|,\s*and)\s*(?:by\s+)?")
_WORD = re.compile(r"\brespectively\b", re.IGNORECASE)


def distribute(slots: list[Slot], scene: Scene) -> None:
    """Give each of "31.5 and 5.3 per cent respectively" its own party, in place."""
    if not _WORD.search(scene.text, scene.start, scene.end):
        return
    for group in _rows(slots, scene):
        chain = _parties_for(group, scene)
        if len(chain) == len(group):
            for slot, party in zip(group, chain, strict=True):
                _assign(slot, party.code, [p.code for p in chain])


def _rows(slots: list[Slot], scene: Scene) -> list[list[Slot]]:
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
    if topic.partner in chain:
        slot.topic = replace(topic, partner=code)
    elif topic.reporter in chain:
        slot.topic = replace(topic, reporter=code)
