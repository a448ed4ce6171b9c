"""HTML to text: the article without its surroundings, with title and publication date."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from accord.errors import ReadError
from accord.read.decoding import decode, human_size
from accord.read.pages import Extracted
from accord.read.publication import parse_published

__all__ = ["looks_like_html", "read_html"]

MAX_HTML_BYTES = 16 * 2**20
_MOST_OPEN = 1_500  # nesting that no page needs; extraction time grows with its square
_OPENING = re.compile(rb"(?i)<(?:!doctype html|html|head|body|article|div|p|table|meta|title)\b")
_CHARSET = re.compile(rb"(?i)<meta[^>]+charset=[\"']?([\w-]+)")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*?(/?)>")
# Elements without an end tag, and two whose end tag is often left out.
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})
_VOID |= {"source", "track", "wbr", "p", "li", "td"}
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
_BLOCKS |= {"section", "article", "blockquote"}


def looks_like_html(data: bytes) -> bool:
    """Whether the beginning of the bytes holds HTML's own tags."""
    return _OPENING.search(data[:2048].replace(b"\x00", b"")) is not None


def read_html(data: bytes, source: str, *, charset: str | None = None) -> Extracted:
    """Main text, title and date of a page.

    Boilerplate is left out by trafilatura; where that finds no main text, all
    visible text is taken. Raises READ003 without any text, READ009 above 16 MiB.
    """
    if len(data) > MAX_HTML_BYTES:
        size, limit = human_size(len(data)), human_size(MAX_HTML_BYTES)
        raise ReadError("READ009", source=source, size=size, limit=limit)
    markup = _markup(data, source, charset)
    page = None if _too_deep(markup) else _main_text(markup)
    text = (page.text or "").strip() if page is not None else ""
    if not text:
        text = _visible_text(markup)
    if not text:
        raise ReadError("READ003", source=source)
    if page is None:
        return Extracted(text)
    return Extracted(text, page.title or None, _published(page.date, source))


def _markup(data: bytes, source: str, charset: str | None) -> str:
    declared = _CHARSET.search(data[:4096])
    name = charset or (declared.group(1).decode("ascii") if declared else None)
    if name and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(name, "replace")
        except LookupError:
            pass  # a made-up name: look at the bytes instead
    return decode(data, source)


def _main_text(markup: str) -> Any:
    import trafilatura

    try:
        return trafilatura.bare_extraction(
            markup,
            include_comments=False,
            with_metadata=True,
            # Only dates that the page marks as its own: a guessed one would be worse than none.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except (ValueError, RecursionError, AttributeError, TypeError):
        return None  # markup that its parser gives up on still has visible text


def _published(found: str | None, source: str) -> Any:
    from dataclasses import replace

    try:
        return replace(parse_published(found, source), origin="found") if found else None
    except ReadError:
        return None  # a page that dates itself to the future does not say when it appeared


def _too_deep(markup: str) -> bool:
    depth = 0
    for tag in _TAG.finditer(markup):
        closing, name, empty = tag.groups()
        if empty or name.lower() in _VOID:
            continue
        depth += -1 if closing else 1
        if depth > _MOST_OPEN:
            return True
    return False


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def _visible_text(markup: str) -> str:
    reader = _TextOnly()
    try:
        reader.feed(markup)
        reader.close()
    except (AssertionError, ValueError):
        pass  # what came before the broken declaration is kept
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
