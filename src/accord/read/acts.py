"""Acts: agreements, events and what polities do to each other, with their dates.

Patterns are data (``lexicon/acts.toml``); here they get their parties (the clause's
subject, those named after the verb, "between A and B", or the pair spoken of) and the
date that stands nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from accord.model.period import Granularity, Period
from accord.model.polity import get_polity
from accord.model.statement import Kind, Statement, Trace
from accord.read.lexicons import read_table
from accord.read.parties import PAIR_WORDS, Party
from accord.read.periods import PeriodMention, Role
from accord.read.quantities import Sort
from accord.read.scene import Memory, Scene, Setting

__all__ = ["date_text", "nearest_date", "read_acts"]

_CLAUSE = re.compile(
    r";|:(?=\s)|,?\s(?:while|whereas|but)\b|,\s+and\s+(?=[A-Z])|(?<=\w)\s+and\s+(?=(?:entered|came|took|restored|resumed)\b)"
)
_AGREEMENT = re.compile(
    r"(?:\b(?:the|an?|its|their|our|this|first|interim)\s+)?(?:[\w'&.-]+\s+){0,8}?(?:agreements?|treat(?:y|ies)|pacts?|accords?|deals?|memorand(?:um|a)|MoUs?|conventions?|protocols?|declarations?|communiqu[eé]s?|contracts?|charters?|compact|FTA|CEPA|RCEP|USMCA|NAFTA|CPTPP|CETA|peace|Act|Partnership|Compact|Agreement|Treaty)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:[A-Z][\w'&.-]*\s+(?:(?:of|on|and|for|the|in|between|to)\s+)*){0,9}(?:Agreement|Treaty|Pact|Accord|Convention|Protocol|Declaration|Charter|Partnership|Compact|Memorandum|Act|Initiative)(?:\s+(?:of|on|for|and|between|with|the)\s+(?:[A-Z][\w'-]*(?:,?\s+(?:and\s+|of\s+|the\s+)*)?){1,8})?|\b(?:RCEP|USMCA|NAFTA|CPTPP|CETA|CEPA|EVFTA)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|never|no\s+longer|nor|neither|has\s+yet\s+to|refused\s+to|denied|failed\s+to)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:will|would|could|may|might|plans?\s+to|intends?\s+to|about\s+to|expected|decided\s+to|aims?\s+to|wants?\s+to|likely)\b"
)


@dataclass(frozen=True, slots=True)
class _Act:
    """One match with what the lexicon says of it."""

    start: int
    end: int
    kind: str
    cue: str
    entry: dict[str, object]


# How every pattern of the lexicon begins (a test holds the two together).
_STEM = (
    r"(?:ent|com|cam|will|went|put|took|tak|is\s|are\s|has|hav|was|were|been|rem|in\s+force|bec|exp|lap|ran\s|sign|ink|conc|init|str|ren|ext|rat|appr|proc|fin|reac|ado|sea|"
    r"re-|res|est|set|sets|open|norm|upg|form|dip|con|off|ful|rel|ties|sev|bre|bro|cut|sus|dow|off|inf|rec|did|doe|do\s|gai|ach|won|att|dec|its\s|the\s|emb|leg|mis|clo|exc|"
    r"pai|pay|mad|mak|beg|end|vis|hos|arr|tra|met|hel|fir|sta|wor|this|app|imp|lif|eas|tig|pla|sla|ann|int|ban|bla|expe|sum|wit|anne|inv|atta|ced|fre|fro|ser|ina|lau|comm|"
    r"sta|had|sen|shi|del|don|dis|han|sup|fle|air|fol|gra|ask|dem|req|acc|wri|can|par)"
)
_STEMS = re.compile(rf"\b{_STEM}", re.IGNORECASE)


@cache
def _patterns() -> re.Pattern[str]:
    acts = read_table("acts")["acts"]
    forms = "|".join(f"(?P<a{i}>{a['pattern']})" for i, a in enumerate(acts))
    return re.compile(rf"(?<![\w-])(?={_STEM})(?:{forms})", re.IGNORECASE)


def read_acts(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The agreements and events that a sentence asserts."""
    acts = list(_find(scene))
    found: list[Statement] = []
    for place, act in enumerate(acts):
        limit = acts[place + 1].start if place + 1 < len(acts) else scene.end
        floor = acts[place - 1].end if place else scene.start
        statement = _read(act, scene, (memory, setting), (floor, limit))
        if statement is not None:
            found.append(statement)
            memory.named = _pair(statement) or memory.named
    return found


def _pair(statement: Statement) -> tuple[str, str] | None:
    if statement.reporter and statement.partner:
        return statement.reporter, statement.partner
    return None


