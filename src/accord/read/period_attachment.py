"""Which period a number is of: its own, the main one of the sentence, that of a base."""

from __future__ import annotations

import re

from accord.model.period import Granularity, Period
from accord.read.attachment import clause_end, clause_start
from accord.read.changes import verb_of_change
from accord.read.own_periods import own_period
from accord.read.patterns import lazy
from accord.read.period_mentions import months_touched
from accord.read.periods import PeriodMention, Role
from accord.read.periods_of_others import in_aside, names_an_event, of_another, of_bracket
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene

__all__ = ["is_of_base", "main_period", "shifted"]


def main_period(
    index: int, scene: Scene, bases: set[int], memory: Memory
) -> tuple[PeriodMention | None, str]:
    """The mention that dates quantity ``index`` and the rule; base mentions are skipped."""
    quantity = scene.quantities[index]
    following = (
        scene.quantities[index + 1].start if index + 1 < len(scene.quantities) else scene.end
    )
    stop = clause_end(scene.text, quantity.end, scene.end)
    owned = _owned_by_bases(scene, bases)
    usable = [
        p
        for p in scene.periods
        if p.role is not Role.BEFORE and p not in owned and not _unequalled_since(scene, p)
        if not names_an_event(scene, p)
    ]
    for period in scene.periods:
        if period.period is not None and _bracketed_after(scene, period, quantity):
            return period, "period before the bracket"
    for period in usable:
        if quantity.end <= period.start < min(following, stop) and not (
            _crossed(scene, quantity.end, period.start) or _leads(period, index, scene, usable)
        ):
            return period, "period after the number"
    start = clause_start(scene.text, scene.start, quantity.start)
    before = [p for p in usable if start <= p.start and p.end <= quantity.start]
    before = [p for p in before if not in_aside(scene, p, quantity)] or [
        p for p in before if in_aside(scene, p, quantity) and not memory.period
    ]
    if before:
        return before[-1], "period before the number"
    for period in usable:
        past = period.role in {Role.SINCE, Role.DEADLINE} and following <= period.start
        past = past or of_bracket(scene, period, quantity)
        past = past or of_another(scene, period, quantity)
        if quantity.end <= period.start < stop and not past:
            return period, "period later in the clause"
    earlier = [p for p in usable if p.end <= quantity.start and not in_aside(scene, p, quantity)]
    if earlier:
        return earlier[-1], "period earlier in the sentence"
    later = [
        p
        for p in usable
        if p.start >= stop
        and not of_bracket(scene, p, quantity)
        and not of_another(scene, p, quantity)
    ]
    last = next((p for p in reversed(later) if p.role is Role.SPAN), None)
    if last is not None and not re.search(r"\w", scene.text[last.end : scene.end]):
        return last, "period at the end of the sentence"
    return None, "period spoken of"


_OPEN_BRACKET = lazy(r"\s*\(\s*(?:about\s+|almost\s+|some\s+|over\s+)?")


def _bracketed_after(scene: Scene, period: PeriodMention, quantity: Quantity) -> bool:
    """ "Compared to January-April 2022 ($366.5 million)": the number of that time."""
    if period.end > quantity.start or not scene.text.startswith(")", quantity.end):
        return False
    return _OPEN_BRACKET.fullmatch(scene.text, period.end, quantity.start) is not None


_UNEQUALLED = lazy(
    r"\b(?:first|\w{3,}est|worst|best|most|least|record)(?:\s+[\w-]+){0,3}\s+$", re.IGNORECASE
)


def _unequalled_since(scene: Scene, period: PeriodMention) -> bool:
    """ "The lowest level since 1992": how long it had not been so."""
    if period.role is not Role.SINCE:
        return False
    low = max(scene.start, period.start - 40)
    return _UNEQUALLED.search(scene.text, low, period.start) is not None


_OPENS = lazy(r"(?:\s*[,;])?\s*[(\[]?\s*(?:and\s+)?(?:in|for|during)?\s*")

_NEW_SUBJECT = lazy(
    r"\s+(?:it|they|this|that|the\s+(?:figure|volume|number|amount))\s", re.IGNORECASE
)

_TO_NUMBER = lazy(
    r"\s*(?:[-:,]\s*)?(?:it\s+was\s+|was\s+|as\s+(?:much|many|little)\s+as\s+|only\s+|just\s+)?",
    re.IGNORECASE,
)

_HEADED = lazy(r"\s*[:=-]\s")


