"""The work of ``accord events stories``: coded lines to rows that the record takes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import EventError

if TYPE_CHECKING:
    from accord.events.corpus import CorpusRow

__all__ = ["coded_lines", "story_rows", "write_csv"]


def story_rows(lines: Iterable[str], corpus: str) -> list[CorpusRow]:
    """The rows of coded lines. Raises EVT001 for a line that is not a JSON object."""
    from accord.events.corpus import corpus_rows

    return corpus_rows(coded_lines(lines), corpus)


def write_csv(rows: Iterable[CorpusRow], path: Path) -> int:
    """Rows as a table for ``accord record add coded_events``; how many. Raises EVT005."""
    from accord.events.corpus import COLUMNS

    count = 0
    try:
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, COLUMNS, lineterminator="\n")
            writer.writeheader()
            for count, row in enumerate(rows, start=1):  # noqa: B007 (the count is the answer)
                writer.writerow(asdict(row))
    except OSError as problem:
        reason = problem.strerror or problem
        raise EventError("EVT005", form="CSV", path=path, reason=reason) from None
    return count


def coded_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Lines that `accord events` wrote; raises EVT001 where one is not a JSON object."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            raise EventError("EVT001", line=number) from None
        if not isinstance(fields, dict):
            raise EventError("EVT001", line=number)
        yield fields
