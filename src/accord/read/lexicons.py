"""The reader's word lists: data files of the package, read once, when first needed."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["alternation", "read_rows", "read_table"]


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``lexicon/<name>.csv``."""
    path = resources.files("accord.read") / "lexicon" / f"{name}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines))


@cache
def read_table(name: str) -> dict[str, Any]:
    """The contents of ``lexicon/<name>.toml``."""
    path = resources.files("accord.read") / "lexicon" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def alternation(forms: list[str] | tuple[str, ...]) -> str:
    """A pattern for any of ``forms``, the longest first; spaces match any run of space."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in ordered)
