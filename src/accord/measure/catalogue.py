"""The list of measures as data: for ``accord measure --list`` and for the reference page.

``catalogue.toml`` names each measure, its function, formula, units, range, source
and what it is computed from; a test holds it against the functions themselves.
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

__all__ = ["Entry", "catalogue", "reference_page"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure: ``needs`` are the figures it takes, ``function`` is ``module.name``."""

    name: str
    title: str
    function: str
    formula: str
    units: str
    range: str
    source: str
    needs: tuple[str, ...]
    says: str

    @property
    def implementation(self) -> Callable[..., Any]:
        """The function that computes it."""
        module, name = self.function.rsplit(".", 1)
        found: Callable[..., Any] = getattr(
            importlib.import_module(f"accord.measure.{module}"), name
        )
        return found


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Entry]:
    """All measures by name, in the order of the reference page."""
    text = (resources.files("accord") / "measure" / "catalogue.toml").read_text(encoding="utf-8")
    return {
        name: Entry(name=name, **{**fields, "needs": tuple(fields["needs"])})
        for name, fields in tomllib.loads(text).items()
    }


def reference_page() -> str:
    """The Markdown of ``docs/reference/measures.md``."""
    lines = [
        "# Measures",
        "",
        "Pure functions on columns (`accord.measure`). A missing figure is `nan`; what cannot",
        "be computed is `nan` as well, never zero. This page is generated from",
        "`src/accord/measure/catalogue.toml` (`python -m accord.measure.catalogue`).",
        "",
    ]
    for entry in catalogue().values():
        lines += [
            f"## {entry.name}",
            "",
            f"**{entry.title}.** {entry.says}",
            "",
            f"* Formula: `{entry.formula}`",
            f"* Units: {entry.units}. Range: {entry.range}.",
            f"* Computed from: {', '.join(entry.needs)}.",
            f"* Function: `accord.measure.{entry.function}`.",
            f"* Source: {entry.source}.",
            "",
        ]
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    sys.stdout.write(reference_page())
