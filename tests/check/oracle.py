"""An independent reading of the rules of verdicts, straight from tables of facts.

It shares no code with ``accord.check``: rows are plain dictionaries, and each made
statement carries the outcomes that the rules allow.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_ROUGH = re.compile(
    r"more than|exceed|\bover\b|nearly|almost|about|around|roughly|rounded|topped|около|более|почти"
    r"|超过|逾|близ|почти|превы|свыше|surpass|approx|likely|transposes|quoting|almost",
    re.IGNORECASE,
)
_YUAN = re.compile(r"yuan|юан|元人民币|rmb|cny", re.IGNORECASE)
_PUBLISHER = {
    "CHN": "Chinese customs",
    "RUS": "Russia's Federal Customs Service",
    "IND": "India's commerce ministry",
    "KAZ": "Kazakhstan's statistics bureau",
    "VNM": "Vietnamese customs",
    "BLR": "Belarus's statistics committee",
}
_OTHER = {"export": "import", "import": "export", "total": "total"}

Row = dict[str, str]
Cell = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Made:
    """A made statement with the outcomes that the rules allow."""

    name: str
    published: str
    fields: dict[str, Any]
    allowed: frozenset[str]
    why: str = field(default="")


def known_on(text: str) -> date | None:
    """The last day that a date at its own precision can mean."""
    parts = [int(p) for p in text.split("-")] if text else []
    if not parts:
        return None
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    year, month = parts[0] + parts[1] // 12, parts[1] % 12 + 1
    return date(year, month, 1) - timedelta(days=1)


def load(path: Path) -> dict[Cell, list[Row]]:
    """The rows of every cell."""
    cells: dict[Cell, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            cell = (
                row["reporter"], row["partner"], row["flow"], row["commodity"],
                row["period_start"], row["period_end"],
            )  # fmt: skip
            cells[cell].append(row)
    return cells


def clean(row: Row) -> bool:
    """Whether a row gives a figure as it is: no bound, no rounding, no conversion, no doubt."""
    text = row["as_published_text"]
    return not (_ROUGH.search(text) or _YUAN.search(text) or row["growth_basis"] == "CNY")


class Rules:
    """Statements over all cells of a table of trade figures."""

    def __init__(self, cells: dict[Cell, list[Row]]) -> None:
        self.cells = cells

    def doubtful(self, cell: Cell) -> bool:
        """Whether the notes to the tables call a row of the cell, or its page, doubtful."""
        texts = [r["as_published_text"] for r in self.cells[cell]]
        pages = {r["source_url"] for r in self._swapped()}
        return any("likely" in t for t in texts) or any(
            r["source_url"] in pages for r in self.cells[cell]
        )

    def _swapped(self) -> list[Row]:
        return [
            r
            for rows in self.cells.values()
            for r in rows
            if "transposes" in r["as_published_text"]
        ]

    def coarse(self, cell: Cell) -> bool:
        """Whether a row of the cell, or of the partner's, has two digits or fewer."""
        mirror = (cell[1], cell[0], _OTHER.get(cell[2], cell[2]), *cell[3:])
        rows = [*self.cells.get(cell, []), *self.cells.get(mirror, [])]
        return any(
            len(f"{float(r['value_usd']):.0f}".rstrip("0")) <= 2 for r in rows if r["value_usd"]
        )

    def finer(self, cell: Cell, value: float) -> bool:
        """Whether another release gives the same figure with more digits."""
        levels = self._any(cell)
        return any(v != value and abs(v / value - 1) < 0.01 for v in levels)

    def levels(self, cell: Cell) -> list[float]:
        """Every level that could answer for a cell: all releases and the partner's."""
        mirror = (cell[1], cell[0], _OTHER.get(cell[2], cell[2]), *cell[3:])
        rows = self.cells.get(cell, []) + self.cells.get(mirror, [])
        found = [float(r["value_usd"]) for r in rows if r["value_usd"]]
        for key in (cell, mirror):
            if key[2] == "total":
                parts = [self._any((*key[:2], f, *key[3:])) for f in ("export", "import")]
                if all(parts):
                    found += [a + b for a in parts[0] for b in parts[1]]
            else:
                whole = self._any((*key[:2], "total", *key[3:]))
                other = self._any((*key[:2], _OTHER[key[2]], *key[3:]))
                found += [a - b for a in whole for b in other]
        return found

    def _any(self, cell: Cell) -> list[float]:
        return [float(r["value_usd"]) for r in self.cells.get(cell, []) if r["value_usd"]]

    def rates(self, cell: Cell) -> list[float]:
        """Every rate that could answer: published ones, and ratios of any two levels."""
        mirror = (cell[1], cell[0], _OTHER.get(cell[2], cell[2]), *cell[3:])
        found = []
        for key in (cell, mirror):
            found += [
                float(r["growth_yoy_pct"]) for r in self.cells.get(key, []) if r["growth_yoy_pct"]
            ]
        base = (*cell[:4], back(cell[4]), back(cell[5]))
        for now in self.levels(cell):
            found += [100 * (now / then - 1) for then in self.levels(base) if then]
        return found

    def implied(self, cell: Cell) -> list[float]:
        """What next year's release implies for a cell: shown by the check, decides little."""
        year = (*cell[:4], *(_forth(d) for d in cell[4:]))
        found = []
        for key in (year, (year[1], year[0], _OTHER.get(year[2], year[2]), *year[3:])):
            for row in self.cells.get(key, []):
                if row["value_usd"] and row["growth_yoy_pct"]:
                    found.append(float(row["value_usd"]) / (1 + float(row["growth_yoy_pct"]) / 100))
        return found

    def in_force(self, cell: Cell, column: str, day: date) -> Row | None:
        """The newest release of a column known on a day."""
        rows = [r for r in self.cells[cell] if r[column] and known_on(r["published_on"])]
        seen = [r for r in rows if (known_on(r["published_on"]) or day) <= day]
        return max(seen, key=lambda r: r["published_on"], default=None)

    def releases(self, cell: Cell, column: str) -> list[tuple[date, Row]]:
        """Dated releases, oldest first."""
        rows = [(known_on(r["published_on"]), r) for r in self.cells[cell] if r[column]]
        return sorted(((d, r) for d, r in rows if d), key=lambda p: p[0])

    def reported_elsewhere(self, cell: Cell) -> bool:
        return (cell[1], cell[0], _OTHER.get(cell[2], cell[2]), *cell[3:]) in self.cells


def _forth(day: str) -> str:
    year, rest = int(day[:4]) + 1, day[4:]
    if rest in ("-02-29", "-02-28"):
        rest = "-02-29" if year % 4 == 0 else "-02-28"
    return f"{year}{rest}"


def back(day: str) -> str:
    year, rest = int(day[:4]) - 1, day[4:]
    if rest in ("-02-29", "-02-28"):
        leap = year % 4 == 0
        return f"{year}-02-{29 if leap else 28}"
    return f"{year}{rest}"


def publisher_of(reporter: str) -> str | None:
    """How a text names the statistics of a reporter."""
    return _PUBLISHER.get(reporter)
