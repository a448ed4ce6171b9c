"""Later shares: "Last year it was 38 percent", "Spain's portion had been 4%".

A share told in full goes on: at another time, or of another party, in words that name
neither the flow nor whose whole it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from accord.model.statement import QUANTITATIVE, Kind, Measure, Statement, Trace
from accord.read.membership_roles import chain_of
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.period_attachment import main_period
from accord.read.places import GIVEN_MEASURES
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene

__all__ = ["read_later_shares"]

_IS = (
    r"\s+(?:being|was|is|are|were|had\s+been|has\s+been|stood\s+at|stands\s+at|came\s+to)\s+"
    r"(?:(?:then|still|now|only|just|about|some|nearly|over|almost|already)\s+)*$"
)
_PART = r"(?:share|portion|part|proportion|slice)"
_SAME = lazy(rf"\b(?:it|this|that|the\s+{_PART}){_IS}", re.IGNORECASE)
_OTHER = lazy(rf"'s?\s+(?:own\s+)?{_PART}{_IS}")
_NOT_OF = lazy(r"\s+(?:higher|lower|more|less|up|down|above|below|of\s+(?:GDP|its|their|the)\b)")


def read_later_shares(
    scene: Scene, memory: Memory, *, others: Sequence[Statement]
) -> list[Statement]:
    """Shares that take up the last one told; ``memory`` keeps the last of the sentence."""
    found: list[Statement] = []
    for index, quantity in enumerate(scene.quantities):
        model = _model(quantity, memory, [*others, *found])
        rate = quantity.sort in {Sort.PERCENT, Sort.FRACTION}
        if model is None or not rate or _NOT_OF.match(scene.text, quantity.end):
            continue
        filled = _filled(scene, quantity, model)
        if filled is not None:
            found.append(_share(scene, memory, index, filled))
    found += _followers(scene, memory, others)
    told = [s for s in [*others, *found] if s.kind in QUANTITATIVE]
    if told:
        last = max(told, key=lambda s: s.end)
        memory.share = last if last.kind is Kind.SHARE else None
    return found


_FOLLOW = lazy(
    r"\s+(?:(?:follow(?:ed|s)?|trail(?:ed|s)?|c[ao]me|were|was|is|are|ranked)(?:\s+(?:closely|behind|next|second|third|fourth|fifth|and|suit|in|on|line|the|them|it|(?-i:[A-Z])[\w.]+))*),?"
    r"(?:\s+(?:with|at)\s+(?:shares?\s+of\s+)?|\s*\()$",
    re.IGNORECASE,
)
_LISTED = lazy(r"\s*(?:,|and|,\s*and)\s*")


def _followers(scene: Scene, memory: Memory, others: Sequence[Statement]) -> Iterator[Statement]:
    """ "Oman and Peru followed with 19 and 16 per cent": others' parts of the same whole."""
    rates = [i for i, q in enumerate(scene.quantities) if q.sort is Sort.PERCENT]
    for index in rates:
        first = scene.quantities[index]
        before = [p for p in scene.parties if p.end <= first.start]
        rows = [chain_of(scene.parties[: scene.parties.index(p) + 1], first=False) for p in before]
        row = next(
            (r for r in reversed(rows) if _FOLLOW.fullmatch(scene.text, r[-1].end, first.start)), []
        )
        model = _model(first, memory, others) if row else None
        if model is None or any(s.start <= first.core < s.end for s in others):
            continue
        listed = _listed(scene, index)
        for party, place in zip(row, listed, strict=False):
            if len(row) == len(listed) and party.code not in {model.reporter, model.partner}:
                yield _share(scene, memory, place, _with_other(model, party.code))


def _row_before(scene: Scene, at: int) -> list[Party]:
    """The parties in a row of which a verb of following is said, up to a number."""
    for place in range(len(scene.parties) - 1, -1, -1):
        end = scene.parties[place].end
        if end <= at and _FOLLOW.fullmatch(scene.text, end, at):
            return chain_of(scene.parties[: place + 1], first=False)
    return []


def _with_other(model: Statement, code: str) -> Statement:
    """The same whole with the part of another."""
    given = model.measure in GIVEN_MEASURES or model.measure is Measure.TOURISTS
    return replace(model, reporter=code) if given else replace(model, partner=code)


def _listed(scene: Scene, index: int) -> list[int]:
    """The rates that stand in a row with the one at ``index``."""
    row = [index]
    for place in range(index + 1, len(scene.quantities)):
        last, here = scene.quantities[place - 1], scene.quantities[place]
        if here.sort is not Sort.PERCENT or not _LISTED.fullmatch(scene.text, last.end, here.start):
            break
        row.append(place)
    return row


def _model(quantity: Quantity, memory: Memory, told: Sequence[Statement]) -> Statement | None:
    """The share before, unless something is read of this number already."""
    here = [s for s in told if s.kind in QUANTITATIVE]
    if any(t.start <= quantity.core < t.end for s in here for t in s.traces if t.name == "value"):
        return None
    before = [s for s in here if s.end <= quantity.start]
    if not before:
        return memory.share
    last = max(before, key=lambda s: s.end)
    return last if last.kind is Kind.SHARE else None


def _filled(scene: Scene, quantity: Quantity, model: Statement) -> Statement | None:
    """The model of the same party, or with the one that owns the part."""
    low = max(scene.start, quantity.start - 50)
    if _SAME.search(scene.text, low, quantity.start):
        return model
    for party in scene.parties:
        gap = scene.text[party.end : quantity.start].removeprefix("'")
        if party.possessive and 0 < len(gap) < 50 and _OTHER.fullmatch("'" + gap):
            return _with_other(model, party.code)
    return None


def _share(scene: Scene, memory: Memory, index: int, model: Statement) -> Statement:
    quantity = scene.quantities[index]
    mention, _ = main_period(index, scene, set(), memory)
    own = mention.period if mention is not None else None
    return replace(
        model,
        quote=scene.text[quantity.start : quantity.end],
        start=quantity.start,
        end=quantity.end,
        kind=Kind.SHARE,
        value=quantity.value,
        approx=quantity.approx,
        resolution=quantity.resolution,
        period=own or model.period,
        hedged=False,
        attributed_to=None,
        speaker=None,
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(Trace("value", quantity.core, quantity.end, "a share that goes on"),),
    )
