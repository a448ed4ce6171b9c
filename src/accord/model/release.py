"""Releases: one publication of a source, with what a citation needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Release"]


@dataclass(frozen=True, slots=True)
class Release:
    """One publication of a source.

    ``published_from`` … ``published_on`` is the interval in which it appeared: one
    day where the day is known, a month or year otherwise (a release counts as known
    from ``published_on``). Both are ``None`` for an undated release.
    """

    id: str
    source: str
    publisher: str
    published_on: date | None
    published_from: date | None = None
    retrieved_on: date | None = None
    url: str | None = None
    sha256: str | None = None
    licence: str | None = None
    reporter: str | None = None  # whose statistics these are, where they are one country's
    title: str | None = None

    @property
    def known_on(self) -> date | None:
        """The day from which it surely was known: published, or else retrieved."""
        return self.published_on or self.retrieved_on

    @property
    def published(self) -> str | None:
        """The publication date at its own precision."""
        if self.published_on is None:
            return None
        first = self.published_from or self.published_on
        if first == self.published_on:
            return self.published_on.isoformat()
        if (first.year, first.month) == (self.published_on.year, self.published_on.month):
            return f"{self.published_on:%Y-%m}"
        return str(self.published_on.year)

    @property
    def dated(self) -> str:
        """When it was published, or else retrieved, in words."""
        if self.published is None and self.retrieved_on is not None:
            return f"retrieved {self.retrieved_on.isoformat()}"
        return self.published or "undated"
