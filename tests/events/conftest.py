"""Shared by the tests of event coding."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


@pytest.fixture(scope="session")
def gold_folder() -> Path:
    folder = SHARED / "gold" / "events"
    if not folder.is_dir():
        pytest.skip(f"the labelled sentences are not beside the project ({folder})")
    return folder
