# ruff: noqa: E501 - one made statement a line
"""Statements over all rows of agreements, memberships, events and projects."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.check.oracle import Made, Row, known_on

YES = frozenset({"supported"})
NO = frozenset({"contradicted"})
OPEN = frozenset({"unverifiable"})
NOT_YES = frozenset({"contradicted", "unverifiable", "imprecise"})
_NAMES = {
    "EAEU": "the Eurasian Economic Union", "SCO": "the Shanghai Cooperation Organisation",
    "BRICS": "BRICS", "ASEAN": "ASEAN", "APEC": "APEC", "RCEP": "RCEP", "EU": "the European Union",
    "CIS": "the CIS", "CSTO": "the Collective Security Treaty Organization",
}  # fmt: skip


def dated_facts(tables: Path) -> list[Made]:
    """All made statements on dated facts."""
    found = list(_memberships(_rows(tables / "memberships.csv")))
    found += _agreements(_rows(tables / "agreements.csv"))
    found += _projects(_rows(tables / "projects.csv"))
    found += _plain()
    return found


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# --- memberships -----------------------------------------------------------------------


def _memberships(rows: list[Row]) -> Iterator[Made]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["bloc"] in _NAMES:
            groups[row["bloc"], row["member"]].append(row)
    for (bloc, member), own in groups.items():
        yield from _one(bloc, member, own)
    yield _member("BRICS", "MUS", date(2024, 5, 1), "not on the list", OPEN)


def _full(row: Row) -> bool:
    role = row["role"]
    return role.startswith(("member", "founding", "party")) and "disputed" not in role


def _one(bloc: str, member: str, own: list[Row]) -> Iterator[Made]:
    full = [r for r in own if _full(r)]
    others = {r["role"].split()[0].strip(";,") for r in own if not _full(r)}
    starts = sorted(r["from"] for r in full if r["from"])
    ends = [r["to"] for r in own if r["to"]]
    if starts:
        yield from _dated_member(bloc, member, own, starts, ends)
        return
    if {"invited", "member", "associate", "left", "ended"} & others or ends:
        return
    # only an observer, a partner country or a signatory
    for row in own:
        since = known_on(row["from"]) if row["from"] else date(2025, 4, 15)
        if "pending" in row["role"]:
            since = date(2021, 12, 15)
        day = since + timedelta(days=40)
        yield _member(bloc, member, day, f"{row['role'].split()[0]} called member", NO)
        word = {
            "observer": "an observer at",
            "partner": "a partner country of",
            "signatory": "a signatory of",
        }
        role = row["role"].split()[0].strip(";,")
        if role in word:
            yield _member(bloc, member, day, f"{role}", YES, word[role])


def _dated_member(
    bloc: str, member: str, own: list[Row], starts: list[str], ends: list[str]
) -> Iterator[Made]:
    sure = "not in this source" not in str(own)
    last = known_on(starts[-1]) or date.max
    first = (
        date.fromisoformat((starts[0] + "-01-01")[:10])
        if len(starts[0]) < 10
        else date.fromisoformat(starts[0])
    )
    if sure and not ends and "disputed" not in str(own) and "invited" not in str(own):
        yield _member(bloc, member, last + timedelta(days=200), "is a member", YES)
        yield _member(bloc, member, last + timedelta(days=200), "belongs to", YES, "belongs to")
        denied = _member(bloc, member, last + timedelta(days=200), "is no member, denied", NO)
        denied.fields["negated"] = True
        yield denied
    elif ends and sure:
        over = known_on(ends[0]) or date.max
        if "not formally" not in str(own):
            yield _member(bloc, member, over + timedelta(days=200), "no longer", NO)
        if last < over:
            yield _member(bloc, member, over - timedelta(days=200), "was still", YES)
    if "disputed" in str(own) or "invited" in str(own):
        yield _member(
            bloc, member, last + timedelta(days=200), "disputed", frozenset({"unverifiable"})
        )
        return
    early = first - timedelta(days=100)
    if early.year > 1960:
        yield _member(bloc, member, early, "before it joined", NO)
    years = sorted({s[:4] for s in starts})
    for year in years:
        yield _joined(bloc, member, year, f"{int(year) + 4}-03-01", "joined in", YES)
    yield _joined(
        bloc,
        member,
        str(int(years[-1]) + 2),
        f"{int(years[-1]) + 6}-03-01",
        "joined, wrong year",
        NO,
    )
    exact = [s for s in starts if len(s) == 10]
    if exact and len(starts) == 1:
        yield _joined(bloc, member, exact[0], f"{int(years[-1]) + 4}-03-01", "joined on", YES)
        shifted = (date.fromisoformat(exact[0]) + timedelta(days=61)).isoformat()
        yield _joined(bloc, member, shifted, f"{int(years[-1]) + 4}-03-01", "joined on, wrong", NO)
    founding = any("founding" in r["role"] for r in own)
    if bloc not in ("EU", "CIS", "RCEP") and not ends:
        day = last + timedelta(days=300)
        yield _member(
            bloc, member, day, "founding member", YES if founding else NO, "is a founding member of"
        )


def _member(
    bloc: str,
    member: str,
    day: date,
    name: str,
    allowed: frozenset[str],
    verb: str = "is a member of",
) -> Made:
    verb = verb if verb.startswith(("is", "belongs")) else f"is {verb}"
    quote = f"{member} {verb} {_NAMES[bloc]}"
    return Made(
        name,
        day.isoformat(),
        _fields("membership", quote, member, bloc, date=day.isoformat()),
        allowed,
    )


def _joined(
    bloc: str, member: str, when: str, published: str, name: str, allowed: frozenset[str]
) -> Made:
    quote = f"{member} joined {_NAMES[bloc]} in {when}"
    return Made(name, published, _fields("membership", quote, member, bloc, date=when), allowed)


# --- agreements and anniversaries --------------------------------------------------------

_SAID: tuple[tuple[str, str, str, str], ...] = (
    ("the Treaty of Good-Neighbourliness and Friendly Cooperation", "CHN", "RUS", "2001-07-16"),
    ("the agreement on the eastern section of their border", "CHN", "SUN", "1991"),
    ("the agreement on the western section of the boundary", "CHN", "RUS", "1994-09-03"),
    ("the supplementary agreement on the eastern section of the boundary", "CHN", "RUS", "2004-10-14"),
    ("the joint statement on linking the Eurasian Economic Union and the Silk Road Economic Belt", "CHN", "RUS", "2015-05-08"),
    ("the agreement on trade and economic cooperation", "CHN", "EAEU", "2018-05-17"),
    ("a free trade agreement", "EAEU", "VNM", "2015-05-29"),
    ("an interim agreement leading to a free trade zone", "EAEU", "IRN", "2018-05-17"),
    ("a free trade agreement", "EAEU", "SGP", "2019-10-01"),
    ("a free trade agreement", "EAEU", "SRB", "2019-10"),
    ("the memorandum on cross-border e-commerce", "CHN", "RUS", "2019-06"),
    ("the Power of Siberia gas supply contract", "RUS", "CHN", "2014-05-21"),
    ("the package of nuclear agreements", "RUS", "CHN", "2018-06-08"),
    ("the Far East gas supply contract", "RUS", "CHN", "2022-02-04"),
    ("the roadmap for mutual trade in goods and services", "RUS", "CHN", "2019-09-17"),
    ("the memorandum on investment cooperation in green development", "CHN", "RUS", "2022-02-04"),
    ("a free trade agreement", "RUS", "UKR", "1993-06-24"),
    ("the Treaty on the Eurasian Economic Union", "RUS", "KAZ", "2014-05-29"),
    ("the Regional Comprehensive Economic Partnership", "CHN", "JPN", "2020-11-15"),
)  # fmt: skip
_FORCE: tuple[tuple[str, str, str, str], ...] = (
    ("the Treaty of Good-Neighbourliness and Friendly Cooperation", "CHN", "RUS", "2002-02-28"),
    ("the full free trade agreement", "EAEU", "IRN", "2025-05-15"),
    ("the Treaty on the Eurasian Economic Union", "RUS", "KAZ", "2015-01-01"),
    ("the Regional Comprehensive Economic Partnership", "CHN", "JPN", "2022-01-01"),
    ("the free trade agreement", "RUS", "UKR", "1994-02-21"),
)


def _agreements(rows: list[Row]) -> Iterator[Made]:
    signed = {r["signed"] for r in rows}
    for name, a, b, when in _SAID:
        assert when in signed, when
        year = int(when[:4])
        late = f"{year + 6}-03-03"
        for told in {when, when[:7], when[:4]}:
            yield _agreement(f"signed {name} in {told}", a, b, told, late, "signed", YES)
        yield _agreement(
            f"signed {name} in {year + 5}", a, b, f"{year + 5}", late, "signed, wrong year", NOT_YES
        )
        # where another row knows the year alone, every day of it can be meant
        if len(when) == 10 and when[:4] not in signed:
            off = (date.fromisoformat(when) + timedelta(days=45)).isoformat()
            yield _agreement(
                f"signed {name} on {off}", a, b, off, late, "signed, wrong day", NOT_YES
            )
        for years, allowed in ((5, YES), (10, YES), (7, NO)):
            right = year + years
            at = right if allowed is YES else right + 2
            quote = f"the {years}th anniversary of the signing of {name}"
            yield _anniversary(
                quote,
                a,
                b,
                years,
                at,
                "anniversary" if allowed is YES else "anniversary, wrong",
                allowed if allowed is YES else NOT_YES,
            )
    for name, a, b, when in _FORCE:
        late = f"{int(when[:4]) + 3}-03-03"
        yield _agreement(f"{name} entered into force on {when}", a, b, when, late, "entered", YES)
        off = f"{int(when[:4]) - 1}-03"
        yield _agreement(
            f"{name} entered into force in {off}", a, b, off, late, "entered, wrong", NOT_YES
        )
        yield _agreement(f"{name} is in force", a, b, None, late, "in force", YES)
        before = (date.fromisoformat(when) - timedelta(days=60)).isoformat()
        yield _agreement(f"{name} is in force", a, b, None, before, "in force, too early", NOT_YES)
    for a, b in (("CHN", "BRA"), ("FRA", "MNG")):
        yield _agreement(
            "signed a treaty of friendship in 2011",
            a,
            b,
            "2011",
            "2015-01-01",
            "no such agreement",
            OPEN,
        )
        yield _anniversary(
            "the 30th anniversary of their consular convention",
            a,
            b,
            30,
            2019,
            "no such anniversary",
            OPEN,
        )


def _agreement(
    quote: str, a: str, b: str, when: str | None, published: str, name: str, allowed: frozenset[str]
) -> Made:
    return Made(name, published, _fields("agreement", quote, a, b, date=when), allowed)


def _anniversary(
    quote: str, a: str, b: str, years: int, at: int, name: str, allowed: frozenset[str]
) -> Made:
    fields = _fields("anniversary", quote, a, b, date=str(at), value=years, unit="years")
    return Made(name, f"{at}-11-28", fields, allowed)


# --- projects ------------------------------------------------------------------------------

_STAGES: tuple[tuple[str, str], ...] = (
    ("the Power of Siberia gas pipeline was launched", "2019-12-02"),
    ("construction of the Blagoveshchensk-Heihe highway bridge began", "2016-12"),
    ("the sections of the Blagoveshchensk-Heihe bridge were joined", "2019-05-31"),
    ("the Blagoveshchensk-Heihe highway bridge was opened", "2022-06-10"),
    ("Yamal LNG went into production", "2017-12"),
    ("unit 3 of the Tianwan nuclear power plant was launched", "2017-12"),
    ("unit 4 of the Tianwan nuclear power plant was launched", "2018-10"),
    ("the general contract for Tianwan units 7 and 8 was signed", "2019-03"),
    ("the general contract for Xudapu units 3 and 4 was signed", "2019-06-05"),
    ("construction of Tianwan 7-8 and Xudapu 3-4 started at a ceremony", "2021-05-19"),
)


def _projects(rows: list[Row]) -> Iterator[Made]:
    known = {r["date"] for r in rows}
    for words, when in _STAGES:
        assert when in known, when
        year = int(when[:4])
        late = f"{year + 2}-12-03"
        for told in {when, when[:7], when[:4]}:
            yield _event(f"{words} in {told}", "RUS", "CHN", told, late, "stage", YES)
        yield _event(
            f"{words} in {year - 3}",
            "RUS",
            "CHN",
            f"{year - 3}",
            late,
            "stage, wrong year",
            NOT_YES,
        )
        if len(when) == 10:
            off = (date.fromisoformat(when) + timedelta(days=70)).isoformat()
            yield _event(f"{words} on {off}", "RUS", "CHN", off, late, "stage, wrong day", NOT_YES)


def _event(
    quote: str,
    a: str,
    b: str,
    when: str | None,
    published: str,
    name: str,
    allowed: frozenset[str],
    **more: Any,
) -> Made:
    return Made(name, published, _fields("event", quote, a, b, date=when, **more), allowed)


# --- events, opinions, superlatives ---------------------------------------------------------


def _plain() -> Iterator[Made]:
    day = "2020-06-15"
    sent = "delivered protective masks to Russia"
    yield _event(
        "25.5 million masks from China were delivered on 23 March 2020",
        "CHN",
        "RUS",
        "2020-03-23",
        day,
        "event",
        YES,
        value=25.5e6,
        unit="masks",
    )
    yield _event(
        "two million masks were sent to Wuhan on board an Il-76 on 9 February 2020",
        "RUS",
        "CHN",
        "2020-02-09",
        day,
        "event",
        YES,
        value=2e6,
        unit="masks",
    )
    yield _event(
        "Russian specialists arrived in China on 5 February 2020",
        "RUS",
        "CHN",
        "2020-02-05",
        day,
        "event",
        YES,
    )
    yield _event(
        "a team of ten Chinese medical experts arrived in Moscow on 11 April 2020",
        "CHN",
        "RUS",
        "2020-04-11",
        day,
        "event",
        YES,
        value=10,
        unit="experts",
    )
    yield _event(
        "26 tonnes of humanitarian aid came from China on 2 April 2020",
        "CHN",
        "RUS",
        "2020-04-02",
        day,
        "event",
        YES,
        value=26,
        unit="tonnes",
    )
    yield _event(
        "37 tonnes of medical supplies came from Heilongjiang on 20 May 2020",
        "CHN",
        "RUS",
        "2020-05-20",
        day,
        "event",
        YES,
        value=37,
        unit="tonnes",
    )
    yield _event(
        "150 ventilators came from the United States on 4 June 2020",
        "USA",
        "RUS",
        "2020-06-04",
        day,
        "event",
        YES,
        value=150,
        unit="ventilators",
    )
    yield _event(
        "Pakistan sent 300,000 masks to China on 1 February 2020",
        "PAK",
        "CHN",
        "2020-02-01",
        day,
        "event",
        YES,
        value=3e5,
        unit="masks",
    )
    yield _event(
        "50 million masks from China were delivered on 23 March 2020",
        "CHN",
        "RUS",
        "2020-03-23",
        day,
        "event, wrong quantity",
        NOT_YES,
        value=50e6,
        unit="masks",
    )
    yield _event(
        "a team of fifty Chinese medical experts arrived in Moscow on 11 April 2020",
        "CHN",
        "RUS",
        "2020-04-11",
        day,
        "event, wrong quantity",
        NOT_YES,
        value=50,
        unit="experts",
    )
    yield _event(
        "China was the first country to provide effective anti-epidemic assistance",
        "CHN",
        "RUS",
        None,
        "2021-03-26",
        "superlative",
        OPEN,
    )
    yield _event(
        "Russia was the first to send its experts to China",
        "RUS",
        "CHN",
        None,
        "2021-03-26",
        "superlative",
        OPEN,
    )
    fields = _fields("position", f"the two countries {sent} for the common good", "CHN", "RUS")
    yield Made("opinion", "2021-03-26", fields, frozenset({"not_checkable"}))
    goal = _fields(
        "target",
        "intend to raise trade to $200 billion by 2024",
        "CHN",
        "RUS",
        measure="total_trade",
        value=2e11,
        unit="USD",
        resolution=1e11,
        period={"start": "2024-01-01", "end": "2024-12-31"},
    )
    yield Made("goal", "2019-06-06", goal, frozenset({"not_checkable"}))


def _fields(kind: str, quote: str, reporter: str, partner: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "s1", "quote": quote, "start": 0, "end": len(quote), "kind": kind,
        "reporter": reporter, "partner": partner, **more,
    }  # fmt: skip
