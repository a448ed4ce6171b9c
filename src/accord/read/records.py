"""Records: a flow that has never been so large ("a record for those months", "hit a new high")."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accord.model.statement import Statement
from accord.read.membership_roles import chain_of
from accord.read.patterns import lazy
from accord.read.places import ListNoun, listed_as, rank_of, ranking_statement
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["find_records"]

_NEW = r"(?:(?:new|all-time|historic(?:al)?|absolute|annual|monthly|fresh|unprecedented|yet\s+another|another)\s+)*"
_TOLD = lazy(
    rf"\b(?:(?:set|sets|setting|hit|hits|hitting|reach(?:ed|es|ing)|broke|breaks|breaking|smashed|post(?:ed|ing)|mark(?:ed|ing))\s+(?:an?\s+|the\s+|its\s+|all\s+)?{_NEW}(?:records?(?!\s+(?:low|number|share))(?<!ed\sa\srecord(?=\s+(?:of\s+)?\S*\d))|all-time\s+highs?|historic\s+highs?)"
    rf"|an?\s+{_NEW}(?:record|high)(?:\s+(?:high|level))?(?=\s+(?:for|in\s+the\s+history|since)\b)|(?:climb(?:ed|s|ing)|r[oi]se(?:s|n)?|soar(?:ed|s)|surg(?:ed|es)|jump(?:ed|s)|grew|swell(?:ed)?|widen(?:ed|s)|hits?)\s+to\s+(?:an?\s+)?{_NEW}records?\b(?!\s+(?:low|of\s+\S*\d|\S*\d))|(?P<nth2>second|third|fourth|fifth|\d+(?:nd|rd|th))[\s-](?:highest|largest|biggest)\s+(?:figure\s+|level\s+|total\s+)?(?:ever\b|on\s+record)|an?\s+unprecedented\s+(?:record|high|level)|(?:the\s+)?(?:highest|largest|biggest|widest|best)\s+(?:\w+\s+)?(?:ever(?!\s+\w+\s+\w)|on\s+record|in\s+(?:its\s+|their\s+|the\s+)?history)|(?:an?\s+)?{_NEW}(?:all-time|record|historic|new)\s+(?:record\s+)?high|(?:a\s+)?record\s+(?:high|level)"
    rf"|(?:a\s+)?record\s+(?:figure|volume)|(?:is|was|being|marking|becoming|also)\s+an?\s+{_NEW}record(?=\s*(?:[.,;]|$))"
    r"|the\s+(?P<nth>second|third)[\s-](?:highest|largest)\s+(?:ever|on\s+record))\b",
    re.IGNORECASE,
)
# "Japan's largest ever loan to Kenya": the flow follows
_BEFORE_IT = lazy(
    r"\b(?:(?:larg|bigg|high|wid)est(?:-|\s+)ever|single\s+(?:larg|bigg)est(?:\s+ever)?|record-breaking|record[\s-]high)\s+(?:[\w-]+\s+){0,3}?$",
    re.IGNORECASE,
)
_SINCE = lazy(r"[^.;,]{0,30}\bsince\b")
_CUE = lazy(r"record|ever\b|\bhighs?\b|unprecedented|history", re.IGNORECASE)
_LEFT_OUT = frozenset({"people", "other"})


def find_records(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """A flow as the first, or "the second highest on record", in its own series."""
    if not _CUE.search(scene.text, scene.start, scene.end):
        return
    for match in _TOLD.finditer(scene.text, scene.start, scene.end):
        if _NOT_YET.search(scene.text, max(scene.start, match.start() - 30), match.start()):
            continue
        told = [t for t in reversed(scene.topics) if t.end <= match.start()]
        for topic in told or [t for t in [memory.topic] if t]:
            found = _record(
                topic,
                match.span(),
                scene,
                (memory, setting),
                match.group("nth") or match.group("nth2"),
            )
            if found is not None:
                yield from _each(found, match.end(), scene)
                break
    for topic in scene.topics:
        low = max(scene.start, topic.core - 60)
        before = _BEFORE_IT.search(scene.text, low, topic.core) or _gap(topic, low, scene)
        found = (
            _record(topic, (before.start(), topic.end), scene, (memory, setting))
            if before
            else None
        )
        if found is not None:
            yield found


_NOT_YET = lazy(
    r"\b(?:could|would|will|may|might|shall|can|expected\s+to|likely\s+to|set\s+to)\s+(?:be\s+|\w+ly\s+)?$"
)


def _each(found: Statement, end: int, scene: Scene) -> Iterator[Statement]:
    """ "Exports to Peru and Chile were the highest on record", "hits new highs with both": each."""
    beside = next((p for p in scene.parties if 0 <= p.lead - end < 3 and p.prep == "with"), None)
    first = beside or next((p for p in scene.parties if p.code == found.partner), None)
    if first is None or (beside and beside.code == found.reporter):
        yield found
        return
    place = scene.parties.index(first)
    for party in chain_of(scene.parties[place:], first=True):
        if party.code != found.reporter:
            yield replace(found, partner=party.code)


_RECORD_GAP = lazy(r"\ban?\s+record\s+(?:[a-z-]+\s+)?$")
_AMOUNT = lazy(r"[^.;]{0,40}?\d")


def _gap(topic: Topic, low: int, scene: Scene) -> re.Match[str] | None:
    """ "A record imbalance with Peru", where the record is told for itself."""
    if topic.measure != "balance" or _AMOUNT.match(scene.text, topic.end, topic.end + 40):
        return None
    return _RECORD_GAP.search(scene.text, low, topic.core)


def _record(
    topic: Topic | None,
    span: tuple[int, int],
    scene: Scene,
    known: tuple[Memory, Setting],
    place: str | None = None,
) -> Statement | None:
    memory, setting = known
    filled = resolve_topic(topic, scene, memory, setting) if topic else None
    if filled is None or not filled.reporter or not filled.partner:
        return None
    measure = None if filled.measure in _LEFT_OUT else listed_as(filled.measure)
    if measure is None:
        return None
    noun = ListNoun(measure, of_owner=True)
    content = (noun, filled.partner, filled.reporter, rank_of(place))
    found = ranking_statement(scene, memory, span, content)
    return (
        replace(found, period=found.period or memory.period, text_cue="record") if found else None
    )
