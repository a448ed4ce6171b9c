"""Superlatives: they need a complete record; one row can refute them, none can prove them."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.check.absent import nearest_rows
from accord.check.ask import DIRECTIONS, WORLD, Ask, Case
from accord.check.candidate import cite, summarise
from accord.check.levels import base_levels, sides
from accord.check.products import record_product
from accord.check.reduce import unverifiable
from accord.check.register import cite_source
from accord.model.flow import Direction
from accord.model.period import Period
from accord.model.statement import Kind, Measure
from accord.model.verdict import Evidence, Outcome, Reason, Verdict

__all__ = ["check_ranking", "is_of_an_act", "is_superlative"]

_SUPERLATIVE = re.compile(
    r"\b(?:(?:was|were|is|are|became|become|being|as) (?:among )?the (?:very )?"
    r"(?:first|only|last)\b"
    r"|the (?:first|only) (?:country|state|nation|one|of|ever|foreign|to)\b|"
    r"first (?:country|state|nation) to|"
    r"the first to\b|for the first time|first ever|ever before|never before|unprecedented)",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\b(?:record|all-time|highest|new high|peak|historic(?:al)? (?:high|maximum))\b", re.I
)
_LOWEST = re.compile(r"\blow(?:est|s)?\b|minimum", re.I)
_SCOPE = re.compile(
    r"\b(?:within|among|outside|of the|"
    r"in (?:central|south|east|north|west|the|asia|europe|africa|latin))\b",
    re.I,
)
_BLOCS = frozenset({"EU", "ASEAN", "EAEU", "BRI", "BRICS", "SCO", "APEC", "RCEP", WORLD})
_CLEAR = 1.05  # a rival must be clearly larger
_HIGHER = 1.01  # an earlier year in the same statistics need only be higher beyond rounding


def is_superlative(case: Case) -> bool:
    """Whether an event is asserted as the first or only one of its kind."""
    s = case.statement
    if s.kind is not Kind.EVENT:
        return False
    return bool(_SUPERLATIVE.search(s.quote)) or s.text_cue in ("first", "only")


def check_ranking(case: Case) -> Verdict:
    """Refute by a row where one is larger; otherwise abstain and show what is on record."""
    if case.statement.kind is Kind.EVENT:
        return _events(case)
    return _refuted(case) or (_events(case) if is_of_an_act(case) else _incomplete(case))


def is_of_an_act(case: Case) -> bool:
    """*The first to send*, *the only one that sent*: a place among doers, not among figures."""
    s = case.statement
    no_figure = s.measure in {None, Measure.OTHER} and s.commodity is None
    return no_figure and bool(_SUPERLATIVE.search(s.quote))


def _incomplete(case: Case) -> Verdict:
    s = case.statement
    evidence: tuple[Evidence, ...] = ()
    shown = ""
    if s.reporter and s.partner and (product := record_product(s.commodity)):
        rows = nearest_rows(case, product)
        evidence = tuple(cite(case, row) for row in rows)
        shown = " On record: " + "; ".join(summarise(r) for r in rows) + "." if rows else ""
    verdict = unverifiable(
        Reason.NEEDS_COMPLETE_RECORD,
        f"A superlative needs every case, and the record does not hold them all.{shown}",
        settled_by="a complete series of all that it is compared with",
    )
    return replace(verdict, evidence=evidence)


def _events(case: Case) -> Verdict:
    from accord.check.events import direction_fits, related_events

    s = case.statement
    rows = sorted(related_events(case), key=lambda e: e.date)
    rows = [e for e in rows if direction_fits(e, s.reporter, s.partner)]
    day = case.day.isoformat() if case.day else "9999"
    rows = [e for e in rows if e.date <= day][:_EARLIEST]
    lines = [
        f"{e.date} {', '.join(e.actors)} → {', '.join(e.targets)}: {e.what}"
        + (f" ({e.quantity})" if e.quantity else "")
        for e in rows
    ]
    shown = " On record: " + "; ".join(lines) + "." if lines else ""
    verdict = unverifiable(
        Reason.NEEDS_COMPLETE_RECORD,
        "That nobody did so earlier needs every event, and the record does not hold them all."
        + shown,
        settled_by="a complete list of such events",
    )
    evidence = tuple(
        cite_source(case, e.source, line, table="events")
        for e, line in zip(rows, lines, strict=True)
    )
    return replace(verdict, evidence=evidence)


def _refuted(case: Case) -> Verdict | None:
    s = case.statement
    if s.value != 1 or not s.reporter or not s.partner or s.measure not in DIRECTIONS:
        return None
    if _RECORD.search(s.quote) and not _LOWEST.search(s.quote):
        return _higher_before(case)
    if re.search(
        r"\blargest|biggest|main|leading|top|most important|number one|no\. ?1\b", s.quote, re.I
    ):
        return _larger_rival(case)
    return None


def _own_ask(case: Case, period: Period) -> Ask | None:
    s = case.statement
    product = record_product(s.commodity)
    if product is None or s.measure is None or not s.reporter or not s.partner:
        return None
    own, _ = sides(s.reporter, s.partner, DIRECTIONS[s.measure])
    return None if own.direction is Direction.BALANCE else Ask(case, own, product, period)


def _higher_before(case: Case) -> Verdict | None:
    """A "record" year with a higher year before it."""
    period = case.statement.period
    ask = _own_ask(case, period) if period else None
    if ask is None or period is None:
        return None
    now = [c for c in base_levels(ask) if c.own_side]
    if not now:
        return None
    top = max(c.computed for c in now)
    for back in range(1, 15):
        for earlier in base_levels(ask.at(period.shifted(-back))):
            if earlier.computed > top * _HIGHER and earlier.reason is None:
                words = f"{summarise(earlier.rows[0])} is higher than {summarise(now[0].rows[0])}."
                rows = (*earlier.rows, *now[0].rows)
                evidence = tuple(cite(case, row) for row in rows)
                return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    return None


def _larger_rival(case: Case) -> Verdict | None:
    """A "largest partner" with a larger one on record in the same period."""
    s = case.statement
    if _SCOPE.search(s.quote) or s.of or s.partner in _BLOCS or s.period is None:
        return None
    ask = _own_ask(case, s.period)
    if ask is None:
        return None
    mine = [c for c in base_levels(ask) if c.reason is None]
    if not mine:
        return None
    for rival in sorted(_RIVALS - {s.partner or "", s.reporter or ""}):
        other = Ask(case, replace(ask.side, partner=rival), ask.product, s.period)
        for level in base_levels(other):
            if level.reason is None and level.computed > mine[0].computed * _CLEAR:
                words = f"{summarise(level.rows[0])} is larger than {summarise(mine[0].rows[0])}."
                evidence = tuple(cite(case, row) for row in (*level.rows, *mine[0].rows))
                return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    return None


_EARLIEST = 8  # events shown of those that could have been the first
_RIVALS = frozenset({"USA", "JPN", "KOR", "DEU", "CHN", "RUS", "VNM", "IND"})
