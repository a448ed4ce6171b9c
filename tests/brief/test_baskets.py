"""Measures over products, from a small world by chapter whose answers were worked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from accord.brief.aggregates import summed_months
from accord.brief.build import build_brief
from accord.brief.measuring import measure_pair
from accord.errors import MeasureError
from accord.model.flow import Direction, Flow, Precision
from accord.model.period import Period
from accord.model.release import Release
from accord.record import Record, Request, load, open_record

# reporter, partner, direction, chapters 27 and 85, million dollars in 2022
WORLD = [
    ("FRA", "BRA", "export", 10, 30),
    ("FRA", "BRA", "import", 30, 10),
    ("FRA", "WLD", "export", 100, 300),
    ("FRA", "WLD", "import", 200, 200),
    ("BRA", "WLD", "import", 150, 50),
    ("WLD", "WLD", "export", 1000, 1000),
    ("WLD", "WLD", "import", 1200, 1000),
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder: Path = tmp_path_factory.mktemp("world")
    rows = [
        (a, b, way, chapter, date(2022, 1, 1), date(2022, 12, 31), value * 1e6)
        for a, b, way, *values in WORLD
        for chapter, value in zip(("27", "85"), values, strict=True)
    ]
    names = ["reporter", "partner", "direction", "product", "period_start", "period_end", "value"]
    pl.DataFrame(rows, schema=names, orient="row").write_parquet(folder / "trade.parquet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACCORD_HOME", str(folder))
        load("flows", Request(files=(folder / "trade.parquet",), published=date(2023, 5, 1)))
        with open_record() as record:
            yield record


@pytest.mark.parametrize(
    ("name", "product", "value"),
    [
        ("trade_intensity", None, (40 / 400) / (200 / (2200 - 400))),
        ("trade_intensity_without_pair", None, (40 / 400) / ((200 - 40) / (2200 - 400))),
        ("revealed_advantage", "85", (300 / 400) / (1000 / 2000)),
        ("symmetric_advantage", "85", (1.5 - 1) / (1.5 + 1)),
        ("complementarity", None, 100 * (1 - (0.5 + 0.5) / 2)),
        ("intra_industry_total", None, 1 - (20 + 20) / 80),
        ("intra_industry", "27", 1 - 20 / 40),
        ("concentration", None, 0.25**2 + 0.75**2),
        ("normalised_concentration", None, (0.625**0.5 - 0.5**0.5) / (1 - 0.5**0.5)),
        ("effective_number", None, 1 / 0.625),
    ],
)
def test_worked_by_hand(world: Record, name: str, product: str | None, value: float) -> None:
    found = measure_pair(
        name, "FRA", "BRA", record=world, period=Period.of_year(2022), product=product
    )
    assert found.value == pytest.approx(value)
    assert found.rows


def test_advantage_asks_for_a_product(world: Record) -> None:
    with pytest.raises(MeasureError, match="--product"):
        measure_pair("revealed_advantage", "FRA", "BRA", record=world, period=Period.of_year(2022))


def test_structure_shows_them(world: Record) -> None:
    brief = build_brief("FRA", "BRA", record=world, today=date(2024, 1, 1))
    rows = {row[0].text: row[2].value for row in brief.table("structure").rows}
    found = [value for name, value in rows.items() if name.startswith("complementarity")]
    assert found == [pytest.approx(50.0)]


def test_years_of_a_series_that_publishes_months_only() -> None:
    release = Release(id="r", source="s", publisher="An office", published_on=date(2023, 2, 1))
    months = [
        Flow(
            row=f"flows:{month}", reporter="FRA", partner="BRA", direction=Direction.EXPORT,
            product="all", period=Period.of_month(2022, month), release=release, value=10.0,
        )
        for month in range(1, 13)
    ]  # fmt: skip
    (year,) = summed_months(months)
    assert year.value == 120.0
    assert year.period == Period.of_year(2022)
    assert year.row.count("+") == 11
    assert summed_months(months[1:]) == []
    assert summed_months([*months, replace(year, row="flows:13")]) == []
    floor = replace(months[0], precision=Precision.FLOOR)
    assert summed_months([floor, *months[1:]]) == []
