"""Standings: "X ranks second among Y's partners", "second only to Z", "Russia is third"."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from accord.model.statement import Kind, Measure, Statement
from accord.read.attachment import clause_start
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import (
    ORDINAL,
    SUPERLATIVE,
    ListNoun,
    list_noun,
    noun_of,
    rank_of,
    ranking_statement,
)
from accord.read.scene import Memory, Scene, Setting

__all__ = [
    "also_ranked",
    "elliptic_rankings",
    "is_mutual",
    "largest_of",
    "list_told",
    "mutual_places",
]

_SECOND = lazy(
    rf"\s*(?:,|\b(?:is|was|are|were|came|comes?|ranks?|ranked|stands?|appears?|sits|being|as|remains?|kept|held|holds|took|takes)\b|\b(?:has|had|have)\b|\b(?:dropped|slipped|fell|fallen|climbed|rose|risen|moved|advanced|jumped|slid)(?:\s+(?:up|down|back|from\s+\w+))?\s+to\b|\bcoming(?:\s+in)?\b|\bin\b|\bthe\b|\bits\b|\btheir\b|\ba\s+distant\b|\s)*(?P<ordinal>{ORDINAL})(?:[\s-]+(?:largest|biggest|most\s+important)(?=\s*[.;,]))?(?=\s*(?:[,.;)]|with\b|at\b|on\b|by\b|(?:in|during|for)\s+(?:the\s+|all\s+of\s+)?(?:[12]\d{{3}}|first|last|same|period|fiscal|Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)|last\s+year|this\s+year|globally\b|worldwide\b|overall\b|place\b|position\b|spot\b|for\s+(?:the\s+)?(?:volume|value|size)\b|in\s+terms\b|(?:after|behind)\s+(?:the\s+)?(?-i:[A-Z])[\w. ]{{2,24}}?\s+in\s+terms\b|$|\())",
    re.IGNORECASE,
)


def elliptic_rankings(
    found: list[Statement],
    scene: Scene,
    memory: Memory,
    *,
    fronted: tuple[ListNoun, str] | None = None,
) -> Iterator[Statement]:
    """ "…; Russia is second with 29 percent", "while the U.S. is Morocco's fourth"."""
    listed = fronted or list_told(memory, found) or _sold_to(scene, memory)
    if listed is None:
        return
    noun, owner = listed
    told: set[str] = set()
    for party, rank, start in _went_to(scene, owner, found):
        content = (noun, party.code, owner, rank)
        statement = ranking_statement(scene, memory, (start, party.end), content)
        if statement is not None:
            yield statement
    for place, party in enumerate(scene.parties):
        if any(s.start <= party.start < s.end for s in found):
            continue
        held = _held(place, scene, owner)
        if held is None:
            continue
        subject, whose, rank, end = held
        told.add(subject)
        statement = ranking_statement(
            scene, memory, (party.start, end), (noun, subject, whose or owner, rank)
        )
        if statement is not None:
            yield statement
    for subject, rank, end in _moved(scene, owner, told):
        first = next(p for p in scene.parties if p.code == subject)
        content = (noun, subject, owner, rank)
        statement = ranking_statement(scene, memory, (first.start, end), content)
        if statement is not None:
            yield statement


_MOVED = lazy(
    rf"\b(?:dropp(?:ed|ing)|slipp(?:ed|ing)|fell|fallen|falling|climb(?:ed|ing)|rose|risen|rising|mov(?:ed|ing)|advanc(?:ed|ing)|jump(?:ed|ing)|slid|relegated|demoted|bumped|pushed|knocked|relegating|pushing|knocking)(?:\s+(?:it|up|down|back|from\s+[\w.]+(?:\s+(?:place|spot|position))?))*\s+(?:to|into)\s+(?:the\s+)?(?P<ordinal>{ORDINAL})(?:[\s-]+(?:place|position|spot|rank))?(?=\s*(?:[,.;)]|with\b|at\b|in\b|for\b|last\b|this\b|on\b|from\b|by\b|behind\b|after\b|$))",
    re.IGNORECASE,
)


def _moved(scene: Scene, owner: str, held: set[str]) -> Iterator[tuple[str, int, int]]:
    """ "X, which had been among the first two, slipped to No. 4": the clause's subject."""
    for match in _MOVED.finditer(scene.text, scene.start, scene.end):
        start = clause_start(scene.text, scene.start, match.start())
        before = [
            p
            for p in scene.parties
            if start <= p.start and p.end <= match.start() and p.subject and p.code != owner
        ]
        rank = rank_of(match.group("ordinal"))
        going = match.group().split()[0].lower().endswith("ing")
        who = before[-1 if going else 0] if before else None
        if who is not None and who.code not in held:
            yield who.code, rank, match.end()
        by = next(
            (p for p in scene.parties if 0 < p.lead - match.end() < 3 and p.prep == "by"), None
        )
        if by is not None and rank == 2 and by.code != owner:
            yield by.code, 1, by.end  # "bumped to second place by Mexico"


