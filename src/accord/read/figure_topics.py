"""What a number is of, where its own words say more than the flow spoken of."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.changes import Place, Reading
from accord.read.commodities import commodity_after
from accord.read.first_person import SPEAKER
from accord.read.parties import PAIR_WORDS
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene
from accord.read.slots import Slot
from accord.read.topic import Topic

__all__ = [
    "as_persons",
    "hosted",
    "in_list_order",
    "left_open",
    "listing",
    "of_both",
    "of_the_placed",
    "take_excess",
    "with_goods",
]


def in_list_order(topic: Topic, scene: Scene) -> Topic:
    """ "Peru is Chile's third partner, with $2 billion (7.5%)": of all that Chile trades."""
    for ranked in scene.topics:
        same = {ranked.reporter, ranked.partner} == {topic.reporter, topic.partner}
        if ranked.form == "ranking" and ranked.measure == topic.measure == "total_trade" and same:
            return replace(topic, reporter=ranked.reporter, partner=ranked.partner)
    return topic


def hosted(topic: Topic | None, scene: Scene) -> Topic | None:
    """ "In Laos, China accounts for 40% of all investment": where the sentence begins."""
    first = scene.parties[0] if scene.parties else None
    if topic is None or topic.measure != "fdi" or first is None or first.prep not in {"in", "into"}:
        return topic
    opens = first.lead - scene.start < 3 and scene.text.startswith(",", first.end)
    if not opens or first.code in {topic.reporter, topic.partner} or topic.partner is None:
        return topic
    told_here = any(p.code == topic.partner for p in scene.parties)
    return topic if told_here else replace(topic, partner=first.code)


_LISTING = frozenset({"exports", "imports", "total_trade"})


def listing(slot: Slot) -> Topic | None:
    """A share's topic: what follows is of others in the place of whose part it is."""
    if not slot.share or slot.topic is None or slot.topic.measure not in _LISTING:
        return slot.topic
    return replace(slot.topic, swapped="partner")


_PLAIN = lazy(r"[\d.,]+(?:\s?(?:million|mln|m|thousand|k|lakh))?")


def as_persons(quantity: Quantity, scene: Scene) -> Quantity:
    """A number of tourists counts persons, whatever currency was carried to it."""
    plain = _PLAIN.fullmatch(scene.text, quantity.core, quantity.end)
    if plain is None or quantity.sort not in {Sort.MONEY, Sort.AMOUNT}:
        return quantity
    return replace(quantity, sort=Sort.COUNT, unit="persons")


_BOTH = lazy(r"\W*(?:They|Both|The\s+(?:two|countries|sides|parties|leaders))\b")


def of_both(topic: Topic, slot: Slot, scene: Scene) -> Topic:
    """ "They aim for $15 billion": what two want together is trade between them."""
    if not slot.carried or topic.measure not in {"exports", "imports"}:
        return topic
    if not _BOTH.match(scene.text, scene.start):
        return topic
    return replace(topic, measure="total_trade", commodity=None)


_BESIDE = lazy(r"\s*(?:\(|,?\s+with\s+|,?\s+at\s+|[:–—-])\s*(?:about\s+|some\s+|over\s+)?")


def of_the_placed(topic: Topic, slot: Slot, scene: Scene) -> Topic:
    """ "Its second and third buyers are Oman ($5 million) and Iraq": of who stands beside it."""
    if topic.form != "ranking":
        return topic
    at = slot.quantity.start
    near = [p for p in scene.parties if 0 <= at - p.end < 12]
    if not near or not _BESIDE.fullmatch(scene.text, near[-1].end, at):
        return topic
    others = [t for t in scene.topics if t.form == "ranking" and t.measure == topic.measure]
    return next((t for t in others if near[-1].code in {t.reporter, t.partner}), topic)


def with_goods(slot: Slot, scene: Scene, memory: Memory) -> Topic:
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


def take_excess(slot: Slot, scene: Scene) -> None:
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


def left_open(topic: Topic, scene: Scene) -> Topic | None:
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
