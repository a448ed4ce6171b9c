"""Memberships: who belongs to what, joined it, left it, or only stands at its door.

A sentence that names an organisation is searched for words of membership
(``lexicon/memberships.toml``). Whose standing it is follows from the grammar: the
subject of "joined", the object of "admitted", those listed after "members are", the
noun beside "member". What follows in the same form ("Bulgaria in 2007") is read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from accord.model.statement import Kind, Statement, Trace
from accord.read.act_dates import Dated, find_dates, nearest
from accord.read.frames import (
    Span,
    Trigger,
    clauses,
    is_asked,
    is_bloc,
    is_denied,
    is_hedged,
    is_meant,
    is_pact,
)
from accord.read.lexicons import read_table
from accord.read.membership_roles import bloc_of, chain_of, members_of
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_memberships"]

_STEM = lazy(
    r"member|observer|partner|candidate|applica|applied|invit|signator|join|acce|entr|enter|t[ao]k|took|come|admi|recei|welcom|let\s+in|brought|embrac|gain|expand|enlarg|includ|found|set\s+up|creat|form|launch|consist|compris|made\s+up|mak|count|part|belong|\bs[ia]t|seat|itself|\bin\b|inside|within|outside|left|leav|quit|exit|withdr|pull|walk|drop|depart|suspend|no\s+longer|ceased|end(?:ed|s)\s",
    re.IGNORECASE,
)
_ELLIPSIS = lazy(
    r"(?P<verb>\s+(?:had\s+|has\s+)?(?:follow(?:ed|s|ing)(?:\s+suit)?|preceded\s+(?:it|them)|gone\s+before\s+(?:it|them)|came\s+(?:next|later|after)|did\s+so|also\s+did|too)\b)?\s*,?\s*(?=(?:only\s+)?(?:on|in|at|since|by)\s|\w+\s+years?\s+(?:later|earlier))"
)
_TOGETHER = lazy(
    r"(?:together\s+with|along\s+with|alongside|as\s+(?:well\s+as|did)|and\s+so\s+did|like|as\s+is)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ABSENT = lazy(
    r"\s+(?:(?:stayed|stays?|remain(?:s|ed)?|stood|stands?)\s+(?:outside|out|away|apart)\b|(?:is|are|was|were|has|did|does)\s*(?:not|n't)\b)(?=\s*(?:[.,;]|$))"
)
_TAKEN_UP = lazy(
    r"\b(?:signator(?:y|ies)|(?:one\s+of|among|not)\s+(?:an?\s+|its\s+|the\s+)?(?:founding\s+|full\s+)?(?:members?|parties)|(?:is|became|was|joined\s+as|will\s+be|has\s+been)\s+(?:an?\s+)?(?:full\s+|founding\s+)?(?:member|party|observer)"
    r"|ha(?:s|ve|d)\s+belonged|(?:stay(?:s|ed)?|remain(?:s|ed)?)\s+outside|(?:joined|left|quit|withdrew|entered|acceded)(?=\s+(?:in|on)\s|\s*[.,;])"
    r"|(?:was|were)\s+(?:re)?admitted(?=\s+(?:in|on)\s)|a\s+(?:full\s+)?member(?=\s+since)"
    r"|(?:joins?|joined|entered|left|leav(?:e|es|ing)|quits?)\s+(?:it\b|the\s+(?:bloc|club|[Uu]nion|group|organi[sz]ation|alliance|pact|association|body|forum)))\b(?!\s+(?:of|to)\s)"
)
_AND_TO = lazy(
    r"(?:\s*,)?\s*(?:and|as\s+well\s+as|then|,)?\s*(?:also\s+)?(?:to\s+|of\s+|in\s+|from\s+)?(?:the\s+)?"
)
_CONCERNS = lazy(
    r"\b(?:support\w*|back(?:s|ed)?|oppos\w+|block(?:s|ed)?|veto(?:es|ed)?|favou?r\w*|delay\w*|hinder\w*"
    r"|endors\w+|object\w*\s+to)\s+(?:[\w']+\s+){0,3}$|\bwith\s+an?\s+$|\bagainst\s+$|\bother\s+(?:\w+\s+)?$"
    # "trade with the countries that belong to the Union": its members, not who trades with them
    r"|\b(?:with|to|from|by|between)\s+(?:[a-z]+\s+){0,2}(?:countries|states|nations|economies)\s+(?:(?:that|which)\s+)?$"
)
_UNION = lazy(
    r"\b(?:join\w*|enter\w*|leav\w+|left|accession\s+to|member\w*\s+of|admi\w+\s+to|outside|inside)"
    r"\s+the\s+(?P<name>Union)\b(?!\s+(?:of|for|State|Jack)\b)"
)
_OF_BLOC = lazy(r"\s+(?:is\s+)?(?:of|to|in)\s+(?:the\s+)?$")
_NICKNAMES = {"Union": "EU"}
_BEGINS = lazy(r"\b(?:dates?|dating|began|begins?|effective|took\s+effect|newest|latest)\b")
_NEITHER = lazy(r"\b(?:neither|nor)\b[^.;:]{0,80}$", re.IGNORECASE)
_AMONG = lazy(
    r"\s+(?:is\s+(?:not\s+)?|was\s+|are\s+)?(?:one\s+of\s+them|among\s+(?:them|those|their\s+number)|included|too)\b"
)


@cache
def _triggers() -> tuple[re.Pattern[str], list[dict[str, str]]]:
    table = read_table("memberships")["triggers"]
    forms = "|".join(f"(?P<t{i}>{t['pattern']})" for i, t in enumerate(table))
    return re.compile(rf"(?<![\w-])(?:{forms})", re.IGNORECASE), table


def read_memberships(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """Who is, became or was a member of which organisation, one statement for each pair."""
    blocs = [p for p in scene.parties if is_bloc(p.code) or p.code == "BRI"]
    blocs = sorted([*blocs, *_the_union(scene)], key=lambda p: p.start)
    blocs = blocs or _spoken_of(scene, memory)
    if not blocs or is_asked(scene) or not _STEM.search(scene.text, scene.start, scene.end):
        return []
    dates = find_dates(scene, memory)
    triggers, entries = _find(scene)
    spans = clauses(scene, triggers)
    found: list[Statement] = []
    taken: set[tuple[str, str]] = set()
    for trigger, entry, clause in zip(triggers, entries, spans, strict=True):
        bloc = bloc_of(trigger, entry, blocs, scene)
        if (
            bloc is None
            or _only_concerns(trigger, scene)
            or is_meant(scene, max(clause[0], trigger.start - 40), trigger.end)
        ):
            continue
        for member in members_of(trigger, entry, bloc, clause, scene, memory, setting):
            statement = _statement(trigger, (member, bloc), clause, dates, scene)
            key = (statement.reporter or "", statement.partner or "")
            if key not in taken:
                taken.add(key)
                found.append(statement)
            elif trigger.cue == "member":
                found = [_completed(s, statement, scene) for s in found]
    found.extend(s for s in _other_blocs(found, blocs, dates, scene) if _new(s, taken))
    found.extend(s for s in _gapped(found, blocs, scene) if _new(s, taken))
    for extra in [*_elliptic(found, blocs, dates, scene), *_among(blocs, scene)]:
        if _new(extra, taken):
            found.append(extra)
    return found


def _gapped(
    found: Sequence[Statement], blocs: Sequence[Party], scene: Scene
) -> Iterator[Statement]:
    """ "Oman is a member of the GCC, Kenya of the EAC"."""
    if not found:
        return
    model = found[-1]
    for bloc in blocs:
        state = [p for p in scene.parties if model.end <= p.start and p.end <= bloc.start]
        if not state or is_bloc(state[-1].code):
            continue
        if _OF_BLOC.fullmatch(scene.text[state[-1].end : bloc.start]):
            yield replace(
                model,
                reporter=state[-1].code,
                partner=bloc.code,
                start=state[-1].start,
                end=bloc.end,
                quote=scene.text[state[-1].start : bloc.end],
                parties=(state[-1].code, bloc.code),
            )


def _only_concerns(trigger: Trigger, scene: Scene) -> bool:
    """ "blocked its entry into NATO", "its first with a member of the EU": another's matter."""
    before = scene.text[max(scene.start, trigger.start - 60) : trigger.start]
    return _CONCERNS.search(before) is not None


