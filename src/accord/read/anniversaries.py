"""Anniversaries: what is how many years old."""

from __future__ import annotations

import re

from accord.model.statement import Approximation, Kind, Statement, Trace
from accord.read.act_dates import iso
from accord.read.numerals import parse_number
from accord.read.rankings import rank_of
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_anniversaries"]

_ANNIVERSARY = re.compile(
    r"(?:\b(?P<ordinal>[\w-]+)\s+(?:anniversary|birthday|jubilee)\b|\b(?P<count>\d{1,3}|one|two|three|four|six|seven|eight|nine|one\s+hundred|a\s+hundred|fifty|sixty|seventy|eighty|ninety|forty|thirty|twenty(?:-five)?|ten|five|fifteen)\s*-?\s*years?\s+(?P<what>of\s+(?:[\w-]+\s+)*?(?:diplomatic\s+|official\s+|formal\s+)*(?:relations|ties|friendship|relationship|alliance)|(?:had|have)\s+passed\s+since|since|after\s+the|friendship|ago\s+(?:today|this\s+\w+|last\s+month)))",
    re.IGNORECASE,
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_ROUND = {
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
    "golden": 50,
    "silver": 25,
    "diamond": 60,
}


def read_anniversaries(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """ "the 50th anniversary of …", "100 years of diplomatic relations"."""
    found = []
    for match in _ANNIVERSARY.finditer(scene.text, scene.start, scene.end):
        years = _years(match)
        codes = list(dict.fromkeys(p.code for p in scene.parties))
        if years is None or not 1 <= years <= 1000:
            continue
        if len(codes) < 2:
            codes = _with_context(codes, scene, memory, setting)
        if not codes or re.search(
            r"\b(?:imprison|prison|sentence|old|term|plan|contract|war|deal)\b",
            scene.text[match.end() : match.end() + 12],
        ):
            continue
        found.append(_anniversary(match, years, codes, scene))
    return found


def _years(match: re.Match[str]) -> int | None:
    if match.group("ordinal"):
        word = match.group("ordinal").lower()
        if word in _ROUND:
            return _ROUND[word]
        if (
            not re.match(r"\d", word)
            and word.partition("-")[0] not in _TENS
            and rank_of(word) == 20
        ):
            return None
        return _tens(word) or rank_of(word) or None
    number = parse_number(" ".join(match.group("count").lower().split()))
    return int(number.value) if number else None


def _tens(word: str) -> int:
    tens, _, ones = word.partition("-")
    return _TENS[tens] + rank_of(ones) if tens in _TENS and ones else 0


def _with_context(codes: list[str], scene: Scene, memory: Memory, setting: Setting) -> list[str]:
    ours = re.search(r"\b(?:our|we)\b", scene.text[scene.start : scene.end], re.IGNORECASE)
    pool = [
        *([setting.home] if ours and setting.home else []),
        *codes,
        *(memory.pair or ()),
        *setting.pair,
        *([setting.home] if setting.home else []),
    ]
    full = [c for c in dict.fromkeys(pool) if c]
    return full[:2] if full else codes


def _anniversary(match: re.Match[str], years: int, codes: list[str], scene: Scene) -> Statement:
    late = [p.end for p in scene.parties if p.start >= match.end() and p.start - match.end() < 140]
    start = match.start()
    end = max([match.end(), *late[:2]])
    if start - scene.start < 70:
        start = scene.start
    relations = re.search(
        r"(?:diplomatic\s+)?(?:relations|ties|relationship)(?:\s+between\s+our\s+\w+)?(?:\s+next\s+year|\s+this\s+year)?",
        scene.text[match.end() : match.end() + 40],
        re.IGNORECASE,
    )
    if relations:
        end = max(end, match.end() + relations.end())
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=min(end, scene.end),
        kind=Kind.ANNIVERSARY,
        reporter=codes[0],
        partner=codes[1] if len(codes) > 1 else None,
        value=float(years),
        unit="years",
        approx=Approximation.EXACT,
        date=_date(scene, match, years),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="anniversary",
        name=_of_what(match, scene),
        parties=tuple(codes),
        traces=(Trace("value", match.start(), match.end(), f"{years} years"),),
    )


def _date(scene: Scene, match: re.Match[str], years: int) -> str | None:
    if (match.group("what") or "").lower().startswith("ago") and scene.today:
        day = scene.today
        if "today" in match.group("what").lower():
            return day.replace(
                year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day
            ).isoformat()
        return str(day.year - years)
    dated = [p for p in scene.periods if p.period is not None]
    if dated:
        return iso(dated[0].period)
    return str(scene.today.year) if scene.today else None


def _of_what(match: re.Match[str], scene: Scene) -> str | None:
    what = re.match(
        r"\s+of\s+(?:the\s+)?([^,;.]{3,160})", scene.text[match.end() : match.end() + 200]
    )
    return what.group(1).strip() if what else None
