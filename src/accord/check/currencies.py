"""Amounts in currencies other than the dollar and the yuan, as far as the record has them.

A series in the statement's own currency answers for it like any other. Without one a
dollar series converted at a loaded rate shows the order of magnitude: customs convert
month by month, so that it can make a statement imprecise and never contradict it.
"""

from __future__ import annotations

from dataclasses import replace

from accord.check.ask import Ask, Case
from accord.check.candidate import Candidate, Role, amount
from accord.check.levels import level_candidates
from accord.check.reduce import unverifiable
from accord.model.period import Period
from accord.model.verdict import Reason, Verdict

__all__ = ["answers_in", "converted", "not_in_currency", "series_currency"]

DOLLAR = "USD"


def answers_in(case: Case, currency: str) -> bool:
    """Whether a series in the currency, or a rate to convert one, covers the statement."""
    period = case.statement.period
    if period is None:
        return False
    return currency in _currencies(case, "all", period) or _rate(case, currency, period) is not None


def series_currency(case: Case, product: str, period: Period) -> str:
    """The currency of the pair's series: dollars where there are any, else the only one."""
    found = _currencies(case, product, period)
    return next(iter(found)) if len(found) == 1 else DOLLAR


def converted(asks: list[Ask], currency: str) -> list[Candidate]:
    """Dollar levels at the loaded rate of the period."""
    found = []
    for ask in asks:
        rate = _rate(ask.case, currency, ask.period)
        if rate is None:
            continue
        for candidate in level_candidates(replace(ask, currency=DOLLAR)):
            found.append(_at_rate(candidate, currency, *rate))
    return found


def not_in_currency(candidates: list[Candidate], currency: str) -> Verdict:
    """Only converted figures are there, and they do not agree."""
    shown = f": {candidates[0].arithmetic}" if candidates else ""
    return unverifiable(
        Reason.NO_SERIES,
        f"The record holds no figures in {currency} for it, and converted dollars decide "
        f"nothing{shown}.",
        settled_by=f"a source that counts in {currency}",
    )


def _at_rate(candidate: Candidate, currency: str, rate: float, release: str) -> Candidate:
    value = candidate.computed * rate
    return replace(
        candidate,
        name=f"{candidate.name}, converted",
        computed=value,
        unit=currency,
        role=Role.INDICATIVE,
        arithmetic=f"{candidate.arithmetic} × {rate:.5g} {currency} to the dollar ({release}) "
        f"= {amount(value, currency)}",
        reason=Reason.COARSER_PRECISION,
        resolution=candidate.resolution * rate,
    )


def _currencies(case: Case, product: str, period: Period) -> set[str]:
    s = case.statement
    parties = [p for p in (s.reporter, s.partner) if p]
    rows = case.facts.flows(
        reporters=parties, partners=parties, products=[product], overlapping=period
    )
    return {flow.currency for flow in rows if flow.value is not None}


def _rate(case: Case, currency: str, period: Period) -> tuple[float, str] | None:
    return case.facts.exchange_rate(currency, period)
