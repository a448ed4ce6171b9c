"""Datelines: where and when a report was written, which is not what it is about.

"BRASILIA, May 24 (Xinhua) -- ", "ANKARA (AP) - ", "BAKU, January 19. /TASS/. ",
"NEW DELHI: ", "Dhaka — ".
"""

from __future__ import annotations

from collections.abc import Sequence

from accord.read.patterns import lazy
from accord.read.polities import Mention
from accord.read.sentences import Sentence

__all__ = ["place_of_writing", "without_dateline"]

_PLACE = r"[A-Z][\w.'-]*(?:[ /]+[A-Z][\w.'-]*){0,3}"
_DAY = r"(?:,\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?)"
_AGENCY = r"(?:\s+[(/][\w .,/-]{2,40}[)/])"
_DATELINE = lazy(
    rf"{_PLACE}{_DAY}?\.?{_AGENCY}\.?\s*(?:[-\u2014]+\s+|:\s+)?"  # with an agency
    rf"|{_PLACE}(?:,\s+{_PLACE})?{_DAY}\.?\s*(?:[-\u2014]+\s+|:\s+|\s(?=[A-Z]))"  # with a day
)
_CITY = lazy(
    r"(?:,\s+[A-Z]\w+)?\s*(?:(?:\s[-\u2014]+\s+|:\s+|\.\s+(?=[A-Z]))(?=[\"'A-Z$€£\d])|:\s+(?=[a-z]))"
)
_PLACES = frozenset({"capital", "city"})


def place_of_writing(
    text: str, found: Sequence[Sentence], mentions: Sequence[Mention]
) -> str | None:
    """The country of the dateline."""
    end = found[0].start if found else 0
    first = mentions[0] if mentions else None
    return first.code if first and first.end <= end and first.form in _PLACES else None


def without_dateline(
    text: str, found: Sequence[Sentence], mentions: Sequence[Mention]
) -> tuple[Sentence, ...]:
    """The sentences with the place and day of writing cut off the first."""
    if not found:
        return ()
    start = found[0].start
    match = _DATELINE.match(text, start)
    end = match.end() if match else 0
    first = mentions[0] if mentions else None
    if not end and first is not None and first.start == start and first.form in _PLACES:
        city = _CITY.match(text, first.end)
        end = city.end() if city else 0
    rest = [s for s in found if s.end > end]
    if rest and rest[0].start < end:
        rest[0] = Sentence(end, rest[0].end)
    return tuple(rest)
