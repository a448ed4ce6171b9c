"""Which numbers beside a number that is still to come are so too, and which are not."""

from __future__ import annotations

from accord.read.patterns import lazy
from accord.read.scene import Scene
from accord.read.slots import Slot

__all__ = ["in_a_row", "of_a_debt"]

_ROW = lazy(
    r"\s*(?:\([^)]{0,30}\)\s*)?(?:(?:to|in|for|from|of|with)\s+[\w .'-]{2,40}?)?\)?,?\s+"
    r"(?:and|as\s+well\s+as)\s+"
    r"(?:[A-Z][\w .'-]{1,40}\(|(?:an?\s+)?(?:further|another|additional)\s+)?"
)


def in_a_row(last: Slot, slot: Slot, scene: Scene) -> bool:
    """ "Will give $4 million to Chad, and $5 million to Mali": the last of a row is no other."""
    gap = _ROW.fullmatch(scene.text, last.quantity.end, slot.quantity.start)
    return last.target and last.quantity.sort is slot.quantity.sort and gap is not None


_DEBT = lazy(r"(?:'s|\bdebts?(?:\s+\w+){0,3}\s+(?:of|worth|amounting\s+to|totall?ing))\s+$")


def of_a_debt(slot: Slot, scene: Scene) -> bool:
    """ "Plans to write off Chad's debt of $20 million": what is owed already."""
    if slot.topic is None or slot.topic.measure != "loan" or slot.share:
        return False
    low = max(scene.start, slot.quantity.start - 60)
    return _DEBT.search(scene.text, low, slot.quantity.start) is not None
