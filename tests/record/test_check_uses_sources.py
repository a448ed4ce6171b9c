"""Statements are judged against what is loaded: the named source first, its currency, its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from tables import COLUMNS, write

from accord.library import check_text
from accord.model.verdict import Verdict
from accord.record import Request, load, open_record

YEAR = ("2021-01-01", "2021-12-31")


def source(folder: Path, name: str, publisher: str, *, reporter: str = "", currency: str = "USD",
           rows: Sequence[tuple[object, ...]] = (), day: date | None = None) -> None:  # fmt: skip
    """A source of one's own, loaded with rows of all goods."""
    declared = folder / f"{name}.yaml"
    whose = f"reporter: {reporter}\n" if reporter else ""
    declared.write_text(
        f"title: {name}\npublisher: {publisher}\nlicence: none\nkind: flows\n"
        f"adapter: flows_table\ndocumentation: none\nget: none\n{whose}"
    )
    table = write(
        folder / f"{name}-{day}.csv", [(*row, currency) for row in rows], f"{COLUMNS},currency"
    )
    load(str(declared), Request(files=(table,), published=day, allow_break=True))


def judged(text: str, published: str = "2023-06-01") -> Verdict:
    with open_record() as record:
        check = check_text(text, published=published, record=record)
    assert len(check.statements) == 1, check.statements
    verdict = check.statements[0].verdict
    assert verdict is not None
    return verdict


def exports(value: float) -> list[tuple[object, ...]]:
    return [("DEU", "ISL", "export", "all", *YEAR, value)]


@pytest.fixture
def two(home: Path, tmp_path: Path) -> Path:
    """An office and a compiler that differ."""
    source(tmp_path, "office", "Statistics Germany", reporter="DEU", rows=exports(1.50e9),
           day=date(2022, 3, 1))  # fmt: skip
    source(tmp_path, "compiler", "United Nations (UN Comtrade)", rows=exports(1.58e9),
           day=date(2022, 6, 1))  # fmt: skip
    return tmp_path


SAID = "Germany's exports to Iceland reached ${} billion in 2021{}."


@pytest.mark.parametrize(
    ("value", "named", "outcome"),
    [
        ("1.58", ", according to UN Comtrade", "supported"),
        ("1.50", ", according to UN Comtrade", "imprecise"),
        ("1.50", ", according to German customs", "supported"),
        ("1.50", "", "supported"),
        ("1.58", "", "imprecise"),
        ("2.50", "", "contradicted"),
    ],
)
def test_the_named_source_leads_then_the_own_office(
    two: Path, value: str, named: str, outcome: str
) -> None:
    verdict = judged(SAID.format(value, named))
    assert verdict.outcome.value == outcome, verdict.explanation
    publishers = {evidence.publisher for evidence in verdict.evidence}
    assert publishers <= {"Statistics Germany", "United Nations (UN Comtrade)"}
    assert publishers


def test_what_was_retrieved_without_a_date_answers_as_later(home: Path, tmp_path: Path) -> None:
    source(tmp_path, "compiler", "United Nations (UN Comtrade)", rows=exports(1.58e9))
    verdict = judged(SAID.format("1.58", ", according to UN Comtrade"))
    assert verdict.outcome.value == "supported"
    assert "younger than the document" in verdict.explanation
    assert f"retrieved {date.today()}" in verdict.explanation


EUROS = "Germany's exports to Iceland reached {} billion euros in 2021, according to Eurostat."


@pytest.mark.parametrize(
    ("value", "outcome"), [("1.50", "supported"), ("1.49", "imprecise"), ("2.50", "contradicted")]
)
def test_a_series_in_its_own_currency_answers(
    home: Path, tmp_path: Path, value: str, outcome: str
) -> None:
    source(tmp_path, "comext", "Eurostat (Comext)", currency="EUR", rows=exports(1.50e9),
           day=date(2022, 3, 1))  # fmt: skip
    assert judged(EUROS.format(value)).outcome.value == outcome


def test_without_series_or_rate_there_is_no_rate(two: Path) -> None:
    assert judged(EUROS.format("1.3")).reason == "no_rate"


def test_dollars_converted_make_imprecise_and_contradict_nothing(two: Path) -> None:
    rates = two / "rates.csv"
    rates.write_text("currency,period,rate\nEUR,2021,0.85\n")
    load("rates", Request(files=(rates,)))
    agreeing = judged(EUROS.format("1.343"))
    assert (agreeing.outcome, agreeing.reason) == ("imprecise", "coarser_precision")
    assert "× 0.85 EUR to the dollar" in agreeing.explanation
    off = judged(EUROS.format("9.9"))
    assert (off.outcome, off.reason) == ("unverifiable", "no_series")


def test_growth_is_taken_in_the_currency_of_the_only_series(home: Path, tmp_path: Path) -> None:
    before = ("DEU", "ISL", "export", "all", "2020-01-01", "2020-12-31", 1.20e9)
    source(tmp_path, "comext", "Eurostat (Comext)", currency="EUR",
           rows=[*exports(1.50e9), before], day=date(2022, 3, 1))  # fmt: skip
    verdict = judged("Germany's exports to Iceland grew by 25 percent in 2021, Eurostat data show.")
    assert (verdict.outcome, verdict.computed) == ("supported", pytest.approx(25.0))
