"""Text to events: actors, roles, coreference, dates, and what is left out."""

from __future__ import annotations

from datetime import date

import pytest

from accord.events.actors import find_actors, principal_pair
from accord.events.coder import CodedEvent, Coder, code_fields
from accord.model.document import Document, PublicationDate

CODER = Coder()
DAY = date(2022, 6, 3)  # a Friday


def code(text: str, **more: str) -> tuple[CodedEvent, ...]:
    published = PublicationDate(DAY, DAY)
    return CODER.code(Document(text, "test", published=published, **more)).events


def acts(text: str) -> list[tuple[str | None, str, str | None]]:
    return [(e.source.code, e.root, e.target.code) for e in code(text)]


def test_a_plain_sentence() -> None:
    text = "Norway donated 40 generators to Moldova on Tuesday, the energy ministry said."
    (event,) = code(text)
    assert (event.source.code, event.target.code) == ("NOR", "MDA")
    assert event.root == "AID"
    assert event.date == "2022-05-31"
    assert event.date_basis == "text"
    assert event.tense == "past"
    assert event.modality == "done"
    assert text[event.start : event.end] == event.quote
    assert text[event.source.start : event.source.end] == event.source.text


def test_passive_and_promise() -> None:
    assert acts("A Polish diplomat was expelled by Belarus on Monday.") == [
        ("BLR", "SANCTION", "POL")
    ]
    (event,) = code("Japan will lend Vietnam $300 million for a metro line.")
    assert (event.root, event.modality, event.tense) == ("AGREE", "promised", "future")


def test_what_two_do_together_is_two_events() -> None:
    found = code("Serbia and Egypt signed a free trade agreement in Cairo.")
    assert {(e.source.code, e.target.code) for e in found} == {("SRB", "EGY"), ("EGY", "SRB")}
    assert all(e.reciprocal and e.root == "SUPPORT" for e in found)


def test_the_two_countries_are_those_spoken_of() -> None:
    text = "Talks between Chile and Peru ended on Monday. The two countries signed a water treaty."
    found = [e for e in code(text) if e.root == "SUPPORT"]
    assert {(e.source.code, e.target.code) for e in found} == {("CHL", "PER"), ("PER", "CHL")}
    assert all(e.source.by_coreference for e in found)


def test_several_clauses_give_several_events() -> None:
    text = "Cuba sent doctors to Italy, and Italy donated ventilators to Cuba."
    assert acts(text) == [("CUB", "AID", "ITA"), ("ITA", "AID", "CUB")]


def test_sectors() -> None:
    (event,) = code("Police in Tbilisi arrested two Russian activists.")
    assert (event.source.code, event.source.sector) == ("GEO", "police")
    assert event.target.code == "RUS"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Trade between China and Russia reached $18 billion in January.", "figure"),
        ("China and Russia do not need to build a pipeline with each other.", "negated"),
        ("It rained all day and the river rose.", "no_two_actors"),
    ],
)
def test_what_is_left_out_is_counted(text: str, reason: str) -> None:
    coded = CODER.code(Document(text, "test"))
    assert not coded.events
    assert reason in coded.skipped


def test_other_languages_and_empty_texts_are_left_out() -> None:
    assert CODER.code(Document("", "test")).events == ()
    coded = CODER.code(Document("Россия помогла Китаю.", "test", language="ru"))
    assert coded.skipped == {"other_language": 1}


def test_a_sentence_of_ten_thousand_words() -> None:
    text = "Norway helped Moldova and " * 2_500
    coded = CODER.code(Document(text, "test"))
    assert all(e.quote == text[e.start : e.end] for e in coded.events)


def test_the_line_of_a_document() -> None:
    fields = code_fields(Document("Norway donated generators to Moldova.", "test"))
    assert fields["events"][0]["source"]["code"] == "NOR"
    assert set(fields) == {"document", "events", "skipped", "left_out"}


def test_each_clause_left_out_is_named() -> None:
    text = "It rained all day. Norway donated generators to Moldova."
    fields = code_fields(Document(text, "test"))
    (part,) = fields["left_out"]
    assert text[part["start"] : part["end"]] == "It rained all day."
    assert part["reason"] == "no_two_actors"
    assert fields["skipped"] == {"no_two_actors": 1}


def test_actor_spans_are_in_the_text_and_in_order() -> None:
    text = "GENEVA (Wire) - The Swiss foreign minister met Libyan rebels in Geneva on Friday."
    spans = find_actors(text)
    assert [s.start for s in spans] == sorted(s.start for s in spans)
    pair = principal_pair(spans)
    assert pair is not None
    source, target = pair
    assert text[source.start : source.end] == "The Swiss foreign minister"
    assert text[target.start : target.end].startswith("Libyan rebels")
    assert find_actors("") == []
