"""Multiples and fractions: "doubled", "fivefold", "two-thirds", "by half"."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.statement import Approximation
from accord.read.numerals import Numeral, parse_number
from accord.read.patterns import lazy
from accord.read.quantity import Quantity, Sort, build_quantity

__all__ = ["find_fractions", "find_halving", "find_multiples", "find_ratios"]

_FRACTIONS = {
    "half": 50.0, "third": 33.3, "quarter": 25.0, "fourth": 25.0, "fifth": 20.0, "sixth": 16.7,
    "seventh": 14.3, "eighth": 12.5, "ninth": 11.1, "tenth": 10.0,
}  # fmt: skip


_MULTIPLES = {
    "doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadrupl": 4.0, "quintupl": 5.0, "sextupl": 6.0,
    "halv": 0.5,
}  # fmt: skip


_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "nine": 9}


_FOLD = lazy(
    r"\b(?P<word>two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred)"
    r"-?fold\b|\b(?P<multiple>doubl|tripl|trebl|quadrupl|quintupl|sextupl|halv)(?:ed|es?|ing)\b(?!-(?:digit|deck|edged|sided))"
    r"|\b(?P<twice>twice|thrice)\b"
    r"|\ba\s+factor\s+of\s+(?P<factor>\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred)\b",
    re.IGNORECASE,
)


_FRACTION = lazy(
    r"\b(?:(?P<count>an?|one|two|three|four|five|seven|nine)[\s-]+)?"
    r"(?P<part>half|thirds?|quarters?|fourths|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b",
    re.IGNORECASE,
)


def find_multiples(text: str, start: int, end: int) -> list[Quantity]:
    """ "Doubled", "twice", "fivefold" in ``text[start:end]``, with their direction."""
    found = []
    for match in _FOLD.finditer(text, start, end):
        direction = None
        if match.group("word") or match.group("factor"):
            number = parse_number(match.group("word") or match.group("factor"))
            value = number.value if number else 0.0
        elif match.group("twice"):
            value = 2.0 if match.group("twice").lower() == "twice" else 3.0
        else:
            value = _MULTIPLES[match.group("multiple").lower()]
            direction = "down" if value < 1 else "up"
        span = (match.start(), match.end(), start)
        quantity = build_quantity(text, span, Sort.TIMES, (Numeral(value, 0), 1.0, "times"))
        found.append(replace(quantity, direction=direction))
    return found


_IN_HALF = lazy(
    r"\b(?:cut|cuts|cutting|slash(?:ed|es|ing)|reduc(?:ed|es|ing)|divid(?:ed|es|ing)|split)\b(?:\s+(?!and\b|but\b)[^\s.;]+){0,8}?\s+(?P<half>in\s+half|by\s+half)\b",
    re.IGNORECASE,
)


def find_halving(text: str, start: int, end: int) -> list[Quantity]:
    """ "Has cut trade with Senegal in half": a multiple that leads downwards."""
    found = []
    for match in _IN_HALF.finditer(text, start, end):
        span = (*match.span("half"), match.start("half"))
        half = build_quantity(text, span, Sort.TIMES, (Numeral(0.5, 1), 1.0, "times"))
        found.append(replace(half, direction="down"))
    return [q for q in found if not _TAXED.match(text, q.end)]


_TAXED = lazy(r"[\s-]+(?:tax|taxation|standards?|digits?|room|majority)\b", re.IGNORECASE)


def find_fractions(text: str, start: int, end: int) -> list[Quantity]:
    """ "A third", "two-fifths", "by half" in ``text[start:end]``, as percentages."""
    found = []
    for match in _FRACTION.finditer(text, start, end):
        part = match.group("part").lower().rstrip("s")
        count = (match.group("count") or "").lower()
        if not count and (part != "half" or not _is_share_half(text, match)):
            continue
        if _is_calendar(text, match, part):
            continue
        times = 1 if count in {"", "a", "an"} else _COUNTS[count]
        value = round(_FRACTIONS[part] * times, 1) if part != "third" else round(times * 100 / 3, 1)
        span = (match.start(), match.end(), start)
        quantity = build_quantity(text, span, Sort.FRACTION, (Numeral(value, 1), 1.0, "percent"))
        if quantity.approx is Approximation.EXACT:  # "a third" is 30 to 37 percent
            quantity = replace(quantity, approx=Approximation.ABOUT)
        found.append(_as_much(text, match, quantity))
    for match in _IN_DIGITS.finditer(text, start, end):
        over, under = match.group("over") or "1", match.group("under")
        value = round(100 * int(over) / int(under), 1) if under else _GLYPHS[match.group()]
        span = (match.start(), match.end(), start)
        found.append(build_quantity(text, span, Sort.FRACTION, (Numeral(value, 1), 1.0, "percent")))
    return found


_OUT_OF = lazy(
    r"\b(?P<few>one|two|three|four|five|six|seven|eight|nine|\d)\s+(?:in(?:\s+every)?|out\s+of(?:\s+every)?|of\s+every)\s+(?P<many>two|three|four|five|six|seven|eight|nine|ten|twenty|(?:\d|10|20|100))(?=\s+[a-z])(?!\s+(?:million|billion|trillion|months|years|days|hours|per))"
    r"|\bevery\s+(?P<nth>second|third|fourth|fifth|sixth|tenth)(?=\s+(?:barrel|tonne|ton|car|tourist|visitor|student|lit(?:re|er)|bottle|euro|dollar|container|ship|worker|migrant)\b)",
    re.IGNORECASE,
)
_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}


def find_ratios(text: str, start: int, end: int) -> list[Quantity]:
    """ "One in five tourists", "two out of every ten imports", as percentages."""
    found = []
    for match in _OUT_OF.finditer(text, start, end):
        nth = match.group("nth")
        few = None if nth else parse_number(match.group("few"))
        many = None if nth else parse_number(match.group("many"))
        part = few.value / many.value if few and many else 1 / _NTH[nth.lower()] if nth else 1.0
        if part < 1:
            span = (match.start(), match.end(), start)
            value = Numeral(round(100 * part, 1), 1)
            found.append(build_quantity(text, span, Sort.FRACTION, (value, 1.0, "percent")))
    return found


_IN_DIGITS = lazy(
    r"(?<![\d/.,$])(?:(?P<over>[1-9])/(?P<under>[2-9]|10)(?:rds?|ths?)?|[¼½¾])(?=\s+of\s+(?:all|the|its|their|total|[A-Z]))"
)
_GLYPHS = {"¼": 25.0, "½": 50.0, "¾": 75.0}


_AS_MUCH = lazy(
    r"\s+(?:as\s+(?:much|many|large|big|high|great)(?P<again>\s+again)?|the\s+(?:level|figure|amount|size)\s+of)\b"
)


def _as_much(text: str, match: re.Match[str], quantity: Quantity) -> Quantity:
    """ "A third as much" is a multiple; "half as much again" a rise by that part."""
    ratio = _AS_MUCH.match(text, match.end(), match.end() + 40)
    if ratio is None:
        return quantity
    if ratio.group("again"):
        return replace(quantity, direction="up", end=ratio.end())
    value = round(quantity.value / 100, 3)
    return replace(quantity, sort=Sort.TIMES, unit="times", value=value, direction="down")


def _is_share_half(text: str, match: re.Match[str]) -> bool:
    before, after = (
        text[max(0, match.start() - 6) : match.start()],
        text[match.end() : match.end() + 8],
    )
    if re.search(r"\b(?:by|in)\s+$", before) is not None and not re.match(
        r"\s+(?:19|20)\d\d", after
    ):
        return True
    return re.match(r"\s+(?:of|the|its|their|that|as)\b", after) is not None


def _is_calendar(text: str, match: re.Match[str], part: str) -> bool:
    """ "the third quarter", "first half": parts of a year, not of a quantity."""
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 16]
    if part in {"quarter", "half"} and re.search(
        r"\b(?:first|second|third|fourth|last|this|next|same|per|each)\s*$", before
    ):
        return True
    if re.search(r"\b(?:by|nearly|almost|about|around|than|roughly|some|only|just)\s*$", before):
        return False
    if part == "third" and re.match(
        r"[\s-]+(?:largest|biggest|most|country|countr|party|parties|time|year|quarter|place|world|reich)",
        after,
    ):
        return True
    if part in {"third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}:
        return (
            re.match(
                r"[\s-]+(?!of\b|lower|higher|more|less|fewer|smaller|larger\b|bigger|as\b|from|in\b|to\b|on\b|compared|this|last|over|between|and|by)[a-z]",
                after,
            )
            is not None
        )
    return re.match(r"\s+(?:ago|year|month|ahead|earlier|hour|an?\s)", after) is not None or (
        part == "half" and re.search(r"\band\s*$", before) is not None
    )
