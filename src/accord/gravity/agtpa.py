"""The loop of the UN/WTO Advanced Guide (Yotov, Piermartini, Monteiro, Larch 2016, chapter 2).

It repeats: move trade by the change of factory prices and resistances, refit
the gravity effects, read prices off the exporter effects. The guide stops as
soon as both the standard deviation and the largest value of the change between
two rounds are below 0.01, short of the equilibrium; this replica stops where it
is told, and says so. Refitting the effects with trade costs as offset is
balancing to margins, so no regression is run; everything is in changes from the
baseline. Expenditure keeps its ratio to output in each country.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Floats
from accord.gravity.baseline import Baseline
from accord.gravity.counterfactual import Counterfactual, Residuals
from accord.gravity.margins import balance

__all__ = ["replicate_loop"]

ROUNDS = 5_000


@dataclass(frozen=True, slots=True)
class _Round:
    """Where one round of the loop stands: effects, margins, resistances, price changes."""

    rows: Floats
    columns: Floats
    flows: Floats
    output: Floats
    spending: Floats
    outward: Floats
    inward: Floats
    price: Floats
    outward_change: Floats
    inward_change: Floats


def replicate_loop(
    baseline: Baseline,
    change: Floats,
    *,
    sigma: float,
    reference: str | None,
    deficit: str = "multiplicative",
    tolerance: float = 0.01,
) -> Counterfactual:
    """Run the loop to ``tolerance``; without a reference the last country is it, as in the guide.

    Raises ``GravityError`` GRA038 where it does not settle or a price turns out not positive.
    """
    reference = reference or baseline.countries[-1]
    R = baseline.place(reference)
    M = baseline.flows * change
    Y, E = baseline.output, baseline.expenditure
    now = _first(M, Y, E, R, sigma)
    before = np.zeros(len(Y))
    for rounds in range(1, ROUNDS + 1):
        moved = now.flows * now.price[:, None] * now.price
        moved = moved / (now.outward_change[:, None] * now.inward_change)
        following = _next(now, moved, M, E / Y, R, sigma)
        step = np.repeat(now.price - before, len(Y))
        spread, highest = float(step.std(ddof=1)), abs(float(step.max()))
        before, now = now.price, following
        if spread <= tolerance and highest <= tolerance:
            ended = (rounds, tolerance, max(spread, highest))
            return _finish(baseline, change, now, sigma, reference, R, ended, deficit)
    raise GravityError("GRA038", steps=ROUNDS, gap=f"{highest:.1e}")


def _first(M: Floats, Y: Floats, E: Floats, R: int, sigma: float) -> _Round:
    fitted = balance(M, Y, E, reference=R)
    ones = np.ones(len(Y))
    outward, inward = Y * E[R] / fitted.rows, E / (fitted.columns * E[R])
    price = fitted.rows ** (1.0 / (1.0 - sigma))
    return _Round(
        fitted.rows, fitted.columns, fitted.flows, Y, E, outward, inward, price, ones, ones
    )


def _next(now: _Round, moved: Floats, M: Floats, ratio: Floats, R: int, sigma: float) -> _Round:
    fitted = balance(M, moved.sum(axis=1), moved.sum(axis=0), reference=R)
    output = fitted.flows.sum(axis=1)
    spending = ratio * output
    change = (fitted.rows / now.rows) / (spending[R] / now.spending[R])
    outward = output * spending[R] / fitted.rows
    inward = spending / (fitted.columns * spending[R])
    return _Round(
        fitted.rows, fitted.columns, fitted.flows, output, spending, outward, inward,
        change ** (1.0 / (1.0 - sigma)), outward / now.outward, inward / now.inward,
    )  # fmt: skip


def _finish(
    baseline: Baseline,
    change: Floats,
    now: _Round,
    sigma: float,
    reference: str,
    R: int,
    ended: tuple[int, float, float],
    deficit: str,
) -> Counterfactual:
    rounds, tolerance, last = ended
    Y, E = baseline.output, baseline.expenditure
    spent = now.spending / E
    prices = (now.rows / spent[R]) ** (1.0 / (1.0 - sigma))
    index = (spent / (now.columns * spent[R])) ** (1.0 / (1.0 - sigma))
    if not (np.isfinite(prices).all() and (prices > 0).all()):
        raise GravityError("GRA038", steps=rounds, gap="nan")
    flows = baseline.flows * change * now.rows[:, None] * now.columns * prices / spent
    shares = np.diag(flows) / flows.sum(axis=0) / (np.diag(baseline.flows) / E) / np.diag(change)
    inner = prices ** (1.0 - sigma) @ (baseline.shares * change)
    residuals = Residuals(
        market=float(np.abs(flows.sum(axis=1) / (Y * prices) - 1.0).max()),
        world=float(abs(flows.sum() / (Y @ prices) - 1.0)),
        price_index=float(np.abs(inner ** (1.0 / (1.0 - sigma)) / index - 1.0).max()),
        welfare_identity=float(
            np.abs(prices / index / shares ** (1.0 / (1.0 - sigma)) - 1.0).max()
        ),
    )
    return Counterfactual(
        baseline=baseline, change=change, sigma=sigma, mode="agtpa", deficit="multiplicative",
        reference=reference, prices=prices, price_index=index, flows=flows,
        steps=rounds, last_step=last, residuals=residuals,
        notes=(
            f"loop of the UN/WTO Advanced Guide stopped at {tolerance:g}; "
            "not the exact equilibrium: see the residuals",
            *(
                (f"deficits are multiplicative in this loop, not {deficit}",)
                if deficit == "none"
                else ()
            ),
        ),
    )  # fmt: skip
