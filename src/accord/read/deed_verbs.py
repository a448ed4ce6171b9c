"""Verbs of deeds in a sentence: which words tell one, and with what beside them.

A verb counts where it is the verb of a clause (not a noun, not an adjective) and where
what its family takes stands beside it: a party, a thing, a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from accord.read.deed_words import Family, Form, forms_of
from accord.read.frames import Span
from accord.read.parties import PAIR_WORDS, Party
from accord.read.patterns import lazy
from accord.read.scene import Scene

__all__ = ["Deed", "find_deeds"]

_WORD = lazy(r"(?<![\w'-])[A-Za-z]+(?:-[a-z]+)?(?![\w'])")
_BE = lazy(
    r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly\s+|also\s+|first\s+|then\s+|later\s+)?$",
    re.IGNORECASE,
)
_AUX = lazy(
    r"\b(?:will|would|to|may|might|could|can|did|does|do|must|shall|not|n't|they|we|I|you)\s+"
    r"(?:\w+ly\s+|also\s+|not\s+|never\s+|first\s+|soon\s+)?$",
    re.IGNORECASE,
)
_WILL = lazy(
    r"\b(?:will|would|may|might|could|must|shall)\s+(?:(?:on|in|at|by|the|same|next|this|that|day|week|month"
    r"|year|time|not|also|never|now|then|soon|\w+ly)\s+){1,5}$",
    re.IGNORECASE,
)
_PLURAL = lazy(r"(?:(?:,|\band|&)\s+[A-Z][\w.]*(?:\s+[A-Z][\w.]*)?|[a-z]+s)\s+(?:\w+ly\s+)?$")
_NOUN_BEFORE = lazy(
    r"\b(?:the|an?|its|their|his|her|our|this|that|these|those|such|no|any|some|of|[\w.]+'s?)\s+"
    r"(?:(?:first|second|last|next|recent|official|state|working|brief|new|two|three|several|many|few|"
    r"frequent|previous|high-level|joint|planned|possible|military|further|bilateral)\s+)*$",
    re.IGNORECASE,
)
_MEANT = lazy(
    r"\b(?:wants?|wanted|hop(?:es?|ed|ing)|wish(?:es|ed)?|urg(?:es?|ed|ing)|call(?:s|ed|ing)?\s+(?:on|for|upon)"
    r"|should|ought|must|seeks?|sought|need(?:s|ed)?|demand(?:s|ed)?|appeal(?:s|ed)?|propos(?:es|ed|al)"
    r"|resolved|pledged|promised|vowed|suggest(?:s|ed)?|consider(?:s|ed|ing)?|if|whether|unless|aim(?:s|ed)?|intend(?:s|ed)?|prefer(?:s|red)?"
    r"|would\s+like|ready|willing|able|right|how)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
_PLEASED = lazy(  # "it gives me great pleasure to visit"
    r"\b(?:pleasure|glad|happy|delighted|honou?red|honou?r|opportunity|invit\w+)\s+(?:\w+\s+){0,2}to\s+$"
)
_ING_LEAD = lazy(
    r"(?:,|\b(?:after|before|and|is|are|was|were|without|despite|for))\s+(?:\w+ly\s+)?$"
)
_ENDS = lazy(
    r"\s*(?:[.,;]|$)|\s+(?:in|on|at|after|for|from|by|last|this|next|yesterday|today|again|with|to|over|"
    r"between|as|two|three|four|five|six|ten|a|early|late|down|up|off|without|amid|during|under|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_THINGS = {"relations established", "relations severed", "embassy"}
_THEY_WERE = lazy(
    r"\b(?:they|it|these|both|which|ties|relations)\s+(?:had\s+)?(?:was|were|been)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_AND = lazy(r"\band\s+(?:\w+ly\s+|then\s+|later\s+|again\s+)?$")
_SPACE = lazy(
    r"\s+(?:from\s+|with\s+|(?:on\s+)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+(?:evening\s+|night\s+)?"
    r"|yesterday\s+|today\s+|last\s+(?:week|month|year|night)\s+|again\s+|also\s+)?",
    re.IGNORECASE,
)
_TIED = {"of", "with", "from", "against", "in"}
_TAKEN_IN = lazy(r"\s+(?:\w+ly\s+|warmly\s+)?(?:by|in|at)\b")  # "was received in Accra"
_OBJECT_GAP = 48
_GAP_STOP = lazy(r"[;:]|\b(?:that|which|who|and|but|while|when|after|before|because|as|if|said)\b")


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with its family: where it stands, how it is said, what it is done with."""

    start: int
    end: int
    family: Family
    passive: bool
    reach: int  # where its object or thing ends
    thing: Span | None = None


def find_deeds(scene: Scene, *, spoken: str | None = None) -> Iterator[Deed]:
    """The verbs of a sentence that tell a deed, in order.

    ``spoken`` is the cue of the deed told before: what "they" may stand for.
    """
    known = forms_of()
    taken = scene.start
    for match in _WORD.finditer(scene.text, scene.start, scene.end):
        forms = known.get(match.group().lower())
        if forms is None or match.start() < taken:
            continue
        if any(p.start <= match.start() < p.end for p in scene.parties):
            continue
        deed = next((d for f in forms if (d := _deed(f, match, scene)) is not None), None)
        deed = deed or next((d for f in forms if (d := _taken_up(f, match, scene, spoken))), None)
        if deed is not None:
            spoken = deed.family.cue if deed.family.cue in _THINGS else spoken
            taken = max(deed.end, deed.thing[1] if deed.thing else 0)
            yield deed


