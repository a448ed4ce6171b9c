"""Dates of acts: what a clause says of the day, month or year of a signature or a visit.

The periods of a sentence (:mod:`accord.read.periods`) give calendar dates and years.
Acts are also dated by weekdays ("on Sunday"), by what was said before ("that year",
"the following year", "three months later") and by feasts; those are read here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from accord.model.english import MONTH_NUMBERS, MONTHS, WEEKDAYS
from accord.model.period import Granularity, Period
from accord.read.numerals import parse_number
from accord.read.patterns import lazy
from accord.read.period_mentions import PeriodMention, Role
from accord.read.scene import Memory, Scene

__all__ = ["Dated", "find_dates", "iso", "nearest"]

_MONTH = "(?:" + "|".join(MONTHS) + ")"
# Also as wires shorten them: "Sept. 1", "6 Mar".
_SHORT = rf"(?:{_MONTH}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?=[.\s]))"
_ORDINAL_DAYS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_NUMBER = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|thirty|forty|fifty)"
)
_RULES = lazy(
    rf"\b(?:"
    rf"(?:(?:on\s+)?(?:the\s+)?(?P<fday>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<fmonth>{_MONTH})\s+(?:of\s+)?(?:the\s+)?(?P<fstep>following|next|same|that)\s+year"
    rf"|(?:on\s+)?the\s+(?P<oday>{'|'.join(_ORDINAL_DAYS)})\s+(?:of\s+|day\s+of\s+)?(?P<omonth>{_MONTH}),?\s+(?P<oyear>\d{{4}})"
    rf"|(?:on\s+)?New\s+Year's\s+Day(?:,?\s+(?:of\s+)?(?P<nyear>\d{{4}}))?"
    rf"|(?P<turned>the\s+year\s+(?:after|before)(?=\s+(?:(?-i:[A-Z])|(?:the|its|it|they|their|he|she|his|her|both)\b)))"
    rf"|(?:in\s+)?(?P<step>the\s+(?:very\s+)?(?:following|next|same)\s+year|the\s+year\s+(?:after|before)|that\s+(?:same\s+)?year)"
    rf"|(?P<count>{_NUMBER})\s+(?P<unit>years?|months?|weeks?|days?)\s+(?P<way>later|earlier|ago|afterwards|before\s+that)"
    rf"|(?:(?:on|since|from|last|this|late\s+on|early\s+on|until)\s+)*(?P<weekday>{'|'.join(WEEKDAYS)})"
    rf"|(?:(?:on|since|from|until|by)\s+)?(?:the\s+)?(?P<aday>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<amonth>{_SHORT})\b(?!\.?,?\s+(?:of\s+)?(?:the\s+)?(?:\d{{4}}|following|next|same|that))"
    rf"|(?:(?:on|since|from|until|by)\s+)?(?P<bmonth>{_SHORT})\.?\s+(?P<bday>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.,]*\d|,?\s+\d{{4}}|\s*(?:%|percent|per\s|pct|million|billion|mln|bln|tonnes))"
    rf"|(?P<day>today|yesterday|tomorrow|this\s+(?:morning|week)|tonight|last\s+(?:week|night))"
    rf")\b",
    re.IGNORECASE,
)
_FULL = lazy(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\s+(?:(?P<after>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?:of\s+)?(?P<year>\d{{4}})",
    re.IGNORECASE,
)
_STEM = lazy(
    rf"day\b|year|later|earlier|\bago\b|afterwards|week|night|morning|tomorrow|the\s+\w+\s+(?:of\s+)?[A-Z]"
    rf"|\d(?:st|nd|rd|th)?\s+(?:of\s+)?{_SHORT}|{_SHORT}\.?\s+\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in the text: its place, and the date at the precision of the text.

    ``since`` marks a date from which something holds.
    """

    start: int
    end: int
    text: str
    since: bool = False


def iso(period: Period | None) -> str | None:
    """``2018-05-17``, ``2018-05`` or ``2018``."""
    if period is None:
        return None
    if period.granularity is Granularity.DAY:
        return period.start.isoformat()
    if period.granularity is Granularity.MONTH:
        return f"{period.start:%Y-%m}"
    return str(period.start.year)


