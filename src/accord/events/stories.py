"""Many reports of one event: stories, each counted once, with every source kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accord.model.facts import Event, FactSource

__all__ = ["Report", "Story", "as_fact", "group_stories", "read_report"]

DAYS_APART = 3  # reports of one act appear within a few days
LEAST_OVERLAP = 0.25  # of the content words of the two quotes (Jaccard)
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Report:
    """One coded event with the document that it comes from."""

    document: str
    source: str
    target: str
    root: str
    date: str | None
    place: str | None
    quote: str
    intensity: float
    confidence: float
    id: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of the same act; ``sources`` counts the documents."""

    id: str
    source: str
    target: str
    root: str
    date: str | None
    place: str | None
    intensity: float
    sources: int
    reports: tuple[Report, ...]


def read_report(document: str, event: Mapping[str, Any]) -> Report | None:
    """A report from an event's JSON form; ``None`` where an actor has no polity code."""
    source, target = event["source"]["code"], event["target"]["code"]
    if not source or not target:
        return None
    return Report(
        document=document,
        source=source,
        target=target,
        root=event["root"],
        date=event.get("date"),
        place=event.get("place"),
        quote=event.get("quote", ""),
        intensity=float(event.get("intensity", 0.0)),
        confidence=float(event.get("confidence", 0.0)),
        id=str(event.get("id", "")),
    )


def group_stories(reports: Iterable[Report]) -> list[Story]:
    """Join reports with the same actors and root, close dates, no conflict of place and
    like words. Single linkage within each (source, target, root); order of first report.
    """
    buckets: dict[tuple[str, str, str], list[list[Report]]] = {}
    order: list[list[Report]] = []
    for report in reports:
        groups = buckets.setdefault((report.source, report.target, report.root), [])
        matching = [g for g in groups if any(same_act(report, other) for other in g)]
        if not matching:
            groups.append([report])
            order.append(groups[-1])
            continue
        first = matching[0]
        first.append(report)
        for other in matching[1:]:
            first.extend(other)
            other.clear()
            groups.remove(other)
    return [_story(group, n) for n, group in enumerate((g for g in order if g), start=1)]


def as_fact(story: Story) -> Event:
    """The story in the form of the record's event rows, for whoever checks acts against both.

    ``what`` is the root and the quote of its surest report; ``source`` names the story.
    """
    best = max(story.reports, key=_confidence)
    origin = FactSource(f"stories:{story.id}", best.document, story.date, None)
    return Event(
        id=story.id,
        date=story.date or "",
        actors=(story.source,),
        targets=(story.target,),
        what=f"{story.root}: {best.quote}",
        quantity=None,
        source=origin,
        code=story.root,
    )


def same_act(one: Report, other: Report) -> bool:
    """Whether two reports with the same actors and root tell of one act."""
    if one.place and other.place and one.place != other.place:
        return False
    if one.date and other.date and not _close(one.date, other.date):
        return False
    return overlap(one.quote, other.quote) >= LEAST_OVERLAP


def _close(one: str, other: str) -> bool:
    """Days a few days apart; a month or a year is close to every day in it."""
    if one.startswith(other) or other.startswith(one):
        return True
    first, second = day_of(one), day_of(other)
    return not first or not second or abs((first - second).days) <= DAYS_APART


def overlap(one: str, other: str) -> float:
    """Jaccard overlap of the content words of two quotes, between 0 and 1."""
    left, right = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(left & right) / len(left | right) if left | right else 1.0


def day_of(text: str | None) -> date | None:
    """The first day of an ISO date, month, year or interval."""
    if not text:
        return None
    head = text.split("/")[0]
    padded = head + {4: "-01-01", 7: "-01"}.get(len(head), "")
    try:
        return date.fromisoformat(padded)
    except ValueError:
        return None


def _story(group: Sequence[Report], number: int) -> Story:
    best = max(group, key=_confidence)
    dated = sorted(r.date for r in group if r.date)
    return Story(
        id=f"s{number}",
        source=best.source,
        target=best.target,
        root=best.root,
        date=dated[0] if dated else None,
        place=next((r.place for r in group if r.place), None),
        intensity=best.intensity,
        sources=len({r.document for r in group}),
        reports=tuple(group),
    )


def _confidence(report: Report) -> float:
    return report.confidence