# "Second place went to Japan", "third was Oman"
_WENT_TO = lazy(
    rf"\b(?P<ordinal>{ORDINAL})\s+(?:(?:place|position|spot)\s+)?(?:went\s+to|goes\s+to|was\s+(?:taken|held|occupied)\s+by|is\s+(?:taken|held|occupied)\s+by|belong(?:s|ed)\s+to|fell\s+to|place\s+(?:was|is)|comes|came|was)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def _went_to(
    scene: Scene, owner: str, found: Sequence[Statement]
) -> Iterator[tuple[Party, int, int]]:
    """Who was given a place, which one, and where the words begin."""
    for match in _WENT_TO.finditer(scene.text, scene.start, scene.end):
        party = next((p for p in scene.parties if p.start == match.end()), None)
        told = party is None or any(s.start <= party.start < s.end for s in found)
        if party is not None and party.code != owner and not told:
            yield party, rank_of(match.group("ordinal")), match.start()


def list_told(memory: Memory, found: Sequence[Statement] = ()) -> tuple[ListNoun, str] | None:
    """The list that the ranking told last is of, and whose it is."""
    model = next((s for s in found if s.kind is Kind.RANKING), None) or memory.ranking
    if model is None or not model.reporter or not model.partner:
        return None
    of_owner = model.measure not in {
        Measure.FDI_STOCK, Measure.FDI_FLOW, Measure.AID, Measure.LOAN, Measure.TOURISTS,
    } or bool(re.search(r"recipient|beneficiar|receiver|debtor|borrower", model.of or ""))  # fmt: skip
    noun = ListNoun(model.measure or Measure.OTHER, of_owner)
    return noun, model.reporter if of_owner else model.partner


def _sold_to(scene: Scene, memory: Memory) -> tuple[ListNoun, str] | None:
    """ "Kenya sold most to Oman. Peru was in third place": the list of its buyers."""
    topic = memory.topic
    if topic is None or scene.number - memory.sentence > 1 or not topic.reporter:
        return None
    if topic.measure not in {"exports", "imports", "total_trade"} or not topic.partner:
        return None
    return ListNoun(Measure(topic.measure), True), topic.reporter


_TOPPED = lazy(
    r"\s+(?:top(?:s|ped)|head(?:s|ed)|leads?|led)\s+(?:the|this|that)\s+(?:list|ranking|chart|table)\b(?!\s+(?:of|for|as)\b)"
    r"|\)?\s+(?:taking|having|holding|in)\s+the\s+lead\b"
    r"|\s+(?:(?:is|was|remains|remained|stays)\s+(?:leading|in\s+the\s+lead|the\s+leader|on\s+top|at\s+the\s+top)|leads|led|tops|topped|took\s+the\s+lead)(?=\s*(?:[.,;]|with\b|at\b|followed\b|$))"
)


