"""Conditions of a query, gathered one by one.

Values are written into the query as literals. Passing them as parameters would make
DuckDB import every data-frame library that is installed, for half a second, before
the first row comes back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from accord.model.period import Period

__all__ = ["Filters", "Vocabulary", "literal"]


def literal(value: str | date | float) -> str:
    """A value as SQL: quotes doubled, so that it can be nothing but a value."""
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("\0", "").replace("'", "''") + "'"
    return repr(value)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A vocabulary as it stands: its type's name (none in a lake) and its words."""

    type: str | None = None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions joined by AND; ``None`` in a method leaves its question open."""

    conditions: tuple[str, ...] = ()

    @property
    def clause(self) -> str:
        """``WHERE …``, or nothing."""
        return f"WHERE {' AND '.join(self.conditions)}" if self.conditions else ""

    def add(self, condition: str) -> Filters:
        """One more condition, in SQL."""
        return Filters((*self.conditions, condition))

    def equal(self, column: str, value: str | None) -> Filters:
        """``column`` is ``value``."""
        return self if value is None else self.add(f"{column} = {literal(value)}")

    def among(self, column: str, values: Collection[str] | None) -> Filters:
        """``column`` is one of ``values``; an empty collection fits nothing."""
        if values is None:
            return self
        if not values:
            return self.add("false")
        return self.add(f"{column} IN ({_listed(values)})")

    def coded(self, column: str, values: Collection[str] | None, vocabulary: Vocabulary) -> Filters:
        """``column`` is one of ``values``, in a column of a vocabulary.

        Compared in the vocabulary's own type, so that the sorted file is searched and
        not read through; words that it does not know fit nothing.
        """
        if values is None or vocabulary.type is None:
            return self.among(column, values)
        known = [value for value in map(str, values) if value in vocabulary.words]
        if not known:
            return self.add("false")
        listed = [f"{literal(value)}::{vocabulary.type}" for value in known]
        if len(listed) == 1:
            return self.add(f"{column} = {listed[0]}")
        return self.add(f"{column} IN ({', '.join(listed)})")

    def holding(self, column: str, values: Collection[str] | None) -> Filters:
        """The list in ``column`` has all of ``values``."""
        if not values:
            return self
        return self.add(f"list_has_all({column}, [{_listed(values)}])")

    def touching(self, column: str, values: Collection[str] | None) -> Filters:
        """The list in ``column`` has any of ``values``."""
        if values is None:
            return self
        return self.add(f"list_has_any({column}, [{_listed(values)}]::VARCHAR[])")

    def between(self, column: str, first: str | date, last: str | date) -> Filters:
        """``column`` lies from ``first`` to ``last``."""
        return self.add(f"{column} BETWEEN {literal(first)} AND {literal(last)}")

    def overlapping(self, period: Period | None) -> Filters:
        """The row's period shares a day with ``period``."""
        if period is None:
            return self
        first, last = literal(period.start), literal(period.end)
        return self.add(f"period_start <= {last} AND period_end >= {first}")

    def within(self, period: Period | None) -> Filters:
        """The row's period lies inside ``period``."""
        if period is None:
            return self
        first, last = literal(period.start), literal(period.end)
        return self.add(f"period_start >= {first} AND period_end <= {last}")

    def named(self, name: str | None) -> Filters:
        """A name or one of its aliases holds ``name``, whatever the case."""
        if not name:
            return self
        part = literal(name.lower())
        return self.add(
            f"(contains(lower(name), {part}) OR "
            f"len(list_filter(aliases, lambda alias: contains(lower(alias), {part}))) > 0)"
        )


def _listed(values: Collection[str]) -> str:
    return ", ".join(literal(str(value)) for value in values)
