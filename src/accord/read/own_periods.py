"""The period that stands right behind a number and is its own."""

from __future__ import annotations

from accord.read.patterns import lazy
from accord.read.periods import PeriodMention
from accord.read.quantities import Sort
from accord.read.scene import Scene

__all__ = ["own_period"]

_OF_WHAT = lazy(r"^\s*of\s+(?:[\w']+\s+){0,5}")


def own_period(index: int, scene: Scene, *, wide: bool = False) -> PeriodMention | None:
    """The mention right after a base quantity ("from $100 billion in 2000").

    ``wide`` lets what is told of it stand between ("worth of goods imported in 2020").
    """
    quantity = scene.quantities[index]
    following = (
        scene.quantities[index + 1].start if index + 1 < len(scene.quantities) else scene.end
    )
    for period in scene.periods:
        if quantity.end <= period.start < following:
            if _OWNING.match(scene.text, period.end):
                return None  # "to $5 billion from last year's $6 billion"
            gap = scene.masked[quantity.end : period.start]
            if quantity.sort in {Sort.PERCENT, Sort.FRACTION}:
                gap = _OF_WHAT.sub("", gap)
            if _OWN.fullmatch(gap) or (wide and _TOLD_OF.fullmatch(gap)):
                return period
            return None
    return None


_OWNING = lazy(r"(?:'s?|(?<='s))\s+(?:[A-Z]{1,3})?[$€£¥\d]")
_OWN = lazy(
    r"[\s)]*(?:(?:recorded|registered|seen|reported|worth|posted|achieved)\s*)?(?:in|for|during|of|the)?\s*"
)
# "$447.8m (Shs1.5 trillion) the country registered during", "worth of goods imported from it in"
_TOLD_OF = lazy(
    r"[\s)]*(?:(?:that|which)\s+)?(?:(?!(?:and|while|but|up|down|after|than|against|compared|as|with|to|will|would)\b)[\w'-]+\s+){0,8}?(?:(?:in|for|during|over)(?:\s+(?:all|the\s+whole)\s+of)?(?:\s+the)?)?\s*"
)
