"""Acts: what polities do to and with each other, beside treaties and memberships.

Recognitions, relations set up and broken off, visits and meetings, sanctions, wars.
Patterns are data (``lexicon/acts.toml``); here they get their parties (the clause's
subject, those named after the verb, "between A and B", or the pair spoken of) and the
date that stands nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from accord.model.statement import Kind, Statement, Trace
from accord.read.act_dates import Dated, find_dates, nearest
from accord.read.frames import Span, codes_of, is_hedged, is_of_crowd, pair_in_context
from accord.read.lexicons import read_table
from accord.read.parties import PAIR_WORDS, Party
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_acts"]

_CLAUSE = lazy(
    r";|:(?=\s)|,?\s(?:while|whereas|but)\b|,\s+and\s+(?=[A-Z])|(?<=\w)\s+and\s+(?=(?:entered|came|took|restored|resumed|recogni[sz]ed|severed|broke|expelled|closed|opened)\b)"
)
_NEGATED = lazy(
    r"\b(?:not|never|no\s+longer|nor|neither|has\s+yet\s+to|refused\s+to|denied|failed\s+to)\b",
    re.IGNORECASE,
)
_LOOSE = {"relations established", "relations severed", "embassy", "met"}
# Words that say more exactly what the assertion turns on.
_CUES = ("extended", "renewed", "visited", "launched", "joined", "completed", "begun")
_STEMS = lazy(
    r"\b(?:re-?)?(?:establish|set|open|restor|resum|normali|enter|upgrad|formali|diplomatic|consular|official|formal|full|relations|ties|sever|br[eo]|cut|suspen|downgrad|informal|recogni|RECOG|did|do(?:es)?\b|becam|becom|gain|achiev|won|attain|receiv|declar|proclaim|its\s|the\s|embass|consul|legation|mission|clos|exchang|pa(?:id|ys)|made|mak|beg|conclud|end|will|visit|host|arriv|trav|met\b|held|first|stat|work|this|applau|impos|lift|eas|tight|plac|slap|announc|introduc|bann|embargo|black|expel|recall|summon|withdr|annex|invad|attack|ced|froz|freez|serv|was|were|grant|has|have|ask|demand|request|accus|cancel|is\s|"
    r"spoke|talk|conferr|tele|phone|rang|hold|drill|exerc|summit|meet|shook|sat|wound|on\s|during|flew|went|came|exist|had|rais|elevat|promot|extend|gave|accord|buried|rupture|break|pull|call|order|threw|shut|sanction|tariff|dut|restrict|block|levi|clap|drop|scrap|remov|roll|doubl|barr|halt|stopp|boycott|fil|lodg|brought|war\b|fought|wag|occup|seiz|bomb|shell|shot|sank|liberat|conquer|rul|coloni|agre|swap|extradit|deport|hand|return|bought|sold|leas|mov|abolish|waiv|visa|regist|approv|authori|licen|certif|took|tak|acquir)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Act:
    """One match with what the lexicon says of it."""

    start: int
    end: int
    cue: str
    needs_date: bool


@cache
def _patterns() -> re.Pattern[str]:
    acts = read_table("acts")["acts"]
    forms = "|".join(f"(?P<a{i}>{a['pattern']})" for i, a in enumerate(acts))
    return re.compile(rf"(?<![\w-])(?:{forms})", re.IGNORECASE)


def read_acts(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The events that a sentence asserts."""
    acts = list(_find(scene))
    dates = find_dates(scene, memory) if acts else []
    found: list[Statement] = []
    for place, act in enumerate(acts):
        limit = acts[place + 1].start if place + 1 < len(acts) else scene.end
        statement = _read(act, _clause(scene, act, limit), dates, (scene, memory, setting))
        if statement is not None:
            found.append(statement)
            if statement.reporter and statement.partner:
                memory.named = (statement.reporter, statement.partner)
    return found


def _find(scene: Scene) -> Iterator[_Act]:
    if not _STEMS.search(scene.text, scene.start, scene.end):
        return
    acts = read_table("acts")["acts"]
    for match in _patterns().finditer(scene.text, scene.start, scene.end):
        if is_of_crowd(scene, match.start()):
            continue
        entry = acts[int((match.lastgroup or "a0")[1:])]
        yield _Act(match.start(), match.end(), entry["cue"], bool(entry.get("needs_date")))


