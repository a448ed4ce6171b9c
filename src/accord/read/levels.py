"""Levels: amounts made into figures, shares and targets, with sign, unit and stock or flow."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.statement import Kind, Measure, Statement, Trace
from accord.read.changes import Place
from accord.read.commodities import commodity_after
from accord.read.invested_in import of_flow
from accord.read.lexicons import read_table
from accord.read.patterns import lazy
from accord.read.peoples import PEOPLE
from accord.read.periods import Role
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Scene
from accord.read.slots import Slot
from accord.read.targets import is_denied_number, is_hedged
from accord.read.topic import Topic

__all__ = ["blank_statement", "level_statement", "measure_of", "national_unit", "same_clause"]


def measure_of(
    slot_topic: Topic, scene: Scene, quantity: Quantity | None, *, target: bool = False
) -> Measure:
    """The measure, with investment told apart into stock and flow."""
    if slot_topic.measure == PEOPLE:
        return Measure.OTHER
    if slot_topic.measure != "fdi":
        return Measure(slot_topic.measure)
    words = scene.text[
        max(scene.start, slot_topic.start - 40) : min(scene.end, slot_topic.end + 60)
    ].lower()
    if re.search(r"\b(?:in|out)flows?\b", words) or (quantity and _over_years(scene, quantity)):
        return Measure.FDI_FLOW
    if quantity and _within_a_year(scene, quantity) and not target:
        return Measure.FDI_FLOW
    if (
        re.search(
            r"\bstock|cumulative|accumulated|stood\s+at|totall?ed\s+\S+\s+\S+\s+(?:by|as\s+of|at)",
            words,
        )
        and not target
    ):
        return Measure.FDI_STOCK
    if (
        _opens_within_a_year(scene, slot_topic)
        or target
        or re.search(
            r"greenfield|\bin?flows?|outflows?|\bnew\b(?!\s+(?:zealand|york|delhi|caledonia|guinea|south))|annual|fresh|approved|reali[sz]ed|utili[sz]ed|\bactual\b|paid-in|pledged",
            words,
        )
    ):
        return Measure.FDI_FLOW
    if _BROUGHT_IN.search(words):
        gone = re.search(r"\b(?:has|have|had|having)\b", words) is None
    else:
        gone = slot_topic.form == "verb" and not re.search(
            r"\b(?:has|have|had|having)\s+(?:\w+\s+)?invested", words
        )
    return Measure.FDI_FLOW if gone else Measure.FDI_STOCK


_BROUGHT_IN = lazy(
    r"\b(?:poured|pumped|injected|ploughed|plowed|attracted|drew|received|brought)\b"
)


def _within_a_year(scene: Scene, quantity: Quantity) -> bool:
    """ "Came to $32.6 million in April-June": what flowed in those months."""
    for mention in scene.periods:
        if mention.role is Role.SPAN and mention.period and 0 <= mention.start - quantity.end < 40:
            months = (mention.period.end - mention.period.start).days
            return months < 340 and mention.rule not in {"date", "month", "month without year"}
    return False


def _opens_within_a_year(scene: Scene, topic: Topic) -> bool:
    """ "In the first half of the year, Japan's investment came to $6bn": what flowed then."""
    for mention in scene.periods:
        if mention.role is Role.SPAN and mention.period and 0 <= topic.start - mention.end < 40:
            return 60 < (mention.period.end - mention.period.start).days < 340
    return False


def _over_years(scene: Scene, quantity: Quantity) -> bool:
    """ "has invested $110 million between 1999 and 2018": what flowed over the years."""
    for mention in scene.periods:
        if not 0 <= mention.start - quantity.end < 60 or mention.period is None:
            continue
        span = mention.period.end.year > mention.period.start.year and mention.rule != "fiscal year"
        return mention.role is Role.SINCE or (span and mention.role is Role.SPAN)
    return False


def level_statement(slot: Slot, scene: Scene, kind: Kind) -> Statement:
    """An amount as a figure, a share or a target."""
    quantity, topic = slot.quantity, slot.topic
    assert topic is not None
    measure = measure_of(topic, scene, quantity, target=kind is Kind.TARGET)
    value, unit = quantity.value, quantity.unit
    years = slot.mention is not None and slot.mention.rule == "years"
    if measure is Measure.FDI_STOCK and years and slot.topic and slot.topic.measure == "fdi":
        measure = Measure.FDI_FLOW  # "between 2004 and 2019": what flowed over the years
    if measure is Measure.FDI_FLOW and slot.open and kind is Kind.FIGURE:
        measure = Measure.FDI_STOCK  # "invested … as of June": what had come together
    if topic.measure == "fdi":
        words = scene.text[max(scene.start, quantity.start - 60) : quantity.start]
        part = None if slot.mention is None or slot.open else slot.period
        measure = of_flow(measure, part, words)
    if measure is Measure.BALANCE and kind is not Kind.SHARE:
        minus = _MINUS.search(scene.text, max(scene.start, quantity.start - 7), quantity.core)
        value = -value if minus else _signed(value, topic, scene)
    unit = national_unit(unit, topic, _money_words(scene, quantity))
    per = quantity.per or _daily(scene, slot)
    promised = kind is Kind.TARGET and topic.measure in _PAID_BY_THE_YEAR
    if per and (per != "year" or promised):
        unit = f"{unit} per {per}"
    if measure is Measure.TOURISTS and not unit:
        unit = "persons"
    statement = blank_statement(slot, scene, kind, measure)
    return replace(
        statement,
        value=value,
        unit="percent" if kind is Kind.SHARE else unit,
        approx=quantity.approx,
        resolution=quantity.resolution,
        alt_value=slot.alt.value if slot.alt else None,
        alt_unit=slot.alt.unit if slot.alt else None,
        note=quantity.note,
        of=scene.text[quantity.end : min(scene.end, quantity.end + 60)].strip(" .,")
        if kind is Kind.SHARE
        else None,
        period_open=slot.open or (measure in {Measure.FDI_STOCK} and kind is Kind.FIGURE),
        hedged=is_hedged(scene, quantity, target=kind is Kind.TARGET),
        negated=kind is not Kind.TARGET and is_denied_number(scene, quantity),
    )


_PAID_BY_THE_YEAR = frozenset({"imports", "exports", "aid", "loan"})  # a rate, not a level

_WORDED = lazy(
    r"(?:\b|(?<=\d))(?:rupees?|Rs(?=\.?\s?\d)|Rs|Shs?(?=\.?\s?\d)|Shs?|K(?=\s?\d)|shillings?|pesos?|rials?|riyals?|francs?|Dhs?|dirhams?|dinars?|pounds?|kron\w+|crowns?|rubles?|roubles?|CFA)(?:\b|(?=\d))",
    re.IGNORECASE,
)


def _daily(scene: Scene, slot: Slot) -> str | None:
    """ "nearly $2.6 billion in goods … crossing our border, …, every day"."""
    quantity = slot.quantity
    following = next((q.start for q in scene.quantities if q.start >= quantity.end), scene.end)
    if quantity.sort is not Sort.MONEY:
        return None
    match = re.match(
        r"[^;.]{0,110}?\s(?:every|each|per)\s+day\b", scene.text[quantity.end : following]
    )
    return "day" if match else None


def _money_words(scene: Scene, quantity: Quantity) -> str:
    """The words of the number, or of the one whose currency it shares."""
    own = scene.text[quantity.core : quantity.end]
    if _WORDED.search(own):
        return own
    same = (q for q in scene.quantities if q.unit == quantity.unit)
    return next((w for q in same if _WORDED.search(w := scene.text[q.core : q.end])), own)


def national_unit(unit: str, topic: Topic, words: str) -> str:
    """ "Rs 814 billion" of Nepal's imports is in Nepalese rupees."""
    family = read_table("local_currencies").get(unit)
    if not family or not _WORDED.search(words):
        return unit
    if topic.reporter in family:
        return str(family[topic.reporter])
    default = {
        "INR": "IND",
        "KES": "KEN",
        "MXN": "MEX",
        "IRR": "IRN",
        "SAR": "SAU",
        "FRF": "FRA",
        "AED": "ARE",
        "KWD": "KWT",
        "GBP": "GBR",
        "SEK": "SWE",
        "NOK": "NOR",
        "RUB": "RUS",
        "PHP": "PHL",
        "ZMW": "ZMB",
    }.get(unit)
    if topic.partner in family and topic.reporter != default:
        return str(family[topic.partner])
    return unit


