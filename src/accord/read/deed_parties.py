"""The two parties of a deed: who does it, and to or with whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.read.first_person import OWN
from accord.read.frames import Span, is_region, pair_in_context
from accord.read.parties import PAIR_WORDS, Party
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting

__all__ = ["Search", "pair_of"]

_OFFICIAL = lazy(
    r"\b(?:presidents?|premiers?|chancellors?|(?:prime\s+|foreign\s+|trade\s+|finance\s+|defen[cs]e\s+)?ministers?|king|queen|prince|princess|emir|emperor|sultan|pope"
    r"|secretary|secretaries|leaders?|envoys?|ambassadors?|delegations?|governments?|officials?|commissioners?|chairman|general|governor|minister|diplomats?|negotiators?"
    r"|inspectors?|taoiseach|speaker|senators?|lawmakers|parliamentarians|representatives?|he|she|chief|commander|marshal|admiral|PM|FM|president-elect|monarch|dictator|mr|mrs|ms"
    r"|troops|forces|warships?|fleet|squadron|soldiers|mission|team|head|heads|deputy|visit|heir|junta|rebels?|dissident|opposition|head\s+of\s+state)\b",
    re.IGNORECASE,
)
_FINITE = lazy(
    r"\s+(?:(?:also|then|later|has|have|had|is|are|was|were|will|would|did|does)\b|[a-z]+(?:ed|s)\b)"
)
_PLACE = {"in", "at", "on", "near", "via", "over", "through", "throughout", "across", "during"}
_WE = lazy(r"\b(?:we|our|us|my\s+(?:country|government|delegation|people|nation))\b", re.IGNORECASE)
_US = lazy(r"\b(?:our|us|my\s+(?:country|government|delegation|people|nation))\b", re.IGNORECASE)
_THEY = lazy(r"^\W*(?:they|both)\b|\b(?:they|both)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_TAKEN_UP = lazy(rf"{PAIR_WORDS.pattern}|\b(?:them|it|its|their)\b", re.IGNORECASE)
_ALSO = {"over", "like", "unlike", "including", "among", "than", "excluding", "via"}


@dataclass(frozen=True, slots=True)
class Search:
    """Where the parties of a deed are looked for, and what its words ask of them."""

    act: Span  # from the verb to the end of its object
    clause: Span
    passive: bool = False
    official: bool = False
    bilateral: bool = False
    each: bool = False
    person: bool = False
    to: frozenset[str] = frozenset()
    told: tuple[str, ...] = ()  # the parties of the deed that the sentence told before

    @property
    def subject(self) -> str | None:
        """Whose deed the sentence told before."""
        return self.told[0] if self.told else None


def pair_of(
    search: Search, scene: Scene, memory: Memory, setting: Setting
) -> tuple[Party, Party] | None:
    """Who did it and whom it concerns; ``None`` where there are not two."""
    act, clause = search.act, search.clause
    parties = [p for p in scene.parties if p.prep not in _ALSO and not _aside(p)]
    inside = [p for p in parties if clause[0] <= p.start < clause[1]]
    before = [p for p in inside if p.end <= act[0]]
    after = [p for p in inside if p.start >= act[0] and p not in before]
    if search.passive:
        return _passive(search, inside, before, after, scene, memory, setting)
    doer = _subject(before, act[0], scene) or _carried(search, scene, parties, memory, setting)
    if search.person and doer and not _is_person(doer[0], act[0], scene):
        return None
    if search.official and doer and not _acts_for_state(doer[0], act[0], scene):
        return None
    if not doer:
        return (
            _unknown_guest(search, after, scene, setting)
            if search.official
            else _from_context(search, inside, scene, memory, setting, active=True)
            or (_unknown_guest(search, after, scene, setting) if search.bilateral else None)
        )
    if _US.search(scene.text, act[0], act[1] + 20) and doer[0].start != doer[0].end:
        return _completed(doer[0], search, scene, memory, setting)
    other = _other(doer, after, before, search.to, scene)
    if other is None and search.each and len(search.told) == 2:
        other = _unnamed(search.told[1], act[1]) if search.told[1] != doer[0].code else None
    if other is None and len(doer) > 1:
        other = next((p for p in doer[1:] if p.code != doer[0].code), None)
    if other is not None:
        return doer[0], other
    return _completed(doer[0], search, scene, memory, setting)


def _aside(party: Party) -> bool:
    """ "under pressure from the Arab world": a part of the world that only colours it."""
    return is_region(party.code) and party.prep not in {"on", "against", "with", "to"}


def _unknown_guest(
    search: Search, after: Sequence[Party], scene: Scene, setting: Setting
) -> tuple[Party, Party] | None:
    """ "Queen Margrethe II visited Mexico", in a text on Denmark and Mexico."""
    host = next((p for p in after if p.code in setting.pair), None)
    if host is None or len(set(setting.pair)) != 2:
        return None
    if search.official and not _OFFICIAL.search(scene.text, search.clause[0], search.act[0]):
        return None
    other = next(code for code in setting.pair if code != host.code)
    return _unnamed(other, search.act[0]), host


def _passive(
    search: Search,
    inside: Sequence[Party],
    before: Sequence[Party],
    after: Sequence[Party],
    scene: Scene,
    memory: Memory,
    setting: Setting,
) -> tuple[Party, Party] | None:
    """ "Kuwait was invaded by Iraq", "relations between A and B were severed"."""
    agent = next((p for p in after if p.prep == "by"), None)
    if agent is not None:
        near = [p for p in (*reversed(before), *after) if p.code != agent.code]
        subject = search.subject if search.clause[0] > scene.start else None
        carried = [_unnamed(subject, search.act[0])] if subject and subject != agent.code else []
        other = next(iter((*near, *carried)), None)
        return (agent, other) if other else _completed(agent, search, scene, memory, setting)
    codes = list(dict.fromkeys(p.code for p in inside))
    if len(codes) >= 2:
        freed = "independence" in scene.text[search.act[1] : search.clause[1]]
        gone = {p.code for p in after if freed and p.prep == "from"}
        inside = [p for p in inside if p.code not in gone] if len(codes) - len(gone) else inside
        if len({p.code for p in inside}) == 1:
            return _completed(inside[0], search, scene, memory, setting)
        first = next((p for p in inside if p.bare), inside[0])
        to = next((p for p in after if p.prep in search.to and p.code != first.code), None)
        return first, to or next(p for p in inside if p.code != first.code)
    if len(codes) == 1:
        return _completed(inside[0], search, scene, memory, setting)
    return _from_context(search, inside, scene, memory, setting)


def _outside_insertion(pool: list[Party], at: int, scene: Scene) -> list[Party]:
    """ "Malawi, a year after dropping Taiwan, sends …": who stands before the insertion."""
    last = pool[-1]
    if len(pool) < 2 or last.joined or not scene.text.startswith(",", last.end):
        return pool
    if scene.text[last.end + 1 : at].count(",") or at - last.end > 40:
        return pool
    first = pool[-2]
    opens = scene.text.startswith(",", first.end) or scene.text.startswith("'s", first.end)
    return pool[:-1] if opens else pool


def _subject(before: Sequence[Party], at: int, scene: Scene) -> list[Party]:
    """The last party that nothing governs, with those it is coordinated with."""
    plain = [p for p in before if (p.bare and not p.possessive) or p.prep in {"between", "by"}]
    owned = [p for p in before if p.possessive and p.bare]
    pool = plain or owned or [p for p in before if p.prep == "of"]
    if owned and plain and owned[-1].start > plain[-1].start:
        pool = owned
    if not pool:
        return []
    pool = _outside_insertion(pool, at, scene)
    chain = [pool[-1]]
    for party in reversed([p for p in before if p.start < pool[-1].start]):
        if not chain[0].joined:
            break
        chain.insert(0, party)
    return chain


def _carried(
    search: Search, scene: Scene, parties: Sequence[Party], memory: Memory, setting: Setting
) -> list[Party]:
    """The subject of the clause before, or of the sentence before for "he", "it"."""
    at, start = search.act[0], search.clause[0]
    lead = scene.text[start:at]
    if _WE.search(lead) and setting.home:
        return [_unnamed(setting.home, at)]
    if start > scene.start:
        if search.subject:
            return [_unnamed(search.subject, at)]
        first = [p for p in parties if p.end <= start and p.bare and not p.possessive]
        return first[:1]
    if re.search(r"\b(?:he|she|it|they)\b", lead, re.IGNORECASE):
        return [_unnamed(memory.subject, at)] if memory.subject else []
    return []


def _unnamed(code: str, at: int) -> Party:
    return Party(at, at, code, "name", "", False, False, at)


def _acts_for_state(doer: Party, at: int, scene: Scene) -> bool:
    """Whether the subject is a government or somebody who speaks for one."""
    if doer.form in {"leader", "metonym", "institution", "capital", OWN} or doer.start == doer.end:
        return True
    low = max(scene.start, doer.start - 50)
    words = scene.text[low:at]
    if _OFFICIAL.search(words):
        return True
    if doer.possessive:
        return False
    return not scene.text[doer.end : at].strip(" ,")[:1].islower() and not doer.adjective


def _is_person(doer: Party, at: int, scene: Scene) -> bool:
    """Whether the subject is somebody, or a delegation, and not the state."""
    words = scene.text[max(scene.start, doer.start - 40) : at]
    return doer.form == "leader" or _OFFICIAL.search(words) is not None


def _opens_clause(party: Party, scene: Scene) -> bool:
    """ "…, India flies out its envoy": the subject of what comes next, not an object."""
    lead = scene.text[max(scene.start, party.start - 8) : party.start]
    return (
        party.bare
        and not (party.adjective or party.possessive)
        and re.search(r"(?:,|;|\band|\bbut)\s+(?:the\s+)?$", lead) is not None
        and _FINITE.match(scene.text, party.end) is not None
    )


def _bracketed(party: Party, scene: Scene) -> bool:
    """ "(with Slovakia on 9 December)"."""
    lead = scene.text[max(scene.start, party.start - 40) : party.start]
    return lead.rfind("(") > lead.rfind(")")


def _other(
    doer: Sequence[Party],
    after: Sequence[Party],
    before: Sequence[Party],
    to: frozenset[str],
    scene: Scene,
) -> Party | None:
    codes = {p.code for p in doer}
    free = [p for p in after if p.code not in codes]
    wanted = [p for p in free if p.prep in to]
    free = [p for p in free if not _opens_clause(p, scene) and not _bracketed(p, scene)]
    named = [p for p in free if p.prep not in _PLACE]
    if wanted or named:
        return (wanted or named)[0]
    if len(doer) > 1:
        return None
    return next(iter((*free, *(p for p in reversed(before) if p.code not in codes))), None)


# "Bans airlines from 36 nations": what is done to many is not done to the one spoken of.
_MANY = lazy(
    r"\s+(?:\w+\s+){0,3}?(?:\d+|several|many|dozens\s+of|various|numerous|other)\s+(?:\w+\s+)?(?:countries|nations|states)\b"
)


def _completed(
    doer: Party, search: Search, scene: Scene, memory: Memory, setting: Setting
) -> tuple[Party, Party] | None:
    """With the party that "each other", "us" or the title leaves to be understood."""
    act = search.act
    if _MANY.match(scene.text, act[1], search.clause[1]):
        return None
    words = scene.text[max(scene.start, act[0] - 80) : min(scene.end, act[1] + 60)]
    if _WE.search(words):
        ours = setting.home if setting.home != doer.code else None
        return (doer, _unnamed(ours, act[1])) if ours else None
    if search.bilateral and doer.code in search.told and len(search.told) == 2:
        return doer, _unnamed(next(c for c in search.told if c != doer.code), act[1])
    titled = setting.pair if len(setting.pair) == 2 else ()
    told = memory.pair or memory.named
    taken_up = search.bilateral or _TAKEN_UP.search(words) is not None
    for known in (titled, told, memory.acted):
        if doer.code in known and len(set(known)) == 2 and (known is titled or taken_up):
            return doer, _unnamed(next(c for c in known if c != doer.code), act[1])
    return None


def _from_context(
    search: Search,
    inside: Sequence[Party],
    scene: Scene,
    memory: Memory,
    setting: Setting,
    *,
    active: bool = False,
) -> tuple[Party, Party] | None:
    """The pair spoken of; for somebody who does it only where the text says "both", "we"."""
    at = search.act[0]
    words = scene.text[scene.start : min(scene.end, search.act[1] + 60)]
    codes = list(dict.fromkeys(p.code for p in inside))
    if len(codes) >= 2:
        other = next(p for p in inside if p.code != codes[0])
        return (inside[0], other) if search.bilateral and not active else None
    if not codes and search.bilateral and len(search.told) == 2:
        return _unnamed(search.told[0], at), _unnamed(search.told[1], at)
    loose = search.bilateral and not active
    if not (
        loose
        or _THEY.search(scene.text, search.clause[0], at)
        or PAIR_WORDS.search(words)
        or _WE.search(words)
    ):
        return None
    pair = pair_in_context(codes, words, memory, setting, loose=search.bilateral)
    if len(pair) < 2 or (search.bilateral and not codes and not _known(memory, setting)):
        return None
    return _unnamed(pair[0], at), _unnamed(pair[1], at)


def _known(memory: Memory, setting: Setting) -> bool:
    return bool(memory.pair or memory.acted or len(setting.pair) == 2 or len(memory.named) == 2)
