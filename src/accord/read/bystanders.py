"""Bystanders: polities that are named beside a flow and are no party to it.

Regions that only place one of two countries ("the largest Asian investor"), groups that
describe ("Mercosur partners Argentina and Brazil"), who is left out ("apart from Russia").
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.polity import PolityKind, get_polity
from accord.read.parties import Party
from accord.read.patterns import lazy

__all__ = ["is_region", "without_bystanders", "without_members"]


def without_bystanders(text: str, parties: list[Party]) -> list[Party]:
    """The parties of a sentence without those that only stand beside them.

    A region that a preposition of trade governs is a partner itself ("with Latin America"),
    and one whose list is told of owns it ("Africa's top trading partner").
    """
    described = [p for p in parties if _is_group(p.code) and p.prep not in {"among", "amongst"}]
    groups = [p for p in described if _leads_to(_DESCRIBES, text, p, parties)]
    parties = _in_place_of([p for p in parties if not _is_left_out(text, p)], groups)
    parties = [p for p in parties if not (is_region(p.code) and _ONE_OF_IT.match(text, p.end))]
    parties = _apposed_ends(text, parties)
    parties = [p for p in parties if not (is_region(p.code) and _ITS_GIANT.match(text, p.end))]
    plain = {p.code for p in parties if p.form != "region" and not is_region(p.code)}
    if len(plain) < 2:
        return parties
    partner = {"with", "to", "from"}
    return [
        p
        for p in parties
        if p.code in plain
        or (p.prep in partner and text[p.end - 1] != "n")  # not "Asian"
        or _OWN_LIST.match(text, p.end)
    ]


# "a South American country" is one that is not named, not the region
_ONE_OF_IT = lazy(r"\s+(?:country|nation|state|economy|neighbou?r|republic|kingdom)\b")
# "Asia's largest economy" is one that was named before
_ITS_GIANT = lazy(
    r"'s?\s+(?:[\w-]+\s+)?(?:largest|biggest|top|richest|most\s+\w+|poorest|newest|smallest)\s+(?:\w+\s+)?"
    r"(?:economy|economies|country|nation|state|democracy|producer)\b"
)
_OWN_LIST = lazy(
    r"'s?\s+(?:[\w-]+\s+){0,2}?(?:(?:trad(?:e|ing)|business|economic|commercial)\s+partner|investor|supplier|donor|creditor|lender|market|customer)\b"
)
_DESCRIBES = lazy(
    r"(?:\s+(?:leading|largest|biggest|main|fellow|founding|key|new))*\s+(?:members|member(?=\s+(?:states|countries|nations)\b)|partners?|neighbou?rs?|states?|nations?|countries|giants?|heavyweights?|allies|ally|economies|aspirants?)(?:\s+(?:states?|countries|nations?))?,?\s+(?:the\s+)?"
)
_LEFT_OUT = lazy(
    r"\b(?:apart\s+from|aside\s+from|excluding|not\s+counting|not\s+including|setting\s+aside)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


_ITS_NEIGHBOUR = lazy(
    r"'s?\s+(?:[\w-]+\s+){0,4}?(?:neighbou?r|partner|ally|rival|market|customer|buyer|supplier|creditor|"
    r"lender|donor|investor|destination)(?:\s+[\w-]+){0,2},\s+(?:the\s+)?"
)


def _apposed_ends(text: str, parties: list[Party]) -> list[Party]:
    """ "Exports to Turkey's southern neighbour, Iraq, fell": they go to Iraq."""
    found = list(parties)
    for place, party in enumerate(parties[:-1]):
        if not party.possessive or party.prep not in {"to", "from", "with", "in"}:
            continue
        match = _ITS_NEIGHBOUR.match(text, party.end)
        following = parties[place + 1]
        if match is not None and following.start == match.end():
            found[place] = replace(party, prep="of")
            found[place + 1] = replace(following, prep=party.prep, lead=party.lead, joined=False)
    return found


_MEMBER = lazy(r"\s+member\s+(?:the\s+)?")


def without_members(text: str, parties: list[Party]) -> list[Party]:
    """ "Trade between EU member Latvia and Russia": the group is no party to a flow."""
    return _in_place_of(parties, [p for p in parties if _leads_to(_MEMBER, text, p, parties)])


def _in_place_of(parties: list[Party], groups: list[Party]) -> list[Party]:
    """Without groups; who follows one, and those joined to it, have its preposition."""
    kept: list[Party] = []
    group: Party | None = None
    for party in parties:
        if party in groups:
            group = party
            continue
        follows = group is not None and (not kept or kept[-1].end <= group.start)
        if group is not None and (follows or party.joined):
            joined = party.joined or group.joined
            kept.append(replace(party, prep=group.prep, lead=group.lead, joined=joined))
            continue
        group = None
        kept.append(party)
    return kept


def _leads_to(words: re.Pattern[str], text: str, party: Party, parties: list[Party]) -> bool:
    match = words.match(text, party.end)
    return match is not None and any(p.start == match.end() for p in parties)


def _is_left_out(text: str, party: Party) -> bool:
    """ "Apart from Russia", "via Dubai"."""
    before = _LEFT_OUT.search(text, max(0, party.start - 26), party.start)
    return party.prep == "via" or before is not None


def _is_group(code: str) -> bool:
    polity = get_polity(code)
    return polity is not None and polity.kind in {PolityKind.REGION, PolityKind.BLOC}


def is_region(code: str) -> bool:
    """Whether a code is that of a part of the world."""
    polity = get_polity(code)
    return polity is not None and polity.kind is PolityKind.REGION
