# ruff: noqa: E501  (a sentence and what it asserts on one line)
"""What the reader asserts that a text asserts: kinds, parties, numbers, periods, signs."""

from __future__ import annotations

import calendar
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read import topics
from accord.read.statements import find_statements, survey_document

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seed" / "article-2021-03-26.txt"
PASSAGES = ROOT / "tests" / "passages" / "seen.jsonl"


def published(text: str | None) -> PublicationDate | None:
    if not text:
        return None
    year, month, day = (int(part) for part in (*text.split("-"), "0", "0")[:3])
    if not month:
        return PublicationDate(date(year, 1, 1), date(year, 12, 31))
    if not day:
        return PublicationDate(
            date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        )
    return PublicationDate(date(year, month, day), date(year, month, day))


def read(text: str, day: str | None = None, title: str | None = None) -> tuple[Statement, ...]:
    return find_statements(
        Document(text=text, source="test", title=title, published=published(day))
    )


def told(statement: Statement) -> tuple[Any, ...]:
    """The core of a statement, short enough to compare at a glance."""
    change = statement.change
    number = (change.value, change.unit, change.direction) if change else statement.value
    parties = f"{statement.reporter}>{statement.partner}"
    return str(statement.kind), str(statement.measure), parties, number, str(statement.period)


def all_told(text: str, day: str | None = None, title: str | None = None) -> list[tuple[Any, ...]]:
    return [told(s) for s in read(text, day, title)]


def test_levels_against_a_base_a_year_earlier() -> None:
    text = "South Korea's surplus with Japan fell to 4.26 billion dlrs in March from 5.06 billion a year earlier."
    assert sorted(all_told(text, "1988-04-13"), key=str) == [
        ("figure", "balance", "KOR>JPN", 4.26e9, "1988-03"),
        ("figure", "balance", "KOR>JPN", 5.06e9, "1987-03"),
        ("growth", "balance", "KOR>JPN", (None, None, "down"), "1988-03"),
    ]


def test_imports_follow_exports_with_the_same_parties_and_period() -> None:
    text = "Exports from Chile to Peru rose 2.5 pct to 1.39 billion dlrs in 1995, while imports jumped 17.4 pct to 613 mln."
    assert all_told(text, "1996-04-13") == [
        ("growth", "exports", "CHL>PER", (2.5, "percent", "up"), "1995"),
        ("figure", "exports", "CHL>PER", 1.39e9, "1995"),
        ("growth", "imports", "CHL>PER", (17.4, "percent", "up"), "1995"),
        ("figure", "imports", "CHL>PER", 613e6, "1995"),
    ]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("Exports from Chile to Peru came to $5 million in 2010.", ("exports", "CHL>PER")),
        ("Chilean sales to Peru came to $5 million in 2010.", ("exports", "CHL>PER")),
        ("Chile sold Peru goods worth $5 million in 2010.", ("exports", "CHL>PER")),
        ("Chile exported goods worth $5 million to Peru in 2010.", ("exports", "CHL>PER")),
        ("Chile's purchases from Peru came to $5 million in 2010.", ("imports", "CHL>PER")),
        ("Chile bought Peruvian goods for $5 million in 2010.", ("imports", "CHL>PER")),
        ("Imports of Peruvian copper by Chile came to $5 million in 2010.", ("imports", "CHL>PER")),
        ("Trade between Chile and Peru came to $5 million in 2010.", ("total_trade", "CHL>PER")),
        ("Chile-Peru trade came to $5 million in 2010.", ("total_trade", "CHL>PER")),
        ("Chile and Peru traded goods worth $5 million in 2010.", ("total_trade", "CHL>PER")),
        ("Chile ran a deficit of $5 million with Peru in 2010.", ("balance", "CHL>PER")),
        (
            "Chilean direct investment in Peru stood at $5 million at the end of 2010.",
            ("fdi_stock", "CHL>PER"),
        ),
        ("Chile lent Peru $5 million in 2010.", ("loan", "CHL>PER")),
        ("Peru owes Chile $5 million.", ("loan", "CHL>PER")),
        ("Chile gave Peru a grant of $5 million in 2010.", ("aid", "CHL>PER")),
    ],
)
def test_parties_by_the_grammar_of_the_flow(text: str, parties: tuple[str, str]) -> None:
    found = [s for s in read(text, "2012-01-01") if s.kind is Kind.FIGURE]
    assert [(str(s.measure), f"{s.reporter}>{s.partner}") for s in found] == [parties]
    assert abs(found[0].value or 0) == 5e6


