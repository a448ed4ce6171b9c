"""Factory prices that clear all markets: a quick fixed point, finished by Newton's method.

The fixed point comes near in a few passes where countries are open. Where trade
is small beside sales at home it creeps, and markets that look cleared are not:
a gap of 1e-11 of output is a gap of 1e-4 of trade. So prices are judged by
trade alone, what each country sells abroad against what it must, and Newton's
method in logarithms finishes what the fixed point leaves.
Equations as in :mod:`accord.gravity.equilibrium`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Floats
from accord.gravity.baseline import Baseline

__all__ = ["Economy", "solve_prices"]

PASSES = 200
STEPS = 60
# Once passes move prices by less, and by not much less each time, Newton's method is quicker.
NEAR, CREEPING = 1e-3, 0.6
# Of trade, not of output; double precision leaves about 1e-14.
BALANCED, BLURRED = 1e-12, 1e-7
# Shorter steps along the way from no change to the change in question are given up.
SHORTEST = 1e-3


@dataclass(frozen=True, eq=False)
class Economy:
    """What prices have to clear: output, expenditure, and shares times changes of trade costs."""

    output: Floats
    expenditure: Floats
    weights: Floats
    sigma: float
    deficit: str

    @classmethod
    def after(cls, baseline: Baseline, change: Floats, sigma: float, deficit: str) -> Economy:
        """The baseline's economy under a change φ̂ of trade costs."""
        weights = baseline.shares * change
        return cls(baseline.output, baseline.expenditure, weights, sigma, deficit)

    def scaled(self, p: Floats) -> Floats:
        """Prices at which world output keeps its value."""
        return np.asarray(p * (self.output.sum() / (self.output @ p)))

    def spending(self, p: Floats) -> Floats:
        """E' of each country at prices p; not positive where a fixed deficit eats up all output."""
        earned = self.output * p
        if self.deficit == "none":
            return earned
        if self.deficit == "additive":
            missing = self.expenditure - self.output
            return np.asarray(earned + missing * (earned.sum() / self.output.sum()))
        spent = self.expenditure * p
        return np.asarray(spent * (earned.sum() / spent.sum()))

    def index(self, p: Floats) -> Floats:
        """Consumer prices P̂."""
        s = self.sigma
        return np.asarray((p ** (1.0 - s) @ self.weights) ** (1.0 / (1.0 - s)))

    def flows(self, p: Floats) -> Floats:
        """What flows at prices p, shape (N, N)."""
        parts = self.weights * (p ** (1.0 - self.sigma))[:, None]
        return np.asarray(parts / parts.sum(axis=0) * self.spending(p))

    def excess(self, p: Floats) -> Floats | None:
        """Log of what each country sells abroad over what it must; None where p is no candidate.

        It must pay for what it buys abroad less its deficit, and the deficit
        stands on the side on which it is positive.
        """
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            spent = self.spending(p)
            if not (spent > 0).all():
                return None
            abroad = self.flows(p)
            np.fill_diagonal(abroad, 0.0)
            gap = self._gap(p, spent)
            sold = abroad.sum(axis=1) + np.maximum(gap, 0.0)
            due = abroad.sum(axis=0) + np.maximum(-gap, 0.0)
            found = np.log(sold / due)
        return found if np.isfinite(found).all() else None

    def cleared(self, p: Floats, gap: float) -> bool:
        """Whether the excess is nothing, or what rounding leaves of deficits that prices set."""
        if self.deficit != "multiplicative":
            return gap <= BALANCED
        spent, flows = self.spending(p), self.flows(p)
        traded = flows.sum(axis=0) + flows.sum(axis=1) - 2 * np.diag(flows)
        blur = 32 * float(np.finfo(float).eps * (spent / traded).max())
        return gap <= max(BALANCED, min(blur, BLURRED))

    def slopes(self, p: Floats) -> Floats:
        """Derivatives of :meth:`excess` by the logarithms of prices, shape (N, N)."""
        s, spent = self.sigma, self.spending(p)
        abroad = self.flows(p)
        shares = abroad / spent
        np.fill_diagonal(abroad, 0.0)
        spending = self._spending_slopes(p, spent)
        sold = (s - 1.0) * abroad @ shares.T + abroad @ spending
        sold[np.diag_indices_from(sold)] += (1.0 - s) * abroad.sum(axis=1)
        # Imports are spending less what is bought at home, whose share is not subtracted from one.
        bought = (1.0 - s) * abroad.T + abroad.sum(axis=0)[:, None] * ((s - 1.0) * shares.T)
        bought += abroad.sum(axis=0)[:, None] * spending
        if self.deficit == "none":
            return np.asarray(
                sold / abroad.sum(axis=1)[:, None] - bought / abroad.sum(axis=0)[:, None]
            )
        gap = self._gap(p, spent)
        moved = spent[:, None] * spending - np.diag(self.output * p)
        deficit = (gap > 0)[:, None]
        sold += np.where(deficit, moved, 0.0)
        bought -= np.where(deficit, 0.0, moved)
        sells = abroad.sum(axis=1) + np.maximum(gap, 0.0)
        due = abroad.sum(axis=0) + np.maximum(-gap, 0.0)
        return np.asarray(sold / sells[:, None] - bought / due[:, None])

    def _gap(self, p: Floats, spent: Floats) -> Floats:
        """Deficits; the fixed ones not as a difference, of which rounding would be left."""
        if self.deficit == "none":
            return np.zeros_like(p)
        if self.deficit == "additive":
            world = float(self.output @ p) / float(self.output.sum())
            return np.asarray((self.expenditure - self.output) * world)
        return np.asarray(spent - self.output * p)

    def _spending_slopes(self, p: Floats, spent: Floats) -> Floats:
        """∂ log E'_j / ∂ log p_k, shape (N, N)."""
        earned = self.output * p
        if self.deficit == "none":
            return np.eye(len(p))
        if self.deficit == "additive":
            missing = (self.expenditure - self.output) / self.output.sum()
            return np.asarray((np.diag(earned) + np.outer(missing, earned)) / spent[:, None])
        paid = self.expenditure * p
        return np.asarray(np.eye(len(p)) + (earned / earned.sum() - paid / paid.sum()))


