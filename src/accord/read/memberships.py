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
from accord.read.parties import Party
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_memberships"]

_REACH = 70  # between a word of membership and the organisation
_STEM = re.compile(
    r"member|observer|partner|candidate|applica|applied|invit|signator|join|acce|entr|enter|t[ao]k|took|come|admi|recei|welcom|let\s+in|brought|embrac|gain|expand|enlarg|includ|found|set\s+up|creat|form|launch|consist|compris|made\s+up|mak|count|part|belong|\bs[ia]t|seat|itself|\bin\b|inside|within|outside|left|leav|quit|exit|withdr|pull|walk|drop|depart|suspend|no\s+longer|ceased|end(?:ed|s)\s",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"(?P<verb>\s+(?:had\s+|has\s+)?(?:follow(?:ed|s|ing)(?:\s+suit)?|preceded\s+(?:it|them)|gone\s+before\s+(?:it|them)|came\s+(?:next|later|after)|did\s+so|also\s+did|too)\b)?\s*,?\s*(?=(?:only\s+)?(?:on|in|at|since|by)\s|\w+\s+years?\s+(?:later|earlier))"
)
_TOGETHER = re.compile(
    r"(?:together\s+with|along\s+with|alongside|as\s+(?:well\s+as|did)|and\s+so\s+did|like|as\s+is)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\s+(?:(?:stayed|stays?|remain(?:s|ed)?|stood|stands?)\s+(?:outside|out|away|apart)\b|(?:is|are|was|were|has|did|does)\s*(?:not|n't)\b)(?=\s*(?:[.,;]|$))"
)
_TAKEN_UP = re.compile(
    r"\b(?:signator(?:y|ies)|(?:one\s+of|among|not)\s+(?:an?\s+|its\s+|the\s+)?(?:founding\s+|full\s+)?(?:members?|parties)|(?:is|became|was|joined\s+as)\s+(?:an?\s+)?(?:full\s+|founding\s+)?(?:member|party|observer))\b(?!\s+(?:of|to|in))",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"\b(?:dates?|dating|began|begins?|effective|took\s+effect|newest|latest)\b")
_NEITHER = re.compile(r"\b(?:neither|nor)\b[^.;:]{0,80}$", re.IGNORECASE)
_AMONG = re.compile(
    r"\s+(?:is\s+(?:not\s+)?|was\s+|are\s+)?(?:one\s+of\s+them|among\s+(?:them|those|their\s+number)|included|too)\b"
)
_NOUN = re.compile(
    r"member|access|entry|admiss|departure|withdrawal|observer|founder|candidate|part(?:y|ies)\b"
)
_LISTED = re.compile(
    r"\s*(?:states?|countries|nations)?\s*(?:is|are|was|were|include[sd]?|including|being|:|,|namely|such\s+as)\s+(?:the\s+|now\s+|also\s+)*$",
    re.IGNORECASE,
)


@cache
def _triggers() -> tuple[re.Pattern[str], list[dict[str, str]]]:
    table = read_table("memberships")["triggers"]
    forms = "|".join(f"(?P<t{i}>{t['pattern']})" for i, t in enumerate(table))
    return re.compile(rf"(?<![\w-])(?:{forms})", re.IGNORECASE), table