def test_deficits_are_negative() -> None:
    assert read("Chile ran a deficit of $5 million with Peru in 2010.")[0].value == -5e6
    assert read("Chile had a surplus of $5 million with Peru in 2010.")[0].value == 5e6


def test_parties_from_the_title() -> None:
    found = all_told("Bilateral trade reached $2 billion in 2019.", title="Ghana–Turkey relations")
    assert found == [("figure", "total_trade", "GHA>TUR", 2e9, "2019")]


def test_a_contrasting_partner_takes_the_same_flow() -> None:
    text = "Norway's trade with Poland rose 8.1 percent in 2015 and with Finland 3.2 percent."
    assert all_told(text, "2016-03-01") == [
        ("growth", "total_trade", "NOR>POL", (8.1, "percent", "up"), "2015"),
        ("growth", "total_trade", "NOR>FIN", (3.2, "percent", "up"), "2015"),
    ]


def test_a_conversion_is_not_a_second_figure() -> None:
    (found,) = read(
        "Kenya's exports to Uganda came to 40 billion shillings ($359 million) in 2012."
    )
    assert (found.value, found.unit) == (40e9, "KES")
    assert (found.alt_value, found.alt_unit) == (359e6, "USD")


def test_local_money_follows_the_reporter() -> None:
    (found,) = read("Nepal's imports from India came to Rs 814 billion in 2017.")
    assert found.unit == "NPR"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kuwait and Oman want trade of $7 billion by 2030.", 7e9),
        ("Trade between Kuwait and Oman is expected to reach $7 billion in 2030.", 7e9),
        ("The goal is $7 billion in trade between Kuwait and Oman by 2030.", 7e9),
    ],
)
def test_levels_still_to_come_are_targets(text: str, value: float) -> None:
    (found,) = read(text, "2024-05-05")
    assert (found.kind, found.value) == (Kind.TARGET, value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana is Togo's third-largest trading partner.", ("total_trade", "TGO>GHA", 3.0)),
        ("Ghana is the number two market for Togolese exports.", ("exports", "TGO>GHA", 2.0)),
        ("Ghana ranks fourth among investors in Togo.", ("fdi_stock", "GHA>TGO", 4.0)),
        ("Ghana is the largest aid donor to Togo.", ("aid", "GHA>TGO", 1.0)),
        ("Ghana is Togo's 12th biggest supplier.", ("imports", "TGO>GHA", 12.0)),
    ],
)
def test_rankings_say_whose_list_it_is(text: str, expected: tuple[str, str, float]) -> None:
    (found,) = read(text)
    assert (str(found.measure), f"{found.reporter}>{found.partner}", found.value) == expected


def test_one_of_the_largest_is_no_rank() -> None:
    assert read("Ghana is one of Togo's largest trading partners.") == ()


def test_the_runner_up_names_the_first() -> None:
    found = read("Ghana is second only to Mali among investors in Togo.")
    assert {(s.reporter, s.value) for s in found} == {("GHA", 2.0), ("MLI", 1.0)}


