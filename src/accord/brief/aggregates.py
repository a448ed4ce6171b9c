"""Figures of a pair that a statistical series holds only by chapter and month: summed in SQL.

A series at full detail has millions of rows; a brief wants years and totals. The sums are
made by the record and come back as flows of their own (rows named ``sum:…``), beside the
published ones. A year counts when all twelve months, or the year itself, are there.
"""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
from collections.abc import Sequence
from datetime import date
from typing import Any

from accord.model.flow import Direction, Flow, Precision
from accord.model.period import Granularity, Period
from accord.model.release import Release
from accord.record import Record
from accord.record.filters import Filters, literal

__all__ = ["MONTHS", "query_for", "summed_flows", "summed_months"]

CHAPTER_DIGITS = 2
_ADDABLE = (Precision.EXACT, Precision.ROUNDED)
WORLD = "WLD"
MONTHS = "months:"  # begins the name of a row that is a sum of rows
_SUMS = """
WITH cells AS (
    SELECT f.reporter::VARCHAR AS reporter, f.partner::VARCHAR AS partner,
           f.direction::VARCHAR AS direction, f.product::VARCHAR AS product, f.period_start,
           f.period_end, f.value, r.source, r.id AS release, r.published_on
    FROM flows f JOIN releases r ON r.key = f.release {where}
), chapters AS (
    SELECT * FROM cells WHERE length(product) = {digits} AND product BETWEEN '00' AND '99'
)
SELECT source, reporter, partner, direction, product, year(period_start) AS year,
       CASE WHEN grouping(month(period_start)) = 0 THEN month(period_start) END AS month,
       sum(value) AS value, count(DISTINCT period_start) AS parts,
       bool_or(datediff('month', period_start, period_end) = 11) AS yearly,
       arg_max(release, published_on) AS release, count(*) AS rows
FROM chapters
GROUP BY GROUPING SETS (
    (source, reporter, partner, direction, product, year(period_start)),
    (source, reporter, partner, direction, year(period_start)),
    (source, reporter, partner, direction, year(period_start), month(period_start)))
"""


def summed_flows(
    record: Record, codes: Sequence[str], *, as_of: date | None, totals: bool = True
) -> list[Flow]:
    """Yearly chapters, yearly totals and monthly totals of a pair, from chapters.

    ``totals`` leaves the totals out where the series publishes them itself. Empty where
    no statistical series is loaded.
    """
    if not record.flow_keys():
        return []
    where = Filters()
    for column in ("reporter", "partner"):
        where = where.coded(f"f.{column}", codes, record.vocabulary(column))
    where = where.add("f.value IS NOT NULL AND f.currency = 'USD'")
    if as_of is None:
        where = where.add("f.known_until IS NULL")
    else:
        day = literal(as_of)
        where = where.add(f"f.known_from <= {day}")
        where = where.add(f"(f.known_until IS NULL OR f.known_until > {day})")
    releases = {release.id: release for release in record.releases()}
    query = _SUMS.format(where=where.clause, digits=CHAPTER_DIGITS)
    return [
        flow
        for row in record.rows(query)
        if (flow := _flow(row, releases)) is not None and (totals or flow.product != "all")
    ]


def _flow(row: tuple[Any, ...], releases: dict[str, Release]) -> Flow | None:
    source, reporter, partner, direction, product, year, month, value, parts, yearly, *rest = row
    release, rows = rest
    if (reporter == partner != WORLD) or (
        month is None and parts != 12 and not (yearly and parts == 1)
    ):
        return None
    if month is not None and yearly:
        return None  # the one row of a year is not a month of January
    period = Period.of_month(year, month) if month else Period.of_year(year)
    return Flow(
        row=f"sum:{source}/{reporter}/{partner}/{direction}/{product or 'all'}/{period}",
        reporter=reporter,
        partner=partner,
        direction=Direction(direction),
        product=product or "all",
        period=period,
        release=releases[release],
        value=value,
        as_published=f"sum of {rows:,} rows",
    )


def summed_months(flows: Sequence[Flow]) -> list[Flow]:
    """Years of a series that publishes totals by month only: one publisher, all twelve months.

    ``flows`` must be known on the day asked about. Of a month published twice the newest
    release counts; bounds and conversions are not added up.
    """
    months: dict[tuple[str, str, str, Direction, int], dict[int, Flow]] = {}
    years = set()
    for flow in flows:
        year = flow.period.start.year
        key = (flow.release.publisher, flow.reporter, flow.partner, flow.direction, year)
        if flow.product != "all" or flow.value is None or flow.currency != "USD":
            continue
        if flow.period.granularity is Granularity.YEAR:
            years.add(key)
        elif flow.period.granularity is Granularity.MONTH and flow.precision in _ADDABLE:
            held = months.setdefault(key, {}).get(flow.period.start.month)
            if held is None or _out(held) <= _out(flow):
                months[key][flow.period.start.month] = flow
    return [
        _year_of(list(parts.values()))
        for key, parts in months.items()
        if len(parts) == 12 and key not in years
    ]


def _out(flow: Flow) -> str:
    return flow.release.published or ""


def _year_of(parts: list[Flow]) -> Flow:
    newest = max(parts, key=_out)
    in_order = sorted(parts, key=lambda part: part.period.start)
    values = [part.value for part in parts if part.value is not None]
    rounding = [part.resolution or 0.0 for part in parts]
    return Flow(
        row=MONTHS + "+".join(part.row for part in in_order),
        reporter=newest.reporter,
        partner=newest.partner,
        direction=newest.direction,
        product="all",
        period=Period.of_year(newest.period.start.year),
        release=newest.release,
        value=sum(values),
        resolution=max(rounding) or None,
        as_published="sum of twelve months",
    )


def query_for(row: str) -> str:
    """The SQL that makes a sum again."""
    source, reporter, partner, direction, product, when = row.removeprefix("sum:").split("/", 5)
    period = Period.parse(when)
    part = (
        f"product = {literal(product)}"
        if product != "all"
        else f"length(product) = {CHAPTER_DIGITS} AND product BETWEEN '00' AND '99'"
    )
    return (
        f"SELECT sum(value) FROM trade WHERE source = {literal(source)} "
        f"AND reporter = {literal(reporter)} AND partner = {literal(partner)} "
        f"AND direction = {literal(direction)} AND {part} "
        f"AND period_start >= {literal(period.start)} AND period_end <= {literal(period.end)}"
    )
