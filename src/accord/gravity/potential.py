"""Trade potential: what two sides trade against what gravity would have them trade.

The prediction comes from exporter and importer effects (by year) and what is
known of each dyad: distance, border, language, agreements. Pair effects are
left out on purpose, since they would predict each pair from its own past.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from accord.errors import GravityError
from accord.gravity.answer import Answer
from accord.gravity.columns import Columns
from accord.gravity.estimate import fit_gravity
from accord.gravity.fit import Z95, GravityFit
from accord.gravity.scenarios import Group

__all__ = ["covariates", "trade_potential"]

BORDERS = ("border", "INTL_BRDR", "international")
# What published panels call what they know of a dyad; of each line the first that is there.
KNOWN: tuple[tuple[str, ...], ...] = (
    ("ln_dist", "ldist", "log(dist)", "log(distw)", "log(distance)", "ln_DIST", "log(DIST)"),
    ("contiguity", "contig", "cntg", "CNTG"),
    ("lang", "comlang_off", "common_language", "LANG"),
    ("clny", "colony", "col45", "comcol", "CLNY"),
    ("rta", "fta", "fta_wto", "agree_fta", "RTA"),
    BORDERS,
    ("tariff", "ln_tariff"),
)
LEFT_OUT = (
    "what the model does not know of a dyad counts as potential: sanctions, politics, pipelines, "
    "re-exports, errors in the figures",
    "the interval is that of the prediction's parameters, not of single flows, which scatter more",
    "potential is measured against the average dyad, which is no norm",
)


def covariates(columns: Columns) -> list[str]:
    """The expressions for what the panel knows of its dyads."""
    found = []
    for names in KNOWN:
        for name in names:
            plain = name.removeprefix("log(").removesuffix(")")
            if plain in columns.names and columns.is_numeric(plain):
                found.append(name)
                break
    return found


def trade_potential(
    data: Any,
    first: Group,
    second: Group,
    *,
    formula: str | None = None,
    year: int | None = None,
    source: str = "the panel",
    unit: str = "",
) -> Answer:
    """Actual trade between two sides against the model's, and their rank among all pairs.

    Raises ``GravityError`` GRA053 where the panel knows nothing of its dyads,
    GRA052 where a side is not in it, GRA059 where it has no flow between the two.
    """
    columns = Columns(data)
    exporter, importer = columns.role("exporter"), columns.role("importer")
    trade, known = columns.role("trade"), covariates(columns)
    if exporter is None or importer is None or trade is None or not (known or formula):
        raise GravityError("GRA053", column="ln_dist", columns=", ".join(columns.names[:20]))
    if not any(name in known for name in BORDERS):
        # Nothing tells domestic flows apart, which gravity would take for foreign ones.
        frame = nw.from_native(data, eager_only=True)
        columns = Columns(frame.filter(nw.col(exporter) != nw.col(importer)).to_native())
    time = columns.role("year")
    ends = f"{exporter}^{time} + {importer}^{time}" if time else f"{exporter} + {importer}"
    fit = fit_gravity(
        columns.frame.to_native(), formula or f"{trade} ~ {' + '.join(known)} | {ends}"
    )
    pairs = _pairs(fit, columns, exporter, importer, time, year)
    between = _of(pairs, first, second, source)
    actual, predicted = float(between["actual"].sum()), float(between["predicted"].sum())
    spread = float((between["predicted"] * between["error"]).sum()) / max(predicted, 1e-300)
    low, high = predicted * np.exp(-Z95 * spread), predicted * np.exp(Z95 * spread)
    ranked = _ranked(pairs)
    place = _place(ranked, first, second)
    money = f"{actual:,.1f} {unit}".strip()
    when = f" in {pairs['year'][0]:g}" if time else ""
    sentence = (
        f"On {source}{when}, trade between {first.name} and {second.name} was {money}, "
        f"{100 * actual / predicted:.0f} % of the {predicted:,.1f} that gravity predicts "
        f"(95 % interval {low:,.1f} to {high:,.1f})"
        + (
            f"; of {len(ranked):,} pairs it is number {place:,} by unused potential."
            if place
            else "."
        )
    )
    labels = {
        "pair": "", "actual": "actual", "predicted": "predicted", "low": "from", "high": "to",
        "used_pct": "used, %", "rank": "rank",
    }  # fmt: skip
    details = {
        "formula": fit.design.formula.text,
        "coefficients": {name: c.to_dict() for name, c in fit.table.items()},
        "converged": fit.converged,
        "n": fit.n,
        "unit": unit or None,
        "actual": actual,
        "predicted": predicted,
        "interval": [low, high],
        "rank": place,
        "pairs": len(ranked),
        "chart": {"title": "Trade, per cent of what gravity predicts", "value": "used_pct",
                  "low": "used_low", "high": "used_high"},
    }  # fmt: skip
    table = pl.concat([_own(ranked, first, second), ranked]).unique("pair", maintain_order=True)
    warnings = _warnings(pairs, (first, second))
    kind = f"trade potential of {first.name} and {second.name}"
    return Answer(kind, sentence, table, labels, LEFT_OUT, warnings, details, signed=False)


def _pairs(
    fit: GravityFit, columns: Columns, exporter: str, importer: str, time: str | None, year: Any
) -> pl.DataFrame:
    """Actual and predicted flows abroad of the year in question, with the error of the index."""
    rows = fit.design.rows
    frame = pl.DataFrame(
        {
            "exporter": np.array(columns.series(exporter).to_list(), dtype=str)[rows],
            "importer": np.array(columns.series(importer).to_list(), dtype=str)[rows],
            "year": columns.numbers(time)[rows] if time else np.zeros(len(rows)),
            "actual": fit.design.y,
            "predicted": fit.fitted,
            "error": np.sqrt(np.einsum("kn,kl,ln->n", fit.within, fit.covariance, fit.within)),
        }
    ).filter(pl.col("exporter") != pl.col("importer"))
    chosen = frame["year"].max() if year is None else float(year)
    latest = frame.filter(pl.col("year") == chosen)
    if not len(latest):
        raise GravityError("GRA055", year=year)
    return latest


def _warnings(pairs: pl.DataFrame, groups: tuple[Group, ...]) -> tuple[str, ...]:
    everyone = {*pairs["exporter"], *pairs["importer"]}
    return tuple(note for group in groups for note in group.lacks(everyone, "in the panel"))


def _of(pairs: pl.DataFrame, first: Group, second: Group, source: str) -> pl.DataFrame:
    def way(a: Group, b: Group) -> pl.Expr:
        return pl.col("exporter").is_in(list(a.members)) & pl.col("importer").is_in(list(b.members))

    found = pairs.filter(way(first, second) | way(second, first))
    if len(found):
        return found
    everyone = {*pairs["exporter"], *pairs["importer"]}
    absent = next((side for side in (first, second) if not everyone & set(side.members)), None)
    if absent is None:
        raise GravityError("GRA059", first=first.name, second=second.name, source=source)
    raise GravityError(
        "GRA052", group=absent.name, members=", ".join(absent.members[:12]), source=source
    )


def _ranked(pairs: pl.DataFrame) -> pl.DataFrame:
    """Unordered pairs by the share of the prediction that they trade, least first."""
    low = pl.min_horizontal("exporter", "importer")
    high = pl.max_horizontal("exporter", "importer")
    weighted = (pl.col("predicted") * pl.col("error")).sum() / pl.col("predicted").sum()
    return (
        pairs.with_columns(pair=low + "–" + high)
        .group_by("pair")
        .agg(pl.col("actual").sum(), pl.col("predicted").sum(), error=weighted)
        .with_columns(
            low=pl.col("predicted") * (-Z95 * pl.col("error")).exp(),
            high=pl.col("predicted") * (Z95 * pl.col("error")).exp(),
            used_pct=100 * pl.col("actual") / pl.col("predicted"),
        )
        .with_columns(
            used_low=100 * pl.col("actual") / pl.col("high"),
            used_high=100 * pl.col("actual") / pl.col("low"),
        )
        .sort("used_pct", "pair")
        .with_columns(rank=pl.int_range(1, pl.len() + 1))
        .drop("error")
    )


def _own(ranked: pl.DataFrame, first: Group, second: Group) -> pl.DataFrame:
    names = {_name(a, b) for a in first.members for b in second.members}
    return ranked.filter(pl.col("pair").is_in(list(names)))


def _place(ranked: pl.DataFrame, first: Group, second: Group) -> int | None:
    if len(first.members) != 1 or len(second.members) != 1:
        return None
    own = _own(ranked, first, second)
    return int(own["rank"][0]) if len(own) else None


def _name(a: str, b: str) -> str:
    return f"{min(a, b)}–{max(a, b)}"
