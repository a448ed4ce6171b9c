"""Relative rules: "last year", "a year earlier", "since then", "in five years"."""

from __future__ import annotations

import re
from datetime import date

from accord.model.period import Period
from accord.read.patterns import lazy
from accord.read.period_mentions import (
    COUNT,
    MONTH,
    YEAR,
    PeriodMention,
    Role,
    mention_of,
    month_of,
    named_year,
    number_of,
    rule_of,
)
from accord.read.reckoning import Reckoning

__all__: list[str] = []


_PAST = lazy(r"\b(?:has|have|had|rose|grew|fell|was|were|\w+ed)\b", re.IGNORECASE)
_AHEAD = lazy(
    r"\b(?:will|would|could|may|aim\w*|target\w*|goal|plan\w*|expect\w*|hope\w*|want\w*|should|set|lift|raise|double|reach)\b",
    re.IGNORECASE,
)


@rule_of(
    rf"\b(?P<lead>since|after)\s+(?:early\s+|late\s+|mid-?)?(?:the\s+year\s+)?(?P<year>{YEAR})",
    re.IGNORECASE,
    needs="since|after",
)
def _since_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    year = int(match.group("year"))
    end = at.today or date(year, 12, 31)
    if end < date(year, 1, 1):
        return mention_of(match, Period.of_year(year), rule="year")
    return mention_of(
        match, Period.of_dates(date(year, 1, 1), end), Role.SINCE, year=year, rule="since"
    )