def _find(scene: Scene) -> Iterator[_Act]:
    if not _STEMS.search(scene.text, scene.start, scene.end):
        return
    acts = read_table("acts")["acts"]
    for match in _patterns().finditer(scene.text, scene.start, scene.end):
        entry = acts[int((match.lastgroup or "a0")[1:])]
        yield _Act(match.start(), match.end(), entry["kind"], entry["cue"], entry)


def _read(
    act: _Act, scene: Scene, known: tuple[Memory, Setting], bounds: tuple[int, int]
) -> Statement | None:
    memory, setting = known
    floor, limit = bounds
    start, end = _clause(scene, act, floor, limit)
    if act.kind == "agreement" and not _names_agreement(scene, act, start, memory):
        return None
    parties = _parties(scene, act, (start, end), (memory, setting))
    if len(parties) < 2 and not (act.kind == "agreement" and parties):
        return None
    mention = nearest_date(scene, act.end, end, floor=start)
    if act.entry.get("needs_date") and (mention is None or len(parties) < 2):
        return None
    value, unit = _quantity(scene, act, end)
    if (
        act.entry.get("needs_quantity")
        and value is None
        and act.cue == "delivered"
        and mention is None
    ):
        return None
    quote_start, quote_end = _quote(scene, act, (start, end), mention)
    words = scene.text[quote_start:quote_end]
    return Statement(
        id="",
        quote=words,
        start=quote_start,
        end=quote_end,
        kind=Kind(act.kind),
        reporter=parties[0],
        partner=parties[1] if len(parties) > 1 else None,
        value=value,
        unit=unit,
        date=date_text(mention, memory),
        negated=_NEGATED.search(scene.text, quote_start, act.end) is not None
        and " until " not in words,
        hedged=_HEDGED.search(scene.text, quote_start, act.end + 1) is not None,
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue=_cue(act, scene),
        name=_name(scene, (scene.start, scene.end)) if act.kind == "agreement" else None,
        parties=tuple(parties),
        traces=(Trace("kind", act.start, act.end, f"act: {act.cue}"),),
    )


def _cue(act: _Act, scene: Scene) -> str:
    words = scene.text[act.start : act.end].lower()
    if "sever" in words or "brok" in words or re.search(r"\bcut\b", words):
        return "relations severed" if "relation" in words or "ties" in words else act.cue
    for word in (
        "ratified",
        "concluded",
        "extended",
        "renewed",
        "visited",
        "launched",
        "joined",
        "completed",
        "begun",
    ):
        if word in words:
            return word
    return act.cue


def _clause(scene: Scene, act: _Act, floor: int, limit: int) -> tuple[int, int]:
    start = scene.start
    for match in _CLAUSE.finditer(scene.text, scene.start, act.start):
        start = match.end()
    following = _CLAUSE.search(scene.text, act.end, limit)
    return start, following.start() if following else limit


def _names_agreement(scene: Scene, act: _Act, start: int, memory: Memory) -> bool:
    """Whether an agreement is what was signed: in the clause, or spoken of before."""
    if _AGREEMENT.search(scene.text, scene.start, min(scene.end, act.end + 80)):
        return True
    return re.match(
        r"\W*(?:It|This|They|Which)\b", scene.text[start : start + 8], re.IGNORECASE
    ) is not None and bool(memory.named)


def _parties(
    scene: Scene, act: _Act, span: tuple[int, int], known: tuple[Memory, Setting]
) -> list[str]:
    memory, setting = known
    start, end = span
    inside = [p for p in scene.parties if start <= p.start and p.start < end]
    before = [p for p in inside if p.end <= act.end]
    after = [p for p in inside if p.start >= act.end - 1]
    subject = _subject_chain(before)
    if re.search(r"\b(?:by|from)\s", scene.text[act.start : act.end]) and act.cue in {
        "independent",
        "visited",
    }:
        subject = subject or [p.code for p in before[-1:]]
    others = [p.code for p in after if p.code not in subject]
    codes = list(dict.fromkeys([*subject, *others, *(p.code for p in before)]))
    if subject and len(codes) > 2 and act.kind == "event":
        codes = list(dict.fromkeys([*subject[:1], *others, *subject[1:]])) if others else subject
    if act.kind == "agreement" and len(codes) == 1 and _is_pact(codes[0]):
        states = [p.code for p in scene.parties if not _is_pact(p.code)]
        codes = list(dict.fromkeys(states)) or codes
    elif act.kind == "agreement" and len(codes) > 2:
        codes = [c for c in codes if not _is_pact(c)] or codes
    if not codes and scene.parties and act.kind == "agreement":
        codes = list(dict.fromkeys(p.code for p in scene.parties))
    return _completed(codes, scene, act, (memory, setting))


