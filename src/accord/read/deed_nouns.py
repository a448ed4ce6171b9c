"""Deeds told by a noun: "the visit of A to B", "A's recognition of B", "the A-B summit".

Two parties must belong to the noun by their prepositions, by possession or as a
compound before it; and it must be dated, said to happen, or be what something else
follows ("after the invasion of …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accord.read.deed_words import nouns
from accord.read.frames import Span
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.scene import Scene

__all__ = ["NounDeed", "find_calls", "find_noun_deeds", "happens"]

NounDeed = tuple[Span, Party, Party]

_AFTER = {
    "to", "of", "from", "with", "in", "on", "against", "by", "between", "into", "over", "at",
    "for", "among",
}  # fmt: skip
_REACH = 60
_BILATERAL = lazy(
    r"freeze|rupture|breach|severance|recognition|embargo|blockade|declaration\s+of\s+war|invasion"
    r"|annexation|restoration|resumption|suspension|break|normali",
    re.IGNORECASE,
)
_VISIT = lazy(r"(?:visit|trip)\b", re.IGNORECASE)
_IN_FOR = lazy(
    r"\b(?P<lead>(?:delegation|minister|president|premier|envoy|leader|king|officials|team|PM|FM|chief)s?"
    r"(?:\s+[A-Z][\w'-]+){0,3}\s+(?:in|to)\s+)(?=[A-Z])",
    re.IGNORECASE,
)
_FOR_TALKS = lazy(r"\s+(?:for|on)\s+(?:\w+\s+){0,3}?(?:talks|visit|summit|meeting|negotiations)")
_SEAT = lazy(r"embass|consulate|mission|office|border|legation|commission")
_HAPPENS = lazy(
    r"\b(?:took\s+place|takes?\s+place|(?:was|were|is|are|be|been)\s+(?:\w+ly\s+)?(?:held|due|expected|"
    r"scheduled|under\s+way|signed|lifted|imposed|postponed|cancelled|completed|announced)|began|begins|"
    r"ended|ends|lasted|lasts|opened|opens|broke|collapsed|resumed|resume|followed|concluded|started|starts|"
    r"continued|failed|came\s+to|paved|led\s+to|brought|triggered|drew|cut|sent|pushed|cost|killed|left)\b"
)
_LEADS = lazy(
    r"\b(?:during|after|following|since|before|ahead\s+of|until|at|on|in|by|(?:end|close|conclusion|eve)\s+of|marked|over|despite|"
    r"because\s+of|amid|welcomed|with|ended|ending|through)\s+(?:(?:the|an?|his|her|its|their|this|last|"
    r"first|recent|official|state|working|illegal|unlawful|armed|military|full-scale|unprovoked|brutal|two|three|\w+-day|(?-i:[A-Z])\w+|\w+'s?)\s+){0,4}$",
    re.IGNORECASE,
)
_ON_VISIT = lazy(
    r"\b(?:on|during|after|before|for|ended|ends|began|begins|cut\s+short|concluded|paid|pays|made|from)\s+"
    r"(?:(?:an?|his|her|their|the|first|official|state|working|brief|rare|three|two|five|\w+-day|\w+-nation|recent)\s+)*$",
    re.IGNORECASE,
)
_COUNTED = lazy(r"(?:\d|million|thousand|hundred)\s+$")
_BARRIER = lazy(
    r"[;:\d]|,\s|\b(?:and|but|that|which|who|when|while|said|was|were|is|are|has|had)\b"
)


def find_noun_deeds(
    scene: Scene, pair: Sequence[str] = (), home: str | None = None
) -> Iterator[NounDeed]:
    """The nouns of a sentence to which two parties belong, or one of the ``pair`` spoken of."""
    if not scene.parties:
        return
    for match in nouns().finditer(scene.text, scene.start, scene.end):
        span = match.span()
        if any(p.start < span[1] and span[0] < p.end for p in scene.parties):
            continue
        if _COUNTED.search(scene.text, max(scene.start, span[0] - 16), span[0]):
            continue  # "5.1 million visits"
        found = _compound(span, scene) or _belonging(span, scene) or _one_of(span, pair, scene)
        found = found or _of_an_official(span, (pair, home), scene)
        if found is not None:
            yield span, *found


def happens(span: Span, scene: Scene, *, dated: bool) -> bool:
    """Whether what the noun names is told as having happened."""
    if dated:
        return True
    after = scene.text[span[1] : min(scene.end, span[1] + 110)]
    before = scene.text[max(scene.start, span[0] - 70) : span[0]]
    return _HAPPENS.search(after) is not None or _LEADS.search(before) is not None


def find_calls(scene: Scene) -> Iterator[NounDeed]:
    """ "Taliban delegation in Moscow for talks": a headline without a verb."""
    for match in _IN_FOR.finditer(scene.text, scene.start, scene.end):
        host = next((p for p in scene.parties if p.start == match.end("lead")), None)
        guest = next((p for p in reversed(scene.parties) if p.end <= match.start() + 1), None)
        if host is None or guest is None or host.code == guest.code:
            continue
        if match.start() - guest.end < 40 and _FOR_TALKS.match(scene.text, host.end):
            yield (match.start(), match.end("lead")), guest, host


def _compound(span: Span, scene: Scene) -> tuple[Party, Party] | None:
    """ "the Sino-Russian summit", "the Iran-Iraq war"."""
    near = [p for p in scene.parties if 0 < span[0] - p.end + 1 < 30]
    if len(near) >= 2 and near[-1].start == near[-2].start and near[-1].joined:
        gap = scene.text[near[-1].end : span[0]]
        if not _BARRIER.search(gap):
            return near[-2], near[-1]
    return None


def _one_of(span: Span, pair: Sequence[str], scene: Scene) -> tuple[Party, Party] | None:
    """ "President Chávez's freeze of relations", in a text on two countries."""
    after = _following(span, scene)
    visit = _VISIT.match(scene.text, span[0]) is not None
    guest = after[0] if visit and len(after) == 1 and after[0].prep in {"by", "of"} else None
    owner = guest or (None if after else _owner(span, scene))
    if owner is None or owner.code not in pair or len(set(pair)) != 2:
        return None
    if not ((visit and owner.possessive) or guest or _BILATERAL.match(scene.text, span[0])):
        return None
    other = next(code for code in pair if code != owner.code)
    return owner, Party(span[0], span[0], other, "name", "", False, False, span[0])


def _of_an_official(
    span: Span, known: tuple[Sequence[str], str | None], scene: Scene
) -> tuple[Party, Party] | None:
    """ "The visit of Foreign Secretary Khan to China", in a text of Pakistan's ministry."""
    pair, home = known
    host = next((p for p in scene.parties if p.start >= span[1]), None)
    if host is None or host.prep != "to" or not _VISIT.match(scene.text, span[0]):
        return None
    before = scene.text[max(scene.start, span[0] - 60) : span[0]]
    between = scene.text[span[1] : host.lead]
    if not (_SOMEBODYS.search(before) if not between.strip() else _OF_SOMEBODY.fullmatch(between)):
        return None
    two = len(set(pair)) == 2 and host.code in pair
    guest = next((c for c in pair if c != host.code), None) if two else home
    if guest is None or guest == host.code:
        return None
    return Party(span[0], span[0], guest, "name", "", False, False, span[0]), host


