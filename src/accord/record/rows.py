"""Rows of the record as objects of the model."""

from __future__ import annotations

from datetime import date
from typing import Any

from accord.model.facts import Agreement, Event, FactSource, Initiative, Membership, Project
from accord.model.flow import Direction, Flow, Precision, Valuation
from accord.model.period import Granularity, Period
from accord.model.release import Release

__all__ = [
    "AGREEMENT_COLUMNS",
    "EVENT_COLUMNS",
    "FIGURE_COLUMNS",
    "FLOW_COLUMNS",
    "INITIATIVE_COLUMNS",
    "MEMBERSHIP_COLUMNS",
    "PROJECT_COLUMNS",
    "RELEASE_COLUMNS",
    "agreement_of",
    "event_of",
    "flow_of",
    "initiative_of",
    "membership_of",
    "period_of",
    "project_of",
    "release_of",
]

Row = tuple[Any, ...]

RELEASE_COLUMNS = (
    "id, source, publisher, published_on, published_from, retrieved_on, url, sha256, licence, "
    "reporter, outlet"
)
# Of the table of figures, and the same of the table of flows.
FIGURE_COLUMNS = (
    "release, n, reporter, partner, direction, product, period_start, period_end, period_kind, "
    "value, currency, growth_pct, growth_currency, precision, resolution, growth_resolution, "
    "valuation, as_published, doubtful, services, quantity, quantity_unit"
)
FLOW_COLUMNS = (
    "r.id AS release, NULL AS n, f.reporter::VARCHAR AS reporter, f.partner::VARCHAR AS partner, "
    "f.direction::VARCHAR AS direction, f.product::VARCHAR AS product, f.period_start, "
    "f.period_end, f.period_kind::VARCHAR, f.value, f.currency::VARCHAR, NULL, NULL, 'exact', "
    "NULL, NULL, f.valuation::VARCHAR, NULL, NULL, f.services, f.quantity, "
    "f.quantity_unit::VARCHAR"
)
AGREEMENT_COLUMNS = (
    "id, name, parties, type, signed, in_force, term_years, renewal, ended, subjects, aliases, "
    "part_of, variants, renewals, note, release"
)
MEMBERSHIP_COLUMNS = (
    "bloc, member, start_on, end_on, status, role, id, doubtful, publisher, published_on, url"
)
EVENT_COLUMNS = "id, date, actors, targets, what, quantity, code, publisher, published_on, url"
PROJECT_COLUMNS = (
    "id, name, parties, type, status, date, value_usd, quantity, note, aliases, "
    "publisher, published_on, url"
)
INITIATIVE_COLUMNS = "id, name, aliases, part_of"


def release_of(row: Row) -> Release:
    """A release from ``RELEASE_COLUMNS``."""
    return Release(*row)


def period_of(start: date, end: date, kind: str | None) -> Period:
    """A period from its days and, where these do not tell, its kind."""
    return Period(start, end, Granularity(kind)) if kind else Period.of_dates(start, end)


def flow_of(row: Row, releases: dict[str, Release]) -> Flow:
    """A flow from ``FIGURE_COLUMNS`` or ``FLOW_COLUMNS``."""
    release, n, reporter, partner, direction, product, start, end, kind, *figures = row
    value, currency, growth, growth_currency, precision, resolution, growth_unit, *rest = figures
    valuation, as_published, doubtful, services, quantity, quantity_unit = rest
    return Flow(
        row=f"flows:{release}/{n if n is not None else _cell(row)}",
        reporter=reporter,
        partner=partner,
        direction=Direction(direction),
        product=product,
        period=period_of(start, end, kind),
        release=releases[release],
        value=value,
        currency=currency or "USD",
        growth_pct=growth,
        growth_currency=growth_currency,
        precision=Precision(precision or "exact"),
        resolution=resolution,
        growth_resolution=growth_unit,
        valuation=Valuation(valuation or "unstated"),
        as_published=as_published,
        doubtful=doubtful,
        services=bool(services),
        quantity=quantity,
        quantity_unit=quantity_unit,
    )


def agreement_of(row: Row, sources: list[Row]) -> Agreement:
    """An agreement from ``AGREEMENT_COLUMNS``; sources as (publisher, published_on, url)."""
    ident, name, parties, kind, signed, in_force, term, renewal, ended, *rest = row
    subjects, aliases, part_of, variants, renewals, note, _ = rest
    return Agreement(
        id=ident,
        name=name,
        parties=_listed(parties),
        type=kind,
        signed=signed,
        in_force=in_force,
        term_years=term,
        renewal=renewal,
        ended=ended,
        subjects=_listed(subjects),
        aliases=_listed(aliases),
        sources=tuple(FactSource(f"agreements:{ident}", *source) for source in sources),
        part_of=part_of,
        variants=tuple(_halves(entry) for entry in _listed(variants)),
        renewals=tuple((day, int(years)) for day, years in map(_halves, _listed(renewals))),
        note=note,
    )


def membership_of(row: Row) -> Membership:
    """A membership from ``MEMBERSHIP_COLUMNS``."""
    bloc, member, start, end, status, role, ident, doubtful, *source = row
    return Membership(
        bloc=bloc,
        member=member,
        start=start,
        end=end,
        status=status,
        role=role or status,
        source=FactSource(f"memberships:{ident}", *source),
        id=ident,
        doubtful=doubtful,
    )


def event_of(row: Row) -> Event:
    """An event from ``EVENT_COLUMNS``."""
    ident, day, actors, targets, what, quantity, code, *source = row
    origin = FactSource(f"events:{ident}", *source)
    return Event(ident, day, _listed(actors), _listed(targets), what, quantity, origin, code)


def project_of(row: Row) -> Project:
    """A project's stage from ``PROJECT_COLUMNS``."""
    ident, name, parties, kind, status, day, value, quantity, note, aliases, *source = row
    origin = FactSource(f"projects:{ident}", *source)
    return Project(
        ident,
        name,
        _listed(parties),
        kind,
        status,
        day,
        value,
        quantity,
        note,
        origin,
        _listed(aliases),
    )


def initiative_of(row: Row) -> Initiative:
    """An initiative from ``INITIATIVE_COLUMNS``."""
    ident, name, aliases, part_of = row
    return Initiative(ident, name, _listed(aliases), part_of)


def _cell(row: Row) -> str:
    """What names a loaded row inside its release; bundled rows have a number instead."""
    _, _, reporter, partner, direction, product, start, end, *rest = row
    return "|".join((reporter, partner, direction, product, str(start), str(end), rest[2] or ""))


def _listed(values: list[str] | None) -> tuple[str, ...]:
    return tuple(value for value in values or () if value)


def _halves(entry: str) -> tuple[str, str]:
    head, _, tail = entry.partition(":")
    return head, tail
