"""Joint projects by stage: begun, joined up, opened, launched, completed.

What is built and the words of each stage are data (``lexicon/projects.toml``). The
parties are those between whom it lies: the countries and the places of the sentence.
"""

from __future__ import annotations

import re
from functools import cache

from accord.model.statement import Kind, Statement, Trace
from accord.read.act_dates import Dated, find_dates, nearest
from accord.read.frames import (
    Span,
    Trigger,
    clauses,
    codes_of,
    is_bloc,
    is_denied,
    is_hedged,
    pair_in_context,
    quote_span,
)
from accord.read.lexicons import read_table
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_projects"]

_BACK = 250  # how far back what is built may stand
_ANAPHOR = lazy(
    r"\b(?:it|its|they|this|both|the\s+(?:second|third|fourth|first|other|last|structure|link))\b",
    re.IGNORECASE,
)
_STANDS = lazy(
    r"\b(?:is|are|has\s+been|have\s+been)\s+(?:\w+\s+)?(?:open|in\s+(?:operation|service|use))",
    re.IGNORECASE,
)
_OTHER = lazy(
    r"\b(?:credit|embass|consulate|account|exhibition|conference|talks|summit|forum|negotiation|session|investigation|inquiry|market|shop|office|mission)",
    re.IGNORECASE,
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], list[str]]:
    table = read_table("projects")
    forms = "|".join(f"(?P<t{i}>{t['pattern']})" for i, t in enumerate(table["triggers"]))
    cues = [t["cue"] for t in table["triggers"]]
    return (
        re.compile(table["noun"], re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?:{forms})", re.IGNORECASE),
        cues,
    )


def read_projects(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The stages that a sentence tells of what two countries build."""
    noun, pattern, cues = _patterns()
    here = noun.search(scene.text, scene.start, scene.end) is not None
    if not here and not _carried(scene, noun):
        return []
    triggers = [
        Trigger(m.start(), m.end(), cues[int((m.lastgroup or "t0")[1:])])
        for m in pattern.finditer(scene.text, scene.start, scene.end)
    ]
    if not triggers:
        return []
    dates = find_dates(scene, memory)
    found: list[Statement] = []
    for trigger, clause in zip(triggers, clauses(scene, triggers), strict=True):
        date = nearest(dates, trigger.end, clause[1], floor=clause[0]) or _inside(dates, trigger)
        stands = _STANDS.search(scene.text, max(scene.start, trigger.start - 12), trigger.end + 3)
        if (date is None and not stands) or _OTHER.search(scene.text, clause[0], clause[1]):
            continue
        if any(s.date == (date.text if date else None) for s in found):
            continue
        codes = _parties(clause, scene, memory, setting)
        if len(codes) >= 2:
            found.append(_statement(trigger, clause, codes, date, scene))
    return found


def _inside(dates: list[Dated], trigger: Trigger) -> Dated | None:
    """A date within the words of the trigger itself ("work on it, in 2016, began")."""
    return next((d for d in dates if trigger.start <= d.start and d.end <= trigger.end), None)


def _carried(scene: Scene, noun: re.Pattern[str]) -> bool:
    if not _ANAPHOR.search(scene.text, scene.start, min(scene.end, scene.start + 80)):
        return False
    return noun.search(scene.text, max(0, scene.start - _BACK), scene.start) is not None


def _parties(clause: Span, scene: Scene, memory: Memory, setting: Setting) -> list[str]:
    inside = [p for p in scene.parties if clause[0] <= p.start < clause[1] and not is_bloc(p.code)]
    codes = codes_of(inside)
    if len(codes) < 2:
        codes = codes_of([p for p in scene.parties if not is_bloc(p.code)])
    return pair_in_context(codes, scene.text[scene.start : scene.end], memory, setting, loose=True)


def _statement(
    trigger: Trigger, clause: Span, codes: list[str], date: Dated | None, scene: Scene
) -> Statement:
    noun = _patterns()[0]
    nouns = [(m.start(), m.end()) for m in noun.finditer(scene.text, *clause)]
    start, end = quote_span(scene, trigger, clause, date, nouns)
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.EVENT,
        reporter=codes[0],
        partner=codes[1],
        date=date.text if date else None,
        negated=is_denied(scene, start, end),
        hedged=is_hedged(scene, start, trigger.end),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue=trigger.cue,
        parties=tuple(codes[:2]),
        traces=(Trace("kind", trigger.start, trigger.end, f"project: {trigger.cue}"),),
    )
