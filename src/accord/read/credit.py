"""Whom a statement is credited to: the source of its sentence, or of the one before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accord.model.statement import Statement, Trace
from accord.read.attribution import Attribution
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene

__all__ = ["credited"]

_BODY_NAME = lazy(
    r"\b(?:customs|statistic\w*|ministry|bureau|bank|Eurostat|office)\b", re.IGNORECASE
)


def credited(statements: Sequence[Statement], scene: Scene, memory: Memory) -> list[Statement]:
    """The statements of a sentence with their sources, which are remembered."""
    sources = _sources(scene, memory)
    done = [_attributed(s, sources) for s in statements]
    if scene.attributions:
        memory.attribution, memory.heard = _best(scene.attributions), scene.number
    return done


def _best(sources: Sequence[Attribution]) -> Attribution:
    """The one that stands for a figure: a statistical body before a person."""
    return min(sources, key=lambda a: (not _BODY_NAME.search(a.name), not a.firm))


def _sources(scene: Scene, memory: Memory) -> list[Attribution]:
    """The attributions of a sentence, or the body that published the one before."""
    named = [a for a in scene.attributions if a.name.lower() not in {"he", "she"}]
    if named or scene.attributions:
        return named or scene.attributions
    if memory.voice is not None:
        return [memory.voice]
    last = memory.attribution
    if last is not None and memory.heard == scene.number - 1 and _BODY_NAME.search(last.name):
        return [last]
    return []


def _attributed(statement: Statement, sources: Sequence[Attribution]) -> Statement:
    if not sources or statement.attributed_to is not None:
        return statement
    source = _best(sources)
    trace = Trace("attributed_to", source.start, source.end, "who said or published it")
    return replace(
        statement,
        attributed_to=source.name,
        speaker=source.name if source.person else None,
        traces=(*statement.traces, trace),
    )
