"""The rows of a dyad panel: pairs by periods, and columns hung onto them.

Pure functions on frames. A row stands for an ordered pair (or, undirected, for the
pair in alphabetical order) and a period in which both belonged to the state system.
A figure that is not known is null, never zero; a count is zero only where the record
covers both polities and holds nothing between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from accord.errors import MeasureError
from accord.model.period import Period
from accord.model.polity import Polity

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "KEYS",
    "StateSystem",
    "Unit",
    "attach",
    "count_column",
    "grid",
    "pair_spells",
    "periods_between",
    "shared_counts",
    "state_id",
]

KEYS = ("source", "target", "period_start")


class StateSystem(StrEnum):
    """By whose list a polity counts as a state."""

    ISO = "iso"
    COW = "cow"
    GW = "gw"


class Unit(StrEnum):
    """How long a period is."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Spell:
    """A tie of two polities from a day until the day before another; ``None`` is open."""

    source: str
    target: str
    start: date
    end: date | None


def periods_between(first: date, last: date, unit: Unit) -> list[Period]:
    """The months or years that lie wholly between two days. Raises MEA007 if there are none."""
    months = unit is Unit.MONTH
    found = [
        Period.of_month(year, month) if months else Period.of_year(year)
        for year in range(first.year, last.year + 1)
        for month in (range(1, 13) if months else (1,))
    ]
    inside = [p for p in found if p.start >= first and p.end <= last]
    if not inside:
        raise MeasureError("MEA007", first=first, last=last)
    return inside


def state_id(polity: Polity, system: StateSystem) -> str | int | None:
    """The number or code of a polity in a state system; ``None`` if it does not belong."""
    if system is StateSystem.COW:
        return polity.cow
    if system is StateSystem.GW:
        return polity.gw
    return polity.iso3 or polity.code


def grid(
    pairs: Iterable[tuple[str, str]],
    periods: Sequence[Period],
    polities: Mapping[str, Polity],
    *,
    system: StateSystem = StateSystem.ISO,
    directed: bool = True,
) -> pl.DataFrame:
    """One row a pair and period in which both existed for at least a day.

    Columns: ``source``, ``target``, ``source_id``, ``target_id`` (text, by the state
    system), ``period_start``, ``period_end``. Pairs of which one does not belong to
    the system are left out.
    """
    import polars as pl

    chosen = _ordered(pairs, directed)
    ids = {code: state_id(polity, system) for code, polity in polities.items()}
    alive = {
        code: [_exists_during(polity, period) for period in periods]
        for code, polity in polities.items()
    }
    columns: dict[str, list[object]] = {name: [] for name in _GRID_TYPES}
    for source, target in chosen:
        if ids.get(source) is None or ids.get(target) is None:
            continue
        for n, period in enumerate(periods):
            if alive[source][n] and alive[target][n]:
                row = (source, target, str(ids[source]), str(ids[target]), period.start, period.end)
                for name, value in zip(_GRID_TYPES, row, strict=True):
                    columns[name].append(value)
    types = {name: pl.Date if kind is date else pl.String for name, kind in _GRID_TYPES.items()}
    return pl.DataFrame(columns, schema=types)


_GRID_TYPES: dict[str, type] = {
    "source": str,
    "target": str,
    "source_id": str,
    "target_id": str,
    "period_start": date,
    "period_end": date,
}


