"""Whose list a ranking is of, and who stands in it."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re

from accord.model.polity import get_polity
from accord.model.statement import Measure
from accord.read.attachment import clause_start
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import (
    noun_of,
)
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting

__all__ = ["MAKING_IT", "find_owner", "find_subjects"]

_PASSING = r"(?:surpass|overtak|overtook|pass|pip|dethron|supplant|oust|eclips|outrank|leapfrog|knock|unseat|beat|replac|displac|ahead\s+of|behind|topp|edg|after|succeed)"

_PASSED_BY = lazy(rf"\b{_PASSING}(?:ed|s|es|ing|en|out)?\s+(?:the\s+|only\s+)?$", re.IGNORECASE)


def _is_passed(party: Party, scene: Scene) -> bool:
    """Whether a party is the one left behind ("overtook Britain as")."""
    return (
        _PASSED_BY.search(scene.text, max(scene.start, party.start - 30), party.start) is not None
    )


def find_subjects(
    match: re.Match[str], scene: Scene, memory: Memory, setting: Setting
) -> list[str]:
    """Who holds the place: the clause's subject, an apposition, "we" or "it"."""
    if MAKING_IT.search(scene.text, max(scene.start, match.start() - 40), match.start()):
        made = _other_end(match, scene, memory, setting)
        return [made] if made else []
    if (holder := _heir(match, scene) or _of_which(match, scene)) is not None:
        return [holder]
    apposed = _before_comma(match, scene)
    if apposed is not None:
        return [apposed.code]
    start = clause_start(scene.text, scene.start, match.start())
    before = [p for p in scene.parties if start <= p.start and p.end <= match.start()]
    before = [p for p in before if not _owns(p, match, scene)]
    named = [p for p in before if p.subject]
    bare = (
        [p for p in named if not p.adjective]
        or named
        or [p for p in before if p.prep in {"with", "of", "by", "than", "for"} and not p.possessive]
    )
    bare = [p for p in before if _OUSTED_BY.search(scene.text, start, p.start)] or bare
    if bare:
        return _subject_chain(bare, match, scene, memory, setting)
    after = [
        p
        for p in scene.parties
        if 0 <= p.start - match.end() < 80 and _apposed(scene.text[match.end() : p.start], p)
    ]
    if after and match.group("second"):
        return [p.code for p in _in_order(after[0], scene)]
    if after:
        return [after[0].code]
    return _unnamed_subject(match, start, scene, (memory, setting))


# "Peru has long been its main market, while also being its biggest supplier"
_PARTICIPLE = lazy(
    r"\b(?:while|whilst|and|as\s+well\s+as|besides)\s+(?:also\s+)?(?:being|becoming|remaining|serving\s+as)\s+(?:also\s+)?(?:its\s+|the\s+|their\s+)?$"
)
_NEXT = lazy(r"(?:\s*\([^()]{0,40}\))?\s*(?:,|\band\b|,\s*and\b)\s*(?:the\s+)?")


def _in_order(first: Party, scene: Scene) -> list[Party]:
    """ "Its second and third largest partners are Peru ($5 billion) and Chile"."""
    row = [first]
    for party in (p for p in scene.parties if p.start > first.end):
        if not _NEXT.fullmatch(scene.text, row[-1].end, party.start):
            break
        row.append(party)
    return row


def _unnamed_subject(
    match: re.Match[str], start: int, scene: Scene, known: tuple[Memory, Setting]
) -> list[str]:
    """Who stands there as "you", "we", "it" or by a description."""
    memory, setting = known
    if _PARTICIPLE.search(scene.text, max(scene.start, match.start() - 40), match.start()):
        first = next((p.code for p in scene.parties if p.subject and p.end <= start), None)
        return [first] if first else []
    if _STANDS_FOR_IT.match(scene.text, start, match.start()):
        return _other_of_pair(match, scene, memory, setting)
    lead = scene.text[start : match.start()]
    if re.search(r"\b(?:we|our\s+country|as)\b", lead, re.IGNORECASE) and setting.home:
        return [setting.home]
    if re.match(
        r"\W*(?:it|the\s+(?:country|kingdom|bloc|union|group|island|republic))\b",
        lead,
        re.IGNORECASE,
    ):
        it = _taken_up(match, start, scene) or memory.subject
        if it is None or it == find_owner(match, scene, memory, setting, []):
            return _other_of_pair(match, scene, memory, setting)
        return [it]
    return []


