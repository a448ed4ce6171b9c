"""Bias correction and adjusted errors for Poisson gravity (Weidner and Zylkin 2021).

With exporter-time, importer-time and pair effects the estimate has a bias of
order 1/N from the noise in the estimated effects, and the clustered variance is
too small by the same order; with two-way effects only the variance is. This
follows the paper's analytical correction as the authors' Stata program
``ppml_fe_bias`` computes it, including its factors N/(N−1), its switch to an
approximate leverage when exporter-time and importer-time effects exceed 1,500,
and the exclusion of rows whose fitted flow is zero.

Both the bias and the variance are sums over residuals, and residuals are smaller
than the disturbances by their leverage; where the largest flows are also the
noisiest that hides half of the bias. ``adjusted`` therefore divides the residuals
by one less their leverage: on one side of each product in the bias (as the
authors do in the variance) and on both sides in the variance (as in the
leverage-adjusted variances of Bell and McCaffrey 2002). A large disturbance also raises the
weight of its own pair, whose regressors the effects then explain the better: there x̃ is too
small just where the noise is. On one side of the variance x̃ is therefore what it would be
without the pair. This is not in the paper; ``benchmarks/gravity_bias.py`` sets both side by
side. It needs the exact leverage: the approximation serves the variance but tells too little
of what the largest flows hide.

Notation: for a pair with fitted flows λ (T), shares θ = λ/Σλ, its Hessian is
H = Σλ (diag θ − θθ'); e = y − λ; x̃ are regressors free of the effects.
A sector that all effects share makes separate networks: exporter and importer
stand for exporter-sector and importer-sector throughout.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Codes, Floats
from accord.gravity.columns import ALIASES
from accord.gravity.fit import GravityFit
from accord.gravity.leverage import approximate_leverage, exact_leverage, two_way_leverage
from accord.gravity.panels import Panels, diagonals, panels_of, summed
from accord.gravity.structure import Structure, find_structure

__all__ = ["correct_bias"]

MOST_EXACT_LEVELS = 1_500
# The matrix of so many effects takes some 300 MB, and its inverse some seconds.
MOST_ADJUSTED_LEVELS = 6_000


def correct_bias(fit: GravityFit, *, leverage: str = "auto", adjusted: bool = False) -> GravityFit:
    """The fit with corrected coefficients (three-way) and adjusted errors.

    ``leverage``: ``exact``, ``approximate``, or ``auto``: as the authors choose, and exact
    for the adjusted correction. ``adjusted`` judges the noise by residuals over one less
    their leverage. Errors are clustered by pair whatever the fit's own clusters were.

    Raises ``GravityError`` GRA014 where the model is not two- or three-way PPML, GRA042
    where there are too many effects for the adjusted correction.
    """
    structure = find_structure(fit.design)
    if structure is None or fit.estimator != "ppml" or not _of_countries(structure):
        raise GravityError("GRA014", formula=fit.design.formula.text)
    panels = panels_of(fit, structure)
    bread = np.asarray(np.linalg.pinv(_weighted(panels), hermitian=True))
    kind = _leverage_kind(panels, structure, leverage, adjusted=adjusted)
    bias = np.zeros(len(fit.coefficients))
    if kind == "two-way":
        curvature, levers = diagonals(panels.flows), two_way_leverage(panels)
    else:
        curvature = panels.hessians
        levers = exact_leverage(panels) if kind == "exact" else approximate_leverage(panels)
    lifted = _lifted(panels, curvature, levers, bread)
    if kind != "two-way":
        bias = bread @ _bias_terms(panels, lifted if adjusted else panels.residual)
    if adjusted:
        covariance = _covariance(panels, lifted, lifted, bread, _without_pair(panels, levers))
    else:
        covariance = _covariance(panels, lifted, panels.residual, bread, panels.within)
    notes = (
        f"bias correction of Weidner and Zylkin (2021): {panels.P:,} pairs, {kind} leverage"
        f"{', leverage-adjusted residuals' if adjusted else ''}; errors clustered by pair",
    )
    return replace(
        fit,
        coefficients=fit.coefficients - bias,
        covariance=covariance,
        bias=bias,
        uncorrected=(fit.coefficients, fit.errors),
        notes=(*fit.notes, *notes),
    )


def _of_countries(structure: Structure) -> bool:
    """Whether the two sides are exporters and importers, not years."""
    sides = structure.exporter.columns | structure.importer.columns
    return not sides & frozenset(ALIASES["year"])


def _leverage_kind(panels: Panels, structure: Structure, leverage: str, *, adjusted: bool) -> str:
    if not structure.has_pair:
        return "two-way"
    if leverage != "auto":
        return leverage
    levels = (panels.I + panels.J) * panels.T
    if adjusted and levels > MOST_ADJUSTED_LEVELS:
        raise GravityError("GRA042", levels=levels, most=MOST_ADJUSTED_LEVELS)
    return "exact" if adjusted or levels <= MOST_EXACT_LEVELS else "approximate"


def _weighted(panels: Panels) -> Floats:
    """Σ λ x̃x̃', shape (K, K)."""
    return np.asarray(
        np.einsum("ptk,pt,ptl->kl", panels.within, panels.flows, panels.within, optimize=True)
    )


