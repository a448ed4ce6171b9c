"""Who holds what a noun names, where another word says so: a share, a balance, what is earned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.topic import Topic

__all__ = ["favoured", "share_holder", "subject_owned", "taker"]

_SHARE_OF = lazy(
    r"'s?\s+(?:\w+\s+){0,2}(?:share|part|portion|slice|proportion)\s+(?:of|in)\s+(?:all\s+|the\s+)?(?:total\s+|overall\s+)?$"
)


# "the proportion of German exports taken by Japan"
_TAKEN = lazy(r"\s+(?:taken|bought|absorbed|purchased|received|accounted\s+for)\s+")


def taker(text: str, topic: Topic, right: Sequence[Party]) -> str | None:
    """ "Exports taken by Japan": who took them."""
    return next((p.code for p in right if _TAKEN.fullmatch(text, topic.end, p.lead)), None)


_SHARE = lazy(
    r"\b(?:[Ss]hare|part|portion|slice|proportion|weight)\s+(?:of\s+(?:\w+\s+){0,2}(?:exports?|imports?|trade|goods|shipments|sales|purchases|deliveries)\s+)?$"
)
_IN_WHOLE = lazy(r"\s+(?:in|of|within)\s+(?:(?:all|the|total|overall)\s+)*$")


_ITS_SHARE = lazy(
    r"\b(?:its|their)\s+(?:\w+\s+){0,2}(?:share|part|portion|slice|proportion)\s+(?:of|in)\s+(?:(?:all|the|total|overall)\s+)*$"
)


def share_holder(text: str, topic: Topic, scope: tuple[Sequence[Party], int]) -> str | None:
    """ "China's share of Chile's exports", "the share of China in them": whose part it is."""
    parties, floor = scope
    if _ITS_SHARE.search(text, max(floor, topic.start - 50), topic.start):
        earlier = [p.code for p in parties if floor <= p.end < topic.start]
        owner = next((p.code for p in parties if topic.start <= p.start < topic.core), None)
        return next((c for c in reversed(earlier) if c != owner), None)
    for party in parties:
        if not (floor <= party.start and party.end < topic.start < party.end + 60):
            continue
        if party.possessive:
            gap = text[party.end : topic.start].removeprefix("'")
            if _SHARE_OF.fullmatch("'" + gap):
                return party.code
        elif _IN_WHOLE.fullmatch(text, party.end, topic.start) and _SHARE.search(
            text, max(floor, party.lead - 60), party.lead
        ):
            return party.code
    return None


_FAVOUR = lazy(r"(?:'s)?\s+favou?r\b")

_IN_FAVOUR = lazy(r"\b(?:in\s+favou?r\s+of|favou?r(?:ed|s|ing))\s+(?:the\s+)?$")


def favoured(text: str, topic: Topic, parties: Sequence[Party]) -> Topic:
    """ "in Djibouti's favour", "in favour of Japan": whose surplus it is."""
    for party in parties:
        if party.start < topic.core or party.start - topic.end > 120:
            continue
        if _FAVOUR.match(text, party.end) or _IN_FAVOUR.search(
            text[max(0, party.start - 24) : party.start]
        ):
            pair = [
                c
                for c in (topic.reporter, topic.partner, *(p.code for p in parties))
                if c and c != party.code
            ]
            return replace(
                topic, reporter=party.code, partner=pair[0] if pair else None, sign=1, owner=True
            )
    return topic


_HOLDS = lazy(
    r"\b(?:ran|runs|run|running|had|has|have|having|posted|posts|recorded|records|registered|registers|reported|reports|enjoy(?:s|ed)?|maintain(?:s|ed)?|saw|sees|suffer(?:s|ed)?|incurred|received|receives|"
    r"secured|drew|attracted|got|obtained|provid(?:ed|es|ing)|g(?:ave|ives|iving|iven|ranted|ranting)|approv(?:ed|ing)|own(?:s|ed)?|extended|offer(?:ed|s)|pledg(?:ed|ing)|account(?:s|ed)?|made|makes|hold|holds|held|show(?:s|ed)|left\s+with|widened|narrowed|cut|increased|boosted|raised|took|takes|sent|won|will\s+\w+|would|contributed|committed|allocated|announced|signed|donated|cancel(?:led|s)|wrote\s+off|written\s+off|forgave|holds?|expects?|expected|wants?|plans?|aims?)\b",
    re.IGNORECASE,
)

_SAW = lazy(r"\b(?:saw|seen|received|recorded|registered|posted|welcomed|attracted|had)\b")

_STANDS = lazy(r"\b(?:was|were|is|are|came\s+out|ended(?:\s+up)?|finished|stood|found\s+itself)\b")

_COLOURED = lazy(r"in\s+the\s+(?:red|black)\b|ahead\b|behind\b", re.IGNORECASE)

_GETS = lazy(r"\b(?:received|receives?|got|gets|secured|obtained|won|drew|attract(?:s|ed))\b")

_ACCOUNTS = lazy(
    r"(?:\s+(?:alone|now|still|in\s+turn|by\s+itself))?\s+(?:account(?:s|ed)\s+for|absorb(?:s|ed)|made\s+up|makes\s+up)\s[^;,]{0,40}?\s(?:of\s+(?:the\s+|all\s+|total\s+)*)$"
)


def _accounting(text: str, topic: Topic, parties: Sequence[Party]) -> Party | None:
    """ "Moscow alone accounts for 9.4 billion of exports": a partner, not whose they are."""
    for party in parties:
        if party.subject and party.end <= topic.core and topic.core - party.end < 80:
            lead = text[party.end : topic.core]
            if _ACCOUNTS.fullmatch(lead + ("" if lead.endswith(" ") else " ")):
                return party
    return None


def subject_owned(text: str, topic: Topic, parties: Sequence[Party], floor: int) -> Topic:
    """ "Uzbekistan … had a surplus": the subject of the clause owns the flow."""
    if topic.measure in {"exports", "imports"} and (buyer := _accounting(text, topic, parties)):
        return replace(topic, partner=buyer.code, start=buyer.start)
    given: str | None = None
    for party in reversed([p for p in parties if floor <= p.start and p.end <= topic.core]):
        if not party.subject or party.code == topic.partner:
            continue
        between = text[party.end : topic.core]
        stands = _COLOURED.match(text, topic.core) and _STANDS.search(between)
        if (stands or _HOLDS.search(between)) and len(between) < 160:
            giver = next(
                (p.code for p in parties if p.start > party.end and p.prep == "from"), None
            )
            if giver and topic.measure in {"aid", "loan", "other", "fdi"} and _GETS.search(between):
                return replace(topic, reporter=giver, partner=party.code, start=party.start)
            if topic.measure == "fdi" and topic.partner is None and _GETS.search(between):
                return replace(topic, partner=party.code, start=party.start)
            if topic.measure == "tourists" and not party.adjective and _SAW.search(between):
                return replace(topic, partner=party.code, start=party.start)  # where they go
            owned = replace(topic, reporter=party.code, owner=True, subject=True, start=party.start)
            return replace(owned, partner=topic.partner or given)
        if given is not None or topic.measure not in {"aid", "loan", "other"}:
            return topic
        given = party.code  # "Chile gave Peru a grant"
    return topic
