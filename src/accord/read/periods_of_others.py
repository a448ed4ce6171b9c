"""Periods that are told of something else than the number they stand near."""

from __future__ import annotations

import re

from accord.model.period import Granularity
from accord.read.own_periods import own_period
from accord.read.patterns import lazy
from accord.read.periods import PeriodMention
from accord.read.quantities import Quantity
from accord.read.scene import Scene

__all__ = ["in_aside", "names_an_event", "of_another", "of_bracket"]

_SET_APART = lazy(r"\b(?:after|following)\b", re.IGNORECASE)


def of_another(scene: Scene, period: PeriodMention, quantity: Quantity) -> bool:
    """ "Fell 5 percent, after a 3 percent fall in July": the month is that of the other."""
    for index, other in enumerate(scene.quantities):
        if not quantity.end <= other.start < period.start:
            continue
        if own_period(index, scene, wide=True) is period:
            return _SET_APART.search(scene.text, quantity.end, other.core) is not None
    return False


_NOUN_AFTER = lazy(
    r"\s+(?!(?:to|and|or|in|of|for|with|from|at|by|on|as|the|last|this|was|were|is|had|has|until)\b)[A-Za-z]"
)


def names_an_event(scene: Scene, period: PeriodMention) -> bool:
    """ "The 11 March earthquake": a day that tells which earthquake, not when they traded."""
    if period.period is None or period.period.granularity is not Granularity.DAY:
        return False
    led = scene.text[max(scene.start, period.core - 4) : period.core].lower().endswith("the ")
    return led and _NOUN_AFTER.match(scene.text, period.end) is not None


_ASIDE = lazy(
    r",\s+(?:which|who|whose|where|when|granted|imposed|launched|signed|introduced|made|opened|founded|created|elected|appointed|admitted|begun|delayed|agreed|concluded|closed|home|a\s+member)\b[^,;]*$"
)


def of_bracket(scene: Scene, period: PeriodMention, quantity: Quantity) -> bool:
    """ "Came to $87 million ($95 million in 2022)": the year is that of the number beside it."""
    opened = scene.text.rfind("(", quantity.end, period.start)
    if opened < 0 or ")" in scene.text[opened : period.start]:
        return False
    return any(opened < q.start and q.end <= period.start for q in scene.quantities)


def _in_brackets(scene: Scene, period: PeriodMention, quantity: Quantity) -> bool:
    """ "€34.4 billion in 2020 (2019: €34.5 billion) and exports to €8.8 billion": not in 2019."""
    opened = scene.text.rfind("(", scene.start, period.start + 1)
    closed = scene.text.find(")", period.end, quantity.start)
    if opened < 0 or closed < 0 or ")" in scene.text[opened : period.start]:
        return False
    rest = scene.text[opened : period.start] + scene.text[period.end : closed]
    return re.search(r"\d", rest) is not None


def in_aside(scene: Scene, period: PeriodMention, quantity: Quantity) -> bool:
    """ "Sales to the EU, which imposed duties in January, shrank": not when they shrank."""
    if _in_brackets(scene, period, quantity):
        return True
    if "," not in scene.text[period.end : quantity.start]:
        return False
    return _ASIDE.search(scene.text, scene.start, period.start) is not None
