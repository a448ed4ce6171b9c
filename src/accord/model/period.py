"""Periods: closed intervals of days with a granularity, and their arithmetic.

Trade figures are published for months, quarters, halves and years, for the year
to date, and (in China's case) for January and February as one unit. Fiscal years
differ by country. All of these are :class:`Period` values; what they share is a
first and a last day, what tells them apart is the granularity.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

__all__ = ["FISCAL_YEAR_STARTS", "Granularity", "Period"]


class Granularity(StrEnum):
    """What kind of interval a period is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"
    YEAR_TO_DATE = "year_to_date"
    JAN_FEB = "jan_feb"
    SPAN = "span"


# First month and day of the fiscal year, for countries where texts say "fiscal year"
# or "2014-15" and do not mean the calendar year. Sources: each country's budget law.
FISCAL_YEAR_STARTS: dict[str, tuple[int, int]] = {
    "IND": (4, 1),
    "JPN": (4, 1),
    "GBR": (4, 1),
    "CAN": (4, 1),
    "HKG": (4, 1),
    "SGP": (4, 1),
    "ZAF": (4, 1),
    "MMR": (4, 1),
    "PAK": (7, 1),
    "BGD": (7, 1),
    "AUS": (7, 1),
    "NZL": (7, 1),
    "EGY": (7, 1),
    "KEN": (7, 1),
    "ETH": (7, 8),
    "BTN": (7, 1),
    "NPL": (7, 16),
    "USA": (10, 1),
    "THA": (10, 1),
    "LAO": (10, 1),
    "IRN": (3, 21),
    "AFG": (12, 21),
}

