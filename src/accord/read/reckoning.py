"""Reckoning: what "last year", "in June" or "FY22" mean in one document.

A :class:`Reckoning` holds the publication date, the year the text speaks of, and the
polity whose fiscal year counts. Without what it needs it answers ``None``: a relative
period in an undated document stays unresolved.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from accord.model.document import PublicationDate
from accord.model.period import FISCAL_YEAR_STARTS, Period, month_end

__all__ = ["Reckoning"]

# Fiscal years are named for the year in which they end, but for Japan's.
_NAMED_FOR_START = frozenset({"JPN", "CAN"})
_EARLIEST, _LATEST = 1500, 2200


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The dates against which the periods of one text are resolved."""

    published: PublicationDate | None = None
    year: int | None = None
    fiscal: str | None = None

    @property
    def today(self) -> date | None:
        """The last day the publication date can mean."""
        return self.published.end if self.published else None

    def this_year(self, offset: int = 0) -> int | None:
        """The calendar year of publication, or one ``offset`` years away."""
        return self.published.start.year + offset if self.published else None

    def year_of_month(
        self, month: int, *, day: int | None = None, ahead: bool = False
    ) -> int | None:
        """The year of a month named without one: the latest that is not in the future."""
        if self.published is None:
            return self.year
        start = self.published.start
        if self.published.end.month - start.month >= 11:  # known by the year alone
            return start.year
        reached = (month, day or 1) <= (self.published.end.month, self.published.end.day)
        if ahead:
            return start.year + 1 if (month, day or 28) < (start.month, start.day) else start.year
        return start.year if reached else start.year - 1

    def month(self, year: int, month: int) -> Period | None:
        """A month, if the year is one that texts speak of."""
        return Period.of_month(year, month) if _EARLIEST <= year <= _LATEST else None

    def months(self, year: int, first: int, last: int, *, last_year: int | None = None) -> Period:
        """Months ``first`` to ``last``; into the next year if they run backwards."""
        if last_year is None:
            last_year = year + 1 if last < first else year
        if (last_year, last) < (year, first):  # "April-January" of the year it ends in
            year = last_year - 1
        return Period.of_dates(date(year, first, 1), month_end(last_year, last))

    def fiscal_year(self, named: int, *, starts: bool | None = None) -> Period:
        """The fiscal year of a name: ``named`` is its first year if ``starts``."""
        polity = self.fiscal or ""
        if starts is None:
            starts = polity in _NAMED_FOR_START
        begin = FISCAL_YEAR_STARTS.get(polity, (1, 1))
        if begin == (1, 1):
            return Period.of_year(named)
        return self._fiscal_from(named if starts else named - 1)

    def _fiscal_from(self, year: int) -> Period:
        if self.fiscal == "IRN":
            return Period.of_dates(_nowruz(year), _nowruz(year + 1) - timedelta(days=1))
        return Period.of_fiscal_year(self.fiscal or "", year)

    def split_year(self, first: int) -> Period:
        """ "2019-20": a fiscal year where one of the parties has one, else two years."""
        if self.fiscal in FISCAL_YEAR_STARTS:
            return self._fiscal_from(first)
        return Period.of_years(first, first + 1)

    def fiscal_now(self, offset: int = 0) -> Period | None:
        """The fiscal year in which the document appeared, or one ``offset`` away."""
        if self.today is None:
            return None
        year = self.today.year
        current = self.fiscal_year(year, starts=True)
        if self.today < current.start:
            year -= 1
        return self.fiscal_year(year + offset, starts=True)

    def months_until(self, last: date, count: int) -> Period:
        """The ``count`` months that end with ``last`` (a month's end, or a day)."""
        if self.fiscal == "IRN" and 19 <= last.day <= 22:
            return Period.of_dates(_iranian_month_start(last, count), last)
        if last == month_end(last.year, last.month):
            return Period.of_month_run(last.year, last.month - count + 1, count)
        return Period.of_dates(_months_before(last, count) + timedelta(days=1), last)

    def year_until_month(self, year: int, month: int) -> Period:
        """ "The year to March": by Iran's calendar where Iran is meant."""
        if self.fiscal == "IRN" and month == 3:
            return Period.of_dates(_nowruz(year - 1), _nowruz(year) - timedelta(days=1))
        return self.months_until(month_end(year, month), 12)

    def opening_months(self, year: Period, count: int) -> Period:
        """The first ``count`` months of a fiscal year, which may begin in the middle of one."""
        if self.fiscal == "IRN":
            return self.iranian_months(year.start, count)
        serial = year.start.year * 12 + year.start.month - 1 + count
        following = date(serial // 12, serial % 12 + 1, year.start.day)
        return Period.of_dates(year.start, following - timedelta(days=1))

    def iranian_months(self, start: date, count: int) -> Period:
        """The first ``count`` months of the Iranian year that begins on ``start``."""
        days = 31 * min(count, 6) + 30 * max(0, count - 6)
        return Period.of_dates(start, start + timedelta(days=days - 1))

    def past_years(self, count: int) -> Period | None:
        """ "Over the past five years": whole years early in a year, else to the day."""
        if self.published is None:
            return None
        if self.published.start.month <= 2:
            last = self.published.start.year - 1
            return Period.of_years(last - count + 1, last)
        start = self.published.start
        return Period.of_dates(date(start.year - count, start.month, 1), self.published.end)

    def coming_years(self, count: int) -> Period | None:
        """ "In five years": the month that many years ahead."""
        if self.published is None:
            return None
        start = self.published.start
        return Period.of_dates(start, month_end(start.year + count, start.month))


def _nowruz(year: int) -> date:
    """The Iranian new year in a Gregorian one, right from 1996 to 2027."""
    return date(year, 3, 20 if calendar.isleap(year) else 21)


def _iranian_month_start(last: date, count: int) -> date:
    """The day on which ``count`` Iranian months ending with ``last`` began."""
    ahead = _months_before(last, count)
    if ahead.month == 3:
        return _nowruz(ahead.year)
    return ahead + timedelta(days=1)


def _months_before(day: date, count: int) -> date:
    serial = day.year * 12 + day.month - 1 - count
    year, month = serial // 12, serial % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
