"""Making a panel ready: zeros filled by rule, leads, lags and phase-in of an agreement.

Frames of any kind come in, polars comes out. Nothing is guessed: a lead or lag
beyond the panel's years is missing, not zero, unless the dates are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import polars as pl

from accord.errors import GravityError
from accord.gravity.columns import Columns

__all__ = [
    "add_agreements",
    "add_shifts",
    "fill_zeros",
    "look_up",
    "nothing_at_home",
    "sum_sectors",
]


def fill_zeros(data: Any, *, only_traders: bool = True, domestic: bool = False) -> pl.DataFrame:
    """The panel with a row for each pair and year that could trade, trade 0 where none stood.

    ``only_traders`` fills a pair's years only if exporter and importer appear in
    that year at all (the usual rule: no report is not no trade). ``domestic``
    fills domestic flows too, which are seldom zero. Other columns of new rows
    are missing.
    """
    frame, exporter, importer, year = _ends(data)
    trade = Columns(data).role("trade")
    if trade is None:
        raise GravityError("GRA053", column="trade", columns=", ".join(frame.columns[:20]))
    keys = [exporter, importer, year]
    if only_traders:
        sellers = frame.select(exporter, year).unique()
        buyers = frame.select(importer, year).unique()
        whole = sellers.join(buyers, on=year).select(keys)
    else:
        whole = (
            frame.select(exporter).unique().join(frame.select(importer).unique(), how="cross")
            .join(frame.select(year).unique(), how="cross").select(keys)
        )  # fmt: skip
    if not domestic:
        new = pl.col(exporter) != pl.col(importer)
        whole = pl.concat([whole.filter(new), frame.select(keys)]).unique()
    return (
        whole.join(frame, on=keys, how="left").with_columns(pl.col(trade).fill_null(0)).sort(keys)
    )


def add_shifts(
    data: Any, column: str, *, lags: Sequence[int] = (), leads: Sequence[int] = ()
) -> pl.DataFrame:
    """The panel with ``column_lag4``, ``column_lead4``, …: the pair's value so many years away.

    Years are looked up, not rows counted, so gaps in the years do no harm.
    """
    frame, exporter, importer, year = _ends(data)
    keys = [exporter, importer, year]
    for years, word in [*((lag, "lag") for lag in lags), *((lead, "lead") for lead in leads)]:
        offset = years if word == "lag" else -years
        moved = frame.select(
            exporter,
            importer,
            (pl.col(year) + offset).cast(frame.schema[year]),
            pl.col(column).alias(f"{column}_{word}{years}"),
        )
        frame = frame.join(moved, on=keys, how="left")
    return frame


def add_agreements(
    data: Any,
    agreements: Sequence[tuple[Sequence[str], int, int | None]],
    *,
    column: str = "rta",
    lags: Sequence[int] = (),
    leads: Sequence[int] = (),
) -> pl.DataFrame:
    """The panel with a dummy for agreements given as (parties, first year, last year or None).

    It is one between any two parties in the years in force. Lags and leads are
    worked out from the dates, so the panel's own first and last years lose
    nothing: ``rta_lag4`` is one from the fifth year on.
    """
    frame, exporter, importer, year = _ends(data)
    abroad = pl.col(exporter) != pl.col(importer)
    shifts = {column: 0, **{f"{column}_lag{k}": k for k in lags}}
    shifts |= {f"{column}_lead{k}": -k for k in leads}
    made = {}
    for name, shift in shifts.items():
        inside = pl.lit(value=False)
        for parties, first, last in agreements:
            codes = list(parties)
            now = pl.col(year) - shift
            force = (now >= first) & (now <= last) if last is not None else now >= first
            inside |= pl.col(exporter).is_in(codes) & pl.col(importer).is_in(codes) & force
        made[name] = (inside & abroad).cast(pl.Float64)
    return frame.with_columns(**made)


def nothing_at_home(data: Any, names: Sequence[str]) -> pl.DataFrame:
    """The panel with these columns zero on domestic rows where they are missing.

    Nobody has an agreement with himself or pays himself a tariff; sources of such
    covariates often leave these rows out, and domestic trade would be lost with them.
    """
    columns = Columns(data)
    exporter, importer = columns.role("exporter"), columns.role("importer")
    frame: pl.DataFrame = nw.from_native(data, eager_only=True).to_polars()
    home = pl.col(str(exporter)) == pl.col(str(importer))
    return frame.with_columns(
        pl.when(home & pl.col(name).is_null()).then(0).otherwise(pl.col(name)).alias(name)
        for name in names
        if name in frame.columns
    )


def sum_sectors(data: Any) -> pl.DataFrame:
    """One row a pair and year: trade added over sectors, other columns as first found.

    A panel that has one row each already comes back as it is. A year in which a
    pair has no figure at all stays missing.
    """
    frame, exporter, importer, year = _ends(data)
    keys = [exporter, importer, year]
    if not frame.select(keys).is_duplicated().any():
        return frame
    trade = str(Columns(data).role("trade"))
    known = pl.col(trade).is_not_null().any()
    total = pl.when(known).then(pl.col(trade).sum()).alias(trade)
    others = [pl.col(name).first() for name in frame.columns if name not in {*keys, trade}]
    return frame.group_by(keys, maintain_order=True).agg(total, *others).select(frame.columns)


def look_up(data: Any, facts: Any) -> pl.DataFrame:
    """The panel with the columns of another one that it lacks, by exporter, importer and year.

    Pairs and years that the other panel does not have are missing, not zero.
    """
    frame, *keys = _ends(data)
    other, *theirs = _ends(facts)
    other = other.rename(dict(zip(theirs, keys, strict=True)))
    for key in keys:
        other = other.with_columns(pl.col(key).cast(frame.schema[key]))
    new = [name for name in other.columns if name in keys or name not in frame.columns]
    return frame.join(other.select(new).unique(keys, keep="first"), on=keys, how="left")


def _ends(data: Any) -> tuple[pl.DataFrame, str, str, str]:
    columns = Columns(data)
    found = [columns.role(role) for role in ("exporter", "importer", "year")]
    for role, name in zip(("exporter", "importer", "year"), found, strict=True):
        if name is None:
            columns.series(role)
    frame = nw.from_native(data, eager_only=True).to_polars()
    return frame, str(found[0]), str(found[1]), str(found[2])