def _new(statement: Statement, taken: set[tuple[str, str]]) -> bool:
    key = (statement.reporter or "", statement.partner or "")
    fresh = key not in taken
    taken.add(key)
    return fresh


def _other_blocs(
    found: list[Statement], blocs: Sequence[Party], dates: list[Dated], scene: Scene
) -> Iterator[Statement]:
    """ "joined NATO in 2004 and the European Union in 2007", "a member of NATO and the EU"."""
    for model in list(found):
        last = next((b for b in blocs if b.code == model.partner), None)
        if last is None or model.negated:
            continue
        edge = max(last.end, model.end if model.date else last.end)
        for bloc in [b for b in blocs if b.start >= last.end]:
            gap = scene.text[last.end : bloc.start]
            dated = _AND_TO.fullmatch(scene.text, min(edge, bloc.start), bloc.start)
            if bloc.code == last.code or not (bloc.joined or _AND_TO.fullmatch(gap) or dated):
                break
            date = nearest(dates, bloc.end, min(scene.end, bloc.end + 30), floor=bloc.end)
            end = date.end if date else bloc.end
            yield replace(
                model,
                partner=bloc.code,
                start=bloc.start,
                end=end,
                quote=scene.text[bloc.start : end],
                date=date.text if date else model.date,
                parties=(model.reporter or "", bloc.code),
            )
            last, edge = bloc, end


