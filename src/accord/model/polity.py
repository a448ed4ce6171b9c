"""Polities: states, blocs, customs territories, regions and initiatives, with validity.

The registry is package data (``model/data``, with its sources in the README there)
and is read at first use::

    find_polity("Burma").code                         # 'MMR'
    find_polity("Russia", at=date(1985, 1, 1)).code   # 'SUN'
    members("EU", at=date(1990, 1, 1))                # the twelve
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

__all__ = [
    "Polity",
    "PolityKind",
    "all_polities",
    "blocs_of",
    "find_polity",
    "get_polity",
    "has_member_list",
    "members",
    "successors",
]


class PolityKind(StrEnum):
    """What sort of actor a polity is."""

    STATE = "state"
    BLOC = "bloc"
    CUSTOMS_TERRITORY = "customs_territory"  # and other territories with own statistics
    REGION = "region"
    INITIATIVE = "initiative"


@dataclass(frozen=True, slots=True)
class Polity:
    """An actor, identified by ``code`` (ISO 3166 alpha-3, or a short name for groups).

    It exists from ``valid_from`` until the day before ``valid_to``; ``None`` means
    before 1918, and still in being. ``cow`` and ``gw`` are the numbers of the
    Correlates of War and of Gleditsch and Ward.
    """

    code: str
    name: str
    kind: PolityKind
    iso2: str | None = None
    iso3: str | None = None
    m49: str | None = None
    cow: int | None = None
    gw: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    official: str | None = None
    aliases: tuple[str, ...] = ()

    def exists_at(self, day: date) -> bool:
        """Whether it existed on that day."""
        if self.valid_from is not None and day < self.valid_from:
            return False
        return self.valid_to is None or day < self.valid_to

    @property
    def is_group(self) -> bool:
        """Whether it stands for several polities."""
        return self.kind not in (PolityKind.STATE, PolityKind.CUSTOMS_TERRITORY)


@dataclass(frozen=True, slots=True)
class _Spell:
    member: str
    start: date | None
    end: date | None

    def covers(self, day: date | None) -> bool:
        if day is None:
            return self.end is None
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def get_polity(code: str) -> Polity | None:
    """The polity with exactly this code, whenever it existed."""
    return _registry().get(code)


def all_polities() -> tuple[Polity, ...]:
    """Every polity, in the order of the data file."""
    return tuple(_registry().values())


def find_polity(code_or_name: str, *, at: date | None = None) -> Polity | None:
    """The polity with this code, name, official name or alias; ``None`` if there is none.

    Codes are ISO alpha-3, alpha-2, M49 numbers as three digits, or the short name of
    a group. Case does not matter for names of four letters and more. With ``at``,
    the one that existed then: a name leads on to the predecessor or successor
    ("Russia" in 1985 is the Soviet Union), a code does not. Without ``at``, a polity
    in being goes before a former one.
    """
    exact = get_polity(code_or_name.strip().upper())
    if exact is not None and code_or_name.strip().isupper():
        return exact if at is None or exact.exists_at(at) else None
    found = [_registry()[code] for code in _by_name().get(_key(code_or_name), ())]
    if not found:
        return None
    if at is None:
        return next((p for p in found if p.valid_to is None), found[0])
    return _existing(found, at)


def successors(code: str) -> tuple[Polity, ...]:
    """The polities that came out of this one; themselves followed to those in being.

    Empty for a polity that still exists and for an unknown code.
    """
    polity = get_polity(code)
    if polity is None or polity.valid_to is None:
        return ()
    found: dict[str, Polity] = {}
    for next_code in polity.successors:
        for heir in successors(next_code) or (_registry()[next_code],):
            found[heir.code] = heir
    return tuple(found.values())


def members(bloc: str, *, at: date | None = None) -> tuple[str, ...]:
    """Codes of a bloc's members on a day (default: now), in alphabetical order.

    Empty where no list is held (see :func:`has_member_list`); the record's table of
    memberships, with sources, is what statements are judged by.
    """
    spells = _spells().get(bloc, ())
    return tuple(sorted({s.member for s in spells if s.covers(at)}))


def has_member_list(bloc: str) -> bool:
    """Whether :func:`members` knows this bloc."""
    return bloc in _spells()


def blocs_of(code: str, *, at: date | None = None) -> tuple[str, ...]:
    """The blocs with a member list to which a polity belongs on a day."""
    return tuple(bloc for bloc in _spells() if code in members(bloc, at=at))


def _existing(found: list[Polity], at: date) -> Polity | None:
    related = [_registry()[c] for p in found for c in (*p.predecessors, *p.successors)]
    return next((p for p in (*found, *related) if p.exists_at(at)), None)


@lru_cache(maxsize=1)
def _registry() -> dict[str, Polity]:
    return {row["code"]: _polity(row) for row in _rows("polities.csv")}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for polity in _registry().values():
        for name in _names(polity):
            codes = found.get(name, ())
            if polity.code not in codes:
                found[name] = (*codes, polity.code)
    return found


def _names(polity: Polity) -> Iterator[str]:
    names = (polity.name, polity.official, polity.iso2, polity.iso3, polity.m49, *polity.aliases)
    for name in names:
        if name:
            yield _key(name)
    yield _key(polity.code)


def _key(name: str) -> str:
    # Short names are codes ("US", "UK"), where case is what tells them from words.
    plain = " ".join(name.replace("’", "'").split())
    plain = plain.removeprefix("the ").removeprefix("The ")
    return plain.casefold() if len(plain) > 3 and "." not in plain else plain


@lru_cache(maxsize=1)
def _spells() -> dict[str, tuple[_Spell, ...]]:
    found: dict[str, list[_Spell]] = {}
    for row in _rows("members.csv"):
        start, end = _date(row["from"]), _date(row["to"])
        spells = [_Spell(code, start, end) for code in row["members"].split("|")]
        found.setdefault(row["bloc"], []).extend(spells)
    return {bloc: tuple(spells) for bloc, spells in found.items()}


def _rows(name: str) -> list[dict[str, str]]:
    # A plain path: importlib.resources would cost more than reading the file.
    source = Path(__file__).with_name("data") / name
    with source.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _polity(row: dict[str, str]) -> Polity:
    return Polity(
        code=row["code"],
        name=row["name"],
        kind=PolityKind(row["kind"]),
        iso2=row["iso2"] or None,
        iso3=row["iso3"] or None,
        m49=row["m49"] or None,
        cow=int(row["cow"]) if row["cow"] else None,
        gw=int(row["gw"]) if row["gw"] else None,
        valid_from=_date(row["valid_from"]),
        valid_to=_date(row["valid_to"]),
        predecessors=_codes(row["predecessors"]),
        successors=_codes(row["successors"]),
        official=row["official"] or None,
        aliases=_codes(row["aliases"]),
    )


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()
