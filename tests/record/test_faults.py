"""Fifty injected faults; a thousand run with ``python tests/record/faults.py``."""

from __future__ import annotations

import pytest
from faults import run


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_faults_lose_nothing_and_nothing_is_accepted_in_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACCORD_HOME", "")
    monkeypatch.setenv("ACCORD_COMTRADE_URL", "")
    monkeypatch.delenv("ACCORD_CATALOG", raising=False)
    tally = run(50)
    assert tally["faults"] == 50
    assert (tally["rows_lost"], tally["half_loaded_releases"]) == (0, 0), tally
    assert tally["silent_acceptances"] == 0, tally
    assert "none" not in tally["codes"], tally  # type: ignore[operator]
