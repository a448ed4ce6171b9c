"""Counts in words or digits, and the words that name polities rather than persons."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

from accord.model.english import UNITS

__all__ = ["count_in", "party_words"]

_COUNTS = {word: number for number, word in enumerate((*UNITS, "twenty"))} | {
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "half a century": 50,
}
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))


def count_in(text: str, unit: str) -> int | None:
    """The number before a unit: ``"for five years"``, ``"30-year"`` → 5, 30."""
    match = re.search(rf"\b(\d+|{_COUNT})(?:[ -]|\s+more\s+)?\s*{unit}", text, re.IGNORECASE)
    if match is None:
        return None
    word = match.group(1).lower()
    return int(word) if word.isdigit() else _COUNTS[word]


@lru_cache(maxsize=1)
def party_words() -> frozenset[str]:
    """Lower-case words that stand for countries and offices, never for a person."""
    text = (resources.files("accord.check") / "data" / "publishers.toml").read_text("utf-8")
    data = tomllib.loads(text)
    words = {part for group in data["polities"].values() for word in group for part in word.split()}
    words |= {
        "the", "union", "eurasian", "economic", "eaeu", "eeu", "regional", "comprehensive",
        "partnership", "rcep", "sco", "brics", "asean", "gazprom", "cnpc", "rosatom", "cnnc",
        "novatek", "fund", "road", "silk", "belt", "states", "state", "republic", "people", "it",
        "they", "both", "fifteen", "ministers", "governments", "leaders", "sides", "in", "on",
        "federation", "treaty", "agreement", "ministry", "mofcom", "commission", "ten", "three",
        "since", "when", "after", "that", "he", "she", "who", "company", "companies",
    }  # fmt: skip
    return frozenset(words)
