"""The tutorial's Python, run as it stands on the page, gives the figures that it prints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .gravity_gold import gold_file

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "gravity.md"
ROW = re.compile(r"^\| (\S+) \| (\S+) \((\S+)\) \| (\S+) \((\S+)\)", re.M)


@pytest.mark.gold
def test_tutorial_runs_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(gold_file("agtpa_applications.parquet").parent)
    text = PAGE.read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    table, own, equilibrium = re.findall(r"```python\n(.*?)```", text, re.S)

    exec(table, names)
    rows = ROW.findall(text)
    assert len(rows) == 5
    for name, *printed in rows:
        both = [names[fit][name] for fit in ("ols", "ppml")]
        found = [figure for c in both for figure in (c.estimate, c.se)]
        numbers = [float(figure.replace("−", "-")) for figure in printed]
        assert found == pytest.approx(numbers, abs=5.1e-4)

    exec(own, names)
    agreement = names["fit"]["rta"]
    assert (round(agreement.estimate, 3), round(agreement.se, 3)) == (0.557, 0.102)
    assert names["fit"].n == 28_482

    exec(equilibrium, names)
    assert names["exact"].residuals.market < 1e-10
    real = names["loop"].by_country()["change_rGDP_FULL"]
    assert real[0] == pytest.approx(49.0068, abs=1e-3)
