"""Memberships and anniversaries: who belongs to what, and what is how many years old."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.model.polity import PolityKind, get_polity
from accord.model.statement import Approximation, Kind, Statement, Trace
from accord.read.acts import date_text, iso, nearest_date
from accord.read.numerals import parse_number
from accord.read.parties import Party
from accord.read.places import rank_of
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_anniversaries", "read_memberships"]

_MEMBER = re.compile(
    r"\b(?P<joined>(?:became|become|becomes|becoming)\s+(?:an?\s+|the\s+|full\s+|\w+\s+)*(?:members?|observers?|part(?:y|ies)|partner\s+countr(?:y|ies))|join(?:ed|s|ing)|acceded\s+to|accession|(?:was|were|been)\s+(?:let\s+in(?:to)?|(?:re)?admitted|accepted)|readmitted|entered(?=\s+the\s+(?:EU|European|WTO|World)))"
    r"|\b(?P<left>left|withdr(?:ew|awal)|quit|leaves|exit(?:ed)?)(?=\s+(?:from\s+)?(?:the\s+)?[A-Z])"
    r"|\b(?P<is>(?:(?:is|are|was|were|remains?|remaining|being|been|as)\s+)?(?:also\s+|both\s+|now\s+)?(?:an?\s+|the\s+|full\s+|founding\s+|permanent\s+|associate\s+)*(?:member(?:s|\s+states?|\s+countr(?:y|ies))?|observers?|part(?:y|ies)\s+to|signator(?:y|ies)))",
    re.IGNORECASE,
)
_STATUS = (
    ("observer", re.compile(r"observer", re.I)),
    ("partner", re.compile(r"partner\s+countr", re.I)),
    ("signatory", re.compile(r"signator", re.I)),
)


def read_memberships(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """ "A joined B", "A, a member state of B", "among the members of B is A"."""
    if not any(_is_bloc(p.code) for p in scene.parties):
        return []
    found: list[Statement] = []
    taken: set[tuple[str, str]] = set()
    for match in _MEMBER.finditer(scene.text, scene.start, scene.end):
        for statement in _memberships(match, scene, memory, setting):
            key = (statement.reporter or "", statement.partner or "")
            if key not in taken:
                taken.add(key)
                found.append(statement)
    return found


def _is_bloc(code: str) -> bool:
    polity = get_polity(code)
    return polity is not None and polity.kind is PolityKind.BLOC


def _memberships(
    match: re.Match[str], scene: Scene, memory: Memory, setting: Setting
) -> Iterator[Statement]:
    after = [p for p in scene.parties if p.start >= match.start()]
    bloc = next((p for p in after if _is_bloc(p.code) and p.start - match.end() < 60), None)
    if bloc is None:
        return
    for member in _members(match, bloc, scene, memory, setting):
        yield _membership(match, (member, bloc), scene, memory)


def _members(
    match: re.Match[str], bloc: Party, scene: Scene, memory: Memory, setting: Setting
) -> list[str]:
    before = [p for p in scene.parties if p.end <= match.start() + 1 and not _is_bloc(p.code)]
    inverse = re.match(r"\s*(?:is|are|was|were|,)\s", scene.text[bloc.end : bloc.end + 6])
    listed = re.search(
        r"\bamong\s+(?:the\s+)?$",
        scene.text[max(scene.start, match.start() - 14) : match.start()],
        re.IGNORECASE,
    )
    if listed and inverse:
        after = [p for p in scene.parties if p.start >= bloc.end]
        return _chain(after, first=True)
    if before:
        return _chain([p for p in before if p.bare or p.possessive] or before)
    words = scene.text[scene.start : match.start()].lower()
    if re.search(r"\b(?:both|two)\b", words):
        return [c for c in (memory.pair or setting.pair) if c != bloc.code][:1]
    if memory.subject and memory.subject != bloc.code:
        return [memory.subject]
    after = [p for p in scene.parties if p.start >= bloc.end and not _is_bloc(p.code)]
    return [after[0].code] if after else []


def _chain(parties: list[Party], *, first: bool = False) -> list[str]:
    if not parties:
        return []
    if first:
        chain = [parties[0]]
        for party in parties[1:]:
            if not party.joined:
                break
            chain.append(party)
        return [p.code for p in chain]
    chain = [parties[-1]]
    for party in reversed(parties[:-1]):
        if not chain[0].joined:
            break
        chain.insert(0, party)
    return [p.code for p in chain]


def _membership(
    match: re.Match[str], pair: tuple[str, Party], scene: Scene, memory: Memory
) -> Statement:
    member, bloc = pair
    mention = nearest_date(scene, bloc.end, scene.end, floor=scene.start)
    known = [p for p in scene.parties if p.code == member]
    start = min([match.start(), *(p.start for p in known[:1])])
    end = max([match.end(), bloc.end, *(p.end for p in known[:1] if p.start - bloc.end < 40)])
    words = scene.text[start:end]
    status = next(
        (name for name, pattern in _STATUS if pattern.search(match.group())),
        "left" if match.group("left") else "joined" if match.group("joined") else "member",
    )
    date = date_text(mention, memory)
    if date is None and status in {"member", "observer", "partner"} and scene.today:
        date = scene.today.isoformat()
    return Statement(
        id="",
        quote=words,
        start=start,
        end=end,
        kind=Kind.MEMBERSHIP,
        reporter=member,
        partner=bloc.code,
        date=date,
        negated=re.search(r"\bnot\b|no longer|never", words) is not None,
        hedged=re.search(r"\b(?:will|would|could|may|wants?|hopes?|plans?|seeks?|applied)\b", words)
        is not None,
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue=status,
        parties=(member, bloc.code),
        traces=(Trace("kind", match.start(), match.end(), f"membership: {status}"),),
    )


_ANNIVERSARY = re.compile(
    r"(?:\b(?P<ordinal>[\w-]+)\s+(?:anniversary|birthday|jubilee)\b|\b(?P<count>\d{1,3}|one|two|three|four|six|seven|eight|nine|one\s+hundred|a\s+hundred|fifty|sixty|seventy|eighty|ninety|forty|thirty|twenty(?:-five)?|ten|five|fifteen)\s*-?\s*years?\s+(?P<what>of\s+(?:[\w-]+\s+)*?(?:diplomatic\s+|official\s+|formal\s+)*(?:relations|ties|friendship|relationship|alliance)|(?:had|have)\s+passed\s+since|since|after\s+the|friendship|ago\s+(?:today|this\s+\w+|last\s+month)))",
    re.IGNORECASE,
)
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_ROUND = {
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
    "ninetieth": 90,
    "hundredth": 100,
    "golden": 50,
    "silver": 25,
    "diamond": 60,
}


def read_anniversaries(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """ "the 50th anniversary of …", "100 years of diplomatic relations"."""
    found = []
    for match in _ANNIVERSARY.finditer(scene.text, scene.start, scene.end):
        years = _years(match)
        codes = list(dict.fromkeys(p.code for p in scene.parties))
        if years is None or not 1 <= years <= 1000:
            continue
        if len(codes) < 2:
            codes = _with_context(codes, scene, memory, setting)
        if not codes or re.search(
            r"\b(?:imprison|prison|sentence|old|term|plan|contract|war|deal)\b",
            scene.text[match.end() : match.end() + 12],
        ):
            continue
        found.append(_anniversary(match, years, codes, scene))
    return found


def _years(match: re.Match[str]) -> int | None:
    if match.group("ordinal"):
        word = match.group("ordinal").lower()
        if word in _ROUND:
            return _ROUND[word]
        if (
            not re.match(r"\d", word)
            and word.partition("-")[0] not in _TENS
            and rank_of(word) == 20
        ):
            return None
        return _tens(word) or rank_of(word) or None
    number = parse_number(" ".join(match.group("count").lower().split()))
    return int(number.value) if number else None


def _tens(word: str) -> int:
    tens, _, ones = word.partition("-")
    return _TENS[tens] + rank_of(ones) if tens in _TENS and ones else 0


def _with_context(codes: list[str], scene: Scene, memory: Memory, setting: Setting) -> list[str]:
    ours = re.search(r"\b(?:our|we)\b", scene.text[scene.start : scene.end], re.IGNORECASE)
    pool = [
        *([setting.home] if ours and setting.home else []),
        *codes,
        *(memory.pair or ()),
        *setting.pair,
        *([setting.home] if setting.home else []),
    ]
    full = [c for c in dict.fromkeys(pool) if c]
    return full[:2] if full else codes


def _anniversary(match: re.Match[str], years: int, codes: list[str], scene: Scene) -> Statement:
    late = [p.end for p in scene.parties if p.start >= match.end() and p.start - match.end() < 140]
    start = match.start()
    end = max([match.end(), *late[:2]])
    if start - scene.start < 70:
        start = scene.start
    relations = re.search(
        r"(?:diplomatic\s+)?(?:relations|ties|relationship)(?:\s+between\s+our\s+\w+)?(?:\s+next\s+year|\s+this\s+year)?",
        scene.text[match.end() : match.end() + 40],
        re.IGNORECASE,
    )
    if relations:
        end = max(end, match.end() + relations.end())
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=min(end, scene.end),
        kind=Kind.ANNIVERSARY,
        reporter=codes[0],
        partner=codes[1] if len(codes) > 1 else None,
        value=float(years),
        unit="years",
        approx=Approximation.EXACT,
        date=_date(scene, match, years),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="anniversary",
        name=_of_what(match, scene),
        parties=tuple(codes),
        traces=(Trace("value", match.start(), match.end(), f"{years} years"),),
    )


def _date(scene: Scene, match: re.Match[str], years: int) -> str | None:
    if (match.group("what") or "").lower().startswith("ago") and scene.today:
        day = scene.today
        if "today" in match.group("what").lower():
            return day.replace(
                year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day
            ).isoformat()
        return str(day.year - years)
    dated = [p for p in scene.periods if p.period is not None]
    if dated:
        return iso(dated[0].period)
    return str(scene.today.year) if scene.today else None


def _of_what(match: re.Match[str], scene: Scene) -> str | None:
    what = re.match(
        r"\s+of\s+(?:the\s+)?([^,;.]{3,160})", scene.text[match.end() : match.end() + 200]
    )
    return what.group(1).strip() if what else None
