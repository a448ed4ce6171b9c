"""Runs of shares: partners listed with their percentages.

"Its main export partners are A (42.8%), B (25.7%) and C (16.6%)", "imports came mainly
from A 59.1%, B 21.5%", and what goes on from a share told in full: "A takes 35% of X's
exports, B 12% and C 7%", "…, ahead of D's 12.9%".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from accord.model.period import Period
from accord.model.statement import Approximation, Kind, Measure, Statement, Trace
from accord.read.part_goes import read_parts_going
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import GIVEN_MEASURES
from accord.read.scene import Memory, Scene

__all__ = ["read_share_runs"]

_ITEM = lazy(
    r"(?:'s)?\s*,?\s*(?:\(|(?:with|at|for|by|took|takes|accounted\s+for|[:-])\s+)?\s*(?:(?:about|some|nearly|around|over|only|just)\s+)?"
    r"(?P<number>\d{1,2}(?:\.\d+)?)(?![\d,]|\.\d)(?P<sign>\s?(?:%|per\s?cent\b|pct\b))?(?!\s?(?:million|billion|mln|bln|bn\b|tonnes|tons|years?\b|times\b|more|less|higher|lower|up|down|points|percentage))"
)
_NEXT = lazy(
    r"(?:\s+of\s+(?:(?:the|its|their|all|total|overall)\s+){0,2}(?:exports?|imports?|trade|total))?\)?\s*[,;]?\s*(?:(?:and|or|but|followed\s+by|ahead\s+of|then|while|as\s+well\s+as|before|(?:though\s+)?(?:more|less|fewer)\s+than)\s+)*(?:(?:the|with|by|from|to|for)\s+)*"
)
_HEAD = lazy(
    r"\b(?:(?P<exports>(?:partners|countries|markets)\s+(?:in|for|by|of)\s+(?:its\s+|their\s+|the\s+)?exports|exports?\s+(?:\w+\s+){0,4}?(?:partners|markets|destinations|customers|buyers|go(?:es)?\s|went\s|are\s+to|were\s+to)|exports?\s+(?:\w+\s+){0,8}?to\s+(?:the\s+)?(?:following|these)\s|(?:buyers|customers|export\s+markets|destinations))"
    r"|(?P<imports>(?:partners|countries|sources)\s+(?:in|for|by|of)\s+(?:its\s+|their\s+|the\s+)?imports|imports?\s+(?:\w+\s+){0,4}?(?:partners|sources|suppliers|origins|come\s|came\s|are\s+from|were\s+from)|imports?\s+(?:\w+\s+){0,8}?from\s+(?:the\s+)?(?:following|these)\s|suppliers|sources\s+of\s+(?:its\s+|the\s+)?imports)"
    r"|(?P<total_trade>partners))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Item:
    party: Party
    start: int
    end: int
    value: float
    decimals: int
    signed: bool


def read_share_runs(scene: Scene, memory: Memory, *, others: list[Statement]) -> list[Statement]:
    """Shares of partners that stand in a row, without those already told in ``others``.

    ``reporter`` is empty where only the document can say whose list it is.
    """
    found = read_parts_going(scene, memory, others=others)
    if not any(word in scene.text[scene.start : scene.end] for word in ("%", "cent", "pct")):
        return found
    others = [*others, *found]
    for run in _runs(scene):
        model = _model(scene, run, others)
        signed = any(item.signed for item in run)
        if not signed and (model is None or model.sentence_start != scene.start):
            continue
        if model is not None:
            measure, owner, period = model.measure, _owner_of(model), model.period
            buyer = _bought_by(scene, model)
            if buyer:
                found += [
                    _share(scene, i, (measure or Measure.OTHER, buyer, period), buys=True)
                    for i in run
                ]
                continue
            if any(item.party.code == owner for item in run):
                continue
        else:
            headed = _headed(scene, run) if len(run) > 1 else _ranked(scene, run, others)
            if headed is None:
                continue
            measure, owner = headed
            period = _dated(scene, run) or memory.period
        found += [
            _share(scene, item, (measure or Measure.OTHER, owner, period))
            for item in run
            if not any(s.start <= item.start < s.end and s.value == item.value for s in others)
        ]
    return found


_BEFORE = lazy(r"(?<![\d.,])(?P<number>\d{1,2}(?:\.\d+)?)(?P<sign>\s?(?:%|per\s?cent|pct))\s+$")


def _number_before(scene: Scene, party: Party) -> re.Match[str] | None:
    """ "… and 9 percent to Germany": the number stands before its party."""
    if party.prep not in {"to", "from", "with", "for", "by"} or party.joined:
        return None
    return _BEFORE.search(scene.text, max(scene.start, party.lead - 20), party.lead)


_EACH = lazy(r"\s+(?:each|apiece)\b")


def _row_before(scene: Scene, last: Party) -> list[Party]:
    """ "Norway, Spain and Malta (9 percent each)": those joined before the last."""
    row: list[Party] = []
    joined = last.joined
    for party in reversed([p for p in scene.parties if p.end <= last.start]):
        if not joined:
            break
        row.insert(0, party)
        joined = party.joined
    return row


def _runs(scene: Scene) -> list[list[_Item]]:
    """Parties in a row, each with a number; one of them at least has a percent sign."""
    runs: list[list[_Item]] = []
    for party in scene.parties:
        match = _ITEM.match(scene.text, party.end, scene.end) or _number_before(scene, party)
        if match is None:
            continue
        number = match.group("number")
        item = _Item(
            party,
            match.start("number"),
            max(match.end(), party.end) if match.re is _BEFORE else match.end(),
            float(number),
            len(number.partition(".")[2]),
            match.group("sign") is not None,
        )
        each = _EACH.match(scene.text, item.end)
        row = _row_before(scene, party) if each else []
        items = [
            replace(item, party=p, end=each.end() if each else item.end) for p in (*row, party)
        ]
        opening = min(item.start, items[0].party.start)
        if runs and _NEXT.fullmatch(scene.text, runs[-1][-1].end, opening):
            runs[-1] += items
        else:
            runs.append(items)
    return [run for run in runs if any(item.signed for item in run) or _plain(run, scene)]


_ALONE = lazy(r"\s*(?:[,;.)]|and\b|while\b|$)")


def _plain(run: list[_Item], scene: Scene) -> bool:
    """ "…, Ivory Coast 38": bare numbers that nothing else counts."""
    return all(_ALONE.match(scene.text, item.end, scene.end) for item in run)


_OTHER_NUMBER = lazy(r"\d(?!\d{3}\b)(?![\d,]*\s*(?:[,;.]|and\b))|\bgrew\b|\brose\b|\bfell\b")


def _model(scene: Scene, run: list[_Item], others: list[Statement]) -> Statement | None:
    """The share told last before the run, if no other number stands between."""
    before = [
        s
        for s in others
        if s.kind is Kind.SHARE and s.reporter and s.partner and s.end <= run[0].start
    ]
    if not before:
        return None
    last = max(before, key=lambda s: s.end)
    told = max((t.end for t in last.traces if t.name == "value"), default=last.end)
    gap = scene.text[max(told, scene.start) : min(run[0].start, run[0].party.start)]
    gap = re.sub(r"\b(?:19|20)\d\d\b", "", gap)
    return None if _OTHER_NUMBER.search(gap) else last


_GETS = lazy(
    r"\s+(?:now\s+|still\s+)?(?:gets|got|buys|bought|imports|imported|receives|received|sources|obtains|depends)\s"
)


def _bought_by(scene: Scene, model: Statement) -> str | None:
    """ "Hungary gets 80 percent of its gas from Russia, Serbia 85": the seller stays the same."""
    own = [p for p in scene.parties if p.code == model.reporter and p.subject]
    if any(_GETS.match(scene.text, p.end) for p in own) and model.measure is Measure.IMPORTS:
        return model.partner
    return None


def _owner_of(share: Statement) -> str | None:
    return share.partner if share.measure in GIVEN_MEASURES else share.reporter


def _headed(scene: Scene, run: list[_Item]) -> tuple[Measure, str] | None:
    """What a list of partners is of, and whose it is ("" where not said)."""
    floor = max(scene.start, run[0].party.start - 160)
    heads = list(_HEAD.finditer(scene.text, floor, run[0].party.start))
    if not heads:
        return None
    head = heads[-1]
    listed = {item.party.code for item in run}
    owners = [
        p
        for p in scene.parties
        if p.end <= run[0].party.start
        and p.code not in listed
        and (p.possessive or p.adjective or p.prep in {"of", "for"})
    ]
    return Measure(head.lastgroup or "total_trade"), owners[-1].code if owners else ""


_WITH = lazy(r",?\s+(?:with|at)\s+(?:(?:about|some|nearly|over|only)\s+)?$")


def _ranked(scene: Scene, run: list[_Item], others: list[Statement]) -> tuple[Measure, str] | None:
    """ "China, with 23 percent, was the biggest source of Ethiopian imports"."""
    item = run[0]
    if not item.signed or not _WITH.fullmatch(scene.text, item.party.end, item.start):
        return None
    for told in others:
        if (
            told.kind is not Kind.RANKING
            or told.text_cue == "record"
            or told.measure in GIVEN_MEASURES
        ):
            continue
        owner = _owner_of(told)
        if item.party.code in {told.reporter, told.partner} and owner not in {
            None,
            item.party.code,
        }:
            return told.measure or Measure.OTHER, owner or ""
    return None


def _dated(scene: Scene, run: list[_Item]) -> Period | None:
    after = [p.period for p in scene.periods if p.start >= run[-1].end and p.period]
    before = [p.period for p in scene.periods if p.end <= run[0].start and p.period]
    return after[0] if after else before[-1] if before else None


def _share(
    scene: Scene,
    item: _Item,
    content: tuple[Measure, str | None, Period | None],
    *,
    buys: bool = False,
) -> Statement:
    measure, owner, period = content
    given = buys or measure in GIVEN_MEASURES
    return Statement(
        id="",
        quote=scene.text[min(item.start, item.party.start) : item.end],
        start=min(item.start, item.party.start),
        end=item.end,
        kind=Kind.SHARE,
        measure=measure,
        reporter=item.party.code if given else owner,
        partner=owner if given else item.party.code,
        value=item.value,
        unit="percent",
        approx=Approximation.EXACT,
        resolution=10.0**-item.decimals,
        period=period,
        period_open=measure is Measure.FDI_STOCK,
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(Trace("value", item.start, item.end, "partners listed with their shares"),),
    )
