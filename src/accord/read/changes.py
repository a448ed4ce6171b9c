"""Changes: whether the words around a quantity make it a rise or a fall, and how.

Works on *masked* text, in which periods and parties are blanked, so that "rose in
January-May with Russia by 5 percent" reads as "rose … by 5 percent".
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from accord.read.lexicons import read_table
from accord.read.patterns import lazy

__all__ = ["Place", "Reading", "ends_with_change", "read_place", "verb_of_change"]


class Place(StrEnum):
    """The place of a quantity in a change."""

    BY = "by"  # the size of the change
    TO = "to"  # the level reached by a change
    BASE = "base"  # the level it is compared with
    LEVEL = "level"  # no change is spoken of


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity's place, with the direction and the offsets of the word that says so."""

    place: Place
    direction: str | None = None
    start: int = -1
    end: int = -1


_FILL = (
    r"(?:\s*(?:,|[-\u2010-\u2015](?=\s)|\b(?:at\s+an?\s+(?:\w+\s+){0,2}(?:rate|pace|clip)\s+of|\w+ly|further|again|also|even|back|just|only|another|still|overall|year[- ]on[- ]year|y/y|yoy|y-o-y"
    r"|on\s+(?:the\s+|a\s+)?year|on\s+average|in\s+(?:value|volume|total|all|dollars?|yuan|rubles|euros)(?:\s+terms)?|in\s+[\w.]+\s+(?:dollar\s+)?terms|an?\s+(?:more|even|far|much|rather|very|less|still)\s+[a-z]+|an?|the|its|their|some|that|what|average|combined|together|year-over-year|'s|from|annual|as|sharp|in\s+nominal\s+terms|value|dramatically|well|over\s+the|compared\s+with|roughly|slightly|to\s+date|no|record|for\s+(?:an?|the)\s+(?:[\w-]+\s+){1,3}(?:month|year|quarter|time)(?:\s+(?:running|in\s+a\s+row|in\s+succession))?|a\s+(?:who+p+ing|staggering|mere|massive|hefty|modest|healthy|robust))\b))*"
)
_BASE = lazy(
    r"(?:\bfrom|\bagainst|\bcompared\s+(?:with|to)|\bcomparison\s+(?:with|to)|\bversus|\bvs\.?|\bas\s+against|\bthan|\binstead\s+of|\bafter(?:\s+(?:peaking|standing)\s+at|\s+(?:reaching|hitting|totalling))?(?!\s+(?:rising|falling|growing))|\bas\s+opposed\s+to|\brelative\s+to|\bup\s+on|\bdown\s+on|\bexceeding|\b(?:increase|rise|growth|jump|gain|improvement|fall|drop|decrease)\s+(?:over|from|on)|\bwhen\s+it\s+was|\bwhen\s+it\s+stood\s+at)"
    r"(?:\s+(?:'s|the|an?|modest|small|smaller|larger|bigger|narrow|slight|huge|large|sharp|record|only|just|its|their|merely|some|record|as\s+little\s+as|then|revised|previous|previously|reported|contracted|planned|agreed|usual|normal|initial|original|earlier|present|current|old|pre-war|pre-crisis|deficits?|surplus|gap|shortfall|imports|exports|sales|turnover|figures?|of|levels?|total))*\s*$",
    re.IGNORECASE,
)
_TO = lazy(
    r"\b(?:(?<!due\s)(?<!owing\s)(?<!thanks\s)to|at|hit|hitting|reach(?:ed|ing|es)?|reaching|totall?(?:ed|ing)|stand(?:s|ing)?\s+at|stood\s+at)(?:\s+(?:'s|an?|the|its|their|some|record|reach|stand|high|of|new|all-time|total|just|only|highest|lowest|level|what|around|hit|estimated))*\s*$",
    re.IGNORECASE,
)


def _directions(kind: str) -> str:
    table = read_table("changes")[kind]
    return rf"(?:(?P<up>(?<![\w+-])(?:{table['up']}))|(?P<down>(?<![\w+-])(?:{table['down']})))"


@cache
def _by_verb() -> re.Pattern[str]:
    return re.compile(
        rf"{_directions('verbs')}(?![\w]){_FILL}\s*(?:\bby\b|\bat\b|\bof\b)?{_FILL}\s*$",
        re.IGNORECASE,
    )


