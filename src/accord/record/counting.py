"""Sums that count nothing twice: totals beside their parts, years beside their months.

A source may hold all goods beside chapters, a year beside its months, one flow in two
revisions of the nomenclature. A sum over pairs takes the whole where there is one, and
is refused where several levels or revisions stand side by side and none is asked for.
Which products, nomenclatures and periods a source has is looked up once; the figures
themselves only where that leaves a doubt.
"""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.model.period import Period
from accord.record.filters import Filters, literal

if TYPE_CHECKING:
    from accord.record.access import Record

__all__ = ["counted_once", "parts_of"]

ALL = "all"
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Which products and nomenclatures a source has at all."""

    has_all: bool
    others: bool
    levels: int
    nomenclatures: int


def counted_once(
    record: Record,
    where: Filters,
    period: Period,
    *,
    source: str,
    product: str | None,
    nomenclature: str | None,
) -> Filters:
    """The conditions, with the product and the revision that a sum needs. Raises REC041."""
    kinds = _kinds(record, source)
    if nomenclature is not None:
        where = where.coded("nomenclature", [nomenclature], record.vocabulary("nomenclature"))
    if product is None and kinds.has_all and _holds_all(record, where.within(period), kinds):
        product = ALL
    if product is not None:
        where = where.coded("product", [product], record.vocabulary("product"))
    elif kinds.levels > 1:
        _check_levels(record, where.within(period))
    if nomenclature is None and kinds.nomenclatures > 1:
        _check_revisions(record, where.within(period))
    return where


def _kinds(record: Record, source: str) -> _Kinds:
    keys = record.flow_keys()
    mine = ""
    if len(keys) > 1:
        mine = f"WHERE release IN ({', '.join(map(str, keys[source]))})"

    def look() -> _Kinds:
        found = record.rows(
            "SELECT DISTINCT product::VARCHAR, nomenclature::VARCHAR FROM "
            f"(SELECT DISTINCT product, nomenclature FROM flows {mine})"
        )
        products = {product for product, _ in found}
        levels = {len(product) for product in products if product.isdigit()}
        return _Kinds(
            ALL in products, bool(products - {ALL}), len(levels), len({kind for _, kind in found})
        )

    return record.remember(f"kinds of {source}", look)


def parts_of(record: Record, source: str, period: Period) -> tuple[list[Span], bool]:
    """Which spans inside a period are to be summed, and whether the whole stands beside them.

    Of spans that lie inside one another the shortest are parts; the list is empty if the
    source's spans do not overlap, as then every row counts.
    """
    spans = [span for span in _spans(record, source) if _inside(span, (period.start, period.end))]
    whole = (period.start, period.end) in spans
    shortest = [
        one for one in spans if not any(other != one and _inside(other, one) for other in spans)
    ]
    if len(shortest) == len(spans):
        return [], False
    return shortest, whole


def _spans(record: Record, source: str) -> list[Span]:
    query = (
        f"SELECT DISTINCT period_start, period_end FROM coverage WHERE source = {literal(source)}"
    )
    return record.remember(f"spans of {source}", lambda: record.rows(query))


def _inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _holds_all(record: Record, where: Filters, kinds: _Kinds) -> bool:
    if not kinds.others:
        return False  # nothing beside it, and nothing to choose
    clause = where.coded("product", [ALL], record.vocabulary("product")).clause
    return bool(record.rows(f"SELECT 1 FROM flows {clause} LIMIT 1"))


def _check_levels(record: Record, where: Filters) -> None:
    """Raise REC041 if codes of several levels (chapters and headings) stand side by side."""
    found = record.rows(
        "SELECT length(product::VARCHAR) AS digits, min(product::VARCHAR) FROM flows "
        f"{where.add(_CODE).clause} GROUP BY digits ORDER BY digits"
    )
    if len(found) > 1:
        listed = ", ".join(f"{digits} digits ({code}, …)" for digits, code in found)
        raise RecordError("REC041", what=f"products of {listed}", option="product=")


_CODE = "regexp_full_match(product::VARCHAR, '[0-9]+')"


def _check_revisions(record: Record, where: Filters) -> None:
    """Raise REC041 if one flow of one period stands there in several nomenclatures."""

    def look() -> list[tuple[list[str]]]:
        return record.rows(
            "SELECT list(DISTINCT nomenclature::VARCHAR ORDER BY nomenclature::VARCHAR) AS kinds "
            f"FROM flows {where.clause} GROUP BY reporter, partner, direction, product, "
            "period_start, period_end HAVING len(kinds) > 1 LIMIT 1"
        )

    found = record.remember(f"revisions {where.clause}", look)
    if found:
        listed = ", ".join(found[0][0])
        raise RecordError("REC041", what=f"figures in {listed}", option="nomenclature=")