_IT = lazy(r"[\s,]*(?:while\s+|and\s+|but\s+|though\s+|although\s+)?it\b", re.IGNORECASE)


def _taken_up(match: re.Match[str], start: int, scene: Scene) -> str | None:
    """ "In second place is Russia, while it remains the largest market": the sentence's subject."""
    before = [p for p in scene.parties if p.end <= start and p.bare and not p.possessive]
    return before[0].code if before and _IT.match(scene.text, start, match.start()) else None


# "South America's second economy was Brazil's fourth partner", "You are our …"
_STANDS_FOR_IT = lazy(
    r"\W*(?:and\s+|but\s+)?(?:[Yy]ou\s+are|(?:(?:[Tt]he|[Tt]hat|[Tt]his|[Ii]ts|[A-Z][\w. ]{2,24}'s)\s+(?:[\w'-]+\s+){0,4}?(?:nation|country|state|neighbou?r|economy|republic|kingdom|power|giant|island|emirate|sultanate)"
    r"\s+(?:also\s+|now\s+|still\s+|already\s+)?(?:is|was|remains?|remained|has\s+(?:been|become)|became|ranks?|ranked)))\b"
)


def _other_of_pair(
    match: re.Match[str], scene: Scene, memory: Memory, setting: Setting
) -> list[str]:
    """Whoever is spoken of beside the owner of the list."""
    owner = find_owner(match, scene, memory, setting, [])
    pairs = (memory.pair or (), setting.pair)
    pair = next((p for p in pairs if owner in p and len(p) == 2), ())
    return [c for c in pair if c != owner]


_LOST = lazy(
    r"\b(?:lost|loses|losing|ceded|cedes|ceding|yielded|yields|gave\s+up|surrendered|conceded)\s+(?:(?:its|the|their)\s+)?(?:(?:\w+\s+)?(?:spot|place|position|status|title|rank(?:ing)?|standing|crown|mantle|role)\s+(?:as|of)\s+)?(?:(?:the|its|their)\s+|[\w.' -]{2,30}'s?\s+)?$",
    re.IGNORECASE,
)
_TO_WHOM = lazy(r"[^;.,]{0,60}\bto\s+(?:the\s+)?")


def _heir(match: re.Match[str], scene: Scene) -> str | None:
    """ "Denmark lost its spot as Latvia's biggest partner to Finland": who holds it now."""
    if not _LOST.search(scene.text, max(scene.start, match.start() - 80), match.start()):
        return None
    return next(
        (
            p.code
            for p in scene.parties
            if p.start >= match.end()
            and p.prep == "to"
            and not p.possessive
            and _TO_WHOM.fullmatch(scene.text, match.end(), p.start)
        ),
        None,
    )


_WHICH = lazy(
    r",\s+which\s+(?:in\s+turn\s+|itself\s+|also\s+)?(?:is|was|remains|has\s+become|became)\s+(?:\w+\s+){0,2}$"
)


def _of_which(match: re.Match[str], scene: Scene) -> str | None:
    """ "The partner of Vietnam, which in turn is the largest …": whom "which" takes up."""
    which = _WHICH.search(scene.text, max(scene.start, match.start() - 50), match.start())
    last = [p for p in scene.parties if which and p.end <= which.start()]
    return last[-1].code if last and which and which.start() - last[-1].end < 3 else None


def _subject_chain(
    bare: list[Party], match: re.Match[str], scene: Scene, memory: Memory, setting: Setting
) -> list[str]:
    """The last row of subjects, without who was passed on the way."""
    chain = [bare[-1]]
    for party in reversed(bare[:-1]):
        if not chain[0].joined:
            break
        chain.insert(0, party)
    if len(chain) == 1 and len(bare) > 1 and _passed(bare, scene):
        chain = [bare[-2]]
    elif len(chain) == 1 and _is_passed(chain[0], scene):
        who = _by_the_flow(match, scene, memory, setting)
        return [who] if who and who != chain[0].code else []
    return [p.code for p in chain]


_GOVERNING = frozenset({"to", "from", "with", "in", "into", "of", "by", "for", "against"})

