"""Accord reads what is said of relations between countries and holds it against the record.

>>> import accord
>>> check = accord.check("article.txt", published="2021-03-26")  # doctest: +SKIP
>>> check  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["check", "check_text", "find_statements", "open_record", "read_document"]

# Nothing is imported before it is asked for: start-up time matters on the command line.
_HOMES = {
    "check": ("accord.check", None),
    "check_text": ("accord.library", "check_text"),
    "find_statements": ("accord.read.statements", "find_statements"),
    "open_record": ("accord.record", "open_record"),
    "read_document": ("accord.read.documents", "read_document"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'accord' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    found = import_module(module)
    return found if attribute is None else getattr(found, attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
