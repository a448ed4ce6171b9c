"""The work of ``accord events series``: stories, monthly rows, and the record beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from accord.errors import ArgumentError

if TYPE_CHECKING:
    from accord.events.stories import Report, Story

__all__ = ["series_lines"]


def series_lines(
    lines: Iterable[str], *, dyad: str | None, record: bool, stories: bool
) -> Iterator[dict[str, Any]]:
    """One object for each month and ordered pair, then those of the record.

    Raises ARG001 for a dyad that is none and EVT001 for a line that is not JSON.
    """
    from accord.events.series import join_recorded, monthly_series, stories_behind
    from accord.events.stories import group_stories

    wanted = _parse(dyad)
    found = group_stories(_reports(lines))
    for row in monthly_series(found):
        if wanted is None or {row.source, row.target} == wanted:
            answer: dict[str, Any] = {"kind": "month", **asdict(row)}
            if stories:
                answer["stories"] = [asdict(story) for story in stories_behind(row, found)]
            yield answer
    if record:
        for act in join_recorded(_recorded(found, wanted), found):
            yield {"kind": "recorded", **act.row, "stories": list(act.stories)}


def _parse(dyad: str | None) -> set[str] | None:
    from accord.model.dyad import Dyad

    if dyad is None:
        return None
    try:
        pair = Dyad.parse(dyad)
    except ValueError as problem:
        detail = f"{problem} (--dyad)."
        raise ArgumentError("ARG001", detail=detail, command="events series") from None
    return {pair.source, pair.target}


def _reports(lines: Iterable[str]) -> Iterator[Report]:
    from accord.cli.event_stories import coded_lines
    from accord.events.stories import read_report

    for fields in coded_lines(lines):
        for event in fields.get("events", ()):
            report = read_report(str(fields.get("id")), event)
            if report is not None:
                yield report


def _recorded(found: list[Story], wanted: set[str] | None) -> list[dict[str, Any]]:
    from accord.record.access import open_record

    codes = wanted or {code for story in found for code in (story.source, story.target)}
    with open_record() as record:
        rows = record.events(actors=codes, targets=codes)
    return [
        {
            "id": e.id, "date": e.date, "actors": list(e.actors),
            "targets": list(e.targets), "what": e.what,
        }
        for e in rows
    ]  # fmt: skip
