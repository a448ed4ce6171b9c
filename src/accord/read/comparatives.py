"""Comparatives that rank: "second only to China", "from fourth in 2003", "vice versa".

They take up a ranking or a figure told before in the sentence: who comes before whom in
the same list, where one stood earlier, whose largest a balance is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from accord.model.statement import Kind, Measure, Statement
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import GIVEN_MEASURES, ORDINAL, ListNoun, rank_of, ranking_statement
from accord.read.quantities import Sort
from accord.read.scene import Memory, Scene

__all__ = [
    "climbed_from",
    "first_after",
    "moved_from",
    "reversed_rankings",
    "second_only",
    "then_come",
]

_GIVEN = GIVEN_MEASURES | {Measure.TOURISTS, Measure.OTHER}
_SECOND_ONLY = lazy(
    rf"\b(?P<ordinal>{ORDINAL})(?:\s+only)?\s+(?:to|behind|after)\s+(?:the\s+|only\s+)?$|\b(?:behind|after)\s+only\s+(?:the\s+)?$|\bmore\s+than\s+(?:with|to|from|in)\s+any\s+(?:other\s+)?(?:country|nation|market|state)\s+(?:but|except|save|bar|other\s+than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def second_only(
    scene: Scene, memory: Memory, *, others: Sequence[Statement]
) -> Iterator[Statement]:
    """ "Cairo received $2 billion, second only to Israel": both have places in one list."""
    for party in scene.parties:
        lead = _SECOND_ONLY.search(scene.text, max(scene.start, party.start - 80), party.start)
        if lead is None or party.joined:
            continue
        model = _told_before(lead.start(), scene, others)
        if model is None or any(s.kind is Kind.RANKING and s.end > lead.start() for s in others):
            continue
        rank = rank_of(lead.group("ordinal")) if lead.group("ordinal") else 2
        span = (lead.start(), party.end)
        yield from _placed(scene, memory, span, model, rank)
        if rank == 2 and party.code not in {model.reporter, model.partner}:
            yield from _placed(scene, memory, span, _with(model, party, scene), 1)


def _told_before(at: int, scene: Scene, others: Sequence[Statement]) -> Statement | None:
    before = [
        s
        for s in others
        if s.kind in {Kind.FIGURE, Kind.GROWTH} and s.reporter and s.partner and s.start < at
    ]
    return max(before, key=lambda s: s.end, default=None)


def _with(model: Statement, party: Party, scene: Scene) -> Statement:
    """The same flow with another party in the place of the clause's subject."""
    subject = next((p.code for p in scene.parties if p.subject), None)
    given = model.measure in _GIVEN and subject != model.partner
    return replace(model, reporter=party.code) if given else replace(model, partner=party.code)


def _placed(
    scene: Scene, memory: Memory, span: tuple[int, int], model: Statement, rank: int
) -> Iterator[Statement]:
    measure = Measure.FDI_STOCK if model.measure is Measure.FDI_FLOW else model.measure
    noun = ListNoun(measure or Measure.OTHER, of_owner=True)
    content = (noun, model.partner, model.reporter, rank)
    statement = ranking_statement(scene, memory, span, content)
    if statement is not None:
        yield replace(
            statement,
            start=span[0],
            quote=scene.text[span[0] : span[1]],
            period=model.period or statement.period,
        )


_FROM_PLACE = lazy(
    rf"\s*(?:,\s*)?(?:up\s+|down\s+|compared\s+with\s+|against\s+)?(?:from\s+)?(?P<ordinal>{ORDINAL})(?:\s+(?:place|position|spot))?(?=\s*(?:[,.;)]|$|in\b|a\s+year|the\s+year|two\s+years|three\s+years|five\s+years|ten\s+years|last\b|before\b|earlier\b))",
    re.IGNORECASE,
)
_FROM = lazy(r"\b(?:up|down|from|compared\s+with)\b")


def moved_from(scene: Scene, memory: Memory, *, found: Sequence[Statement]) -> Iterator[Statement]:
    """ "Fifth among Japan's partners, from fourth in 2003": the place held earlier."""
    for model in found:
        if model.kind is not Kind.RANKING or not model.value:
            continue
        tail = scene.text[model.end : min(scene.end, model.end + 90)]
        cue = _FROM.search(tail)
        if cue is None or re.search(r"[;]|\.\s", tail[: cue.start()]):
            continue
        match = _FROM_PLACE.match(scene.text, model.end + cue.start(), scene.end)
        if match is None:
            continue
        dated = next((p for p in scene.periods if p.start >= match.end("ordinal")), None)
        period = dated.period if dated else None
        if dated is not None and period is None and model.period is not None:
            period = model.period.year_before if dated.shift == 1 else None
        yield replace(
            model,
            start=match.start(),
            end=match.end("ordinal"),
            quote=scene.text[match.start() : match.end("ordinal")],
            value=float(rank_of(match.group("ordinal"))),
            period=period,
            text_cue="ranked",
        )


