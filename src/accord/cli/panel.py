"""``accord panel``: a dyad panel for research, with codebook and citation."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from accord.measure.panel import StateSystem, Unit

app = typer.Typer(add_completion=False, help="Build a dyad panel for research.")


@app.command()
def panel(
    dyads: Annotated[
        str, typer.Option(help="RUS-CHN,CHN-IND · a bloc (EAEU) · several polities · all")
    ],
    first: Annotated[str, typer.Option("--from", help="first year, month or day")],
    last: Annotated[str, typer.Option("--to", help="last year, month or day")],
    unit: Annotated[str, typer.Option(help="month or year")] = "year",
    parts: Annotated[
        str, typer.Option("--with", help="trade,agreements,memberships,events,gdp")
    ] = "trade,agreements,memberships",
    states: Annotated[str, typer.Option(help="iso, cow (Correlates of War) or gw")] = "iso",
    undirected: Annotated[bool, typer.Option("--undirected", help="one row a pair")] = False,
    as_of: Annotated[str | None, typer.Option(help="only what was known on this day")] = None,
    max_rows: Annotated[int, typer.Option(help="refuse a larger panel")] = 5_000_000,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=".parquet or .csv; codebook beside it")
    ] = None,
) -> None:
    """Build a dyad panel: CSV on standard output, or a file with its codebook beside it."""
    from accord.brief.codebook import write_panel
    from accord.brief.panel import PanelRequest, build_panel
    from accord.record import open_record

    request = PanelRequest(
        dyads=tuple(word.strip() for word in dyads.split(",") if word.strip()),
        first=_bound(first, "--from")[0],
        last=_bound(last, "--to")[1],
        unit=_unit(unit),
        parts=tuple(dict.fromkeys(part.strip() for part in parts.split(",") if part.strip())),
        system=_system(states),
        directed=not undirected,
        as_of=_bound(as_of, "--as-of")[1] if as_of else None,
        most_rows=max_rows,
    )
    with open_record() as record:
        built = build_panel(request, record)
    if output is None:
        sys.stdout.write(built.frame.write_csv())
        return
    for path in write_panel(built, output):
        sys.stderr.write(f"{path}\n")


def _bound(text: str, option: str) -> tuple[date, date]:
    from accord.errors import ArgumentError
    from accord.model.period import Period

    try:
        period = Period.parse(text)
    except (ValueError, OverflowError):
        raise ArgumentError("ARG003", value=text, option=option) from None
    return period.start, period.end


def _unit(text: str) -> Unit:
    from accord.errors import MeasureError
    from accord.measure.panel import Unit

    try:
        return Unit(text.lower())
    except ValueError:
        raise MeasureError("MEA003", name="--unit", value=text, range="month or year") from None


def _system(text: str) -> StateSystem:
    from accord.errors import MeasureError
    from accord.measure.panel import StateSystem

    try:
        return StateSystem(text.lower())
    except ValueError:
        raise MeasureError("MEA009", name=text, choices=", ".join(StateSystem)) from None
