"""How the periods of a document are reckoned: its date, its year, its fiscal year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from accord.model.document import Document, PublicationDate
from accord.model.period import FISCAL_YEAR_STARTS
from accord.read.patterns import lazy
from accord.read.period_mentions import MONTH
from accord.read.reckoning import Reckoning

__all__ = ["reckon"]

_YEAR = lazy(r"(?<![\d.,$€£])(?:1[89]|20)\d\d(?![\d%]|,\d)")
_SAME_MONTHS = lazy(
    r"\b(?:same|similar|corresponding|comparable)\s+(?:period|months?|quarter|half)\s+(?:of|in)\s+$"
)


def _is_base(text: str, at: int) -> bool:
    """ "Compared to a similar period in 2021": the months spoken of are a year later."""
    return _SAME_MONTHS.search(text, max(0, at - 60), at) is not None


_LAST = frozenset({"USA", "AFG"})  # whose fiscal year is meant only beside no other


def reckon(document: Document, text: str, codes: Sequence[str]) -> Reckoning:
    """How the periods of a text, or of one sentence of it, are to be resolved.

    ``codes`` are the parties in order of weight: the first with a fiscal year of its
    own decides what a fiscal year is.
    """
    years = [int(m.group()) + _is_base(text, m.start()) for m in _YEAR.finditer(text)]
    year = Counter(years).most_common(1)[0][0] if years else None
    fiscal = next((c for c in codes if c in FISCAL_YEAR_STARTS and c not in _LAST), None)
    fiscal = fiscal or next((c for c in codes if c in FISCAL_YEAR_STARTS), None)
    published = document.published or _told_on(text)
    return Reckoning(published=published, year=year, fiscal=fiscal)


_LAST_YEAR = lazy(r"\b(?:last|this|previous)\s+year\b")
_FULL_DATE = lazy(
    rf"\b(?:[0-3]?\d(?:st|nd|rd|th)?\s+{MONTH}|{MONTH}\s+[0-3]?\d(?:st|nd|rd|th)?),?\s+(?P<year>(?:19|20)\d\d)\b"
)


def _told_on(text: str) -> PublicationDate | None:
    """When an undated text was written, as far as the only year of its dates tells."""
    if _LAST_YEAR.search(text) is None:
        return None
    years = {int(m.group("year")) for m in _FULL_DATE.finditer(text)}
    if len(years) != 1 or any(int(m.group()) > max(years) for m in _YEAR.finditer(text)):
        return None
    year = years.pop()
    return PublicationDate(date(year, 1, 1), date(year, 12, 31))
