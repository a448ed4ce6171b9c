"""What the words around a flow say of its other party: governed, taken up, gone on with."""

from __future__ import annotations

import re

from accord.read.attachment import clause_end, clause_start
from accord.read.everywhere import (
    GOODS,
)
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene
from accord.read.topic import Topic

__all__ = [
    "continued",
    "goes_to_it",
    "governed",
    "ours_for_partner",
    "receiver",
    "subject_before",
    "taken_up",
]


def _apposed(party: Party, scene: Scene) -> bool:
    """ "Its biggest partner, China, …": named between commas, not as who acts."""
    led = scene.text[scene.start : party.start].endswith(", ")
    return led and scene.text.startswith(",", party.end)


def subject_before(topic: Topic, scene: Scene, memory: Memory) -> str | None:
    """The subject before a flow, if none of the flows in between has an owner of its own."""
    last = memory.rival if memory.sentence == scene.number else None
    owned = last.core if last is not None and last.owner and last.core < topic.core else -1
    seller = last is not None and last.form == "ranking" and last.measure == "imports"
    owned = -1 if seller and topic.measure == "exports" else owned  # "X is Y's supplier, with …"
    for party in reversed(scene.parties):
        if party.end <= topic.core and party.subject and not _apposed(party, scene):
            if party.start < owned and topic.measure in GOODS:
                return None
            return party.code
    return None


_BY_KIND = lazy(
    r"\s+(?:to|from|with|in|into)\s+(?:the|that|this|its)\s+(?:\w+\s+)?(?:island|country|kingdom|republic|nation|state|sultanate|emirate|city-state|territory|archipelago|neighbou?r|giant|economy)\b"
)


def goes_to_it(topic: Topic, scene: Scene) -> bool:
    """ "Oman was first, while exports to this country rose": to Oman."""
    match = _BY_KIND.match(scene.text, topic.end, scene.end)
    wanted = {"exports": "to", "imports": "from"}.get(topic.measure)
    own = _ITS_SALES.search(scene.text, max(scene.start, topic.core - 20), topic.core)
    return match is not None and not own and match.group().split()[0] == wanted


def taken_up(topic: Topic, scene: Scene, memory: Memory) -> bool:
    """ "Its imports from the island": from the one that the sentences before speak of."""
    match = _BY_KIND.match(scene.text, topic.end, scene.end)
    if match is None or memory.sentence >= scene.number:
        return False
    return topic.measure != "imports" or match.group().lstrip().startswith(("from", "with"))


_ITS_SALES = lazy(r"\b(?:its|their)\s+(?:own\s+)?$", re.IGNORECASE)


def _bought_too(topic: Topic, last: Topic | None) -> bool:
    """ "Kenya bought maize from Zambia; Uganda bought 0.2 million": from the same seller."""
    return last is not None and topic.form == last.form == "verb" and last.measure == topic.measure


def continued(topic: Topic, scene: Scene, memory: Memory) -> str | None:
    """ "Japan bought 0.6 mln" of what the seller before sold; "Peru raised its shipments"."""
    last = memory.topic
    if last is None or scene.number - memory.sentence > 1 or topic.measure == last.measure:
        same = last is not None and last.measure == topic.measure == "exports"
        led = _ITS_SALES.search(scene.text, max(scene.start, topic.core - 20), topic.core)
        set_beside = memory.sentence == scene.number and topic.form == "verb"
        same = bool(same and (led or set_beside)) or _bought_too(topic, last)
        return last.partner if same and last and topic.reporter != last.partner else None
    if topic.reporter in {last.reporter, last.partner}:
        return None
    if topic.form != "verb" and not (topic.owner and topic.measure == "imports"):
        return None
    flows = {topic.measure, last.measure}
    return last.reporter if flows == {"imports", "exports"} else None


def _may_receive(party: Party, topic: Topic) -> bool:
    """Whether one named beside is not just the next of those who give."""
    return party.start < topic.core or party.prep in {"to", "for", "in", "into", "with"}