@rule_of(
    rf"\bsince\s+(?P<month>{MONTH})\s+(?P<year>{YEAR}|this\s+year|last\s+year)(?!\s?\d)", needs="M"
)
def _since_month(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    month = month_of(match.group("month"))
    year = named_year(match.group("year"), at, None)
    if year is None or at.today is None or at.today < date(year, month, 1):
        return mention_of(match, None, Role.SINCE, rule="since")
    return mention_of(
        match, Period.of_dates(date(year, month, 1), at.today), Role.SINCE, rule="since"
    )


@rule_of(
    rf"\bsince\s+then\b|\b(?:during|over|in)\s+(?:that|this|the)(?:\s+same)?\s+(?:time|period|years)\b(?!\s+(?:last|of|a\s+year|in|the\s+year|(?:from\s+|between\s+)?(?:{MONTH}|{YEAR})))|\b(?:the|its|their)\s+\w+-month\s+(?:figure|total|result|trade|turnover|exports|imports|volume|value)s?\b|\b(?:over|during|in)\s+th(?:at|e|ose|ese)\s+{COUNT}(?:[\s-]+months?(?:\s+period)?|\s+quarters)(?!\s+(?:of|to|in|ended|ending|leading|through|until|from|up|since|before|after)\b)|\b(?:for|in|over)\s+(?:that|the\s+same|the)\s+(?:year|month|quarter|period)\b(?!\s+(?:last|of|a\s+year|in|the\s+year|earlier|to|before|as|(?:19|20)\d\d|(?:from\s+|between\s+)?(?:{MONTH}|{YEAR})))|\bthat\s+(?:same\s+)?year\b|\bthe\s+same\s+year\b|\b(?:during|over|in|for)\s+(?:the|this|that)\s+(?:said|(?:above-?|afore)?mentioned|reporting|review(?:ed)?|recording|reported)\s+(?:period|time|months?|quarter)\b",
    re.IGNORECASE,
    needs="since|over|during|that|same|for|in|-month",
)
def _same(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return mention_of(match, None, Role.SAME, rule="period spoken of")


@rule_of(
    rf"\b(?:as\s+of|as\s+at|at|by|until|till|through|to|up\s+to|from)?\s*(?:the\s+)?\b(?:end(?:\s+of|-|\s)|close\s+of|year-?end)\s?(?:the\s+year\s+)?(?P<year>{YEAR}|this\s+year|last\s+year|the\s+year|the\s+(?:decade|century))",
    re.IGNORECASE,
    needs="end|close",
)
@rule_of(
    r"\b(?:by|before|at)\s+(?:the\s+)?(?P<year>year)[\s-]end\b(?!,?\s+(?:of\s+)?\d)",
    re.IGNORECASE,
    needs="end",
)
def _end_of_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    word = match.group("year").lower()
    if word.endswith(("decade", "century")):
        today = at.today
        year = (
            None
            if today is None
            else today.year // 10 * 10 + (10 if word.endswith("decade") else 0)
        )
    else:
        year = named_year(word, at, at.year)
    return mention_of(match, Period.of_year(year) if year else None, Role.AS_OF, rule="end of year")


@rule_of(
    r"\b(?:as\s+of|as\s+at)\s+(?:now|today|this\s+month)\b|\bto\s+date\b|\bso\s+far\b(?!\s+this\s+year)|\b(?:at\s+present|currently)\b",
    re.IGNORECASE,
    needs="now|today|date|far|present|current|this month",
)
def _now(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if at.today is None:
        return mention_of(match, None, Role.AS_OF, rule="now")
    return mention_of(match, Period.of_day(at.today), Role.AS_OF, rule="now")


@rule_of(
    rf"\b(?:the\s+)?(?:same|corresponding|like|comparable|equivalent|identical|similar|year-earlier|year-ago|prior-year)\s+(?:\w+-month\s+|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|\d+)\s+)?"
    rf"(?P<what>periods?|months?|quarters?|time\s+span|half|time|span|timeframe|week)"
    rf"(?:,?\s+(?:of|in|a|the)?\s*(?P<year>{YEAR}|last\s+year|(?:a\s+|the\s+)?(?:previous\s+year|year\s+(?:earlier|ago|before|previously)|preceding\s+year|prior\s+year|last\s+year)|the\s+year\s+before|one\s+year\s+(?:earlier|ago|before)|earlier|(?:the\s+)?previous\s+fiscal\s+year|last\s+fiscal\s+year|the\s+last\s+fiscal\s+year))",
    re.IGNORECASE,
    needs="same|corresponding|like|comparable|equivalent|identical|similar|year|prior|previous",
)
@rule_of(
    r"\b(?:the\s+)?(?P<what>year-earlier|year-ago|prior-year|previous\s+year's)(?:\s+(?:periods?|months?|levels?|figures?|quarter|total))?",
    re.IGNORECASE,
    needs="same|corresponding|like|comparable|equivalent|identical|similar|year|prior|previous",
)
def _same_months(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    word = match.groupdict().get("year") or ""
    year = int(word) if word.isdigit() else None
    return mention_of(match, None, Role.BEFORE, shift=1, year=year, rule="same months, other year")


@rule_of(
    r"\b(?:(?P<count>a|one|two|three|four|five|six|ten|\d{1,2})\s+(?P<step>years?|months?|quarters?|decades?)\s+(?P<which>earlier|ago|before|previously|prior|back)"
    r"|the\s+(?P<step2>year|month|quarter)\s+(?:before|earlier|previous|prior|preceding)|(?:the\s+)?(?:previous|preceding|prior)\s+(?P<step3>year|month|quarter))\b(?!\s+[Ii]\b)",
    re.IGNORECASE,
    needs="earlier|ago|before|previous|prior|back|preceding",
)
def _earlier(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    step = (
        (match.group("step") or match.group("step2") or match.group("step3") or "year")
        .lower()
        .rstrip("s")
    )
    count = number_of(match.group("count")) if match.group("count") else 1
    if step == "decade":
        step, count = "year", 10 * count
    if count > 1 and step == "year" and (match.group("which") or "").lower() in {"ago", "back"}:
        year = at.this_year(-count)
        return mention_of(
            match,
            Period.of_year(year) if year else None,
            Role.BEFORE,
            shift=count,
            year=year,
            rule="years ago",
        )
    return mention_of(match, None, Role.BEFORE, shift=count, step=step, rule="earlier")


@rule_of(r"\b(?:an?\s+)?(?:yr|year)[\s-](?:ago|earlier)\b", re.IGNORECASE, needs="ago|earlier")
def _year_ago(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "VS 817,000 YR AGO", as headlines have it."""
    return mention_of(match, None, Role.BEFORE, shift=1, rule="earlier")


@rule_of(
    rf"\b(?:(?P<which>last|this|next)\s+)?(?P<season>spring|summer|autumn|winter)(?:\s+(?:of\s+)?(?P<year>{YEAR}))?\b",
    needs="spring|summer|autumn|winter",
)
def _season(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if not match.group("which") and not match.group("year"):
        return None
    first = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[match.group("season")]
    last = (first + 1) % 12 + 1
    year = int(match.group("year")) if match.group("year") else at.year_of_month(last)
    if year is None:
        return mention_of(match, None, rule="season")
    return mention_of(match, at.months(year, first, last), rule="season")


# "The first rise in two years", "its lowest point in 16 years": how long it had not been so.
_UNMATCHED = lazy(
    r"\b(?:first|only|\w{3,}est|worst|best|most|least|record)(?:\s+[\w-]+){0,4}\s+(?:(?:in|for|over|within)\s+)?$",
    re.IGNORECASE,
)


def _unmatched(match: re.Match[str]) -> bool:
    return _UNMATCHED.search(match.string[max(0, match.start() - 60) : match.start()]) is not None


@rule_of(
    rf"\b(?:in|over)\s+(?:the\s+)?(?P<count>{COUNT})\s+months\b(?!\s+(?:of|to|ended|ending|through|until|from|since|earlier|ago|before)\b)",
    re.IGNORECASE,
    needs="month",
)
def _in_months(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    count = number_of(match.group("count"))
    if _unmatched(match):
        return None
    if count == 12 and at.fiscal != "IRN":
        return mention_of(match, None, Role.SAME, rule="period spoken of")
    if at.fiscal == "IRN" and count <= 12 and (iranian := at.fiscal_now(0)) is not None:
        months = at.iranian_months(iranian.start, count)
        return mention_of(match, months, rule="months of the Iranian year")
    year = at.year_of_month(count) if count <= 12 else None
    return mention_of(
        match, Period.of_months(year, 1, count) if year and count <= 12 else None, rule="in months"
    )


@rule_of(
    r"\b(?P<which>last|this|next|(?:the\s+)?(?:past|current|present|coming))\s+(?:(?:calendar|full)\s+)?year\b(?!'s\s+(?:end|level|figure))",
    re.IGNORECASE,
    needs="year",
)
def _relative_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    which = match.group("which").lower().removeprefix("the ")
    offset = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    if at.fiscal == "IRN" and "calendar" in match.group().lower():
        return mention_of(match, at.fiscal_now(offset), rule="Iranian year")
    year = at.this_year(offset)
    return mention_of(match, Period.of_year(year) if year else None, rule="relative year")


@rule_of(
    r"\b(?:the\s+)?year\s+before\s+last\b|\b(?:the\s+)?year\s+(?:just|now)\s+(?:ended|past|over|closed)\b",
    re.IGNORECASE,
    needs="year",
)
def _year_before_last(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    year = at.this_year(-2 if match.group().lower().endswith("last") else -1)
    return mention_of(match, Period.of_year(year) if year else None, rule="relative year")


@rule_of(
    r"\b(?:so\s+far\s+this\s+year|year[\s-]to[\s-]date|this\s+year\s+(?:so\s+far|to\s+date))\b",
    re.IGNORECASE,
    needs="year",
)
def _year_to_date(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if at.published is None or at.today is None:
        return mention_of(match, None, rule="year to date")
    return mention_of(
        match, Period.of_dates(date(at.today.year, 1, 1), at.today), rule="year to date"
    )


@rule_of(
    r"\b(?P<which>last|this(?:\s+past)?|the\s+(?:current|past|present|latest|most\s+recent))\s+(?P<step>month|quarter|half)\b",
    re.IGNORECASE,
    needs="month|quarter|half",
)
def _relative_month(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if at.published is None:
        return mention_of(match, None, rule="relative month")
    day = at.published.start
    back = match.group("which").lower().endswith(("last", "past", "latest", "recent"))
    size = {"month": 1, "quarter": 3, "half": 6}[match.group("step").lower()]
    first = (day.month - 1) // size * size + 1 - (size if back else 0)
    return mention_of(match, Period.of_month_run(day.year, first, size), rule="relative month")


@rule_of(
    rf"\b(?:since|from)\s+(?:the\s+)?(?:start|beginning|outset)\s+of\s+(?P<year>{YEAR}|this\s+year|the\s+year|last\s+year)|\bfrom\s+(?P<first>{YEAR})\s+(?:to\s+date|to\s+the\s+present|onwards?|up\s+to\s+now)",
    re.IGNORECASE,
    needs="since|from",
)
def _since_start(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    year = named_year(match.group("year") or match.group("first"), at, None)
    if year is None or at.today is None or at.today < date(year, 1, 1):
        return mention_of(match, None, Role.SINCE, rule="since")
    return mention_of(
        match, Period.of_dates(date(year, 1, 1), at.today), Role.SINCE, year=year, rule="since"
    )


@rule_of(
    rf"\b(?:in|over|during|for)\s+the\s+(?:(?P<count>{COUNT})\s+years|(?P<decade>decade))\s+(?:(?:up\s+)?(?P<to>to|until|before)|(?P<after>after|from|since))\s+(?P<year>{YEAR})",
    re.IGNORECASE,
    needs="year|decade",
)
def _years_to(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "In the seven years to 2010", "in the five years after 2005"."""
    count = 10 if match.group("decade") else number_of(match.group("count"))
    year = int(match.group("year"))
    if match.group("to"):
        return mention_of(match, Period.of_years(year - count + 1, year), rule="years")
    return mention_of(match, Period.of_years(year, year + count), rule="years")


@rule_of(
    rf"\b(?:(?:over|in|during|for|within|through)\s+)?(?:the\s+)?(?P<which>last|past|recent|previous|next|coming|following)\s+(?P<count>{COUNT}|few|several|couple\s+of)?\s*(?P<step>years?|decades?)\b",
    re.IGNORECASE,
    needs="year|decade",
)
def _recent_years(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    word = (match.group("count") or "").lower()
    ahead = match.group("which").lower() in {"next", "coming", "following"}
    if word in {"few", "several", "couple of"} or (
        not word and match.group("step").lower() == "years"
    ):
        return mention_of(match, None, Role.DEADLINE if ahead else Role.SPAN, rule="some years")
    count = number_of(word) if word else 1
    count *= 10 if match.group("step").lower().startswith("decade") else 1
    if match.group("step").lower() == "year" and not word:
        return None
    if ahead:
        years = at.coming_years(count)
        years = years and Period.of_dates(years.start, date(years.end.year, 12, 31))
        return mention_of(match, years, Role.DEADLINE, rule="coming years")
    return mention_of(match, at.past_years(count), rule="past years")


@rule_of(
    rf"\b(?:in|within)\s+(?:the\s+)?(?P<count>{COUNT})\s+years?(?:'\s+time)?(?!\s+(?:to|of|ago|from|since|earlier|ending|ended))\b",
    re.IGNORECASE,
    needs="year",
)
def _in_years(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    count = number_of(match.group("count"))
    if _unmatched(match):
        return None
    before = match.string[max(0, match.start() - 90) : match.start()]
    if _PAST.search(before) and not _AHEAD.search(before):
        return mention_of(match, at.past_years(count), rule="years past")
    return mention_of(match, at.coming_years(count), Role.DEADLINE, rule="in years")


@rule_of(
    r"\b(?:the\s+)?(?:(?P<part>early|mid|late)[\s-]+)?(?P<decade>(?:19|20)\d0)'?s\b",
    re.IGNORECASE,
    needs="0s|0's",
)
def _decade(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first = int(match.group("decade"))
    return mention_of(match, Period.of_years(first, first + 9), rule="decade")


@rule_of(
    rf"(?:\b(?:(?:in|during|for)\s+)?(?P<part>early|mid|late)[\s-]+)?(?P<year>{YEAR})(?!-(?:\d|(?!(?:an?|the|up|down|or|and|from|its)\s)[a-z])|'?s\b)",
    needs="D",
)
def _year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return mention_of(match, Period.of_year(int(match.group("year"))), rule="year")