@cache
def _by_object() -> re.Pattern[str]:
    """ "increase its aid by": an object stands between the verb and the preposition."""
    return re.compile(
        rf"{_directions('verbs')}(?![\w])\s+(?:(?:its|their|the|his|our)\s+(?:[\w'-]+\s+){{1,5}}?|(?:[\w'-]+\s+){{0,2}}(?:exports?|imports?|trade|sales|purchases|supplies|deliveries|shipments)\s+(?:[\w'-]+\s+){{0,3}}?)by\b{_FILL}\s*$",
        re.IGNORECASE,
    )


@cache
def _by_sign() -> re.Pattern[str]:
    return re.compile(r"(?:(?P<up>(?<!\w)\+\s?)|(?P<down>(?<=[\s(])-))$")


@cache
def _by_noun() -> re.Pattern[str]:
    return re.compile(
        rf"\b{_directions('nouns')}(?![\w-])(?:\s+rates?)?(?:\s+(?:in\s|for\s|of\s|'s?\s)\s*(?:(?!\bto\b)[\w'&-]+\s+){{0,8}}?)?{_FILL}\s*\b(?:of|was|were|is|by|at|came\s+to|reach(?:ed|ing)|stood\s+at|total+(?:ing|ed)|amount(?:ed|ing)\s+to|hit)\b{_FILL}\s*$",
        re.IGNORECASE,
    )


@cache
def _after() -> re.Pattern[str]:
    kinds = read_table("changes")
    up = rf"{kinds['comparatives']['up']}|{kinds['nouns']['up']}|over(?=\\s)"
    down = f"{kinds['comparatives']['down']}|{kinds['nouns']['down']}"
    return re.compile(
        rf"(?:\s+(?:of\s+)?(?:year[- ]on[- ]year|year[- ]over[- ]year|\(?y/y\)?|\(?y-?o-?y\)?|annual|annuali[sz]ed|sharp|yearly|further|average|steep|real|huge|modest|trade|export|import|monthly|nominal|overall|cumulative|worth|points?|as))*"
        rf"\s+(?:(?P<up>{up})|(?P<down>{down}))(?![\w-])(?!\s+(?:half|limit))",
        re.IGNORECASE,
    )


