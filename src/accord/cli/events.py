"""``accord events``: code who did what to whom from text."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

__all__ = ["app"]


class _DefaultsToCode(TyperGroup):
    """``accord events FILE`` is short for ``accord events code FILE``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args:
            args = ["--help"]
        elif args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = ["code", *args]
        return list(super().parse_args(ctx, args))


app = typer.Typer(cls=_DefaultsToCode, add_completion=False)

TierOption = Annotated[str, typer.Option("--tier", help="fast (default) or deep.")]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", help="Encoder of the deep tier: a folder or a model's name."),
]


@app.callback()
def events() -> None:
    """Code who did what to whom from text.

    `accord events FILE` codes documents; `accord events classify FILE.jsonl` judges
    sentences whose source and target are marked.
    """


@app.command()
def code(
    paths: Annotated[list[str] | None, typer.Argument(help="Files, folders, addresses.")] = None,
    jsonl: Annotated[
        str | None, typer.Option("--jsonl", help="Documents as JSON Lines: id, text, published.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="Date of publication: YYYY[-MM[-DD]].")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal.")] = False,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", help="One row an event, to this file.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Lines to this file, resumable.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where -o stopped.")] = False,
    engine: Annotated[str, typer.Option("--engine", help="local or dask.")] = "local",
    workers: Annotated[int | None, typer.Option("--workers", help="Processes.")] = None,
    scheduler: Annotated[str | None, typer.Option("--scheduler", help="Of dask.")] = None,
    tier: TierOption = "fast",
    model: ModelOption = None,
) -> None:
    """Code documents: who did what to whom (the default: accord events FILE)."""
    from accord.cli.event_coding import CodingRun

    run = CodingRun(
        paths=paths or [], jsonl=jsonl, published=published, parquet=parquet, output=output,
        resume=resume, engine=engine, workers=workers, scheduler=scheduler,
        tier=checked_tier(tier), model=model,
    )  # fmt: skip
    run.check_options()
    if run.is_single and sys.stdout.isatty() and not as_json:
        run.show()
    elif parquet is not None:
        raise typer.Exit(run.to_parquet())
    else:
        raise typer.Exit(run.to_lines())


@app.command()
def series(
    file: Annotated[str, typer.Argument(help="Lines that `accord events` wrote. - is stdin.")],
    dyad: Annotated[str | None, typer.Option("--dyad", help="Only this one: RUS-CHN.")] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Set beside the event rows of the record.")
    ] = False,
    stories: Annotated[
        bool, typer.Option("--stories", help="List the stories and quotes behind each row.")
    ] = False,
) -> None:
    """Monthly series of dyads from coded events, each story counted once."""
    from accord.cli.event_series import series_lines

    with opened(file) as lines:
        for answer in series_lines(lines, dyad=dyad, record=record, stories=stories):
            emit(answer)


@app.command()
def stories(
    file: Annotated[str, typer.Argument(help="Lines that `accord events` wrote. - is stdin.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A CSV for `accord record add`.")
    ] = None,
    corpus: Annotated[
        str | None, typer.Option("--corpus", help="The corpus's name, named in evidence.")
    ] = None,
) -> None:
    """Acts that were done, story by story, for `accord record add coded_events`."""
    from dataclasses import asdict

    from accord.cli.event_stories import story_rows, write_csv

    with opened(file) as lines:
        rows = story_rows(lines, corpus or ("corpus" if file == "-" else Path(file).stem))
    if output is not None:
        write_csv(rows, output)
        return
    for row in rows:
        emit(asdict(row))


@app.command()
def classify(
    file: Annotated[str, typer.Argument(help="JSON Lines: id, text, source, target. - is stdin.")],
    tier: TierOption = "fast",
    model: ModelOption = None,
) -> None:
    """Judge the relation between marked spans: one line out for each line in."""
    from accord.events.classify import classifier, classify_lines

    judge = classifier(checked_tier(tier), model)
    failed = False
    with opened(file) as lines:
        for answer in classify_lines(lines, judge):
            failed = failed or "error" in answer
            emit(answer)
    if failed:
        raise typer.Exit(1)


def checked_tier(tier: str) -> Any:
    """``tier`` where it is one; raises EVT004 otherwise."""
    from accord.errors import EventError

    if tier not in {"fast", "deep"}:
        raise EventError("EVT004", tier=tier)
    return tier


@contextlib.contextmanager
def opened(path: str) -> Iterator[TextIO]:
    """A text file, or standard input for ``-``; raises EVT003."""
    from accord.errors import EventError

    if path == "-":
        if hasattr(sys.stdin, "reconfigure"):  # bytes that are no text stop no other line
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
        yield sys.stdin
        return
    try:
        handle = Path(path).open(encoding="utf-8-sig", errors="replace")  # noqa: SIM115
    except OSError as problem:
        raise EventError("EVT003", path=path, reason=problem.strerror or problem) from None
    with handle:
        yield handle


def emit(answer: dict[str, Any]) -> None:
    """One JSON line, flushed, so that a reader sees each answer when it is there."""
    line = json.dumps(answer, ensure_ascii=False)
    if not line.isascii() and any("\ud800" <= letter <= "\udfff" for letter in line):
        line = json.dumps(answer)  # half a character cannot be written but as an escape
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
