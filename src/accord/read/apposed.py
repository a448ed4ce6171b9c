"""Apposed rankings: a place told beside a figure, without a noun that is ranked.

"…, second only to China", "$41 billion, the eleventh largest", "ranking third", "more
than from any other country", "trade peaked in 2013": what is ranked is the flow of the
figure beside it.
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accord.model.statement import Approximation, Kind, Measure, Statement, Trace
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import ORDINAL, list_noun, rank_of
from accord.read.scene import Memory, Scene

__all__ = ["read_apposed"]

_SUPER = r"(?:largest|biggest|highest|greatest|widest|heaviest|most\s+important)"
_END = r"(?=\s*(?:[,.;:)]|$|\b(?:in|of|among|after|behind|such|with|worldwide|overall|there|nationally|globally|from|on|to|for)\b))"
_PLACES = lazy(
    rf"\b(?P<only>second(?:\s+(?:largest|biggest))?\s+(?:only\s+)?to(?:\s+only)?\s+)"
    rf"|,\s+(?:(?:and|making\s+it|being|which\s+(?:is|was)|now|still|also|by\s+far)\s+)*(?:the|its|their)\s+(?:(?P<ordinal>{ORDINAL})[\s-]+)?{_SUPER}(?:\s+(?:such\s+)?(?:holding|amount|sum|figure|group|community|number|share|percentage|proportion|total|volume|stock|contribution|loan|donation|contingent|one))?{_END}"
    rf"|\b(?:rank(?:s|ed|ing)|plac(?:es|ed|ing)\s+(?:it|them)|putting\s+(?:it|them)|com(?:es|ing)|came|standing|stood|stands|lying)\s+(?:it\s+|them\s+)?(?:in\s+|at\s+|only\s+|now\s+)*(?P<bare>{ORDINAL})(?:\s+(?:place|position|overall))?(?=\s*(?:[,.;:)]|$|\b(?:after|behind|in\s+(?:19|20)\d\d|overall|with|last|this)\b))"
    rf"|\bin\s+(?P<held>{ORDINAL})\s+(?:place|position)(?=\s*(?:[,.;:)]|$|\b(?:after|behind|with)\b))"
    r"|\bmore\s+than\s+(?P<any>(?:with|to|from|in|by|for)?\s*(?:any\s+(?:other|single)(?:\s+\w+)?|anyone\s+else|anywhere\s+else|all\s+(?:the\s+)?(?:other|others)\b[^,.;]*?(?:together|combined|put\s+together)))"
    r"|\b(?P<ever>more\s+than\s+ever(?:\s+before)?|(?:had\s+|has\s+|have\s+)?peaked)\b",
    re.IGNORECASE,
)
_BEHIND = lazy(
    r"(?:[^.;,]{0,30}?,?\s+)?(?:just\s+|only\s+|right\s+)*(?:behind|after|only\s+to|to)\s+(?:only\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_SOURCE_FIRST = frozenset(
    {
        Measure.FDI_STOCK,
        Measure.FDI_FLOW,
        Measure.AID,
        Measure.LOAN,
        Measure.TOURISTS,
        Measure.OTHER,
    }
)


def read_apposed(scene: Scene, memory: Memory, *, others: list[Statement]) -> list[Statement]:
    """The places told beside the figures of a sentence (``others``)."""
    told = [
        s
        for s in others
        if s.kind in {Kind.FIGURE, Kind.SHARE, Kind.GROWTH} and s.reporter and s.partner
    ]
    if not told:
        return []
    ranked = [s for s in others if s.kind is Kind.RANKING]
    found: list[Statement] = []
    for match in _PLACES.finditer(scene.text, scene.start, scene.end):
        if any(_told_at(r, match.start()) for r in ranked) or _has_noun(match, scene):
            continue
        if match.group("held") and _is_held(match, scene):
            continue
        model = _model(match, told)
        rank = _rank(match)
        found.append(_ranking(scene, match, model, rank))
        found += _first(scene, match, model, rank)
    return [f for f in found if not any(_same(f, r) for r in ranked)]


def _told_at(ranking: Statement, at: int) -> bool:
    """Whether the words at ``at`` are those of a ranking already told."""
    return any(t.name == "value" and t.start <= at < t.end + 2 for t in ranking.traces)


def _is_held(match: re.Match[str], scene: Scene) -> bool:
    """ "Japan, in second position with $5 billion": a place in the list told before."""
    return any(0 <= match.start() - p.end <= 2 for p in scene.parties)


_OF_A_WHOLE = lazy(r"\b(?:share|percentage|proportion)$")


def _has_noun(match: re.Match[str], scene: Scene) -> bool:
    """ "ranking third among its suppliers" has its own rules."""
    if _OF_A_WHOLE.search(match.group()):
        return False
    following = scene.text[match.end() : min(scene.end, match.end() + 60)]
    stop = re.search(r"[,.;]", following)
    noun = list_noun().search(following, 0, stop.start() if stop else len(following))
    return noun is not None and not match.group("ever") and not match.group("any")


def _model(match: re.Match[str], told: list[Statement]) -> Statement:
    before = [s for s in told if s.start < match.start()]
    return max(before, key=lambda s: s.end) if before else told[0]


def _rank(match: re.Match[str]) -> int:
    if match.group("only"):
        return 2
    return rank_of(match.group("ordinal") or match.group("bare") or match.group("held"))


def _ranking(scene: Scene, match: re.Match[str], model: Statement, rank: int) -> Statement:
    own = match.group("ever")
    year = (
        next((p for p in scene.periods if p.start >= match.end() - 1 and p.period), None)
        if own
        else None
    )
    return Statement(
        id="",
        quote=scene.text[match.start() : match.end()],
        start=match.start() + (2 if match.group().startswith(", ") else 0),
        end=match.end(),
        kind=Kind.RANKING,
        measure=model.measure,
        reporter=model.reporter,
        partner=model.partner,
        commodity=model.commodity,
        value=float(rank),
        unit="rank",
        approx=Approximation.EXACT,
        period=year.period if year else model.period,
        period_open=model.period_open,
        of="own record" if own else scene.text[match.start() : match.end()].strip(" ,"),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="record" if own else "largest" if rank == 1 else "ranked",
        traces=(Trace("value", match.start(), match.end(), f"rank {rank}, beside a figure"),),
    )


def _first(scene: Scene, match: re.Match[str], model: Statement, rank: int) -> Iterator[Statement]:
    """ "second only to China", "second, behind China": who is first."""
    if rank != 2:
        return
    party = next((p for p in scene.parties if p.start >= match.end() - 1), None)
    if party is None or not _BEHIND.fullmatch(
        " " + scene.text[match.start() : party.start].split("second")[-1]
    ):
        return
    other = _set(model, party)
    if other is not None:
        ranking = _ranking(scene, match, other, 1)
        yield replace(ranking, end=party.end, quote=scene.text[ranking.start : party.end])


def _set(model: Statement, party: Party) -> Statement | None:
    if party.code in {model.reporter, model.partner}:
        return None
    if model.measure in _SOURCE_FIRST:
        return replace(model, reporter=party.code)
    return replace(model, partner=party.code)


def _same(one: Statement, other: Statement) -> bool:
    return (one.value, one.reporter, one.partner) == (other.value, other.reporter, other.partner)
