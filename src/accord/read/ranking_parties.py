"""Who stands in a ranking: the subject of the clause, an apposition, "it" or "you"."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re

from accord.model.statement import Measure
from accord.read.attachment import clause_start
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import (
    noun_of,
)
from accord.read.ranking_owners import PASSING, find_owner, is_passed, owns
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import SENT

__all__ = ["MAKING_IT", "find_subjects"]


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
    before = [p for p in before if not owns(p, match, scene)]
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
    elif len(chain) == 1 and is_passed(chain[0], scene):
        who = _by_the_flow(match, scene, memory, setting)
        return [who] if who and who != chain[0].code else []
    return [p.code for p in chain]


_GOVERNING = frozenset({"to", "from", "with", "in", "into", "of", "by", "for", "against"})

_ITS_PLACE = lazy(
    r"\s*[,(–—-]\s*(?:(?:now|still|already|long|once|currently|traditionally|by\s+far)\s+)*(?:its|their|the|[\w.' -]{2,30}'s?)?\s*$"
)


def _before_comma(match: re.Match[str], scene: Scene) -> Party | None:
    """ "Exports to China, Korea's largest market, fell": who stands before the comma."""
    owners = {id(p) for p in scene.parties if p.end <= match.start() and owns(p, match, scene)}
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
    return filled.reporter if filled.measure in SENT else filled.partner


_OUSTED_BY = lazy(
    r"\b(?:overtaken|replaced|surpassed|displaced|superseded|passed|ousted|eclipsed|dethroned|pipped|succeeded)\s+by\s+(?:the\s+)?$"
)


def _passed(bare: list[Party], scene: Scene) -> bool:
    """ "the U.S. has surpassed China as", "X, ahead of Y"."""
    gap = scene.text[bare[-2].end : bare[-1].start]
    return (
        re.search(
            rf"\b{PASSING}",
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
