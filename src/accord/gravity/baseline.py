"""The baseline of an equilibrium: a square matrix of flows, and a change of trade costs.

Tables of dyads become matrices here, and everything that makes an equilibrium
meaningless is refused: no domestic trade, negative flows, a dyad twice, a
country that sells or buys nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Floats, Ints
from accord.gravity.columns import Columns
from accord.gravity.links import networks

__all__ = ["Baseline", "check_balance", "check_change", "read_baseline", "read_change"]


@dataclass(frozen=True, eq=False)
class Baseline:
    """Flows X, shape (N, N), exporter by importer, in any currency; domestic on the diagonal."""

    countries: tuple[str, ...]
    flows: Floats

    def __post_init__(self) -> None:
        check_flows(self.countries, self.flows)

    @property
    def output(self) -> Floats:
        """Output of each country, shape (N,)."""
        return np.asarray(self.flows.sum(axis=1))

    @property
    def expenditure(self) -> Floats:
        """Expenditure of each country, shape (N,)."""
        return np.asarray(self.flows.sum(axis=0))

    @property
    def shares(self) -> Floats:
        """Share of exporter i in what importer j spends, columns adding to one."""
        return self.flows / self.expenditure

    def place(self, country: str) -> int:
        """Where a country stands; GRA032 where it does not."""
        if country not in self.countries:
            raise GravityError("GRA032", country=country, known=", ".join(self.countries[:20]))
        return self.countries.index(country)


def read_baseline(data: Any, *, value: str | None = None) -> Baseline:
    """A baseline from a table with exporter, importer and value, one row a dyad.

    ``value`` names the column of flows (default ``value``, else ``trade``).
    Dyads that are absent have no flow. Raises ``GravityError`` GRA030–GRA037.
    """
    columns = Columns(data)
    name = value or next(
        (n for n in ("value", "trade", "flow", "fitted") if n in columns.names), "value"
    )
    exporters, importers = _ends(columns)
    countries = tuple(sorted(set(exporters) | set(importers)))
    X = np.zeros((len(countries), len(countries)))
    row, column = _places(exporters, countries), _places(importers, countries)
    numbers = columns.numbers(name)
    _check_dyads(exporters, importers, row, column, numbers, len(countries))
    X[row, column] = numbers
    return Baseline(countries, X)


def read_change(data: Any, baseline: Baseline, *, value: str = "phi_hat") -> Floats:
    """The change t̂^(1−σ) of trade costs from a table of dyads; one where a dyad is absent.

    Raises ``GravityError`` GRA033 for a change that is not positive, GRA032 for
    a country that the baseline lacks, GRA031 for a dyad that stands twice.
    """
    columns = Columns(data)
    exporters, importers = _ends(columns)
    for country in dict.fromkeys([*exporters, *importers]):
        baseline.place(country)
    row, column = _places(exporters, baseline.countries), _places(importers, baseline.countries)
    numbers = columns.numbers(value)
    bad = np.flatnonzero(~(np.isfinite(numbers) & (numbers > 0)))
    if len(bad):
        b = int(bad[0])
        raise GravityError(
            "GRA033", dyad=f"{exporters[b]} → {importers[b]}", value=numbers[b], column=value
        )
    _check_twice(exporters, importers, row, column, len(baseline.countries))
    change = np.ones_like(baseline.flows)
    change[row, column] = numbers
    return change


def check_flows(countries: tuple[str, ...], X: Floats) -> None:
    """Refuse flows from which no equilibrium follows."""
    N = len(countries)
    if X.shape != (N, N):
        raise GravityError("GRA035", dyad=f"{N} countries", value=f"a table of {X.shape}")
    bad = np.argwhere(~(np.isfinite(X) & (X >= 0)))
    if len(bad):
        i, j = bad[0]
        raise GravityError("GRA035", dyad=f"{countries[i]} → {countries[j]}", value=X[i, j])
    alone = np.flatnonzero(~(np.diag(X) > 0))
    if len(alone):
        names = ", ".join(countries[i] for i in alone[:10])
        raise GravityError("GRA030", countries=names, count=len(alone))
    part = networks(X > 0)
    parts, sizes = np.unique(part, return_counts=True)
    if len(parts) > 1:
        smallest = np.flatnonzero(part == parts[np.argmin(sizes)])
        names = ", ".join(countries[i] for i in smallest[:10])
        raise GravityError("GRA040", count=len(parts), countries=names)


def check_balance(baseline: Baseline) -> None:
    """Refuse flows that go one way only where each country is to sell what it buys abroad."""
    from scipy.sparse.csgraph import connected_components

    X = baseline.flows
    count, part = connected_components(X > 0, directed=True, connection="strong")
    if count > 1:
        smallest = np.flatnonzero(part == np.argmin(np.bincount(part)))
        names = ", ".join(baseline.countries[i] for i in smallest[:10])
        raise GravityError("GRA043", countries=names)


def check_change(countries: tuple[str, ...], change: Floats) -> None:
    """Refuse a change of trade costs that is not one positive number a dyad."""
    N = len(countries)
    if change.shape != (N, N):
        where, value = f"{N} countries", f"a table of {change.shape}"
        raise GravityError("GRA033", dyad=where, value=value, column="phi_hat")
    bad = np.argwhere(~(np.isfinite(change) & (change > 0)))
    if len(bad):
        i, j = bad[0]
        dyad = f"{countries[i]} → {countries[j]}"
        raise GravityError("GRA033", dyad=dyad, value=change[i, j], column="phi_hat")


def _ends(columns: Columns) -> tuple[list[str], list[str]]:
    found = []
    for role in ("exporter", "importer"):
        values = columns.series(columns.role(role) or role).to_list()
        if any(value is None for value in values):
            raise GravityError("GRA034", row=values.index(None) + 1, column=role)
        found.append([str(value) for value in values])
    return found[0], found[1]


def _places(names: list[str], countries: tuple[str, ...]) -> Ints:
    places = {country: place for place, country in enumerate(countries)}
    return np.array([places[name] for name in names], dtype=np.int64)


def _check_dyads(
    exporters: list[str], importers: list[str], row: Ints, column: Ints, values: Floats, N: int
) -> None:
    bad = np.flatnonzero(~(np.isfinite(values) & (values >= 0)))
    if len(bad):
        b = int(bad[0])
        raise GravityError("GRA035", dyad=f"{exporters[b]} → {importers[b]}", value=values[b])
    _check_twice(exporters, importers, row, column, N)


def _check_twice(
    exporters: list[str], importers: list[str], row: Ints, column: Ints, N: int
) -> None:
    _, first, counts = np.unique(row * N + column, return_index=True, return_counts=True)
    if (counts > 1).any():
        b = int(first[np.argmax(counts > 1)])
        raise GravityError("GRA031", dyad=f"{exporters[b]} → {importers[b]}")