_SOMEBODYS = lazy(r"\b[A-Z][\w.-]+'s?\s+(?:\w+\s+){0,2}$")
_OF_SOMEBODY = lazy(r"\s+(?:of|by)\s+(?:the\s+|our\s+)?(?:[A-Z][\w.]*\s*){1,8}")


def _belonging(span: Span, scene: Scene) -> tuple[Party, Party] | None:
    after = _following(span, scene)
    owner = _owner(span, scene)
    if owner is not None and after:
        other = next((p for p in after if p.code != owner.code), None)
        if other is not None:
            return owner, other
    guest = _guest(span, scene)
    if (
        guest is not None
        and after
        and after[0].code != guest.code
        and after[0].prep in {"to", "in"}
    ):
        return guest, after[0]
    pair = list({p.code: p for p in reversed(after)}.values())[::-1]
    if len(pair) < 2:
        return None
    agent = next((p for p in pair if p.prep == "by"), None)
    if agent is not None:
        return agent, next(p for p in pair if p is not agent)
    return pair[0], pair[1]


def _following(span: Span, scene: Scene) -> list[Party]:
    """The parties that prepositions tie to the noun, one after the other."""
    found: list[Party] = []
    edge = span[1]
    for party in scene.parties:
        if party.start < span[1]:
            continue
        tied = party.prep in _AFTER or (found and party.joined)
        place = party.prep in {"in", "on", "at"} and bool(found)
        place = place and not _SEAT.search(scene.text, span[1], party.start)
        if not tied or place or party.lead - edge > _REACH or _broken(edge, party, scene):
            break
        found.append(party)
        edge = party.end
    return found


def _broken(edge: int, party: Party, scene: Scene) -> bool:
    return not party.joined and _BARRIER.search(scene.text, edge, party.lead) is not None


def _guest(span: Span, scene: Scene) -> Party | None:
    """Who is on it: "concluded by Mintoff on a visit to Pyongyang"."""
    before = scene.text[max(scene.start, span[0] - 50) : span[0]]
    if not _ON_VISIT.search(before):
        return None
    named = [p for p in scene.parties if p.end <= span[0] and (p.bare or p.prep == "by")]
    return named[-1] if named else None


def _owner(span: Span, scene: Scene) -> Party | None:
    """Whose deed it is: "Putin's visit", "the Iraqi invasion", "Kenya's first visit"."""
    before: Sequence[Party] = [p for p in scene.parties if p.end <= span[0]]
    if not before:
        return None
    last = before[-1]
    gap = scene.text[last.end : span[0]]
    if len(gap) > 45 or _BARRIER.search(gap):
        return None
    return last if last.possessive or last.adjective else None
