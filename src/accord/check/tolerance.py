"""When a computed value agrees with a stated one, and when it is clearly off.

The tolerance follows the printed precision: half a unit of the last printed digit;
``about`` five per cent either way; ``over`` a floor, ``under`` a ceiling, ``nearly``
a ceiling with a band of five per cent below it; multiples ("doubled") five per cent
either way. Between agreement and the distance at which a statement is contradicted
lies a zone in which nothing is decided (``near_miss``). The distances are stated in
``docs/explanation/verdicts.md``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from accord.model.statement import Approximation, Statement

__all__ = ["ABOUT", "Scale", "Tolerance", "level_tolerance", "rate_tolerance"]

ABOUT = 0.05  # "about", "nearly", multiples: five per cent
NAMED_LEVEL = 0.03  # a level with a named publisher is contradicted from 3 % on …
UNNAMED_LEVEL = 0.08  # … without one from 8 % on: either side's figure may be meant
RATE_POINTS, RATE_SHARE = 2.0, 0.12  # rates: two points and 12 % of the rate
MULTIPLE = 0.12
COARSE_UNITS, COARSE_SHARE = 5, 0.004  # still "imprecise": five last digits and 0.4 %
UNDER_REACH = 0.5  # "under 20" said of 5 is true and says nothing: it is not called support
_EPSILON = 1e-9

FRACTION = re.compile(
    r"\b(?:a|one|two|three|four)[ -](?:half|third|thirds|quarter|quarters|fifth|fifths|"
    r"sixth|seventh|eighth|ninth|tenth|tenths)\b|\bhalf\b",
    re.IGNORECASE,
)


class Scale:
    """What sort of number is compared; decides the distances."""

    LEVEL = "level"
    RATE = "rate"
    MULTIPLE = "multiple"
    SHARE = "share"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A stated number with the band in which a computed one agrees.

    ``low`` and ``high`` bound the band (``-inf``/``inf`` where it is open);
    ``resolution`` is one unit of the last printed digit.
    """

    stated: float
    low: float
    high: float
    resolution: float
    scale: str
    approx: Approximation = Approximation.EXACT

    def agrees(self, computed: float) -> bool:
        """Whether a computed value lies in the band."""
        slack = _EPSILON + 1e-7 * max(abs(self.stated), self.resolution)
        return self.low - slack <= computed <= self.high + slack

    def coarse(self, computed: float) -> bool:
        """Whether it agrees at coarser precision: a few last digits off, no more."""
        if self.approx is not Approximation.EXACT or self.scale == Scale.SIGN:
            return False
        gap = abs(computed - self.stated)
        close = gap <= COARSE_SHARE * abs(self.stated) + _EPSILON
        return close and gap <= COARSE_UNITS * self.resolution * (1 + 1e-7)

    def far(self, computed: float, *, named: bool) -> bool:
        """Whether it is off by so much that the statement is contradicted by it."""
        if self.agrees(computed) or self.coarse(computed):
            return False
        if self.approx is Approximation.UNDER and 0 <= computed <= self.stated:
            return False  # true, if idle
        gap = abs(computed - self.stated)
        if self.scale == Scale.SIGN:
            return abs(computed) >= RATE_POINTS
        if self.scale == Scale.RATE:
            return gap >= RATE_POINTS and gap >= RATE_SHARE * abs(computed)
        limit = self._limit(named=named)
        if self.approx is Approximation.ABOUT:
            limit = max(limit, UNNAMED_LEVEL)
        reference = abs(computed) or abs(self.stated)
        return gap >= limit * reference

    def _limit(self, *, named: bool) -> float:
        if self.scale in (Scale.MULTIPLE, Scale.SHARE):
            return MULTIPLE
        return NAMED_LEVEL if named else UNNAMED_LEVEL

    def describe(self) -> str:
        """The band in words, for people."""
        if self.scale == Scale.SIGN:
            return "the direction"
        if math.isinf(self.high):
            return f"at least {_short(self.low, self.scale)}"
        if math.isinf(self.low):
            return f"at most {_short(self.high, self.scale)}"
        if self.approx is Approximation.EXACT and self.scale in (Scale.LEVEL, Scale.RATE):
            half = _short(self.resolution / 2, self.scale)
            return f"±{half}, half a unit of the last printed digit"
        return f"{_short(self.low, self.scale)} to {_short(self.high, self.scale)}"


