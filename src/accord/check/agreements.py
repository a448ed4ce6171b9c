"""Agreements: dates, terms, renewals, kind, what was in force then, what links two initiatives."""

from __future__ import annotations

import re
from collections.abc import Callable

from accord.check.ask import Case
from accord.check.claims import Facet, denies_tariff_cuts, facet_of, names_signatory
from accord.check.dates import Span, mentioned, parse_span, parse_spans
from accord.check.links import check_link, concerns_link
from accord.check.memberships import check_membership, concerns_accession
from accord.check.projects import check_project, decisive
from accord.check.reduce import unverifiable
from accord.check.register import (
    WEAK,
    Found,
    cite_source,
    find_agreements,
    may_be_meant,
    one_family,
    rivals,
)
from accord.check.words import count_in, party_words
from accord.model.facts import Agreement
from accord.model.polity import find_polity
from accord.model.verdict import Evidence, Outcome, Reason, Verdict

__all__ = ["agreement_evidence", "check_agreement", "dated"]


def check_agreement(case: Case) -> Verdict:
    """Judge a statement on an agreement against the register."""
    found = find_agreements(case)
    facet = facet_of(case)
    if facet is Facet.LINK or concerns_link(case):
        linked = check_link(case)
        if linked is not None:
            return linked
    signer = names_signatory(case, party_words())
    if signer is not None and find_polity(signer) is None and facet in (Facet.SIGNED, Facet.DATED):
        return _signatory(case, found, signer)
    if concerns_accession(case):
        return check_membership(case)
    verdict = _best(case, found, facet)
    if verdict.outcome is Outcome.SUPPORTED or facet not in _STAGES:
        return verdict
    # a contract may stand in the record as a stage of its project
    project = check_project(case)
    if project is None or not decisive(project):
        return verdict
    return verdict if verdict.outcome is Outcome.IMPRECISE else project


_STAGES = frozenset({Facet.SIGNED, Facet.DATED, Facet.ENTRY, Facet.IN_FORCE})


def _best(case: Case, found: list[Found], facet: Facet) -> Verdict:
    """Judge against the facts that can be meant: any that agrees supports."""
    able = [f for f in found if f.score >= WEAK]
    if not able:
        return _unknown(case, found)
    near = rivals(able)
    judge = _JUDGES[facet]
    verdicts = [(f, judge(case, _agreement(f))) for f in near]
    for outcome in (Outcome.SUPPORTED, Outcome.IMPRECISE):
        for _, verdict in verdicts:
            if verdict.outcome is outcome:
                return verdict
    best, verdict = verdicts[0]
    if verdict.outcome is Outcome.CONTRADICTED and not best.strong:
        return _unknown(case, found)
    if verdict.outcome is Outcome.CONTRADICTED and _left_open(case, able, facet):
        return _unknown(case, found)
    for rival, other in verdicts[1:]:
        # the extension of a treaty answers for the treaty, any other rival leaves a doubt
        if other.outcome is not verdict.outcome and one_family(best, rival):
            return other if verdict.outcome is Outcome.UNVERIFIABLE else verdict
        if other.outcome is Outcome.UNVERIFIABLE:
            return other
    return verdict


def _left_open(case: Case, able: list[Found], facet: Facet) -> bool:
    """Whether another agreement that may be meant bears the date, or has none on record."""
    leaves_open = {Outcome.SUPPORTED}
    if facet in (Facet.SIGNED, Facet.DATED):
        leaves_open.add(Outcome.UNVERIFIABLE)
    judge = _JUDGES[facet]
    return any(judge(case, _agreement(f)).outcome in leaves_open for f in may_be_meant(able))


def _agreement(found: Found) -> Agreement:
    assert isinstance(found.fact, Agreement)
    return found.fact


def _unknown(case: Case, found: list[Found]) -> Verdict:
    s = case.statement
    pair = " and ".join(p for p in (s.reporter, s.partner) if p) or "these parties"
    if not found:
        return unverifiable(
            Reason.NO_SERIES,
            f"The register holds no agreement of {pair}.",
            settled_by=f"a source for agreements of {pair}",
        )
    names = "; ".join(_agreement(f).name for f in found[:3])
    return unverifiable(
        Reason.NO_COVERAGE,
        f"No agreement in the register answers to it. Nearest: {names}.",
        settled_by="the text of the agreement, or a register that lists it",
    )


def _signatory(case: Case, found: list[Found], signer: str) -> Verdict:
    held = f" It holds: {_line(_agreement(found[0]))}." if found and found[0].strong else ""
    return unverifiable(
        Reason.SIGNATORY_NOT_RECORDED,
        f"The register does not say which persons signed ({signer}).{held}",
        settled_by="a source that names the signatories",
    )