def find_dates(scene: Scene, memory: Memory) -> list[Dated]:
    """The dates of a sentence in the order of the text."""
    plain = [d for p in scene.periods if (d := _plain(p, scene, memory)) is not None]
    own = [
        Dated(m.start(), m.end(), text, _is_since(m.start(), scene))
        for m in _FULL.finditer(scene.text, scene.start, scene.end)
        if (text := _written(m.group()))
    ]
    if own:
        plain = [d for d in plain if not any(o.start < d.end and d.start < o.end for o in own)]
    if not _STEM.search(scene.text, scene.start, scene.end):
        return sorted([*plain, *own], key=lambda d: d.start)
    for match in _RULES.finditer(scene.text, scene.start, scene.end):
        before = sorted((d for d in [*plain, *own] if d.end <= match.start()), key=lambda d: d.end)
        if any(o.start < match.end() and match.start() < o.end for o in own):
            continue
        text = _of_year_beside(match, before) or _resolve(match, scene, _anchor(before, memory))
        if text is not None:
            since = match.group().lower().startswith("since")
            own.append(Dated(match.start(), match.end(), text, since))
    kept = [d for d in plain if not any(o.start < d.end and d.start < o.end for o in own)]
    return sorted([*kept, *own], key=lambda d: d.start)


def _of_year_beside(match: re.Match[str], before: list[Dated]) -> str | None:
    """ "Last year, on 17 May": a day of the year that stands right before it."""
    day, name = (
        match.group(a) or match.group(b) for a, b in (("aday", "bday"), ("amonth", "bmonth"))
    )
    if not day or not name or not before or not 0 <= match.start() - before[-1].end <= 5:
        return None
    year = before[-1].text
    month = _month(name)
    return _with_day(f"{year}-{month:02d}", day) if len(year) == 4 else None


def _is_since(start: int, scene: Scene) -> bool:
    return scene.text[max(scene.start, start - 6) : start].lower().startswith("since")


def _plain(mention: PeriodMention, scene: Scene, memory: Memory) -> Dated | None:
    role = mention.role
    if role is Role.SPAN and mention.period and mention.period.months > 12:
        words = scene.text[mention.start : mention.end]
        if re.match(r"(?:between|from|over|for|until)\b", words, re.IGNORECASE):
            return None  # how long something is to last
    if role not in {Role.SPAN, Role.AS_OF, Role.SINCE, Role.SAME}:
        return None
    if role is Role.SAME:
        text = str(memory.anchor.start.year) if memory.anchor else None
    else:
        text = iso(mention.period)
        if role is Role.SPAN and mention.period and mention.period.months > 12:
            text = f"{text}/{mention.period.end.year}"  # "in the 1990s": no single year
        year = str(mention.year) if mention.year is not None and role is Role.SINCE else None
        text = year if year and not (text or "").startswith(year) else text
    return Dated(mention.start, mention.end, text, role is Role.SINCE) if text else None


def _written(words: str) -> str | None:
    """The full date in "since 28 February 2002", of which a period keeps only the year."""
    match = _FULL.search(words)
    if match is None:
        return None
    day = match.group("day") or match.group("after")
    text = f"{match.group('year')}-{_month(match.group('month')):02d}"
    return _with_day(text, day)


def _with_day(month: str, day: str | None) -> str:
    """A month with a day that it has: "30 February" is only a month."""
    year, number = (int(part) for part in month.split("-"))
    if not day or not 1 <= int(day) <= monthrange(year, number)[1]:
        return month
    return f"{month}-{int(day):02d}"


def _anchor(before: list[Dated], memory: Memory) -> date | None:
    """The date that "the following year" and "three months later" count from."""
    if before:
        return _first_day(before[-1].text)
    return memory.anchor.start if memory.anchor else None


def _first_day(text: str) -> date:
    year, *rest = (int(part) for part in text.partition("/")[0].split("-"))
    month = rest[0] if rest else 1
    day = min(rest[1], monthrange(year, month)[1]) if len(rest) > 1 else 1
    return date(year, month, day)


def _resolve(match: re.Match[str], scene: Scene, anchor: date | None) -> str | None:
    groups = match.groupdict()
    if groups["fmonth"]:
        return _in_year(groups, anchor)
    if groups["oday"]:
        day = _ORDINAL_DAYS.index(groups["oday"].lower()) + 1
        return f"{groups['oyear']}-{_month(groups['omonth']):02d}-{day:02d}"
    if groups["step"]:
        return str(anchor.year + _step(groups["step"])) if anchor else None
    if groups["turned"]:  # "in 2014, the year before they signed": they signed in 2015
        return str(anchor.year - _step(groups["turned"])) if anchor else None
    if groups["count"]:
        return _counted(groups, scene.today, anchor)
    return _near(match, groups, scene, anchor)


