"""Candidates: the ways in which the record can answer for a number, before they are judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from accord.check.ask import Case
from accord.check.tolerance import Scale, Tolerance
from accord.check.vintage import Figure
from accord.model.flow import Flow, Precision
from accord.model.verdict import Evidence, Reading, Reason

__all__ = ["Candidate", "Match", "Role", "amount", "cite", "fits", "to_reading"]

_FINE = 0.005  # a bound printed this finely ("almost $53.84 bn") is as good as the figure


class Role(StrEnum):
    """What a candidate may decide."""

    PRIMARY = "primary"  # supports; contradicts
    SECONDARY = "secondary"  # makes imprecise; must be off before anything is contradicted
    INDICATIVE = "indicative"  # makes imprecise; is no coverage
    SHOWN = "shown"  # decides nothing: shows where a difference comes from


class Match(StrEnum):
    """How a computed value stands to the stated one."""

    AGREES = "agrees"
    ROUGH = "rough"  # consistent with a row that is itself rounded or a bound
    COARSE = "coarse"
    NEAR = "near"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One computed value with its rows; ``reason`` says what is secondary about it."""

    name: str
    computed: float
    unit: str
    role: Role
    arithmetic: str
    rows: tuple[Flow, ...]
    reason: Reason | None = None
    later: bool = False
    precision: Precision = Precision.EXACT
    resolution: float = 0.0
    own_side: bool = True

    def as_role(self, role: Role, reason: Reason | None = None) -> Candidate:
        """The same value in another role."""
        return replace(self, role=role, reason=reason or self.reason)


def fits(candidate: Candidate, tolerance: Tolerance, *, named: bool) -> Match:
    """How a candidate stands to the stated number."""
    if _bound(candidate):
        return _fits_bound(candidate, tolerance, named=named)
    value = candidate.computed
    if tolerance.agrees(value):
        return Match.AGREES
    gap = abs(value - tolerance.stated)
    if candidate.resolution > tolerance.resolution and gap <= candidate.resolution / 2 * 1.0001:
        return Match.ROUGH
    if tolerance.coarse(value):
        return Match.COARSE
    return Match.FAR if tolerance.far(value, named=named) else Match.NEAR


def _bound(candidate: Candidate) -> bool:
    if candidate.precision not in (Precision.FLOOR, Precision.CEILING):
        return False
    return candidate.resolution > _FINE * abs(candidate.computed)


def _fits_bound(candidate: Candidate, tolerance: Tolerance, *, named: bool) -> Match:
    """Against "more than 18 bn" (18 up to 19) or "nearly 6 bn" (5.5 up to 6)."""
    unit = candidate.resolution
    floor = candidate.precision is Precision.FLOOR
    low = candidate.computed if floor else candidate.computed - unit / 2
    high = candidate.computed + unit if floor else candidate.computed
    if tolerance.low <= low and high <= tolerance.high:
        return Match.AGREES
    if tolerance.low <= high and low <= tolerance.high and tolerance.stated < high:
        return Match.ROUGH
    nearest = high if tolerance.stated >= high else low
    return Match.FAR if tolerance.far(nearest, named=named) else Match.NEAR


def to_reading(candidate: Candidate, case: Case, *, agrees: bool) -> Reading:
    """A candidate as people and programs see it."""
    return Reading(
        name=candidate.name,
        computed=candidate.computed,
        unit=candidate.unit,
        primary=candidate.role is Role.PRIMARY,
        agrees=agrees,
        arithmetic=candidate.arithmetic,
        evidence=tuple(cite(case, row, arithmetic=candidate.arithmetic) for row in candidate.rows),
    )


def cite(case: Case, flow: Flow, *, arithmetic: str | None = None) -> Evidence:
    """One row as evidence."""
    release = flow.release
    day = case.day
    later = bool(day and release.known_on and release.known_on > day)
    return Evidence(
        row=flow.row,
        summary=summarise(flow),
        publisher=release.publisher,
        published_on=release.published,
        url=release.url,
        value=flow.value if flow.value is not None else flow.growth_pct,
        unit=flow.currency if flow.value is not None else "percent",
        arithmetic=arithmetic,
        query=case.facts.query_for(flow.row),
        later=later,
    )


_MARK = {
    Precision.FLOOR: "more than ",
    Precision.CEILING: "nearly ",
    Precision.ROUNDED: "(rounded) ",
    Precision.CONVERTED: "(converted) ",
}


def summarise(flow: Flow) -> str:
    """A row in one line: who, what, when, how much."""
    what = {"total": "trade", "export": "exports", "import": "imports"}.get(
        flow.direction.value, flow.direction.value
    )
    product = "" if flow.product == "all" else f", {flow.product}"
    parts = [f"{flow.reporter} reports {what} with {flow.partner}{product}, {flow.period}:"]
    if flow.value is not None:
        parts.append(f"{_MARK.get(flow.precision, '')}{amount(flow.value, flow.currency)}")
    if flow.growth_pct is not None:
        terms = " in yuan" if flow.growth_currency == "CNY" else ""
        parts.append(f"({flow.growth_pct:+g} %{terms})")
    return " ".join(parts)


def amount(value: float, unit: str) -> str:
    """A number with its unit, short: ``18.78 bn USD``, ``+8.5 %``."""
    if unit == "percent":
        return f"{value:+.4g} %"
    if unit == "share":
        return f"{value:.4g} %"
    if unit == Scale.MULTIPLE:
        return f"{value:.4g} times"
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:.6g} {word} {unit}"
    return f"{value:,.6g} {unit}"


def source_of(figure: Figure) -> str:
    """Publisher and date of a figure, for arithmetic lines."""
    release = figure.flow.release
    return f"{release.publisher}, {release.dated}"
