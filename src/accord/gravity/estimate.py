"""Estimating a gravity equation: design, separation, collinearity, iterations, covariance."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any, Literal

import numpy as np

from accord.errors import GravityError
from accord.gravity.absorb import Layout, absorb, choose_layout
from accord.gravity.columns import Floats, Mask
from accord.gravity.covariance import sandwich
from accord.gravity.design import CONSTANT, Design, build_design
from accord.gravity.fit import GravityFit, Within
from accord.gravity.irls import Optimum, least_squares, moments, reweighted
from accord.gravity.separation import find_separated

__all__ = ["Estimator", "fit_design", "fit_gravity"]

Estimator = Literal["ppml", "ols", "gamma"]
ESTIMATORS = ("ppml", "ols", "gamma")
# A regressor of whose variation less than this share is left by the effects and
# the regressors before it counts as explained by them.
COLLINEAR = 1e-10


def fit_gravity(
    data: Any,
    formula: str,
    *,
    estimator: Estimator = "ppml",
    cluster: str | None = None,
    bias_correction: bool = False,
    tolerance: float = 1e-8,
    repeated: str = "error",
    layout: str = "auto",
) -> GravityFit:
    """Estimate a gravity equation with fixed effects.

    Args:
        data: a polars, pandas or Arrow table, one row a flow.
        formula: ``trade ~ rta | exporter^year + importer^year + pair``.
        estimator: ``ppml`` (Poisson), ``gamma``, or ``ols`` on the log of the flow.
        cluster: ``pair``, ``exporter + importer``, ``robust``; None takes the pair.
        bias_correction: Weidner and Zylkin (2021) for two- and three-way PPML.
        tolerance: on the last step of the linear index (root mean square).
        repeated: ``allow`` takes a pair that stands twice in a period.
        layout: ``auto``, ``cube`` or ``sparse``; the results are the same.

    Raises:
        GravityError: GRA001–GRA019.
    """
    if estimator not in ESTIMATORS:
        raise GravityError("GRA012", value=estimator, known=", ".join(ESTIMATORS))
    design = build_design(data, formula, estimator=estimator, cluster=cluster, repeated=repeated)
    fit = fit_design(design, estimator=estimator, tolerance=tolerance, layout=layout)
    if bias_correction:
        from accord.gravity.bias import correct_bias

        return correct_bias(fit)
    return fit


def fit_design(
    design: Design,
    *,
    estimator: Estimator = "ppml",
    tolerance: float = 1e-8,
    layout: str = "auto",
) -> GravityFit:
    """Estimate a design; arguments as for :func:`fit_gravity`."""
    arranged = choose_layout(design, layout=layout)
    V, scale = _standardised(design, arranged)
    if estimator == "ppml":
        separated = find_separated(design, arranged=arranged, X=V[1:])
        if separated.any():
            design = _without_separated(design, separated)
            arranged = choose_layout(design, layout=layout)
            V, scale = _standardised(design, arranged)
    present = arranged.store(np.ones(design.n)) > 0
    kept = _independent(arranged, V[1:], present)
    if not kept.all():
        V, scale = np.ascontiguousarray(V[[True, *kept]]), scale[kept]
        design = _without_collinear(design, kept)
    y = arranged.store(design.y)
    if estimator == "ols":
        optimum = least_squares(arranged, y, V, present)
    else:
        optimum = reweighted(arranged, y, V, present, family=estimator, tolerance=tolerance)
    return _result(design, arranged, optimum, scale, estimator, tolerance)


def _without_separated(design: Design, separated: Mask) -> Design:
    if not (design.y[~separated] > 0).any():
        raise GravityError("GRA008", column=design.formula.response)
    dropped = replace(design.dropped, separated=design.rows[separated])
    return replace(design.take(~separated), dropped=dropped)


def _without_collinear(design: Design, kept: Mask) -> Design:
    collinear = tuple(name for name, keep in zip(design.names, kept, strict=True) if not keep)
    return replace(
        design,
        X=design.X[kept],
        names=tuple(name for name in design.names if name not in collinear),
        dropped=replace(design.dropped, collinear=collinear),
    )


def _standardised(design: Design, layout: Layout) -> tuple[Floats, Floats]:
    """Regressors in standard deviations, stored below one empty row; and those deviations.

    They are centred where effects absorb the mean, which spares digits.
    """
    V = np.empty((len(design.X) + 1, layout.size))
    scale = np.ones(len(design.X))
    for number, x in enumerate(design.X):
        centre = x.mean() if design.effects else 0.0
        moved = x - centre
        deviation = math.sqrt(float(moved @ moved) / len(x))
        scale[number] = deviation if deviation > 0 else 1.0
        moved /= scale[number]
        V[number + 1] = layout.store(moved)
    return V, scale


def _independent(layout: Layout, X: Floats, present: Mask) -> Mask:
    """Which regressors are explained neither by the effects nor by those before them."""
    k = len(X)
    if not k:
        return np.zeros(0, dtype=bool)
    weights = present.astype(np.float64)
    layout.weigh(weights)
    within = layout.residual(X, absorb(layout, X, tolerance=1e-8).effects)
    gram, _ = moments(within, weights, with_slope=False)
    whole = np.maximum((X * X) @ weights, 1e-300)
    kept = np.zeros(k, dtype=bool)
    for number in range(k):
        before = np.flatnonzero(kept)
        left = gram[number, number]
        if len(before) and left > COLLINEAR * whole[number]:
            cross = gram[before, number]
            left -= float(cross @ np.linalg.solve(gram[np.ix_(before, before)], cross))
        kept[number] = left > COLLINEAR * whole[number]
    return kept


def _result(
    design: Design,
    layout: Layout,
    optimum: Optimum,
    scale: Floats,
    estimator: Estimator,
    tolerance: float,
) -> GravityFit:
    within = Within(layout, optimum.within, scale)
    hessian = optimum.hessian * np.outer(scale, scale)
    residual = layout.recall(optimum.residual)
    scores = (
        layout.recall(row * optimum.residual) * s
        for row, s in zip(optimum.within, scale, strict=True)
    )
    covariance, counts = sandwich(scores, hessian, design.clusters)
    notes = list(design.notes)
    if not optimum.converged:
        notes.append(f"not converged after {optimum.iterations} iterations")
    if CONSTANT in design.dropped.collinear:
        notes.append("the constant is explained by the other regressors")
    return GravityFit(
        estimator=estimator,
        design=design,
        coefficients=optimum.coefficients / scale,
        covariance=covariance,
        hessian=hessian,
        index=layout.recall(optimum.index),
        residual=residual,
        cluster_counts=counts,
        deviance=optimum.deviance,
        iterations=optimum.iterations,
        passes=optimum.passes,
        converged=optimum.converged,
        last_step=optimum.step,
        score=optimum.score,
        tolerance=tolerance,
        layout=layout.kind,
        regressors_within=within,
        notes=tuple(notes),
    )
