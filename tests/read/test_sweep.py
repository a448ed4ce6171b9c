"""A sweep over measures, parties, numbers, periods and orders of words, with known answers.

Each sentence is put together from parts that stand for one meaning, so that what was
meant is known; no part is written for a rule. Failures name the pattern.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import cycle, product

from accord.model.document import Document
from accord.model.statement import Statement
from accord.read.statements import find_statements

PAIRS = (
    ("Chile", "Chilean", "CHL", "Norway", "Norwegian", "NOR"),
    ("Ghana", "Ghanaian", "GHA", "Poland", "Polish", "POL"),
    ("Latvia", "Latvian", "LVA", "Vietnam", "Vietnamese", "VNM"),
    ("Kenya", "Kenyan", "KEN", "Sweden", "Swedish", "SWE"),
    ("Peru", "Peruvian", "PER", "Austria", "Austrian", "AUT"),
    ("Nepal", "Nepalese", "NPL", "Finland", "Finnish", "FIN"),
)
NUMBERS = (
    ("$41.5 million", 41.5e6, "USD"),
    ("US$3.2 billion", 3.2e9, "USD"),
    ("€870 million", 870e6, "EUR"),
    ("600 million dollars", 600e6, "USD"),
    ("USD 1.25bn", 1.25e9, "USD"),
)
PERIODS = (
    ("in 2014", 2014),
    ("in 2009", 2009),
    ("during 2017", 2017),
)
# {A} {B} names, {a} {b} adjectives, {n} the number, {p} the period; then the meaning:
# the measure, who reports (A or B) and whether the order of the two counts.
FLOWS = (
    ("{A}'s exports to {B} were worth {n} {p}.", "exports", "AB"),
    ("{a} exports to {B} amounted to {n} {p}.", "exports", "AB"),
    ("Exports from {A} to {B} came to {n} {p}.", "exports", "AB"),
    ("{A} exported goods worth {n} to {B} {p}.", "exports", "AB"),
    ("{p}, {A} sold {B} goods for {n}.", "exports", "AB"),
    ("{a} sales to {B} stood at {n} {p}.", "exports", "AB"),
    ("{A} shipped goods worth {n} to {B} {p}.", "exports", "AB"),
    ("{p} {a} exports to {B} totalled {n}.", "exports", "AB"),
    ("{A}'s imports from {B} were {n} {p}.", "imports", "AB"),
    ("{a} imports from {B} reached {n} {p}.", "imports", "AB"),
    ("{A} imported {n} worth of goods from {B} {p}.", "imports", "AB"),
    ("{A} bought goods worth {n} from {B} {p}.", "imports", "AB"),
    ("{A}'s purchases from {B} amounted to {n} {p}.", "imports", "AB"),
    ("Trade between {A} and {B} was worth {n} {p}.", "total_trade", "AB"),
    ("Bilateral trade between {A} and {B} reached {n} {p}.", "total_trade", "AB"),
    ("{A}'s trade with {B} totalled {n} {p}.", "total_trade", "AB"),
    ("Two-way trade between {A} and {B} stood at {n} {p}.", "total_trade", "AB"),
    ("{p}, trade turnover between {A} and {B} came to {n}.", "total_trade", "AB"),
    ("{A} and {B} traded goods worth {n} {p}.", "total_trade", "AB"),
    ("{A} ran a trade surplus of {n} with {B} {p}.", "balance", "AB"),
    ("{A}'s trade deficit with {B} was {n} {p}.", "balance", "AB"),
    ("{a} aid to {B} amounted to {n} {p}.", "aid", "AB"),
    ("{A} gave {B} {n} in aid {p}.", "aid", "AB"),
    ("{B} received {n} in aid from {A} {p}.", "aid", "AB"),
    ("{A} provided {n} in development assistance to {B} {p}.", "aid", "AB"),
    ("{A} lent {B} {n} {p}.", "loan", "AB"),
    ("{B} owed {A} {n} {p}.", "loan", "AB"),
    ("{a} investment in {B} was {n} {p}.", "fdi", "AB"),
    ("{A} invested {n} in {B} {p}.", "fdi", "AB"),
    ("Remittances from {A} to {B} came to {n} {p}.", "other", "AB"),
)
PEOPLE = (
    ("Some 12,400 {a} tourists visited {B} {p}.", "tourists"),
    ("{B} received 12,400 tourists from {A} {p}.", "tourists"),
    ("About 12,400 {a} students were enrolled in {B} {p}.", "other"),
    ("{B} hosted 12,400 {a} workers {p}.", "other"),
    ("There were 12,400 {a} nationals living in {B} {p}.", "other"),
)
SHARES = (
    ("{B} took 14 percent of {A}'s exports {p}.", "exports"),
    ("{p}, {B} accounted for 14% of {a} exports.", "exports"),
    ("{B} supplied 14 per cent of {A}'s imports {p}.", "imports"),
    ("{A} sent 14 percent of its exports to {B} {p}.", "exports"),
    ("{A} gets 14 percent of its imports from {B}.", "imports"),
)
GROWTH = (
    ("{A}'s exports to {B} rose by 8.4 percent {p}.", "exports", "up"),
    ("{a} exports to {B} fell 8.4% {p}.", "exports", "down"),
    ("{p}, {A}'s imports from {B} were down 8.4 per cent.", "imports", "down"),
    ("Trade between {A} and {B} grew by 8.4 percent {p}.", "total_trade", "up"),
    ("{a} imports from {B} saw an increase of 8.4 percent {p}.", "imports", "up"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence and what it says."""

    text: str
    measures: frozenset[str]
    parties: tuple[str, str]
    number: tuple[float | None, str | None]
    year: int | None


