"""Epithets: "the island", "the Asian giant", "the Gulf kingdom" for a country spoken of.

A region beside a noun of state names one country of that region, not the region: the one
mentioned last, before it or in the sentences before.
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from accord.read.lexicons import read_table
from accord.read.polities import Mention

__all__ = ["with_epithets"]

_STATE = (
    r"(?:nation|country|state|republic|kingdom|monarchy|neighbou?r|giant|economy|powerhouse|power|tiger|island|emirate"
    r"|sultanate|ally|partner|rival|producer|exporter|democracy|archipelago|member)"
)
_ADJECTIVES = r"(?:(?:oil-rich|gas-rich|landlocked|tiny|small|giant|energy-rich|fellow|northern|southern|eastern|western|resource-rich|impoverished|poor|wealthy|island|war-torn)\s+){0,2}"


@cache
def _pattern() -> re.Pattern[str]:
    table = read_table("epithets")
    fixed = "|".join(f"(?P<{code}>{words})" for code, words in table["fixed"].items())
    regions = "|".join(f"(?P<r{i}>{words})" for i, words in enumerate(table["regions"]))
    kinds = "|".join(f"(?P<k{i}>{words})" for i, words in enumerate(table["kinds"]))
    return re.compile(
        rf"\b[Tt]h(?:e|at|is)\s+(?P<whole>(?:{fixed})|{_ADJECTIVES}(?:(?:{regions})\s+{_ADJECTIVES}{_STATE}|(?:{kinds})(?:\s+(?:nation|state|republic|country|kingdom))?))(?![\w-]|\s+of\s+[A-Z])"
    )


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = read_table("epithets")
    found = {f"r{i}": frozenset(codes) for i, codes in enumerate(table["regions"].values())}
    return found | {f"k{i}": frozenset(codes) for i, codes in enumerate(table["kinds"].values())}


def with_epithets(
    text: str,
    mentions: Sequence[Mention],
    *,
    start: int,
    end: int,
    known: Sequence[str],
) -> list[Mention]:
    """The mentions of a sentence with its epithets resolved; ``known`` the latest first."""
    found = list(mentions)
    for match in _pattern().finditer(text, start, end):
        low, high = match.span("whole")
        rest = [m for m in found if m.end <= low or m.start >= high]
        code = _meant(match, [m for m in rest if m.end <= low], known)
        if code is not None:
            rest.append(Mention(low, high, code, "name"))
        found = sorted(rest, key=lambda m: m.start)
    return found


def _meant(match: re.Match[str], before: Sequence[Mention], known: Sequence[str]) -> str | None:
    groups = [name for name, words in match.groupdict().items() if words and name != "whole"]
    for name in groups:
        codes = _lists().get(name)
        if codes is None:
            return name
        return next((c for c in _latest(before, known) if c in codes), None)
    return None


def _latest(before: Sequence[Mention], known: Sequence[str]) -> Iterator[str]:
    for mention in reversed(before):
        yield from (c for c in (mention.code, mention.other) if c)
    yield from known
