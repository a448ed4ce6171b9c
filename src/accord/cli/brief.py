"""``accord brief``: how two countries or blocs stand."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from accord.model.brief import Brief
    from accord.model.period import Period
    from accord.model.verdict import Check

app = typer.Typer(add_completion=False, help="Show how two countries or blocs stand.")


@app.command()
def brief(
    source: Annotated[str, typer.Argument(help="a polity, as code or name: RUS, Russia, EU")],
    target: Annotated[str, typer.Argument(help="the other one")],
    period: Annotated[
        str | None, typer.Option(help="2021, 2021-02, 2021-Q1, 2021-H1 or DATE/DATE")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="the brief that could have been written on this day")
    ] = None,
    reporter: Annotated[
        str | None, typer.Option(help="whose statistics lead; by default who reports the period")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=".html, .pdf, .md, .json or .csv")
    ] = None,
    checked: Annotated[
        list[Path] | None, typer.Option(help="a check.json to count under “What was said”")
    ] = None,
    what_if: Annotated[
        bool,
        typer.Option("--what-if", help="compute the gravity scenario (a panel must be loaded)"),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal")] = False,
    as_markdown: Annotated[bool, typer.Option("--md", help="Markdown, also in a pipe")] = False,
) -> None:
    """Show how two polities stand: trade, what changed, structure, timeline, sources."""
    from accord.brief.build import build_brief
    from accord.record import open_record

    with open_record() as record:
        if what_if:
            from accord.brief.parties import resolve_parties
            from accord.brief.scenario import compute_scenario

            compute_scenario(resolve_parties(source, target), record)
        answer = build_brief(
            source,
            target,
            record=record,
            period=_period(period),
            as_of=_day(as_of),
            reporter=_code(reporter),
            checks=[_check(path) for path in checked or []],
        )
    if output is not None:
        from accord.brief.writing import write_brief

        write_brief(answer, output)
        return
    sys.stdout.write(_text(answer, as_json=as_json, as_markdown=as_markdown))


def _text(answer: Brief, *, as_json: bool, as_markdown: bool) -> str:
    from accord.brief.plain_forms import render_markdown
    from accord.brief.writing import render_json

    if as_json or not (as_markdown or sys.stdout.isatty()):
        return render_json(answer)
    return render_markdown(answer)


def _period(text: str | None) -> Period | None:
    from accord.errors import BriefError
    from accord.model.period import Period

    try:
        return Period.parse(text) if text else None
    except (ValueError, OverflowError):
        raise BriefError("BRF004", value=text) from None


def _day(text: str | None) -> date | None:
    from accord.errors import ArgumentError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ArgumentError("ARG003", value=text, option="--as-of") from None


def _code(word: str | None) -> str | None:
    from accord.model.polity import find_polity

    if word is None:
        return None
    polity = find_polity(word) or find_polity(word.upper())
    return polity.code if polity is not None else word


def _check(path: Path) -> Check:
    import json

    from accord.errors import BriefError
    from accord.model.serial import check_from_dict

    try:
        return check_from_dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        detail = str(problem).splitlines()[0][:120]
        raise BriefError("BRF009", path=path, detail=detail) from None
