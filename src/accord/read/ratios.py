"""Ratios to an earlier level: "half of what it had been", "192.7 percent of last year's".

A rate that is set beside the same flow at another time is a change, not a share.
"""

from __future__ import annotations

from dataclasses import replace

from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.quantity import tidy
from accord.read.scene import Scene

__all__ = ["as_ratio"]

_RATES = frozenset({Sort.PERCENT, Sort.FRACTION})
_OF_BEFORE = lazy(
    r"\s+of\s+(?:(?:what|the\s+(?:\w+\s+)?(?:figure|level|amount|volume|value|size|sum|peak|quantity)|those|that)\b[^.;]{0,40}?\b(?:was|were|had\s+been|used\s+to\s+be|ago|earlier|before|period|last\s+year|previous|peak|(?:19|20)\d\d)\b"
    r"|(?:last\s+year|the\s+previous\s+year|the\s+year-ago\s+\w+|a\s+year\s+(?:ago|earlier))(?:'s)?\b|(?:its|their)\s+(?:former|previous|earlier|pre-war|old)\b)"
)


def as_ratio(quantity: Quantity, scene: Scene) -> Quantity | None:
    """The change that a rate of an earlier level comes to, with its direction."""
    if quantity.sort not in _RATES or not _OF_BEFORE.match(scene.text, quantity.end, scene.end):
        return None
    if quantity.sort is Sort.FRACTION:
        value = tidy(round(quantity.value / 100, 3))
        return replace(quantity, sort=Sort.TIMES, unit="times", value=value, direction="down")
    change = tidy(round(quantity.value - 100, 6))
    if not change:
        return None
    return replace(quantity, value=abs(change), direction="up" if change > 0 else "down")
