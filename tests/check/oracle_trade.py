# ruff: noqa: E501, C901 - one made statement a line, one rule after the other
"""Statements over all cells of the trade figures, with the outcomes that the rules allow."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.check.oracle import Cell, Made, Row, Rules, back, clean, load, publisher_of

_MEASURE = {"total": "total_trade", "export": "exports", "import": "imports"}
_NAMES = {
    "CHN": "China's", "RUS": "Russia's", "USA": "America's", "IND": "India's", "KAZ": "Kazakhstan's",
    "VNM": "Vietnam's", "EU": "the EU's",
}  # fmt: skip
YES = frozenset({"supported"})
YES_OR = frozenset({"supported", "imprecise"})
HALF = frozenset({"imprecise"})
NO = frozenset({"contradicted"})
OPEN = frozenset({"unverifiable"})


def trade(path: Path) -> list[Made]:
    """All made statements on trade figures."""
    rules = Rules(load(path))
    found: list[Made] = []
    for cell in rules.cells:
        if cell[1] != "WLD" and not rules.doubtful(cell):
            found += _levels(rules, cell)
            found += _rates(rules, cell)
            found += _absent(rules, cell)
    return found


def _levels(rules: Rules, cell: Cell) -> Iterator[Made]:
    releases = rules.releases(cell, "value_usd")
    named = publisher_of(cell[0])
    if releases:
        last = releases[-1][1]
        day = releases[-1][0] + timedelta(days=1)
        value = float(last["value_usd"])
        if clean(last) and _one_day(rules, cell, last):
            yield from _true(rules, cell, day, value, named)
        yield from _false(rules, cell, day, value, named)
        yield from _vintages(rules, cell, named)
    yield from _undated(rules, cell, named)
    yield from _derived(rules, cell, named)


def _one_day(rules: Rules, cell: Cell, row: Row) -> bool:
    """Whether no other row of the same day says something else (rule 11)."""
    return all(
        r["published_on"] != row["published_on"] or r["value_usd"] in ("", row["value_usd"])
        for r in rules.cells[cell]
    )


def _true(rules: Rules, cell: Cell, day: date, value: float, named: str | None) -> Iterator[Made]:
    lone = not rules.reported_elsewhere(cell)
    fine = YES if lone else YES_OR
    unit = _unit(value)
    for who in (named, None):
        allowed = fine if who is None else YES
        yield _level(cell, day, "exact", value, unit, allowed, who)
        for digits in (1, 2, 3):
            step = 10 ** (math.floor(math.log10(value)) - digits + 1)
            if step < unit or abs(value - round(value / step) * step) > 0.49 * step:
                continue
            rounded = round(value / step) * step
            yield _level(cell, day, f"rounded to {digits}", rounded, step, allowed, who)
        two = 10 ** (math.floor(math.log10(value)) - 1)
        floor, ceiling = math.floor(value / two) * two, math.ceil(value / two) * two
        yield _level(cell, day, "about", value * 1.03, two / 10, allowed, who, "about")
        yield _level(cell, day, "over", floor, two, allowed, who, "over")
        if not rules.finer(cell, value):
            yield _level(cell, day, "under", ceiling, two, allowed, who, "under")
        yield _level(cell, day, "nearly", value * 1.02, two / 10, allowed, who, "nearly")
    early = rules.releases(cell, "value_usd")[0]
    if len(rules.releases(cell, "value_usd")) == 1:
        before = date.fromisoformat(cell[5]) + timedelta(days=2)
        if before < early[0]:
            yield _level(cell, before, "before release", value, unit, YES, None)


def _false(rules: Rules, cell: Cell, day: date, value: float, named: str | None) -> Iterator[Made]:
    every = rules.levels(cell)
    swaps: list[tuple[str, float, float]] = [
        ("3.5 % off", value * 1.035, 0.031), ("3.5 % low", value * 0.963, 0.031),
        ("9 % off", value * 1.09, 0.082), ("a quarter low", value * 0.75, 0.082),
        ("thousandth", value / 1000, 0.5), ("thousandfold", value * 1000, 0.5),
    ]  # fmt: skip
    for flow in ("export", "import", "total"):
        other = rules.cells.get((*cell[:2], flow, *cell[3:]), [])
        swaps += [
            (f"{flow} for {cell[2]}", float(r["value_usd"]), 0.082)
            for r in other
            if r["value_usd"] and flow != cell[2]
        ]
    for key, rows in rules.cells.items():
        if key[:4] == cell[:4] and key[4] == cell[4] and key[5] != cell[5]:
            swaps += [
                ("another span", float(r["value_usd"]), 0.082) for r in rows[:1] if r["value_usd"]
            ]
        if key[0] == cell[0] and key[1] != cell[1] and key[2:] == cell[2:] and key[1] != "WLD":
            swaps += [
                ("another partner", float(r["value_usd"]), 0.082)
                for r in rows[:1]
                if r["value_usd"]
            ]
    rough = any(not clean(r) for r in rules.cells[cell]) or rules.coarse(cell)
    for name, stated, distance in swaps:
        limit = max(distance, 0.3) if rough and distance > 0.05 else distance
        if rough and distance < 0.05:
            continue
        if any(abs(stated - v) < limit * v for v in every):
            continue
        if rules.implied(cell) and min(abs(stated / v - 1) for v in rules.implied(cell)) < limit:
            continue
        for who in (named, None):
            if who is None and distance < 0.1:
                continue
            yield _level(cell, day, f"false: {name}", stated, _unit(stated), NO, who)
    if not rough and not rules.coarse(cell):
        for approx, factor in (("about", 1.12), ("over", 1.12), ("nearly", 0.88), ("nearly", 1.15)):
            stated = value * factor
            if all(abs(stated - v) > 0.09 * v and (approx != "over" or v < stated) for v in every):
                yield _level(cell, day, f"false: {approx}", stated, value / 1e4, NO, named, approx)


def _vintages(rules: Rules, cell: Cell, named: str | None) -> Iterator[Made]:
    releases = [p for p in rules.releases(cell, "value_usd") if clean(p[1])]
    if len(releases) < 2:
        return
    (first_day, first), (last_day, last) = releases[0], releases[-1]
    a, b = float(first["value_usd"]), float(last["value_usd"])
    unit = min(_unit(a), _unit(b))
    if first_day >= last_day or abs(a - b) <= max(_unit(a), _unit(b)) / 2:
        return
    if not (_one_day(rules, cell, first) and _one_day(rules, cell, last)):
        return
    yield _level(
        cell,
        last_day + timedelta(days=1),
        "earlier vintage",
        a,
        unit,
        YES_OR if _unit(a) > _unit(b) else HALF,
        named,
    )
    between = first_day + timedelta(days=1)
    if between < releases[1][0]:
        yield _level(cell, between, "in force then", a, _unit(a), YES, named)
        yield _level(cell, between, "later vintage", b, unit, HALF, named)


def _undated(rules: Rules, cell: Cell, named: str | None) -> Iterator[Made]:
    rows = [r for r in rules.cells[cell] if not r["published_on"] and r["value_usd"]]
    for row in rows[:1]:
        value = round(float(row["value_usd"]) / 1e7) * 1e7
        others = [v for v in rules.levels(cell) if v != float(row["value_usd"])]
        day = date(int(cell[4][:4]) + 4, 5, 5)
        if all(abs(value - v) > 0.005 * v for v in others):
            who = named or None
            yield _level(cell, day, "undated", value, 1e7, HALF, who)
            yield _level(
                cell,
                day,
                "undated, about",
                value * 1.01,
                1e7,
                frozenset({"imprecise", "supported"}),
                who,
                "about",
            )
        wrong = value * 1.3
        if all(abs(wrong - v) > 0.12 * v for v in rules.levels(cell)):
            yield _level(cell, day, "false against undated", wrong, 1e7, NO, named)


def _derived(rules: Rules, cell: Cell, named: str | None) -> Iterator[Made]:
    if cell[2] != "export":
        return
    other = (*cell[:2], "import", *cell[3:])
    whole = (*cell[:2], "total", *cell[3:])
    ours, theirs = (
        rules.releases(cell, "value_usd"),
        rules.releases(other, "value_usd") if other in rules.cells else [],
    )
    if not ours or not theirs or not clean(ours[-1][1]) or not clean(theirs[-1][1]):
        return
    if not (_one_day(rules, cell, ours[-1][1]) and _one_day(rules, other, theirs[-1][1])):
        return
    day = max(ours[-1][0], theirs[-1][0]) + timedelta(days=1)
    a, b = float(ours[-1][1]["value_usd"]), float(theirs[-1][1]["value_usd"])
    unit = max(_unit(a), _unit(b))
    balance = (*cell[:2], "balance", *cell[3:])
    if abs(a - b) > 5 * unit:
        yield _level(balance, day, "balance", a - b, unit, YES, named)
        yield _level(balance, day, "balance of about", (a - b) * 1.02, unit, YES, named, "about")
        yield _level(balance, day, "balance the wrong way", b - a, unit, NO, named)
        yield _level(balance, day, "balance half again", 1.5 * (a - b), unit, NO, named)
    if whole not in rules.cells:
        yield _level(whole, day, "total from parts", a + b, unit, YES, named)
        yield _level(whole, day, "total from parts, wrong", 1.2 * (a + b), unit, NO, named)


def _rates(rules: Rules, cell: Cell) -> Iterator[Made]:
    named = publisher_of(cell[0])
    rates = rules.releases(cell, "growth_yoy_pct")
    dollars = [p for p in rates if p[1]["growth_basis"] != "CNY"]
    yuan = [p for p in rates if p[1]["growth_basis"] == "CNY"]
    every = rules.rates(cell)
    for group, currency in ((dollars, "USD"), (yuan, "CNY")):
        if not group:
            continue
        day, row = max(dollars + yuan, key=lambda p: p[0])[0] + timedelta(days=1), group[-1][1]
        rate = float(row["growth_yoy_pct"])
        if len({r["growth_yoy_pct"] for _, r in group}) > 1 or rate == 0:
            continue
        said = currency if currency == "CNY" else None
        if currency == "USD" and not clean(row) and "quoting" in row["as_published_text"]:
            continue
        lone = not rules.reported_elsewhere(cell)
        if clean(row) or currency == "CNY":
            fine = YES if lone else YES_OR
            yield _growth(cell, day, f"rate in {currency}", rate, YES, named, said)
            yield _growth(cell, day, f"rate in {currency}, unnamed", rate, fine, None, said)
            if abs(rate - round(rate)) <= 0.49 and round(rate):
                yield _growth(
                    cell,
                    day,
                    f"rate in {currency}, whole",
                    round(rate),
                    YES,
                    named,
                    said,
                    decimals=0,
                )
            yield _growth(cell, day, "rate about", rate * 1.02, YES, named, said, approx="about")
            yield _growth(cell, day, "rate over", rate * 0.97, YES, named, said, approx="over")
            yield _growth(
                cell, day, "direction", math.copysign(0.0, rate), YES, named, said, bare=True
            )
        if (
            currency == "CNY"
            and not dollars
            and all(abs(v - rate) > 0.06 for v in every if v != rate)
        ):
            yield _growth(cell, day, "yuan rate called dollars", rate, HALF, named, "USD")
        if currency == "USD" and not yuan:
            yield _growth(cell, day, "dollar rate called yuan", rate, HALF, named, "CNY")
        for off in (rate + max(3, 0.2 * abs(rate)), rate - max(3, 0.2 * abs(rate)), -rate):
            if all(abs(off - v) > max(2.05, 0.125 * abs(v)) for v in every):
                yield _growth(cell, day, "false rate", off, NO, named, said)
                yield _growth(cell, day, "false rate, unnamed", off, NO, None, said)
        if rate > 0 and all(
            abs(1 + v / 100 - 2 * (1 + rate / 100)) > 0.15 * 2 * (1 + rate / 100) for v in every
        ):
            yield _times(cell, day, "false multiple", 2 * (1 + rate / 100), NO, named)
        yield _times(cell, day, "multiple", 1 + rate / 100, YES_OR, named)
    if not rates:
        yield from _ratio(rules, cell, named)


def _ratio(rules: Rules, cell: Cell, named: str | None) -> Iterator[Made]:
    """No rate published: the ratio of two levels is primary."""
    base = (*cell[:4], back(cell[4]), back(cell[5]))
    if base not in rules.cells:
        return
    now, then = rules.releases(cell, "value_usd"), rules.releases(base, "value_usd")
    rows = [r for _, r in now + then]
    if (
        not now
        or not then
        or not all(map(clean, rows))
        or len({r["value_usd"] for _, r in now}) + len({r["value_usd"] for _, r in then}) > 2
    ):
        return
    day = max(now[-1][0], then[-1][0]) + timedelta(days=1)
    rate = 100 * (float(now[-1][1]["value_usd"]) / float(then[-1][1]["value_usd"]) - 1)
    yield _growth(cell, day, "ratio", round(rate, 1), YES, named, None)
    if all(abs(rate + 25 - v) > max(2.05, 0.125 * abs(v)) for v in rules.rates(cell)):
        yield _growth(cell, day, "false ratio", round(rate + 25, 1), NO, named, None)


def _absent(rules: Rules, cell: Cell) -> Iterator[Made]:
    named = publisher_of(cell[0])
    old = (*cell[:4], "1985-01-01", "1985-12-31")
    yield _level(old, date(1986, 5, 1), "period before the record", 2.61e9, 1e7, OPEN, named)
    new = (*cell[:4], "2027-01-01", "2027-12-31")
    yield _level(new, date(2028, 5, 1), "period after the record", 2.61e9, 1e7, OPEN, named)
    gone = (cell[0], "MUS", *cell[2:])
    yield _level(
        gone, date(int(cell[5][:4]) + 1, 5, 1), "pair not on record", 2.61e9, 1e7, OPEN, named
    )
    ware = (*cell[:3], "garlic", *cell[4:])
    yield _level(
        ware, date(int(cell[5][:4]) + 1, 5, 1), "product not on record", 2.61e9, 1e7, OPEN, named
    )
    for key in ("reporter", "partner", "period"):
        made = _level(cell, date(int(cell[5][:4]) + 1, 5, 1), f"no {key}", 2.61e9, 1e7, OPEN, None)
        made.fields[key] = None
        yield made


def _unit(value: float) -> float:
    """One unit of the last digit with which a value is printed, to ten million at the finest."""
    for unit in (1e11, 1e10, 1e9, 1e8, 1e7, 1e6):
        if abs(value / unit - round(value / unit)) < 1e-6:
            return min(unit, 1e9)
    return 1e5


def _fields(cell: Cell, quote: str, who: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": "s1", "quote": quote, "start": 0, "end": len(quote),
        "measure": {**_MEASURE, "balance": "balance"}[cell[2]],
        "reporter": cell[0], "partner": cell[1],
        "commodity": None if cell[3] == "all" else cell[3],
        "period": {"start": cell[4], "end": cell[5]}, "attributed_to": who, **more,
    }  # fmt: skip


def _level(
    cell: Cell, day: date, name: str, value: float, unit: float, allowed: frozenset[str],
    who: str | None, approx: str = "exact",
) -> Made:  # fmt: skip
    quote = f"{_NAMES.get(cell[0], cell[0])} {cell[2]} with {_NAMES.get(cell[1], cell[1])} came to {approx} {value / 1e9:.6g} bn"
    fields = _fields(
        cell, quote, who, kind="figure", value=value, unit="USD", approx=approx, resolution=unit
    )
    return Made(name, day.isoformat(), fields, allowed, f"{cell[4]}..{cell[5]}")


def _growth(
    cell: Cell, day: date, name: str, rate: float, allowed: frozenset[str], who: str | None,
    currency: str | None, *, approx: str = "exact", decimals: int = 1, bare: bool = False,
) -> Made:  # fmt: skip
    terms = {"CNY": " in yuan terms", "USD": " in dollar terms", None: ""}[currency]
    quote = f"{cell[2]} of {cell[3]} {cell[0]} {cell[1]} changed by {approx} {rate:.4g} %{terms}"
    decimals = 2 if round(rate, 1) != rate else decimals
    change = {
        "value": None if bare else abs(rate), "unit": None if bare else "percent",
        "direction": "down" if math.copysign(1, rate) < 0 else "up", "base": "a year earlier",
        "decimals": decimals, "currency": currency,
    }  # fmt: skip
    fields = _fields(
        cell, quote, who, kind="growth", change=change, approx=None if bare else approx
    )
    return Made(name, day.isoformat(), fields, allowed, f"{cell[4]}..{cell[5]}")


def _times(
    cell: Cell, day: date, name: str, ratio: float, allowed: frozenset[str], who: str | None
) -> Made:
    made = _growth(cell, day, name, 10.0, allowed, who, None)
    down = ratio < 1
    change = {
        "value": 1 / ratio if down else ratio,
        "unit": "times",
        "direction": "down" if down else "up",
        "base": "a year earlier",
    }
    made.fields["change"] = change
    quote = f"{cell[2]} {cell[0]} {cell[1]} {ratio:.4g} times"
    made.fields.update(quote=quote, end=len(quote))
    return made
