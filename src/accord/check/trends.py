"""Against the trend: a product that grows while the whole does not.

"Growing contrary to the general trend" compares two growth rates over one period:
the product's and the total's between the same parties (and the reporter's with the
world). Without a stated period every recent one is shown, and none is chosen.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from accord.check.absent import absent, nearest_rows
from accord.check.ask import WORLD, Case
from accord.check.candidate import amount, cite
from accord.check.products import ALL
from accord.check.reduce import unverifiable
from accord.check.vintage import growth_figures, vintages
from accord.model.flow import Direction, Flow
from accord.model.period import Period
from accord.model.verdict import Outcome, Reading, Reason, Verdict

__all__ = ["counter_trend", "is_counter_trend"]

_CUE = re.compile(
    r"(?:contrary to|against|despite|in spite of|bucking|bucked|defying|defied|counter to|"
    r"notwithstanding|unlike)\s+(?:the|a|this|that|an)?\s*"
    r"(?:general|overall|wider|broader|common|prevailing|downward|global)?\s*"
    r"(?:trend|tendency|decline|downturn|slump|fall|drop)|counter-?trend",
    re.IGNORECASE,
)
_RECENT = timedelta(days=550)  # without a period: what a reader takes for "now", 18 months


def is_counter_trend(case: Case) -> bool:
    """Whether the statement sets a product's growth against the general trend."""
    s = case.statement
    if s.change is None or s.change.value is not None or s.change.direction is None:
        return False
    return bool(_CUE.search(s.quote) or _CUE.search(case.sentence))


def counter_trend(case: Case, product: str | None) -> Verdict:
    """Compare the product's growth with the total's, period by period."""
    s = case.statement
    if not s.reporter or not s.partner:
        return unverifiable(
            Reason.AMBIGUOUS_PARTY,
            "The text does not say which two parties are meant.",
            settled_by="the names of both parties",
        )
    if product is None:
        return absent(case, product)
    rows = _growth_rows(case, product)
    readings = [r for period in _periods(case, rows) for r in _compare(case, rows, period)]
    usable = [r for r in readings if _in_reach(case, r)]
    readings += _of_period_spoken_of(case, product, rows)
    if not usable:
        return replace(
            unverifiable(
                Reason.NO_COVERAGE,
                _no_row_words(case, product),
                settled_by="growth of the product and of all trade over one named period",
            ),
            readings=tuple(readings),
            evidence=tuple(cite(case, f) for f in nearest_rows(case, product)),
        )
    return _judge(case, readings, usable)


def _judge(case: Case, readings: list[Reading], usable: list[Reading]) -> Verdict:
    agreeing = [r for r in usable if r.agrees][::-1]  # the latest period first
    shown = "; ".join(r.arithmetic for r in readings)
    evidence = tuple(e for r in (agreeing or usable)[:2] for e in r.evidence)
    if case.statement.period is None:
        outcome = Outcome.IMPRECISE if agreeing else Outcome.UNVERIFIABLE
        words = f"No period is stated. Readings: {shown}."
        reason: Reason | None = Reason.AMBIGUOUS_PERIOD
    else:
        all_agree = len(agreeing) == len(usable)
        outcome = Outcome.SUPPORTED if all_agree else Outcome.IMPRECISE
        reason = None if all_agree else Reason.NEAR_MISS
        words = f"Readings: {shown}."
    return Verdict(
        outcome=outcome,
        reason=reason,
        explanation=words,
        computed=(agreeing or usable)[0].computed,
        unit="percent",
        tolerance="the product's growth against that of all trade",
        evidence=evidence,
        readings=tuple(readings),
        settled_by="the period meant" if case.statement.period is None else None,
    )


def _growth_rows(case: Case, product: str) -> list[Flow]:
    s = case.statement
    assert s.reporter
    assert s.partner
    both = [s.reporter, s.partner]
    rows = case.facts.flows(reporters=both, partners=both, products=[product])
    return [f for f in rows if f.growth_pct is not None and not f.doubtful]


def _periods(case: Case, rows: list[Flow]) -> list[Period]:
    s = case.statement
    if s.period is not None:
        return [s.period]
    day = case.day or date.max
    recent = {f.period for f in rows if case.day is None or abs(f.period.end - day) <= _RECENT}
    return sorted(recent)


