"""How much each pair's residuals are shrunk by estimating the effects.

Blocks (P, T, T) of curvature times the variance of the effects, pair by pair.
``exact`` inverts the whole system of exporter-time and importer-time effects;
``approximate`` keeps of each product of averaging operators the part within
the pair, as the authors of Weidner and Zylkin (2021) do for large panels.
"""

from __future__ import annotations

import numpy as np
from scipy.linalg.lapack import dpotri, dpstrf

from accord.gravity.arrays import Floats
from accord.gravity.panels import Panels, summed

__all__ = ["approximate_leverage", "exact_leverage", "two_way_leverage"]


def exact_leverage(panels: Panels) -> Floats:
    """H d V d' with V the pseudo-inverse of the effects' Hessian, pair effects eliminated."""
    return np.asarray(panels.hessians @ _variance_within(panels, panels.hessians))


def two_way_leverage(panels: Panels) -> Floats:
    """Λ d V d' without pair effects: periods do not touch, so each is solved by itself."""
    out = np.zeros((panels.P, panels.T, panels.T))
    for t in range(panels.T):
        flows = panels.flows[:, t]
        V = np.linalg.pinv(_two_way_system(panels, flows), rcond=1e-12, hermitian=True)
        i, j = panels.i, panels.I + panels.j
        out[:, t, t] = flows * (V[i, i] + V[j, j] + 2.0 * V[i, j])
    return out


def approximate_leverage(panels: Panels) -> Floats:
    """The authors' approximation: products of averages, each kept to its own pair.

    With A and B the shares in exporter-time and importer-time totals (diagonal)
    and C the pair average, the annihilator (I−C)(I−B)(I−A)(I−C) less the
    identity, transposed and negated.
    """
    theta = panels.shares
    a = panels.flows / np.maximum(summed(panels.flows, panels.i, panels.I)[panels.i], 1e-300)
    b = panels.flows / np.maximum(summed(panels.flows, panels.j, panels.J)[panels.j], 1e-300)
    rows = a - a * b + b  # AC − BAC + BC, before their common factor θ_s
    level = (theta * rows).sum(axis=1, keepdims=True)
    columns = theta * (rows - 1.0)  # CA − CBA + CB − C
    D = rows[:, :, None] * theta[:, None, :] + columns[:, None, :]
    D -= level[:, :, None] * theta[:, None, :]  # − CAC + CBAC − CBC
    place = np.arange(panels.T)
    D[:, place, place] -= rows
    return np.asarray(-D.transpose(0, 2, 1))


def _variance_within(panels: Panels, H: Floats) -> Floats:
    """d V d' for each pair: the four blocks of V that its two sets of effects touch."""
    T, size = panels.T, (panels.I + panels.J) * panels.T
    M = np.zeros((size, size))
    grid = M.reshape(panels.I + panels.J, T, panels.I + panels.J, T)
    ends = [*summed(H, panels.i, panels.I), *summed(H, panels.j, panels.J)]
    for place, block in enumerate(ends):
        grid[place, :, place, :] = block
    i, j = panels.i, panels.I + panels.j
    grid[i, :, j, :] = grid[j, :, i, :] = H
    V = _inverse(M).reshape(grid.shape)
    return np.asarray(V[i, :, i] + V[i, :, j] + V[j, :, i] + V[j, :, j])


def _inverse(M: Floats) -> Floats:
    """A symmetric inverse of a semi-definite matrix where it has one, zero elsewhere.

    Levels are defined up to constants, which neither the Hessian on the left
    nor residuals that add to nothing within a pair on the right can see, so any
    generalised inverse serves: that of a largest independent block costs a
    fraction of the pseudo-inverse.
    """
    factor, pivots, rank, _ = dpstrf(M, tol=1e-12 * float(M.diagonal().max()), lower=1)
    inside, _ = dpotri(factor[:rank, :rank], lower=1)
    kept = pivots[:rank] - 1
    out = np.zeros_like(M)
    out[np.ix_(kept, kept)] = np.tril(inside) + np.tril(inside, -1).T
    return out


def _two_way_system(panels: Panels, flows: Floats) -> Floats:
    size = panels.I + panels.J
    M = np.zeros((size, size))
    np.add.at(M, (panels.i, panels.i), flows)
    np.add.at(M, (panels.I + panels.j, panels.I + panels.j), flows)
    np.add.at(M, (panels.i, panels.I + panels.j), flows)
    np.add.at(M, (panels.I + panels.j, panels.i), flows)
    return M
