"""People and posts: how many of one country's are in another, and what that gives.

"30,000 Vietnamese students in the United States", "German firms employ 923,600 people
in the United States", "more than 250,000 Filipinos live in Qatar", and lists of trading
partners as yearbooks print them ("Export partners: A 28.8%, B 9.1%").
"""

from __future__ import annotations

import re
from dataclasses import replace

from accord.model.statement import Approximation, Kind, Measure, Statement, Trace
from accord.read.parties import Party
from accord.read.partners import opposite
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene
from accord.read.targets import is_hedged

__all__ = ["read_partner_lists", "read_people"]

_UNITS = frozenset({"persons", "jobs", "scholarships", "doses"})
_TOURISM = lazy(r"tourist|visitor|arrival|holidaymaker|guests", re.IGNORECASE)
_LIST_HEAD = lazy(
    r"\b(?P<flow>[Ee]xport|[Ii]mport)s?\s*(?:-\s*|\s)partners?\s*:|\b(?P<main>[Mm]ain|[Mm]ajor|[Tt]op)\s+(?P<flow2>export|import)\s+partners?\s*:"
)
_LIST_ITEM = lazy(r"\s*(?P<percent>\d+(?:\.\d+)?)\s?%")


def read_people(scene: Scene, memory: Memory, *, others: list[Statement]) -> list[Statement]:
    """Counts of people and posts that tie two countries."""
    found = []
    for quantity in scene.quantities:
        if quantity.sort is not Sort.COUNT or quantity.unit not in _UNITS:
            continue
        words = scene.text[quantity.core : quantity.end]
        if _TOURISM.search(words) or any(
            s.start <= quantity.core < s.end and s.value == quantity.value for s in others
        ):
            continue
        if _HARMED.search(scene.text, max(scene.start, quantity.start - 40), quantity.start):
            continue
        pair = _ends(scene, quantity) or _posts(scene, quantity, memory)
        if pair is not None:
            found.append(_counted(scene, quantity, pair))
    return [*found, *read_partner_lists(scene)]


_HARMED = lazy(
    r"\b(?:kill(?:ed|s|ing)?|wound(?:ed|s|ing)|injur(?:ed|es|ing)|maimed|claimed\s+the\s+lives\s+of|death\s+of|massacred?)\s+(?:at\s+least\s+|up\s+to\s+|more\s+than\s+|about\s+|some\s+|over\s+|nearly\s+|another\s+)?$"
)


def _ends(scene: Scene, quantity: Quantity) -> tuple[Party, Party] | None:
    """Where they come from and where they are."""
    inside = [p for p in scene.parties if quantity.core <= p.start and p.end <= quantity.end]
    before = [
        p
        for p in scene.parties
        if p.end <= quantity.start and quantity.start - p.start < 120 and (p.bare or p.adjective)
    ]
    after = [p for p in scene.parties if 0 <= p.start - quantity.end < 90]
    origin = next(
        (
            p
            for p in after
            if p.adjective
            and re.match(
                r"\s+(?:origin|descent|heritage|nationality|background)",
                scene.text[p.end : p.end + 14],
            )
        ),
        None,
    )
    target = next((p for p in after if p.prep in {"in", "to", "into", "at", "within", "for"}), None)
    source = (
        origin or inside[0]
        if inside or origin
        else next((p for p in after if p.prep == "from"), None) or (before[-1] if before else None)
    )
    if target is None and inside and before:
        target = before[-1]
    if target is None or source is None or target.code == source.code:
        return None
    if "abroad" in scene.text[quantity.end : target.start]:
        return None  # "800,000 Kyrgyz work abroad, 600,000 of them in Russia"
    return source, target


_EMPLOYER = lazy(r"\b(?:affiliates|firms|companies|subsidiaries|investors|exports)\b")


def _posts(scene: Scene, quantity: Quantity, memory: Memory) -> tuple[Party, Party] | None:
    """ "Japanese affiliates provide one million jobs": in the other country spoken of."""
    if quantity.unit != "jobs" or memory.pair is None:
        return None
    givers = [p for p in scene.parties if p.end <= quantity.start and p.code in memory.pair]
    giver = next((p for p in givers if p.adjective or p.possessive), None)
    if giver is None or not _EMPLOYER.search(scene.text, giver.end, quantity.start):
        return None
    other = opposite(memory.pair, giver.code)
    return (giver, replace(giver, code=other)) if other else None


def _counted(scene: Scene, quantity: Quantity, pair: tuple[Party, Party]) -> Statement:
    source, target = pair
    start = (
        min(quantity.start, source.start) if quantity.start - source.start < 80 else quantity.start
    )
    end = max(quantity.end, target.end) if target.end > quantity.end else quantity.end
    dated = next((p for p in scene.periods if p.period is not None), None)
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.FIGURE,
        measure=Measure.OTHER,
        reporter=source.code,
        partner=target.code,
        value=quantity.value,
        unit=quantity.unit,
        approx=quantity.approx,
        resolution=quantity.resolution,
        period=dated.period if dated else None,
        hedged=is_hedged(scene, quantity, target=False),
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(Trace("value", quantity.core, quantity.end, f"count of {quantity.unit}"),),
    )


def read_partner_lists(scene: Scene) -> list[Statement]:
    """ "Export partners: Romania 28.8%, Germany 9.1% (2020)" of the country spoken of."""
    found: list[Statement] = []
    for head in _LIST_HEAD.finditer(scene.text, scene.start, scene.end):
        flow = (head.group("flow") or head.group("flow2")).lower()
        for party in scene.parties:
            item = _LIST_ITEM.match(scene.text, party.end) if party.start >= head.end() else None
            if item is None:
                continue
            dated = next((p for p in scene.periods if p.start >= item.end() and p.period), None)
            found.append(
                Statement(
                    id="",
                    quote=scene.text[party.start : item.end()],
                    start=party.start,
                    end=item.end(),
                    kind=Kind.SHARE,
                    measure=Measure(flow + "s"),
                    reporter="",
                    partner=party.code,
                    value=float(item.group("percent")),
                    unit="percent",
                    approx=Approximation.EXACT,
                    period=dated.period if dated else None,
                    sentence_start=scene.start,
                    sentence_end=scene.end,
                    traces=(Trace("value", item.start(), item.end(), "list of partners"),),
                )
            )
    return found
