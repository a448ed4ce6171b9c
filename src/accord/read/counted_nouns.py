"""Nouns counted before their number: "Russian visitors totalled 526,000".

No unit stands beside such a number; what it counts was named earlier in the clause.
"""

from __future__ import annotations

import re

from accord.read.patterns import lazy

__all__ = ["counted_before"]


def counted_before(text: str, match: re.Match[str], *, scaled: bool) -> str | None:
    """What a bare number counts, by a noun before it: persons, companies."""
    number = match.group("number")
    if not scaled:
        listed = _PEOPLE_COLON.search(text, max(0, match.start() - 70), match.start())
        if listed or ("," in number and _of_travellers(text, match)):
            return "persons"
        if _like_a_year(number):
            return None
    return _number_of(text, match)


_TRAVELLERS = lazy(
    r"\b(?:(?i:tourists|visitors|arrivals|holidaymakers|students|enroll?ments|workers|migrants|immigrants|refugees|emigrants|expatriates|nationals|citizens|community|diaspora|population)|(?:source|generating|feeder)\s+markets?|[Nn]umber\s+of\s+[A-Z][a-z]+s)\b(?:[^.;$€£]|\.\d){0,70}"
    r"(?:\b(?:totall?(?:ed|ing)|numbers?|numbered|numbering|reach(?:ed|ing)|exceed(?:ed|ing)|surpass(?:ed|ing)|topp(?:ed|ing)|hit|hitting|from\s+last\s+year's|came\s+to|amounted\s+to|stood\s+at|was|were|is|are|to|from|than\s+the|with|at)|[:,])\s+(?:(?!in\b|of\b)\w+\s+)?$"
)


def _of_travellers(text: str, match: re.Match[str]) -> bool:
    """ "Russian visitors totalled 526,000": the unit is the noun counted."""
    return _TRAVELLERS.search(text, max(0, match.start() - 120), match.start()) is not None


_NUMBER_OF = lazy(
    r"\b[Nn]umber\s+of\s+(?:[\w.'-]+\s+){0,4}?(?:(?P<companies>companies|firms|enterprises|businesses|joint\s+ventures|subsidiaries)"
    r"|tourists|visitors|arrivals|students|workers|migrants|immigrants|refugees|nationals|citizens|expatriates|residents)\b[^.;,$€£\d]{0,70}"
    r"\b(?:totall?(?:ed|ing)|reach(?:ed|es|ing)|exceed(?:ed|s|ing)|surpass(?:ed|es|ing)|topp(?:ed|ing)|amount(?:ed|s|ing)\s+to|stood\s+at|stands\s+at|is|was|were|to|hit|estimated\s+at|put\s+at)\s+"
    r"(?:(?:about|around|over|more\s+than|some|nearly|almost|approximately|close\s+to|already|now)\s+)*$"
)


def _number_of(text: str, match: re.Match[str]) -> str | None:
    """ "The number of Chinese firms there reached 400": the unit is the noun counted."""
    if not match.group("number")[0].isdigit():
        return None
    lead = _NUMBER_OF.search(text, max(0, match.start() - 150), match.start())
    if lead is None or _OTHER_UNIT.match(text, match.end()):
        return None
    return "companies" if lead.group("companies") else "persons"


_OTHER_UNIT = lazy(r"\s?(?:%|percent|per\s?cent|pct|times|fold|points|dollars|euros)")


def _like_a_year(number: str) -> bool:
    return number.isdigit() and 1900 <= int(number) <= 2100


_PEOPLE_COLON = lazy(
    r"\b(?:tourists|visitors|students|workers|migrants|refugees|nationals|citizens|expatriates|[Nn]umber\s+of\s+[A-Z][a-z]+s)\b[^.;:]{0,40}:\s*(?:\w+\s+)?$"
)
