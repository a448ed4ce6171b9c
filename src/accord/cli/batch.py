"""Many documents in one run, for ``accord read`` and ``accord check``: in, engine, out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from accord.errors import ArgumentError, ReadError
from accord.read.engine import ENGINES, Output, run_batch
from accord.read.streams import Item, Work, items_from_lines, items_from_paths

__all__ = ["Batch", "Sources", "chosen_engine"]

_FEW = 8  # documents that are read in this process, without starting others
_LINES = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the documents come from: paths and addresses, lines of JSON, or a feed."""

    paths: tuple[str, ...] = ()
    jsonl: str | None = None
    feed: str | None = None
    published: str | None = None
    title: str | None = None
    allow_private_addresses: bool = False

    @property
    def recognised(self) -> Sources:
        """The same, where the one path given is a file of JSON Lines or a feed by itself."""
        if len(self.paths) != 1 or self.jsonl is not None or self.feed is not None:
            return self
        (path,) = self.paths
        lines = path if path.lower().endswith(_LINES) else None
        feed = path if lines is None and _is_feed(path) else None
        if lines is None and feed is None:
            return self
        return Sources(
            (), lines, feed, self.published, self.title, self.allow_private_addresses
        )  # fmt: skip

    @property
    def is_single(self) -> bool:
        """One document, that can be shown whole."""
        many = self.jsonl is not None or self.feed is not None
        return not many and len(self.paths) == 1 and not self.has_folder

    @property
    def has_folder(self) -> bool:
        """Whether one of the paths is a folder."""
        return any(Path(path).is_dir() for path in self.paths)

    @property
    def are_few(self) -> bool:
        """So few that other processes are not worth their start."""
        return 0 < len(self.paths) <= _FEW and not self.has_folder

    def require_one_kind(self) -> None:
        """Raises READ049 where nothing is given, ARG004 where several kinds are."""
        given = [bool(self.paths), self.jsonl is not None, self.feed is not None]
        if not any(given):
            raise ReadError("READ049", detail="no file, folder or address, no --jsonl, no --feed")
        if sum(given) > 1:
            raise ArgumentError("ARG004", option="--jsonl or --feed", other="paths or each other")
        if self.published:
            from accord.read.publication import parse_published

            parse_published(self.published, "--published")

    def items(self, opened: ExitStack) -> Iterator[Item]:
        """The documents' places, in order; what is opened for it goes onto ``opened``."""
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

    def identity(self) -> dict[str, object]:
        """What tells this input from another, for a run that is taken up again."""
        return {
            "paths": self.paths, "jsonl": _size(self.jsonl), "feed": self.feed,
            "published": self.published, "title": self.title,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """How a run over sources is done and where its lines go."""

    command: str
    sources: Sources
    output: Path | None = None
    resume: bool = False
    engine: str = "local"
    workers: int | None = None
    scheduler: str | None = None
    time_limit: float = 60.0

    def check_options(self) -> None:
        """Raises READ049, ARG001, ARG004 or a date's error before anything is read."""
        self.sources.require_one_kind()
        if self.resume and self.output is None:
            raise ArgumentError("ARG004", option="--resume", other="standard output: it needs -o")
        if self.output and self.output.suffix not in (".parquet", ".jsonl", ".json", ".ndjson"):
            detail = f"-o takes a name that ends in .jsonl or .parquet, not “{self.output.name}”."
            raise ArgumentError("ARG001", detail=detail, command=self.command)

    def run(
        self, work: Work, *, watch: Callable[[Output], Output] = lambda output: output,
        **shaping: object,
    ) -> int:  # fmt: skip
        """One line out for each document, in order; how many could not be read.

        ``watch`` may wrap the output; ``shaping`` are the options that shape its lines.
        """
        try:
            with ExitStack() as opened:
                items = self.sources.items(opened)
                tally = run_batch(
                    work, items, output=watch(self._output(shaping)), engine=self.engine,
                    workers=self._workers(), scheduler=self.scheduler, time_limit=self.time_limit,
                )  # fmt: skip
        except BrokenPipeError:  # the reader of our lines has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        if tally.errors:
            sys.stderr.write(f"{tally.errors} of {tally.documents} documents could not be read\n")
        return tally.errors

    def _workers(self) -> int | None:
        alone = self.workers is None and self.engine == "local" and self.sources.are_few
        return 0 if alone else self.workers

    def _output(self, shaping: dict[str, object]) -> Output:
        from accord.read.journal import FileOutput, StreamOutput, fingerprint

        if self.output is None:
            return StreamOutput(sys.stdout.buffer)
        identity = fingerprint(command=self.command, **self.sources.identity(), **shaping)
        return FileOutput(self.output, identity=identity, resume=self.resume)


def chosen_engine(name: str, scheduler: str | None, *, command: str) -> str:
    """The engine asked for; raises ARG001 if unknown, ARG004 for a scheduler without dask."""
    if name not in ENGINES:
        detail = f"--engine is one of {', '.join(ENGINES)}, not “{name}”."
        raise ArgumentError("ARG001", detail=detail, command=command)
    if scheduler is not None and name != "dask":
        raise ArgumentError("ARG004", option="--scheduler", other=f"--engine {name}")
    return name


def _is_feed(path: str) -> bool:
    from accord.read.decoding import looks_like_feed

    try:
        with Path(path).open("rb") as file:
            return looks_like_feed(file.read(1024))
    except (OSError, ValueError):
        return False  # the reading of it will say what is wrong


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
