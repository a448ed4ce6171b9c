"""Where an actor's phrase ends: what belongs to it, and what does not."""

from __future__ import annotations

import pytest

from accord.events.actors import ActorSpan, find_actors, principal_pair
from accord.events.phrases import widened, with_second
from accord.events.words import split_words


def phrase(text: str, head: str) -> str:
    words = split_words(text)
    at = next(i for i, word in enumerate(words) if word.text == head)
    left, right = widened(words, at, at + 1)
    return text[words[left].start : words[right - 1].end]


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("They shelled the United States embassy.", "United", "the United States embassy"),
        ("Chad's power grid failed.", "Chad", "Chad's power grid"),
        ("They praised Chad's decision on Monday.", "Chad", "Chad"),
        ("Rebels attacked an army base in western Mali.", "base", "an army base in western Mali"),
        ("She met the ambassador in Lima.", "ambassador", "the ambassador"),
        ("He met the envoy to Chile.", "envoy", "the envoy to Chile"),
        ("About 300 migrants landed.", "300", "About 300 migrants"),
        ("In 2017 the Chadian army retreated.", "army", "the Chadian army"),
        ("They searched the home of Ana Rossi.", "Ana", "the home of Ana Rossi"),
        ("The killing of Ana Rossi shocked many.", "Ana", "Ana Rossi"),
        ("Dutch farmers dumped manure.", "farmers", "Dutch farmers"),
        ("They banned a Kenyan importer in Lima.", "importer", "a Kenyan importer"),
        ("She met customs officers from Chad.", "officers", "customs officers from Chad"),
        ("There Ana Rossi held talks.", "Ana", "Ana Rossi"),
        ("They met Gen. Ana Rossi again.", "Gen", "Gen. Ana Rossi"),
        ("Ana Rossi, the prime minister of Chad, left.", "Ana",
         "Ana Rossi, the prime minister of Chad"),
        ("The prime minister of Chad, Ana Rossi, left.", "minister",
         "The prime minister of Chad, Ana Rossi"),
    ],
)  # fmt: skip
def test_where_a_phrase_ends(text: str, head: str, expected: str) -> None:
    assert phrase(text, head) == expected


@pytest.mark.parametrize(
    ("text", "letter", "expected"),
    [
        ("They helped Chad and Mali.", "T", "Chad and Mali"),
        ("They helped Chad, Mali and Togo.", "T", "Chad, Mali and Togo"),
        ("Chad, Mali and Togo signed.", "S", "Chad, Mali and Togo"),
        ("They helped Chad and left.", "T", "Chad"),
    ],
)
def test_what_is_joined_to_an_actor(text: str, letter: str, expected: str) -> None:
    words = split_words(text)
    at = next(i for i, word in enumerate(words) if word.text == "Chad")
    stop = with_second(words, ["O"] * len(words), at + 1, letter)
    assert text[words[at].start : words[stop - 1].end] == expected


def test_an_actor_of_its_own_is_not_joined() -> None:
    words = split_words("Chad and Mali agreed to talk.")
    assert with_second(words, ["B-S", "O", "B-T", "O", "O", "O", "O"], 1, "S") == 1


def test_a_polity_that_the_act_goes_to_is_the_target() -> None:
    text = "Portugal spent a million euros on fighting the epidemic in Guinea."
    pair = principal_pair(find_actors(text))
    assert pair is not None
    assert [text[s.start : s.end] for s in pair] == ["Portugal", "Guinea"]


def test_the_act_decides_which_two_it_joins() -> None:
    spans = [
        ActorSpan(0, 4, "source", 0.9, named=True),
        ActorSpan(9, 13, "target", 0.8, named=True),
        ActorSpan(20, 24, "target", 0.8, named=True),
    ]
    assert principal_pair(spans) == (spans[0], spans[1])
    assert principal_pair(spans, lambda _, target: float(target.start == 20)) == (
        spans[0],
        spans[2],
    )
