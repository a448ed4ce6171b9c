"""Training twice gives the same file, and the benchmark speaks JSON alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks import events as benchmark

from accord.events.compose import compose
from accord.events.train import fit_actors, fit_meaning, fit_relations

FEW = compose(4, 7)


def test_training_again_gives_the_same_bytes(tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    assert compose(4, 7) == FEW
    fits = (fit_relations, "fast.npz"), (fit_actors, "actors.npz"), (fit_meaning, "meant.npz")
    for fit, name in fits:
        assert fit(FEW, tmp_path) == fit(FEW, again) > 0
        assert (tmp_path / name).read_bytes() == (again / name).read_bytes()


def test_the_benchmark_writes_json_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, "LABELLED", Path("nowhere"))
    benchmark.main(["--quick"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows
    assert all({"name", "value", "unit", "peer", "ratio", "rss_mb"} <= set(row) for row in rows)
    assert all(row["value"] > 0 for row in rows)


def test_actors_found_in_the_own_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    lines = benchmark.OWN.read_text("utf-8").splitlines()
    benchmark.measure_actors("own", [json.loads(line) for line in lines])
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    found = {row["name"]: row["value"] for row in rows}
    assert found["events actors own exact F1"] >= 80
    assert found["events actors own overlap F1"] >= 91