def _of_period_spoken_of(case: Case, product: str, rows: list[Flow]) -> list[Reading]:
    """The trend over the period of the figure before it: the text may mean that one."""
    s = case.statement
    if s.period is not None:
        return []
    before = [o.period for o in case.siblings if o.period is not None and o.start < s.start]
    period = before[-1] if before else None
    if period is None or any(f.period.same_days(period) for f in rows):
        return []
    assert s.reporter
    assert s.partner
    trend = [
        flow
        for partner in (s.partner, WORLD)
        if (flow := _all_trade(case, s.reporter, partner, period)) is not None
    ]
    if not trend:
        return []
    shown = ", ".join(_named(flow) for flow in trend)
    reading = Reading(
        name=f"{product}, {period}",
        computed=None,
        unit="percent",
        primary=False,
        agrees=False,
        arithmetic=f"{period}: no row of {product}; {shown}",
        evidence=tuple(cite(case, flow) for flow in trend),
    )
    return [reading]


def _all_trade(case: Case, reporter: str, partner: str, period: Period) -> Flow | None:
    found = case.facts.flows(
        reporters=[reporter],
        partners=[partner],
        directions=[Direction.TOTAL],
        products=[ALL],
        overlapping=period,
    )
    same = [f for f in found if f.period.same_days(period)]
    seen = vintages(growth_figures(same, currency="USD"), case.as_of)
    return seen.primary.flow if seen.primary else None


def _in_reach(case: Case, reading: Reading) -> bool:
    """Whether a reading was possible when the document appeared."""
    return not all(e.later for e in reading.evidence) or not reading.evidence


def _compare(case: Case, rows: list[Flow], period: Period) -> list[Reading]:
    found = []
    here = [f for f in rows if f.period.same_days(period)]
    for direction in (Direction.TOTAL, Direction.IMPORT, Direction.EXPORT):
        mine = vintages(growth_figures(f for f in here if f.direction is direction), case.as_of)
        if mine.primary is not None:
            found.append(_reading(case, mine.primary.flow, period))
    return found


def _reading(case: Case, flow: Flow, period: Period) -> Reading:
    total = _general(case, flow, period)
    growth = flow.growth_pct or 0.0
    up = case.statement.change is not None and case.statement.change.direction == "up"
    against = [g for g in total if g.growth_pct is not None and (g.growth_pct <= 0) == up]
    agrees = (growth > 0) == up and bool(against)
    trend = ", ".join(_named(g) for g in total) or "the general trend is not on record"
    return Reading(
        name=f"{flow.product}, {period}",
        computed=growth,
        unit="percent",
        primary=case.statement.period is not None,
        agrees=agrees,
        arithmetic=f"{period}: {flow.direction} of {flow.product} {amount(growth, 'percent')}, "
        f"{trend}",
        evidence=tuple(cite(case, f) for f in (flow, *total)),
    )


def _named(flow: Flow) -> str:
    what = "all trade" if flow.direction is Direction.TOTAL else f"all {flow.direction}s"
    where = "with the world" if flow.partner == WORLD else f"with {flow.partner}"
    return f"{what} {where} {amount(flow.growth_pct or 0.0, 'percent')}"


def _general(case: Case, flow: Flow, period: Period) -> list[Flow]:
    """The trend: all goods in the same direction and in total, with the partner."""
    found = []
    for direction in dict.fromkeys((flow.direction, Direction.TOTAL)):
        rows = case.facts.flows(
            reporters=[flow.reporter],
            partners=[flow.partner],
            directions=[direction],
            products=[ALL],
            overlapping=period,
        )
        same = [f for f in rows if f.period.same_days(period)]
        seen = vintages(growth_figures(same, currency=flow.growth_currency), case.as_of)
        if seen.primary is not None:
            found.append(seen.primary.flow)
    return found


def _no_row_words(case: Case, product: str) -> str:
    rows = nearest_rows(case, product)
    near = "; ".join(f"{f.period} ({f.release.dated})" for f in rows)
    return f"The record holds no growth of {product} near the document's date. Nearest: {near}."
