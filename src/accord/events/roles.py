"""What an actor's span stands for: polity, sector, and whom a pronoun or an office means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from accord.events.ontology import load_ontology
from accord.model.document import Document
from accord.read.polities import Mention, find_mentions

__all__ = ["Actor", "Roles"]

_PRONOUN = re.compile(r"(?:it|he|she|they|its|his|her|their|the (?:former|latter))$", re.IGNORECASE)
_NAMES = frozenset({"name", "capital", "metonym", "demonym", "leader", "institution"})
_NATIONAL = frozenset(
    {"government", "military", "police", "judiciary", "legislature", "opposition"}
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A span with the polity that it belongs to and the sector that it acts for.

    ``by_coreference`` where the polity was not named in the span itself.
    """

    text: str
    start: int
    end: int
    code: str | None
    sector: str | None
    by_coreference: bool = False


class Roles:
    """Resolves spans of one document, remembering who was spoken of."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        day = document.published.end if document.published else None
        self.mentions = find_mentions(document.text, at=day)
        self.dyad: tuple[Actor, Actor] | None = None
        self.last: Actor | None = None

    def resolve(self, start: int, end: int) -> Actor:
        """The actor that ``text[start:end]`` stands for."""
        text = self.text[start:end]
        if _PRONOUN.match(text) and self.last:
            return Actor(text, start, end, self.last.code, self.last.sector, True)
        inside = [
            m
            for m in self.mentions
            if start <= m.start and m.end <= end and m.form not in {"region", "initiative"}
        ]
        sector = sector_of(text)
        if inside:
            chosen = _owner(inside)
            whole = chosen.end - chosen.start >= len(text) - len("the ")
            if whole and chosen.form in {"name", "capital", "metonym"}:
                sector = "government"  # "the People's Republic" is no people
            return Actor(text, start, end, chosen.code, sector or _own_sector(chosen, text))
        if sector in _NATIONAL:
            code = self._nearest(start)
            return Actor(text, start, end, code, sector, code is not None)
        return Actor(text, start, end, None, sector)

    def remember(self, source: Actor) -> None:
        """Keep the source of the last event, for pronouns."""
        self.last = source

    def remember_named(self, start: int, end: int) -> None:
        """Keep the dyad for *the two countries*, where a stretch of text names just two."""
        if len(self._named(start, end)) == 2:
            self.dyad = self.first_two(start, end)

    def first_two(self, start: int, end: int) -> tuple[Actor, Actor] | None:
        """The first two states named in a stretch of text, in order of appearance."""
        named = self._named(start, end)[:2]
        if len(named) < 2:
            return None
        first, second = (self.resolve(m.start, m.end) for m in named)
        return first, second

    def _named(self, start: int, end: int) -> list[Mention]:
        found: dict[str, Mention] = {}
        for mention in self.mentions:
            inside = start <= mention.start < end
            if inside and mention.form in _NAMES and not mention.inside_name:
                found.setdefault(mention.code, mention)
        return list(found.values())

    def _nearest(self, start: int) -> str | None:
        before = [m.code for m in self.mentions if m.end <= start and not m.inside_name]
        return before[-1] if before else None


def sector_of(text: str) -> str | None:
    """The sector whose word stands in the text; the last word of a name decides."""
    lower = f" {text.lower()} "
    hits = [
        (place, sector)
        for sector, words in _sector_patterns()
        for match in words.finditer(lower)
        for place in (match.end(),)
    ]
    return max(hits)[1] if hits else None


@lru_cache(maxsize=1)
def _sector_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (sector, re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")s?\b"))
        for sector, words in load_ontology().sectors.items()
    )


def _own_sector(mention: Mention, text: str) -> str | None:
    if mention.form == "bloc":
        return "igo"
    if (
        mention.form == "demonym"
        and len(text.split()) > 1
        and text.rsplit(maxsplit=1)[-1][0].islower()
    ):
        return "civil"
    return "government"


def _owner(inside: list[Mention]) -> Mention:
    """Of several mentions the first: *the Chinese embassy in Moscow* is Chinese."""
    real = [m for m in inside if not m.inside_name]
    return (real or inside)[0]
