"""``accord record``: whole commands, as a program sees them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tables import month, write

from accord.cli.main import run
from accord.cli.record_table import render


def accord(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    with pytest.raises(SystemExit) as done:
        run(["record", *words])
    captured = capsys.readouterr()
    assert done.value.code == code, captured.err
    return json.loads(captured.out) if captured.out else captured.err


def test_info_and_coverage(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = accord(capsys, "info")
    assert content["sources"][0]["source"] == "bundled"
    assert content["sources"][0]["rows"] > 500
    covered = {row["reporter"] for row in accord(capsys, "coverage")}
    assert {"CHN", "RUS", "IND"} <= covered


def test_a_table_on_a_terminal(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(SystemExit):
        run(["record", "query", "SELECT 'a\x1b[31m' AS x, NULL AS y, 1234567 AS z"])
    out = capsys.readouterr().out
    assert out.splitlines()[0].split() == ["x", "y", "z"]
    assert "\x1b" not in out
    assert "1,234,567" in out


@pytest.mark.parametrize(
    "words",
    [
        ("info",),
        ("coverage",),
        ("add", "--list"),
        ("verify",),
        ("query", "SELECT * FROM trade LIMIT 3"),
        ("query", "SELECT period_start, value, publisher, url FROM trade LIMIT 3"),
        ("query", "SELECT * FROM trade LIMIT 0"),
        ("query", "SELECT NULL AS a, true AS b, 0.1 AS c, ['x', 'y'] AS d"),
    ],
)
def test_no_line_is_wider_than_the_terminal(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        run(["record", *words])
    lines = [line for line in capsys.readouterr().out.splitlines() if str(home) not in line]
    assert lines
    assert max(map(len, lines)) <= 80


def test_tables_align_cut_and_fall_into_blocks() -> None:
    found = [["China Customs", 5.72e9, None], ["Ministry of " + "x" * 60, 1.5, True]]
    assert render(("publisher", "value", "known"), found, width=60).splitlines() == [
        f"{'publisher':38}          value  known",
        f"{'China Customs':38}  5,720,000,000",
        f"Ministry of {'x' * 25}…            1.5  true",
    ]
    blocks = render(("publisher", "value", "known"), [found[0]], width=20)
    assert blocks == "publisher  China Customs\nvalue      5,720,000,000\n"


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DROP TABLE flows", "REC007"),
        ("SELECT * FROM read_text('/etc/hostname')", "REC007"),
        ("COPY flows TO '/tmp/never.csv'", "REC007"),
        ("SELECT 1; SELECT 2", "REC006"),
        ("SELECT FROM WHERE", "REC006"),
        ("INSTALL httpfs", "REC007"),
        ("SET enable_external_access = true", "REC007"),
    ],
)
def test_a_query_only_reads(
    home: Path, capsys: pytest.CaptureFixture[str], sql: str, code: str
) -> None:
    said = accord(capsys, "query", sql, code=1)
    assert code in said
    assert "Traceback" not in said


def test_add_export_and_verify(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path / "a.csv", [month(1, 100), month(2, 200)])
    report = accord(capsys, "add", "flows", str(file), "--published", "2021-04-01")
    assert (report["rows"], report["already"]) == (2, False)
    assert accord(capsys, "add", "flows", str(file))["already"]
    sql = "SELECT * FROM trade WHERE source = 'flows'"
    out = tmp_path / "out.parquet"
    written = accord(capsys, "export", str(out), "--query", sql)[0]
    assert written["rows"] == pq.read_table(out).num_rows == 2
    dictionary = json.loads(Path(written["dictionary"]).read_text())
    assert {"column": "value", "type": "double"}.items() <= dictionary[8].items()
    assert "flows-2021-04-01" in Path(written["citation"]).read_text()
    assert "REC033" in accord(capsys, "export", str(out), code=1)
    assert "REC035" in accord(capsys, "export", str(tmp_path / "x.txt"), code=1)
    assert accord(capsys, "verify") == []
    next((home / "raw").glob("*/*")).unlink()
    assert accord(capsys, "verify", code=1)[0]["code"] == "REC028"


def test_csv_is_inert_in_a_spreadsheet(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.csv"
    accord(capsys, "export", str(out), "--query", "SELECT '=1+1' AS a, ['x', 'y'] AS b, -5 AS c")
    lines = list(csv.reader(out.read_text().splitlines()))
    assert lines == [["a", "b", "c"], ["'=1+1", "x;y", "-5"]]


def test_sources_are_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = {row["source"] for row in accord(capsys, "add", "--list")}
    assert {"comtrade", "baci", "imf", "comext", "worldbank", "desta", "gdelt"} <= names


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "nosuch"), "REC010"),
        (("add", "baci"), "REC034"),
        (("add", "flows", "/nowhere.csv"), "REC012"),
        (("add", "flows", "x.csv", "--published", "soon"), "ARG003"),
        (("add", "comtrade", "--frequency", "hourly"), "REC035"),
        (("add", "--nonsense"), "ARG001"),
    ],
)
def test_wrong_arguments_are_named(
    home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    assert code in accord(capsys, *words, code=1)


def test_a_table_of_a_panel_is_exported_with_its_citation(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "panel.csv"
    file.write_text("exporter,importer,year,trade\nARG,AUS,1986,2.5\n")
    accord(capsys, "add", "agtpa", str(file))
    done = accord(capsys, "export", str(tmp_path / "out.csv"), "--query", "panel_agtpa")
    assert done[0]["rows"] == 1
    cited = (tmp_path / "out.citation.txt").read_text()
    assert "agtpa-" in cited
    assert "gacc" not in cited


def test_where_nothing_can_be_written(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "REC040" in accord(capsys, "export", str(tmp_path / "no" / "out.csv"), code=1)


def test_coverage_of_a_source_that_nobody_knows(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert accord(capsys, "coverage", "comtrade") == []
    assert "Did you mean `comtrade`?" in accord(capsys, "coverage", "comtrde", code=1)


def test_a_release_is_named_and_taken_out(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    added = accord(capsys, "add", "flows", str(write(tmp_path / "a.csv", [month(1, 1)])))
    listed = accord(capsys, "info", "flows")
    assert [row["release"] for row in listed] == [added["release"]]
    done = accord(capsys, "remove", added["release"])
    assert done == {"release": added["release"], "rows": 1, "restored": 0}
    assert accord(capsys, "info", "flows") == []


def test_views_and_tables_are_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = {row["name"]: row for row in accord(capsys, "info", "--tables")}
    assert listed["trade"]["kind"] == "view"
    assert "value" in listed["trade"]["columns"]
    assert listed["flows"]["kind"] == "table"
