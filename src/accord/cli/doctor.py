"""``accord doctor``: versions, sources with coverage and hash, optional parts."""

from __future__ import annotations

import json
import platform
import sys
from collections import defaultdict
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, help="Report versions, sources and optional parts.")

_PARTS = ("duckdb", "typer", "httpx", "pypdf", "python-docx", "trafilatura", "polars", "pyarrow")
_OPTIONAL = {
    "onnxruntime": "accord[deep]: finds statements by meaning",
    "tokenizers": "accord[deep]: finds statements by meaning",
}


@app.command()
def doctor(
    as_markdown: Annotated[bool, typer.Option("--markdown", "--md", help="Markdown")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    """Report versions, sources and optional parts; for a bug report, as Markdown."""
    report = examine()
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=True, indent=2) + "\n")
        return
    lines = _markdown(report) if as_markdown else _plain(report)
    sys.stdout.write("\n".join(lines) + "\n")


def examine() -> dict[str, dict[str, str]]:
    """Everything the report says, by section."""
    return {
        "Accord": {
            "version": _version("accord") or "not installed",
            "Python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
        },
        "Packages": {name: _version(name) or "missing" for name in _PARTS},
        "Optional parts": {name: _optional(name) for name in _OPTIONAL},
        "Record": _record(),
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _optional(name: str) -> str:
    return _version(name) or f"not installed; {_OPTIONAL[name]}"


def _record() -> dict[str, str]:
    """Where the record is and what it holds; a damaged one is reported, not raised."""
    from accord.errors import AccordError
    from accord.record import open_record

    try:
        with open_record() as record:
            found = {"place": str(record.place), "hash": record.fingerprint}
            counts: dict[str, int] = defaultdict(int)
            days: dict[str, list[str]] = defaultdict(list)
            for release in record.releases():
                counts[release.source] += 1
                if release.published_on:
                    days[release.source].append(release.published_on.isoformat())
    except AccordError as problem:
        return {"problem": f"{problem.code}: {problem.message}", "way out": problem.hint}
    for source, count in sorted(counts.items()):
        span = f", published {min(days[source])} to {max(days[source])}" if days[source] else ""
        found[f"source {source}"] = f"{count} releases{span}"
    return found


def _plain(report: dict[str, dict[str, str]]) -> list[str]:
    lines = []
    for section, entries in report.items():
        lines.append(section)
        width = max(map(len, entries), default=0)
        lines += [f"  {name:<{width}}  {value}" for name, value in entries.items()]
    return lines


def _markdown(report: dict[str, dict[str, str]]) -> list[str]:
    lines = []
    for section, entries in report.items():
        lines += [f"## {section}", "", "| | |", "|---|---|"]
        lines += [
            f"| {name} | {value.replace('|', chr(92) + '|')} |" for name, value in entries.items()
        ]
        lines.append("")
    return lines