_ITS_PLACE = lazy(
    r"\s*[,(–—-]\s*(?:(?:now|still|already|long|once|currently|traditionally|by\s+far)\s+)*(?:its|their|the|[\w.' -]{2,30}'s?)?\s*$"
)


def _before_comma(match: re.Match[str], scene: Scene) -> Party | None:
    """ "Exports to China, Korea's largest market, fell": who stands before the comma."""
    owners = {id(p) for p in scene.parties if p.end <= match.start() and _owns(p, match, scene)}
    last = [p for p in scene.parties if p.end <= match.start() and id(p) not in owners]
    if not last or last[-1].possessive or last[-1].prep not in _GOVERNING:
        return None
    if _ITS_PLACE.fullmatch(scene.text, last[-1].end, match.start()) is None:
        return None
    return last[-1]


MAKING_IT = lazy(
    r"\bmaking\s+(?:it|the\s+(?:country|bloc|island|kingdom|republic))\s+(?:the|its|their)?\s*$"
)


def _by_the_flow(
    match: re.Match[str], scene: Scene, memory: Memory, setting: Setting
) -> str | None:
    """ "Korean shipments to Japan soared, overtaking France as top supplier": the seller."""
    before = [t for t in scene.topics if t.end <= match.start()]
    filled = resolve_topic(before[-1], scene, memory, setting) if before else None
    noun = noun_of(match)
    if filled is None or noun is None:
        return None
    seller, buyer = (
        (filled.partner, filled.reporter)
        if filled.measure == "imports"
        else (filled.reporter, filled.partner)
    )
    return buyer if noun.measure is Measure.EXPORTS else seller


def _other_end(match: re.Match[str], scene: Scene, memory: Memory, setting: Setting) -> str | None:
    """ "Exports to Israel surged, making it the ninth-biggest market": who "it" is."""
    before = [t for t in scene.topics if t.end <= match.start()]
    filled = resolve_topic(before[-1], scene, memory, setting) if before else None
    if filled is None:
        return None
    return (
        filled.reporter if filled.measure in {"fdi", "aid", "loan", "tourists"} else filled.partner
    )


_OUSTED_BY = lazy(
    r"\b(?:overtaken|replaced|surpassed|displaced|superseded|passed|ousted|eclipsed|dethroned|pipped|succeeded)\s+by\s+(?:the\s+)?$"
)


def _passed(bare: list[Party], scene: Scene) -> bool:
    """ "the U.S. has surpassed China as", "X, ahead of Y"."""
    gap = scene.text[bare[-2].end : bare[-1].start]
    return (
        re.search(
            rf"\b{_PASSING}",
            gap,
            re.IGNORECASE,
        )
        is not None
    )


def _apposed(gap: str, party: Party) -> bool:
    return (
        re.fullmatch(
            r"(?:\s+(?:outside|in|within|beyond|of|for|on|during|among|at|last|this|so|between|over)\b(?:\s+[\w.'-]+){1,9}?)?(?:,|\s+(?:is|was|are|were|remains|became|being|remained|has\s+been|continued\s+to\s+be|:|-))\s*(?:the\s+|now\s+|still\s+|again\s+|once\s+)*",
            gap,
        )
        is not None
        and not party.possessive
    )


def _owns(party: Party, match: re.Match[str], scene: Scene) -> bool:
    gap = scene.text[party.end : match.start()]
    if party.adjective and _ITS_STATE.fullmatch(gap):
        return True
    return party.possessive and re.fullmatch(r"'s?\s*(?:\w+\s+){0,2}", gap) is not None


_ITS_STATE = lazy(r"\s+(?:economy|market|state|government|people|industry)'s\s+(?:\w+\s+){0,2}")


