"""DOCX to text: paragraphs and tables in their order; zip bombs are refused unopened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from accord.errors import ReadError
from accord.read.decoding import human_size
from accord.read.pages import Extracted

__all__ = ["read_docx"]

MAX_UNPACKED = 256 * 2**20
MAX_XML = 48 * 2**20  # word/document.xml of a book of a thousand pages has about 10 MB
_MOST_DENSE = 200  # times smaller than unpacked: text packs to about a tenth
_MOST_PARTS = 5_000
_MAIN = "word/document.xml"


def read_docx(data: bytes, source: str) -> Extracted:
    """Text and title; raises READ008 (damaged), READ011 (zip bomb), READ004 (another zip)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, source)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as problem:
        raise _damaged(source, problem) from None
    return _extracted(data, source)


def _check(archive: zipfile.ZipFile, source: str) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if _MAIN not in names:
        raise ReadError("READ004", source=source, found=_other_zip(names))
    whole = sum(part.file_size for part in parts)
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    packed = sum(part.compress_size for part in parts) or 1
    dense = whole > 2**24 and whole > _MOST_DENSE * packed
    if whole > MAX_UNPACKED or xml > MAX_XML or dense or len(parts) > _MOST_PARTS:
        raise ReadError("READ011", source=source, size=human_size(whole))


def _other_zip(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "a spreadsheet"
    if any(name.startswith("ppt/") for name in names):
        return "slides"
    return "an archive"


def _extracted(data: bytes, source: str) -> Extracted:
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(_blocks(document))
        title = (document.core_properties.title or "").strip() or None
    except Exception as problem:  # python-docx meets damage with KeyError, XML errors and others
        raise _damaged(source, problem) from None
    if not text.strip():
        raise ReadError("READ003", source=source)
    return Extracted(text, title)


def _blocks(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = [cell.text.strip() for cell in row.cells]
                if any(cells):
                    yield " | ".join(cells)
        elif block.text.strip():
            yield block.text.strip()


def _damaged(source: str, problem: Exception) -> ReadError:
    detail = str(problem)[:200] or type(problem).__name__
    return ReadError("READ008", source=source, format="DOCX", detail=detail)