def _near(
    match: re.Match[str], groups: dict[str, str], scene: Scene, anchor: date | None
) -> str | None:
    """Days that the text counts from its own: weekdays, "3 March", "yesterday"."""
    if groups["weekday"]:
        return _weekday(groups["weekday"], scene.today, ahead=_is_ahead(match.start(), scene))
    if groups["amonth"] or groups["bmonth"]:
        return _this_year(groups, scene, anchor, ahead=_is_ahead(match.start(), scene))
    if groups["day"]:
        return _near_today(groups["day"].lower(), scene.today)
    if groups["nyear"] or scene.today is None:
        return f"{groups['nyear']}-01-01" if groups["nyear"] else None
    return f"{scene.today.year + _is_ahead(match.start(), scene)}-01-01"


def _month(name: str) -> int:
    return MONTH_NUMBERS[name.lower()[:3]]


def _step(words: str) -> int:
    lower = words.lower()
    return 1 if re.search(r"following|next|after", lower) else -1 if "before" in lower else 0


def _in_year(groups: dict[str, str], anchor: date | None) -> str | None:
    if anchor is None:
        return None
    year, month = anchor.year + _step(groups["fstep"]), _month(groups["fmonth"])
    if not groups["fday"]:
        return f"{year}-{month:02d}"
    day = int(groups["fday"])
    return f"{year}-{month:02d}-{day:02d}" if 1 <= day <= 31 else None


def _counted(groups: dict[str, str], today: date | None, anchor: date | None) -> str | None:
    base = today if groups["way"].lower() == "ago" else anchor
    word = groups["count"].lower()
    number = 1 if word in {"a", "an"} else int(n.value) if (n := parse_number(word)) else 0
    if base is None or not number:
        return None
    step = number if groups["way"].lower() in {"later", "afterwards"} else -number
    unit = groups["unit"].lower().rstrip("s")
    if unit == "year":
        return str(base.year + step) if 0 < base.year + step < 10000 else None
    if unit == "month":
        months = base.year * 12 + base.month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    day = base + timedelta(days=step * (7 if unit == "week" else 1))
    return day.isoformat() if unit == "day" else f"{day:%Y-%m}"


_FUTURE = lazy(
    r"\b(?:will|shall|is\s+to|are\s+to|is\s+due|are\s+due|next|follows|(?:takes?|come?s?|enters?)\s+(?:effect|into)|arrives|leaves|begins|starts|opens|flies"
    r"|travels|expected|scheduled|tomorrow|to\s+(?:visit|meet|open|sign|hold|begin|start|take|arrive))\b",
    re.IGNORECASE,
)


def _is_ahead(at: int, scene: Scene) -> bool:
    """Whether the clause before a day speaks of what is still to come."""
    low = max(scene.start, at - 70)
    clause = re.split(r"[;:]|,\s(?:and|but|who|which)\s", scene.text[low:at])[-1]
    return _FUTURE.search(clause) is not None


def _this_year(
    groups: dict[str, str], scene: Scene, anchor: date | None, *, ahead: bool
) -> str | None:
    """ "On March 3": of the year that makes it the nearest such day in the direction told."""
    month = _month(groups["amonth"] or groups["bmonth"])
    day = int(groups["aday"] or groups["bday"])
    year = scene.today.year if scene.today else anchor.year if anchor else None
    if year is None:
        return None
    if scene.today and (anchor is None or anchor.year == year):
        past = (month, day) <= (scene.today.month, scene.today.day)
        year += 1 if ahead and past and month < 4 else 0
        year -= 1 if not ahead and not past else 0
    return _with_day(f"{year}-{month:02d}", str(day))


def _weekday(name: str, today: date | None, *, ahead: bool = False) -> str | None:
    if today is None:
        return None
    if ahead:
        step = (WEEKDAYS.index(name.lower()) - today.weekday() - 1) % 7 + 1
        return (today + timedelta(days=step)).isoformat()
    back = (today.weekday() - WEEKDAYS.index(name.lower())) % 7
    return (today - timedelta(days=back)).isoformat()


def _near_today(word: str, today: date | None) -> str | None:
    if today is None:
        return None
    if word == "tomorrow":
        return (today + timedelta(days=1)).isoformat()
    if word in {"yesterday", "last night"}:
        return (today - timedelta(days=1)).isoformat()
    if word in {"this week", "last week"}:
        return str(today.year)
    return today.isoformat()


def nearest(dates: list[Dated], start: int, end: int, *, floor: int) -> Dated | None:
    """The date after the verb in its clause, else the one before it."""
    after = [d for d in dates if start - 8 <= d.start < end and d.end > start]
    before = [d for d in dates if floor <= d.start and d.end <= start]
    if after and not (after[0].since and before and after[0].start - start > 14):
        return after[0]
    return before[-1] if before else after[0] if after else None
