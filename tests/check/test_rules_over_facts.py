"""The rules of docs/explanation/verdicts.md over every cell of the tables of facts.

Statements are made from the rows by ``oracle`` (which shares no code with the check)
and judged; each has the outcomes that the rules allow. The tables stand beside the
project: without them these tests skip.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from accord.check import Facts, check_statement
from accord.model.serial import statement_from_dict
from tests.check.making import document
from tests.check.oracle import Made
from tests.check.oracle_dated import dated_facts
from tests.check.oracle_trade import trade

EVERY = 11  # of some twenty thousand made statements, spread over all cells
TABLES = Path(__file__).resolve().parents[2].parent / "shared" / "facts"
pytestmark = pytest.mark.skipif(not TABLES.is_dir(), reason="the tables are not beside the project")


def judge(made: Made, facts: Facts) -> Any:
    """The verdict on a made statement."""
    s = statement_from_dict(made.fields)
    return check_statement(s, document(made.fields["quote"], made.published), facts)


def disagreements(cases: list[Made], facts: Facts) -> list[str]:
    """One line for each statement whose verdict the rules do not allow."""
    found = []
    for made in cases:
        verdict = judge(made, facts)
        if verdict.outcome.value not in made.allowed:
            found.append(
                f"{made.name} [{made.published}]: {verdict.outcome.value}"
                f"/{verdict.reason} not in {sorted(made.allowed)}: {made.fields['quote']}"
                f" | {made.why} | {verdict.explanation}"
            )
    return found


def test_every_cell_of_the_trade_figures(facts: Facts) -> None:
    cases = trade(TABLES / "trade_figures.csv")
    assert len(cases) > 15_000
    assert len(Counter(made.name for made in cases)) >= 40
    assert not disagreements(cases[::EVERY], facts)


@pytest.mark.slow
def test_every_statement_on_the_trade_figures(facts: Facts) -> None:
    assert not disagreements(trade(TABLES / "trade_figures.csv"), facts)


def test_every_row_of_the_dated_facts(facts: Facts) -> None:
    cases = dated_facts(TABLES)
    assert len(cases) > 500
    assert not disagreements(cases, facts)
