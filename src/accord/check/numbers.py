"""Figures, growth and shares: plan, readings, verdict."""

from __future__ import annotations

from dataclasses import replace

from accord.check.absent import absent, no_rate
from accord.check.ask import DIRECTIONS, Ask, Case, Side
from accord.check.candidate import Candidate, Role
from accord.check.currencies import answers_in, converted, not_in_currency, series_currency
from accord.check.levels import level_candidates, sides
from accord.check.products import SERVICES, record_product
from accord.check.publishers import plain_names
from accord.check.rates import (
    Basis,
    basis,
    rate_candidates,
    stated_currency,
    stated_level_over_bases,
)
from accord.check.reduce import decide, unverifiable
from accord.check.second_looks import look_again
from accord.check.shares import share_candidates, whole_is_named
from accord.check.tolerance import Scale, level_tolerance, rate_tolerance
from accord.check.trends import counter_trend, is_counter_trend
from accord.model.flow import Direction
from accord.model.statement import Kind, Measure
from accord.model.verdict import Outcome, Reason, Verdict

__all__ = ["asks_of", "check_number"]

_CURRENCIES = ("USD", "CNY")


def check_number(case: Case) -> Verdict:
    """Judge a figure, a growth or a share."""
    if is_counter_trend(case):
        return counter_trend(case, product_of(case))
    refused = _refuse(case)
    if refused is not None:
        return refused
    return look_again(case, _by_kind(case), _by_kind)


def _by_kind(case: Case) -> Verdict:
    if case.statement.kind is Kind.SHARE:
        return _share(case)
    if case.statement.change is not None and case.statement.value is None:
        return _growth(case)
    return _level(case)


def product_of(case: Case) -> str | None:
    """The record's product for the statement; None if it has none of that name."""
    s = case.statement
    if s.measure is Measure.SERVICES_TRADE:
        return SERVICES
    assert s.reporter is not None
    assert s.partner is not None
    return record_product(s.commodity, case.facts.products((s.reporter, s.partner)))


def asks_of(case: Case, product: str, *, currency: str = "USD") -> list[Ask]:
    """The cells to look up, the side whose statistics are meant first.

    A named publisher makes that side primary. Without one any side that reports may
    be meant, so both are.
    """
    s = case.statement
    assert s.reporter
    assert s.partner
    assert s.measure
    assert s.period
    own, partner = sides(s.reporter, s.partner, DIRECTIONS[s.measure])
    chosen: list[Side] = [own, partner]
    if case.publisher == s.partner:
        chosen = [replace(partner, primary=True), replace(own, primary=False)]
    elif case.publisher is None:
        chosen = [own, replace(partner, primary=True)]
    if case.institution:
        chosen = [replace(side, primary=True) for side in chosen]
    return [Ask(case, side, product, s.period, currency) for side in chosen]


def _refuse(case: Case) -> Verdict | None:
    """The abstentions that need no look into the record, or only at its products."""
    s = case.statement
    if not s.reporter or not s.partner or s.reporter == s.partner:
        return unverifiable(
            Reason.AMBIGUOUS_PARTY,
            "The text does not say which two parties are meant.",
            settled_by="the names of both parties",
        )
    if s.measure not in DIRECTIONS:
        what = (s.measure.value if s.measure else "this measure").replace("_", " ")
        return unverifiable(
            Reason.NO_SERIES,
            f"The record holds no series of {what}.",
            settled_by=f"a source for {what} between {s.reporter} and {s.partner}",
        )
    if s.value is None and s.change is None:
        return unverifiable(
            Reason.NO_COVERAGE,
            "The text gives no number that could be compared.",
            settled_by="a figure",
        )
    return _refuse_unit(case) or _refuse_period(case)


def _refuse_unit(case: Case) -> Verdict | None:
    s = case.statement
    if s.kind is Kind.GROWTH or s.value is None or s.unit == "percent":
        return None
    unit = (s.unit or "").upper()
    if unit in _CURRENCIES:
        return None
    if len(unit) == 3 and unit.isalpha() and s.unit == unit:
        return None if answers_in(case, unit) else no_rate(case, unit)
    return unverifiable(
        Reason.NO_SERIES,
        f"The record holds no figures in {s.unit or 'this unit'} for it.",
        settled_by=f"a source that counts in {s.unit or 'this unit'}",
    )


def _refuse_period(case: Case) -> Verdict | None:
    s = case.statement
    if s.period is not None:
        return None
    if product_of(case) is None:
        return absent(case, None)
    return unverifiable(
        Reason.AMBIGUOUS_PERIOD,
        "The text gives no period.",
        settled_by="the period meant",
    )


def _level(case: Case) -> Verdict:
    s = case.statement
    product = product_of(case)
    if product is None:
        return absent(case, product)
    currency = (s.unit or "USD").upper()
    asks = asks_of(case, product, currency=currency)
    candidates = [c for ask in asks for c in level_candidates(ask)]
    if currency == "USD":
        candidates += _wrong_unit(case, product)
    others = converted(asks, currency) if currency not in _CURRENCIES else []
    verdict = decide(case, candidates + others, level_tolerance(s))
    if verdict is None and others and not candidates:
        return not_in_currency(others, currency)
    return verdict or absent(case, product, candidates)


