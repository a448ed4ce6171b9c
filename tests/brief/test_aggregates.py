"""Series by chapter and month: the record adds them up, and only what is complete counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from accord.brief.build import build_brief
from accord.brief.panel import PanelRequest, build_panel
from accord.measure.panel import Unit
from accord.model.period import Period, month_end
from accord.record import Record, Request, load, open_record

CHAPTERS = ("27", "84", "85")


def figures() -> pl.DataFrame:
    """France on Brazil, 24 full months and eleven of 2023; exports grow, chapter 85 falls."""
    rows = []
    for year in (2021, 2022, 2023):
        for month in range(1, 13 if year < 2023 else 12):
            for n, chapter in enumerate(CHAPTERS):
                growth = 0.5 if chapter == "85" else 2.0
                value = 1_000_000.0 * (n + 1) * growth ** (year - 2021)
                for direction, share in (("export", 1.0), ("import", 0.5)):
                    rows.append(("FRA", "BRA", direction, chapter, date(year, month, 1),
                                 month_end(year, month), value * share))  # fmt: skip
    names = ["reporter", "partner", "direction", "product", "period_start", "period_end", "value"]
    return pl.DataFrame(rows, schema=names, orient="row")


@pytest.fixture(scope="module")
def detailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder: Path = tmp_path_factory.mktemp("detailed")
    figures().write_parquet(folder / "trade.parquet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACCORD_HOME", str(folder))
        load("flows", Request(files=(folder / "trade.parquet",), published=date(2024, 1, 15)))
        with open_record() as record:
            yield record


def test_years_are_sums_of_their_months_and_incomplete_ones_are_left_out(detailed: Record) -> None:
    brief = build_brief("FRA", "BRA", record=detailed, today=date(2024, 6, 1))
    assert brief.period == "2022"
    rows = {row[0].text: row for row in brief.table("years").rows}
    assert set(rows) == {"2021", "2022"}
    assert rows["2021"][1].value == pytest.approx(12 * 6e6 * 1.5)
    assert rows["2022"][1].value == pytest.approx(12 * (2e6 + 4e6 + 1.5e6) * 1.5)
    assert rows["2022"][2].value == pytest.approx(25.0)


def test_sums_can_be_replayed(detailed: Record) -> None:
    brief = build_brief("FRA", "BRA", record=detailed, today=date(2024, 6, 1))
    summed = [e for e in brief.evidence if e.row.startswith("sum:") and " " not in e.row]
    assert summed
    for item in summed[:5]:
        assert item.query is not None
        assert "sum of" in item.summary
        if item.unit == "USD" and item.arithmetic is None:
            (found,) = detailed.sql(item.query).to_pydict().values()
            assert found == [pytest.approx(item.value)]


def test_chapters_against_the_trend_and_their_contribution(detailed: Record) -> None:
    brief = build_brief("FRA", "BRA", record=detailed, today=date(2024, 6, 1))
    table = brief.table("products")
    fallen = [row for row in table.rows if row[0].text == "85"]
    assert fallen
    assert all(row[5].mark == "against" for row in fallen)
    points = {row[0].text: row[7].value for row in table.rows if row[2].text == "exports"}
    assert sum(filter(None, points.values())) == pytest.approx(25.0)
    assert brief.table("structure").rows


def test_a_brief_of_an_earlier_day_does_not_know_them(detailed: Record) -> None:
    brief = build_brief("FRA", "BRA", record=detailed, as_of=date(2023, 12, 31))
    assert brief.period is None


@pytest.mark.parametrize(("unit", "rows"), [(Unit.YEAR, 2), (Unit.MONTH, 35)])
def test_panel_adds_up_too(detailed: Record, unit: Unit, rows: int) -> None:
    asked = PanelRequest(("FRA-BRA",), date(2021, 1, 1), date(2023, 12, 31), unit, ("trade",),
                         directed=False)  # fmt: skip
    frame = build_panel(asked, detailed).frame
    known = frame.drop_nulls("turnover_usd")
    assert known.height == rows
    first = known.sort("period_start")["turnover_usd"][0]
    assert first == pytest.approx((12 if unit is Unit.YEAR else 1) * 6e6 * 1.5)
    assert known["reports"].eq(1).all()
    assert Period.of_year(2023).start not in set(known["period_start"]) or unit is Unit.MONTH
