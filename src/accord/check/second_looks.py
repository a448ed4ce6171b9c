"""Before a number is called wrong: do the words beside it say that another was meant?

A label from reading can be off: the direction, the period, the product, whose balance
it is. Each look is tried only where words of the text point that way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from accord.check.ask import DIRECTIONS, Case
from accord.check.levels import sides
from accord.check.products import product_named_in
from accord.check.publishers import plain_names, polities_named
from accord.check.reduce import unverifiable
from accord.check.tolerance import Scale, level_tolerance, rate_tolerance
from accord.model.flow import Flow
from accord.model.statement import Measure
from accord.model.verdict import Outcome, Reason, Verdict

__all__ = ["look_again"]

Judge = Callable[[Case], Verdict]


def look_again(case: Case, verdict: Verdict, judge: Judge) -> Verdict:
    """The verdict, or what stands in its place where the text may mean something else."""
    agreed = (Outcome.SUPPORTED, Outcome.IMPRECISE)
    if verdict.outcome is not Outcome.SUPPORTED:
        verdict = _the_other_way(case, judge) or _of_both_ways(case, judge) or verdict
    if verdict.outcome is Outcome.CONTRADICTED:
        looks = (
            _whose_balance(case, judge),
            _which_direction(case, judge),
            _of_part_of_year(case),
            _of_another_pair(case),
        )
        verdict = next((look for look in looks if look), verdict)
    if verdict.outcome in agreed or case.statement.commodity:
        return verdict
    return _of_product_named(case, verdict, judge) or verdict


_OTHER_WAY = re.compile(
    r"\b(?:(?:in|by) return|(?:the )?(?:opposite|reverse|other) (?:direction|flow|way)|"
    r"(?:flows?|goods|shipments|deliveries|traffic) back|vice versa|conversely)\b",
    re.IGNORECASE,
)
_REVERSED = {Measure.EXPORTS: Measure.IMPORTS, Measure.IMPORTS: Measure.EXPORTS}


def _the_other_way(case: Case, judge: Judge) -> Verdict | None:
    """ "The flow the other way was …": exports and imports change places."""
    s = case.statement
    words = case.document.text[max(0, s.start - _NEAR) : s.end + _NEAR // 2]
    reverse = _REVERSED.get(s.measure) if s.measure else None
    if reverse is None or not (_OTHER_WAY.search(words) or _OTHER_WAY.search(s.quote)):
        return None
    verdict = judge(replace(case, statement=replace(s, measure=reverse)))
    return verdict if verdict.outcome is Outcome.SUPPORTED else None


_OUT = re.compile(r"\b(?:sold|sells?|export\w*|shipped|shipments?|sales|deliver\w*)\b", re.I)
_IN = re.compile(r"\b(?:bought|buys?|import\w*|purchase[sd]?)\b", re.I)


def _which_direction(case: Case, judge: Judge) -> Verdict | None:
    """ "Sold more than it bought there: $97.5 billion": both directions stand beside it."""
    s = case.statement
    reverse = _REVERSED.get(s.measure) if s.measure else None
    if reverse is None or not (_OUT.search(s.quote) and _IN.search(s.quote)):
        return None
    if judge(replace(case, statement=replace(s, measure=reverse))).outcome is not Outcome.SUPPORTED:
        return None
    return unverifiable(
        Reason.AMBIGUOUS_PARTY,
        "The words speak of both directions: of the other it would agree.",
        settled_by="whose purchase it is",
    )


_PART_OF_YEAR = re.compile(
    r"\b(?:quarter|half|(?<!twelve )(?<!12 )months?|january|february|march|"
    r"april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def _of_part_of_year(case: Case) -> Verdict | None:
    """A figure read for a year that agrees with a part of it, of which the text speaks."""
    s = case.statement
    if s.period is None or s.period.months != 12 or not _PART_OF_YEAR.search(case.sentence):
        return None
    for row in _overlapping(case):
        if row.period.months < 12 and _says(case, row):
            return unverifiable(
                Reason.AMBIGUOUS_PERIOD,
                f"It is not what is on record for {s.period}, but agrees with {row.period}, "
                "and the text speaks of a part of the year.",
                settled_by="the period meant",
            )
    return None


def _overlapping(case: Case) -> list[Flow]:
    """The rows of either side on the same thing, whatever part of the period they cover."""
    s = case.statement
    assert s.reporter
    assert s.partner
    assert s.measure
    found: list[Flow] = []
    for side in sides(s.reporter, s.partner, DIRECTIONS[s.measure]):
        found += case.facts.flows(
            reporters=[side.reporter],
            partners=[side.partner],
            directions=[side.direction],
            products=["all"],
            overlapping=s.period,
        )
    return found


def _says(case: Case, row: Flow) -> bool:
    """Whether a row gives the stated number."""
    s = case.statement
    if s.value is not None:
        return row.value is not None and level_tolerance(s).agrees(row.value)
    tolerance = rate_tolerance(s)
    if tolerance is None or tolerance.scale != Scale.RATE or row.growth_pct is None:
        return False
    return tolerance.agrees(row.growth_pct)


_BOTH_WAYS = re.compile(
    r"\b(?:two-way|both (?:directions|ways)|to and fro|turnover|combined|bilateral total)\b", re.I
)
_NEAR = 40


def _of_both_ways(case: Case, judge: Judge) -> Verdict | None:
    """Where exports or imports do not agree: do the words beside speak of the total?"""
    s = case.statement
    if s.measure not in (Measure.EXPORTS, Measure.IMPORTS):
        return None
    words = case.document.text[max(0, s.start - _NEAR) : s.end]
    if not _BOTH_WAYS.search(words) and not _BOTH_WAYS.search(s.quote):
        return None
    total = replace(case, statement=replace(s, measure=Measure.TOTAL_TRADE))
    verdict = judge(total)
    return verdict if verdict.outcome is Outcome.SUPPORTED else None


def _whose_balance(case: Case, judge: Judge) -> Verdict | None:
    """ "Was left with a deficit of …": where the words name nobody, it may be the other's."""
    s = case.statement
    if s.measure is not Measure.BALANCE or not s.reporter or not s.partner:
        return None
    names = (*plain_names(s.reporter), *plain_names(s.partner))
    if any(re.search(rf"\b{re.escape(name)}\b", s.quote, re.IGNORECASE) for name in names):
        return None
    other = replace(case, statement=replace(s, reporter=s.partner, partner=s.reporter))
    if judge(other).outcome is not Outcome.SUPPORTED:
        return None
    return unverifiable(
        Reason.AMBIGUOUS_PARTY,
        f"Whose balance is meant is not clear: of {s.partner} it would agree, of {s.reporter} not.",
        settled_by="the party whose balance it is",
    )


