"""Rows of partners: what was told of one is told of the next by its name and number alone.

"Serbia took 2.2 bcm, Bulgaria 3.1", "Saudi Arabia led with 1.13 million bpd, then came
the UAE (1.02 million) and Iran (0.61 million)", "turnover in seven months: China $6.84
billion (18.6%), Russia $6.38 billion (17.4%)": measure, unit, period and owner are those
of the first, the numbers and the shares in brackets each one's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from accord.model.statement import Approximation, Change, Kind, Measure, Statement, Trace
from accord.read.numerals import NUMBER, SCALE, parse_number, scale_of
from accord.read.parties import Party
from accord.read.party_rows import rows_of
from accord.read.patterns import lazy
from accord.read.places import list_noun, noun_of
from accord.read.quantities import Sort
from accord.read.quantity import tidy
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["read_partner_rows"]

_FILL = r"(?:(?:about|some|nearly|around|over|only|just|almost|a\s+mere|another)\s+)?"
_LINK = lazy(
    r"(?:'s?)?\s*,?\s*(?:\(|:\s+|-\s+|(?:with|at|for|by|took|takes|bought|buys|had|has|got|gets|received|receives|sent|sends|sold|gave|gives|supplied|accounted\s+for|came\s+to)\s+)?\s*"
    + _FILL
)
_BARE = lazy(
    rf"(?P<number>{NUMBER})(?:[\s-]?(?P<scale>{SCALE}))?(?=\s*(?:[,;)]|\.(?!\d)|\band\b|\bwhile\b|$))",
)
_NEXT = lazy(
    r"\)?\s*[,;]?\s*(?:(?:and|or|but|then|next|followed|came|come|comes|by|ahead\s+of|as\s+well\s+as|before|while|the|though|more|less|fewer|than|after|behind|with|to|from|for|against)\s+)*"
)
_SHARE = lazy(
    r"\s*\(\s*(?:or\s+)?(?:(?P<sign>[+-])|(?P<up>up|(?:an?\s+)?(?:rise|increase|growth|gain)\s+of)\s+|(?P<down>down|(?:an?\s+)?(?:fall|decrease|decline|drop)\s+of)\s+|an?\s+)?"
    r"(?P<number>\d{1,4}(?:\.\d+)?)\s?(?:%|per\s?cent|percent|pct)"
    r"(?P<of>(?:\s+(?P<more>increase|rise|growth|more|higher|up)|\s+(?P<less>decrease|decline|fall|drop|less|lower|down))?[^)]{0,40})\)"
)
_KINDS = frozenset({Kind.FIGURE, Kind.SHARE})


@dataclass(frozen=True, slots=True)
class _Item:
    """A party with the number beside it, and where its brackets end."""

    party: Party
    start: int  # of the number
    end: int
    value: float
    decimals: int
    unit: str  # "" where it is that of the item before
    bare: bool  # whether no scale stands beside it either
    close: int


def read_partner_rows(
    scene: Scene, memory: Memory, setting: Setting, *, others: list[Statement]
) -> list[Statement]:
    """``others`` with what rows of partners add, and without what they tell better."""
    if len(scene.parties) < 2:
        return others
    for run in rows_of(scene, _item, _NEXT):
        model = _anchor(run, others)
        told = run[1:] if model is not None and _is_of(model, run[0]) else run
        if model is None and len(run) > 1:
            model, told = _headed(run, scene, memory, setting), run
        if model is None or not told:
            continue
        slot = _slot(model, run[0])
        made = list(_copies(told, model, slot, scene))
        if made:
            spans = [(m.traces[0].start, m.traces[0].end) for m in made]
            others = [s for s in others if not _within(s, spans)] + made
    return others


def _item(party: Party, scene: Scene) -> _Item | None:
    """The number right after a party: one with a unit, or one that borrows it."""
    link = _LINK.match(scene.text, party.end, scene.end)
    at = link.end() if link else party.end
    if at == party.end:
        return None
    near = next((q for q in scene.quantities if at in {q.start, q.core}), None)
    if near is not None:
        if near.sort not in {Sort.MONEY, Sort.COUNT, Sort.AMOUNT}:
            return None
        close = _closed(scene.text, near.end)
        return _Item(
            party, near.core, near.end, near.value, near.decimals,
            near.unit if near.sort is not Sort.AMOUNT else "", False, close,
        )  # fmt: skip
    match = _BARE.match(scene.text, at, scene.end)
    number = parse_number(match.group("number")) if match else None
    if match is None or number is None or _is_year(match, number.value):
        return None
    scale = scale_of(match.group("scale"))
    value = tidy(number.value * scale)
    return _Item(
        party, match.start(), match.end(), value, number.decimals, "",
        match.group("scale") is None, _closed(scene.text, match.end()),
    )  # fmt: skip


def _is_year(match: re.Match[str], value: float) -> bool:
    """Whether a plain number may be a year, or is only an article."""
    words = match.group("number")
    return words.lower() in {"a", "an", "one"} or (words.isdigit() and 1500 <= value <= 2100)


def _closed(text: str, at: int) -> int:
    """Where the brackets of an item end."""
    share = _SHARE.match(text, at)
    return share.end() if share else at


def _anchor(run: Sequence[_Item], others: Sequence[Statement]) -> Statement | None:
    """The statement of the run's first number, else that of the number right before."""
    for statement in others:
        trace = _value_of(statement)
        if trace is None or statement.kind not in _KINDS or not statement.partner:
            continue
        if trace.start <= run[0].start < trace.end and _is_of(statement, run[0]):
            return statement
    return None


def _value_of(statement: Statement) -> Trace | None:
    return next((t for t in statement.traces if t.name == "value"), None)


