"""Rows of parties, each with a number of its own beside it, and only a link between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

from accord.read.parties import Party
from accord.read.scene import Scene

__all__ = ["rows_of"]


class Item(Protocol):
    """A party with its number, and where the words of the two end."""

    @property
    def party(self) -> Party:
        """Who is listed."""

    @property
    def close(self) -> int:
        """The offset behind the item."""


Listed = TypeVar("Listed", bound=Item)


def rows_of(
    scene: Scene, item_of: Callable[[Party, Scene], Listed | None], link: re.Pattern[str]
) -> Iterator[list[Listed]]:
    """The longest runs of items that ``link`` joins; an item alone is a run of one."""
    run: list[Listed] = []
    for party in scene.parties:
        item = None if party.adjective else item_of(party, scene)
        if item is None:
            continue
        begins = party.start if party.joined else party.lead
        if run and link.fullmatch(scene.text, run[-1].close, max(begins, run[-1].close)):
            run.append(item)
            continue
        if run:
            yield run
        run = [item]
    if run:
        yield run
