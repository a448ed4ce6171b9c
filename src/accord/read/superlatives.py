"""Superlatives without a number: a year that nobody has matched, a help sent sooner than any.

"Trade was never so large as in 2021", "no year has since equalled 2021" put a year first
in its own series; "no country sent help sooner than Pakistan" puts a country first.
"""

from __future__ import annotations

import re

from accord.model.statement import Approximation, Kind, Measure, Statement, Trace
from accord.read.frames import codes_of, is_asked, pair_in_context
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_superlatives"]

_MATCH = (
    r"(?:match(?:ed)?|equal(?:l?ed)?|surpass(?:ed)?|beat(?:en)?|top(?:ped)?|exceed(?:ed)?"
    r"|bettered|outdone|reached)"
)
_YEARS = lazy(
    rf"\b(?:never(?:\s+(?:before|since|again|been|was|were|has|have|it|they))*\s+(?:been\s+)?(?:so|as|this)\s+(?:large|high|big|great|strong|low|small|weak|much|lively|brisk)(?:\s+as\s+in)?"
    rf"|(?:nobody|no\s+one|no\s+(?:other\s+)?(?:year|month|period)|nothing|none)\s+(?:has|have|had)\s+(?:ever\s+|since\s+|yet\s+|so\s+far\s+){{0,2}}{_MATCH}"
    rf"|(?:has|have|had)\s+(?:not|never)\s+(?:since\s+)?been\s+(?:since\s+)?{_MATCH}"
    rf"|(?:remains?|stays?|is\s+still)\s+(?:un(?:matched|equalled|surpassed|beaten))"
    rf"|(?:the\s+)?(?:best|peak|record|worst|leanest)\s+year\s+(?:so\s+far|ever|to\s+date|on\s+record|yet))\b",
    re.IGNORECASE,
)
_SOONER = lazy(
    r"\bno\s+(?:other\s+)?(?:country|state|nation|government)\s+(?P<what>[^,.;]{3,100}?)\s+(?:sooner|earlier|faster|before|more\s+quickly)\s+(?:than\s+)?(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_MEASURES = (
    (Measure.EXPORTS, re.compile(r"\b(?:exports?|sales|shipments|deliveries)\b", re.IGNORECASE)),
    (Measure.IMPORTS, re.compile(r"\b(?:imports?|purchases)\b", re.IGNORECASE)),
    (Measure.BALANCE, re.compile(r"\b(?:deficit|surplus|balance|gap)\b", re.IGNORECASE)),
    (
        Measure.TOTAL_TRADE,
        re.compile(r"\b(?:trade|turnover|commerce|business|exchanges)\b", re.IGNORECASE),
    ),
)


def read_superlatives(
    scene: Scene, memory: Memory, setting: Setting, *, others: list[Statement]
) -> list[Statement]:
    """Rankings that no number tells."""
    if is_asked(scene) or any(s.kind is Kind.RANKING for s in others):
        return []
    sooner = _SOONER.search(scene.text, scene.start, scene.end)
    if sooner is not None:
        return _first_to(sooner, scene)
    match = _YEARS.search(scene.text, scene.start, scene.end)
    words = scene.text[scene.start : scene.end]
    measure = next((m for m, pattern in _MEASURES if pattern.search(words)), None)
    if match is None or measure is None:
        return []
    codes = pair_in_context(codes_of(scene.parties), words, memory, setting, loose=True)
    if len(codes) < 2:
        return []
    if measure is Measure.IMPORTS and (source := _source(scene)) and source != codes[0]:
        codes = [codes[0], source]
    year = next((p for p in scene.periods if p.period is not None), None)
    start = min([match.start(), *(p.start for p in scene.parties if match.start() - p.start < 160)])
    end = max([match.end(), *(p.end for p in scene.parties)], default=match.end())
    if year is not None:
        start, end = min(start, year.start), max(end, year.end)
    down = re.search(r"\b(?:low|small|weak|worst|leanest)\b", match.group(), re.IGNORECASE)
    return [
        Statement(
            id="",
            quote=scene.text[start:end],
            start=start,
            end=end,
            kind=Kind.RANKING,
            measure=measure,
            reporter=codes[0],
            partner=codes[1],
            value=1.0,
            unit="rank",
            approx=Approximation.EXACT,
            period=year.period if year else None,
            of="own lowest" if down else "own record",
            sentence_start=scene.start,
            sentence_end=scene.end,
            text_cue="lowest" if down else "record",
            parties=tuple(codes[:2]),
            traces=(Trace("value", match.start(), match.end(), "a superlative without number"),),
        )
    ]


def _source(scene: Scene) -> str | None:
    return next((p.code for p in scene.parties if p.prep == "from"), None)


def _first_to(match: re.Match[str], scene: Scene) -> list[Statement]:
    """ "No country sent help to China sooner than Pakistan": Pakistan was the first."""
    first = next((p for p in scene.parties if p.start >= match.end() - 1), None)
    target = next((p for p in scene.parties if match.start() <= p.start < match.end()), None)
    if first is None or target is None or first.code == target.code:
        return []
    return [
        Statement(
            id="",
            quote=scene.text[match.start() : first.end],
            start=match.start(),
            end=first.end,
            kind=Kind.RANKING,
            measure=Measure.OTHER,
            reporter=first.code,
            partner=target.code,
            value=1.0,
            unit="rank",
            approx=Approximation.EXACT,
            of=match.group("what"),
            sentence_start=scene.start,
            sentence_end=scene.end,
            text_cue="first",
            parties=(first.code, target.code),
            traces=(Trace("value", match.start(), match.end(), "superlative of order"),),
        )
    ]
