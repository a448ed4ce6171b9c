"""Where the published gravity data stand, beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

GOLD = Path(__file__).resolve().parents[2].parent / "shared" / "gold" / "gravity"


def gold_file(name: str) -> Path:
    """A gold file, or a skip that says what is missing."""
    path = GOLD / name
    if not path.exists():
        pytest.skip(f"{name} is not in shared/gold/gravity beside the checkout")
    return path
