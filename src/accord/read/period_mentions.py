"""Period mentions: what a rule of the period grammar finds, and how rules are declared."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from accord.model.english import MONTH_NUMBERS, UNITS
from accord.model.period import Period
from accord.read.reckoning import Reckoning

__all__ = ["PeriodMention", "Role"]


class Role(StrEnum):
    """How a period mention is to be used."""

    SPAN = "span"
    AS_OF = "as_of"
    SINCE = "since"
    BEFORE = "before"
    SAME = "same"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """One mention; ``start`` includes its preposition.

    For ``BEFORE``, ``shift`` is in ``step`` (year, month, quarter), unless ``year``
    names the year of the same months.
    """

    start: int
    core: int
    end: int
    role: Role
    period: Period | None = None
    shift: int = 0
    step: str = "year"
    year: int | None = None
    rule: str = ""


NUMBERS = {word: UNITS.index(word) for word in UNITS[1:13]} | {
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "a": 1,
}


ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "opening": 1,
}  # fmt: skip


MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\b\.?)"
)


YEAR = r"(?<![\d.,$€£¥/])(?:1[5-9]|20)\d\d(?![\d/]|[.,]\d|\s?(?:%|percent|per cent|pct|million|billion|mln|bln|bn|tonnes|tons|ventil|people|persons))"


COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"


YEAR_WORD = (
    r"(?:this\s+year|last\s+year|next\s+year|the\s+(?:current\s+|present\s+|same\s+|previous\s+|following\s+|past\s+)?year"
    r"|(?:the\s+)?(?:current|this|last|previous|past)\s+(?:fiscal|financial)\s+year)"
)


OF_YEAR = rf"(?:,?\s+(?:of\s+|in\s+)?(?:the\s+year\s+(?=\d))?(?P<year>{YEAR}(?![-/]\d\d\b)|{YEAR_WORD})|,?\s+(?:of\s+|in\s+)?(?:the\s+)?(?:(?:fiscal|financial)\s+(?:year\s+)?)?\(?(?P<split>(?:1[89]|20)\d\d[-/]\d\d|(?:\d\d[-/]\d\d(?=\s+FY\b))|FY\s?'?(?:\d{{4}}|\d\d)(?:[-/]\d\d)?)\b\)?(?:\s+(?:FY|(?:fiscal|financial)\s+year))?|\s+'(?P<short>\d\d)\b)"


DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"


Handler = Callable[[re.Match[str], Reckoning], PeriodMention | None]


RULES: list[tuple[str, int, frozenset[str], Handler]] = []


def rule_of(pattern: str, flags: int = 0, *, needs: str) -> Callable[[Handler], Handler]:
    """A rule of the grammar; one of ``needs`` must stand in a text that it is tried on.

    ``M`` stands for the name of a month, ``D`` for a digit.
    """

    def register(handler: Handler) -> Handler:
        RULES.append((pattern, int(flags), frozenset(needs.split("|")), handler))
        return handler

    return register


def mention_of(
    match: re.Match[str], period: Period | None, role: Role = Role.SPAN, **more: object
) -> PeriodMention:
    mention = PeriodMention(match.start(), match.start(), match.end(), role, period)
    return replace(mention, **more) if more else mention  # type: ignore[arg-type]


def number_of(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def month_of(name: str) -> int:
    return MONTH_NUMBERS[name.lower().rstrip(".")]


def named_year(word: str | None, at: Reckoning, default: int | None) -> int | None:
    """A year in digits or in words ("this year"), else ``default``."""
    if not word:
        return default
    if word.isdigit():
        return int(word)
    word = " ".join(word.lower().split())
    if "fiscal" in word or "financial" in word:
        return default
    if word.startswith(("last", "the previous", "the past")):
        return at.this_year(-1)
    if word.startswith(("next", "the following")):
        return at.this_year(1)
    if word == "the same year":
        return at.year or default
    return at.this_year() if at.published else default


def part_year(groups: dict[str, str | None], at: Reckoning, last_month: int) -> int | None:
    near = groups.get("near") or groups.get("short")
    if near:
        return 2000 + int(near)
    return named_year(groups.get("year"), at, at.year_of_month(last_month))


def split_year(named: str, at: Reckoning) -> Period:
    """The fiscal year that "2014-15" or "FY16" names."""
    digits = re.sub(r"^FY\s?'?", "", named, flags=re.IGNORECASE)
    if digits == named or not digits.isdigit():
        return at.split_year(
            int(digits[:4])
            if len(digits.split("-")[0].split("/")[0]) == 4
            else 2000 + int(digits[:2])
        )
    year = int(digits)
    return at.fiscal_year(year if year > 99 else 2000 + year)


def months_touched(period: Period) -> int:
    """How many months a period touches."""
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def part_of_year(year: Period, months: int, number: int) -> Period:
    """Part ``number`` of a year that is cut into parts of so many months."""
    first = year.start.month + months * (number - 1)
    return Period.of_month_run(year.start.year, first, months)
