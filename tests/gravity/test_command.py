"""``accord gravity`` as other programs call it: JSON out, coded errors, exit codes."""

from __future__ import annotations

import errno
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from accord.cli.main import run
from accord.gravity.simulate import simulate_panel


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run(["gravity", *arguments])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    path = tmp_path / "panel.parquet"
    simulate_panel(countries=10, years=4).write_parquet(path)
    return path


def test_fit_prints_the_contract(panel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formula = "trade ~ rta + tariff | exporter^year + importer^year + pair"
    code, out, _ = call(capsys, "fit", str(panel), formula, "--cluster", "pair", "--json")
    data: dict[str, Any] = json.loads(out)
    assert code == 0
    assert set(data["coefficients"]) == {"rta", "tariff"}
    assert set(data["coefficients"]["rta"]) >= {"estimate", "se"}
    assert data["converged"] is True
    assert data["iterations"] > 0
    assert data["bias_corrected"] is False
    assert data["n"] + data["dropped"]["rows"] == 400
    corrected = call(capsys, "fit", str(panel), formula, "--bias-correction")[1]
    assert json.loads(corrected)["bias_corrected"] is True


@pytest.mark.parametrize("kind", ["csv", "tsv", "arrow"])
def test_fit_reads_every_kind_of_file(
    kind: str, panel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame, path = pl.read_parquet(panel), tmp_path / f"panel.{kind}"
    if kind == "arrow":
        frame.write_ipc(path)
    else:
        frame.write_csv(path, separator="," if kind == "csv" else "\t")
    formula = "trade ~ rta | exporter + importer"
    results = [json.loads(call(capsys, "fit", str(p), formula)[1]) for p in (panel, path)]
    first, second = (r["coefficients"]["rta"]["estimate"] for r in results)
    assert first == pytest.approx(second, rel=1e-9)


@pytest.mark.parametrize("form", ["--csv", "--latex", "--html"])
def test_fit_prints_tables(form: str, panel: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = call(capsys, "fit", str(panel), "trade ~ rta | exporter", form)
    assert code == 0
    assert "rta" in out


def test_solve_prints_effects_and_residuals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = np.random.default_rng(0)
    flows = pl.DataFrame(
        {
            "exporter": ["AAA"] * 3 + ["AAB"] * 3 + ["AAC"] * 3,
            "importer": ["AAA", "AAB", "AAC"] * 3,
            "value": (np.eye(3) * 10 + draw.random((3, 3))).ravel(),
        }
    )
    change = pl.DataFrame({"exporter": ["AAA"], "importer": ["AAB"], "phi_hat": [1.5]})
    flows.write_csv(tmp_path / "flows.csv")
    change.write_csv(tmp_path / "change.csv")
    command = ["solve", str(tmp_path / "flows.csv"), "--trade-cost", str(tmp_path / "change.csv")]
    for mode in ("exact", "agtpa"):
        code, out, _ = call(
            capsys, *command, "--sigma", "7", "--reference", "AAC", "--mode", mode, "--json"
        )
        data = json.loads(out)
        assert code == 0
        assert data["mode"] == mode
        assert [row["country"] for row in data["countries"]] == ["AAA", "AAB", "AAC"]
        assert {"change_Xi_CDL", "change_Xi_FULL", "change_rGDP_FULL"} <= set(data["countries"][0])
    code, _, err = call(capsys, *command, "--sigma", "1")
    assert code == 1
    assert "GRA036" in err
    dyads = json.loads(call(capsys, *command, "--sigma", "5", "--dyads")[1])["dyads"]
    assert len(dyads) == 9


def test_scenarios_answer_on_invented_countries(
    tmp_path: Path, panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = ["--data", str(panel), "--draws", "3"]
    for words in (["link", "AAA,AAB", "AAC,AAD"], ["join", "AAA", "AAC,AAD,AAE"]):
        code, out, _ = call(capsys, *words, *common, "--html", str(tmp_path / "a.html"))
        data = json.loads(out)
        assert code == 0
        assert data["answer"].startswith("On panel.parquet in 2004")
        assert data["left_out"]
        assert "<svg" in (tmp_path / "a.html").read_text(encoding="utf-8")
    code, out, _ = call(capsys, "potential", "AAA", "AAB", "--data", str(panel))
    assert code == 0
    assert json.loads(out)["model"]["rank"]
    code, out, _ = call(
        capsys, "tariff", "AAA", "AAB", "--factor", "1.1", "--data", str(panel),
        "--svg", str(tmp_path / "a.svg"),
    )  # fmt: skip
    assert code == 0
    assert "<desc>" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_no_invented_number_for_a_real_country(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "potential", "Russia", "China", "--data", "simulated")
    assert code == 1
    assert out == ""
    assert "GRA052" in err


def test_simulated_panel_can_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "made.parquet"
    code, _, err = call(capsys, "simulate", str(path), "--countries", "5", "--years", "2")
    assert code == 0
    assert "invented" in err
    assert len(pl.read_parquet(path)) == 50


def test_what_cannot_be_written_is_a_coded_error(
    tmp_path: Path, panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (tmp_path / "absent" / "made.csv", tmp_path / "made.xyz"):
        code, _, err = call(capsys, "simulate", str(path), "--countries", "3", "--years", "2")
        assert (code, "GRA021" in err) == (1, True)
    words = ("link", "AAA,AAB", "AAC,AAD", "--data", str(panel), "--draws", "1")
    code, out, err = call(capsys, *words, "--html", str(tmp_path / "absent" / "a.html"))
    assert (code, out, "GRA021" in err) == (1, "", True)
    assert call(capsys, *words, "--html", str(tmp_path / "a.html"))[0] == 0
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert 'charset="utf-8"' in page


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("fit", "absent.parquet", "trade ~ rta"), "GRA020"),
        (("fit", __file__, "trade ~ rta"), "GRA020"),
        (("fit", "PANEL", "trade ~ nothing | exporter"), "GRA002"),
        (("fit", "PANEL", "trade ~ rta | exporter", "--estimator", "probit"), "GRA012"),
    ],
)
def test_faults_are_coded(
    arguments: tuple[str, ...], code: str, panel: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(panel) if word == "PANEL" else word for word in arguments]
    ended, out, err = call(capsys, *words)
    assert ended == 1
    assert out == ""
    assert f"error {code}" in err
    assert "Traceback" not in err


def test_a_disk_that_fills_up_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def half(_: pl.DataFrame, path: Path) -> None:
        path.write_bytes(b"half")
        raise pl.exceptions.ComputeError("No space left on device (os error 28)")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", half)
    path = tmp_path / "made.parquet"
    path.write_bytes(b"before")
    code, _, err = call(capsys, "simulate", str(path), "--countries", "3", "--years", "2")
    assert (code, "GRA021" in err) == (1, True)
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("made.parquet", b"before")
    ]


class FullDisk(io.StringIO):
    """A standard output that has no room."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_an_answer_that_cannot_be_put_out_is_a_coded_error(
    panel: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = FullDisk()
    monkeypatch.setattr("sys.stdout", full)
    code, _, err = call(capsys, "fit", str(panel), "trade ~ rta | exporter + importer")
    monkeypatch.undo()
    assert (code, "GRA021" in err) == (1, True)


def test_blocs_have_the_members_of_the_baseline_year() -> None:
    from accord.cli.gravity import find_group

    assert "GBR" in find_group("EU", 2006).members
    assert "GBR" not in find_group("EU", 2022).members
    assert find_group("EAEU", 2006).name.endswith("(members of today)")
    assert find_group("RUS,BLR", None).members == ("RUS", "BLR")
    assert find_group("Russia", None).members == ("RUS",)
    assert find_group("EAEU, China", 2022).members == ("ARM", "BLR", "KAZ", "KGZ", "RUS", "CHN")


def test_no_panel_no_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path))
    code, out, err = call(capsys, "link", "EAEU", "BRI")
    assert (code, out) == (1, "")
    assert "GRA050" in err
    assert "accord record add" in err


def test_list_of_members_from_the_record_is_called_incomplete(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from accord.cli.gravity import find_group

    monkeypatch.setenv("ACCORD_HOME", str(tmp_path))
    group = find_group("BRI", 2020)
    assert group.complete is False
    assert group.members
