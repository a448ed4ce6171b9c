"""RSS and Atom feeds: each entry becomes a document, its page fetched where needed."""

from __future__ import annotations

import calendar
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from accord.errors import ReadError
from accord.model.document import Document
from accord.read.documents import document_from_bytes, is_url, read_document
from accord.read.streams import Item, to_json

__all__ = ["document_from_entry", "items_from_feed"]

_WHOLE_ARTICLE = 1_200  # characters; a shorter entry is a summary, and its page is fetched


def items_from_feed(source: str, *, allow_private_addresses: bool = False) -> Iterator[Item]:
    """The entries of a feed (an address or a file) in its order.

    Raises READ034 for what is no feed, and what fetching or opening raises.
    """
    import feedparser

    feed = feedparser.parse(_content(source, allow_private_addresses))
    if not feed.version:
        raise ReadError("READ034", source=source)
    for number, entry in enumerate(feed.entries, start=1):
        fields = to_json(_fields(entry))
        yield Item(number, "entry", fields, allow_private_addresses=allow_private_addresses)


def document_from_entry(
    fields: dict[str, Any], *, allow_private_addresses: bool = False
) -> Document:
    """The document of an entry: its own text where that is whole, else its page."""
    source = fields["url"] or fields["id"] or fields["title"] or "entry"
    text, url = fields["html"], fields["url"]
    if len(text) < _WHOLE_ARTICLE and url and is_url(url):
        found = read_document(
            url,
            published=fields["published"],
            title=fields["title"],
            allow_private_addresses=allow_private_addresses,
        )
    else:
        found = document_from_bytes(
            f"<html><body><article>{text}</article></body></html>".encode("utf-8", "replace"),
            source, published=fields["published"], title=fields["title"],
            content_type="text/html; charset=utf-8", url=url,
        )  # fmt: skip
    return Document(
        text=found.text, source=source, title=found.title, language=found.language,
        published=found.published, url=url, id=fields["id"] or url,
    )  # fmt: skip


def _content(source: str, allow_private: bool) -> bytes:
    if is_url(source):
        from accord.read.fetch import fetch_url

        return fetch_url(source, allow_private_addresses=allow_private).content
    try:
        return Path(source).read_bytes()
    except FileNotFoundError:
        raise ReadError("READ001", source=source) from None
    except OSError as problem:
        raise ReadError("READ002", source=source, detail=problem.strerror) from None


def _fields(entry: Any) -> dict[str, Any]:
    contents = [str(part.get("value", "")) for part in entry.get("content", [])]
    return {
        "id": entry.get("id") or None,
        "url": entry.get("link") or None,
        "title": entry.get("title") or None,
        "published": _day(entry.get("published_parsed") or entry.get("updated_parsed")),
        "html": max([*contents, str(entry.get("summary", ""))], key=len),
    }


def _day(parsed: time.struct_time | None) -> str | None:
    if parsed is None:
        return None
    day = datetime.fromtimestamp(calendar.timegm(parsed), UTC).date()
    return day.isoformat() if day <= datetime.now(UTC).date() else None