def _is_of(statement: Statement, item: _Item) -> bool:
    return item.party.code in {statement.reporter, statement.partner}


_COLON = lazy(r"[^;.]{0,60}:\s+(?:the\s+)?(?:to|from|with|for)?\s*(?:the\s+)?")


_INCLUDED = lazy(r"(?:\s+of\s+[^,;.]{2,40}?)?\s+(?:include[sd]?|are|were|was|is)\s+(?:the\s+)?")


def _list_head(run: Sequence[_Item], scene: Scene) -> Topic | None:
    """A flow before a colon, or partners by a noun: "key export destinations included …"."""
    first = run[0].party
    heads = [t for t in scene.topics if t.end <= first.lead and t.form == "noun"]
    if heads and _COLON.fullmatch(scene.text, heads[-1].end, first.start):
        return heads[-1]
    for match in list_noun().finditer(scene.text, scene.start, first.lead):
        noun = noun_of(match)
        plural = noun is not None and match.group().endswith("s")
        if plural and noun and _INCLUDED.fullmatch(scene.text, match.end(), first.start):
            return Topic(match.start(), match.start(), match.end(), str(noun.measure), "noun")
    return None


def _headed(
    run: Sequence[_Item], scene: Scene, memory: Memory, setting: Setting
) -> Statement | None:
    """What a list after a colon is of: "turnover in seven months: China …, Russia …"."""
    head, listed = _list_head(run, scene), {item.party.code for item in run}
    if head is None or not run[0].unit:
        return None
    if any(head.end <= q.start < run[0].party.start for q in scene.quantities):
        return None
    owners = [head.reporter, memory.subject, *setting.pair[:1], setting.place, setting.home]
    owner = next((c for c in owners if c and c not in listed), None)
    if owner is None or head.measure not in {"total_trade", "exports", "imports"}:
        return None
    dated = next((p.period for p in reversed(scene.periods) if p.period), None)
    return Statement(
        id="",
        quote="",
        start=head.start,
        end=head.end,
        kind=Kind.FIGURE,
        measure=Measure(head.measure),
        reporter=owner,
        partner=run[0].party.code,
        unit=run[0].unit,
        approx=Approximation.EXACT,
        resolution=1.0,
        commodity=head.commodity,
        period=dated or memory.period,
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(Trace("measure", head.core, head.end, f"heads a list of {head.measure}"),),
    )


def _slot(model: Statement, first: _Item) -> str:
    """The party of the model that the others of the row replace."""
    return "reporter" if model.reporter == first.party.code else "partner"


def _copies(
    items: Sequence[_Item], model: Statement, slot: str, scene: Scene
) -> Iterator[Statement]:
    unit = model.unit or ""
    scale = 1.0
    for place, item in enumerate(items):
        other = model.partner if slot == "reporter" else model.reporter
        if item.party.code == other:
            return
        if item.unit and model.kind is Kind.SHARE:
            return
        scale = _scale_of(model, items[:place], scene) if item.bare else 1.0
        sign = -1.0 if model.measure is Measure.BALANCE and (model.value or 0) < 0 else 1.0
        value, unit = tidy(sign * item.value * scale), item.unit or unit
        code = item.party.code
        filled = (
            replace(model, reporter=code) if slot == "reporter" else replace(model, partner=code)
        )
        yield _told(filled, item, (value, unit, scale), scene)
        yield from _bracketed(filled, item, scene)


def _scale_of(model: Statement, before: Sequence[_Item], scene: Scene) -> float:
    """What a bare number counts in: the scale of the number before it."""
    trace = _value_of(model)
    if model.kind is Kind.SHARE or trace is None:
        return 1.0
    last = next((q for q in scene.quantities if q.core == trace.start), None)
    return last.resolution * 10.0**last.decimals if last else 1.0


def _told(
    model: Statement, item: _Item, content: tuple[float, str, float], scene: Scene
) -> Statement:
    value, unit, scale = content
    start = min(item.party.start, item.start)
    return replace(
        model,
        quote=scene.text[start : item.end],
        start=start,
        end=item.end,
        value=value,
        unit=unit,
        approx=Approximation.EXACT,
        resolution=scale * 10.0**-item.decimals,
        alt_value=None,
        alt_unit=None,
        note=None,
        traces=(Trace("value", item.start, item.end, "partners in a row"),),
    )


def _bracketed(model: Statement, item: _Item, scene: Scene) -> Iterator[Statement]:
    """ "China $6.84 billion (18.6% of the total)": the share, or with a sign the growth."""
    match = _SHARE.match(scene.text, item.end)
    if match is None or model.kind is not Kind.FIGURE:
        return
    value = float(match.group("number"))
    low, high = match.start("number"), match.end("of")
    told = replace(
        model,
        quote=scene.text[low:high],
        start=low,
        end=high,
        approx=Approximation.EXACT,
        resolution=10.0 ** -len(match.group("number").partition(".")[2]),
        traces=(Trace("value", low, high, "beside a partner in a row"),),
    )
    rose = match.group("sign") == "+" or match.group("up") or match.group("more")
    if rose or match.group("sign") or match.group("down") or match.group("less"):
        way = "up" if rose else "down"
        decimals = len(match.group("number").partition(".")[2])
        change = Change(value, "percent", way, None, decimals)
        yield replace(told, kind=Kind.GROWTH, value=None, unit=None, change=change)
    elif model.measure is not Measure.BALANCE:
        yield replace(told, kind=Kind.SHARE, value=value, unit="percent")


def _within(statement: Statement, spans: Sequence[tuple[int, int]]) -> bool:
    trace = _value_of(statement)
    return trace is not None and any(s <= trace.start < e for s, e in spans)
