"""Bare trends: a flow that is told to have risen or fallen, with no number at all.

"Pakistan's imports from the Gulf rocketed in 2021-22", "Seoul has cut its purchases of
Iranian oil": growth with a direction and without a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from accord.model.period import Period
from accord.model.statement import Change, Kind, Measure, Statement, Trace
from accord.read.levels import measure_of
from accord.read.lexicons import read_table
from accord.read.parties import PAIR_WORDS, Party
from accord.read.patterns import lazy
from accord.read.periods import Role
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic
from accord.read.trend_words import after_pair, changes_of, verb_behind, way_of

__all__ = ["period_of_trend", "read_bare_trends"]

_MEASURES = frozenset(
    {"exports", "imports", "total_trade", "balance", "services_trade", "tourists", "fdi", "people"}
)
_NUMBER_AHEAD = lazy(
    r"(?:(?!,\s+(?:with|as|while|after|and|but|where|when)\b)[^.;]){0,60}?(?<![\w-])\d(?!\d*[\s-](?:years?|months?|decades?|quarters?)\b)"
)


def read_bare_trends(
    scene: Scene, memory: Memory, setting: Setting, *, others: list[Statement]
) -> list[Statement]:
    """The trends of flows of which ``others`` give no change."""
    found: list[Statement] = []
    for named in scene.topics:
        if named.form != "noun" or named.measure not in _MEASURES:
            continue
        topic = _of_the_same(named, found)
        if not (topic.reporter or topic.partner or _mutual(scene, topic)):
            continue
        for start, end, direction in changes_of(scene, topic):
            statement = _trend(scene, topic, (start, end, direction), (memory, setting))
            if statement is None:
                continue
            row = [
                party.code
                for party in scene.parties
                if party.joined and topic.core < party.start < end and party.code != topic.reporter
            ]
            each = [
                replace(statement, partner=c)
                for c in row
                if c not in {statement.partner, statement.reporter}
            ]
            told = [statement, *each, *_set_against(statement, scene)]
            found += [s for s in told if not _told(s, [*others, *found])]
    for trend in [s for s in others if s.kind is Kind.GROWTH and s.measure in _GOODS]:
        found += [s for s in _set_against(trend, scene) if not _told(s, [*others, *found])]
    return found


_GOODS = frozenset({Measure.EXPORTS, Measure.IMPORTS, Measure.TOTAL_TRADE})
_LIKEWISE = lazy(
    r",?\s+(?:as|so)\s+(?:did|were|was|have|had|has)\s+(?:those|that|trade|exports|imports|shipments|sales)\s+$"
)
_WHILE = lazy(
    r"\s*,?\s+(?:while|whereas|but|and|though)\s+(?:(?:the\s+)?(?:that|those|trade|turnover|it|one)\s+)?$"
)


def _of_the_same(topic: Topic, found: list[Statement]) -> Topic:
    """ "Exports to Peru were up, while imports were down": between the same two."""
    last = found[-1] if found else None
    flows = {topic.measure, str(last.measure)} if last else set()
    if last is None or topic.reporter or topic.partner or flows != {"exports", "imports"}:
        return topic
    return replace(topic, reporter=last.reporter, partner=last.partner)


def _set_against(trend: Statement, scene: Scene) -> Iterator[Statement]:
    """ "Trade with Tunisia grew, while with Iran it fell": the same flow with another."""
    for party in scene.parties:
        if party.start < trend.end or party.prep not in {"with", "to", "from"}:
            continue
        also = _LIKEWISE.search(scene.text, max(trend.end, party.lead - 30), party.lead)
        if also and trend.change and party.code not in {trend.reporter, trend.partner}:
            yield _beside(trend, party, (also.start(), party.end), trend.change.direction, scene)
            continue
        behind = verb_behind(scene, party.end)
        near = _WHILE.search(scene.text, max(trend.end, party.lead - 24), party.lead)
        if near is None or behind is None:
            continue
        if party.code not in {trend.reporter, trend.partner}:
            yield _beside(trend, party, (party.lead, behind.end()), way_of(behind), scene)


def _beside(
    trend: Statement, party: Party, span: tuple[int, int], way: str | None, scene: Scene
) -> Statement:
    """The trend of the same flow with another partner."""
    start, end = span
    return replace(
        trend,
        quote=scene.text[start:end],
        start=start,
        end=end,
        partner=party.code,
        approx=None,
        change=Change(None, None, way),
    )


def _mutual(scene: Scene, topic: Topic) -> bool:
    """ "Bilateral trade", "the volume of trade between the two countries"."""
    low = max(scene.start, topic.core - 20)
    high = min(scene.end, max(topic.end, after_pair(scene, topic)) + 45)
    mutual = topic.measure in {"total_trade", "services_trade"}
    return mutual and PAIR_WORDS.search(scene.text, low, high) is not None


def _trend(
    scene: Scene, topic: Topic, change: tuple[int, int, str], known: tuple[Memory, Setting]
) -> Statement | None:
    start, end, direction = change
    ahead = _NUMBER_AHEAD.match(scene.undated, end, min(scene.end, end + 70))
    levels = _LEVELS.match(scene.undated, end, scene.end)
    if ahead and not (levels and _by_noun(scene.masked[start:end])):
        return None
    if not _with_whom(topic, scene, *known):
        return None
    filled = resolve_topic(topic, scene, *known)
    if filled is None:
        if topic.owner and not topic.partner:
            known[0].whole = scene.number
        return None
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.GROWTH,
        measure=Measure(measure_of(filled, scene, None)),
        reporter=filled.reporter,
        partner=filled.partner,
        commodity=filled.commodity,
        change=Change(None, None, direction),
        period=(levels and _from_to(scene, end)) or period_of_trend(scene, end, known[0]),
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(
            Trace("measure", topic.core, topic.end, f"noun for {topic.measure}"),
            Trace("change", start, end, f"direction {direction}, no number"),
        ),
    )


def _with_whom(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> bool:
    """Whether a flow has another end: not "Japan's exports fell", with nobody spoken of."""
    alone = topic.measure in {"exports", "imports"} and not topic.partner
    titled = setting.titled and len(setting.ends) == 2
    return not alone or titled or 0 <= scene.number - memory.sentence <= 1


_LEVELS = lazy(
    r"\s*,?\s+(?:from|rising\s+from|going\s+from|growing\s+from)\s+(?:\w+\s+){0,3}?(?:[A-Z]{0,3}[$€£¥]|[A-Z]{1,3}\.?\s?)?\d"
)


@cache
def _noun_at_end() -> re.Pattern[str]:
    table = read_table("changes")
    words = "|".join(table[kind][way] for kind in ("trends", "nouns") for way in ("up", "down"))
    return re.compile(rf"(?<!\w)(?:{words})$", re.IGNORECASE)


def _by_noun(words: str) -> bool:
    """Whether a change is told by a noun, so that the levels after it tell no more."""
    return _noun_at_end().search(words) is not None


def _from_to(scene: Scene, end: int) -> Period | None:
    """ "An upward trend from $2 billion in 2010 to $3 billion in 2014": the years between."""
    after = [p.period for p in scene.periods if p.start >= end and p.period][:2]
    if len(after) == 2 and after[0].end.year < after[1].end.year - 1:
        return Period.of_dates(after[0].start, after[1].end)
    return after[-1] if len(after) == 2 else None


_COMPARED = lazy(
    r"\b(?:compared\s+(?:to|with)|than|against|relative\s+to|versus|from)\s+(?:in\s+|that\s+of\s+|the\s+)*$",
    re.IGNORECASE,
)


_SINCE = lazy(r"\bsince\s+(?:\S+\s+){2,9}(?:in|on|of|from)\s+$")  # "since the pact of 2014"


def period_of_trend(scene: Scene, end: int, memory: Memory) -> Period | None:
    """When a change that ends at ``end`` was: the time after it, else before, else spoken of."""
    spans = [
        p
        for p in scene.periods
        if p.role in {Role.SPAN, Role.SINCE}
        and p.period
        and not _COMPARED.search(scene.text, max(scene.start, p.core - 40), p.core)
    ]
    after = [p for p in spans if p.start >= end]
    chosen = after[0] if after else spans[-1] if spans else None
    if chosen is not None and chosen.period is not None:
        led = scene.text[max(end, chosen.core - 70) : chosen.core] if chosen in after else ""
        if scene.today and _SINCE.search(led) and chosen.period.end < scene.today:
            return Period.of_dates(chosen.period.start, scene.today)
        return chosen.period
    near = 0 <= scene.number - memory.sentence <= 2
    return memory.period if near and not memory.period_open else None


def _told(statement: Statement, others: list[Statement]) -> bool:
    ends = {statement.reporter, statement.partner}
    return any(
        s.kind in {Kind.GROWTH, Kind.TARGET, Kind.EVENT, Kind.AGREEMENT}
        and s.measure in {statement.measure, None}
        and {s.reporter, s.partner} == ends
        for s in others
    )
