"""Deliveries: help and people sent from one country to another, with how much of what.

Who gave and who received follows from the verb (``lexicon/deliveries.toml``) and from
the prepositions: "from" and "out of" name the origin, "to", "in" and "for" the
destination; an adjective ("Chinese physicians") names the origin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from accord.model.statement import Kind, Statement, Trace
from accord.read.act_dates import Dated, find_dates, nearest
from accord.read.frames import (
    Span,
    Trigger,
    clauses,
    is_denied,
    is_hedged,
    pair_in_context,
    quote_span,
)
from accord.read.lexicons import read_table
from accord.read.numerals import parse_number
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_deliveries"]

_NO_GOODS = {
    "years",
    "percent",
    "hours",
    "days",
    "barrels",
    "countries",
    "flights",
    "visitors",
    "tourists",
}
_TO = {"to", "into", "in", "at", "for", "towards", "toward", "on"}
_ANOTHER = lazy(
    r"\b(?:a|another|the)\s+(?:second|third|fourth|further|next|last)(?:\s+(?:one|batch|shipment|flight|plane|consignment|load))?,?\s+(?:of|with)\s+(?P<number>\d[\d,.]*)(?=,|\s+(?:follow|arriv|came|was|were|on|in)\b)",
    re.IGNORECASE,
)


_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen"
    r"|twenty|thirty|forty|fifty)"
)
_PART = lazy(
    rf"\b(?P<number>{_NUMBER})\s+(?:out\s+)?of\s+(?:(?:the|its|some|these|those)\s+)?$",
    re.IGNORECASE,
)
_PEOPLE = lazy(
    rf"\b(?P<number>{_NUMBER})(?:-(?:strong|member|person|man|head)\b|\s+(?:[A-Z]\w+\s+|medical\s+|health\s+|military\s+|army\s+)*(?:members|specialists|experts|doctors|physicians|medics|nurses|rescuers|virologists|epidemiologists|people)\b)",
    re.IGNORECASE,
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], list[str]]:
    table = read_table("deliveries")
    forms = "|".join(f"(?P<t{i}>{t['pattern']})" for i, t in enumerate(table["triggers"]))
    roles = [t["role"] for t in table["triggers"]]
    return (
        re.compile(table["goods"], re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?:{forms})", re.IGNORECASE),
        roles,
    )


def read_deliveries(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """Who sent what to whom, when and how much of it."""
    goods, pattern, roles = _patterns()
    if not scene.parties or not _of_help(goods, scene):
        return []
    found: list[Statement] = []
    used: set[int] = set()
    dates = find_dates(scene, memory)
    triggers = [
        Trigger(m.start(), m.end(), roles[int((m.lastgroup or "t0")[1:])])
        for m in pattern.finditer(scene.text, scene.start, scene.end)
    ]
    for trigger, clause in zip(triggers, clauses(scene, triggers), strict=True):
        wide = _wide(trigger, clause, scene)
        date = nearest(dates, trigger.end, wide[1], floor=wide[0])
        quantity = _quantity(trigger, wide, scene, used)
        if (quantity is None and date is None) or _is_money(trigger, wide, scene):
            continue
        pair = _roles(trigger, wide, scene, memory, setting)
        if pair is None or (found and quantity is None):
            continue
        used |= {quantity.core} if quantity else set()
        found.append(_statement(trigger, wide, pair, (date, quantity), scene))
    return found + _further(found, dates, scene)


def _of_help(goods: re.Pattern[str], scene: Scene) -> bool:
    """Whether a sentence speaks of help, or of people who are brought home."""
    if goods.search(scene.text, scene.start, scene.end):
        return True
    table = read_table("deliveries")
    words = scene.text[scene.start : scene.end]
    return all(re.search(table[k], words, re.IGNORECASE) for k in ("people", "evacuation"))


def _wide(trigger: Trigger, clause: Span, scene: Scene) -> Span:
    """The clause with the stretch before it that no hard break parts from it."""
    head = scene.text[scene.start : trigger.start]
    cut = max(head.rfind(";"), head.rfind(": "))
    end = scene.text.find(";", trigger.end, scene.end)
    return scene.start + cut + 1, end if end >= 0 else scene.end


def _is_money(trigger: Trigger, clause: Span, scene: Scene) -> bool:
    """Whether what was given is money, which is a figure and no event."""
    money = [
        q for q in scene.quantities if q.sort is Sort.MONEY and clause[0] <= q.core < clause[1]
    ]
    count = [
        q for q in scene.quantities if q.sort is Sort.COUNT and clause[0] <= q.core < clause[1]
    ]
    return bool(money) and (
        not count or abs(money[0].core - trigger.end) < abs(count[0].core - trigger.end)
    )


def _quantity(trigger: Trigger, clause: Span, scene: Scene, used: set[int]) -> Quantity | None:
    able = [
        q
        for q in scene.quantities
        if q.sort is Sort.COUNT
        and clause[0] <= q.core < clause[1]
        and q.core not in used
        and q.unit not in _NO_GOODS
    ]
    return min(
        able, key=lambda q: (q.core < trigger.start, abs(q.core - trigger.end)), default=None
    )


def _number(
    quantity: Quantity | None, clause: Span, scene: Scene
) -> tuple[float | None, str | None]:
    """How much of what; "50 of the 200 ventilators" are 50, "a ten-strong team" is ten."""
    if quantity is not None:
        part = _PART.search(scene.text, max(scene.start, quantity.core - 30), quantity.core)
        number = parse_number(part.group("number").lower()) if part else None
        return (number.value if number else quantity.value), quantity.unit
    people = _PEOPLE.search(scene.text, *clause)
    number = parse_number(people.group("number").lower()) if people else None
    return (number.value, "persons") if number else (None, None)


def _roles(
    trigger: Trigger, clause: Span, scene: Scene, memory: Memory, setting: Setting
) -> tuple[str, str] | None:
    """Giver and receiver."""
    inside = [p for p in scene.parties if clause[0] <= p.start < clause[1]]
    codes = list(dict.fromkeys(p.code for p in inside))
    if len(codes) < 2:
        codes = pair_in_context(codes, scene.text[clause[0] : clause[1]], memory, setting)
        if len(codes) < 2:
            return None
    origin = next((p.code for p in inside if p.prep == "from" or _out_of(p, scene)), None)
    goal = next((p.code for p in inside if p.prep in _TO and p.code != origin), None)
    subject = next(
        (
            p.code
            for p in inside
            if p.end <= trigger.start + 1 and p.prep not in {"from", "in", "to"}
        ),
        None,
    )
    agent = next((p.code for p in inside if p.prep == "by" and p.start > trigger.start), None)
    if trigger.cue == "get":
        goal = goal if goal and subject == origin else subject or goal
    elif trigger.cue == "give":
        origin = (
            agent
            or (subject if subject and not (origin and goal and subject == goal) else origin)
            or origin
        )
        passive = re.search(
            r"\b(?:was|were|been)\s*$",
            scene.text[max(scene.start, trigger.start - 12) : trigger.start],
        )
        origin = origin if not passive else agent or origin
    origin = origin or next((c for c in [subject, *codes] if c and c != goal), None)
    goal = goal if goal != origin else None
    goal = goal or next((c for c in codes if c != origin), None)
    return (origin, goal) if origin and goal and origin != goal else None


def _out_of(party: Party, scene: Scene) -> bool:
    return (
        re.search(
            r"\bout\s+of\s+(?:the\s+)?$",
            scene.text[max(scene.start, party.start - 14) : party.start],
        )
        is not None
    )


def _statement(
    trigger: Trigger,
    clause: Span,
    pair: tuple[str, str],
    told: tuple[Dated | None, Quantity | None],
    scene: Scene,
) -> Statement:
    date, quantity = told
    value, unit = _number(quantity, clause, scene)
    extra: Sequence[Span] = [(quantity.core, quantity.end)] if quantity else []
    start, end = quote_span(scene, trigger, clause, date, extra)
    return Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.EVENT,
        reporter=pair[0],
        partner=pair[1],
        value=value,
        unit=unit,
        approx=quantity.approx if quantity else None,
        date=date.text if date else None,
        negated=is_denied(scene, start, end),
        hedged=is_hedged(scene, start, trigger.end),
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="delivered",
        parties=pair,
        traces=(Trace("kind", trigger.start, trigger.end, f"delivery: {trigger.cue}"),),
    )


def _further(found: list[Statement], dates: list[Dated], scene: Scene) -> list[Statement]:
    """ "a second, of 150, followed on 4 June"."""
    match = _ANOTHER.search(scene.text, scene.start, scene.end) if found else None
    if match is None or match.start() < found[0].start:
        return []
    model = found[0]
    date = next((d for d in dates if d.start >= match.end()), None)
    end = date.end if date else match.end()
    value = float(match.group("number").replace(",", "").rstrip("."))
    if any(s.value == value for s in found):
        return []
    return [
        replace(
            model,
            quote=scene.text[match.start() : end],
            start=match.start(),
            end=end,
            value=value,
            date=date.text if date else None,
            traces=(Trace("value", match.start(), match.end(), "another of the same"),),
        )
    ]
