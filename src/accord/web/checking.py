"""Checks run apart: a child process with limits on processor, memory, time and pages.

Children are forked from a clean process that has the modules loaded (``forkserver``),
so that a check starts in milliseconds; whatever a document does to the child, the
server goes on.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from accord.errors import AccordError, WebError, error
from accord.web.settings import Settings

__all__ = ["Checker", "Submission"]

_PRELOADED = ["accord.web.checking", "accord.web.warmed"]
_GRACE = 2.0


@dataclass(frozen=True, slots=True)
class Submission:
    """A document to be checked: bytes with their name, or an address."""

    content: bytes | None
    name: str
    url: str | None = None
    published: str | None = None
    title: str | None = None
    as_of: str | None = None


class Checker:
    """Runs at most ``checks_at_once`` children; a few more wait, others are sent away."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._running = asyncio.Semaphore(settings.checks_at_once)
        self._waiting = 0
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

    def _run(self, submission: Submission) -> dict[str, Any]:
        ours, theirs = self._context.Pipe(duplex=False)
        child = self._context.Process(
            target=run_limited, args=(theirs, submission, self._settings), daemon=True
        )
        child.start()
        theirs.close()
        try:
            if not ours.poll(self._settings.check_seconds):
                raise WebError("WEB007", limit=f"{self._settings.check_seconds:g} s")
            kind, content = ours.recv()
        except (EOFError, OSError):
            raise WebError("WEB007", limit=_what_ended(child, self._settings)) from None
        finally:
            ours.close()
            _end(child)
        if kind == "error":
            code, fields = content
            raise error(code, **fields)
        if kind == "fault":
            raise WebError("WEB009", kind=content)
        found: dict[str, Any] = content
        return found


def run_limited(out: Connection, submission: Submission, settings: Settings) -> None:
    """In the child: set the limits, check, send the answer."""
    processor, memory = settings.check_cpu_seconds, settings.check_memory_bytes
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from accord.web.work import check_submission

    try:
        out.send(("check", check_submission(submission, settings)))
    except AccordError as problem:
        fields = {name: str(value) for name, value in problem.fields.items()}
        out.send(("error", (problem.code, fields)))
    except MemoryError:
        out.send(("error", ("WEB007", {"limit": f"{memory // 2**20} MB of memory"})))
    except Exception as problem:  # the child's edge: the server answers with a coded fault
        out.send(("fault", type(problem).__name__))
    finally:
        out.close()


def _nothing() -> None:
    """What a child does that is only started to warm up."""


def _what_ended(child: Any, settings: Settings) -> str:
    child.join(_GRACE)
    if child.exitcode is not None and child.exitcode < 0:
        return f"{settings.check_cpu_seconds} s of processor time"
    return f"{settings.check_memory_bytes // 2**20} MB of memory"


def _end(child: Any) -> None:
    child.join(0.05)
    if child.is_alive():
        child.kill()
        child.join(_GRACE)
    child.close()
