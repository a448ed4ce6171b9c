"""Parties in a sentence: mentions of polities with the grammar that places them.

What a polity is to a flow depends on the small words beside it ("exports *from* A *to*
B", "A's", "Chinese"). :class:`Party` carries these; reading roles from them is the work
of :mod:`accord.read.topics`.
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.model.polity import PolityKind, get_polity
from accord.read.patterns import lazy
from accord.read.polities import Mention

__all__ = [
    "OPENED", "PAIR_WORDS", "WHO_ACT", "Party", "names_a_pact", "names_nobody", "only_counts",
    "place_parties",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """One polity in a sentence; ``prep`` is the preposition that governs it, if any."""

    start: int
    end: int
    code: str
    form: str
    prep: str
    possessive: bool
    joined: bool  # coordinated with the party before it ("Russia and China", "U.S.-Italy")
    lead: int  # where its preposition begins

    @property
    def adjective(self) -> bool:
        """Whether it stands before a noun as its modifier ("Chinese exports")."""
        return self.form in {"demonym", "adjective", "compound"}

    @property
    def subject(self) -> bool:
        """Whether it can be the subject: "Pak-China trade" has none."""
        return self.bare and not self.possessive and self.form != "compound"

    @property
    def bare(self) -> bool:
        """Whether no preposition governs it: it can be a subject."""
        return self.prep == ""


PAIR_WORDS = lazy(
    r"\b(?:(?:the|our|these|both|between\s+the)\s+two\s+(?:countries|nations|sides|states|neighbou?rs|economies|capitals|governments|peoples|powers|allies|giants|blocs|partners|parties|regions)"
    r"|both\s+(?:countries|nations|sides|states|parties|governments|economies)|the\s+two(?=\s*(?:[,.;]|came|was|were|reached|has|had|is|rose|fell|grew|hit))|our\s+(?:countries|nations)|the\s+(?:neighbou?rs|parties)"
    r"|bilateral|two-way|mutual(?!ly)|each\s+other|one\s+another|two\s+countries|the\s+(?:pair|duo))\b",
    re.IGNORECASE,
)
_BETWEEN = r"(?:(?:\w+-(?:member|nation|country|strong|state)|the|its|their|our|his|neighbou?ring|nearby|fellow|southern|northern|western|eastern|giant|neighbou?r|ally|rival|partner|partners|Republic|Kingdom|State|States|Union|government|Government|people|peoples|countries|nations|members|member|of|along|participating|involved|belonging|taking|part|and|both|all|all-weather|companies|customers|buyers|firms|investors|markets|mainland|Greater|wider|developing|poor|Central|customs|in|other|most|fellow|individual|those|former|new|old|main|key|emerging|Western)\s+){0,5}"
_PREPOSITION = lazy(
    rf"\b(?P<prep>to|from|with|in|into|between|among|of|for|by|against|towards?|on|at|over|via|than|like|versus|within|across|throughout|via|including|excluding|among|after|behind|vis[-\s][aà][-\s]vis)\s+[\"']?(?:(?:its|their|the\s+country's)\s+(?:[\w'-]+\s+){{1,4}}?[\w-]+,\s+|(?:its|their|[\w.]+'s?)\s+(?:[\w'-]+\s+){{0,4}}?(?:neighbou?rs?|partners?|ally|allies|rivals?|customers?|suppliers?|markets?),\s+)?{_BETWEEN}[\"']?$",
    re.IGNORECASE,
)
_JOINT = lazy(
    r"(?:'s?)?\s*(?:,\s*|\s+and\s+|\s+or\s+|,\s*and\s+|\s*-\s*|\s*/\s*|\s*&\s*|\s+as\s+well\s+as\s+|-⁠)\s*(?:the\s+|with\s+the\s+|its\s+neighbou?r\s+)?",
    re.IGNORECASE,
)


# "China's our third largest partner": a verb, not a possessor.
_IS = lazy(r"'s\s+(?:our|the|their|its|an?|one|now|also|still|been|not|by\s+far)\b")


# What may stand before a partner that opens the sentence: "In trade with Peru, …".
OPENED = lazy(
    r"\W*(?:(?:But|And|Also|In|On|As\s+for)\s+)?(?:(?:the|its|their|overall|bilateral|goods|two-way|"
    r"mutual|merchandise)\s+)*(?:(?:trade|trading|commerce|dealings|business|accounts?)\s+)?"
)
_ROW_GOES_ON = lazy(r"(?:'s)?,|\s+(?:and|or)\s+(?:the\s+)?[A-Z]")


_PACT = lazy(
    r"\s+(?:[Pp]eace\s+)?(?:[Aa]greements?|[Aa]ccords?|[Tt]reaty|[Dd]eclaration|[Pp]rotocol|[Tt]alks\b|[Nn]egotiations\b|[Rr]ound\b|[Cc]onvention|"
    r"[Ss]ummit|[Cc]onference|[Mm]emorandum|[Cc]harter|[Pp]rocess|Act\b|Club\b|[Cc]ommuniqu[eé])"
)
_ARTICLE = lazy(r"\b(?:the|an?|its|their|this|of|\d{4})\s+$", re.IGNORECASE)
_FINITE = lazy(
    r"\s+(?:was|is|has|had|will|would|can|could|did|does|may|might|said|says|became|remains?)\b"
)


# "in India, and Indian firms have put …": who acts in the next clause.
WHO_ACT = lazy(
    r"\s+(?:companies|firms|investors|businesses|banks|lenders|contractors|exporters|importers|buyers)\s+(?:have|had|will|would|are|were|also|in\s+turn|put|poured|invest(?:ed)?|s[oe]ld|b[ou]\w+t?)\b"
)


def names_a_pact(party: Party, text: str) -> bool:
    """ "the Dakar agreement": a place that only gives an act its name."""
    if party.form not in {"capital", "city"} or party.possessive:
        return False
    return (
        _PACT.match(text, party.end) is not None
        and _ARTICLE.search(text, max(0, party.start - 12), party.start) is not None
    )


_STATISTICAL = lazy(r"USDA|Agriculture|Census|Statisti|Customs|Economic\s+Analysis", re.IGNORECASE)


def only_counts(text: str, named: Party | Mention) -> bool:
    """Whether an institution publishes figures on others ("the USDA") and does not trade."""
    if named.form != "institution":
        return False
    return _STATISTICAL.search(text, named.start, named.end) is not None


def place_parties(text: str, mentions: Sequence[Mention], *, start: int, end: int) -> list[Party]:
    """The parties within ``text[start:end]``, in order; compounds give two."""
    found: list[Party] = []
    for mention in mentions:
        if mention.start < start or mention.end > end:
            continue
        found.extend(_parties_of(text, mention, found[-1] if found else None, start))
    return found


def _opens(text: str, last: Party, mention: Mention, floor: int) -> bool:
    """ "With the EU, Ghana's surplus …": the comma ends what stands before the clause."""
    if last.joined or last.prep not in {"with", "to", "from", "against"}:
        return False
    return (
        OPENED.fullmatch(text, floor, last.lead) is not None
        and _ROW_GOES_ON.match(text, mention.end) is None
    )


_ONE_OF_MANY = lazy(r"\s+(?:one|country|nation|state|government|capital)\b(?!')")


def names_nobody(mention: Mention, text: str) -> bool:
    """ "an Asian country", "the first G7 state": one that the text does not name."""
    if _ONE_OF_MANY.match(text, mention.end) is None:
        return False
    polity = get_polity(mention.code)
    return polity is not None and polity.kind in {PolityKind.REGION, PolityKind.BLOC}


def _parties_of(text: str, mention: Mention, last: Party | None, floor: int) -> list[Party]:
    joined = last is not None and _JOINT.fullmatch(text, last.end, mention.start) is not None
    ended = last is not None and (
        text[last.end : last.end + 1] == "," or last.prep in {"in", "within", "among"}
    )
    if joined and last is not None and ended:
        joined = _FINITE.match(text, mention.end) is None  # ", and China was …" begins anew
        joined = joined and last.code != mention.code  # "customs in Beijing, China traded"
        joined = joined and not _opens(text, last, mention, floor)
    if joined and last is not None and mention.form in {"demonym", "adjective"}:
        joined = last.form == mention.form or not WHO_ACT.match(text, mention.end)
    after = text[mention.end : mention.end + 2]
    possessive = (after.startswith("'") and after != "''") or text[
        mention.end - 2 : mention.end
    ] == "'s"
    possessive = possessive and not _IS.match(text, mention.end)
    word = text[mention.start : mention.end].lower() if mention.form == "own" else ""
    possessive = possessive or word in {"our", "my"}
    if joined and last is not None:
        prep, lead = last.prep, last.lead
    else:
        match = _PREPOSITION.search(text, max(floor, mention.start - 60), mention.start)
        prep = "in" if word == "here" else match.group("prep").lower() if match else ""
        prep = "with" if prep.startswith("vis") else prep
        lead = match.start() if match else mention.start
        if prep == "to" and text.endswith("next ", floor, lead):
            prep = "after"  # "the largest next to Chile"
    if text.startswith("-bound", mention.end):
        prep, lead, possessive = "to", mention.start, False
    first = Party(
        mention.start, mention.end, mention.code, mention.form, prep, possessive, joined, lead
    )
    if not mention.other:
        return [first]
    second = Party(
        mention.start, mention.end, mention.other, mention.form, prep, possessive, True, lead
    )
    return [first, second]
