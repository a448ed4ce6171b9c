"""What a mapping of an office's table may say, checked before the table is read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Any

from accord.errors import RecordError
from accord.record.declaration import Declaration

__all__ = ["check_mapping"]

KEYS = frozenset({"format", "encoding", "delimiter", "sheet", "table", "header", "header_rows",
                  "skip", "partner", "product", "decimal", "thousands", "missing", "zero", "period",
                  "period_column", "period_format", "period_kind", "january_february", "values",
                  "ignored"})  # fmt: skip
VALUE_KEYS = frozenset({"column", "direction", "period", "growth", "month", "optional", "years"})
PERIODS = frozenset({"cumulative", "month", "year", "fiscal_year", "column"})
DIRECTIONS = frozenset({"export", "import", "total", "balance"})


def check_mapping(declaration: Declaration) -> None:
    """Raise REC011 for what no mapping can say, or does not say and must."""
    mapping = declaration.mapping
    _known("mapping", mapping, KEYS, declaration)
    partner = mapping.get("partner")
    if not isinstance(partner, Mapping) or not {"column", "fixed"} & set(partner):
        raise _wrong(declaration, "`partner` names a `column`, or is `fixed`")
    values = mapping.get("values")
    if not isinstance(values, list) or not values:
        raise _wrong(declaration, "`values` lists what the columns hold")
    for entry in values:
        _check_value(entry, declaration)
    if not declaration.reporter:
        raise _wrong(declaration, "`reporter` says whose statistics these are")
    _check_skip(str(mapping.get("skip", "")), declaration)


def _check_value(entry: Any, declaration: Declaration) -> None:
    if not isinstance(entry, Mapping):
        raise _wrong(declaration, f"`values` has “{entry}”, which is no table of keys")
    _known("values", entry, VALUE_KEYS, declaration)
    for key, words in (("column", None), ("direction", DIRECTIONS)):
        if not entry.get(key):
            raise _wrong(declaration, f"an entry of `values` lacks `{key}`")
        if words and entry[key] not in words:
            raise _wrong(declaration, f"`{key}` is “{entry[key]}”, not one of {_listed(words)}")
    period = entry.get("period", declaration.mapping.get("period"))
    if period not in PERIODS:
        raise _wrong(declaration, f"`period` is “{period}”, not one of {_listed(PERIODS)}")
    if period == "column" and "period_column" not in declaration.mapping:
        raise _wrong(declaration, "`period: column` needs `period_column`")


def _check_skip(pattern: str, declaration: Declaration) -> None:
    try:
        re.compile(pattern)
    except re.error as problem:
        raise _wrong(declaration, f"`skip` is no pattern: {problem}") from None


def _known(
    part: str, given: Mapping[str, Any], known: Collection[str], declaration: Declaration
) -> None:
    for name in sorted(set(given) - set(known)):
        close = difflib.get_close_matches(name, known, n=1)
        meant = f" (meant `{close[0]}`?)" if close else ""
        raise _wrong(declaration, f"unknown key `{name}` in `{part}`{meant}")


def _listed(words: Collection[str]) -> str:
    return ", ".join(sorted(words))


def _wrong(declaration: Declaration, detail: str) -> RecordError:
    return RecordError("REC011", path=declaration.id, detail=detail)
