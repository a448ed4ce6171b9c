"""Codes of polities in the numbering of statistics: M49, Comtrade's own, COW."""

from __future__ import annotations

from functools import lru_cache

from accord.errors import RecordError
from accord.model.polity import all_polities

__all__ = ["code_of", "code_of_cow", "code_table", "number_of"]

# Where Comtrade and BACI depart from M49 (a customs territory with its overseas parts).
OWN_NUMBERS = {
    0: "WLD",
    97: "EU",
    251: "FRA",
    381: "ITA",
    490: "TWN",  # "Other Asia, nes": what partners report for Taiwan
    579: "NOR",
    699: "IND",
    757: "CHE",
    842: "USA",
    891: "SCG",
}
_ASKED_BY = {"FRA": 251, "NOR": 579, "IND": 699, "CHE": 757, "USA": 842, "WLD": 0, "EU": 97,
             "TWN": 490}  # fmt: skip


def code_of(number: int | str, source: str, given: str | None = None) -> str:
    """The polity code of a number; ``given`` is the source's own letters for it.

    Areas that are no polity (bunkers, "areas, nes") keep the source's letters.
    Raises REC023 for a number that nobody knows.
    """
    found = _by_number().get(int(number))
    if found is not None:
        return found
    if given:
        return given
    raise RecordError("REC023", source=source, column="code", value=number, what="area", place="")


def number_of(code: str, source: str) -> int:
    """The number by which Comtrade knows a polity. Raises REC023."""
    if code.upper() in _ASKED_BY:
        return _ASKED_BY[code.upper()]
    for number, known in _by_number().items():
        if known == code.upper():
            return number
    raise RecordError("REC023", source=source, column="code", value=code, what="area", place="")


def code_of_cow(number: int) -> str | None:
    """The polity code of a Correlates of War number, or ``None``."""
    return _by_cow().get(number)


def code_table() -> list[tuple[int, str]]:
    """Number and code of every area, for joins."""
    return sorted(_by_number().items())


@lru_cache(maxsize=1)
def _by_number() -> dict[int, str]:
    found = {int(p.m49): p.code for p in all_polities() if p.m49 and p.m49.isdigit()}
    return found | OWN_NUMBERS


@lru_cache(maxsize=1)
def _by_cow() -> dict[int, str]:
    found: dict[int, str] = {}
    for polity in all_polities():
        if polity.cow is not None:
            found.setdefault(polity.cow, polity.code)
    return found
