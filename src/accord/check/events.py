"""Events: who did what to whom, when and how much, against the event table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from accord.check.ask import Case, own_words
from accord.check.claims import Facet, facet_of
from accord.check.dates import Span, of_period, parse_span
from accord.check.matching import Weights, numbers_in, stages_in, tokens
from accord.check.projects import check_project, decisive
from accord.check.reduce import unverifiable
from accord.check.register import cite_source, core_parties
from accord.model.english import MONTHS, WEEKDAYS
from accord.model.facts import Event
from accord.model.verdict import Evidence, Outcome, Reason, Verdict

__all__ = ["check_event", "direction_fits", "related_events"]

_SAME = 0.5  # the row explains half of what the text says happened
_LIKE = 0.25
_FAINT = 0.12
_WORDS = 3
_CLOSE = 0.01  # stated and recorded quantity are the same number


@dataclass(frozen=True, slots=True)
class _Candidate:
    event: Event
    likeness: float
    shared: int  # how many words say the same
    direct: bool  # who did it to whom is as stated
    quantity: bool | None  # the stated number is the row's; None: not comparable
    date: bool | None  # the stated date can be the row's; None: no date stated


def check_event(case: Case) -> Verdict:
    """Judge an event, a project's stage, or an act that the register of agreements holds."""
    project = check_project(case)
    if decisive(project):
        assert project is not None
        return project
    verdict = _against_events(case)
    if decisive(verdict):
        return verdict
    agreement = _against_agreements(case)
    if agreement is not None:
        return agreement
    return project or verdict


def _against_agreements(case: Case) -> Verdict | None:
    """A signing told as an event; what is not told as one proves nothing against it."""
    from accord.check.agreements import check_agreement

    if facet_of(case) is not Facet.SIGNED or not stages_in(case.statement.quote) & {"signed"}:
        return None
    verdict = check_agreement(case)
    return verdict if verdict.outcome is Outcome.SUPPORTED else None


def _against_events(case: Case) -> Verdict:
    candidates = _candidates(case)
    wrong = _contradicting(case, candidates)
    for candidate in candidates:
        if case.statement.negated and candidate.event.code:
            continue  # to bear out what is denied is to refute
        if _supports(candidate) and not _corrected(case, candidate, candidates):
            if case.statement.value is not None and candidate.quantity is None and wrong:
                break
            return _found(case, candidate)
    if wrong:
        shown = "; ".join(_line(c.event) for c in wrong[:3])
        stated = case.statement.date or case.sentence
        words = f"On record: {shown}; stated: {stated}."
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=_evidence(case, wrong[:3]))
    return _nothing(case, candidates)


def _found(case: Case, candidate: _Candidate) -> Verdict:
    words, evidence = f"{_line(candidate.event)}.", _evidence(case, [candidate])
    if case.statement.value is not None and candidate.quantity is None:
        words = f"The event is on record, the number is not: {words}"
        return Verdict(Outcome.IMPRECISE, Reason.COARSER_PRECISION, words, evidence=evidence)
    return Verdict(Outcome.SUPPORTED, None, words, evidence=evidence)


def _supports(candidate: _Candidate) -> bool:
    if candidate.quantity is False or candidate.date is False:
        return False
    if not candidate.direct:
        # "planes fetched masks from China": the doer of the text may be the receiver on record
        return bool(candidate.quantity and candidate.date and candidate.likeness >= _FAINT)
    if candidate.quantity and candidate.date:
        return candidate.likeness >= _FAINT
    if candidate.date is None and not candidate.quantity:
        # nothing but words: a shared name is not a shared event
        return candidate.likeness >= _SAME and candidate.shared >= _WORDS
    return candidate.likeness >= _SAME * 0.8


def _corrected(case: Case, coarse: _Candidate, candidates: list[_Candidate]) -> bool:
    """Whether a row with an exact date says otherwise than one that knows only the month."""
    stated, own = parse_span(case.statement.date), parse_span(coarse.event.date)
    if stated is None or own is None or not stated.exact or own.exact:
        return False
    return any(c.quantity and c.date is False and c.direct for c in candidates)


def _contradicting(case: Case, candidates: list[_Candidate]) -> list[_Candidate]:
    """Rows of the same event with another date or another number; none of them may fit.

    What a machine coded from text may bear a statement out, never refute it.
    """
    if any(c.quantity and c.date and not _corrected(case, c, candidates) for c in candidates):
        return []
    candidates = [c for c in candidates if c.direct and c.event.code is None]
    other_day = [c for c in candidates if c.quantity and c.date is False]
    if other_day and candidates[0].quantity:
        return other_day
    wrong_number = [c for c in candidates if c.quantity is False and c.date and c.likeness >= _LIKE]
    same_event = [
        c for c in candidates if c.likeness >= _SAME or (c.quantity and c.likeness >= _LIKE)
    ]
    if wrong_number and not any(c.quantity and c.date is not False for c in candidates):
        return wrong_number
    if same_event and all(c.date is False for c in same_event):
        return same_event
    return []


