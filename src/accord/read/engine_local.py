"""A pool of reader processes on this machine that outlives the death of any of them.

The standard library's pools lose work when a worker dies. Here each process has one
chunk of items at a time and answers item by item, so that it is always known which
document was being read: one that ends its process is tried again alone and then
reported, one that takes too long is reported at once, and all others are read.
"""

from __future__ import annotations

import math
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from accord.errors import ReadError
from accord.read.streams import Item, Line, Work, failed
from accord.read.worker import read_frame, write_frame

__all__ = ["LocalPool"]

_CHUNK_ITEMS = 32
_CHUNK_BYTES = 256 * 1024
_CHUNKS_IN_FLIGHT = 3  # a worker's chunks that may be read ahead: bounds memory
_ATTEMPTS = 3
_FAILED_STARTS = 3
_COMMAND = "from accord.read.worker import main; main()"


@dataclass(slots=True)
class _Task:
    position: int
    item: Item
    attempts: int = 0


@dataclass(slots=True, eq=False)
class _Reader:
    """One process, the chunk that it has, and since when it has been on its first item."""

    process: subprocess.Popen[bytes]
    chunk: deque[_Task] = field(default_factory=deque)
    since: float = 0.0
    ready: bool = False


@dataclass(slots=True)
class _Run:
    """One pass over a stream: what is waiting, what is done, what is next to give out."""

    window: threading.Semaphore
    backlog: deque[_Task] = field(default_factory=deque)
    done: dict[int, Line] = field(default_factory=dict)
    received: int = 0
    given: int = 0
    ended: bool = False
    closed: bool = False