@cache
def _rate_with_noun() -> re.Pattern[str]:
    """ "Than the 8 percent fall in imports": what is set against is a change of its own."""
    nouns = read_table("changes")["nouns"]
    return re.compile(
        rf"[\d.,]+\s?(?:%|per\s?cent|pct|percent)\s+(?:(?:on-year|year-on-year|y/y|annual|yearly|sharp|steep)\s+)?(?:(?P<up>{nouns['up']})|(?P<down>{nouns['down']}))(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"{_directions('verbs')}(?![\w-])", re.IGNORECASE)


_AS_LARGE = lazy(
    r"\s+(?:(?:as\s+(?:large|much|high|many|big|great)|the\s+(?:amount|level|figure|size|value|volume|total)|what\s+(?:it|they)\s+(?:was|were|had\s+been)|(?:that|those)\s+of)\b)",
    re.IGNORECASE,
)


# "Three times as much as it bought there" sets one flow against another.
_AS_BOUGHT = lazy(
    r"\s+as\s+(?:much|many)\b[^.;]{0,70}?\bas\s+(?:it|they|the\s+\w+)\s+(?:bought|sold|imported|exported|purchased|shipped|took|did\s+from|buys?|sells?)\b",
    re.IGNORECASE,
)


# "$96 million to Ghana, up from $66 million": the amount is a level, not the rise.
_FROM_AMOUNT = lazy(
    r"\s+(?:up|down|higher|lower)\s+(?:from|than|compared\s+(?:with|to))\s+(?:(?:the|just|only|about|some|around|nearly|over)\s+)*",
    re.IGNORECASE,
)


def read_place(
    text: str,
    quantity: tuple[int, int, int],
    *,
    floor: int,
    limit: int,
    times: bool = False,
    money: bool = False,
) -> Reading:
    """Where a quantity (start, core, end) stands in masked ``text``.

    Looks back to ``floor`` (the end of the quantity before) and on to ``limit``.
    """
    start, core, end = quantity
    floor = max(floor, start - 120)
    if (
        money
        and text[start:core].lower().startswith("over the")
        and _INCREASE.search(text, floor, start)
    ):
        return Reading(Place.BASE)
    for at in {start, core} if text[start:core].strip().lower() in {"by", ""} else {start}:
        reading = _before(text, floor, at, money=money)
        if reading is not None:
            return reading
    outdone = _EXCEEDED.search(text, max(floor, start - 90), start)
    if outdone is not None:
        return Reading(Place.BY, "up", outdone.start(), outdone.end())
    compared = _AS_BOUGHT.match(text, end, min(limit, end + 110))
    if times and compared is None and (ratio := _AS_LARGE.match(text, end, min(limit, end + 40))):
        return Reading(Place.BY, "up", ratio.start(), ratio.end())
    match = _after().match(text, end, min(limit, end + 70))
    apart = money and match and _FROM_AMOUNT.fullmatch(text, match.start(), limit)
    if match and not apart and not _OWN_RATE.match(text, match.end()):
        return _found(Place.BY, match)
    return Reading(Place.LEVEL)


# "Exceeded last year's by 12 percent", "beat the figure of a year ago by 7 percent"
_EXCEEDED = lazy(
    r"\b(?:exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|beat(?:s|ing|en)?|topp(?:ed|ing)|outstripp(?:ed|ing)|(?:is|are|was|were)\s+ahead\s+of)\b(?:\s+(?!by\b)[\w'.-]+){0,7}\s+by\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_OWN_RATE = lazy(r"\s+(?:by\s+)?\d[\d.]*\s?(?:%|per|pct|pc)")  # "33,893 up 16.4 percent"
_AT_LEVEL = lazy(r"\b(?:up|down|higher|lower)\s+at\s*$", re.IGNORECASE)
_RATE = lazy(r"[\d.,]+\s?(?:%|per\s?cent|pct|percent)")


_AT = lazy(r"\bat\s+(?:about\s+|over\s+|nearly\s+)?$")


_GAVE_RISE = lazy(r"\bg[ia]v(?:e|es|en|ing)\s+rise\s+to\s+(?:an?\s+)?$", re.IGNORECASE)
# "an increase over the $97 million": the word is a preposition there, not "more than".
_INCREASE = lazy(
    r"\b(?:increase|rise|growth|jump|gain|improvement|advance|surge|fall|drop|decrease|decline|up|down)\s+$",
    re.IGNORECASE,
)


def _before(text: str, floor: int, at: int, *, money: bool) -> Reading | None:
    sign = _by_sign().search(text, floor, at)
    if sign:
        return _found(Place.BY, sign)
    if _BASE.search(text, floor, at):
        own = _rate_with_noun().match(text, at)
        return _found(Place.BY, own) if own else Reading(Place.BASE)
    for pattern in (_by_noun(), _by_verb(), _by_object()):
        match = pattern.search(text, floor, at)
        if match and _AT_LEVEL.search(text, floor, at) and not _RATE.match(text, at):
            return _found(Place.TO, match)  # "was down at $856 million"
        if match and money and _AT.search(text, floor, at):
            return Reading(Place.LEVEL)  # "saw 9.6% growth at $13.5 billion"
        if match:
            return _found(Place.BY, match)
    if _TO.search(text, floor, at) and not _GAVE_RISE.search(text, floor, at):
        cue = verb_of_change(text, floor, at)
        return cue if cue else Reading(Place.LEVEL)
    return None


def ends_with_change(text: str) -> bool:
    """Whether a verb of change leads right up to the end of ``text``: "… gained"."""
    return _by_verb().search(text) is not None


def verb_of_change(text: str, floor: int, at: int) -> Reading | None:
    """The last verb of change in ``text[floor:at]``, as reaching a level."""
    found = list(_verb().finditer(text, floor, at))
    last = found[-1] if found else None
    if last is None or last.group().lower() in {"-", "+", "plus", "minus", "off"}:
        return None
    return _found(Place.TO, last)


def _found(place: Place, match: re.Match[str]) -> Reading:
    direction = "up" if match.group("up") else "down"
    return Reading(place, direction, match.start(), match.end())
