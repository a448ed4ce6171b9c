"""Where sentences end."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.read.sentences import LONGEST, find_sentences


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Trade rose. Exports fell.", 2),
        ("U.S. exports to Canada rose 2.5 pct. Imports fell.", 2),
        ("It was signed with the U.S. The treaty is old.", 2),
        ("It takes effect on Jan. 1 next year.", 1),
        ("Mr. Li met President A. B. Smith of the U.K. on Monday.", 1),
        ("Trade was $5.6 billion. - In 2024 exports were $3 billion.", 2),
        ("A headline\n\nThe text begins.", 2),
        ("One sentence runs\nover two lines of print.", 1),
        ("“We agree.” He left.", 2),
    ],
)
def test_ends(text: str, count: int) -> None:
    assert len(pieces(text)) == count, pieces(text)


@given(st.text(alphabet="ab .!?\n-\"'(5$", max_size=400))
def test_sentences_are_ordered_and_bounded(text: str) -> None:
    found = find_sentences(text)
    for sentence in found:
        assert 0 <= sentence.start < sentence.end <= len(text)
        assert sentence.end - sentence.start <= LONGEST
    for earlier, later in itertools.pairwise(found):
        assert earlier.end <= later.start
