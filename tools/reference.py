"""Writes what follows from the code: commands, error codes, the front page's example.

``python -m tools.reference`` writes them; ``--check`` only says whether they are
current (exit code 1 if not), which is what the tests do.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

from accord.cli.main import load_commands
from accord.errors import catalogue
from tools.front_page import README, front_page

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
NOTE = "<!-- Written by `make reference` from the code; do not edit. -->\n\n"


def main(arguments: list[str]) -> int:
    """Write or check all generated pages."""
    pages = {
        REFERENCE / "cli.md": cli_page(),
        REFERENCE / "errors.md": errors_page(),
        README: front_page(),
    }
    stale = [path for path, text in pages.items() if current(path) != text]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path.name} is stale: run `make reference`\n")
        return int(bool(stale))
    for path in stale:
        path.write_text(pages[path], encoding="utf-8")
    return 0


def current(path: Path) -> str:
    """What a page says now; empty if there is none."""
    return path.read_text(encoding="utf-8") if path.exists() else ""


def errors_page() -> str:
    """The page of error codes."""
    lines = [
        NOTE + "# Error codes\n",
        "Every message a user can meet. Words in {braces} are filled in.\n",
    ]
    for code, template in sorted(catalogue().items()):
        lines += [
            f"## {code}\n",
            f"{plain(template.message)}\n",
            f"*What to do:* {plain(template.hint)}\n",
        ]
    return "\n".join(lines)


def cli_page() -> str:
    """The page of commands, from the options that each declares."""
    import typer

    lines = [NOTE + "# Commands\n", "`accord FILE` is short for `accord check FILE`.\n"]
    for name, entry in load_commands().items():
        command: Any = typer.main.get_command(importlib.import_module(entry["module"]).app)
        lines += describe(f"accord {name}", command, entry["help"], depth=2)
    return "\n".join(lines)


def describe(path: str, command: Any, summary: str, *, depth: int) -> list[str]:
    """One command with its options, then its subcommands."""
    lines = [f"{'#' * depth} {path}\n", f"{plain(summary)}\n"]
    lines += options_table(command)
    for name, child in sorted((getattr(command, "commands", None) or {}).items()):
        text = (child.help or child.short_help or "").split("\n\n")[0].replace("\n", " ")
        lines += describe(f"{path} {name}", child, text, depth=depth + 1)
    return lines


def options_table(command: Any) -> list[str]:
    """The parameters of a command as a Markdown table."""
    shown = [
        p for p in command.params if p.name not in {"help", "install_completion", "show_completion"}
    ]
    shown = [p for p in shown if not getattr(p, "hidden", False)]
    if not shown:
        return []
    rows = ["| argument or option | meaning |", "| --- | --- |"]
    for param in shown:
        if param.param_type_name == "argument":
            names = f"`{(param.metavar or param.name).upper()}`"
        else:
            names = ", ".join(f"`{option}`" for option in [*param.opts, *param.secondary_opts])
        text = plain(getattr(param, "help", None) or "").replace("\n", " ").replace("|", "\\|")
        rows.append(f"| {names} | {text} |")
    return ["\n".join(rows) + "\n"]


def plain(text: str) -> str:
    """Text without trailing blanks, safe in Markdown."""
    return text.strip().replace("<", "&lt;")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
