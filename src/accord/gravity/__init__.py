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
    "Baseline": "baseline",
    "Coefficient": "fit",
    "Counterfactual": "counterfactual",
    "GravityFit": "fit",
    "fit_by_sector": "sectors",
    "fit_gravity": "estimate",
    "read_panel": "files",
    "simulate_panel": "simulate",
    "solve_equilibrium": "equilibrium",
}

__all__ = [  # fetched by __getattr__
    "Baseline",
    "Coefficient",
    "Counterfactual",
    "GravityFit",
    "fit_by_sector",
    "fit_gravity",
    "read_panel",
    "simulate_panel",
    "solve_equilibrium",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"accord.gravity.{_HOMES[name]}"), name)
