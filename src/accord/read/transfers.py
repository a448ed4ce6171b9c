"""Transfers: flows told by a verb alone, without a noun of trade.

"Chinese firms put $5.5bn into mines in Zambia", "A fifth of Kenya's tea goes to
Pakistan". A sentence is reduced to a *template*, in which parties, quantities and
periods are marks, and the frames of ``lexicon/transfers.toml`` are held against it. Only
quantities of which nothing else was read are taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from accord.model.statement import QUANTITATIVE, Kind, Measure, Statement, Trace
from accord.read.levels import national_unit
from accord.read.lexicons import read_table
from accord.read.period_attachment import main_period
from accord.read.periods import Role
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene
from accord.read.targets import is_hedged, target_cue
from accord.read.topic import Topic

__all__ = ["read_transfers"]

SMALLEST = 2e4  # units of money; flows between countries are larger
_MARKS = {Sort.MONEY: "M", Sort.PERCENT: "R", Sort.FRACTION: "R", Sort.COUNT: "C"}
_PEOPLE = frozenset({"persons", "trips"})
_AGENTS = (
    r"(?:\s+(?:firms|companies|investors|businesses|banks|lenders|government|buyers|customers|"
    r"importers|exporters|traders|authorities|migrants|workers|money|consumers|refiners|groups))?"
)
_PARTS = {
    "{A}": rf"(?:the\s+)?⟨P(?P<a>\d+)⟩(?:'s|')?{_AGENTS}",
    "{B}": rf"(?:the\s+)?⟨P(?P<b>\d+)⟩(?:'s|')?{_AGENTS}",
    "{M}": r"⟨M(?P<q>\d+)⟩",
    "{C}": r"⟨C(?P<q>\d+)⟩",
    "{G}": r"⟨[MC](?P<q>\d+)⟩",
    "{H}": r"⟨H(?P<q>\d+)⟩",
    "{R}": r"⟨R(?P<q>\d+)⟩",
    "{W}": r"[^⟨⟩.;,]{0,40}?",
    "{HAVE}": (
        r"(?:(?:also|still|has|have|had|was|were|been|alone|already|now|is|will|would)\s+){0,3}"
    ),
}


@dataclass(frozen=True, slots=True)
class _Frame:
    measure: str
    kind: Kind
    pattern: re.Pattern[str]


@cache
def _frames() -> tuple[_Frame, ...]:
    made = []
    for entry in read_table("transfers")["frames"]:
        pattern = entry["pattern"]
        for name, part in _PARTS.items():
            pattern = pattern.replace(name, part)
        made.append(_Frame(entry["measure"], Kind(entry["kind"]), re.compile(pattern)))
    return tuple(made)


def read_transfers(scene: Scene, memory: Memory, *, others: list[Statement]) -> list[Statement]:
    """The flows that frames find, of quantities that ``others`` say nothing of."""
    if len(scene.parties) < 2 or not scene.quantities:
        return []
    template = _template(scene, _taken(scene, others))
    if (
        "⟨M" not in template
        and "⟨R" not in template
        and "⟨H" not in template
        and "⟨C" not in template
    ):
        return []
    found: dict[int, Statement] = {}
    for frame in _frames():
        for match in frame.pattern.finditer(template):
            index = int(match.group("q"))
            statement = _statement(frame, match, scene, memory)
            if index not in found and statement is not None:
                found[index] = statement
    return list(found.values())


def _taken(scene: Scene, others: list[Statement]) -> set[int]:
    """The quantities of which something was read already."""
    spans = [(s.start, s.end, s.value) for s in others if s.kind in QUANTITATIVE]
    spans += [(t.start, t.end, None) for s in others for t in s.traces if t.name == "value"]
    return {
        index
        for index, quantity in enumerate(scene.quantities)
        if any(
            start <= quantity.core < end and (value is None or abs(value) == quantity.value)
            for start, end, value in spans
        )
    }


def _template(scene: Scene, taken: set[int]) -> str:
    """The sentence with marks for its parties, quantities and periods."""
    spans = [(p.start, p.end, f"⟨P{i}⟩") for i, p in enumerate(scene.parties)]
    for index, quantity in enumerate(scene.quantities):
        mark = None if index in taken else _mark(quantity, scene)
        if mark:
            spans.append((quantity.start, quantity.end, f"⟨{mark}{index}⟩"))
    inside = [s for s in spans if s[2][1] == "P"]
    spans += [(p.start, p.end, "") for p in scene.periods if not _holds(p.start, p.end, inside)]
    pieces, at = [], scene.start
    for start, end, mark in sorted(spans):
        if start < at:
            continue
        pieces += [scene.text[at:start], mark]
        at = end
    pieces.append(scene.text[at : scene.end])
    return re.sub(r"\s+", " ", "".join(pieces)).strip(" ,")


def _holds(start: int, end: int, spans: list[tuple[int, int, str]]) -> bool:
    return any(start <= low < end for low, _, _ in spans)


def _mark(quantity: Quantity, scene: Scene) -> str | None:
    if quantity.sort in {Sort.AMOUNT, Sort.MONEY} and _of_nationals(quantity, scene):
        return "H"
    if quantity.sort is Sort.COUNT and quantity.unit in _PEOPLE:
        return "H"
    if quantity.sort is Sort.MONEY and quantity.value < SMALLEST:
        return None
    return _MARKS.get(quantity.sort)


def _of_nationals(quantity: Quantity, scene: Scene) -> bool:
    """ "Half a million Ukrainians": a number of a people, whatever unit was carried to it."""
    if quantity.sort is Sort.MONEY and re.search(
        r"[^\w\s.,-]|[A-Z]", scene.text[quantity.core : quantity.end]
    ):
        return False
    return (
        any(
            p.form == "demonym"
            and 0 <= p.start - quantity.end <= 1
            and scene.text[p.end - 1] in "sne"
            for p in scene.parties
        )
        and quantity.noun_end == 0
    )


def _statement(
    frame: _Frame, match: re.Match[str], scene: Scene, memory: Memory
) -> Statement | None:
    first, second = (scene.parties[int(match.group(g))] for g in ("a", "b"))
    index = int(match.group("q"))
    quantity = scene.quantities[index]
    if first.code == second.code:
        return None
    mention, rule = main_period(index, scene, set(), memory)
    period = mention.period if mention else None
    share = frame.kind is Kind.SHARE
    target = frame.kind is Kind.FIGURE and target_cue(scene, quantity, floor=scene.start)
    start = min(first.start, second.start, quantity.start)
    end = max(first.end, second.end, quantity.end)
    traces = [Trace("value", quantity.core, quantity.end, "told by a verb")]
    if mention is not None:
        traces.append(Trace("period", mention.start, mention.end, rule))
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.TARGET if target else frame.kind,
        measure=_measure(frame, match),
        reporter=first.code,
        partner=second.code,
        value=quantity.value,
        unit="percent" if share else _unit(quantity, frame, (first.code, second.code), scene),
        approx=quantity.approx,
        resolution=quantity.resolution,
        period=period,
        period_open=mention is not None and mention.role is Role.AS_OF,
        hedged=is_hedged(scene, quantity, target=target),
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=tuple(traces),
    )


def _unit(quantity: Quantity, frame: _Frame, pair: tuple[str, str], scene: Scene) -> str:
    if quantity.sort is Sort.AMOUNT or not quantity.unit:
        return "persons"
    unit = quantity.unit
    if quantity.sort is Sort.MONEY:
        words = scene.text[quantity.core : quantity.end]
        unit = national_unit(unit, Topic(0, 0, 0, frame.measure, "verb", *pair), words)
    return unit if quantity.per in {None, "", "year"} else f"{unit} per {quantity.per}"


def _measure(frame: _Frame, match: re.Match[str]) -> Measure:
    """Investment that "has been put" somewhere is a stock; a loan is told by its name."""
    words = match.group()
    if frame.measure == "fdi":
        stock = re.search(r"\b(?:has|have|had)\s", words)
        return Measure.FDI_STOCK if stock else Measure.FDI_FLOW
    if frame.measure == "aid" and re.search(r"\b(?:loans?|lent|credits?|borrowed)\b", words):
        return Measure.LOAN
    return Measure(frame.measure)
