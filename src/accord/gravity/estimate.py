"""Estimating a gravity equation: design, separation, collinearity, iterations, covariance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from accord.errors import GravityError
from accord.gravity.absorb import Layout, absorb, choose_layout
from accord.gravity.columns import Floats
from accord.gravity.covariance import sandwich
from accord.gravity.design import CONSTANT, Design, build_design
from accord.gravity.fit import GravityFit
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
    if estimator == "ppml":
        design = _without_separated(design, layout)
    arranged = choose_layout(design.effects, design.n, layout=layout)
    present = arranged.store(np.ones(design.n)) > 0
    X, scale = _standardised(design)
    X = arranged.store(X)
    kept = _independent(arranged, X, present)
    collinear = tuple(name for name, keep in zip(design.names, kept, strict=True) if not keep)
    design = replace(
        design,
        X=design.X[kept],
        names=tuple(name for name, keep in zip(design.names, kept, strict=True) if keep),
        dropped=replace(design.dropped, collinear=collinear),
    )
    X, scale = X[kept], scale[kept]
    y = arranged.store(design.y)
    if estimator == "ols":
        optimum = least_squares(arranged, y, X, present)
    else:
        optimum = reweighted(arranged, y, X, present, family=estimator, tolerance=tolerance)
    return _result(design, arranged, optimum, scale, estimator, tolerance)


def _without_separated(design: Design, layout: str) -> Design:
    separated = find_separated(design, layout=layout)
    if not separated.any():
        return design
    if (design.y[~separated] > 0).sum() == 0:
        raise GravityError("GRA008", column=design.formula.response)
    dropped = replace(design.dropped, separated=design.rows[separated])
    return replace(design.take(~separated), dropped=dropped)


def _standardised(design: Design) -> tuple[Floats, Floats]:
    """Regressors in units of their standard deviation, centred where effects absorb the mean."""
    if not len(design.X):
        return design.X, np.ones(0)
    centre = design.X.mean(axis=1) if design.effects else np.zeros(len(design.X))
    scale = np.sqrt(((design.X - centre[:, None]) ** 2).mean(axis=1))
    scale = np.where(scale > 0, scale, 1.0)
    return (design.X - centre[:, None]) / scale[:, None], scale


def _independent(layout: Layout, X: Floats, present: Any) -> Any:
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
            cross = gram[np.ix_(before, [number])]
            left -= float((cross.T @ np.linalg.solve(gram[np.ix_(before, before)], cross))[0, 0])
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
    within = layout.recall(optimum.within) * scale[:, None]
    hessian = optimum.hessian * np.outer(scale, scale)
    residual = layout.recall(optimum.residual)
    covariance, counts = sandwich(within * residual, hessian, design.clusters)
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
        within=within,
        notes=tuple(notes),
    )
