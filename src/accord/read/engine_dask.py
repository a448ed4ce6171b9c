"""Reading on a dask cluster: an existing scheduler's workers, or a local cluster.

Each dask worker keeps one reader process (the local pool with a single process), so
that the time limit and the isolation of bad documents are the same as on one machine.
Chunks go out ahead of their turn, within a bounded window, and come back in order.
"""

from __future__ import annotations

import pickle
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from accord.errors import ReadError
from accord.read.engine_local import LocalPool
from accord.read.streams import Item, Line, Work, failed

__all__ = ["DaskEngine"]

_CHUNK_ITEMS = 32  # fewer cost more messages, more leave workers idle at the end
_CHUNKS_AHEAD = 4  # for each worker
_RETRIES = 3  # by the scheduler, after the loss of a worker
_RESUBMISSIONS = 4  # by us, when the scheduler has given a chunk up

# Of a cluster started here: dask's own profiler would take its samples from the reading.
_SETTINGS = {
    "distributed.scheduler.allowed-failures": 10,
    "distributed.worker.profile.enabled": False,
}

_pools = threading.local()


class DaskEngine:
    """``scheduler`` is an address such as ``tcp://host:8786``; without one, a cluster
    of ``workers`` processes is started on this machine. Use as a context manager.

    Raises READ047 when the scheduler cannot be used.
    """

    def __init__(
        self,
        work: Work,
        *,
        scheduler: str | None = None,
        workers: int | None = None,
        time_limit: float = 60.0,
    ) -> None:
        self._work = pickle.dumps(work)
        self._time_limit = time_limit
        self._cluster: Any = None
        self.client = self._connect(scheduler, workers)

    def __enter__(self) -> DaskEngine:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave the scheduler; end a cluster that was started here."""
        self.client.close()
        if self._cluster is not None:
            self._cluster.close()

    def map(self, items: Iterable[Item]) -> Iterator[Line]:
        """Exactly one line for each item, in their order."""
        source = iter(items)
        ahead: deque[tuple[list[Item], Any]] = deque()
        while True:
            while len(ahead) < self._window():
                chunk = list(islice(source, _CHUNK_ITEMS))
                if not chunk:
                    break
                ahead.append((chunk, self._submit(chunk)))
            if not ahead:
                return
            chunk, future = ahead.popleft()
            yield from self._lines(chunk, future)

    def _window(self) -> int:
        return _CHUNKS_AHEAD * max(1, len(self.client.ncores()))

    def _submit(self, chunk: list[Item]) -> Any:
        return self.client.submit(
            _read_chunk, self._work, chunk, self._time_limit, pure=False, retries=_RETRIES
        )

    def _lines(self, chunk: list[Item], future: Any) -> list[Line]:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        for _ in range(_RESUBMISSIONS):
            try:
                return list(future.result())
            except (KilledWorker, FutureCancelledError):
                future = self._submit(chunk)
            except Exception as problem:
                raise ReadError("READ047", address=self._address(), detail=str(problem)) from None
        return [failed(item, _given_up(item)) for item in chunk]

    def _address(self) -> str:
        return str(self.client.scheduler.address) if self.client.scheduler else "(local)"

    def _connect(self, scheduler: str | None, workers: int | None) -> Any:
        import dask
        import distributed

        library: Any = distributed  # untyped

        try:
            if scheduler:
                return library.Client(scheduler, timeout="10s", set_as_default=False)
            with dask.config.set(_SETTINGS):
                self._cluster = library.LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                    dashboard_address=":0", silence_logs="CRITICAL",
                )  # fmt: skip
            return library.Client(self._cluster, set_as_default=False)
        except (OSError, ValueError, RuntimeError, TimeoutError) as problem:
            detail = str(problem) or type(problem).__name__
            raise ReadError("READ047", address=scheduler or "(local)", detail=detail) from None


def _read_chunk(work: bytes, chunk: list[Item], time_limit: float) -> list[Line]:
    """On a dask worker: read the chunk in this thread's reader process."""
    known: tuple[bytes, LocalPool] | None = getattr(_pools, "pool", None)
    if known is None or known[0] != work:
        if known is not None:
            known[1].close()
        function = pickle.loads(work)  # noqa: S301 - from the client that submitted it
        known = _pools.pool = (work, LocalPool(function, workers=1, time_limit=time_limit))
    return list(known[1].map(chunk))


def _given_up(item: Item) -> ReadError:
    return ReadError(
        "READ041", source=item.name, attempts=_RESUBMISSIONS, detail="its workers were lost"
    )
