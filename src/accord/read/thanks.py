"""Thanks: gifts told by gratitude, "The Maldives thanks Japan for 20 million dollars"."""

from __future__ import annotations

from collections.abc import Sequence

from accord.model.statement import Kind, Measure, Statement, Trace
from accord.read.first_person import SPEAKER
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Scene, Setting

__all__ = ["read_thanks"]

_THANKING = lazy(
    r"\b(?P<own>I|[Ww]e|my\s+\w+|our\s+\w+)?\s*(?:thank(?:s|ed)?|(?:is|are|am|was|were)\s+(?:\w+\s+)?(?:grateful|indebted|thankful)\s+to|owes?\s+thanks\s+to)\s+(?:also\s+)?(?:the\s+)?(?:(?:Kingdom|Republic|people|government|Government|State)\s+of\s+(?:the\s+)?)?$"
)
_FOR = lazy(
    r"\s+for\s+(?:(?:its|their|the|a|his)\s+)?(?:\w+\s+)?(?:(?:gift|grant|aid|help|donation|contribution|assistance)\s+of\s+)?$"
)


def read_thanks(scene: Scene, setting: Setting, *, others: Sequence[Statement]) -> list[Statement]:
    """Money that a party is thanked for, given to who thanks."""
    found: list[Statement] = []
    words = scene.text[scene.start : scene.end]
    if "hank" not in words and "grateful" not in words and "indebted" not in words:
        return found
    for quantity in scene.quantities:
        if quantity.sort is not Sort.MONEY or any(
            s.start <= quantity.core < s.end and s.value == quantity.value for s in others
        ):
            continue
        giver = next((p for p in scene.parties if _is_for(scene, p, quantity)), None)
        receiver = _receiver(scene, setting, giver) if giver is not None else None
        if giver is not None and receiver is not None and receiver != giver.code:
            found.append(_gift(scene, quantity, giver, receiver))
    return found


def _is_for(scene: Scene, party: Party, quantity: Quantity) -> bool:
    gap = scene.text[party.end : quantity.start]
    return len(gap) < 60 and _FOR.fullmatch(gap) is not None


def _receiver(scene: Scene, setting: Setting, giver: Party) -> str | None:
    """Who thanks: the subject before the verb, or whoever speaks."""
    match = _THANKING.search(scene.text, max(scene.start, giver.start - 70), giver.start)
    if match is None:
        return None
    if match.group("own"):
        return setting.home or SPEAKER
    subject = next((p for p in reversed(scene.parties) if p.end <= match.start() + 1), None)
    return subject.code if subject is not None and subject.bare else None


def _gift(scene: Scene, quantity: Quantity, giver: Party, receiver: str) -> Statement:
    return Statement(
        id="",
        quote=scene.text[giver.start : quantity.end],
        start=giver.start,
        end=quantity.end,
        kind=Kind.FIGURE,
        measure=Measure.AID,
        reporter=giver.code,
        partner=receiver,
        value=quantity.value,
        unit=quantity.unit,
        approx=quantity.approx,
        resolution=quantity.resolution,
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(Trace("value", quantity.core, quantity.end, "money that one is thanked for"),),
    )
