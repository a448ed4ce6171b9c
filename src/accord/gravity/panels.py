"""Rows laid out as pairs by periods, for what is done pair by pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Codes, Floats
from accord.gravity.codes import compact
from accord.gravity.fit import GravityFit
from accord.gravity.structure import Structure

__all__ = ["Panels", "diagonals", "panels_of", "summed"]


@dataclass(frozen=True, eq=False)
class Panels:
    """Pairs as panels: λ and e with shape (P, T), x̃ with shape (P, T, K); absent cells zero.

    ``i`` and ``j`` (P,) number exporter and importer, ``I`` and ``J`` count them.
    """

    i: Codes
    j: Codes
    I: int  # noqa: E741  # the paper's notation
    J: int
    flows: Floats
    residual: Floats
    within: Floats
    sectors: int

    @property
    def P(self) -> int:  # noqa: N802  # the notation of the paper
        """Pairs."""
        return len(self.i)

    @property
    def T(self) -> int:  # noqa: N802  # the notation of the paper
        """Periods."""
        return int(self.flows.shape[1])

    @property
    def shares(self) -> Floats:
        """θ, each flow's share in its pair's total, shape (P, T)."""
        return np.asarray(self.flows / self.flows.sum(axis=1, keepdims=True))

    @property
    def hessians(self) -> Floats:
        """H of each pair, shape (P, T, T)."""
        return diagonals(self.flows) - self.shares[:, :, None] * self.flows[:, None, :]


def panels_of(fit: GravityFit, structure: Structure) -> Panels:
    """The fit's rows laid out as pairs by periods."""
    E, M, time = structure.exporter, structure.importer, structure.time
    pair, count = compact(E.codes.astype(np.int64) * M.count + M.codes, E.count * M.count)
    cell = pair.astype(np.int64) * time.count + time.codes
    if len(np.unique(cell)) < len(cell):
        raise GravityError("GRA014", formula=fit.design.formula.text)
    K = len(fit.names)
    flows, residual = np.zeros(count * time.count), np.zeros(count * time.count)
    within = np.zeros((count * time.count, K))
    flows[cell], residual[cell], within[cell] = fit.fitted, fit.residual, fit.within.T
    i, j = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int32)
    i[pair], j[pair] = E.codes, M.codes
    shape = (count, time.count)
    return Panels(
        i, j, E.count, M.count, flows.reshape(shape), residual.reshape(shape),
        within.reshape(*shape, K), structure.sectors,
    )  # fmt: skip


def diagonals(values: Floats) -> Floats:
    """Diagonal matrices, shape (P, T, T), of values (P, T)."""
    out = np.zeros((*values.shape, values.shape[1]))
    place = np.arange(values.shape[1])
    out[:, place, place] = values
    return out


def summed(blocks: Floats, code: Codes, count: int) -> Floats:
    """Blocks (P, …) summed over pairs of the same code, shape (count, …)."""
    order = np.argsort(code, kind="stable")
    present, starts = np.unique(code[order], return_index=True)
    out = np.zeros((count, *blocks.shape[1:]))
    out[present] = np.add.reduceat(blocks[order], starts, axis=0)
    return out
