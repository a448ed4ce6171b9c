"""Scenarios that a reader asks for: link two blocs, join, leave, change a tariff.

Each estimates the effect of agreements (or tariffs) on the panel given, gives
it to the dyads concerned in the latest year, solves the equilibrium exactly,
and carries the uncertainty of the estimate through by drawing from its
distribution. Who belongs to a bloc is the caller's to say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from accord.errors import GravityError
from accord.gravity.answer import LEFT_OUT, Answer
from accord.gravity.arrays import Floats, Mask
from accord.gravity.baseline import Baseline
from accord.gravity.columns import Columns
from accord.gravity.equilibrium import Deficit, solve_equilibrium
from accord.gravity.estimate import fit_gravity
from accord.gravity.fit import GravityFit
from accord.gravity.links import networks
from accord.gravity.prepare import nothing_at_home
from accord.gravity.sectors import sigma_from_tariff

__all__ = ["Group", "World", "change_tariff", "join_bloc", "leave_bloc", "link_blocs", "see_world"]

SIGMA = 5.0  # between the 4 to 6 that Head and Mayer (2014, table 3.5) find
DRAWS = 200
TARIFF = "tariff"
ESTIMATED = f"estimated from {TARIFF}"


@dataclass(frozen=True, slots=True)
class Group:
    """A polity or a bloc: how it is called, who belongs to it, whether that list is whole."""

    name: str
    members: tuple[str, ...]
    complete: bool = True
    named: bool = False  # a bloc whose members are Accord's to know, not a list given

    def lacks(self, known: Collection[str], where: str) -> list[str]:
        """What an answer about these must own to: members not listed, or not ``known``."""
        found = []
        if not self.complete:
            found.append(
                f"the list of members of {self.name} is incomplete: "
                f"{len(self.members)} are known ({', '.join(self.members)})"
            )
        absent = [code for code in self.members if code not in known]
        if absent:
            found.append(f"of {self.name}, not {where}: {', '.join(absent)}")
        return found


@dataclass(frozen=True, eq=False)
class World:
    """The latest year of a panel as a baseline, and the estimate of the effect in question."""

    baseline: Baseline
    treated: Mask
    fit: GravityFit
    effect: str
    year: Any
    without_domestic: tuple[str, ...]
    source: str
    apart: tuple[str, ...] = ()

    def places(self, group: Group) -> list[int]:
        """Where the group's members stand; GRA052 if none is in the panel."""
        found = [n for n, code in enumerate(self.baseline.countries) if code in group.members]
        if not found:
            raise GravityError(
                "GRA052",
                group=group.name,
                members=", ".join(group.members[:12]),
                source=self.source,
            )
        return found


def see_world(
    data: Any,
    *,
    effect: str | None = None,
    formula: str | None = None,
    year: int | None = None,
    source: str = "the panel",
) -> World:
    """Estimate the effect on a panel and take its latest year (or ``year``) as the baseline.

    The panel has exporter, importer, trade, the effect's column (default: the
    agreement dummy under one of its usual names) and, for the three-way model,
    year; domestic trade as rows with exporter and importer the same. Countries
    without domestic trade are left out of the equilibrium, and so are those that
    do not trade with the others (``apart``).

    Raises ``GravityError`` GRA053 where a column is missing.
    """
    columns = Columns(data)
    exporter, importer = columns.role("exporter"), columns.role("importer")
    trade, effect = columns.role("trade"), effect or columns.role("agreement") or "rta"
    if exporter is None or importer is None or trade is None or effect not in columns.names:
        raise GravityError("GRA053", column=effect, columns=", ".join(columns.names[:20]))
    time = columns.role("year")
    data = nothing_at_home(data, [effect, TARIFF])
    fit = fit_gravity(data, formula or _formula(columns, trade, effect, time))
    if effect not in fit.names:
        raise GravityError("GRA054", effect=effect, formula=fit.design.formula.text)
    frame = data.select(
        exporter=pl.col(exporter).cast(pl.String),
        importer=pl.col(importer).cast(pl.String),
        value=pl.col(trade).cast(pl.Float64),
        treated=pl.col(effect).cast(pl.Float64),
        year=pl.col(time) if time else pl.lit(0),
    ).drop_nulls()
    chosen = frame["year"].max() if year is None else year
    latest = frame.filter(pl.col("year") == chosen)
    if not len(latest):
        raise GravityError("GRA055", year=year)
    twice = latest.filter(pl.struct("exporter", "importer").is_duplicated())
    if len(twice):
        raise GravityError("GRA031", dyad=f"{twice['exporter'][0]} → {twice['importer'][0]}")
    home = latest.filter((pl.col("exporter") == pl.col("importer")) & (pl.col("value") > 0))
    countries = tuple(home["exporter"].unique().sort())
    everyone = {*latest["exporter"].unique(), *latest["importer"].unique()}
    if len(countries) < 2:
        raise GravityError(
            "GRA030", countries=", ".join(sorted(everyone)[:10]), count=len(everyone)
        )
    without = tuple(sorted(everyone - set(countries)))
    part = networks(_square(latest, countries, "value") > 0)
    largest = np.argmax(np.bincount(part))
    apart = tuple(code for code, own in zip(countries, part, strict=True) if own != largest)
    countries = tuple(code for code in countries if code not in apart)
    flows, treated = (_square(latest, countries, name) for name in ("value", "treated"))
    return World(
        Baseline(countries, flows), treated > 0.5, fit, effect, _year(chosen, time),
        without, source, apart,
    )  # fmt: skip


