"""Absorbing fixed effects: conjugate gradients for all variables at once.

Given weights, a layout turns the weighted regression of variables on the
effects into a symmetric positive semi-definite system in the effects' levels.
The system is singular (levels are defined up to constants) but consistent, on
which conjugate gradients converge to a solution, preconditioned by blocks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from accord.errors import GravityError
from accord.gravity.arrays import Floats, Ints, Kind
from accord.gravity.compiled import weighted_squares
from accord.gravity.cube import CubeLayout
from accord.gravity.design import Design
from accord.gravity.precondition import Blocks
from accord.gravity.sparse import SparseLayout
from accord.gravity.structure import find_structure

__all__ = ["Layout", "Solution", "absorb", "choose_layout", "cross_products", "explained"]

ITERATIONS = 2_000
# A direction bends the system less than this, in the norm of the preconditioner, by rounding alone.
SINGULAR = 1e-14
# Of a variable's weighted squares: what is left in digits.
ROUNDING = 1e-30
FEW = 12
# Below this many rows building the cube costs more than it saves; above this
# many cells a row, passing over empty cells costs more than following indices.
SMALLEST_CUBE, EMPTIEST = 20_000, 4


class Layout(Protocol):
    """How rows are stored so that passes over them are quick."""

    kind: str
    size: int
    levels: int
    has_effects: bool
    weights: Floats
    blocks: Blocks | None

    def store(self, values: NDArray[Kind], out: NDArray[Kind] | None = None) -> NDArray[Kind]:
        """Design rows (last axis) in storage order; into ``out`` where given."""

    def recall(self, values: NDArray[Kind]) -> NDArray[Kind]:
        """Stored rows (last axis) in design order."""

    def weigh(self, weights: Floats) -> None:
        """Take the weights of the transformations that follow."""

    def reduce(self, V: Floats) -> Floats:
        """Right-hand sides of the normal equations."""

    def apply(self, P: Floats) -> Floats:
        """The normal matrix times P."""

    def start(self, y: Floats, sweeps: int) -> Floats:
        """A first linear index in the space of the effects."""

    def residual(self, V: Floats, A: Floats, out: Floats | None = None) -> Floats:
        """V less the effects A and the eliminated effect; into ``out`` where given."""

    def products(self, V: Floats, A: Floats) -> Floats:
        """Cross products, shape (k, k), of the residuals under the weights."""

    def explained(self, V: Floats, a: Floats, slopes: Floats) -> Floats:
        """Regressors V[1:] times slopes, plus effects a, plus the eliminated effect of the rest."""

    def within(self, V: Floats, A: Floats) -> Iterator[tuple[slice, Floats]]:
        """The residual, portion by portion: which stored rows, and an array that is used again."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Effects, shape (k, levels), of each variable; passes used; whether all met the tolerance."""

    effects: Floats
    passes: int
    converged: bool


def choose_layout(design: Design, *, layout: str = "auto") -> Layout:
    """The cube where the effects make one and it is filled enough, else sorted rows.

    ``layout`` forces one of them; the results are the same.
    """
    if layout == "sparse" or (layout == "auto" and design.n < SMALLEST_CUBE):
        return SparseLayout(design.effects, design.n)
    structure = find_structure(design)
    if structure is not None:
        axes = (structure.exporter.count, structure.time.count, structure.importer.count)
        cells = math.prod(axes)
        if cells <= design.n * EMPTIEST:
            cube = CubeLayout(structure)
            if cube.single:
                return cube
    if layout == "cube":
        raise GravityError("GRA015", formula=design.formula.text)
    return SparseLayout(design.effects, design.n)


def absorb(
    layout: Layout,
    V: Floats,
    *,
    tolerance: float | Floats = 1e-9,
    start: Floats | None = None,
    squares: Floats | None = None,
    iterations: int = ITERATIONS,
) -> Solution:
    """Solve for the effects of the variables V, shape (k, size).

    ``tolerance`` bounds the residual of the normal equations relative to their
    right-hand side, both in the norm of the preconditioner; one for all or one
    a variable. ``start`` are effects to start from, ``squares`` the weighted sums of
    squares of the variables (0: not explained wholly by the effects) where they are known.
    """
    k = V.shape[0]
    if layout.levels == 0 or layout.blocks is None or k == 0:
        return Solution(np.zeros((k, layout.levels)), 0, True)
    B = layout.reduce(V)
    A = np.zeros_like(B) if start is None else start.copy()
    R = B if start is None else B - layout.apply(A)
    limit = np.asarray(tolerance) ** 2 * _products(B, layout.blocks.solve(B))
    if squares is None:
        squares = weighted_squares(V, layout.weights)
    # What rounding leaves of a variable that the effects explain wholly.
    floor = ROUNDING * squares
    return _conjugate(layout, layout.blocks, A, R, np.maximum(limit, floor), iterations)


def cross_products(layout: Layout, V: Floats, A: Floats) -> Floats:
    """Products, shape (k, k), of the variables less the effects A, under the weights."""
    if len(V) <= FEW:
        return layout.products(V, A)
    # Of many variables a matrix product is quicker; of few it only wakes other threads.
    gram = np.zeros((len(V), len(V)))
    for rows, part in layout.within(V, A):
        gram += (part * layout.weights[rows]) @ part.T
    return gram


def explained(layout: Layout, V: Floats, A: Floats, slopes: Floats) -> Floats:
    """What regressors V[1:] with these slopes and the effects explain of V[0], shape (size,).

    A, shape (k+1, levels), are the effects of each variable. It is summed from
    its parts and not taken as V[0] less a residual: a working residual may be
    large beyond all digits where the flow fitted is next to nothing.
    """
    return layout.explained(V, A[0] - slopes @ A[1:], slopes)


def _conjugate(
    layout: Layout, blocks: Blocks, A: Floats, R: Floats, limit: Floats, iterations: int
) -> Solution:
    Z = blocks.solve(R)
    rho = _products(R, Z)
    active: Ints = np.flatnonzero(rho > limit)
    P = Z[active]
    passes = 0
    while len(active) and passes < iterations:
        Q = layout.apply(P)
        passes += 1
        curvature = _products(P, Q)
        # What rounding has put where the system is singular cannot be taken away.
        curved = curvature > SINGULAR * rho[active]
        step = np.where(curved, rho[active] / np.where(curved, curvature, 1.0), 0.0)
        Z, fresh = blocks.advance(A, R, active, step, P, Q)
        ratio = fresh / rho[active]
        rho[active] = np.where(curved, fresh, 0.0)
        going = (fresh > limit[active]) & curved
        P = Z[going] + ratio[going, None] * P[going]
        active = active[going]
    return Solution(A, passes, bool((rho <= limit).all()))


def _products(A: Floats, B: Floats) -> Floats:
    """Inner products row by row, shape (k,)."""
    return np.asarray(np.einsum("kl,kl->k", A, B))
