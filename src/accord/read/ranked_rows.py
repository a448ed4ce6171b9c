"""Places in a row, or before the one who holds them.

"A and B followed second and third", "in second place was Spain", "third came Peru": the
list is that of the ranking told before, in the sentence or in the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from accord.model.statement import Kind, Statement
from accord.read.membership_roles import chain_of
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import GIVEN_MEASURES, ORDINAL, rank_of
from accord.read.scene import Memory, Scene

__all__ = ["inverted_places", "places_in_a_row"]

_ROW = lazy(
    r"\s+(?:follow(?:s|ed)?|rank(?:s|ed)?|came|come|were|are|took|placed|finished|stood)\s+"
    rf"(?:in\s+|at\s+|the\s+)*(?P<row>{ORDINAL}(?:(?:,\s*(?:and\s+)?|\s+and\s+){ORDINAL})+)",
    re.IGNORECASE,
)
_ORDINAL = lazy(rf"\b{ORDINAL}", re.IGNORECASE)
_PLACE_FIRST = lazy(
    rf"\b(?:(?:in|at|taking|holding)\s+(?:the\s+)?(?P<a>{ORDINAL})\s+(?:place|position|spot)|(?P<b>{ORDINAL}))"
    r"\s+(?:was|is|were|are|came|comes|stood|stands|ranked)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AND_NEXT = lazy(
    rf"[^.;]{{0,40}}?(?:,|\band\b)\s+(?:(?:in|at)\s+)?(?P<a>{ORDINAL})\s+(?:(?:place|was|is)\s+)?(?P<b>(?:the\s+)?)$",
    re.IGNORECASE,
)
_RECEIVING = lazy(r"recipient|beneficiar|receiver|debtor|borrower|destination")


def _model(found: Sequence[Statement], memory: Memory, at: int) -> Statement | None:
    told = [
        s
        for s in found
        if s.kind is Kind.RANKING
        and s.text_cue != "record"
        and (s.start < at or not memory.ranking)
    ]
    return told[-1] if told else memory.ranking


def _placed(
    model: Statement, code: str, rank: int, scene: Scene, span: tuple[int, int]
) -> Statement:
    """The same list with another party at another place."""
    of_owner = model.measure not in GIVEN_MEASURES or bool(_RECEIVING.search(model.of or ""))
    return replace(
        model,
        start=span[0],
        end=span[1],
        quote=scene.text[span[0] : span[1]],
        value=float(rank),
        text_cue="ranked",
        partner=code if of_owner else model.partner,
        reporter=model.reporter if of_owner else code,
        sentence_start=scene.start,
        sentence_end=scene.end,
    )


def places_in_a_row(
    scene: Scene, memory: Memory, *, found: Sequence[Statement]
) -> Iterator[Statement]:
    """ "The Netherlands and the United States followed second and third"."""
    for place, party in enumerate(scene.parties):
        row = _ROW.match(scene.text, party.end, scene.end)
        model = _model(found, memory, party.start) if row else None
        if row is None or model is None:
            continue
        ranks = [rank_of(m.group()) for m in _ORDINAL.finditer(scene.text, *row.span("row"))]
        chain = chain_of(scene.parties[: place + 1], first=False)
        if len(chain) != len(ranks):
            continue
        for one, rank in zip(chain, ranks, strict=True):
            if one.code not in {model.reporter, ""}:
                yield _placed(model, one.code, rank, scene, (chain[0].start, row.end()))


def inverted_places(
    scene: Scene, memory: Memory, *, found: Sequence[Statement]
) -> Iterator[Statement]:
    """ "In second place was Spain"."""
    last: Party | None = None
    for party in scene.parties:
        low = max(scene.start, party.start - 40)
        match = _PLACE_FIRST.search(scene.text, low, party.start)
        if last is not None and match is None:
            match = _AND_NEXT.fullmatch(scene.text, last.end, party.start)
        model = _model(found, memory, party.start) if match else None
        if match is None or model is None or party.code == model.reporter or not party.bare:
            continue
        rank, last = rank_of(match.group("a") or match.group("b")), party
        yield _placed(model, party.code, rank, scene, (match.start(), party.end))
