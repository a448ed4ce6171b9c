"""Deeds: what governments do to each other, by verb and by noun.

A verb of the lexicon (:mod:`accord.read.deed_words`) is a deed where what it takes
stands beside it: a party as its object, the thing it is done with ("sanctions"), a
place to go to. Its two parties are the subject of the clause and whoever is named after
it; a clause without a subject of its own has that of the clause before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from accord.model.statement import Kind, Statement, Trace
from accord.read.act_dates import Dated, find_dates, nearest
from accord.read.deed_nouns import find_calls, find_noun_deeds, happens
from accord.read.deed_parties import Search, pair_of
from accord.read.deed_verbs import Deed, find_deeds
from accord.read.frames import Span, is_asked, is_denied, is_hedged, is_of_crowd
from accord.read.membership_roles import chain_of
from accord.read.parties import PAIR_WORDS, Party
from accord.read.patterns import lazy
from accord.read.quantities import Sort
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_deeds"]

_BREAK = lazy(
    r"[;:](?=\s)|\s[-–—]+\s|,\s|\s(?:and|but|while|whereas|although|though|because|after|before"
    r"|when|since|until|where|which|who|that|whose|as)\s",
    re.IGNORECASE,
)
_HARD = lazy(
    r"[;:](?=\s)|\s(?:but|while|whereas|although|though|because|after|before|when|where|until"
    r"|once)\s",
    re.IGNORECASE,
)


def read_deeds(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The deeds that the verbs and the nouns of a sentence tell."""
    known = memory.pair or memory.named or len(setting.pair) == 2
    if not (_worth(scene) or known) or is_asked(scene):
        return []
    spoken = memory.did.text_cue if memory.did and scene.number - memory.did_at <= 2 else None
    deeds = list(find_deeds(scene, spoken=spoken))
    dates = find_dates(scene, memory)
    found: list[Statement] = []
    floor = scene.start
    for place, deed in enumerate(deeds):
        limit = _limit(deed, deeds[place + 1], scene) if place + 1 < len(deeds) else scene.end
        statement = _read(deed, (floor, limit), dates, (scene, memory, setting), found)
        if statement is not None and not _again(statement, found):
            found.append(statement)
            found.extend(_of_each(statement, deed, scene))
            floor = max(deed.reach, min(statement.end, limit))
    return [*found, *_by_noun(scene, setting, dates, found)]


def _again(statement: Statement, found: list[Statement]) -> bool:
    """ "Arrived in Lima, starting a three-day visit to Peru": one act told twice."""
    return any(
        s.text_cue == statement.text_cue == "visited"
        and {s.reporter, s.partner} == {statement.reporter, statement.partner}
        and (statement.date is None or statement.date == s.date)
        for s in found
    )


def _visited(pair: tuple[Party, Party], span: Span, scene: Scene, told: list[Statement]) -> bool:
    """ "Arrived on Saturday as his first visit to the country": the visit is told already."""
    codes = {p.code for p in pair}
    visit = scene.text.startswith(("visit", "trip"), span[0])
    return visit and any(s.text_cue == "visited" and {s.reporter, s.partner} == codes for s in told)


def _of_each(statement: Statement, deed: Deed, scene: Scene) -> Iterator[Statement]:
    """The same deed of those coordinated with its subject ("Sudan and Bahrain cut ties")."""
    if not deed.family.each or deed.passive:
        return
    chain = chain_of([p for p in scene.parties if p.end <= deed.start and p.bare], first=False)
    others = _objects(statement, deed, scene)
    for party in others:
        end = max(statement.end, party.end)
        yield replace(
            statement,
            partner=party.code,
            parties=(statement.reporter or "", party.code),
            end=end,
            quote=scene.text[statement.start : end],
        )
    if others or statement.reporter not in {p.code for p in chain}:
        return
    for party in chain:
        if party.code not in {statement.reporter, statement.partner}:
            yield replace(
                statement, reporter=party.code, parties=(party.code, statement.partner or "")
            )


def _objects(statement: Statement, deed: Deed, scene: Scene) -> list[Party]:
    """Those coordinated with whom it concerns ("ties with France, Germany and Britain")."""
    after = [p for p in scene.parties if p.start >= deed.end]
    first = next((i for i, p in enumerate(after) if p.code == statement.partner), None)
    if first is None or any(p.joined and p.code == statement.reporter for p in after):
        return []
    chain = [
        p for last, p in pairwise(chain_of(after[first:], first=True)) if p.start - last.end < 25
    ]
    chain += [p for p in after[first + 1 :] if _is_counterpart(p, after[first], scene)]
    return [p for p in chain if p.code not in {statement.partner, statement.reporter}]


_AND_HIS = lazy(r"[^.;]{0,70}\band\s+(?:his|her|its|the|their)\s+$")


def _is_counterpart(party: Party, first: Party, scene: Scene) -> bool:
    """ "expelled the Chilean envoy and his Peruvian counterpart"."""
    return (
        scene.text.startswith(" counterpart", party.end)
        and _AND_HIS.fullmatch(scene.text, first.end, party.start) is not None
    )


def _limit(deed: Deed, after: Deed, scene: Scene) -> int:
    """Where the clause of a deed ends at the latest: at the break before the next one."""
    limit = after.start
    for match in _BREAK.finditer(scene.text, deed.reach, after.start):
        limit = match.start()
    return max(limit, deed.reach)


