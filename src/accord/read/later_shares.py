"""Later shares: "Last year it was 38 percent", "Spain's portion had been 4%".

A share told in full goes on: at another time, or of another party, in words that name
neither the flow nor whose whole it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accord.model.statement import QUANTITATIVE, Kind, Measure, Statement, Trace
from accord.read.patterns import lazy
from accord.read.period_attachment import main_period
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
_GIVEN = frozenset({Measure.FDI_STOCK, Measure.FDI_FLOW, Measure.AID, Measure.LOAN})
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
    told = [s for s in [*others, *found] if s.kind in QUANTITATIVE]
    if told:
        last = max(told, key=lambda s: s.end)
        memory.share = last if last.kind is Kind.SHARE else None
    return found


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
            given = model.measure in _GIVEN
            code = party.code
            return replace(model, reporter=code) if given else replace(model, partner=code)
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