# "Bolivia and Japan signed a loan agreement"
_SIGNED = lazy(r"\b(?:sign(?:ed)?|conclud(?:ed?)|inked|agreed|sealed|initialled|exchanged)\b")


def receiver(topic: Topic, scene: Scene, memory: Memory) -> str | None:
    """ "Sri Lanka got … in Chinese loans": who gets what another gives."""
    known = topic.reporter
    subject = subject_before(topic, scene, memory)
    if subject is not None and subject != known:
        return subject
    row = [p for p in scene.parties if p.end <= topic.core]
    signed = row and _SIGNED.search(scene.text, row[-1].end, topic.core)
    if signed and len(row) > 1 and row[-1].joined and row[-2].subject:
        return row[-2].code if row[-2].code != known else None
    others = [p for p in scene.parties if p.code != known and _may_receive(p, topic)]
    if memory.pair and known not in memory.pair and not others and topic.measure != "fdi":
        return memory.pair[1]
    return None


_AS_FOR = lazy(
    r"\b(?:[Aa]s\s+(?:for|regards|to)|[Ww]ith\s+(?:regard|respect)\s+to|[Tt]urning\s+to|[Ii]n\s+the\s+case\s+of|[Cc]oncerning|[Rr]egarding)\s+(?:the\s+)?$"
)


def _of_later_flows(topic: Topic, scene: Scene) -> set[int]:
    """Where the partners of the flows named after this one stand ("… as gaps with X grew")."""
    later = [t for t in scene.topics if t.core > topic.end and t.form == "noun" and t.partner]
    found: set[int] = set()
    last = -1
    for party in scene.parties:
        theirs = any(t.end <= party.start and t.partner == party.code for t in later)
        if theirs or (party.joined and last in found):
            found.add(party.start)
        last = party.start
    return found


# "hit by slowing demand in China": what is there is no trade.
_OF_DEMAND = lazy(
    r"\b(?:demand|slowdown|growth|recovery|recession|war|crisis|conflict|weakness|prices|production|output|harvest|consumption|spending|economy|conditions|tensions|protests|floods?|drought|outbreak)\s*$"
)


def governed(topic: Topic, scene: Scene) -> str | None:
    """The other party of the sentence, where a preposition makes it a partner."""
    others = _of_later_flows(topic, scene)
    here = [p for p in scene.parties if p.code != topic.reporter and p.start not in others]
    if topic.measure in {"tourists", "other"}:
        here = [p for p in here if p.prep != "from"]
    if topic.form == "verb" and topic.measure in GOODS:
        stop = clause_end(scene.text, topic.end, scene.end)
        start = clause_start(scene.text, scene.start, topic.core)
        here = [p for p in here if start <= p.start < stop and p.prep not in {"in", "for"}]
    elif topic.measure in {"balance", "imports"}:
        here = [p for p in here if p.prep not in {"in", "for", "into"}]  # "amid a war in Libya"
    led = next((p.code for p in here if _AS_FOR.search(scene.text, scene.start, p.start)), None)
    if led is not None:
        return led
    here = [p for p in here if not _OF_DEMAND.search(scene.text, scene.start, p.lead)]
    distinct = list(dict.fromkeys(p.code for p in here))
    if len(distinct) == 1:
        near = {"with", "to", "from", "between", "against", "in", "into", "for"}
        return distinct[0] if here[0].prep in near and not here[0].possessive else None
    wanted = {"with", "to", "from", "against", "in"}
    after = [p.code for p in here if p.start >= topic.end and p.prep in wanted]
    return after[0] if after else None


def ours_for_partner(scene: Scene) -> bool:
    """Whether a sentence trades with "us" or "our country"."""
    return (
        re.search(
            r"\b(?:to|from|with|gives?|given|gave|granted|lent|sold|sells?)\s+(?:us|our\s+country)\b",
            scene.text[scene.start : scene.end],
        )
        is not None
    )
