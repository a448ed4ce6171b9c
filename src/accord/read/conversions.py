"""Conversions: the same amount in other money, told in brackets behind it.

"Sh3.4 billion ($30 million)", "$40m (Shs142b)", "£5 million (about Rs 640 million at
today's rate)" are one quantity each. It reaches to the closing bracket, so that what
follows ("… from $55m (Shs195b) in July") stands right behind it.
"""

from __future__ import annotations

from dataclasses import replace

from accord.model.statement import Approximation
from accord.read.patterns import lazy
from accord.read.quantity import Quantity, Sort

__all__ = ["with_conversions"]

_OPENED = lazy(
    r"\s*(?:\([A-Z]{2,4}\.?\)\s*)?[(\[]\s*(?:or|i\.e\.|equal\s+to|equivalent\s+to|the\s+equivalent\s+of|equalling|worth|=)?\s*"
)
_UNKNOWN = lazy(r"\s*[(\[]\s*(?:(?:about|around|some|nearly|over|or)\s+)?[A-Z][A-Za-z]{0,4}\.?\s?$")
_CLOSED = lazy(
    r"(?:,?\s+(?:at|using|by|based|as|in|equivalent|approximately)\b[^()\[\]]{0,50})?[)\]]"
)


def with_conversions(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities without those that only say another in other money."""
    kept: list[Quantity] = []
    for quantity in found:
        last = kept[-1] if kept else None
        closed = _CLOSED.match(text, quantity.end)
        if last is not None and closed and _is_same(text, last, quantity):
            alt = quantity if quantity.sort is Sort.MONEY else None
            kept[-1] = replace(last, end=closed.end(), alt=alt)
            continue
        if last is not None and _is_beside(text, last, quantity):
            kept[-1] = replace(last, end=quantity.end, alt=quantity)
            continue
        kept.append(quantity)
    return kept


def _is_beside(text: str, last: Quantity, quantity: Quantity) -> bool:
    """ "10 billion yen, about Rs. 10.4 billion, to Nepal": the same between commas."""
    if last.sort is not Sort.MONEY or quantity.sort is not Sort.MONEY or last.alt is not None:
        return False
    rough = quantity.approx is Approximation.ABOUT and last.unit != quantity.unit
    return (
        rough
        and text.startswith(",", quantity.end)
        and _ASIDE.fullmatch(text, last.end, quantity.start) is not None
    )


_ASIDE = lazy(r",\s+(?:or\s+|i\.e\.,?\s+|that\s+is,?\s+)?")


def _is_same(text: str, last: Quantity, quantity: Quantity) -> bool:
    if last.sort is not Sort.MONEY or last.alt is not None or last.unit == quantity.unit:
        return False
    if quantity.sort is Sort.MONEY:
        return _OPENED.fullmatch(text, last.end, quantity.start) is not None
    if quantity.sort is not Sort.AMOUNT:
        return False
    lead = _UNKNOWN.match(text, last.end, quantity.core)  # a currency that no list has
    return lead is not None
