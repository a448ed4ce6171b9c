"""What a reader process does in a batch: find the statements of a document and judge them."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import Any

from accord.check import Facts, check_document
from accord.model.document import Document
from accord.model.serial import check_to_dict
from accord.model.verdict import Check
from accord.read.engine import Output

__all__ = ["WatchingOutput", "judge", "judge_line", "judge_whole"]


@lru_cache(maxsize=1)
def open_facts() -> Facts:
    """The record, opened once a process."""
    from accord.record import open_record

    return Facts(open_record())


def judge(document: Document, *, as_of: date | None = None) -> Check:
    """The check of a document; raises READ010 for a language that cannot be read."""
    from accord.read.language import unreadable_language
    from accord.read.statements import survey_document

    unreadable = unreadable_language(document)
    if unreadable is not None:
        raise unreadable
    survey = survey_document(document)
    return check_document(
        document,
        survey.statements,
        open_facts() if survey.statements else None,
        not_understood=survey.not_understood,
        as_of=as_of,
    )


def judge_line(document: Document, *, as_of: date | None = None) -> dict[str, Any]:
    """The fields of one line of a batch."""
    fields = check_to_dict(judge(document, as_of=as_of))
    return {key: fields[key] for key in ("statements", "not_understood", "notices")}


def judge_whole(document: Document, *, as_of: date | None = None) -> dict[str, Any]:
    """The whole check, as ``accord check --json`` prints it."""
    return check_to_dict(judge(document, as_of=as_of))


class WatchingOutput:
    """An output that notices whether one of some outcomes went through it."""

    def __init__(self, output: Output, outcomes: frozenset[str]) -> None:
        self._output = output
        self._outcomes = outcomes
        self.matched = False

    @property
    def done(self) -> int:
        """How many lines are there already."""
        return self._output.done

    def write(self, line: bytes) -> None:
        """Pass a line on."""
        if self._outcomes and not self.matched:
            statements = json.loads(line).get("statements", ())
            found = {s["verdict"]["outcome"] for s in statements}
            self.matched = bool(found & self._outcomes)
        self._output.write(line)

    def finish(self) -> None:
        """All lines are there."""
        self._output.finish()

    def close(self) -> None:
        """No more lines will come now."""
        self._output.close()
