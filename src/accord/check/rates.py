"""Readings of a change: published rates, the other currency's rate, ratios of levels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from accord.check.ask import Ask
from accord.check.candidate import Candidate, Role, amount, source_of
from accord.check.levels import base_levels, by_difference
from accord.check.tolerance import Scale
from accord.check.vintage import Figure, growth_figures, vintages
from accord.model.flow import Direction
from accord.model.period import Period
from accord.model.statement import Statement
from accord.model.verdict import Reason

__all__ = ["Basis", "basis", "rate_candidates", "stated_currency", "stated_level_over_bases"]

_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_MONTH_BASE = re.compile(
    r"\b(?:previous|last|preceding|prior) (?:month|quarter)\b|month[- ]on|m/m|quarter[- ]on"
)
_PER_YEAR = re.compile(
    r"per (?:annum|year)|a year on average|annual(?:ly)?\b.*average|average", re.I
)
_YUAN = re.compile(r"\b(?:yuan|renminbi|rmb|cny)\b", re.IGNORECASE)
_DOLLAR = re.compile(
    r"\b(?:in|measured in|calculated in|counted in|expressed in)\s+"
    r"(?:us |u\.s\. |american )?dollars?\b|"
    r"dollar[- ](?:terms|denominated|based)|in usd\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\$|\bdollars?\b|\bUSD\b")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a change is measured against; ``yearly`` where published rates answer."""

    base: Period
    end: Period
    yearly: bool


def basis(statement: Statement) -> Basis | None:
    """The two periods that a change compares; None where the text leaves it open."""
    period, change = statement.period, statement.change
    if period is None or change is None:
        return None
    words = (change.base or "").lower()
    if _PER_YEAR.search(words):
        return None
    if period.start.year != period.end.year and period.months % 12 == 0 and period.months > 12:
        return Basis(Period.of_year(period.start.year), Period.of_year(period.end.year), False)
    if _MONTH_BASE.search(words):
        return _previous(period)
    year = _YEAR.search(words)
    if year and int(year.group()) < period.start.year:
        back = int(year.group()) - period.start.year
        return Basis(period.shifted(back), period, back == -1)
    return Basis(period.year_before, period, True)


def _previous(period: Period) -> Basis | None:
    months = period.months
    if months not in (1, 3):
        return None
    index = 12 * period.start.year + period.start.month - 1 - months
    year, month = divmod(index, 12)
    return Basis(Period.of_months(year, month + 1, month + months), period, False)


def stated_currency(statement: Statement, sentence: str) -> str | None:
    """The currency in which a rate is meant: said, implied by an amount beside it, or None."""
    if statement.change and statement.change.currency:
        return statement.change.currency
    for text in (statement.quote, sentence):
        if _DOLLAR.search(text):
            return "USD"
        if _YUAN.search(text):
            return "CNY"
    return "USD" if _MONEY.search(sentence) else None


def rate_candidates(ask: Ask, on: Basis, *, scale: str, currency: str | None) -> list[Candidate]:
    """All ways in which one side's statistics answer for a change.

    Values are percent, or ratios new ÷ old where ``scale`` is a multiple.
    """
    here = ask.at(on.end)
    published = list(_published(here, currency)) if on.yearly else []
    # a published rate in either currency leaves the ratio of levels a secondary reading
    ratios = _ratios(ask, on, secondary=bool(published) or not ask.side.primary)
    found = [*published, *ratios]
    return [_as_multiple(c) for c in found] if scale == Scale.MULTIPLE else found


def _published(ask: Ask, currency: str | None) -> Iterator[Candidate]:
    if ask.side.direction is Direction.BALANCE:
        return
    rows = ask.flows()
    by_currency = {
        code: growth_figures(rows, currency=code)
        for code in {f.growth_currency or "USD" for f in rows if f.growth_pct is not None}
    }
    meant = _meant(currency, by_currency)
    for code in sorted(by_currency, key=lambda c: (c != meant, c)):
        yield from _one_currency(ask, by_currency[code], code, other=code != meant)


def _meant(currency: str | None, by_currency: dict[str, list[Figure]]) -> str:
    if currency is not None:
        return currency
    # nothing said: dollars if the record has a dollar rate, else the only rate published
    return "USD" if "USD" in by_currency or not by_currency else min(by_currency)


