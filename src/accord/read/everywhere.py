"""Flows with all the world: whose trade is no trade between two.

A country's "foreign trade", its exports to "many countries", its imports after those of
two partners were told apart: such numbers are of no pair.
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.attachment import clause_end
from accord.read.parties import PAIR_WORDS
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting
from accord.read.slots import Slot
from accord.read.topic import Topic

__all__ = [
    "GOODS",
    "goes_to_a_group",
    "is_ours",
    "names_pair",
    "note_whole",
    "of_no_pair",
    "of_several",
    "of_the_whole",
    "with_a_group",
    "with_all",
    "worldwide",
]

GOODS = frozenset({"exports", "imports", "balance"})
_OURS = lazy(r"\b(?:our|we|ours)\b", re.IGNORECASE)
_PAIR_REACH = 90

_WORLDWIDE = lazy(
    r"\b(?:to|from|with|into|by)\s+(?:all|every|other\s+countries|(?:its\s+|their\s+|the\s+)?neighbou?r(?:s\b|ing\s+countries)|the\s+(?:rest\s+of\s+the\s+)?world)\b|\b(?:global|worldwide|world)\s+(?:flows|trade|exports?|imports?|investment)|\btotal\s+(?:(?:foreign|direct|reali[sz]ed|inward)\s+)*investments?\b|\b(?:total|overall|aggregate)\s+(?:(?:\w+\s+){0,2}?(?:exports|imports)|(?:(?:goods|trade|merchandise)\s+)?(?:deficit|surplus|shortfall|balance))\b|\btotal\s+(?:number\s+of\s+)?(?:(?:international|foreign|inbound)\s+)?(?:tourists?|visitors?)\b|\b(?:foreign|external|overseas)\s+trade\b(?!\s+partners?\b)|\b(?:foreign|external|overseas)\s+(?:creditors|banks|lenders|buyers|customers)\b|\b(?:abroad|overseas|beyond\s+(?:the|its|their)\s+borders?|at\s+home)\b|\bworld\s+champion\b",
    re.IGNORECASE,
)

_TO_MANY = lazy(
    r"\b(?:to|from)\s+(?:various|many|several|different|numerous|other|\d+)\s+(?:\w+\s+)?(?:countries|nations|states|markets|destinations)\b",
    re.IGNORECASE,
)


# what a state owes to all its creditors, if not as the whole of a part
_OF_A_STATE = lazy(
    r"(?:^|(?<!of)\s(?:the|its|their|total)\s+|'s\s+|[.;:,]\s+)(?:total\s+)?(?:external|foreign|public|national|government|sovereign)\s+(?:\w+\s+)?debts?$",
    re.IGNORECASE,
)


def is_worldwide(scene: Scene, at: int) -> bool:
    """Whether the flow last named before ``at`` is one with all the world."""
    left = [t for t in scene.topics if t.end <= at]
    return bool(left) and worldwide(scene, left[-1]) and not _party_first(scene, left[-1])


def _party_first(scene: Scene, topic: Topic) -> bool:
    """ "Cuba made up 2% of Spain's foreign trade": somebody's part is told of the whole."""
    others = [p for p in scene.parties if p.code != topic.reporter]
    return topic.owner and any(p.end <= topic.core for p in others)


def worldwide(scene: Scene, topic: Topic) -> bool:
    """Whether a flow is one with all the world, not with one partner."""
    low, high = max(scene.start, topic.core - 30), min(scene.end, topic.end + 50)
    stop = clause_end(scene.text, topic.end, min(scene.end, topic.end + 160))
    if topic.form == "verb" and _TO_MANY.search(scene.text, topic.end, stop):
        return True
    if _TO_MANY.match(scene.text, topic.end + 1, stop):
        return True
    owed = topic.measure == "loan" and not topic.reporter
    if owed and _OF_A_STATE.search(scene.text[max(scene.start, topic.core - 40) : topic.end]):
        return True
    match = _WORLDWIDE.search(scene.text, low, high)
    total = match is not None and match.group().lower().startswith(
        ("total ", "overall ", "aggregate ", "foreign tr", "external tr", "overseas tr")
    )
    end = topic.reporter if topic.measure == "tourists" else topic.partner
    return match is not None and not (total and end)