def _held(place: int, scene: Scene, owner: str) -> tuple[str, str | None, int, int] | None:
    """The place that a party is said to hold, and in whose list."""
    party = scene.parties[place]
    topped = _TOPPED.match(scene.text, party.end, scene.end)
    if topped is not None and not party.possessive and party.code != owner:
        return party.code, owner, 1, topped.end()
    match = _SECOND.match(scene.text, party.end + (2 if party.possessive else 0), scene.end)
    if match is None:
        return None
    rank = rank_of(match.group("ordinal"))
    if not party.possessive:
        return (party.code, owner, rank, match.end()) if party.code != owner else None
    earlier = [p for p in scene.parties[:place] if p.subject]
    if not earlier or earlier[-1].code == party.code:
        return None
    return earlier[-1].code, party.code, rank, match.end()


_ALSO = lazy(
    rf"[^.;]{{0,80}}?(?:,|\band\b)\s+(?:also\s+)?(?:is\s+)?(?:the|its|our)\s+(?P<ordinal>{ORDINAL})(?:[\s-]+(?:largest|biggest))?(?=\s+(?:in\s+the\s+(?:world|region|bloc|EU)|globally|worldwide|overall|(?:in|within|among|amongst|inside)\s+[A-Z]\w+))",
)


def also_ranked(found: list[Statement], scene: Scene) -> Iterator[Statement]:
    """ "X is Y's largest partner in Africa and the fourth in the world": a second list."""
    for model in found:
        match = _ALSO.match(scene.text, model.end, scene.end)
        if match is None or model.text_cue == "record":
            continue
        if any(model.end <= p.start < match.end() and p.bare for p in scene.parties):
            continue
        low, high = match.span("ordinal")
        yield replace(
            model,
            value=float(rank_of(match.group("ordinal"))),
            start=low,
            end=high,
            quote=scene.text[low:high],
            text_cue="ranked",
        )


_EACH_OTHERS = lazy(r"\b(?:each\s+other|one\s+another)'s?\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO_EACH_OTHER = lazy(r"\s+(?:to|of|for)\s+(?:each\s+other|one\s+another)\b", re.IGNORECASE)


def is_mutual(match: re.Match[str], scene: Scene) -> bool:
    """Whether a place is one in each other's lists."""
    low = max(scene.start, match.start() - 30)
    return (
        _EACH_OTHERS.search(scene.text, low, match.start())
        or _TO_EACH_OTHER.match(scene.text, match.end(), scene.end)
    ) is not None


def mutual_places(
    match: re.Match[str], noun: ListNoun, scene: Scene, known: tuple[Memory, Setting]
) -> Iterator[Statement]:
    """ "A and B are each other's second-largest partner": a place in both lists."""
    memory, setting = known
    before = [p for p in scene.parties if p.end <= match.start()]
    joined = len(before) > 1 and before[-1].joined
    pair = (before[-2].code, before[-1].code) if joined else memory.pair or setting.pair
    if len(pair) != 2:
        return
    rank = rank_of(match.group("ordinal")) or 1
    for one, other in (pair, pair[::-1]):
        content = (noun, one, other, rank)
        yield from filter(
            None, [ranking_statement(scene, memory, (match.start(), match.end()), content)]
        )


_LARGEST_OF = lazy(
    rf"\b(?:is|was|are|remains?|became|has\s+become)\s+(?:by\s+far\s+|still\s+|now\s+)?the\s+(?:(?P<ordinal>{ORDINAL})[\s-]+)?{SUPERLATIVE}\s+(?:one\s+)?(?:of|among)\s+(?P<list>[^.;]{{2,70}})",
    re.IGNORECASE,
)


def largest_of(scene: Scene, memory: Memory) -> Iterator[Statement]:
    """ "Vietnam is the largest of China's trading partners"."""
    for match in _LARGEST_OF.finditer(scene.text, scene.start, scene.end):
        what = list_noun().search(scene.text, match.start("list"), match.end("list"))
        noun = noun_of(what) if what else None
        before = [p for p in scene.parties if p.end <= match.start() and p.bare]
        owners = [p for p in scene.parties if match.start("list") <= p.start < match.end("list")]
        if what is None or noun is None or not before or not owners:
            continue
        span = (match.start(), max(what.end(), owners[0].end))
        content = (noun, before[-1].code, owners[0].code, rank_of(match.group("ordinal")))
        statement = ranking_statement(scene, memory, span, content)
        if statement is not None:
            yield statement
