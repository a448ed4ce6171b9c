"""Monthly series of a dyad: what was done, how much of it, and how it was returned.

Counts depend on how much is read. They are therefore also given against base rates:
``share`` is the dyad's share of all stories of the month, ``lift`` that share over the
dyad's share of the whole corpus (1: as usual). Reciprocity and asymmetry compare both
directions. Every row keeps the ids of its stories, so each aggregate can list them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.events.ontology import QUAD
from accord.events.stories import Story

__all__ = ["MonthOfDyad", "RecordedAct", "join_recorded", "monthly_series", "stories_behind"]


@dataclass(frozen=True, slots=True)
class MonthOfDyad:
    """One month of one ordered pair.

    ``count`` counts stories; ``intensity`` is their mean (-10 to 10); ``cooperation``
    and ``conflict`` count by binary class; ``reciprocity`` is 2·min(a, b)/(a + b) of the
    counts of both directions (1: fully returned), ``asymmetry`` the difference of their
    mean intensities (source's own minus what it gets), ``None`` where one side is silent.
    """

    month: str
    source: str
    target: str
    count: int
    reports: int
    roots: tuple[tuple[str, int], ...]
    cooperation: int
    conflict: int
    share: float
    lift: float
    intensity: float
    reciprocity: float
    asymmetry: float | None
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """An event row of the record beside the stories that may tell of it."""

    row: Mapping[str, Any]
    stories: tuple[str, ...]


def monthly_series(stories: Iterable[Story]) -> list[MonthOfDyad]:
    """One row for each month and ordered pair with a dated story, in order."""
    cells: dict[tuple[str, str, str], list[Story]] = defaultdict(list)
    for story in stories:
        if story.date:
            cells[story.date[:7], story.source, story.target].append(story)
    months: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for (month, source, target), found in cells.items():
        months[month] += len(found)
        pairs[source, target] += len(found)
    total = sum(months.values())
    rows = []
    for key in sorted(cells):
        month, source, target = key
        usual = pairs[source, target] / total
        share = len(cells[key]) / months[month]
        rows.append(_month(key, cells[key], cells.get((month, target, source), []), share, usual))
    return rows


def _month(
    key: tuple[str, str, str],
    own: Sequence[Story],
    returned: Sequence[Story],
    share: float,
    usual: float,
) -> MonthOfDyad:
    month, source, target = key
    hostile = sum(QUAD[s.root] > 2 for s in own)
    mean = _mean_intensity(own)
    return MonthOfDyad(
        month=month,
        source=source,
        target=target,
        count=len(own),
        reports=sum(len(s.reports) for s in own),
        roots=tuple(sorted(Counter(s.root for s in own).items())),
        cooperation=len(own) - hostile,
        conflict=hostile,
        share=round(share, 4),
        lift=round(share / usual, 3),
        intensity=round(mean, 3),
        reciprocity=round(2 * min(len(own), len(returned)) / (len(own) + len(returned)), 3),
        asymmetry=round(mean - _mean_intensity(returned), 3) if returned else None,
        stories=tuple(s.id for s in own),
    )


def _mean_intensity(stories: Sequence[Story]) -> float:
    return sum(s.intensity for s in stories) / len(stories)


def stories_behind(row: MonthOfDyad, stories: Iterable[Story]) -> list[Story]:
    """The stories that a row counts, with their reports and quotes."""
    wanted = set(row.stories)
    return [story for story in stories if story.id in wanted]


def join_recorded(rows: Iterable[Mapping[str, Any]], stories: Sequence[Story]) -> list[RecordedAct]:
    """The record's event rows (``date``, ``actors``, ``targets`` …) with the stories of the
    same actors in the same month; a row without any keeps an empty tuple.
    """
    by_cell: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for story in stories:
        if story.date:
            by_cell[story.date[:7], story.source, story.target].append(story.id)
    joined = []
    for row in rows:
        month = str(row["date"])[:7]
        pairs = [(s, t) for s in row["actors"] for t in row["targets"]]
        found = [i for s, t in pairs for i in by_cell.get((month, s, t), ())]
        joined.append(RecordedAct(row, tuple(found)))
    return joined
