"""Rules for parts of a year named by the year's owner, by days, or against another year.

"This year's first quarter", "the final quarter of 2018", "the first 20 days of July",
"the same 1987 period", "9M 2019".
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from accord.model.period import Period, month_end
from accord.read.patterns import lazy
from accord.read.period_mentions import (
    COUNT,
    MONTH,
    OF_YEAR,
    ORDINALS,
    YEAR,
    YEAR_WORD,
    PeriodMention,
    Role,
    mention_of,
    month_of,
    named_year,
    number_of,
    part_of_year,
    part_year,
    rule_of,
)
from accord.read.reckoning import Reckoning

__all__: list[str] = []

_AHEAD = lazy(
    r"\b(?:will|may|might|could|would|should|expect\w*|forecast\w*|target\w*|aim\w*|plan\w*|hope\w*|likely|set\s+to|seen)\b"
)
_PLACES = {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1, "closing": -1}  # fmt: skip
_NTH = r"(?P<nth>first|opening|second|third|fourth|last|final|closing)"


def _part(year: int, months: int, place: int) -> Period:
    """Part ``place`` (from the end if negative) of a year cut in parts of ``months``."""
    first = 12 - months + 1 if place < 0 else months * (place - 1) + 1
    return Period.of_months(year, first, first + months - 1)


@rule_of(
    rf"\b(?:(?P<whose>this|last|next|the(?:\s+same)?)\s+year|(?P<year>{YEAR}))'s\s+{_NTH}\s+(?P<part>quarter|half|(?P<count>{COUNT})\s+months)\b",
    re.IGNORECASE,
    needs="year's|'s",
)
def _of_a_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    whose = (match.group("whose") or "").lower()
    year = (
        int(match.group("year"))
        if match.group("year")
        else at.this_year({"last": -1, "next": 1}.get(whose, 0))
    )
    if year is None:
        return mention_of(match, None, rule="part of a year")
    part = match.group("part").lower()
    months = {"quarter": 3, "half": 6}.get(part) or number_of(match.group("count"))
    place = _PLACES[match.group("nth").lower()]
    if months > 12 or months * max(place, 1) > 12:
        return None
    return mention_of(match, _part(year, months, place), rule="part of a year")


@rule_of(
    rf"\b(?:the\s+)?(?:last|final|closing)[\s-]+(?P<part>quarter|half){OF_YEAR}",
    re.IGNORECASE,
    needs="quarter|half",
)
@rule_of(
    r"\b(?:the\s+)?(?:final|closing)\s+(?P<part>quarter|half)\b",
    re.IGNORECASE,
    needs="quarter|half",
)
def _last_part(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    if groups.get("split"):
        return None
    months = 3 if match.group("part").lower() == "quarter" else 6
    year = part_year(groups, at, 12)
    return mention_of(match, _part(year, months, -1) if year else None, rule="last part of a year")


@rule_of(
    rf"\b(?:the\s+)?(?P<nth>first|second|final|last)\s+third\s+of\s+(?P<year>{YEAR}|{YEAR_WORD})",
    re.IGNORECASE,
    needs="third",
)
def _third(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    year = named_year(match.group("year"), at, None)
    period = _part(year, 4, _PLACES[match.group("nth").lower()]) if year else None
    return mention_of(match, period, rule="third of a year")


@rule_of(
    rf"\b(?:the\s+)?(?P<which>first|last|final)\s+(?P<count>{COUNT})\s+days\s+of\s+(?:(?P<near>this|last|the)\s+month|(?P<month>{MONTH}))(?:,?\s+(?:of\s+)?(?P<year>{YEAR}|this\s+year|last\s+year))?",
    needs="days",
)
def _days_of_month(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    count = number_of(match.group("count"))
    if match.group("near"):
        if at.published is None or count > 28:
            return mention_of(match, None, rule="days of a month")
        begun = at.published.start
        back = match.group("near") == "last" or begun.day < count
        first = (begun.replace(day=1) - timedelta(days=back)).replace(day=1)
        days = Period.of_dates(first, first.replace(day=count))
        return mention_of(match, days, rule="days of a month")
    month = month_of(match.group("month"))
    year = named_year(match.group("year"), at, at.year_of_month(month, day=1))
    if year is None or count > 28:
        return mention_of(match, None, rule="days of a month")
    if match.group("which") == "first":
        return mention_of(
            match,
            Period.of_dates(date(year, month, 1), date(year, month, count)),
            rule="days of a month",
        )
    last = month_end(year, month)
    return mention_of(
        match, Period.of_dates(last - timedelta(days=count - 1), last), rule="days of a month"
    )


@rule_of(
    rf"(?<![\w-])(?:(?P<month>{MONTH})\s+(?P<from>[0-3]?\d)\s?(?:-|to|through|and(?=\s\d{{1,2}},))\s?(?P<to>[0-3]?\d)(?![\d-]|[.,]\d|\s?(?:%|per\s?cent|pct|million|billion|mln|bln|bn))(?:,?\s+(?P<year>{YEAR}))?"
    rf"|(?P<from2>[0-3]?\d)\s?(?:-|to)\s?(?P<to2>[0-3]?\d)\s+(?P<month2>{MONTH})(?:,?\s+(?P<year2>{YEAR}))?)",
    needs="M",
)
def _days_within(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "Jan. 1-20", "1-10 June": days of one month."""
    groups = match.groupdict()
    first, last = int(groups["from"] or groups["from2"]), int(groups["to"] or groups["to2"])
    month = month_of(groups["month"] or groups["month2"])
    named = groups["year"] or groups["year2"]
    year = int(named) if named else at.year_of_month(month, day=last)
    if year is None or not 0 < first < last <= month_end(year, month).day:
        return None
    days = Period.of_dates(date(year, month, first), date(year, month, last))
    return mention_of(match, days, rule="days of a month")


