"""What a text tells twice, and acts that a figure or another act already tells."""

from __future__ import annotations

from dataclasses import replace

from accord.model.statement import QUANTITATIVE, Kind, Measure, Statement
from accord.read.folding import fold

__all__ = ["TOLD", "apart_from", "besides_firsts", "numbered", "untold"]


TOLD = {Kind.MEMBERSHIP, Kind.ANNIVERSARY, Kind.EVENT, Kind.AGREEMENT}


def apart_from(acts: list[Statement], others: list[Statement]) -> list[Statement]:
    """Acts that no membership or anniversary already tells."""
    spans = [(s.start, s.end) for s in others if s.kind in TOLD or s.measure is Measure.TOURISTS]
    marked = [(s.start, s.end) for s in others if s.kind is Kind.ANNIVERSARY]
    return [
        a
        for a in besides_firsts(acts, others)
        if not any(2 * (min(a.end, e) - max(a.start, s)) > a.end - a.start for s, e in spans)
        # the signing that an anniversary is of
        and not (a.date is None and any(a.start <= s and e <= a.end for s, e in marked))
    ]


def besides_firsts(acts: list[Statement], others: list[Statement]) -> list[Statement]:
    """Without the undated act that somebody was the first to do, which its ranking tells."""
    firsts = [(s.start, s.end) for s in others if s.kind is Kind.RANKING and s.text_cue == "first"]
    return [
        a
        for a in acts
        if (a.date and " since " not in a.quote)
        or not any(s <= a.start and a.end <= e + 1 for s, e in firsts)
    ]


def untold(deeds: list[Statement], others: list[Statement]) -> list[Statement]:
    """Deeds whose verb stands in nothing that is told already, of the same kind or parties."""
    told = [s for s in others if s.kind in TOLD]
    return [d for d in deeds if not any(_tells(s, d) for s in told)]


def _tells(other: Statement, deed: Statement) -> bool:
    verb = deed.traces[0].start
    same = {other.reporter, other.partner} == {deed.reporter, deed.partner}
    return other.start <= verb < other.end and (same or other.kind is deed.kind)


_NEARBY = 4000  # characters in which a name stands that a sentence takes up


def numbered(text: str, found: list[Statement]) -> tuple[Statement, ...]:
    """Statements in the order of the text, numbered, none twice."""
    ordered = sorted(_without_repeats(found), key=lambda s: (s.start, s.end, s.kind))
    return tuple(
        replace(
            s,
            id=f"s{place}",
            quote=text[s.start : s.end],
            attributed_to=_original(text, s),
        )
        for place, s in enumerate(ordered, 1)
    )


def _original(text: str, statement: Statement) -> str | None:
    """The name as the text has it: the reader saw folded marks."""
    name = statement.attributed_to
    if name is None:
        return None
    low = max(0, statement.sentence_start - _NEARBY)
    near = text[low : statement.sentence_end + _NEARBY]
    if name in near:
        return name
    at = fold(near).find(name)
    return near[at : at + len(name)] if at >= 0 else name


def _without_repeats(found: list[Statement]) -> list[Statement]:
    seen: set[object] = set()
    kept = []
    for s in found:
        key = (s.kind, s.measure, s.reporter, s.partner, s.value, s.change, s.period, s.commodity)
        if s.kind in QUANTITATIVE and key in seen and s.kind is not Kind.RANKING:
            continue
        seen.add(key)
        kept.append(s)
    return kept
