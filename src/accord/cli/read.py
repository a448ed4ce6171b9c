"""``accord read``: find the statements of documents, without judging them."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]

app = typer.Typer(
    add_completion=False,
    help="Find the statements of a document, without judging them.",
)


@app.command()
def read(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="files, folders, addresses, or - for standard input"),
    ] = None,
    *,
    published: Annotated[
        str | None, typer.Option(help="when it appeared: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None,
    title: Annotated[str | None, typer.Option(help="the title, if the document lacks it")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal")] = False,
    as_text: Annotated[bool, typer.Option("--text", help="the table, also in a pipe")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="for each field the words it came from, and the rule")
    ] = False,
    jsonl: Annotated[
        str | None, typer.Option(help="many documents: a file of {id, text, published?}, or -")
    ] = None,
    feed: Annotated[str | None, typer.Option(help="an RSS or Atom feed: address or file")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="OUT.jsonl or OUT.parquet")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="go on with an unfinished -o")] = False,
    engine: Annotated[str, typer.Option(help="local (all cores) or dask")] = "local",
    workers: Annotated[
        int | None, typer.Option(min=0, help="processes; 0 reads in this one")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="address of a dask scheduler; without it a local cluster")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="seconds that one document may take")
    ] = 60.0,
    allow_private_addresses: Annotated[
        bool, typer.Option("--allow-private-addresses", help="fetch from private networks too")
    ] = False,
) -> None:
    """Find the statements of documents, without judging them."""
    from accord.cli.batch import Batch, Sources, chosen_engine
    from accord.cli.reading import read_one

    if as_json and as_text:
        raise _clash("--json", "--text")
    sources = Sources(
        tuple(paths or ()), jsonl, feed, published, title, allow_private_addresses
    ).recognised
    engine = chosen_engine(engine, scheduler, command="read")
    batch = Batch("read", sources, output, resume, engine, workers, scheduler, time_limit)
    batch.check_options()
    if sources.is_single and output is None:
        form = "text" if as_text or (sys.stdout.isatty() and not as_json) else "json"
        read_one(sources, explain=explain, form=form)
        return
    if as_text:
        raise _clash("--text", "several documents")
    from accord.read.reading import read_line, read_whole

    function = read_line if sources.jsonl is not None else read_whole
    raise typer.Exit(1 if batch.run(partial(function, explain=explain), explain=explain) else 0)


def _clash(option: str, other: str) -> Exception:
    from accord.errors import ArgumentError

    return ArgumentError("ARG004", option=option, other=other)