def _one_currency(
    ask: Ask, figures: list[Figure], code: str, *, other: bool
) -> Iterator[Candidate]:
    seen = vintages(figures, ask.case.as_of, institution=ask.case.institution)
    side = ask.side
    if seen.primary is not None:
        role, reason = Role.PRIMARY, None
        if other:
            role, reason = Role.SECONDARY, Reason.OTHER_CURRENCY_RATE
        elif not side.primary:
            role, reason = Role.SECONDARY, Reason.PARTNER_STATISTICS
        elif seen.conflicting:
            role, reason = Role.SECONDARY, Reason.CONFLICTING_ROWS
        yield _rate(ask, seen.primary, code, role, reason, later=seen.later)
    for figure in (*seen.others, *seen.undated):
        reason = Reason.OTHER_CURRENCY_RATE if other else Reason.OTHER_VINTAGE
        if not side.primary:
            reason = Reason.PARTNER_STATISTICS
        yield _rate(ask, figure, code, Role.SECONDARY, reason)


def _rate(
    ask: Ask, figure: Figure, code: str, role: Role, reason: Reason | None, *, later: bool = False
) -> Candidate:
    terms = " in yuan" if code == "CNY" else ""
    what = "published rate" if reason is None else reason.value.replace("_", " ")
    return Candidate(
        name=f"{ask.side.reporter}'s statistics, {what}{terms}",
        computed=figure.value,
        unit="percent",
        role=role,
        arithmetic=f"{amount(figure.value, 'percent')}{terms} ({source_of(figure)})",
        rows=(figure.flow,),
        reason=reason,
        later=later,
        precision=figure.precision,
        resolution=figure.resolution,
        own_side=ask.side.primary,
    )


def _ratios(ask: Ask, on: Basis, *, secondary: bool) -> list[Candidate]:
    """Level over level; every release above every release below."""
    above = [c for c in base_levels(ask.at(on.end)) if c.own_side == ask.side.primary]
    below = [c for c in base_levels(ask.at(on.base)) if c.own_side == ask.side.primary]
    found = []
    for a in above:
        for b in below:
            if b.computed == 0 or Role.SHOWN in (a.role, b.role):
                continue
            in_force = a.role is b.role is Role.PRIMARY and not secondary
            found.append(_ratio(ask, a, b, in_force=in_force))
    return found


def _ratio(ask: Ask, above: Candidate, below: Candidate, *, in_force: bool) -> Candidate:
    value = 100 * (abs(above.computed) / abs(below.computed) - 1)
    indicative = Role.INDICATIVE in (above.role, below.role)
    role = Role.PRIMARY if in_force else Role.INDICATIVE if indicative else Role.SECONDARY
    reason = None if in_force else Reason.RATIO_TO_FIRST_BASE
    if not ask.side.primary and reason:
        reason = Reason.PARTNER_STATISTICS
    return Candidate(
        name=f"{ask.side.reporter}'s statistics, ratio of levels"
        + ("" if in_force else " as published (the base may have been revised)"),
        computed=value,
        unit="percent",
        role=role,
        arithmetic=f"{above.arithmetic} ÷ {below.arithmetic} = {amount(value, 'percent')}",
        rows=(*above.rows, *below.rows),
        reason=reason,
        later=above.later,
        own_side=ask.side.primary,
    )


def _as_multiple(candidate: Candidate) -> Candidate:
    return replace(
        candidate,
        computed=1 + candidate.computed / 100,
        unit=Scale.MULTIPLE,
        resolution=candidate.resolution / 100,
    )


def stated_level_over_bases(ask: Ask, on: Basis, level: Statement) -> list[Candidate]:
    """Where a stated rate comes from: the level that the text itself gives over each base.

    These readings decide nothing: the document is no evidence for itself.
    """
    if level.value is None or not on.yearly:
        return []
    there = ask.at(on.base)
    found = []
    for base in (*base_levels(there), *by_difference(there)):
        if base.computed <= 0:
            continue
        value = 100 * (level.value / base.computed - 1)
        stated = amount(level.value, ask.currency)
        found.append(
            Candidate(
                name="the document's own level over the base as published",
                computed=value,
                unit="percent",
                role=Role.SHOWN,
                arithmetic=f"{stated} (the document) ÷ {base.arithmetic} = "
                f"{amount(value, 'percent')}",
                rows=base.rows,
                own_side=ask.side.primary,
            )
        )
    return found