def _leads(period: PeriodMention, index: int, scene: Scene, usable: list[PeriodMention]) -> bool:
    """ "In 2012 … 960 million, in 2013 - 1.2 billion": it dates the number after it."""
    if index + 1 >= len(scene.quantities):
        return False
    quantity, following = scene.quantities[index], scene.quantities[index + 1]
    if not (
        _TO_NUMBER.fullmatch(scene.text, period.end, max(period.end, following.start))
        or _NEW_SUBJECT.match(scene.text, period.end, following.start)
    ):
        return False
    if not _OPENS.fullmatch(scene.text, quantity.end, period.start):
        return False
    beside = not scene.text[quantity.end : period.start].strip()
    if beside and scene.text.startswith(",", period.end):
        return False  # "$10 million in 2001, $12 million in 2002, $15 million in 2003"
    if _HEADED.match(scene.text, period.end) and scene.text[
        quantity.end : period.start
    ].strip() in {"(", "["}:
        return True  # "€9.8 million (2011: €7.1 million)"
    floor = scene.quantities[index - 1].end if index else scene.start
    return any(floor <= p.start and p.end <= quantity.start for p in usable)


def _crossed(scene: Scene, start: int, end: int) -> bool:
    """Whether a base of comparison stands between: the period is the base's."""
    between = scene.text[start:end]
    if any(start <= a.name_start and a.end <= end and "," in between for a in scene.attributions):
        return True
    if re.search(
        r"\b(?:against|compared|versus|than|up\s+from|down\s+from|up\s+on|down\s+on|after|from)\b|\bover(?=\s*$)",
        between,
        re.IGNORECASE,
    ):
        return True
    return (
        re.search(
            r"\s(?:as\s+the|although|because)\s|[,;]\s+(?:and|while|but|with|\w+ing\s+that|an?\s+\w+\s+(?:that|which|who|whose)|which|who|whose|where|when|until|before)\b|\b(?:until|before|when|whose)\s",
            between,
        )
        is not None
    )


def _owned_by_bases(scene: Scene, bases: set[int]) -> list[PeriodMention]:
    owned = []
    for index in bases:
        own = own_period(index, scene, wide=True)
        if own is not None:
            owned.append(own)
    return owned + [p for p in scene.periods if is_of_base(scene, p)]


def is_of_base(scene: Scene, period: PeriodMention) -> bool:
    """Whether words of comparison make a period that of a base."""
    return _follows_base_word(scene, period) or _set_against_rate(scene, period)


_RATE_BASE = lazy(
    r"(?:\s+(?:more|less|fewer|up|down|higher|lower|better|increase|rise|growth|gain|jump|fall|drop|decline|decrease))?"
    r"\s+(?:on|over|from|than|above|below|under|against|versus|compared\s+(?:with|to))(?:\s+(?:that|those|the\s+(?!course|year\b)\w+)\s+(?:of|in|for))?\s+(?:in\s+|the\s+(?:year\s+(?!in\b))?|of\s+)*",
    re.IGNORECASE,
)

_TIMES_BASE = lazy(
    r"\s+(?:as\s+(?:much|many|high|large|big)\s+as|the\s+\w+\s+(?:of|in|for)|that\s+(?:of|in)|what\s+(?:it|they|was)\s+(?:was|were|seen|recorded|registered|reported|achieved)|of|higher\s+than|more\s+than)(?:\s+in)?\s+(?:the\s+)?",
    re.IGNORECASE,
)

# What one can be "up over"; "over the first four months" is when it rose.
_POINTS = frozenset({"year", "relative year", "month", "month without year", "fiscal year"})

_THROUGHOUT = lazy(
    r"\s+(?:over|in|for|during)\s+(?:the\s+)?(?:whole|entire|full|entirety|course)(?:\s+(?:of|year))*\s+",
    re.IGNORECASE,
)


def _set_against_rate(scene: Scene, period: PeriodMention) -> bool:
    """ "Up 15% on 2016", "twice the amount of 1992": the year is the base's."""
    for quantity in scene.quantities:
        rate = quantity.sort in {Sort.PERCENT, Sort.FRACTION, Sort.TIMES, Sort.POINTS}
        if not rate or not 0 <= period.start - quantity.end < 40:
            continue
        gap = scene.text[quantity.end : period.core]
        lead = _FROM.match(scene.text, period.core, period.end)
        gap += lead.group() if lead and period.rule in _POINTS else ""
        if quantity.sort is Sort.TIMES and _TIMES_BASE.fullmatch(gap):
            return True
        if quantity.sort is Sort.TIMES and not gap.strip() and _beside_level(scene, quantity):
            return True
        through = gap.strip().lower() in {"over", "over the"} and period.rule not in _POINTS
        through = through or _THROUGHOUT.fullmatch(gap) is not None
        return not through and _RATE_BASE.fullmatch(gap) is not None
    return False


_MULTIPLE = lazy(r"(?:double|treble|triple|quadruple|twice|thrice)$", re.IGNORECASE)
_BESIDE = lazy(r"[,(-]\s*(?:or\s+|(?:more|less)\s+than\s+|almost\s+|nearly\s+|about\s+)*$")


