"""Who belongs to which organisation, as the grammar of a sentence tells it.

For a word of membership these find the organisation (after it, else before it) and the
states: the subject of "joined", the object of "admitted", those listed after "members
are", the noun beside "member".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accord.read.frames import Span, Trigger, is_bloc
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting

__all__ = ["bloc_of", "chain_of", "is_passive", "members_of"]

_REACH = 70  # between a word of membership and the organisation
_NOUN = lazy(
    r"member|access|entry|admiss|departure|withdrawal|observer|founder|candidate|part(?:y|ies)\b"
)
_GERUND = lazy(
    r"(?:re-?)?(?:join|enter|leav|acced|quitt)ing|entry|accession|admission|membership|withdrawal",
    re.IGNORECASE,
)
_SINCE = lazy(r"\s+since\s")
_LISTED = lazy(
    r"\s*(?:states?|countries|nations)?\s*(?:is|are|was|were|include[sd]?|including|being|:|,|namely|such\s+as)\s+(?:the\s+|now\s+|also\s+)*$",
    re.IGNORECASE,
)


def bloc_of(
    trigger: Trigger, entry: dict[str, str], blocs: Sequence[Party], scene: Scene
) -> Party | None:
    """The organisation: after the word of membership, else right before it."""
    words = scene.text[trigger.start : trigger.end].lower()
    near = words.startswith(
        (
            "receiv",
            "accept",
            "welcom",
            "gain",
            "includ",
            "brought",
            "left",
            "leav",
            "took",
            "tak",
            "mak",
            "join",
        )
    )
    inside = next((b for b in blocs if trigger.start < b.start and b.end <= trigger.end), None)
    if inside is not None:
        return inside  # "became the 38th OECD member"
    for bloc in blocs:
        if trigger.end - 1 <= bloc.start <= trigger.end + (40 if near else _REACH):
            between = scene.text[trigger.end : bloc.start]
            aside = ")" in between and "(" not in between  # "(including Macau), the EU"
            if not aside and not re.search(r"[;:]|\b(?:said|told|against)\b", between):
                return bloc
    before = [b for b in blocs if b.end <= trigger.start]
    if not before:
        return None
    last = before[-1]
    gap = scene.text[last.end : trigger.start]
    if re.search(r"[:.]", gap) or (
        ";" in gap and not (entry["cue"] == "admitted" and is_passive(trigger, scene))
    ):
        return None
    if words.startswith("includ") and not _SELF.fullmatch(gap):
        return None  # "all EAC markets including Uganda"
    return last if _takes_up(trigger, entry, last, gap, scene) else None


_SELF = lazy(
    r"[\s,)]*(?:which|that|now|also|already|currently|members|states|countries|nations|\s)*"
)


def _takes_up(trigger: Trigger, entry: dict[str, str], bloc: Party, gap: str, scene: Scene) -> bool:
    """Whether the organisation before the word is the one that it speaks of."""
    words = scene.text[trigger.start : trigger.end].lower()
    noun = _NOUN.search(words) is not None
    if entry["role"] == "subject" and not noun and not words.startswith("belong"):
        return len(gap) < 70 and re.search(r"\b(?:which|that|whose)\b", gap) is not None
    if re.match(r"(?:'s?|-)?\s*$", gap) or re.match(r"'s?\s+[\w\s-]{0,30}$", gap):
        return True  # "ASEAN's newest member", "EAEU member", "EU accession"
    if re.search(r"\b(?:which|whose|of\s+which|where)\b", gap) or words.startswith("belong"):
        return len(gap) < 60
    if entry["role"] == "object" and ";" in gap:
        return len(gap) < 60
    if entry["role"] == "object":
        return len(gap) < 40 and not re.search(r"\b(?:said|says)\b", gap)
    return (
        len(gap) < 30
        and re.search(r"\b(?:has|have|had|its|as|whose|are|is|was|were|now)\b", gap) is not None
    )


def members_of(
    trigger: Trigger,
    entry: dict[str, str],
    bloc: Party,
    clause: Span,
    scene: Scene,
    memory: Memory,
    setting: Setting,
) -> list[Party]:
    """The states whose standing in the organisation is told."""
    states = [p for p in scene.parties if not is_bloc(p.code) and p.code != bloc.code]
    states = _tied(states, scene)
    before = [p for p in states if p.end <= trigger.start + 1]
    after = [p for p in states if p.start >= trigger.end - 1]
    listed = _after(trigger, bloc, after, scene)
    if listed:
        return chain_of(listed, first=True)
    if (
        entry["role"] == "object"
        and bloc.end <= trigger.start
        and after
        and not is_passive(trigger, scene)
    ):
        return chain_of(after, first=True) if after[0].start - trigger.end < 40 else []
    before = [
        p
        for p in before
        if not re.search(
            r"\b(?:like|unlike)\s+(?:the\s+)?$",
            scene.text[max(scene.start, p.start - 14) : p.start],
        )
    ]
    before = [p for p in before if p.prep not in {"in", "at"}] or before
    same = [p for p in before if p.start >= clause[0]] or before
    chain = chain_of(
        [p for p in same if p.bare or p.possessive or _introduced(p, scene)] or same, first=False
    )
    if chain:
        return chain
    if after and after[0].start - max(trigger.end, bloc.end) < 40 and entry["role"] == "object":
        return chain_of(after, first=True)
    if after and _GERUND.match(scene.text, trigger.start) and not before:
        gap = scene.text[max(trigger.end, bloc.end) : after[0].start]
        if after[0].bare and len(gap) < 40 and not re.search(r"[;:.]", gap):
            return chain_of(after, first=True)  # "since joining the EU, Latvia …"
    since = [p for p in states if p.start >= bloc.end and _SINCE.match(scene.text, p.end)]
    return since or _from_context(bloc, scene, memory, setting)


def _tied(states: Sequence[Party], scene: Scene) -> list[Party]:
    """The states with "neither A nor B" and "A but also B" coordinated like "A and B"."""
    tied: list[Party] = []
    for party in states:
        gap = scene.text[tied[-1].end : party.start] if tied else ""
        nor = re.fullmatch(r",?\s+(?:nor|or|but\s+also)\s+(?:the\s+)?", gap)
        tied.append(replace(party, joined=True) if nor else party)
    return tied


def is_passive(trigger: Trigger, scene: Scene) -> bool:
    """Whether the organisation is said to have been acted on ("was admitted to")."""
    before = scene.text[max(scene.start, trigger.start - 26) : trigger.start]
    if re.search(
        r"\b(?:was|were|been|being|is|are|be|got|having\s+been)\s+(?:\w+\s+){0,3}$", before
    ):
        return not re.match(
            r"(?:enlarged|expanded|widened|extended)",
            scene.text[trigger.start : trigger.end],
            re.IGNORECASE,
        )
    return False


def _introduced(party: Party, scene: Scene) -> bool:
    """ "with Timor-Leste, admitted …", "from Iran, a member …", "of Croatia": in apposition."""
    return re.match(
        r"\s*,|\s*\(", scene.text[party.end : party.end + 3]
    ) is not None or party.prep in {"of", "with", "for"}


def _after(trigger: Trigger, bloc: Party, after: Sequence[Party], scene: Scene) -> list[Party]:
    """States that a list or an apposition puts after: "members include A"."""
    if not after:
        return []
    first = after[0]
    words = scene.text[trigger.start : trigger.end].lower()
    edge = max(trigger.end, bloc.end) if bloc.end <= first.start else trigger.end
    gap = scene.text[edge : first.start]
    if words.endswith(" by") or re.match(r"consist|compris|made\s+up", words):
        return list(after) if len(gap) < 20 else []
    noun = re.search(r"member|founder|observer|partner|part(?:y|ies)|signator|candidate", words)
    if noun is None:
        return []
    lead = scene.text[max(scene.start, trigger.start - 40) : trigger.start].lower()
    if re.search(r"\bamong\s+(?:its\s+|the\s+)?(?:[\w-]+\s+){0,2}$", lead) and re.search(
        r"\b(?:is|are|was|were|one\s+finds|figures?)\b", gap
    ):
        return list(after)
    if _LISTED.fullmatch(gap) and (
        bloc.end <= trigger.start + 1
        or not re.fullmatch(r"\s*,\s*(?:the\s+)?", gap)
        or first.start - bloc.end < 3
    ):
        subject = [
            p
            for p in scene.parties
            if p.end <= trigger.start and not is_bloc(p.code) and trigger.start - p.end < 25
        ]
        return [] if subject and "," in gap else list(after)
    if re.fullmatch(r"\s+", gap) and bloc.end <= trigger.start:
        return [first]  # "EAEU member Armenia"
    return []


def chain_of(parties: Sequence[Party], *, first: bool) -> list[Party]:
    """A party with those coordinated with it."""
    if not parties:
        return []
    if first:
        chain = [parties[0]]
        for party in parties[1:]:
            if not party.joined:
                break
            chain.append(party)
        return chain
    chain = [parties[-1]]
    for party in reversed(parties[:-1]):
        if not chain[0].joined:
            break
        chain.insert(0, party)
    return chain


_BOTH = lazy(r"\bboth\b|\b(?:the\s+)?two\s+(?:countries|nations|states)\b", re.IGNORECASE)


def _from_context(bloc: Party, scene: Scene, memory: Memory, setting: Setting) -> list[Party]:
    """The country spoken of before, where the sentence itself names none."""
    code = memory.subject if memory.subject and not is_bloc(memory.subject) else None
    codes = [code] if code else []
    if _BOTH.search(scene.text, scene.start, bloc.start):
        codes = list(memory.pair or setting.pair) or codes
    if any(not is_bloc(p.code) and p.start < bloc.end for p in scene.parties):
        return []
    return [
        Party(bloc.start, bloc.start, code, "name", "", False, place > 0, bloc.start)
        for place, code in enumerate(c for c in codes if c != bloc.code)
    ]
