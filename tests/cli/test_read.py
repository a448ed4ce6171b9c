"""``accord read``: one document, many documents, and input that cannot be read."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

TEXT = (
    "Ties of two neighbours\n\nDate of publication: 26 March 2021\n\n"
    "In 2020 Chile's exports to Peru reached $1.5 billion, 8.5% more than in 2019.\n"
)


def accord(*arguments: str, given: bytes | None = None, **environment: str) -> Any:
    return subprocess.run(
        [sys.executable, "-c", "from accord.cli.main import run; run()", "read", *arguments],
        input=given,
        capture_output=True,
        timeout=120,
        env={**os.environ, "COLUMNS": "100", **environment},
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    return path


def test_one_document_is_json_in_a_pipe_and_a_table_on_demand(article: Path) -> None:
    done = accord(str(article))
    assert done.returncode == 0, done.stderr
    fields = json.loads(done.stdout)
    assert fields["schema_version"]
    assert fields["document"]["text"] == TEXT
    assert fields["document"]["published"] == "2021-03-26"
    assert fields["statements"]
    for statement in fields["statements"]:
        assert TEXT[statement["start"] : statement["end"]] == statement["quote"]
        assert "traces" not in statement
    table = accord(str(article), "--text").stdout.decode()
    assert "CHL – PER" in table
    assert "$1.5 billion" in table
    assert json.loads(accord("-", given=TEXT.encode()).stdout)["statements"]


def test_explain_shows_the_words_and_the_rule(article: Path) -> None:
    fields = json.loads(accord(str(article), "--explain").stdout)
    traces = [trace for statement in fields["statements"] for trace in statement["traces"]]
    assert any(TEXT[t["start"] : t["end"]] == "$1.5 billion" and t["rule"] for t in traces)
    assert "“$1.5 billion”" in accord(str(article), "--explain", "--text").stdout.decode()


def test_lines_in_lines_out() -> None:
    data = json.dumps({"id": 1, "text": TEXT}).encode() + b"\n\n[]\n" + b'{"id":"b","text":""}'
    done = accord("--jsonl", "-", given=data)
    assert done.returncode == 1
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [f["id"] for f in found] == [1, None, "b"]
    assert set(found[0]) == {"id", "statements"}
    assert found[1] == {"id": None, "line": 3, "error": found[1]["error"]}
    assert set(found[1]["error"]) == {"code", "message", "hint"}
    assert found[2]["statements"] == []
    assert b"Traceback" not in done.stderr


def test_several_paths_give_lines_and_one_bad_file_stops_no_other(article: Path) -> None:
    bad = article.with_name("bad.pdf")
    bad.write_bytes(b"%PDF-1.4 nothing")
    done = accord(str(bad), str(article))
    assert done.returncode == 1
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["error"]["code"] == "READ008"
    assert second["statements"]
    folder = accord(str(article.parent), "--workers", "1")
    assert [json.loads(line)["id"] for line in folder.stdout.splitlines()] == [
        str(article), str(bad),
    ]  # fmt: skip


def test_output_as_parquet(article: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    out = tmp_path / "out.parquet"
    done = accord(str(article), "-o", str(out))
    assert (done.returncode, done.stdout) == (0, b"")
    [row] = pq.read_table(out).to_pylist()
    assert row["id"] == str(article)
    assert row["statement_count"] == len(json.loads(row["json"])["statements"]) > 0


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (b"", [], "READ003"),
        (b"\x00\x01\x02" * 50, [], "READ004"),
        (b"text", ["--published", "2999-01-01"], "READ012"),
        (b"text", ["--published", "soon"], "READ013"),
        ("Торговля между двумя странами выросла на пять процентов.".encode(), [], "READ010"),
        (b"text", ["--json", "--text"], "ARG004"),
        (b"text", ["--resume"], "ARG004"),
        (b"text", ["--engine", "cloud"], "ARG001"),
        (b"text", ["--no-such-option"], "ARG001"),
        (b"text", ["-o", "out.xls"], "ARG001"),
    ],
)
def test_bad_input_is_a_coded_error(
    tmp_path: Path, content: bytes, options: list[str], code: str
) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes(content)
    done = accord(str(path), *options)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode().startswith(f"error {code}: ")
    assert "→" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_without_input_it_says_what_to_give() -> None:
    done = accord()
    assert done.returncode == 1
    assert b"READ049" in done.stderr
    assert b"READ001" in accord("no-such-file").stderr
    assert b"READ001" in accord("--jsonl", "no-such-file").stderr
    assert b"READ021" in accord("http://127.0.0.1:9/").stderr


def test_control_characters_of_a_text_stay_out_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT.replace("Chile's", "Chile's\x1b[31m"))
    assert b"\x1b" not in accord(str(path), "--text").stdout


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    rows = [json.dumps({"id": n, "text": TEXT + " Peace." * 300}) for n in range(150)]
    source.write_text("\n".join(rows))
    arguments = ["read", "--jsonl", str(source), "-o", str(out), "--workers", "1"]
    process = subprocess.Popen(
        [sys.executable, "-c", "from accord.cli.main import run; run()", *arguments],
        stderr=subprocess.DEVNULL,
    )
    part = tmp_path / "out.jsonl.part"
    while not (part.exists() and part.stat().st_size > 20_000) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if not out.exists():  # it was quicker than the signal otherwise
        assert b"READ046" in accord(*arguments[1:]).stderr
        assert accord(*arguments[1:], "--resume").returncode == 0
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert [f["id"] for f in found] == list(range(150))


def test_a_full_device_is_a_coded_error() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from accord.cli.main import run; run()", "read", "--jsonl", "-",
             "--workers", "0"],
            input=b'{"text": "a"}\n', stdout=full, stderr=subprocess.PIPE, timeout=60,
        )  # fmt: skip
    assert done.returncode == 1
    assert b"READ044" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_reader_that_has_seen_enough_ends_the_run_quietly(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps({"id": n, "text": TEXT}) for n in range(3000)))
    command = [sys.executable, "-c", "from accord.cli.main import run; run()", "read"]
    process = subprocess.Popen(
        [*command, "--jsonl", str(source), "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    assert json.loads(process.stdout.readline())["id"] == 0
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 0


def test_an_interruption_ends_with_130_and_no_trace(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps({"id": n, "text": TEXT * 9}) for n in range(9000)))
    command = [sys.executable, "-c", "from accord.cli.main import run; run()", "read"]
    process = subprocess.Popen(
        [*command, "--jsonl", str(source), "-o", str(tmp_path / "out.jsonl"), "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    part = tmp_path / "out.jsonl.part"
    while not (part.exists() and part.stat().st_size > 1_000) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert part.read_bytes().endswith(b"}\n")