def _beside_level(scene: Scene, quantity: Quantity) -> bool:
    """ "A record $3 billion this year, triple last year": what the level is a multiple of."""
    multiple = _MULTIPLE.search(scene.text, quantity.core, quantity.end)
    low = max(scene.start, quantity.core - 24)
    return bool(multiple and _BESIDE.search(scene.text, low, quantity.core))


def _follows_base_word(scene: Scene, period: PeriodMention) -> bool:
    plain = _PLAIN_YEAR.fullmatch(scene.text, period.start, period.end)
    if _from_month(scene, period):
        return True
    if not plain and _SUPERLATIVE.search(
        scene.text, max(scene.start, period.start - 24), period.start
    ):
        return True
    if period.role is Role.SINCE and _SINCE_BEST.search(
        scene.text, max(scene.start, period.start - 40), period.core
    ):
        return True
    before = scene.text[max(scene.start, period.start - 30) : period.core]
    led = _LED.match(scene.text, period.core, period.end)
    before += led.group() if led else ""  # "compared to July"
    if period.rule in _PART_OVER and _AFTER.search(before):
        return False  # "after the first six months the deficit stood at …"
    return re.search(
        r"\b(?:than|above|below|compared\s+(?:with|to)|against|versus|up\s+on|down\s+on|after|from\s+(?:that|those)\s+(?:of|in)|times\s+(?:the|its|their)\s+(?:level|figure|value|amount|size|volume|total|rate)s?\s+(?:of|in|for|recorded\s+in)|what\s+(?:it|they)\s+(?:was|were|had\s+been)(?:\s+in)?|as\s+(?:much|large|high|big|great|many)\s+as(?:\s+in)?|on\s+(?:the\s+)?(?:figures?|levels?|totals?)\s+(?:of|in|for)|(?:rise|increase|growth|gain|jump|improvement|fall|drop|decline|decrease|reduction)\s+(?:on|from)|over)\s+(?:the\s+|in\s+|for\s+|that\s+(?:of|in)\s+|levels?\s+(?:of|in)\s+|those\s+of\s+)*(?:the\s+|in\s+|of\s+)*$",
        before + "",
        re.IGNORECASE,
    ) is not None and not re.search(
        r"\bover\s+(?:the\s+)?(?:whole|entire|full|course|.*\bmonths|.*\bquarters?|.*\byears|.*\bhalf|.*\bdecade|past|last|period)",
        scene.text[period.start : period.end],
        re.IGNORECASE,
    )


_FROM = lazy(r"from\s+", re.IGNORECASE)

_LED = lazy(r"(?:to|with)\s+")

_AFTER = lazy(r"\bafter\s+(?:the\s+)?$", re.IGNORECASE)

_PART_OVER = frozenset({"first months", "quarters", "half", "in months"})

_PLAIN_YEAR = lazy(
    r"in\s+(?:\w+\s+)?\d{4}|(?:last|this)\s+year|in\s+[A-Z]\w+"
)  # "for the first time in 2010"

_SUPERLATIVE = lazy(
    r"\b(?:\w+est|best|worst|(?<!for\sthe\s)first(?:\s+time)?|(?<!first\s)time|record)\s+$",
    re.IGNORECASE,
)


_SINCE_BEST = lazy(r"\b(?:\w+est|best|worst|first)\s+(?:[\w-]+\s+){1,4}(?:since\s+)?$")


def _from_month(scene: Scene, period: PeriodMention) -> bool:
    """ "rose 5 percent in June from May": the second month is the base."""
    words = scene.text[period.start : period.end].lower()
    if not words.startswith("from ") or period.period is None:
        return False
    if period.period.granularity not in _POINT_SIZES:
        return False
    others = any(p is not period and p.role is Role.SPAN for p in scene.periods)
    return others or _moved_before(scene, period)


_POINT_SIZES = frozenset({Granularity.MONTH, Granularity.QUARTER, Granularity.YEAR})


def _moved_before(scene: Scene, period: PeriodMention) -> bool:
    """ "Exports increased by 5% to RM39 billion from 2020": what they increased from."""
    clause = clause_start(scene.text, scene.start, period.start)
    if not any(clause <= q.start and q.end <= period.start for q in scene.quantities):
        return False
    return verb_of_change(scene.masked, clause, period.start) is not None


def shifted(period: Period | None, mention: PeriodMention) -> Period | None:
    """An earlier period relative to ``period``: the same months of another year, …"""
    if period is None:
        return Period.of_year(mention.year) if mention.year else None
    if mention.year is not None:
        years = period.end.year - mention.year
    elif mention.step == "year":
        years = mention.shift
    else:
        return _months_back(period, mention.shift * (3 if mention.step == "quarter" else 1))
    for _ in range(max(0, min(years, 200))):
        period = period.year_before
    return period


def _months_back(period: Period, months: int) -> Period:
    return Period.of_month_run(
        period.start.year, period.start.month - months, months_touched(period)
    )