def _ordered(pairs: Iterable[tuple[str, str]], directed: bool) -> list[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for first, second in pairs:
        if first != second:
            found.add(min((first, second), (second, first)))
    if directed:
        found |= {(second, first) for first, second in found}
    return sorted(found)


def _exists_during(polity: Polity, period: Period) -> bool:
    started = polity.valid_from is None or polity.valid_from <= period.end
    return started and (polity.valid_to is None or polity.valid_to > period.start)


def attach(panel: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """The panel with more columns, matched on :data:`KEYS`; what is not known is null."""
    return panel.join(columns, on=list(KEYS), how="left")


def pair_spells(
    parties: Iterable[str], start: date, end: date | None, *, ordered: bool = False
) -> list[Spell]:
    """The ties that a fact with several parties makes: one spell for each pair of them."""
    pairs = permutations(parties, 2) if ordered else combinations(sorted(set(parties)), 2)
    return [Spell(source, target, start, end) for source, target in pairs]


def count_column(
    panel: pl.DataFrame,
    spells: Iterable[Spell],
    *,
    name: str,
    covered: Iterable[str],
    symmetric: bool = True,
) -> pl.DataFrame:
    """The panel with a count of the spells that hold on the last day of each period.

    Zero where both polities are ``covered`` and there is none, null where one is not.
    Symmetric spells count for both orders of a pair.
    """
    import polars as pl

    rows = [(s.source, s.target, s.start, s.end) for s in spells]
    if symmetric:
        rows += [(target, source, start, end) for source, target, start, end in rows]
    types = {"source": pl.String, "target": pl.String, "since": pl.Date, "until": pl.Date}
    held = pl.DataFrame(rows, schema=types, orient="row")
    last_day = pl.col("period_end")
    counted = (
        panel.lazy()
        .select(*KEYS, "period_end")
        .join(held.lazy(), on=["source", "target"], how="inner")
        .filter(
            (pl.col("since") <= last_day)
            & (pl.col("until").is_null() | (pl.col("until") > last_day))
        )
        .group_by(list(KEYS))
        .agg(pl.len().cast(pl.Int64).alias(name))
        .collect()
    )
    return _zero_where_covered(attach(panel, counted), name, covered)


def shared_counts(
    panel: pl.DataFrame, belongs: pl.DataFrame, *, name: str, ratio_name: str
) -> pl.DataFrame:
    """The panel with the number of groups that both belong to on a period's last day.

    ``belongs`` has ``polity``, ``group``, ``since``, ``until`` (null where open).
    ``ratio_name`` is that number over the groups that either belongs to (Jaccard).
    Null for polities of which no membership is known.
    """
    import polars as pl

    days = panel.select("period_start", "period_end").unique()
    standing = (
        belongs.join(days, how="cross")
        .filter(
            (pl.col("since").is_null() | (pl.col("since") <= pl.col("period_end")))
            & (pl.col("until").is_null() | (pl.col("until") > pl.col("period_end")))
        )
        .select("polity", "group", "period_start")
        .unique()
    )
    sizes = standing.group_by("polity", "period_start").agg(pl.len().alias("size"))
    both = (
        standing.join(standing, on=["group", "period_start"], suffix="_other")
        .filter(pl.col("polity") != pl.col("polity_other"))
        .group_by("polity", "polity_other", "period_start")
        .agg(pl.len().cast(pl.Int64).alias(name))
        .rename({"polity": "source", "polity_other": "target"})
    )
    counted = _zero_where_covered(attach(panel, both), name, belongs["polity"].unique())
    return _with_ratio(counted, sizes, name, ratio_name)


def _with_ratio(
    panel: pl.DataFrame, sizes: pl.DataFrame, name: str, ratio_name: str
) -> pl.DataFrame:
    import polars as pl

    for side in ("source", "target"):
        own = sizes.rename({"polity": side, "size": f"_{side}"})
        panel = panel.join(own, on=[side, "period_start"], how="left")
    either = pl.col("_source").fill_null(0) + pl.col("_target").fill_null(0) - pl.col(name)
    ratio = pl.when(either > 0).then(pl.col(name) / either).alias(ratio_name)
    return panel.with_columns(ratio).drop("_source", "_target")


def _zero_where_covered(panel: pl.DataFrame, name: str, covered: Iterable[str]) -> pl.DataFrame:
    import polars as pl

    known = list(covered)
    both = pl.col("source").is_in(known) & pl.col("target").is_in(known)
    count = pl.when(both).then(pl.col(name).fill_null(0)).otherwise(pl.col(name))
    return panel.with_columns(count.alias(name))
