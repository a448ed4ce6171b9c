"""Quantity: one amount, rate, multiple or count as it stands in a text."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from accord.model.statement import Approximation
from accord.read.numerals import Numeral
from accord.read.patterns import lazy

__all__ = ["Quantity", "Sort", "approximation_before", "build_quantity", "tidy"]


class Sort(StrEnum):
    """What sort of quantity stands in the text."""

    MONEY = "money"
    AMOUNT = "amount"  # a scaled number whose currency is carried over
    PERCENT = "percent"
    POINTS = "percentage_points"
    TIMES = "times"
    FRACTION = "fraction"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity; ``start`` includes a mark of approximation, ``core`` does not."""

    start: int
    core: int
    end: int
    sort: Sort
    value: float
    unit: str
    approx: Approximation
    decimals: int
    resolution: float
    direction: str | None = None  # of "doubled", "halved": the word says which way
    per: str | None = None  # "day", "month", "year" of a rate
    note: str | None = None
    noun_end: int = 0  # end of the counted noun ("30,000 Vietnamese students")
    alt: Quantity | None = None  # the same amount in other money, told in brackets


_APPROXIMATIONS: tuple[tuple[Approximation, str], ...] = (
    (
        Approximation.UNDER,
        r"(?:not|no)\s+(?:more|greater|higher)\s+than|(?:less|fewer|lower|smaller)\s+than|under|below|(?<!added\s)(?<!adds\s)(?<!add\s)(?<!went\s)(?<!came\s)(?<!adding\s)(?<!ran\s)(?<!runs\s)(?<!run\s)(?<!running\s)(?<!amounted\s)(?<!climbed\s)up\s+to|as\s+(?:much|many|high)\s+as"
        r"|at\s+(?:the\s+)?most|a\s+maximum\s+of|maximum"
        r"|(?:(?:did|does|do|has|have|had|could|can|would)(?:\s+not|n't)|never|failed\s+to|fails\s+to|without|cannot)\s+(?:yet\s+|even\s+|quite\s+)?(?:reach|hit|touch|top|exceed|pass|surpass|cross|attain)(?:p?ed|e?s|ing)?"
        r"|(?:f[ae]ll|fallen|falls|falling)\s+short\s+of|(?:stay|remain)(?:ed|s|ing)?\s+(?:below|under)",
    ),
    (
        Approximation.OVER,
        r"(?:well\s+|slightly\s+|just\s+|far\s+|little\s+|somewhat\s+|a\s+bit\s+)?(?:more|greater|higher|larger|bigger|better)\s+than"
        r"|(?:well\s+|just\s+|slightly\s+|a\s+little\s+)?(?:over|above|past|beyond)|at\s+least|no(?:t)?\s+(?:fewer|less)\s+than|upwards?\s+of"
        r"|(?:in\s+|an?\s+)?(?:excess|access)\s+of|exceed(?:ed|s|ing)?|surpass(?:ed|es|ing)?|top(?:s|ped|ping)?"
        r"|pass(?:ed|es|ing)?|cross(?:ed|es|ing)?|the\s+pledge\s+of\s+over|a\s+minimum\s+of|(?:the\s+)?mark\s+of",
    ),
    (
        Approximation.NEARLY,
        r"nearly|almost|close\s+to|closer\s+to|just\s+(?:under|below|short\s+of)|approaching|near(?:ing)?|not\s+quite|slightly\s+(?:under|below|less\s+than)"
        r"|little\s+(?:under|less\s+than)|a\s+little\s+under|virtually|some\s+way\s+short\s+of",
    ),
    (
        Approximation.ABOUT,
        r"about|around|some|roughly|approximately|approx\.?|circa|ca\.?|c\.|in\s+the\s+region\s+of|in\s+the\s+order\s+of"
        r"|of\s+the\s+order\s+of|on\s+the\s+order\s+of|or\s+so|~|an?\s+average\s+of|averag(?:ed|es|ing)|little\s+more\s+than|estimated\s+at\s+about",
    ),
)


_APPROX = lazy(
    "(?:"
    + "|".join(f"(?P<{a.value}>(?<![\\w.-])(?:{p}))" for a, p in _APPROXIMATIONS)
    + r")(?P<fill>\s+(?:an?|the|estimated|that|of|by|another|additional|reported|what|some|mark|its))*\s*$",
    re.IGNORECASE,
)


_AFTER = lazy(
    r"(?:\s?\+|-plus\b|\s+or\s+more\b|\s+mark\b|\s+and\s+counting)|(?P<about>\s+or\s+so\b)"
)


# "Less than the $4.1 billion of 2024" compares with a level; it is none itself.
_THAN_THE = lazy(r"\bthan\s+(?:the|its|what|that)\s*$", re.IGNORECASE)


def approximation_before(text: str, at: int, floor: int = 0) -> tuple[Approximation, int]:
    """How the words just before ``at`` qualify a number, and where they begin."""
    match = _APPROX.search(text, max(floor, at - 60), at)
    if match is None or _THAN_THE.search(match.group()):
        return Approximation.EXACT, at
    return Approximation(_group(match)), match.start()


def _group(match: re.Match[str]) -> str:
    return next(a.value for a, _ in _APPROXIMATIONS if match.group(a.value))


def build_quantity(
    text: str,
    span: tuple[int, int, int],
    sort: Sort,
    content: tuple[Numeral, float, str],
    per: str | None = None,
) -> Quantity:
    """A quantity of a number, scale and unit at (core, end), with its approximation."""
    core, end, floor = span
    number, scale, unit = content
    approx, start = approximation_before(text, core, floor)
    trailing = _AFTER.match(text, end)
    if trailing and approx is Approximation.EXACT:
        approx = Approximation.ABOUT if trailing.group("about") else Approximation.OVER
    return Quantity(
        start=start,
        core=core,
        end=end,
        sort=sort,
        value=tidy(number.value * scale),
        unit=unit,
        approx=approx,
        decimals=number.decimals,
        resolution=scale * 10.0**-number.decimals,
        per=per,
    )


def tidy(value: float) -> float:
    """Free of the binary dust of scaling: 16.3 million is 16300000.0."""
    return float(f"{value:.12g}")
