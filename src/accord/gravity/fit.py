"""The result of an estimation: coefficients, errors, what was left out, how it converged."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from accord.gravity.absorb import Layout
from accord.gravity.arrays import Floats, Mask
from accord.gravity.design import Design

__all__ = ["Coefficient", "GravityFit", "Regressors"]

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One estimate with its standard error, z, two-sided p (normal) and 95 % interval."""

    name: str
    estimate: float
    se: float

    @property
    def z(self) -> float:
        """The estimate in standard errors."""
        return self.estimate / self.se if self.se > 0 else math.nan

    @property
    def p(self) -> float:
        """Two-sided p-value from the normal distribution."""
        return math.erfc(abs(self.z) / math.sqrt(2)) if self.se > 0 else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        return self.estimate - Z95 * self.se, self.estimate + Z95 * self.se

    def to_dict(self) -> dict[str, float | None]:
        """For JSON; what is not a number is null."""
        low, high = self.interval
        values = {
            "estimate": self.estimate, "se": self.se, "z": self.z, "p": self.p,
            "low": low, "high": high,
        }  # fmt: skip
        return {key: value if math.isfinite(value) else None for key, value in values.items()}


@dataclass(frozen=True, eq=False)
class Regressors:
    """Regressors as estimation holds them: stored, centred, in standard deviations.

    The first row of ``stored``, shape (k+1, size), is room for the left-hand side.
    """

    layout: Layout
    stored: Floats
    scale: Floats
    centre: Floats

    def take(self, kept: Mask) -> Regressors:
        """Some of them."""
        stored = np.ascontiguousarray(self.stored[[True, *kept]])
        return Regressors(self.layout, stored, self.scale[kept], self.centre[kept])

    def rows(self) -> Floats:
        """In design order and their own units, shape (k, n)."""
        out = self.layout.recall(self.stored[1:])
        return np.asarray(out * self.scale[:, None] + self.centre[:, None])


@dataclass(frozen=True, eq=False)
class GravityFit:
    """An estimated gravity equation.

    Arrays run over the rows used (``design.rows`` are their numbers in the
    frame): ``index`` the fitted linear index, ``residual`` y−μ. ``last_step`` is the size of
    the last step of the index (root mean square), ``score`` the largest score
    left, in standard deviations.
    """

    estimator: str
    design: Design
    coefficients: Floats
    covariance: Floats
    hessian: Floats
    index: Floats
    residual: Floats
    regressors: Regressors
    regressor_effects: Floats
    cluster_counts: tuple[int, ...]
    deviance: float
    iterations: int
    passes: int
    converged: bool
    last_step: float
    score: float
    tolerance: float
    layout: str
    notes: tuple[str, ...] = ()
    bias: Floats | None = None
    uncorrected: tuple[Floats, Floats] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The regressors that have an estimate."""
        return self.design.names

    @property
    def n(self) -> int:
        """Rows used."""
        return self.design.n

    @property
    def bias_corrected(self) -> bool:
        """Whether the estimates are corrected for incidental-parameter bias."""
        return self.uncorrected is not None

    @property
    def errors(self) -> Floats:
        """Standard errors, shape (k,)."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))

    def __getitem__(self, name: str) -> Coefficient:
        """The estimate of one regressor."""
        return self.table[name]

    @cached_property
    def table(self) -> dict[str, Coefficient]:
        """The estimates by name."""
        errors = self.errors
        return {
            name: Coefficient(name, float(self.coefficients[k]), float(errors[k]))
            for k, name in enumerate(self.names)
        }

    @property
    def within(self) -> Floats:
        """The regressors free of the effects under the final weights, shape (k, n)."""
        held = self.regressors
        within = held.layout.residual(held.stored[1:], self.regressor_effects)
        return np.asarray(held.layout.recall(within) * held.scale[:, None])

    @property
    def X(self) -> Floats:  # noqa: N802  # the notation of the design
        """The regressors of the rows used, shape (k, n)."""
        return self.regressors.rows()

    @property
    def fitted(self) -> Floats:
        """Fitted flows of the rows used (for least squares: fitted values as modelled)."""
        return self.index.copy() if self.estimator == "ols" else np.exp(self.index)

    @property
    def separated(self) -> tuple[int, ...]:
        """Rows (0-based) left out because they are separated."""
        return tuple(int(row) for row in self.design.dropped.separated)

    def fixed_effects(self) -> Any:
        """The fixed effects as a polars table: effect, level, value.

        Each is normalised to mean nothing over its levels but the first, which
        carries the level of the whole; see :mod:`accord.gravity.effects`.
        """
        from accord.gravity.effects import fixed_effects

        return fixed_effects(self)

    def reset(self) -> Any:
        """The RESET test (Ramsey 1969; Santos Silva and Tenreyro 2006)."""
        from accord.gravity.hypotheses import reset_test

        return reset_test(self)

    def joint(self, names: list[str] | None = None) -> Any:
        """The Wald test that the named coefficients are all zero (None: all of them)."""
        from accord.gravity.hypotheses import joint_test

        return joint_test(self, names)

    def draws(self, count: int, *, seed: int = 0) -> Floats:
        """Coefficients drawn from their estimated distribution, shape (count, k)."""
        generator = np.random.default_rng(seed)
        values, vectors = np.linalg.eigh(self.covariance)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        shocks = generator.standard_normal((count, len(self.coefficients)))
        return np.asarray(self.coefficients + shocks @ root.T)

    def to_dict(self) -> dict[str, Any]:
        """Everything but the rows, ready for JSON."""
        from accord.gravity.tables import fit_to_dict

        return fit_to_dict(self)

    def to_text(self) -> str:
        """The table as plain text."""
        from accord.gravity.tables import fit_to_text

        return fit_to_text(self)

    def to_html(self) -> str:
        """The table as HTML, with caption and scopes."""
        from accord.gravity.tables import fit_to_html

        return fit_to_html(self)

    def to_latex(self) -> str:
        """The table as a LaTeX tabular."""
        from accord.gravity.tables import fit_to_latex

        return fit_to_latex(self)

    def to_csv(self) -> str:
        """The table as CSV."""
        from accord.gravity.tables import fit_to_csv

        return fit_to_csv(self)

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_html()
