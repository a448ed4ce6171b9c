"""Anniversaries: what is how many years old.

"The 20th anniversary of …", "three decades of diplomatic ties", "turned 25", "has been
a member for forty years", "signed ten years ago today". A number of years is taken for
an anniversary only where a treaty, relations, a membership or a project stands beside
it; ``date`` is the year in which it falls, or the founding date where the text counts
back from today.
"""

from __future__ import annotations

import re
from functools import cache

from accord.model.statement import Approximation, Kind, Statement, Trace
from accord.read.act_dates import find_dates
from accord.read.frames import codes_of, is_bloc, is_pact, pair_in_context
from accord.read.lexicons import read_table
from accord.read.numerals import parse_number
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import rank_of
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_anniversaries"]

_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_ROUND = {
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "golden": 50,
    "silver": 25, "diamond": 60, "centenary": 100,
}  # fmt: skip


_VERB = lazy(
    r"\b(?:signed|opened|launched|joined|took|came|entered|became|began|inaugurated|founded|established)\b"
)
_RELATIVE = lazy(r"[;:]\s+|,\s+(?=(?:of\s+)?(?:which|where|when|who)\b)|,\s+and\s+")
_MARKS = lazy(r"mark|celebrat|commemorat|anniversar|jubilee|recall|remember", re.IGNORECASE)
_SINCE = lazy(r"\bsince\s[^,;]{0,80}$")  # "has doubled since it took effect 17 years ago"
_STOP = lazy(r",(?!\s+and\b)|[;:]|\.\s")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = read_table("anniversaries")
    forms = "|".join(f"(?:{f})" for f in table["forms"])
    forms = forms.replace("{number}", table["number"])
    return re.compile(rf"\b(?:{forms})", re.IGNORECASE), re.compile(table["object"], re.IGNORECASE)


