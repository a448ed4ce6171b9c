"""What another did as well: "Egypt did so on Saturday", "as did Nauru", "the EU followed suit".

A sentence that only says who did the same, and when, takes what was done from the last
event or membership told before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from accord.model.statement import Kind, Statement, Trace
from accord.read.act_dates import Dated, find_dates, nearest
from accord.read.membership_roles import chain_of
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import list_noun
from accord.read.scene import Memory, Scene

__all__ = ["read_ellipsis"]

_DID = lazy(
    r"\s+(?:also\s+|later\s+|soon\s+|then\s+|had\s+|has\s+|will\s+|would\s+|is\s+to\s+|are\s+to\s+|quickly\s+)*"
    r"(?:did\s+(?:so|the\s+same|likewise)|do(?:es|ne)?\s+(?:so|the\s+same|likewise)|follow(?:s|ed)?\s+suit"
    r"|follow(?:s|ed)?(?=\s+(?:on|in|at|a|two|three|four|five|six|\w+\s+(?:days?|weeks?|months?|years?)\s+later|suit|the|later|next|last)\b|\s*[.,;])"
    r"|(?:is\s+|was\s+|are\s+)?(?:next\b|to\s+follow\b)|reciprocate[sd]?\b(?!\s+by)|respond(?:s|ed)\s+in\s+kind|retaliate[sd]?(?=\s+(?:in\s+kind|on|in|the|a|with))|returned\s+the\s+\w+)",
)
_FOLLOWED = lazy(r"\bfollowed\s+(?:[\w-]+\s+){0,5}by\b")
_BACK = lazy(r"reciprocat|in\s+kind|retaliat|returned\s+the")
_AS_DID = lazy(r"\b(?:as|so)\s+(?:did|has|have|had|does|do|will)\s+(?:the\s+)?$", re.IGNORECASE)
_TO_COME = lazy(r"\b(?:will|would|to(?=\s+(?:do|follow|recip|respond)))\b")
_REACH = 2  # sentences back


def read_ellipsis(scene: Scene, memory: Memory, *, told: Sequence[Statement]) -> list[Statement]:
    """Those who did what the sentence, or the one before, tells of another."""
    found: list[Statement] = []
    dates: list[Dated] | None = None
    for doers, end in (*_doers(scene), *_followers(scene)):
        model = _model(doers, scene, memory, told)
        if model is None:
            continue
        dates = find_dates(scene, memory) if dates is None else dates
        found.extend(_copies(model, doers, end, dates, scene))
    return found


def _doers(scene: Scene) -> Iterator[tuple[list[Party], int]]:
    """The chains of parties that did the same, and where those words end."""
    for place, party in enumerate(scene.parties):
        match = _DID.match(scene.text, party.end, scene.end)
        by_office = party.prep == "of" and match is not None and _BACK.search(match.group())
        if match is not None and (party.bare or by_office) and not party.possessive:
            yield chain_of(scene.parties[: place + 1], first=False), match.end()
        lead = scene.text[max(scene.start, party.start - 14) : party.start]
        if not party.joined and _AS_DID.search(lead):
            chain = chain_of(scene.parties[place:], first=True)
            yield chain, chain[-1].end


def _followers(scene: Scene) -> Iterator[tuple[list[Party], int]]:
    """ "…, followed within hours by the United States and Britain"."""
    for place, party in enumerate(scene.parties):
        if party.prep != "by" or party.joined:
            continue
        if list_noun().search(scene.text, scene.start, party.lead):
            continue  # "its main market was Peru, followed by Cuba"
        if _FOLLOWED.search(scene.text, max(scene.start, party.lead - 40), party.lead + 3):
            chain = chain_of(scene.parties[place:], first=True)
            yield chain, chain[-1].end


def _model(
    doers: Sequence[Party], scene: Scene, memory: Memory, told: Sequence[Statement]
) -> Statement | None:
    """The last act told: before these words in the sentence, else in the one before."""
    kinds = {Kind.EVENT, Kind.MEMBERSHIP}
    here = [s for s in told if s.kind in kinds and s.start < doers[0].start]
    if here:
        return max(here, key=lambda s: s.start)
    if memory.did is not None and scene.number - memory.did_at <= _REACH:
        return memory.did
    return None


def _copies(
    model: Statement, doers: Sequence[Party], end: int, dates: Sequence[Dated], scene: Scene
) -> Iterator[Statement]:
    start = doers[0].start
    date = nearest(list(dates), end, min(scene.end, end + 60), floor=doers[0].start)
    if date is not None:
        end = max(end, date.end)
    partner = model.partner
    back = _BACK.search(scene.text, doers[-1].end, end) is not None
    for doer in doers:
        if back and doer.code == partner:
            partner = model.reporter
        elif doer.code in {partner, model.reporter}:
            continue
        yield replace(
            model,
            quote=scene.text[start:end],
            start=start,
            end=end,
            reporter=doer.code,
            partner=partner,
            date=date.text if date else None,
            negated=False,
            hedged=_TO_COME.search(scene.text, doers[-1].end, end) is not None,
            sentence_start=scene.start,
            sentence_end=scene.end,
            parties=(doer.code, partner or ""),
            attributed_to=None,
            speaker=None,
            traces=(Trace("kind", start, end, f"the same as before: {model.text_cue}"),),
        )