def _wrong_unit(case: Case, product: str) -> list[Candidate]:
    """A yuan amount printed with a dollar sign: the row says the number, in another currency."""
    s = case.statement
    tolerance = level_tolerance(s)
    found = []
    for ask in asks_of(case, product, currency="CNY"):
        for candidate in level_candidates(ask):
            if candidate.role is Role.PRIMARY and tolerance.agrees(candidate.computed):
                # about seven yuan to the dollar in all years on record
                found.append(
                    replace(
                        candidate,
                        name=f"{candidate.name}, in yuan",
                        computed=candidate.computed / _YUAN_PER_DOLLAR,
                        unit="USD",
                        arithmetic=f"{candidate.arithmetic}: yuan, not dollars",
                    )
                )
    return found


_YUAN_PER_DOLLAR = 7.0  # only to show the order of magnitude of a wrong unit


def _growth(case: Case) -> Verdict:
    s = case.statement
    assert s.change is not None
    product = product_of(case)
    if product is None:
        return absent(case, product)
    if s.change.unit not in (None, "percent", "times"):
        return _absolute_change(case, product)
    on = basis(s)
    tolerance = rate_tolerance(s)
    if on is None or tolerance is None:
        return unverifiable(
            Reason.AMBIGUOUS_PERIOD,
            "The text does not say against which period the change is measured.",
            settled_by="the base period of the change",
        )
    candidates = _rates(case, product, on, tolerance.scale)
    return decide(case, candidates, tolerance) or absent(case, product, candidates)


def _rates(case: Case, product: str, on: Basis, scale: str) -> list[Candidate]:
    currency = stated_currency(case.statement, case.sentence)
    found: list[Candidate] = []
    levels_in = currency or series_currency(case, product, on.end)
    for ask in asks_of(case, product, currency="USD" if levels_in == "CNY" else levels_in):
        found += rate_candidates(ask, on, scale=scale, currency=currency)
    level = _level_beside(case)
    if level is not None and scale == Scale.RATE:
        found += stated_level_over_bases(asks_of(case, product)[0], on, level)
    return found


def _level_beside(case: Case):  # type: ignore[no-untyped-def]
    s = case.statement
    for other in case.siblings:
        same = (other.measure, other.period, other.commodity) == (s.measure, s.period, s.commodity)
        if other.kind is Kind.FIGURE and other.unit == "USD" and same and _same_pair(other, s):
            return other
    return None


def _same_pair(a: object, b: object) -> bool:
    return {a.reporter, a.partner} == {b.reporter, b.partner}  # type: ignore[attr-defined]


def _absolute_change(case: Case, product: str) -> Verdict:
    """ "Up by 5 bn dollars": the difference of two levels."""
    s = case.statement
    on = basis(s)
    assert s.change is not None
    if s.change.unit not in _CURRENCIES or on is None or s.change.value is None:
        return unverifiable(
            Reason.NO_SERIES,
            f"A change in {s.change.unit} cannot be computed from the record.",
            settled_by="a series in that unit",
        )
    sign = -1 if s.change.direction == "down" else 1
    stated = replace(s, value=s.change.value, unit=s.change.unit, change=None)
    candidates = []
    for ask in asks_of(case, product, currency=s.change.unit):
        above = [c for c in level_candidates(ask.at(on.end)) if c.role is not Role.INDICATIVE]
        below = [c for c in level_candidates(ask.at(on.base)) if c.role is not Role.INDICATIVE]
        candidates += [
            replace(
                a,
                computed=sign * (abs(a.computed) - abs(b.computed)),
                arithmetic=f"{a.arithmetic} − {b.arithmetic}",
                rows=(*a.rows, *b.rows),
                role=a.role if a.role is b.role else Role.SECONDARY,
                reason=a.reason or b.reason or Reason.OTHER_VINTAGE,
                resolution=max(a.resolution, b.resolution),
            )
            for a in above
            for b in below
        ]
    verdict = decide(case, candidates, level_tolerance(stated))
    return verdict or absent(case, product, candidates)


def _share(case: Case) -> Verdict:
    s = case.statement
    product = product_of(case)
    if product is None:
        return absent(case, product)
    assert s.reporter
    assert s.partner
    assert s.measure
    assert s.period
    direction = DIRECTIONS[s.measure]
    if direction is Direction.BALANCE or s.value is None:
        return absent(case, product)
    own, _ = sides(s.reporter, s.partner, direction)
    candidates = share_candidates(Ask(case, own, product, s.period), s.of)
    verdict = decide(case, candidates, level_tolerance(s))
    if verdict is not None and verdict.outcome is Outcome.CONTRADICTED:
        names = tuple(w for code in (s.reporter, s.partner) for w in plain_names(code))
        if not whole_is_named(f"{s.quote} {s.of or ''}", partner_words=names):
            return unverifiable(
                Reason.NO_SERIES,
                "The text does not say clearly of which whole this is a share.",
                settled_by="the whole that the share is of",
            )
    return verdict or absent(case, product, candidates)
