"""Tables as printed: rows of text under headings, from CSV, XLSX or HTML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from accord.errors import RecordError

__all__ = ["read_grid"]


def read_grid(
    path: Path, source: str, mapping: Mapping[str, Any]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number in the file (from 1) and cells by heading. Raises REC012 or REC013."""
    form = mapping.get("format") or path.suffix.lstrip(".").lower()
    try:
        rows = _READERS[form](path, mapping)
    except KeyError:
        raise _wrong(path, source, form, "the format is none of csv, xlsx, html") from None
    except (OSError, ValueError, UnicodeDecodeError, csv.Error, IndexError) as problem:
        raise _wrong(path, source, form, str(problem)) from None
    except Exception as problem:  # openpyxl raises whatever the archive met
        raise _wrong(path, source, form, type(problem).__name__) from None
    first, deep = int(mapping.get("header", 1)), int(mapping.get("header_rows", 1))
    if len(rows) < first + deep:
        raise _wrong(path, source, form, f"it has {len(rows)} rows, too few for its heading")
    names = _headings(rows[first - 1 : first - 1 + deep])
    for place, cells in enumerate(rows[first - 1 + deep :], start=first + deep):
        if any(cell.strip() for cell in cells):
            yield place, dict(zip(names, [*cells, *[""] * len(names)], strict=False))


def _headings(rows: list[list[str]]) -> list[str]:
    """One name a column; an empty cell of an upper row repeats its left neighbour."""
    filled = []
    for row in rows[:-1]:
        last, line = "", []
        for cell in row:
            last = cell.strip() or last
            line.append(last)
        filled.append(line)
    filled.append([cell.strip() for cell in rows[-1]])
    width = max(map(len, filled))
    padded = [line + [""] * (width - len(line)) for line in filled]
    return [" ".join(" ".join(parts).split()) for parts in zip(*padded, strict=True)]


def _read_csv(path: Path, mapping: Mapping[str, Any]) -> list[list[str]]:
    text = path.read_bytes().decode(mapping.get("encoding", "utf-8-sig"))
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        raise ValueError("it is a web page")
    return list(csv.reader(io.StringIO(text), delimiter=mapping.get("delimiter", ",")))


def _read_xlsx(path: Path, mapping: Mapping[str, Any]) -> list[list[str]]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        wanted = mapping.get("sheet", 1)
        sheet = book.worksheets[wanted - 1] if isinstance(wanted, int) else book[wanted]
        return [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


def _read_html(path: Path, mapping: Mapping[str, Any]) -> list[list[str]]:
    parser = _Tables()
    parser.feed(path.read_bytes().decode(mapping.get("encoding", "utf-8")))
    wanted = int(mapping.get("table", 1))
    if len(parser.tables) < wanted:
        raise ValueError(f"it has {len(parser.tables)} tables, number {wanted} was expected")
    return parser.tables[wanted - 1]


class _Tables(HTMLParser):
    """The tables of a page as rows of text; cells over several columns are repeated."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._span = 0
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, row or cell."""
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self._cell = []
            self._span = int(dict(attrs).get("colspan") or 1)

    def handle_data(self, data: str) -> None:
        """Gather the text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close a cell."""
        if tag in {"td", "th"} and self._cell is not None:
            text = " ".join("".join(self._cell).split())
            self.tables[-1][-1] += [text] * min(self._span, 100)
            self._cell = None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _wrong(path: Path, source: str, form: str, detail: str) -> RecordError:
    return RecordError(
        "REC012", source=source, file=path.name, format=form or "a table", detail=detail
    )


_READERS = {"csv": _read_csv, "xlsx": _read_xlsx, "html": _read_html, "htm": _read_html}
