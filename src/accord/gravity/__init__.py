"""Structural gravity: panels, estimation, equilibrium, scenarios.

Start with :func:`fit_gravity`, :func:`solve_equilibrium` and the scenarios of
:mod:`accord.gravity.scenarios`. Frames come in, results come out; the room
never opens the record. Names are fetched when they are first used, so that
importing the package stays quick.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "Coefficient": "fit",
    "GravityFit": "fit",
    "fit_gravity": "estimate",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"accord.gravity.{_HOMES[name]}"), name)