_MINUS = lazy(r"(?:[\s(:]-\s?|\b(?:minus|negative)\s+)$", re.IGNORECASE)


def _signed(value: float, topic: Topic, scene: Scene) -> float:
    if topic.sign:
        return topic.sign * value
    words = scene.text[topic.start : min(scene.end, topic.end + 80)].lower()
    if re.search(r"\bminus\b|negative|deficit|in\s+the\s+red", words):
        return -value
    noun = scene.text[topic.core : topic.end].lower()
    red = "imbalance" in noun and not re.search(r"surplus|favou?r", words)
    return -value if red and _IN_THE_RED.search(scene.text, scene.start, scene.end) else value


_IN_THE_RED = lazy(r"\b(?:deficits?|gaps?|shortfalls?)\b", re.IGNORECASE)


def same_clause(scene: Scene, topic: Topic, quantity: Quantity) -> bool:
    """Whether a topic and a quantity stand together, no other number between."""
    if topic.start < scene.start or topic.start >= scene.end:
        return False
    if topic.start > quantity.core:
        return topic.start - quantity.end < 60
    between = scene.text[topic.end : quantity.start]
    return (
        ";" not in between
        and not any(q.end > topic.end and q.end <= quantity.start for q in scene.quantities)
        and topic.form != "carried"
    )


