"""Answers of the record as tables on a terminal: no line is wider than it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

__all__ = ["render"]

_NARROW, _WIDE = 60, 160
_LEAST = 14  # characters to which a column of text may be cut
_GAP = "  "


def render(names: Sequence[str], found: Sequence[Sequence[Any]], *, width: int = 0) -> str:
    """The rows under their names; one block a row where they do not fit side by side.

    Numbers stand to the right. ``width`` is that of the terminal unless given.
    """
    columns = width or max(_NARROW, min(shutil.get_terminal_size((80, 24)).columns, _WIDE))
    cells = [[_cell(value) for value in row] for row in found]
    right = [_is_number([row[i] for row in found]) for i in range(len(names))]
    widths = [
        max(len(name), *(len(row[i]) for row in cells)) if cells else len(name)
        for i, name in enumerate(names)
    ]
    fitted = _fit(widths, [max(len(n), _LEAST) for n in names], right, columns)
    if fitted is None:
        return _blocks(names, cells, columns)
    lines = [_line(row, fitted, right) for row in (list(names), *cells)]
    return "".join(f"{line}\n" for line in lines)


def _fit(widths: list[int], least: list[int], fixed: list[bool], columns: int) -> list[int] | None:
    """Widths that fit, taken from the widest columns of text first; None if there are none."""
    widths = list(widths)
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - columns
    while over > 0:
        spare = [(size, i) for i, size in enumerate(widths) if not fixed[i] and size > least[i]]
        if not spare:
            return None
        widths[max(spare)[1]] -= 1
        over -= 1
    return widths


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cut = [_cut(cell, size) for cell, size in zip(row, widths, strict=True)]
    padded = [
        cell.rjust(size) if to_right else cell.ljust(size)
        for cell, size, to_right in zip(cut, widths, right, strict=True)
    ]
    return _GAP.join(padded).rstrip()


def _blocks(names: Sequence[str], cells: Sequence[Sequence[str]], columns: int) -> str:
    """A line for each value that is there, an empty line between rows."""
    label = max(map(len, names), default=0)
    room = max(_LEAST, columns - label - len(_GAP))
    blocks = [
        "".join(
            f"{name.ljust(label)}{_GAP}{_cut(cell, room)}\n"
            for name, cell in zip(names, row, strict=True)
            if cell
        )
        for row in cells
    ]
    return "\n".join(blocks) if blocks else " ".join(names)[:columns] + "\n"


def _is_number(values: Sequence[Any]) -> bool:
    there = [value for value in values if value is not None]
    return bool(there) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in there
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1e5 and value.is_integer() else f"{value:,.10g}"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    # Escape codes in a source's text must not reach the terminal.
    return "".join(c if c.isprintable() else " " for c in text)


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"
