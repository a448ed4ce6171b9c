"""Agreements with their spans, memberships, projects, and events by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from accord.brief.ledger import Ledger
from accord.brief.parties import Parties, name_of
from accord.brief.ties import Ties, date_in, expiry, in_force_on
from accord.brief.wording import amount, date_words, listing
from accord.measure.relations import reciprocity
from accord.model.brief import Cell, Chart, Gap, Heading, Point, Section, Segment, Sentence, Table
from accord.model.facts import Agreement, Event

__all__ = ["timeline_section"]

MOST_EVENTS = 60
MOST_SPANS = 14
_LONGEST_LABEL = 52


def timeline_section(parties: Parties, ties: Ties, ledger: Ledger) -> Section:
    """Section “Timeline”."""
    tables = (
        _agreement_table(parties, ties, ledger),
        _membership_table(parties, ties, ledger),
        _project_table(parties, ties, ledger),
        _event_table(ties, ledger),
    )
    return Section(
        "timeline",
        "Timeline",
        sentences=tuple(_sentences(parties, ties)),
        charts=tuple(_charts(parties, ties)),
        tables=tuple(table for table in tables if table.rows),
        gaps=tuple(_gaps(parties, ties)),
    )


def _agreement_table(parties: Parties, ties: Ties, ledger: Ledger) -> Table:
    rows = [_agreement_row(a, ties.day, ledger) for a in reversed(ties.agreements)]
    rows += [_agreement_row(a, ties.day, ledger, how) for how, a in reversed(ties.through)]
    headings = tuple(
        Heading(t) for t in ("Agreement", "kind", "signed", "in force", "term ends", "standing")
    )
    names = listing([parties.name(code) for code in parties.codes])
    return Table("agreements", f"Agreements between {names}", headings, tuple(rows))


def _agreement_row(
    agreement: Agreement, day: date, ledger: Ledger, how: str | None = None
) -> tuple[Cell, ...]:
    through = f" ({how})" if how else ""
    number = None
    if agreement.sources:
        summary = f"{agreement.name}; signed {agreement.signed or 'on an unknown day'}"
        number = ledger.cite_fact(agreement.sources[0], summary)
    ends = expiry(agreement)
    return (
        Cell(agreement.name + through, evidence=number),
        Cell(agreement.type),
        Cell(_when(agreement.signed)),
        Cell(_when(agreement.in_force)),
        Cell(_when(ends)),
        Cell(_standing_words(agreement, day, ends)),
    )


def _standing_words(agreement: Agreement, day: date, ends: str | None) -> str:
    ended = date_in(agreement.ended)
    if ended is not None and ended <= day.isoformat():
        return f"ended {date_words(ended)}"
    if in_force_on(agreement, day):
        return f"in force; {agreement.renewal}" if agreement.renewal else "in force"
    if ends is not None and ends <= day.isoformat():
        return "term over; no renewal recorded"
    if agreement.in_force:
        return f"from {date_words(agreement.in_force)}"
    return "signed" if agreement.signed else "not recorded"


def _when(day: str | None) -> str:
    return day or "–"


def _membership_table(parties: Parties, ties: Ties, ledger: Ledger) -> Table:
    rows = []
    for pair in ties.memberships:
        cells = [Cell(name_of(pair[0].bloc))]
        for entry in pair:
            summary = f"{name_of(entry.member)} in {entry.bloc}: {entry.role}"
            since = f"since {entry.start}" if entry.start else "date not recorded"
            cells.append(Cell(since, evidence=ledger.cite_fact(entry.source, summary)))
        rows.append(tuple(cells))
    headings = (Heading("Shared membership"), *(Heading(parties.name(c)) for c in parties.codes))
    return Table("memberships", "Blocs and bodies to which both belong", headings, tuple(rows))


def _project_table(parties: Parties, ties: Ties, ledger: Ledger) -> Table:
    rows = []
    for project in reversed(ties.projects):
        others = [name_of(code) for code in project.parties if code not in parties.codes]
        joined = f", with {listing(others)}" if others else ""
        summary = f"{project.name}: {project.status} {project.date or ''}".strip()
        number = ledger.cite_fact(project.source, summary)
        worth = amount(project.value_usd) if project.value_usd else None
        rows.append(
            (
                Cell(project.name + joined, evidence=number),
                Cell(project.type),
                Cell(project.status),
                Cell(_when(project.date)),
                Cell(worth, project.value_usd, number) if worth else Cell("–"),
            )
        )
    headings = (
        *(Heading(title) for title in ("Project", "kind", "stage", "date")),
        Heading("value", "US dollars", numeric=True),
    )
    return Table("projects", "Joint projects and their stages", headings, tuple(rows))


def _event_table(ties: Ties, ledger: Ledger) -> Table:
    shown = ties.events[-MOST_EVENTS:]
    rows = tuple(
        (
            Cell(event.date),
            Cell(" and ".join(name_of(code) for code in event.actors)),
            Cell(" and ".join(name_of(code) for code in event.targets)),
            Cell(
                event.what, evidence=ledger.cite_fact(event.source, f"{event.date}: {event.what}")
            ),
        )
        for event in reversed(shown)
    )
    left = len(ties.events) - len(shown)
    return Table(
        "events",
        "Events, newest first",
        (Heading("Date"), Heading("who"), Heading("towards whom"), Heading("what")),
        rows,
        note=f"{left} earlier events are left out; the record holds them." if left else None,
    )


def _sentences(parties: Parties, ties: Ties) -> Iterable[Sentence]:
    when = date_words(ties.day.isoformat())
    if ties.agreements:
        yield _plain(
            f"The record holds {_count(len(ties.agreements), 'agreement')} between the two; "
            f"{len(ties.in_force) or 'none'} of them {_is_are(len(ties.in_force))} recorded as in "
            f"force on {when}."
        )
    elif ties.through:
        many = _count(len(ties.through), "agreement")
        yield _plain(
            f"{many} of others, or of a bloc of one of them, {_concern(len(ties.through))}."
        )
    if ties.memberships:
        names = [name_of(first.bloc) for first, _ in ties.memberships]
        yield _plain(f"Both belong to {listing(names)}.")
    if ties.events:
        sent = _monthly(ties.events, parties.codes[0])
        received = _monthly(ties.events, parties.codes[1])
        months = sorted(set(sent) | set(received))
        value = reciprocity([sent[m] for m in months], [received[m] for m in months])
        names = [parties.name(code) for code in parties.codes]
        yield _plain(
            f"{_count(sum(sent.values()), 'recorded act')} of {names[0]} towards {names[1]}, "
            f"{sum(received.values())} the other way; returned within the month: {value:.2f} "
            "(0 one way, 1 all)."
        )


def _plain(text: str) -> Sentence:
    return Sentence((Segment(text),))


def _concern(number: int) -> str:
    return "concerns the two" if number == 1 else "concern the two"


def _is_are(number: int) -> str:
    return "is" if number == 1 else "are"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _monthly(events: Sequence[Event], actor: str) -> Counter[str]:
    return Counter(event.date[:7] for event in events if actor in event.actors)


def _charts(parties: Parties, ties: Ties) -> Iterable[Chart]:
    spans = [*_spans(ties)]
    if spans:
        yield Chart(
            id="spans",
            kind="spans",
            title="Agreements in force and when their term ends",
            description=(
                f"{len(spans)} horizontal bars, one an agreement, from entry into force to the "
                "end of its term or, where none is known, to the day of this brief. "
                "All dates are in the table of agreements."
            ),
            points=tuple(spans),
            unit="date",
            table="agreements",
        )
    bars = [*_event_bars(parties, ties)]
    if len({bar.x for bar in bars}) > 1:
        yield Chart(
            id="acts",
            kind="columns",
            title="Recorded events by month",
            description=(
                "Columns count the recorded acts of each side towards the other by month; "
                f"the first month is {bars[0].x}, the last {bars[-1].x}."
            ),
            points=tuple(bars),
            unit="events",
            table="events",
        )


def _spans(ties: Ties) -> Iterable[Point]:
    dated = [a for a in (*ties.agreements, *(a for _, a in ties.through)) if a.in_force]
    for agreement in dated[-MOST_SPANS:]:
        assert agreement.in_force is not None
        ended = date_in(agreement.ended)
        end = ended or expiry(agreement)
        yield Point(
            "term known" if end else "no end recorded",
            _first_day(agreement.in_force),
            1.0,
            x2=_first_day(end) if end else ties.day.isoformat(),
            label=_short(agreement.name),
        )


def _event_bars(parties: Parties, ties: Ties) -> Iterable[Point]:
    for code in parties.codes:
        other = next(c for c in parties.codes if c != code)
        series = f"{parties.name(code)} towards {parties.name(other)}"
        for month, count in sorted(_monthly(ties.events, code).items()):
            if len(month) == 7:
                yield Point(series, month, float(count))


def _first_day(day: str) -> str:
    return day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else name[: _LONGEST_LABEL - 1].rstrip() + "…"


def _gaps(parties: Parties, ties: Ties) -> Iterable[Gap]:
    names = listing([parties.name(code) for code in parties.codes])
    if not ties.agreements and not ties.through:
        yield Gap(
            f"agreements between {names}",
            "none is in the record; that is no evidence that there is none",
            "the WTO's list of regional agreements, the treaty series of either side",
        )
    if not ties.events:
        yield Gap(
            f"events between {names}",
            "none is in the record",
            "POLECAT or GDELT (`accord record add`), or `accord events` on your own texts",
        )
