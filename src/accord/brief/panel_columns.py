"""The columns of a panel, each asked of the record in one or two queries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from accord.brief.ties import date_in, expiry
from accord.measure.panel import KEYS, Unit, attach, count_column, pair_spells, shared_counts
from accord.record import Record

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "agreement_columns",
    "event_columns",
    "gdp_columns",
    "membership_columns",
    "trade_columns",
]

# The figure in force of each cell, by the rule of accord.record.vintage: the newest known
# on the day, or a finer one that it merely rounds; an undated one only where no other is.
_TRADE = """
WITH cells AS (
    SELECT reporter, partner, direction, period_start, period_end, value, known_from,
           precision, coalesce(resolution, 0) AS unit
    FROM figures
    WHERE product = 'all' AND value IS NOT NULL AND currency = 'USD' AND doubtful IS NULL
      AND NOT coalesce(services, false)
    UNION ALL
    SELECT reporter, partner, direction, period_start, period_end, value, known_from, 'exact', 0
    FROM flows
    WHERE product = 'all' AND value IS NOT NULL AND currency = 'USD'
      AND NOT coalesce(services, false)
    UNION ALL
    -- Chapters and months of a series in detail add up to what it does not publish itself.
    SELECT reporter, partner, direction, min(period_start), max(period_end), sum(value),
           max(known_from), 'summed', 0
    FROM (SELECT *, length(product::VARCHAR) = 2 AS chapter FROM flows
          WHERE period_start >= $first AND period_end <= $last AND value IS NOT NULL
            AND currency = 'USD' AND NOT coalesce(services, false)
            AND (product = 'all' OR (length(product::VARCHAR) = 2
                                     AND product::VARCHAR BETWEEN '00' AND '99'))
            AND CASE WHEN $as_of IS NULL THEN known_until IS NULL
                     ELSE known_from <= $as_of
                          AND (known_until IS NULL OR known_until > $as_of) END)
    GROUP BY reporter, partner, direction, chapter,
             (SELECT source FROM releases WHERE key = release),
             year(period_start), CASE WHEN $months = 1 THEN month(period_start) END,
             datediff('month', period_start, period_end)
    HAVING count(DISTINCT period_start) * (datediff('month', any_value(period_start),
                                                    any_value(period_end)) + 1) = $months
), asked AS (
    SELECT *, first_value(value) OVER newest AS latest, first_value(unit) OVER newest AS rounding,
           first_value(precision) OVER newest AS sort
    FROM cells
    WHERE period_start >= $first AND period_end <= $last
      AND datediff('month', period_start, period_end) = $months - 1
      AND ($as_of IS NULL OR known_from <= $as_of)
    WINDOW newest AS (PARTITION BY reporter, partner, direction, period_start
                      ORDER BY precision = 'summed', known_from DESC NULLS LAST, unit)
)
SELECT reporter::VARCHAR AS reporter, partner::VARCHAR AS partner,
       direction::VARCHAR AS direction, period_start, value
FROM asked
QUALIFY row_number() OVER (
    PARTITION BY reporter, partner, direction, period_start
    ORDER BY known_from IS NULL,
             precision = 'summed',
             NOT (abs(value - latest) <= rounding / 2
                  OR (sort = 'floor' AND value BETWEEN latest AND latest + rounding)),
             precision <> 'exact', unit, known_from DESC) = 1