def _goods_of(topic: Topic, quantity: Quantity, scene: Scene) -> str | None:
    """The topic's goods, or those right after the number ("54 tonnes of tea")."""
    if topic.commodity or topic.measure not in {"exports", "imports"}:
        return topic.commodity
    return commodity_after(scene.text, quantity.end, scene.parties)


def blank_statement(slot: Slot, scene: Scene, kind: Kind, measure: Measure) -> Statement:
    """A statement with parties, period, quote and traces, still without its number."""
    quantity, topic = slot.quantity, slot.topic
    assert topic is not None
    start, end = quantity.start, quantity.end
    if not slot.carried and same_clause(scene, topic, quantity):
        start, end = min(start, topic.start), max(end, topic.end)
    elif slot.reading and slot.reading.place is not Place.LEVEL:
        start = _with_lead(scene, start)
    if (
        slot.mention
        and slot.rule == "period after the number"
        and 0 <= slot.mention.start - end < 4
    ):
        end = slot.mention.end
    traces = [Trace("value", quantity.core, quantity.end, f"{quantity.sort} in {quantity.unit}")]
    if not slot.carried:
        traces.append(Trace("measure", topic.core, topic.end, f"{topic.form} for {topic.measure}"))
    if slot.mention:
        traces.append(
            Trace(
                "period", slot.mention.start, slot.mention.end, f"{slot.rule}: {slot.mention.rule}"
            )
        )
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=kind,
        measure=measure,
        reporter=topic.reporter,
        partner=topic.partner,
        commodity=_goods_of(topic, quantity, scene),
        period=slot.period,
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=tuple(traces),
    )


def _with_lead(scene: Scene, start: int) -> int:
    match = re.search(
        r"\b(?:to|from|against|at|by|up|down)\s+$", scene.text[max(scene.start, start - 10) : start]
    )
    return start - len(match.group()) if match else start