def find_owner(
    match: re.Match[str], scene: Scene, memory: Memory, setting: Setting, subjects: list[str]
) -> str | None:
    """Whose list it is: "Y's", "of Y", "in Y", "its", "our"."""
    owners = [p for p in scene.parties if p.end <= match.start() and _owns(p, match, scene)]
    if owners:
        return owners[-1].code
    inside = [
        p
        for p in scene.parties
        if match.start() <= p.start
        and p.end <= match.end() + 1
        and ")" not in scene.text[p.end : match.end()]  # "third largest (after Russia) supplier"
        and not (p.adjective and scene.is_region(p.code))
    ]
    if inside and not (_is_group(inside[-1]) and _OF.match(scene.text, match.end())):
        return inside[-1].code
    noun = noun_of(match)
    bought = noun is not None and noun.measure is Measure.EXPORTS
    after = [
        p
        for p in scene.parties
        if match.end() <= p.start
        and p.start - match.end() < 60
        and (
            p.prep in {"of", "for", "in", "to", "within", "into", "on", "with"}
            or (p.prep == "from" and match.group().endswith("exports"))
            or p.adjective
            or p.possessive
            or (p.prep == "from" and bought and not _is_group(p))
        )
    ]
    after = [
        p
        for p in after
        if p.code not in subjects and not re.search(r"[;,.]", scene.text[match.end() : p.start])
    ]
    own = _OWN.search(scene.text, max(scene.start, match.start() - 14), match.start())
    if after and not (own and _is_group(after[0]) and after[0].prep in {"in", "within"}):
        return after[0].code  # "its biggest investor in the EU" is not the EU's
    lead = scene.text[max(scene.start, match.start() - 14) : match.start()].lower()
    if re.search(r"\bour\s+(?:\w+\s+)?$", lead):
        return setting.home or next((c for c in setting.pair if c not in subjects), None)
    if re.search(
        r"\b(?:its|their|his|the\s+country's|the\s+bloc's|the\s+kingdom's|the\s+islands?'s?)\s+(?:\w+\s+)?$",
        lead,
    ):
        return _possessor(match, scene, memory, subjects, setting)
    noun = noun_of(match) if setting.host and setting.host not in subjects else None
    if noun is not None and noun.measure is Measure.TOURISTS:
        return setting.host
    ours = re.match(r"\s+of\s+ours\b", scene.text[match.end() : match.end() + 10])
    return setting.home if ours else _possessor(match, scene, memory, subjects, setting)


# "The largest ASEAN partner of China": the group only says among whom.
_OF = lazy(r"\s+(?:of|for|in|to)\s+(?:the\s+)?[A-Z]")


def _is_group(party: Party) -> bool:
    polity = get_polity(party.code)
    return polity is not None and polity.is_group


def _of_the_flow(
    match: re.Match[str], scene: Scene, memory: Memory, subjects: list[str], setting: Setting
) -> str | None:
    """ "Shipments to China, the No. 1 partner": whose shipments they are."""
    before = [t for t in scene.topics if t.end <= match.start() and t.partner in subjects]
    filled = resolve_topic(before[-1], scene, memory, setting) if before else None
    return filled.reporter if filled else None


_OF_OWNERS = frozenset({Measure.TOTAL_TRADE, Measure.EXPORTS, Measure.IMPORTS})
_OWN = lazy(r"\b(?:its|their|his|our)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _possessor(
    match: re.Match[str], scene: Scene, memory: Memory, subjects: list[str], setting: Setting
) -> str | None:
    of_flow = _of_the_flow(match, scene, memory, subjects, setting)
    if of_flow is not None:
        return of_flow
    before = [
        p.code
        for p in scene.parties
        if p.end <= match.start()
        and p.code not in subjects
        and p.prep not in {"within", "among", "in"}  # "within ASEAN, X was its third partner"
        and not _is_passed(p, scene)
    ]
    if before:
        return before[-1]
    last = memory.ranking
    listing = last is not None and last.measure in _OF_OWNERS and last.text_cue != "record"
    if (
        last is not None
        and listing
        and last.reporter not in subjects
        and not _OWN.search(scene.text, max(scene.start, match.start() - 14), match.start())
    ):
        return last.reporter  # "… was the biggest partner" after another of the same list
    noun = noun_of(match)
    hosts = last is not None and noun is not None and not noun.of_owner
    if last and noun and hosts and last.measure is noun.measure and last.partner not in subjects:
        return last.partner  # "… is the second source market" of the same host
    listed = memory.topic is not None and memory.topic.form == "ranking" and memory.pair
    codes: list[str | None] = [memory.pair[0]] if listed and memory.pair else []
    codes += [memory.subject, *(memory.pair or ()), *setting.pair]
    for code in codes:
        if code and code not in subjects:
            return code
    return None
