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
from accord.read.parties import PAIR_WORDS
from accord.read.patterns import lazy
from accord.read.periods import Role
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["read_bare_trends"]

_MEASURES = frozenset(
    {"exports", "imports", "total_trade", "balance", "services_trade", "tourists", "fdi"}
)
_AUXILIARY = (
    r"(?:\s|,|\b(?:and|the|has|have|had|also|then|since|still|now|again|all\s+but|more\s+than|nevertheless"
    r"|\w+ly|all|both|been|kept|as\s+well|continued\s+to|began\s+to|started\s+to)\b)*"
)
_NOT_YET = lazy(
    r"\b(?:will|would|could|may|might|should|shall|if|expect\w*|plan\w*|hope\w*|aim\w*|want\w*|to|unless|whether|not|never|can|must|likely|forecast\w*)\b(?<!according\sto)[^.;]{0,40}$",
    re.IGNORECASE,
)
_TRANSITIVE = lazy(
    r"\b(?:(?P<up>raised|increased|boosted|expanded|stepped\s+up|ramped\s+up|lifted)|(?P<down>cut|cut\s+back(?:\s+on)?|slashed|reduced|trimmed|curbed|curtailed|scaled\s+back|halted|stopped|suspended))\s+"
    r"(?:its|their|his|her|the|all|most\s+of\s+its)?\s*(?:[\w-]+\s+){0,2}?$"
)
_NUMBER_AHEAD = lazy(r"[^.;]{0,60}?\d")


@cache
def _verb() -> re.Pattern[str]:
    verbs = read_table("changes")["verbs"]
    return re.compile(
        rf"{_AUXILIARY}(?:(?P<up>{verbs['up']})|(?P<down>{verbs['down']}|ceased|vanished|came\s+to\s+a\s+halt|ground\s+to\s+a\s+halt|stopped))(?![\w-])",
        re.IGNORECASE,
    )


def read_bare_trends(
    scene: Scene, memory: Memory, setting: Setting, *, others: list[Statement]
) -> list[Statement]:
    """The trends of flows of which ``others`` give no change."""
    found: list[Statement] = []
    for topic in scene.topics:
        if topic.form != "noun" or topic.measure not in _MEASURES:
            continue
        if not (topic.reporter or topic.partner or _mutual(scene, topic)):
            continue
        for start, end, direction in _changes(scene, topic):
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
            found += [s for s in [statement, *each] if not _told(s, [*others, *found])]
    return found


_BETWEEN = lazy(
    r"\s+(?:between|of)\s+(?:the\s+|these\s+)?(?:our|two|both)\s+(?:two\s+)?(?:countries|nations|states|sides|neighbou?rs|peoples|economies)"
)


def _after_pair(scene: Scene, topic: Topic) -> int:
    """Where the words end that say between whom a flow is, if they name nobody."""
    between = _BETWEEN.match(scene.text, topic.end, scene.end)
    return between.end() if between else topic.end


def _mutual(scene: Scene, topic: Topic) -> bool:
    """ "Bilateral trade", "the volume of trade between the two countries"."""
    low, high = max(scene.start, topic.core - 20), max(topic.end, _after_pair(scene, topic))
    mutual = topic.measure in {"total_trade", "services_trade"}
    return mutual and PAIR_WORDS.search(scene.text, low, high) is not None


def _changes(scene: Scene, topic: Topic) -> Iterator[tuple[int, int, str]]:
    match = _verb().match(scene.masked, _after_pair(scene, topic), scene.end)
    if (
        match is not None
        and _finite(match.group())
        and not _NOT_YET.search(scene.masked, scene.start, match.end())
    ):
        yield topic.start, match.end(), "up" if match.group("up") else "down"
        return
    state = _state(scene, topic)
    if state is not None:
        yield topic.start, state.end(), "up" if state.group("up") else "down"
        return
    low = max(scene.start, topic.core - 60)
    seen = _SAW.search(scene.text, max(scene.start, topic.core - 90), topic.core)
    if seen is not None and not _NOT_YET.search(scene.text, scene.start, seen.start()):
        yield seen.start(), topic.end, "up" if seen.group("up") else "down"
        return
    led = _TRANSITIVE.search(scene.masked, low, topic.core)
    if led is not None and not _NOT_YET.search(scene.masked, scene.start, led.start()):
        yield led.start(), topic.end, "up" if led.group("up") else "down"