@pytest.mark.parametrize(
    ("text", "parties", "value"),
    [
        ("Italy accounted for 26.7% of Libya's total exports in 2008.", "LBY>ITA", 26.7),
        ("Italy took almost a third of Libyan exports in 2008.", "LBY>ITA", 33.3),
    ],
)
def test_shares_belong_to_whose_total_it_is(text: str, parties: str, value: float) -> None:
    (found,) = [s for s in read(text) if s.kind is Kind.SHARE]
    assert (f"{found.reporter}>{found.partner}", found.value) == (parties, value)


@pytest.mark.parametrize(
    ("text", "kind", "parties", "day"),
    [
        (
            "Laos and Nepal signed a trade agreement on 3 May 2011.",
            "agreement",
            {"LAO", "NPL"},
            "2011-05-03",
        ),
        ("Laos joined ASEAN in 1997.", "membership", {"LAO", "ASEAN"}, "1997"),
        (
            "Laos and Nepal established diplomatic relations on 20 May 1960.",
            "event",
            {"LAO", "NPL"},
            "1960-05-20",
        ),
        ("Laos recognized Nepal in 1956.", "event", {"LAO", "NPL"}, "1956"),
    ],
)
def test_acts_have_parties_and_dates(text: str, kind: str, parties: set[str], day: str) -> None:
    (found,) = read(text)
    assert (str(found.kind), {found.reporter, found.partner}, found.date) == (kind, parties, day)


def test_anniversaries_count_years() -> None:
    (found,) = read(
        "This year marks the 60th anniversary of relations between Kenya and Cuba.", "2024-02-01"
    )
    assert (found.kind, found.value, found.unit, found.date) == (
        Kind.ANNIVERSARY,
        60.0,
        "years",
        "2024",
    )


def test_attribution_and_hedging() -> None:
    (found,) = read(
        "Trade between Chile and Peru was an estimated $5 billion in 2010, according to the central bank."
    )
    assert found.attributed_to == "the central bank"
    assert found.hedged