def _is_pact(code: str) -> bool:
    """Whether a bloc is known by the name of its agreement (RCEP, USMCA)."""
    polity = get_polity(code)
    return (
        polity is not None and re.search(r"Partnership|Agreement|Treaty", polity.name) is not None
    )


def _subject_chain(before: list[Party]) -> list[str]:
    bare = [p for p in before if (p.bare and not p.possessive) or p.prep in {"between", "by"}]
    if not bare:
        return []
    chain = [bare[-1]]
    for party in reversed(bare[:-1]):
        if not chain[0].joined:
            break
        chain.insert(0, party)
    return list(dict.fromkeys(p.code for p in chain))


def _completed(
    codes: list[str], scene: Scene, act: _Act, known: tuple[Memory, Setting]
) -> list[str]:
    """With the party that the text leaves to be understood."""
    memory, setting = known
    if len(codes) >= 2:
        return codes
    words = scene.text[scene.start : act.end + 60]
    pair = (
        memory.pair
        or (memory.named if len(memory.named) == 2 else None)
        or (setting.pair if len(setting.pair) == 2 else None)
    )
    if not codes:
        loose = (
            act.kind == "agreement"
            or PAIR_WORDS.search(words)
            or act.cue in {"relations established", "relations severed", "embassy"}
        )
        return list(pair) if pair and loose else []
    known_code = codes[0]
    if re.search(r"\b(?:our|we|us|my)\b", words, re.IGNORECASE):
        other = (
            setting.home
            if setting.home != known_code
            else next((c for c in setting.pair if c != known_code), None)
        )
        if other:
            return [other, known_code]
    if pair and known_code in pair:
        return (
            [known_code, next(c for c in pair if c != known_code)] if len(set(pair)) == 2 else codes
        )
    if act.cue == "independent":
        return codes
    others = [c for c in (*setting.pair, *reversed(memory.seen)) if c != known_code]
    if others and act.cue != "opened":
        return [known_code, others[0]]
    return codes


def nearest_date(scene: Scene, start: int, end: int, *, floor: int) -> PeriodMention | None:
    """The date after the verb in its clause, else the one before it."""
    usable = [p for p in scene.periods if p.role in {Role.SPAN, Role.AS_OF, Role.SINCE, Role.SAME}]
    after = [p for p in usable if start - 1 <= p.start < end]
    if after:
        return after[0]
    before = [p for p in usable if floor <= p.start and p.end <= start]
    if before:
        return before[-1]
    early = [p for p in usable if p.end <= start]
    return early[-1] if early and early[-1].start - scene.start < 4 else None


def date_text(mention: PeriodMention | None, memory: Memory) -> str | None:
    """An ISO date at the precision of the text."""
    if mention is None:
        return None
    if mention.role is Role.SAME:
        return str(memory.anchor.start.year) if memory.anchor else None
    if mention.year is not None and mention.role is Role.SINCE:
        return str(mention.year)
    return iso(mention.period)


def iso(period: Period | None) -> str | None:
    """``2018-05-17``, ``2018-05`` or ``2018``."""
    if period is None:
        return None
    if period.granularity is Granularity.DAY:
        return period.start.isoformat()
    if period.granularity is Granularity.MONTH:
        return f"{period.start:%Y-%m}"
    return str(period.start.year)


def _quantity(scene: Scene, act: _Act, end: int) -> tuple[float | None, str | None]:
    if act.kind != "event" or act.cue != "delivered":
        return None, None
    for quantity in scene.quantities:
        if quantity.sort is Sort.COUNT and scene.start <= quantity.core < end:
            return quantity.value, quantity.unit
    return None, None


def _quote(
    scene: Scene, act: _Act, span: tuple[int, int], mention: PeriodMention | None
) -> tuple[int, int]:
    """From the subject to the date, or to the last party named."""
    start, end = span
    subject = [p for p in scene.parties if start <= p.start and p.end <= act.start]
    low = act.start
    if subject and act.start - subject[0].start < 160:
        low = subject[0].lead if subject[0].prep in {"between", "with"} else subject[0].start
        low = start if subject[0].prep in {"between", "with"} else low
    elif act.start - start < 120:
        low = start
    high = act.end
    for party in scene.parties:
        if act.end - 1 <= party.start < end and party.start - high < 60:
            high = party.end
    if mention is not None and mention.start >= act.end - 1:
        high = max(high, mention.end)
    elif mention is not None and mention.end <= act.start and mention.start >= start:
        low = min(low, mention.start)
    while low < high and scene.text[low] in " ,;:-\"'(":
        low += 1
    return low, min(high, scene.end)


def _name(scene: Scene, span: tuple[int, int]) -> str | None:
    match = _NAMED.search(scene.text, *span)
    return " ".join(match.group().split()).rstrip(" ,.") if match else None