def _clause(scene: Scene, act: _Act, limit: int) -> Span:
    start = scene.start
    for match in _CLAUSE.finditer(scene.text, scene.start, act.start):
        start = match.end()
    following = _CLAUSE.search(scene.text, act.end, limit)
    return start, following.start() if following else limit


def _read(
    act: _Act, clause: Span, dates: list[Dated], known: tuple[Scene, Memory, Setting]
) -> Statement | None:
    scene, memory, setting = known
    start, end = clause
    parties = _parties(act, clause, scene, memory, setting)
    if len(parties) < 2:
        return None
    date = nearest(dates, act.end, end, floor=start) or _opening(dates, act, scene)
    if act.needs_date and date is None:
        return None
    low, high = _quote(act, clause, date, scene)
    words = scene.text[low:high]
    return Statement(
        id="",
        quote=words,
        start=low,
        end=high,
        kind=Kind.EVENT,
        reporter=parties[0],
        partner=parties[1],
        date=date.text if date else None,
        negated=_NEGATED.search(scene.text, low, act.end) is not None and " until " not in words,
        hedged=is_hedged(scene, low, act.end + 1),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue=_cue(act, scene),
        parties=tuple(parties),
        traces=(Trace("kind", act.start, act.end, f"act: {act.cue}"),),
    )


def _opening(dates: list[Dated], act: _Act, scene: Scene) -> Dated | None:
    """A date at the head of the sentence holds for all of it."""
    return next((d for d in dates if d.start - scene.start < 4 and d.end <= act.start), None)


def _cue(act: _Act, scene: Scene) -> str:
    words = scene.text[act.start : act.end].lower()
    if "sever" in words or "brok" in words or re.search(r"\bcut\b", words):
        return "relations severed" if "relation" in words or "ties" in words else act.cue
    return next((word for word in _CUES if word in words), act.cue)


def _parties(act: _Act, span: Span, scene: Scene, memory: Memory, setting: Setting) -> list[str]:
    start, end = span
    inside = [p for p in scene.parties if start <= p.start < end]
    before = [p for p in inside if p.end <= act.end]
    after = [p for p in inside if p.start >= act.end - 1]
    subject = _subject_chain(before)
    if act.cue == "visited" and re.search(r"\b(?:by|from)\s", scene.text[act.start : act.end]):
        subject = subject or codes_of(before[-1:])
    if act.cue == "met" and len(subject) > 1:
        return subject
    others = [p.code for p in after if p.code not in subject]
    codes = list(dict.fromkeys([*subject, *others, *(p.code for p in before)]))
    if subject and len(codes) > 2:
        codes = list(dict.fromkeys([*subject[:1], *others, *subject[1:]])) if others else subject
    return _completed(codes, act, scene, memory, setting)


def _subject_chain(before: Sequence[Party]) -> list[str]:
    bare = [p for p in before if (p.bare and not p.possessive) or p.prep in {"between", "by"}]
    if not bare:
        return []
    chain = [bare[-1]]
    for party in reversed(bare[:-1]):
        if not chain[0].joined:
            break
        chain.insert(0, party)
    return codes_of(chain)


def _completed(
    codes: list[str], act: _Act, scene: Scene, memory: Memory, setting: Setting
) -> list[str]:
    """With the party that the text leaves to be understood."""
    words = scene.text[scene.start : act.end + 60]
    if len(codes) >= 2:
        return codes
    if not codes and not (PAIR_WORDS.search(words) or act.cue in _LOOSE):
        return []
    if codes and not (act.cue in _LOOSE or PAIR_WORDS.search(words) or codes[0] in setting.pair):
        return codes
    return pair_in_context(codes, words, memory, setting, loose=act.cue in _LOOSE)


def _quote(act: _Act, span: Span, date: Dated | None, scene: Scene) -> Span:
    """From the subject to the date, or to the last party named."""
    start, end = span
    subject = [p for p in scene.parties if start <= p.start and p.end <= act.start]
    low = act.start
    if subject and act.start - subject[0].start < 160:
        framed = subject[0].prep in {"between", "with"}
        low = start if framed else subject[0].start
    elif act.start - start < 120:
        low = start
    high = act.end
    for party in scene.parties:
        if act.end - 1 <= party.start < end and party.start - high < 60:
            high = party.end
    if date is not None and date.start >= act.end - 1:
        high = max(high, date.end)
    elif date is not None and date.end <= act.start and date.start >= start:
        low = min(low, date.start)
    while low < high and scene.text[low] in " ,;:-\"'(":
        low += 1
    return low, min(high, scene.end)
