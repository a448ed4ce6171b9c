"""Anniversaries: the year minus the number must be the year of the fact."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.check.agreements import agreement_evidence, check_agreement
from accord.check.ask import Case
from accord.check.dates import Span, parse_span, parse_spans
from accord.check.matching import stages_in
from accord.check.memberships import founding_rows
from accord.check.reduce import unverifiable
from accord.check.register import (
    STRONG,
    cite_source,
    core_parties,
    find_agreements,
    find_projects,
    rivals,
)
from accord.check.words import count_in
from accord.model.facts import Agreement, Project
from accord.model.verdict import Evidence, Outcome, Reason, Verdict

__all__ = ["check_anniversary"]

_ENTRY = re.compile(r"into force|took effect|into effect|entry into|in force", re.IGNORECASE)
_FOUNDING = re.compile(
    r"found(?:ing|ation|ed)|establish|creation|created|charter|birth|came into being|formed|"
    r"exist|launch",
    re.IGNORECASE,
)
_JOINED = re.compile(r"access|join|admit|admission|became a member|membership|entry", re.IGNORECASE)
_RELATIONS = re.compile(r"\b(?:diplomatic|official|formal)\s+(?:relations|ties)", re.IGNORECASE)
_TERM = re.compile(r"\b(?:for|term of|period of) (?:\w+[- ])?\w+[- ]years?\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"anniversar|\bago\b|\bsince\b|\bpass(?:ed)?\b|jubilee|birthday|\bmark|celebrat|\bold\b|"
    r"\b(?:has|have|had) been\b|\bexist",
    re.IGNORECASE,
)
_TREATY = re.compile(r"treaty|agreement|sign|pact|declaration|statement|contract|memorand", re.I)


@dataclass(frozen=True, slots=True)
class _Origin:
    """What an anniversary can be of: its dates and where they are from."""

    name: str
    dates: tuple[str | None, ...]
    evidence: tuple[Evidence, ...]
    beside: str = ""  # what else the record holds of it: its term, its renewal


def check_anniversary(case: Case) -> Verdict:
    """Judge "the n-th anniversary of …" against the date of the fact."""
    s = case.statement
    if _TERM.search(s.quote) and not _COUNTED.search(s.quote):
        return check_agreement(case)  # "in force for twenty years": a term, nothing is marked
    years = (
        int(s.value)
        if s.value is not None
        else count_in(s.quote, "(?:th |nd |st |rd )?(?:year|anniv)")
    )
    origins = _origins(case)
    if not origins:
        return unverifiable(
            Reason.NO_SERIES,
            "The record does not hold what the anniversary is of.",
            settled_by="a dated source for the founding fact",
        )
    if years is None:
        return unverifiable(
            Reason.AMBIGUOUS_PERIOD,
            "The text does not say how many years ago it was.",
            settled_by="the number of years",
        )
    return _judge(case, years, origins)


def _judge(case: Case, years: int, origins: list[_Origin]) -> Verdict:
    founded = _founding_years(case, years)
    if not founded:
        return unverifiable(
            Reason.AMBIGUOUS_PERIOD,
            "The year of the anniversary is not known.",
            settled_by="the publication date of the document",
        )
    spans = [(o, span) for o in origins for span in parse_spans(o.dates)]
    for origin, span in spans:
        if any(span.overlaps(year) for year in founded):
            then = span.start.year
            words = f"{origin.name}: {then}; {years} years later is {then + years}."
            words = f"{words} {origin.beside}".strip()
            return Verdict(
                Outcome.SUPPORTED,
                None,
                words,
                computed=float(_age(case, span)),
                unit="years",
                evidence=origin.evidence,
            )
    if not spans:
        return unverifiable(
            Reason.NO_COVERAGE,
            f"The record holds no date of {origins[0].name}.",
            settled_by="a dated source",
        )
    origin, span = spans[0]
    words = f"{origin.name}: {span.start.year}, not {founded[0].start.year}."
    return Verdict(
        Outcome.CONTRADICTED,
        None,
        words,
        computed=float(_age(case, span)),
        unit="years",
        tolerance="the year",
        evidence=origin.evidence,
    )


def _age(case: Case, span: Span) -> int:
    stated = parse_span(case.statement.date)
    year = stated.start.year if stated else case.day.year if case.day else span.start.year
    if case.day and stated and abs(stated.start.year - case.day.year) > 1:
        year = case.day.year
    return year - span.start.year


def _founding_years(case: Case, years: int) -> list[Span]:
    """The year of the founding fact that the anniversary implies, or that is said outright."""
    stated = parse_span(case.statement.date)
    day = case.day
    if stated is None:
        return [_year(day.year - years)] if day else []
    if day is None:
        return [_year(stated.start.year - years), stated]
    if stated.start.year == day.year - years and stated.exact:
        return [_year(stated.start.year)]  # "a year ago today": the date of the fact itself
    if abs(stated.start.year - day.year) <= 1:
        return [_year(stated.start.year - years)]
    return [stated] if abs(day.year - years - stated.start.year) <= 1 else [_year(day.year - years)]


def _year(year: int) -> Span:
    # counts from before the calendar (or after it) meet no fact
    span = parse_span(f"{min(max(year, 1), 9999):04d}")
    assert span is not None
    return span


def _origins(case: Case) -> list[_Origin]:
    """What the text can mean, the best first."""
    blocs, agreements, projects = _blocs(case), _agreements(case), _projects(case)
    quote = case.statement.quote
    if projects and stages_in(quote) - {"signed"} and not _TREATY.search(quote):
        return projects
    if _TREATY.search(quote) and agreements:
        return agreements
    if _RELATIONS.search(quote):
        return []  # no treaty between two countries is the beginning of their relations
    return blocs or agreements or projects


def _agreements(case: Case) -> list[_Origin]:
    found = rivals([f for f in find_agreements(case) if f.score >= STRONG])
    entry = bool(_ENTRY.search(case.statement.quote))
    origins = []
    for near in found:
        agreement = near.fact
        assert isinstance(agreement, Agreement)
        field = "in_force" if entry else "signed"
        dates = [getattr(agreement, field), *(v for n, v in agreement.variants if n == field)]
        name = f"{agreement.name}, {'in force' if entry else 'signed'} {dates[0]}"
        evidence = agreement_evidence(case, agreement)
        origins.append(_Origin(name, tuple(dates), evidence, _term_of(agreement)))
    return origins


def _term_of(agreement: Agreement) -> str:
    """How long it runs, and how it is renewed."""
    parts = []
    if agreement.term_years:
        parts.append(f"term of {agreement.term_years} years")
    if agreement.renewal:
        parts.append(agreement.renewal)
    return f"On record: {'; '.join(parts)}." if parts else ""


def _blocs(case: Case) -> list[_Origin]:
    s = case.statement
    parties = core_parties(case)
    for bloc in sorted(parties):
        rows = [m for m in case.facts.memberships(bloc=bloc) if not m.doubtful]
        if not rows:
            continue
        member = next(iter(parties - {bloc}), None)
        joined = _JOINED.search(s.quote) or not _FOUNDING.search(s.quote)
        if member and joined:
            rows = [m for m in rows if m.member == member and m.status == "member"]
            name = f"{member} in {bloc}"
        else:
            rows = founding_rows(rows) or _earliest(rows)
            name = f"founding of {bloc}"
        dates = tuple(dict.fromkeys(m.start for m in rows if m.start))
        evidence = tuple(
            cite_source(
                case,
                m.source,
                f"{m.member} in {m.bloc}: {m.role} from {m.start}",
                table="memberships",
            )
            for m in rows[:2]
        )
        if dates:
            return [_Origin(name, dates, evidence)]
    return []


def _earliest(rows: list) -> list:  # type: ignore[type-arg]
    dated = [m for m in rows if m.start]
    first = min((m.start for m in dated), default=None)
    return [m for m in dated if m.start == first]


def _projects(case: Case) -> list[_Origin]:
    found = [f for f in find_projects(case) if f.score >= STRONG]
    origins = []
    for near in found:
        project = near.fact
        assert isinstance(project, Project)
        line = f"{project.name}: {project.status} {project.date}"
        cited = cite_source(case, project.source, line, table="projects")
        origins.append(_Origin(line, (project.date,), (cited,)))
    return origins
