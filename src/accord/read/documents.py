"""Documents from files, addresses, bytes, standard input and lines of JSON."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from accord.errors import ReadError
from accord.model.document import Document, PublicationDate
from accord.read.decoding import MAX_TEXT_BYTES, decode, human_size, looks_like_feed, sniff
from accord.read.language import detect_language
from accord.read.pages import Extracted
from accord.read.publication import find_published, find_title, parse_published

__all__ = [
    "document_from_bytes",
    "document_from_line",
    "is_url",
    "line_id",
    "parse_line",
    "read_document",
]

MAX_FILE_BYTES = 256 * 2**20
_JSON_NAMES = {
    list: "an array",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "true or false",
}
_MARKDOWN = (".md", ".markdown")
_HTML = (".html", ".htm", ".xhtml")
_HEADING = re.compile(r"(?m)^#{1,6}[ \t]+(.*?)[ \t]*#*$")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)


def read_document(
    source: str | Path | bytes,
    *,
    published: str | PublicationDate | None = None,
    title: str | None = None,
    allow_private_addresses: bool = False,
) -> Document:
    """The document at a path or an ``http(s)`` address, on standard input (``-``), or in bytes.

    The format (text, Markdown, HTML, PDF, DOCX) is told by the content first. What is
    given goes before what is found for title and publication date. Raises
    :class:`~accord.errors.ReadError` for anything that cannot be read, naming it.
    """
    if isinstance(source, bytes):
        return document_from_bytes(source, "bytes", published=published, title=title)
    place = str(source)
    if is_url(place):
        return _fetched(place, published, title, allow_private_addresses)
    name = "standard input" if place == "-" else place
    data = _standard_input() if place == "-" else _file_bytes(Path(place))
    return document_from_bytes(data, name, published=published, title=title)


def document_from_bytes(
    data: bytes,
    source: str,
    *,
    published: str | PublicationDate | None = None,
    title: str | None = None,
    url: str | None = None,
    content_type: str = "",
) -> Document:
    """The document in some bytes; ``source`` names their place in messages."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ReadError("READ003", source=source)
    date = _given(published, source)
    extracted = _extract(data, source, content_type)
    if not extracted.text.strip():
        raise ReadError("READ003", source=source)
    return Document(
        text=extracted.text,
        source=source,
        title=title or extracted.title,
        language=detect_language(extracted.text),
        published=date or extracted.published,
        url=url,
    )


def document_from_line(
    line: bytes | str, number: int, *, published: str | None = None, source: str = "-"
) -> Document:
    """The document in one line of JSON: ``{id, text, published?, title?, url?}``.

    Other keys are ignored. ``published`` is used where the line has none. Raises
    READ030 to READ032 and READ012/013, naming the line.
    """
    return parse_line(line, number, published=published, source=source)[1]


def parse_line(
    line: bytes | str, number: int, *, published: str | None = None, source: str = "-"
) -> tuple[str | int | None, Document]:
    """The ``id`` as it stands in the line, and the document of :func:`document_from_line`."""
    fields = _object(line, number)
    text = fields.get("text")
    if not isinstance(text, str):
        raise ReadError("READ031", line=number)
    if len(text) > MAX_TEXT_BYTES:
        size, limit = human_size(len(text)), human_size(MAX_TEXT_BYTES)
        raise ReadError("READ009", source=f"The text of line {number}", size=size, limit=limit)
    title, url, given = (_string(fields, key, number) for key in ("title", "url", "published"))
    identity = fields.get("id")
    if identity is not None and not isinstance(identity, str | int):
        raise ReadError("READ032", line=number, key="id", expected="a string or a number")
    date = given or published
    return identity, Document(
        text=text,
        source=f"line {number}" if source == "-" else f"{source}, line {number}",
        title=title or None,
        language=detect_language(text),
        published=parse_published(date, f"line {number}") if date else None,
        url=url,
        id=str(identity) if identity is not None else None,
    )