@pytest.mark.parametrize(
    "text",
    [
        "Inflation in Chile was 9.1 percent in 2010, against 3 percent in Peru.",
        "Chile's total exports rose 8.6% in June, and Peru's 5.1%.",
        "We created 13 million new jobs, more than ever before.",
        "The average tariff in Chile is 9.2% while that in Peru is 5%.",
        "The company's sales rose 5 percent to $3 billion in 2010.",
        "Chile beat Peru 3-1 in front of 45,000 people.",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert read(text, "2012-01-01") == ()


def test_every_field_of_a_figure_has_its_trace() -> None:
    (found,) = read("Chilean exports to Peru came to $5 million in 2010.")
    assert {"value", "measure", "period"} <= {trace.name for trace in found.traces}
    assert all(0 <= t.start < t.end <= 52 for t in found.traces)


def test_sentences_not_understood_are_counted() -> None:
    survey = survey_document(
        Document(text="Chile met Peru over 500 llamas and trade.", source="test")
    )
    assert survey.sentences == 1
    assert survey.not_understood == (not survey.statements)


@pytest.mark.skipif(not SEED.exists(), reason="../shared is not beside the checkout")
def test_the_article_that_began_it() -> None:
    found = read(
        SEED.read_text(encoding="utf-8"), "2021-03-26", "Russia-China: Strategic Partnership"
    )
    numbers = {(str(s.kind), s.value) for s in found}
    assert {("anniversary", 20.0), ("figure", 18.78e9)} <= numbers
    assert any(s.change and s.change.value == 8.5 for s in found)
    cues = [s.text_cue for s in found]
    assert cues.count("counter_trend") == 3
    assert "linked" in cues
    assert "first" in cues
    assert sum(s.kind is Kind.POSITION for s in found) >= 4


WORDS = st.sampled_from(
    [
        "China",
        "Russia",
        "'s",
        "trade",
        "with",
        "exports",
        "to",
        "imports",
        "from",
        "rose",
        "fell",
        "5",
        "percent",
        "$3",
        "billion",
        "in",
        "2020",
        "last",
        "year",
        ",",
        ".",
        ";",
        "the",
        "and",
        "surplus",
        "of",
        "largest",
        "partner",
        "second",
        "among",
        "investors",
        "doubled",
        "signed",
        "agreement",
        "on",
        "joined",
        "EU",
        "“",
        "”",
        "(",
        ")",
        "up",
        "down",
        "against",
        "a",
        "earlier",
        "target",
        "by",
        "2030",
        "said",
        "according",
        "two",
        "countries",
        "bilateral",
        "—",
        "U.S.",
        "dlrs",
        "mln",
        "first",
        "half",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_no_text_raises_and_every_quote_is_exact(text: str) -> None:
    for statement in read(text, "2021-03-26"):
        assert statement.quote == text[statement.start : statement.end]
        assert statement.quote
        assert statement.attributed_to is None or statement.attributed_to in text


@pytest.mark.parametrize(
    "text",
    [
        "China trade " * 4000,
        "1," * 20000,
        "China and " * 6000,
        "(" * 20000,
        "a" * 50000,
        "January-" * 5000,
    ],
)
def test_work_stays_bounded(text: str) -> None:
    read(text, "2021-03-26")


def test_stems_hide_no_word_of_the_lexicon() -> None:
    """The quick look for stems must never dismiss what the full patterns would find."""
    full = topics.topic_words()
    slow = re.compile(full.pattern.replace(f"(?={topics._STEM})", "", 1), re.IGNORECASE)
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines() if line]
    for row in rows:
        quick = [m.span() for m in full.finditer(row["text"])]
        assert quick == [m.span() for m in slow.finditer(row["text"])]


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("Kenya's tea exports to Egypt came to $150 million in 2012.", "tea"),
        ("Kenya's exports of cut flowers to Egypt came to $150 million in 2012.", "cut flowers"),
        ("Egypt bought 71,000 tonnes of Kenyan tea in 2012.", "tea"),
        (
            "Mobile phone shipments from Kenya to Egypt came to $150 million in 2012.",
            "mobile phone",
        ),
        ("Kenya's non-oil exports to Egypt came to $150 million in 2012.", "non-oil"),
        ("Kenya's total merchandise exports to Egypt came to $150 million in 2012.", None),
        ("Kenya exported goods worth $150 million to Egypt in 2012.", None),
        ("Kenya sold Egypt goods for US$150 million in 2012.", None),
    ],
)
def test_goods_are_named(text: str, goods: str | None) -> None:
    found = [s for s in read(text, "2013-01-01") if s.kind is Kind.FIGURE]
    assert [s.commodity for s in found] == [goods]


@pytest.mark.parametrize(
    ("text", "reporter"),
    [
        (
            "Pak-China trade stood at $13.2 billion in 2018, with exports of just $1.7 billion.",
            "PAK",
        ),
        ("Peru-Chile trade came to $3 billion in 2018, with Chilean exports of $2 billion.", "CHL"),
    ],
)
def test_the_second_of_a_hyphened_pair_owns_no_flow(text: str, reporter: str) -> None:
    exports = read(text)[1]
    assert (exports.measure, exports.reporter, exports.commodity) == ("exports", reporter, None)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("By July Peru's exports to Chile had fallen to $26 million.", 2022),
        ("Peru's exports to Chile are to reach $26 million by July.", 2023),
    ],
)
def test_a_month_by_which_it_was_so(text: str, year: int) -> None:
    period = read(text, day="2022-08-08")[0].period
    assert period is not None
    assert period.start == date(year, 7, 1)


def test_fiscal_years_are_those_of_the_place_of_writing() -> None:
    text = (
        "ISLAMABAD: Exports to Afghanistan came to $558 million in 2023-24. Kabul sold goods "
        "worth $539 million to Afghanistan's neighbour."
    )
    period = read(text, day="2024-07-18")[0].period
    assert period is not None
    assert (period.start, period.end) == (date(2023, 7, 1), date(2024, 6, 30))
