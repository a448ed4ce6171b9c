"""Clauses of acts: from where to where an assertion reaches, and who takes part in it.

An act is found by a *trigger* (a verb or a noun: "signed", "entry into force"). Its
clause runs between the breaks nearest to the trigger; its parties are those of the
clause, else of the sentence, else the pair that was spoken of before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.model.polity import PolityKind, get_polity
from accord.read.act_dates import Dated
from accord.read.parties import PAIR_WORDS, Party
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting

__all__ = [
    "Span",
    "Trigger",
    "clauses",
    "codes_of",
    "is_asked",
    "is_bloc",
    "is_denied",
    "is_hedged",
    "is_meant",
    "is_of_crowd",
    "is_pact",
    "is_region",
    "pair_in_context",
    "quote_span",
    "without_places",
]

Span = tuple[int, int]

_HARD = lazy(
    r";|:(?=\s)|\s[-–—]\s|,?\s(?:while|whereas|but|although|though)\b"
    r"|,\s+and\s+(?=(?:the\s+|an?\s+)?[\w'. ]{2,40}?"
    r"\s(?:said|says|is|are|was|were|has|had|have|will|would|did)\b)"
)
_SOFT = lazy(r",|\s(?:and|or|which|that|when|where|before|after|until|once|as)\s")
_DENIAL = lazy(
    r"\b(?:not|never|no\s+longer|nor|neither|yet\s+to|refused\s+to|den(?:y|ies|ied)|declin(?:ed|es)|turned\s+down|rejected|failed\s+to|without|[Nn]o(?=\s+(?:free|preferential|party|member|part|(?:[\w-]+\s+){0,3}(?:treaty|agreement|pact|accord|deal|ambassador|embassy|relations)))|untrue|false\s+that)\b|n't\b",
    re.IGNORECASE,
)
# What "will" happen is told as a fact to come; hedged is what may, or is meant to.
_HEDGE = lazy(
    r"\b(?:could|may(?!\s+\d)|might|should|plan(?:s|ned)?\s+to|intend(?:s|ed)?\s+to|about\s+to|expected|aim(?:s|ed)?\s+to|want(?:s|ed)?\s+to|hope[sd]?\s+to|seek(?:s|ing)?\s+to|(?:un)?likely|possibl[ey]|perhaps|probably|reportedly|allegedly|scheduled\s+to)\b",
)

_INTENT = lazy(
    r"\b(?:whether|would\s+like|wants?|wanted|hopes?|hoped|intends?|intended|seeks?|sought|goal\s+of|aims?|aimed|plans?|planned|should|ought|must|reconsider|refus\w+\s+to|talks\s+on|negotiat\w+|in\s+order\s+to|ready\s+to|work(?:s|ing)?\s+(?:on|towards?)|early\s+conclusion\s+of|appl(?:ied|ies|y)\s+(?:to|for)|bid\s+(?:to|for)|wish(?:es|ed)?\s+to|urged?|calls?\s+(?:on|for)|called\s+(?:on|for))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One match of a lexicon, with what it stands for."""

    start: int
    end: int
    cue: str
    weak: bool = False  # counts only beside the noun it belongs to
    own: bool = False  # counts without any noun


def clauses(scene: Scene, triggers: Sequence[Trigger]) -> list[Span]:
    """The clause of each trigger: hard breaks always part, soft ones where two meet."""
    spans = []
    for place, trigger in enumerate(triggers):
        start, end = scene.start, scene.end
        for match in _HARD.finditer(scene.text, scene.start, trigger.start):
            start = match.end()
        after = _HARD.search(scene.text, trigger.end, scene.end)
        end = after.start() if after else end
        if place and triggers[place - 1].end > start:
            start = _break(scene, triggers[place - 1].end, trigger.start)[1]
        if place + 1 < len(triggers) and triggers[place + 1].start < end:
            end = _break(scene, trigger.end, triggers[place + 1].start)[0]
        spans.append((start, end))
    return spans


def _break(scene: Scene, start: int, end: int) -> Span:
    """The last soft break between two triggers, else the place before the second."""
    found = None
    for found in _SOFT.finditer(scene.text, start, end):  # noqa: B007 — the last one counts
        pass
    return (found.start(), found.end()) if found else (end, end)


def is_denied(scene: Scene, start: int, end: int) -> bool:
    """Whether a stretch of the text denies what it says."""
    return _DENIAL.search(scene.text, start, end) is not None


def is_hedged(scene: Scene, start: int, end: int) -> bool:
    """Whether a stretch of the text speaks of what is only meant or expected."""
    return _HEDGE.search(scene.text, start, end) is not None


def is_meant(scene: Scene, start: int, end: int) -> bool:
    """Whether a stretch of the text tells of an intention or a demand, not of an act."""
    return _INTENT.search(scene.text, start, end) is not None


