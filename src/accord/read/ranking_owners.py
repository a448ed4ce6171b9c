"""Whose list a ranking is of: "Y's", "of Y", "in Y", "its", "our", or of one told before."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re

from accord.model.polity import get_polity
from accord.model.statement import Measure
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import noun_of
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting

__all__ = ["PASSING", "find_owner", "is_passed", "owns"]

PASSING = r"(?:surpass|overtak|overtook|pass|pip|dethron|supplant|oust|eclips|outrank|leapfrog|knock|unseat|beat|replac|displac|ahead\s+of|behind|topp|edg|after|succeed)"

_PASSED_BY = lazy(rf"\b{PASSING}(?:ed|s|es|ing|en|out)?\s+(?:the\s+|only\s+)?$", re.IGNORECASE)


def is_passed(party: Party, scene: Scene) -> bool:
    """Whether a party is the one left behind ("overtook Britain as")."""
    return (
        _PASSED_BY.search(scene.text, max(scene.start, party.start - 30), party.start) is not None
    )


def owns(party: Party, match: re.Match[str], scene: Scene) -> bool:
    """Whether a place is one in that party's list ("Peru's third-largest", "the Chinese market's")."""
    gap = scene.text[party.end : match.start()]
    if party.adjective and _ITS_STATE.fullmatch(gap):
        return True
    return party.possessive and re.fullmatch(r"'s?\s*(?:\w+\s+){0,2}", gap) is not None


_ITS_STATE = lazy(r"\s+(?:economy|market|state|government|people|industry)'s\s+(?:\w+\s+){0,2}")


def find_owner(
    match: re.Match[str], scene: Scene, memory: Memory, setting: Setting, subjects: list[str]
) -> str | None:
    """Whose list it is: "Y's", "of Y", "in Y", "its", "our"."""
    owners = [p for p in scene.parties if p.end <= match.start() and owns(p, match, scene)]
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
        and not is_passed(p, scene)
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
