"""A coded corpus on its way to a verdict: coded, loaded, asked; never its own evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from accord.check import Facts, check_document
from accord.cli.event_stories import story_rows, write_csv
from accord.errors import EventError, RecordError
from accord.events.coder import code_fields
from accord.events.corpus import CorpusRow, corpus_rows
from accord.model.document import Document
from accord.model.serial import publication_date
from accord.model.verdict import CheckedStatement, Outcome, Reason
from accord.read.statements import find_statements
from accord.record import Request, load, open_record

FIRST = (
    "Norway donated 500,000 masks to Moldova on 31 May 2022, the health ministry said. "
    "Norway will lend Moldova 20 million euros. In March 2022 Norway sent doctors to Moldova."
)
SECOND = (
    "Norway sent Moldova 500,000 masks in May 2022, officials in Oslo said. "
    "A Norwegian delegation visited Moldova on 12 May 2022."
)
PAGE = "https://example.org/news/masks"


def document(text: str, published: str = "2022-06-03", **more: Any) -> Document:
    source = more.pop("source", "a text")
    return Document(text, source, published=publication_date(published), **more)


def coded(*documents: Document) -> list[dict[str, Any]]:
    return [{"id": d.source} | code_fields(d) for d in documents]


def corpus(*documents: Document) -> list[CorpusRow]:
    return corpus_rows(coded(*documents), "own reports")


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Facts]:
    """A record that holds both texts, coded, beside the bundled facts."""
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path / "home"))
    texts = (document(FIRST, source="first.txt", url=PAGE), document(SECOND, source="second.txt"))
    lines = map(json.dumps, coded(*texts))
    file = tmp_path / "stories.csv"
    assert write_csv(story_rows(lines, "own reports"), file) == 4
    assert load("coded_events", Request(files=(file,))).rows == 4
    with open_record() as record:
        yield Facts(record)


def judged(text: str, facts: Facts, **more: Any) -> list[CheckedStatement]:
    read = document(text, more.pop("published", "2022-06-20"), **more)
    return list(check_document(read, find_statements(read), facts).statements)


def test_an_act_is_supported_by_the_corpus_that_tells_it(facts: Facts) -> None:
    (found,) = judged("Norway donated 500,000 masks to Moldova in May 2022.", facts)
    assert found.verdict.outcome is Outcome.SUPPORTED
    (evidence,) = found.verdict.evidence
    assert evidence.publisher is not None
    assert evidence.publisher.startswith("own reports: ")
    assert "500,000 masks" in evidence.summary
    assert evidence.query is not None
    assert "coded-" in evidence.query


def test_first_and_only_list_what_is_held(facts: Facts) -> None:
    for text in (
        "Norway was the first country to send doctors to Moldova.",
        "Norway was the only country that sent doctors to Moldova.",
    ):
        (found,) = judged(text, facts)
        assert found.verdict.outcome is Outcome.UNVERIFIABLE
        assert found.verdict.reason is Reason.NEEDS_COMPLETE_RECORD
        assert any("sent doctors to Moldova" in e.summary for e in found.verdict.evidence)


def test_a_document_is_no_evidence_for_itself(facts: Facts) -> None:
    text = "In May 2022 a Norwegian delegation visited Moldova. "
    (found,) = judged(text, facts)
    assert found.verdict.outcome is Outcome.SUPPORTED
    # the very text that was coded, under another name: known by its hash
    own = [s for s in judged(SECOND, facts, source="copy.txt") if "delegation" in s.statement.quote]
    assert own
    assert all(s.verdict.outcome is not Outcome.SUPPORTED for s in own)
    assert not any("second.txt" in (e.publisher or "") for s in own for e in s.verdict.evidence)


def test_nor_is_the_page_that_it_was_published_on(facts: Facts) -> None:
    text = "In May 2022 Norway donated 500,000 masks to Moldova. Norway sent doctors there."
    for found in judged(text, facts, url=PAGE + "?from=front"):
        assert not any("first.txt" in (e.publisher or "") for e in found.verdict.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "Norway delivered 900,000 masks to Moldova on 3 April 2022.",
        "Norway delivered 500,000 masks to Moldova in January 2021.",
        "A Norwegian delegation visited Moldova in January 2020.",
        "Norway did not donate 500,000 masks to Moldova in May 2022.",
    ],
)
def test_coded_rows_never_refute(facts: Facts, text: str) -> None:
    assert all(
        s.verdict.outcome not in {Outcome.CONTRADICTED, Outcome.SUPPORTED}
        for s in judged(text, facts)
    )


def test_only_what_was_done_is_handed_on() -> None:
    rows = corpus(document(FIRST))
    assert [(r.actors, r.code, r.targets, r.date) for r in rows] == [
        ("NOR", "AID", "MDA", "2022-05-31"), ("NOR", "AID", "MDA", "2022-03"),
    ]  # fmt: skip
    assert not any("lend" in r.what for r in rows)


def test_a_story_has_a_row_for_each_document_that_tells_it() -> None:
    rows = corpus(document(FIRST, source="a"), document(SECOND, source="b"))
    masks = [r for r in rows if "masks" in r.what]
    assert [r.mentions for r in masks] == [2, 2]
    assert len({r.url for r in masks}) == len({r.id for r in masks}) == 2


def test_a_day_known_by_the_report_alone_is_given_as_its_month() -> None:
    (row,) = corpus(document("Norway donated generators to Moldova.", url=PAGE))
    assert row.date == "2022-06"
    assert row.url.startswith(f"{PAGE}#sha256=")


def test_rows_keep_their_names_when_coded_again() -> None:
    first = corpus(document(FIRST, source="a"), document(SECOND, source="b"))
    again = corpus(document(SECOND, source="b"), document(FIRST, source="a"))
    assert {r.id for r in first} == {r.id for r in again}


def test_a_table_that_lacks_a_column_or_has_a_wrong_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path / "home"))
    file = tmp_path / "stories.csv"
    for content, code in (
        ("id,date,actors,targets\nx,2022,NOR,MDA\n", "REC013"),
        ("id,date,actors,targets,what\nx,last May,NOR,MDA,gave\n", "REC014"),
    ):
        file.write_text(content)
        with pytest.raises(RecordError, match=code):
            load("coded_events", Request(files=(file,)))


def test_lines_that_are_none_and_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(EventError, match="EVT001"):
        story_rows(["[1]"], "x")
    with pytest.raises(EventError, match="EVT005"):
        write_csv([], tmp_path / "nowhere" / "stories.csv")