def _the_union(scene: Scene) -> Iterator[Party]:
    """ "enter the Union": the European one."""
    for match in _UNION.finditer(scene.text, scene.start, scene.end):
        at = match.start("name")
        yield Party(at, match.end(), "EU", "bloc", "", False, False, at)


def _completed(first: Statement, second: Statement, scene: Scene) -> Statement:
    """ "Welcomed it as a member on 23 June": the date stands behind the second word."""
    same = (first.reporter, first.partner) == (second.reporter, second.partner)
    if not same or first.date is not None or second.date is None or second.start < first.start:
        return first
    said = scene.text[first.start : max(first.end, second.end)]
    if second.end <= first.end or not _DATED_MEMBER.search(said):
        return first
    return replace(first, date=second.date, end=second.end, quote=said)


_DATED_MEMBER = lazy(r"\bas\s+(?:an?\s+|its\s+)?(?:[\w-]+\s+){0,2}members?\b.*\d")


def _spoken_of(scene: Scene, memory: Memory) -> list[Party]:
    """The organisation of the sentence before, taken up by "the signatories", "a member"."""
    match = _TAKEN_UP.search(scene.text, scene.start, scene.end)
    code = next((c for c in reversed(memory.seen) if is_bloc(c)), None) if match else None
    if match and code is None:
        code = next((c for w, c in _NICKNAMES.items() if w in match.group()), None)
    if match is None or code is None or not scene.parties:
        return []
    return [Party(match.end(), match.end(), code, "bloc", "of", False, False, match.end())]


def _find(scene: Scene) -> tuple[list[Trigger], list[dict[str, str]]]:
    pattern, table = _triggers()
    triggers, entries = [], []
    for match in pattern.finditer(scene.text, scene.start, scene.end):
        entry = table[int((match.lastgroup or "t0")[1:])]
        triggers.append(Trigger(match.start(), match.end(), entry["cue"]))
        entries.append(entry)
    return triggers, entries


def _statement(
    trigger: Trigger, pair: tuple[Party, Party], clause: Span, dates: list[Dated], scene: Scene
) -> Statement:
    member, bloc = pair
    reach = trigger.end if bloc.end <= trigger.start else min(trigger.end, bloc.end)
    date = nearest(dates, reach, clause[1], floor=min(clause[0], scene.start))
    parted = ";" in scene.text[bloc.end : trigger.start]
    low = min(trigger.start, member.start, trigger.start if parted else bloc.start)
    high = max(trigger.end, bloc.end, member.end)
    if date is not None and date.start < high + 45 and date.end > low - 45:
        low, high = min(low, date.start), max(high, date.end)
    return _made(trigger.cue, (member, bloc), date, (low, high), (scene, trigger))


def _clause_start(low: int, trigger: Trigger, scene: Scene) -> int:
    """From where a denial counts: what stands before a semicolon denies something else."""
    low = min(low, max(scene.start, trigger.start - 24))
    cut = max(scene.text.rfind(mark, low, trigger.start) for mark in (";", ": "))
    return max(low, cut + 1)


