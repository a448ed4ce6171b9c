"""Agreements: signed, in force, extended, ended, and of what kind.

The triggers are data (``lexicon/agreements.toml``). Each gives one statement with the
parties of its clause and the date beside it; a date in the name of a treaty ("the
treaty of 2001") dates it only where nothing else is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from accord.model.statement import Kind, Statement, Trace
from accord.read.act_dates import Dated, find_dates, nearest
from accord.read.agreement_parties import about, parties_of, signers
from accord.read.frames import (
    Span,
    Trigger,
    clauses,
    is_asked,
    is_bloc,
    is_denied,
    is_hedged,
    is_meant,
    pair_in_context,
    quote_span,
)
from accord.read.lexicons import read_table
from accord.read.membership_roles import chain_of
from accord.read.patterns import lazy, one_of
from accord.read.scene import Memory, Scene, Setting

__all__ = ["name_agreement", "read_agreements"]

_NAMED = lazy(
    r"\b(?:[A-Z][\w'&.-]*\s+(?:(?:of|on|and|for|the|in|between|to)\s+)*){0,9}(?:Agreement|Treaty|Pact|Accord|Convention|Protocol|Declaration|Charter|Partnership|Compact|Memorandum|Act|Initiative)(?:\s+(?:of|on|for|and|between|with|the)\s+(?:[A-Z][\w'-]*(?:,?\s+(?:and\s+|of\s+|the\s+)*)?){1,8})?|\b(?:RCEP|USMCA|NAFTA|CPTPP|CETA|CEPA|EVFTA)\b"
)
_BACK = 300  # how far back the agreement may stand that "it" takes up
_NEAR = 75  # a weak trigger and its noun
_ANAPHOR = lazy(
    r"\b(?:its?|this|they|which|both|one\s+(?:with|was|is)|the\s+(?:text|document|instrument|two|latter|paper))\b",
    re.IGNORECASE,
)
_TITLED = (
    r"(?:agreement|treaty|pact|accord|contract|protocol|declaration|convention|statement"
    r"|memorandum|alliance|pact|armistice|deal)"
)
# "The contract on the Power of Siberia": named well enough without its second party.
_ON_NAMED = lazy(rf"\b{_TITLED}\s+(?:on|for)\s+(?:the\s+)?[A-Z]\w+")
_SEVERAL = lazy(
    r"\b(?:agreements|treaties|pacts|accords|deals|memoranda|conventions|protocols|contracts)\s+with\b"
)
_TO_DO = lazy(r"agree\w*\s.*to\s+$|agree\w*\s+to\s*$", re.IGNORECASE)
_CLAUSE_END = lazy(r"[,;:.]")
_SET = lazy(r"\s+(?:in|on|at|by|between|after|with|last|this|for|\d)\b")
_UNTIL = lazy(r"\b(?:until|till|through)\b", re.IGNORECASE)
_SINCE = lazy(r"\s*since\s+(?:its|the|their|that)\b[^,;]{0,60}")
_TOLD_SINCE = lazy(r"\bsince\s+(?:the|that|this|our|their)\s+[^,;]{0,60}$")
_STANDING = {"in force", "entered into force"}  # may be said of a union itself
_STEM = one_of(
    r"force|effect|operati|appl|bound|linked|tied|valid|exten|prolong|renew|roll|expir|laps|termin|denounc|abrog|scrap|annul|revok|t[oe]r[en]|walked|pulled|withdr|ran\s|runs|end\b|ceased|cancel|ratif|approv|sign|ink|initial|put|pen|bear|bore|date|dating|conclu|conclusion|seal|struck|strike|clinch|reach|adopt|issu|agree|finali|proclaim|announc|unveil|made|won|secured|landed|preferential|free|customs|binding|tariff|dut(?:y|ies)|last|kicked|law\b|carr|treat|pact|accord",
)


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(read_table("agreements")["noun"], re.IGNORECASE)


@cache
def _triggers() -> re.Pattern[str]:
    table = read_table("agreements")["triggers"]
    forms = "|".join(f"(?P<t{i}>{t['pattern']})" for i, t in enumerate(table))
    return re.compile(rf"(?<![\w-])(?:{forms})", re.IGNORECASE)


def name_agreement(scene: Scene) -> str | None:
    """The name of the agreement that a sentence gives, in capitals or as an acronym."""
    match = _NAMED.search(scene.text, scene.start, scene.end)
    return " ".join(match.group().split()).rstrip(" ,.") if match else None


def read_agreements(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """What a sentence asserts of agreements, one statement for each thing that happened."""
    nouns = [(m.start(), m.end()) for m in _noun().finditer(scene.text, scene.start, scene.end)]
    if is_asked(scene):
        return []
    triggers = _merged(list(_find(scene, nouns)), scene)
    if not (nouns or triggers):
        return []
    dates = find_dates(scene, memory)
    names = [d for d in dates if _in_name(d, scene)]
    free = [
        d
        for d in dates
        if d not in names
        and not _UNTIL.search(scene.text, max(scene.start, d.start - 8), d.start + 6)
    ]
    found: list[Statement] = []
    floor = scene.start
    for trigger, clause in zip(triggers, clauses(scene, triggers), strict=True):
        beside = [d for d in names if _right_before(d, trigger, scene)]
        date = (
            beside[-1]
            if beside
            else nearest(free, trigger.end, clause[1], floor=max(clause[0], floor))
        )
        if date is None and trigger.cue in {"signed", "concluded"}:
            date = nearest(names, trigger.end, clause[1], floor=clause[0])
        later = date is not None and date.start >= trigger.start
        if not later and _TOLD_SINCE.search(scene.text, clause[0], trigger.start):
            continue  # "exports have grown since the agreement came into force": a time
        statement = _read(trigger, clause, date, (scene, memory, setting, nouns))
        if statement is not None:
            found.append(statement)
            found.extend(_of_each(statement, scene))
            floor = statement.end
            memory.acted, memory.acted_at = statement.parties, scene.number
    found = _without_echoes(found)
    if not found and names and nouns:
        found.extend(_bare(names, nouns, scene, setting))
    return found


_NAME_ONLY = lazy(r"\s+(?:[\w'-]+\s+){0,5}(?:that\s+was\s+|which\s+was\s+|,\s+)?")


def _right_before(date: Dated, trigger: Trigger, scene: Scene) -> bool:
    """ "the 2002 treaty signed between them", not of the day on which it is spoken of."""
    if trigger.cue != "signed" or not 0 < trigger.start - date.end < 60:
        return False
    said = scene.text[trigger.end : trigger.end + 14]
    return (
        _NAME_ONLY.fullmatch(scene.text, date.end, trigger.start) is not None
        and re.match(r"\s+(?:between|by|with|in\s+[A-Z])", said) is not None
    )


def _of_each(statement: Statement, scene: Scene) -> Iterator[Statement]:
    """ "The Emirates and Bahrain signed agreements with Israel": each has its own."""
    words = scene.text[statement.start : statement.end]
    partner = next(
        (p for p in scene.parties if p.code == statement.partner and p.prep == "with"), None
    )
    if partner is None or not _SEVERAL.search(words):
        return
    first = [p for p in scene.parties if p.code == statement.reporter and p.bare]
    chain = chain_of([p for p in scene.parties if first and p.start >= first[0].start], first=True)
    for party in chain[1:]:
        if party.code not in {statement.reporter, statement.partner} and party.end < partner.start:
            yield replace(statement, reporter=party.code, parties=(party.code, partner.code))


_ECHO = {"concluded", "signed"}


def _without_echoes(found: list[Statement]) -> list[Statement]:
    """Without an undated act that its neighbour dates ("concluded in the treaty signed on")."""
    return [
        s
        for before, s, after in zip([None, *found], found, [*found[1:], None], strict=False)
        if not (_dates(s, after) or _dates(s, before))
    ]


def _dates(echo: Statement, other: Statement | None) -> bool:
    if other is None or echo.date or not other.date or {echo.text_cue, other.text_cue} - _ECHO:
        return False
    gap = other.start - echo.end if other.start > echo.start else echo.start - other.end
    return gap <= (40 if other.start > echo.start else 4)


def _find(scene: Scene, nouns: list[Span]) -> Iterator[Trigger]:
    if not _STEM.search(scene.text, scene.start, scene.end):
        return
    table = read_table("agreements")["triggers"]
    for match in _triggers().finditer(scene.text, scene.start, scene.end):
        entry = table[int((match.lastgroup or "t0")[1:])]
        trigger = Trigger(
            match.start(),
            match.end(),
            entry["cue"],
            bool(entry.get("weak")),
            bool(entry.get("own")),
        )
        if _has_noun(trigger, nouns, scene):
            yield trigger


def _has_noun(trigger: Trigger, nouns: list[Span], scene: Scene) -> bool:
    if trigger.own:
        return True
    if not trigger.weak:
        if nouns:
            return True
        if trigger.cue in _STANDING and any(
            is_bloc(p.code) and p.end <= trigger.start for p in scene.parties
        ):
            return True
        return _carried(scene) and not re.search(
            r"\b(?:law|bill|ban|tariffs?|sanctions?|decree)\b",
            scene.text[scene.start : trigger.end],
        )
    if not nouns:
        return trigger.cue in {"renewed", "ended"} and _carried(scene)
    active = any(trigger.end <= s <= trigger.end + _NEAR for s, _ in nouns)
    passive = any(trigger.start - _NEAR - 35 <= e <= trigger.start for _, e in nouns)
    if trigger.cue == "concluded":
        before = scene.text[max(scene.start, trigger.start - 22) : trigger.start]
        passive = (
            passive
            and (
                not before.rstrip().endswith(",") or _SET.match(scene.text, trigger.end) is not None
            )
            and re.search(
                r"(?:was|were|been|being|is|,|and|then|later|recently|finally)\s+(?:\w+ly\s+)?$",
                before,
            )
            is not None
        )
        active = active and not re.search(
            r"[,;$€£]|\d[\d.,]*\s?(?:m\b|bn|million|billion|mln|%|per|tonnes)",
            scene.text[trigger.end : min(s for s, _ in nouns if s >= trigger.end)],
        )
    return active or passive


def _carried(scene: Scene) -> bool:
    """Whether the sentence takes up an agreement that was spoken of just before."""
    head = scene.text[scene.start : scene.start + 90]
    if not _ANAPHOR.search(head):
        return False
    return _noun().search(scene.text, max(0, scene.start - _BACK), scene.start) is not None


def _merged(triggers: list[Trigger], scene: Scene) -> list[Trigger]:
    """Without triggers that only lead up to the next one ("agreed to sign")."""
    kept: list[Trigger] = []
    for trigger in triggers:
        if kept and _SINCE.fullmatch(scene.text, kept[-1].end, trigger.start):
            continue  # "in force since its treaty was signed": the date is that of the first
        if (
            kept
            and trigger.start - kept[-1].end < 14
            and not re.search(r"[,;]|\d", scene.text[kept[-1].end : trigger.start])
        ):
            kept.pop()
        kept.append(trigger)
    return kept


def _in_name(date: Dated, scene: Scene) -> bool:
    """Whether a date belongs to the name: "the treaty of 2001", "the 2001 treaty"."""
    before = scene.text[max(scene.start, date.start - 40) : date.start]
    opens = re.match(r"of\b", scene.text[date.start : date.start + 3], re.IGNORECASE)
    if re.search(_TITLED + (r"\s+$" if opens else r"\s+of\s+(?:the\s+)?$"), before, re.IGNORECASE):
        return True
    words = scene.text[date.start : date.end]
    if not re.fullmatch(r"(?:the\s+|its\s+)?\d{4}", words.strip(), re.IGNORECASE):
        return False
    after = scene.text[date.end : date.end + 70]
    return (
        re.match(
            r"\s+(?:[\w'-]+\s+){0,5}?(?:agreement|treaty|pact|accord|contract|protocol|declaration|convention|memorandum|FTA|deal)\b",
            after,
            re.IGNORECASE,
        )
        is not None
    )


def _read(
    trigger: Trigger,
    clause: Span,
    date: Dated | None,
    known: tuple[Scene, Memory, Setting, list[Span]],
) -> Statement | None:
    scene, memory, setting, nouns = known
    codes = about(parties_of(trigger, clause, scene), scene.parties, nouns)
    codes = _only_partners(codes, scene, memory)
    if setting.titled and len(setting.pair) == 2 and not _real(codes, scene):
        codes = []
    if _TO_DO.search(scene.text, trigger.start, trigger.end) and not _jointly(trigger, scene):
        return None
    own = len(codes)
    if is_meant(scene, clause[0], trigger.end + 1) and not _talks_done(trigger, scene):
        return None
    if len(codes) < 2 and not (codes and is_bloc(codes[0])):
        codes = pair_in_context(
            codes, scene.text[clause[0] : clause[1]], memory, setting, loose=True
        )
    if len(codes) < 2 and own == 0 and memory.acted_at == scene.number and memory.acted:
        codes = list(memory.acted)  # "…; it took effect on 1 January"
    titled = date is not None and _ON_NAMED.search(scene.text, clause[0], clause[1]) is not None
    if not codes or (len(codes) < 2 and not is_bloc(codes[0]) and not titled):
        return None
    if own == 0 and date is None and not nouns:
        return None
    start, end = quote_span(scene, trigger, clause, date, nouns)
    if date is not None and _right_before(date, trigger, scene):
        start = max(start, date.start)
    if _TO_DO.search(scene.text, trigger.start, trigger.end):
        stop = _CLAUSE_END.search(scene.text, trigger.end, scene.end)
        end = max(end, min(stop.start() if stop else scene.end, trigger.end + 90))
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.AGREEMENT,
        reporter=codes[0],
        partner=codes[1] if len(codes) > 1 else None,
        date=date.text if date else None,
        negated=is_denied(scene, max(clause[0], min(start, trigger.start - 24)), end)
        and not re.search(r"\b(?:until|no\s+longer)\b", scene.text[start:end]),
        hedged=is_hedged(scene, clause[0], trigger.end + 1) or _ahead(trigger, scene),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue=trigger.cue,
        name=name_agreement(scene),
        parties=tuple(codes),
        traces=(Trace("kind", trigger.start, trigger.end, f"agreement: {trigger.cue}"),),
    )


def _talks_done(trigger: Trigger, scene: Scene) -> bool:
    """ "negotiations on an agreement were concluded": what was meant is done."""
    before = scene.text[max(scene.start, trigger.start - 160) : trigger.start]
    return (
        trigger.cue == "concluded"
        and re.search(r"\b(?:talks|negotiations)\b.*\b(?:were|was|been)\s+(?:\w+ly\s+)?$", before)
        is not None
    )


def _jointly(trigger: Trigger, scene: Scene) -> bool:
    """Whether two named together agree ("Bulgaria and Turkey agreed Monday to open …")."""
    before = [p for p in scene.parties if p.end <= trigger.start]
    return len({p.code for p in before}) > 1 and before[-1].joined


def _real(codes: list[str], scene: Scene) -> bool:
    """Whether a party is more than the place where it was signed ("at London")."""
    return any(p.code in codes and p.prep not in {"in", "at"} for p in scene.parties)


def _only_partners(codes: list[str], scene: Scene, memory: Memory) -> list[str]:
    """ "approved pacts with A, B and C": none of them is the other's partner."""
    tied = {p.code for p in scene.parties if p.prep == "with"}
    if len(codes) < 2 or not set(codes) <= tied:
        return codes
    return [memory.subject, *codes] if memory.subject and memory.subject not in codes else []


