"""A coded corpus as rows of the record: what ``accord record add coded_events`` takes.

Only acts that are told as done, between two polities and with a date, are handed on: a
promise, a threat or a denial is no evidence that something happened. Each story gives one
row for each document that tells it, so that a document under check can be left out of its
own evidence and the others stay. A row's address ends in the document's hash for the same
reason: a copy kept elsewhere is known by it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from accord.events.stories import Report, Story, group_stories, read_report

__all__ = ["COLUMNS", "CorpusRow", "corpus_rows"]

COLUMNS = (
    "id", "date", "actors", "targets", "what", "code", "mentions", "publisher",
    "published_on", "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """One document's report of an act, in the columns of the record's event table.

    ``date`` is as precise as is known: a day that the text names, or the month in which
    it was published. ``code`` is the root, ``mentions`` the number of documents that tell
    the same story, ``publisher`` the corpus and the document.
    """

    id: str
    date: str
    actors: str
    targets: str
    what: str
    code: str
    mentions: int
    publisher: str
    published_on: str | None
    url: str


def corpus_rows(lines: Iterable[Mapping[str, Any]], corpus: str) -> list[CorpusRow]:
    """The rows of the lines that ``accord events`` wrote, story by story."""
    told: list[tuple[Mapping[str, Any], Report]] = []
    for line in lines:
        for event in line.get("events", ()):
            report = read_report(_name(line), event) if _happened(event) else None
            if report is not None:
                told.append((line, replace(report, id=str(len(told)), date=_date(event))))
    stories = group_stories(report for _, report in told)
    rows = (row for story in stories for row in _rows(story, told, corpus))
    return list({row.id: row for row in rows}.values())


def _happened(event: Mapping[str, Any]) -> bool:
    done = event.get("modality") == "done" and event.get("tense") != "future"
    return bool(done and not event.get("negated") and event.get("date"))


def _date(event: Mapping[str, Any]) -> str:
    """At its own precision; an act dated by its report alone happened about that month."""
    day = str(event["date"])
    first, _, last = day.partition("/")
    if event.get("date_basis") == "publication":
        last = last or first
        first, last = first[:7], last[:7]
    if not last or first == last:
        return first
    return first[:7] if first[:7] == last[:7] else first[:4]


def _rows(
    story: Story, told: list[tuple[Mapping[str, Any], Report]], corpus: str
) -> Iterable[CorpusRow]:
    first = {report.document: report for report in reversed(story.reports)}
    for report in first.values():
        line = told[int(report.id)][0]
        document = line.get("document") or {}
        digest = document.get("sha256") or _digest(_name(line))
        address = document.get("url")
        key = (digest, report.source, report.target, report.root, report.date or "", report.quote)
        yield CorpusRow(
            id=f"coded-{_digest('|'.join(key))[:16]}",
            date=report.date or "",
            actors=report.source,
            targets=report.target,
            what=" ".join(report.quote.split()).removesuffix("."),
            code=report.root,
            mentions=story.sources,
            publisher=f"{corpus}: {document.get('title') or _name(line)}",
            published_on=document.get("published"),
            url=f"{address}#sha256={digest}" if address else f"urn:sha256:{digest}",
        )


def _name(line: Mapping[str, Any]) -> str:
    document = line.get("document") or {}
    return str(line.get("id") or document.get("source") or "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
