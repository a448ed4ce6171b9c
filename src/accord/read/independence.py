"""Independence: that a state became its own, and from whom.

The former ruler is named after "from" or "of"; where it is left to be understood, the
table of former rulers (``lexicon/former_rulers.csv``) knows it, by the year nearest to
the date of the text.
"""

from __future__ import annotations

import re
from functools import cache

from accord.model.statement import Kind, Statement, Trace
from accord.read.act_dates import Dated, find_dates, nearest
from accord.read.frames import is_denied, is_hedged
from accord.read.lexicons import read_rows
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene

__all__ = ["read_independence"]

_BECAME = lazy(
    r"\b(?:bec[ao]me\s+(?:an?\s+)?(?:\w+ly\s+)?independent|(?:(?:re)?gain(?:ed|s|ing)?|achiev(?:ed|es|ing)"
    r"|w[oi]ns?|attain(?:ed|s)|receiv(?:ed|es)|obtain(?:ed|s)|secur(?:ed|es)|declar(?:ed|es|ing)"
    r"|proclaim(?:ed|s|ing)|(?:was|were)\s+granted|restor(?:ed|es)|took)\s+(?:its\s+|her\s+|their\s+|full\s+|formal\s+"
    r"|political\s+)*independence|independence(?=\s+from\s)|(?<='s\s)(?:\w+\s+)?independence\s*(?=\(?(?:on\s|in\s|of\s)?\(?\d)|seced(?:ed|es)\s+(?=from\s)"
    r"|broke\s+away\s+(?=from\s))",
    re.IGNORECASE,
)
_LEFT_BY = lazy(r"\s*(?:\w+\s+){0,2}?(?:from|of)\s+(?:the\s+)?$", re.IGNORECASE)
_UPON_ITS = lazy(r"\b(?:following|after|upon|on|since)\s+its\s+$", re.IGNORECASE)
_GRANTED = lazy(r"\brecogni[sz]\w+\s+(?:\w+'?s?\s+){0,5}$", re.IGNORECASE)


@cache
def _rulers() -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for row in read_rows("former_rulers"):
        found.setdefault(row["code"], []).append((int(row["year"]), row["ruler"]))
    return found


def read_independence(scene: Scene, memory: Memory) -> list[Statement]:
    """Who became independent of whom, and when."""
    found = []
    for match in _BECAME.finditer(scene.text, scene.start, scene.end):
        if _GRANTED.search(scene.text[max(scene.start, match.start() - 50) : match.start()]):
            continue
        statement = _read(match, scene, memory)
        if statement is not None:
            found.append(statement)
    return found


def _read(match: re.Match[str], scene: Scene, memory: Memory) -> Statement | None:
    named = _named_ruler(match, scene)
    new = _who(match, named, scene, memory)
    if new is None:
        return None
    dates = [d for d in find_dates(scene, memory) if not d.since]
    date = nearest(dates, match.end(), min(scene.end, match.end() + 90), floor=scene.start)
    ruler = named.code if named else _known_ruler(new, date)
    if ruler is None or ruler == new:
        return None
    return _statement(match, (new, ruler), named, date, scene)


def _who(match: re.Match[str], named: Party | None, scene: Scene, memory: Memory) -> str | None:
    """The state: the last one named before, but for a clause that speaks of "it"."""
    before = [p for p in scene.parties if p.end <= match.start() and p.prep != "from"]
    near = [p for p in before if match.start() - p.end < 90]
    freed = [p.code for p in near if named and _was_ruled(p.code, named.code)]
    if freed:
        return freed[-1]
    of_it = _UPON_ITS.search(scene.text, scene.start, match.start())
    upon = [p.code for p in near if of_it and p.prep == "with" and p.code in _rulers()]
    if upon:
        return upon[-1]  # "relations with Chad in 1960, following its independence"
    near = [p for p in near if p.prep not in {"by", "with", "to"}]
    bare = [p for p in near if p.bare] or near
    known = [p.code for p in bare if p.code in _rulers()]
    if re.search(
        r"\b(?:its|it|her)\b", scene.text[max(scene.start, match.start() - 12) : match.end()]
    ):
        last = [p.code for p in near if p.code in _rulers()]
        known = last or known
    if known and not (named and known[-1] == named.code):
        return known[-1]
    heard = [c for c in reversed(memory.seen) if c in _rulers()]
    freed = [c for c in heard if named and _was_ruled(c, named.code)]
    return (freed or heard)[0] if (freed or heard) and not near else None


def _was_ruled(code: str, ruler: str) -> bool:
    return any(known == ruler for _, known in _rulers().get(code, []))


def _named_ruler(match: re.Match[str], scene: Scene) -> Party | None:
    """Whom the words after "independence from" name."""
    for party in scene.parties:
        gap = scene.text[match.end() : party.start] if party.start >= match.end() else None
        if gap is not None and _LEFT_BY.fullmatch(gap):
            return party
    return None


def _known_ruler(new: str, date: Dated | None) -> str | None:
    rulers = _rulers().get(new, [])
    if not rulers:
        return None
    if date is None:
        return rulers[0][1]
    return min(rulers, key=lambda row: abs(row[0] - int(date.text[:4])))[1]


def _statement(
    match: re.Match[str],
    pair: tuple[str, str],
    named: Party | None,
    date: Dated | None,
    scene: Scene,
) -> Statement:
    subject = [p for p in scene.parties if p.code == pair[0] and p.end <= match.start()]
    start, end = match.start(), max(match.end(), named.end if named else 0)
    if subject and start - subject[-1].start < 60:
        start = subject[-1].start
    if date is not None and date.start >= match.end():
        end = max(end, date.end)
    trace = Trace("kind", match.start(), match.end(), "independence")
    rule = "named" if named else "former ruler, from the table"
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.EVENT,
        reporter=pair[0],
        partner=pair[1],
        date=date.text if date else None,
        negated=is_denied(scene, start, match.end()),
        hedged=is_hedged(scene, start, match.end() + 1),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="independent",
        parties=pair,
        parties_from_context=named is None,
        traces=(trace, Trace("partner", match.start(), match.end(), rule)),
    )
