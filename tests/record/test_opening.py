"""First use, upgrades and damage: the record is there, current, or says why not."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from tables import month, write

from accord.errors import RecordError
from accord.record import Record, Request, load, open_record
from accord.record.format import SCHEMA_SHA256, schema_sha256
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


USER_RELEASE = "INSERT INTO releases (id, source, bundled) VALUES ('u', 's', false)"


def test_records_are_open_many_at_once(home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [month(1, 100)])
    with open_record() as first, open_record() as second:
        assert first.flows() == second.flows()
        load("flows", Request(files=(file,)))
        with open_record() as third:  # the new state, whoever still holds the old one
            assert len(third.flows()) == len(first.flows()) + 1
        with pytest.raises(RecordError, match="REC007"):
            second.sql("SELECT * FROM read_csv('/etc/hostname')")
        with duckdb.connect(str(the_place().path), read_only=True) as con:
            assert con.execute("SELECT count(*) FROM flows").fetchone() == (1,)


def test_records_in_threads(home: Path) -> None:
    def counted(number: int) -> int:
        with open_record() as own:
            return len(own.flows(reporters=["CHN"])) + number * 0

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(counted, range(24)))) == 1


def test_one_record_asked_by_threads(bundled: Record) -> None:
    def answer(number: int) -> list[tuple[int]]:
        return bundled.rows(f"SELECT {number} FROM range(100)")

    with ThreadPoolExecutor(8) as pool:
        for number, found in enumerate(pool.map(answer, range(100))):
            assert found == [(number,)] * 100


def test_the_number_of_the_format_belongs_to_the_schema() -> None:
    assert schema_sha256() == SCHEMA_SHA256, (
        "schema.sql has changed: raise SCHEMA_VERSION in record/format.py "
        "and note the new fingerprint in SCHEMA_SHA256"
    )


@pytest.mark.parametrize("forgotten", [False, True])
def test_an_older_record_of_bundled_facts_is_built_anew_and_kept_aside(
    empty_home: Path, caplog: pytest.LogCaptureFixture, forgotten: bool
) -> None:
    open_record().close()
    path = the_place().path
    change(path, "DROP VIEW trade; DROP VIEW trade_vintages; DROP TABLE figures")
    key = "schema_sha256" if forgotten else "schema_version"
    change(path, f"UPDATE meta SET value = '1' WHERE key = '{key}'")
    before = path.read_bytes()
    with open_record() as record:
        assert len(record.flows()) > 500
    assert (empty_home / "record.duckdb.old-1").read_bytes() == before
    assert "record.duckdb.old-1" in caplog.text


@pytest.mark.parametrize("key", ["schema_sha256", "schema_version"])
def test_an_older_record_with_loads_is_refused_and_left_alone(empty_home: Path, key: str) -> None:
    open_record().close()
    path = the_place().path
    change(path, USER_RELEASE)
    change(path, f"UPDATE meta SET value = '1' WHERE key = '{key}'")
    before = path.read_bytes()
    for act in (open_record, lambda: load("flows", Request(files=(path,)))):
        with pytest.raises(RecordError, match="REC004"):
            act()
    assert path.read_bytes() == before


@pytest.mark.parametrize("table", ["figures", "releases", "trade"])
def test_a_record_that_lacks_a_table_is_refused(empty_home: Path, table: str) -> None:
    open_record().close()
    path = the_place().path
    change(path, "DROP VIEW trade")
    if table != "trade":
        change(path, f"DROP TABLE {table}")
    before = path.read_bytes()
    with pytest.raises(RecordError, match=table) as problem:
        open_record()
    assert problem.value.code == "REC002"
    assert path.read_bytes() == before


def test_a_directory_in_its_place_is_named(empty_home: Path) -> None:
    (empty_home / "record.duckdb").mkdir(parents=True)
    with pytest.raises(RecordError, match="it is a directory"):
        open_record()


def test_a_record_held_by_a_writer_is_named(home: Path) -> None:
    code = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home / "record.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(RecordError) as problem:
            open_record()
        holder.communicate(b"\n")
    assert problem.value.code == "REC038"


@pytest.mark.parametrize("closed", ["record.duckdb", "."])
def test_a_record_that_may_not_be_read_is_named(home: Path, closed: str) -> None:
    (home / closed).chmod(0)
    try:
        if os.getuid() == 0:  # to whom nothing is closed
            os.seteuid(65534)
        with pytest.raises(RecordError) as problem:
            open_record()
    finally:
        os.seteuid(os.getuid())
        (home / closed).chmod(0o700)
    assert problem.value.code == "REC037"


@pytest.mark.parametrize(
    ("version", "code"), [("999", "REC003"), ("0", "REC004"), ("none", "REC002")]
)
def test_other_formats_are_refused_and_left_alone(
    empty_home: Path, version: str, code: str
) -> None:
    open_record().close()
    path = the_place().path
    change(path, USER_RELEASE)
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
