"""Where each number of a sentence stands: a level, a change, a base, a conversion."""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import replace

from accord.model.statement import Approximation
from accord.read.changes import Place, Reading, read_place, verb_of_change
from accord.read.figure_fitness import untopical
from accord.read.patterns import lazy
from accord.read.periods import Role
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Scene
from accord.read.slots import RATES, Slot

__all__ = ["is_conversion", "reading_of"]


_BEFORE_DIGITS = lazy(r"[^\d\s]+")


def _in_other_money(told: Quantity, quantity: Quantity, scene: Scene) -> bool:
    """ "Shs2 trillion (Ksh60 billion)": an amount alone in brackets, with another sign."""
    if scene.text[told.end : quantity.start] != " (":
        return False
    if not scene.text.startswith(")", quantity.end):
        return False
    signs = [_BEFORE_DIGITS.match(scene.text, q.core, q.end) for q in (told, quantity)]
    return all(signs) and signs[0].group() != signs[1].group()  # type: ignore[union-attr]


def is_conversion(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "(about 299 billion USD)", "or US$62 million": the same amount in other money."""
    quantity = slots[index].quantity
    if index == 0 or quantity.sort is not Sort.MONEY:
        return False
    last = slots[index - 1]
    if last.quantity.sort is not Sort.MONEY:
        return False
    gap = scene.text[last.quantity.end : quantity.start]
    if _in_other_money(last.quantity, quantity, scene):
        last.alt = quantity
        slots[index].dropped = True
        return True
    if last.quantity.unit == quantity.unit:
        slots[index].dropped = _said_again(last.quantity, quantity, scene)
        return slots[index].dropped
    about = gap == ", " and quantity.approx is Approximation.ABOUT
    if (
        not about
        and re.fullmatch(
            r"\s*(?:[(\[]\s*(?:or|equal\s+to|equivalent\s+to|approximately|=|worth|some)?|,?\s*or|,?\s*(?:which\s+is\s+|that\s+is\s+)?(?:equivalent\s+to|equal\s+to|the\s+equivalent\s+of|approximately|worth)|,?\s*which\s+is|/)\s*",
            gap,
        )
        is None
    ):
        return False
    last.alt = quantity
    slots[index].dropped = True
    return True


def _said_again(last: Quantity, quantity: Quantity, scene: Scene) -> bool:
    """ "USD 7,160.81 million ($7.16 billion)": the same amount, rounded."""
    opened = scene.text[last.end : quantity.start].strip() == "("
    closed = scene.text.startswith(")", quantity.end)
    return opened and closed and abs(last.value - quantity.value) < 0.006 * abs(last.value)


def reading_of(index: int, slots: list[Slot], scene: Scene, floor: int, limit: int) -> Reading:
    """How a number stands: as a level, a change or a base, by its own words or the one before."""
    quantity = slots[index].quantity
    if quantity.direction is not None:
        return Reading(Place.BY, quantity.direction, quantity.core, quantity.end)
    span = (quantity.start, quantity.core, quantity.end)
    reading = read_place(
        scene.masked,
        span,
        floor=floor,
        limit=limit,
        times=quantity.sort is Sort.TIMES,
        money=quantity.sort in {Sort.MONEY, Sort.AMOUNT},
    )
    if reading.place is Place.LEVEL and (
        _with_base(index, slots, scene)
        or _outdone(index, scene, floor)
        or _base_in_brackets(quantity, scene)
    ):
        return Reading(Place.BASE)
    times = quantity.sort is Sort.TIMES and reading.place is Place.LEVEL
    if times and _times_before(quantity, scene):
        return Reading(Place.BY, "up", quantity.core, quantity.end)
    if _below_zero(quantity, scene):
        return Reading(Place.LEVEL)  # "a balance of -$230 million"
    if any(t.core <= reading.start < t.end and t.measure == "balance" for t in scene.topics):
        return Reading(Place.LEVEL)  # "a trade loss of $3 billion" is a balance, not a change
    if (
        reading.place is Place.LEVEL
        and quantity.sort in {*RATES, Sort.TIMES}
        and not slots[index].share
    ):
        return _inherited(index, slots, scene, floor) or _with_next(index, scene) or reading
    if reading.place is Place.LEVEL and quantity.sort is Sort.MONEY and index:
        return _or_amount(index, slots, scene) or reading
    return reading


_OR_AMOUNT = lazy(r"\s*(?:,|-|\()\s*or\s+(?:by\s+)?")


def _or_amount(index: int, slots: list[Slot], scene: Scene) -> Reading | None:
    """ "Rose by 12 percent, or $5 million": the change in money."""
    last, quantity = slots[index - 1], slots[index].quantity
    by = last.reading is not None and last.reading.place is Place.BY and not last.dropped
    if not by or last.quantity.sort not in RATES:
        return None
    joined = _OR_AMOUNT.fullmatch(scene.text, last.quantity.end, quantity.start)
    return last.reading if joined else None


_BESIDE = lazy(r"\s*(?:,|,?\s+and|&|,?\s+or)\s+(?:by\s+|an?\s+)?")


def _with_next(index: int, scene: Scene) -> Reading | None:
    """ "A 12% and 41% growth in weight and value": the noun behind the last is that of all."""
    last = scene.quantities[index]
    for following in scene.quantities[index + 1 :]:
        if following.sort not in RATES or not _BESIDE.fullmatch(
            scene.text, last.end, following.start
        ):
            return None
        span = (following.start, following.core, following.end)
        reading = read_place(scene.masked, span, floor=last.end, limit=scene.end)
        if reading.place is Place.BY and reading.start >= following.end:
            return reading
        last = following
    return None


_NEGATIVE = lazy(r"(?:[\s(:]-\s?|\bminus\s+)$", re.IGNORECASE)


def _below_zero(quantity: Quantity, scene: Scene) -> bool:
    """Whether an amount with a minus is a balance, which may be negative."""
    if quantity.sort not in {Sort.MONEY, Sort.AMOUNT}:
        return False
    low = max(scene.start, quantity.start - 7)
    if not _NEGATIVE.search(scene.text, low, quantity.core):
        return False
    before = [t for t in scene.topics if t.end <= quantity.core]
    return bool(before) and before[-1].measure == "balance"


_AND = lazy(r"(?:,|\band\b|\bor\b|\s)*")


def _with_base(index: int, slots: list[Slot], scene: Scene) -> bool:
    """ "Against 310 billion in April and 640 billion in May": both are set against."""
    last = slots[index - 1] if index else None
    if last is None or last.reading is None or last.reading.place is not Place.BASE or last.dropped:
        return False
    quantity = slots[index].quantity
    if last.quantity.sort is not quantity.sort or last.quantity.unit != quantity.unit:
        return False
    return _AND.fullmatch(scene.undated, last.quantity.end, quantity.start) is not None


_OUTDOING = lazy(
    r"\b(?:surpass|exceed|beat|eclips|outstripp?|outpac|overt[ao]k|outdo|outd[io]|top|pass|break)(?:ed|ing|es|s|ne|d)?\s+(?:the|its|their|that\s+of|last\s+year's)\s+(?:(?:previous|earlier|old|record|pre-\w+|high|peak|figure|level|total|mark|set|of|\w+'s)\s+)*$",
    re.IGNORECASE,
)
_OF_THEN = lazy(
    r"(?:\s+(?:tourists|visitors|arrivals|tonnes|tons|worth))?(?:\s+(?:recorded|registered|seen|reported|posted|achieved|set|traded|reached|shipped|sold|logged|welcomed))?\s+(?:(?:in|for|of|during|from)\s+)?(?:the\s+)?$"
)


def _outdone(index: int, scene: Scene, floor: int) -> bool:
    """ "Surpassing the 1.97 million recorded in 2019": a number of another time, outdone."""
    quantity = scene.quantities[index]
    if _OUTDOING.search(scene.text, floor, quantity.core) is None:
        return False
    after = next((p for p in scene.periods if p.start >= quantity.end), None)
    return (
        after is not None
        and after.role in {Role.SPAN, Role.BEFORE}
        and _OF_THEN.fullmatch(scene.text, quantity.end, after.core) is not None
    )


_EARLIER = lazy(
    r"\b(?:(?:last|previous|preceding|prior|same|corresponding|analogous|similar|comparable|relevant)\s+(?:year|month|quarter|period)s?(?:\s+(?:(?:of|in)\s+)?(?:the\s+)?(?:last|previous|preceding|prior)?\s*(?:year)?(?:\d{4})?)?|year[- ]on[- ]year|year\s+(?:earlier|before|ago))\s*\((?:it\s+was\s+|was\s+|from\s+)?$",
    re.IGNORECASE,
)


def _base_in_brackets(quantity: Quantity, scene: Scene) -> bool:
    """ "3 percent less than in the same period last year ($205 million)": the level then."""
    if quantity.sort in {*RATES, Sort.TIMES}:
        return False
    low = max(scene.start, quantity.start - 70)
    return _EARLIER.search(scene.text, low, quantity.start) is not None


def _times_before(quantity: Quantity, scene: Scene) -> bool:
    """ "Four times the year-earlier amount", "15.4 times last year's"."""
    for period in scene.periods:
        gap = scene.text[quantity.end : period.start]
        if 0 < len(gap) < 8 and re.fullmatch(r"\s+(?:the\s+|that\s+)?", gap):
            rest = scene.text[period.end : period.end + 12]
            return (
                period.role is Role.BEFORE
                or re.match(r"'s?\W|\s+(?:level|amount|figure|total)", rest) is not None
            )
    return False


_OR = lazy(r"[\s)]*,?\s*or\s+(?:(?:by|a|about|some|nearly|almost|over|around)\s+)*")


def _inherited(index: int, slots: list[Slot], scene: Scene, floor: int) -> Reading | None:
    """ "… jumped 18.1 percent and with Thailand 9.2 percent", "fell $41 million, or 5 percent"."""
    gap = untopical(scene, floor, slots[index].quantity.start)
    if _OR.fullmatch(gap):
        told = next((s.reading for s in reversed(slots[:index]) if s.reading), None)
        if told is not None and told.place is Place.LEVEL and index > 1:
            base = slots[index - 2]  # "fell from 77 to 68 billion, or 18 percent"
            if base.reading is not None and base.reading.place is Place.BASE:
                told = verb_of_change(scene.masked, scene.start, base.quantity.start)
        if told is not None and told.place is Place.TO and told.direction:
            return replace(told, place=Place.BY)  # "fell to 68 billion, or by 18 percent"
        return told if told is not None and told.place is Place.BY else None
    set_apart = re.search(r"[,;]\s*(?:(?:and|while|but)\s+)?(?:those|that)\s[^,;]*$", gap)
    gap = set_apart.group() if set_apart else gap
    if not re.fullmatch(
        r"(?:\s|,|;|[-\u2010-\u2015](?=\s)|\b(?:and|by|that|those|of|for|in|it|while|its|value|volumes?|turnover|terms|quantity|tonnage|weight|growth|rise|increase|gain|decline|decrease|fall|drop|country|latter|same|or|yuan|renminbi|dollars?|rubles?|roubles?|euros?|rupees?|yen|won|pesos?|local|currency|US|North|South|came|comes|stood|at|the|just|only|about|around|nearly|some|over|another|an?|mere|modest|trade|exports|imports|products|goods|purchases|sales|deliveries|to|from|with|also|then|respectively)\b)*",
        gap,
        re.IGNORECASE,
    ):
        return None
    for slot in reversed(slots[:index]):
        if slot.reading and slot.reading.place is Place.BY and slot.quantity.sort in RATES:
            return slot.reading
    return None
