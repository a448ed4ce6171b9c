"""Calendar rules: dates, days, months and spans of months."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from datetime import date, timedelta

from accord.model.period import Period, month_end
from accord.read.patterns import lazy
from accord.read.period_mentions import (
    COUNT,
    DAY,
    MONTH,
    OF_YEAR,
    YEAR,
    YEAR_WORD,
    PeriodMention,
    Role,
    mention_of,
    month_of,
    named_year,
    number_of,
    rule_of,
    split_year,
)
from accord.read.reckoning import Reckoning

__all__: list[str] = []


@rule_of(rf"\b(?P<month>{MONTH})\s+{DAY},?\s+(?P<year>{YEAR})", needs="M")
@rule_of(rf"(?<![\d.,])\b{DAY}(?:\s+of)?\s+(?P<month>{MONTH}),?\s+(?P<year>{YEAR})", needs="M")
def _full_date(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return _on_day(match, int(match.group("year")))


@rule_of(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?!\d)", needs="D"
)
def _iso_date(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return _on_day(match, int(match.group("year")))


_YEAR_BEFORE = lazy(
    rf"\b(?:in\s+)?(?P<year>last\s+year|this\s+year|{YEAR}),\s+on\s+(?:the\s+)?$", re.IGNORECASE
)


@rule_of(
    rf"(?<!\d )(?<!\dst )(?<!\dnd )(?<!\drd )(?<!\dth )\b(?P<month>{MONTH})\s+{DAY}(?![\d,.]?\d|\s?(?:%|percent|per|pct|million|billion|mln|bln))",
    needs="M",
)
@rule_of(rf"(?<![\d.,$€£])\b{DAY}(?:\s+of)?\s+(?P<month>{MONTH})(?!\s+\d)", needs="M")
def _date_without_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    ahead = re.search(
        r"\b(?:will|takes?|due|on\s+or\s+before)\b[^.]{0,40}$|\b(?:from|by)\s+(?:the\s+)?$",
        match.string[max(0, match.start() - 50) : match.start()],
    )
    year = at.year_of_month(
        month_of(match.group("month")), day=int(match.group("day")), ahead=ahead is not None
    )
    named = _YEAR_BEFORE.search(match.string[max(0, match.start() - 24) : match.start()])
    if named is not None:  # "last year, on 17 May"
        year = named_year(named.group("year"), at, year)
    return _on_day(match, year) if year else None


@rule_of(
    rf"\b(?:[Ff]rom\s+|[Bb]etween\s+|[Ss]ince\s+)?(?P<first>{MONTH})\s+(?P<from_day>[0-3]?\d)(?:st|nd|rd|th)?(?:,\s*(?P<from_year>{YEAR}))?\s?(?:-|to|and|through|until)\s?"
    rf"(?P<last>{MONTH})\s+(?P<to_day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>{YEAR}))?",
    needs="M",
)
def _day_range(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first, last = month_of(match.group("first")), month_of(match.group("last"))
    year = int(match.group("year")) if match.group("year") else at.year_of_month(last)
    if year is None:
        return mention_of(match, None, rule="day range")
    start = int(match.group("from_year")) if match.group("from_year") else year - (last < first)
    try:
        opened = date(start, first, int(match.group("from_day")))
        closed = date(year, last, int(match.group("to_day")))
    except ValueError:
        return None
    return mention_of(match, Period.of_dates(opened, closed), rule="day range")


def _on_day(match: re.Match[str], year: int) -> PeriodMention | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else month_of(groups["month"])
    try:
        return mention_of(match, Period.of_day(date(year, month, int(groups["day"]))), rule="date")
    except ValueError:
        return None


@rule_of(
    rf"\b(?:from\s+|between\s+|the\s+months\s+(?:from\s+)?)?(?:(?P<first>{MONTH})|(?P<opening>New\s+Year(?:'s(?:\s+Day)?)?))(?:,?\s+(?P<from>{YEAR}))?\s?(?:-|/|to|through(?:\s+to)?|thru|until|till|and|plus|&)\s?(?:the\s+end\s+of\s+|mid-|end-)?"
    rf"(?P<last>{MONTH})(?![\w-]|\s+\d{{1,2}}(?!\d))(?:\s+period)?{OF_YEAR}?",
    needs="M",
)
def _month_range(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first = 1 if match.group("opening") else month_of(match.group("first"))
    last = month_of(match.group("last"))
    word = match.group("year") or ""
    if match.group("split"):
        return mention_of(
            match,
            _within_fiscal(split_year(match.group("split"), at), first, last, at),
            rule="month range",
        )
    if "fiscal" in word or "financial" in word:
        fiscal = at.fiscal_now(-1 if word.startswith(("last", "previous")) else 0)
        return mention_of(
            match, fiscal and _within_fiscal(fiscal, first, last, at), rule="month range"
        )
    default = 2000 + int(match.group("short")) if match.group("short") else at.year_of_month(last)
    year = named_year(word, at, default)
    if year is None:
        return mention_of(match, None, rule="month range")
    start = int(match.group("from")) if match.group("from") else year - (last < first)
    ends = match.group().lower().startswith("between") and " and " in match.group()
    rule = "months between" if ends else "month range"
    return mention_of(match, at.months(start, first, last, last_year=year), rule=rule)


def _within_fiscal(fiscal: Period, first: int, last: int, at: Reckoning) -> Period:
    year = fiscal.start.year + (first < fiscal.start.month)
    return at.months(year, first, last)


@rule_of(
    rf"\b(?:(?P<early>early|mid|late|end|the\s+end\s+of)[\s-]+)?(?P<month>{MONTH}){OF_YEAR}",
    needs="M",
)
def _month_of_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    month = month_of(match.group("month"))
    if match.group("split"):
        return None
    default = 2000 + int(match.group("short")) if match.group("short") else None
    year = named_year(match.group("year"), at, default)
    return mention_of(match, at.month(year, month) if year else None, rule="month")


@rule_of(
    rf"\b(?i:(?P<prefix>in|for|during|since|by|to|until|till|through|of|last|this|as\s+of|from|on|at\s+the\s+end\s+of|end)\s+)(?i:the\s+month\s+of\s+)?"
    rf"(?P<month>{MONTH}|MAY)(?!,?\s+(?:(?:of|in)\s+)?(?:{YEAR}|{YEAR_WORD}))(?!\s?\d{{1,2}}(?!\d|[.,]\d)(?!\s?(?:%|per|pct|mln|mill|bill|bln))|\s+Day\b|-\w)",
    needs="M",
)
@rule_of(
    rf"\b(?P<month>{MONTH})(?='s\b|\s+(?i:exports|imports|trade|figures?|deficit|surplus|shipments)\b)(?!\s+trade\s+(?:war|deal|talks))",
    needs="M",
)
def _month_alone(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if not match.group("month")[0].isupper():
        return None
    month = month_of(match.group("month"))
    prefix = (match.groupdict().get("prefix") or "").lower()
    ahead = _planned(match) or (prefix == "by" and not _told_as_past(match))
    year = at.year_of_month(month, ahead=ahead)
    period = at.month(year, month) if year else None
    if prefix == "since" and period and at.today and at.today > period.start:
        since = Period.of_dates(period.start, at.today)
        return mention_of(match, since, Role.SINCE, rule="since")
    role = Role.AS_OF if prefix in {"as of", "until", "till", "at the end of", "end"} else Role.SPAN
    return mention_of(match, period, role, rule="month without year")


def _told_as_past(match: re.Match[str]) -> bool:
    """ "By July it had sunk", "fell to … by July": not what is to be by then."""
    near = match.string[max(0, match.start() - 80) : match.end() + 60]
    return _PAST.search(near) is not None and _MEANT.search(near) is None


_PAST = lazy(
    r"\b(?:had|was|were|fell|rose|grew|sank|shrank|stood|became|climbed|dropped|reached)\b"
)
_MEANT = lazy(r"\b(?:will|would|aim|target|plan|goal|want|hope|expect|due|pledge|vow|agree|promis)")


@rule_of(
    rf"\b(?:the\s+|its\s+)?(?P<which>first|opening|initial|last|final|past|latest|closing|1st)\s+(?P<count>{COUNT})[\s-]+months?(?:\s+combined)?{OF_YEAR}?",
    re.IGNORECASE,
    needs="month",
)
@rule_of(
    rf"\b(?P<count>{COUNT})\s+months\s+of\s+(?P<year>{YEAR}|{YEAR_WORD})",
    re.IGNORECASE,
    needs="month",
)
def _months_counted(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    count = number_of(groups["count"])
    word = groups.get("year") or ""
    last = (groups.get("which") or "first").lower() in {
        "last",
        "final",
        "past",
        "latest",
        "closing",
    }
    if count > 12:
        return None
    if last and not word and not groups.get("split"):
        return mention_of(match, _recent_months(at, count), rule="recent months")
    if groups.get("split") or "fiscal" in word or "financial" in word:
        fiscal = (
            split_year(groups["split"], at)
            if groups.get("split")
            else at.fiscal_now(-1 if word.startswith(("last", "prev")) else 0)
        )
        if fiscal is None:
            return mention_of(match, None, rule="months of a fiscal year")
        opening = at.opening_months(fiscal, count)
        return mention_of(match, opening, rule="months of a fiscal year")
    year = named_year(word, at, at.year_of_month(count) if at.published else at.year)
    if year is None:
        return mention_of(match, None, rule="first months")
    if groups.get("short"):
        year = 2000 + int(groups["short"])
    months = at.months(year, 13 - count, 12) if last else at.months(year, 1, count)
    return mention_of(match, months, rule="first months")


def _recent_months(at: Reckoning, count: int) -> Period | None:
    if at.published is None:
        return None
    start = at.published.start
    if 2 < count == start.month - 2:  # of this year, as far as it has been counted
        return Period.of_months(start.year, 1, count)
    last = date(start.year, start.month, 1) - timedelta(days=1)
    return at.months_until(last, count)


@rule_of(
    rf"\b(?:the\s+)?(?:(?P<count>{COUNT})[\s-]+months?(?:\s+period)?|(?P<quarter>quarter|half(?:[\s-]year)?)|(?P<year_word>(?:fiscal\s+|financial\s+)?year))\s+"
    rf"(?:up\s+)?(?:to|through|until|till|ending|ended|that\s+ended)(?:\s+(?:in|on))?\s+(?:the\s+end\s+of\s+|end-|late\s+|mid-)?(?:(?P<before>[0-3]?\d)(?:st|nd|rd|th)?\s+)?(?P<month>{MONTH})(?:\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?P<year>{YEAR}|this\s+year|last\s+year))?",
    re.IGNORECASE,
    needs="M",
)
def _months_to(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    month = month_of(match.group("month"))
    count = 12
    if match.group("quarter"):
        count = 3 if match.group("quarter").lower() == "quarter" else 6
    elif match.group("count"):
        count = number_of(match.group("count"))
    ahead = match.group("year_word") is not None and _future(match)
    default = at.year_of_month(month, ahead=ahead)
    year = named_year(match.group("year"), at, default)
    if year is None:
        return mention_of(match, None, rule="months to")
    if "mid-" in match.group() and at.fiscal == "NPL":
        return mention_of(match, at.fiscal_year(year), rule="fiscal year")
    day = match.group("day") or match.group("before")
    if match.group("year_word") and not day:
        return mention_of(match, at.year_until_month(year, month), rule="year to")
    last = month_end(year, month)
    if day and int(day) < last.day - 1:
        last = last.replace(day=int(day) or 1)
    return mention_of(match, at.months_until(last, count), rule="months to")


@rule_of(
    rf"\b(?P<lead>(?:from|since|between)\s+(?:(?:the\s+)?(?:very\s+)?(?:start|beginning|outset|opening)\s+of\s+)?)?(?:so\s+far\s+)?(?P<year>{YEAR}|this\s+year|last\s+year|the\s+year|the\s+current\s+year),?\s+"
    rf"(?:and\s+)?(?:up\s+)?(?:to|through|until|till|(?<=and\s))\s*(?:and\s+including\s+)?(?:the\s+(?:end|close)\s+of\s+|end-|late\s+)?(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<again>{YEAR}|{YEAR_WORD}))?(?!\s?\d{{1,2}}(?!\d))",
    re.IGNORECASE,
    needs="M",
)
def _year_through_month(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "This year through August", "from the beginning of 2021 to the end of May"."""
    if match.group("year").lower() == "the year" and not match.group("lead"):
        return None  # "the year to March": twelve months
    month = month_of(match.group("month"))
    year = named_year(match.group("year"), at, at.year_of_month(month))
    again = named_year(match.group("again"), at, year)
    if year is None or again is None or (again != year and not match.group("lead")):
        return None
    if again < year:
        return None
    through = Period.of_dates(date(year, 1, 1), month_end(again, month))
    return mention_of(match, through, rule="year through month")


@rule_of(rf"\b(?:the\s+)?(?P<month>{MONTH})\s+quarter{OF_YEAR}?", needs="M")
def _quarter_of_month(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "The December quarter": the three months that end with it."""
    month = month_of(match.group("month"))
    year = named_year(match.group("year"), at, at.year_of_month(month))
    if year is None or match.group("split"):
        return mention_of(match, None, rule="quarter")
    return mention_of(match, at.months_until(month_end(year, month), 3), rule="quarter")


def _planned(match: re.Match[str]) -> bool:
    """ "plans to import … in December": a month still to come."""
    before = match.string[max(0, match.start() - 70) : match.start()]
    return _PLANS.search(before) is not None


_PLANS = lazy(
    r"\b(?:will|plans?\s+to|(?:is|are)\s+to|(?:is|are)\s+due|intends?\s+to|agreed\s+to|expects?\s+to|for\s+shipment|due\s+to)\b[^.;]*$"
)


def _future(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 60) : match.start()]
    return (
        re.search(
            r"\b(?:will|could|would|may|might|expected|target|goal|plan|aim|can|should)\b", before
        )
        is not None
    )
