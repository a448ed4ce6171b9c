"""What is read of acts, treaties, memberships, ages and help, in wordings of many kinds."""

from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.lexicons import read_table
from accord.read.statements import find_statements


def read(text: str, published: str = "2021-06-01", title: str | None = None) -> list[Statement]:
    """The qualitative statements of a text."""
    day = date.fromisoformat(published)
    document = Document(text=text, source="t", title=title, published=PublicationDate(day, day))
    return [s for s in find_statements(document) if s.value is None or s.kind is not Kind.FIGURE]


def only(text: str, published: str = "2021-06-01") -> Statement:
    """The one statement of a text."""
    found = read(text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "cue", "day"),
    [
        ("Peru and Chile inked a trade pact on 3 May 2019.", "signed", "2019-05-03"),
        ("Peru's trade pact with Chile bears the date of 3 May 2019.", "signed", "2019-05-03"),
        ("Peru and Chile put their names to a treaty in May 2019.", "signed", "2019-05"),
        ("The treaty of Peru with Chile dates from May 2019.", "signed", "2019-05"),
        ("In 2014, the year before Peru and Chile signed a pact, it rained.", "signed", "2015"),
        (
            "In force since 3 May 2019, the pact of Peru and Chile is short.",
            "in force",
            "2019-05-03",
        ),
        (
            "The pact between Peru and Chile took legal effect in 2019.",
            "entered into force",
            "2019",
        ),
        ("The pact between Peru and Chile lapsed on 3 May 2019.", "ended", "2019-05-03"),
        ("Peru and Chile prolonged the treaty of 2001 by five years in 2019.", "renewed", "2019"),
        ("Peru ratified its treaty with Chile in 2019.", "ratified", "2019"),
    ],
)
def test_agreements(text: str, cue: str, day: str) -> None:
    statement = only(text)
    assert statement.kind is Kind.AGREEMENT
    assert (statement.text_cue, statement.date) == (cue, day)
    assert {statement.reporter, statement.partner} == {"PER", "CHL"}


def test_a_date_in_the_name_dates_what_is_not_dated_otherwise() -> None:
    statement = only(
        "Peru and Chile settled the border by the supplementary agreement of 4 May 1999."
    )
    assert (statement.kind, statement.date, statement.text_cue) == (
        Kind.AGREEMENT,
        "1999-05-04",
        "dated",
    )


def test_an_agreement_is_taken_up_by_it() -> None:
    found = read(
        "Peru and Chile signed a trade pact in 1993; it took effect in May of the next year."
    )
    assert [(s.text_cue, s.date) for s in found] == [
        ("signed", "1993"),
        ("entered into force", "1994-05"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Peru wants to sign a trade pact with Chile.",
        "Did Peru sign a trade pact with Chile in 2019?",
        "Peru and Chile extended their treaty until 2030.",
    ],
)
def test_no_agreement_is_dated_by_what_is_meant_or_asked(text: str) -> None:
    assert not [s for s in read(text) if s.kind is Kind.AGREEMENT and s.date]


@pytest.mark.parametrize(
    ("text", "member", "bloc", "day"),
    [
        ("Finland entered the European Union in 1995.", "FIN", "EU", "1995"),
        ("It was in 1995 that Finland was admitted to the European Union.", "FIN", "EU", "1995"),
        ("Finland's accession to the European Union took place in 1995.", "FIN", "EU", "1995"),
        ("NATO admitted Finland on 4 April 2021.", "FIN", "NATO", "2021-04-04"),
        ("Peru has sat in APEC since 1998.", "PER", "APEC", "1998"),
        ("APEC's newest member, Peru, hosts the summit.", "PER", "APEC", "2021-06-01"),
        ("Among the members of APEC is Peru.", "PER", "APEC", "2021-06-01"),
        ("The CSTO, to which Armenia belongs, met.", "ARM", "CSTO", "2021-06-01"),
        ("EAEU member Armenia sent a note.", "ARM", "EAEU", "2021-06-01"),
        ("Qatar walked out of OPEC on 1 January 2019.", "QAT", "OPEC", "2019-01-01"),
    ],
)
def test_memberships(text: str, member: str, bloc: str, day: str) -> None:
    statement = next(s for s in read(text) if s.kind is Kind.MEMBERSHIP)
    assert (statement.reporter, statement.partner, statement.date) == (member, bloc, day)
    assert not statement.negated


def test_memberships_follow_in_the_same_form() -> None:
    found = read("Finland entered the European Union in 1995, Estonia followed in 2004.")
    assert [(s.reporter, s.date) for s in found] == [("FIN", "1995"), ("EST", "2004")]
    found = read("Ghana is a member of the WTO; Serbia is not.")
    assert [(s.reporter, s.negated) for s in found] == [("GHA", False), ("SRB", True)]


