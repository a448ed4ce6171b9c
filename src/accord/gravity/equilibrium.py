"""General equilibrium of one-sector gravity, solved exactly in changes.

Endowment economy with Armington/CES demand (Anderson and van Wincoop 2003) in
the hat algebra of Dekle, Eaton and Kortum (2007), notation of Head and Mayer
(2014): given flows X, σ and φ̂ = t̂^(1−σ), find factory prices p̂ with

    P̂_j^(1−σ) = Σ_i λ_ij φ̂_ij p̂_i^(1−σ)
    p̂_i Y_i   = Σ_j λ_ij φ̂_ij p̂_i^(1−σ) P̂_j^(σ−1) E'_j

for every country. Deficits: ``additive`` keeps each deficit fixed as a share of
world output; ``multiplicative`` keeps each ratio E/Y, all scaled by one factor
so that the world spends what it earns; ``none`` first removes deficits from the
baseline and compares with that. The default reports both the solution and how
well it holds: markets, price indices, and the welfare identity of Arkolakis,
Costinot and Rodríguez-Clare (2012), p̂/P̂ = (λ̂_ii/φ̂_ii)^(1/(1−σ)).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Floats
from accord.gravity.baseline import Baseline, check_balance, check_change
from accord.gravity.counterfactual import Counterfactual, Residuals
from accord.gravity.prices import Economy, solve_prices

__all__ = ["Deficit", "Mode", "solve_equilibrium"]

Deficit = Literal["additive", "multiplicative", "none"]
Mode = Literal["exact", "agtpa"]
DEFICITS, MODES = ("additive", "multiplicative", "none"), ("exact", "agtpa")
# Of what clears a market; double precision leaves about 1e-14.
CLEARED = 1e-10


def solve_equilibrium(
    baseline: Baseline,
    change: Floats,
    *,
    sigma: float,
    reference: str | None = None,
    deficit: Deficit = "additive",
    mode: Mode = "exact",
    tolerance: float | None = None,
) -> Counterfactual:
    """The equilibrium after a change of trade costs.

    Args:
        baseline: flows, observed or fitted, with domestic trade.
        change: φ̂ = t̂^(1−σ), shape (N, N).
        sigma: elasticity of substitution, above one.
        reference: the country whose consumer price is the numéraire; None keeps
            world output. Real results do not depend on it.
        deficit: what becomes of trade deficits.
        mode: ``exact``, or ``agtpa``, the loop of the UN/WTO Advanced Guide,
            which stops at ``tolerance`` (default 0.01 there, as published).

    Raises:
        GravityError: GRA033 for a change that is not positive, GRA036 for σ ≤ 1,
            GRA038 where no solution with positive prices is found, GRA032 for an
            unknown reference.
    """
    _check(sigma, deficit, mode, tolerance)
    check_change(baseline.countries, change)
    place = None if reference is None else baseline.place(reference)
    if mode == "agtpa":
        from accord.gravity.agtpa import replicate_loop

        return replicate_loop(
            baseline,
            change,
            deficit=deficit,
            sigma=sigma,
            reference=reference,
            tolerance=tolerance or 0.01,
        )
    notes: tuple[str, ...] = ()
    if deficit == "none":
        check_balance(baseline)
        nothing = np.ones_like(change)
        start, *_ = solve_prices(baseline, nothing, sigma, deficit)
        baseline = Baseline(
            baseline.countries, Economy.after(baseline, nothing, sigma, deficit).flows(start)
        )
        notes = ("the baseline is the equilibrium without deficits",)
    prices, steps, gap = solve_prices(baseline, change, sigma, deficit)
    economy = Economy.after(baseline, change, sigma, deficit)
    flows, index = economy.flows(prices), economy.index(prices)
    residuals = check_solution(economy, baseline, change, prices, index, flows)
    if not residuals.market <= CLEARED:
        raise GravityError("GRA038", steps=steps, gap=f"{residuals.market:.1e}")
    if place is not None:
        flows, prices, index = flows / index[place], prices / index[place], index / index[place]
    return Counterfactual(
        baseline=baseline, change=change, sigma=sigma, mode="exact", deficit=deficit,
        reference=reference, prices=prices, price_index=index, flows=flows,
        steps=steps, last_step=gap, residuals=residuals, notes=notes,
    )  # fmt: skip


def check_solution(
    economy: Economy, baseline: Baseline, change: Floats, p: Floats, P: Floats, flows: Floats
) -> Residuals:
    """How well the equations and the welfare identity hold, each as a largest relative gap."""
    spent = flows.sum(axis=0)
    shares = np.diag(flows) / spent / np.diag(baseline.shares) / np.diag(change)
    welfare = shares ** (1.0 / (1.0 - economy.sigma))
    return Residuals(
        market=float(np.abs(flows.sum(axis=1) / (economy.output * p) - 1.0).max()),
        world=float(abs(spent.sum() / (economy.output @ p) - 1.0)),
        price_index=float(np.abs(economy.index(p) / P - 1.0).max()),
        welfare_identity=float(np.abs(p / P / welfare - 1.0).max()),
    )


def _check(sigma: float, deficit: str, mode: str, tolerance: float | None) -> None:
    if not sigma > 1.0 or not np.isfinite(sigma):
        raise GravityError("GRA036", sigma=sigma)
    if deficit not in DEFICITS:
        raise GravityError("GRA037", option="deficit", value=deficit, known=", ".join(DEFICITS))
    if tolerance is not None and not tolerance > 0:
        raise GravityError("GRA037", option="tolerance", value=tolerance, known="more than nothing")
    if mode not in MODES:
        raise GravityError("GRA037", option="mode", value=mode, known=", ".join(MODES))
