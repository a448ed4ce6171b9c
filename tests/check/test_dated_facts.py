"""Agreements, memberships, anniversaries, events, projects, superlatives, opinions."""

from __future__ import annotations

import pytest

from accord.check import Facts
from accord.model.statement import Kind, Measure, Statement
from accord.model.verdict import Outcome, Reason
from tests.check.making import figure, judge, told

K, OUT, R = Kind, Outcome, Reason
AG, ME, AN, EV = K.AGREEMENT, K.MEMBERSHIP, K.ANNIVERSARY, K.EVENT
EAEU = "the agreement on trade and economic cooperation between China and the EAEU"
BRIDGE = "the road bridge between Blagoveshchensk and Heihe"


@pytest.mark.parametrize(
    ("statement", "published", "outcome"),
    [
        (told(AG, f"{EAEU} was signed on 17 May 2018", "CHN", "EAEU", date="2018-05-17"),
         "2018-11-08", OUT.SUPPORTED),
        (told(AG, f"{EAEU} was signed in June 2016", "CHN", "EAEU", date="2016-06"),
         "2018-11-08", OUT.CONTRADICTED),
        (told(AG, f"{EAEU} is a free trade agreement", "CHN", "EAEU"), "2021-02-11",
         OUT.CONTRADICTED),
        (told(AG, f"{EAEU} cuts no tariffs", "CHN", "EAEU"), "2021-02-11", OUT.SUPPORTED),
        (told(AG, "RCEP is in force", "CHN", "JPN"), "2021-06-03", OUT.CONTRADICTED),
        (told(AG, "RCEP is in force", "CHN", "JPN"), "2022-06-03", OUT.SUPPORTED),
        (told(AG, "the friendship treaty of China and Russia was extended by five years",
              "CHN", "RUS", date="2021"), "2021-07-03", OUT.SUPPORTED),
        (told(AG, "the friendship treaty of China and Russia was extended by ten years",
              "CHN", "RUS", date="2021"), "2021-07-03", OUT.CONTRADICTED),
        (told(AG, "the friendship treaty was concluded for a term of 20 years", "CHN", "RUS"),
         "2019-07-03", OUT.SUPPORTED),
        (told(AG, "Russia's free trade agreement with Ukraine was terminated", "RUS", "UKR"),
         "2015-01-01", OUT.SUPPORTED),
        (told(AG, "The parties link the construction of the EAEU and the Belt and Road",
              "CHN", "RUS"), "2021-03-26", OUT.SUPPORTED),
        (told(AG, "the treaty of friendship was signed by Li Peng", "CHN", "RUS"),
         "2021-03-26", OUT.UNVERIFIABLE),
        (told(AG, "the free trade agreement took effect in July 2014", "CHN", "CHE",
              date="2014-07"), "2014-09-10", OUT.UNVERIFIABLE),
        (told(AG, "Russia and China signed the general contract for units 7 and 8 of the Tianwan "
                  "nuclear power plant", "RUS", "CHN", date="2019-03"), "2020-06-01",
         OUT.SUPPORTED),
        (told(AG, "Russia and Kazakhstan signed a treaty of friendship", "RUS", "KAZ",
              date="1992-05"), "2022-06-26", OUT.UNVERIFIABLE),
        (told(AG, "the Power of Siberia contract was signed for 20 years", "RUS", "CHN"),
         "2020-06-01", OUT.CONTRADICTED),
        (told(AG, "In 2011 they agreed to link the EAEU with the Silk Road Economic Belt",
              "EAEU", "BRI"), "2021-03-26", OUT.CONTRADICTED),
        (told(EV, "Relations between China and Russia are at their best, Wang Yi said", "CHN",
              "RUS"), "2023-06-26", OUT.UNVERIFIABLE),
        (told(ME, "India is a member of the SCO", "IND", "SCO"), "2018-05-22", OUT.SUPPORTED),
        (told(ME, "India is a member of the SCO", "IND", "SCO"), "2015-07-14", OUT.CONTRADICTED),
        (told(ME, "India is an observer in the SCO", "IND", "SCO"), "2015-07-14", OUT.SUPPORTED),
        (told(ME, "Moldova is a member of the EAEU", "MDA", "EAEU"), "2021-03-26",
         OUT.CONTRADICTED),
        (told(ME, "Peru became a member of APEC", "PER", "APEC", date="1998"), "2000-05-16",
         OUT.SUPPORTED),
        (told(ME, "Iran became a member of the SCO", "IRN", "SCO", date="2019"), "2026-07-05",
         OUT.CONTRADICTED),
        (told(ME, "Georgia is a member of the CIS", "GEO", "CIS"), "2013-05-29",
         OUT.CONTRADICTED),
        (told(ME, "The United States is a party to RCEP", "USA", "RCEP"), "2022-01-12",
         OUT.CONTRADICTED),
        (told(ME, "Fifteen states signed it, Australia among them", "AUS", "RCEP"),
         "2021-01-13", OUT.SUPPORTED),
        (told(ME, "Saudi Arabia is a member of BRICS", "SAU", "BRICS"), "2024-06-01",
         OUT.UNVERIFIABLE),
        (told(ME, "Norway is a member of the EU", "NOR", "EU"), "2024-06-01", OUT.UNVERIFIABLE),
        (told(ME, "Moldova is not a member of the EAEU", "MDA", "EAEU", negated=True),
         "2021-03-26", OUT.SUPPORTED),
        (told(AN, "20th anniversary of the signing of the Treaty on Good-Neighborliness, "
                  "Friendship and Cooperation between China and Russia", "CHN", "RUS",
              value=20, unit="years"), "2021-03-26", OUT.SUPPORTED),
        (told(AN, "the 30th anniversary of the treaty of friendship", "CHN", "RUS", value=30,
              unit="years", date="2021"), "2021-03-26", OUT.CONTRADICTED),
        (told(AN, "the 50th anniversary of the founding of ASEAN", "ASEAN", value=50,
              unit="years", date="2017"), "2017-08-08", OUT.SUPPORTED),
        (told(EV, f"{BRIDGE} was opened on 10 June 2022", "RUS", "CHN", date="2022-06-10"),
         "2022-06-16", OUT.SUPPORTED),
        (told(EV, f"{BRIDGE} has been open to traffic since last summer", "RUS", "CHN",
              date="2020"), "2021-08-26", OUT.CONTRADICTED),
        (told(EV, "the United States shipped a second batch of 1,500 ventilators", "USA", "RUS",
              value=1500, unit="ventilators", date="2020-06"), "2020-07-23", OUT.CONTRADICTED),
        (told(EV, "a second batch of 150 ventilators arrived", "USA", "RUS", value=150,
              unit="ventilators", date="2020-06-04"), "2020-07-23", OUT.SUPPORTED),
        (told(EV, "Brazil sent a hospital ship to Russia", "BRA", "RUS", date="2020-06"),
         "2020-07-23", OUT.UNVERIFIABLE),
    ],
)  # fmt: skip
def test_dated_facts(facts: Facts, statement: Statement, published: str, outcome: Outcome) -> None:
    verdict = judge(statement, facts, published)
    assert verdict.outcome is outcome, verdict.explanation
    if outcome in (OUT.SUPPORTED, OUT.CONTRADICTED):
        assert verdict.evidence


