"""Streams of documents to be read: files, folders, lines of JSON, entries of feeds.

An :class:`Item` only says where a document is; the process that reads it opens it.
So a stream of millions costs no memory, and what is broken breaks there alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from accord.errors import AccordError, ReadError
from accord.model.document import Document
from accord.read.decoding import human_size

__all__ = [
    "Item",
    "Line",
    "Work",
    "failed",
    "items_from_lines",
    "items_from_paths",
    "read_item",
    "to_json",
]

MAX_LINE_BYTES = 64 * 2**20
READABLE_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"})
READABLE_SUFFIXES |= {".pdf", ".docx"}

Work = Callable[[Document], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Item:
    """One document's place. ``kind`` is ``line``, ``place`` (path or address), ``entry``
    (of a feed, as JSON) or ``long`` (a line beyond the limit, without its content).
    """

    number: int
    kind: str
    content: bytes
    published: str | None = None
    title: str | None = None
    allow_private_addresses: bool = False

    @property
    def name(self) -> str:
        """How messages call it."""
        if self.kind in ("line", "long"):
            return f"line {self.number}"
        if self.kind == "entry":
            return f"entry {self.number}"
        return self.content.decode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output, without its newline; ``ok`` is false for an error."""

    number: int
    data: bytes
    ok: bool


def items_from_lines(stream: BinaryIO, *, published: str | None = None) -> Iterator[Item]:
    """The non-blank lines of a JSON Lines stream, as they come in, each of bounded size."""
    number = 0
    while True:
        line = stream.readline(MAX_LINE_BYTES + 1)
        if not line:
            return
        number += 1
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            _skip_rest(stream)
            yield Item(number, "long", b"")
        elif line.strip():
            yield Item(number, "line", line, published)


def items_from_paths(
    paths: Iterable[str],
    *,
    published: str | None = None,
    title: str | None = None,
    allow_private_addresses: bool = False,
) -> Iterator[Item]:
    """Files and addresses as given; folders give the readable files below them, sorted."""
    number = 0
    for path in paths:
        for place in _below(path):
            number += 1
            content = place.encode("utf-8", "surrogateescape")
            yield Item(number, "place", content, published, title, allow_private_addresses)


def read_item(item: Item, work: Work) -> Line:
    """Open the item, apply ``work`` to its document, and give the line for the output.

    Never raises: what goes wrong becomes ``{"id", "line", "error"}``.
    """
    try:
        identity, document = _open(item)
        return Line(item.number, to_json({"id": identity, **work(document)}), True)
    except AccordError as problem:
        return failed(item, problem)
    except Exception as problem:  # one document's defect must not end the others
        detail = f"{type(problem).__name__}: {str(problem)[:160]}"
        return failed(item, ReadError("READ042", source=item.name, detail=detail))


def failed(item: Item, problem: AccordError) -> Line:
    """The line that reports a problem: ``{"id"|null, "line", "error"}``."""
    fields = {"id": _identity(item), "line": item.number, "error": problem.to_dict()}
    return Line(item.number, to_json(fields), False)


def to_json(fields: dict[str, Any]) -> bytes:
    """One line of JSON in UTF-8; unpaired surrogates are escaped."""
    try:
        return json.dumps(fields, ensure_ascii=False, separators=(", ", ": ")).encode()
    except UnicodeEncodeError:
        return json.dumps(fields).encode()


def _identity(item: Item) -> str | int | None:
    from accord.read.documents import line_id

    if item.kind == "line":
        return line_id(item.content)
    if item.kind == "entry":
        return str(json.loads(item.content).get("id") or item.number)
    return item.name if item.kind == "place" else None


def _open(item: Item) -> tuple[str | int | None, Document]:
    from accord.read.documents import parse_line, read_document

    if item.kind == "long":
        raise ReadError("READ033", line=item.number, limit=human_size(MAX_LINE_BYTES))
    if item.kind == "line":
        return parse_line(item.content, item.number, published=item.published)
    if item.kind == "entry":
        from accord.read.feeds import document_from_entry

        document = document_from_entry(
            json.loads(item.content), allow_private_addresses=item.allow_private_addresses
        )
        return document.id, document
    document = read_document(
        item.name,
        published=item.published,
        title=item.title,
        allow_private_addresses=item.allow_private_addresses,
    )
    return item.name, document


def _below(path: str) -> Iterator[str]:
    folder = Path(path)
    if path == "-" or not folder.is_dir():
        yield path
        return
    for place in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in place.relative_to(folder).parts)
        if not hidden and place.suffix.lower() in READABLE_SUFFIXES and place.is_file():
            yield str(place)


def _skip_rest(stream: BinaryIO) -> None:
    while True:
        part = stream.readline(2**20)
        if not part or part.endswith(b"\n"):
            return