_INVITED = lazy(r"\binvit(?:es?|ed|ing|ations?)\b[^.;:,]{0,70}\bto\s+(?:\w+\s+)?$", re.IGNORECASE)


def _deed(form: Form, match: re.Match[str], scene: Scene) -> Deed | None:
    before = scene.text[max(scene.start, match.start() - 60) : match.start()]
    passive = form.form in {"both", "participle"} and _BE.search(before) is not None
    if not passive and not _finite(form, before, match, scene):
        return None
    if _INVITED.search(scene.text, max(scene.start, match.start() - 100), match.start()):
        return None
    if _MEANT.search(before) and not re.search(r"\bto\s+(?:\w+\s+)?meet\b", before):
        return None
    family = form.family
    if family.cue == "visited" and _PLEASED.search(before):
        return None
    start, end = match.span()
    if family.takes == "thing":
        return _with_thing(start, end, family, passive, scene)
    if family.takes == "party":
        return _with_object(start, end, family, passive, scene)
    if passive:
        return None
    return _with_preposition(start, end, family, scene)


def _taken_up(form: Form, match: re.Match[str], scene: Scene, spoken: str | None) -> Deed | None:
    """ "they were resumed", "and closed in 1990": the relations or the embassy of before."""
    family = form.family
    if (
        spoken not in _THINGS
        or family.cue not in _THINGS
        or form.form not in {"both", "participle"}
    ):
        return None
    if (spoken == "embassy") is not (family.cue == "embassy"):
        return None
    before = scene.text[max(scene.start, match.start() - 60) : match.start()]
    if not (_THEY_WERE.search(before) or _AND.search(before)):
        return None
    if not _ENDS.match(scene.text, match.end()):
        return None
    return Deed(match.start(), match.end(), family, True, match.end())


def _finite(form: Form, before: str, match: re.Match[str], scene: Scene) -> bool:
    """Whether the word is the verb of a clause here, not a noun or an adjective."""
    opens = not before.strip(" \"'(")
    if form.form == "ing":
        return not form.family.finite and _ING_LEAD.search(before) is not None
    if form.form == "participle":
        return re.search(
            r"\b(?:has|have|had|having)\s+(?:\w+\s+){0,2}$", before
        ) is not None or scene.text.startswith(" by ", match.end())
    if _NOUN_BEFORE.search(before) and not before.endswith(("that ", "this ", "'s ")):
        return False
    if form.form == "base":
        return (
            _AUX.search(before) is not None
            or _WILL.search(before) is not None
            or (
                _PLURAL.search(before) is not None
                and not _after_verb_in_s(before)
                and not re.search(r"\b(?:of|in|on|for|from|with)\s+\w+\s+$", before)
            )
        ) and not opens
    return not opens


def _after_verb_in_s(before: str) -> bool:
    """ "Seoul lifts ban": what looks like a plural is the verb."""
    word = before.rsplit(maxsplit=1)[-1].lower()
    return any(f.form == "s" for f in forms_of().get(word, ()))


def _with_thing(start: int, end: int, family: Family, passive: bool, scene: Scene) -> Deed | None:
    """ "imposed sanctions", "sanctions were imposed", "sanctions imposed by"."""
    assert family.things is not None
    by = scene.text.startswith(" by ", end)
    if not (passive or by):
        for low in _after_verb(scene, end):
            match = family.things.match(scene.text, low, min(scene.end, low + 120))
            if match is not None:
                return Deed(start, end, family, False, match.end(), match.span())
        return _with_thing_before(start, end, family, scene) or (
            _thing_alone(start, end, family, scene) if family.alone else None
        )
    low = max(scene.start, start - 110)
    last = None
    for last in family.things.finditer(scene.text, low, start):  # noqa: B007 — the last counts
        pass
    if last is None or "\0" in _GAP_STOP.sub(_keep_and, scene.text[last.end() : start - 1]):
        return None
    return Deed(start, end, family, True, end, last.span())


def _after_verb(scene: Scene, end: int) -> list[int]:
    """Where the thing may begin: after the verb, or after whom it is given."""
    first = [p.end for p in scene.parties if end < p.start <= end + 14 and p.bare]
    lows = [end, *(low + 2 * scene.text.startswith("'s", low) for low in first[:1])]
    return [low + len(m.group()) for low in lows if (m := _SPACE.match(scene.text, low))]


def _with_thing_before(start: int, end: int, family: Family, scene: Scene) -> Deed | None:
    """ "the embargo that Turkey placed on Armenia"."""
    assert family.things is not None
    owner = next((p for p in scene.parties if 0 <= start - p.end <= 2), None)
    if owner is None:
        return None
    lead = scene.text[max(scene.start, owner.start - 12) : owner.start]
    if not re.search(r"\b(?:that|which)\s+(?:the\s+)?$", lead):
        return None
    last = None
    for last in family.things.finditer(scene.text, max(scene.start, owner.start - 80), owner.start):  # noqa: B007
        pass
    return Deed(start, end, family, False, end, last.span()) if last else None