def _state(scene: Scene, topic: Topic) -> re.Match[str] | None:
    """ "Trade with Peru is in decline", "exports to Chile are growing"."""
    edge = max(
        [topic.end, *(p.end for p in scene.parties if 0 < p.start - topic.end < 30 and p.prep)]
    )
    match = _STATE.match(scene.masked, topic.end, scene.end) or _STATE.match(
        scene.masked, edge, scene.end
    )
    return None if match and _NOT_YET.search(scene.text, scene.start, match.start()) else match


_SAW = lazy(
    r"\b(?:seen|saw|sees|recorded|experienced|witnessed|registered|reported|noted|enjoyed|suffered)\s+(?:an?\s+)?(?:\w+\s+){0,2}?(?:(?P<up>increase|rise|growth|surge|jump|upsurge|upswing|boom)|(?P<down>decrease|decline|fall|drop|slump|downturn))\s+in\s+"
    r"(?:the\s+)?(?:(?:number|volume|value|amount)\s+of\s+)?(?:(?:the|its|their)\s+)?(?:[A-Z]\w+\s+)?$"
)
_STATE = lazy(
    r"\s+(?:is|are|was|were|has\s+been|have\s+been|remains?|continues\s+to\s+be)\s+(?:currently\s+|now\s+|still\s+|again\s+|steadily\s+|constantly\s+)*"
    r"(?:(?P<up>on\s+the\s+(?:rise|increase|up)|growing|rising|increasing|expanding)|(?P<down>(?:in|on\s+the)\s+decline|on\s+the\s+wane|declining|falling|shrinking|dwindling))\b"
)


def _finite(words: str) -> bool:
    """Whether a form is told as done: not "falling", not the noun "rise"."""
    last = words.rsplit(maxsplit=1)[-1].lower() if words.split() else ""
    return (
        last.endswith(
            (
                "ed",
                "ew",
                "ell",
                "ose",
                "ank",
                "unk",
                "lid",
                "ent",
                "ung",
                "wn",
                "up",
                "isen",
                "llen",
                "oared",
                "off",
                "pt",
                "halt",
                "me",
            )
        )
        and last != "up"
    )


def _trend(
    scene: Scene, topic: Topic, change: tuple[int, int, str], known: tuple[Memory, Setting]
) -> Statement | None:
    start, end, direction = change
    if _NUMBER_AHEAD.match(scene.undated, end, min(scene.end, end + 70)):
        return None
    filled = resolve_topic(topic, scene, *known)
    if filled is None:
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
        period=_period(scene, end) or _of_before(scene, known[0]),
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(
            Trace("measure", topic.core, topic.end, f"noun for {topic.measure}"),
            Trace("change", start, end, f"direction {direction}, no number"),
        ),
    )


def _period(scene: Scene, end: int) -> Period | None:
    spans = [p for p in scene.periods if p.role in {Role.SPAN, Role.SINCE} and p.period]
    after = [p for p in spans if p.start >= end]
    chosen = after[0] if after else spans[-1] if spans else None
    return chosen.period if chosen else None


def _of_before(scene: Scene, memory: Memory) -> Period | None:
    """The time of the flow told in the sentence before."""
    near = 0 <= scene.number - memory.sentence <= 1
    return memory.period if near and not memory.period_open else None


def _told(statement: Statement, others: list[Statement]) -> bool:
    ends = {statement.reporter, statement.partner}
    return any(
        s.kind in {Kind.GROWTH, Kind.TARGET, Kind.EVENT, Kind.AGREEMENT}
        and s.measure in {statement.measure, None}
        and {s.reporter, s.partner} == ends
        for s in others
    )