@rule_of(
    rf"\b(?:the\s+)?(?:(?:same|corresponding|like|comparable|equivalent)\s+)?(?P<year>{YEAR})\s+(?:months?|quarter|half|period)\b(?!\s+of)",
    needs="month|quarter|half|period",
)
def _of_that_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "From the same 1987 period": the same months of that year."""
    year = int(match.group("year"))
    return mention_of(match, None, Role.BEFORE, shift=1, year=year, rule="same months, other year")


@rule_of(
    rf"\b(?P<count>[1-9]|1[01])M\s?-?'?(?P<year>{YEAR}|(?P<short>\d\d)\b)|\b(?P<year2>{YEAR})\s(?P<count2>[1-9]|1[01])M\b",
    needs="D",
)
def _months_short(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    digits = match.group("year2") or match.group("year")
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    count = int(match.group("count") or match.group("count2"))
    return mention_of(match, Period.of_months(year, 1, count), rule="months counted")


@rule_of(
    rf"\b(?:in|over|during|for)\s+the\s+(?:reporting|reported|review(?:ed)?|said|given|indicated|cited|mentioned|specified)\s+(?:period|months?)\s+(?:of|in)\s+(?P<year>{YEAR})",
    re.IGNORECASE,
    needs="period|month",
)
def _reporting_period(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "In the reporting period of 2023": the same months, in that year."""
    year = int(match.group("year"))
    return mention_of(match, None, Role.BEFORE, shift=1, year=year, rule="same months, other year")


_FLOW_AHEAD = r"(?=(?:\s+(?!in\b|to\b|from\b|and\b|the\b|\d)[\w.'-]+){0,3}?\s+(?:exports?|imports?|trade|surplus|deficit|shipments|sales|purchases|turnover|tourist|visitor|arrivals|gap|EXPORTS?|IMPORTS?|TRADE|SURPLUS|DEFICIT|SHIPMENTS|SALES|PURCHASES|TURNOVER|ARRIVALS|GAP)\b)"