def read_memberships(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """Who is, became or was a member of which organisation, one statement for each pair."""
    blocs = [p for p in scene.parties if is_bloc(p.code)]
    blocs = blocs or _spoken_of(scene, memory)
    if not blocs or is_asked(scene) or not _STEM.search(scene.text, scene.start, scene.end):
        return []
    dates = find_dates(scene, memory)
    triggers, entries = _find(scene)
    spans = clauses(scene, triggers)
    found: list[Statement] = []
    taken: set[tuple[str, str]] = set()
    for trigger, entry, clause in zip(triggers, entries, spans, strict=True):
        bloc = _bloc(trigger, entry, blocs, scene)
        if bloc is None or is_meant(scene, max(clause[0], trigger.start - 40), trigger.end):
            continue
        for member in _members(trigger, entry, bloc, clause, scene, memory, setting):
            statement = _statement(trigger, (member, bloc), clause, dates, scene)
            key = (statement.reporter or "", statement.partner or "")
            if key not in taken:
                taken.add(key)
                found.append(statement)
    for extra in [*_elliptic(found, blocs, dates, scene), *_among(blocs, scene)]:
        key = (extra.reporter or "", extra.partner or "")
        if key not in taken:
            taken.add(key)
            found.append(extra)
    return found


def _spoken_of(scene: Scene, memory: Memory) -> list[Party]:
    """The organisation of the sentence before, taken up by "the signatories", "a member"."""
    match = _TAKEN_UP.search(scene.text, scene.start, scene.end)
    code = next((c for c in reversed(memory.seen) if is_bloc(c)), None) if match else None
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


def _bloc(
    trigger: Trigger, entry: dict[str, str], blocs: Sequence[Party], scene: Scene
) -> Party | None:
    """The organisation: after the word of membership, else right before it."""
    words = scene.text[trigger.start : trigger.end].lower()
    near = words.startswith(
        (
            "receiv",
            "accept",
            "welcom",
            "gain",
            "includ",
            "brought",
            "left",
            "leav",
            "took",
            "tak",
            "mak",
            "join",
        )
    )
    for bloc in blocs:
        if trigger.end - 1 <= bloc.start <= trigger.end + (40 if near else _REACH):
            between = scene.text[trigger.end : bloc.start]
            if not re.search(r"[;:]|\b(?:said|told|against)\b", between):
                return bloc
    before = [b for b in blocs if b.end <= trigger.start]
    if not before:
        return None
    last = before[-1]
    gap = scene.text[last.end : trigger.start]
    if re.search(r"[:.]", gap) or (
        ";" in gap and not (entry["cue"] == "admitted" and _passive(trigger, scene))
    ):
        return None
    return last if _takes_up(trigger, entry, last, gap, scene) else None


def _takes_up(trigger: Trigger, entry: dict[str, str], bloc: Party, gap: str, scene: Scene) -> bool:
    """Whether the organisation before the word is the one that it speaks of."""
    words = scene.text[trigger.start : trigger.end].lower()
    noun = _NOUN.search(words) is not None
    if entry["role"] == "subject" and not noun and not words.startswith("belong"):
        return len(gap) < 70 and re.search(r"\b(?:which|that|whose)\b", gap) is not None
    if re.match(r"(?:'s?|-)?\s*$", gap) or re.match(r"'s?\s+[\w\s-]{0,30}$", gap):
        return True  # "ASEAN's newest member", "EAEU member", "EU accession"
    if re.search(r"\b(?:which|whose|of\s+which|where)\b", gap) or words.startswith("belong"):
        return len(gap) < 60
    if entry["role"] == "object" and ";" in gap:
        return len(gap) < 60
    if entry["role"] == "object":
        return len(gap) < 40 and not re.search(r"\b(?:said|says)\b", gap)
    return (
        len(gap) < 30
        and re.search(r"\b(?:has|have|had|its|as|whose|are|is|was|were|now)\b", gap) is not None
    )


def _members(
    trigger: Trigger,
    entry: dict[str, str],
    bloc: Party,
    clause: Span,
    scene: Scene,
    memory: Memory,
    setting: Setting,
) -> list[Party]:
    """The states whose standing in the organisation is told."""
    states = [p for p in scene.parties if not is_bloc(p.code) and p.code != bloc.code]
    states = _tied(states, scene)
    before = [p for p in states if p.end <= trigger.start + 1]
    after = [p for p in states if p.start >= trigger.end - 1]
    listed = _after(trigger, bloc, after, scene)
    if listed:
        return _chain(listed, first=True)
    if (
        entry["role"] == "object"
        and bloc.end <= trigger.start
        and after
        and not _passive(trigger, scene)
    ):
        return _chain(after, first=True) if after[0].start - trigger.end < 40 else []
    before = [
        p
        for p in before
        if not re.search(
            r"\b(?:like|unlike)\s+(?:the\s+)?$",
            scene.text[max(scene.start, p.start - 14) : p.start],
        )
    ]
    same = [p for p in before if p.start >= clause[0]] or before
    chain = _chain(
        [p for p in same if p.bare or p.possessive or _introduced(p, scene)] or same, first=False
    )
    if chain:
        return chain
    if after and after[0].start - max(trigger.end, bloc.end) < 40 and entry["role"] == "object":
        return _chain(after, first=True)
    return _from_context(bloc, scene, memory, setting)


def _tied(states: Sequence[Party], scene: Scene) -> list[Party]:
    """The states with "neither A nor B" and "A but also B" coordinated like "A and B"."""
    tied: list[Party] = []
    for party in states:
        gap = scene.text[tied[-1].end : party.start] if tied else ""
        nor = re.fullmatch(r",?\s+(?:nor|or|but\s+also)\s+(?:the\s+)?", gap)
        tied.append(replace(party, joined=True) if nor else party)
    return tied


def _passive(trigger: Trigger, scene: Scene) -> bool:
    before = scene.text[max(scene.start, trigger.start - 26) : trigger.start]
    if re.search(
        r"\b(?:was|were|been|being|is|are|be|got|having\s+been)\s+(?:\w+\s+){0,3}$", before
    ):
        return not re.match(
            r"(?:enlarged|expanded|widened|extended)",
            scene.text[trigger.start : trigger.end],
            re.IGNORECASE,
        )
    return False


def _introduced(party: Party, scene: Scene) -> bool:
    """ "with Timor-Leste, admitted …", "from Iran, a member …", "of Croatia": in apposition."""
    return re.match(
        r"\s*,|\s*\(", scene.text[party.end : party.end + 3]
    ) is not None or party.prep in {"of", "with", "for"}


def _after(trigger: Trigger, bloc: Party, after: Sequence[Party], scene: Scene) -> list[Party]:
    """States that a list or an apposition puts after: "members include A"."""
    if not after:
        return []
    first = after[0]
    words = scene.text[trigger.start : trigger.end].lower()
    edge = max(trigger.end, bloc.end) if bloc.end <= first.start else trigger.end
    gap = scene.text[edge : first.start]
    if words.endswith(" by") or re.match(r"consist|compris|made\s+up", words):
        return list(after) if len(gap) < 20 else []
    noun = re.search(r"member|founder|observer|partner|part(?:y|ies)|signator|candidate", words)
    if noun is None:
        return []
    lead = scene.text[max(scene.start, trigger.start - 40) : trigger.start].lower()
    if re.search(r"\bamong\s+(?:its\s+|the\s+)?(?:[\w-]+\s+){0,2}$", lead) and re.search(
        r"\b(?:is|are|was|were|one\s+finds|figures?)\b", gap
    ):
        return list(after)
    if _LISTED.fullmatch(gap) and (
        bloc.end <= trigger.start + 1
        or not re.fullmatch(r"\s*,\s*(?:the\s+)?", gap)
        or first.start - bloc.end < 3
    ):
        subject = [
            p
            for p in scene.parties
            if p.end <= trigger.start and not is_bloc(p.code) and trigger.start - p.end < 25
        ]
        return [] if subject and "," in gap else list(after)
    if re.fullmatch(r"\s+", gap) and bloc.end <= trigger.start:
        return [first]  # "EAEU member Armenia"
    return []


def _chain(parties: Sequence[Party], *, first: bool) -> list[Party]:
    """A party with those coordinated with it."""
    if not parties:
        return []
    if first:
        chain = [parties[0]]
        for party in parties[1:]:
            if not party.joined:
                break
            chain.append(party)
        return chain
    chain = [parties[-1]]
    for party in reversed(parties[:-1]):
        if not chain[0].joined:
            break
        chain.insert(0, party)
    return chain


def _from_context(bloc: Party, scene: Scene, memory: Memory, setting: Setting) -> list[Party]:
    """The country spoken of before, where the sentence itself names none."""
    code = memory.subject if memory.subject and not is_bloc(memory.subject) else None
    if re.search(r"\bboth\b", scene.text[scene.start : bloc.start], re.IGNORECASE):
        code = next((c for c in (memory.pair or setting.pair) if c != bloc.code), code)
    if code is None or code == bloc.code or any(not is_bloc(p.code) for p in scene.parties):
        return []
    return [Party(bloc.start, bloc.start, code, "name", "", False, False, bloc.start)]


def _statement(
    trigger: Trigger, pair: tuple[Party, Party], clause: Span, dates: list[Dated], scene: Scene
) -> Statement:
    member, bloc = pair
    date = nearest(dates, min(trigger.end, bloc.end), clause[1], floor=min(clause[0], scene.start))
    parted = ";" in scene.text[bloc.end : trigger.start]
    low = min(trigger.start, member.start, trigger.start if parted else bloc.start)
    high = max(trigger.end, bloc.end, member.end)
    if date is not None and date.start < high + 45 and date.end > low - 45:
        low, high = min(low, date.start), max(high, date.end)
    return _made(trigger.cue, (member, bloc), date, (low, high), (scene, trigger))


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
            or is_denied(scene, low, high)
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
            for other in _chain(
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
