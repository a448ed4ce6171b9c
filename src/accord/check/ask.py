"""What a statement asks of the record: cell, side, direction, product, period, currency."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from accord.check.dates import Span, ago, mentioned, parse_span, years_in
from accord.check.facts import Facts
from accord.model.document import Document
from accord.model.flow import Direction, Flow
from accord.model.period import Period
from accord.model.statement import Measure, Statement

__all__ = ["DIRECTIONS", "MIRROR", "WORLD", "Ask", "Case", "Side"]

WORLD = "WLD"
_MONTH = 31
DIRECTIONS: dict[Measure, Direction] = {
    Measure.TOTAL_TRADE: Direction.TOTAL,
    Measure.EXPORTS: Direction.EXPORT,
    Measure.IMPORTS: Direction.IMPORT,
    Measure.BALANCE: Direction.BALANCE,
    Measure.SERVICES_TRADE: Direction.TOTAL,
}
MIRROR: dict[Direction, Direction] = {
    Direction.EXPORT: Direction.IMPORT,
    Direction.IMPORT: Direction.EXPORT,
    Direction.TOTAL: Direction.TOTAL,
    Direction.BALANCE: Direction.BALANCE,
}


# "In 2014, the year before they signed": another year than the one that is written.
_COUNTED_ON = re.compile(
    r"\byears? (?:before|after|earlier|later|on)\b|\b(?:following|next|previous) year\b", re.I
)


@dataclass(frozen=True, slots=True)
class Side:
    """One party's statistics on the same thing; ``sign`` turns a mirrored balance round."""

    reporter: str
    partner: str
    direction: Direction
    primary: bool
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Case:
    """A statement before the record: with its document, the day that counts, and the publisher."""

    statement: Statement
    document: Document
    facts: Facts
    as_of: date | None
    publisher: str | None = None  # the polity whose statistics the text names
    institution: str | None = None  # an international publisher that the text names
    siblings: tuple[Statement, ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence of the statement, or the quote where it is not known."""
        s = self.statement
        if s.sentence_end > s.sentence_start:
            return self.document.text[s.sentence_start : s.sentence_end]
        return s.quote

    @property
    def day(self) -> date | None:
        """The day on which "is", "has been" and "in force" are meant."""
        return self.document.published.latest if self.document.published else None

    @property
    def told(self) -> Span | None:
        """The date of the statement; if none was read, the only one that its words give."""
        stated = parse_span(self.statement.date)
        if stated is not None:
            return self._clearer(stated)
        for text in (self.statement.quote, self.sentence):
            years = ago(text, self.day)
            if years is not None:
                return years
            written = mentioned(text) or years_in(text)
            if written:
                return written[0] if len(set(written)) == 1 else None
        return None

    def _clearer(self, stated: Span) -> Span:
        """What is written as a date goes before a year in a name ("the 2001 treaty")."""
        if stated in years_in(self.sentence) or _COUNTED_ON.search(self.sentence):
            return stated
        quote, sentence = self.statement.quote, self.sentence
        written = set(mentioned(quote) or mentioned(sentence) or years_in(sentence))
        year_only = (stated.end - stated.start).days > _MONTH
        if year_only and len(written) == 1 and not (span := written.pop()).overlaps(stated):
            return span
        return stated

    @property
    def named(self) -> bool:
        """Whether the text names whose statistics it quotes."""
        return self.publisher is not None or self.institution is not None


@dataclass(frozen=True, slots=True)
class Ask:
    """One cell, seen from one side."""

    case: Case
    side: Side
    product: str
    period: Period
    currency: str = "USD"

    def at(self, period: Period) -> Ask:
        """The same cell for another period."""
        return replace(self, period=period)

    def going(self, direction: Direction) -> Ask:
        """The same cell for another direction."""
        return replace(self, side=replace(self.side, direction=direction))

    def flows(self) -> list[Flow]:
        """The rows of exactly this cell, without those that are the document itself."""
        return [f for f in self.nearby() if f.period.same_days(self.period)]

    def nearby(self) -> list[Flow]:
        """The rows of the cell whose period overlaps."""
        side = self.side
        rows = self.case.facts.flows(
            reporters=[side.reporter],
            partners=[side.partner],
            directions=[side.direction],
            products=[self.product],
            overlapping=self.period,
        )
        return [f for f in rows if not own_words(self.case.document, f.release.url)]


def own_words(document: Document, url: str | None) -> bool:
    """Whether a source is the document under check, or a copy: it is no evidence for itself."""
    if not url:
        return False
    if document.sha256 in url:  # coded corpora keep each document's hash in its address
        return True
    return any(_same_page(url, place) for place in (document.url, document.source) if place)


def _same_page(left: str, right: str) -> bool:
    return _page(left) == _page(right) != ""


def _page(url: str) -> str:
    bare = url.split("#", 1)[0].split("?", 1)[0].rstrip("/")
    return bare.partition("://")[2].removeprefix("www.").lower()
