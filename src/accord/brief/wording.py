"""Numbers, periods and lists in words: the same everywhere in a brief.

A figure is printed at the precision at which its source printed it, never finer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date

from accord.model.flow import Flow, Precision
from accord.model.period import Granularity, Period

__all__ = [
    "amount",
    "change",
    "date_words",
    "flow_amount",
    "listing",
    "percent",
    "period_short",
    "period_words",
    "possessive",
    "signed_percent",
    "spoken",
]

_SCALES = ((1e12, "tn", 2), (1e9, "bn", 2), (1e6, "m", 1), (1e3, "k", 0))
_SPELT = {"tn": "trillion", "bn": "billion", "m": "million", "k": "thousand"}
_QUALIFIERS = {Precision.FLOOR: "more than ", Precision.CEILING: "less than "}
_SYMBOLS = {"USD": "$", "CNY": "¥", "EUR": "€"}


def amount(value: float, *, resolution: float | None = None, currency: str = "USD") -> str:
    """``$18.78 bn``; ``resolution`` is one unit of the last digit that may be shown."""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    sign = "−" if value < 0 else ""
    size = abs(value)
    for scale, word, most in _SCALES:
        if size >= scale:
            return f"{sign}{symbol}{size / scale:,.{_decimals(scale, resolution, most)}f} {word}"
    return f"{sign}{symbol}{size:,.0f}"


def flow_amount(flow: Flow) -> str:
    """The value of a figure, with the qualifier that its source gave it."""
    assert flow.value is not None
    text = amount(flow.value, resolution=flow.resolution, currency=flow.currency)
    return _QUALIFIERS.get(flow.precision, "") + text


def percent(value: float, *, resolution: float | None = None) -> str:
    """``8.5 %``, without a sign, at most one decimal."""
    decimals = 0 if resolution is not None and resolution >= 1 else 1
    return f"{abs(value):,.{decimals}f} %"


def signed_percent(value: float, *, resolution: float | None = None) -> str:
    """``+8.5 %`` or ``−8.5 %``."""
    text = percent(value, resolution=resolution)
    if float(text.removesuffix(" %").replace(",", "")) == 0:
        return text
    return ("+" if value > 0 else "−") + text


def change(value: float, *, resolution: float | None = None) -> str:
    """``8.5 % more``, ``8.5 % less`` or ``about the same``."""
    text = percent(value, resolution=resolution)
    if float(text.removesuffix(" %").replace(",", "")) == 0:
        return "about the same"
    return f"{text} {'more' if value > 0 else 'less'}"


def period_words(period: Period) -> str:
    """``2021``, ``February 2021``, ``January–February 2021``, ``the first half of 2021``."""
    year = period.start.year
    ordinals = ("first", "second", "third", "fourth")
    if period.granularity is Granularity.YEAR:
        return str(year)
    if period.granularity is Granularity.DAY:
        return date_words(period.start.isoformat())
    if period.granularity is Granularity.MONTH:
        return f"{period.start:%B} {year}"
    if period.granularity is Granularity.QUARTER:
        return f"the {ordinals[(period.start.month - 1) // 3]} quarter of {year}"
    if period.granularity is Granularity.HALF:
        return f"the {ordinals[(period.start.month - 1) // 6]} half of {year}"
    if period.months and year == period.end.year:
        return f"{period.start:%B}–{period.end:%B} {year}"
    if period.months and period.months % 12 == 0 and period.start.month == 1:
        return f"{year}–{period.end.year}"
    return f"{date_words(period.start.isoformat())} to {date_words(period.end.isoformat())}"


def period_short(period: Period) -> str:
    """The same for a table cell: ``Jan–Oct 2025``, ``Q1 2025``, ``2021``."""
    year = period.start.year
    if period.granularity is Granularity.QUARTER:
        return f"Q{(period.start.month + 2) // 3} {year}"
    if period.granularity is Granularity.MONTH:
        return f"{period.start:%b} {year}"
    if period.granularity is Granularity.YEAR:
        return str(year)
    if period.months and year == period.end.year:
        return f"{period.start:%b}–{period.end:%b} {year}"
    if year == period.end.year:
        return f"{period.start.day} {period.start:%b}–{period.end.day} {period.end:%b} {year}"
    return f"{period.start} to {period.end}"


def date_words(text: str) -> str:
    """``16 July 2001``, ``May 2018`` or ``2001`` for an ISO date of any precision."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    if len(parts) == 2:
        return f"{date(parts[0], parts[1], 1):%B %Y}"
    day = date(*parts)
    return f"{day.day} {day:%B %Y}"


def spoken(text: str) -> str:
    """A printed figure as it is read out: ``18.78 billion US dollars``, ``minus 8.5 percent``."""
    words = re.sub(r"\$([\d.,]+) (tn|bn|m|k)\b", _spoken_amount, text)
    words = re.sub(r"\$([\d.,]+)", r"\1 US dollars", words)
    words = re.sub(r" %", " percent", words)
    words = re.sub(r" pp\b", " percentage points", words)
    return words.replace("−", "minus ").replace("+", "plus ")


def _spoken_amount(match: re.Match[str]) -> str:
    return f"{match.group(1)} {_SPELT[match.group(2)]} US dollars"


def listing(items: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def possessive(name: str) -> str:
    """``China's``, ``the United States'``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _decimals(scale: float, resolution: float | None, most: int) -> int:
    if resolution is None or resolution <= 0:
        return most
    return min(most, max(0, round(math.log10(scale / resolution))))
