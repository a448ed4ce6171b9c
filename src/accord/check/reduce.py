"""From candidates to a verdict: the rules of outcome for numbers."""

from __future__ import annotations

from dataclasses import replace

from accord.check.ask import Case
from accord.check.candidate import Candidate, Match, Role, fits, to_reading
from accord.check.tolerance import Tolerance
from accord.model.verdict import Outcome, Reading, Reason, Verdict

__all__ = ["decide", "unverifiable"]

_WORDS = {
    Reason.OTHER_VINTAGE: "another release of the same statistics",
    Reason.UNDATED_RELEASE: "a release without a date",
    Reason.PARTNER_STATISTICS: "the partner's statistics",
    Reason.OTHER_CURRENCY_RATE: "the growth rate in the other currency",
    Reason.RATIO_TO_FIRST_BASE: "the ratio to the base as first published",
    Reason.COARSER_PRECISION: "coarser precision",
    Reason.ROUNDED_ROW: "a row that is itself rounded or a bound",
    Reason.CONFLICTING_ROWS: "one of two rows that disagree",
    Reason.NEAR_MISS: "no row within the tolerance, none clearly off",
}
_MAX_READINGS = 12


def decide(case: Case, candidates: list[Candidate], tolerance: Tolerance) -> Verdict | None:
    """The verdict that the candidates allow; None where they do not cover the statement."""
    judged = [(c, fits(c, tolerance, named=case.named)) for c in candidates if c.role != Role.SHOWN]
    verdict = (
        _agreeing(case, judged, tolerance)
        or _roughly(case, judged, tolerance)
        or _contradicted(case, judged, tolerance)
    )
    if verdict is None:
        return None
    return _with_readings(verdict, case, candidates, judged)


def _agreeing(
    case: Case, judged: list[tuple[Candidate, Match]], tolerance: Tolerance
) -> Verdict | None:
    agreeing = [c for c, match in judged if match is Match.AGREES]
    torn = [match for c, match in judged if c.reason is Reason.CONFLICTING_ROWS]
    united = all(match is Match.AGREES for match in torn)
    for candidate in agreeing:
        # rows of one day that differ in a digit the statement does not print do not conflict
        settled = united and candidate.reason is Reason.CONFLICTING_ROWS
        if candidate.role is Role.PRIMARY or settled:
            note = ""
            if candidate.later:
                note = " The release is younger than the document: nothing earlier is on record."
            words = f"{candidate.arithmetic} agrees with the statement.{note}"
            return _verdict(Outcome.SUPPORTED, None, words, candidate, case, tolerance)
    if not agreeing:
        return None
    best = min(agreeing, key=lambda c: (c.role is not Role.SECONDARY, not c.own_side))
    reason = best.reason or Reason.OTHER_VINTAGE
    words = f"Agrees only with {_WORDS[reason]}: {best.arithmetic}."
    return _verdict(Outcome.IMPRECISE, reason, words, best, case, tolerance)


def _roughly(
    case: Case, judged: list[tuple[Candidate, Match]], tolerance: Tolerance
) -> Verdict | None:
    for match, reason in (
        (Match.ROUGH, Reason.ROUNDED_ROW),
        (Match.COARSE, Reason.COARSER_PRECISION),
    ):
        found = [c for c, m in judged if m is match]
        if found:
            best = min(found, key=lambda c: (c.role is not Role.PRIMARY, not c.own_side))
            words = f"Agrees only with {_WORDS[reason]}: {best.arithmetic}."
            return _verdict(Outcome.IMPRECISE, reason, words, best, case, tolerance)
    return None


def _contradicted(
    case: Case, judged: list[tuple[Candidate, Match]], tolerance: Tolerance
) -> Verdict | None:
    covering = [c for c, _ in judged if c.role is not Role.INDICATIVE]
    # Where the text names a publisher, the partner's figure alone covers nothing.
    if not any(c.own_side or not case.named for c in covering):
        return None
    nearest = min(covering, key=lambda c: abs(c.computed - tolerance.stated))
    if all(match is Match.FAR for _, match in judged):
        words = f"Every reading is off; the nearest is {nearest.arithmetic}."
        return _verdict(Outcome.CONTRADICTED, None, words, nearest, case, tolerance)
    nearest = min((c for c, _ in judged), key=lambda c: abs(c.computed - tolerance.stated))
    words = f"Neither agrees nor clearly off; the nearest is {nearest.arithmetic}."
    return _verdict(Outcome.IMPRECISE, Reason.NEAR_MISS, words, nearest, case, tolerance)


def _verdict(
    outcome: Outcome,
    reason: Reason | None,
    words: str,
    candidate: Candidate,
    case: Case,
    tolerance: Tolerance,
) -> Verdict:
    reading = to_reading(candidate, case, agrees=outcome is not Outcome.CONTRADICTED)
    return Verdict(
        outcome=outcome,
        reason=reason,
        explanation=words,
        computed=candidate.computed,
        unit=candidate.unit,
        tolerance=tolerance.describe(),
        evidence=reading.evidence,
    )


def _with_readings(
    verdict: Verdict,
    case: Case,
    candidates: list[Candidate],
    judged: list[tuple[Candidate, Match]],
) -> Verdict:
    match_of = {id(c): m for c, m in judged}
    readings: list[Reading] = []
    seen: set[str] = set()
    for candidate in candidates:
        if candidate.arithmetic in seen:
            continue
        seen.add(candidate.arithmetic)
        agrees = match_of.get(id(candidate)) is Match.AGREES
        readings.append(to_reading(candidate, case, agrees=agrees))
    readings.sort(key=lambda r: (not r.agrees, not r.primary))
    return replace(
        verdict, readings=tuple(readings[:_MAX_READINGS]), mirror=_mirror(case, candidates, judged)
    )


def _mirror(
    case: Case, candidates: list[Candidate], judged: list[tuple[Candidate, Match]]
) -> Reading | None:
    """What the other party reports on the same thing."""
    reporter = case.publisher or case.statement.reporter
    match_of = {id(c): m for c, m in judged}
    for candidate in candidates:
        if candidate.role in (Role.SHOWN, Role.INDICATIVE) or not candidate.rows:
            continue
        if candidate.rows[0].reporter != reporter:
            agrees = match_of.get(id(candidate)) is Match.AGREES
            return to_reading(candidate, case, agrees=agrees)
    return None


def unverifiable(reason: Reason, explanation: str, *, settled_by: str | None = None) -> Verdict:
    """An abstention with its reason and what would settle it."""
    return Verdict(Outcome.UNVERIFIABLE, reason, explanation, settled_by=settled_by)
