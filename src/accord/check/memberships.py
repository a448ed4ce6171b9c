"""Memberships at a date: observers, partners, invited states and signatories are not members."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from accord.check.ask import Case, own_words
from accord.check.dates import Span, parse_span
from accord.check.reduce import unverifiable
from accord.check.register import cite_source
from accord.model.facts import Agreement, Membership
from accord.model.statement import Kind
from accord.model.verdict import Evidence, Outcome, Reason, Verdict

__all__ = ["check_membership", "concerns_accession", "founding_rows"]

_JOINED = re.compile(
    r"\b(?:becom(?:e|ing|es)|became|join(?:ed|s|ing)?|admitted|admission|access(?:ion|ed)|acceded|"
    r"entry|entered|taken in|welcomed)\b",
    re.IGNORECASE,
)
# "Has been in the bloc since 2004" says when it came in.
_SINCE = re.compile(
    r"\b(?:has|have|had) (?:been|belonged|sat)(?: an?| the| full| one| of)* "
    r"(?:in|inside|within|part|members?|to|at|with)\b[^.;]{0,60}\bsince\b|\bmembers? since\b",
    re.I,
)
_PARTY = re.compile(r"\bpart(?:y|ies) to\b", re.I)
_SENT_BY = re.compile(r"\b(?:[A-Z]{2,6}|Union|League|Commonwealth) (?:observers|monitors)\b")
_ACCESSION = re.compile(r"\b(?:accession|acceded|admitted to|admission to|membership)\b", re.I)
_LEFT = re.compile(
    r"\b(?:left|quit|withdr(?:ew|awn|awal)|exited|leav(?:e|ing)|ceased|no longer|"
    r"suspended)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:member|part(?:y|ies)|belong|join|accession|acceded|admit|admission|observer|partner|"
    r"associate|invit|sign)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\bsigned\b|\bsigning\b|\bsignator", re.IGNORECASE)
_STANDINGS = (
    ("observer", re.compile(r"\bobserver", re.I)),
    (
        "partner",
        re.compile(
            r"\bpartner (?:country|state|countries|states|of)|\bpartners? of\b|\bdialogue partner",
            re.I,
        ),
    ),
    ("associate", re.compile(r"\bassociate", re.I)),
    ("invited", re.compile(r"\binvit", re.I)),
    ("signatory", re.compile(r"\bsignator|\bsigned\b|\bsigning\b", re.I)),
)
_FOUNDING = re.compile(
    r"(?<!after its )(?<!since its )(?<!before its )(?<!after the )(?<!since the )"
    r"\b(?:found(?:ing|ers?|ed)|help(?:ed|ing)? (?:to )?found|original members?)\b",
    re.I,
)
_UNKNOWN_END = re.compile(r"exit date not|not formally withdrawn|disputed", re.I)
_PENDING = re.compile(r"as of (\d{4}-\d{2})")
_FULL = frozenset({"member", "party", "founding"})
_STALE_DAYS = 190  # a status "as of" a month says little of half a year later


class _Standing(StrEnum):
    MEMBER = "member"
    NOT = "not"
    UNKNOWN = "unknown"


def check_membership(case: Case) -> Verdict:
    """Judge membership of a polity in a bloc, or the date on which it began."""
    bloc, member = _parties(case)
    if not bloc or not member:
        return unverifiable(
            Reason.AMBIGUOUS_PARTY,
            "The text does not say who is a member of what.",
            settled_by="the names of the member and the organisation",
        )
    rows = [
        m
        for m in case.facts.memberships(bloc=bloc, member=member)
        if not own_words(case.document, m.source.url)
    ]
    if not rows:
        return _no_row(case, bloc, member)
    wanted = _wanted(case)
    if wanted == "signatory" and not any(r.status == "signatory" for r in rows):
        return _signed_list(case, bloc, member) or _standing(case, rows, "member")
    ratified = any(r.status in _FULL for r in rows)
    if wanted == "member" and ratified and _PARTY.search(case.statement.quote):
        listed = _signed_list(case, bloc, member)
        if listed is not None and listed.outcome is Outcome.SUPPORTED and _signed_by(case, rows):
            return listed
    joined = _JOINED.search(_words(case)) or _SINCE.search(case.statement.quote)
    if wanted == "member" and joined and _told(case):
        return _joined(case, rows)
    if _LEFT.search(case.statement.quote):
        return _has_left(case, rows)
    return _standing(case, rows, wanted)


def concerns_accession(case: Case) -> bool:
    """Whether an act between a member and its bloc is told as joining or leaving it."""
    bloc, member = _parties(case)
    if not bloc or not member or not case.facts.memberships(bloc=bloc, member=member):
        return False
    return bool(_ACCESSION.search(_words(case)))


def _words(case: Case) -> str:
    """The quote; of an act that was read as an agreement the whole sentence."""
    told_as_act = case.statement.kind is Kind.AGREEMENT
    return case.sentence if told_as_act else case.statement.quote


def _told(case: Case) -> Span | None:
    if case.statement.kind is Kind.AGREEMENT:
        return case.told
    return parse_span(case.statement.date)


def _parties(case: Case) -> tuple[str | None, str | None]:
    """Bloc and member, whichever way round they were read."""
    s = case.statement
    for bloc, member in ((s.partner, s.reporter), (s.reporter, s.partner)):
        if bloc and case.facts.memberships(bloc=bloc):
            return bloc, member
    return s.partner, s.reporter


def _wanted(case: Case) -> str:
    quote = case.statement.quote
    if not _NAMED.search(quote) and _SIGNED.search(case.sentence):
        return "signatory"  # "Fifteen states signed it, Australia among them"
    for name, pattern in _STANDINGS:
        if pattern.search(quote):
            return name
    return "member"


def _no_row(case: Case, bloc: str, member: str) -> Verdict:
    listed = _signed_list(case, bloc, member)
    if listed is not None:
        return listed
    if not case.facts.memberships(bloc=bloc):
        return unverifiable(
            Reason.NO_SERIES,
            f"The record holds no members of {bloc}.",
            settled_by=f"a list of the members of {bloc}",
        )
    return unverifiable(
        Reason.NEEDS_COMPLETE_RECORD,
        f"The record holds no row on {member} in {bloc}, and its list may not be complete.",
        settled_by=f"a complete list of the members of {bloc}",
    )


def _signed_list(case: Case, bloc: str, member: str) -> Verdict | None:
    """The parties of the agreement that the bloc is: a full list."""
    for agreement in case.facts.agreements:
        if bloc in agreement.subjects and _is_bloc(agreement, bloc):
            inside = member in agreement.parties
            words = f"Parties of {agreement.name}: {', '.join(agreement.parties)}."
            evidence = tuple(
                cite_source(case, s, words, table="agreements") for s in agreement.sources
            )
            outcome = Outcome.SUPPORTED if inside else Outcome.CONTRADICTED
            return Verdict(outcome, None, words, evidence=evidence)
    return None


def _signed_by(case: Case, rows: list[Membership]) -> bool:
    """Whether the agreement was signed on the day: its parties need not have ratified it."""
    bloc = rows[0].bloc
    spans = [
        span
        for a in case.facts.agreements
        if bloc in a.subjects and _is_bloc(a, bloc) and (span := parse_span(a.signed))
    ]
    return case.day is None or any(span.end <= case.day for span in spans)


def _is_bloc(agreement: Agreement, bloc: str) -> bool:
    return bloc in (agreement.name, *agreement.aliases)


def _joined(case: Case, rows: list[Membership]) -> Verdict:
    stated = _told(case)
    full = [m for m in rows if m.status in _FULL]
    spans = [span for m in full if (span := parse_span(m.start))]
    evidence = _evidence(case, full or rows)
    if not spans or stated is None:
        if full or not any(m.start for m in rows):
            return _conflict(case, rows)
        words = f"{_lines(rows)}: not a member on record."
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    agrees = any(span.overlaps(stated) for span in spans)
    outcome = Outcome.SUPPORTED if agrees else Outcome.CONTRADICTED
    if agrees and _FOUNDING.search(case.statement.quote) and not founding_rows(full):
        outcome = Outcome.CONTRADICTED
    words = f"{_lines(full)}; stated {case.statement.date}."
    return Verdict(outcome, None, words, evidence=evidence)


def founding_rows(rows: list[Membership]) -> list[Membership]:
    """The founding members among rows."""
    return [m for m in rows if "founding" in m.role]


def _has_left(case: Case, rows: list[Membership]) -> Verdict:
    stated = _told(case)
    ends = [span for m in rows if (span := parse_span(m.end))]
    if not ends:
        return unverifiable(
            Reason.NO_COVERAGE,
            f"The record holds no end: {_lines(rows)}.",
            settled_by="the date on which the membership ended",
        )
    evidence = _evidence(case, [m for m in rows if m.end])
    if stated and case.day and stated.end < case.day:
        agrees = any(span.overlaps(stated) for span in ends)
    else:
        agrees = case.day is None or any(span.end <= case.day for span in ends)
    outcome = Outcome.SUPPORTED if agrees else Outcome.CONTRADICTED
    return Verdict(outcome, None, f"{_lines(rows)}.", evidence=evidence)


def _standing(case: Case, rows: list[Membership], wanted: str) -> Verdict:
    """Membership, or another standing, on the day of the document or the date stated."""
    stated = _told(case)
    if _SENT_BY.search(case.statement.quote):
        return _conflict(case, rows)  # "ASEAN observers": those whom it sent
    day = stated.end if stated and (case.day is None or stated.end < case.day) else case.day
    if day is None:
        return _conflict(case, rows)
    member = _member_on(rows, day)
    words = f"{_lines(rows)}; judged on {day}."
    evidence = _evidence(case, rows)
    if wanted == "member":
        return _member_verdict(case, rows, member, words, evidence)
    held = any(m.status == wanted and _not_before(m.start, day) for m in rows)
    if held and member is not _Standing.MEMBER:
        return Verdict(Outcome.SUPPORTED, None, words, evidence=evidence)
    if member is _Standing.MEMBER and wanted != "signatory":
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    return (
        Verdict(Outcome.SUPPORTED, None, words, evidence=evidence)
        if held
        else _conflict(case, rows)
    )


def _member_verdict(
    case: Case,
    rows: list[Membership],
    member: _Standing,
    words: str,
    evidence: tuple[Evidence, ...],
) -> Verdict:
    if member is _Standing.UNKNOWN:
        return _conflict(case, rows)
    if member is _Standing.NOT:
        if any(m.status == "associate" for m in rows):
            return Verdict(Outcome.IMPRECISE, Reason.COARSER_PRECISION, words, evidence=evidence)
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    if _FOUNDING.search(case.statement.quote) and not founding_rows(rows):
        words = f"{words} Not among the founding members."
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    return Verdict(Outcome.SUPPORTED, None, words, evidence=evidence)


def _member_on(rows: list[Membership], day: date) -> _Standing:
    standings = {_row_on(m, day) for m in rows}
    if _Standing.MEMBER in standings and any(m.status in ("invited",) for m in rows):
        return _Standing.UNKNOWN
    if any(_over(m, day) and m.status in ("left", "suspended") for m in rows):
        gone = not any(_UNKNOWN_END.search(m.role) for m in rows)
        return _Standing.NOT if gone else _Standing.UNKNOWN
    for standing in (_Standing.MEMBER, _Standing.UNKNOWN):
        if standing in standings:
            return standing
    return _Standing.NOT


def _row_on(row: Membership, day: date) -> _Standing:
    if row.status == "signatory":
        return _pending(row, day)
    if row.status not in _FULL:
        left = row.status in ("left", "suspended") and not _over(row, day)
        return _Standing.MEMBER if left else _Standing.NOT
    if _over(row, day):
        return _Standing.NOT
    if "exit date not" in row.role and day.year >= _OPEN_EXIT:
        return _Standing.UNKNOWN
    start = parse_span(row.start)
    if start is None or start.start <= day < start.end:
        return _Standing.UNKNOWN
    return _Standing.MEMBER if start.end <= day else _Standing.NOT


_OPEN_EXIT = 2016  # rows whose source does not show an exit are not relied on from here


def _pending(row: Membership, day: date) -> _Standing:
    """A signatory that had not ratified by a month: no member then, unknown much later."""
    match = _PENDING.search(row.role)
    seen = parse_span(match.group(1)) if match else None
    if seen is None or (day - seen.end).days <= _STALE_DAYS:
        return _Standing.NOT
    return _Standing.UNKNOWN


def _over(row: Membership, day: date) -> bool:
    end = parse_span(row.end)
    return end is not None and end.end <= day


def _not_before(start: str | None, day: date) -> bool:
    span: Span | None = parse_span(start)
    return span is None or span.start <= day


def _conflict(case: Case, rows: list[Membership]) -> Verdict:
    return unverifiable(
        Reason.CONFLICTING_ROWS,
        f"The rows do not settle it: {_lines(rows)}.",
        settled_by="a source with the exact dates",
    )


def _evidence(case: Case, rows: list[Membership]) -> tuple[Evidence, ...]:
    return tuple(cite_source(case, m.source, _line(m), table="memberships") for m in rows)


def _line(row: Membership) -> str:
    until = f" until {row.end}" if row.end else ""
    since = f" from {row.start}" if row.start else ""
    return f"{row.member} in {row.bloc}: {row.role}{since}{until}"


def _lines(rows: list[Membership]) -> str:
    return "; ".join(_line(m) for m in rows)
