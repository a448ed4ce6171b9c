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
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = ["code", *args]
        return list(super().parse_args(ctx, args))


app = typer.Typer(cls=_DefaultsToCode, no_args_is_help=True, add_completion=False)

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
        yield sys.stdin
        return
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace") as handle:
            yield handle
    except OSError as problem:
        raise EventError("EVT003", path=path, reason=problem.strerror or problem) from None


def emit(answer: dict[str, Any]) -> None:
    """One JSON line, flushed, so that a reader sees each answer when it is there."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    sys.stdout.flush()
