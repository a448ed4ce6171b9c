"""Loads: whole or not at all, and releases beside each other."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tables import COLUMNS, many, month, write

from accord.errors import RecordError
from accord.model.period import Period
from accord.record import Request, as_of, bulk, load, open_record
from accord.record.declaration import declared_sources, read_declaration
from accord.record.verifying import verify


def request(*files: Path, day: date | None = None, **more: object) -> Request:
    return Request(files=files, published=day, **more)  # type: ignore[arg-type]


def rows_in(home: Path) -> int:
    with open_record() as record:
        return int(record.rows("SELECT count(*) FROM flows")[0][0])


def test_a_new_release_stands_beside_the_old(home: Path, tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", [month(1, 100), month(2, 200)])
    second = write(tmp_path / "b.csv", [month(2, 210), month(3, 300)])
    load("flows", request(first, day=date(2021, 3, 8)))
    report = load("flows", request(second, day=date(2021, 4, 14)))
    assert (report.rows, report.superseded) == (2, 1)
    with open_record() as record:
        february = record.flows(products=["27"], within=Period.of_month(2021, 2))
        assert sorted(f.value or 0 for f in february) == [200, 210]
        assert as_of(february, date(2021, 3, 31)).value == 200  # type: ignore[union-attr]
        assert as_of(february, date(2021, 4, 30)).value == 210  # type: ignore[union-attr]
        now = bulk.history(record, "CHN", "RUS", product="27")
        assert now["value"].to_pylist() == [100, 210, 300]
        then = bulk.history(record, "CHN", "RUS", product="27", as_of=date(2021, 3, 31))
        assert then["value"].to_pylist() == [100, 200]
        before = bulk.history(record, "CHN", "RUS", as_of=date(2021, 1, 1))
        assert before.num_rows == 0


def test_releases_may_come_in_any_order(home: Path, tmp_path: Path) -> None:
    days = [date(2021, 6, 1), date(2021, 2, 1), date(2021, 4, 1)]
    for day in days:
        file = write(tmp_path / f"{day}.csv", [month(1, day.month * 10)])
        load("flows", request(file, day=day))
    with open_record() as record:
        for day, expected in [((2021, 2, 1), 20), ((2021, 5, 1), 40), ((2022, 1, 1), 60)]:
            table = bulk.history(record, "CHN", "RUS", product="27", as_of=date(*day))
            assert table["value"].to_pylist() == [expected]


def test_the_same_file_twice_changes_nothing(home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [month(1, 100)])
    first = load("flows", request(file))
    before = (home / "record.duckdb").read_bytes()
    again = load("flows", request(file))
    assert again.already
    assert again.release == first.release
    assert (home / "record.duckdb").read_bytes() == before


def test_the_raw_file_is_kept_and_verified(home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [month(1, 100)])
    load("flows", request(file))
    kept = next((home / "raw").glob("*/*.csv"))
    assert kept.read_bytes() == file.read_bytes()
    with open_record() as record:
        assert verify(record) == []
        kept.write_text("changed")
        assert [finding.code for finding in verify(record)] == ["REC028"]
        kept.unlink()
        assert [finding.code for finding in verify(record)] == ["REC028"]


def test_the_fingerprint_tells_states_apart(home: Path, tmp_path: Path) -> None:
    with open_record() as record:
        before = record.fingerprint
    load("flows", request(write(tmp_path / "a.csv", [month(1, 100)])))
    with open_record() as record:
        assert record.fingerprint != before


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        ([month(1, 1), month(1, 2)], "REC015", "CHN / RUS / export / 27"),
        ([month(1, "many")], "REC014", "many"),
        ([("CHN", "", "export", "27", "2021-01-01", "2021-01-31", 1)], "REC023", "partner"),
        ([("CHN", "RUS", "export", "27", "2021-13-01", "2021-01-31", 1)], "REC014", "2021-13-01"),
        ([], "REC022", "a.csv"),
    ],
)
def test_a_bad_file_changes_nothing(
    home: Path, tmp_path: Path, content: list[tuple[object, ...]], code: str, named: str
) -> None:
    before = (home / "record.duckdb").read_bytes()
    with pytest.raises(RecordError) as problem:
        load("flows", request(write(tmp_path / "a.csv", content)))
    assert problem.value.code == code, problem.value
    assert named in problem.value.message
    assert (home / "record.duckdb").read_bytes() == before
    assert list(home.glob(".*shadow*")) == []


def test_a_missing_column_is_named(home: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", [month(1, 1)], COLUMNS.replace("value", "amount"))
    with pytest.raises(RecordError, match="lacks the column value"):
        load("flows", request(file))


def test_a_unit_wrong_by_a_thousand_is_noticed(home: Path, tmp_path: Path) -> None:
    load("flows", request(many(tmp_path / "a.parquet"), day=date(2022, 1, 1)))
    wrong = many(tmp_path / "b.parquet", factor=1e-3)
    with pytest.raises(RecordError, match="REC025"):
        load("flows", request(wrong, day=date(2022, 2, 1)))
    accepted = load("flows", request(wrong, day=date(2022, 2, 1), allow_break=True))
    assert accepted.superseded == accepted.rows == 20_000


@pytest.mark.parametrize(
    ("assertions", "named"),
    [
        ("rows: {min: 3}", "2 rows, expected 3"),
        ("fill: {weight_kg: 0.5}", "weight_kg is filled in 0.0%"),
        ("totals: {export: {min: 1000}}", "export total is 300"),
        ("known: [{where: {partner: RUS, period_start: 2021-01-01}, value: 150}]", "is 100"),
        ("known: [{where: {partner: USA}, value: 150}]", "no row for USA"),
    ],
)
def test_failed_assertions_stop_a_load(
    home: Path, tmp_path: Path, assertions: str, named: str
) -> None:
    source = tmp_path / "mine.yaml"
    source.write_text(
        "title: t\npublisher: p\nlicence: l\nkind: flows\nadapter: flows_table\n"
        f"documentation: d\nget: g\nassertions: {{{assertions}}}\n"
    )
    file = write(tmp_path / "a.csv", [month(1, 100), month(2, 200)])
    with pytest.raises(RecordError) as problem:
        load(str(source), request(file))
    assert problem.value.code == "REC016"
    assert named in problem.value.message
    assert rows_in(home) == 0


def test_parts_must_add_up(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "mine.yaml"
    source.write_text(
        "title: t\npublisher: p\nlicence: l\nkind: flows\nadapter: flows_table\n"
        "documentation: d\nget: g\nassertions: {additive: {products: 0.01}}\n"
    )
    good = write(tmp_path / "a.csv", [month(1, 60), month(1, 40, product="28"),
                                      month(1, 100.5, product="all")])  # fmt: skip
    assert load(str(source), request(good)).rows == 3
    bad = write(tmp_path / "b.csv", [month(2, 60), month(2, 45, product="all")])
    with pytest.raises(RecordError, match="REC024"):
        load(str(source), request(bad))


def test_new_words_enter_the_vocabularies(home: Path, tmp_path: Path) -> None:
    for word in ("010121", "AA bb", "010129"):
        load("flows", request(write(tmp_path / f"{word}.csv", [month(1, 7, product=word)])))
    with open_record() as record:
        assert {"010121", "AA bb", "010129"} <= set(record.products("CHN", "RUS"))
        assert [f.value for f in record.flows(products=["AA bb"])] == [7]
        assert record.flows(products=["no such word"]) == []


def test_a_loaded_row_is_found_again(home: Path, tmp_path: Path) -> None:
    load("flows", request(write(tmp_path / "a.csv", [month(1, 100)])))
    with open_record() as record:
        flow = record.flows(products=["27"])[0]
        assert record.sql(record.query_for(flow.row))["value"].to_pylist() == [100]


def test_questions_about_all_pairs(home: Path, tmp_path: Path) -> None:
    rows = []
    for year, value in ((2020, 100), (2021, 125)):
        for number in (1, 2):
            start = month(number, 0, year=year)[4]
            end = f"{year}-{number:02d}-{(29 if year == 2020 else 28) if number == 2 else 31}"
            rows += [("CHN", "RUS", "export", "all", start, end, value),
                     ("RUS", "CHN", "import", "all", start, end, value * 1.1)]  # fmt: skip
    load("flows", request(write(tmp_path / "a.csv", rows)))
    period = Period.of_months(2021, 1, 2)
    with open_record() as record:
        grown = bulk.growth(record, period).to_pylist()
        assert {(r["reporter"], round(r["growth_pct"], 9)) for r in grown} == {
            ("CHN", 25.0),
            ("RUS", 25.0),
        }
        gap = bulk.mirror_gap(record, period).to_pylist()
        assert [(r["exporter"], r["importer"]) for r in gap] == [("CHN", "RUS")]
        assert gap[0]["gap"] == pytest.approx(25)
        assert gap[0]["gap_pct"] == pytest.approx(100 / 11)
        assert bulk.monthly(record, 2021).num_rows == 4


def test_two_sources_must_be_told_apart(home: Path, tmp_path: Path) -> None:
    load("flows", request(write(tmp_path / "a.csv", [month(1, 100)])))
    source = tmp_path / "mine.yaml"
    source.write_text(
        "title: t\npublisher: p\nlicence: l\nkind: flows\nadapter: flows_table\n"
        "documentation: d\nget: g\n"
    )
    load(str(source), request(write(tmp_path / "b.csv", [month(1, 111)])))
    with open_record() as record:
        with pytest.raises(RecordError, match="one of flows, mine"):
            bulk.history(record, "CHN", "RUS")
        mine = bulk.history(record, "CHN", "RUS", source="mine")
        assert mine["value"].to_pylist() == [111]


def test_many_rows_are_sorted_and_small(home: Path, tmp_path: Path) -> None:
    before = (home / "record.duckdb").stat().st_size
    load("flows", request(many(tmp_path / "a.parquet", 200_000)))
    with open_record() as record:
        keys = record.rows("SELECT period_start, reporter::VARCHAR, partner::VARCHAR FROM flows")
        assert keys == sorted(keys)
        total = record.rows("SELECT sum(value) FROM flows")[0][0]
        assert math.isfinite(total)
    assert (home / "record.duckdb").stat().st_size - before < 200_000 * 16


def test_every_declaration_is_whole() -> None:
    for name, declaration in declared_sources().items():
        assert declaration.id == name
        assert declaration.publisher
        assert declaration.licence
        assert declaration.url is None or declaration.url.startswith("http")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("kind: flow", "`kind` is “flow”"),
        ("kinds: flows", "unknown key `kinds` (meant `kind`?)"),
        ("kind: flows\nunit: dozen", "`unit` is “dozen”"),
        ("kind: flows", "`get` is missing"),
        ("[1, 2]", "no table of keys"),
        ("a: b: c", "mapping values"),
    ],
)
def test_a_wrong_declaration_says_what_is_wrong(tmp_path: Path, change: str, said: str) -> None:
    path = tmp_path / "mine.yaml"
    base = "title: t\npublisher: p\nlicence: l\nadapter: flows_table\ndocumentation: d\n"
    get = "" if "missing" in said or "kinds" in change else "get: g\n"
    whole = change if change.startswith("[") else base + get + change
    path.write_text(whole)
    with pytest.raises(RecordError) as problem:
        read_declaration(str(path))
    assert problem.value.code == "REC011"
    assert said in problem.value.message


def test_an_unknown_source_suggests_one() -> None:
    with pytest.raises(RecordError, match="Did you mean `comtrade`"):
        read_declaration("comtrad")


@pytest.mark.parametrize("source", sorted(declared_sources()))
@pytest.mark.parametrize(
    ("content", "said"), [("", "it is empty"), ("\n <!DOCTYPE html><html>", "it is a web page")]
)
def test_what_no_source_takes(
    tmp_path: Path, empty_home: Path, source: str, content: str, said: str
) -> None:
    if content and read_declaration(source).mapping.get("format") == "html":
        pytest.skip("it is published as a web page")
    file = tmp_path / "a.csv"
    file.write_text(content)
    with pytest.raises(RecordError, match=said) as problem:
        load(source, request(file))
    assert problem.value.code == "REC012"
    assert f"{source}: the file {file}" in problem.value.message


@pytest.mark.parametrize(
    ("column", "word", "code", "said"),
    [
        (0, "ZZZ", "REC023", "reporter “ZZZ” is no known polity (row 3)"),
        (1, "Russia", "REC023", "partner “Russia” is no known polity (row 3)"),
        (2, "sideways", "REC023", "direction “sideways” is no known direction of trade (row 3)"),
        (6, "abc", "REC014", "row 3, column value: “abc” is not a number"),
        (4, "2021-02-31", "REC014", "row 3, column period_start"),
    ],
)
def test_a_wrong_word_names_row_and_column(
    home: Path, tmp_path: Path, column: int, word: str, code: str, said: str
) -> None:
    bad = [*month(2, 5)]
    bad[column] = word
    file = write(tmp_path / "a.csv", [month(1, 5), tuple(bad)])
    with pytest.raises(RecordError) as problem:
        load("flows", request(file))
    assert problem.value.code == code
    assert said in problem.value.message
    assert rows_in(home) == 0


def test_conditions_on_the_view_reach_the_scan_of_flows(home: Path, tmp_path: Path) -> None:
    load("flows", Request(files=(many(tmp_path / "a.parquet"),)))
    query = "SELECT value FROM trade WHERE reporter = 'CHN' AND period_start = DATE '2020-03-01'"
    with open_record() as record:
        plan = record.sql(f"EXPLAIN (FORMAT json) {query}")[1][0].as_py()
    scans = [part for part in _parts(json.loads(plan)) if "flows" in str(part.get("Table"))]
    assert len(scans) == 1
    assert "CHN" in str(scans[0]["Filters"])
    assert "period_start='2020-03-01'" in str(scans[0]["Filters"])


def _parts(plan: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for part in plan:
        yield part.get("extra_info", {})
        yield from _parts(part.get("children", []))
