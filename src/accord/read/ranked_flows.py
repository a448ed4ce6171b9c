"""Flows in which somebody has a place: "the first place in the trade turnover is held by Russia"."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator

from accord.model.statement import Statement
from accord.read.flow_lists import find_flow_list, known_owner
from accord.read.patterns import lazy
from accord.read.places import ORDINAL, rank_of, ranking_statement
from accord.read.scene import Memory, Scene, Setting

__all__ = ["held_by", "largest_part"]

_HELD_BY = lazy(
    rf"\b(?P<ordinal>{ORDINAL})\s+(?:place|position|spot)\s+(?:in|among|by|for)\s+(?P<list>[^.;]{{2,60}}?)\s+(?:is|was|has\s+been)\s+(?:occupied|held|taken)\s+by\s+(?:the\s+)?",
    re.IGNORECASE,
)


def held_by(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "The first place in the trade turnover is occupied by Russia"."""
    for match in _HELD_BY.finditer(scene.text, scene.start, scene.end):
        flow = find_flow_list(scene, *match.span("list"))
        holder = next((p for p in scene.parties if 0 <= p.start - match.end() < 3), None)
        if flow is None or holder is None:
            continue
        owner = flow.owner or known_owner(holder.code, memory, setting)
        content = (flow.noun, holder.code, owner, rank_of(match.group("ordinal")))
        span = (match.start(), holder.end)
        statement = ranking_statement(scene, memory, span, content)
        if statement is not None:
            yield statement


_ACCOUNTS = lazy(
    r"\b(?:account(?:s|ed)\s+(?:for|to)|(?:has|had|have|took|takes|holds?|held|makes?\s+up|made\s+up))\s+the\s+(?:largest|biggest|highest|lion's|greatest)"
    r"\s+(?:share|part|volume|amount|portion|proportion|value|number)\s+(?:of|in)\s+(?P<list>[^.;]{2,70})",
    re.IGNORECASE,
)


def largest_part(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "Russia accounted for the largest volume of exports": first in the list of partners."""
    for match in _ACCOUNTS.finditer(scene.text, scene.start, scene.end):
        flow = find_flow_list(scene, *match.span("list"))
        before = [p for p in scene.parties if p.end <= match.start() and p.subject]
        if flow is None or not before:
            continue
        subject = before[-1].code
        owner = flow.owner or known_owner(subject, memory, setting)
        content = (flow.noun, subject, owner, 1)
        statement = ranking_statement(scene, memory, (match.start(), flow.end), content)
        if statement is not None:
            yield statement