def test_what_is_hoped_for_is_no_membership() -> None:
    assert not [
        s for s in read("Serbia hopes to join the European Union.") if s.kind is Kind.MEMBERSHIP
    ]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Ghana and Peru mark 50 years of diplomatic relations.", 50),
        ("Three decades of ties between Ghana and Peru were celebrated.", 30),
        ("Half a century of diplomatic relations binds Ghana and Peru.", 50),
        ("Ghana has been a member of the WTO for a quarter of a century.", 25),
        ("ASEAN turned 54 on Sunday.", 54),
        ("Ten years ago today Ghana and Peru signed a treaty.", 10),
        ("The 20th anniversary of the treaty between Ghana and Peru is near.", 20),
    ],
)
def test_anniversaries(text: str, years: int) -> None:
    statement = next(s for s in read(text) if s.kind is Kind.ANNIVERSARY)
    assert (statement.value, statement.unit) == (years, "years")


@pytest.mark.parametrize(
    "text",
    [
        "He was sentenced in Ghana to ten years in prison.",
        "Ten years after the war Ghana sold Peru more cocoa.",
        "The factory in Peru was opened twenty years ago.",
    ],
)
def test_not_every_number_of_years_is_an_anniversary(text: str) -> None:
    assert not [s for s in read(text) if s.kind is Kind.ANNIVERSARY]


@pytest.mark.parametrize(
    ("text", "pair", "value"),
    [
        (
            "On 3 May 2021 Peruvian planes carried home 2.5 million masks from China.",
            ("CHN", "PER"),
            2.5e6,
        ),
        ("Ten Chinese doctors landed in Lima on 3 May 2021.", ("CHN", "PER"), 10),
        ("Peru got 26 tonnes of humanitarian aid from China on 3 May 2021.", ("CHN", "PER"), 26),
        ("China gave Peru 300,000 masks on 3 May 2021.", ("CHN", "PER"), 300_000),
        (
            "The first 50 of 200 ventilators from China reached Peru on 3 May 2021.",
            ("CHN", "PER"),
            50,
        ),
    ],
)
def test_deliveries(text: str, pair: tuple[str, str], value: float) -> None:
    statement = only(text)
    assert statement.kind is Kind.EVENT
    assert (statement.reporter, statement.partner) == pair
    assert (statement.value, statement.date) == (value, "2021-05-03")


def test_goods_that_are_sold_are_no_help() -> None:
    found = read("Kenya shipped 1.2 million tonnes of tea to Egypt in 2020.")
    assert not [s for s in found if s.kind is Kind.EVENT]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The gas pipeline from Peru to Chile went on stream on 3 May 2021.", "launched"),
        ("The bridge between Peru and Chile was opened to traffic on 3 May 2021.", "opened"),
        ("Ground was broken for the bridge between Peru and Chile on 3 May 2021.", "begun"),
        ("The halves of the bridge between Peru and Chile were joined on 3 May 2021.", "joined"),
        ("Gas began to run from Peru to Chile on 3 May 2021.", "launched"),
    ],
)
def test_projects(text: str, cue: str) -> None:
    statement = only(text)
    assert (statement.kind, statement.text_cue, statement.date) == (Kind.EVENT, cue, "2021-05-03")


@pytest.mark.parametrize(
    "text",
    [
        "Peru broke off relations with Chile on Sunday.",
        "Peru reopened its embassy in Santiago on Sunday.",
        "Peru slapped a ban on Chilean fish on Sunday.",
        "Peru expelled two Chilean diplomats on Sunday.",
    ],
)
def test_acts(text: str) -> None:
    statement = next(s for s in read(text) if s.kind is Kind.EVENT)
    assert (statement.reporter, statement.partner) == ("PER", "CHL")
    assert statement.date == "2021-05-30"


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Lima hopes to sell more fish to Chile.", "intention"),
        ("The tariffs of Peru on Chilean fish are unjust.", "opinion"),
        ("The friendship of Peru and Chile knows no bounds.", "opinion"),
    ],
)
def test_positions(text: str, cue: str) -> None:
    statement = only(text)
    assert (statement.kind, statement.text_cue) == (Kind.POSITION, cue)


@pytest.mark.parametrize("name", ["acts", "agreements", "memberships", "deliveries", "projects"])
def test_every_entry_of_a_lexicon_has_a_cue_or_a_role(name: str) -> None:
    table = read_table(name)
    for entry in table.get("triggers", table.get("acts", [])):
        assert entry["pattern"]
        assert entry.get("cue") or entry.get("role")


def test_quotes_are_exact() -> None:
    text = (
        "Peru, a member of APEC, and Chile signed a treaty on 3 May 2019, ten years after the pact."
    )
    for statement in read(text):
        assert statement.quote == text[statement.start : statement.end]
        assert statement.traces


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Nobody has since matched 2019 for trade between Peru and Chile.", "record"),
        ("Trade between Peru and Chile was never so large as in 2019.", "record"),
        ("No country sent help to Peru sooner than Chile.", "first"),
    ],
)
def test_superlatives_without_a_number(text: str, cue: str) -> None:
    statement = only(text)
    assert (statement.kind, statement.text_cue, statement.value) == (Kind.RANKING, cue, 1.0)