_CLIMBED = lazy(
    rf"\b(?:climbed|risen|rose|moved(?:\s+up)?|jumped|advanced|gone|went|slipped|fallen|fell|dropped|sunk)\s+from\s+(?:being\s+)?(?:the\s+)?(?P<ordinal>{ORDINAL})(?:\s+(?:place|position|spot|largest|biggest))?\s+(?:to\s+(?:become|be)\s+)(?:the\s+)?$",
    re.IGNORECASE,
)


def climbed_from(scene: Scene, *, found: Sequence[Statement]) -> Iterator[Statement]:
    """ "has climbed from fourth to become the second largest investor": the place left."""
    for model in found:
        place = next((t.start for t in model.traces if t.name == "value"), model.start)
        match = _CLIMBED.search(scene.text, max(scene.start, place - 70), place)
        if model.kind is Kind.RANKING and match is not None:
            start = match.start()
            yield replace(
                model,
                start=start,
                end=match.end("ordinal"),
                quote=scene.text[start : match.end("ordinal")],
                value=float(rank_of(match.group("ordinal"))),
                period=None,
                text_cue="ranked",
            )


_AFTER = lazy(r"[^;.]{0,40}?(?:,\s*)?\bafter\s+(?:only\s+)?(?:the\s+)?$")


def first_after(scene: Scene, *, found: Sequence[Statement]) -> Iterator[Statement]:
    """ "Second among Iran's buyers after China": the one it comes after is first."""
    for model in found:
        if model.kind is not Kind.RANKING or model.value != 2.0 or model.text_cue == "record":
            continue
        after = [p for p in scene.parties if p.prep == "after" and p.start >= model.end]
        if len(after) != 1 or after[0].code in {model.reporter, model.partner}:
            continue
        party = after[0]
        if not _AFTER.fullmatch(scene.text, model.end, party.start):
            continue
        of_owner = model.measure not in _GIVEN or _receives(model, scene)
        yield replace(
            model,
            start=party.lead,
            end=party.end,
            quote=scene.text[party.lead : party.end],
            value=1.0,
            partner=party.code if of_owner else model.partner,
            reporter=model.reporter if of_owner else party.code,
        )


def _receives(model: Statement, scene: Scene) -> bool:
    return (
        re.search(r"recipient|beneficiar|receiver", scene.text[model.start : model.end]) is not None
    )


_VICE_VERSA = lazy(r",?\s+and\s+(?:vice\s+versa|the\s+other\s+way\s+round)", re.IGNORECASE)


def reversed_rankings(scene: Scene, *, found: Sequence[Statement]) -> Iterator[Statement]:
    """ "A is B's largest partner, and vice versa"."""
    for model in found:
        if model.kind is Kind.RANKING and _VICE_VERSA.match(scene.text, model.end, scene.end):
            yield replace(model, reporter=model.partner, partner=model.reporter)


_FOLLOWING = lazy(r"\b(?:followed\s+by|then\s+(?:come|came|comes))\s+(?:the\s+)?$", re.IGNORECASE)


_NEXT_LISTED = lazy(r"\s*(?:with|at|\(|,)[^;]{0,60}?(?:,|\s+and|,\s+and)\s+(?:the\s+)?")


def _goes_on(last: Party | None, party: Party, scene: Scene) -> bool:
    return last is not None and bool(_NEXT_LISTED.fullmatch(scene.text, last.end, party.start))


_BESIDE = lazy(r"'?s?\s*(?:\(|with\s|at\s|,\s)\s*(?:about\s+|some\s+)?")


def _has_amount(party: Party, scene: Scene) -> bool:
    """ "followed by Togo ($14.9 billion)"."""
    return any(
        q.sort in {Sort.MONEY, Sort.COUNT, Sort.AMOUNT}
        and _BESIDE.fullmatch(scene.text, party.end, q.core)
        for q in scene.quantities
    )


_RECEIVING = lazy(r"recipient|beneficiar|receiver|debtor|borrower|destination")


def then_come(scene: Scene, memory: Memory, *, found: Sequence[Statement]) -> Iterator[Statement]:
    """ "…, followed by China and Poland": the next places, in the order of the names."""
    model = next((s for s in found if s.kind is Kind.RANKING and s.value), None)
    if model is None or model.value is None:
        return
    rank = int(model.value)
    listing = False
    last: Party | None = None
    for party in scene.parties:
        if _FOLLOWING.search(scene.text, max(scene.start, party.start - 26), party.start):
            listing = True
        elif listing and not (party.joined or _goes_on(last, party, scene)):
            return
        if not listing or party.code in {model.reporter, model.partner}:
            continue
        rank, last = rank + 1, party
        if _has_amount(party, scene):
            continue  # what is told of it is the amount
        of_owner = model.measure not in _GIVEN or bool(_RECEIVING.search(model.of or ""))
        yield replace(
            model,
            start=party.start,
            end=party.end,
            quote=scene.text[party.start : party.end],
            value=float(rank),
            text_cue="ranked",
            partner=party.code if of_owner else model.partner,
            reporter=model.reporter if of_owner else party.code,
        )
