"""Projects by stage: when a bridge was opened, a pipeline launched, a contract signed."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.check.ask import Case
from accord.check.dates import Span, mentioned, parse_span
from accord.check.matching import numbers_in, stages_in, tokens
from accord.check.reduce import unverifiable
from accord.check.register import STRONG, Found, cite_source, find_projects
from accord.model.facts import Project
from accord.model.verdict import Evidence, Outcome, Reason, Verdict

__all__ = ["check_project", "decisive"]

_RIVAL = 0.8
_MONTH = 31
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"), start=1
    )
}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b", re.IGNORECASE)
_REACTORS = re.compile(r"\b(?:units?|reactors?|blocks?)\b", re.IGNORECASE)
_UNIT = re.compile(
    r"\b(?:units?|reactors?|blocks?|lng)\s+(?:no\.?\s*)?(\d+)(?:\s*(?:-|–|and|to)\s*(\d+))?", re.I
)


def decisive(verdict: Verdict | None) -> bool:
    """Whether a verdict says something of the statement rather than of the record's limits."""
    return verdict is not None and verdict.outcome is not Outcome.UNVERIFIABLE


def check_project(case: Case) -> Verdict | None:
    """Judge a statement on a project's stage; None where no project is meant."""
    found = [f for f in find_projects(case) if f.score >= STRONG]
    found = _right_units(case, found)
    if not found:
        return None
    near = [f for f in found if f.score >= _RIVAL * found[0].score]
    rows = [_project(f) for f in near]
    wanted = stages_in(case.statement.quote) or stages_in(case.sentence)
    at_stage = [p for p in rows if _at_stage(p, wanted)]
    at_stage = at_stage or [p for p in rows if _named_in(p, case)]
    if not at_stage:
        same_day = [p for p in rows if not wanted and _same_date(case, p)]
        return _dates(case, same_day) if same_day else _other_stage(case, rows)
    return _quantities(case, at_stage) or _dates(case, at_stage)


def _same_date(case: Case, project: Project) -> bool:
    """Whether the stated month or day is the row's; a year alone is no sign of sameness."""
    stated, own = case.told, parse_span(project.date)
    if stated is None or own is None or (stated.end - stated.start).days > _MONTH:
        return False
    return stated.overlaps(own)


def _project(found: Found) -> Project:
    assert isinstance(found.fact, Project)
    return found.fact


def _right_units(case: Case, found: list[Found]) -> list[Found]:
    """ "Units 7 and 8" are not unit 3: numbers of units in text and name must meet."""
    asked = _asked_units(case)
    if not asked:
        return found
    return [f for f in found if not (own := _own_units(_project(f).name)) or asked & own]


def _asked_units(case: Case) -> set[str]:
    quote, sentence = case.statement.quote, case.sentence
    if _REACTORS.search(sentence) and (ordinals := _ORDINAL.findall(quote)):
        return {_ORDINALS[word.lower()] for word in ordinals}
    match = _UNIT.search(quote) or _UNIT.search(sentence)
    return {g for g in match.groups() if g} if match else set()


def _own_units(name: str) -> set[str]:
    units: set[str] = set()
    for first in re.finditer(r"(\d+)(?:-(\d+))?", name):
        units |= {g for g in first.groups() if g}
    return units


def _at_stage(project: Project, wanted: set[str]) -> bool:
    """Whether the row is about what the text says happened."""
    own = stages_in(project.status)
    return bool(wanted & own) and not (own == {"signed"} and "signed" not in wanted)


def _named_in(project: Project, case: Case) -> bool:
    """Whether the words of the row's own status stand in the text."""
    status = tokens(project.status)
    return bool(status) and len(status & tokens(case.sentence)) >= max(1, len(status) - 1)


def _other_stage(case: Case, rows: list[Project]) -> Verdict:
    shown = "; ".join(_line(p) for p in rows[:4])
    verdict = unverifiable(
        Reason.NO_COVERAGE,
        f"The record holds the project, not this stage of it: {shown}.",
        settled_by="a source for this stage of the project",
    )
    return replace(verdict, evidence=_evidence(case, rows[:4]))


def _quantities(case: Case, rows: list[Project]) -> Verdict | None:
    """A stated quantity against the one on record, where both count the same thing."""
    s = case.statement
    if s.value is None or not s.unit:
        return None
    unit = tokens(s.unit)
    for project in rows:
        for value, word in numbers_in(f"{project.quantity or ''}; {project.note or ''}"):
            if word and word in unit and value != s.value:
                words = f"{_line(project)}; stated {s.value:g} {s.unit}."
                return Verdict(Outcome.CONTRADICTED, None, words, evidence=_evidence(case, rows))
    return None


def _dates(case: Case, rows: list[Project]) -> Verdict:
    stated = case.told
    spans = [span for p in rows if (span := parse_span(p.date))]
    evidence = _evidence(case, rows)
    words = "; ".join(dict.fromkeys(_line(p) for p in rows)) + "."
    if not spans:
        return _undated(case, rows, words)
    if stated is not None and not _is_day_of_document(case, stated):
        agrees = any(span.overlaps(stated) for span in spans)
        words = f"{words} Stated {case.statement.date or case.told}."
    else:
        day = case.day
        agrees = day is None or any(span.start <= day for span in spans)
        words = f"{words} Judged on {day}."
    outcome = Outcome.SUPPORTED if agrees else Outcome.CONTRADICTED
    return Verdict(outcome, None, words, evidence=evidence)


def _is_day_of_document(case: Case, stated: Span) -> bool:
    day = case.day
    return day is not None and stated.exact and stated.start == day


def _undated(case: Case, rows: list[Project], words: str) -> Verdict:
    """A row without a date: "opened (by March 2023)" bounds it from above."""
    bounds = [span for p in rows for span in mentioned(p.status)]
    day = case.day
    if case.statement.date is None and bounds and day and any(b.end <= day for b in bounds):
        return Verdict(Outcome.SUPPORTED, None, words, evidence=_evidence(case, rows))
    return unverifiable(Reason.NO_COVERAGE, words, settled_by="the date of this stage")


def _evidence(case: Case, rows: list[Project]) -> tuple[Evidence, ...]:
    return tuple(cite_source(case, p.source, _line(p), table="projects") for p in rows)


def _line(project: Project) -> str:
    quantity = f" ({project.quantity})" if project.quantity else ""
    return f"{project.name}: {project.status} {project.date or 'undated'}{quantity}"
