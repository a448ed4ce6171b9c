"""Places in a list that is named: "ranks second among Y's partners", "tops the list of buyers".

The list is one of partners ("among buyers of …"), a flow ("in exports to Iraq") or a group
of states, whose flow was told before ("fourth among the countries of Eastern Europe").
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accord.model.statement import Measure, Statement
from accord.read.attachment import clause_start
from accord.read.flow_lists import FlowList, find_flow_list, known_owner
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import (
    ORDINAL,
    ListNoun,
    list_noun,
    noun_of,
    rank_of,
    ranking_statement,
)
from accord.read.scene import Memory, Scene, Setting
from accord.read.standings import list_told

__all__ = ["fronted_list", "list_leaders", "ranked_among"]

_TERMS = r"(?:in|with|as)\s+(?:terms|regards?|respect|relation)\s+(?:of|to)|regarding|when\s+it\s+comes\s+to|based\s+on|according\s+to"
_STRONG = r"rank(?:s|ed|ing)?|stands?|stood|standing|com(?:es|ing)|came|plac(?:ed|es)|listed|finished|hold(?:s|ing)?|held|occup(?:ies|ied|ying)|tak(?:es|ing)|took|retain(?:s|ed|ing)?|secur(?:es|ed)|maintain(?:s|ed|ing)|claim(?:s|ed)|captur(?:es|ed)|(?:re)?gain(?:s|ed)|reach(?:es|ed)|earn(?:s|ed)"
_RANKS = lazy(
    rf"\b(?:(?P<strong>{_STRONG})|in|up|is|was|moved(?:\s+up)?|rose|climbed|became|slipped|fell|and|with|were|stay(?:s|ed)|remain(?:s|ed)|kept|slid|jumped|advanced|dropped)\s+(?:(?:up|in|at|as|to|the|its|now|currently|also|down|only|back|from\s+(?P<old>{ORDINAL})\s+to)\s+)*(?P<ordinal>{ORDINAL}|top)(?P<spot>[\s-]+(?:place|position|rank|spot|largest|biggest))?\s+(?:overall\s+|worldwide\s+|globally\s+|internationally\s+)?"
    rf"(?:only\s+to\s+(?:the\s+)?(?P<behind>[\w.' -]{{2,30}}?)\s+)?(?:among|amongst|in\s+the\s+(?:list|ranking|rankings|table)\s+of|of|as(?:\s+an?)?|{_TERMS}|in|on|(?P<weak>for|by)|on\s+the\s+list\s+of)\s+(?P<list>(?:(?!\s+and\s+{ORDINAL}\s+(?:among|amongst|as|in)\b)[^.;]){{2,90}})",
    re.IGNORECASE,
)
_FRONTED = lazy(
    rf"\W*(?:And\s+|But\s+|While\s+)?(?:{_TERMS}|by|among|amongst|for|of|in(?=\s+(?:exports?|imports?|trade|turnover|total\s|foreign\s+trade)\b))\s+(?P<list>[^,;.]{{3,80}}),\s",
    re.IGNORECASE,
)
_STATES = lazy(
    r"(?:(?:the|all|other|its|\d+|[A-Za-z-]+)\s+){0,4}?(?:countr(?:y|ies)|states?|nations?|economies|members|republics|neighbou?rs)\b"
    r"|(?:this|that|the\s+same)\s+(?:indicator|index|list|ranking|measure|category|regard|respect|field|parameter)\b",
    re.IGNORECASE,
)


_TO_DO = lazy(
    r"\bto\s+(?:[a-z]+ly\s+)?(?!the\b|its\b|their\b)[a-z]|\bthat\b(?!\s+(?:trade|export|import|invest|buy|sell))|\bwho\b"
)  # "the first in the bloc to …"


def named_list(
    scene: Scene, memory: Memory, low: int, high: int, *, holder: str | None = None
) -> FlowList | None:
    """The list that the words between two offsets name, with its owner if they say whose."""
    what = list_noun().search(scene.text, low, high)
    noun = noun_of(what) if what else None
    if what is not None and noun is not None:
        return FlowList(noun, *_owner_in(scene, low, high, what.end()))
    flow = find_flow_list(scene, low, high)
    if flow is not None:
        return None if _TO_DO.search(scene.text, low, flow.end) else flow
    if (states := _STATES.match(scene.text, low, high)) is not None:
        return _of_states(scene, memory, states.end(), holder)
    return None


def _owner_in(scene: Scene, low: int, high: int, end: int) -> tuple[str | None, int]:
    """The first party of the list, up to a comma after its noun."""
    comma = scene.text.find(",", end, high)
    reach = comma if comma >= 0 else high
    owner = next((p for p in scene.parties if low - 1 <= p.start < reach), None)
    return (owner.code, max(end, owner.end)) if owner else (None, end)


def _of_states(scene: Scene, memory: Memory, end: int, holder: str | None) -> FlowList | None:
    """ "fourth among the countries of Eastern Europe": in the list or the flow told before."""
    head = _FRONTED.match(scene.text, scene.start, scene.end)
    listed = fronted_list(scene, memory) if head and head.end() < end else list_told(memory)
    if listed is not None:
        return FlowList(listed[0], listed[1], end)
    if head and head.end() < end and (flow := find_flow_list(scene, *head.span("list"))):
        return FlowList(flow.noun, flow.owner, end)
    topic = next((t for t in reversed(scene.topics) if t.end <= end), None) or memory.topic
    if topic is None or scene.number - memory.sentence > 1 or not topic.reporter:
        return None
    if topic.measure not in {"exports", "imports", "total_trade", "balance"} or not topic.partner:
        return None
    owner = topic.partner if topic.reporter == holder else topic.reporter
    return FlowList(ListNoun(Measure(topic.measure), True), owner, end)


def ranked_among(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "X ranks third among Y's partners", "first as a donor to Y", "tenth in exports to Y"."""
    last: ListNoun | None = None
    told: list[str] = []  # whose list it was before ("… and 21st among its suppliers")
    for match in _RANKS.finditer(scene.text, scene.start, scene.end):
        if match.group("weak") and not (match.group("strong") or match.group("spot")):
            continue
        subject = _holder(match, scene) or memory.subject
        listed = named_list(scene, memory, *match.span("list"), holder=subject)
        if listed is None and last and re.search(r"'s\W*$|'s\s*[,.]", match.group("list")):
            listed = FlowList(last, *_owner_in(scene, *match.span("list"), match.end("ordinal")))
        if listed is None:
            continue
        last, end = listed.noun, listed.end
        owner = listed.owner or known_owner(subject, memory, setting, told)
        told = [owner] if owner else told
        content = (listed.noun, subject, owner, rank_of(match.group("ordinal")))
        statement = ranking_statement(scene, memory, (match.start("ordinal"), end), content)
        if statement is not None:
            yield statement
            if match.group("old"):
                old = float(rank_of(match.group("old")))
                yield replace(statement, value=old, period=None, text_cue="ranked")
        if match.group("behind") and owner:
            yield from _runner_up(match, scene, memory, (listed.noun, owner, end))


