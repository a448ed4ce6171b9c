"""The same equation sector by sector, and the elasticity that tariffs reveal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import narwhals as nw

from accord.errors import GravityError
from accord.gravity.columns import Columns
from accord.gravity.compiled import SERIAL_ROWS, threads
from accord.gravity.estimate import fit_gravity
from accord.gravity.fit import GravityFit

__all__ = ["fit_by_sector", "sigma_from_tariff"]


def fit_by_sector(
    data: Any, formula: str, *, by: str = "sector", **options: Any
) -> dict[str, GravityFit | GravityError]:
    """A fit for each value of ``by``; a sector that cannot be estimated gives its error.

    Small sectors run beside one another on threads; large ones one after the
    other, each on all threads. Options are those of :func:`fit_gravity`.
    """
    columns = Columns(data)
    codes, values = columns.codes(by)
    frame = nw.from_native(data, eager_only=True)
    parts = [(str(v), frame.filter((codes == c).tolist())) for c, v in enumerate(values)]

    def one(part: Any) -> GravityFit | GravityError:
        try:
            return fit_gravity(part.to_native(), formula, **options)
        except GravityError as problem:
            return problem

    small = max((len(part) for _, part in parts), default=0) < SERIAL_ROWS
    with ThreadPoolExecutor(threads() if small else 1) as pool:
        return dict(
            zip((name for name, _ in parts), pool.map(one, (p for _, p in parts)), strict=True)
        )


def sigma_from_tariff(fit: GravityFit, column: str = "tariff") -> float:
    """σ from the coefficient on the log of one plus the tariff: −β, flows being net of tariffs.

    Net of tariffs a flow is sales at the buyer's price divided by one plus the
    tariff, so its elasticity is (1−σ)−1 = −σ (Head and Mayer 2014, section 4.2).

    Raises ``GravityError`` GRA058 where that is not above one.
    """
    coefficient = fit[column]
    if not -coefficient.estimate > 1:
        raise GravityError("GRA058", column=column, estimate=f"{coefficient.estimate:.3f}")
    return -coefficient.estimate
