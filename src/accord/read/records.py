"""Records: a flow that has never been so large ("a record for those months", "hit a new high")."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accord.model.statement import Measure, Statement
from accord.read.patterns import lazy
from accord.read.places import ListNoun, rank_of, ranking_statement
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["find_records"]

_NEW = r"(?:(?:new|all-time|historic(?:al)?|absolute|annual|monthly|fresh|unprecedented|yet\s+another|another)\s+)*"
_TOLD = lazy(
    rf"\b(?:(?:set|sets|setting|hit|hits|hitting|reach(?:ed|es|ing)|broke|breaks|breaking|smashed|post(?:ed|ing)|mark(?:ed|ing))\s+(?:an?\s+|the\s+|its\s+|all\s+)?{_NEW}(?:records?(?!\s+(?:low|number|share))(?<!ed\sa\srecord(?=\s+(?:of\s+)?\S*\d))|all-time\s+highs?|historic\s+highs?)"
    rf"|an?\s+{_NEW}(?:record|high)(?:\s+(?:high|level))?(?=\s+(?:for|in\s+the\s+history|since)\b)|an?\s+unprecedented\s+(?:record|high|level)|(?:the\s+)?(?:highest|largest|biggest|widest|best)\s+(?:\w+\s+)?(?:ever(?!\s+\w+\s+\w)|on\s+record|in\s+(?:its\s+|their\s+|the\s+)?history)|(?:an?\s+)?{_NEW}(?:all-time|record|historic|new)\s+(?:record\s+)?high|(?:a\s+)?record\s+(?:high|level)"
    rf"|(?:a\s+)?record\s+(?:figure|volume)|(?:is|was|being|marking|becoming|also)\s+an?\s+{_NEW}record(?=\s*(?:[.,;]|$))"
    r"|the\s+(?P<nth>second|third)[\s-](?:highest|largest)\s+(?:ever|on\s+record))\b",
    re.IGNORECASE,
)
# "Japan's largest ever loan to Kenya": the flow follows
_BEFORE_IT = lazy(
    r"\b(?:(?:larg|bigg|high)est[\s-]ever|record-breaking|record[\s-]high)\s+(?:[\w-]+\s+){0,3}?$",
    re.IGNORECASE,
)
_SINCE = lazy(r"[^.;,]{0,30}\bsince\b")
_CUE = lazy(r"record|ever\b|\bhighs?\b|unprecedented|history", re.IGNORECASE)
_MEASURES = {m.value: m for m in Measure} | {"fdi": Measure.FDI_STOCK}
_LEFT_OUT = frozenset({"people", "other"})


def find_records(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """A flow as the first, or "the second highest on record", in its own series."""
    if not _CUE.search(scene.text, scene.start, scene.end):
        return
    for match in _TOLD.finditer(scene.text, scene.start, scene.end):
        told = [t for t in reversed(scene.topics) if t.end <= match.start()]
        for topic in told or [t for t in [memory.topic] if t]:
            found = _record(topic, match.span(), scene, (memory, setting), match.group("nth"))
            if found is not None:
                yield found
                break
    for topic in scene.topics:
        low = max(scene.start, topic.core - 60)
        before = _BEFORE_IT.search(scene.text, low, topic.core)
        found = (
            _record(topic, (before.start(), topic.end), scene, (memory, setting))
            if before
            else None
        )
        if found is not None:
            yield found


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
    measure = None if filled.measure in _LEFT_OUT else _MEASURES.get(filled.measure)
    if measure is None:
        return None
    noun = ListNoun(measure, of_owner=True)
    content = (noun, filled.partner, filled.reporter, rank_of(place))
    found = ranking_statement(scene, memory, span, content)
    return (
        replace(found, period=found.period or memory.period, text_cue="record") if found else None
    )
