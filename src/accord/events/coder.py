"""Text to events: who did what to whom, when, where, and how surely.

Each sentence is cut into clauses; in each clause a source and a target are found
(:mod:`accord.events.actors`), named (:mod:`accord.events.roles`) and judged
(:mod:`accord.events.classify`). What both did to each other becomes two events.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from accord.events.actors import ActorSpan, find_actors, principal_pair
from accord.events.classify import Classifier, Pair, Relation, Tier, classifier
from accord.events.features import mark, operator_words
from accord.events.inflect import is_past
from accord.events.ontology import load_ontology
from accord.events.roles import Actor, Roles
from accord.events.setting import Setting, contexts_of, economic_act, mode_of
from accord.model.document import Document
from accord.read.attribution import find_attribution
from accord.read.polities import find_mentions
from accord.read.sentences import find_sentences

__all__ = [
    "CodedEvent",
    "CodedText",
    "Coder",
    "LeftOut",
    "code_document",
    "code_fields",
    "event_to_dict",
]

LEAST_CONFIDENCE = 0.45  # below it about every second root is wrong
_FINITE = re.compile(r"\b(?:was|were|is|are|has|have|had|will|\w+ed|sent|gave|met|told|said)\b")
_SHORTEST = 12  # characters of a clause that can hold two actors and an act
_SUBJECT_WITHIN = 25  # characters from the beginning of a clause with a subject of its own
MUTUAL = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
_JOINT = re.compile(r"\s*(?:,|and|&|as well as)?\s*(?:and )?(?:the )?", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?:;|,)\s+(?:and|but|while|whereas|after which)\s+|;\s+|\s+(?:while|whereas)\s+",
    re.IGNORECASE,
)
_DENYING = re.compile(r"\b(?:do|does|did|is|are|was|were|has|have|had|need) not\b|n['’]t\b")
_NO_ACT = re.compile(r"\b(?:do|does|did) not (?:need|have|want) to\b")
_HANGING = re.compile(r"\b(?:for|of|to|from|in|among|about) (?:the )?$", re.IGNORECASE)
_EXHORTING = re.compile(r"\b(?:should|must|need to|ought to)\b")
_FIGURE = re.compile(
    r"\b(?:trade|turnover|exports|imports|investment)\b.{0,80}\b(?:reached|rose|grew|fell|totalled|"
    r"totaled|amounted|stood|hit|increased|decreased|jumped|declined|surged)\b.{0,40}\d",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:the (?:two|both) (?:countries|sides|states|nations|governments|leaders|parties)"
    r"|both (?:countries|sides|states|nations)|the parties|the sides|(?:the )?states)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One directed event. Offsets count characters of the document's text;
    ``quote`` is exactly ``text[start:end]``. ``date`` is an ISO date or interval
    (``2021-03-01/2021-03-31``), with ``date_basis`` telling whether it was said in the
    ``text`` or is that of ``publication``. ``intensity`` runs from -10 to 10.
    """

    id: str
    source: Actor
    target: Actor
    root: str
    quad: int
    mode: str | None
    contexts: tuple[str, ...]
    economic: str | None
    intensity: float
    date: str | None
    date_basis: str | None
    place: str | None
    quote: str
    start: int
    end: int
    tense: str
    modality: str
    negated: bool
    speaker: str | None
    reciprocal: bool
    confidence: float
    basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clause, ``text[start:end]``, without an event, and the reason."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class CodedText:
    """The events of one document, and which clauses were left out and why."""

    events: tuple[CodedEvent, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def skipped(self) -> dict[str, int]:
        """How many clauses were left out for each reason."""
        return dict(Counter(part.reason for part in self.left_out))


class Coder:
    """Codes documents; holds the models, so make one and use it often."""

    def __init__(self, judge: Classifier | None = None) -> None:
        self.judge = judge or classifier("fast")
        self.ontology = load_ontology()

    def code(self, document: Document) -> CodedText:
        """All events of a document, in order of appearance."""
        roles = Roles(document)
        setting = Setting(document)
        left_out: list[LeftOut] = []
        found: list[CodedEvent] = []
        if document.language not in {None, "en"}:
            return CodedText((), (LeftOut(0, len(document.text), "other_language"),))
        for sentence in find_sentences(document.text):
            for start, end in _clauses(document.text, sentence.start, sentence.end):
                outcome = self._clause(document.text, start, end, roles)
                if isinstance(outcome, str):
                    left_out.append(LeftOut(start, end, outcome))
                    continue
                whole = (sentence.start, sentence.end)
                for draft in outcome:
                    found.append(self._event(document.text, draft, whole, setting, len(found)))
        return CodedText(tuple(found), tuple(left_out))

    def _clause(self, text: str, start: int, end: int, roles: Roles) -> list[_Draft] | str:
        clause = text[start:end]
        if len(clause) < _SHORTEST:
            return "too_short"
        roles.remember_named(start, end)
        if _FIGURE.search(clause):
            return "figure"
        found = self._pair(clause, start, roles)
        if isinstance(found, str):
            return found
        source, target, both = found
        relation = self.judge.relation(_as_pair(clause, start, source, target))
        if source.code and source.code == target.code and source.sector == target.sector:
            return "same_actor"
        if relation.confidence < LEAST_CONFIDENCE:
            return "unsure"
        if _NO_ACT.search(clause) or (relation.quad <= 2 and _DENYING.search(clause)):
            return "negated"
        if both and _EXHORTING.search(clause):
            return "exhortation"
        mutual = relation.root in MUTUAL and (both or _joint(text, source, target))
        draft = _Draft(start, end, source, target, relation, mutual)
        return [draft, replace(draft, source=target, target=source)] if mutual else [draft]

    def _pair(self, clause: str, start: int, roles: Roles) -> tuple[Actor, Actor, bool] | str:
        """Source, target and whether one phrase stands for both (*the two countries*)."""
        spans = find_actors(clause)
        actors = {s: roles.resolve(start + s.start, start + s.end) for s in spans}
        both = _BOTH.search(clause)
        codes = {a.code for a in actors.values() if a.code}
        if both and roles.dyad and len(codes) < 2:
            span = (start + both.start(), start + both.end())
            first, second = roles.dyad
            return _moved(first, clause, span, start), _moved(second, clause, span, start), True

        def sure(source: ActorSpan, target: ActorSpan) -> float:
            return self.judge.relation(_between(clause, source, target)).confidence

        chosen = principal_pair([s for s, actor in actors.items() if actor.sector], sure)
        if chosen is None:
            named = roles.first_two(start, start + len(clause))
            if named is None or _HANGING.search(clause[: named[0].start - start]):
                return "no_two_actors"
            source, target = named
        else:
            source, target = actors[chosen[0]], actors[chosen[1]]
        if not (source.code or target.code):
            return "no_polity"
        roles.remember(source)
        return source, target, False

    def _event(
        self, text: str, draft: _Draft, whole: tuple[int, int], setting: Setting, number: int
    ) -> CodedEvent:
        clause = text[draft.start : draft.end]
        root = draft.relation.root
        mode = mode_of(root, clause)
        tense, modality, negated = _stance(clause, draft)
        when = setting.date_of(draft.start, draft.end) or setting.date_of(*whole)
        spoken = find_attribution(text, *whole)
        return CodedEvent(
            id=f"e{number + 1}",
            source=draft.source,
            target=draft.target,
            root=root,
            quad=draft.relation.quad,
            mode=mode,
            contexts=contexts_of(clause),
            economic=economic_act(root, clause),
            intensity=self.ontology.intensity(root, mode),
            date=when or setting.published,
            date_basis="text" if when else "publication" if setting.published else None,
            place=setting.place(draft.start, draft.end, draft.source, draft.target),
            quote=text[whole[0] : whole[1]],
            start=whole[0],
            end=whole[1],
            tense=tense,
            modality=modality,
            negated=negated,
            speaker=spoken[0].name if spoken else None,
            reciprocal=draft.mutual,
            confidence=draft.relation.confidence,
            basis=draft.relation.features,
        )


@dataclass(frozen=True, slots=True)
class _Draft:
    start: int
    end: int
    source: Actor
    target: Actor
    relation: Relation
    mutual: bool


def code_document(
    document: Document, *, tier: Tier = "fast", model: str | None = None
) -> CodedText:
    """The events of one document; for many, keep a :class:`Coder`."""
    return Coder(classifier(tier, model)).code(document)


def code_fields(
    document: Document, *, tier: Tier = "fast", model: str | None = None
) -> dict[str, Any]:
    """A document's line of output: what it is, its events, what was left out.

    A function of a module, so that the engines of ``accord.read`` can run it anywhere;
    the models are loaded once in each process.
    """
    coded = _coder(tier, model).code(document)
    return {
        "document": {
            "source": document.source,
            "title": document.title,
            "published": str(document.published) if document.published else None,
            "language": document.language,
            "url": document.url,
            "sha256": document.sha256,
        },
        "events": [event_to_dict(event) for event in coded.events],
        "skipped": coded.skipped,
        "left_out": [asdict(part) for part in coded.left_out],
    }


@lru_cache(maxsize=2)
def _coder(tier: Tier, model: str | None) -> Coder:
    return Coder(classifier(tier, model))


def event_to_dict(event: CodedEvent) -> dict[str, Any]:
    """The JSON form of an event."""
    return asdict(event)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a sentence that have a source and a target of their own."""
    edges = [start]
    for match in _CLAUSE.finditer(text, start, end):
        left, right = text[edges[-1] : match.start()], text[match.end() : end]
        if _stands_alone(left) and _stands_alone(right):
            yield edges[-1], match.start()
            edges.append(match.end())
    yield edges[-1], end


def _stands_alone(part: str) -> bool:
    """Whether a part begins with a polity and names another: a clause with its own act."""
    mentions = find_mentions(part)
    return (
        len({m.code for m in mentions}) >= 2
        and mentions[0].start < _SUBJECT_WITHIN
        and _FINITE.search(part) is not None
    )


def _as_pair(clause: str, start: int, source: Actor, target: Actor) -> Pair:
    ends = [(a.start - start, a.end - start) for a in (source, target)]
    if ends[0] != ends[1]:
        return Pair(None, clause, (ends[0],), (ends[1],))
    # "the two countries": read as "A and B"
    first, last = ends[0]
    text = f"{clause[:first]}A and B{clause[last:]}"
    return Pair(None, text, ((first, first + 1),), ((first + 6, first + 7),))


def _between(clause: str, source: ActorSpan, target: ActorSpan) -> Pair:
    return Pair(None, clause, ((source.start, source.end),), ((target.start, target.end),))


def _joint(text: str, source: Actor, target: Actor) -> bool:
    """Whether both stand side by side as subject (*A and B signed*) or *between A and B*."""
    first, second = sorted((source, target), key=lambda a: a.start)
    gap = text[first.end : second.start]
    return len(gap) < 12 and _JOINT.fullmatch(gap) is not None


def _moved(actor: Actor, clause: str, span: tuple[int, int], start: int) -> Actor:
    text = clause[span[0] - start : span[1] - start]
    return replace(actor, text=text, start=span[0], end=span[1], by_coreference=True)


def _stance(clause: str, draft: _Draft) -> tuple[str, str, bool]:
    """Tense, modality (done, promised, threatened, asked, hypothetical) and negation."""
    offset = draft.start
    marked = mark(
        clause,
        [(draft.source.start - offset, draft.source.end - offset)],
        [(draft.target.start - offset, draft.target.end - offset)],
    )
    at = marked.source_at or 0
    near = marked.tokens[at : at + 9]
    words = operator_words()
    negated = (
        any(t in {"not", "n't", "never", "no"} for t in near) or draft.relation.root == "REJECT"
    )
    future = any(t in {"will", "shall", "going"} for t in near)
    hypothetical = any(t in {"would", "could", "might", "may", "if", "unless"} for t in near)
    named = {"AGREE": "promised", "THREATEN": "threatened", "REQUEST": "asked"}
    modality = named.get(draft.relation.root, "hypothetical" if hypothetical else "done")
    if future:
        tense = "future"
    elif any(is_past(t) for t in near):
        tense = "past"
    else:
        tense = "present" if not any(t in words["F"] for t in near) else "future"
    return tense, modality, negated
