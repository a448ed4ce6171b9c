"""The work of ``accord events``: one document to the terminal, many to lines or Parquet."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import ArgumentError, EventError

if TYPE_CHECKING:
    from accord.events.classify import Tier
    from accord.read.engine import Output
    from accord.read.streams import Item, Work

__all__ = ["CodingRun"]

_FEW = 8  # documents that are coded in this process, without starting others
_ROWS = 2_000  # events that are written to Parquet at once
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class CodingRun:
    """One run: where documents come from, how they are coded, where events go."""

    paths: list[str]
    jsonl: str | None
    published: str | None
    parquet: Path | None
    output: Path | None
    resume: bool
    engine: str
    workers: int | None
    scheduler: str | None
    tier: Tier
    model: str | None

    @property
    def is_single(self) -> bool:
        """One document, shown whole."""
        elsewhere = self.jsonl or self.parquet or self.output
        return not elsewhere and len(self.paths) == 1 and not Path(self.paths[0]).is_dir()

    def check_options(self) -> None:
        """Raises ARG001 or ARG004 before anything is read."""
        if not self.paths and self.jsonl is None:
            detail = "Name a file, a folder or an address, or give --jsonl."
            raise ArgumentError("ARG001", detail=detail, command="events")
        if self.paths and self.jsonl is not None:
            raise ArgumentError("ARG004", option="--jsonl", other="paths")
        if self.parquet is not None and self.output is not None:
            raise ArgumentError("ARG004", option="--parquet", other="--output")
        if self.resume and self.output is None:
            raise ArgumentError("ARG004", option="--resume", other="standard output: it needs -o")
        if self.published:
            from accord.read.publication import parse_published

            parse_published(self.published, "--published")

    def show(self) -> None:
        """Code one document and print its events as text."""
        from accord.events.coder import code_fields
        from accord.read.documents import read_document

        document = read_document(self.paths[0], published=self.published)
        fields = code_fields(document, tier=self.tier, model=self.model)
        sys.stdout.write(render(fields, document.text))

    def to_lines(self) -> int:
        """One line a document, in order; the exit code is 1 if any failed."""
        from accord.read.engine import run_batch

        with ExitStack() as stack:
            tally = run_batch(
                self._work(), self._items(stack), output=self._output(), engine=self.engine,
                workers=self._workers(), scheduler=self.scheduler,
            )  # fmt: skip
        return 1 if tally.errors else 0

    def to_parquet(self) -> int:
        """One row an event; the exit code is 1 if any document failed."""
        from accord.read.engine import map_documents

        assert self.parquet is not None
        failed = False
        rows: list[dict[str, Any]] = []
        with ExitStack() as stack:
            writer = stack.enter_context(_writer(self.parquet))
            for line in map_documents(
                self._work(), self._items(stack), engine=self.engine,
                workers=self._workers(), scheduler=self.scheduler,
            ):  # fmt: skip
                failed = failed or not line.ok
                rows.extend(_rows(json.loads(line.data)))
                if len(rows) >= _ROWS:
                    _flush(writer, rows)
            _flush(writer, rows)
        return 1 if failed else 0

    def _work(self) -> Work:
        from accord.events.coder import code_fields

        return partial(code_fields, tier=self.tier, model=self.model)

    def _workers(self) -> int | None:
        few = 0 < len(self.paths) <= _FEW and not any(Path(p).is_dir() for p in self.paths)
        return 0 if few and self.workers is None and self.engine == "local" else self.workers

    def _items(self, stack: ExitStack) -> Iterator[Item]:
        from accord.read.streams import items_from_lines, items_from_paths

        if self.jsonl is None:
            return items_from_paths(self.paths, published=self.published)
        if self.jsonl == "-":
            return items_from_lines(sys.stdin.buffer, published=self.published)
        try:
            stream = stack.enter_context(Path(self.jsonl).open("rb"))  # noqa: SIM115 (the stack closes it)
        except OSError as problem:
            reason = problem.strerror or str(problem)
            raise EventError("EVT003", path=self.jsonl, reason=reason) from None
        return items_from_lines(stream, published=self.published)

    def _output(self) -> Output:
        from accord.read.journal import FileOutput, StreamOutput, fingerprint

        if self.output is None:
            return StreamOutput(sys.stdout.buffer)
        identity = fingerprint(
            command="events", paths=self.paths, jsonl=self.jsonl, published=self.published,
            tier=self.tier, model=self.model,
        )  # fmt: skip
        return FileOutput(self.output, identity=identity, resume=self.resume)


def render(fields: dict[str, Any], text: str) -> str:
    """The events of one document as text: number, date, dyad, root, quote; then the rest."""
    document, events = fields["document"], fields["events"]
    head = document["published"] or "no date"
    count = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    lines = [f"{head}  {count}", ""]
    for number, event in enumerate(events, start=1):
        source, target = _name(event["source"]), _name(event["target"])
        act = event["root"] + (f" ({event['mode']})" if event["mode"] else "")
        lines.append(f"{number:>3} {event['date'] or ''}  {source} → {target}  {act}")
        lines.append(f"    {event['modality']}, {event['tense']}; sure {event['confidence']:.2f}")
        lines.append(f"    {' '.join(event['quote'].split())[:_WIDTH]}")
    lines += ["", "left out:" if fields["left_out"] else "left out: nothing"]
    for part in fields["left_out"]:
        clause = " ".join(text[part["start"] : part["end"]].split())
        lines.append(f"    {part['reason'].replace('_', ' ')}: {clause[:_WIDTH]}")
    return "\n".join(lines) + "\n"


def _name(actor: dict[str, Any]) -> str:
    return f"{actor['code'] or actor['text']} {actor['sector'] or ''}".strip()


def _writer(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = (
        "document", "id", "source_code", "source_sector", "source_text", "target_code",
        "target_sector", "target_text", "root", "mode", "economic", "date", "date_basis",
        "place", "quote", "tense", "modality", "speaker",
    )  # fmt: skip
    schema = pa.schema(
        [(name, pa.string()) for name in texts]
        + [("contexts", pa.list_(pa.string())), ("quad", pa.int8()), ("start", pa.int64())]
        + [("end", pa.int64()), ("intensity", pa.float32()), ("confidence", pa.float32())]
        + [("negated", pa.bool_()), ("reciprocal", pa.bool_())]
    )
    try:
        return pq.ParquetWriter(path, schema)
    except OSError as problem:
        raise EventError("EVT005", form="Parquet", path=path, reason=problem) from None


def _rows(fields: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for event in fields.get("events", []):
        row = {k: v for k, v in event.items() if k not in {"source", "target", "basis"}}
        for role in ("source", "target"):
            for part in ("code", "sector", "text"):
                row[f"{role}_{part}"] = event[role][part]
        yield {"document": str(fields.get("id")), **row}


def _flush(writer: Any, rows: list[dict[str, Any]]) -> None:
    import pyarrow as pa

    if rows:
        writer.write_table(pa.Table.from_pylist(rows, writer.schema))
        rows.clear()
