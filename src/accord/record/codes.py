"""Codes of polities in the numbering of statistics: M49, Comtrade's own, COW."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources

from accord.errors import RecordError
from accord.model.polity import all_polities

__all__ = ["code_of", "code_of_cow", "code_table", "names_in", "number_of"]

# Of the numbers that stand for one polity, the one that Comtrade is asked by.
_ASKED_BY = {"FRA": 251, "NOR": 579, "IND": 699, "CHE": 757, "USA": 842, "WLD": 0, "EU": 97,
             "TWN": 490}  # fmt: skip


def code_of(number: int | str, source: str, *, place: str = "") -> str:
    """The code of an area by its number; ``place`` says where the number stood.

    Areas that are no polity (bunkers, "areas, nes") are ``M49:`` and their number.
    Raises REC023 for a number that is neither in M49 nor in ``areas.csv``.
    """
    found = _by_number().get(int(number))
    if found is not None:
        return found
    raise RecordError(
        "REC023", source=source, column="code", value=number, what="area", place=place
    )


def number_of(code: str, source: str) -> int:
    """The number by which Comtrade knows a polity. Raises REC023."""
    if code in _ASKED_BY:
        return _ASKED_BY[code]
    for number, known in _by_number().items():
        if known == code:
            return number
    raise RecordError("REC023", source=source, column="code", value=code, what="area", place="")


def code_of_cow(number: int) -> str | None:
    """The polity code of a Correlates of War number, or ``None``."""
    return _by_cow().get(number)


def code_table() -> list[tuple[int, str]]:
    """Number and code of every area, for joins."""
    return sorted(_by_number().items())


@lru_cache(maxsize=4)
def names_in(language: str) -> dict[str, str]:
    """Names of polities in a language, as its statistical offices write them → codes."""
    entry = resources.files("accord.record") / "names" / f"{language}.csv"
    if not entry.is_file():
        return {}
    rows = csv.DictReader(entry.read_text(encoding="utf-8").splitlines())
    return {row["name"]: row["code"] for row in rows}


@lru_cache(maxsize=1)
def _by_number() -> dict[int, str]:
    """M49's numbers, and where Comtrade and BACI depart from them (``areas.csv``)."""
    found = {int(p.m49): p.code for p in all_polities() if p.m49 and p.m49.isdigit()}
    text = (resources.files("accord.record") / "areas.csv").read_text(encoding="utf-8")
    own = {
        int(row["number"]): row["code"] or f"M49:{row['number']}"
        for row in csv.DictReader(text.splitlines())
    }
    return found | own


@lru_cache(maxsize=1)
def _by_cow() -> dict[int, str]:
    found: dict[int, str] = {}
    for polity in all_polities():
        if polity.cow is not None:
            found.setdefault(polity.cow, polity.code)
    return found
