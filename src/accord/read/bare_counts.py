"""Bare numbers: "France took 54,000 and Italy 41,000", "Germany's is 68.2bn, France's 43.8".

A number without a unit right after a party counts what was counted last: in the
sentence, else (in groups of three) in the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accord.model.statement import Approximation
from accord.read.numerals import parse_number, scale_of
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.quantity import build_quantity, tidy

__all__ = ["with_bare_counts"]

_BETWEEN = (
    r"(?:'s?)?(?:\s+(?:[a-z]+ly|the\s+\w+|took|takes|bought|buys|sent|sold|with|at|by|got|gets|had|has|supplied|shipped|numbered|were|was"
    r"|received|receives|imported|exported|only|just|about|some|over|nearly|another|came|next|second|third)){0,5}\s*[,:(-]?\s*"
)
_END = r"(?=\s*(?:[,;)]|\.(?!\d)|$|and\b|while\b|but\b|from\b|in\b|this\b|last\b|ahead\b|rather\b))"
_GROUPED = lazy(rf"{_BETWEEN}(?P<number>\d{{1,3}}(?:,\d{{3}})+){_END}")
_PLAIN = lazy(
    rf"{_BETWEEN}(?P<number>\d{{1,3}}(?:\.\d+)?)\s?(?P<scale>m|bn|b)?(?![\w%]|,\d|-\w){_END}"
)
_UNITS = frozenset({Sort.COUNT, Sort.MONEY})


def with_bare_counts(
    text: str,
    quantities: Sequence[Quantity],
    parties: Sequence[Party],
    context: tuple[int, str | None],
) -> list[Quantity]:
    """The quantities with the bare numbers; ``context``: sentence end, unit counted before."""
    end, unit = context
    found = _in_rows(text, quantities, end)
    for party in parties:
        added = (
            _led_to(text, found, party, unit)
            or _grouped(text, found, party, end, unit)
            or _like_the_last(text, found, party, end)
        )
        if added is None or any(q.core < added.end and added.core < q.end for q in found):
            continue
        found = sorted([*found, added], key=lambda q: q.core)
    return found


_MANY = r"\d{1,3}(?:,\d{2,3})+"
_NEXT = lazy(rf"\s*(?:,|(?:,\s*)?\band\b)\s*(?P<number>{_MANY})(?=\s*,?\s+respectively\b)")
_BEFORE_PARTY = lazy(
    rf"(?:^|[.,]|\b(?:and|while|with|by|then))\s*(?:(?:another|only|just|some|about)\s+)?(?P<number>{_MANY})\s+(?:(?:arrived|came|were|hailed)\s+)?$"
)
_LEADING = frozenset({"for", "to", "from", "in"})


def _in_rows(text: str, quantities: Sequence[Quantity], end: int) -> list[Quantity]:
    """ "… was 119,000 and 206,000 respectively": the second counts what the first does."""
    found = list(quantities)
    for quantity in quantities:
        match = _NEXT.match(text, quantity.end, end) if quantity.sort is Sort.COUNT else None
        number = parse_number(match.group("number")) if match else None
        taken = match is not None and any(q.core == match.start("number") for q in quantities)
        if match is not None and number is not None and not taken:
            span = (match.start("number"), match.end("number"), quantity.end)
            found.append(build_quantity(text, span, Sort.COUNT, (number, 1.0, quantity.unit)))
    return sorted(found, key=lambda q: q.core)


def _led_to(
    text: str, found: Sequence[Quantity], party: Party, unit: str | None
) -> Quantity | None:
    """ "104,000 workers left for Malaysia and 103,000 for Qatar", "7,774 came from Peru"."""
    counts = [q for q in found if q.sort is Sort.COUNT and q.end <= party.lead]
    counted = counts[-1].unit if counts else unit
    if party.prep not in _LEADING or not counted or any(q.end == party.lead for q in found):
        return None
    floor = counts[-1].end if counts else 0
    match = _BEFORE_PARTY.search(text, max(floor, party.lead - 34), party.lead)
    number = parse_number(match.group("number")) if match else None
    if match is None or number is None:
        return None
    span = (match.start("number"), match.end("number"), floor)
    return build_quantity(text, span, Sort.COUNT, (number, 1.0, counted))


def _grouped(
    text: str, found: Sequence[Quantity], party: Party, end: int, unit: str | None
) -> Quantity | None:
    match = _GROUPED.match(text, party.end, end)
    number = parse_number(match.group("number")) if match else None
    if match is None or number is None:
        return None
    core, stop = match.span("number")
    counts = [q.unit for q in found if q.sort is Sort.COUNT and q.end <= core]
    counted = counts[-1] if counts else unit
    if counted is None:
        return None
    return build_quantity(text, (core, stop, party.end), Sort.COUNT, (number, 1.0, counted))


def _like_the_last(text: str, found: Sequence[Quantity], party: Party, end: int) -> Quantity | None:
    """ "…, France's 43.8", "India takes 9.6m": in the unit, and at the scale, of the last."""
    match = _PLAIN.match(text, party.end, end)
    number = parse_number(match.group("number")) if match else None
    if match is None or number is None:
        return None
    core = match.start("number")
    before = [q for q in found if q.end <= core and q.end > party.start - 160]
    if not before or before[-1].sort not in _UNITS:
        return None
    last = before[-1]
    scale = scale_of(match.group("scale")) if match.group("scale") else _scale(last)
    if scale == 1.0 or (
        not match.group("scale") and "." not in match.group("number") and last.decimals
    ):
        return None
    return replace(
        last,
        start=core,
        core=core,
        end=match.end("scale") if match.group("scale") else match.end("number"),
        value=tidy(number.value * scale),
        approx=Approximation.EXACT,
        decimals=number.decimals,
        resolution=scale * 10.0**-number.decimals,
        noun_end=0,
    )


def _scale(quantity: Quantity) -> float:
    return quantity.resolution * 10.0**quantity.decimals
