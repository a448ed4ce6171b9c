"""Attribution: who said or published what a sentence asserts.

Finds "according to …", "… said", "data from … show", "citing …". The name is an exact
span of the text; a person's is also the speaker. Parties inside the name are sources,
not parties of the statement ("Chinese customs").
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from accord.read.patterns import lazy

__all__ = ["Attribution", "find_attribution", "find_voice"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The source of a sentence: its name and the whole span that gives it."""

    start: int
    end: int
    name_start: int
    name_end: int
    name: str
    person: bool
    firm: bool = False  # "according to …": whatever stands in it is only the source


_VERB = (
    r"(?:said|says|say|told|reported|reports?|reckons?|announced|announces|noted|notes|stated|states|added|adds|explained|claimed|claims|argued|stressed|pointed\s+out|wrote|writes|declared|"
    r"recalled|disclosed|revealed|reveals|estimated|estimates|calculated|observed|observes|indicated|showed|shows?|puts?(?!\s+(?:(?:their|his|her|its|the)\s+(?:\w+\s+)?(?:names?|signatures?|seals?|hands?)|pen|in|an\s+end|on|off|forward|out|up)\b)|confirmed|emphasi[sz]ed|underlined|suggests?|suggested|impl(?:y|ies|ied)|calculates|found|finds|warns|warned|forecasts?|thinks|believes|counted|count|registered|recorded|records|found|insisted|predicted|hopes|asserted|remarked|let\s+it\s+be\s+known)"
)
_OF_BODY = r"(?:customs|ministry|ministries|bureau|office|agency|administration|authority|authorities|department|statistics|service|bank|Eurostat|embassy|commission|committee|center|centre|union|organi[sz]ation|chamber|association|data|figures|SBP|government|council|officials?|board|institute|media|agency|press|newspaper|daily|report|times|companies)"
_PERSON = lazy(
    r"\b(?:minister|ministers|president|ambassador|envoy|secretary|premier|chancellor|spokes(?:man|woman|person)|director|governor|chairman|chief|commissioner|consul|attach[eé]|deputy|representative|he|she|economist|analyst|king|prince|negotiator)\b",
    re.IGNORECASE,
)
_BODY = lazy(rf"\b{_OF_BODY}\b", re.IGNORECASE)
_NAME = r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[A-Z][\w.'&-]*|of|for|and|in|on|al|bin|de|customs|ministry|ministries|bureau|office|agency|administration|authority|authorities|department|statistics|statistical|service|central|bank|embassy|commission|committee|chamber|commerce|trade|foreign|finance|deputy|prime|minister|ministers|president|ambassador|envoy|secretary|spokesman|spokeswoman|spokesperson|governor|officials?|official|national|general|state|economy|industry|government|data|figures|companies|media|press|consul|statistics|council|director|chairman|board|institute|union|association|economist|union|report|senior|economic|vice|investment|export|tourism|planning|yearbook|local)\s+){0,10}?(?:[Tt]he\s+)?(?:[A-Z][\w.'&-]*|customs|ministry|ministries|bureau|office|agency|administration|authority|authorities|department|statistics|service|bank|embassy|commission|committee|chamber|commerce|minister|president|ambassador|envoy|secretary|spokesman|spokeswoman|spokesperson|governor|officials?|government|data|figures|companies|media|press|council|economist|yearbook|report|association|general|attach[eé]|he|she)"
# Where nothing but the name can follow, as much of it as there is.
_LONG_NAME = _NAME.replace("{0,10}?", "{0,10}", 1)
_PATTERNS = (
    rf"\b(?:[Aa]ccording\s+to|[Aa]s\s+per|ACCORDING\s+TO)\s+(?:(?:figures|data|statistics|numbers|information|estimates|a\s+\w+|preliminary\s+data|official\s+data|the\s+latest\s+data)\s+(?:from|by|of|released\s+by|published\s+by|compiled\s+by|provided\s+by)\s+)?(?P<name>{_LONG_NAME})(?=[\s,.;:)'\"]|$)",
    rf"\b(?:citing|quoting|quoted|quotes|cites|naming)\s+(?:(?:figures|data|statistics)\s+(?:from|by|of)\s+)?(?P<name>{_LONG_NAME})(?=[\s,.;:)'\"]|$)",
    rf"\b(?:[Dd]ata|[Ff]igures|[Ss]tatistics|[Nn]umbers)\s+(?:from|of|by|released\s+by|published\s+by|compiled\s+by|issued\s+by)\s+(?P<name>{_LONG_NAME})(?=[\s,.;:)'\"]|$)",
    rf"(?:^|[,;:.\"-]\s+|\b(?:[Ii]n|[Ff]or)\s+(?:19|20)\d\d,?\s+|\b[Ii]n\s+a\s+[\w\s]{{2,30}}?\s)(?P<name>{_NAME})(?:\s+of\s+(?:the\s+)?{_NAME})?(?:,\s[^,]{{2,60}},)?(?:\s+(?:data|figures|statistics))?\s+(?:also\s+|has\s+|have\s+|had\s+)?{_VERB}\b(?!\s+to\b)",
    rf",\"?\s+{_VERB}\s+(?P<name>{_LONG_NAME})(?=[\s,.;:)'\"]|$)",
    rf"\b(?:by\s+the\s+(?:count|data|statement|figures)\s+of|[Ii]n\s+the\s+(?:words|tables?|data|figures)\s+of|by\s+the\s+data\s+of)\s+(?P<name>{_LONG_NAME})(?=[\s,.;:)'\"]|$)",
    rf"\b(?:calculations?|based)\s+(?:on|from)\s+(?P<name>{_LONG_NAME})(?:'s)?(?=\s+(?:data|figures|statistics))",
    rf"\((?:source|data):\s+(?P<name>{_LONG_NAME})\)",
    rf"\b[Aa]s\s+(?:published|reported|recorded|counted|reckoned|released|stated|registered|compiled|tallied|calculated|measured|given)\s+by\s+(?P<name>{_LONG_NAME})(?=[\s,.;:)'\"]|$)",
    rf"\b(?:[Gg]oing\s+by|[Jj]udging\s+by|[Bb]y\s+the\s+(?:reckoning|tally|books?|returns)\s+of|[Ii]n\s+the\s+(?:books?|ledgers?|returns|statistics|records)\s+of|[Ii]f\s+one\s+believes|[Ss]ource:)\s+(?:(?:figures|data|statistics|numbers|returns)\s+(?:from|by|of)\s+)?(?P<name>{_LONG_NAME})(?=[\s,.;:)'\"]|$)",
    rf"\((?P<name>(?=[^)]*(?:customs|ministry|statistic|bureau|Customs|Ministry|Statistic|Bureau)){_LONG_NAME})\)",
)  # fmt: skip


