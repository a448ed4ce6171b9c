"""``accord replay``: an earlier check against today's record, and what changed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from accord.check.replay import Replay

app = typer.Typer(add_completion=False, help="Judge an earlier check's statements again.")


@app.command()
def replay(
    path: Annotated[Path, typer.Argument(help="what `accord check --json` wrote")],
    as_of: Annotated[str | None, typer.Option(help="judge as of another day")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal")] = False,
    as_text: Annotated[bool, typer.Option("--text", help="text, also in a pipe")] = False,
) -> None:
    """Judge the statements of an earlier check against today's record."""
    from accord.check import Facts, replay_check
    from accord.cli.check import _day
    from accord.cli.check_files import load_check
    from accord.record import open_record

    earlier = load_check(path)
    with open_record() as record:
        done = replay_check(earlier, Facts(record), as_of=_day(as_of))
    if as_json or not (as_text or sys.stdout.isatty()):
        sys.stdout.write(json.dumps(_fields(done), ensure_ascii=True, indent=2) + "\n")
        return
    sys.stdout.write("\n".join(_lines(done)) + "\n")


def _fields(done: Replay) -> dict[str, object]:
    from accord.model.serial import check_to_dict, verdict_to_dict

    return {
        **check_to_dict(done.check),
        "same_record": done.same_record,
        "changes": [
            {
                "id": change.after.statement.id,
                "before": verdict_to_dict(change.before.verdict),
                "after": verdict_to_dict(change.after.verdict),
            }
            for change in done.changes
        ],
    }


def _lines(done: Replay) -> list[str]:
    from accord.cli.render_words import outcome_words, stated_words

    record = "the same record" if done.same_record else "another state of the record"
    total, changed = len(done.check.statements), len(done.changes)
    lines = [f"{total} statements judged again against {record}: {changed} changed"]
    for change in done.changes:
        before, after = change.before.verdict, change.after.verdict
        lines.append(f"  {change.after.statement.id}  {stated_words(change.after.statement)}")
        lines.append(f"      {outcome_words(before)} → {outcome_words(after)}")
    return lines
