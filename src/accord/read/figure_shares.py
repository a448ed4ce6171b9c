"""Shares beside shares: those in a row, in brackets, moved on, taken up again."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.changes import Place, Reading, verb_of_change
from accord.read.figure_fitness import untopical
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Scene
from accord.read.slots import RATES, Slot
from accord.read.topic import GIVEN, Topic

__all__ = [
    "moved_share",
    "of_everybody",
    "same_parties",
    "same_share",
    "share_before",
    "share_beside",
    "share_in_brackets",
    "shares_in_a_row",
]


def shares_in_a_row(slots: list[Slot], scene: Scene) -> None:
    """ "Took 27.7% and 10.1% of Namibia's exports": the first is a share as well, in place."""
    for slot, following in zip(reversed(slots[:-1]), reversed(slots[1:]), strict=True):
        if slot.share or not following.share or slot.quantity.sort not in _SHARES:
            continue
        if slot.reading is not None and slot.reading.place is not Place.LEVEL:
            continue
        gap = scene.text[slot.quantity.end : following.quantity.start]
        if re.fullmatch(r"\s*(?:,|and|,\s*and)\s*", gap):
            slot.share, slot.topic = True, following.topic
            slot.reading, slot.dropped = following.reading, following.dropped


_SHARES = frozenset({Sort.PERCENT, Sort.FRACTION})


_EVERYBODY = lazy(
    r"\s*of\s+(?:(?:all|the|its|their|total)\s+)*(?:(?:\w+\s+)?(?:population|households|people|inhabitants|workforce|GDP)\b|(?:global|worldwide|world(?:'s)?)\s)",
    re.IGNORECASE,
)


def of_everybody(quantity: Quantity, scene: Scene) -> bool:
    """ "27 per cent of the population", "12% of global imports": no part of what two do."""
    return _EVERYBODY.match(scene.text, quantity.end, scene.end) is not None


def share_beside(index: int, slots: list[Slot], topic: Topic) -> Topic | None:
    """ "Germany took a fifth of Slovenia's exports, Italy 11.5%": a part of the same whole."""
    slot = slots[index]
    if slot.share or slot.quantity.sort not in _SHARES or topic.form != "ellipsis":
        return None
    if slot.reading is None or slot.reading.place is not Place.LEVEL:
        return None
    last = next((s for s in reversed(slots[:index]) if s.share and s.topic), None)
    if last is None or last.topic is None or last.topic.measure != topic.measure:
        return None
    if last.topic.measure in GIVEN:
        return replace(last.topic, reporter=topic.reporter)
    told = {c for s in slots[:index] if s.topic for c in (s.topic.reporter, s.topic.partner)}
    ends = [c for c in (topic.partner, topic.reporter) if c and c != last.topic.reporter]
    who = next((c for c in ends if c not in told), ends[0] if ends else None)
    return replace(last.topic, partner=who) if who else None


_GOES_ON = lazy(
    r"[\s,;:]*(?:(?:and|or|up|down|ahead|less|more)\s+)*(?:to|from|against|versus|compared\s+(?:with|to)|as\s+against|than|of|and|,)?\s*(?:(?:only|just|about|some|nearly|even|the|a|mere|around)\s+)*",
    re.IGNORECASE,
)

_OF_TOTAL = lazy(
    r"\s*(?:of\s+)?(?:'s\s+)?(?:[\w']+\s+){0,4}?(?:total|exports|imports|trade|sales|whole)\b"
    r"(?:\s+in\s+goods(?:\s+and\s+services)?)?"
)


def share_before(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "11.4 per cent of the total in 2003, against 3.9 per cent in 2002", "A's 5%, B's 3%"."""
    slot = slots[index]
    if index == 0 or slot.share or slot.reading is None or slot.quantity.sort not in RATES:
        return False
    last = slots[index - 1]
    if not last.share or last.topic is None:
        return False
    if slot.reading.place is Place.BASE:
        return True
    gap = untopical(scene, last.quantity.end, slot.quantity.start)
    total = _OF_TOTAL.match(gap)
    gap = re.sub(r"'s?\b|'(?=\s|$)", " ", gap[total.end() if total else 0 :])
    return _GOES_ON.fullmatch(gap) is not None and slot.reading.place is not Place.BY


def moved_share(index: int, slots: list[Slot], scene: Scene) -> Reading:
    """ "fell from 40% … to 22%": the second share is reached by the verb before the first."""
    reading, last = slots[index].reading, slots[index - 1]
    assert reading is not None
    led = re.search(
        r"\bto\s+(?:\w+\s+)?$", scene.text[last.quantity.end : slots[index].quantity.start]
    )
    if led is None or last.reading is None or last.reading.place is not Place.BASE:
        return reading
    return (
        verb_of_change(
            scene.masked, max(scene.start, last.quantity.start - 90), last.quantity.start
        )
        or reading
    )


def share_in_brackets(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "imports from Thailand were $1.31 billion (68.5%)": of all that it imports."""
    slot = slots[index]
    if index == 0 or slot.share or slot.quantity.sort is not Sort.PERCENT:
        return False
    last = slots[index - 1]
    if last.reading is None or last.reading.place is not Place.LEVEL or last.dropped:
        return False
    if (
        last.quantity.sort is not Sort.MONEY
        or last.topic is None
        or last.topic.measure == "balance"
    ):
        return False
    gap = scene.text[last.quantity.end : slot.quantity.start]
    opened = scene.text[max(scene.start, last.quantity.start - 14) : last.quantity.start]
    inside = gap.strip() == "," and re.search(r"[(\[][^()\[\]]*$", opened) is not None
    return (inside or gap.strip() in {"(", "[", "(or"}) and scene.text[slot.quantity.end :][:1] in {
        ")",
        "]",
    }


def same_parties(topic: Topic, last: Slot | None) -> Topic:
    """ "71% of Chinese plum imports, 58% of grape imports": of the same two."""
    if topic.partner or not last or not last.share or not last.topic:
        return topic
    if topic.reporter not in {None, last.topic.partner}:
        return topic
    same = last.topic.measure == topic.measure
    return (
        replace(topic, reporter=last.topic.reporter, partner=last.topic.partner) if same else topic
    )


def same_share(topic: Topic, last: Topic | None) -> Topic:
    """The share before, or that of the party that this one is set on."""
    if last is None or topic.form == "ellipsis":
        return topic
    other = topic.measure in {"exports", "imports", "total_trade"} and topic.measure != last.measure
    bare = topic.reporter is None and topic.partner is None
    return replace(last, measure=topic.measure) if other and bare else last
