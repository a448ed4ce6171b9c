"""Many documents: apply a function to each of a stream, in order, on one machine or many.

``run_batch`` is what ``accord read`` and ``accord check`` run archives with::

    tally = run_batch(work, items_from_lines(stream), output=StreamOutput(sys.stdout.buffer))

``work`` takes a :class:`~accord.model.document.Document` and returns the fields of its
line; it must be a picklable function. Exactly one line comes out for each item.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from accord.read.streams import Item, Line, Work, read_item

__all__ = ["ENGINES", "Output", "Tally", "map_documents", "run_batch"]

ENGINES = ("local", "dask")
TIME_LIMIT = 60.0
_SHOW_AFTER, _SHOW_EVERY = 1.0, 0.5  # seconds


class Output(Protocol):
    """Where lines go; see :mod:`accord.read.journal`."""

    @property
    def done(self) -> int:
        """How many lines are there already."""

    def write(self, line: bytes) -> None:
        """Take one line."""

    def finish(self) -> None:
        """All lines are there."""

    def close(self) -> None:
        """No more lines will come now."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How a run ended."""

    documents: int
    errors: int
    seconds: float


def map_documents(
    work: Work,
    items: Iterable[Item],
    *,
    engine: str = "local",
    workers: int | None = None,
    scheduler: str | None = None,
    time_limit: float = TIME_LIMIT,
) -> Iterator[Line]:
    """One line for each item, in order.

    ``engine`` is ``local`` (``workers`` processes, by default one a core; 0 reads in
    this process, without isolation or time limit) or ``dask`` (``scheduler`` is the
    address of one, without it a local cluster). Raises READ043 or READ047 when the
    engine cannot work, and what ``items`` raises.
    """
    if engine not in ENGINES:
        raise ValueError(f"engine is one of {', '.join(ENGINES)}, not {engine!r}")
    if engine == "local" and workers == 0:
        yield from (read_item(item, work) for item in items)
        return
    if engine == "dask":
        from accord.read.engine_dask import DaskEngine

        with DaskEngine(
            work, scheduler=scheduler, workers=workers, time_limit=time_limit
        ) as cluster:
            yield from cluster.map(items)
        return
    from accord.read.engine_local import LocalPool

    with LocalPool(work, workers=workers or os.cpu_count(), time_limit=time_limit) as pool:
        yield from pool.map(items)


def run_batch(
    work: Work,
    items: Iterable[Item],
    *,
    output: Output,
    engine: str = "local",
    workers: int | None = None,
    scheduler: str | None = None,
    time_limit: float = TIME_LIMIT,
) -> Tally:
    """Write one line for each item that ``output`` does not have yet; count them.

    Raises READ044 when the output cannot be written; what is there then is whole.
    """
    started = time.monotonic()
    rest = islice(items, output.done, None)
    documents = errors = 0
    with _progress() as shown:
        try:
            for line in map_documents(
                work, rest, engine=engine, workers=workers, scheduler=scheduler,
                time_limit=time_limit,
            ):  # fmt: skip
                output.write(line.data)
                documents += 1
                errors += not line.ok
                if shown is not None:
                    shown.show(documents, errors)
            output.finish()
        finally:
            output.close()
    return Tally(documents, errors, time.monotonic() - started)


class _Progress:
    """A counter on standard error, for runs that last."""

    def __init__(self) -> None:
        self.started = self.last = time.monotonic()
        self.used = False

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *exception: object) -> None:
        if self.used:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def show(self, documents: int, errors: int) -> None:
        """Now and then: how many, how fast, how many failed."""
        now = time.monotonic()
        if now - self.started < _SHOW_AFTER or now - self.last < _SHOW_EVERY:
            return
        self.last, self.used = now, True
        rate = documents / (now - self.started)
        sys.stderr.write(f"\r\033[K{documents:,} documents · {rate:,.0f}/s · {errors:,} errors")
        sys.stderr.flush()


def _progress() -> AbstractContextManager[_Progress | None]:
    return _Progress() if sys.stderr.isatty() else nullcontext()
