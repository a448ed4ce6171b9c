"""When a text appeared and what it is called: header lines, datelines, front matter."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from accord.errors import ReadError
from accord.model.document import PublicationDate
from accord.model.english import MONTH_NUMBERS
from accord.model.serial import publication_date

__all__ = ["find_published", "find_title", "parse_published"]

_MONTH = r"(?P<m>" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<n>[01]\d)-(?P<d>[0-3]\d)",
        rf"{_YEAR}/(?P<n>[01]?\d)/(?P<d>[0-3]?\d)",
        rf"(?P<d>[0-3]?\d)\.(?P<n>[01]?\d)\.{_YEAR}",
        rf"{_DAY}[ -]+(?:of )?{_MONTH},?[ -]+{_YEAR}",
        rf"{_MONTH} +{_DAY},? +{_YEAR}",
    )
)
_MONTH_ONLY = re.compile(rf"{_MONTH},? +{_YEAR}", re.IGNORECASE)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_LABEL = re.compile(
    r"^\W*(?:date of publication|publication date|date published|first published"
    r"|published(?: on| at)?"
    r"|publish date|posted(?: on)?|released?(?: on| date)?|issued(?: on)?|date"
    r"|pubdate)\s*[:\-–—]?\s*" + _WEEKDAY,
    re.IGNORECASE,
)
_BARE = re.compile(r"^\W*" + _WEEKDAY, re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z][A-Z .'/-]{2,40}[,.]?\s+\(?")
_HEAD_LINES, _HEAD_CHARACTERS = 15, 2_000
_LONGEST_TITLE = 220
_TIME_ZONES = timedelta(days=1)  # it is tomorrow somewhere
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)


def parse_published(text: str, source: str) -> PublicationDate:
    """A given date (``YYYY``, ``YYYY-MM``, a day, or an ISO time of day).

    Raises READ013 where it is none of these, READ012 where it lies in the future.
    """
    day = text.strip()
    if len(day) > 10 and day[10] in "T ":
        day = day[:10]
    try:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", day):
            raise ValueError(day)
        found = publication_date(day)
    except ValueError:
        raise ReadError("READ013", date=text[:40], source=source) from None
    if found.start > _tomorrow():
        raise ReadError("READ012", date=text[:40], source=source)
    return found


def find_published(text: str) -> PublicationDate | None:
    """The date in a header line, a line of its own or a dateline at the top of a text.

    Dates in the future are not believed. None where there is none: a date in the
    running text says when something happened, not when the text appeared.
    """
    for line in text[:_HEAD_CHARACTERS].split("\n")[:_HEAD_LINES]:
        found = _in_line(line.strip())
        if found is not None and found.start <= _tomorrow():
            return found
    return None


def find_title(text: str) -> str | None:
    """The first line, where it stands alone and is no sentence."""
    front = _FRONT_MATTER.match(text)
    if front:
        named = re.search(r"(?m)^title:\s*[\"']?(.+?)[\"']?\s*$", front.group(1))
        return named.group(1) if named else find_title(text[front.end() :])
    lines = text.lstrip().split("\n", 3)
    first = lines[0].strip()
    if first.startswith("# "):
        return first[2:].strip() or None
    alone = len(lines) > 2 and not lines[1].strip()
    if not alone or not first or len(first) > _LONGEST_TITLE or first[-1] in ".,;:":
        return None
    return None if _in_line(first) is not None else first


def _in_line(line: str) -> PublicationDate | None:
    labelled = _LABEL.match(line)
    if labelled and labelled.end() > 0:
        rest = line[labelled.end() :]
        return _date_at(rest) or _month_at(rest)
    bare = _BARE.match(line)
    alone = _date_at(line[bare.end() :] if bare else line, whole=True)
    if alone is not None:
        return alone
    dateline = _DATELINE.match(line)
    return _date_at(line[dateline.end() :]) if dateline else None


def _date_at(text: str, *, whole: bool = False) -> PublicationDate | None:
    for form in _FORMS:
        match = form.match(text)
        if match is None or (whole and len(text[match.end() :].strip(" .|,-–")) > 12):
            continue
        parts = match.groupdict()
        month = int(parts["n"]) if parts.get("n") else MONTH_NUMBERS[parts["m"].lower().rstrip(".")]
        try:
            day = date(int(parts["y"]), month, int(parts["d"]))
        except ValueError:
            continue
        return PublicationDate(day, day, "found")
    return None


def _month_at(text: str) -> PublicationDate | None:
    match = _MONTH_ONLY.match(text)
    if match is None:
        return None
    month = MONTH_NUMBERS[match.group("m").lower()]
    found = publication_date(f"{match.group('y')}-{month:02d}")
    return PublicationDate(found.start, found.end, "found")


def _tomorrow() -> date:
    return datetime.now(UTC).date() + _TIME_ZONES