def _candidates(case: Case) -> list[_Candidate]:
    rows = related_events(case)
    labels = {e.id: tokens(f"{e.what} {e.quantity or ''}") for e in rows}
    weights = Weights(labels.values())
    vocabulary = frozenset(word for label in labels.values() for word in label)
    said = tokens(case.statement.quote)
    if len(said & vocabulary) < 2:
        said = tokens(case.sentence)
    said = frozenset(w for w in said if not w[0].isdigit() and w not in _CALENDAR)
    whole = weights.total(said & vocabulary) + 0.5 * weights.total(said - vocabulary)
    found = []
    for event in rows:
        shared = labels[event.id] & said
        likeness = weights.total(shared) / whole if whole else 0.0
        found.append(
            _Candidate(
                event,
                likeness,
                len(shared),
                direction_fits(event, case.statement.reporter, case.statement.partner),
                _same_quantity(case, event),
                _same_date(case, event),
            )
        )
    return sorted(found, key=lambda c: (-c.likeness, c.event.date))


_CALENDAR = frozenset((*MONTHS, *WEEKDAYS))


def related_events(case: Case) -> list[Event]:
    """Events in which a party of the statement takes part, the document itself left out."""
    parties = core_parties(case)
    rows = case.facts.events(sorted(parties))
    day = case.day.isoformat() if case.day else None
    found = []
    for event in rows:
        if own_words(case.document, event.source.url):
            continue
        # the row that records the document's own appearance says nothing of its contents
        if event.date == day and "article" in event.what.lower():
            continue
        found.append(event)
    return found


def direction_fits(event: Event, actor: str | None, target: str | None) -> bool:
    """Whether the row's doer and receiver are those of the statement."""
    actors, targets = set(event.actors), set(event.targets)
    if actor and target:
        return actor in actors and target in targets
    party = actor or target
    return party is None or party in actors | targets


def _same_quantity(case: Case, event: Event) -> bool | None:
    s = case.statement
    told = numbers_in(f"{event.quantity or ''}; {event.what}")
    stated = [(s.value, _unit_word(s.unit))] if s.value is not None else numbers_in(s.quote)
    stated = [(v, u) for v, u in stated if v is not None and not 1900 <= v <= 2100]
    verdict: bool | None = None
    for value, unit in stated:
        for other, word in told:
            close = abs(value - other) <= _CLOSE * max(abs(other), 1e-9)
            if close and value > 1:
                return True
            if unit and word and _kind_of(unit) == _kind_of(word):
                if close:
                    return True
                verdict = False
    return verdict


def _kind_of(unit: str) -> str:
    """Experts, members and citizens are all counted as persons."""
    return _PERSON if unit in _PERSONS else unit


_PERSON = "person"
_PERSONS = frozenset(
    word
    for name in ("persons", "experts", "members", "citizens", "soldiers", "passengers")
    for word in tokens(name)
)


def _unit_word(unit: str | None) -> str:
    words = sorted(tokens(unit or ""))
    return words[0] if words else ""


def _same_date(case: Case, event: Event) -> bool | None:
    s = case.statement
    stated: Span | None = parse_span(s.date) or of_period(s.period)
    own = parse_span(event.date)
    if stated is None or own is None:
        return None
    if case.day and stated.exact and stated.start == case.day and own.start != stated.start:
        return None if own.start <= case.day else False
    return own.overlaps(stated)


def _nothing(case: Case, candidates: list[_Candidate]) -> Verdict:
    near = [c for c in candidates if c.likeness > 0][:3]
    shown = "; ".join(_line(c.event) for c in near)
    words = "The record holds no event that answers to it."
    verdict = unverifiable(
        Reason.NO_COVERAGE if candidates else Reason.NO_SERIES,
        f"{words} Nearest: {shown}." if near else words,
        settled_by="a source that reports the event",
    )
    return replace(verdict, evidence=_evidence(case, near))


def _evidence(case: Case, candidates: list[_Candidate]) -> tuple[Evidence, ...]:
    return tuple(
        cite_source(case, c.event.source, _line(c.event), table="events") for c in candidates
    )


def _line(event: Event) -> str:
    who = ", ".join(event.actors)
    whom = f" → {', '.join(event.targets)}" if event.targets else ""
    quantity = f" ({event.quantity})" if event.quantity else ""
    return f"{event.date} {who}{whom}: {event.what}{quantity}"