def is_asked(scene: Scene) -> bool:
    """Whether the sentence only asks."""
    return scene.text[scene.start : scene.end].rstrip(" \"')").endswith("?")


def is_bloc(code: str) -> bool:
    """Whether a polity is an organisation of states."""
    polity = get_polity(code)
    return polity is not None and polity.kind is PolityKind.BLOC


_CROWD = lazy(
    r"\b(?:tourists?|visitors?|holiday-?makers|travell?ers|passengers|guests|migrants|refugees|workers|students|pilgrims|fans)\s+(?:(?:have|had|has|also|already|\w+ly)\s+)*$",
    re.IGNORECASE,
)


def is_of_crowd(scene: Scene, at: int) -> bool:
    """ "Tourists arrived in Malta": people's travel is no act of states."""
    return _CROWD.search(scene.text, max(scene.start, at - 40), at) is not None


def is_region(code: str) -> bool:
    """Whether a polity is only a part of the world."""
    polity = get_polity(code)
    return polity is not None and polity.kind is PolityKind.REGION


def is_pact(code: str) -> bool:
    """Whether a bloc is known by the name of its agreement (RCEP, USMCA)."""
    polity = get_polity(code)
    return (
        polity is not None and re.search(r"Partnership|Agreement|Treaty", polity.name) is not None
    )


def without_places(parties: Sequence[Party]) -> list[Party]:
    """The parties without those that only tell where ("in Shanghai")."""
    kept = [
        p
        for p in parties
        if not (p.prep in {"in", "at", "on", "near", "over"} and p.form not in {"bloc"})
    ]
    return kept if len({p.code for p in kept}) >= 2 else list(parties)


def codes_of(parties: Sequence[Party]) -> list[str]:
    """The codes of parties, each once, in order."""
    return list(dict.fromkeys(p.code for p in parties))


def pair_in_context(
    codes: list[str], words: str, memory: Memory, setting: Setting, *, loose: bool = False
) -> list[str]:
    """The parties with the one that the text leaves to be understood."""
    if len(codes) >= 2:
        return codes
    titled = setting.pair if setting.titled and len(set(setting.pair)) == 2 else ()
    if not codes:
        return _pair_alone(words, memory, setting, titled, loose=loose)
    known = codes[0]
    if known in titled:
        return [known, next(c for c in titled if c != known)]
    owned = re.match(r"\W*(?:its|their)\b", words, re.IGNORECASE) is not None
    if owned and memory.subject and memory.subject != known:
        return [memory.subject, known]
    if re.search(r"\b(?:our|we|us|my)\b", words, re.IGNORECASE):
        home = setting.home if setting.home != known else None
        other = home or next((c for c in setting.pair if c != known), None)
        if other:
            return [other, known]
    return _with_other(known, memory, setting)


def _pair_alone(
    words: str, memory: Memory, setting: Setting, titled: Sequence[str], *, loose: bool
) -> list[str]:
    """The pair of the title, of the act told before, or spoken of last."""
    if titled and loose:
        return list(titled)
    if loose and len(memory.acted) > 1:
        return list(memory.acted)
    pair = _named(memory) or (setting.pair if len(setting.pair) == 2 else ())
    return list(pair) if pair and (loose or PAIR_WORDS.search(words)) else []


def _named(memory: Memory) -> Sequence[str]:
    return memory.pair or (memory.named if len(memory.named) == 2 else ())


def _with_other(known: str, memory: Memory, setting: Setting) -> list[str]:
    pair = _named(memory) or (setting.pair if len(setting.pair) == 2 else ())
    if known in pair and len(set(pair)) == 2:
        return [known, next(c for c in pair if c != known)]
    heard = (memory.subject, *setting.pair, *reversed(memory.seen))
    others = [c for c in heard if c and c != known]
    states = [c for c in others if not is_bloc(c)]
    return [known, (states or others)[0]] if others else [known]


_PHRASE = lazy(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur|[Tt]his)\s+(?:[\w'-]+\s+){0,6}$")


def _phrase(scene: Scene, noun: int, floor: int) -> int:
    """Where the phrase of a noun begins: "the supplementary border agreement"."""
    match = _PHRASE.search(scene.text, max(floor, noun - 80), noun)
    return match.start() if match else noun


def quote_span(
    scene: Scene, trigger: Trigger, clause: Span, date: Dated | None, extra: Sequence[Span] = ()
) -> Span:
    """From the first party or noun of the clause to its date or its last party."""
    start, end = clause
    low, high = trigger.start, trigger.end
    pieces = [(p.lead if p.prep else p.start, p.end) for p in scene.parties]
    pieces += [(_phrase(scene, left, start), right) for left, right in extra]
    pieces += [(d.start, d.end) for d in (date,) if d is not None]
    for left, right in pieces:
        if start <= left and right <= end:
            low, high = min(low, left), max(high, right)
    while low < high and scene.text[low] in " ,;:-\"'(":
        low += 1
    return low, high
