"""Whole documents: hindsight, notices, plans, replays, and text that must never raise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.check import Facts, check_document, check_statements, plan_check, replay_check
from accord.cli.render_csv import render_csv
from accord.cli.render_html import render_html
from accord.cli.render_markdown import render_markdown
from accord.cli.render_table import render_table
from accord.model.period import Period
from accord.model.serial import check_from_dict, check_to_dict
from accord.model.statement import Approximation, Change, Kind, Measure, Statement
from accord.model.verdict import Outcome
from accord.read.statements import survey_document
from tests.check.making import BN, document, figure, growth, told

LATER = figure(49.16 * BN, period="2020-H1", attributed_to="Chinese customs")


def test_hindsight_marks_what_it_changed(facts: Facts) -> None:
    text = document("-", "2020-07-20")
    then = check_document(text, [LATER], facts)
    now = check_document(text, [LATER], facts, as_of=date(2020, 12, 31))
    assert then.statements[0].verdict.outcome is Outcome.IMPRECISE
    verdict = now.statements[0].verdict
    assert verdict.outcome is Outcome.SUPPORTED
    assert verdict.changed_by_hindsight == "imprecise"
    assert any("hindsight" in notice for notice in now.notices)


def test_without_a_publication_date_it_says_so(facts: Facts) -> None:
    check = check_document(document("-", None), [figure(190.27 * BN)], facts)
    assert check.statements[0].verdict.outcome is Outcome.SUPPORTED
    assert any("publication date" in notice for notice in check.notices)


def test_nothing_checkable_is_a_notice(facts: Facts) -> None:
    check = check_document(document("Roses are red."), [], facts)
    assert check.notices == ("Nothing checkable was found in this text.",)


def test_a_replay_against_the_same_record_changes_nothing(facts: Facts) -> None:
    statements = [figure(190.27 * BN), growth(29.3), told(Kind.EVENT, "a bridge", "RUS", "CHN")]
    check = check_document(document(), statements, facts, not_understood=3)
    again = replay_check(check_from_dict(check_to_dict(check)), facts)
    assert again.same_record
    assert again.changes == ()
    assert check_to_dict(again.check) == check_to_dict(check)


def test_a_replay_shows_what_changed(facts: Facts) -> None:
    check = check_document(document("-", "2020-07-20"), [LATER], facts)
    again = replay_check(replace(check, record_sha256="old"), facts, as_of=date(2020, 12, 31))
    assert not again.same_record
    assert [c.outcome_changed for c in again.changes] == [True]


def test_a_plan_names_the_queries(facts: Facts) -> None:
    statements = [
        figure(190.27 * BN),
        growth(29.3),
        figure(3.0, unit="percent", kind=Kind.SHARE),
        told(Kind.MEMBERSHIP, "a member", "IND", "SCO"),
        told(Kind.POSITION, "an opinion"),
        figure(1.0, pair=(None, None)),
    ]
    plan = plan_check(statements, document(), facts)
    queries = [entry.query for entry in plan]
    assert any("reporter = 'CHN'" in q and "DATE '2022-01-01'" in q for q in queries)
    assert any("bloc = 'SCO'" in q for q in queries)
    assert sum(not q for q in queries) == 2


_PIECES = st.sampled_from(
    ["China", "Russia", "the two countries", "trade", "exports", "rose", "fell", "by", "8.5%",
     "$18.78 billion", "1e999", "in 2021", "last year", "was signed", "treaty", "is a member of",
     "the EAEU", "BRICS", "20th anniversary", "of", "doubled", "first", "said", "“", "”", "\x00",
     "\u202e", "\ud800", "١٢٣", "≈", "\n\n", ".", ",", "<b>"]
)  # fmt: skip


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=25).map(" ".join)),
    st.sampled_from([None, "2018", "2021-03-26"]),
)
def test_no_text_whatever_makes_it_raise(facts: Facts, text: str, published: str | None) -> None:
    made = document(text, published)
    survey = survey_document(made)
    check = check_document(made, survey.statements, facts, not_understood=survey.not_understood)
    for entry in check.statements:
        statement = entry.statement
        assert text[statement.start : statement.end] == statement.quote
    assert render_table(check)
    assert render_markdown(check)
    assert render_csv([check])
    assert "<script" not in render_html(check)
    repr(check)


_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_PARTY = st.sampled_from([None, "CHN", "RUS", "USA", "EAEU", "RCEP", "WLD", "ASEAN", "XXX", "A;B"])


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    quote = draw(st.text(max_size=60))
    start, end = sorted((draw(_DAYS), draw(_DAYS)))
    number = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False, width=32))
    positive = st.one_of(st.none(), st.floats(0, 1e6))
    change = Change(
        draw(positive),
        draw(st.sampled_from([None, "percent", "times", "percentage_points", "USD", "EUR"])),
        draw(st.sampled_from([None, "up", "down"])),
        draw(st.sampled_from([None, "a year earlier", "2019", "previous month", "per annum"])),
        draw(st.one_of(st.none(), st.integers(0, 4))),
    )
    return Statement(
        "s1", quote, 0, len(quote), draw(st.sampled_from(list(Kind))),
        draw(st.sampled_from([None, *Measure])), draw(_PARTY), draw(_PARTY),
        commodity=draw(st.sampled_from([None, "oil", "services", "vodka", ""])),
        value=draw(number),
        unit=draw(st.sampled_from([None, "USD", "CNY", "EUR", "percent", "rank", "years", "t"])),
        approx=draw(st.sampled_from([None, *Approximation])),
        change=draw(st.one_of(st.none(), st.just(change))),
        period=draw(st.one_of(st.none(), st.just(Period.of_dates(start, end)))),
        date=draw(st.sampled_from([None, "2018", "2018-05", "2018-05-17", "soon", "2018-13"])),
        negated=draw(st.booleans()),
        hedged=draw(st.booleans()),
    )  # fmt: skip


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(statements(), max_size=2), st.sampled_from([None, "2018", "2021-03-26"]))
def test_no_statement_whatever_makes_it_raise(
    facts: Facts, made: list[Statement], published: str | None
) -> None:
    text = document("-", published)
    for entry in check_statements(made, text, facts):
        verdict = entry.verdict
        assert verdict.explanation
        if verdict.outcome is Outcome.UNVERIFIABLE:
            assert verdict.reason is not None
            assert verdict.settled_by
        if verdict.outcome is Outcome.CONTRADICTED:
            assert verdict.evidence
    plan_check(made, text, facts)
