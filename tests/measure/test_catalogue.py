"""The list of measures is whole, and the reference page is what it generates."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from accord.measure.catalogue import catalogue, reference_page

ROOT = Path(__file__).resolve().parents[2]
MODULES = ("balance", "counter_trend", "growth", "intensity", "relations", "structure")
NOT_MEASURES = {"CounterTrend", "shared_memberships"}


@pytest.mark.parametrize("name", list(catalogue()))
def test_entry_points_to_a_documented_function(name: str) -> None:
    doc = catalogue()[name].implementation.__doc__
    assert doc
    assert re.search(r"Source:", doc)
    assert re.search(r"Units:|Units\b", doc)


def test_every_public_function_is_listed() -> None:
    listed = {entry.function for entry in catalogue().values()}
    public = {
        f"{module}.{name}"
        for module in MODULES
        for name in importlib.import_module(f"accord.measure.{module}").__all__
        if name not in NOT_MEASURES
    }
    assert listed == public


def test_reference_page_is_current() -> None:
    page = ROOT / "docs" / "reference" / "measures.md"
    assert page.read_text(encoding="utf-8") == reference_page(), (
        "run `python -m accord.measure.catalogue > docs/reference/measures.md`"
    )
