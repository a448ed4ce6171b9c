"""Lists by year: "trade between A and B, in million dollars: 2015: 230; 2016: 250".

The heading names the scale and the money once; each number behind a year has both.
"""

from __future__ import annotations

from accord.read.numerals import parse_number, scale_of
from accord.read.patterns import lazy
from accord.read.quantity import Quantity, Sort, build_quantity

__all__ = ["listed_by_year"]

_HEADING = lazy(
    r"(?:\bin\s+|\(\s*(?:in\s+)?|[,:]\s*)(?P<before>US\$|USD|EUR|\$|€|£)?\s?(?P<scale>million|billion|thousand|mln|bln|mn|bn|m)s?\b\.?\s*(?:of\s+)?"
    r"(?P<money>US\s+dollars?|U\.S\.\s+dollars?|dollars?|USD|US\$|\$|euros?|EUR|€|pounds?|GBP|yen|yuan|roubles?|rubles?)?\s*[):,;.]?"
)
_ITEM = lazy(
    r"(?<![\w.,])(?:19|20)\d\d\s*(?:[:=]|\s-)\s*(?P<number>\d[\d,]*(?:\.\d+)?)(?=\s*(?:[;,.)]|and\b|$)(?!\d))"
)
_UNITS = {
    "e": "EUR",
    "€": "EUR",
    "p": "GBP",
    "g": "GBP",
    "£": "GBP",
    "yen": "JPY",
    "yua": "CNY",
    "r": "RUB",
}


def _unit(word: str) -> str:
    word = word.lower()
    return _UNITS.get(word[:3]) or _UNITS.get(word[:1]) or "USD"


def listed_by_year(text: str, start: int, end: int) -> list[Quantity]:
    """The numbers behind years, where a heading says what they are counted in."""
    items = list(_ITEM.finditer(text, start, end)) if text.count(":", start, end) else []
    if len(items) < 2:
        return []
    heading = _HEADING.search(text, start, items[0].start() + 1)
    named = heading and (heading.group("money") or heading.group("before"))
    if heading is None or not named:
        return []
    scale, unit = scale_of(heading.group("scale")), _unit(named)
    found = []
    for item in items:
        number = parse_number(item.group("number"))
        if number is not None:
            span = (item.start("number"), item.end("number"), item.start("number"))
            found.append(build_quantity(text, span, Sort.MONEY, (number, scale, unit)))
    return found
