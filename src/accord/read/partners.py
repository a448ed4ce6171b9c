"""The other party of a flow of which one is known: governed, gone on with, meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accord.read.everywhere import (
    GOODS,
    is_ours,
    of_several,
    worldwide,
)
from accord.read.first_person import SPEAKER
from accord.read.parties import Party
from accord.read.partner_words import (
    continued,
    governed,
    ours_for_partner,
    receiver,
    subject_before,
    taken_up,
)
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import GIVEN, Topic

__all__ = [
    "CUTS",
    "clause_subject",
    "opposite",
    "other_party",
    "partner_for",
]


def opposite(pair: tuple[str, ...], code: str | None) -> str | None:
    """The other one of a pair."""
    return next((c for c in pair if c != code), None)


def other_party(
    known: str, topic: Topic, scene: Scene, memory: Memory, setting: Setting
) -> str | None:
    """The party opposite the one that is known."""
    for candidate in _candidates(known, topic, scene, memory, setting):
        if candidate and candidate != known:
            return candidate
    return None


def _only_where(party: Party) -> bool:
    """ "In Paris the firm put its sales at …": where it was said."""
    return party.prep == "in" and party.form in {"capital", "city"}


def _candidates(
    known: str, topic: Topic, scene: Scene, memory: Memory, setting: Setting
) -> list[str | None]:
    subject = clause_subject(topic, scene, known)
    pair, mutual = memory.pair, topic.measure == "total_trade"
    speaks = is_ours(scene, topic) or (setting.speech and subject is None)
    found: list[str | None] = [setting.home if speaks else None, subject]
    if pair and known in pair:
        found.append(opposite(pair, known))
    elif pair and topic.partner == known:
        last = memory.rival
        between = mutual and memory.sentence == scene.number and last is not None and not last.owner
        found.append(_spoken_of_more(pair, setting) if between else pair[0])
    found += [p.code for p in scene.sources]
    here = [
        p.code
        for p in scene.parties
        if p.end <= topic.core and p.code != known and not _only_where(p)
    ]
    found += [_spoken_of_more(here[:2], setting)] if mutual and len(here) > 1 else here
    if known in setting.ends:
        found.append(opposite(setting.ends, known))
    if memory.pair is None and topic.form == "noun" and topic.measure in GOODS:
        found.append(setting.place)  # "SEOUL - Exports to the U.S. gained"
    found += [_spoken_of_more(pair, setting) if mutual else pair[0]] if pair else []
    found += [c for c in reversed(memory.seen) if c != known]
    found += [*setting.ends, setting.home, *setting.counts, setting.outlet, *setting.fallback]
    return found


def _spoken_of_more(codes: Sequence[str], setting: Setting) -> str:
    """Of two that trade with each other, the one that the text is on."""
    ranked = [code for code in setting.counts if code in codes]
    return ranked[0] if ranked else codes[0]


def clause_subject(topic: Topic, scene: Scene, known: str) -> str | None:
    """The nearest subject before a flow in its clause that is not the party known."""
    for party in reversed(scene.parties):
        if party.end <= topic.core and party.subject and party.code != known:
            return party.code
    return None


_NEW_CLAUSE = lazy(r";|,\s+(?:and|while|but|whereas)\b")


def _subject_elsewhere(code: str | None, topic: Topic, scene: Scene) -> bool:
    """ "Japan's deficit was …; Germany still had …": the subject of a clause of its own."""
    here = [p for p in scene.parties if p.code == code]
    return bool(here) and all(
        p.bare
        and p.start >= topic.end
        and _NEW_CLAUSE.search(scene.text, topic.end, p.start) is not None
        for p in here
    )


def _parallel(scene: Scene, pair: tuple[str | None, ...]) -> bool:
    """Whether another country is set beside these two ("…, and Nigeria's to …")."""
    return any(p.possessive and p.code not in pair for p in scene.parties)


def _named_elsewhere(known: str | None, scene: Scene) -> bool:
    """Whether another is named in the sentence, but not as who buys or sells."""
    return any(p.code != known for p in scene.parties)


def _spoken_of(known: str | None, memory: Memory) -> str | None:
    """Who "the country" is: the subject of the sentences before, or who was named last."""
    last: list[str | None] = [memory.subject, *(memory.pair or ()), *reversed(memory.seen)]
    return next((code for code in last if code and code != known), None)


def _meant_partner(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> str | None:
    """The partner by a word for it, by the place of writing, or as who receives."""
    known = topic.reporter
    first = scene.parties[0] if scene.parties else None
    hosts = first is not None and first.prep in {"in", "into"} and first.code != known
    if topic.measure == "fdi" and first and hosts and first.lead - scene.start < 4:
        return first.code  # "In Peru, … while Spain's investment was"
    hosted = topic.measure in {"tourists", "other"} and setting.host != known
    if hosted and setting.host:
        return setting.host
    if taken_up(topic, scene, memory):
        return _spoken_of(known, memory)
    host = setting.place or (setting.pair[0] if setting.titled and setting.pair else None)
    if topic.measure == "tourists" and memory.pair is None and host != known:
        return host  # "Nicosia: Tourist arrivals from the United Kingdom"
    if topic.measure in GIVEN:
        return receiver(topic, scene, memory)
    if topic.measure in {"exports", "imports"} and topic.owner:
        return _end_of(topic, scene)
    if topic.measure == "other":
        subject = subject_before(topic, scene, memory)
        return subject if subject != known else None  # "Peru got … in remittances from Spain"
    return None


_ENDS = {
    "exports": r"destination|market|recipient|buyer|customer|outlet|importer|purchaser",
    "imports": r"source|origin|supplier|exporter|provider",
}
_END = {
    measure: lazy(
        rf"[^;.]{{0,40}}?\b(?:is|was|were|are|remained|became)\b[^;.]{{0,30}}?\b(?:{words})s?\s+(?:for|of)\s"
    )
    for measure, words in _ENDS.items()
}


def _end_of(topic: Topic, scene: Scene) -> str | None:
    """ "Togo was the destination for $5 million in Ghana's exports": where they went."""
    subject = clause_subject(topic, scene, topic.reporter or "")
    for party in scene.parties:
        if party.code == subject and party.subject and party.end <= topic.core:
            return subject if _END[topic.measure].match(scene.text, party.end, topic.core) else None
    return None


# "Would cut its oil exports by 500,000 barrels per day": to everybody.
CUTS = lazy(
    r"\b(?:OPEC|Opec)|\b(?:cut|cuts|cutting|curb\w*|reduc\w+)\s+(?:its\s+|their\s+)?(?:\w+\s+)?(?:output|exports|production|supply)\b"
    r"|\b(?:cuts?|reductions?)\s+(?:in|of)\s+(?:\w+\s+and\s+)?(?:output|exports|production|supply)\b"
)


_BE = re.compile(r"\b(?:is|are|was|were)\s+$")


def _is_theirs(topic: Topic, scene: Scene) -> bool:
    """ "45% of India's imports are Chinese", "Russia took $13 billion of China's exports"."""
    taken = any(
        t.form == "verb" and t.reporter and t.partner and topic.reporter in {t.reporter, t.partner}
        for t in scene.topics
    )
    return taken or any(
        p.adjective and p.start >= topic.end and _BE.search(scene.text, topic.end, p.start)
        for p in scene.parties
    )


def _same_host(topic: Topic, memory: Memory, scene: Scene) -> str | None:
    """ "Remittances from the US rose too": to where those told before went."""
    last = memory.topic
    recent = last is not None and scene.number - memory.sentence <= 2
    if last is None or not recent or topic.measure not in {"other", "tourists"}:
        return None
    if last.measure != topic.measure:
        return None
    return last.partner if last.partner != topic.reporter else None


def _sent_here(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> str | None:
    """ "Remittances from Oman rose": to the country in which it is written."""
    home = setting.place or setting.outlet
    alone = all(p.code == topic.reporter for p in scene.parties)
    if topic.commodity != "remittances" or memory.pair or not alone:
        return None
    return home if home != topic.reporter else None


def partner_for(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> str | None:
    """The partner of a flow whose owner is named: only where the text means one."""
    known = topic.reporter
    goods = topic.measure in GOODS and taken_up(topic, scene, memory)
    taken = _spoken_of(known, memory) if goods else None  # "its total exports to the country"
    if taken is None and (worldwide(scene, topic) or of_several(topic, scene, memory)):
        return None
    meant = (
        taken or _meant_partner(topic, scene, memory, setting) or _same_host(topic, memory, scene)
    )
    meant = meant or _sent_here(topic, scene, memory, setting)
    if meant is not None:
        return meant
    recent = scene.number - memory.sentence <= 2 and not _told_later(topic, scene, memory)
    if memory.pair and known in memory.pair and recent:
        return opposite(memory.pair, known)
    found = (
        governed(topic, scene)
        or continued(topic, scene, memory)
        or _taker(topic, scene, memory)
        or (
            opposite(memory.named, known)
            if not memory.pair
            and known in memory.named
            and not (setting.guessed and topic.form == "noun")
            else None
        )
    )
    if found is not None:
        return found
    if (
        known in setting.ends
        and len(setting.ends) == 2
        and not (setting.guessed and topic.measure in GOODS and not _is_theirs(topic, scene))
        and not CUTS.search(scene.text, scene.start, scene.end)
        and not (
            topic.form in {"verb", "ellipsis"}
            and topic.measure in GOODS
            and _named_elsewhere(known, scene)
        )
        and not _parallel(scene, setting.ends if setting.titled else (known,))
        and not _subject_elsewhere(opposite(setting.ends, known), topic, scene)
    ):
        return opposite(setting.ends, known)
    travels = topic.measure == "tourists" and not memory.pair
    # in a text on one country, to it; else to where it is written ("Windhoek: … Zambia's …")
    near = setting.ends[0] if travels and len(setting.ends) == 1 else setting.place
    if near and near != known and (travels or near in (memory.pair or ())):
        return near
    if topic.measure in {"aid", "loan"} and setting.speech and known != setting.home:
        return setting.home or SPEAKER  # "Japan has pledged 5 million dollars": to whoever speaks
    return setting.home if ours_for_partner(scene) and setting.home != known else None


def _taker(topic: Topic, scene: Scene, memory: Memory) -> str | None:
    """ "Zambia's exports came to $9 billion. China took $2 billion": of Zambia's."""
    whole = memory.all_told(scene.number)
    if whole is None or topic.form != "verb" or topic.reporter == whole.reporter:
        return None
    flows = {topic.measure, whole.measure}
    return whole.reporter if flows == {"exports", "imports"} else None


def _told_later(topic: Topic, scene: Scene, memory: Memory) -> bool:
    """ "The deficit grew as the gap with China widened": the pair is that of the second."""
    first = memory.topic
    return memory.sentence == scene.number and first is not None and topic.end <= first.start
