"""The dated facts that a statement can mean, found by parties and by words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.check.ask import Case, own_words
from accord.check.matching import Weights, label_score, matched_weight, phrase_in, tokens
from accord.model.facts import Agreement, Event, FactSource, Project
from accord.model.verdict import Evidence

__all__ = [
    "STRONG",
    "WEAK",
    "Found",
    "cite_source",
    "find_agreements",
    "find_projects",
    "may_be_meant",
    "one_family",
    "rivals",
]

STRONG = 0.6  # the fact is identified: a date off contradicts
WEAK = 0.34  # the fact may be meant: agreement supports, disagreement decides nothing
_RIVAL = 0.85  # facts named this nearly as well as the best are weighed beside it
_EXPLAINS = 0.95  # if they explain as much of the text as the longest name does …
_CLEARLY = 0.05  # … or are named more fully than it
_DOUBT = 0.75
_SUCCESSORS = {"SUN": "RUS"}
_BRACKETS = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Found:
    """A fact with how well the text names it, 0 to 1."""

    fact: Agreement | Project | Event
    score: float
    weight: float = 0.0  # of the words that the fact's name explains

    @property
    def strong(self) -> bool:
        """Whether the text identifies it."""
        return self.score >= STRONG


def find_agreements(case: Case) -> list[Found]:
    """Agreements that the statement can mean, the best first."""
    register = case.facts.agreements
    labels, weights = case.facts.remember("agreements", lambda: _agreement_register(register))
    named = core_parties(case)
    found = []
    for agreement in register:
        if any(own_words(case.document, s.url) for s in agreement.sources):
            continue
        if not _concerns(agreement, named, case):
            continue
        score = _score(case, labels[agreement.id], agreement_names(agreement), weights)
        weight = matched_weight(labels[agreement.id], tokens(case.sentence), weights)
        found.append(Found(agreement, score, weight))
    return sorted(found, key=lambda f: -f.score)


Labels = dict[str, list[frozenset[str]]]


def _agreement_register(register: list[Agreement]) -> tuple[Labels, Weights]:
    labels = {a.id: _agreement_labels(a) for a in register}
    return labels, Weights(label for group in labels.values() for label in group)


def _project_register(rows: list[Project]) -> tuple[Labels, Weights]:
    labels = {p.id: [w for n in (p.name, *p.aliases) if (w := tokens(n))] for p in rows}
    # stages of one project share its names: each name counts once
    return labels, Weights({label for group in labels.values() for label in group})


def rivals(found: list[Found]) -> list[Found]:
    """The facts that may be meant beside the best: about as well named, about as fully.

    Of two names that fit, the one that explains far more of the text is meant; an
    extension and its treaty stay together.
    """
    if not found:
        return []
    best = found[0]
    near = [
        f for f in found if f.score >= _RIVAL * best.score or (f.strong and f.weight > best.weight)
    ]
    most = max(near, key=lambda f: f.weight)
    return [
        f
        for f in near
        if f.weight >= _EXPLAINS * most.weight
        or f.score > most.score + _CLEARLY
        or one_family(f, most)
    ]


def may_be_meant(found: list[Found]) -> list[Found]:
    """Facts that explain nearly as much of the text as the best: reason not to refute by it."""
    if not found:
        return []
    return [f for f in found[1:] if f.score >= WEAK and f.weight >= _DOUBT * found[0].weight]


def one_family(left: Found, right: Found) -> bool:
    """Whether one agreement is part of the other."""
    a, b = left.fact, right.fact
    if not isinstance(a, Agreement) or not isinstance(b, Agreement):
        return False
    return a.part_of == b.id or b.part_of == a.id


def core_parties(case: Case) -> set[str]:
    """Reporter and partner alone: what the statement is about, not who else is listed."""
    s = case.statement
    return {p for code in (s.reporter, s.partner) if code for p in code.split(";")}


def agreement_names(agreement: Agreement) -> list[str]:
    """Name and aliases; the name also without what stands in brackets behind it."""
    bare = _BRACKETS.sub("", agreement.name).strip()
    return list(dict.fromkeys([agreement.name, bare, *agreement.aliases]))


def _agreement_labels(agreement: Agreement) -> list[frozenset[str]]:
    return [words for name in agreement_names(agreement) if (words := tokens(name))]


def _concerns(agreement: Agreement, named: set[str], case: Case) -> bool:
    about = {*agreement.parties, *agreement.subjects}
    about |= {_SUCCESSORS[p] for p in about if p in _SUCCESSORS}
    if named <= about:
        return True
    # A text may name a member for its bloc ("Russia" for the EAEU); a name then settles it.
    others = named - about
    if not named & about or not all(_belongs(case, other, about) for other in others):
        return False
    return phrase_in(agreement_names(agreement), case.sentence)


def _belongs(case: Case, member: str, blocs: set[str]) -> bool:
    """Whether one is a member of such a bloc, or itself a bloc with members among them."""
    if any(case.facts.memberships(bloc=bloc, member=member) for bloc in blocs):
        return True
    return any(m.member in blocs for m in case.facts.memberships(bloc=member))


def _score(case: Case, labels: list[frozenset[str]], names: list[str], weights: Weights) -> float:
    said = (case.statement.quote, case.statement.name, *sorted(core_parties(case)))
    near = tokens(" ".join(filter(None, said)))
    sentence = tokens(case.sentence) | near
    score = max(label_score(labels, near, weights), label_score(labels, sentence, weights))
    if phrase_in(names, case.sentence):
        score = max(score, 0.9) + 0.1 * label_score(labels[:1], sentence, weights)
    if score < STRONG:
        score = max(score, 0.9 * _in_context(case, labels, names, weights))
    return score


def _in_context(
    case: Case, labels: list[frozenset[str]], names: list[str], weights: Weights
) -> float:
    """A reference ("it took effect …") is read from the text before the statement."""
    before = case.document.text[max(0, case.statement.start - 400) : case.statement.end]
    score = label_score(labels, tokens(before), weights)
    return max(score, 0.9) if phrase_in(names, before) else score


def find_projects(case: Case) -> list[Found]:
    """Stages of projects whose name stands in the text, the best first."""
    rows = case.facts.projects
    labels, weights = case.facts.remember("projects", lambda: _project_register(rows))
    named = core_parties(case)
    found = []
    for project in rows:
        if named and not named & set(project.parties):
            continue
        if own_words(case.document, project.source.url):
            continue
        score = _score(case, labels[project.id], [project.name, *project.aliases], weights)
        found.append(Found(project, score))
    return sorted(found, key=lambda f: -f.score)


def cite_source(case: Case, source: FactSource, summary: str, *, table: str) -> Evidence:
    """A source of a fact as evidence."""
    published = source.published_on
    day = case.day.isoformat() if case.day else None
    later = bool(day and published and published > day[: len(published)])
    return Evidence(
        row=source.row or table,
        summary=summary,
        publisher=source.publisher,
        published_on=published,
        url=source.url,
        query=case.facts.query_for(source.row) if source.row else None,
        later=later,
    )
