"""First visits: "the first Indian prime minister to visit Nepal", "the first by a Soviet minister".

Who came first is first in a list of visitors: a ranking from the visitor to the host. The
two stand in the sentence, or one of them is the other of the pair spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accord.model.statement import Measure, Statement
from accord.read.parties import Party
from accord.read.partners import opposite
from accord.read.patterns import lazy
from accord.read.places import ListNoun, ranking_statement
from accord.read.scene import Memory, Scene, Setting

__all__ = ["first_visits"]

_VISIT = r"(?:visits?|trips?|tour|voyage)"
_FIRST = lazy(
    rf"(?<!his\s)(?<!her\s)(?<!its\s)(?<!their\s)\bfirst(?:[\s-]ever)?\s+(?:[\w'.-]+\s+){{0,7}}?(?:ever\s+)?to\s+(?:\w+ly\s+)?(?P<goes>visit|tour|travel\s+to|set\s+foot\s+(?:in|on)|go\s+to|arrive\s+in)\b"
    rf"|(?<!his\s)(?<!her\s)(?<!its\s)(?<!their\s)\bfirst(?:[\s-]ever|\s+ever)?\s+(?:[\w-]+\s+){{0,5}}?{_VISIT}\s+(?:ever\s+|here\s+|there\s+)?(?P<of>by|of|from)\b"
    rf"|\b{_VISIT}\b[^.;]{{0,60}}?(?:\b(?:is|was|were|being|becomes|will\s+be|would\s+be|marks|marked)|,)\s+(?:only\s+)?the\s+(?:very\s+)?first(?:[\s-]ever|\s+ever)?\s+(?P<by>by|of)\b",
    re.IGNORECASE,
)
_SUBJECT_FIRST = lazy(
    r"\b(?:is|was|be|became|becomes|become|becoming|as)\s+(?:also\s+)?(?:the\s+)?$|,\s+(?:the\s+)?$"
)


def first_visits(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """The first visits that a sentence tells of."""
    if not re.search(r"\b[Ff]irst\b", scene.text[scene.start : scene.end]):
        return
    for match in _FIRST.finditer(scene.text, scene.start, scene.end):
        visitor, host = _ends(match, scene)
        pair = next((p for p in (memory.pair or (), setting.pair, memory.acted) if len(p) == 2), ())
        if host is None and visitor in pair:
            host = opposite(pair, visitor)
        if visitor is None and host in pair:
            visitor = opposite(pair, host)
        noun = ListNoun(Measure.OTHER, of_owner=False)
        found = ranking_statement(scene, memory, match.span(), (noun, visitor, host, 1))
        if found is not None:
            dated = [p.period for p in scene.periods if p.end <= match.start() and p.period]
            yield replace(found, period=dated[0] if dated else None)


def _ends(match: re.Match[str], scene: Scene) -> tuple[str | None, str | None]:
    """The visitor and the host, as far as the sentence names them."""
    stop = min(scene.end, match.end() + 70)
    near = [p for p in scene.parties if match.start() <= p.start < stop]
    before = [p for p in scene.parties if p.end <= match.start()]
    if match.group("goes"):
        hosts = [p for p in near if p.start >= match.end() - 1]
        inside = [p for p in near if p.end <= match.end()]
        subjects = inside or [p for p in before if p.subject]
        return _code(subjects[-1:]), _code(hosts)
    after = [p for p in near if p.start >= match.end() - 5]
    hosts = [p for p in [*near, *before] if p.prep in {"to", "in"}]
    visitors = [p for p in after if p.prep in {"by", "from", "of"} or p.adjective]
    visitors += [p for p in before if p.possessive and p not in hosts]
    return _code(visitors), _code(hosts)


def _code(parties: list[Party]) -> str | None:
    return parties[0].code if parties else None
