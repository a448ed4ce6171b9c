"""The result of an equilibrium: effects by country and by dyad, and how well it holds.

Three effects as the literature names them: *partial* (trade costs alone),
*conditional* (prices of buyers and sellers adjust, output and expenditure
stay), *full* (output and expenditure adjust as well).
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from accord.gravity.arrays import Floats
from accord.gravity.baseline import Baseline
from accord.gravity.margins import balance

__all__ = ["Counterfactual", "Residuals"]


@dataclass(frozen=True, slots=True)
class Residuals:
    """Largest relative gaps: markets, world budget, price index, welfare identity."""

    market: float
    world: float
    price_index: float
    welfare_identity: float


@dataclass(frozen=True, eq=False)
class Counterfactual:
    """An equilibrium after a change of trade costs.

    ``prices`` (p̂) and ``price_index`` (P̂) have shape (N,), ``flows`` shape
    (N, N); prices are ratios to the baseline in the
    numéraire (``reference``'s consumer price, or world output held).
    """

    baseline: Baseline
    change: Floats
    sigma: float
    mode: str
    deficit: str
    reference: str | None
    prices: Floats
    price_index: Floats
    flows: Floats
    steps: int
    last_step: float
    residuals: Residuals
    notes: tuple[str, ...] = ()

    @cached_property
    def conditional(self) -> Floats:
        """Flows when trade costs change but output and expenditure stay, shape (N, N)."""
        base = self.baseline
        return balance(base.flows * self.change, base.output, base.expenditure).flows

    @property
    def real_gdp(self) -> Floats:
        """p̂/P̂: the change of real output, and of welfare where trade is balanced."""
        return self.prices / self.price_index

    @property
    def welfare(self) -> Floats:
        """Ê/P̂: the change of real expenditure."""
        spent = self.flows.sum(axis=0) / self.baseline.expenditure
        return np.asarray(spent / self.price_index)

    def by_country(self) -> pl.DataFrame:
        """Percentage changes by country, under the names of the Advanced Guide.

        ``change_Xi_*`` exports abroad (PARTIAL, CDL conditional, FULL),
        ``change_Mi_FULL`` imports, ``change_price_FULL`` factory price,
        ``change_IMR_FULL`` and ``change_OMR_FULL`` inward and outward
        multilateral resistance, ``change_rGDP_FULL`` real output,
        ``change_welfare_FULL`` real expenditure.
        """
        base = self.baseline.flows
        outward = self.prices ** (self.sigma / (1.0 - self.sigma))
        return pl.DataFrame(
            {
                "country": list(self.baseline.countries),
                "output": self.baseline.output,
                "change_Xi_PARTIAL": _percent(_abroad(base * self.change, 1) / _abroad(base, 1)),
                "change_Xi_CDL": _percent(_abroad(self.conditional, 1) / _abroad(base, 1)),
                "change_Xi_FULL": _percent(_abroad(self.flows, 1) / _abroad(base, 1)),
                "change_Mi_FULL": _percent(_abroad(self.flows, 0) / _abroad(base, 0)),
                "change_price_FULL": _percent(self.prices),
                "change_IMR_FULL": _percent(self.price_index),
                "change_OMR_FULL": _percent(outward),
                "change_rGDP_FULL": _percent(self.real_gdp),
                "change_welfare_FULL": _percent(self.welfare),
            }
        )

    def by_dyad(self) -> pl.DataFrame:
        """Flows before and after for every dyad: baseline, partial, conditional, full."""
        N = len(self.baseline.countries)
        names = np.array(self.baseline.countries)
        return pl.DataFrame(
            {
                "exporter": np.repeat(names, N),
                "importer": np.tile(names, N),
                "baseline": self.baseline.flows.ravel(),
                "partial": (self.baseline.flows * self.change).ravel(),
                "conditional": self.conditional.ravel(),
                "full": self.flows.ravel(),
            }
        )

    def to_dict(self, *, dyads: bool = False) -> dict[str, Any]:
        """The JSON form of ``accord gravity solve``."""
        found: dict[str, Any] = {
            "schema_version": 1,
            "mode": self.mode,
            "sigma": self.sigma,
            "deficit": self.deficit,
            "reference": self.reference,
            "converged": True,
            "iterations": self.steps,
            "last_step": self.last_step,
            "residuals": {
                "market": self.residuals.market,
                "world": self.residuals.world,
                "price_index": self.residuals.price_index,
                "welfare_identity": self.residuals.welfare_identity,
            },
            "countries": _rows(self.by_country()),
            "notes": list(self.notes),
        }
        if dyads:
            found["dyads"] = _rows(self.by_dyad())
        return found

    def to_text(self) -> str:
        """The table by country with what stands behind it."""
        from accord.gravity.tables import text_table

        shown = self.by_country().select(
            "country", "change_Xi_PARTIAL", "change_Xi_CDL", "change_Xi_FULL",
            "change_price_FULL", "change_IMR_FULL", "change_rGDP_FULL",
        )  # fmt: skip
        head = ("", "exports: partial", "conditional", "full", "price", "IMR", "real GDP")
        rows = [
            (str(row[0]), *("" if v is None else f"{v:+.3f}" for v in row[1:]))
            for row in shown.iter_rows()
        ]
        return "\n".join([*text_table(head, rows), "", *self.footnotes()])

    def footnotes(self) -> list[str]:
        """What the figures mean and how well they hold."""
        money = f"consumer price of {self.reference}" if self.reference else "world output"
        r = self.residuals
        return [
            f"changes in per cent; σ = {self.sigma:g}; deficits: {self.deficit}; "
            f"numéraire: {money}",
            f"{self.mode} solution in {self.steps} steps; largest gap: markets {r.market:.1e}, "
            f"price indices {r.price_index:.1e}, welfare identity {r.welfare_identity:.1e}",
            *self.notes,
        ]

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        frame = self.by_country()
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in frame.columns)
        body = ""
        for first, *rest in frame.iter_rows():
            cells = "".join(f"<td>{'' if v is None else f'{v:,.3f}'}</td>" for v in rest)
            body += f'<tr><th scope="row">{html.escape(str(first))}</th>{cells}</tr>'
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.footnotes())
        return (
            "<table><caption>Effects by country, per cent</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"
        )


def _abroad(flows: Floats, axis: int) -> Floats:
    total = flows.sum(axis=axis) - np.diag(flows)
    return np.where(total > 0, total, np.nan)


def _percent(ratio: Floats) -> pl.Series:
    return pl.Series((ratio - 1.0) * 100.0).fill_nan(None)


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return list(frame.iter_rows(named=True))
