"""Firsts told by a comparison: "sold more tea to Egypt than any other country".

Whoever nobody else comes near is first in the list of the other end: of Egypt's sources
here, of Norway's partners in "Sweden trades more with Norway than with any other country".
"""

from __future__ import annotations

from collections.abc import Iterator

from accord.model.statement import Measure, Statement
from accord.read.patterns import lazy
from accord.read.places import ListNoun, listed_as, ranking_statement
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import SENT, Topic

__all__ = ["ahead_of_any"]

_OTHERS = (
    r"(?:(?:any\s+(?:single\s+)?(?:other\s+)?|all\s+other\s+|every\s+other\s+)(?:[\w-]+\s+){0,2}?(?:country|countries|nation|nations|state|states|market|markets|partners?|supplier|suppliers|buyer|investor|investors|donor|donors|economy|source|one|government)"
    r"|any(?:one|body|where)(?:\s+else)?|any\s+other)\b"
)
_THAN_ANY = lazy(
    rf"\b(?:more|larger|bigger|greater|higher|wider|heavier|most)\b(?P<what>[^.;]{{0,90}}?)\s(?:than|of)\s+(?:(?:that|those|it\s+does|it\s+did|do|does)\s+)?(?P<prep>(?:with|to|from|in|into|for)\s+)?{_OTHERS}(?!\s+(?:but|except|save|bar|other\s+than)\b)"
)
_SWAPPED = frozenset({"exports", "imports"})


def ahead_of_any(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "Peru's deficit with China is larger than with any other country"."""
    if " any" not in scene.text[scene.start : scene.end]:
        return
    for match in _THAN_ANY.finditer(scene.text, scene.start, scene.end):
        topic = _topic_of(scene, match.start(), match.end())
        filled = resolve_topic(topic, scene, memory, setting) if topic else None
        if filled is None or not filled.reporter or not filled.partner:
            continue
        content = _placed(filled, by_partner=match.group("prep") is not None)
        if content is None:
            continue
        span = (min(match.start(), filled.start), match.end())
        statement = ranking_statement(scene, memory, span, (*content, 1))
        if statement is not None:
            yield statement


def _topic_of(scene: Scene, start: int, end: int) -> Topic | None:
    """The flow compared: in the clause, or right before it."""
    inside = [t for t in scene.topics if start <= t.core < end]
    before = [t for t in scene.topics if t.core < start]
    if inside and (inside[0].partner or not before):
        return inside[0]
    return before[-1] if before else None


def _placed(topic: Topic, *, by_partner: bool) -> tuple[ListNoun, str | None, str | None] | None:
    """The list, who is first in it, and whose it is."""
    if topic.measure in SENT:
        measure = listed_as(topic.measure)
        if measure is None:
            return None
        return ListNoun(measure, of_owner=False), topic.reporter, topic.partner
    if topic.measure not in {*_SWAPPED, "total_trade", "balance"}:
        return None
    if by_partner or topic.measure not in _SWAPPED:
        return ListNoun(Measure(topic.measure), of_owner=True), topic.partner, topic.reporter
    turned = Measure.IMPORTS if topic.measure == "exports" else Measure.EXPORTS
    return ListNoun(turned, of_owner=True), topic.reporter, topic.partner
