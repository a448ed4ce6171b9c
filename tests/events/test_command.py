"""``accord events`` from the outside: lines, exit codes, files, faults."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from accord.cli import main
from accord.cli.event_coding import render
from accord.cli.event_series import series_lines
from accord.events.coder import code_fields
from accord.model.document import Document


class Done(NamedTuple):
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, text: str | bytes = "") -> Done:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    data = text.encode() if isinstance(text, str) else text
    stdin = io.TextIOWrapper(io.BytesIO(data), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", stdin)
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as ended:
            main.run(["events", *arguments])
    out.flush()
    code = ended.value.code
    return Done(int(code or 0), out.buffer.getvalue().decode(), err.getvalue())  # type: ignore[attr-defined]


def lines(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


PAIR = {
    "id": "a",
    "text": "Norway donated generators to Moldova.",
    "source": [{"start": 0, "end": 6}],
    "target": [{"start": 29, "end": 36}],
}


def test_names_of_lines_come_back_whatever_they_are() -> None:
    texts = [json.dumps(PAIR | {"id": name}) for name in ("\ud83d", "Ελλάς", None, 7, [1])]
    texts.append(json.dumps(PAIR | {"id": float("nan")}))
    done = run("classify", "-", text="\n".join(texts))
    assert done.returncode == 0, done.stderr
    assert [a["id"] for a in lines(done)] == ["\ud83d", "Ελλάς", None, 7, [1], None]


def test_classify_gives_a_line_for_each_line() -> None:
    done = run("classify", "-", text=json.dumps(PAIR) + "\n\n" + json.dumps(PAIR | {"id": "b"}))
    assert done.returncode == 0
    assert [(a["id"], a["root"], a["quad"], a["binary"]) for a in lines(done)] == [
        ("a", "AID", 2, 0), ("b", "AID", 2, 0),
    ]  # fmt: skip


def test_bytes_that_are_no_text_stop_no_other_line() -> None:
    good = json.dumps(PAIR).encode()
    done = run("classify", "-", text=b"\xef\xbb\xbf" + good + b"\n\xff\xfe\x80\n\n" + good)
    assert done.returncode == 1
    assert ["error" in a for a in lines(done)] == [False, True, False]


def test_a_bad_line_is_answered_and_told_by_the_exit_code() -> None:
    done = run("classify", "-", text="broken\n" + json.dumps(PAIR))
    assert done.returncode == 1
    first, second = lines(done)
    assert first["error"]["code"] == "EVT001"
    assert second["root"] == "AID"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("classify", "nowhere.jsonl"), "EVT003"),
        (("classify", "-", "--tier", "slow"), "EVT004"),
        (("--jsonl", "nowhere.jsonl"), "EVT003"),
        (("series", "nowhere.jsonl"), "EVT003"),
        (("code",), "ARG001"),
        (("a.txt", "--resume"), "ARG004"),
    ],
)
def test_wrong_arguments_have_codes(arguments: tuple[str, ...], code: str) -> None:
    done = run(*arguments)
    assert done.returncode == 1
    assert f"error {code}:" in done.stderr
    assert "Traceback" not in done.stderr


def test_documents_to_lines_series_and_parquet(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_text("Norway donated 40 generators to Moldova.\n")
    second.write_text("Norway donated 40 generators to Moldova, officials said.\n")
    done = run(str(first), str(second), "--published", "2022-06-03", "--json")
    assert done.returncode == 0, done.stderr
    assert [len(row["events"]) for row in lines(done)] == [1, 1]
    (month,) = series_lines(done.stdout.splitlines(), dyad="NOR-MDA", record=False, stories=True)
    assert (month["month"], month["count"], month["reports"]) == ("2022-06", 1, 2)
    assert len(month["stories"][0]["reports"]) == 2
    target = tmp_path / "events.parquet"
    assert run(str(first), "--parquet", str(target)).returncode == 0
    (row,) = pq.read_table(target).to_pylist()
    assert (row["source_code"], row["root"], row["target_code"]) == ("NOR", "AID", "MDA")


def test_on_a_terminal_events_and_what_was_left_out_are_listed() -> None:
    text = "Norway donated 40 generators to Moldova.\nIt rained all day."
    shown = render(code_fields(Document(text, "test")), text)
    assert "NOR government → MDA government  AID" in shown
    assert "no two actors: It rained all day." in shown


def test_a_poisoned_document_stops_no_other(tmp_path: Path) -> None:
    rows = [
        {"id": "good", "text": "Norway donated generators to Moldova."},
        {"id": "bad", "text": 7},
        {"id": "odd", "text": "\ud83d \x00" * 50},
        {"id": "last", "text": "Norway donated generators to Moldova."},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)) + "\nnot json\n")
    done = run("--jsonl", str(file), "--workers", "0")
    assert done.returncode == 1
    found = lines(done)
    assert [a["id"] for a in found] == ["good", "bad", "odd", "last", None]
    assert ["error" in a for a in found] == [False, True, False, False, True]


def interrupted(options: tuple[str, ...], part: Path, how: signal.Signals) -> int:
    """Start the command, stop it once it has written some lines; its exit code."""
    program = f"from accord.cli import main; main.run({['events', *options]!r})"
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL) as running:
        while running.poll() is None:
            if part.exists() and part.read_bytes().count(b"\n") >= 5:
                running.send_signal(how)
                break
            time.sleep(0.002)
        return running.wait()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_is_resumed(tmp_path: Path, how: signal.Signals) -> None:
    file, target = tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    part = tmp_path / "out.jsonl.part"
    rows = [{"id": str(k), "text": f"Norway donated {k} trucks to Moldova."} for k in range(200)]
    file.write_text("\n".join(map(json.dumps, rows)))
    options = ("--jsonl", str(file), "-o", str(target), "--workers", "0")
    assert interrupted(options, part, how) == (-how if how is signal.SIGKILL else 130)
    assert not target.exists()
    written = part.read_bytes().count(b"\n")
    assert 5 <= written < len(rows)
    refused = run(*options)
    assert refused.returncode == 1
    assert "READ046" in refused.stderr
    with part.open("ab") as torn:
        torn.write(b'{"id": "half a li')
    assert run(*options, "--resume").returncode == 0
    assert not part.exists()
    whole = run("--jsonl", str(file), "--workers", "0")
    assert target.read_text() == whole.stdout
    assert [a["id"] for a in lines(whole)] == [row["id"] for row in rows]


def test_an_engine_gives_the_same_lines_as_this_process(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [{"id": str(k), "text": f"Norway donated {k} trucks to Moldova."} for k in range(70)]
    file.write_text("\n".join(map(json.dumps, rows)))
    here = run("--jsonl", str(file), "--workers", "0")
    there = run("--jsonl", str(file), "--workers", "1")
    assert here.returncode == there.returncode == 0
    assert here.stdout == there.stdout


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_dask_gives_the_same_lines_as_this_process(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    rows = [{"id": str(k), "text": f"Norway donated {k} trucks to Moldova."} for k in range(40)]
    rows[7] = {"id": "7", "text": 7}
    file.write_text("\n".join(map(json.dumps, rows)))
    here = run("--jsonl", str(file), "--workers", "0")
    there = run("--jsonl", str(file), "--engine", "dask", "--workers", "1")
    assert here.returncode == there.returncode == 1
    assert here.stdout == there.stdout


def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    line = json.dumps({"id": "n", "text": "Chad praised Peru.", "source": [], "target": []})
    path.write_text((line + "\n") * 20_000, encoding="utf-8")
    program = "from accord.cli.main import run; run()"
    command = [sys.executable, "-c", program, "events", "classify", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        running.wait(60)