def dated(
    case: Case,
    stated: Span | None,
    dates: tuple[str | None, ...],
    *,
    what: str,
    evidence: tuple[Evidence, ...],
) -> Verdict:
    """A stated date against every date on record: it needs to overlap with one of them."""
    spans = parse_spans(dates)
    shown = ", ".join(sorted({d for d in dates if d}))
    if not spans:
        return unverifiable(
            Reason.NO_COVERAGE,
            f"The record does not say when it was {what}.",
            settled_by=f"the date on which it was {what}",
        )
    if stated is None:
        return _by_day(case, spans, what=what, shown=shown, evidence=evidence)
    agrees = any(span.overlaps(stated) for span in spans)
    words = f"{what.capitalize()} {shown} on record; stated {_shown(case)}."
    outcome = Outcome.SUPPORTED if agrees else Outcome.CONTRADICTED
    return Verdict(
        outcome, None, words, tolerance="the stated date at its own precision", evidence=evidence
    )


def _shown(case: Case) -> str:
    told = case.told
    return case.statement.date or (str(told.start.year) if told else "no date")


def _by_day(
    case: Case, spans: list[Span], *, what: str, shown: str, evidence: tuple[Evidence, ...]
) -> Verdict:
    day = case.day
    words = f"{what.capitalize()} {shown} on record."
    if day is None or any(span.end <= day for span in spans):
        return Verdict(Outcome.SUPPORTED, None, words, evidence=evidence)
    if all(span.start > day for span in spans):
        words = f"{words} That is after the document."
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    return unverifiable(Reason.NO_COVERAGE, words, settled_by="the exact date")


def _variants(agreement: Agreement, field: str) -> tuple[str, ...]:
    return tuple(value for name, value in agreement.variants if name == field)


def _signed(case: Case, agreement: Agreement) -> Verdict:
    dates = (agreement.signed, *_variants(agreement, "signed"))
    if not any(dates) and agreement.in_force:
        dates = ()
    return dated(
        case,
        case.told,
        dates,
        what="signed",
        evidence=agreement_evidence(case, agreement),
    )


def _dated(case: Case, agreement: Agreement) -> Verdict:
    """A date of which the text does not say what happened on it: any date of the fact will do."""
    told = (agreement.signed, agreement.in_force, *(value for _, value in agreement.variants))
    return dated(
        case,
        case.told,
        told,
        what="signed or in force",
        evidence=agreement_evidence(case, agreement),
    )


def _entry(case: Case, agreement: Agreement) -> Verdict:
    return dated(
        case,
        case.told,
        (agreement.in_force, *_variants(agreement, "in_force")),
        what="in force",
        evidence=agreement_evidence(case, agreement),
    )


def _in_force(case: Case, agreement: Agreement) -> Verdict:
    """In force on the day of the document, or on the date that the text gives."""
    stated = case.told
    day = case.day
    if stated and day and stated.start <= day and re.search(r"\bsince\b", case.statement.quote):
        entry = _entry(case, agreement)
        if entry.outcome is Outcome.SUPPORTED and not _ended(agreement, day):
            return entry
    when = stated.end if stated and (day is None or stated.end < day) else day
    evidence = agreement_evidence(case, agreement)
    spans = parse_spans((agreement.in_force, *_variants(agreement, "in_force")))
    if not spans or when is None:
        return unverifiable(
            Reason.NO_COVERAGE,
            f"The register does not say when it entered into force: {_line(agreement)}.",
            settled_by="the date of entry into force",
        )
    words = f"{_line(agreement)}; judged on {when}."
    if _ended(agreement, when) or all(span.start > when for span in spans):
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    if any(span.end <= when for span in spans):
        return Verdict(Outcome.SUPPORTED, None, words, evidence=evidence)
    return unverifiable(Reason.NO_COVERAGE, words, settled_by="the exact date")


def _ended(agreement: Agreement, when: object) -> bool:
    end = parse_span(agreement.ended)
    return end is not None and end.end <= when  # type: ignore[operator]


def _end(case: Case, agreement: Agreement) -> Verdict:
    evidence = agreement_evidence(case, agreement)
    if agreement.ended:
        return dated(
            case,
            case.told,
            (agreement.ended,),
            what="ended",
            evidence=evidence,
        )
    if agreement.renewal or _runs_past(case, agreement):
        words = f"The register holds no end: {_line(agreement)}."
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    return unverifiable(
        Reason.NO_COVERAGE,
        f"The register holds no end of it: {_line(agreement)}.",
        settled_by="the date on which it ended",
    )


def _runs_past(case: Case, agreement: Agreement) -> bool:
    start = parse_span(agreement.in_force or agreement.signed)
    if start is None or agreement.term_years is None or case.day is None:
        return False
    return case.day.year < start.start.year + agreement.term_years


