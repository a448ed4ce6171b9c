"""Dyads: ordered pairs of polities, source first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

__all__ = ["Dyad"]


@dataclass(frozen=True, slots=True, order=True)
class Dyad:
    """An ordered pair of polity codes; ``undirected`` forgets the order.

    Raises ``ValueError`` for a polity with itself.
    """

    source: str
    target: str

    def __post_init__(self) -> None:
        if self.source == self.target:
            raise ValueError(f"a dyad needs two different polities, not {self.source} twice")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``RUS-CHN`` (also with ``:`` or ``/``); raises ``ValueError``."""
        for mark in "-:/":
            source, found, target = text.partition(mark)
            if found:
                return cls(source.strip().upper(), target.strip().upper())
        raise ValueError(f"not a dyad: {text!r}")

    @property
    def reversed(self) -> Dyad:
        """The same two, target first."""
        return Dyad(self.target, self.source)

    @property
    def undirected(self) -> Dyad:
        """The same two in alphabetical order, so that both orders are equal."""
        return min(self, self.reversed)

    def __str__(self) -> str:
        """``RUS-CHN``."""
        return f"{self.source}-{self.target}"
