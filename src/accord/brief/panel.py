"""A dyad panel from the record: what researchers build by hand for each paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from accord.brief.panel_columns import (
    agreement_columns,
    event_columns,
    gdp_columns,
    membership_columns,
    trade_columns,
)
from accord.brief.parties import nearest_names
from accord.errors import MeasureError
from accord.measure.panel import StateSystem, Unit, grid, periods_between
from accord.model.period import Period
from accord.model.polity import (
    Polity,
    PolityKind,
    all_polities,
    find_polity,
    get_polity,
    has_member_list,
    members,
)
from accord.record import Record

if TYPE_CHECKING:
    import polars as pl

__all__ = ["PARTS", "Panel", "PanelRequest", "build_panel", "parse_dyads"]

MOST_ROWS = 5_000_000
_Part = Callable[["pl.DataFrame", Record, "PanelRequest"], "pl.DataFrame"]
PARTS: dict[str, _Part] = {
    "trade": lambda panel, record, asked: trade_columns(
        panel, record, unit=asked.unit, as_of=asked.as_of, directed=asked.directed
    ),
    "agreements": lambda panel, record, asked: agreement_columns(panel, record, as_of=asked.as_of),
    "memberships": lambda panel, record, asked: membership_columns(
        panel, record, as_of=asked.as_of
    ),
    "events": lambda panel, record, asked: event_columns(
        panel, record, as_of=asked.as_of, directed=asked.directed
    ),
    "gdp": lambda panel, record, asked: gdp_columns(
        panel, record, unit=asked.unit, as_of=asked.as_of
    ),
}


@dataclass(frozen=True, slots=True)
class PanelRequest:
    """What a panel is to hold."""

    dyads: tuple[str, ...]
    first: date
    last: date
    unit: Unit = Unit.YEAR
    parts: tuple[str, ...] = ("trade", "agreements", "memberships")
    system: StateSystem = StateSystem.ISO
    directed: bool = True
    as_of: date | None = None
    most_rows: int = MOST_ROWS


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel with the state of the record that it was built from."""

    frame: pl.DataFrame
    request: PanelRequest
    record_sha256: str


def build_panel(request: PanelRequest, record: Record) -> Panel:
    """Assemble a panel.

    Raises :class:`MeasureError` MEA006 for an unknown part, MEA007 without a period,
    MEA008 for unknown dyads, MEA011 beyond ``most_rows``, MEA012 for monthly GDP.
    """
    for part in request.parts:
        if part not in PARTS:
            raise MeasureError("MEA006", name=part, choices=", ".join(PARTS))
    if "gdp" in request.parts and request.unit is Unit.MONTH:
        raise MeasureError("MEA012", kind="GDP", unit="month")
    periods = periods_between(request.first, request.last, request.unit)
    pairs = parse_dyads(request.dyads, within=Period(periods[0].start, periods[-1].end))
    rows = len(pairs) * len(periods) * (2 if request.directed else 1)
    if rows > request.most_rows:
        raise MeasureError("MEA011", rows=f"{rows:,}", limit=f"{request.most_rows:,}")
    polities = _polities(pairs)
    frame = grid(pairs, periods, polities, system=request.system, directed=request.directed)
    for part in request.parts:
        frame = PARTS[part](frame, record, request)
    return Panel(frame.sort("source", "target", "period_start"), request, record.fingerprint)


def parse_dyads(words: Sequence[str], *, within: Period) -> list[tuple[str, str]]:
    """Unordered pairs from ``RUS-CHN``, the name of a bloc, a polity, or ``all``.

    A bloc stands for all pairs of those who were members at some time within the
    period; several lone polities for all pairs among them.
    """
    pairs: set[tuple[str, str]] = set()
    lone: list[str] = []
    for word in words:
        if word.lower() == "all":
            lone += [p.code for p in all_polities() if p.kind is PolityKind.STATE]
        elif "-" in word and find_polity(word) is None:
            source, _, target = word.partition("-")
            pairs.add(_sorted_pair(_code(source, word), _code(target, word)))
        else:
            lone += _group(word, within)
    pairs |= set(combinations(sorted(set(lone)), 2))
    if not pairs:
        raise MeasureError("MEA008", name=", ".join(words), suggestion="")
    return sorted(pairs)


def _group(word: str, within: Period) -> list[str]:
    code = _code(word, word)
    if not has_member_list(code):
        return [code]
    years = range(within.start.year, within.end.year + 1)
    found = {m for year in years for m in members(code, at=date(year, 12, 31))}
    return sorted(found | set(members(code, at=within.start)))


def _code(word: str, whole: str) -> str:
    polity = find_polity(word.strip()) or find_polity(word.strip().upper())
    if polity is None:
        close = [p.code for p in nearest_names(word, 1)]
        suggestion = f" Did you mean {close[0]}?" if close else ""
        raise MeasureError("MEA008", name=whole.strip()[:60], suggestion=suggestion)
    return polity.code


def _sorted_pair(first: str, second: str) -> tuple[str, str]:
    if first == second:
        raise MeasureError("MEA008", name=f"{first}-{second}", suggestion="")
    return min((first, second), (second, first))


def _polities(pairs: Sequence[tuple[str, str]]) -> dict[str, Polity]:
    codes = {code for pair in pairs for code in pair}
    return {code: polity for code in codes if (polity := get_polity(code)) is not None}