@cache
def _rules() -> tuple[re.Pattern[str], ...]:
    """The patterns, compiled when a text first needs them."""
    return tuple(re.compile(pattern) for pattern in _PATTERNS)


_SAYING = {3, 4}  # rules in which a country may speak for itself: "China said"


def find_attribution(text: str, start: int, end: int) -> list[Attribution]:
    """The attributions in ``text[start:end]`` (folded), in order of the rules."""
    found: list[Attribution] = []
    for place, rule in enumerate(_rules()):
        for match in rule.finditer(text, start, end):
            name_start, name_end = _trim(text, match.start("name"), match.end("name"))
            if name_end <= name_start or any(
                a.start < match.end() and match.start() < a.end for a in found
            ):
                continue
            name = text[name_start:name_end]
            if _owns_object(text, match, name):
                continue
            found.append(
                Attribution(
                    match.start(),
                    match.end(),
                    name_start,
                    name_end,
                    name,
                    _is_person(name),
                    place not in _SAYING,
                )
            )
    return found


def _owns_object(text: str, match: re.Match[str], name: str) -> bool:
    """ "Russia recorded a surplus", "recalled its envoy": who has or does it, not who says it."""
    if _NO_SAYING.search(text, match.start("name"), match.end() + 30):
        return True
    if _BODY.search(name) or _PERSON.search(name):
        return False
    return (
        re.match(
            r"\s+(?:an?|its)\s+(?:\w+\s+){0,3}(?:surplus|deficit|record|trade|shortfall|gap)\b",
            text[match.end() : match.end() + 50],
        )
        is not None
    )


_WHERE = lazy(
    r"\s+(?:on\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d)|in\s+[A-Z]\w+\s+on\b)",
    re.IGNORECASE,
)
_NO_SAYING = lazy(
    r"\bdeclared\s+(?:war|(?:its\s+)?independence)\b"
    r"|\brecalled\s+(?:its|their|the|his)\s+(?:ambassador|envoy|high\s+commissioner|diplomats)"
)
_VOICE = lazy(
    r"(?P<name>(?:Mr|Mrs|Ms|Dr|Hon|Sir|Lord|Baroness|Senator|General|Dame|The\s+Minister)\b\.?[^:;.!?]{0,4}?"
    r"\s[^:;!?]{2,60}?):\s"
)


def find_voice(text: str, start: int, end: int) -> Attribution | None:
    """Who speaks in a record of debates: "Mr. Triesman: Turkmenistan has not …"."""
    match = _VOICE.match(text, start, end)
    if match is None:
        return None
    low, high = match.span("name")
    return Attribution(low, match.end(), low, high, match.group("name"), True)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    name = text[start:end]
    stripped = re.sub(r"^(?:[Ii]n|[Oo]n|[Aa]nd|[Ff]or|[Oo]f)\s+", "", name)
    start += len(name) - len(stripped)
    stripped = _WHERE.split(stripped)[0]  # "Abiy Ahmed in Asmara on Monday"
    return start, start + len(stripped.rstrip(" .'"))


def _is_person(name: str) -> bool:
    if _PERSON.search(name):
        return True
    if _BODY.search(name) or name.isupper():
        return False
    words = name.split()
    return (
        1 <= len(words) <= 4
        and all(word[0].isupper() for word in words)
        and not name.startswith("The ")
    )
