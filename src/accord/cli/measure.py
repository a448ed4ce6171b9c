"""``accord measure``: a bilateral measure from the record."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from accord.model.period import Period

app = typer.Typer(add_completion=False, help="Compute a bilateral measure from the record.")


@app.command()
def measure(
    name: Annotated[str | None, typer.Argument(help="the measure; --list shows all")] = None,
    source: Annotated[str | None, typer.Argument(help="the side from which it is computed")] = None,
    target: Annotated[str | None, typer.Argument(help="the other side")] = None,
    period: Annotated[str | None, typer.Option(help="2021, 2021-02, 2021-Q1, DATE/DATE")] = None,
    product: Annotated[
        str | None, typer.Option(help="a chapter of the Harmonised System: 27")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="only what was known on this day")] = None,
    show_list: Annotated[bool, typer.Option("--list", help="all measures and formulae")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal")] = False,
) -> None:
    """Compute one measure for a pair and a period, with arithmetic and rows."""
    in_json = as_json or not sys.stdout.isatty()
    if show_list or name is None:
        sys.stdout.write(_listing(in_json))
        return
    from accord.errors import ArgumentError

    if source is None or target is None or period is None:
        detail = "measure needs a name, two polities and --period"
        raise ArgumentError("ARG001", detail=detail, command="measure")
    from dataclasses import asdict

    from accord.brief.measuring import measure_pair
    from accord.record import open_record

    when = _period(period)
    with open_record() as record:
        found = measure_pair(
            name, source, target, record=record, period=when, as_of=_day(as_of), product=product
        )
    if in_json:
        sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False) + "\n")
        return
    sys.stdout.write(f"{found.name}  {found.source}-{found.target}  {found.period}\n")
    sys.stdout.write(f"  {found.value:,.6g}  ({found.units})\n")
    sys.stdout.write(f"  {found.formula}  =  {found.arithmetic}\n")
    for row in found.rows:
        sys.stdout.write(f"  {row}\n")


def _listing(in_json: bool) -> str:
    from dataclasses import asdict

    from accord.brief.measuring import computable
    from accord.measure.catalogue import catalogue

    ready = set(computable())
    entries = [{**asdict(e), "from_record": n in ready} for n, e in catalogue().items()]
    if in_json:
        return json.dumps(entries, ensure_ascii=False) + "\n"
    width = max(map(len, catalogue()))
    lines = [
        f"{'*' if name in ready else ' '} {name:<{width}}  {entry.formula}"
        for name, entry in catalogue().items()
    ]
    return "\n".join([*lines, "", "* computed by `accord measure NAME A B --period …`", ""])


def _period(text: str) -> Period:
    from accord.errors import BriefError
    from accord.model.period import Period

    try:
        return Period.parse(text)
    except (ValueError, OverflowError):
        raise BriefError("BRF004", value=text) from None


def _day(text: str | None) -> date | None:
    from accord.errors import ArgumentError

    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ArgumentError("ARG003", value=text, option="--as-of") from None
