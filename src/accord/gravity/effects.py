"""The fixed effects of a fit, level by level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from accord.gravity.absorb import absorb
from accord.gravity.arrays import Floats
from accord.gravity.sparse import SparseLayout

if TYPE_CHECKING:
    from accord.gravity.fit import GravityFit

__all__ = ["fixed_effects"]


def fixed_effects(fit: GravityFit) -> pl.DataFrame:
    """A table of effect, level and value.

    Levels are numbered in the sorted order of their columns' values. Effects
    are only defined up to constants that move between them; here every effect
    but the one with most levels has mean zero over its levels. Their sum, with
    the regressors, is the linear index whatever the normalisation.
    """
    design = fit.design
    rest = fit.index - (fit.uncorrected[0] if fit.uncorrected else fit.coefficients) @ fit.X
    layout = SparseLayout(design.effects, design.n)
    layout.weigh(np.ones(design.n))
    stored = layout.store(rest)[None, :]
    others = absorb(layout, stored, tolerance=1e-12).effects[0]
    ranked = sorted(design.effects, key=lambda effect: -effect.count)
    values: dict[str, Floats] = {}
    start = 0
    for effect in ranked[1:]:
        own = others[start : start + effect.count]
        start += effect.count
        values[effect.label] = own - own.mean()
        rest = rest - values[effect.label][effect.codes]
    if ranked:
        counts = np.bincount(ranked[0].codes, minlength=ranked[0].count)
        sums = np.bincount(ranked[0].codes, weights=rest, minlength=ranked[0].count)
        values[ranked[0].label] = sums / counts
    frames = [
        pl.DataFrame(
            {"effect": [e.label] * e.count, "level": range(e.count), "value": values[e.label]}
        )
        for e in design.effects
    ]
    return pl.concat(frames) if frames else pl.DataFrame({"effect": [], "level": [], "value": []})