def _made(
    cue: str,
    pair: tuple[Party, Party],
    date: Dated | None,
    span: Span,
    place: tuple[Scene, Trigger],
) -> Statement:
    member, bloc = pair
    scene, trigger = place
    low, high = span
    text = date.text if date else None
    if (
        date is not None
        and cue == "member"
        and (date.since or _BEGINS.search(scene.text, low, high))
    ):
        cue = "joined"
    if cue == "joined" and re.match(
        r"\s+as\s+signator", scene.text[trigger.end : trigger.end + 16]
    ):
        cue, high = "signatory", max(high, trigger.end + 15)
    if text is None and cue in {"member", "observer", "partner", "candidate"} and scene.today:
        text = scene.today.isoformat()
    gone = cue == "left" and "no longer" in scene.text[low:high]
    outside = "outside" in scene.text[trigger.start : trigger.end].lower()
    return Statement(
        id="",
        quote=scene.text[low:high],
        start=low,
        end=high,
        kind=Kind.MEMBERSHIP,
        reporter=member.code,
        partner=bloc.code,
        date=text,
        negated=not gone
        and cue != "invited"
        and (
            cue == "candidate"
            or outside
            or is_denied(scene, _clause_start(low, trigger, scene), high)
            or _NEITHER.search(scene.text, scene.start, low) is not None
        ),
        hedged=cue == "candidate"
        or is_hedged(scene, low, high)
        or "applied" in scene.text[low:high],
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue=cue,
        parties=(member.code, bloc.code),
        traces=(Trace("kind", trigger.start, trigger.end, f"membership: {cue}"),),
    )


def _among(blocs: Sequence[Party], scene: Scene) -> Iterator[Statement]:
    """ "RCEP was signed by fifteen states, New Zealand among them"."""
    listed = re.search(r"\bmembers?\b", scene.text[scene.start : scene.end])
    pact = next((b for b in blocs if is_pact(b.code) or listed), None)
    if pact is None or not re.search(
        r"\bsign|names\s+to|joined|parties|belong|member", scene.text[scene.start : scene.end]
    ):
        return
    for party in scene.parties:
        match = _AMONG.match(scene.text, party.end, scene.end)
        if match and not is_bloc(party.code) and party.start > pact.end:
            cue = "signatory" if is_pact(pact.code) else "member"
            trigger = Trigger(party.end, match.end(), cue)
            yield _made(cue, (party, pact), None, (party.start, match.end()), (scene, trigger))


def _elliptic(
    found: list[Statement], blocs: Sequence[Party], dates: list[Dated], scene: Scene
) -> Iterator[Statement]:
    """What follows in the same form: "Bulgaria in 2007", "together with Ethiopia"."""
    if not found:
        return
    model = found[-1]
    known = {s.reporter for s in found}
    bloc = next(p for p in blocs if p.code == model.partner)
    for party in scene.parties:
        if is_bloc(party.code) or party.code in known or party.start < found[0].start:
            continue
        cue, date, end = _follows(party, model, dates, scene)
        if cue is None:
            continue
        trigger = Trigger(party.start, end, cue)
        statement = _made(
            cue,
            (party, bloc),
            date,
            (
                party.lead
                if _TOGETHER.search(scene.text[scene.start : party.start])
                else party.start,
                end,
            ),
            (scene, trigger),
        )
        yield statement
        if cue and date:
            for other in chain_of(
                [p for p in scene.parties if p.end <= party.end and p.start >= model.end],
                first=False,
            )[:-1]:
                yield _made(cue, (other, bloc), date, (other.start, end), (scene, trigger))


def _follows(
    party: Party, model: Statement, dates: list[Dated], scene: Scene
) -> tuple[str | None, Dated | None, int]:
    cue = model.text_cue or "member"
    before = scene.text[max(scene.start, party.start - 30) : party.start]
    if _TOGETHER.search(before) and party.start >= model.end - 30:
        same = next((d for d in dates if d.text == model.date), None)
        return cue, same, party.end
    among = _AMONG.match(scene.text, party.end, scene.end)
    if among and party.start >= model.end - 30:
        return cue, None, among.end()
    absent = _ABSENT.match(scene.text, party.end, scene.end)
    if absent and party.start >= model.end:
        return cue, None, absent.end()
    match = _ELLIPSIS.match(scene.text, party.end, scene.end)
    date = next((d for d in dates if match and match.end() - 1 <= d.start <= match.end() + 6), None)
    opens = party.joined or re.search(r"(?:[,;]\s*|\band\s+|,\s*but\s+)(?:the\s+)?$", before)
    if (
        match
        and date
        and party.bare
        and opens
        and party.start >= model.end
        and (cue in {"joined", "admitted", "left"} or date.since)
    ):
        return cue, date, date.end
    return None, None, party.end
