"""A reader process: takes items on standard input, gives lines on standard output.

Frames are eight bytes of length and a pickle; both ends are Accord's own processes.
What libraries print goes to standard error, and a document that holds the process
longer than allowed ends it even when nobody is left to do so from outside.
"""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import signal
import sys
from contextlib import suppress
from typing import IO, Any

from accord.read.streams import read_item

__all__ = ["main", "read_frame", "write_frame"]

_LENGTH = 8
_MOST_MEMORY = 8 * 2**30  # address space: a document that swells fails alone, not the machine
_GRACE = 15.0  # seconds beyond the time limit after which a process ends itself


def write_frame(stream: IO[bytes], payload: Any) -> None:
    """Send one object."""
    data = pickle.dumps(payload, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Receive one object; raises ``EOFError`` when the other end is gone."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        raise EOFError
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - only from the process that started this one


def main() -> None:
    """Serve until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, resource.RLIM_INFINITY))
    source, target = _own_streams()
    try:
        path, pickled, time_limit = read_frame(source)
        sys.path[:] = path
        work = pickle.loads(pickled)  # noqa: S301 - as above
        importlib.import_module("accord.read.documents")  # not on the first document's time
    except EOFError:
        return
    except Exception as problem:  # reported to the parent, which shows it
        write_frame(target, ("failed", f"{type(problem).__name__}: {problem}"))
        return
    write_frame(target, ("ready", None))
    try:
        while True:
            for item in read_frame(source):
                signal.setitimer(signal.ITIMER_REAL, time_limit + _GRACE)
                line = read_item(item, work)
                signal.setitimer(signal.ITIMER_REAL, 0)
                write_frame(target, ("line", line))
    except (EOFError, BrokenPipeError):
        return


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return source, target