_GROUP = lazy(
    r"\s+(?:with|to|from|among)\s+(?:the\s+)?(?P<which>(?:[a-z]+(?:-[A-Za-z]+)?\s+){0,3}?)(?:countries|nations|states|economies|markets|Third\s+World|West(?![\w-]|\s+[A-Z])|developing\s+world)\b"
)
# "the countries along the Belt and Road", "states that belong to the Union": a group with a name.
_NAMED_AFTER = lazy(
    r"\s+(?:(?:that\s+)?(?:\w+\s+){0,3})(?:along|of|in|on|within|under|inside|to|across)\s+(?:the\s+)?"
)
_THESE = lazy(r"\b(?:two|both|these|those|three|four|five|which|its|their|member)\b")


def goes_to_a_group(scene: Scene, start: int, end: int) -> bool:
    """Whether the flow that a share between ``start`` and ``end`` is of is one with many."""
    left = [t for t in scene.topics if start <= t.core and t.end <= end and t.form == "noun"]
    return bool(left) and not left[-1].partner and with_a_group(scene, left[-1])


def with_a_group(scene: Scene, topic: Topic) -> bool:
    """ "Trade with socialist countries", "exports to the West": of many, none of them named."""
    match = _GROUP.match(scene.text, topic.end, scene.end)
    if match is None or _THESE.search(match.group("which")):
        return False
    named = _NAMED_AFTER.match(scene.text, match.end(), scene.end)
    return not any(
        match.start() <= p.start < match.end()
        or (named is not None and p.start == named.end() and not scene.is_region(p.code))
        for p in scene.parties
    )


_LABEL = lazy(r"\s*[:-]?\s+(?:[$€£]|US\$|[A-Z]{3}\s?\d)")


def _is_label(scene: Scene, topic: Topic) -> bool:
    """ "Imports: $6.2 billion (2012)": the first word of a line on one country."""
    return topic.core - scene.start < 3 and _LABEL.match(scene.text, topic.end) is not None


_ALL_TRADE = lazy(
    r"\b(?:foreign|external|overseas|world)\s+(?:merchandise\s+|goods\s+)?$", re.IGNORECASE
)

_PART_OF = lazy(
    r"(?:\b(?:shares?|parts?|half|thirds?|quarters?|percent|per\s?cent)|%)\s+(?:of|in)\b",
    re.IGNORECASE,
)


def all_trade(scene: Scene, topic: Topic) -> bool:
    """ "Uzbekistan's foreign trade turnover": with all the world, where no partner is named."""
    low = max(scene.start, topic.core - 30)
    foreign = _ALL_TRADE.search(scene.text, low, topic.core) or _WORLDWIDE.search(
        scene.text, low, topic.core
    )
    part = _PART_OF.search(scene.text, max(scene.start, topic.core - 70), topic.core)
    return foreign is not None and part is None and not names_pair(scene, topic)


