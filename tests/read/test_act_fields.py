"""What acts of all kinds share: the day told, hedge and denial, and who says it."""

from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Statement
from accord.read.statements import find_statements

DAY = date(2024, 6, 14)  # a Friday


def acts(text: str) -> list[Statement]:
    """The statements of a text published on :data:`DAY`."""
    document = Document(text=text, source="t", published=PublicationDate(DAY, DAY))
    return list(find_statements(document))


def only(text: str) -> Statement:
    """The one statement of a text."""
    found = acts(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("on March 3", "2024-03-03"),
        ("on 3 March", "2024-03-03"),
        ("on Sept. 1", "2023-09-01"),  # still to come this year, so the last one
        ("on Monday", "2024-06-10"),
        ("Monday", "2024-06-10"),
        ("yesterday", "2024-06-13"),
        ("on 30 February 2001", "2001-02"),  # no such day
    ],
)
def test_days_without_a_year_are_the_last_ones(when: str, day: str) -> None:
    assert only(f"Peru and Chile signed a treaty {when}.").date == day


def test_what_is_still_to_come_is_dated_ahead() -> None:
    assert only("Peru's president arrives in Ghana on Wednesday.").date == "2024-06-19"
    assert only("Peru and Chile will sign a treaty on 3 July.").date == "2024-07-03"


def test_what_will_be_is_told_and_what_may_be_is_hedged() -> None:
    assert not only("Peru will reopen its embassy in Ghana.").hedged
    assert only("Peru may reopen its embassy in Ghana.").hedged


def test_denials_stand_before_the_verb() -> None:
    assert only("Peru has not recognised Ghana.").negated
    assert not only("Peru has recognised Ghana.").negated


def test_in_debates_whoever_has_the_word_is_the_speaker() -> None:
    found = acts("Mr. Brown: Peru and Chile signed a treaty in 2001. It lapsed in 2010.")
    assert [(s.attributed_to, s.speaker) for s in found] == [("Mr. Brown", "Mr. Brown")] * 2


def test_who_declares_war_says_nothing() -> None:
    assert only("Peru declared war on Chile on 5 April 1879.").attributed_to is None
