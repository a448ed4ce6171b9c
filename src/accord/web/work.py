"""In the child process: read what was submitted, within limits, and check it."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from accord.check import Facts, check_document
from accord.errors import WebError
from accord.model.document import Document
from accord.model.serial import check_to_dict
from accord.read.documents import document_from_bytes
from accord.read.fetch import fetch_url
from accord.read.statements import survey_document
from accord.record import open_record
from accord.web.checking import Submission
from accord.web.settings import Settings

__all__ = ["check_submission"]


def check_submission(submission: Submission, settings: Settings) -> dict[str, Any]:
    """The JSON form of the check of one submission.

    Raises :class:`ReadError`, :class:`RecordError`, and WEB011 and WEB012 beyond the
    limits on text and pages.
    """
    document = _read(submission, settings)
    if len(document.text) > settings.text_characters:
        limit = f"{settings.text_characters:,}"
        raise WebError("WEB011", size=f"{len(document.text):,}", limit=limit)
    as_of = date.fromisoformat(submission.as_of) if submission.as_of else None
    survey = survey_document(document)
    with open_record() as record:
        check = check_document(
            document,
            survey.statements,
            Facts(record),
            not_understood=survey.not_understood,
            as_of=as_of,
        )
    return check_to_dict(check)


def _read(submission: Submission, settings: Settings) -> Document:
    content, name, url, kind = submission.content, submission.name, None, ""
    if submission.url is not None:
        fetched = fetch_url(
            submission.url,
            allow_private_addresses=settings.allow_private_addresses,
            max_bytes=settings.fetch_bytes,
            timeout=settings.fetch_seconds,
        )
        content, name, url, kind = fetched.content, fetched.url, fetched.url, fetched.content_type
    assert content is not None
    _refuse_long_pdf(content, settings)
    return document_from_bytes(
        content,
        name,
        published=submission.published,
        title=submission.title,
        url=url,
        content_type=kind,
    )


def _refuse_long_pdf(content: bytes, settings: Settings) -> None:
    if not content[:1024].lstrip().startswith(b"%PDF-"):
        return
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = len(PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        return  # the reader of documents says what is wrong with it
    if pages > settings.pdf_pages:
        raise WebError("WEB012", pages=pages, limit=settings.pdf_pages)
