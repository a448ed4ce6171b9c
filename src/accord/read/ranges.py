"""Ranges and lists: "9-10bn" is one quantity; "2.2 and 3.4 percent" are two."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.statement import Approximation
from accord.read.patterns import lazy
from accord.read.quantity import Quantity, Sort, tidy

__all__ = ["merge_ranges", "with_implied"]

_LISTED = lazy(r"(?P<sign>[$€£¥])?(?<![\w.,-])(?P<number>\d[\d,]*(?:\.\d+)?)\s+(?:and|or)\s+$")


_SINCE_BASE = lazy(
    r"\b(?:from|against|compared\s+(?:with|to)|versus|vs\.?|after)\s+(?:an?\s+|the\s+|just\s+|only\s+|about\s+|nearly\s+)*(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?![\w%]|[.,/-]?\d|\s?(?:%|per\s?cent|pct|million|billion|mln|bln|mn\b|bn\b|trillion|thousand|points?|times|years?|months?|days?|countries|January|February|March|April|May|June|July|August|September|October|November|December))",
    re.IGNORECASE,
)


# "5 bcm in 2020, 10 in 2021", "another 7.6 in the first half": the unit is that before.
_DATED = lazy(
    r"(?:,|;|\band|\bthen|\bbut)\s+(?:(?:then|another|a\s+further|only|just|about|some|nearly|over|almost|around|from|to|by)\s+)*(?P<number>\d{1,3}(?:,\d{3})*(?:\.\d+)?)"
    r"(?=\s+(?:in|for|during|by)\s+(?:the\s+(?:first|second|third|fourth|last|final|previous|same|whole|year|preceding|following)\b|(?:19|20)\d\d\b|(?:early\s+|late\s+|mid-)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)|\s+(?:an?\s+)?(?:yr|year|month|quarter)s?\s+(?:ago|earlier|before)\b|\s+the\s+(?:year|month|quarter)\s+before\b|(?<=\d[.,]\d)\d*\s+(?:to|from|with)\s+(?:the\s+)?(?-i:[A-Z])|(?<=\d,\d{3})\s+(?:to|from|with)\s+(?:the\s+)?(?-i:[A-Z]))",
    re.IGNORECASE,
)


# "From $9.3 billion in 2017-18 to 18.13 in 2021-22": the level reached has the unit of the first.
_RISEN = lazy(
    r"\bfrom\s+(?:an?\s+|the\s+|just\s+|only\s+|about\s+|nearly\s+|some\s+|over\s+)*(?P<first>[^\s,;]+(?:\s+[\w.]+){0,2}?)(?:\s+(?:in|for|during)\s+[\w/-]+(?:\s+\w+)?)?,?\s+to\s+(?:just\s+|only\s+|about\s+|nearly\s+|some\s+|over\s+|almost\s+)*(?P<number>\d{1,3}(?:,\d{3})*(?:\.\d+)?)"
    r"(?=\s+(?:in|for|during|by|between|with|last|this|over|at|from|and|while)\b|[,;.](?!\d)|\s*$)",
    re.IGNORECASE,
)


_APART = frozenset({Sort.TIMES, Sort.FRACTION, Sort.POINTS})


def with_implied(text: str, found: list[Quantity], start: int, end: int) -> list[Quantity]:
    """With the numbers that borrow a unit: "2.2 and 3.4 percent", "53 percent, from 61"."""
    extra: list[Quantity] = _listed(text, found, start)
    respectively = text.find("respectively", start, end) >= 0
    for quantity in found:
        match = _LISTED.search(text, max(start, quantity.core - 24), quantity.core)
        if match is None or quantity.note or quantity.sort in {Sort.TIMES, Sort.FRACTION}:
            continue
        if any(q.core == match.start("number") for q in extra):
            continue
        if (respectively or "." in match.group("number")) and not _BETWEEN.search(
            text, max(start, match.start() - 10), match.start()
        ):
            extra.append(_borrowed(match, quantity))
    implied = [m for p in (_SINCE_BASE, _DATED) for m in p.finditer(text, start, end)]
    risen = _RISEN.finditer(text, start, end) if found else ()
    implied += [m for m in risen if any(q.start < m.end("first") <= q.end for q in found)]
    for match in implied:
        at = match.start("number")
        earlier = [q for q in found if q.end <= at and q.sort not in _APART]
        taken = any(q.core < match.end() and at < q.end for q in [*found, *extra])
        number = match.group("number")
        if earlier and not taken and not (number.isdigit() and 1500 <= int(number) <= 2100):
            extra.append(_borrowed(match, earlier[-1]))
    return sorted([*found, *extra], key=lambda q: q.core)


_SERIES = lazy(r"(?<![\w.,$€£¥-])\d+(?:\.\d+)?(?:,\s+\d+(?:\.\d+)?)+(?:,?\s+(?:and|or)\s+|,\s+)$")
_NUMBER = lazy(r"(?P<number>\d+(?:\.\d+)?)")


def _listed(text: str, found: list[Quantity], start: int) -> list[Quantity]:
    """ "Down 96, 98 and 91 percent": the first two are percentages too."""
    extra: list[Quantity] = []
    for quantity in found:
        if quantity.sort in {Sort.TIMES, Sort.FRACTION} or quantity.note:
            continue
        run = _SERIES.search(text, max(start, quantity.core - 60), quantity.core)
        if run is not None:
            extra += [
                _borrowed(m, quantity) for m in _NUMBER.finditer(text, run.start(), run.end())
            ]
    return extra


def _borrowed(match: re.Match[str], model: Quantity) -> Quantity:
    number = float(match.group("number").replace(",", ""))
    decimals = len(match.group("number").partition(".")[2])
    scale = _scale(model) if number < 1e4 else 1.0
    return replace(
        model,
        start=match.start("number"),
        core=match.start("number"),
        end=match.end("number"),
        value=tidy(number * scale),
        approx=Approximation.EXACT,
        decimals=decimals,
        resolution=scale * 10.0**-decimals,
    )


_JOINT = lazy(r"(?P<dash>\s?-\s?)|\s+(?:(?P<to>to)|and)\s+")


_BETWEEN = lazy(r"\bbetween\s*$", re.IGNORECASE)


_FROM = lazy(r"\bfrom\s*$", re.IGNORECASE)


def merge_ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """ "9-10bn", "between $5 billion and $6 billion": one quantity at the middle."""
    merged: list[Quantity] = []
    for quantity in found:
        low = _low_end(text, quantity, merged[-1] if merged else None)
        if low is None:
            merged.append(quantity)
            continue
        start, value, replaced = low
        unit = (merged.pop().unit if replaced else "") or quantity.unit
        sort = Sort.MONEY if unit and quantity.sort is Sort.AMOUNT else quantity.sort
        middle = tidy((value + quantity.value) / 2)
        note = f"range {text[start : quantity.end].strip()}"
        merged.append(
            replace(
                quantity,
                sort=sort,
                unit=quantity.unit or unit,
                start=start,
                core=start,
                value=middle,
                approx=Approximation.ABOUT,
                note=note,
            )
        )
    return merged


_LOW = lazy(
    r"(?:(?P<sign>[A-Z]{0,3}[$€£¥₹])\s?)?(?<![\w.,-])(?P<number>\d+(?:\.\d+)?)\s?(?:-|to|and)\s?(?:[A-Z]{0,3}[$€£¥₹])?$"
)


def _low_end(text: str, high: Quantity, last: Quantity | None) -> tuple[int, float, bool] | None:
    if high.sort in {Sort.FRACTION, Sort.TIMES}:
        return None
    if last is not None and 0 <= high.core - last.end <= 12:
        return _low_quantity(text, high, last)
    match = _LOW.search(text, max(0, high.core - 24), high.core)
    if match is None or _FROM.search(text, max(0, match.start() - 6), match.start()):
        return None
    if " and " in match.group() and not _BETWEEN.search(
        text, max(0, match.start() - 12), match.start()
    ):
        return None
    low = float(match.group("number"))
    scale = _scale(high)
    if low >= high.value / scale or 1900 <= low <= 2100:
        return None
    return match.start(), low * scale, False


def _low_quantity(text: str, high: Quantity, last: Quantity) -> tuple[int, float, bool] | None:
    joint = _JOINT.fullmatch(text, last.end, high.core)
    if joint is None or (last.unit not in {high.unit, ""} and high.unit):
        return None
    lead = text[max(0, last.start - 12) : last.core].lower()
    ranged = joint.group("dash") or re.search(r"between\s*$", lead)
    if joint.group("to") and last.sort is high.sort:
        ranged = ranged or re.search(r"\b(?:of|some|about|around|worth)\s*$", lead)
    low = last.value
    if last.resolution <= 1 and low < 1000:  # "$5 to $6 billion": the scale stands once
        low *= _scale(high)
    return (last.start, low, True) if ranged and low < high.value else None


def _scale(quantity: Quantity) -> float:
    return quantity.resolution * 10.0**quantity.decimals