def line_id(line: bytes | str) -> str | int | None:
    """The ``id`` of a line as it stands there, or None where there is none to be had."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    identity = fields.get("id") if isinstance(fields, dict) else None
    return identity if isinstance(identity, str | int) else None


def is_url(place: str) -> bool:
    """Whether a source is an address to fetch."""
    return place.lower().startswith(("http://", "https://"))


def _fetched(
    url: str, published: str | PublicationDate | None, title: str | None, allow_private: bool
) -> Document:
    from accord.read.fetch import fetch_url

    page = fetch_url(url, allow_private_addresses=allow_private)
    return document_from_bytes(
        page.content, url, published=published, title=title, url=page.url,
        content_type=page.content_type,
    )  # fmt: skip


def _file_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:  # devices and pipes do not tell their size
            data = b"" if size > MAX_FILE_BYTES else file.read(MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ReadError("READ001", source=str(path)) from None
    except (OSError, ValueError) as problem:
        detail = getattr(problem, "strerror", None) or str(problem)
        raise ReadError("READ002", source=str(path), detail=detail) from None
    if max(size, len(data)) > MAX_FILE_BYTES:
        found, limit = human_size(max(size, len(data))), human_size(MAX_FILE_BYTES)
        raise ReadError("READ009", source=str(path), size=found, limit=limit)
    return data


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        limit = human_size(MAX_FILE_BYTES)
        raise ReadError("READ009", source="standard input", size="over " + limit, limit=limit)
    return data


def _given(published: str | PublicationDate | None, source: str) -> PublicationDate | None:
    if isinstance(published, str):
        return parse_published(published, source)
    return published


def _extract(data: bytes, source: str, content_type: str) -> Extracted:
    kind = sniff(data)
    if kind == "pdf":
        from accord.read.pdf import read_pdf

        return _completed(read_pdf(data, source))
    if kind == "zip":
        from accord.read.docx import read_docx

        return _completed(read_docx(data, source))
    if kind is not None:
        raise ReadError("READ004", source=source, found=kind)
    return _extract_text(data, source, content_type)


def _extract_text(data: bytes, source: str, content_type: str) -> Extracted:
    name = source.lower()
    if looks_like_feed(data[:1024]):
        raise ReadError("READ050", source=source)
    marked = "html" in content_type or name.endswith(_HTML)
    if marked or (not name.endswith((*_MARKDOWN, ".txt")) and _is_html(data)):
        from accord.read.html import read_html

        charset = re.search(r"charset=[\"']?([\w-]+)", content_type)
        page = read_html(data, source, charset=charset.group(1) if charset else None)
        return _completed(page)
    if len(data) > MAX_TEXT_BYTES:
        size, limit = human_size(len(data)), human_size(MAX_TEXT_BYTES)
        raise ReadError("READ009", source=source, size=size, limit=limit)
    text = decode(data, source)
    if name.endswith(_MARKDOWN) or "markdown" in content_type:
        return Extracted(_plain_markdown(text), find_title(text), find_published(text))
    return _completed(Extracted(text))


def _is_html(data: bytes) -> bool:
    if not data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    from accord.read.html import looks_like_html

    return looks_like_html(data)


def _completed(extracted: Extracted) -> Extracted:
    """With the title and the date that stand in the text itself, where the file names none."""
    text = extracted.text
    return Extracted(
        text,
        extracted.title or find_title(text),
        extracted.published or find_published(text),
    )


def _plain_markdown(text: str) -> str:
    plain = _FRONT_MATTER.sub("", text)
    plain = _HEADING.sub(r"\1", plain)
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", plain))


def _object(line: bytes | str, number: int) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        fields = json.loads(text)
    except UnicodeDecodeError as problem:
        detail = f"byte {problem.start} is no UTF-8"
        raise ReadError("READ030", line=number, detail=detail) from None
    except RecursionError:
        raise ReadError("READ030", line=number, detail="it is nested too deeply") from None
    except ValueError as problem:
        raise ReadError("READ030", line=number, detail=str(problem)[:120]) from None
    if not isinstance(fields, dict):
        detail = f"it is {_JSON_NAMES.get(type(fields), 'null')}"
        raise ReadError("READ030", line=number, detail=detail)
    return fields


def _string(fields: dict[str, Any], key: str, number: int) -> str | None:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value
    if key == "published" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise ReadError("READ032", line=number, key=key, expected="a string or null")