def _holder(match: re.Match[str], scene: Scene) -> str | None:
    start = clause_start(scene.text, scene.start, match.start())
    subjects = [
        p
        for p in scene.parties
        if start <= p.start and p.end <= match.start("ordinal") and p.subject
    ]
    return subjects[-1].code if subjects else None


def fronted_list(scene: Scene, memory: Memory) -> tuple[ListNoun, str] | None:
    """ "In terms of exports to Iraq, Turkey came eighth": the list before who has a place."""
    match = _FRONTED.match(scene.text, scene.start, scene.end)
    listed = named_list(scene, memory, *match.span("list")) if match else None
    return (listed.noun, listed.owner) if listed and listed.owner else None


_LIST = r"(?:list|ranking|table|field|chart|league|leaderboard|pack|way)s?"
_LEADS = lazy(
    rf"\b(?:top(?:s|ped|ping)|head(?:s|ed|ing)|lead(?:s|ing(?=\s+(?:the|its|a|this|in|among|as|by)\s))?|led)\s+(?:(?:the|its|a|this)\s+(?:\w+\s+)?{_LIST}(?:\s+(?:of|as|for|in|among|amongst|on|by)|\s+{_TERMS})\s+|(?:in|among|amongst|as|by)\s+|{_TERMS}\s+)?(?P<list>[^.;,]{{2,70}})",
    re.IGNORECASE,
)


_NO_VERB = lazy(r"\b(?:to|will|would|could|may|might|the|an?|of|'s|its|their|our)\s+(?:\w+\s+)?$")


def list_leaders(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "China topped the list of buyers of Russian steel", "Russia leads the suppliers"."""
    for match in _LEADS.finditer(scene.text, scene.start, scene.end):
        if _NO_VERB.search(scene.text, max(scene.start, match.start() - 30), match.start()):
            continue
        listed = named_list(scene, memory, *match.span("list"))
        holder = _leader(match, scene)
        if listed is None or holder is None:
            continue
        owner = listed.owner or known_owner(holder.code, memory, setting)
        span = (match.start(), listed.end)
        content = (listed.noun, holder.code, owner, 1)
        statement = ranking_statement(scene, memory, span, content)
        if statement is not None:
            yield statement


_COMES = lazy(r"[^;.]{0,60}?(?:,|\b(?:is|was|are|were|came|comes)\b)\s+(?:the\s+)?$")


def _leader(match: re.Match[str], scene: Scene) -> Party | None:
    """Who leads: before the verb, or after the list ("Topping the list of buyers is Spain")."""
    start = clause_start(scene.text, scene.start, match.start())
    before = [p for p in scene.parties if start <= p.start and p.end <= match.start()]
    bare = [p for p in before if p.bare and not p.possessive]
    if bare:
        return bare[-1]
    if before or not re.match(r"\w+ing\b", match.group()):
        return None
    after = (p for p in scene.parties if p.start > match.start("list") and p.bare)
    return next((p for p in after if _COMES.search(scene.text, match.start("list"), p.start)), None)


def _runner_up(
    match: re.Match[str], scene: Scene, memory: Memory, content: tuple[ListNoun, str, int]
) -> Iterator[Statement]:
    """ "second only to the UK": the UK is first."""
    noun, owner, end = content
    for party in scene.parties:
        if match.start("behind") - 1 <= party.start < match.end("behind") + 1:
            start = match.start("ordinal")
            first = (noun, party.code, owner, 1)
            statement = ranking_statement(scene, memory, (start, end), first)
            if statement is not None:
                yield replace(statement, start=start, quote=scene.text[start:end])
