"""Output of a long run: whole lines only, kept across interruptions, resumable.

While a run goes on, its lines stand in ``OUT.part``; ``OUT.journal`` holds what the run
is over and, for each line that is safely in the part file, where it ends. At the end
the part becomes the output in one step. ``--resume`` cuts what was torn and goes on.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from accord.errors import ReadError

__all__ = ["FileOutput", "StreamOutput", "fingerprint"]

_PARQUET_ROWS = 2_000


def fingerprint(**facts: object) -> str:
    """What identifies a run: its input and the options that shape its output."""
    return json.dumps(facts, sort_keys=True, default=str)


class StreamOutput:
    """Lines to an open stream, each flushed at once; READ044 when it takes no more."""

    done = 0

    def __init__(self, stream: IO[bytes], name: str = "standard output") -> None:
        self._stream = stream
        self._name = name

    def write(self, line: bytes) -> None:
        """One line, whole."""
        try:
            self._stream.write(line + b"\n")
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as problem:
            raise _cannot_write(self._name, problem) from None

    def finish(self) -> None:
        """Nothing is left to do."""

    def close(self) -> None:
        """The stream belongs to the caller."""


class FileOutput:
    """Lines to a file (JSON Lines, or Parquet by its suffix), resumable.

    ``done`` is how many lines an earlier run has left behind. Raises READ044 (cannot
    be written), READ045 (another run's), READ046 (an unfinished run, without ``resume``).
    """

    def __init__(self, path: Path, *, identity: str, resume: bool = False) -> None:
        self.path = path
        self._identity = identity
        self._part = path.with_name(path.name + ".part")
        self._journal = path.with_name(path.name + ".journal")
        self.done = 0
        self._end = 0
        try:
            if self._journal.exists():
                self._take_up(resume)
            else:
                self._begin()
            self._lines = os.open(self._part, os.O_WRONLY | os.O_APPEND)
            self._ends = os.open(self._journal, os.O_WRONLY | os.O_APPEND)
        except OSError as problem:
            raise _cannot_write(str(path), problem) from None

    def write(self, line: bytes) -> None:
        """One line, whole or not at all; READ044 when the disk is full."""
        data = line + b"\n"
        try:
            _append(self._lines, data)
        except OSError as problem:
            with suppress(OSError):
                os.ftruncate(self._lines, self._end)
            raise _cannot_write(str(self.path), problem) from None
        self._end += len(data)
        self.done += 1
        try:
            _append(self._ends, f"{self.done} {self._end}\n".encode())
        except OSError as problem:
            raise _cannot_write(str(self.path), problem) from None

    def finish(self) -> None:
        """Make the part the output, and forget the journal."""
        try:
            os.fsync(self._lines)
            self.close()
            if self.path.suffix == ".parquet":
                _to_parquet(self._part, self.path)
                self._part.unlink()
            else:
                self._part.replace(self.path)
            self._journal.unlink()
        except OSError as problem:
            raise _cannot_write(str(self.path), problem) from None

    def close(self) -> None:
        """Let go of the files; what is there can be resumed."""
        for descriptor in (self._lines, self._ends):
            with suppress(OSError):
                os.close(descriptor)

    def _begin(self) -> None:
        self._part.write_bytes(b"")
        self._journal.write_bytes(json.dumps({"run": self._identity}).encode() + b"\n")

    def _take_up(self, resume: bool) -> None:
        if not resume:
            raise ReadError("READ046", path=str(self.path), journal=str(self._journal))
        head, *ends = self._journal.read_bytes().split(b"\n")[:-1] or [b""]
        if _identity(head) != self._identity:
            raise ReadError("READ045", path=str(self.path))
        kept = len(head) + 1 + sum(len(end) + 1 for end in ends)
        os.truncate(self._journal, kept)
        self.done, self._end = (int(n) for n in ends[-1].split()) if ends else (0, 0)
        if self._part.stat().st_size < self._end:
            raise ReadError("READ045", path=str(self.path))
        os.truncate(self._part, self._end)


def _identity(head: bytes) -> str | None:
    with suppress(ValueError, AttributeError):
        return str(json.loads(head).get("run"))
    return None


def _append(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _to_parquet(lines: Path, target: Path) -> None:
    """One row a document, in bounded memory; the statements as JSON in one column."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [
            ("id", pa.string()), ("line", pa.int64()), ("statement_count", pa.int32()),
            ("error_code", pa.string()), ("error_message", pa.string()), ("json", pa.string()),
        ]
    )  # fmt: skip
    whole = target.with_name(target.name + ".new")
    with lines.open(encoding="utf-8") as source, pq.ParquetWriter(whole, schema) as writer:
        rows: list[dict[str, Any]] = []
        for number, line in enumerate(source, start=1):
            rows.append(_row(number, line.rstrip("\n")))
            if len(rows) == _PARQUET_ROWS:
                writer.write_table(pa.Table.from_pylist(rows, schema))
                rows.clear()
        writer.write_table(pa.Table.from_pylist(rows, schema))
    whole.replace(target)


def _row(number: int, line: str) -> dict[str, Any]:
    fields = json.loads(line)
    error = fields.get("error") or {}
    identity = fields.get("id")
    return {
        "id": None if identity is None else str(identity),
        "line": fields.get("line", number),
        "statement_count": None if error else len(fields.get("statements") or ()),
        "error_code": error.get("code"),
        "error_message": error.get("message"),
        "json": line,
    }


def _cannot_write(path: str, problem: OSError) -> ReadError:
    return ReadError("READ044", path=path, detail=problem.strerror or str(problem))
