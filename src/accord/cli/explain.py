"""``accord explain``: rows, query, arithmetic, tolerance and mirror behind a verdict."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from accord.model.verdict import Check, CheckedStatement, Evidence

app = typer.Typer(add_completion=False, help="Show what is behind a verdict.")


@app.command()
def explain(
    path: Annotated[Path, typer.Argument(help="what `accord check --json` wrote")],
    statement: Annotated[
        str | None, typer.Argument(help="id of a statement, or its number; without it the table")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    """Show the rows, the query, the arithmetic and the tolerance behind a verdict."""
    from accord.cli.check_files import find_statement, load_check

    earlier = load_check(path)
    if statement is None:
        _show_all(earlier, as_json=as_json)
        return
    entry = find_statement(earlier, statement, path)
    if as_json:
        import json

        from accord.model.serial import statement_to_dict

        fields = statement_to_dict(entry.statement, entry.verdict)
        sys.stdout.write(json.dumps(fields, ensure_ascii=True, indent=2) + "\n")
        return
    sys.stdout.write("\n".join(lines_of(entry)) + "\n")


def _show_all(earlier: Check, *, as_json: bool) -> None:
    """Which statements there are to ask about."""
    if as_json:
        import json

        from accord.model.serial import check_to_dict

        sys.stdout.write(json.dumps(check_to_dict(earlier), ensure_ascii=True, indent=2) + "\n")
        return
    from accord.cli.render_table import render_table, wants_colour

    sys.stdout.write(render_table(earlier, colour=wants_colour()))


def lines_of(entry: CheckedStatement) -> list[str]:
    """The explanation, line by line."""
    from accord.cli.render_words import amount, computed_words, outcome_words, stated_words
    from accord.model.verdict_display import ICONS, plain_words

    statement, verdict = entry.statement, entry.verdict
    lines = [
        f"“{stated_words(statement)}”",
        f"{ICONS[verdict.outcome.value]} {outcome_words(verdict)}",
        f"  {plain_words(verdict.explanation)}",
    ]
    if verdict.computed is not None:
        lines.append(f"  computed   {computed_words(verdict)}")
    if verdict.tolerance:
        lines.append(f"  tolerance  {verdict.tolerance}")
    if verdict.settled_by:
        lines.append(f"  settled by {plain_words(verdict.settled_by)}")
    if verdict.changed_by_hindsight:
        lines.append(f"  at publication it was {verdict.changed_by_hindsight.replace('_', ' ')}")
    if verdict.readings:
        lines.append("readings")
    for reading in verdict.readings:
        mark = "agrees" if reading.agrees else "does not agree"
        kind = "primary" if reading.primary else "secondary"
        lines.append(f"  {plain_words(reading.name)} ({kind}, {mark})")
        lines.append(f"    {plain_words(reading.arithmetic)}")
    if verdict.mirror and verdict.mirror.computed is not None:
        shown = amount(verdict.mirror.computed, verdict.mirror.unit)
        lines += ["mirror", f"  {plain_words(verdict.mirror.name)}: {shown}"]
    if verdict.evidence:
        lines.append("rows")
    for evidence in verdict.evidence:
        lines += _evidence_lines(evidence)
    return lines


def _evidence_lines(evidence: Evidence) -> list[str]:
    from accord.model.verdict_display import plain_words

    when = evidence.published_on or "undated"
    later = ", later than the document" if evidence.later else ""
    lines = [
        f"  {plain_words(evidence.summary)}",
        f"    {plain_words(evidence.publisher or 'unnamed')}, {when}{later}",
    ]
    lines += [f"    {plain_words(part)}" for part in (evidence.url, evidence.query) if part]
    return lines
