"""Bytes to text: byte order marks, UTF-8, UTF-16, Windows-1252, and what is none of them."""

from __future__ import annotations

import codecs
import re

from accord.errors import ReadError

__all__ = ["MAX_TEXT_BYTES", "decode", "human_size", "looks_like_feed", "sniff"]

MAX_TEXT_BYTES = 32 * 2**20  # a thousand newspaper pages; beyond it a file is a collection

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF file"),
    (b"OggS", "audio"),
    (b"ID3", "audio"),
    (b"RIFF", "audio or video"),
)
_SAMPLE = 4096
_MOST_CONTROLS = 0.02  # share of control characters above which bytes are no text
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"


_FEED = re.compile(rb"<(?:rss|rdf:RDF|feed)[\s>]")


def looks_like_feed(head: bytes) -> bool:
    """Whether a file that begins so is RSS or Atom."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(_FEED.search(head))


def sniff(data: bytes) -> str | None:
    """What the first bytes say: ``pdf``, ``zip``, a description of what it is, or None."""
    head = data[:1024].lstrip() if data[:5] != b"%PDF-" else data
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    return None


def decode(data: bytes, source: str) -> str:
    """Text of the bytes, with ``\\n`` at line ends and no byte order mark.

    UTF-8 where it is valid; UTF-16 by its mark or its zero bytes; else Windows-1252,
    which English text from older systems is in. Raises READ004 for binary data,
    READ005 where a declared encoding is not kept, READ009 above 32 MiB.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise ReadError(
            "READ009", source=source, size=human_size(len(data)), limit=human_size(MAX_TEXT_BYTES)
        )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lines(_strict(data, encoding, source))
    wide = _wide(data[:_SAMPLE])
    if wide:
        return _lines(_strict(data, wide, source))
    if _is_binary(data[:_SAMPLE]):
        raise ReadError("READ004", source=source, found="binary data")
    return _lines(_narrow(data, source))


def human_size(size: int) -> str:
    """``32.0 MB``."""
    for unit, factor in (("GB", 2**30), ("MB", 2**20), ("kB", 2**10)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"


def _narrow(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        if _mostly_utf8(data):
            raise ReadError(
                "READ005", source=source, encoding="UTF-8", position=problem.start
            ) from None
        return _western(data, source)


def _western(data: bytes, source: str) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as problem:
        position = problem.start
        raise ReadError(
            "READ005", source=source, encoding="UTF-8 or Windows-1252", position=position
        ) from None
    return text


def _mostly_utf8(data: bytes) -> bool:
    # More valid multi-byte characters than faults: damaged UTF-8, not Windows-1252.
    rest = data.decode("utf-8", "replace")
    wrong = rest.count("\ufffd")
    right = sum(1 for char in rest[: 2**20] if ord(char) > 127) - wrong
    return right > 2 * wrong


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        name = encoding.removesuffix("-sig").upper()
        raise ReadError("READ005", source=source, encoding=name, position=problem.start) from None


def _wide(sample: bytes) -> str | None:
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _is_binary(sample: bytes) -> bool:
    if not sample:
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return b"\x00" in sample or controls > _MOST_CONTROLS * len(sample)


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
