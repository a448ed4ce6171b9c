"""Sums that count nothing twice: totals beside their parts, years beside their months.

A source may hold all goods beside chapters, a year beside its months, one flow in two
revisions of the nomenclature. A sum over pairs takes the whole where there is one, and
is refused where several levels or revisions stand side by side and none is asked for.
Looks at the figures only where the record's vocabulary and coverage leave a doubt.
"""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

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


def counted_once(
    record: Record,
    where: Filters,
    period: Period,
    *,
    product: str | None,
    nomenclature: str | None,
) -> Filters:
    """The conditions, with the product and the revision that a sum needs. Raises REC041."""
    if nomenclature is not None:
        where = where.coded("nomenclature", [nomenclature], record.vocabulary("nomenclature"))
    if product is None and _holds_all(record, where.within(period)):
        product = ALL
    if product is not None:
        where = where.coded("product", [product], record.vocabulary("product"))
    else:
        _check_levels(record, where.within(period))
    if nomenclature is None:
        _check_revisions(record, where.within(period))
    return where


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
    return record.rows(
        f"SELECT DISTINCT period_start, period_end FROM coverage WHERE source = {literal(source)}"
    )


def _inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _holds_all(record: Record, where: Filters) -> bool:
    words = record.vocabulary("product").words
    if words and (ALL not in words or len(words) == 1):
        return False
    clause = where.coded("product", [ALL], record.vocabulary("product")).clause
    return bool(record.rows(f"SELECT 1 FROM flows {clause} LIMIT 1"))


def _check_levels(record: Record, where: Filters) -> None:
    """Raise REC041 if codes of several levels (chapters and headings) stand side by side."""
    words = record.vocabulary("product").words
    if words and len({len(word) for word in words if word.isdigit()}) < 2:
        return
    found = record.rows(
        "SELECT length(product::VARCHAR) AS digits, min(product::VARCHAR) FROM flows "
        f"{where.add(_CODE).clause} GROUP BY digits ORDER BY digits"
    )
    if len(found) > 1:
        listed = ", ".join(f"{digits} digits ({code}, …)" for digits, code in found)
        raise RecordError("REC041", what=f"products of {listed}", option="product=")


_CODE = "regexp_full_match(product::VARCHAR, '[0-9]+')"


def _check_revisions(record: Record, where: Filters) -> None:
    """Raise REC041 if one reporter's period stands there in several nomenclatures."""
    words = record.vocabulary("nomenclature").words
    if words and len(words) < 2:
        return
    found = record.rows(
        "SELECT list(DISTINCT nomenclature::VARCHAR ORDER BY nomenclature::VARCHAR) AS kinds "
        f"FROM flows {where.clause} GROUP BY reporter, partner, direction, product, period_start, "
        "period_end HAVING len(kinds) > 1 LIMIT 1"
    )
    if found:
        listed = ", ".join(found[0][0])
        raise RecordError("REC041", what=f"figures in {listed}", option="nomenclature=")
