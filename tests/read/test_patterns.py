"""Patterns wait to be compiled until they are used, and then are ordinary patterns."""

from __future__ import annotations

import re

import pytest

from accord.read.patterns import lazy, one_of


def test_a_lazy_pattern_behaves_like_a_compiled_one() -> None:
    pattern, compiled = lazy(r"(?P<n>\d+)\s+tons", re.IGNORECASE), re.compile(r"\d+\s+tons", re.I)
    text = "5 TONS and 12 tons"
    assert [m.span() for m in pattern.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert pattern.search(text) is not None
    assert pattern.fullmatch("7 tons") is not None
    assert pattern.groupindex == {"n": 1}


def test_a_lazy_pattern_is_compiled_at_first_use() -> None:
    broken = lazy("(")
    with pytest.raises(re.error):
        broken.search("text")


WORDS = r"trad|\bties\b|in\s+force|recogni[sz]|suppl(?:y|ies)|Union\b"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Trade and ties", "Trad"),
        ("TIES", "TIES"),
        ("now In  Force", "In  Force"),
        ("they recognise it", "recognis"),
        ("supplies of the union", "supplies"),
        ("the union", "union"),
        ("contrade, tiesto, unionise", None),
    ],
)
def test_one_of_finds_what_the_plain_pattern_finds(text: str, found: str | None) -> None:
    match = one_of(WORDS).search(text)
    assert (match.group() if match else None) == found
    plain = re.search(rf"\b(?:{WORDS})", text, re.IGNORECASE)
    assert (plain.group() if plain else None) == found


def test_one_of_needs_letters_first() -> None:
    with pytest.raises(ValueError, match="does not begin with a letter"):
        one_of(r"trade|(?:re)?export")
