"""A number is not called wrong where the words beside it say that another was meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accord.check import Facts, check_statement
from accord.model.statement import Kind, Measure, Statement
from accord.model.verdict import Outcome, Reason
from tests.check.making import BN, document, figure, growth, told

PERIOD = "2025-01-01/2025-10-31"


def judged(text: str, made: Statement, facts: Facts) -> tuple[Outcome, Reason | None]:
    """The verdict on a statement in a text of one sentence."""
    verdict = check_statement(made, document(text, "2025-11-10"), facts)
    return verdict.outcome, verdict.reason


@pytest.mark.parametrize("words", ["the flow the other way was", "in return China sold"])
def test_the_other_way(words: str, facts: Facts) -> None:
    made = figure(
        82.07 * BN, measure=Measure.EXPORTS, pair=("RUS", "CHN"), period=PERIOD, quote=words
    )
    assert judged(f"{words} $82.07 billion", made, facts)[0] is Outcome.SUPPORTED
    plain = figure(
        82.07 * BN, measure=Measure.EXPORTS, pair=("RUS", "CHN"), period=PERIOD, quote="sold"
    )
    assert judged("sold $82.07 billion", plain, facts)[0] is Outcome.CONTRADICTED


def test_a_part_of_the_year_read_as_the_year(facts: Facts) -> None:
    quote = "First-quarter trade came to $53.2 billion this year"
    made = figure(53.2 * BN, period="2025", resolution=0.1 * BN, quote=quote)
    assert judged(quote, made, facts) == (Outcome.UNVERIFIABLE, Reason.AMBIGUOUS_PERIOD)
    quote = "Trade came to $53.2 billion this year"
    made = figure(53.2 * BN, period="2025", resolution=0.1 * BN, quote=quote)
    assert judged(quote, made, facts)[0] is Outcome.CONTRADICTED


def test_growth_of_both_ways(facts: Facts) -> None:
    quote = "deliveries in both directions fell by 9.5 percent"
    made = growth(-9.5, measure=Measure.EXPORTS, period=PERIOD, quote=quote)
    assert judged(quote, made, facts)[0] is Outcome.SUPPORTED


def test_a_term_is_no_anniversary(facts: Facts) -> None:
    quote = "The treaty of friendship between China and Russia is in force for twenty years"
    made = told(Kind.ANNIVERSARY, quote, "CHN", "RUS", value=20.0, unit="years")
    verdict = check_statement(made, document(quote, "2005-01-01"), facts)
    assert verdict.outcome is Outcome.SUPPORTED


def test_the_stage_that_is_named_goes_before_words_of_another(facts: Facts) -> None:
    quote = "Russia and China were linked by the Blagoveshchensk-Heihe bridge, which opened in 2019"
    made = told(Kind.EVENT, quote, "RUS", "CHN", date="2019")
    verdict = check_statement(made, document(quote, "2023-06-01"), facts)
    assert verdict.outcome is Outcome.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "quote", "outcome"),
    [
        # the figure may be Kazakhstan's
        (
            "China made up a fifth of Kazakhstan's trade, against 18.6% ($18.9 billion) for Russia",
            "$18.9 billion) for Russia",
            Outcome.UNVERIFIABLE,
        ),
        (
            "The envoy spoke of $18.9 billion, Kazakh media of less",
            "$18.9 billion",
            Outcome.UNVERIFIABLE,
        ),
        # both parties are named, or no third is
        (
            "As Kazakh media write, China and Russia traded goods worth $18.9 billion",
            "China and Russia traded goods worth $18.9 billion",
            Outcome.CONTRADICTED,
        ),
        ("With Russia it was US$18.9 billion", "it was US$18.9 billion", Outcome.CONTRADICTED),
    ],
)
def test_a_third_polity_nearer_than_a_party(
    text: str, quote: str, outcome: Outcome, facts: Facts
) -> None:
    at = text.index(quote)
    made = replace(
        figure(18.9 * BN, period=PERIOD, quote=quote),
        start=at,
        end=at + len(quote),
        sentence_end=len(text),
    )
    assert judged(text, made, facts)[0] is outcome
