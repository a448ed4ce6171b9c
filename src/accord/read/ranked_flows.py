"""Flows that stand for a list: "third in Kenya's foreign trade", "the largest part of its exports"."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator

from accord.model.statement import Measure, Statement
from accord.read.patterns import lazy
from accord.read.places import ORDINAL, ListNoun, rank_of, ranking_statement
from accord.read.scene import Memory, Scene, Setting

__all__ = ["flow_listed", "held_by", "largest_part"]

_FLOW_LIST = lazy(
    r"\b(?:(?P<trade>(?:(?:foreign|external|total|overall|commodity|mutual|goods)\s+)*(?:trade\s+(?:turnover|volume|balance\s+sheet)|trade|turnover|circulation))"
    r"|(?:total\s+|overall\s+)?(?P<imports>imports?(?!\w))|(?:total\s+|overall\s+)?(?P<exports>exports?(?!\w))|(?P<fdi>(?:direct\s+)?investments?(?!\w)))(?:\s+(?:turnover|structure|volumes?|operations|list|ranking))?(?=\s*(?:[.,;()]|$|with\b|after\b|behind\b|in\b|by\b|for\b|worth\b|among\b|is\b|was\b|has\b))",
    re.IGNORECASE,
)


def flow_listed(
    match: re.Match[str], *, near: int | None = None
) -> tuple[re.Match[str], ListNoun] | None:
    """ "Italy ranks third in Kenya's foreign trade": the flow stands for the list of partners."""
    stop = min(near or match.end("list"), match.end("list"))
    what = _FLOW_LIST.search(match.string, match.start("list"), stop)
    if what is None or what.lastgroup is None:
        return None
    if what.lastgroup == "fdi":
        return what, ListNoun(Measure.FDI_STOCK, of_owner=False)
    measures = {"trade": Measure.TOTAL_TRADE, "imports": Measure.IMPORTS}
    return what, ListNoun(measures.get(what.lastgroup, Measure.EXPORTS), of_owner=True)


_OWNED_LISTS = frozenset({Measure.TOTAL_TRADE, Measure.EXPORTS, Measure.IMPORTS})


def _owner(named: list[str], holder: str, memory: Memory, setting: Setting) -> str | None:
    """Whose list it is: of one named in it, of the list told before, of one spoken of."""
    last = memory.ranking
    owned = [last.reporter] if last is not None and last.measure in _OWNED_LISTS else []
    known = [*named, *owned, *(memory.pair or ()), *setting.pair]
    return next((c for c in known if c != holder), None)


_HELD_BY = lazy(
    rf"\b(?P<ordinal>{ORDINAL})\s+(?:place|position|spot)\s+(?:in|among)\s+(?P<list>[^.;]{{2,60}}?)\s+(?:is|was|has\s+been)\s+(?:occupied|held|taken)\s+by\s+(?:the\s+)?",
    re.IGNORECASE,
)


def held_by(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "The first place in the trade turnover is occupied by Russia"."""
    for match in _HELD_BY.finditer(scene.text, scene.start, scene.end):
        flow = flow_listed(match)
        holder = next((p for p in scene.parties if 0 <= p.start - match.end() < 3), None)
        if flow is None or holder is None:
            continue
        named = [p.code for p in scene.parties if match.start() <= p.start < match.end()]
        owner = _owner(named, holder.code, memory, setting)
        content = (flow[1], holder.code, owner, rank_of(match.group("ordinal")))
        span = (match.start(), holder.end)
        statement = ranking_statement(scene, memory, span, content)
        if statement is not None:
            yield statement


_ACCOUNTS = lazy(
    r"\b(?:account(?:s|ed)\s+(?:for|to)|(?:has|had|have|took|takes|holds?|held|makes?\s+up|made\s+up))\s+the\s+(?:largest|biggest|highest|lion's|greatest)"
    r"\s+(?:share|part|volume|amount|portion|proportion)\s+(?:of|in)\s+(?P<list>[^.;]{2,70})",
    re.IGNORECASE,
)


def largest_part(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "Russia accounted for the largest volume of exports": first in the list of partners."""
    for match in _ACCOUNTS.finditer(scene.text, scene.start, scene.end):
        flow = flow_listed(match, near=match.start("list") + 40)
        before = [p for p in scene.parties if p.end <= match.start() and p.subject]
        if flow is None or not before:
            continue
        what, noun = flow
        subject = before[-1].code
        named = [p.code for p in scene.parties if match.start("list") <= p.start < what.start()]
        owner = _owner(named, subject, memory, setting)
        span = (match.start(), what.end())
        statement = ranking_statement(scene, memory, span, (noun, subject, owner, 1))
        if statement is not None:
            yield statement
