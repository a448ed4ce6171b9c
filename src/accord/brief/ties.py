"""The dated facts that tie two polities, as they could be known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from accord.brief.parties import Parties
from accord.brief.wording import listing
from accord.measure.relations import shared_memberships
from accord.model.facts import Agreement, Event, Membership, Project
from accord.record import Record

__all__ = ["Ties", "date_in", "expiry", "find_ties", "in_force_on", "standing_of"]


@dataclass(frozen=True, slots=True)
class Ties:
    """What was known on a day of the dated facts that tie the two."""

    agreements: tuple[Agreement, ...]
    # agreements of others that concern the two: of a bloc of one, or on one or both
    through: tuple[tuple[str, Agreement], ...]
    memberships: tuple[tuple[Membership, Membership], ...]  # of either in the same bloc
    projects: tuple[Project, ...]
    events: tuple[Event, ...]
    day: date

    @property
    def in_force(self) -> tuple[Agreement, ...]:
        """The agreements between the two that are in force on the day."""
        return tuple(a for a in self.agreements if in_force_on(a, self.day))


def find_ties(parties: Parties, record: Record, *, as_of: date | None, today: date) -> Ties:
    """The facts on a pair, as they could be known on ``as_of`` (default: today)."""
    day = as_of or today
    known = [_as_known(a, as_of) for a in record.agreements() if _known(a.signed, as_of)]
    first, second = (standing_of(record, code, as_of) for code in parties.codes)
    shared = shared_memberships(set(first), set(second))
    return Ties(
        agreements=_dated(a for a in known if set(parties.codes) <= set(a.parties)),
        through=(
            *_through(known, parties, (set(first), set(second))),
            *_about(known, parties, {*first, *second}),
        ),
        memberships=tuple((first[bloc], second[bloc]) for bloc in shared),
        projects=tuple(
            sorted(
                (p for p in record.projects(parties=parties.codes) if _known(p.date, as_of)),
                key=lambda p: (p.date or "", p.name),
            )
        ),
        events=_events(parties, record, as_of),
        day=day,
    )


def in_force_on(agreement: Agreement, day: date) -> bool:
    """Whether an agreement binds on a day, as far as its dates tell."""
    text = day.isoformat()
    if agreement.in_force is None or agreement.in_force > text:
        return False
    ended = date_in(agreement.ended)
    if ended is not None and ended <= text:
        return False
    end = expiry(agreement)
    return end is None or end > text or agreement.renewal is not None


def expiry(agreement: Agreement) -> str | None:
    """When its term runs out if nobody renews it, at the precision of its dates."""
    start = agreement.in_force
    if start is None or not agreement.term_years:
        return None
    years = agreement.term_years + sum(years for _, years in agreement.renewals)
    return f"{int(start[:4]) + years}{start[4:]}"


def _known(day: str | None, as_of: date | None) -> bool:
    """Whether a fact of that date can have been known; an undated one only today."""
    return as_of is None or (day is not None and day <= as_of.isoformat()[: len(day)])


def date_in(text: str | None) -> str | None:
    """A date column that holds a date; some sources put a remark in its place."""
    return text if text and text[:4].isdigit() and len(text) <= 10 else None


def _as_known(agreement: Agreement, as_of: date | None) -> Agreement:
    """The agreement without what came after the day."""
    if as_of is None:
        return agreement
    told = [s.published_on for s in agreement.sources if s.published_on]
    later = not told or min(told) > as_of.isoformat()
    in_force = agreement.in_force if _known(agreement.in_force, as_of) else None
    ended = agreement.ended if _known(date_in(agreement.ended), as_of) else None
    renewals = tuple(r for r in agreement.renewals if _known(r[0], as_of))
    # Free words on renewal may tell of things to come: they count once all of it is known.
    renewal = None if later or renewals != agreement.renewals else agreement.renewal
    return replace(agreement, in_force=in_force, ended=ended, renewal=renewal, renewals=renewals)


def _dated(agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    return tuple(sorted(agreements, key=lambda a: (a.signed or a.in_force or "", a.name)))


def standing_of(record: Record, code: str, as_of: date | None) -> dict[str, Membership]:
    """The blocs to which a polity belongs on the day as a full member."""
    day = (as_of or date.max).isoformat()
    found: dict[str, Membership] = {}
    for entry in record.memberships(member=code):
        started = entry.start is None or entry.start <= day[: len(entry.start)]
        ended = entry.end is not None and entry.end <= day[: len(entry.end)]
        if entry.status == "member" and not entry.doubtful and started and not ended:
            found.setdefault(entry.bloc, entry)
    return found


def _through(
    agreements: list[Agreement], parties: Parties, blocs: tuple[set[str], set[str]]
) -> Iterable[tuple[str, Agreement]]:
    """Agreements of a bloc of one of the two with the other."""
    for agreement in agreements:
        members = set(agreement.parties)
        for code, others in zip(parties.codes, reversed(blocs), strict=True):
            for bloc in sorted(others & members):
                if code in members and not set(parties.codes) <= members:
                    yield f"through {bloc}", agreement


def _about(
    agreements: list[Agreement], parties: Parties, blocs: set[str]
) -> Iterable[tuple[str, Agreement]]:
    """Agreements of others that are on both, or of one on the other: on linking two blocs."""
    codes = set(parties.codes)
    for agreement in agreements:
        subjects = codes & set(agreement.subjects) - set(agreement.parties)
        if subjects and codes <= {*agreement.parties, *subjects} and not subjects & blocs:
            yield f"on {listing(sorted(subjects))}", agreement


def _events(parties: Parties, record: Record, as_of: date | None) -> tuple[Event, ...]:
    source, target = parties.codes
    rows = [
        *record.events(actors=[source], targets=[target]),
        *record.events(actors=[target], targets=[source]),
    ]
    unique = {event.id: event for event in rows if _known(event.date, as_of)}
    return tuple(sorted(unique.values(), key=lambda e: (e.date, e.id)))