def level_tolerance(statement: Statement) -> Tolerance:
    """The band of a level or a share; raises ``ValueError`` without a value."""
    if statement.value is None:
        raise ValueError("a level needs a value")
    share = statement.unit == "percent"
    resolution = statement.resolution or printed_unit(statement.value)
    approx = _approximation(statement, resolution)
    low, high = _band(statement.value, resolution, approx)
    return Tolerance(
        statement.value, low, high, resolution, Scale.SHARE if share else Scale.LEVEL, approx
    )


def rate_tolerance(statement: Statement) -> Tolerance | None:
    """The band of a change: percent, or a ratio new ÷ old for multiples; None if neither."""
    change = statement.change
    if change is None:
        return None
    down = change.direction == "down"
    if change.value is None:
        bound = (-math.inf, 0.0) if down else (0.0, math.inf)
        return Tolerance(0.0, *bound, 0.0, Scale.SIGN)
    if change.unit == "times":
        return _multiple(change.value, statement, down=down)
    if change.unit != "percent":
        return None
    resolution = 10.0**-change.decimals if change.decimals is not None else None
    resolution = resolution or printed_unit(change.value)
    approx = _approximation(statement, resolution)
    low, high = _band(change.value, resolution, approx)
    stated = change.value
    if down:
        stated, low, high = -stated, -high, -low
    return Tolerance(stated, low, high, resolution, Scale.RATE, approx)


def _multiple(value: float, statement: Statement, *, down: bool) -> Tolerance:
    ratio = (value if value <= 1 else 1 / value) if down else value
    approx = statement.approx or Approximation.EXACT
    low, high = ratio * (1 - ABOUT), ratio * (1 + ABOUT)
    if approx is Approximation.NEARLY:
        # "almost halved" has not come down to half yet, "almost doubled" not up to twice
        low, high = (ratio, high) if down else (low, ratio)
    elif approx is Approximation.OVER:
        low, high = (0.0, ratio) if down else (ratio, math.inf)
    elif approx is Approximation.UNDER:
        low, high = (ratio, 1.0) if down else (1.0, ratio)
    return Tolerance(ratio, low, high, 0.0, Scale.MULTIPLE, approx)


def _approximation(statement: Statement, resolution: float) -> Approximation:
    approx = statement.approx or Approximation.EXACT
    spelt = FRACTION.search(statement.quote) is not None and resolution <= 1
    number = statement.change.value if statement.change else statement.value
    # a fraction in words has no last digit to be exact to
    if approx is Approximation.EXACT and spelt and number in _FRACTIONS:
        return Approximation.ABOUT
    return approx


_FRACTIONS = frozenset(
    {33.3, 33.33, 66.7, 66.67, 25, 75, 20, 40, 60, 80, 10, 50, 12.5, 16.7, 14.3, 11.1, 30}
)


def _band(value: float, resolution: float, approx: Approximation) -> tuple[float, float]:
    """Bounds around a value; a negative one (a deficit) is banded by its size."""
    if value < 0:
        low, high = _band(-value, resolution, approx)
        return -high, -low
    if approx is Approximation.ABOUT:
        width = max(ABOUT * value, resolution / 2)
        return value - width, value + width
    if approx is Approximation.OVER:
        return value, math.inf
    if approx is Approximation.UNDER:
        return value * UNDER_REACH, value
    if approx is Approximation.NEARLY:
        return value * (1 - ABOUT), value
    return value - resolution / 2, value + resolution / 2


def printed_unit(value: float) -> float:
    """One unit of the last significant digit of a number as it prints: 18.78e9 → 0.01e9."""
    if value == 0 or not math.isfinite(value):
        return 1.0
    digits, _, exponent = f"{abs(value):.11e}".partition("e")
    decimals = len(digits.rstrip("0").partition(".")[2])
    return float(10.0 ** (int(exponent) - decimals))


def _short(value: float, scale: str) -> str:
    if scale == Scale.LEVEL:
        for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
            if (abs(value) >= size / 1000 and size < 1e12) or abs(value) >= size:
                return f"{value / size:.6g} {word}"
        return f"{value:.6g}"
    mark = " %" if scale in (Scale.RATE, Scale.SHARE) else " times"
    return f"{value:.4g}{mark}"