def with_all(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> bool:
    """Whether "China's trade" is that with all the world: nobody else was spoken of."""
    known = topic.reporter
    if worldwide(scene, topic):
        return not _party_first(scene, topic)
    if not topic.owner or names_pair(scene, topic) or is_ours(scene, topic):
        return False
    if known in (memory.pair or ()) or known in memory.named:
        return False
    if known in setting.pair and setting.titled:
        return False
    return not any(p.code != known for p in scene.parties)


_WHOLE = lazy(r"\b(?:total|overall|foreign|external|entire)\b", re.IGNORECASE)
_WHICH = lazy(
    r",?\s+(?:which|that)\s+(?:has\s+|had\s+)?(?:exceed\w*|amount\w*\s+to|was|is|stood\s+at|reached|total\w+|came\s+to)\s+(?:\w+\s+){0,2}$"
)


def _sizes_whole(scene: Scene, topic: Topic, at: int) -> bool:
    """ "2% of Chad's total trade, which exceeded $3 billion": the whole, not the part."""
    if topic.form != "noun" or not topic.owner or topic.partner or topic.end > at:
        return False
    if not _WHICH.match(scene.text, topic.end, at) or not _PART_OF.search(
        scene.text, max(scene.start, topic.start - 30), topic.start
    ):
        return False
    return _WHOLE.search(scene.text, topic.start, topic.end) is not None


def of_the_whole(topic: Topic, scene: Scene, at: int) -> bool:
    """Whether a number is of the flow with all the world that stands before it."""
    if topic.form == "ellipsis":
        return is_worldwide(scene, at)
    return _sizes_whole(scene, topic, at)


def _beside_total(topic: Topic, scene: Scene) -> bool:
    """ "Its total exports fell by 3 percent, while imports rose": these are total as well."""
    before = [t for t in scene.topics if t.end <= topic.core and t.form == "noun"]
    if not before or topic.measure not in GOODS:
        return False
    last = before[-1]
    named = any(last.end <= p.start and p.end <= topic.core for p in scene.parties)
    return not named and not last.partner and last.measure in GOODS and worldwide(scene, last)


_SUMMED = lazy(r"\b(?:total|overall)\s+$", re.IGNORECASE)


def _sums_up(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> bool:
    """ "Trade with X came to …. Total exports rose": in a report on two, those between them."""
    last = memory.topic
    if not setting.titled or len(setting.pair) != 2 or setting.guessed or last is None:
        return False
    here = memory.sentence == scene.number
    if topic.reporter or scene.number - memory.sentence > 2:
        return False
    if last.measure != "total_trade" and not here:
        return False
    return _SUMMED.search(scene.text, max(scene.start, topic.start - 9), topic.start) is not None


_LISTED = frozenset({"exports", "imports", "total_trade"})


def note_whole(topic: Topic, slot: Slot, scene: Scene, memory: Memory) -> None:
    """Keep that a sentence tells of one country's flow with everybody, and which it is."""
    if slot.topic is not None or slot.carried or slot.share:
        return
    if topic.form != "noun" or topic.partner or topic.measure not in {*GOODS, "total_trade"}:
        return
    if topic.owner or worldwide(scene, topic):
        memory.whole = scene.number
    if topic.owner and topic.reporter and topic.measure in _LISTED:
        memory.lister = replace(topic, form="list", swapped="partner")
        memory.lister_at = scene.number


def of_no_pair(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> bool:
    """Whether a flow without any party is that with all the world, or of nobody in particular."""
    alone = worldwide(scene, topic) or _beside_total(topic, scene)
    if alone and not _sums_up(topic, scene, memory, setting):
        return True
    if of_several(topic, scene, memory):
        return True
    if memory.whole >= scene.number - 1 and not scene.parties and not names_pair(scene, topic):
        return True  # "Total trade came to …. Exports were …"
    return len(setting.ends) != 2 and _is_label(scene, topic)


def of_several(topic: Topic, scene: Scene, memory: Memory) -> bool:
    """After "exports to X fell and to Y rose", imports without a party are from everywhere."""
    first, last = memory.topic, memory.rival
    if first is None or last is None or scene.number - memory.sentence != 1:
        return False
    if any(party.code != first.reporter for party in scene.parties):
        return False
    if topic.measure not in GOODS or first.measure != last.measure or names_pair(scene, topic):
        return False
    return first.reporter == last.reporter and first.partner != last.partner


def is_ours(scene: Scene, topic: Topic) -> bool:
    """Whether a flow is that of the country that speaks."""
    return _OURS.search(scene.text, max(scene.start, topic.start - 60), topic.core) is not None


def names_pair(scene: Scene, topic: Topic) -> bool:
    """Whether words beside a flow say that it is one of two ("bilateral")."""
    low = max(scene.start, topic.core - _PAIR_REACH)
    return PAIR_WORDS.search(scene.text, low, min(scene.end, topic.end + _PAIR_REACH)) is not None
