"""When, where and about what: date, place, context and mode of an event."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources

from accord.events.ontology import load_ontology
from accord.events.roles import Actor
from accord.model.document import Document
from accord.read.periods import Role, find_periods
from accord.read.reckoning import Reckoning

__all__ = ["Setting", "contexts_of", "economic_act", "mode_of"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)}|yesterday|today)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|at|near|outside) ((?:the )?(?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,3})(?=[ ,.;:]|$)"
)
_MOST_CONTEXTS = 3


class Setting:
    """Dates and places of one document."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.day = document.published.end if document.published else None
        self.published = str(document.published) if document.published else None
        self.at = Reckoning(published=document.published)

    def date_of(self, start: int, end: int) -> str | None:
        """The date or interval named in ``text[start:end]``, in ISO form."""
        weekday = self._weekday(start, end)
        if weekday:
            return weekday.isoformat()
        for mention in find_periods(self.text, start, end, reckoning=self.at):
            if mention.period is not None and mention.role is Role.SPAN:
                period = mention.period
                if period.start == period.end:
                    return period.start.isoformat()
                return f"{period.start.isoformat()}/{period.end.isoformat()}"
        return None

    def _weekday(self, start: int, end: int) -> date | None:
        match = _DAY.search(self.text, start, end)
        if match is None or self.day is None:
            return None
        word = match.group(1).lower()
        if word in {"yesterday", "today"}:
            return self.day - timedelta(days=word == "yesterday")
        # newspapers name the latest such day
        return self.day - timedelta(days=(self.day.weekday() - _WEEKDAYS.index(word)) % 7)

    def place(self, start: int, end: int, source: Actor, target: Actor) -> str | None:
        """A place named with *in*, *at* or *near*, outside both actors."""
        for match in _PLACE.finditer(self.text, start, end):
            here = match.start(1)
            if not any(a.start <= here < a.end for a in (source, target)):
                word = match.group(1)
                if not _DAY.fullmatch(word) and not _MONTH.fullmatch(word.split()[0]):
                    return word
        return None


_MONTH = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|December"
)


def contexts_of(clause: str) -> tuple[str, ...]:
    """The contexts whose words stand in the clause, most words first."""
    lower = f" {clause.lower()}".replace("-", " ")
    counted = [
        (sum(f" {word}" in lower for word in context.words), context.name)
        for context in load_ontology().contexts
    ]
    ranked = sorted((-n, name) for n, name in counted if n)
    return tuple(name for _, name in ranked[:_MOST_CONTEXTS])


def economic_act(root: str, clause: str) -> str | None:
    """The kind of economic diplomacy, where the clause shows one of that root."""
    lower = f" {clause.lower()}".replace("-", " ")
    for act in load_ontology().economic:
        if act.root == root and any(f" {word}" in lower for word in act.words):
            return act.name
    return None


def mode_of(root: str, clause: str) -> str | None:
    """The mode whose word stands in the clause; the ontology's first mode otherwise."""
    lower = f" {clause.lower()}".replace("-", " ")
    for mode, words in _mode_words().get(root, {}).items():
        if any(f" {word}" in lower for word in words):
            return mode
    modes = load_ontology().roots[root].modes
    return modes[0].name if modes else None


@lru_cache(maxsize=1)
def _mode_words() -> dict[str, dict[str, list[str]]]:
    import yaml

    path = resources.files("accord.events") / "codebook" / "modes.yaml"
    words: dict[str, dict[str, list[str]]] = yaml.load(
        path.read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return words
