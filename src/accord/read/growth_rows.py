"""Rows of growth: partners with the rate of each, under one word that says they are rates.

"Imports grew most from Pakistan (59.3%), Honduras (47.1%) and India (35.5%)", "exports to
Korea (+36.8%) and Belgium (+31.3%) rose", "the fastest-growing customers were Korea, up
36.8%, and Belgium, up 31.3%".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from accord.model.statement import Approximation, Change, Kind, Measure, Statement, Trace
from accord.read.bare_trends import period_of_trend
from accord.read.levels import measure_of
from accord.read.lexicons import read_table
from accord.read.parties import Party
from accord.read.party_rows import rows_of
from accord.read.patterns import lazy
from accord.read.places import list_noun, noun_of
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["read_growth_rows"]

_RATE = lazy(
    r"(?:'s)?\s*[,:-]?\s*(?:\(\s*|(?:by|with|at|posting|recording)\s+(?:an?\s+)?)?"
    r"(?:(?P<up>up|\+|plus|rising|rose|grew|growing|gained|increased|jumped|surged)|(?P<down>down|-|minus|(?:an?\s+)?(?:negative|minus)|falling|fell|declined|dropped|decreased|slumped))?\s*"
    r"(?:by\s+)?(?:(?:about|some|nearly|around|over|only|just|almost|more\s+than)\s+)?"
    r"(?P<number>\d{1,4}(?:\.\d+)?)\s?(?:%|per\s?cent\b|percent\b|pct\b|pc\b)(?!\s+(?:of|share|stake|tariff|points))"
)
_NEXT = lazy(
    r"(?:\s+(?:growth|rise|increase|decline|fall|drop))?\s*\)?\s*[,;]?\s*(?:(?:and|but|then|followed\s+by|while|as\s+well\s+as|by)\s+)*(?:(?:with|to|from|for|in)\s+)?(?:the\s+)?"
)
_SHARE_WORD = lazy(
    r"\b(?:shares?|account\w*|represent\w*|portion|proportion|of\s+(?:the\s+)?total|stakes?|tariffs?|duty|duties|inflation|GDP|output|production|econom\w+)\b",
    re.IGNORECASE,
)
_BULLET = lazy(r"[-:]\s*$")
_GROWING = lazy(r"\b(?:grow\w*|expand\w*|ris\w+|increas\w+)\b", re.IGNORECASE)
_BY_SOURCE = frozenset({"tourists", "people"})
_FLOWS = frozenset({"exports", "imports", "total_trade", "tourists", "services_trade", "people"})


@dataclass(frozen=True, slots=True)
class _Item:
    party: Party
    start: int  # of the number
    end: int
    value: float
    decimals: int
    direction: str | None  # where the item itself says so

    @property
    def close(self) -> int:
        """Nothing stands between the number and the next item but what links them."""
        return self.end


def read_growth_rows(
    scene: Scene, memory: Memory, setting: Setting, *, others: list[Statement]
) -> list[Statement]:
    """``others`` with the rates of partners in rows, and without what they tell better."""
    if len(scene.parties) < 2 or not _percents(scene):
        return others
    for run in rows_of(scene, _item, _NEXT):
        head = _head(run, scene) if len(run) > 1 else None
        if head is None:
            continue
        flow = _flow(run, scene, (memory, setting), others)
        if flow is None:
            continue
        made = [_told(item, flow, head, scene, memory) for item in run]
        memory.remember(_of(flow, run[0].party.code), scene.number)
        spans = [(s.traces[-1].start, s.traces[-1].end) for s in made]
        others = [s for s in others if not _within(s, spans)] + made
    return others


def _percents(scene: Scene) -> bool:
    words = scene.text[scene.start : scene.end]
    return words.count("%") + words.count("cent") + words.count("pct") > 1


def _item(party: Party, scene: Scene) -> _Item | None:
    match = _RATE.match(scene.text, party.end, scene.end)
    if match is None:
        return None
    number = match.group("number")
    way = "up" if match.group("up") else "down" if match.group("down") else None
    return _Item(
        party, match.start("number"), match.end(), float(number),
        len(number.partition(".")[2]), way,
    )  # fmt: skip


@cache
def _change() -> re.Pattern[str]:
    table = read_table("changes")
    up, down = (f"{table['verbs'][way]}|{table['nouns'][way]}" for way in ("up", "down"))
    return re.compile(rf"(?<![\w-])(?:(?P<up>{up}|\w*growing)|(?P<down>{down}))(?![\w-])", re.I)


def _head(run: Sequence[_Item], scene: Scene) -> str | None:
    """Which way the partners of a row went, if the row is one of growth."""
    first = run[0].party
    floor, text = max(scene.start, first.start - 200), scene.masked
    if _BULLET.search(scene.text, max(0, scene.start - 3), scene.start):
        floor, text = max(0, scene.start - 120), scene.text  # "… saw growth are - Peru 9%, …"
    words = list(_change().finditer(text, floor, first.lead))
    if _SHARE_WORD.search(scene.text, words[-1].start() if words else floor, first.lead):
        return None
    if _SHARE_WORD.search(scene.text, run[-1].end, min(scene.end, run[-1].end + 40)):
        return None
    if all(item.direction for item in run):
        return run[0].direction
    if not words:
        return None
    last = words[-1]
    if any(last.end() <= q.start < first.start for q in scene.quantities):
        return None
    listed = list_noun().search(scene.text, last.end(), first.lead)
    if listed is not None and not _GROWING.search(last.group()):
        return None
    return "up" if last.group("up") else "down"


def _told(item: _Item, flow: Topic, head: str, scene: Scene, memory: Memory) -> Statement:
    """The rate of one partner."""
    start = min(item.start, item.party.start)
    whole = _of(flow, item.party.code)
    return Statement(
        id="",
        quote=scene.text[start : item.end],
        start=start,
        end=item.end,
        kind=Kind.GROWTH,
        measure=Measure(measure_of(flow, scene, None)),
        reporter=whole.reporter,
        partner=whole.partner,
        commodity=flow.commodity,
        approx=Approximation.EXACT,
        change=Change(item.value, "percent", item.direction or head, None, item.decimals),
        period=period_of_trend(scene, item.end, memory),
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(Trace("change", item.start, item.end, "partners in a row with their growth"),),
    )


def _of(flow: Topic, code: str) -> Topic:
    """A flow with one of the listed partners in the place that is open."""
    return replace(flow, partner=code) if flow.reporter else replace(flow, reporter=code)


def _flow(
    run: Sequence[_Item],
    scene: Scene,
    context: tuple[Memory, Setting],
    others: Sequence[Statement],
) -> Topic | None:
    """The flow that the rates are of, with its owner and without the partners of the row."""
    memory, setting = context
    listed = {item.party.code for item in run}
    near = [t for t in scene.topics if t.core < run[0].party.start and t.measure in _FLOWS]
    behind = [t for t in scene.topics if t.core >= run[-1].end and t.measure in _FLOWS]
    topic = near[-1] if near else behind[0] if behind else _named(run, scene)
    if topic is None and 0 <= scene.number - memory.sentence <= 2:
        topic = memory.topic if memory.topic and memory.topic.measure in _FLOWS else None
    if topic is None:
        return None
    by_source = topic.measure in _BY_SOURCE and run[0].party.prep not in {"to", "in", "into"}
    own = topic.partner if by_source else topic.reporter
    known = (memory.subject, *setting.pair[:1], setting.place, setting.home, *setting.counts)
    told = [
        end
        for s in others
        if s.kind is Kind.GROWTH and run[0].start < s.end <= run[0].end and s.sentence_end
        for end in (s.reporter, s.partner)
    ]
    titled = setting.pair[:1] if setting.titled else ()
    owners = (own, *titled, *told, _owner(listed, scene), *known)
    owner = next((code for code in owners if code and code not in listed), None)
    if owner is None:
        return None
    if by_source:
        return replace(topic, reporter=None, partner=owner)
    return replace(topic, reporter=owner, partner=None)


def _owner(listed: set[str], scene: Scene) -> str | None:
    whose = [
        p
        for p in scene.parties
        if p.code not in listed and (p.possessive or p.adjective or p.prep in {"of", "for"})
    ]
    return whose[0].code if whose else None


_GROWTH_OF = lazy(
    r"\b(?P<flow>trade|exports?|imports?|tourist\s+arrivals)\s+(?:growth|increase|decline|gains?|losses)\b",
    re.IGNORECASE,
)
_MEASURE_OF = {"t": "total_trade", "e": "exports", "i": "imports"}


def _named(run: Sequence[_Item], scene: Scene) -> Topic | None:
    """ "The fastest-growing customers of Norway", "trade growth": what a noun says of the flow."""
    of = _GROWTH_OF.search(scene.text, scene.start, run[0].party.start)
    if of is not None:
        name = of.group("flow").lower()
        measure = "tourists" if name.startswith("tourist") else _MEASURE_OF[name[0]]
        return Topic(of.start(), of.start(), of.end("flow"), measure, "noun")
    for match in list_noun().finditer(scene.text, scene.start, run[0].party.start):
        noun = noun_of(match)
        if noun is not None and noun.measure in {"exports", "imports", "total_trade", "tourists"}:
            return Topic(match.start(), match.start(), match.end(), str(noun.measure), "noun")
    return None


def _within(statement: Statement, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a rate or share is one of a row."""
    if statement.kind not in {Kind.GROWTH, Kind.SHARE}:
        return False
    name = "value" if statement.kind is Kind.SHARE else "change"
    marks = [t for t in statement.traces if t.name == name] or list(statement.traces)
    own = [statement.end, *(t.end for t in marks)]
    return any(low < end <= high for low, high in spans for end in own)
