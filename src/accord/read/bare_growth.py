"""Growth that is told by its direction alone."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.period import Period
from accord.model.statement import Change, Kind, Measure, Statement, Trace
from accord.read.attachment import clause_start
from accord.read.changes import Place, Reading, verb_of_change
from accord.read.dating import main_of
from accord.read.levels import blank_statement, measure_of, same_clause
from accord.read.patterns import lazy
from accord.read.scene import Scene
from accord.read.slots import Slot
from accord.read.targets import target_cue

__all__ = ["bare_growth", "same_topic"]


def same_topic(one: Slot, other: Slot) -> bool:
    """Whether two numbers are of the same flow."""
    return one.topic is not None and other.topic is not None and one.topic.core == other.topic.core


_MEANT_TO = lazy(
    r"\b(?:seek|want|plan|hope|aim|intend|wish|need|determined|determination|decided|agreed|ready|willing|keen|efforts?|bid|commitment)\w*\s+(?:\w+\s+){0,2}to\s+(?:further\s+)?$"
)


def bare_growth(index: int, slots: list[Slot], scene: Scene) -> list[Statement]:
    """ "climbed to $174.9 million": a direction without a rate."""
    slot = slots[index]
    topic, quantity = slot.topic, slot.quantity
    cue = _bare_cue(index, slots, scene)
    if cue is None or topic is None or _told_otherwise(index, slots, scene):
        return []
    if _MEANT_TO.search(scene.text, scene.start, cue.start):
        return []  # "seeks to increase trade, which came to $10 billion"
    if target_cue(
        scene, quantity, floor=clause_start(scene.text, scene.start, cue.start), change=True
    ):
        return []  # "hoped to increase trade from $2.3 billion to $5 billion"
    last = index
    if index + 1 < len(slots) and _reaches(slots[index + 1], slot):
        last = index + 1
    first = _base_before(index, slots)
    period, base = _span_of(index, last if last != index or first is None else first, slots)
    period = _since_spoken_of(cue, slot, period, scene)
    if slot.reading and slot.reading.place is Place.BASE and last == index:
        period, base = _from_base(index, slots)
    years = slots[last].mention or slot.mention
    if years is not None and years.rule == "years" and years.period is not None:
        period = years.period  # "shrank from 5.6 to 3.9 billion between 1997 and 2000"
    start = min(topic.start if same_clause(scene, topic, quantity) else cue.start, cue.start)
    end = slots[last].quantity.end
    whole = _trade_that_moved(cue, slot, scene)
    measure = whole or measure_of(topic, scene, quantity)
    statement = blank_statement(slot, scene, Kind.GROWTH, measure)
    return [
        replace(
            statement,
            start=start,
            end=end,
            quote=scene.text[start:end],
            change=Change(None, None, cue.direction, base),
            period=period,
            traces=(
                *statement.traces,
                Trace("change", cue.start, cue.end, f"direction {cue.direction}, no rate"),
            ),
        )
    ]


def _trade_that_moved(cue: Reading, slot: Slot, scene: Scene) -> Measure | None:
    """ "Trade has expanded, reaching $10 million in exports and …": trade did, not exports."""
    topic = slot.topic
    if topic is None or topic.core < slot.quantity.end or topic.measure not in _GOODS:
        return None
    before = [t for t in scene.topics if t.end <= cue.start]
    moved = before[-1].measure == "total_trade" if before else False
    return Measure.TOTAL_TRADE if moved else None


_GOODS = frozenset({"exports", "imports"})


def _base_before(index: int, slots: list[Slot]) -> int | None:
    """ "from $4.3 million in 2001 sales grew to $710 million": the base told first."""
    if not index or slots[index].reading is None or slots[index].reading.place is not Place.TO:  # type: ignore[union-attr]
        return None
    last = slots[index - 1]
    based = last.reading is not None and last.reading.place is Place.BASE and not last.dropped
    return index - 1 if based and same_topic(last, slots[index]) else None


_PLUPERFECT = re.compile(r"\b(?:had|has|have)\s+(?:since\s+|then\s+|more\s+than\s+)*$")


def _since_spoken_of(
    cue: Reading, slot: Slot, period: Period | None, scene: Scene
) -> Period | None:
    """ "and had shrunk to $148 million by 2015": from the year told last before."""
    if period is None or slot.mention is None or slot.mention.period is None:
        return period
    by = scene.text[slot.mention.start : slot.mention.end].lower().startswith("by ")
    since = "since" in scene.text[max(scene.start, cue.start - 12) : cue.start]
    if not (by or since) or not _PLUPERFECT.search(
        scene.text[max(scene.start, cue.start - 24) : cue.start]
    ):
        return period
    earlier = [
        p.period
        for p in scene.periods
        if p.period and p.end <= cue.start and p.period.end.year < period.end.year
    ]
    return Period.of_dates(earlier[-1].start, period.end) if earlier else period


def _last_period(slots: list[Slot]) -> Period | None:
    """The first period that any quantity of the sentence has."""
    return next((s.period for s in slots if s.period), None)


def _bare_cue(index: int, slots: list[Slot], scene: Scene) -> Reading | None:
    """The verb of change that leads to a level, or away from a base."""
    reading, quantity = slots[index].reading, slots[index].quantity
    if reading is None:
        return None
    if reading.place is Place.TO and reading.direction:
        clause = clause_start(scene.text, scene.start, quantity.start)
        return reading if reading.start >= clause else None
    if reading.place is Place.LEVEL:
        return _elided(index, slots, scene)
    inherited = _inherited_cue(index, slots, scene)
    if inherited is not None:
        return inherited
    if reading.place is not Place.BASE:
        return None
    floor = slots[index - 1].quantity.end if index else scene.start
    return verb_of_change(scene.masked, max(floor, quantity.start - 60), quantity.start)


def _inherited_cue(index: int, slots: list[Slot], scene: Scene) -> Reading | None:
    """ "… rose from 27 to 440, and exports to Turkey from 1.7 to 36": the same direction."""
    slot = slots[index]
    if index < 2 or slots[index - 1].reading is None or slot.reading is None:
        return None
    last = slots[index - 1]
    if last.reading is None or last.reading.place is not Place.BASE or not same_topic(last, slot):
        return None
    if not re.search(r"\bto\s+(?:\w+\s+)?$", scene.text[last.quantity.end : slot.quantity.start]):
        return None
    if verb_of_change(scene.masked, slots[index - 2].quantity.end, slot.quantity.start):
        return None
    for earlier in reversed(slots[: index - 1]):
        if earlier.reading and earlier.reading.place is Place.TO and earlier.reading.direction:
            return replace(earlier.reading, start=last.quantity.start, end=slot.quantity.start)
    return None


_LED_TO = re.compile(r"\bto\s+(?:\w+\s+)?$")


def _elided(index: int, slots: list[Slot], scene: Scene) -> Reading | None:
    """ "Imports fell to 11 from 14, and exports to 16.7 from 18.1": the verb holds on."""
    following = slots[index + 1] if index + 1 < len(slots) else None
    if index == 0 or following is None or not following.reading:
        return None
    start = slots[index].quantity.start
    lead = scene.masked[max(scene.start, start - 16) : start]
    if following.reading.place is not Place.BASE or not _LED_TO.search(lead):
        return None
    if not same_topic(slots[index], following):
        return None
    cue = verb_of_change(scene.masked, scene.start, slots[index - 1].quantity.start)
    return cue and replace(cue, start=slots[index].quantity.start, end=slots[index].quantity.start)


def _told_otherwise(index: int, slots: list[Slot], scene: Scene) -> bool:
    """Whether the change has a rate, or leads to a target."""
    following = slots[index + 1] if index + 1 < len(slots) else None
    level = following and following.reading and following.reading.place is not Place.BASE
    floor = slots[index].quantity.end
    if following and level and target_cue(scene, following.quantity, floor=floor):
        return True
    return any(
        s.reading is not None
        and s.reading.place is Place.BY
        and not s.dropped
        and same_topic(s, slots[index])
        for s in slots
    )


def _reaches(later: Slot, slot: Slot) -> bool:
    if later.dropped or later.reading is None or not same_topic(later, slot):
        return False
    if slot.reading is not None and slot.reading.place is Place.BASE:
        return later.reading.place in {Place.TO, Place.LEVEL}
    return later.reading.place is Place.BASE


# "From $650 million in 2007", "from $300 million five years ago"
_OWN_RULES = frozenset(
    {
        "period after the number",
        "base: years ago",
        "base: earlier",
        "base: start of a span",
    }
)


def _from_base(index: int, slots: list[Slot]) -> tuple[Period | None, str | None]:
    """The span of "up from $650 million in 2007"."""
    slot = slots[index]
    period = main_of(index, slots) or _last_period(slots)
    own = slot.period if slot.rule in _OWN_RULES else None
    if period and own and own.end.year < period.end.year - 1:
        return Period.of_dates(own.start, period.end), str(own.start.year)
    return period, "a year earlier"


def _span_of(index: int, last: int, slots: list[Slot]) -> tuple[Period | None, str | None]:
    periods = sorted(
        {s.period for s in (slots[index], slots[last]) if s.period}, key=lambda p: p.start
    )
    base = next(
        (s for s in (slots[index], slots[last]) if s.reading and s.reading.place is Place.BASE),
        None,
    )
    if (
        len(periods) == 2
        and base is not None
        and periods[0].end.year < periods[1].end.year - 1
        and base.rule in _OWN_RULES
    ):
        return Period.of_dates(periods[0].start, periods[1].end), str(periods[0].start.year)
    if base is not None:
        return (periods[-1] if periods else None), "a year earlier"
    return (periods[-1] if periods else None), None
