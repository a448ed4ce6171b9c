"""Dates at their own precision: a year, a month or a day as an interval."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from accord.check.words import count_in
from accord.model.english import MONTHS
from accord.model.period import Period, month_end

__all__ = ["Span", "ago", "mentioned", "of_period", "parse_span", "parse_spans", "years_in"]

_ISO = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_MONTHS = {name: number for number, name in enumerate(MONTHS, start=1)}
_NAMES = "|".join(_MONTHS)
_AGO = re.compile(r"\b[\w-]+ years? ago\b", re.IGNORECASE)
_IN_YEAR = re.compile(
    r"\b(?:in|since|during|as early as|dat(?:es?|ed|ing) (?:from|to|back to))\s+(\d{4})\b",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    rf"\b(?:(\d{{1,2}})\s+)?({_NAMES})\s+(?:(\d{{1,2}}),\s*)?(\d{{4}})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """First and last day that a date can mean."""

    start: date
    end: date

    def overlaps(self, other: Span) -> bool:
        """Whether both can mean the same day."""
        return self.start <= other.end and other.start <= self.end

    @property
    def exact(self) -> bool:
        """Whether it is one day."""
        return self.start == self.end


def parse_span(text: str | None) -> Span | None:
    """``2001``, ``2001-07`` or ``2001-07-16``; ``A/B`` for a range; None for anything else."""
    if not text:
        return None
    if "/" in text:
        left, right = (parse_span(part.strip()) for part in text.split("/", 1))
        return Span(left.start, right.end) if left and right else None
    match = _ISO.match(text.strip())
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    assert year is not None
    try:
        return _span(year, month, day)
    except ValueError:
        return None


def _span(year: int, month: int | None, day: int | None) -> Span:
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Span(date(year, month, 1), month_end(year, month))
    return Span(date(year, month, day), date(year, month, day))


def parse_spans(texts: tuple[str | None, ...]) -> list[Span]:
    """The dates that can be read, in order."""
    return [span for text in texts if (span := parse_span(text)) is not None]


def mentioned(text: str | None) -> list[Span]:
    """Written dates in a note: "March 2021", "28 June 2021", "June 28, 2021"."""
    found = []
    for match in _WRITTEN.finditer(text or ""):
        day = match.group(1) or match.group(3)
        month = _MONTHS[match.group(2).lower()]
        try:
            found.append(_span(int(match.group(4)), month, int(day) if day else None))
        except ValueError:
            continue
    return found


def ago(text: str, day: date | None) -> Span | None:
    """The year that "nine years ago" means, seen from a day."""
    match = _AGO.search(text)
    if match is None or day is None:
        return None
    years = count_in(match.group(), "year")
    return parse_span(f"{day.year - years:04d}") if years and years < day.year else None


def years_in(text: str) -> list[Span]:
    """Years that a text gives as dates ("in 2011"), not those in names ("the 2001 treaty")."""
    found = (parse_span(year) for year in _IN_YEAR.findall(text))
    return [span for span in found if span is not None]


def of_period(period: Period | None) -> Span | None:
    """A period as a span."""
    return Span(period.start, period.end) if period else None
