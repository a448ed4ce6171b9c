"""The record shared by a team: two writers at once, snapshots, a killed writer.

Needs a PostgreSQL in which databases may be made: ``ACCORD_TEST_POSTGRES`` holds its
connection string (``dbname=… host=… user=… password=…``).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tables import many, month, write

from accord.errors import RecordError
from accord.record import Request, bulk, load, open_record
from accord.record.lake import EXTENSIONS
from accord.record.removing import remove
from accord.record.verifying import verify

DSN = os.environ.get("ACCORD_TEST_POSTGRES")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not DSN, reason="ACCORD_TEST_POSTGRES names no PostgreSQL"),
    pytest.mark.skipif(shutil.which("psql") is None, reason="psql is not installed"),
    pytest.mark.skipif(
        any(importlib.util.find_spec(package) is None for package in EXTENSIONS),
        reason="the DuckDB extensions for the lake are not installed",
    ),
]

LOAD = """
import sys; from datetime import date; from pathlib import Path
from accord.record import Request, load
for file in sys.argv[1:]:
    print(load('flows', Request(files=(Path(file),), published=date(2024, 1, 1))).rows, flush=True)
"""


def administer(statement: str) -> None:
    assert DSN is not None
    subprocess.run(["psql", "-q", DSN, "-c", statement], check=True, capture_output=True)


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    assert DSN is not None
    name = f"accord_{uuid.uuid4().hex[:12]}"
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path / "home"))
    administer(f"CREATE DATABASE {name}")
    rest = " ".join(part for part in DSN.split() if not part.startswith("dbname="))
    monkeypatch.setenv("ACCORD_CATALOG", f"postgres:dbname={name} {rest}")
    monkeypatch.setenv("ACCORD_DATA", str(tmp_path / "data"))
    yield
    monkeypatch.delenv("ACCORD_CATALOG")
    administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def counted() -> dict[str, int]:
    with open_record() as record:
        query = "SELECT r.id, count(*) FROM flows f JOIN releases r ON r.key = f.release GROUP BY 1"
        return dict(record.rows(query))


def test_the_same_questions_have_the_same_answers(lake: None, bundled_file: Path) -> None:
    with open_record() as shared, open_record(bundled_file) as local:
        assert shared.flows() == local.flows()
        assert shared.agreements() == local.agreements()
        assert shared.memberships("EU") == local.memberships("EU")
        assert shared.fingerprint == local.fingerprint
        with pytest.raises(RecordError, match="REC007"):
            shared.sql("SELECT * FROM read_csv('/etc/hostname')")
        with pytest.raises(RecordError, match="REC007"):
            shared.sql("DELETE FROM flows")


def test_releases_and_vintages(lake: None, tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", [month(1, 100), month(2, 200)])
    second = write(tmp_path / "b.csv", [month(2, 210)])
    load("flows", Request(files=(first,), published=date(2021, 3, 8)))
    assert load("flows", Request(files=(second,), published=date(2021, 4, 14))).superseded == 1
    assert load("flows", Request(files=(second,))).already
    with open_record() as record:
        assert bulk.history(record, "CHN", "RUS")["value"].to_pylist() == [100, 210]
        then = bulk.history(record, "CHN", "RUS", as_of=date(2021, 4, 1))
        assert then["value"].to_pylist() == [100, 200]
        assert verify(record) == []
        snapshots = record.sql("SELECT count(*) AS n FROM lake.snapshots()")["n"].to_pylist()
        assert snapshots[0] >= 3


def test_a_release_is_taken_out_again(lake: None, tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", [month(1, 100), month(2, 200)])
    second = write(tmp_path / "b.csv", [month(2, 210)])
    load("flows", Request(files=(first,), published=date(2021, 3, 8)))
    revised = load("flows", Request(files=(second,), published=date(2021, 4, 14)))
    assert remove(revised.release).restored == 1
    panel = tmp_path / "panel.csv"
    names = []
    for trade in (1, 2):
        panel.write_text(f"exporter,importer,year,trade\nRUS,CHN,1990,{trade}\n")
        names.append(load("agtpa", Request(files=(panel,))).release)
    remove(names[1])
    with open_record() as record:
        assert bulk.history(record, "CHN", "RUS")["value"].to_pylist() == [100, 200]
        table = record.gravity_panel("agtpa")
        assert table is not None
        assert table["trade"].to_pylist() == [1]
        assert verify(record) == []


def test_a_bad_load_leaves_nothing(lake: None, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="REC015"):
        load("flows", Request(files=(write(tmp_path / "a.csv", [month(1, 1), month(1, 2)]),)))
    assert counted() == {}
    with open_record() as record:
        assert [r.id for r in record.releases() if r.source == "flows"] == []


def test_two_writers_at_once(lake: None, tmp_path: Path) -> None:
    open_record().close()
    files = [
        str(many(tmp_path / f"{i}.parquet", 2000, seed=i, first_year=2010 + i)) for i in range(4)
    ]
    writers = [
        subprocess.Popen([sys.executable, "-c", LOAD, *part], stdout=subprocess.PIPE, text=True)
        for part in (files[:2], files[2:])
    ]
    said = [writer.communicate(timeout=200)[0].split() for writer in writers]
    assert said == [["2000"] * 2] * 2
    assert sorted(counted().values()) == [2000] * 4


def test_a_killed_writer_loses_nothing(lake: None, tmp_path: Path) -> None:
    load("flows", Request(files=(many(tmp_path / "a.parquet", 2000),)))
    big = many(tmp_path / "b.parquet", 60_000, seed=7)
    for delay in (1.2, 2.0):
        writer = subprocess.Popen([sys.executable, "-c", LOAD, str(big)], stdout=subprocess.DEVNULL)
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert set(counted().values()) <= {2000, 60_000}
    with open_record() as record:
        assert verify(record) == []


def test_a_catalog_that_is_not_there_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ACCORD_CATALOG", "postgres:dbname=x host=127.0.0.1 port=1 password=secret")
    with pytest.raises(RecordError) as problem:
        open_record()
    assert problem.value.code == "REC029"
    assert "secret" not in problem.value.message
