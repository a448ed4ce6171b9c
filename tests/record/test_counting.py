"""Sums over pairs count nothing twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tables import COLUMNS, month, write

from accord.errors import RecordError
from accord.model.period import Period
from accord.record import Record, Request, bulk, load, open_record

YEAR = Period.of_year(2021)


def year(value: object, *, product: str = "all", reporter: str = "CHN") -> tuple[object, ...]:
    return (reporter, "RUS", "export", product, "2021-01-01", "2021-12-31", value)


def opened(tmp_path: Path, *rows: tuple[object, ...], columns: str = COLUMNS) -> Record:
    load("flows", Request(files=(write(tmp_path / "a.csv", rows, columns),)))
    return open_record()


def sums(record: Record, **more: str) -> dict[str, float]:
    table = bulk.growth(record, YEAR, **more)  # type: ignore[arg-type]
    return {row["reporter"]: row["value"] for row in table.to_pylist()}


def test_all_goods_stand_for_their_chapters(home: Path, tmp_path: Path) -> None:
    with opened(tmp_path, year(10), year(4, product="27"), year(6, product="84")) as record:
        assert sums(record) == {"CHN": 10}
        assert sums(record, product="27") == {"CHN": 4}


def test_chapters_alone_add_up(home: Path, tmp_path: Path) -> None:
    with opened(tmp_path, year(4, product="27"), year(6, product="84")) as record:
        assert sums(record) == {"CHN": 10}


def test_levels_side_by_side_are_refused(home: Path, tmp_path: Path) -> None:
    with opened(tmp_path, year(4, product="27"), year(3, product="270900")) as record:
        with pytest.raises(RecordError, match="REC041"):
            sums(record)
        assert sums(record, product="27") == {"CHN": 4}


def test_a_year_stands_for_its_months_and_months_for_a_year(home: Path, tmp_path: Path) -> None:
    months = [month(m, 1, product="all") for m in range(1, 13)]
    german = [("DEU", *m[1:]) for m in months]
    with opened(tmp_path, year(13), *months, *german) as record:
        assert sums(record) == {"CHN": 13, "DEU": 12}
        by_month = bulk.monthly(record, 2021).to_pylist()
        assert {row["value"] for row in by_month} == {1}
        assert len(by_month) == 24


def test_cumulative_months_are_not_added_to_single_ones(home: Path, tmp_path: Path) -> None:
    rows = [month(1, 1, product="all"), month(2, 2, product="all"),
            ("CHN", "RUS", "export", "all", "2021-01-01", "2021-02-28", 3)]  # fmt: skip
    with opened(tmp_path, *rows) as record:
        assert sums(record) == {"CHN": 3}
        table = bulk.growth(record, Period.of_months(2021, 1, 2))
        assert table["value"].to_pylist() == [3]


def test_two_revisions_of_one_flow_are_refused(home: Path, tmp_path: Path) -> None:
    rows = [(*year(4, product="27"), "HS92"), (*year(5, product="27"), "HS17")]
    with opened(tmp_path, *rows, columns=f"{COLUMNS},nomenclature") as record:
        with pytest.raises(RecordError, match="HS17, HS92"):
            sums(record)
        assert sums(record, nomenclature="HS17") == {"CHN": 5}


def test_the_gap_between_mirrors_counts_once_as_well(home: Path, tmp_path: Path) -> None:
    back = ("RUS", "CHN", "import", "all", "2021-01-01", "2021-12-31", 14)
    with opened(tmp_path, year(13), month(1, 5, product="all"), back) as record:
        gap = bulk.mirror_gap(record, YEAR, as_of=date.today()).to_pylist()
        assert [(row["reported_export"], row["mirror_import"]) for row in gap] == [(13, 14)]


def test_series_of_both_kinds(home: Path, tmp_path: Path) -> None:
    with opened(tmp_path, year(10), month(1, 1, product="all")) as record:
        found = {s.source: s for s in record.series("CHN", "RUS") if s.direction == "export"}
        assert found["flows"].rows == 2
        assert (found["flows"].first, found["flows"].last) == (date(2021, 1, 1), date(2021, 12, 31))
        assert "bundled" in found