def _thing_alone(start: int, end: int, family: Family, scene: Scene) -> Deed | None:
    """ "the embassy in Bissau reopened", "talks between A and B collapsed"."""
    assert family.things is not None
    if not _ENDS.match(scene.text, end):
        return None
    last = None
    for last in family.things.finditer(scene.text, max(scene.start, start - 110), start):  # noqa: B007
        pass
    if last is None or _GAP_STOP.sub(_keep_and, scene.text[last.end() : start]).find("\0") >= 0:
        return None
    return Deed(start, end, family, True, end, last.span())


def _keep_and(match: re.Match[str]) -> str:
    return " " if match.group() == "and" else "\0"  # "talks between A and B"


# "hosts Ghana's only embassy in the region": no guest
_SEAT = lazy(
    r"(?:'s?)?\s+(?:[\w-]+\s+){0,3}(?:embass|consulate|mission|high\s+commission|troops|bases?\b)"
)


def _with_object(start: int, end: int, family: Family, passive: bool, scene: Scene) -> Deed | None:
    """ "expelled two Croatian diplomats", "was occupied by Japan"."""
    if passive and (family.finite or (family.official and not _TAKEN_IN.match(scene.text, end))):
        return None
    if passive or _by_party(end, scene):
        if family.beside is not None and not family.beside.search(
            scene.text, end, min(scene.end, end + 60)
        ):
            return None
        return Deed(start, end, family, True, end)
    party = next((p for p in scene.parties if p.start >= end), None)
    if family.cue == "barred" and party is not None and _banned_in(end, party, scene):
        return Deed(start, end, family, True, party.end)
    if party is None or party.start - end > _OBJECT_GAP:
        return (
            Deed(start, end, family, False, end)
            if family.joint and _joint(scene, start, end)
            else None
        )
    gap = scene.text[end : party.start]
    if family.cue == "hosted" and _SEAT.match(scene.text, party.end, scene.end):
        return None
    if family.things is not None:
        fits = family.things.fullmatch(gap.strip() + " ") is not None or not gap.strip()
    else:
        fits = (
            not re.search(r"[,;:](?=\s)", gap)
            and not _GAP_STOP.search(gap)
            and (not party.prep or party.prep in _TIED)
        )
    if fits and family.beside is not None:
        fits = (
            family.beside.search(scene.text, party.end, min(scene.end, party.end + 70)) is not None
        )
    if not fits:
        return (
            Deed(start, end, family, False, end)
            if family.joint and _joint(scene, start, end)
            else None
        )
    return Deed(start, end, family, False, party.end)


def _banned_in(end: int, party: Party, scene: Scene) -> bool:
    """ "Moldova wines banned in Russia", as headlines leave out the verb "to be"."""
    return (
        party.prep in {"in", "from", "by"}
        and party.lead - end <= 1
        and any(0 < end - p.end < 30 and not p.possessive for p in scene.parties)
    )


def _by_party(end: int, scene: Scene) -> bool:
    """ "invaded by Iraqi troops", but not "dropped by 19.9 percent"."""
    if not scene.text.startswith(" by ", end):
        return False
    party = next((p for p in scene.parties if p.start >= end), None)
    return party is not None and not re.search(r"\d", scene.text[end : party.start])


def _joint(scene: Scene, start: int, end: int) -> bool:
    """A subject of two, with a verb that needs no object ("met in Geneva")."""
    before = [p for p in scene.parties if p.end <= start]
    two = len(before) > 1 and before[-1].joined
    return (
        two or PAIR_WORDS.search(scene.text, max(scene.start, start - 60), start) is not None
    ) and re.match(
        r"\s+(?:in|at|on|for|face|again|briefly|here|during|last|this|today|yesterday|over)\b|\s*[.,;]|$",
        scene.text[end : end + 14],
    ) is not None


def _with_preposition(start: int, end: int, family: Family, scene: Scene) -> Deed | None:
    """ "flew to Tokyo", "arrived on Monday in Tokyo", "met with"."""
    if family.takes == "pair":
        if _joint(scene, start, end):
            return Deed(start, end, family, False, end)
        wanted = {"with", "against"}
    elif family.takes == "with":
        wanted = {"with"}
    else:
        assert family.preps is not None
        wanted = set(family.preps.pattern.replace(r"\b", "").strip("(?:)").split("|"))
    party = next(
        (p for p in scene.parties if p.start >= end and p.prep in wanted and p.lead - end < 32),
        None,
    )
    if (
        party is None
        or _GAP_STOP.search(scene.text, end, party.lead)
        or re.search(r";|\bfrom\b|\d[\w.,]*\s+[a-z]", scene.text[end : party.lead])
    ):
        return None
    if family.things is not None and not family.things.search(
        scene.text, end, min(scene.end, end + 120)
    ):
        return None
    return Deed(start, end, family, False, party.end)