@pytest.mark.parametrize(
    "quote",
    [
        "Russia was the first country to send a delegation of experts to China",
        "Russia was the only country to send experts to China",
    ],
)
def test_superlatives_need_a_complete_record(facts: Facts, quote: str) -> None:
    verdict = judge(told(EV, quote, "RUS", "CHN"), facts, "2021-03-26")
    assert (verdict.outcome, verdict.reason) == (OUT.UNVERIFIABLE, R.NEEDS_COMPLETE_RECORD)
    assert any("2020-02-05" in e.summary for e in verdict.evidence)


def test_a_record_year_is_refuted_by_a_higher_one_before(facts: Facts) -> None:
    ranked = figure(
        1, unit="rank", kind=K.RANKING, period="2020",
        quote="trade between China and Russia reached a record high in 2020",
    )  # fmt: skip
    verdict = judge(ranked, facts, "2021-02-10")
    assert verdict.outcome is OUT.CONTRADICTED  # 107.76 bn after 110.75 bn in 2019


@pytest.mark.parametrize(
    ("kind", "quote", "reason"),
    [
        (K.POSITION, "the friendship is as solid as rock", R.OPINION),
        (K.POSITION, "We intend to jointly build infrastructure", R.INTENTION),
        (K.TARGET, "trade is to reach 200 billion dollars in 2024", R.FORECAST),
    ],
)
def test_opinions_are_attributed_and_left_alone(
    facts: Facts, kind: Kind, quote: str, reason: Reason
) -> None:
    statement = told(kind, quote, "CHN", "RUS", speaker="the ambassador")
    verdict = judge(statement, facts)
    assert (verdict.outcome, verdict.reason) == (OUT.NOT_CHECKABLE, reason)
    assert "the ambassador" in verdict.explanation


def test_a_figure_that_lies_ahead_is_a_forecast(facts: Facts) -> None:
    ahead = figure(300e9, period="2024", measure=Measure.TOTAL_TRADE)
    assert judge(ahead, facts, "2023-02-10").outcome is OUT.NOT_CHECKABLE
