"""Places: ordinals and superlatives, the nouns that are ranked, and the statement they make."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from accord.model.english import UNITS
from accord.model.period import Period
from accord.model.statement import Approximation, Kind, Measure, Statement, Trace
from accord.read.invested_in import of_flow
from accord.read.lexicons import read_table
from accord.read.patterns import lazy
from accord.read.period_attachment import is_of_base
from accord.read.periods import PeriodMention, Role
from accord.read.scene import Memory, Scene

__all__ = [
    "ORDINAL",
    "PLACE",
    "SUPERLATIVE",
    "ListNoun",
    "list_noun",
    "noun_of",
    "noun_phrase",
    "rank_of",
    "ranking_statement",
]

_WORDS = {
    word: place
    for place, words in enumerate(
        (
            "first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th",
            "ninth 9th", "tenth 10th", "eleventh 11th", "twelfth 12th", "thirteenth", "fourteenth", "fifteenth",
            "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip


_CARDINALS = {UNITS[place]: place for place in range(1, 11)}


ORDINAL = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|\d{{1,3}}(?:st|nd|rd|th)|twenty-\w+|(?:number|No\.?|no\.?|#)[\s-]?(?:\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten))"


SUPERLATIVE = r"(?:largest|biggest|most\s+important|leading|main|top|principal|foremost|major(?!\w)|greatest|most\s+significant|primary|chief|premier|highest|best|most\s+popular|most\s+visited|key(?!\w))"


PLACE = rf"(?:(?P<ordinal>{ORDINAL})(?:\s*(?:,|and|or)\s*(?P<second>{ORDINAL}))?[\s-]+(?:(?:{SUPERLATIVE})[\s-]+)?|(?P<super>{SUPERLATIVE})[\s-]+)(?:\([^()]{{3,50}}\)\s+)?"


# Measures whose reporter is who gives.
GIVEN_MEASURES = frozenset({Measure.FDI_STOCK, Measure.FDI_FLOW, Measure.AID, Measure.LOAN})


def listed_as(measure: str) -> Measure | None:
    """What a flow of a topic is in a list: of investment, its stock."""
    return Measure.FDI_STOCK if measure == "fdi" else _MEASURES.get(measure)


_MEASURES = {measure.value: measure for measure in Measure}


@dataclass(frozen=True, slots=True)
class ListNoun:
    """What one is ranked as: the measure, and whose list it is."""

    measure: Measure
    of_owner: bool


# "The top destination in Europe for Omani investors", "market within the bloc for our goods"
_AMONG = r"(?:\s+(?:in|within|outside|across)\s+(?:the\s+)?[\w-]+(?:\s+[\w-]+)?)?"


@cache
def _nouns() -> str:
    """The nouns of the lexicon as one pattern; a region may stand before "of" and "for"."""
    patterns = [str(entry["pattern"]) for entry in read_table("rankings")["nouns"]]
    for ends in (r"\s+(?:of|for)\s", r"\s+for\s", r"\s+of\s"):
        patterns = [p.replace(ends, _AMONG + ends) for p in patterns]
    patterns = [p.replace(r"(?:\w+\s+)", r"(?:[\w.'-]+\s+)") for p in patterns]  # "of U.S. imports"
    return "|".join(f"(?P<n{i}>{pattern})" for i, pattern in enumerate(patterns))


@cache
def noun_phrase() -> re.Pattern[str]:
    """ "Third-largest trading partner": a place with the noun that is ranked."""
    return re.compile(
        rf"\b{PLACE}(?P<what>(?:(?!and\b|of\b|in\b|to\b|was\b|is\b|with\b|for\b|among\b|any\b|on\b|at\b)[A-Za-z][\w.'-]*\s+){{0,4}}?)(?:{_nouns()})(?![\w-])",
        re.IGNORECASE,
    )


@cache
def list_noun() -> re.Pattern[str]:
    """The noun of a list alone ("among buyers of …")."""
    return re.compile(rf"\b(?:{_nouns()})(?![\w-])", re.IGNORECASE)


def noun_of(match: re.Match[str]) -> ListNoun | None:
    """The entry of the lexicon that a match belongs to."""
    for place, entry in enumerate(read_table("rankings")["nouns"]):
        if match.group(f"n{place}"):
            return ListNoun(Measure(entry["measure"]), entry["list"] == "owner")
    return None


def rank_of(word: str | None) -> int:
    """The place that an ordinal names; 1 for a bare superlative."""
    if not word:
        return 1
    plain = re.sub(r"^(?:number|no\.?|#)[\s-]?", "", word.lower())
    if plain == "top":
        return 1
    if plain in _WORDS or plain in _CARDINALS:
        return _WORDS.get(plain) or _CARDINALS[plain]
    digits = re.match(r"\d+", plain)
    if digits:
        return int(digits.group())
    ones = plain.partition("-")[2]
    return 20 + _WORDS.get(ones, 0)


_FLOWING = lazy(r"[^;.]{0,60}?\b(?:in|with|at)\b[^;.]{0,24}?\binflows?\b")


def ranking_statement(
    scene: Scene,
    memory: Memory,
    span: tuple[int, int],
    content: tuple[ListNoun, str | None, str | None, int],
) -> Statement | None:
    """A ranking as a statement; ``None`` where a party is missing or both are one."""
    noun, subject, owner, rank = content
    reporter, partner = (owner, subject) if noun.of_owner else (subject, owner)
    if not reporter or not partner or reporter == partner:
        return None
    period, is_open = _period(scene, memory, span)
    start = span[0]
    subject_party = [p for p in scene.parties if p.end <= span[0] and p.code in {subject, owner}]
    if subject_party and span[0] - subject_party[0].start < 90:
        start = subject_party[0].start
    lead = scene.text[start : span[1]].lower()
    measure = noun.measure
    if measure is Measure.FDI_STOCK and _FLOWING.match(scene.text, span[1], scene.end):
        measure, is_open = Measure.FDI_FLOW, False
    named = period if not is_open and _dates(scene, span, period) else None
    measure = of_flow(measure, named, scene.text[start : span[1]])
    return Statement(
        id="",
        quote=scene.text[start : span[1]],
        start=start,
        end=span[1],
        kind=Kind.RANKING,
        measure=measure,
        reporter=reporter,
        partner=partner,
        value=float(rank),
        unit="rank",
        approx=Approximation.EXACT,
        period=period,
        period_open=is_open or measure is Measure.FDI_STOCK,
        of=scene.text[span[0] : span[1]],
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="largest" if rank == 1 else "ranked",
        hedged=re.search(r"\bI think\b|expected|could|likely|may become", lead) is not None,
        negated=re.search(r"\b(?:not|no longer|never)\b", lead) is not None,
        traces=(
            Trace("value", span[0], span[1], f"rank {rank}"),
            Trace("measure", span[0], span[1], f"list of {noun.measure}"),
        ),
    )


def _dates(scene: Scene, span: tuple[int, int], period: Period | None) -> bool:
    """Whether a period stands beside a ranking or opens its sentence."""
    for mention in scene.periods:
        if period is None or mention.period != period:
            continue
        if mention.start >= span[1]:
            return not re.search(r"\d", scene.text[span[1] : mention.start])
        return mention.start - scene.start < 12
    return False


_FIRST_SINCE = lazy(r"\b(?:time|\w+est)\s+(?:since\s+)?(?:at\s+least\s+)?(?:in\s+)?$")  # not when
_WHEN = lazy(r"\b(?P<year>(?:19|20)\d\d),?\s+when\s[^,;]{0,70}$")  # "since 1981, when X was …"
_NEXT_CLAUSE = lazy(r",\s+(?:and|but|while|whereas)\s")


def _period(scene: Scene, memory: Memory, span: tuple[int, int]) -> tuple[Period | None, bool]:
    """A ranking is of the period its own clause names."""
    best: PeriodMention | None = None
    for mention in scene.periods:
        if mention.role in {Role.BEFORE, Role.SAME} or mention.period is None:
            continue
        if is_of_base(scene, mention) or _FIRST_SINCE.search(
            scene.text, max(scene.start, mention.start - 40), mention.core
        ):
            continue
        gap = (
            scene.text[span[1] : mention.start]
            if mention.start >= span[1]
            else scene.text[mention.end : span[0]]
        )
        if mention.start >= span[1] and re.search(
            r"\b(?:from|against)\s+\S+\s+\S+\s*(?:in\s*)?$", gap
        ):
            continue  # the month it is set against
        later = mention.start >= span[1]
        if later and (_NEXT_CLAUSE.search(gap) or (best is not None and "," in gap)):
            continue
        if ";" not in gap and (best is None or mention.start >= span[1] > best.start):
            best = mention
    when = _WHEN.search(scene.text, max(scene.start, span[0] - 90), span[0])
    if when is not None:
        year = int(when.group("year"))
        return Period(date(year, 1, 1), date(year, 12, 31)), False
    return (best.period, best.role is Role.AS_OF) if best else (memory.period, memory.period_open)
