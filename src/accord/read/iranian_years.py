"""Rules for the Iranian year, which runs from the March equinox and is told with its dates.

"The first ten months of the current Iranian calendar year (March 21-January 20)", "the
past Iranian year (ended on March 20)": the dates of the text come before those computed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from accord.model.period import Period
from accord.read.period_mentions import (
    COUNT,
    MONTH,
    PeriodMention,
    mention_of,
    month_of,
    number_of,
    rule_of,
)
from accord.read.reckoning import Reckoning

__all__: list[str] = []

_DAY = rf"{MONTH}\s+\d{{1,2}}(?:,?\s+(?:19|20)\d\d)?(?!\d)"
_DATES = (
    rf"\s*[(,]\s*(?:(?:which|that)\s+)?(?:(?P<verb>start|beg[aiu]n|from|end)\w*\s+)?(?:on\s+)?"
    rf"(?P<from>{_DAY})(?:\s?(?:-|to|through|until)\s?(?P<to>{_DAY}))?\)?"
)
_PARTS = {"month": 1, "quarter": 3, "half": 6}


@rule_of(
    rf"\b(?:the\s+)?(?:first\s+(?:(?P<count>{COUNT})\s+months|(?P<part>month|quarter|half))\s+of\s+)?(?:the\s+)?"
    rf"(?P<which>current|last|previous|this|past|present)?\s*(?:Iranian|Persian)\s+(?:calendar\s+|fiscal\s+)?year\b(?:\s+\d{{4}})?(?:{_DATES}|(?P<note>[^.;]{{0,60}}?(?P<year>(?:19|20)\d\d)\b\)?))?",
    re.IGNORECASE,
    needs="iranian|persian",
)
def _iranian_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    count = _PARTS.get((match.group("part") or "").lower(), 0)
    if match.group("count"):
        count = number_of(match.group("count"))
    if match.group("to"):
        return mention_of(match, _between(match, at), rule="dates of the Iranian year")
    year = _year_with_dates(match, at) or _year_without_dates(match, replace(at, fiscal="IRN"))
    if year is None or not count:
        return mention_of(match, year, rule="Iranian year")
    months = at.iranian_months(year.start, count)
    return mention_of(match, months, rule="months of the Iranian year")


def _between(match: re.Match[str], at: Reckoning) -> Period | None:
    """ "(March 21, 2023-January 20, 2024)", the years named or not."""
    last = _day(match.group("to"), at)
    first = _day(match.group("from"), at)
    if first is None or last is None:
        return None
    if not re.search(r"\d{4}", match.group("from")):
        first = first.replace(year=last.year - ((first.month, first.day) > (last.month, last.day)))
    return Period.of_dates(first, last) if first <= last else None


def _year_with_dates(match: re.Match[str], at: Reckoning) -> Period | None:
    """ "(started March 21)", "which ended on March 20, 2014"."""
    day = _day(match.group("from"), at) if match.group("from") else None
    if day is None:
        return None
    if (match.group("verb") or "").lower() == "end":
        begun = replace(at, fiscal="IRN").fiscal_year(day.year - 1, starts=True).start
        return Period.of_dates(begun, day) if begun < day else None
    return Period.of_dates(day, day.replace(year=day.year + 1) - timedelta(days=1))


def _year_without_dates(match: re.Match[str], at: Reckoning) -> Period | None:
    if match.group("year"):
        note = (match.group("note") or "").lower()
        ends = re.search(r"\b(?:end|ended|ending|to)\b", note) is not None
        return at.fiscal_year(int(match.group("year")) - ends, starts=True)
    back = (match.group("which") or "").lower() in {"last", "previous", "past"}
    return at.fiscal_now(-1 if back else 0)


def _day(words: str, at: Reckoning) -> date | None:
    """A day named with its month; without a year, the latest that is past."""
    parts = re.findall(r"[A-Za-z]+|\d+", words)
    month, day = month_of(parts[0]), int(parts[1])
    year = int(parts[2]) if len(parts) > 2 else at.year_of_month(month, day=day)
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None