def read_anniversaries(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The anniversaries of a sentence."""
    pattern, thing = _patterns()
    found: list[Statement] = []
    for match in pattern.finditer(scene.text, scene.start, scene.end):
        years = _years(match)
        if years is None or not 1 <= years <= 1000 or not _of_something(match, scene, thing):
            continue
        codes = _parties(match, scene, memory, setting)
        if codes:
            found.append(_anniversary(match, years, codes, scene, memory))
    return found[:1]


def _years(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups["ordinal"]:
        return _ordinal(groups["ordinal"].lower())
    if groups["named"]:
        return _named_age(groups["named"].lower())
    word = next((groups[g] for g in ("count", "aged", "turned") if groups[g]), None)
    if word is None:
        return None
    word = " ".join(word.lower().split())
    unit = (groups["unit"] or "years").lower()
    if "quarter" in word:
        return 25
    if "half" in word:
        return 50 if unit.startswith("cent") else 5
    number = 1.0 if word in {"a", "an"} else n.value if (n := parse_number(word)) else 0.0
    return int(number * (10 if unit.startswith("dec") else 100 if unit.startswith("cent") else 1))


def _named_age(word: str) -> int:
    for start, years in (("quarter", 25), ("half", 50), ("bi", 200), ("t", 300), ("sesqui", 150)):
        if word.startswith(start):
            return years
    return 100


def _ordinal(word: str) -> int | None:
    if word in _ROUND:
        return _ROUND[word]
    if not re.match(r"\d", word) and word.partition("-")[0] not in _TENS and rank_of(word) == 20:
        return None
    tens, _, ones = word.partition("-")
    return (_TENS[tens] + rank_of(ones)) if tens in _TENS and ones else rank_of(word) or None


def _of_something(match: re.Match[str], scene: Scene, thing: re.Pattern[str]) -> bool:
    """Whether what is so old is a thing between states."""
    if match.group("ordinal"):
        return True
    after = scene.text[match.end() : min(scene.end, match.end() + 130)]
    before = scene.text[max(scene.start, match.start() - 130) : match.start()]
    if _is_gap(match, before) or _SINCE.search(before):
        return False
    if re.search(
        r"\b(?:ending|ended|end\s+to|within|over|in|next|last|past|first|previous|every)\s+(?:the\s+)?$",
        before,
    ):
        return False
    if re.match(
        r"\s*(?:in\s+prison|imprison|sentence|old\s+(?:man|woman|boy|girl)|term|plan|contract|war|deal|bond|loan|yield)\b",
        after,
    ):
        return False
    return _of_states(match, scene, thing, (before, after))


def _is_gap(match: re.Match[str], before: str) -> bool:
    """ "recognised it, some fifty-eight years after …": the time between two acts."""
    way = (match.group("way") or "").lower()
    if way.startswith("ago"):
        told = re.match(r"\s*(?:today|this|last\s+month)", way[3:])
        return not told and len(before.strip(" ,\"'")) > 25 and not _MARKS.search(before)
    return way == "after" and len(before.strip(" ,\"'")) > 25 and not _MARKS.search(before)


def _of_states(
    match: re.Match[str], scene: Scene, thing: re.Pattern[str], around: tuple[str, str]
) -> bool:
    """Whether a treaty, relations, an organisation or a project stands beside the age."""
    before, after = around
    way = (match.group("way") or "").lower()
    if match.group("turned") or match.group("aged"):
        subject = [p for p in scene.parties if p.end <= match.start()]
        return bool(subject) and (is_bloc(subject[-1].code) or thing.search(before) is not None)
    if way == "in":
        return any(is_bloc(p.code) and 0 <= p.start - match.end() < 6 for p in scene.parties)
    if way.startswith("ago"):
        return thing.search(before) is not None or thing.search(after) is not None
    if match.group("lasting"):
        return (
            re.search(
                r"\b(?:members?|belong\w*|s[ai]t|seat|been\s+(?:in|inside|part)|existed|exists|in\s+(?:force|operation|service)|open|relations|ties|partner|now)\b",
                before + after[:40],
            )
            is not None
        )
    if way == "of":
        near = re.match(r"\s*(?:[\w'-]+\s+){0,4}", after)
        return thing.search(after[: near.end() + 14 if near else 20]) is not None
    return thing.search(after[:110]) is not None


def _parties(match: re.Match[str], scene: Scene, memory: Memory, setting: Setting) -> list[str]:
    """Those of what is celebrated: named after it up to the next comma, else in the sentence."""
    stop = _STOP.search(scene.text, match.end(), scene.end)
    edge = stop.start() if stop else scene.end
    after = [p for p in scene.parties if match.start() <= p.start < edge]
    codes = _of(after)
    own = (match.group("way") or "").lower() != "in"
    if len(codes) >= 2 or (
        own and codes and is_bloc(codes[0]) and _whole(match.start(), after, scene)
    ):
        return codes
    near = [p for p in scene.parties if p.start - match.end() < 110]
    codes = _of(near if len({p.code for p in near}) > 1 else scene.parties)
    if len(codes) >= 2 or (codes and is_bloc(codes[0])):
        return codes
    words = scene.text[scene.start : scene.end]
    context = pair_in_context(codes, words, memory, setting, loose=True)
    if len(context) < 2 and setting.home and setting.home not in context:
        context = (
            [setting.home, *context]
            if re.search(r"\b(?:our|we)\b", words, re.IGNORECASE)
            else context
        )
    return context


def _of(parties: list[Party]) -> list[str]:
    codes = codes_of([p for p in parties if p.prep not in {"in", "at"} or is_bloc(p.code)])
    if len(codes) > 2:
        pacts = [c for c in codes if is_pact(c)]
        codes = pacts or codes
    blocs, states = [c for c in codes if is_bloc(c)], [c for c in codes if not is_bloc(c)]
    return [states[0], blocs[0]] if len(blocs) == 1 and states and len(codes) > 2 else codes


def _whole(start: int, parties: list[Party], scene: Scene) -> bool:
    """Whether the age is the organisation's own, not that of someone's place in it."""
    words = scene.text[start : parties[-1].end]
    return (
        re.search(
            r"\b(?:its|access\w+|join\w*|entr\w+|admi\w+|member\w*|s[ai]t|belong\w*|been\s+in)\b",
            words,
        )
        is None
    )


def _anniversary(
    match: re.Match[str], years: int, codes: list[str], scene: Scene, memory: Memory
) -> Statement:
    late = [p.end for p in scene.parties if p.start >= match.end() and p.start - match.end() < 140]
    start, end = match.start(), max([match.end(), *late[:2]])
    if start - scene.start < 90 or match.group("lasting"):
        start = (
            scene.start
            + len(scene.text[scene.start : start])
            - len(scene.text[scene.start : start].lstrip())
        )
    for clause in _RELATIVE.finditer(scene.text, start, match.start()):
        start = clause.end()
    tail = re.match(
        r"[^,;.]{0,40}?(?:relations|ties|relationship|force|signed)(?:\s+between\s+our\s+\w+)?(?:\s+(?:next|this)\s+year)?",
        scene.text[match.end() : scene.end],
        re.IGNORECASE,
    )
    end = max(end, match.end() + tail.end()) if tail else end
    stop = _STOP.search(scene.text, match.end(), scene.end)
    edge = stop.start() if stop else scene.end
    told = _VERB.search(scene.text, match.end(), edge)
    if (match.group("way") or "").startswith("ago") and not told and scene.end - match.end() < 180:
        semicolon = scene.text.find(";", match.end(), scene.end)
        edge = semicolon if semicolon >= 0 else scene.end
    end = max(end, edge if edge - match.end() < 180 else end)
    end = min(end, scene.end) - (scene.text[min(end, scene.end) - 1] == ".")
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
        date=_date(match, years, scene, memory),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="anniversary",
        name=_of_what(match, scene),
        parties=tuple(codes),
        traces=(Trace("value", match.start(), match.end(), f"{years} years"),),
    )


def _date(match: re.Match[str], years: int, scene: Scene, memory: Memory) -> str | None:
    way = (match.group("way") or "").lower()
    if way.startswith("ago") and scene.today:
        day = scene.today
        if "today" in way or "this day" in way:
            last = 28 if day.month == 2 else day.day
            return day.replace(year=day.year - years, day=min(day.day, last)).isoformat()
        return str(day.year - years)
    dates = [
        d for d in find_dates(scene, memory) if d.end <= match.start() or d.start >= match.end()
    ]
    if scene.today is None:
        return dates[0].text if dates else None
    able = [d for d in dates if abs(int(d.text[:4]) - scene.today.year) > 1 or len(d.text) == 4]
    return able[0].text if able else str(scene.today.year)


def _of_what(match: re.Match[str], scene: Scene) -> str | None:
    what = re.match(
        r"\s+of\s+(?:the\s+)?([^,;.]{3,160})", scene.text[match.end() : match.end() + 200]
    )
    return what.group(1).strip() if what else None
