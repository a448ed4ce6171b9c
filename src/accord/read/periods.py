"""Periods in text: dates, months, quarters, fiscal years, and the ways to name them.

A :class:`PeriodMention` is what stands in the text with what it resolves to. Some name
a period (``SPAN``), some its end only (``AS_OF``), some an earlier one relative to what
is being spoken of ("a year earlier", ``BEFORE``), some the one spoken of ("that year",
``SAME``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from accord.model.period import Period, month_end
from accord.read.reckoning import Reckoning

__all__ = ["PeriodMention", "Role", "find_periods"]


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


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        1,
    )
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "a": 1}
_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "opening": 1,
}  # fmt: skip

_M = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\b\.?)"
)
_Y = r"(?<![\d.,$€£¥/])(?:1[5-9]|20)\d\d(?![\d/]|[.,]\d|\s?(?:%|percent|per cent|pct|million|billion|mln|bln|bn|tonnes|tons|ventil|people|persons))"
_N = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
_YEAR_WORD = (
    r"(?:this\s+year|last\s+year|next\s+year|the\s+(?:current\s+|present\s+|same\s+|previous\s+|following\s+|past\s+)?year"
    r"|(?:the\s+)?(?:current|this|last|previous|past)\s+(?:fiscal|financial)\s+year)"
)
_OF_YEAR = rf"(?:,?\s+(?:of\s+|in\s+)?(?P<year>{_Y}|{_YEAR_WORD})|,?\s+\(?(?P<split>(?:1[89]|20)\d\d[-/]\d\d)\b\)?|\s+'(?P<short>\d\d)\b)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"

Handler = Callable[[re.Match[str], Reckoning], PeriodMention | None]
_RULES: list[tuple[re.Pattern[str], frozenset[str], Handler]] = []


def _rule(pattern: str, flags: int = 0, *, needs: str) -> Callable[[Handler], Handler]:
    """A rule of the grammar; one of ``needs`` must stand in a text that it is tried on.

    ``M`` stands for the name of a month, ``D`` for a digit.
    """

    def register(handler: Handler) -> Handler:
        _RULES.append((re.compile(pattern, flags), frozenset(needs.split("|")), handler))
        return handler

    return register


def _mention(
    match: re.Match[str], period: Period | None, role: Role = Role.SPAN, **more: object
) -> PeriodMention:
    mention = PeriodMention(match.start(), match.start(), match.end(), role, period)
    return replace(mention, **more) if more else mention  # type: ignore[arg-type]


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _named_year(word: str | None, at: Reckoning, default: int | None) -> int | None:
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


@_rule(rf"\b(?P<month>{_M})\s+{_DAY},?\s+(?P<year>{_Y})", needs="M")
@_rule(rf"(?<![\d.,])\b{_DAY}(?:\s+of)?\s+(?P<month>{_M}),?\s+(?P<year>{_Y})", needs="M")
def _full_date(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return _on_day(match, int(match.group("year")))


@_rule(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)(?!\d)", needs="D"
)
def _iso_date(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return _on_day(match, int(match.group("year")))


@_rule(
    rf"\b(?P<month>{_M})\s+{_DAY}(?![\d,.]?\d|\s?(?:%|percent|per|pct|million|billion|mln|bln))",
    needs="M",
)
@_rule(rf"(?<![\d.,$€£])\b{_DAY}(?:\s+of)?\s+(?P<month>{_M})(?!\s+\d)", needs="M")
def _date_without_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    ahead = re.search(
        r"\b(?:will|takes?|due|on\s+or\s+before|from|by)\b[^.]{0,40}$",
        match.string[max(0, match.start() - 50) : match.start()],
    )
    year = at.year_of_month(
        _month(match.group("month")), day=int(match.group("day")), ahead=ahead is not None
    )
    return _on_day(match, year) if year else None


def _on_day(match: re.Match[str], year: int) -> PeriodMention | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _month(groups["month"])
    try:
        return _mention(match, Period.of_day(date(year, month, int(groups["day"]))), rule="date")
    except ValueError:
        return None


@_rule(
    rf"\b(?:from\s+|between\s+|the\s+months\s+(?:from\s+)?)?(?P<first>{_M})(?:,?\s+(?P<from>{_Y}))?\s?(?:-|/|to|through|thru|until|till|and|&)\s?(?:the\s+end\s+of\s+)?"
    rf"(?P<last>{_M})(?![\w-]|\s+\d{{1,2}}(?!\d)){_OF_YEAR}?",
    needs="M",
)
def _month_range(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first, last = _month(match.group("first")), _month(match.group("last"))
    word = match.group("year") or ""
    if match.group("split"):
        start = int(match.group("split")[:4])
        return _mention(
            match, _within_fiscal(at.split_year(start), first, last, at), rule="month range"
        )
    if "fiscal" in word or "financial" in word:
        fiscal = at.fiscal_now(-1 if word.startswith(("last", "previous")) else 0)
        return _mention(
            match, fiscal and _within_fiscal(fiscal, first, last, at), rule="month range"
        )
    default = 2000 + int(match.group("short")) if match.group("short") else at.year_of_month(last)
    year = _named_year(word, at, default)
    if year is None:
        return _mention(match, None, rule="month range")
    start = int(match.group("from")) if match.group("from") else year - (last < first)
    return _mention(match, at.months(start, first, last, last_year=year), rule="month range")


def _within_fiscal(fiscal: Period, first: int, last: int, at: Reckoning) -> Period:
    year = fiscal.start.year + (first < fiscal.start.month)
    return at.months(year, first, last)


@_rule(
    rf"\b(?:(?P<early>early|mid|late|end|the\s+end\s+of)[\s-]+)?(?P<month>{_M}){_OF_YEAR}",
    needs="M",
)
def _month_of_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    month = _month(match.group("month"))
    if match.group("split"):
        return None
    default = 2000 + int(match.group("short")) if match.group("short") else None
    year = _named_year(match.group("year"), at, default)
    return _mention(match, at.month(year, month) if year else None, rule="month")


@_rule(
    rf"\b(?i:(?P<prefix>in|for|during|since|by|to|until|till|through|of|last|this|as\s+of|from|on|at\s+the\s+end\s+of|end)\s+)(?i:the\s+month\s+of\s+)?"
    rf"(?P<month>{_M}|MAY)(?!\s?\d{{1,2}}(?![\d.,])(?!\s?(?:%|per|pct|mln|mill|bill|bln))|\s+Day\b|-\w)",
    needs="M",
)
@_rule(
    rf"\b(?P<month>{_M})(?='s\b|\s+(?:exports|imports|trade|figures?|deficit|surplus|shipments)\b)(?!\s+trade\s+(?:war|deal|talks))",
    needs="M",
)
def _month_alone(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if not match.group("month")[0].isupper():
        return None
    month = _month(match.group("month"))
    prefix = (match.groupdict().get("prefix") or "").lower()
    year = at.year_of_month(month, ahead=prefix == "by")
    period = at.month(year, month) if year else None
    if prefix == "since" and period and at.today and at.today > period.start:
        since = Period.of_dates(period.start, at.today)
        return _mention(match, since, Role.SINCE, rule="since")
    role = Role.AS_OF if prefix in {"as of", "until", "till", "at the end of", "end"} else Role.SPAN
    return _mention(match, period, role, rule="month without year")


@_rule(
    rf"\b(?:the\s+|its\s+)?(?P<which>first|opening|initial|last|final|past|latest|closing|1st)\s+(?P<count>{_N})[\s-]+months?(?:\s+combined)?{_OF_YEAR}?",
    re.IGNORECASE,
    needs="month",
)
@_rule(
    rf"\b(?P<count>{_N})\s+months\s+of\s+(?P<year>{_Y}|{_YEAR_WORD})", re.IGNORECASE, needs="month"
)
def _months_counted(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    count = _number(groups["count"])
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
        return _mention(match, _recent_months(at, count), rule="recent months")
    if groups.get("split") or "fiscal" in word or "financial" in word:
        fiscal = (
            at.split_year(int(groups["split"][:4]))
            if groups.get("split")
            else at.fiscal_now(-1 if word.startswith(("last", "prev")) else 0)
        )
        if fiscal is None:
            return _mention(match, None, rule="months of a fiscal year")
        first = fiscal.start.month
        return _mention(
            match,
            at.months(fiscal.start.year, first, (first + count - 2) % 12 + 1),
            rule="months of a fiscal year",
        )
    year = _named_year(word, at, at.year_of_month(count) if at.published else at.year)
    if year is None:
        return _mention(match, None, rule="first months")
    if groups.get("short"):
        year = 2000 + int(groups["short"])
    months = at.months(year, 13 - count, 12) if last else at.months(year, 1, count)
    return _mention(match, months, rule="first months")


def _recent_months(at: Reckoning, count: int) -> Period | None:
    if at.published is None:
        return None
    start = at.published.start
    last = date(start.year, start.month, 1) - timedelta(days=1)
    return at.months_until(last, count)


@_rule(
    rf"\b(?:the\s+)?(?:(?P<count>{_N})[\s-]+months?(?:\s+period)?|(?P<year_word>(?:fiscal\s+|financial\s+)?year))\s+"
    rf"(?:up\s+)?(?:to|through|until|till|ending|ended|that\s+ended)(?:\s+(?:in|on))?\s+(?:the\s+end\s+of\s+|end-|late\s+|mid-)?(?P<month>{_M})(?:\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?P<year>{_Y}|this\s+year|last\s+year))?",
    re.IGNORECASE,
    needs="M",
)
def _months_to(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    month = _month(match.group("month"))
    count = 12 if match.group("year_word") else _number(match.group("count"))
    ahead = match.group("year_word") is not None and _future(match)
    default = at.year_of_month(month, ahead=ahead)
    year = _named_year(match.group("year"), at, default)
    if year is None:
        return _mention(match, None, rule="months to")
    if "mid-" in match.group() and at.fiscal == "NPL":
        return _mention(match, at.fiscal_year(year), rule="fiscal year")
    if match.group("year_word") and not match.group("day"):
        return _mention(match, at.year_until_month(year, month), rule="year to")
    last = month_end(year, month)
    if match.group("day"):
        last = last.replace(day=min(int(match.group("day")) or 1, last.day))
    return _mention(match, at.months_until(last, count), rule="months to")


def _future(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 60) : match.start()]
    return (
        re.search(
            r"\b(?:will|could|would|may|might|expected|target|goal|plan|aim|can|should)\b", before
        )
        is not None
    )


@_rule(
    rf"\b(?:the\s+)?(?P<nth>first|second|third|fourth|1st|2nd|3rd|4th|opening)[\s-]+quarter{_OF_YEAR}?",
    re.IGNORECASE,
    needs="quarter|Q",
)
@_rule(
    rf"\b(?:Q(?P<q>[1-4])|(?P<qq>[1-4])Q)(?:[\s-]?(?P<near>\d\d)\b|{_OF_YEAR})?", needs="quarter|Q"
)
@_rule(rf"(?P<year>{_Y})[\s-]?Q(?P<q>[1-4])", needs="quarter|Q")
def _quarter(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    digit = groups.get("q") or groups.get("qq")
    number = int(digit) if digit else _ORDINALS[groups["nth"].lower()]
    word = groups.get("year") or ""
    if "fiscal" in word or "financial" in word or groups.get("split"):
        return _mention(match, _part_of_fiscal(groups, at, 3, number), rule="fiscal quarter")
    year = _part_year(groups, at, 3 * number)
    return _mention(match, Period.of_quarter(year, number) if year else None, rule="quarter")


@_rule(
    rf"\b(?:the\s+)?(?P<nth>first|second|1st|2nd)[\s-]+half(?:[\s-]year)?{_OF_YEAR}?",
    re.IGNORECASE,
    needs="half|H",
)
@_rule(rf"\b(?:H(?P<q>[12])|(?P<qq>[12])H)(?:[\s-]?(?P<near>\d\d)\b|{_OF_YEAR})?", needs="half|H")
def _half(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    digit = groups.get("q") or groups.get("qq")
    number = int(digit) if digit else _ORDINALS[groups["nth"].lower()]
    word = groups.get("year") or ""
    if "fiscal" in word or "financial" in word or groups.get("split"):
        return _mention(match, _part_of_fiscal(groups, at, 6, number), rule="fiscal half")
    year = _part_year(groups, at, 6 * number)
    return _mention(match, Period.of_half(year, number) if year else None, rule="half")


@_rule(
    rf"\b(?:the\s+)?first\s+(?P<count>two|three|2|3)\s+quarters{_OF_YEAR}?",
    re.IGNORECASE,
    needs="quarter",
)
def _quarters(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    last = 3 * _number(match.group("count"))
    year = _part_year(match.groupdict(), at, last)
    return _mention(match, Period.of_months(year, 1, last) if year else None, rule="quarters")


def _part_year(groups: dict[str, str | None], at: Reckoning, last_month: int) -> int | None:
    near = groups.get("near") or groups.get("short")
    if near:
        return 2000 + int(near)
    return _named_year(groups.get("year"), at, at.year_of_month(last_month))


def _part_of_fiscal(
    groups: dict[str, str | None], at: Reckoning, months: int, number: int
) -> Period | None:
    split, word = groups.get("split"), groups.get("year") or ""
    year = (
        at.split_year(int(split[:4]))
        if split
        else at.fiscal_now(-1 if word.startswith("last") else 0)
    )
    if year is None:
        return None
    serial = year.start.year * 12 + year.start.month - 1 + months * (number - 1)
    begin = date(serial // 12, serial % 12 + 1, 1)
    ending = serial + months - 1
    return Period.of_dates(begin, month_end(ending // 12, ending % 12 + 1))


@_rule(
    r"\bFY\s?'?(?P<first>\d{4}|\d\d)(?:[-/](?P<second>\d{4}|\d\d))?(?!\d)",
    re.IGNORECASE,
    needs="fisc|financial|fy|period",
)
@_rule(
    r"\b(?:fiscal|financial)(?:\s+year)?[\s-]+(?:of\s+)?(?P<first>(?:19|20)\d\d)(?:[-/](?P<second>\d{4}|\d\d))?(?!\d)",
    re.IGNORECASE,
    needs="fisc|financial|fy|period",
)
@_rule(
    r"(?<![\d.,-])(?P<first>(?:19|20)\d\d)(?:-|/|\s+to\s+)(?P<second>\d{4}|\d\d)\s+(?:fiscal|financial|period)(?:\s+year)?s?",
    re.IGNORECASE,
    needs="fisc|financial|fy|period",
)
@_rule(
    r"(?<![\d.,-])(?P<first>(?:19|20)\d\d)\s+(?:fiscal|financial)\s+year",
    re.IGNORECASE,
    needs="fisc|financial|fy|period",
)
def _fiscal(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    first = int(groups["first"])
    first += 2000 if first < 70 else 1900 if first < 100 else 0
    if groups.get("second"):
        return _mention(match, at.split_year(first), rule="fiscal year")
    return _mention(match, at.fiscal_year(first), rule="fiscal year")


@_rule(
    r"\b(?P<which>the\s+previous|previous|last|the\s+past|past|this|the\s+current|current|the\s+next|next)\s+(?:fiscal|financial)(?:\s+year)?\b",
    re.IGNORECASE,
    needs="fisc|financial",
)
def _fiscal_relative(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    which = match.group("which").lower()
    if "previous" in which:
        return _mention(match, None, Role.BEFORE, shift=1, rule="previous fiscal year")
    offset = 0 if "this" in which or "current" in which else 1 if "next" in which else -1
    return _mention(match, at.fiscal_now(offset), rule="fiscal year")


@_rule(r"(?<![\d.,-])(?P<first>(?:19|20)\d\d)[-/](?P<second>\d\d)(?![\d-]|\.\d)", needs="D")
def _split_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first, second = int(match.group("first")), int(match.group("second"))
    if (first + 1) % 100 == second:
        return _mention(match, at.split_year(first), rule="fiscal year")
    if second > first % 100:
        return _mention(match, Period.of_years(first, first // 100 * 100 + second), rule="years")
    return None


@_rule(
    rf"\b(?P<lead>from|between|over|during|in|for)?\s*(?:the\s+)?(?:years\s+|period\s+)?(?P<first>{_Y})\s?(?:-|to|and|through|until)\s?(?P<last>{_Y})(?!\s+(?:period|fiscal|financial))",
    re.IGNORECASE,
    needs="D",
)
def _years(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first, last = int(match.group("first")), int(match.group("last"))
    joined = match.string[match.end("first") : match.start("last")].strip().lower()
    if first > last or (joined == "and" and (match.group("lead") or "").lower() != "between"):
        return None
    return _mention(match, Period.of_years(first, last), rule="years")


@_rule(
    rf"\b(?P<lead>since|after)\s+(?:early\s+|late\s+|mid-?)?(?:the\s+year\s+)?(?P<year>{_Y})",
    re.IGNORECASE,
    needs="since|after",
)
def _since_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    year = int(match.group("year"))
    end = at.today or date(year, 12, 31)
    if end < date(year, 1, 1):
        return _mention(match, Period.of_year(year), rule="year")
    return _mention(
        match, Period.of_dates(date(year, 1, 1), end), Role.SINCE, year=year, rule="since"
    )


@_rule(rf"\bsince\s+(?P<month>{_M})\s+(?P<year>{_Y}|this\s+year|last\s+year)(?!\s?\d)", needs="M")
def _since_month(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    month = _month(match.group("month"))
    year = _named_year(match.group("year"), at, None)
    if year is None or at.today is None or at.today < date(year, month, 1):
        return _mention(match, None, Role.SINCE, rule="since")
    return _mention(
        match, Period.of_dates(date(year, month, 1), at.today), Role.SINCE, rule="since"
    )


@_rule(
    r"\bsince\s+then\b|\b(?:during|over|in)\s+(?:that|this|the)(?:\s+same)?\s+(?:time|period|years)\b(?!\s+(?:last|of|a\s+year|in|the\s+year))|\bover\s+th(?:at|e)\s+\w+(?:[\s-]+months?|\s+quarters)(?!\s+(?:of|to|in)\b)|\b(?:for|in|over)\s+(?:that|the\s+same|the)\s+(?:year|month|quarter|period)\b(?!\s+(?:last|of|a\s+year|in|the\s+year|earlier|to|before|as))|\bthat\s+(?:same\s+)?year\b|\bthe\s+same\s+year\b",
    re.IGNORECASE,
    needs="since|over|during|that|same|for|in",
)
def _same(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return _mention(match, None, Role.SAME, rule="period spoken of")


@_rule(
    rf"\b(?:as\s+of|as\s+at|at|by|until|till|through|to|up\s+to|from)?\s*(?:the\s+)?\b(?:end(?:\s+of|-|\s)|close\s+of|year-?end)\s?(?:the\s+year\s+)?(?P<year>{_Y}|this\s+year|last\s+year|the\s+year|the\s+(?:decade|century))",
    re.IGNORECASE,
    needs="end|close",
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
        year = _named_year(word, at, at.year)
    return _mention(match, Period.of_year(year) if year else None, Role.AS_OF, rule="end of year")


@_rule(
    r"\b(?:as\s+of|as\s+at)\s+(?:now|today|this\s+month)\b|\bto\s+date\b|\bso\s+far\b(?!\s+this\s+year)|\b(?:at\s+present|currently)\b",
    re.IGNORECASE,
    needs="now|today|date|far|present|current|this month",
)
def _now(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if at.today is None:
        return _mention(match, None, Role.AS_OF, rule="now")
    return _mention(match, Period.of_day(at.today), Role.AS_OF, rule="now")


@_rule(
    rf"\b(?:the\s+)?(?:same|corresponding|like|comparable|equivalent|identical|similar|year-earlier|year-ago|prior-year)\s+(?:\w+-month\s+|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|\d+)\s+)?"
    rf"(?P<what>periods?|months?|quarters?|time\s+span|half|time|span|timeframe|week)"
    rf"(?:,?\s+(?:of|in|a|the)?\s*(?P<year>{_Y}|last\s+year|(?:a\s+|the\s+)?(?:previous\s+year|year\s+(?:earlier|ago|before|previously)|preceding\s+year|prior\s+year|last\s+year)|the\s+year\s+before|one\s+year\s+(?:earlier|ago|before)|earlier|(?:the\s+)?previous\s+fiscal\s+year|last\s+fiscal\s+year|the\s+last\s+fiscal\s+year))",
    re.IGNORECASE,
    needs="same|corresponding|like|comparable|equivalent|identical|similar|year|prior|previous",
)
@_rule(
    r"\b(?:the\s+)?(?P<what>year-earlier|year-ago|prior-year|previous\s+year's)(?:\s+(?:periods?|months?|levels?|figures?|quarter|total))?",
    re.IGNORECASE,
    needs="same|corresponding|like|comparable|equivalent|identical|similar|year|prior|previous",
)
def _same_months(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    word = match.groupdict().get("year") or ""
    year = int(word) if word.isdigit() else None
    return _mention(match, None, Role.BEFORE, shift=1, year=year, rule="same months, other year")


@_rule(
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
    count = _number(match.group("count")) if match.group("count") else 1
    if step == "decade":
        step, count = "year", 10 * count
    if count > 1 and step == "year" and (match.group("which") or "").lower() in {"ago", "back"}:
        year = at.this_year(-count)
        return _mention(
            match,
            Period.of_year(year) if year else None,
            Role.BEFORE,
            shift=count,
            year=year,
            rule="years ago",
        )
    return _mention(match, None, Role.BEFORE, shift=count, step=step, rule="earlier")


@_rule(
    rf"\b(?:(?P<which>last|this|next)\s+)?(?P<season>spring|summer|autumn|winter)(?:\s+(?:of\s+)?(?P<year>{_Y}))?\b",
    needs="spring|summer|autumn|winter",
)
def _season(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if not match.group("which") and not match.group("year"):
        return None
    first = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[match.group("season")]
    last = (first + 1) % 12 + 1
    year = int(match.group("year")) if match.group("year") else at.year_of_month(last)
    if year is None:
        return _mention(match, None, rule="season")
    return _mention(match, at.months(year, first, last), rule="season")


@_rule(
    rf"\bin\s+(?:the\s+)?(?P<count>{_N})\s+months\b(?!\s+(?:of|to|ended|ending|through|until|from|since|earlier|ago|before)\b)",
    re.IGNORECASE,
    needs="month",
)
def _in_months(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    count = _number(match.group("count"))
    year = at.year_of_month(count) if count <= 12 else None
    return _mention(
        match, Period.of_months(year, 1, count) if year and count <= 12 else None, rule="in months"
    )


@_rule(
    r"\b(?P<which>last|this|next|(?:the\s+)?(?:past|current|present|coming|following))\s+year\b(?!'s\s+(?:end|level|figure))",
    re.IGNORECASE,
    needs="year",
)
def _relative_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    which = match.group("which").lower().removeprefix("the ")
    offset = {"last": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    year = at.this_year(offset)
    return _mention(match, Period.of_year(year) if year else None, rule="relative year")


@_rule(
    rf"\b(?:the\s+)?(?P<count>two|three|four)\s+quarters\s+to\s+(?:the\s+end\s+of\s+)?(?:Q(?P<q>[1-4])|the\s+(?P<nth>first|second|third|fourth)\s+quarter){_OF_YEAR}?",
    re.IGNORECASE,
    needs="quarter",
)
def _quarters_to(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    number = int(match.group("q") or 0) or _ORDINALS[match.group("nth").lower()]
    year = _part_year(match.groupdict(), at, 3 * number)
    if year is None:
        return _mention(match, None, rule="quarters to")
    last = month_end(year, 3 * number)
    return _mention(
        match, at.months_until(last, 3 * _number(match.group("count"))), rule="quarters to"
    )


@_rule(
    r"\b(?:the\s+)?(?:first\s+(?P<count>\d{1,2}|\w+)\s+months\s+of\s+)?(?:the\s+)?(?P<which>current|last|previous|this|past|present)?\s*(?:Iranian|Persian)\s+(?:calendar\s+|fiscal\s+)?year\b(?:\s+\d{4})?(?P<note>[^.;]{0,60}?(?P<year>(?:19|20)\d\d)\b\)?)?",
    re.IGNORECASE,
    needs="iranian|persian",
)
def _iranian_year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    iranian = replace(at, fiscal="IRN")
    back = (match.group("which") or "").lower() in {"last", "previous", "past"}
    period = iranian.fiscal_now(-1 if back else 0)
    note = (match.group("note") or "").lower()
    if match.group("year"):
        ends = re.search(r"\b(?:end|ended|ending|to)\b", note) is not None
        period = iranian.fiscal_year(int(match.group("year")) - ends, starts=True)
    count = match.group("count")
    if period is None or not count:
        return _mention(match, period, rule="Iranian year")
    if count.lower() not in _NUMBERS and not count.isdigit():
        return None
    return _mention(
        match, at.iranian_months(period.start, _number(count)), rule="months of the Iranian year"
    )


@_rule(
    r"\b(?:so\s+far\s+this\s+year|year[\s-]to[\s-]date|this\s+year\s+(?:so\s+far|to\s+date))\b",
    re.IGNORECASE,
    needs="year",
)
def _year_to_date(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if at.published is None or at.today is None:
        return _mention(match, None, rule="year to date")
    return _mention(
        match, Period.of_dates(date(at.today.year, 1, 1), at.today), rule="year to date"
    )


@_rule(
    r"\b(?P<which>last|this|the\s+(?:current|past|present))\s+(?P<step>month|quarter|half)\b",
    re.IGNORECASE,
    needs="month|quarter|half",
)
def _relative_month(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    if at.published is None:
        return _mention(match, None, rule="relative month")
    day = at.published.start
    back = match.group("which").lower() in {"last", "the past"}
    size = {"month": 1, "quarter": 3, "half": 6}[match.group("step").lower()]
    serial = (day.year * 12 + day.month - 1) // size * size - (size if back else 0)
    start = date(serial // 12, serial % 12 + 1, 1)
    last = serial + size - 1
    return _mention(
        match, Period.of_dates(start, month_end(last // 12, last % 12 + 1)), rule="relative month"
    )


@_rule(
    rf"\b(?:(?:over|in|during|for|within|through)\s+)?(?:the\s+)?(?P<which>last|past|recent|previous|next|coming|following)\s+(?P<count>{_N}|few|several|couple\s+of)?\s*(?P<step>years?|decades?)\b",
    re.IGNORECASE,
    needs="year|decade",
)
def _recent_years(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    word = (match.group("count") or "").lower()
    ahead = match.group("which").lower() in {"next", "coming", "following"}
    if word in {"few", "several", "couple of"} or (
        not word and match.group("step").lower() == "years"
    ):
        return _mention(match, None, Role.DEADLINE if ahead else Role.SPAN, rule="some years")
    count = _number(word) if word else 1
    count *= 10 if match.group("step").lower().startswith("decade") else 1
    if match.group("step").lower() == "year" and not word:
        return None
    if ahead:
        return _mention(match, at.coming_years(count), Role.DEADLINE, rule="coming years")
    return _mention(match, at.past_years(count), rule="past years")


@_rule(
    rf"\b(?:in|within)\s+(?:the\s+)?(?P<count>{_N})\s+years?(?:'\s+time)?(?!\s+(?:to|of|ago|from|since|earlier|ending|ended))\b",
    re.IGNORECASE,
    needs="year",
)
def _in_years(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return _mention(
        match, at.coming_years(_number(match.group("count"))), Role.DEADLINE, rule="in years"
    )


@_rule(
    r"\b(?:the\s+)?(?:(?P<part>early|mid|late)[\s-]+)?(?P<decade>(?:19|20)\d0)'?s\b",
    re.IGNORECASE,
    needs="0s|0's",
)
def _decade(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    first = int(match.group("decade"))
    return _mention(match, Period.of_years(first, first + 9), rule="decade")


@_rule(
    rf"(?:\b(?:(?:in|during|for)\s+)?(?P<part>early|mid|late)[\s-]+)?(?P<year>{_Y})(?!-(?:\d|[a-z])|'?s\b)",
    needs="D",
)
def _year(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    return _mention(match, Period.of_year(int(match.group("year"))), rule="year")


_LEAD = re.compile(
    r"(?:\b(?P<as_of>as\s+of|as\s+at|at\s+the\s+end\s+of|by\s+the\s+end\s+of|(?:by|at|through|to|until|till)\s+end[\s-](?:of\s+)?|up\s+to|until|till|end-|at\s+the\s+start\s+of)"
    r"|\b(?P<since>since)|\b(?:in|during|for|of|on|by|over|throughout|through|from|between|within|at|the))\s*(?:the\s+)?(?:year\s+|month\s+of\s+)?$",
    re.IGNORECASE,
)


_ANY_MONTH = re.compile(_M)
_ANY_DIGIT = re.compile(r"\d")


def _present(words: str) -> set[str]:
    """Which of the words that rules need stand in a text."""
    lower = words.lower()
    found = {word for word in _NEEDED if word in lower}
    found.update(mark for mark in ("Q", "H") if mark in words)
    if _ANY_MONTH.search(words):
        found.add("M")
    if _ANY_DIGIT.search(words):
        found.add("D")
    return found


_NEEDED = sorted({word for _, needs, _ in _RULES for word in needs} - {"M", "D", "Q", "H"})


def find_periods(
    text: str, start: int = 0, end: int | None = None, *, reckoning: Reckoning | None = None
) -> list[PeriodMention]:
    """The period mentions in ``text[start:end]`` (folded text), in order, no overlaps."""
    end = len(text) if end is None else end
    at = reckoning or Reckoning()
    found: list[PeriodMention] = []
    present = _present(text[start:end])
    for pattern, needs, handler in _RULES:
        if needs.isdisjoint(present):
            continue
        for match in pattern.finditer(text, start, end):
            mention = handler(match, at)
            if mention is not None:
                found.append(mention)
    return [_with_lead(text, m, start, at) for m in _longest(found)]


def _longest(found: list[PeriodMention]) -> list[PeriodMention]:
    kept: list[PeriodMention] = []
    for mention in sorted(found, key=lambda m: (m.core - m.end, m.core)):
        if all(mention.end <= k.core or mention.core >= k.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.core)


def _with_lead(text: str, mention: PeriodMention, floor: int, at: Reckoning) -> PeriodMention:
    """The preposition before it, which may change what it means."""
    match = _LEAD.search(text, max(floor, mention.core - 30), mention.core)
    if match is None:
        return mention
    mention = replace(mention, start=match.start())
    if mention.role is not Role.SPAN or mention.period is None:
        return mention
    if match.group("as_of"):
        return replace(mention, role=Role.AS_OF)
    if match.group("since") and at.today and at.today > mention.period.start:
        period = Period.of_dates(mention.period.start, at.today)
        return replace(mention, role=Role.SINCE, period=period, year=mention.period.start.year)
    return mention
