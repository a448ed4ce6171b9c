"""Files that ``accord check --json`` wrote, read back."""

from __future__ import annotations

import json
from pathlib import Path

from accord.errors import CheckError, ReadError
from accord.model.serial import check_from_dict
from accord.model.verdict import Check, CheckedStatement

__all__ = ["find_statement", "load_check"]


def load_check(path: Path) -> Check:
    """The check in a file; raises CHK001 or CHK007, READ001 or READ002."""
    text = _text(path)
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        fields = json.loads(text)
    except ValueError as problem:
        if len(lines) > 1 and lines[0].lstrip().startswith('{"'):
            raise CheckError("CHK007", path=path, count=len(lines)) from None
        raise CheckError("CHK001", path=path, detail=str(problem)) from None
    except RecursionError:
        raise CheckError("CHK001", path=path, detail="it is nested too deeply") from None
    try:
        return check_from_dict(fields)
    except KeyError as problem:
        raise CheckError("CHK001", path=path, detail=f"{problem} is missing") from None
    except (TypeError, ValueError, AttributeError) as problem:
        raise CheckError("CHK001", path=path, detail=str(problem)) from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ReadError("READ001", source=path) from None
    except UnicodeDecodeError:
        raise CheckError("CHK001", path=path, detail="it is not UTF-8 text") from None
    except OSError as problem:
        raise ReadError("READ002", source=path, detail=problem.strerror or str(problem)) from None


def find_statement(check: Check, wanted: str, path: Path) -> CheckedStatement:
    """A statement by its id, or by its number in the table; raises CHK002."""
    for number, entry in enumerate(check.statements, start=1):
        if wanted in (entry.statement.id, str(number)):
            return entry
    ids = [entry.statement.id for entry in check.statements]
    known = f"{ids[0]} to {ids[-1]}" if ids else "no statements"
    raise CheckError("CHK002", id=wanted, path=path, known=known)
