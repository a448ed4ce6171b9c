"""Dated facts with parties and a source: agreements, memberships, events, projects."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Agreement",
    "DatedFact",
    "Event",
    "FactSource",
    "Initiative",
    "Membership",
    "Project",
]


@dataclass(frozen=True, slots=True)
class FactSource:
    """Who published a fact, when and where; ``row`` names the row of the record."""

    row: str
    publisher: str | None
    published_on: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A treaty, agreement, joint statement or memorandum.

    Dates are ISO strings at their own precision (``2001``, ``2018-05``,
    ``2001-07-16``). ``subjects`` are the initiatives or blocs that it is about,
    beside its parties. ``sources`` holds every source that was joined into it.
    """

    id: str
    name: str
    parties: tuple[str, ...]
    type: str
    signed: str | None
    in_force: str | None
    term_years: int | None
    renewal: str | None
    ended: str | None
    subjects: tuple[str, ...]
    aliases: tuple[str, ...]
    sources: tuple[FactSource, ...]
    part_of: str | None = None
    variants: tuple[tuple[str, str], ...] = ()  # other dates given: (field, date)
    renewals: tuple[tuple[str, int], ...] = ()  # agreed extensions: (date, years)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A polity's standing in a bloc; ``status`` is member, observer, partner, …"""

    bloc: str
    member: str
    start: str | None
    end: str | None
    status: str
    role: str
    source: FactSource
    id: str = ""
    doubtful: str | None = None  # why this row grounds no verdict, if it does not


@dataclass(frozen=True, slots=True)
class Event:
    """Something that one polity did, to or with another, on a date."""

    id: str
    date: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    what: str
    quantity: str | None
    source: FactSource
    code: str | None = None  # of the source's own ontology, if it is a coded event


@dataclass(frozen=True, slots=True)
class Project:
    """A stage in the life of a joint project (signed, launched, opened, …)."""

    id: str
    name: str
    parties: tuple[str, ...]
    type: str
    status: str
    date: str | None
    value_usd: float | None
    quantity: str | None
    note: str | None
    source: FactSource
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Initiative:
    """A bloc or initiative that agreements are about; ``part_of`` names a larger one."""

    id: str
    name: str
    aliases: tuple[str, ...]
    part_of: str | None = None


DatedFact = Agreement | Membership | Event | Project
