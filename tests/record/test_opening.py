"""First use, upgrades and damage: the record is there, current, or says why not."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from accord.errors import RecordError
from accord.record import open_record
from accord.record.location import Place, the_place

ASK = (
    "from accord.record import open_record\n"
    "with open_record() as record:\n"
    "    print(len(record.flows()), record.fingerprint)\n"
)


def ask(home: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "ACCORD_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def change(path: Path, query: str) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute(query)


def test_first_use_builds_one_file(empty_home: Path) -> None:
    with open_record() as record:
        assert len(record.flows()) > 500
    assert sorted(entry.name for entry in empty_home.iterdir() if entry.suffix != ".lock") == [
        "record.duckdb"
    ]


def test_ten_first_uses_at_once_all_succeed(tmp_path: Path) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(ask, [tmp_path / "home"] * 10))
    assert len(answers) == 1
    assert [path.name for path in (tmp_path / "home").glob(".*shadow*")] == []


def test_reading_needs_no_frames(bundled_file: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from accord.record import open_record\n"
        f"record = open_record(Path({str(bundled_file)!r}))\n"
        "record.flows(reporters=['CHN'], partners=['RUS']); record.agreements(['CHN'])\n"
        "record.memberships('EU'); record.events(['RUS']); record.projects(name='tianwan')\n"
        "print([name for name in ('pandas', 'polars', 'pyarrow', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_changed_facts_are_carried_anew_and_loaded_rows_stay(empty_home: Path) -> None:
    open_record().close()
    path = the_place().path
    change(path, "UPDATE meta SET value = 'older facts' WHERE key = 'bundled_sha256'")
    change(path, "DELETE FROM flows WHERE product = 'LNG'")
    change(
        path, "INSERT INTO releases (id, source, publisher, bundled) VALUES ('u', 's', 'p', false)"
    )
    change(path, "INSERT INTO rates (release, currency, rate) VALUES ('u', 'CNY', 6.5)")
    with open_record() as record:
        assert record.flows(products=["LNG"])
        assert record.sql("SELECT count(*) AS n FROM rates")["n"].to_pylist() == [1]
        assert "u" in {release.id for release in record.releases()}


@pytest.mark.parametrize(
    ("version", "code"), [("999", "REC003"), ("0", "REC004"), ("none", "REC002")]
)
def test_other_formats_are_refused_and_left_alone(
    empty_home: Path, version: str, code: str
) -> None:
    open_record().close()
    path = the_place().path
    change(path, f"UPDATE meta SET value = '{version}' WHERE key = 'schema_version'")
    before = path.read_bytes()
    with pytest.raises(RecordError) as problem:
        open_record()
    assert problem.value.code == code
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database" * 1000, b"\0" * 5000])
def test_a_damaged_file_is_refused_and_left_alone(empty_home: Path, content: bytes) -> None:
    empty_home.mkdir()
    path = empty_home / "record.duckdb"
    path.write_bytes(content)
    with pytest.raises(RecordError, match="REC002"):
        open_record()
    assert path.read_bytes() == content


def test_a_truncated_file_is_refused(empty_home: Path) -> None:
    open_record().close()
    path = the_place().path
    path.write_bytes(path.read_bytes()[:300_000])
    with pytest.raises(RecordError, match="REC002"), open_record() as record:
        record.flows()


def test_another_database_is_refused(empty_home: Path) -> None:
    empty_home.mkdir()
    change(empty_home / "record.duckdb", "CREATE TABLE mine (a INTEGER)")
    with pytest.raises(RecordError, match="REC002"):
        open_record()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordError) as problem:
        open_record(tmp_path / "file" / "record.duckdb")
    assert problem.value.code == "REC001"


def test_a_lake_shows_its_catalog_without_its_password() -> None:
    place = Place(Path("x"), "postgres:dbname=a password=secret host=h", "/data")
    assert str(place) == "postgres:dbname=a host=h"
    assert place.is_lake