def solve_prices(
    baseline: Baseline, change: Floats, sigma: float, deficit: str
) -> tuple[Floats, int, float]:
    """Factory prices (world output held), the steps taken, and the largest gap in trade.

    Raises ``GravityError`` where none are found: GRA039 with deficits fixed, which some
    changes leave no prices for, else GRA038.
    """
    economy = Economy.after(baseline, change, sigma, deficit)
    if len(baseline.countries) == 1:
        return np.ones(1), 0, 0.0
    p, passes = _settle(economy)
    p, steps, gap = _newton(economy, p)
    if not economy.cleared(p, gap):
        p, more, reached = _along_the_way(baseline, change, sigma, deficit)
        steps, gap = steps + more, min(gap, reached)
    if economy.cleared(p, gap):
        return p, passes + steps, gap
    code = "GRA039" if deficit == "additive" else "GRA038"
    raise GravityError(code, steps=passes + steps, gap=f"{gap:.1e}")


def _settle(economy: Economy) -> tuple[Floats, int]:
    """Prices moved until they creep or no longer move, or for so many passes."""
    Y, s = economy.output, economy.sigma
    p, before = np.ones(len(Y)), np.inf
    for passes in range(1, PASSES + 1):
        q = p ** (1.0 - s)
        spent = economy.spending(p)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            sold = q * (economy.weights @ (spent / (q @ economy.weights)))
            fresh = economy.scaled(p * (sold / (Y * p)) ** (1.0 / s))
        if not (spent > 0).all() or not np.isfinite(fresh).all() or not (fresh > 0).all():
            return np.ones(len(Y)), passes
        gap = float(np.abs(fresh / p - 1.0).max())
        p = fresh
        if gap <= NEAR and gap >= CREEPING * before:
            break
        before = gap
    return p, passes


def _newton(economy: Economy, p: Floats) -> tuple[Floats, int, float]:
    """Newton's method with steps halved until trade comes nearer to what it must be."""
    excess = economy.excess(p)
    if excess is None:
        return p, 0, np.inf
    gap = float(np.abs(excess).max())
    for steps in range(STEPS):
        if gap <= BALANCED:
            return p, steps, gap
        world = economy.output * p / (economy.output @ p)
        try:
            step = np.linalg.solve(economy.slopes(p) + world, -excess)
        except np.linalg.LinAlgError:
            return p, steps, gap
        length = min(1.0, 4.0 / float(np.abs(step).max()))
        while length > 1e-6:
            fresh = economy.scaled(p * np.exp(length * step))
            after = economy.excess(fresh)
            if after is not None and np.abs(after).max() < (1.0 - 0.1 * length) * gap:
                break
            length /= 2
        else:
            return p, steps, gap
        p, excess = fresh, after
        gap = float(np.abs(excess).max())
    return p, STEPS, gap


def _along_the_way(
    baseline: Baseline, change: Floats, sigma: float, deficit: str
) -> tuple[Floats, int, float]:
    """Prices followed from no change to the whole change, as far as they can be followed."""
    p, done, length, taken, gap = np.ones(len(baseline.countries)), 0.0, 0.25, 0, np.inf
    while done < 1.0 and length > SHORTEST:
        part = min(1.0, done + length)
        economy = Economy.after(baseline, change**part, sigma, deficit)
        fresh, steps, reached = _newton(economy, p)
        taken += steps
        if economy.cleared(fresh, reached):
            p, done, length = fresh, part, 2 * length
            gap = reached if done == 1.0 else gap
        else:
            length /= 2
    return p, taken, gap
