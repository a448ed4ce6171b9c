"""Estimating a gravity equation: design, separation, collinearity, iterations, covariance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import numpy as np

from accord.errors import GravityError
from accord.gravity.absorb import Layout, choose_layout
from accord.gravity.arrays import Floats, Mask
from accord.gravity.covariance import sandwich, without_negative
from accord.gravity.design import CONSTANT, Design, build_design
from accord.gravity.fit import GravityFit, Regressors
from accord.gravity.identify import identify
from accord.gravity.irls import Optimum, least_squares, reweighted
from accord.gravity.separation import SMALL_ROWS, find_separated, without_flow
from accord.gravity.standardise import standardised

__all__ = ["BiasCorrection", "Estimator", "fit_design", "fit_gravity"]

Estimator = Literal["ppml", "ols", "gamma"]
BiasCorrection = bool | Literal["adjusted"]
ESTIMATORS = ("ppml", "ols", "gamma")
CORRECTIONS = (False, True, "adjusted")
REPEATED = ("error", "allow")
LAYOUTS = ("auto", "cube", "sparse")


def fit_gravity(
    data: Any,
    formula: str,
    *,
    estimator: Estimator = "ppml",
    cluster: str | None = None,
    bias_correction: BiasCorrection = False,
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
        bias_correction: Weidner and Zylkin (2021) for two- and three-way PPML; ``adjusted``
            judges the noise by leverage-adjusted residuals (better where it is heavy).
        tolerance: on the last step of the linear index (root mean square).
        repeated: ``allow`` takes a pair that stands twice in a period.
        layout: ``auto``, ``cube`` or ``sparse``; the results are the same.

    Raises:
        GravityError: GRA001–GRA019.
    """
    _check_option("estimator", estimator, ESTIMATORS)
    _check_option("bias correction", bias_correction, CORRECTIONS)
    _check_option("rule for repeated flows", repeated, REPEATED)
    _check_option("layout", layout, LAYOUTS)
    if not tolerance > 0:
        raise GravityError("GRA012", what="tolerance", value=tolerance, known="any above zero")
    # The design is handed over, not kept: its regressors are let go once they are stored.
    fit = fit_design(
        build_design(data, formula, estimator=estimator, cluster=cluster, repeated=repeated),
        estimator=estimator,
        tolerance=tolerance,
        layout=layout,
    )
    if bias_correction:
        from accord.gravity.bias import correct_bias

        return correct_bias(fit, adjusted=bias_correction == "adjusted")
    return fit


def _check_option(what: str, value: object, known: tuple[object, ...]) -> None:
    if value not in known:
        named = ", ".join(str(each) for each in known)
        raise GravityError("GRA012", what=what, value=value, known=named)


def fit_design(
    design: Design,
    *,
    estimator: Estimator = "ppml",
    tolerance: float = 1e-8,
    layout: str = "auto",
) -> GravityFit:
    """Estimate a design; arguments as for :func:`fit_gravity`."""
    if estimator == "ppml":  # what single effects tell costs little and is the usual case
        design = _without_separated(design, without_flow(design))
    design, X = _parted(design)
    arranged, present, regressors = _arranged(design, X, layout)
    y = arranged.store(design.y)
    asked = estimator == "ppml" and design.n > SMALL_ROWS
    boundary = present & (y == 0) if asked else None
    identified = identify(arranged, regressors.stored, present, boundary)
    if estimator == "ppml" and not identified.exists:
        whole = _restored(design, regressors)
        separated = find_separated(whole, arranged=arranged, V=regressors.stored)
        if separated.any():
            del regressors
            design = _without_separated(whole, separated)
            design, X = _parted(design)
            arranged, present, regressors = _arranged(design, X, layout)
            y = arranged.store(design.y)
            identified = identify(arranged, regressors.stored, present, None)
        del whole
    if not identified.kept.all():
        regressors = regressors.take(identified.kept)
        design = _without_collinear(design, identified.kept)
    design = replace(design, X=())
    if estimator == "ols":
        optimum = least_squares(arranged, y, regressors.stored, present)
    else:
        optimum = reweighted(
            arranged, y, regressors.stored, present, family=estimator, tolerance=tolerance
        )
    return _result(design, optimum, regressors, estimator, tolerance)


def _parted(design: Design) -> tuple[Design, list[Floats]]:
    """The design and its regressors, which a large one does not keep: they are its most memory."""
    X = list(design.X)
    return (replace(design, X=()) if design.n > SMALL_ROWS else design), X


def _arranged(design: Design, X: list[Floats], layout: str) -> tuple[Layout, Mask, Regressors]:
    """The layout, where it has rows, and the regressors in it, taken from the list."""
    arranged = choose_layout(design, layout=layout)
    present = arranged.store(np.ones(design.n, dtype=bool))
    centred = bool(design.effects)
    return arranged, present, standardised(X, arranged, present, centred=centred)


def _restored(design: Design, regressors: Regressors) -> Design:
    return replace(design, X=tuple(regressors.rows())) if design.n > SMALL_ROWS else design


def _without_separated(design: Design, separated: Mask) -> Design:
    if not separated.any():
        return design
    if not (design.y[~separated] > 0).any():
        raise GravityError("GRA008", column=design.formula.response)
    known = np.union1d(design.dropped.separated, design.rows[separated])
    dropped = replace(design.dropped, separated=known)
    return replace(design.take(~separated), dropped=dropped)


def _without_collinear(design: Design, kept: Mask) -> Design:
    collinear = tuple(name for name, keep in zip(design.names, kept, strict=True) if not keep)
    return replace(
        design,
        X=(),
        names=tuple(name for name in design.names if name not in collinear),
        dropped=replace(design.dropped, collinear=collinear),
    )


def _result(
    design: Design,
    optimum: Optimum,
    regressors: Regressors,
    estimator: Estimator,
    tolerance: float,
) -> GravityFit:
    layout, scale = regressors.layout, regressors.scale
    units = np.outer(scale, scale)
    V = regressors.stored[1:]
    covariance, score = sandwich(layout, V, optimum, design.clusters, design.n)
    covariance /= units
    notes = list(design.notes)
    if (np.diag(covariance) < 0).any():
        covariance = without_negative(covariance)
        notes.append(
            "clusters of several ways gave a negative variance: the covariance is the "
            "nearest one without (Cameron, Gelbach and Miller 2011)"
        )
    if not optimum.converged:
        notes.append(f"not converged after {optimum.iterations} iterations")
    if CONSTANT in design.dropped.collinear:
        notes.append("the constant is explained by the other regressors")
    return GravityFit(
        estimator=estimator,
        design=design,
        coefficients=optimum.coefficients / scale,
        covariance=covariance,
        hessian=optimum.hessian * units,
        index=layout.recall(optimum.index),
        residual=layout.recall(optimum.residual),
        cluster_counts=tuple(cluster.count for cluster in design.clusters),
        deviance=optimum.deviance,
        iterations=optimum.iterations,
        passes=optimum.passes,
        converged=optimum.converged,
        last_step=optimum.step,
        score=score,
        tolerance=tolerance,
        layout=layout.kind,
        regressors=regressors,
        regressor_effects=optimum.effects,
        notes=tuple(notes),
    )
