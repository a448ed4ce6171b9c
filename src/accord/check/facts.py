"""What check asks of a record, each question once.

:class:`Source` is the part of :class:`accord.record.Record` that is used here, as a
protocol. :class:`Facts` stands before it and remembers the answers, so that a
document with many statements on one pair asks for that pair's figures once. Every
query answers with all releases; which of them counted when a document appeared is
decided in :mod:`accord.check.vintage`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from accord.errors import RecordError
from accord.model.facts import Agreement, Event, Initiative, Membership, Project
from accord.model.flow import Flow
from accord.model.period import Period
from accord.model.release import Release

if TYPE_CHECKING:
    from accord.record.reconciliation import Rate

__all__ = ["Facts", "Source"]

T = TypeVar("T")


class Source(Protocol):
    """The record, as far as check needs it."""

    @property
    def fingerprint(self) -> str:
        """A hash of the record's content."""
        ...

    def flows(
        self,
        *,
        reporters: Collection[str] | None = None,
        partners: Collection[str] | None = None,
        products: Collection[str] | None = None,
    ) -> list[Flow]:
        """Figures of all releases."""
        ...

    def products(self, reporter: str | None = None, partner: str | None = None) -> tuple[str, ...]:
        """The products for which a pair has figures."""
        ...

    def agreements(self) -> list[Agreement]:
        """All agreements."""
        ...

    def memberships(self, bloc: str | None = None, member: str | None = None) -> list[Membership]:
        """Standings in a bloc, or of a polity."""
        ...

    def events(
        self, actors: Collection[str] | None = None, targets: Collection[str] | None = None
    ) -> list[Event]:
        """Events with any of the actors and any of the targets."""
        ...

    def projects(self) -> list[Project]:
        """All stages of projects."""
        ...

    def initiatives(self) -> list[Initiative]:
        """Blocs and initiatives with their aliases."""
        ...

    def releases(self) -> list[Release]:
        """All releases."""
        ...

    def rates(
        self, currency: str | None = None, *, base: str = "USD", overlapping: Period | None = None
    ) -> list[Rate]:
        """Exchange rates that are loaded."""
        ...

    def query_for(self, row: str) -> str:
        """The query that finds a row again."""
        ...


class Facts:
    """A record that is asked each question once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._flows: dict[tuple[str, str, str], list[Flow]] = {}
        self._products: dict[tuple[str, str], tuple[str, ...]] = {}
        self._memberships: dict[tuple[str | None, str | None], list[Membership]] = {}
        self._events: dict[tuple[str, ...], list[Event]] = {}
        self._made: dict[str, Any] = {}

    @property
    def fingerprint(self) -> str:
        """A hash of the record's content."""
        return self._source.fingerprint

    def remember(self, name: str, make: Callable[[], T]) -> T:
        """What was made once from the facts, such as the labels of a register."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]  # type: ignore[no-any-return]

    def flows(
        self,
        *,
        reporters: Collection[str],
        partners: Collection[str],
        products: Collection[str],
        directions: Collection[str] | None = None,
        overlapping: Period | None = None,
    ) -> list[Flow]:
        """Figures of all releases, oldest period first within a series."""
        return [
            flow
            for reporter in reporters
            for partner in partners
            for product in products
            for flow in self._series(reporter, partner, product)
            if (directions is None or flow.direction in directions)
            and (overlapping is None or flow.period.overlaps(overlapping))
        ]

    def _series(self, reporter: str, partner: str, product: str) -> list[Flow]:
        key = (reporter, partner, product)
        if reporter == partner:
            return []
        if key not in self._flows:
            self._flows[key] = self._source.flows(
                reporters=[reporter], partners=[partner], products=[product]
            )
        return self._flows[key]

    def products(self, pair: Iterable[str]) -> list[str]:
        """The products for which either of two parties has figures with the other."""
        left, right = sorted(pair)
        found: set[str] = set()
        for key in ((left, right), (right, left)):
            if key not in self._products:
                self._products[key] = tuple(self._source.products(*key))
            found.update(self._products[key])
        return sorted(found)

    @cached_property
    def agreements(self) -> list[Agreement]:
        """All agreements."""
        return self._source.agreements()

    def memberships(self, bloc: str | None = None, member: str | None = None) -> list[Membership]:
        """Standings in a bloc, or of a polity."""
        key = (bloc, member)
        if key not in self._memberships:
            self._memberships[key] = self._source.memberships(bloc, member)
        return self._memberships[key]

    def events(self, parties: Collection[str]) -> list[Event]:
        """Events in which a party acts or is acted upon."""
        key = tuple(sorted(parties))
        if key not in self._events:
            found = {e.id: e for e in self._source.events(actors=key or None)}
            if key:
                found |= {e.id: e for e in self._source.events(targets=key)}
            self._events[key] = list(found.values())
        return self._events[key]

    @cached_property
    def projects(self) -> list[Project]:
        """All stages of projects."""
        return self._source.projects()

    @cached_property
    def initiatives(self) -> list[Initiative]:
        """Blocs and initiatives with their aliases."""
        return self._source.initiatives()

    @cached_property
    def releases(self) -> list[Release]:
        """All releases."""
        return self._source.releases()

    def query_for(self, row: str) -> str:
        """The query that finds a row again."""
        return self._source.query_for(row)

    def exchange_rate(self, currency: str, period: Period) -> tuple[float, str] | None:
        """Units of a currency for a dollar over a period, and the release; None if not loaded."""
        from accord.record.reconciliation import find_rate

        try:
            rate = find_rate(self._source, currency, period)
        except RecordError:
            return None
        return rate.rate, rate.release
