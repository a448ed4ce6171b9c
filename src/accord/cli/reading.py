"""The work of ``accord read``: one document to the terminal, many to lines."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from accord.errors import ArgumentError, ReadError
from accord.read.engine import Output, run_batch
from accord.read.streams import Item, Work, items_from_lines, items_from_paths, to_json

__all__ = ["Batch", "read_one"]

_FEW = 8  # documents that are read in this process, without starting others
_FIELDS = ("measure", "reporter", "partner", "commodity", "value", "unit", "approx", "change",
           "period", "attributed_to", "date", "negated", "hedged")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """One run of the command: where documents come from, how they are read, where lines go."""

    paths: list[str]
    jsonl: str | None
    feed: str | None
    published: str | None
    title: str | None
    explain: bool
    output: Path | None
    resume: bool
    engine: str
    workers: int | None
    scheduler: str | None
    time_limit: float
    allow_private_addresses: bool

    @property
    def is_single(self) -> bool:
        """One document, shown whole."""
        many = self.jsonl is not None or self.feed is not None or self.output is not None
        return not many and len(self.paths) == 1 and not Path(self.paths[0]).is_dir()

    def check_options(self) -> None:
        """Raises READ049, ARG004 or a date's error before anything is read."""
        sources = [bool(self.paths), self.jsonl is not None, self.feed is not None]
        if not any(sources):
            raise ReadError("READ049", detail="no file, folder or address, no --jsonl, no --feed")
        if sum(sources) > 1:
            raise ArgumentError("ARG004", option="--jsonl or --feed", other="paths or each other")
        if self.resume and self.output is None:
            raise ArgumentError("ARG004", option="--resume", other="standard output: it needs -o")
        if self.published:
            from accord.read.publication import parse_published

            parse_published(self.published, "--published")

    def run(self) -> int:
        """Read all; the exit code is 1 if any document failed."""
        try:
            with ExitStack() as opened:
                items = self._items(opened)
                tally = run_batch(
                    self._work(), items, output=self._output(), engine=self.engine,
                    workers=self._workers(), scheduler=self.scheduler, time_limit=self.time_limit,
                )  # fmt: skip
        except BrokenPipeError:  # the reader of our lines has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        if tally.errors:
            sys.stderr.write(f"{tally.errors} of {tally.documents} documents could not be read\n")
        return 1 if tally.errors else 0

    def _workers(self) -> int | None:
        if self.workers is None and self.engine == "local" and 0 < len(self.paths) <= _FEW:
            folders = any(Path(path).is_dir() for path in self.paths)
            return None if folders else 0
        return self.workers

    def _work(self) -> Work:
        from accord.read.reading import read_line, read_whole

        function = read_line if self.jsonl is not None else read_whole
        return partial(function, explain=self.explain)

    def _items(self, opened: ExitStack) -> Iterator[Item]:
        if self.jsonl is not None:
            stream = opened.enter_context(_open(self.jsonl))
            return items_from_lines(stream, published=self.published)
        if self.feed is not None:
            from accord.read.feeds import items_from_feed

            return items_from_feed(self.feed, allow_private_addresses=self.allow_private_addresses)
        return items_from_paths(
            self.paths,
            published=self.published,
            title=self.title,
            allow_private_addresses=self.allow_private_addresses,
        )

    def _output(self) -> Output:
        from accord.read.journal import FileOutput, StreamOutput, fingerprint

        if self.output is None:
            return StreamOutput(sys.stdout.buffer)
        if self.output.suffix not in (".parquet", ".jsonl", ".json", ".ndjson"):
            detail = f"-o takes a name that ends in .jsonl or .parquet, not “{self.output.name}”."
            raise ArgumentError("ARG001", detail=detail, command="read")
        identity = fingerprint(
            command="read", paths=self.paths, jsonl=_size(self.jsonl), feed=self.feed,
            published=self.published, title=self.title, explain=self.explain,
        )  # fmt: skip
        return FileOutput(self.output, identity=identity, resume=self.resume)


def read_one(batch: Batch, *, form: str) -> None:
    """Read one document and show it whole, as JSON or as a table."""
    from accord.read.documents import read_document
    from accord.read.reading import read_whole

    document = read_document(
        batch.paths[0],
        published=batch.published,
        title=batch.title,
        allow_private_addresses=batch.allow_private_addresses,
    )
    fields = read_whole(document, explain=batch.explain)
    if form == "json":
        try:
            text = json.dumps(fields, ensure_ascii=False, indent=2)
            sys.stdout.buffer.write(text.encode() + b"\n")
        except UnicodeEncodeError:
            sys.stdout.buffer.write(to_json(fields) + b"\n")
    else:
        text = render(fields, document.text, explain=batch.explain)
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()


def render(fields: dict[str, Any], text: str, *, explain: bool) -> str:
    """The statements for a terminal: number, kind, parties, quote; with ``explain`` each field."""
    document, statements = fields["document"], fields["statements"]
    columns = max(60, min(shutil.get_terminal_size((100, 24)).columns, 140))
    count = f"{len(statements)} statement{'' if len(statements) == 1 else 's'}"
    head = (document["published"] or "no date", _plain(document["title"] or ""), count)
    lines = ["  ".join(part for part in head if part), ""]
    for number, statement in enumerate(statements, start=1):
        lines += _rows(number, statement, columns)
        if explain:
            lines += _traces(statement, text)
    if many := fields["not_understood"]:
        noun = "sentence" if many == 1 else "sentences"
        lines.append(f"{many} {noun} with figures or parties not understood")
    return "\n".join(lines) + "\n"


def _rows(number: int, statement: dict[str, Any], columns: int) -> list[str]:
    parties = " – ".join(p for p in (statement["reporter"], statement["partner"]) if p)
    what = " ".join(part for part in (statement["kind"], statement["measure"] or "") if part)
    quote = textwrap.wrap(_plain(statement["quote"]), columns - 4, max_lines=3, placeholder=" …")
    found = [f"{k} {_shown(statement[k])}" for k in _FIELDS[4:] if _shown(statement[k])]
    rows = [f"{number:>3} {what}  {parties}".rstrip(), *(f"    {line}" for line in quote)]
    return [*rows, *(textwrap.wrap("; ".join(found), columns - 4, initial_indent="    ",
                                   subsequent_indent="    ")), ""]  # fmt: skip


def _traces(statement: dict[str, Any], text: str) -> list[str]:
    rows = [
        f"      {trace['name']:<14}“{_plain(text[trace['start'] : trace['end']])}”  {trace['rule']}"
        for trace in statement["traces"]
    ]
    return [*rows, ""]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(_shown(part) for part in value.values() if part is not None)
    if isinstance(value, float):
        return f"{value:,.15g}"
    return "" if value in (None, False, "") else "yes" if value is True else _plain(str(value))


def _plain(text: str) -> str:
    from accord.model.verdict_display import plain_words

    return plain_words(text)


def _open(place: str) -> BinaryIO:
    if place == "-":
        return sys.stdin.buffer
    try:
        return Path(place).open("rb")
    except FileNotFoundError:
        raise ReadError("READ001", source=place) from None
    except OSError as problem:
        detail = problem.strerror or str(problem)
        raise ReadError("READ002", source=place, detail=detail) from None


def _size(place: str | None) -> tuple[str, int] | None:
    if place is None or place == "-":
        return None if place is None else ("-", 0)
    try:
        return place, Path(place).stat().st_size
    except OSError:
        return place, 0
