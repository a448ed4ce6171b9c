"""Patterns that are compiled when a text first needs them.

The reader's rules hold some two hundred patterns; most texts need a few of them, and a
command that reads nothing should not wait for any.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazy", "one_of", "split"]


class _Lazy:
    """Stands for a compiled pattern; its methods become its own at their first use."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = self.__dict__.setdefault("_compiled", re.compile(self._source, self._flags))
        value = getattr(compiled, name)
        self.__dict__[name] = value
        return value


def lazy(source: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile(source, flags)``, put off until the pattern is first used."""
    return cast("re.Pattern[str]", _Lazy(source, flags))


def one_of(alternatives: str) -> re.Pattern[str]:
    """``\\b(?:alternatives)`` in either case, where each begins with a letter.

    The alternatives are sorted by that letter, so that a place in the text meets few
    of them: with a hundred stems a search takes a twentieth of the time.
    """
    by_letter: dict[str, list[str]] = {}
    for alternative in split(alternatives):
        stem = alternative.removeprefix("\\b")
        if not stem[:1].isalpha():
            raise ValueError(f"{alternative!r} does not begin with a letter")
        by_letter.setdefault(stem[0].lower(), []).append(stem[1:])
    groups = (f"[{a}{a.upper()}](?i:{'|'.join(rest)})" for a, rest in by_letter.items())
    return lazy(rf"\b(?:{'|'.join(groups)})")


def split(alternatives: str) -> list[str]:
    """The parts between the bars that stand in no bracket."""
    parts, depth, current = [], 0, ""
    for mark in alternatives:
        depth += (mark == "(") - (mark == ")")
        if mark == "|" and depth == 0:
            parts.append(current)
            current = ""
        else:
            current += mark
    return [*parts, current]
