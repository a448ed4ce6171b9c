"""Tests on a fit: RESET, and that several coefficients are zero together."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from accord.errors import GravityError
from accord.gravity.covariance import without_negative

if TYPE_CHECKING:
    from accord.gravity.estimate import Estimator
    from accord.gravity.fit import GravityFit

__all__ = ["Hypothesis", "joint_test", "reset_test"]

SQUARE = "squared index"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A Wald test: χ² statistic, degrees of freedom, p-value."""

    name: str
    statistic: float
    degrees: int
    p: float

    def __repr__(self) -> str:
        return f"{self.name}: χ²({self.degrees}) = {self.statistic:.3f}, p = {self.p:.4f}"


def joint_test(fit: GravityFit, names: list[str] | None = None) -> Hypothesis:
    """That the named coefficients are all zero (None: every regressor).

    Raises ``GravityError`` GRA016 for a name without an estimate.
    """
    chosen = list(fit.names) if names is None else names
    unknown = [name for name in chosen if name not in fit.names]
    if unknown or not chosen:
        raise GravityError("GRA016", names=", ".join(unknown) or "none", known=", ".join(fit.names))
    places = [fit.names.index(name) for name in chosen]
    b = fit.coefficients[places]
    V = without_negative(fit.covariance[places][:, places])
    statistic = float(b @ np.linalg.pinv(V, hermitian=True) @ b)
    return Hypothesis(f"{', '.join(chosen)} = 0", statistic, len(places), _upper(statistic, len(b)))


def reset_test(fit: GravityFit) -> Hypothesis:
    """Ramsey's RESET as Santos Silva and Tenreyro (2006) use it.

    The square of the fitted index is added as a regressor; if the form is
    right its coefficient is zero.
    """
    from accord.gravity.estimate import fit_design

    design = fit.design
    index = (fit.index - fit.index.mean()) / max(float(fit.index.std()), 1e-300)
    extended = replace(design, X=(*fit.X, index * index), names=(*design.names, SQUARE))
    again = fit_design(extended, estimator=cast("Estimator", fit.estimator))
    if SQUARE not in again.names:
        raise GravityError("GRA016", names=SQUARE, known=", ".join(again.names))
    test = joint_test(again, [SQUARE])
    return replace(test, name="RESET")


def _upper(statistic: float, degrees: int) -> float:
    """P(χ² > statistic)."""
    from scipy.special import gammaincc

    return float(gammaincc(degrees / 2, statistic / 2)) if math.isfinite(statistic) else math.nan
