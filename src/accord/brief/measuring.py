"""One measure for one pair and period, computed from the record, with its arithmetic."""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass, replace
from datetime import date

from accord.brief.asked import Asked, Compute, MissingFigureError, ask
from accord.brief.basket_measures import BASKETS
from accord.brief.ledger import describe_flow
from accord.brief.parties import resolve_parties
from accord.brief.total_measures import TOTALS
from accord.errors import MeasureError
from accord.measure.catalogue import Entry, catalogue
from accord.model.period import Period
from accord.record import Record

__all__ = ["Measured", "computable", "measure_pair"]

COMPUTED = TOTALS | BASKETS


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's value with its units, arithmetic and the rows behind it."""

    name: str
    source: str
    target: str
    period: str | None
    value: float
    units: str
    formula: str
    arithmetic: str
    rows: tuple[str, ...]


def measure_pair(
    name: str,
    source: str,
    target: str,
    *,
    record: Record,
    period: Period,
    as_of: date | None = None,
    product: str | None = None,
) -> Measured:
    """Compute a measure of the catalogue for a pair, from the source's side.

    ``product`` is a chapter of the Harmonised System, for the measures of one product.

    Raises :class:`MeasureError` MEA004 for an unknown name and MEA005 where the
    record lacks what it needs; :class:`BriefError` for the parties.
    """
    entry = _entry(name)
    parties = resolve_parties(source, target, at=period.end)
    asked = ask(parties, period, record, as_of, product=product)
    compute = COMPUTED.get(name)
    pair = f"{parties.source.code}-{parties.target.code}"
    try:
        if compute is None:
            raise MissingFigureError(", ".join(entry.needs))
        value, arithmetic, flows = compute(asked)
        if math.isnan(value):
            raise MissingFigureError("a denominator that is not zero")
    except MissingFigureError as missing:
        lacks = f"it needs {missing}" + _other_side(name, asked, compute)
        raise MeasureError("MEA005", name=name, pair=pair, period=period, missing=lacks) from None
    rows = tuple(describe_flow(flow) for flow in flows)
    return Measured(
        name, parties.source.code, parties.target.code, str(period), value, entry.units,
        entry.formula, arithmetic, rows,
    )  # fmt: skip


def _other_side(name: str, asked: Asked, compute: Compute | None) -> str:
    """A way out, where the other side's figures would give the measure."""
    turned = replace(asked, parties=asked.parties.swapped)
    try:
        if compute is None or math.isnan(compute(turned)[0]):
            return ""
    except MissingFigureError:
        return ""
    source, target = turned.parties.codes
    return f" (from the other side it can be had: accord measure {name} {source} {target})"


def computable() -> tuple[str, ...]:
    """The measures that a pair and a period are enough for."""
    return tuple(name for name in catalogue() if name in COMPUTED)


def _entry(name: str) -> Entry:
    found = catalogue().get(name)
    if found is None:
        close = difflib.get_close_matches(name, list(catalogue()), n=1)
        suggestion = f" Did you mean {close[0]}?" if close else ""
        raise MeasureError("MEA004", name=name[:60], suggestion=suggestion)
    return found