def _bias_terms(panels: Panels, noise: Floats) -> Floats:
    """What the noise of both sets of effects adds to the score, shape (K,).

    In the paper's terms W B and W D with their rates, times the number of pairs;
    ``noise``, shape (P, T), are the residuals or the disturbances judged by them.
    """
    exporters = panels.I / panels.sectors
    importers = panels.J / panels.sectors
    first = _one_side(panels, noise, panels.i, panels.I) * exporters / max(exporters - 1, 1)
    second = _one_side(panels, noise, panels.j, panels.J) * importers / max(importers - 1, 1)
    return first + second


def _one_side(panels: Panels, noise: Floats, code: Codes, count: int) -> Floats:
    """−tr(H⁺ Σ Hx̃e') + ½ tr(H⁺ G H⁺ Σ ee') summed over exporters (or importers)."""
    H = panels.hessians
    inverse = np.linalg.pinv(summed(H, code, count), rcond=1e-10, hermitian=True)
    e, X = panels.residual, panels.within
    curved = np.einsum("pst,ptk->psk", H, X)
    tilt = np.einsum("ps,pst,ptk->k", noise, inverse[code], curved, optimize=True)
    outer = summed(noise[:, :, None] * e[:, None, :], code, count)
    spread = inverse @ ((outer + outer.transpose(0, 2, 1)) / 2) @ inverse
    # G x summed over a side is −(H diag(x) + diag(x) H); with H symmetric both
    # halves have the same trace.
    bent = -2.0 * np.einsum("pst,psk,pts->k", H, X, spread[code], optimize=True)
    return np.asarray(-tilt + 0.5 * bent)


def _lifted(panels: Panels, curvature: Floats, levers: Floats, bread: Floats) -> Floats:
    """Each pair's residuals divided by one less its leverage, shape (P, T)."""
    X, e = panels.within, panels.residual
    whole = levers + curvature @ np.einsum("ptk,kl,psl->pts", X, bread, X, optimize=True)
    # The approximation leaves the mean of each pair out, so its matrix has no inverse;
    # like the authors, take the pseudo-inverse.
    lift = np.linalg.pinv(np.eye(panels.T) - whole, rcond=1e-10)
    return np.asarray((lift @ e[:, :, None])[:, :, 0])


def _without_pair(panels: Panels, levers: Floats) -> Floats:
    """x̃ of each pair as the effects estimated without it leave it, shape (P, T, K)."""
    back = np.linalg.pinv(np.eye(panels.T) - levers.transpose(0, 2, 1), rcond=1e-10)
    return np.asarray(back @ panels.within)


def _covariance(
    panels: Panels, one: Floats, other: Floats, bread: Floats, within: Floats
) -> Floats:
    """Covariance clustered by pair, from residuals (P, T) on either side of the product.

    ``within`` are the regressors, shape (P, T, K), on the side of ``other``.
    """
    left = np.einsum("ptk,pt->pk", panels.within, one)
    right = np.einsum("ptk,pt->pk", within, other)
    covariance = bread @ (left.T @ right) @ bread * (panels.P / max(panels.P - 1, 1))
    return np.asarray((covariance + covariance.T) / 2)