@rule_of(
    rf"(?<![\w-])(?:(?P<first>{MONTH})\s?-\s?)?(?P<month>{MONTH}|MAY)(?:\s+(?P<year>{YEAR}))?{_FLOW_AHEAD}",
    needs="M",
)
def _month_of_flow(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "JAPAN NOV CAR EXPORTS", "Jan-Sept trade": the month stands before what it dates."""
    month = month_of(match.group("month"))
    year = int(match.group("year")) if match.group("year") else at.year_of_month(month)
    if year is None:
        return mention_of(match, None, rule="month without year")
    first = month_of(match.group("first")) if match.group("first") else month
    return mention_of(
        match, at.months(year, first, month, last_year=year), rule="month without year"
    )


@rule_of(
    rf"\b(?:(?:the|this)\s+(?:(?:full|whole|entire)\s+(?:calendar\s+)?year|year\s+as\s+a\s+whole)(?:\s+(?P<year>{YEAR}))?\b|(?-i:For)\s+(?:all\s+of\s+)?the\s+year(?=,))",
    re.IGNORECASE,
    needs="year",
)
def _full_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if match.group("year"):
        return mention_of(match, Period.of_year(int(match.group("year"))), rule="year")
    around = match.string[max(0, match.start() - 70) : match.end() + 40]
    ahead = _AHEAD.search(around) is not None
    early = at.published is not None and at.published.start.month <= 3
    year = at.this_year(-1 if early and not ahead else 0)
    return mention_of(match, Period.of_year(year) if year else None, rule="relative year")


@rule_of(
    rf"\bso\s+far\s+in\s+(?P<year>{YEAR})",
    re.IGNORECASE,
    needs="so far",
)
def _so_far(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    year = int(match.group("year"))
    if at.today is None or at.today.year != year:
        return mention_of(match, Period.of_year(year), rule="year")
    return mention_of(match, Period.of_dates(date(year, 1, 1), at.today), rule="year to date")


@rule_of(
    rf"\b(?:the\s+)?(?P<count>{COUNT})[\s-]+months?\s+(?:from|beginning|starting|since)(?:\s+in)?\s+(?P<month>{MONTH})(?:\s+(?P<year>{YEAR}|this\s+year|last\s+year))?",
    re.IGNORECASE,
    needs="M",
)
def _months_from(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    count, month = number_of(match.group("count")), month_of(match.group("month"))
    last = (month + count - 2) % 12 + 1
    year = named_year(match.group("year"), at, None)
    if year is None:
        ended = at.year_of_month(last)
        if ended is None:
            return mention_of(match, None, rule="months from")
        year = ended - (month + count - 2) // 12
    return mention_of(match, Period.of_month_run(year, month, count), rule="months from")


@rule_of(
    rf"\b(?:the\s+)?first\s+(?P<count>{COUNT}|quarter|half|month)(?:\s+months?)?(?:\s*\(Q[1-4]\))?\s+of\s+(?:(?:the|its|their|this)\s+(?:(?:current|new|ongoing|present|running|outgoing)\s+)?|(?:current|ongoing|present|running|outgoing)\s+)(?:fiscal|financial)(?:\s+year)?(?:\s*\([^)]*\)|,\s+(?:which|that)\s+(?:began|started|begins|starts)\s+(?:in|on)\s+(?:mid-)?[\w ]{{3,14}})?",
    re.IGNORECASE,
    needs="fiscal|financial",
)
@rule_of(
    rf"\b(?:the\s+)?(?P<which>current|this|last|previous)\s+(?:fiscal|financial)\s+year's\s+first\s+(?P<count>{COUNT}|quarter|half|month)(?:\s+months)?(?:\s*\([^)]*\))?",
    re.IGNORECASE,
    needs="fiscal|financial",
)
def _first_of_fiscal(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    word = match.group("count").lower()
    count = {"month": 1, "quarter": 3, "half": 6}.get(word) or number_of(word)
    back = (match.groupdict().get("which") or "").lower() in {"last", "previous"}
    year = at.fiscal_now(-1 if back else 0)
    if year is None or count > 12:
        return mention_of(match, None, rule="months of a fiscal year")
    return mention_of(match, at.opening_months(year, count), rule="months of a fiscal year")


@rule_of(r"\b(?:in|of|for|during)\s+'(?P<short>\d\d)\b(?!s)", needs="'")
def _short_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "$1.8 bln in '09"."""
    short = int(match.group("short"))
    today = at.today.year if at.today else 2030
    year = 2000 + short if 2000 + short <= today + 10 else 1900 + short
    return mention_of(match, Period.of_year(year), rule="year")


@rule_of(
    rf"\b(?:the\s+)?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]+(?P<part>half|quarter)\s+of\s+(?:the\s+)?(?:fiscal|financial)(?:\s+year)?\s+(?P<named>{YEAR})(?!-)",
    re.IGNORECASE,
    needs="fiscal|financial",
)
def _part_of_named_fiscal(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "The first half of fiscal 2023"."""
    months = 6 if match.group("part").lower() == "half" else 3
    year = at.fiscal_year(int(match.group("named")))
    return mention_of(
        match, part_of_year(year, months, ORDINALS[match.group("nth").lower()]), rule="fiscal half"
    )


@rule_of(
    rf"\b(?:the\s+)?(?:first\s+)?(?P<count>{COUNT})[\s-]+months?\s+(?:\([^)]*\)\s+)?(?:of|in)\s+(?:the\s+)?(?:(?:current|outgoing|last|previous|ongoing)\s+)?(?:fiscal|financial)(?:\s+year)?\s+(?:of\s+)?(?P<first>(?:19|20)\d\d)(?P<split>[-/](?:\d{{4}}|\d\d))?(?!\d)",
    re.IGNORECASE,
    needs="fiscal|financial",
)
def _months_of_named_fiscal(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "The first 9 months of fiscal year 2019", "11 months of the financial year of 2022-23"."""
    first, count = int(match.group("first")), number_of(match.group("count"))
    year = at.split_year(first) if match.group("split") else at.fiscal_year(first)
    if count > 12:
        return None
    return mention_of(match, at.opening_months(year, count), rule="months of a fiscal year")


@rule_of(
    rf"\b(?:the\s+months\s+of\s+)?(?P<months>{MONTH}(?:,\s+{MONTH})+,?\s+and\s+{MONTH}){OF_YEAR}?",
    needs="M",
)
def _months_listed(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "January, February, March and April 2023"."""
    months = [month_of(name) for name in re.findall(MONTH, match.group("months"))]
    if match.group("split") or any(b != a % 12 + 1 for a, b in pairwise(months)):
        return None
    year = part_year(match.groupdict(), at, months[-1])
    if year is None:
        return mention_of(match, None, rule="months listed")
    span = at.months(year - (months[-1] < months[0]), months[0], months[-1], last_year=year)
    return mention_of(match, span, rule="months listed")