class LocalPool:
    """``workers`` processes applying ``work`` to documents; use as a context manager.

    ``work`` must be picklable (a function of a module, or a ``partial`` of one).
    ``time_limit`` is in seconds for each document.
    """

    def __init__(self, work: Work, *, workers: int | None = None, time_limit: float = 60.0) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.time_limit = time_limit
        self._setup = (list(sys.path), pickle.dumps(work), time_limit)
        self._events: queue.Queue[tuple[str, Any, Any]] = queue.Queue()
        self._readers: list[_Reader] = []
        self._failed_starts = 0

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes."""
        for reader in self._readers:
            _end(reader.process)
        self._readers.clear()

    @property
    def process_ids(self) -> list[int]:
        """The ids of the reader processes."""
        return [reader.process.pid for reader in self._readers]

    def map(self, items: Iterable[Item]) -> Iterator[Line]:
        """Exactly one line for each item, in the order of the items, as they are done.

        Raises READ043 when the processes do not start, and what ``items`` raises.
        """
        run = _Run(threading.Semaphore(self.workers * _CHUNK_ITEMS * _CHUNKS_IN_FLIGHT))
        feeder = threading.Thread(target=self._feed, args=(items, run), daemon=True)
        feeder.start()
        try:
            while not (run.ended and run.given == run.received):
                self._dispatch(run)
                yield from self._finished(run)
                if not (run.ended and run.given == run.received):
                    self._step(run)
        finally:
            run.closed = True
            run.window.release()
            if run.given < run.received or not run.ended:
                self.close()  # abandoned half-way: answers still to come belong to nobody
                self._events = queue.Queue()

    def _feed(self, items: Iterable[Item], run: _Run) -> None:
        events = self._events
        try:
            for item in items:
                run.window.acquire()
                if run.closed:
                    return
                events.put(("item", run, item))
            events.put(("end", run, None))
        except BaseException as problem:  # raised again where the lines are taken
            events.put(("fault", run, problem))

    def _finished(self, run: _Run) -> Iterator[Line]:
        while run.given in run.done:
            line = run.done.pop(run.given)
            run.given += 1
            run.window.release()
            yield line

    def _step(self, run: _Run) -> None:
        try:
            event, who, what = self._events.get(timeout=self._patience())
        except queue.Empty:
            self._end_late(run)
            return
        if event == "item":
            run.backlog.append(_Task(run.received, what))
            run.received += 1
        elif event == "end":
            run.ended = True
        elif event == "fault":
            raise what
        else:
            self._hear(run, event, who, what)
        self._end_late(run)

    def _hear(self, run: _Run, event: str, reader: _Reader, what: Any) -> None:
        if reader not in self._readers:
            return  # it was ended, and its chunk given to others
        if event == "ready":
            reader.ready, reader.since = True, time.monotonic()
            self._failed_starts = 0
        elif event == "line":
            task = reader.chunk.popleft()
            run.done[task.position] = what
            reader.since = time.monotonic()
        else:
            self._lost(run, reader, what)

    def _dispatch(self, run: _Run) -> None:
        waiting = bool(run.backlog) or any(r.chunk for r in self._readers)
        while waiting and len(self._readers) < min(self.workers, max(run.received, 1)):
            self._readers.append(self._start())
        for reader in self._readers:
            if run.backlog and reader.ready and not reader.chunk:
                self._send(reader, self._chunk(run.backlog))

    def _chunk(self, backlog: deque[_Task]) -> deque[_Task]:
        share = min(_CHUNK_ITEMS, math.ceil(len(backlog) / self.workers))
        chunk: deque[_Task] = deque()
        size = 0
        while backlog and len(chunk) < share and size < _CHUNK_BYTES:
            if chunk and backlog[0].attempts:
                break  # a document that ended a process is tried alone
            task = backlog.popleft()
            chunk.append(task)
            size += len(task.item.content)
            if task.attempts:
                break
        return chunk

    def _send(self, reader: _Reader, chunk: deque[_Task]) -> None:
        reader.chunk, reader.since = chunk, time.monotonic()
        assert reader.process.stdin is not None
        with suppress(OSError):  # it has just died: its listener will say so
            write_frame(reader.process.stdin, [task.item for task in chunk])

    def _start(self) -> _Reader:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, own code
            [sys.executable, "-c", _COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        reader = _Reader(process, since=time.monotonic())
        listener = threading.Thread(target=self._listen, args=(reader, self._events), daemon=True)
        listener.start()
        assert process.stdin is not None
        with suppress(OSError):
            write_frame(process.stdin, self._setup)
        return reader

    def _listen(self, reader: _Reader, events: queue.Queue[tuple[str, Any, Any]]) -> None:
        detail = ""
        try:
            assert reader.process.stdout is not None
            while True:
                event, what = read_frame(reader.process.stdout)
                if event == "failed":
                    detail = what
                else:
                    events.put((event, reader, what))
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            events.put(("gone", reader, detail))

    def _lost(self, run: _Run, reader: _Reader, detail: str) -> None:
        """A process has gone: its first document is the suspect, the rest go back."""
        self._remove(reader)
        if not reader.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS or detail:
                raise ReadError("READ043", detail=detail or _ending(reader.process))
        elif reader.chunk:
            task = reader.chunk[0]
            task.attempts += 1
            if task.attempts >= _ATTEMPTS:
                reader.chunk.popleft()
                problem = ReadError(
                    "READ041", source=task.item.name, attempts=task.attempts,
                    detail=_ending(reader.process),
                )  # fmt: skip
                run.done[task.position] = failed(task.item, problem)
        run.backlog.extendleft(reversed(reader.chunk))

    def _end_late(self, run: _Run) -> None:
        now = time.monotonic()
        for reader in list(self._readers):
            if not (reader.ready and reader.chunk) or now - reader.since <= self.time_limit:
                continue
            self._remove(reader)
            task = reader.chunk.popleft()
            problem = ReadError(
                "READ040", source=task.item.name, seconds=f"{self.time_limit:g}"
            )  # fmt: skip
            run.done[task.position] = failed(task.item, problem)
            run.backlog.extendleft(reversed(reader.chunk))

    def _patience(self) -> float | None:
        busy = [r.since for r in self._readers if r.ready and r.chunk]
        if not busy:
            return None if not self._readers else self.time_limit
        return max(0.0, min(busy) + self.time_limit - time.monotonic()) + 0.01

    def _remove(self, reader: _Reader) -> None:
        self._readers.remove(reader)
        _end(reader.process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):
                stream.close()


def _ending(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
