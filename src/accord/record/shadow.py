"""Changing a record without anyone seeing it half changed.

A change is made on a copy of the file (the shadow) and the copy then takes the
file's name in one step. Whoever reads meanwhile goes on reading the old file; a
process killed at any instant leaves the old file as it was. One lock file admits
one writer at a time; it is released by the system when its holder dies.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from accord.errors import RecordError
from accord.record.rawfiles import NO_ROOM

if TYPE_CHECKING:
    import duckdb

    from accord.record.location import Place

__all__ = ["WAIT_SECONDS", "shadow_of", "spill_of", "writer_lock"]

WAIT_SECONDS = 60.0
_PAUSE = 0.02
_SPILL_DAYS = 7  # a reader that lives longer is none


@contextlib.contextmanager
def writer_lock(place: Place, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the one writer's place of a record; raises REC001 or REC005."""
    lock = place.folder / f".{place.path.name}.lock"
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise RecordError("REC001", path=place.path, detail=problem.strerror) from None
    try:
        _acquire(handle, place, wait)
        _sweep(place)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def shadow_of(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    """A writable connection to a copy of the record that replaces it at the end.

    Call it under :func:`writer_lock`. If the block raises, the record stays as it was.
    """
    import duckdb

    shadow = place.path.with_name(f".{place.path.name}.{uuid.uuid4().hex}.shadow")
    try:
        if place.path.exists():
            shutil.copyfile(place.path, shadow)
        con = duckdb.connect(str(shadow), config={"temp_directory": f"{shadow}.tmp"})
        con.execute("SET enable_progress_bar = false")  # it would write to standard output
        try:
            yield con
            con.execute("CHECKPOINT")
        finally:
            con.close()
        _sync(shadow)
        shadow.replace(place.path)
        _sync(place.folder)
    except OSError as problem:
        raise _cannot_write(place, problem) from None
    finally:
        _remove(shadow)


def spill_of(place: Place) -> Path:
    """Where one reader puts what its memory does not hold; made only if needed."""
    return place.path.with_name(f".{place.path.name}.{uuid.uuid4().hex}.spill")


def _acquire(handle: int, place: Place, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise RecordError("REC005", path=place.path, seconds=round(wait)) from None
            time.sleep(_PAUSE)
        else:
            return


def _sweep(place: Place) -> None:
    """Remove what killed writers left; the lock says that none of them lives."""
    for left in place.folder.glob(f".{place.path.name}.*.shadow*"):
        _remove_one(left)
    for left in place.folder.glob(f".{place.path.name}.*.spill"):
        if time.time() - left.stat().st_mtime > _SPILL_DAYS * 86400:
            _remove_one(left)


def _remove(shadow: Path) -> None:
    for left in (shadow, Path(f"{shadow}.wal"), Path(f"{shadow}.tmp")):
        _remove_one(left)


def _remove_one(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot_write(place: Place, problem: OSError) -> RecordError:
    if problem.errno in NO_ROOM:
        return RecordError("REC009", source=place.path.name)
    return RecordError("REC001", path=place.path, detail=problem.strerror or str(problem))
