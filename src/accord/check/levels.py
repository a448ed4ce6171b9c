"""Readings of a level: direct rows, sums and differences, other vintages, the partner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from accord.check.ask import MIRROR, Ask, Side
from accord.check.candidate import Candidate, Role, amount, source_of
from accord.check.vintage import Figure, Vintages, growth_figures, level_figures, vintages
from accord.model.flow import Direction, Precision
from accord.model.period import Period
from accord.model.verdict import Reason

__all__ = ["base_levels", "by_difference", "level_candidates", "sides"]


def level_candidates(ask: Ask) -> list[Candidate]:
    """All ways in which one side's statistics answer for a level."""
    if ask.side.direction is Direction.BALANCE:
        return list(_balance(ask))
    seen = _seen(ask)
    found = list(_direct(ask, seen))
    if not found:
        found = list(_derived(ask))
    if not any(c.role is Role.PRIMARY for c in found):
        found += by_difference(ask)
    found += _implied(ask)
    return found


def base_levels(ask: Ask) -> list[Candidate]:
    """Levels that can stand below or above a ratio: exact ones, direct or derived."""
    if ask.side.direction is Direction.BALANCE:
        return list(_balance(ask))
    direct = [c for c in _direct(ask, _seen(ask)) if c.precision is not Precision.FLOOR]
    return direct or list(_derived(ask)) or list(by_difference(ask))


def _seen(ask: Ask) -> Vintages:
    rows = [f for f in ask.flows() if f.currency == ask.currency]
    return vintages(level_figures(rows), ask.case.as_of, institution=ask.case.institution)


def _direct(ask: Ask, seen: Vintages) -> Iterator[Candidate]:
    side = ask.side
    if seen.primary is not None:
        role = Role.PRIMARY if side.primary else Role.SECONDARY
        reason = None if role is Role.PRIMARY else Reason.PARTNER_STATISTICS
        if role is Role.PRIMARY and seen.conflicting:
            role, reason = Role.SECONDARY, Reason.CONFLICTING_ROWS
        yield _of(ask, seen.primary, role, reason, later=seen.later)
    for figure in seen.others:
        reason = Reason.OTHER_VINTAGE if side.primary else Reason.PARTNER_STATISTICS
        if seen.conflicting and figure.published_on == _day_of(seen):
            reason = Reason.CONFLICTING_ROWS
        yield _of(ask, figure, Role.SECONDARY, reason)
    for figure in seen.undated:
        reason = Reason.UNDATED_RELEASE if side.primary else Reason.PARTNER_STATISTICS
        yield _of(ask, figure, Role.SECONDARY, reason)


def _day_of(seen: Vintages) -> date | None:
    return seen.primary.published_on if seen.primary else None


def _of(
    ask: Ask, figure: Figure, role: Role, reason: Reason | None, *, later: bool = False
) -> Candidate:
    shown = amount(figure.value, ask.currency)
    bound = {Precision.FLOOR: "more than ", Precision.CEILING: "nearly "}.get(figure.precision, "")
    return Candidate(
        name=_name(ask, role, reason, later=later),
        computed=figure.value,
        unit=ask.currency,
        role=role,
        arithmetic=f"{bound}{shown} ({source_of(figure)})",
        rows=(figure.flow,),
        reason=reason,
        later=later,
        precision=figure.precision,
        resolution=figure.resolution,
        own_side=ask.side.primary,
    )


def _name(ask: Ask, role: Role, reason: Reason | None, *, later: bool = False) -> str:
    whose = f"{ask.side.reporter}'s statistics"
    if reason is None:
        return f"{whose}, {'first published after the document' if later else 'in force'}"
    return f"{whose}, {reason.value.replace('_', ' ')}"


def _pairs(ask: Ask, left: Direction, right: Direction) -> Iterator[tuple[Candidate, Candidate]]:
    """Candidates of two directions that go together: both in force, or of one release."""
    ours, theirs = (list(_direct(ask.going(d), _seen(ask.going(d)))) for d in (left, right))
    for a in ours:
        for b in theirs:
            if _bounds_only(a) or _bounds_only(b):
                continue
            if a.role is b.role is Role.PRIMARY or (
                a.role is b.role and a.rows[0].release.known_on == b.rows[0].release.known_on
            ):
                yield a, b


def _bounds_only(candidate: Candidate) -> bool:
    return candidate.precision in (Precision.FLOOR, Precision.CEILING)


def _balance(ask: Ask) -> Iterator[Candidate]:
    sign = ask.side.sign
    for figure_candidate in _direct(ask, _seen(ask)):
        yield _signed(figure_candidate, sign)
    for exports, imports in _pairs(ask, Direction.EXPORT, Direction.IMPORT):
        yield _combined(ask, exports, imports, minus=True, sign=sign)


def _signed(candidate: Candidate, sign: int) -> Candidate:
    return replace(candidate, computed=sign * candidate.computed)


