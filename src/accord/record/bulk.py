"""Questions about many pairs at once, answered as Arrow tables.

Each takes ``as_of``: the state of the record on a day (a row counts from the day its
release was known until the day another release replaced it); ``None`` is today's.
Codes come as dictionary columns (categories in pandas and polars). Where several
sources hold the same series, ``source`` says which one is meant. Sums over products take
all goods where they are there, sums over periods the whole period where it is there and
its months otherwise; products of several levels, or one flow in two revisions, raise
REC041 unless ``product`` or ``nomenclature`` says which are meant.
"""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
from datetime import date
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.model.period import Period
from accord.record.counting import counted_once, parts_of
from accord.record.filters import Filters, literal

if TYPE_CHECKING:
    import pyarrow as pa

    from accord.record.access import Record

__all__ = ["growth", "history", "mirror_gap", "monthly"]

PAIR = "reporter, partner"


def history(
    record: Record,
    reporter: str,
    partner: str,
    *,
    product: str | None = None,
    source: str | None = None,
    as_of: date | None = None,
) -> pa.Table:
    """All periods of a pair: ``direction, product, period_start, period_end, value``."""
    where = (
        _known(record, source, as_of)
        .coded("reporter", [reporter], record.vocabulary("reporter"))
        .coded("partner", [partner], record.vocabulary("partner"))
    )
    if product is not None:
        where = where.coded("product", [product], record.vocabulary("product"))
    return record.table(
        "SELECT direction, product, period_start, "
        f"period_end, value FROM flows {where.clause} "
        "ORDER BY period_start, direction, product"
    )


def growth(
    record: Record,
    period: Period,
    *,
    product: str | None = None,
    nomenclature: str | None = None,
    source: str | None = None,
    as_of: date | None = None,
) -> pa.Table:
    """Every pair's sum in a period and a year before, and the change in percent.

    Columns ``reporter, partner, direction, value, value_before, growth_pct``. Only
    rows whose period lies inside count, so months add up to January–February.
    """
    where = _summable(record, period, source, as_of, product, nomenclature)
    # Two searches of the sorted file; one with OR would read what lies between as well.
    now = _rows_of(record, where, period, source)
    before = _rows_of(record, where, period.year_before, source)
    pair = "SELECT reporter, partner, direction"
    return record.table(
        f"SELECT {PAIR}, direction, value, value_before, "
        "(value / nullif(value_before, 0) - 1) * 100 AS growth_pct FROM ("
        "SELECT reporter, partner, direction, sum(now) AS value, sum(before) AS value_before "
        f"FROM ({pair}, value AS now, NULL AS before FROM {now} UNION ALL "
        f"{pair}, NULL, value FROM {before}) GROUP BY reporter, partner, direction)"
    )


def monthly(
    record: Record,
    year: int,
    *,
    product: str | None = None,
    nomenclature: str | None = None,
    source: str | None = None,
    as_of: date | None = None,
) -> pa.Table:
    """A year by month and pair: ``period_start, reporter, partner, direction, value``."""
    period = Period.of_year(year)
    where = _summable(record, period, source, as_of, product, nomenclature).within(period)
    spans, _ = parts_of(record, _source(record, source), period)
    if spans:
        where = where.add(_any_of(spans))
    return record.table(
        f"SELECT period_start, {PAIR}, direction, value FROM ("
        "SELECT period_start, reporter, partner, direction, sum(value) AS value "
        f"FROM flows {where.clause} GROUP BY period_start, reporter, partner, direction)"
    )


def mirror_gap(
    record: Record,
    period: Period,
    *,
    product: str | None = None,
    nomenclature: str | None = None,
    source: str | None = None,
    as_of: date | None = None,
) -> pa.Table:
    """Every pair's exports beside what the partner reports as imports.

    Columns ``exporter, importer, reported_export, mirror_import, gap, gap_pct``; the gap
    is import less export, its share that of the import. It holds the CIF/FOB margin.
    """
    where = _summable(record, period, source, as_of, product, nomenclature)
    directions = record.vocabulary("direction")
    sides = {
        side: "SELECT reporter, partner, sum(value) AS total FROM "
        f"{_rows_of(record, where.coded('direction', [side], directions), period, source)} "
        "GROUP BY reporter, partner"
        for side in ("export", "import")
    }
    return record.table(
        "SELECT x.reporter AS exporter, x.partner AS importer, "
        "x.total AS reported_export, m.total AS mirror_import, m.total - x.total AS gap, "
        "(m.total - x.total) / nullif(m.total, 0) * 100 AS gap_pct "
        f"FROM ({sides['export']}) x JOIN ({sides['import']}) m "
        "ON x.reporter = m.partner AND x.partner = m.reporter"
    )


def _known(record: Record, source: str | None, as_of: date | None) -> Filters:
    where = Filters()
    keys = record.flow_keys()
    chosen = _chosen(source, list(keys))
    if len(keys) > 1:
        listed = ", ".join(str(key) for key in keys[chosen])
        where = where.add(f"release IN ({listed})")
    if as_of is None:
        return where.add("known_until IS NULL")
    day = literal(as_of)
    return where.add(f"known_from <= {day} AND (known_until IS NULL OR known_until > {day})")


def _summable(
    record: Record,
    period: Period,
    source: str | None,
    as_of: date | None,
    product: str | None,
    nomenclature: str | None,
) -> Filters:
    return counted_once(
        record,
        _known(record, source, as_of),
        period,
        source=_source(record, source),
        product=product,
        nomenclature=nomenclature,
    )


def _rows_of(record: Record, where: Filters, period: Period, source: str | None) -> str:
    """What to sum, to stand after FROM: the whole of a cell if it is there, else its parts."""
    spans, whole = parts_of(record, _source(record, source), period)
    inside = where.within(period)
    if not spans:
        return f"flows {inside.clause}"
    if not whole:
        return f"flows {inside.add(_any_of(spans)).clause}"
    exact = f"(period_start = {literal(period.start)} AND period_end = {literal(period.end)})"
    chosen = inside.add(f"({exact} OR {_any_of(spans)})").clause
    return (
        f"(SELECT reporter, partner, direction, product, CASE WHEN bool_or({exact}) "
        f"THEN sum(value) FILTER ({exact}) ELSE sum(value) END AS value "
        f"FROM flows {chosen} GROUP BY ALL)"
    )


def _any_of(spans: list[tuple[date, date]]) -> str:
    listed = ", ".join(f"({literal(start)}, {literal(end)})" for start, end in sorted(spans))
    return f"(period_start, period_end) IN ({listed})"


def _source(record: Record, source: str | None) -> str:
    return _chosen(source, list(record.flow_keys()))


def _chosen(source: str | None, loaded: list[str]) -> str:
    if source is not None and source in loaded:
        return source
    if source is None and len(loaded) == 1:
        return loaded[0]
    expected = f"one of {', '.join(loaded)}" if loaded else "no statistical series is loaded"
    raise RecordError("REC035", value=source or "", option="source", expected=expected)
