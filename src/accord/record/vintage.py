"""Which figure was in force on a day, among the releases of one cell.

A cell is one reporter, partner, direction, product and period. Releases of it
follow one another; the *in force* one on a day is the newest that was known then.
A coarser rounding of a figure that was already known is not another vintage
("$190 billion" in 2024 does not replace 190.271): the finest of the rows that agree
with the newest stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from accord.model.flow import Flow, Precision

__all__ = ["Quantity", "Vintages", "agree", "as_of", "is_later", "vintages"]

Quantity = Literal["value", "growth_pct"]

_RANK = {
    Precision.EXACT: 0,
    Precision.ROUNDED: 1,
    Precision.FLOOR: 2,
    Precision.CEILING: 2,
    Precision.CONVERTED: 3,
}
_SLACK = 1 + 1e-9  # decimal fractions in binary


@dataclass(frozen=True, slots=True)
class Vintages:
    """The releases of one cell, seen from a day.

    ``in_force`` is the figure that counted; ``earlier`` those it had replaced,
    ``later`` those that came after the day (oldest first), ``undated`` those whose
    date is not known. Without any release by the day ``in_force`` is ``None``.
    """

    in_force: Flow | None
    earlier: tuple[Flow, ...]
    later: tuple[Flow, ...]
    undated: tuple[Flow, ...]

    @property
    def best(self) -> Flow | None:
        """The one in force, or the earliest that came later, or ``None``."""
        if self.in_force is not None:
            return self.in_force
        return _first_published(self.later)


def as_of(flows: Iterable[Flow], day: date | None, *, of: Quantity = "value") -> Flow | None:
    """The figure that was in force on ``day``, else the earliest published after it.

    ``flows`` are rows of one cell in one currency; rows without the quantity ``of``
    and doubtful ones are passed over. ``day`` ``None`` means today's state. Use
    :func:`is_later` to see whether the answer is younger than the day.
    """
    return vintages(flows, day, of=of).best


def vintages(flows: Iterable[Flow], day: date | None, *, of: Quantity = "value") -> Vintages:
    """Sort the releases of one cell by what was known on ``day``."""
    usable = [flow for flow in flows if getattr(flow, of) is not None and flow.doubtful is None]
    dated = sorted((flow for flow in usable if _published(flow) is not None), key=_order(of))
    undated = tuple(flow for flow in usable if _published(flow) is None)
    known = [flow for flow in dated if not is_later(flow, day)]
    later = tuple(flow for flow in dated if is_later(flow, day))
    in_force = _finest(known, of) if known else None
    earlier = tuple(flow for flow in known if flow is not in_force)
    return Vintages(in_force, earlier, later, undated)


def is_later(flow: Flow, day: date | None) -> bool:
    """Whether the flow's release appeared only after ``day``."""
    published = _published(flow)
    return day is not None and published is not None and published > day


def agree(first: Flow, second: Flow, *, of: Quantity = "value") -> bool:
    """Whether two rows can be roundings of one and the same figure."""
    coarse, fine = sorted((first, second), key=lambda flow: _unit(flow, of), reverse=True)
    unit, distance = _unit(coarse, of), getattr(fine, of) - getattr(coarse, of)
    if coarse.precision is Precision.FLOOR:
        return bool(0 <= distance < unit)
    if coarse.precision is Precision.CEILING:
        return bool(0 <= -distance < unit)
    return bool(abs(distance) <= max(unit / 2, _unit(fine, of) / 2) * _SLACK)


def _finest(known: list[Flow], of: Quantity) -> Flow:
    newest = known[-1]
    same = [flow for flow in known if agree(newest, flow, of=of)]
    return min(
        reversed(same or [newest]), key=lambda flow: (_RANK[flow.precision], _unit(flow, of))
    )


def _first_published(later: tuple[Flow, ...]) -> Flow | None:
    if not later:
        return None
    first = _published(later[0])
    return [flow for flow in later if _published(flow) == first][-1]


def _published(flow: Flow) -> date | None:
    return flow.release.known_on


def _unit(flow: Flow, of: Quantity) -> float:
    unit = flow.resolution if of == "value" else flow.growth_resolution
    return unit or 0.0


def _order(of: Quantity) -> Callable[[Flow], tuple[date, int, float]]:
    """Oldest first; of one day, the coarsest and least sure first."""

    def key(flow: Flow) -> tuple[date, int, float]:
        return (_published(flow) or date.min, -_RANK[flow.precision], -_unit(flow, of))

    return key
