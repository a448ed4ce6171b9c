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
from accord.gravity.fit import GravityFit, Regressors
from accord.gravity.irls import Optimum, least_squares, moments, reweighted
from accord.gravity.separation import find_separated

__all__ = ["Estimator", "fit_design", "fit_gravity"]

Estimator = Literal["ppml", "ols", "gamma"]
ESTIMATORS = ("ppml", "ols", "gamma")
# A regressor of whose variation less than this share is left by the effects and
# the regressors before it counts as explained by them.
COLLINEAR = 1e-10
# Standard deviation below this share of the largest value is rounding.
FLAT = 1e-12


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
    # The design is handed over, not kept: its regressors are let go once they are stored.
    fit = fit_design(
        build_design(data, formula, estimator=estimator, cluster=cluster, repeated=repeated),
        estimator=estimator,
        tolerance=tolerance,
        layout=layout,
    )
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
    arranged, regressors, room = _arranged(design, layout)
    if estimator == "ppml":
        separated = find_separated(design, arranged=arranged, X=regressors.stored[1:], room=room)
        if separated.any():
            del regressors, room
            design = _without_separated(design, separated)
            arranged, regressors, room = _arranged(design, layout)
    design = replace(design, X=np.empty((len(design.names), 0)))  # stored in the layout now
    present = arranged.store(np.ones(design.n)) > 0
    kept = _independent(arranged, regressors.stored[1:], present, room)
    if not kept.all():
        regressors = regressors.take(kept)
        design, room = _without_collinear(design, kept), room[: len(regressors.stored)]
    y, V = arranged.store(design.y), regressors.stored
    if estimator == "ols":
        optimum = least_squares(arranged, y, V, present, room)
    else:
        optimum = reweighted(arranged, y, V, present, room, family=estimator, tolerance=tolerance)
    return _result(design, optimum, regressors, estimator, tolerance)


def _arranged(design: Design, layout: str) -> tuple[Layout, Regressors, Floats]:
    """The layout, the regressors in it, and room of the same size to work in."""
    arranged = choose_layout(design, layout=layout)
    regressors = _standardised(design, arranged)
    return arranged, regressors, np.empty_like(regressors.stored)


def _without_separated(design: Design, separated: Mask) -> Design:
    if not (design.y[~separated] > 0).any():
        raise GravityError("GRA008", column=design.formula.response)
    dropped = replace(design.dropped, separated=design.rows[separated])
    return replace(design.take(~separated), dropped=dropped)


def _without_collinear(design: Design, kept: Mask) -> Design:
    collinear = tuple(name for name, keep in zip(design.names, kept, strict=True) if not keep)
    return replace(
        design,
        X=np.empty((int(kept.sum()), 0)),
        names=tuple(name for name in design.names if name not in collinear),
        dropped=replace(design.dropped, collinear=collinear),
    )


def _standardised(design: Design, layout: Layout) -> Regressors:
    """Regressors in standard deviations, stored below one empty row.

    They are centred where effects absorb the mean, which spares digits. What
    varies by no more than rounding does not vary.
    """
    k = len(design.X)
    V, scale, centre = np.empty((k + 1, layout.size)), np.ones(k), np.zeros(k)
    for number, x in enumerate(design.X):
        if design.effects:
            centre[number] = x.mean()
        moved = x - centre[number]
        deviation = math.sqrt(float(moved @ moved) / len(x))
        if deviation <= FLAT * float(np.abs(x).max()):
            moved[:] = 0.0
        else:
            scale[number] = deviation
            moved /= deviation
        V[number + 1] = layout.store(moved)
    return Regressors(layout, V, scale, centre)


def _independent(layout: Layout, X: Floats, present: Mask, room: Floats) -> Mask:
    """Which regressors are explained neither by the effects nor by those before them."""
    k = len(X)
    if not k:
        return np.zeros(0, dtype=bool)
    weights = present.astype(np.float64)
    layout.weigh(weights)
    within = layout.residual(X, absorb(layout, X, tolerance=1e-8).effects, out=room[1:])
    gram, _ = moments(within, weights, with_slope=False)
    whole = np.maximum([(x * x) @ weights for x in X], 1e-300)
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
    optimum: Optimum,
    regressors: Regressors,
    estimator: Estimator,
    tolerance: float,
) -> GravityFit:
    layout, scale = regressors.layout, regressors.scale
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
        regressors=regressors,
        stored_within=optimum.within,
        notes=tuple(notes),
    )
