"""``accord record``: look into the record, load sources into it, export it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from accord.record import LoadReport

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Look into the record, load sources into it, export it.",
)

AsJson = Annotated[bool, typer.Option("--json", help="JSON, also on a terminal")]
Codes = Annotated[list[str] | None, typer.Option(help="code; may be given several times")]
Partners = Annotated[
    list[str] | None, typer.Option(help="code, or all; may be given several times")
]


@app.command()
def info(
    source: Annotated[str | None, typer.Argument(help="list the releases of this source")] = None,
    *,
    tables: Annotated[
        bool, typer.Option("--tables", help="list the views and tables with their columns")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what is in the record: place, releases by source, panels; or one source's releases."""
    from accord.cli import record_info
    from accord.record import open_record

    with open_record() as record:
        if tables:
            _show(record_info.TABLE_NAMES, record_info.tables(record), as_json=as_json)
            return
        if source is not None:
            found = record_info.releases(record, source)
            _show(record_info.RELEASE_NAMES, found, as_json=as_json)
            return
        content, sources = record_info.summary(record)
    if _wants_json(as_json):
        _print_json(content)
        return
    sys.stdout.write(f"{content['place']}\nstate {content['fingerprint'][:16]}\n\n")
    _print_table(record_info.SOURCE_NAMES, sources)


@app.command()
def coverage(
    source: Annotated[str | None, typer.Argument()] = None, as_json: AsJson = False
) -> None:
    """Say which reporters each source covers, and from when to when."""
    from accord.cli.record_info import check_source
    from accord.record import open_record

    with open_record() as record:
        found = record.coverage(source)
        if not found and source is not None:
            check_source(record, source)
    names = ("source", "reporter", "first", "last", "periods", "rows", "partners", "products")
    _show(names, [[getattr(entry, name) for name in names] for entry in found], as_json=as_json)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="one reading statement, or - for standard input")],
    as_json: AsJson = False,
) -> None:
    """Ask the record in SQL; it can only be read. `trade` is the view to begin with."""
    from accord.record import open_record

    with open_record() as record:
        table = record.sql(sys.stdin.read() if sql == "-" else sql)
    _show(table.column_names, [list(row.values()) for row in table.to_pylist()], as_json=as_json)


@app.command()
def add(
    source: Annotated[str | None, typer.Argument(help="a source's name, or a declaration")] = None,
    files: Annotated[list[Path] | None, typer.Argument(help="the source's files")] = None,
    *,
    reporter: Partners = None,
    partner: Partners = None,
    product: Codes = None,
    period: Annotated[
        list[str] | None, typer.Option(help="2021, 2021-05, …; may be given several times")
    ] = None,
    frequency: Annotated[str, typer.Option(help="annual or monthly")] = "annual",
    services: Annotated[bool, typer.Option("--services", help="services, not goods")] = False,
    revision: Annotated[str | None, typer.Option(help="the nomenclature's revision")] = None,
    published: Annotated[str | None, typer.Option(help="when it was published")] = None,
    url: Annotated[str | None, typer.Option(help="where the file came from")] = None,
    allow_break: Annotated[
        bool, typer.Option("--allow-break", help="accept values a hundredfold of earlier ones")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="list the sources")] = False,
    as_json: AsJson = False,
) -> None:
    """Load a source, from files or from its service; as a whole or not at all."""
    from accord.record import Request, load

    if listed or source is None:
        _list_sources(as_json=as_json)
        return
    options: dict[str, Any] = {"frequency": _frequency(frequency), "services": services}
    if revision:
        options["revision"] = revision
    request = Request(
        files=tuple(files or ()),
        reporters=tuple(reporter or ()),
        partners=tuple(partner or ()),
        products=tuple(product or ()),
        periods=tuple(period or ()),
        published=_day(published),
        url=url,
        allow_break=allow_break,
        options=options,
    )
    _report(load(source, request), as_json=as_json)


