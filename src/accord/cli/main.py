"""Entry point: finds the command, imports only that one, maps errors to exit codes.

Exit codes: 0 ran; 1 the user's input or arguments; 2 an internal fault;
3 ``--fail-on`` matched; 130 interrupted.
"""

from __future__ import annotations

import difflib
import importlib
import os
import sys
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

DEFAULT_COMMAND = "check"
INTERRUPTED = 130
FAULT = 2


def load_commands() -> dict[str, dict[str, str]]:
    """Command name → module and help line, in listing order."""
    text = (resources.files("accord") / "cli" / "commands.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def run(argv: list[str] | None = None) -> None:
    """Run ``accord`` with ``argv`` (default: the process's) and exit."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in arguments
    arguments = [a for a in arguments if a != "--debug"]
    try:
        code = dispatch(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        code = INTERRUPTED
    except BrokenPipeError:
        _silence_stdout()
        code = 0
    except Exception as problem:  # the one place that turns exceptions into exit codes
        if debug:
            raise
        code = report(problem)
    sys.exit(code)


def dispatch(arguments: list[str]) -> int:
    """Route to a command module; returns the exit code."""
    commands = load_commands()
    if not arguments or arguments[0] in {"--help", "-h"}:
        sys.stdout.write(overview(commands))
        return 0
    if arguments[0] in {"--version", "-V"}:
        sys.stdout.write(f"accord {installed_version()}\n")
        return 0
    name = arguments[0]
    if name in commands:
        return run_command(name, commands[name]["module"], arguments[1:])
    if names_a_document(name):
        return run_command(DEFAULT_COMMAND, commands[DEFAULT_COMMAND]["module"], arguments)
    raise _unknown(name, commands)


def names_a_document(word: str) -> bool:
    """Whether the first word can only be input for the default command."""
    if word == "-" or word.startswith("-"):
        return True
    return word.startswith(("http://", "https://")) or Path(word).exists()


def run_command(name: str, module: str, arguments: list[str]) -> int:
    """Import a command's module and run its typer app on the arguments."""
    import click
    import typer

    app = importlib.import_module(module).app
    command: Any = typer.main.get_command(app)
    try:
        result = command.main(arguments, prog_name=f"accord {name}", standalone_mode=False)
    except (click.exceptions.Exit, typer.Exit) as done:
        return int(done.exit_code)
    except click.exceptions.Abort:
        return INTERRUPTED
    except Exception as problem:
        if not hasattr(problem, "format_message"):
            raise
        from accord.errors import ArgumentError

        raise ArgumentError("ARG001", detail=problem.format_message(), command=name) from None
    return result if isinstance(result, int) else 0


def overview(commands: dict[str, dict[str, str]]) -> str:
    """The text of ``accord --help``."""
    width = max(map(len, commands)) + 2
    lines = [
        "Usage: accord COMMAND …       accord FILE  is short for  accord check FILE",
        "",
        "Accord reads what is said about the relations between countries and holds it",
        "against the record.",
        "",
        "Commands:",
        *(f"  {name:<{width}}{entry['help']}" for name, entry in commands.items()),
        "",
        "  accord COMMAND --help   the options of a command",
        "  accord --version        the version",
        "  --debug                 with any command: show the trace of an error",
        "",
    ]
    return "\n".join(lines)


def installed_version() -> str:
    """The installed version of the package."""
    from importlib.metadata import version

    return version("accord")


def report(problem: Exception) -> int:
    """Write one problem to standard error; returns the exit code."""
    from accord.errors import AccordError

    if isinstance(problem, AccordError):
        sys.stderr.write(f"error {problem.code}: {problem.message}\n  → {problem.hint}\n")
        sys.stderr.write(f"  {problem.docs}\n")
        return problem.exit_code
    sys.stderr.write(
        f"internal fault: {type(problem).__name__}: {problem}\n"
        "  → This is a defect of Accord. Run again with --debug for the trace, and report it.\n"
    )
    return FAULT


def _unknown(name: str, commands: dict[str, dict[str, str]]) -> Exception:
    from accord.errors import ArgumentError

    close = difflib.get_close_matches(name, list(commands), n=1)
    suggestion = f" Did you mean `accord {close[0]}`?" if close else ""
    return ArgumentError("ARG002", name=name, suggestion=suggestion)


def _silence_stdout() -> None:
    # The reader has gone; what is still buffered must not raise at interpreter exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