def _renewed(case: Case, agreement: Agreement) -> Verdict:
    """Extended: by how many years, and when."""
    evidence = agreement_evidence(case, agreement)
    told = " ".join(
        (agreement.renewal or "", *(f"{day}: {years} years" for day, years in agreement.renewals))
    )
    if agreement.type.startswith("extension"):
        told = f"{told} {agreement.name} {agreement.signed}"
    if not told.strip():
        return unverifiable(
            Reason.NO_COVERAGE,
            f"The register holds no extension of it: {_line(agreement)}.",
            settled_by="a source for the extension",
        )
    # not a date that the sentence gives of the signing
    stated = parse_span(case.statement.date)
    years = count_in(case.statement.quote, "year") or _extended_by(case)
    on_record = count_in(told, "year")
    if years and not on_record:
        return unverifiable(
            Reason.NO_COVERAGE,
            f"On record: {told.strip()}.",
            settled_by="a source that says for how many years",
        )
    if years and on_record and years not in (on_record, agreement.term_years):
        words = f"Extended by {on_record} years on record; stated {years}."
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    spans = _renewal_dates(agreement, told)
    if stated is not None and spans and not any(span.overlaps(stated) for span in spans):
        words = f"On record: {told.strip()}; stated {_shown(case)}."
        return Verdict(Outcome.CONTRADICTED, None, words, evidence=evidence)
    return Verdict(Outcome.SUPPORTED, None, f"On record: {told.strip()}.", evidence=evidence)


def _extended_by(case: Case) -> int | None:
    """ "… by ten years", where it follows right after the quote."""
    s = case.statement
    match = re.match(
        r"\s*(?:automatically\s+)?(?:by|for)\s+(?:another\s+|a\s+further\s+)?[\w-]+\s+(?:more\s+)?years?\b",
        case.document.text[s.end : s.end + 50],
    )
    return count_in(match.group(), "year") if match else None


def _renewal_dates(agreement: Agreement, told: str) -> list[Span]:
    spans = mentioned(told)
    spans += parse_spans(tuple(day for day, _ in agreement.renewals))
    if agreement.type.startswith("extension"):
        spans += parse_spans((agreement.signed,))
    return spans


def _term(case: Case, agreement: Agreement) -> Verdict:
    years = count_in(case.statement.quote, "year") or count_in(case.sentence, "year")
    evidence = agreement_evidence(case, agreement)
    if agreement.term_years is None or years is None:
        return _signed(case, agreement)
    agrees = years == agreement.term_years
    if agrees and case.statement.date:
        return _signed(case, agreement)
    outcome = Outcome.SUPPORTED if agrees else Outcome.CONTRADICTED
    words = f"Term of {agreement.term_years} years on record; stated {years}."
    return Verdict(outcome, None, words, evidence=evidence)


def _kind(case: Case, agreement: Agreement) -> Verdict:
    """Whether it is a free trade agreement that cuts tariffs."""
    evidence = agreement_evidence(case, agreement)
    kind = agreement.type.lower()
    words = f"On record: {agreement.type}."
    preferential = "fta" in kind or "free trade" in kind
    if not preferential and "preferential" not in kind:
        return unverifiable(Reason.NO_COVERAGE, words, settled_by="the text of the agreement")
    agrees = preferential != denies_tariff_cuts(case)
    outcome = Outcome.SUPPORTED if agrees else Outcome.CONTRADICTED
    return Verdict(outcome, None, words, evidence=evidence)


def _unrecorded(case: Case, agreement: Agreement) -> Verdict:
    return unverifiable(
        Reason.NO_COVERAGE,
        f"The register does not record it: {_line(agreement)}.",
        settled_by="a source for the ratification",
    )


_JUDGES: dict[Facet, Callable[[Case, Agreement], Verdict]] = {
    Facet.SIGNED: _signed,
    Facet.DATED: _dated,
    Facet.LINK: _signed,
    Facet.ENTRY: _entry,
    Facet.IN_FORCE: _in_force,
    Facet.ENDED: _end,
    Facet.RENEWED: _renewed,
    Facet.TERM: _term,
    Facet.KIND: _kind,
    Facet.RATIFIED: _unrecorded,
}


def agreement_evidence(case: Case, agreement: Agreement) -> tuple[Evidence, ...]:
    """The sources of an agreement, one row each."""
    cited = [
        cite_source(case, source, _line(agreement), table="agreements")
        for source in agreement.sources
    ]
    # first what was known then and is dated
    return tuple(sorted(cited, key=lambda e: (e.later, e.published_on is None)))


def _line(agreement: Agreement) -> str:
    parts = [agreement.name]
    for label, value in (
        ("signed", agreement.signed),
        ("in force", agreement.in_force),
        ("term", f"{agreement.term_years} years" if agreement.term_years else None),
        ("ended", agreement.ended),
    ):
        if value:
            parts.append(f"{label} {value}")
    return ", ".join(parts)
