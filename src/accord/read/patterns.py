"""Patterns that are compiled when a text first needs them.

The reader's rules hold some two hundred patterns; most texts need a few of them, and a
command that reads nothing should not wait for any.
"""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["lazy"]


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
