"""Killed workers and poisoned documents: one line for each document, none lost or doubled."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import coding_faults


@pytest.mark.slow
def test_faults_lose_and_double_nothing() -> None:
    found = coding_faults.injected(count=120, kills=5)
    assert found["workers_killed"] == 5
    assert found["poisoned"] >= 3
    assert found["events"] > 100
    for fault in ("lost", "doubled", "out_of_order", "wrong_errors"):
        assert found[fault] == 0, found