def _sentence(template: str, pair: tuple[str, ...], number: str, period: str) -> str:
    left, left_adjective, _, right, right_adjective, _ = pair
    text = template.format(A=left, a=left_adjective, B=right, b=right_adjective, n=number, p=period)
    return text[0].upper() + text[1:]


def _measures(name: str) -> frozenset[str]:
    return frozenset({"fdi_stock", "fdi_flow"} if name == "fdi" else {name})


def flow_cases() -> list[tuple[str, Case]]:
    """Every flow with every number, the pairs and periods in turn."""
    pairs, periods = cycle(PAIRS), cycle(PERIODS)
    made = []
    for (template, measure, _), (words, value, unit) in product(FLOWS, NUMBERS):
        pair, (when, year) = next(pairs), next(periods)
        signed = -value if "deficit" in template else value
        text = _sentence(template, pair, words, when)
        case = Case(text, _measures(measure), (pair[2], pair[5]), (signed, unit), year)
        made.append((template, case))
    return made


def other_cases() -> list[tuple[str, Case]]:
    """People, shares and rates with every pair, the periods in turn."""
    periods = cycle(PERIODS)
    made = []
    for pair in PAIRS:
        for template, measure in PEOPLE:
            when, year = next(periods)
            case = Case(
                _sentence(template, pair, "", when),
                _measures(measure), (pair[2], pair[5]), (12400.0, "persons"), year,
            )  # fmt: skip
            made.append((template, case))
        for template, measure in SHARES:
            when, year = next(periods)
            case = Case(
                _sentence(template, pair, "", when),
                _measures(measure), (pair[2], pair[5]), (14.0, "percent"),
                year if "{p}" in template else None,
            )  # fmt: skip
            made.append((template, case))
        for template, measure, direction in GROWTH:
            when, year = next(periods)
            case = Case(
                _sentence(template, pair, "", when),
                _measures(measure), (pair[2], pair[5]), (8.4, direction), year,
            )  # fmt: skip
            made.append((template, case))
    return made


def _says(found: Statement, case: Case) -> bool:
    value, unit = case.number
    if found.change is not None and found.value is None:
        number = (found.change.value, found.change.direction)
    else:
        number = (found.value, found.unit)
    parties = (found.reporter or "", found.partner or "")
    mutual = found.measure in {"total_trade", "services_trade"} and found.unit != "percent"
    same = set(parties) == set(case.parties) if mutual else parties == case.parties
    year = found.period.end.year if found.period else None
    return (
        str(found.measure) in case.measures
        and same
        and number == (value, unit)
        and (case.year is None or year == case.year)
    )


def failures(cases: list[tuple[str, Case]]) -> Counter[str]:
    """How often each pattern was read wrong."""
    wrong: Counter[str] = Counter()
    for template, case in cases:
        read = find_statements(Document(text=case.text, source="sweep"))
        if not any(_says(found, case) for found in read):
            wrong[template] += 1
    return wrong


def test_flows_are_read_in_every_order() -> None:
    assert not failures(flow_cases())


def test_people_shares_and_rates_are_read() -> None:
    assert not failures(other_cases())


def test_a_sentence_says_one_thing() -> None:
    """What is not meant is not read: one flow gives one figure."""
    for _, case in flow_cases():
        read = find_statements(Document(text=case.text, source="sweep"))
        assert len([s for s in read if s.value is not None]) <= 1, case.text
