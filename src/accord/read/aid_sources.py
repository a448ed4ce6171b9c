"""Sources of aid: "Peru's largest source of ODA" is not Peru, who only receives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.topic import Topic

__all__ = ["from_a_source", "given_with", "received"]

_GIVEN = frozenset({"aid", "loan", "other"})
_SOURCE_OF = lazy(
    r"\b(?:sources?|providers?|suppliers?|givers?|origins?)\s+of\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)


_INCLUDE = lazy(r"\s+(?:include[sd]?|including|are|were|is|was)\s+(?:the\s+)?")


def from_a_source(
    text: str,
    topic: Topic,
    beside: tuple[list[Party], list[Party]],
    scope: tuple[Sequence[Party], int],
    ends: tuple[str | None, str | None],
) -> tuple[str | None, str | None]:
    """ "Japan is Peru's largest source of aid": whoever owns a source is who receives.

    ``beside`` are the owners of the noun and the parties to its right, ``ends`` the reporter
    and partner as they would else be.
    """
    (owners, right), (parties, floor) = beside, scope
    named = _SOURCE_OF.search(text, max(floor, topic.core - 70), topic.core)
    if topic.measure not in _GIVEN or named is None:
        return ends
    if right and _INCLUDE.fullmatch(text, topic.end, right[0].start):
        return right[0].code, None  # "Other sources of aid include Peru"
    giver = next(
        (p for p in parties if floor <= p.start and p.end <= topic.core and p.subject), None
    )
    whose = [p for p in (*owners, *right) if giver is None or p.code != giver.code]
    return giver.code if giver else None, whose[0].code if whose else None


_WITH = lazy(r"\s+with\s+(?:[^;,]{0,30}\sin\s+)?(?:\w+\s+)?")


def given_with(text: str, topic: Topic, last: Party) -> bool:
    """ "South Korea with aid worth $9 million": who stands before "with" gives."""
    if topic.measure not in _GIVEN or not last.bare or last.possessive:
        return False
    return _WITH.fullmatch(text, last.end, topic.core) is not None


_PORTFOLIO = lazy(r"\s*(?:\([A-Z]+\)\s*)?(?:(?:loans?|grants?|and)\s+)*portfolio\b")


def received(text: str, topic: Topic) -> bool:
    """ "The Philippines' ODA portfolio": what its owner received, from all."""
    return topic.measure in _GIVEN and _PORTFOLIO.match(text, topic.end) is not None
