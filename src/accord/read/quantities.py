"""Quantities: amounts of money, rates, multiples, fractions and counts, with offsets.

A :class:`Quantity` says what stands in the text; what it is a quantity *of* is decided
later. Values are in units (18.78e9), ``resolution`` is one unit of the last printed
digit. Number and currency forms are those of the press since the 1980s ("1.2 bln
dlrs", "Rs 1.2 lakh crore", "NT$", "one and a half billion marks").
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from accord.read.conversions import with_conversions
from accord.read.counted_nouns import counted_before
from accord.read.lexicons import alternation, read_rows
from accord.read.multiples import find_fractions, find_halving, find_multiples, find_ratios
from accord.read.numerals import NUMBER, SCALE, Numeral, parse_number, scale_of
from accord.read.patterns import lazy
from accord.read.quantity import Quantity, Sort, build_quantity
from accord.read.ranges import merge_ranges, with_implied
from accord.read.yearly_lists import listed_by_year

__all__ = ["Quantity", "Sort", "find_quantities"]

_PERCENT = lazy(
    r"\s?(?:%-?|\s?-?(?i:per\s?cent|percent|pct|pc|p\.c\.|per-cent)(?![a-z]))"
    r"(?P<points>[\s-]+(?:points?|pts?)\b)?"
)


_POINTS = lazy(r"[\s-](?:percentage|pct|basis)[\s-]points?\b|\s?(?:pp|ppt|p\.p\.)(?![a-z])")


_TIMES = lazy(r"(?:\s?-?\s?fold|-?\s?times)\b", re.IGNORECASE)


_SHORT_PER = lazy(
    r"\s*(?:/\s?|(?:every|per|a|each)\s+)(?P<unit>day|month|week|year)\b(?!\s+(?:earlier|ago|before|later|previously|on\s+year|and))|\s+(?P<adverb>daily|monthly)\b"
)


_BASE_LEAD = lazy(r"\b(?:from|against|with|than|to)\s+(?:last\s+year's\s+|\w+\s+)?$")


@cache
def _before() -> dict[str, str]:
    return {
        row["form"].lower(): row["code"]
        for row in read_rows("currencies")
        if row["place"] == "before"
    }


@cache
def _codes() -> frozenset[str]:
    return frozenset(row["code"] for row in read_rows("currencies"))


@cache
def _after() -> dict[tuple[str, str], str]:
    return {
        (row["form"].lower(), row["adjective"].lower()): row["code"]
        for row in read_rows("currencies")
        if row["place"] == "after"
    }


@cache
def _units() -> dict[str, tuple[str, float]]:
    return {row["form"].lower(): (row["unit"], float(row["factor"])) for row in read_rows("units")}


@cache
def _amount() -> re.Pattern[str]:
    signs = [form for form in _before() if not form.isalpha()]
    words = [
        row["form"]
        for row in read_rows("currencies")
        if row["place"] == "before" and row["form"].isalpha()
    ]
    codes = "|".join(sorted(_codes()))
    prefix = (
        rf"(?:(?<![A-Za-z])(?P<code>{codes}|(?i:us)\s?(?i:dollars?))(?:\s?[$£€¥])?\s?|(?<![A-Za-z])(?P<sign>(?i:{alternation(signs)}))\s?"
        rf"|(?<![A-Za-z])(?P<word>{alternation(words)})\.?\s?)?"
    )
    return re.compile(
        rf"{prefix}(?P<number>(?<![\w.,/])(?<!few )(?<!several )(?:{NUMBER})|(?<=[A-Za-z$])(?:\d[\d,]*(?:\.\d+)?)|(?:(?<=[a-z]\.)|(?<=/\.))(?:\d[\d,]*(?:\.\d+)?))(?![\d/])"
        rf"(?:[\s-]?(?P<scale>{SCALE}))?"
    )


# Of whom a money is that only one people has: "300 million Japanese yen".
_OF_PEOPLE = r"(?:Japanese|Chinese|Thai|Turkish|Israeli|Vietnamese|Malaysian|Indonesian|Bangladeshi|Kazakh|Kazakhstani|Ukrainian|Polish|Hungarian|Nigerian|Ghanaian|Ethiopian|(?:South\s+)?Korean|South\s+African)"


@cache
def _currency_after() -> re.Pattern[str]:
    adjectives = sorted({a for _, a in _after() if a})
    nouns = sorted({f for f, _ in _after()})
    dollars = alternation([form for form in _before() if form.endswith("$") and len(form) > 1])
    return re.compile(
        rf"[\s-]?(?:in\s+)?(?:(?P<adjective>{alternation(adjectives)})\s+|{_OF_PEOPLE}\s+)?(?P<noun>(?:{alternation(nouns)})s?)(?![\w-])"
        rf"|\s?(?P<code>(?-i:{'|'.join(sorted(_codes()))}))(?![\w]|\s?\d)|\s?(?P<sign>€|{dollars}|\$|£|¥)(?!\s?\d)",
        re.IGNORECASE,
    )


@cache
def _unit_after() -> re.Pattern[str]:
    packed = r"(?:\d+[\s-](?:kilos?|kg|lbs?|pounds?|litre)\s+)?"
    adjective = (
        packed
        + r"(?:(?!of\b|in\b|to\b|and\b|the\b|worth\b|for\b|from\b|by\b|on\b|at\b|or\b|is\b|are\b|was\b|were\b|with\b|as\b|than\b|that\b|which\b|who\b|has\b|have\b|had\b)[A-Za-z][\w.'-]*\s+){0,2}?(?:[A-Za-z]{1,3}-\d{1,3}[A-Za-z]{0,3}\s+)?"
    )
    return re.compile(
        rf"[\s-](?:of\s+(?:our|its|their|my|his|her|these|those|the)\s+)?(?P<adjective>{adjective})(?P<unit>{alternation(list(_units()))})(?![\w-])",
        re.IGNORECASE,
    )


def find_quantities(
    text: str, start: int = 0, end: int | None = None, *, year: int | None = None
) -> list[Quantity]:
    """The quantities in ``text[start:end]`` (folded text) in order, without overlaps.

    ``year`` of publication decides between a currency and its predecessor (roubles).
    """
    end = len(text) if end is None else end
    found = [*listed_by_year(text, start, end), *find_ratios(text, start, end)]
    taken = [(q.core, q.end) for q in found]
    found += [
        q for q in _amounts(text, start, end) if all(q.end <= s or q.core >= e for s, e in taken)
    ]
    taken = [(q.core, q.end) for q in found]
    multiples = (*find_multiples(text, start, end), *find_halving(text, start, end))
    for quantity in (*multiples, *find_fractions(text, start, end)):
        if all(quantity.end <= s or quantity.core >= e for s, e in taken):
            found.append(quantity)
            taken.append((quantity.core, quantity.end))
    found.sort(key=lambda q: q.core)
    found = with_implied(text, merge_ranges(text, found), start, end)
    return [_historic(q, year) for q in with_conversions(text, found)]


def _amounts(text: str, start: int, end: int) -> list[Quantity]:
    found: list[Quantity] = []
    position = start
    pattern = _amount()
    while (match := pattern.search(text, position, end)) is not None:
        quantity = _read_amount(text, match, start, end)
        if quantity is None:
            position = max(match.end("number"), match.start() + 1)
            continue
        found.append(quantity)
        position = quantity.end
    return found


def _read_amount(text: str, match: re.Match[str], floor: int, end: int) -> Quantity | None:
    number = parse_number(match.group("number"))
    if number is None:
        return None
    scale = scale_of(match.group("scale"))
    prefix = _prefix_code(match)
    after = match.end()
    if prefix is None and _DESIGNATION.search(text, max(0, match.start() - 5), match.start()):
        return None
    if prefix is None and scale == 1.0:
        rate = _read_rate(text, match, number, floor, end)
        if rate is not None:
            return rate
    suffix = _currency_after().match(text, after, end)
    if prefix is None and suffix is not None and _is_currency(text, match, suffix):
        code = _suffix_code(suffix)
        return _money(text, (match, number, scale, code), suffix.end(), floor)
    if prefix is not None:
        marked = suffix is not None and _is_milestone(text, match, suffix)
        if suffix is not None and not marked and _repeats(prefix, _suffix_code(suffix)):
            after = suffix.end()
            prefix = _suffix_code(suffix) if _suffix_code(suffix) != "USD" else prefix
        return _money(text, (match, number, scale, prefix), after, floor)
    return _count_or_amount(text, (match, number, scale), floor, end)


# "F-16 fighters", "Su-30 jets": the name of a type.
_DESIGNATION = lazy(r"(?<![A-Za-z])[A-Z][A-Za-z]{0,2}-$")


def _prefix_code(match: re.Match[str]) -> str | None:
    if match.group("code"):
        code = match.group("code")
        return code if code in _codes() else "USD"
    form = match.group("sign") or match.group("word")
    return _before()[" ".join(form.lower().split())] if form else None


def _repeats(prefix: str, suffix: str) -> bool:
    """ "$5 billion Canadian dollars", "$2.6 billion USD"."""
    return prefix in {suffix, "USD"}


def _suffix_code(suffix: re.Match[str]) -> str:
    if suffix.group("code"):
        return suffix.group("code")
    if suffix.group("sign"):
        return _before()[" ".join(suffix.group("sign").lower().split())]
    noun = " ".join(suffix.group("noun").lower().split())
    adjective = " ".join((suffix.group("adjective") or "").lower().split())
    table = _after()
    for form in (noun, noun.removesuffix("s")):
        for kind in (adjective, ""):
            if (form, kind) in table:
                return table[form, kind]
    return table[noun.removesuffix("s"), ""]


_OF_MONEY = lazy(
    r"\s+(?:credit|loan|grant|deal|contract|order|package|aid|investment|surplus|deficit|plant|project)"
)
_ARTICLE = lazy(r"\b(?:the|a|this|that)\W*$", re.IGNORECASE)


def _is_milestone(text: str, match: re.Match[str], suffix: re.Match[str]) -> bool:
    """ "the $100 billion mark", "passed the 10-billion mark": no German money."""
    if (suffix.group("noun") or "").lower() != "mark" or suffix.group("adjective"):
        return False
    if _OF_MONEY.match(text, suffix.end()):
        return False  # "a 300 mln mark credit"
    prefixed = match.group("sign") or match.group("word") or match.group("code")
    return bool(prefixed or _ARTICLE.search(text, max(0, match.start() - 8), match.start()))


def _is_currency(text: str, match: re.Match[str], suffix: re.Match[str]) -> bool:
    """Whether a word after a number is a currency there: not "first won", "3 real"."""
    if _is_milestone(text, match, suffix):
        return False
    if match.group("scale") or suffix.group("code") or suffix.group("sign"):
        return True
    noun = suffix.group("noun").lower()
    return noun not in {
        "won",
        "sol",
        "real",
        "som",
        "mark",
        "kip",
        "dong",
        "lei",
        "lev",
        "rand",
        "sterling",
    } and (
        match.group("number")[0].isdigit()
        or match.group("number").lower() not in {"a", "an", "one"}
    )


def _money(
    text: str, parts: tuple[re.Match[str], Numeral, float, str], after: int, floor: int
) -> Quantity:
    match, number, scale, code = parts
    per, after_per = _per(text, after)
    return build_quantity(
        text,
        (match.start(), after if per is None else after_per, floor),
        Sort.MONEY,
        (number, scale, code),
        per,
    )


def _per(text: str, after: int) -> tuple[str | None, int]:
    match = _SHORT_PER.match(text, after)
    if match is None:
        return None, after
    return match.group("unit") or {"daily": "day", "monthly": "month"}[
        match.group("adverb")
    ], match.end()


def _read_rate(
    text: str, match: re.Match[str], number: Numeral, floor: int, end: int
) -> Quantity | None:
    after = match.end("number")
    for pattern, sort in ((_POINTS, Sort.POINTS), (_PERCENT, Sort.PERCENT), (_TIMES, Sort.TIMES)):
        found = pattern.match(text, after, end)
        if found is None:
            continue
        unit = sort
        if sort is Sort.PERCENT and found.group("points"):
            unit = Sort.POINTS
        if sort is Sort.TIMES and match.group("number").lower() in {"a", "an"}:
            return None
        return build_quantity(
            text, (match.start("number"), found.end(), floor), unit, (number, 1.0, str(unit))
        )
    return None


_A_DAY = lazy(r"(?:\s+of\s+[\w-]+(?:\s+\w+)?)?\s+(?:a|per|each|every)\s+day\b|\s+daily\b")


_AMONG_TOP = lazy(r"\b(?i:top)[\s-]$")  # "the top 10 investors"


def _count_or_amount(
    text: str, parts: tuple[re.Match[str], Numeral, float], floor: int, end: int
) -> Quantity | None:
    match, number, scale = parts
    unit = _unit_after().match(text, match.end(), end)
    if unit is not None and _AMONG_TOP.search(text, max(0, match.start() - 5), match.start()):
        return None
    if unit is not None and (
        match.group("scale") or match.group("number").lower() not in {"a", "an", "one"}
    ):
        name, factor = _units()[" ".join(unit.group("unit").lower().split())]
        if match.group("scale") and unit.group("unit").lower() == "mt":
            factor = 1.0  # "20 million mt": of metric tons
        quantity = build_quantity(
            text, (match.start(), match.end(), floor), Sort.COUNT, (number, scale * factor, name)
        )
        daily = _A_DAY.match(text, unit.end(), end)
        if daily and quantity.unit in {"barrels", "tonnes", "cubic metres"}:
            quantity = replace(quantity, unit=f"{quantity.unit} per day")
        return replace(quantity, end=unit.end(), noun_end=unit.end())
    counted = counted_before(text, match, scaled=scale != 1.0)
    if counted is not None:
        span = (match.start(), match.end(), floor)
        return build_quantity(text, span, Sort.COUNT, (number, scale, counted))
    if _grouped_base(text, match) or _of_a_list(text, match):
        return build_quantity(
            text, (match.start(), match.end(), floor), Sort.AMOUNT, (number, scale, "")
        )
    if (
        scale >= 1e5
        and match.group("scale")
        and (
            match.group("scale").rstrip(".") not in {"m", "b", "k"}
            or _TO_SOMEWHERE.match(text, match.end())
        )
    ):
        return build_quantity(
            text, (match.start(), match.end(), floor), Sort.AMOUNT, (number, scale, "")
        )
    return None


_TO_SOMEWHERE = lazy(r"\s+(?:to|from|with)\s+(?:the\s+)?[A-Z]")  # "2m to India"


_LISTED = lazy(r"(?:[,;]|\band)\s+(?:the\s+)?[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s+$")
_OF_THEM = lazy(r"\s+of\s+(?:them|whom)\b")


def _of_a_list(text: str, match: re.Match[str]) -> bool:
    """ "…, Finland 31,000", "some 120 of them": counts of what was counted before."""
    number = match.group("number")
    if not number[0].isdigit() or "." in number or match.group("scale"):
        return False
    if _OF_THEM.match(text, match.end()):
        return True
    before = _LISTED.search(text, max(0, match.start() - 30), match.start())
    return "," in number and before is not None


def _grouped_base(text: str, match: re.Match[str]) -> bool:
    """ "up from 288,000": a count whose unit stands before."""
    if "," not in match.group("number") and not match.group("scale"):
        return False
    return _BASE_LEAD.search(text, max(0, match.start() - 20), match.start()) is not None


def _historic(quantity: Quantity, year: int | None) -> Quantity:
    if quantity.unit == "RUB" and year is not None and year <= 1991:
        return replace(quantity, unit="SUR")
    if quantity.unit == "TRY" and year is not None and year <= 2004:
        return replace(quantity, unit="TRL")
    return quantity
