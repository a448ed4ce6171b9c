"""Parts that go somewhere: "a third of Georgia's wheat comes from Russia".

No noun of trade stands in such a sentence: a part, whose goods, a verb of going and
where to or from make a share of exports or of imports.
"""

from __future__ import annotations

import re

from accord.model.statement import Kind, Measure, Statement, Trace
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene

__all__ = ["read_parts_going"]

_OF = lazy(r"\s+of\s+(?:all\s+|the\s+)?$")
_GOES = lazy(
    r"(?:'s?)?\s+(?:[\w-]+\s+){1,4}?(?P<verb>goes|go|went|comes?|came|originates?|originated|(?:is|are|was|were|has\s+been|have\s+been)\s+(?:sold|shipped|sent|exported|imported|bought|supplied|sourced|destined))\s+(?:\w+ly\s+)?(?P<prep>to|from|by|for)\b"
)
_RATES = frozenset({Sort.PERCENT, Sort.FRACTION})


def read_parts_going(scene: Scene, memory: Memory, *, others: list[Statement]) -> list[Statement]:
    """Shares told by where the part goes, without those already told in ``others``."""
    found: list[Statement] = []
    for quantity in scene.quantities:
        told = any(s.start <= quantity.core < s.end and s.value == quantity.value for s in others)
        if quantity.sort not in _RATES or told:
            continue
        owner = next((p for p in scene.parties if _whose(scene, quantity, p)), None)
        match = _GOES.match(scene.text, owner.end, scene.end) if owner else None
        if owner is None:
            owner, match = _of_total(scene, quantity)
        if owner is None or match is None:
            continue
        ends = [
            p
            for p in scene.parties
            if p.code != owner.code and -1 <= p.lead - match.start("prep") <= 1
        ]
        if len(ends) > 1:
            continue  # a part that several share
        measure = _MEASURES[match.group("prep")]
        for end in ends[:1]:
            found.append(_share(scene, memory, quantity, (measure, owner, end)))
    return found


_TOTAL = lazy(
    r"(?:'s?)?\s+(?:\w+\s+){0,2}(?:exports|imports|trade)(?:\s+\w+){0,5},\s+(?:about\s+|some\s+|nearly\s+|over\s+|almost\s+)?"
)
_IS = lazy(r"\s+(?:is|are|was|were|goes|go|went|comes?|came)\s+(?:\w+\s+)?(?P<prep>with|to|from)\b")
_MEASURES = {
    "to": Measure.EXPORTS, "for": Measure.EXPORTS, "from": Measure.IMPORTS, "by": Measure.IMPORTS,
    "with": Measure.TOTAL_TRADE,
}  # fmt: skip


def _of_total(scene: Scene, quantity: Quantity) -> tuple[Party | None, re.Match[str] | None]:
    """ "Of Nepal's total trade, 64 per cent is with India"."""
    match = _IS.match(scene.text, quantity.end, scene.end)
    if match is None:
        return None, None
    for party in scene.parties:
        if not (party.possessive or party.adjective) or party.end > quantity.start:
            continue
        led = scene.text[max(scene.start, party.start - 12) : party.start].lower()
        if led.removesuffix("the ").removesuffix("all ").endswith("of ") and _TOTAL.fullmatch(
            scene.text, party.end, quantity.start
        ):
            return party, match
    return None, None


def _whose(scene: Scene, quantity: Quantity, party: Party) -> bool:
    lead = scene.text[quantity.end : party.start]
    return (
        (party.possessive or party.adjective)
        and 0 < len(lead) < 14
        and _OF.fullmatch(lead) is not None
    )


def _share(
    scene: Scene, memory: Memory, quantity: Quantity, content: tuple[Measure, Party, Party]
) -> Statement:
    measure, owner, end = content
    dated = next((p.period for p in scene.periods if p.period), None) or memory.period
    return Statement(
        id="",
        quote=scene.text[quantity.start : end.end],
        start=quantity.start,
        end=end.end,
        kind=Kind.SHARE,
        measure=measure,
        reporter=owner.code,
        partner=end.code,
        value=quantity.value,
        unit="percent",
        approx=quantity.approx,
        resolution=quantity.resolution,
        period=dated,
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(Trace("value", quantity.core, quantity.end, "a part that goes somewhere"),),
    )