def _derived(ask: Ask) -> Iterator[Candidate]:
    """A total from its parts, or a part from the total and the other part."""
    direction = ask.side.direction
    if direction is Direction.TOTAL:
        for a, b in _pairs(ask, Direction.EXPORT, Direction.IMPORT):
            yield _combined(ask, a, b, minus=False)
    else:
        other = Direction.IMPORT if direction is Direction.EXPORT else Direction.EXPORT
        for a, b in _pairs(ask, Direction.TOTAL, other):
            yield _combined(ask, a, b, minus=True)


def _combined(
    ask: Ask, left: Candidate, right: Candidate, *, minus: bool, sign: int = 1
) -> Candidate:
    value = left.computed - right.computed if minus else left.computed + right.computed
    unit = ask.currency
    mark = "−" if minus else "+"
    arithmetic = f"{left.arithmetic} {mark} {right.arithmetic} = {amount(value, unit)}"
    if sign < 0:
        arithmetic += f"; seen from the partner {amount(-value, unit)}"
    kind = "difference" if minus else "sum"
    return Candidate(
        name=f"{left.name}: {kind} of two rows",
        computed=sign * value,
        unit=unit,
        role=left.role,
        arithmetic=arithmetic,
        rows=(*left.rows, *right.rows),
        reason=left.reason,
        later=left.later or right.later,
        resolution=max(left.resolution, right.resolution),
        own_side=left.own_side,
    )


def by_difference(ask: Ask) -> list[Candidate]:
    """Months within a year as the difference of two cumulative figures."""
    period = ask.period
    if period.months == 0 or period.start.year != period.end.year:
        return []
    if period.start.month == 1:
        return _head(ask)
    whole = Period.of_dates(date(period.start.year, 1, 1), period.end)
    before = Period.of_dates(date(period.start.year, 1, 1), period.start - timedelta(days=1))
    return list(_differences(ask, whole, before))


def _differences(ask: Ask, whole: Period, before: Period) -> Iterator[Candidate]:
    larger, smaller = ask.at(whole), ask.at(before)
    for a in _exact(larger):
        for b in _exact(smaller):
            if a.computed > b.computed:
                yield _cumulative(ask, a, b)


def _head(ask: Ask) -> list[Candidate]:
    """January to a month as a longer cumulative figure less the months that follow."""
    period = ask.period
    if period.start.month != 1 or period.months in (0, 12):
        return []
    rest = Period.of_dates(period.end + timedelta(days=1), date(period.start.year, 12, 31))
    tails = {f.period for f in ask.at(rest).nearby() if f.period.start == rest.start}
    found: list[Candidate] = []
    for tail in sorted(tails):
        whole = Period.of_dates(period.start, tail.end)
        found += _differences(ask, whole, tail)
    return found


def _exact(ask: Ask) -> list[Candidate]:
    return [c for c in _direct(ask, _seen(ask)) if not _bounds_only(c) and c.role is Role.PRIMARY]


def _cumulative(ask: Ask, a: Candidate, b: Candidate) -> Candidate:
    value = a.computed - b.computed
    return Candidate(
        name=f"{ask.side.reporter}'s statistics, difference of cumulative months",
        computed=value,
        unit=ask.currency,
        role=Role.INDICATIVE,
        arithmetic=f"{a.arithmetic} − {b.arithmetic} = {amount(value, ask.currency)}",
        rows=(*a.rows, *b.rows),
        reason=Reason.COARSER_PRECISION,
        later=a.later,
        resolution=max(a.resolution, b.resolution),
        own_side=ask.side.primary,
    )


def _implied(ask: Ask) -> list[Candidate]:
    """What the next year's release implies for this one: its level through its growth rate."""
    found = []
    rows = [f for f in ask.at(ask.period.year_after).flows() if f.currency == ask.currency]
    for flow in rows:
        level = level_figures([flow])
        rate = growth_figures([flow], currency="USD" if ask.currency == "USD" else ask.currency)
        if not level or not rate or level[0].rough or rate[0].value <= -100:
            continue
        value = level[0].value / (1 + rate[0].value / 100)
        step = amount(level[0].value, ask.currency)
        found.append(
            Candidate(
                name=f"{ask.side.reporter}'s statistics, implied by the next year's release",
                computed=value,
                unit=ask.currency,
                role=Role.INDICATIVE,
                arithmetic=f"{step} ÷ {1 + rate[0].value / 100:.4g} = "
                f"{amount(value, ask.currency)} ({source_of(level[0])})",
                rows=(flow,),
                reason=Reason.OTHER_VINTAGE,
                resolution=level[0].resolution,
                own_side=ask.side.primary,
            )
        )
    return found


def sides(reporter: str, partner: str, direction: Direction) -> tuple[Side, Side]:
    """The reporter's own statistics and the partner's on the same thing."""
    mirrored = Side(partner, reporter, MIRROR[direction], primary=False)
    if direction is Direction.BALANCE:
        mirrored = Side(partner, reporter, direction, primary=False, sign=-1)
    return Side(reporter, partner, direction, primary=True), mirrored
