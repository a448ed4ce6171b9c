"""Two initiatives or blocs said to be linked: agreements that are about both."""

from __future__ import annotations

import re

from accord.check.ask import Case
from accord.check.dates import parse_spans
from accord.check.matching import phrase_in
from accord.check.register import cite_source, core_parties
from accord.model.facts import Agreement
from accord.model.verdict import Evidence, Outcome, Verdict

__all__ = ["check_link", "concerns_link"]


def concerns_link(case: Case) -> bool:
    """Whether both parties of the statement are initiatives or blocs with one between them."""
    codes = {i.id for i in case.facts.initiatives}
    return len(core_parties(case) & codes) >= 2


def check_link(case: Case) -> Verdict | None:
    """Judge a link; None where the text does not name two initiatives."""
    named = _named(case)
    if len(named) < 2:
        return None
    about = _of_kind(case, [a for a in case.facts.agreements if _covers(a, named)])
    if not about:
        return None
    stated, day = case.told, case.day
    evidence = tuple(e for a in sorted(about, key=_signed) for e in _evidence(case, a))
    shown = "; ".join(f"{a.name} ({a.signed or a.in_force})" for a in sorted(about, key=_signed))
    spans = [s for a in about for s in parse_spans((a.signed, *(v for _, v in a.variants)))]
    words = f"On record: {shown}."
    if stated is not None and (day is None or stated.end < day):
        agrees = any(span.overlaps(stated) for span in spans)
        outcome = Outcome.SUPPORTED if agrees else Outcome.CONTRADICTED
        return Verdict(outcome, None, words, evidence=evidence)
    if day is not None and all(span.start > day for span in spans):
        words = f"{words} All of them are younger than the document."
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    return Verdict(Outcome.SUPPORTED, None, words, evidence=evidence)


def _named(case: Case) -> frozenset[str]:
    """The initiatives that the sentence or the parties name; a part stands for its whole."""
    parties = core_parties(case)
    found = set()
    for initiative in case.facts.initiatives:
        names = (initiative.id, initiative.name, *initiative.aliases)
        if initiative.id in parties or phrase_in(names, case.sentence):
            found.add(initiative.part_of or initiative.id)
    return frozenset(found)


def _covers(agreement: Agreement, named: frozenset[str]) -> bool:
    return named <= {*agreement.parties, *agreement.subjects}


def _of_kind(case: Case, about: list[Agreement]) -> list[Agreement]:
    """ "The joint statement of 2018": where the text names one, only statements answer."""
    if case.told is None or not re.search(r"\bstatement\b", case.statement.quote, re.IGNORECASE):
        return about
    return [a for a in about if "statement" in a.type] or about


def _signed(agreement: Agreement) -> str:
    return agreement.signed or agreement.in_force or "9999"


def _evidence(case: Case, agreement: Agreement) -> tuple[Evidence, ...]:
    line = f"{agreement.name}, signed {agreement.signed}"
    return tuple(cite_source(case, s, line, table="agreements") for s in agreement.sources[:2])