def link_blocs(world: World, first: Group, second: Group, **options: Any) -> Answer:
    """Give every dyad between two groups the effect of an agreement, both ways."""
    a, b = world.places(first), world.places(second)
    chosen = _between(len(world.baseline.countries), a, b)
    what = f"an agreement between {first.name} and {second.name}"
    return _agreement(world, chosen & ~world.treated, chosen, 1.0, what, [first, second], **options)


def join_bloc(world: World, polity: Group, bloc: Group, **options: Any) -> Answer:
    """Give a polity an agreement with every member of a bloc."""
    inside = [place for place in world.places(bloc) if place not in world.places(polity)]
    chosen = _between(len(world.baseline.countries), world.places(polity), inside)
    what = f"{polity.name} joining {bloc.name}"
    answer = _agreement(
        world, chosen & ~world.treated, chosen, 1.0, what, [polity, bloc], **options
    )
    inner = [code for code in polity.members if code in bloc.members]
    if bloc.named and inner:
        return _warned(answer, f"{', '.join(inner)} is a member of {bloc.name} already")
    return answer


def leave_bloc(world: World, polity: Group, bloc: Group, **options: Any) -> Answer:
    """Take from a polity its agreements with the members of a bloc."""
    inside = [place for place in world.places(bloc) if place not in world.places(polity)]
    chosen = _between(len(world.baseline.countries), world.places(polity), inside)
    what = f"{polity.name} leaving {bloc.name}"
    answer = _agreement(
        world, chosen & world.treated, chosen, -1.0, what, [polity, bloc], **options
    )
    outer = [code for code in polity.members if code not in bloc.members]
    if bloc.named and outer:
        return _warned(answer, f"{', '.join(outer)} is not among the known members of {bloc.name}")
    return answer


def change_tariff(
    world: World, exporter: Group, importer: Group, *, factor: float, **options: Any
) -> Answer:
    """Multiply one plus the tariff of ``importer`` on ``exporter`` by ``factor``.

    Trade costs change by that factor, φ̂ = factor^(1−σ); revenue is left out. Where σ
    is estimated, the interval comes from drawing it.

    Raises ``GravityError`` GRA057 for a factor that is not positive.
    """
    if not (np.isfinite(factor) and factor > 0):
        raise GravityError("GRA057", factor=factor)
    count, seed = _draws(options.pop("draws", DRAWS)), options.pop("seed", 0)
    sigmas, origin = _sigmas(world, options.pop("sigma", None), world.fit.draws(count, seed=seed))
    N = len(world.baseline.countries)
    chosen = np.zeros((N, N), dtype=bool)
    chosen[np.ix_(world.places(exporter), world.places(importer))] = True
    chosen &= ~np.eye(N, dtype=bool)
    what = f"{importer.name} changing its tariff on {exporter.name} by {100 * (factor - 1):+.1f} %"
    if origin != ESTIMATED:
        sigmas = sigmas[:1]
    return _solve(
        world, chosen, factor ** (1.0 - sigmas), sigmas, origin, what, [exporter, importer],
        **options,
    )  # fmt: skip


