"""Partners with their numbers in brackets, and what they are told after them.

"Chile (€6 bn, or 18% of total trade) and Peru (€5 bn, or 15%) were the main partners of
the Union, ahead of Togo (€2 bn, or 7%)", "India (53%) and Iran (17%) are its main export
partners": each has the amount and the share of its own brackets, in the list that the
sentence ends in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.model.period import Period
from accord.model.statement import Approximation, Kind, Measure, Statement, Trace
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import list_noun, noun_of
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_bracketed_partners"]

_OPENS = lazy(r"\s*\((?=[^()]{1,60}\))")
_OWNED = {"of", "for"}
_MEASURES = {Measure.EXPORTS, Measure.IMPORTS, Measure.TOTAL_TRADE}


@dataclass(frozen=True, slots=True)
class _Item:
    party: Party
    quantities: tuple[Quantity, ...]
    close: int


def read_bracketed_partners(
    scene: Scene, memory: Memory, setting: Setting, *, others: list[Statement]
) -> list[Statement]:
    """``others`` with what brackets tell of listed partners, and without what they retell."""
    items = list(_items(scene)) if "(" in scene.text[scene.start : scene.end] else []
    if len(items) < 2 or _led(items[0], scene):
        return others
    head = _head(items, scene, memory, setting)
    if head is None:
        return others
    made = [s for item in items for s in _statements(item, head, scene)]
    spans = [(item.party.end, item.close) for item in items]
    return [s for s in others if not _within(s, spans)] + made


def _items(scene: Scene) -> Iterator[_Item]:
    for party in scene.parties:
        opens = _OPENS.match(scene.text, party.end, scene.end)
        if opens is None or party.adjective:
            continue
        close = scene.text.find(")", opens.end(), scene.end) + 1
        inside = tuple(q for q in scene.quantities if opens.end() - 1 <= q.core < close)
        sorts = [q.sort for q in inside]
        if sorts and set(sorts) <= {Sort.MONEY, Sort.PERCENT} and len(set(sorts)) == len(sorts):
            yield _Item(party, inside, close)


def _led(first: _Item, scene: Scene) -> bool:
    """Whether a flow is named before the list, which tells what the numbers are of."""
    return any(t.end <= first.party.start and t.form != "ranking" for t in scene.topics)


def _head(
    items: Sequence[_Item], scene: Scene, memory: Memory, setting: Setting
) -> tuple[Measure, str, Period | None] | None:
    """What the list is of, whose it is, and when."""
    listed = {item.party.code for item in items}
    for match in list_noun().finditer(scene.text, items[0].close, scene.end):
        noun = noun_of(match)
        if noun is None or noun.measure not in _MEASURES or not match.group().endswith("s"):
            continue
        near = [
            p.code
            for p in scene.parties
            if p.code not in listed
            and (
                (p.start >= match.start() and p.start - match.end() < 20 and p.prep in _OWNED)
                or (p.end <= match.start() and match.start() - p.end < 30 and p.possessive)
                or (p.end <= match.start() and match.start() - p.end < 30 and p.adjective)
            )
        ]
        spoken = [memory.subject, *setting.pair[:1], *setting.fallback[:1]]
        owner = next((c for c in [*near, *spoken] if c and c not in listed), None)
        if owner is None:
            return None
        dated = next((p.period for p in scene.periods if p.period), None)
        return noun.measure, owner, dated or memory.period
    return None


def _statements(
    item: _Item, head: tuple[Measure, str, Period | None], scene: Scene
) -> Iterator[Statement]:
    measure, owner, period = head
    for quantity in item.quantities:
        share = quantity.sort is Sort.PERCENT
        start = quantity.core if share and len(item.quantities) > 1 else item.party.start
        yield Statement(
            id="",
            quote=scene.text[start : quantity.end],
            start=start,
            end=quantity.end,
            kind=Kind.SHARE if share else Kind.FIGURE,
            measure=measure,
            reporter=owner,
            partner=item.party.code,
            value=quantity.value,
            unit="percent" if share else quantity.unit,
            approx=quantity.approx or Approximation.EXACT,
            resolution=quantity.resolution,
            period=period,
            sentence_start=scene.start,
            sentence_end=scene.end,
            traces=(Trace("value", quantity.core, quantity.end, "in brackets after a partner"),),
        )


def _within(statement: Statement, spans: Sequence[tuple[int, int]]) -> bool:
    trace = next((t for t in statement.traces if t.name == "value"), None)
    return trace is not None and any(s <= trace.start < e for s, e in spans)
