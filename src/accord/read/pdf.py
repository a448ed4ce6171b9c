"""PDF to text, page by page; protected and scanned ones are told apart."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from accord.errors import ReadError
from accord.read.decoding import human_size
from accord.read.pages import Extracted

__all__ = ["read_pdf"]

MAX_CHARACTERS = 32 * 2**20
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_WRAPPED = re.compile(r"(?<=[^\n.!?:;])\n(?=[a-z(])")


def read_pdf(data: bytes, source: str) -> Extracted:
    """Text of all pages, lines joined where a sentence runs on.

    Raises READ006 (password), READ007 (no text: a scan), READ008 (damaged).
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("READ006", source=source)
        text = _text(reader, source)
        pages, title = len(reader.pages), _title(reader)
    except ReadError:
        raise
    except (PyPdfError, NotImplementedError) as problem:
        raise _damaged(source, problem) from None
    except Exception as problem:  # pypdf meets damage with whatever its parser trips over
        raise _damaged(source, problem) from None
    if not text.strip():
        raise ReadError("READ007", source=source, pages=pages)
    return Extracted(_WRAPPED.sub(" ", _HYPHEN.sub("", text)), title)


def _text(reader: Any, source: str) -> str:
    parts: list[str] = []
    size = 0
    for page in reader.pages:
        part = page.extract_text() or ""
        size += len(part)
        if size > MAX_CHARACTERS:
            raise ReadError(
                "READ009", source=source, size="over " + human_size(size),
                limit=human_size(MAX_CHARACTERS),
            )  # fmt: skip
        parts.append(part.strip())
    return "\n\n".join(part for part in parts if part)


def _title(reader: Any) -> str | None:
    title = reader.metadata.title if reader.metadata else None
    return str(title).strip() or None if title else None


def _damaged(source: str, problem: Exception) -> ReadError:
    detail = str(problem)[:200] or type(problem).__name__
    return ReadError("READ008", source=source, format="PDF", detail=detail)
