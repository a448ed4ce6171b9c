"""Rows that Poisson regression cannot have: separation, found before estimation.

A row with no flow is separated if some combination z of regressors and effects
is zero wherever there is a flow, nowhere negative where there is none, and
positive in that row: its fitted flow would go to zero and the estimate would
not exist (Correia, Guimarães and Zylkin 2019, arXiv:1903.01633).

First what single effects (groups that have no flow at all) and two effects
together separate is read off directly (:mod:`accord.gravity.links`). Then the
iterative rectifier: project u, which starts as one in the rows with no flow, on
regressors and effects with great weight on the rows with a flow; put negative
values to zero; repeat. Since projecting keeps the inner
product of u with every separating z and rectifying never lowers it, u·z ≥ 1·z
throughout; so once u is below one everywhere nothing is separated, whatever
the weight. That bound makes the usual case, no separation, one projection.
Where u settles, it is itself the certificate. Rows it names are taken out and
the search starts again, until the bound says that nothing is left. Small
problems are decided by a linear program, which is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
from numba import prange

from accord.errors import GravityError
from accord.gravity.absorb import Layout, absorb, choose_layout, cross_products, explained
from accord.gravity.arrays import Codes, Floats, Mask
from accord.gravity.compiled import kernel
from accord.gravity.design import CONSTANT, Design
from accord.gravity.identify import BOUND, independent
from accord.gravity.links import separated_by_two

__all__ = ["SMALL_ROWS", "find_separated", "without_flow"]

WEIGHT = 1e6
ROUNDS = 200
# What settles is projected once more under this weight: a true certificate stays as it is, what
# only seemed one, because it is small on flows, goes to nothing.
CONFIRMING = 1e9
VIOLATION, POSITIVE = 1e-4, 1e-2
SMALL_ROWS, SMALL_LEVELS = 3_000, 1_500


def find_separated(
    design: Design,
    *,
    method: str = "auto",
    arranged: Layout | None = None,
    V: Floats | None = None,
) -> Mask:
    """Which rows of a design are separated, shape (n,).

    ``method``: ``auto``, ``rectifier`` or ``program`` (linear program).
    ``arranged`` and ``V`` are the layout of the design and, after one row of
    room, its stored regressors, where they have been made already.

    Raises:
        GravityError: GRA013 where neither method settles the question.
    """
    separated = _by_effects(design, np.zeros(design.n, dtype=bool))
    while True:
        whole = not separated.any()
        rest = design if whole else design.take(~separated)
        if (rest.y > 0).all() or not (rest.y > 0).any():
            return separated
        made = (arranged, V) if whole else (None, None)
        more = _search(rest, method, *made)
        if not more.any():
            return separated
        separated[np.flatnonzero(~separated)[more]] = True
        separated = _by_effects(design, separated)


def without_flow(design: Design, separated: Mask | None = None) -> Mask:
    """Rows in a group of some effect of which no row left has a flow, and those separated."""
    gone = np.zeros(design.n, dtype=bool) if separated is None else separated.copy()
    for effect in design.effects:
        some = np.zeros(effect.count, dtype=bool)
        _mark_flows(effect.codes, design.y, some)
        if not some.all():
            gone |= ~some[effect.codes]
    return gone


@kernel(parallel=True)
def _mark_flows(codes: Codes, y: Floats, some: Mask) -> None:
    for row in prange(len(y)):  # two threads may mark the same place: both write True
        if y[row] > 0.0:
            some[codes[row]] = True


def _by_effects(design: Design, separated: Mask) -> Mask:
    """Rows that single effects or two effects together separate, and those separated."""
    gone, before, flow = without_flow(design, separated), -1, design.y > 0
    while before != gone.sum():
        before = int(gone.sum())
        for first, second in combinations(design.effects, 2):
            gone |= separated_by_two(first, second, flow, ~gone)
    return gone


def _search(design: Design, method: str, arranged: Layout | None, V: Floats | None) -> Mask:
    small = design.n <= SMALL_ROWS and sum(e.count for e in design.effects) <= SMALL_LEVELS
    if method == "program" or (method == "auto" and small):
        settled = _program(design)
        if settled is not None:
            return settled
        if method == "program":
            raise GravityError("GRA013", rounds=ROUNDS)
    if arranged is None or V is None:
        arranged = choose_layout(design)
        X = _presentable(design)
        V = np.zeros((len(X) + 1, arranged.size))
        for number, x in enumerate(X):
            arranged.store(x, out=V[number + 1])
    found = _rectifier(design, arranged, V)
    if found is None and method == "auto" and not small:
        found = _program(design)
    if found is None:
        raise GravityError("GRA013", rounds=ROUNDS)
    return found


def _rectifier(design: Design, arranged: Layout, V: Floats) -> Mask | None:
    """Rows that the rectifier certifies; None where it does not settle. V[1:] are regressors."""
    present = arranged.store(np.ones(design.n, dtype=bool))
    boundary = present & ~(arranged.store(design.y) > 0)
    V = _orthonormal(arranged, V, present)
    project = _projector(arranged, V, np.where(boundary, 1.0, WEIGHT) * present)
    V[0] = boundary
    for _ in range(ROUNDS):
        fitted = project()
        highest = float(fitted[boundary].max())
        if highest < BOUND:
            return np.zeros(design.n, dtype=bool)
        lowest = float(fitted[boundary].min())
        astray = float(np.abs(fitted[present & ~boundary]).max())
        V[0] = np.where(boundary, np.maximum(fitted, 0.0), 0.0)
        if lowest > -VIOLATION * highest and astray < VIOLATION * highest:
            again = _projector(arranged, V, np.where(boundary, 1.0, CONFIRMING) * present)()
            certain = (V[0] > POSITIVE * highest) & (again > V[0] / 2)
            return arranged.recall(certain) if certain.any() else None
    return None


def _projector(arranged: Layout, V: Floats, weights: Floats) -> Callable[[], Floats]:
    """A function that projects V[0] on effects and regressors V[1:] under the weights."""
    arranged.weigh(weights)
    effects = np.zeros((len(V), arranged.levels))
    effects[1:] = absorb(arranged, V[1:], tolerance=1e-6).effects
    gram = cross_products(arranged, V[1:], effects[1:])
    scale = 1.0 / np.sqrt(np.maximum(np.diag(gram), 1e-300))
    inverse = np.linalg.pinv(gram * np.outer(scale, scale), rcond=1e-11, hermitian=True)

    def project() -> Floats:
        effects[0] = absorb(arranged, V[:1], tolerance=1e-5).effects[0]
        slope = cross_products(arranged, V, effects)[1:, 0] * scale
        return explained(arranged, V, effects, inverse @ slope * scale)

    return project


def _orthonormal(arranged: Layout, V: Floats, present: Mask) -> Floats:
    """Independent combinations of the regressors V[1:], below a row of room.

    Of two that differ on few rows the difference is what may separate; under
    the great weights of the rectifier its digits would be lost.
    """
    arranged.weigh(present.astype(np.float64))
    effects = absorb(arranged, V[1:], tolerance=1e-8).effects
    gram = cross_products(arranged, V[1:], effects)
    kept, _ = independent(gram, np.array([x @ x for x in V[1:]]))
    root = np.linalg.cholesky(gram[np.ix_(kept, kept)]) if kept.any() else np.zeros((0, 0))
    out = np.zeros((len(root) + 1, arranged.size))
    out[1:] = np.linalg.solve(root, V[1:][kept])
    return out


def _presentable(design: Design) -> list[Floats]:
    """Independent regressors, free of a mean that effects or a constant make up for, up to one.

    Digits that a large mean takes away, and two regressors that differ by rounding
    alone, are what a linear program stumbles over.
    """
    free = bool(design.effects) or CONSTANT in design.names
    pairs = zip(design.names, design.X, strict=True)
    X = np.array([x - x.mean() if free and name != CONSTANT else x for name, x in pairs])
    V = np.array([x / max(float(np.abs(x).max()), 1e-300) for x in X])
    kept, _ = independent(V @ V.T, (V * V).sum(axis=1)) if len(V) else (np.zeros(0, bool), None)
    return list(V[kept])


def _program(design: Design) -> Mask | None:
    """Maximise Σ z, 0 ≤ z ≤ 1 without a flow, z = 0 with one, z in the span: exact.

    None where the solver does not manage.
    """
    from scipy import sparse
    from scipy.optimize import linprog

    n = design.n
    zero = design.y == 0
    pieces = [sparse.csr_matrix(x[:, None]) for x in _presentable(design)]
    pieces += [
        sparse.csr_matrix((np.ones(n), (np.arange(n), e.codes)), shape=(n, e.count))
        for e in design.effects
    ]
    if not pieces:
        return np.zeros(n, dtype=bool)
    basis = sparse.hstack(pieces).tocsr()
    objective = -np.asarray(basis[zero].sum(axis=0)).ravel()
    lower, upper = np.zeros(n), zero.astype(np.float64)
    bounded = sparse.vstack([basis[zero], -basis[zero]])
    solved = linprog(
        objective,
        A_ub=bounded,
        b_ub=np.concatenate([upper[zero], lower[zero]]),
        A_eq=basis[~zero],
        b_eq=np.zeros(int((~zero).sum())),
        bounds=(None, None),
        method="highs",
    )
    if solved.status != 0:
        return None
    z = np.asarray(basis @ solved.x)
    return np.asarray(zero & (z > 1e-5))