_HALF_LENGTH, _QUARTER_LENGTH, _YEAR_LENGTH = 6, 3, 12


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed interval of days: ``start`` and ``end`` both belong to it.

    Raises ``ValueError`` when it would end before it starts.
    """

    start: date
    end: date
    granularity: Granularity = Granularity.SPAN

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"period ends {self.end} before it starts {self.start}")

    @classmethod
    def of_day(cls, day: date) -> Self:
        """One day."""
        return cls(day, day, Granularity.DAY)

    @classmethod
    def of_month(cls, year: int, month: int) -> Self:
        """One calendar month."""
        return cls(date(year, month, 1), month_end(year, month), Granularity.MONTH)

    @classmethod
    def of_months(cls, year: int, first: int, last: int) -> Self:
        """The months ``first`` to ``last`` of a year, named for what they are."""
        start, end = date(year, first, 1), month_end(year, last)
        return cls(start, end, _granularity(start, end))

    @classmethod
    def of_month_run(cls, year: int, month: int, count: int) -> Self:
        """``count`` months from a month on, which is counted from the January of ``year``:
        13 is the next January, 0 the December before.
        """
        first = 12 * year + month - 1
        last = first + count - 1
        start = date(first // 12, first % 12 + 1, 1)
        return cls.of_dates(start, month_end(last // 12, last % 12 + 1))

    @classmethod
    def of_quarter(cls, year: int, quarter: int) -> Self:
        """Quarter 1 to 4 of a calendar year."""
        return cls.of_months(year, 3 * quarter - 2, 3 * quarter)

    @classmethod
    def of_half(cls, year: int, half: int) -> Self:
        """Half 1 or 2 of a calendar year."""
        return cls.of_months(year, 6 * half - 5, 6 * half)

    @classmethod
    def of_year(cls, year: int) -> Self:
        """A calendar year."""
        return cls.of_months(year, 1, 12)

    @classmethod
    def of_years(cls, first: int, last: int) -> Self:
        """Several calendar years as one span."""
        granularity = Granularity.YEAR if first == last else Granularity.SPAN
        return cls(date(first, 1, 1), date(last, 12, 31), granularity)

    @classmethod
    def of_fiscal_year(cls, polity: str, first_year: int) -> Self:
        """The fiscal year of a country that begins in ``first_year``.

        Falls back to the calendar year for countries without an own one.
        """
        month, day = FISCAL_YEAR_STARTS.get(polity, (1, 1))
        if (month, day) == (1, 1):
            return cls.of_year(first_year)
        start = date(first_year, month, day)
        end = date(first_year + 1, month, day) - timedelta(days=1)
        return cls(start, end, Granularity.FISCAL_YEAR)

    @classmethod
    def of_dates(cls, start: date, end: date) -> Self:
        """The interval between two days, with the granularity that fits it."""
        return cls(start, end, _granularity(start, end))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2021``, ``2021-02``, ``2021-Q1``, ``2021-H1`` or ``DATE/DATE``.

        Raises ``ValueError`` for anything else.
        """
        if "/" in text:
            left, right = (date.fromisoformat(part) for part in text.split("/", 1))
            return cls.of_dates(left, right)
        head, _, tail = text.partition("-")
        year = int(head)
        if not tail:
            return cls.of_year(year)
        if tail[0] in "Qq":
            return cls.of_quarter(year, int(tail[1:]))
        if tail[0] in "Hh":
            return cls.of_half(year, int(tail[1:]))
        if "-" in tail:
            return cls.of_day(date.fromisoformat(text))
        return cls.of_month(year, int(tail))

    @property
    def year_before(self) -> Period:
        """The same interval one year earlier; month ends stay month ends."""
        return self.shifted(-1)

    @property
    def year_after(self) -> Period:
        """The same interval one year later."""
        return self.shifted(1)

    def shifted(self, years: int) -> Period:
        """The same interval ``years`` later (or earlier, if negative)."""
        return Period(_shift(self.start, years), _shift(self.end, years), self.granularity)

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.end - self.start).days + 1

    @property
    def months(self) -> int:
        """How many whole calendar months it holds; 0 if it is not made of whole months."""
        if not (self.start.day == 1 and _is_month_end(self.end)):
            return 0
        return 12 * (self.end.year - self.start.year) + self.end.month - self.start.month + 1

    def contains(self, other: Period | date) -> bool:
        """Whether every day of ``other`` belongs to it."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether they share a day."""
        return self.start <= other.end and other.start <= self.end

    def overlap_days(self, other: Period) -> int:
        """How many days they share."""
        first, last = max(self.start, other.start), min(self.end, other.end)
        return max(0, (last - first).days + 1)

    def same_days(self, other: Period) -> bool:
        """Whether they are the same interval, whatever it is called."""
        return (self.start, self.end) == (other.start, other.end)

    def __str__(self) -> str:
        """Readable, and (but for spans) what :meth:`parse` reads."""
        if self.granularity is Granularity.DAY:
            return self.start.isoformat()
        if self.granularity is Granularity.MONTH:
            return f"{self.start:%Y-%m}"
        if self.granularity is Granularity.YEAR:
            return f"{self.start.year}"
        if self.granularity is Granularity.QUARTER:
            return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
        if self.granularity is Granularity.HALF:
            return f"{self.start.year}-H{(self.start.month + 5) // 6}"
        return f"{self.start}/{self.end}"


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _shift(day: date, years: int) -> date:
    year = day.year + years
    if day.month == 2 and _is_month_end(day):
        return month_end(year, 2)
    return day.replace(year=year)


def _granularity(start: date, end: date) -> Granularity:
    if start == end:
        return Granularity.DAY
    if start.day != 1 or not _is_month_end(end) or start.year != end.year:
        return Granularity.SPAN
    length = end.month - start.month + 1
    if length == 1:
        return Granularity.MONTH
    if (start.month, end.month) == (1, 2):
        return Granularity.JAN_FEB
    if length == _YEAR_LENGTH:
        return Granularity.YEAR
    if length == _QUARTER_LENGTH and start.month % _QUARTER_LENGTH == 1:
        return Granularity.QUARTER
    if length == _HALF_LENGTH and start.month % _HALF_LENGTH == 1:
        return Granularity.HALF
    return Granularity.YEAR_TO_DATE if start.month == 1 else Granularity.SPAN