@app.command()
def export(
    path: Annotated[Path, typer.Argument(help="a new .parquet or .csv file")],
    view: Annotated[str, typer.Option("--query", help="a view's name, or SQL")] = "trade",
    as_json: AsJson = False,
) -> None:
    """Write a view or a query's answer, with a data dictionary and a citation."""
    from accord.record import open_record
    from accord.record.exporting import export as write

    with open_record() as record:
        done = write(record, path, query=view)
    names = ("data", "dictionary", "citation", "rows")
    row = [str(done.data), str(done.dictionary), str(done.citation), done.rows]
    if _wants_json(as_json):
        _show(names, [row], as_json=True)
    else:
        sys.stdout.write(
            f"{done.data}: {done.rows:,} rows\n  columns described in {done.dictionary.name}\n"
            f"  releases cited in {done.citation.name}\n"
        )


@app.command()
def remove(
    release: Annotated[str, typer.Argument(help="the name of a loaded release")],
    as_json: AsJson = False,
) -> None:
    """Take a loaded release out again; its raw file is kept."""
    from accord.record.removing import remove as take_out

    done = take_out(release)
    if _wants_json(as_json):
        _print_json({"release": done.release, "rows": done.rows, "restored": done.restored})
        return
    sys.stdout.write(f"{done.release}: {done.rows:,} rows taken out\n")
    if done.restored:
        sys.stdout.write(f"  {done.restored:,} earlier rows count again\n")


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Hold the record against its raw files and itself; exit code 1 if something is wrong."""
    from accord.record import open_record
    from accord.record.verifying import verify as find

    with open_record() as record:
        findings = find(record)
    names = ("code", "subject", "message")
    if _wants_json(as_json):
        _show(names, [[f.code, f.subject, f.message] for f in findings], as_json=True)
    elif findings:
        sys.stdout.writelines(f"{f.code} {f.message}\n" for f in findings)
    else:
        sys.stdout.write("the record is whole\n")
    raise typer.Exit(1 if findings else 0)


def _list_sources(*, as_json: bool) -> None:
    from accord.record.declaration import declared_sources

    names = ("source", "kind", "title", "licence", "coverage", "get")
    found = [
        [d.id, d.kind, d.title, d.licence, d.coverage, d.get] for d in declared_sources().values()
    ]
    if _wants_json(as_json):
        _show(names, found, as_json=True)
    else:
        _print_table(names[:3], [row[:3] for row in found])


def _report(report: LoadReport, *, as_json: bool) -> None:
    names = ("release", "source", "rows", "already", "superseded", "seconds", "notes")
    content = {name: getattr(report, name) for name in names}
    if _wants_json(as_json):
        _print_json(content)
        return
    said = "was loaded before; nothing changed" if report.already else f"{report.rows:,} rows"
    sys.stdout.write(f"{report.release}: {said}\n")
    if report.superseded:
        sys.stdout.write(f"  {report.superseded:,} earlier rows are now superseded\n")
    sys.stdout.writelines(f"  {note}\n" for note in report.notes)


def _show(names: Sequence[str], found: Sequence[Sequence[Any]], *, as_json: bool) -> None:
    if _wants_json(as_json):
        _print_json([dict(zip(names, row, strict=True)) for row in found])
    else:
        _print_table(names, found)


def _wants_json(asked: bool) -> bool:
    return asked or not sys.stdout.isatty()


def _print_json(content: Mapping[str, Any] | list[Any]) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n")


def _print_table(names: Sequence[str], found: Sequence[Sequence[Any]]) -> None:
    from accord.cli.record_table import render

    sys.stdout.write(render(names, found))


def _frequency(text: str) -> str:
    from accord.errors import RecordError

    if text not in {"annual", "monthly"}:
        raise RecordError("REC035", value=text, option="--frequency", expected="annual or monthly")
    return text


def _day(text: str | None) -> date | None:
    from accord.errors import ArgumentError

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentError("ARG003", value=text, option="--published") from None
