"""Rules for spans from one day or month to another, in a calendar or a fiscal year.

"Between 1 January and 31 May 2015", "from 1 April to 2 March of the current fiscal year",
"from April 1 last year to March 2017".
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from datetime import date

from accord.model.period import Period, month_end
from accord.read.period_mentions import (
    MONTH,
    YEAR,
    PeriodMention,
    mention_of,
    month_of,
    named_year,
    rule_of,
)
from accord.read.reckoning import Reckoning

__all__: list[str] = []


def _point(name: str) -> str:
    return (
        rf"(?:(?P<{name}_before>[0-3]?\d)(?:st|nd|rd|th)?(?:\s+of)?\s+)?(?P<{name}_month>{MONTH})(?:\s+(?P<{name}_after>[0-3]?\d)(?:st|nd|rd|th)?(?!\d))?"
        rf"(?:,?\s+(?:of\s+)?(?P<{name}_year>{YEAR}(?![-/]\d)|last\s+year|this\s+year))?"
    )


_SPLIT = r"(?:19|20)\d\d[-/](?:\d{4}|\d\d)"
_OF_FISCAL = rf"(?:,?\s+(?:of|in)\s+(?:the\s+)?(?:(?P<which>current|last|previous|this)\s+)?(?:(?P<split>{_SPLIT})\s+)?(?:fiscal|financial)(?:\s+years?)?(?:\s+(?P<named>{_SPLIT}))?(?:\s*\(FY\))?)?"


@rule_of(
    rf"\b(?:[Ff]rom|[Bb]etween|[Ss]ince)\s+{_point('first')}\s+(?:to|and|through|until|till)\s+(?:the\s+end\s+of\s+)?{_point('last')}{_OF_FISCAL}",
    needs="M",
)
def _between_days(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    groups = match.groupdict()
    days = [groups[f"{end}_before"] or groups[f"{end}_after"] for end in ("first", "last")]
    months = [month_of(groups["first_month"]), month_of(groups["last_month"])]
    if not any(days) and not (groups["first_year"] or "").endswith("year"):
        return None  # whole months have a rule of their own
    opened, closed = (months[0], int(days[0] or 1)), (months[1], int(days[1] or 28))
    years = _years(groups, at, opened, closed)
    if years is None:
        return mention_of(match, None, rule="dates")
    try:
        last = date(years[1], *closed) if days[1] else month_end(years[1], closed[0])
        period = Period.of_dates(date(years[0], *opened), last)
    except ValueError:
        return None
    return mention_of(match, period, rule="dates")


def _years(
    groups: dict[str, str | None], at: Reckoning, opened: tuple[int, int], closed: tuple[int, int]
) -> tuple[int, int] | None:
    """The years of the first and the last day."""
    over = int(opened > closed)
    split = groups["split"] or groups["named"]
    if split:
        return int(split[:4]), int(split[:4]) + over
    back = groups["which"] in {"last", "previous"}
    default = at.year_of_month(closed[0], day=closed[1])
    first = named_year(groups["first_year"], at, None)
    if groups["last_year"] is None and first is not None:
        return first, first + over
    last = named_year(groups["last_year"], at, default and default - back)
    if last is None:
        return None
    return (first if first is not None else last - over), last