def _by_noun(
    scene: Scene, setting: Setting, dates: list[Dated], told: list[Statement]
) -> Iterator[Statement]:
    for span, doer, other in (
        *find_noun_deeds(scene, setting.pair, setting.home),
        *find_calls(scene),
    ):
        if any(s.start <= span[0] < s.end for s in told) or _visited(
            (doer, other), span, scene, told
        ):
            continue
        low, high = min(span[0], doer.start, other.start), max(span[1], doer.end, other.end)
        date = nearest(dates, high, min(scene.end, high + 40), floor=max(scene.start, low - 30))
        if not happens(span, scene, dated=date is not None):
            continue
        if date is not None:
            low, high = min(low, date.start), max(high, date.end)
        yield _statement(scene, (low, high), (doer, other), date, (span, "told by a noun"))


def _worth(scene: Scene) -> bool:
    return (
        len(scene.parties) > 0 or PAIR_WORDS.search(scene.text, scene.start, scene.end) is not None
    )


def _read(
    deed: Deed,
    bounds: Span,
    dates: list[Dated],
    known: tuple[Scene, Memory, Setting],
    told: list[Statement],
) -> Statement | None:
    scene, memory, setting = known
    if _no_deed(deed, scene):
        return None
    clause = _clause(scene, deed, bounds)
    search = Search(
        (deed.start, deed.reach),
        clause,
        passive=deed.passive,
        official=deed.family.official,
        bilateral=deed.family.bilateral,
        each=deed.family.each,
        person=deed.family.person,
        to=deed.family.to,
        told=_told(told, scene, memory),
    )
    parties = pair_of(search, scene, memory, setting)
    if parties is None:
        return None
    date = nearest(dates, deed.end, clause[1], floor=clause[0]) or _opening(dates, deed, scene)
    if date is None and _needs_date(deed, scene):
        return None
    span = _quote(deed, clause, parties, date, scene)
    if deed.family.unpriced and _has_money(span, scene):
        return None
    told_of = _statement(scene, span, parties, date, ((deed.start, deed.end), deed.family.cue))
    return _counted(told_of, deed, scene) if deed.family.cue == "expelled" else told_of


_TURNS_OUT = lazy(r"\w+\s+out\s+to\b")


def _no_deed(deed: Deed, scene: Scene) -> bool:
    """ "Tourists arrived in Malta" is people's travel, "turned out to be" no act."""
    turns_out = _TURNS_OUT.match(scene.text, deed.start) is not None
    return turns_out or is_of_crowd(scene, deed.start)


def _counted(statement: Statement, deed: Deed, scene: Scene) -> Statement:
    """How many were expelled, where the text counts them in figures."""
    for quantity in scene.quantities:
        within = deed.end <= quantity.core < statement.end
        if within and quantity.sort is Sort.COUNT and quantity.unit == "persons":
            return replace(statement, value=quantity.value, unit=quantity.unit)
    return statement


def _has_money(span: Span, scene: Scene) -> bool:
    return any(q.sort is Sort.MONEY and span[0] <= q.core < span[1] for q in scene.quantities)


def _told(told: list[Statement], scene: Scene, memory: Memory) -> tuple[str, ...]:
    """The parties of the deed told before: in the sentence, else just before it."""
    last = told[-1] if told else None
    return (last.reporter or "", last.partner or "") if last else ()


def _statement(
    scene: Scene,
    quote: Span,
    parties: tuple[Party, Party],
    date: Dated | None,
    act: tuple[Span, str],
) -> Statement:
    (start, end), cue = act
    low = max(scene.start, min(max(quote[0], start - 40), start - 24))
    low = max(low, *(scene.text.rfind(mark, low, start) + 1 for mark in ";:,"))
    return Statement(
        id="",
        quote=scene.text[quote[0] : quote[1]],
        start=quote[0],
        end=quote[1],
        kind=Kind.EVENT,
        reporter=parties[0].code,
        partner=parties[1].code,
        date=date.text if date else None,
        negated=is_denied(scene, low, end),
        hedged=is_hedged(scene, low, end + 1),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue=cue,
        parties=(parties[0].code, parties[1].code),
        traces=(Trace("kind", start, end, f"deed: {cue}"),),
    )


def _needs_date(deed: Deed, scene: Scene) -> bool:
    unless = deed.family.dated_unless
    if unless is not None:
        return unless.match(scene.text, deed.start) is None
    return deed.family.dated


def _opening(dates: list[Dated], deed: Deed, scene: Scene) -> Dated | None:
    return next((d for d in dates if d.start - scene.start < 4 and d.end <= deed.start), None)


def _clause(scene: Scene, deed: Deed, bounds: Span) -> Span:
    """From the last hard break before the verb (or the deed before) to the next."""
    start = bounds[0]
    anchor = min(deed.start, deed.thing[0]) if deed.thing else deed.start
    for match in _HARD.finditer(scene.text, bounds[0], anchor):
        start = match.end()
    after = _HARD.search(scene.text, deed.reach, max(deed.reach, bounds[1]))
    end = after.start() if after else max(bounds[1], deed.reach)
    return start, end


def _quote(
    deed: Deed, clause: Span, parties: tuple[Party, Party], date: Dated | None, scene: Scene
) -> Span:
    low, high = deed.start, deed.reach
    if deed.thing is not None:
        low, high = min(low, deed.thing[0]), max(high, deed.thing[1])
    for party in parties:
        if clause[0] <= party.start and party.end <= clause[1]:
            low, high = min(low, party.start), max(high, party.end)
    if date is not None and clause[0] <= date.start and date.end <= clause[1]:
        low, high = min(low, date.start), max(high, date.end)
    return low, min(high, scene.end)