def _agreement(
    world: World,
    changed: Mask,
    concerned: Mask,
    sign: float,
    what: str,
    groups: Sequence[Group],
    **options: Any,
) -> Answer:
    if not changed.any():
        raise GravityError("GRA056", what=what, count=int(concerned.sum()))
    place = world.fit.names.index(world.effect)
    count, seed = _draws(options.pop("draws", DRAWS)), options.pop("seed", 0)
    drawn = world.fit.draws(count, seed=seed)
    drawn[0] = world.fit.coefficients
    sigmas, origin = _sigmas(world, options.pop("sigma", None), drawn)
    effects = np.exp(sign * drawn[:, place])
    answer = _solve(world, changed, effects, sigmas, origin, what, groups, **options)
    already = int(concerned.sum() - changed.sum())
    if already:
        which = "have no agreement to lose" if sign < 0 else "have an agreement already"
        note = (
            f"{already} of the {int(concerned.sum())} directed dyads concerned {which}: unchanged"
        )
        return _warned(answer, note)
    return answer


def _solve(
    world: World,
    changed: Mask,
    factors: Floats,
    sigmas: Floats,
    origin: str,
    what: str,
    groups: Sequence[Group],
    *,
    deficit: Deficit = "additive",
    reference: str | None = None,
) -> Answer:
    results = []
    for factor, sigma in zip(factors, sigmas, strict=True):
        change = np.where(changed, factor, 1.0)
        results.append(
            solve_equilibrium(
                world.baseline, change, sigma=float(sigma), deficit=deficit, reference=reference
            )
        )
    base = results[0].baseline.flows
    real = np.array([100 * (r.real_gdp - 1) for r in results])
    bounds = _interval(real)
    own = np.array([_growth(r.flows, base, changed) for r in results])
    abroad = ~np.eye(len(base), dtype=bool)
    exports = np.array([_exports(r.flows * abroad, base * abroad) for r in results])
    touched = changed.any(axis=0) | changed.any(axis=1)
    countries = np.array(world.baseline.countries)
    table = pl.DataFrame(
        {
            "country": countries,
            "concerned": np.where(touched, "yes", ""),
            "exports_partial_pct": _exports(base * results[0].change * abroad, base * abroad),
            "exports_conditional_pct": _exports(results[0].conditional * abroad, base * abroad),
            "exports_pct": exports[0],
            "real_gdp_pct": real[0],
            "real_gdp_low": bounds[0],
            "real_gdp_high": bounds[1],
        }
    ).sort(pl.col("concerned") == "", -pl.col("real_gdp_pct").abs())
    low, high = (float(bound[0]) for bound in _interval(own[:, None]))
    span = f" (95 % interval {low:+.1f} to {high:+.1f} %)" if len(factors) > 1 else ""
    gains = real[0][touched]
    sentence = (
        f"On {world.source}{world.year}, {what} would change trade on the {int(changed.sum())} "
        f"directed dyads concerned by {own[0]:+.1f} %{span}, and real income of the "
        f"{int(touched.sum())} countries concerned by {gains.min():+.2f} to {gains.max():+.2f} %."
    )
    labels = {
        "country": "", "concerned": "concerned", "exports_partial_pct": "exports: partial, %",
        "exports_conditional_pct": "conditional, %", "exports_pct": "full, %",
        "real_gdp_pct": "real GDP, %", "real_gdp_low": "from", "real_gdp_high": "to",
    }  # fmt: skip
    details = _details(world, what, float(sigmas[0]), deficit, results[0].residuals, len(factors))
    details["sigma_source"] = origin
    first = results[0]
    details["trade_concerned_pct"] = {
        "partial": _growth(base * first.change, base, changed),
        "conditional": _growth(first.conditional, base, changed),
        "full": own[0], "low": low, "high": high,
    }  # fmt: skip
    place = pl.Series(changed.ravel())
    details["dyads"] = first.by_dyad().filter(place).to_dicts()
    return Answer(what, sentence, table, labels, LEFT_OUT, _warnings(world, groups), details)


