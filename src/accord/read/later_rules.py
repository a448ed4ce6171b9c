"""Later rules: "a year later", "seven years later", "the following month"."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.period import Period
from accord.read.period_mentions import COUNT, PeriodMention, Role, mention_of, number_of, rule_of
from accord.read.reckoning import Reckoning

__all__ = ["dated_on", "later_than"]


@rule_of(
    rf"\b(?P<count>{COUNT}|a)\s+(?P<unit>years?|decades?)\s+(?:later|afterwards|(?<=\ba\syear\s)on|(?<=\bone\syear\s)on)\b(?!\s+(?:year|the\s+year))|\b(?:the|in\s+the)\s+(?:following|next|succeeding|subsequent|ensuing)\s+year\b|\bthe\s+year\s+after\b(?!\s+(?:[A-Z]|the\b|its\b|it\b|they\b))",
    re.IGNORECASE,
    needs="later|on|afterwards|following|next|after",
)
def _year_later(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    count = number_of(match.group("count") or "one")
    decades = (match.group("unit") or "").lower().startswith("decade")
    return mention_of(match, None, shift=count * (10 if decades else 1), rule="a year later")


@rule_of(
    r"\b(?:in\s+)?the\s+(?:following|next|succeeding|subsequent|ensuing)\s+(?P<step>month|quarter)\b|\ba\s+(?P<later>month|quarter)\s+later\b",
    re.IGNORECASE,
    needs="month|quarter",
)
def _month_later(match: re.Match[str], at: Reckoning) -> PeriodMention | None:
    step = (match.group("step") or match.group("later")).lower()
    return mention_of(match, None, step=step, shift=1, rule="a year later")


def dated_on(found: list[PeriodMention]) -> list[PeriodMention]:
    """ "A year later" counts on from the period named before it, where there is one."""
    kept: list[PeriodMention] = []
    for mention in found:
        if mention.rule == "a year later":
            named = next(
                (m.period for m in reversed(kept) if m.period and m.role is Role.SPAN), None
            )
            if named is None:  # later than what was told before
                kept.append(replace(mention, role=Role.SAME))
                continue
            kept.append(replace(mention, period=later_than(named, mention)))
        else:
            kept.append(mention)
    return kept


def later_than(named: Period, mention: PeriodMention) -> Period:
    """The same period so many years later, or the month or quarter after it."""
    if mention.step == "year":
        return named.shifted(mention.shift)
    months = {"month": 1, "quarter": 3}[mention.step]
    return Period.of_month_run(named.end.year, named.end.month + 1, months)