def _ahead(trigger: Trigger, scene: Scene) -> bool:
    """ "to sign", "to ratify": what a headline puts into the future."""
    bare = re.fullmatch(
        r"sign|ratify|renew|extend|prolong|conclude|seal|ink|strike|reach|adopt|scrap",
        scene.text[trigger.start : trigger.end],
        re.IGNORECASE,
    )
    if re.search(r"\b(?:first|last|only)\b[^,;]{0,70}$", scene.text[scene.start : trigger.start]):
        return False
    return bare is not None and scene.text[max(0, trigger.start - 4) : trigger.start].endswith(
        "to "
    )


def _bare(
    names: list[Dated], nouns: list[Span], scene: Scene, setting: Setting
) -> Iterator[Statement]:
    """An agreement that is only dated: "the supplementary agreement of 14 October 2004"."""
    codes = signers(scene.parties, scene)
    if not codes and setting.titled and name_agreement(scene):
        codes = list(setting.pair)  # "the 1999 Trade Agreement", in an article on two
    if len(codes) < 2:
        return
    date = names[0]
    near = min(nouns, key=lambda n: min(abs(n[0] - date.end), abs(date.start - n[1])))
    start, end = min(near[0], date.start), max(near[1], date.end)
    yield Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.AGREEMENT,
        reporter=codes[0],
        partner=codes[1],
        date=date.text,
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="dated",
        name=name_agreement(scene),
        parties=tuple(codes),
        traces=(Trace("date", date.start, date.end, "a date in the name of an agreement"),),
    )
