"""The lexicon of names for polities, indexed by the first word of each surface form.

Data: ``lexicon/polities_*.csv`` (names, demonyms and capitals of states; blocs,
regions and initiatives; institutions; cities and provinces; leaders with their
terms; compound prefixes; words with a second meaning; longer names that contain a
country's name without meaning it).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

__all__ = ["Candidate", "Entry", "compound_prefixes", "index", "same_length"]

TRAP = "trap"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a surface form stands for, and on which conditions.

    ``condition`` is ``the`` (an article must stand before it), ``title`` (a title
    must), ``known`` (a title, or the full name earlier in the text), or empty.
    """

    code: str
    form: str
    also: tuple[str, ...] = ()
    condition: str = ""
    person: str | None = None  # the full name that makes a surname known
    start: date | None = None
    end: date | None = None

    def in_office(self, day: date) -> bool:
        """Whether the term of a leader covers that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The rest of a surface form after its first word, and the entries it may mean."""

    rest: str
    entries: tuple[Entry, ...]


def same_length(text: str) -> str:
    """The text with typographic marks and white space made plain; offsets stay."""
    for marks, plain in (("\n\t\r\x0b\x0c\xa0\u2009\u202f", " "), ("’ʼ‘", "'"), ("‐‑–−", "-")):
        for mark in marks:
            if mark in text:
                text = text.replace(mark, plain)
    return text


@lru_cache(maxsize=1)
def index() -> dict[str, tuple[Candidate, ...]]:
    """First word → candidates, the longest surface form first.

    Words in capitals lead to the forms in capitals too; the first parts of compounds
    are there with no candidates, so that one look-up tells whether a word can begin
    anything.
    """
    surfaces = _surfaces()
    capitals = {s.upper(): entries for s, entries in surfaces.items() if _has_capitals(s)}
    prefixes = compound_prefixes()
    empty = dict.fromkeys([*prefixes, *map(str.upper, prefixes)], ())
    return {**empty, **_indexed({**capitals, **surfaces})}


@lru_cache(maxsize=1)
def compound_prefixes() -> dict[str, str]:
    """First parts of compounds: ``Sino`` → ``CHN``."""
    return {row["prefix"]: row["code"] for row in rows("polities_compounds.csv")}


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a lexicon file."""
    with Path(__file__).with_name("lexicon").joinpath(name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _has_capitals(surface: str) -> bool:
    # Acronyms are in capitals already; of three letters, too many are words.
    return surface.upper() != surface and len(surface) > 3


def _indexed(surfaces: dict[str, tuple[Entry, ...]]) -> dict[str, tuple[Candidate, ...]]:
    found: dict[str, list[Candidate]] = {}
    for surface, entries in surfaces.items():
        first = _first_word(surface)
        found.setdefault(first, []).append(Candidate(surface[len(first) :], entries))
    return {
        word: tuple(sorted(group, key=lambda c: len(c.rest), reverse=True))
        for word, group in found.items()
    }


def _first_word(surface: str) -> str:
    for place, char in enumerate(surface):
        if not (char.isalnum() or char == "_"):
            return surface[:place]
    return surface


@lru_cache(maxsize=1)
def _surfaces() -> dict[str, tuple[Entry, ...]]:
    also = {row["surface"]: tuple(row["also"].split("|")) for row in rows("polities_ambiguous.csv")}
    found: dict[str, list[Entry]] = {}
    for surface, entry in _all_entries():
        plain = same_length(surface)
        bare = plain.removeprefix("the ").removeprefix("The ")
        condition = entry.condition or ("the" if bare != plain else "")
        known = found.setdefault(bare, [])
        if condition == "the" and any(e.code == entry.code for e in known):
            continue  # the form without the article is listed too
        known.append(replace(entry, also=also.get(bare, ()), condition=condition))
    return {surface: tuple(entries) for surface, entries in found.items()}


def _all_entries() -> Iterator[tuple[str, Entry]]:
    yield from _listed("polities_traps.csv", form=TRAP)
    yield from _states()
    for row in rows("polities_groups.csv"):
        yield from _each(row["names"], Entry(row["code"], row["form"]))
    yield from _listed("polities_institutions.csv", form="institution")
    yield from _listed("polities_places.csv", form="city")
    yield from _leaders()


def _listed(name: str, *, form: str) -> Iterator[tuple[str, Entry]]:
    for row in rows(name):
        yield from _each(row["names"], Entry(row.get("code", row.get("kind", "")), form))


def _states() -> Iterator[tuple[str, Entry]]:
    metonyms = {row["surface"] for row in rows("polities_metonyms.csv")}
    for row in rows("polities_states.csv"):
        for column, form in (("names", "name"), ("demonyms", "demonym"), ("capitals", "capital")):
            for surface in _split(row[column]):
                yield surface, Entry(row["code"], "metonym" if surface in metonyms else form)


def _leaders() -> Iterator[tuple[str, Entry]]:
    for row in rows("polities_leaders.csv"):
        start, end = _month(row["from"]), _month(row["to"])
        names = _split(row["names"])
        full = Entry(row["code"], "leader", person=names[0], start=start, end=end)
        yield from _each(row["names"], full)
        if row["short"]:
            condition = "title" if row["short"].startswith("!") else "known"
            short = Entry(row["code"], "leader", (), condition, names[0], start, end)
            yield row["short"].lstrip("!"), short


def _each(names: str, entry: Entry) -> Iterable[tuple[str, Entry]]:
    return ((surface, entry) for surface in _split(names))


def _split(names: str) -> list[str]:
    return [name for name in names.split("|") if name]


def _month(text: str) -> date | None:
    if not text:
        return None
    year, month = text.split("-")
    return date(int(year), int(month), 1)
