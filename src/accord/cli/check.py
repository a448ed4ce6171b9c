"""``accord check``: judge every checkable statement of documents against the record."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False,
    help="Judge every checkable statement of a document against the record.",
)

OUTCOMES = ("supported", "imprecise", "contradicted", "unverifiable", "not_checkable")


@app.command()
def check(
    paths: Annotated[
        list[str] | None, typer.Argument(help="files, folders, addresses, or - for standard input")
    ] = None,
    *,
    published: Annotated[
        str | None, typer.Option(help="when it appeared: YYYY, YYYY-MM or YYYY-MM-DD")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="judge with hindsight: releases up to this day count")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal")] = False,
    as_text: Annotated[bool, typer.Option("--text", help="the table, also in a pipe")] = False,
    as_markdown: Annotated[bool, typer.Option("--md", help="Markdown")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, one row a statement")] = False,
    html: Annotated[Path | None, typer.Option(help="write one page, the text marked up")] = None,
    plan: Annotated[bool, typer.Option("--plan", help="show the queries, judge nothing")] = False,
    fail_on: Annotated[
        str | None, typer.Option(help="outcomes, comma-separated, that end with exit code 3")
    ] = None,
    jsonl: Annotated[
        str | None, typer.Option(help="many documents: a file of {id, text, published?}, or -")
    ] = None,
    feed: Annotated[str | None, typer.Option(help="an RSS or Atom feed: address or file")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="OUT.jsonl or OUT.parquet")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="go on with an unfinished -o")] = False,
    engine: Annotated[str, typer.Option(help="for many: local (all cores) or dask")] = "local",
    workers: Annotated[
        int | None, typer.Option(min=0, help="processes for many; 0 works in this one")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="address of a dask scheduler; without it a local cluster")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="seconds that one of many documents may take")
    ] = 60.0,
    allow_private_addresses: Annotated[
        bool, typer.Option("--allow-private-addresses", help="fetch from private networks too")
    ] = False,
    title: Annotated[str | None, typer.Option(help="the title, if the document lacks it")] = None,
) -> None:
    """Judge every checkable statement of a document against the record."""
    from accord.cli.batch import Batch, Sources, chosen_engine
    from accord.cli.checking import Job

    sources = Sources(
        tuple(paths or ()), jsonl, feed, published, title, allow_private_addresses
    ).recognised
    job = Job(sources=sources, as_of=_day(as_of), fail_on=_outcomes(fail_on))
    form = _form(as_json=as_json, as_text=as_text, as_markdown=as_markdown, as_csv=as_csv)
    if sources.jsonl is not None or sources.feed is not None or sources.has_folder or output:
        _lines_only(form, plan=plan, html=html, asked=as_text)
        engine = chosen_engine(engine, scheduler, command="check")
        batch = Batch("check", sources, output, resume, engine, workers, scheduler, time_limit)
        batch.check_options()
        job.run_batch(batch)
    else:
        _require_paths(sources.paths, html)
        job.run_documents(form="plan" if plan else form, html=html)
    raise typer.Exit(job.exit_code)


def _lines_only(form: str, *, plan: bool, html: Path | None, asked: bool) -> None:
    """Many documents give JSON Lines; raises ARG004 for another form."""
    from accord.errors import ArgumentError

    forms = {"--html": html is not None, "--plan": plan, "--text": asked,
             "--md": form == "markdown", "--csv": form == "csv"}  # fmt: skip
    for option, on in forms.items():
        if on:
            raise ArgumentError("ARG004", option=option, other="a folder, --jsonl, --feed or -o")


def _require_paths(paths: tuple[str, ...], html: Path | None) -> None:
    from accord.errors import CheckError

    if not paths:
        raise CheckError("CHK006")
    if html is not None and len(paths) > 1:
        raise CheckError("CHK003", count=len(paths))


def _form(**wanted: bool) -> str:
    from accord.errors import ArgumentError

    chosen = [name.removeprefix("as_") for name, on in wanted.items() if on]
    if len(chosen) > 1:
        names = {"json": "--json", "text": "--text", "markdown": "--md", "csv": "--csv"}
        raise ArgumentError("ARG004", option=names[chosen[0]], other=names[chosen[1]])
    if chosen:
        return chosen[0]
    return "text" if sys.stdout.isatty() else "json"


def _day(text: str | None) -> date | None:
    from accord.errors import ArgumentError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ArgumentError("ARG003", value=text, option="--as-of") from None


def _outcomes(text: str | None) -> frozenset[str]:
    from accord.errors import CheckError

    names = [part.strip() for part in (text or "").split(",") if part.strip()]
    for name in names:
        if name not in OUTCOMES:
            raise CheckError("CHK004", value=name, option="--fail-on", known=", ".join(OUTCOMES))
    return frozenset(names)
