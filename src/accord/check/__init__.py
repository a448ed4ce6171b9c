"""Statements meet the record: plan, readings, tolerance, verdict, explanation.

The package is itself callable, so that ``accord.check("article.txt")`` works however
it was imported; see :func:`accord.library.check_place`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from accord.check.documents import check_document
from accord.check.facts import Facts, Source
from accord.check.plan import PlannedQuery, plan_check
from accord.check.replay import Replay, replay_check
from accord.check.statements import check_statement, check_statements

__all__ = [
    "Facts",
    "PlannedQuery",
    "Replay",
    "Source",
    "check_document",
    "check_statement",
    "check_statements",
    "plan_check",
    "replay_check",
]


class _FrontDoor(ModuleType):
    """This package as a function: reading is not its business, so it asks the library."""

    def __call__(self, *places: Any, **options: Any) -> Any:
        """Check a document; see :func:`accord.library.check_place`."""
        return import_module("accord.library").check_place(*places, **options)


sys.modules[__name__].__class__ = _FrontDoor
