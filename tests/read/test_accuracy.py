"""Accuracy on annotated passages, by the shared scorer, and on passages with nothing to find."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.reading_accuracy import ROOT, SCORER, SHARED, predict, read_row

from accord.model.statement import QUANTITATIVE

PASSAGES = ROOT / "tests" / "passages"
DEV = SHARED / "gold" / "claims" / "dev.jsonl"


def report(gold: Path, folder: Path) -> dict[str, dict[str, float]]:
    out = folder / "predictions.jsonl"
    predict(gold, out)
    command = [sys.executable, str(SCORER), str(gold), str(out), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


@pytest.mark.gold
@pytest.mark.skipif(not SCORER.exists(), reason="../shared is not beside the checkout")
def test_development_passages(tmp_path: Path) -> None:
    scores = report(DEV, tmp_path)
    assert scores["quantitative_strict"]["f1"] >= 0.80
    assert scores["quantitative_found"]["f1"] >= 0.92
    assert scores["qualitative_strict"]["f1"] >= 0.55
    assert scores["negatives"]["with_false_statements"] <= 1


@pytest.mark.gold
@pytest.mark.skipif(not SCORER.exists(), reason="../shared is not beside the checkout")
def test_own_passages(tmp_path: Path) -> None:
    scores = report(PASSAGES / "seen.jsonl", tmp_path)
    assert scores["quantitative_strict"]["f1"] >= 0.62
    assert scores["quantitative_found"]["f1"] >= 0.80


def test_passages_with_nothing_to_find() -> None:
    """At most one in ten of them may be misread."""
    lines = (PASSAGES / "negatives.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    misread = [row["id"] for row in rows if any(s.kind in QUANTITATIVE for s in read_row(row))]
    assert len(misread) <= len(rows) / 10, misread
