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


def test_one_set_beside_another_is_not_in_its_place(facts: Facts) -> None:
    text = "China's trade with the US came to $176.4 billion and with Russia to $495.9 billion"
    quote = "with Russia to $495.9 billion"
    at = text.index(quote)
    made = figure(495.9 * BN, period=PERIOD, quote=quote)
    made = replace(made, start=at, end=len(text), sentence_end=len(text))
    assert judged(text, made, facts)[0] is Outcome.CONTRADICTED


def test_us_dollars_are_no_third_polity(facts: Facts) -> None:
    text = "It came to 12 billion U.S. dollars with Russia"
    made = replace(figure(12 * BN, period=PERIOD, quote=text), end=len(text))
    assert judged(text, made, facts)[0] is Outcome.CONTRADICTED


def test_both_directions_in_the_words(facts: Facts) -> None:
    quote = "China sold far more to Russia than it bought there: $101.17 billion"
    made = figure(101.17 * BN, measure=Measure.EXPORTS, period=PERIOD, quote=quote)
    assert judged(quote, made, facts) == (Outcome.UNVERIFIABLE, Reason.AMBIGUOUS_PARTY)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("signed the Treaty of Good-Neighbourliness with Hu Jintao in 2001", "unverifiable"),
        ("signed the Treaty of Good-Neighbourliness with Russia in 2001", "supported"),
    ],
)  # fmt: skip
def test_with_whom_it_was_signed(text: str, outcome: str, facts: Facts) -> None:
    made = told(Kind.AGREEMENT, text, "CHN", "RUS", date="2001")
    assert check_statement(made, document(text, "2020-07-10"), facts).outcome.value == outcome


def test_still_in_force_after_its_end(facts: Facts) -> None:
    text = "Russia and Ukraine still have the free trade agreement of 1993 in force"
    made = told(Kind.AGREEMENT, "agreement of 1993", "RUS", "UKR", date="1993")
    made = replace(made, sentence_end=len(text))
    assert (
        check_statement(made, document(text, "2013-03-10"), facts).outcome.value == "contradicted"
    )


@pytest.mark.parametrize(
    ("years", "outcome"), [("five", Outcome.SUPPORTED), ("ten", Outcome.CONTRADICTED)]
)
def test_for_how_long_it_was_extended(years: str, outcome: Outcome, facts: Facts) -> None:
    quote = "Russia and China have prolonged their 2001 treaty"
    made = told(Kind.AGREEMENT, quote, "RUS", "CHN")
    text = document(f"{quote} by {years} years.", "2021-07-20")
    assert check_statement(made, text, facts).outcome is outcome


def test_entry_into_force_goes_before_what_it_links(facts: Facts) -> None:
    quote = "RCEP, which entered into force on 1 January 2022, links China with Japan"
    made = told(Kind.AGREEMENT, quote, "CHN", "JPN", date="2022-01-01")
    assert check_statement(made, document(quote, "2022-02-20"), facts).outcome is Outcome.SUPPORTED


def test_a_pair_from_the_context_of_somebody_else(facts: Facts) -> None:
    text = "Uzbekistan traded with China for $6.84 billion. Exports to Russia came to $3 billion."
    at = text.index("Exports")
    made = figure(3 * BN, measure=Measure.EXPORTS, period=PERIOD, quote=text[at:-1])
    made = replace(made, start=at, end=len(text), sentence_start=at, sentence_end=len(text))
    assert judged(text, made, facts) == (Outcome.UNVERIFIABLE, Reason.AMBIGUOUS_PARTY)


def test_an_agreement_whose_signing_is_not_on_record(facts: Facts) -> None:
    text = "The free trade deal of the Eurasian Economic Union and Iran, signed on 25 December 2023"
    made = told(Kind.AGREEMENT, text, "EAEU", "IRN", date="2023-12-25")
    verdict = check_statement(made, document(text, "2024-12-27"), facts)
    assert verdict.outcome is Outcome.UNVERIFIABLE


@pytest.mark.parametrize(
    ("member", "day", "outcome"),
    [
        ("CHN", "2021-08-30", Outcome.SUPPORTED),  # signed, not yet in force
        ("CHN", "2019-08-30", Outcome.CONTRADICTED),
        ("USA", "2021-08-30", Outcome.CONTRADICTED),
        ("KOR", "2022-01-15", Outcome.CONTRADICTED),  # had not ratified
    ],
)
def test_parties_of_what_is_signed(member: str, day: str, outcome: Outcome, facts: Facts) -> None:
    quote = f"{member} is a party to RCEP"
    made = told(Kind.MEMBERSHIP, quote, member, "RCEP", date=day)
    assert check_statement(made, document(quote, day), facts).outcome is outcome


def test_who_sent_observers_is_no_observer(facts: Facts) -> None:
    quote = "Thai troops have been there since July 2008, and ASEAN observers"
    made = told(Kind.MEMBERSHIP, quote, "THA", "ASEAN", date="2008-07")
    verdict = check_statement(made, document(quote, "2011-02-16"), facts)
    assert verdict.outcome is Outcome.UNVERIFIABLE