def _of_another_pair(case: Case) -> Verdict | None:
    """A figure that does not name both its parties, in a sentence that names a third nearer."""
    s = case.statement
    parties = {s.reporter, s.partner}
    if parties <= set(polities_named(s.quote)):
        return None
    named = polities_named(case.sentence)
    owner = next(iter(polities_named(case.document.text[: s.end])), None)
    if owner is not None and owner not in parties and not parties <= set(named):
        return _perhaps_of(case, {owner})
    before = polities_named(case.document.text[s.sentence_start : s.start])
    others = set(named) - parties - _set_beside(case, parties)
    nearer = bool(before) and before[-1] not in parties
    if not others or (parties <= set(named) and not nearer):
        return None
    return _perhaps_of(case, others)


def _perhaps_of(case: Case, others: set[str]) -> Verdict:
    s = case.statement
    return unverifiable(
        Reason.AMBIGUOUS_PARTY,
        f"It is not what is on record for {s.reporter} and {s.partner}, but the text also "
        f"names {', '.join(sorted(others))}: the figure may be of another pair.",
        settled_by="the pair meant",
    )


_GOVERNED = re.compile(r"\b(with|to|from)\s+(?:the\s+)?([A-Z][\w.'-]*(?:\s+[A-Z][\w.'-]*){0,2})")


def _set_beside(case: Case, parties: set[str | None]) -> set[str]:
    """ "With the United States it was …, with Russia …": one beside the other, not in its place."""
    by_word: dict[str, set[str]] = {}
    for match in _GOVERNED.finditer(case.sentence):
        by_word.setdefault(match.group(1), set()).update(polities_named(match.group(2))[:1])
    rows = [codes for codes in by_word.values() if codes & parties]
    return set().union(*rows) - parties if rows else set()


def _of_product_named(case: Case, of_all: Verdict, judge: Judge) -> Verdict | None:
    """Where all trade does not agree with a figure: is it of the product that the text names?"""
    here = product_named_in(case.statement.quote)
    product = here or product_named_in(case.sentence)
    if product is None:
        return None
    named = replace(case, statement=replace(case.statement, commodity=product))
    verdict = judge(named)
    if of_all.outcome is Outcome.CONTRADICTED:
        return None if verdict.outcome is Outcome.CONTRADICTED else verdict
    if verdict.outcome is Outcome.SUPPORTED:
        return verdict
    return verdict if here and verdict.outcome is not Outcome.UNVERIFIABLE else None
