"""Slots: what is known of one quantity while its sentence is read."""

from __future__ import annotations

from dataclasses import dataclass

from accord.model.period import Period
from accord.read.changes import Reading
from accord.read.periods import PeriodMention
from accord.read.quantities import Quantity, Sort
from accord.read.topic import Topic

__all__ = ["RATES", "Slot"]

RATES = {Sort.PERCENT, Sort.POINTS, Sort.FRACTION}


@dataclass(slots=True)
class Slot:
    """What the first pass knows of one quantity."""

    quantity: Quantity
    topic: Topic | None = None
    carried: bool = False
    reading: Reading | None = None
    share: bool = False
    alt: Quantity | None = None
    dropped: bool = False
    period: Period | None = None
    open: bool = False
    rule: str = ""
    mention: PeriodMention | None = None
    base: str | None = None
    target: bool = False
