"""Checks run apart: a child process with limits on processor, memory, time and pages.

Children are forked from a clean process that has the modules loaded (``forkserver``),
so that a check starts in milliseconds; whatever a document does to the child, the
server goes on. A file or what an address gives goes through parsers and unpackers, so
it gets a child that ends with it. A pasted text does not, so a child takes several of
them, one after the other, each within the same limits: what a check loads at first use
is then loaded once.
"""

from __future__ import annotations

import asyncio
import math
import multiprocessing
import resource
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from accord.errors import AccordError, WebError, error
from accord.web.settings import Settings

__all__ = ["Checker", "Submission", "serve_checks"]

_PRELOADED = ["accord.web.checking", "accord.web.warmed"]
_GRACE = 2.0
_CHECKS_A_CHILD = 50
_IDLE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Submission:
    """A document to be checked: bytes with their name, or an address.

    ``is_pasted`` tells a text from the form from a file, which needs a parser.
    """

    content: bytes | None
    name: str
    url: str | None = None
    published: str | None = None
    title: str | None = None
    as_of: str | None = None
    is_pasted: bool = False

    @property
    def may_share(self) -> bool:
        """Whether a child may go on after it: a text that no parser of formats will touch."""
        head = (self.content or b"")[:1024].lstrip()
        return self.is_pasted and not head.startswith((b"%PDF-", b"PK", b"<"))


class Checker:
    """Runs at most ``checks_at_once`` children; a few more wait, others are sent away."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._running = asyncio.Semaphore(settings.checks_at_once)
        self._waiting = 0
        self._shelf = threading.Lock()  # before the children that wait for a text
        self._idle: list[_Worker] = []
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_PRELOADED)

    async def check(self, submission: Submission) -> dict[str, Any]:
        """The JSON form of a check.

        Raises what the check raises, WEB007 beyond a limit, WEB008 when too many wait.
        """
        if self._waiting >= self._settings.checks_waiting:
            raise WebError("WEB008")
        self._waiting += 1
        try:
            async with self._running:
                return await asyncio.to_thread(self._run, submission)
        finally:
            self._waiting -= 1

    def warm(self) -> None:
        """Load the modules ahead of the first check."""
        threading.Thread(target=self._start_and_stop, daemon=True).start()

    def _start_and_stop(self) -> None:
        child = self._context.Process(target=_nothing)
        child.start()
        child.join()

    def close(self) -> None:
        """End the children that wait for a text."""
        with self._shelf:
            waiting, self._idle = self._idle, []
        for worker in waiting:
            worker.end()

    def _run(self, submission: Submission) -> dict[str, Any]:
        worker = self._given(submission)
        kept = False
        try:
            if not worker.line.poll(self._settings.check_seconds):
                raise WebError("WEB007", limit=f"{self._settings.check_seconds:g} s")
            kind, content, more = worker.line.recv()
            kept = more
        except (EOFError, OSError):
            raise WebError("WEB007", limit=_what_ended(worker.child, self._settings)) from None
        finally:
            self._put_back(worker) if kept else worker.end()
        if kind == "error":
            code, fields = content
            raise error(code, **fields)
        if kind == "fault":
            raise WebError("WEB009", kind=content)
        found: dict[str, Any] = content
        return found

    def _given(self, submission: Submission) -> _Worker:
        """A child that has the submission: a waiting one if it may share, else a new one."""
        while submission.may_share:
            with self._shelf:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                break
            try:
                worker.line.send(submission)
            except OSError:  # it has waited too long and is gone
                worker.end()
            else:
                return worker
        worker = self._started()
        worker.line.send(submission)
        return worker

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe(duplex=True)
        child = self._context.Process(
            target=serve_checks, args=(theirs, self._settings), daemon=True
        )
        child.start()
        theirs.close()
        return _Worker(child, ours)

    def _put_back(self, worker: _Worker) -> None:
        with self._shelf:
            self._idle.append(worker)


@dataclass(frozen=True, slots=True)
class _Worker:
    """A child process and the line to it."""

    child: Any
    line: Connection

    def end(self) -> None:
        """Close the line; who is still there after that is killed."""
        self.line.close()
        self.child.join(0.05)
        if self.child.is_alive():
            self.child.kill()
            self.child.join(_GRACE)
        self.child.close()


def serve_checks(line: Connection, settings: Settings) -> None:
    """In the child: check what comes, one after the other, each within the limits."""
    _limit_child(settings)
    for number in range(1, _CHECKS_A_CHILD + 1):
        try:
            if not line.poll(_IDLE_SECONDS):
                return
            submission: Submission = line.recv()
        except (EOFError, OSError):
            return
        _limit_processor(settings)
        kind, content = _checked(submission, settings)
        more = submission.may_share and kind == "check" and number < _CHECKS_A_CHILD
        more = more and _resident_bytes() < settings.check_memory_bytes // 4
        line.send((kind, content, more))
        if not more:
            return


def _limit_child(settings: Settings) -> None:
    memory = settings.check_memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_processor(settings: Settings) -> None:
    """From what the child has used so far, as much as one check may use."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(used.ru_utime + used.ru_stime) + settings.check_cpu_seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _resident_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _checked(submission: Submission, settings: Settings) -> tuple[str, Any]:
    from accord.web.work import check_submission

    try:
        return "check", check_submission(submission, settings)
    except AccordError as problem:
        fields = {name: str(value) for name, value in problem.fields.items()}
        return "error", (problem.code, fields)
    except MemoryError:
        limit = f"{settings.check_memory_bytes // 2**20} MB of memory"
        return "error", ("WEB007", {"limit": limit})
    except Exception as problem:  # the child's edge: the server answers with a coded fault
        return "fault", type(problem).__name__


def _nothing() -> None:
    """What a child does that is only started to warm up."""


def _what_ended(child: Any, settings: Settings) -> str:
    child.join(_GRACE)
    if child.exitcode is not None and child.exitcode < 0:
        return f"{settings.check_cpu_seconds} s of processor time"
    return f"{settings.check_memory_bytes // 2**20} MB of memory"
