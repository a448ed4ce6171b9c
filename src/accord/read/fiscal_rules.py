"""Year rules: quarters, halves, fiscal years and spans of years."""

from __future__ import annotations

import re

from accord.model.period import Period, month_end
from accord.read.period_mentions import (
    MONTH,
    OF_YEAR,
    ORDINALS,
    YEAR,
    PeriodMention,
    Role,
    mention_of,
    named_year,
    number_of,
    part_of_year,
    part_year,
    rule_of,
    split_year,
)
from accord.read.reckoning import Reckoning

__all__: list[str] = []


@rule_of(
    r"\b(?:from|between)\s+(?P<first>(?:19|20)\d\d)[-/]\d\d\s+(?:to|and|through|until)\s+(?P<last>(?:19|20)\d\d)[-/]\d\d(?!\d)(?:\s+(?:fiscal|financial)(?:\s+years?)?)?",
    re.IGNORECASE,
    needs="from|between",
)
def _split_years(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "From 2001-02 to 2007-08": from the first day of the one to the last of the other."""
    first, last = at.split_year(int(match.group("first"))), at.split_year(int(match.group("last")))
    if last.end <= first.start:
        return None
    return mention_of(match, Period.of_dates(first.start, last.end), rule="fiscal years")


@rule_of(
    rf"\b(?:the\s+)?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|opening)[\s-]+(?:quarter|trimester){OF_YEAR}?",
    re.IGNORECASE,
    needs="quarter|trimester|Q",
)
@rule_of(
    rf"\b(?:Q(?P<q>[1-4])|(?P<qq>[1-4])Q)(?:[\s-]?(?P<near>\d\d)\b|{OF_YEAR}|(?P<fused>FY\d\d)\b)?",
    needs="quarter|Q",
)
@rule_of(rf"(?P<year>{YEAR})[\s-]?Q(?P<q>[1-4])", needs="quarter|Q")
def _quarter(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    digit = groups.get("q") or groups.get("qq")
    number = int(digit) if digit else ORDINALS[groups["nth"].lower()]
    word = groups.get("year") or ""
    groups["split"] = groups.get("split") or groups.get("fused")  # "Q1FY21"
    if "fiscal" in word or "financial" in word or groups["split"]:
        return mention_of(match, _part_of_fiscal(groups, at, 3, number), rule="fiscal quarter")
    year = part_year(groups, at, 3 * number)
    return mention_of(match, Period.of_quarter(year, number) if year else None, rule="quarter")


@rule_of(
    rf"\b(?:the\s+)?(?P<nth>first|second|1st|2nd)[\s-]+(?:half(?:[\s-]year)?|semester){OF_YEAR}?",
    re.IGNORECASE,
    needs="half|semester|H",
)
@rule_of(rf"\b(?:H(?P<q>[12])|(?P<qq>[12])H)(?:[\s-]?(?P<near>\d\d)\b|{OF_YEAR})?", needs="half|H")
def _half(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    digit = groups.get("q") or groups.get("qq")
    number = int(digit) if digit else ORDINALS[groups["nth"].lower()]
    word = groups.get("year") or ""
    if "fiscal" in word or "financial" in word or groups.get("split"):
        return mention_of(match, _part_of_fiscal(groups, at, 6, number), rule="fiscal half")
    year = part_year(groups, at, 6 * number)
    return mention_of(match, Period.of_half(year, number) if year else None, rule="half")


@rule_of(
    rf"\b(?:the\s+)?first\s+(?P<count>two|three|2|3)\s+quarters{OF_YEAR}?",
    re.IGNORECASE,
    needs="quarter",
)
def _quarters(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    last = 3 * number_of(match.group("count"))
    year = part_year(match.groupdict(), at, last)
    return mention_of(match, Period.of_months(year, 1, last) if year else None, rule="quarters")


def _part_of_fiscal(
    groups: dict[str, str | None], at: Reckoning, months: int, number: int
) -> Period | None:
    split, word = groups.get("split"), groups.get("year") or ""
    year = split_year(split, at) if split else at.fiscal_now(-1 if word.startswith("last") else 0)
    return part_of_year(year, months, number) if year is not None else None


@rule_of(
    r"\bFY\s?'?(?P<first>\d{4}|\d\d)(?:[-/](?P<second>\d{4}|\d\d))?(?!\d)",
    re.IGNORECASE,
    needs="fisc|financial|fy|period",
)
@rule_of(
    rf"\b(?:fiscal|financial)(?:\s+year)?[\s-]+(?:of\s+)?(?P<first>(?:19|20)\d\d)(?:[-/](?P<second>\d{{4}}|\d\d))?(?!\d)(?:,?\s+(?:(?:that|which)\s+)?(?:ended|ends|ending)\s+(?:on\s+|in\s+)?(?:mid-)?{MONTH}(?:\s+[0-3]?\d(?!\d))?(?:,?\s+{YEAR})?)?",
    re.IGNORECASE,
    needs="fisc|financial|fy|period",
)
@rule_of(
    r"(?<![\d.,-])(?P<first>(?:19|20)\d\d)(?:-|/|\s+to\s+)(?P<second>\d{4}|\d\d)\s+(?:fiscal|financial|period)(?:\s+year)?s?",
    re.IGNORECASE,
    needs="fisc|financial|fy|period",
)
@rule_of(
    r"(?<![\d.,-])(?P<first>(?:19|20)\d\d)\s+(?:fiscal|financial)\s+year",
    re.IGNORECASE,
    needs="fisc|financial|fy|period",
)
def _fiscal(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    first = int(groups["first"])
    first += 2000 if first < 70 else 1900 if first < 100 else 0
    if groups.get("second"):
        return mention_of(match, at.split_year(first), rule="fiscal year")
    return mention_of(match, at.fiscal_year(first), rule="fiscal year")


@rule_of(
    r"\b(?P<which>the\s+previous|previous|last|the\s+past|past|this|the\s+current|current|the\s+next|next)\s+(?:fiscal|financial)(?:\s+year)?\b",
    re.IGNORECASE,
    needs="fisc|financial",
)
def _fiscal_relative(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    which = match.group("which").lower()
    if "previous" in which:
        return mention_of(match, None, Role.BEFORE, shift=1, rule="previous fiscal year")
    offset = 0 if "this" in which or "current" in which else 1 if "next" in which else -1
    return mention_of(match, at.fiscal_now(offset), rule="fiscal year")


@rule_of(
    r"(?<![\d.,-])(?P<first>(?:19|20)\d\d)(?:[-/]'?|-\s)(?P<second>\d\d)(?![\d-]|\.\d)", needs="D"
)
def _split_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first, second = int(match.group("first")), int(match.group("second"))
    if (first + 1) % 100 == second:
        return mention_of(match, at.split_year(first), rule="fiscal year")
    if second > first % 100 and " " not in match.group():
        return mention_of(match, Period.of_years(first, first // 100 * 100 + second), rule="years")
    return None


@rule_of(
    rf"\b(?P<lead>from|between|over|during|in|for)?\s*(?:the\s+)?(?:years\s+|period\s+)?(?P<first>{YEAR})\s?(?:-|to|and|through|until|till|up\s+to)\s?(?P<last>{YEAR})(?!\s+(?:period|fiscal|financial))",
    re.IGNORECASE,
    needs="D",
)
def _years(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first, last = int(match.group("first")), int(match.group("last"))
    joined = match.string[match.end("first") : match.start("last")].strip().lower()
    if first > last or (joined == "and" and (match.group("lead") or "").lower() != "between"):
        return None
    return mention_of(match, Period.of_years(first, last), rule="years")


@rule_of(
    rf"\b(?P<first>{YEAR})\s+and\s+(?P<last>{YEAR})(?:,)?\s+(?:combined|together|taken\s+together|altogether)\b",
    re.IGNORECASE,
    needs="combined|together",
)
def _years_combined(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "In 2021 and 2022 combined"."""
    first, last = int(match.group("first")), int(match.group("last"))
    return mention_of(match, Period.of_years(first, last), rule="years") if first < last else None


@rule_of(
    rf"\b(?:from|between)\s+(?P<first>{YEAR})\s+(?:to|and|until|through)\s+(?P<last>this\s+year|last\s+year|next\s+year)\b",
    re.IGNORECASE,
    needs="D",
)
def _years_to_now(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    """ "From 2016 to next year"."""
    first, last = int(match.group("first")), named_year(match.group("last"), at, None)
    if last is None or last < first:
        return mention_of(match, None, rule="years")
    return mention_of(match, Period.of_years(first, last), rule="years")


@rule_of(
    rf"\b(?:the\s+)?(?P<count>two|three|four)\s+quarters\s+to\s+(?:the\s+end\s+of\s+)?(?:Q(?P<q>[1-4])|the\s+(?P<nth>first|second|third|fourth)\s+quarter){OF_YEAR}?",
    re.IGNORECASE,
    needs="quarter",
)
def _quarters_to(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    number = int(match.group("q") or 0) or ORDINALS[match.group("nth").lower()]
    year = part_year(match.groupdict(), at, 3 * number)
    if year is None:
        return mention_of(match, None, rule="quarters to")
    last = month_end(year, 3 * number)
    return mention_of(
        match, at.months_until(last, 3 * number_of(match.group("count"))), rule="quarters to"
    )