def _details(
    world: World, what: str, sigma: float, deficit: str, residuals: Any, draws: int
) -> dict[str, Any]:
    coefficient = world.fit[world.effect].to_dict()
    return {
        "formula": world.fit.design.formula.text,
        "effect": {world.effect: coefficient},
        "converged": world.fit.converged,
        "n": world.fit.n,
        "sigma": sigma,
        "deficit": deficit,
        "mode": "exact",
        "draws": draws,
        "market_residual": residuals.market,
        "welfare_residual": residuals.welfare_identity,
        "chart": {
            "title": f"Real GDP, per cent: {what}", "value": "real_gdp_pct",
            "low": "real_gdp_low", "high": "real_gdp_high",
        },
    }  # fmt: skip


def _sigmas(world: World, given: float | None, drawn: Floats) -> tuple[Floats, str]:
    """An elasticity a draw: given, or what the panel's tariffs reveal, or the usual one."""
    if given is not None:
        return np.full(len(drawn), given), "given"
    if TARIFF in world.fit.names and world.fit[TARIFF].p < 0.05:
        sigmas = -drawn[:, world.fit.names.index(TARIFF)]
        sigmas[0] = sigma_from_tariff(world.fit, TARIFF)
        # The estimate is above one; a draw that is not stands for the lowest that makes sense.
        return np.maximum(sigmas, 1.05), ESTIMATED
    return np.full(len(drawn), SIGMA), "Head and Mayer (2014)"


def _draws(count: int) -> int:
    if count < 1:
        raise GravityError("GRA037", option="number of draws", value=count, known="1 or more")
    return count


def _warnings(world: World, groups: Sequence[Group]) -> tuple[str, ...]:
    found = [
        note
        for group in groups
        for note in group.lacks(world.baseline.countries, "among the countries solved")
    ]
    if world.without_domestic:
        found.append("left out, no domestic trade: " + ", ".join(world.without_domestic))
    if world.apart:
        found.append("left out, no trade with the others: " + ", ".join(world.apart))
    if not world.fit.converged:
        found.append("the estimate of the effect has not converged")
    return tuple(found)


def _warned(answer: Answer, note: str) -> Answer:
    from dataclasses import replace

    return replace(answer, warnings=(*answer.warnings, note))


def _formula(columns: Columns, trade: str, effect: str, time: str | None) -> str:
    exporter, importer = columns.role("exporter"), columns.role("importer")
    if time and len(set(columns.series(time).to_list())) > 1:
        tariff = f" + {TARIFF}" if TARIFF in columns.names and effect != TARIFF else ""
        right = f"{effect}{tariff} | {exporter}^{time} + {importer}^{time} + {exporter}^{importer}"
        return f"{trade} ~ {right}"
    from accord.gravity.potential import covariates

    others = [name for name in covariates(columns) if name != effect]
    return f"{trade} ~ {' + '.join([effect, *others])} | {exporter} + {importer}"


def _between(N: int, a: list[int], b: list[int]) -> Mask:
    chosen = np.zeros((N, N), dtype=bool)
    chosen[np.ix_(a, b)] = True
    chosen[np.ix_(b, a)] = True
    return chosen & ~np.eye(N, dtype=bool)


def _square(frame: pl.DataFrame, countries: tuple[str, ...], column: str) -> Floats:
    inside = pl.col("exporter").is_in(countries) & pl.col("importer").is_in(countries)
    kept = frame.filter(inside)
    order = pl.Enum(countries)
    row, place = (
        kept[end].cast(order).to_physical().to_numpy() for end in ("exporter", "importer")
    )
    out = np.zeros((len(countries), len(countries)))
    out[row, place] = kept[column].to_numpy()
    return out


def _year(chosen: Any, time: str | None) -> str:
    if time is None:
        return ""
    return f" in {int(chosen)}" if isinstance(chosen, int | float) else f" in {chosen}"


def _interval(drawn: Floats) -> tuple[Floats, Floats]:
    """95 % of the draws, the estimate in the first row among them however few they are."""
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    return np.minimum(low, drawn[0]), np.maximum(high, drawn[0])


def _growth(after: Floats, before: Floats, cells: Mask) -> float:
    base = float(before[cells].sum())
    return 100 * (float(after[cells].sum()) / base - 1) if base > 0 else 0.0


def _exports(after: Floats, before: Floats) -> Floats:
    base = before.sum(axis=1)
    return np.asarray(
        100 * (np.divide(after.sum(axis=1), base, out=np.ones_like(base), where=base > 0) - 1)
    )
