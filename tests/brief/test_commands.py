"""``accord brief``, ``panel`` and ``measure`` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from accord.cli.main import run


@pytest.fixture(autouse=True, scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACCORD_HOME", str(tmp_path_factory.mktemp("home")))
        yield


def accord(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    with pytest.raises(SystemExit) as ended:
        run(list(arguments))
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_brief_is_json_when_captured(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = accord(capsys, "brief", "Russia", "China")
    assert (code, err) == (0, "")
    assert json.loads(out)["source"] == "RUS"


def test_brief_as_markdown_and_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = accord(capsys, "brief", "RUS", "CHN", "--md", "--period", "2018")
    assert code == 0
    assert "In 2018 Russia and China" in out
    path = tmp_path / "brief.html"
    assert accord(capsys, "brief", "RUS", "CHN", "-o", str(path)) == (0, "", "")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("brief", "Rusia", "CHN"), "BRF001"),
        (("brief", "RUS", "RUS"), "BRF002"),
        (("brief", "RUS", "CHN", "--period", "soon"), "BRF004"),
        (("brief", "RUS", "CHN", "--as-of", "soon"), "ARG003"),
        (("brief", "RUS", "CHN", "--reporter", "IND"), "BRF006"),
        (("brief", "RUS", "CHN", "-o", "brief.docx"), "BRF005"),
        (("brief", "RUS", "CHN", "--checked", "missing.json"), "BRF009"),
        (("brief", "RUS"), "ARG001"),
        (("panel", "--dyads", "RUS-CHN", "--from", "2020", "--to", "soon"), "ARG003"),
        (("panel", "--dyads", "RUS-CHN", "--from", "2020", "--to", "2021", "--states", "x"),
         "MEA009"),
        (("panel", "--dyads", "RUS-CHN", "--from", "2020", "--to", "2021", "--unit", "week"),
         "MEA003"),
        (("measure", "balance", "RUS"), "ARG001"),
        (("measure", "balence", "RUS", "CHN", "--period", "2020"), "MEA004"),
    ],
)  # fmt: skip
def test_wrong_input_is_a_coded_error(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str
) -> None:
    ended, _, err = accord(capsys, *arguments)
    assert ended == 1
    assert f"error {code}: " in err
    assert "→" in err


def test_panel_on_standard_output_and_in_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ["panel", "--dyads", "RUS-CHN", "--from", "2018", "--to", "2019", "--undirected"]
    code, out, _ = accord(capsys, *asked)
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["period_start"] for row in rows] == ["2018-01-01", "2019-01-01"]
    path = tmp_path / "panel.parquet"
    code, out, err = accord(capsys, *asked, "-o", str(path))
    assert (code, out) == (0, "")
    assert "panel.codebook.md" in err
    assert path.exists()


def test_measure_lists_and_computes(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = accord(capsys, "measure", "--list")
    assert code == 0
    assert {"balance", "counter_trend"} <= {entry["name"] for entry in json.loads(out)}
    code, out, _ = accord(capsys, "measure", "balance", "CHN", "RUS", "--period", "2022")
    assert code == 0
    assert json.loads(out)["value"] == pytest.approx(-38.03e9, abs=0.02e9)