"""
_GDP = """
SELECT polity, period_start, value AS gdp_usd FROM (
    SELECT polity, period_start, value, row_number() OVER (
        PARTITION BY polity, period_start ORDER BY known_from DESC NULLS LAST, release) AS place
    FROM indicators
    WHERE lower(indicator) IN ('gdp', 'gdp_usd', 'ny.gdp.mktp.cd') AND value IS NOT NULL
      AND ($as_of IS NULL OR known_from <= $as_of)
) WHERE place = 1
"""


def trade_columns(
    panel: pl.DataFrame, record: Record, *, unit: Unit, as_of: date | None, directed: bool
) -> pl.DataFrame:
    """Goods trade in US dollars as either side reports it.

    Directed: ``exports_usd`` and ``imports_usd`` by the source's statistics and
    ``partner_imports_usd`` (the same exports as the target reports them) and
    ``partner_exports_usd``. Both forms: ``turnover_usd``, the mean of what both
    sides report where both do and else the one report there is, and ``reports``
    (0, 1 or 2), which are the same for both orders of a pair.
    """
    import polars as pl

    rows = _trade_rows(panel, record, unit, as_of)
    wide = rows.pivot("direction", index=["reporter", "partner", "period_start"], values="value")
    for direction in ("export", "import", "total"):
        if direction not in wide.columns:
            wide = wide.with_columns(pl.lit(None, dtype=pl.Float64).alias(direction))
    wide = wide.with_columns(pl.coalesce("total", pl.col("export") + pl.col("import")))
    own = wide.rename({"reporter": "source", "partner": "target"})
    other = wide.rename({"reporter": "target", "partner": "source"})
    own = own.select(*KEYS, exports_usd="export", imports_usd="import", _own="total")
    other = other.select(
        *KEYS, partner_exports_usd="export", partner_imports_usd="import", _other="total"
    )
    panel = attach(attach(panel, own), other).with_columns(
        pl.mean_horizontal("_own", "_other").alias("turnover_usd"),
        (
            pl.col("_own").is_not_null().cast(pl.Int64)
            + pl.col("_other").is_not_null().cast(pl.Int64)
        ).alias("reports"),
    )
    sides = ["exports_usd", "imports_usd", "partner_exports_usd", "partner_imports_usd"]
    return panel.drop("_own", "_other", *([] if directed else sides))


def _trade_rows(
    panel: pl.DataFrame, record: Record, unit: Unit, as_of: date | None
) -> pl.DataFrame:
    import polars as pl

    values = {
        "first": panel["period_start"].min(),
        "last": panel["period_end"].max(),
        "months": 1 if unit is Unit.MONTH else 12,
        "as_of": as_of,
    }
    if values["first"] is None:  # an empty panel asks for nothing
        values |= {"first": date.max, "last": date.min}
    found = pl.from_arrow(record.sql(_filled(_TRADE, values)))
    assert isinstance(found, pl.DataFrame)
    codes = set(panel["source"].unique()) | set(panel["target"].unique())
    return found.filter(pl.col("reporter").is_in(codes), pl.col("partner").is_in(codes))


def _filled(query: str, values: Mapping[str, object]) -> str:
    """The query with days and numbers written in: nothing here comes from a user as text."""
    for name, value in values.items():
        written = (
            f"DATE '{value.isoformat()}'" if isinstance(value, date)
            else "NULL::DATE" if value is None
            else str(int(str(value)))
        )  # fmt: skip
        query = query.replace(f"${name}", written)
    return query


def agreement_columns(panel: pl.DataFrame, record: Record, *, as_of: date | None) -> pl.DataFrame:
    """``agreements_in_force`` on the last day of the period. Symmetric."""
    spells, covered = [], set()
    for agreement in record.agreements():
        covered |= set(agreement.parties)
        if not _known(agreement.signed or agreement.in_force, as_of) or not agreement.in_force:
            continue
        start = _last_day(agreement.in_force)
        ended = date_in(agreement.ended)
        end = ended or (None if agreement.renewal else expiry(agreement))
        spells += pair_spells(agreement.parties, start, _last_day(end) if end else None)
    return count_column(panel, spells, name="agreements_in_force", covered=covered)


def membership_columns(panel: pl.DataFrame, record: Record, *, as_of: date | None) -> pl.DataFrame:
    """``shared_memberships`` and ``co_membership`` on the last day of the period. Symmetric."""
    import polars as pl

    rows = [
        (m.member, m.bloc, _last_day(m.start) if m.start else None,
         _last_day(m.end) if m.end else None)
        for m in record.memberships()
        if m.status == "member" and not m.doubtful and (m.start is None or _known(m.start, as_of))
    ]  # fmt: skip
    types = {"polity": pl.String, "group": pl.String, "since": pl.Date, "until": pl.Date}
    belongs = pl.DataFrame(rows, schema=types, orient="row")
    return shared_counts(panel, belongs, name="shared_memberships", ratio_name="co_membership")


def event_columns(
    panel: pl.DataFrame, record: Record, *, as_of: date | None, directed: bool
) -> pl.DataFrame:
    """Recorded acts in the period: ``events_sent`` and ``events_received``, or ``events``.

    Null outside the first and last month of the record's events, and for polities
    that have none at all.
    """
    import polars as pl

    rows = [
        (actor, target, _last_day(event.date))
        for event in record.events()
        if _known(event.date, as_of)
        for actor in event.actors
        for target in event.targets
        if actor != target
    ]
    types = {"source": pl.String, "target": pl.String, "day": pl.Date}
    acts = pl.DataFrame(rows, schema=types, orient="row")
    sent = _acts_by_period(panel, acts, "events_sent")
    swapped = acts.rename({"source": "target", "target": "source"})
    received = _acts_by_period(panel, swapped, "events_received")
    panel = attach(attach(panel, sent), received)
    panel = _zero_in_coverage(panel, acts, ("events_sent", "events_received"))
    if directed:
        return panel
    both = (pl.col("events_sent") + pl.col("events_received")).alias("events")
    return panel.with_columns(both).drop("events_sent", "events_received")


def _acts_by_period(panel: pl.DataFrame, acts: pl.DataFrame, name: str) -> pl.DataFrame:
    import polars as pl

    day = pl.col("day")
    return (
        panel.select(*KEYS, "period_end")
        .join(acts, on=["source", "target"], how="inner")
        .filter((day >= pl.col("period_start")) & (day <= pl.col("period_end")))
        .group_by(list(KEYS))
        .agg(pl.len().cast(pl.Int64).alias(name))
    )


def _zero_in_coverage(
    panel: pl.DataFrame, acts: pl.DataFrame, names: tuple[str, ...]
) -> pl.DataFrame:
    import polars as pl

    if acts.is_empty():
        return panel
    actors = list(set(acts["source"].unique()) | set(acts["target"].unique()))
    first, last = acts["day"].min(), acts["day"].max()
    covered = (
        pl.col("source").is_in(actors)
        & pl.col("target").is_in(actors)
        & (pl.col("period_end") >= first)
        & (pl.col("period_start") <= last)
    )
    return panel.with_columns(
        pl.when(covered).then(pl.col(name).fill_null(0)).otherwise(pl.col(name)).alias(name)
        for name in names
    )


def gdp_columns(
    panel: pl.DataFrame, record: Record, *, unit: Unit, as_of: date | None
) -> pl.DataFrame:
    """``source_gdp_usd`` and ``target_gdp_usd``, current US dollars."""
    import polars as pl

    found = pl.from_arrow(record.sql(_filled(_GDP, {"as_of": as_of})))
    assert isinstance(found, pl.DataFrame)
    for side in ("source", "target"):
        own = found.rename({"polity": side, "gdp_usd": f"{side}_gdp_usd"})
        panel = panel.join(own, on=[side, "period_start"], how="left")
    return panel


def _known(day: str | None, as_of: date | None) -> bool:
    return as_of is None or (day is not None and day <= as_of.isoformat()[: len(day)])


def _last_day(text: str) -> date:
    """The last day that a date of any precision can mean."""
    from accord.model.period import Period

    return Period.parse(text).end
