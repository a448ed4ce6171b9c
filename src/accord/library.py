"""The library's front door: a document in, a check out, in one call."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accord.model.verdict import Check
    from accord.record import Record

__all__ = ["check_place", "check_text"]


def check_place(
    source: str | Path | bytes,
    *,
    published: str | None = None,
    as_of: str | date | None = None,
    title: str | None = None,
    record: Record | None = None,
) -> Check:
    """Read a document and judge its statements against the record.

    ``source`` is a path, an ``http(s)`` address, ``-`` or bytes; ``published`` the day
    on which it appeared (YYYY, YYYY-MM or YYYY-MM-DD) if the document does not say it;
    ``as_of`` a later day for hindsight. Raises :class:`accord.errors.ReadError` and
    :class:`accord.errors.RecordError`.

    >>> import accord
    >>> accord.check("article.txt", published="2021-03-26")  # doctest: +SKIP
    """
    from accord.read.documents import read_document

    document = read_document(source, published=published, title=title)
    return _checked(document, as_of, record)


def check_text(
    text: str,
    *,
    published: str | None = None,
    as_of: str | date | None = None,
    title: str | None = None,
    record: Record | None = None,
) -> Check:
    """The same for a text in memory."""
    from accord.model.document import Document
    from accord.read.language import detect_language
    from accord.read.publication import parse_published

    document = Document(
        text=text,
        source="text",
        title=title,
        language=detect_language(text),
        published=parse_published(published, "text") if published else None,
    )
    return _checked(document, as_of, record)


def _checked(document: object, as_of: str | date | None, record: Record | None) -> Check:
    from accord.check import Facts, check_document
    from accord.model.document import Document
    from accord.read.statements import survey_document
    from accord.record import open_record

    assert isinstance(document, Document)
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    survey = survey_document(document)
    if record is not None:
        return check_document(
            document, survey.statements, Facts(record),
            not_understood=survey.not_understood, as_of=day,
        )  # fmt: skip
    with open_record() as opened:
        return check_document(
            document, survey.statements, Facts(opened),
            not_understood=survey.not_understood, as_of=day,
        )  # fmt: skip
