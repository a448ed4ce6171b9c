"""What no record can judge: opinions, framing, intentions and forecasts, with their speaker."""

from __future__ import annotations

import re

from accord.check.ask import Case
from accord.check.dates import parse_span
from accord.model.statement import Kind
from accord.model.verdict import Outcome, Reason, Verdict

__all__ = ["is_stance", "not_checkable", "pre_judged"]

_INTENTION = re.compile(
    r"\b(?:intends?|intention|plans?|planned|planning|aims?|aiming|seeks?|seeking|hopes?|hoping|"
    r"wants?|wish(?:es)?|will|shall|vow(?:s|ed)?|pledg(?:e|es|ed)|ready to|prepared to|willing|"
    r"target(?:s|ed)?|goal|promise[sd]?|consider(?:s|ing)?|propos(?:e|es|ed)|should|must|ought)\b",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:expect(?:s|ed|ing)?|forecast(?:s|ed)?|predict(?:s|ed)?|project(?:s|ed|ion)|likely|could|"
    r"may|might|would|is to (?:reach|hit|rise|grow)|set to|on course|on track|outlook|"
    r"estimates? that)\b",
    re.IGNORECASE,
)


def is_stance(case: Case) -> bool:
    """Whether a statement is a position, or a target that still lies ahead or is told as one."""
    s = case.statement
    if s.kind is not Kind.TARGET:
        return s.kind is Kind.POSITION
    past = s.period is not None and case.day is not None and s.period.end <= case.day
    told_as_aim = s.hedged or _INTENTION.search(s.quote) or _FORECAST.search(s.quote)
    return not past or bool(told_as_aim)


_PRONOUNS = frozenset({"he", "she", "they", "it"})


def not_checkable(case: Case) -> Verdict:
    """The verdict on an opinion, an intention or a forecast, attributed where it is known."""
    reason = _reason(case)
    what = {
        Reason.INTENTION: "An intention",
        Reason.FORECAST: "A forecast or a goal",
        Reason.OPINION: "A position or a framing",
    }[reason]
    who = case.statement.speaker or case.statement.attributed_to or case.document.speaker
    if who and who.lower() in _PRONOUNS:
        who = case.document.speaker or "the speaker"
    words = f"{what} of {who}" if who else f"{what} of the text"
    return Verdict(
        Outcome.NOT_CHECKABLE, reason, f"{words}: attributed, and left alone by the record."
    )


def _reason(case: Case) -> Reason:
    s = case.statement
    if s.kind is Kind.TARGET:
        return Reason.FORECAST
    if _FORECAST.search(s.quote) or s.hedged:
        return Reason.FORECAST
    return Reason.INTENTION if _INTENTION.search(s.quote) else Reason.OPINION


_AHEAD = re.compile(
    r"\b(?:will|shall|(?:is|are) to(?! blame| thank)|is expected to|"
    r"are expected to|is likely to|is set to|is forecast to|"
    r"is projected to|is due to|could|plans? to|intends? to|aims? to|hopes? to|may|might)\b",
    re.IGNORECASE,
)


def pre_judged(case: Case) -> Verdict | None:
    """A figure, growth or event ahead of the document is a forecast, whatever its kind."""
    s = case.statement
    if s.kind in (Kind.AGREEMENT, Kind.MEMBERSHIP, Kind.ANNIVERSARY, Kind.RANKING):
        if s.hedged and _AHEAD.search(s.quote):
            return not_checkable(case)
        return None
    told = parse_span(s.date)
    if told is not None and case.day is not None and told.end <= case.day:
        return None  # "lorries may now cross the bridge that was opened on …"
    ahead = s.period is not None and case.day is not None and s.period.start > case.day
    if ahead or (s.hedged and _AHEAD.search(s.quote)):
        return not_checkable(case)
    return None
