"""Panels: rows that existed, missing apart from zero, symmetric facts symmetric."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.brief.codebook import COLUMNS, codebook, write_panel
from accord.brief.panel import PARTS, Panel, PanelRequest, build_panel, parse_dyads
from accord.errors import MeasureError
from accord.measure.panel import StateSystem, Unit
from accord.model.period import Period
from accord.record import Record

SYMMETRIC = ["turnover_usd", "reports", "agreements_in_force", "shared_memberships",
             "co_membership"]  # fmt: skip
CODES = ["RUS", "CHN", "IND", "KAZ", "BLR", "USA", "FRA", "VNM", "KGZ"]


def request(*dyads: str, first: int = 2015, last: int = 2022, **options: object) -> PanelRequest:
    days = date(first, 1, 1), date(last, 12, 31)
    return PanelRequest(dyads, *days, **options)  # type: ignore[arg-type]


@given(
    codes=st.lists(st.sampled_from(CODES), min_size=2, max_size=5, unique=True),
    first=st.integers(1995, 2024),
    length=st.integers(0, 3),
)
@settings(max_examples=15, deadline=None)
def test_symmetric_facts_are_symmetric(
    record: Record, codes: list[str], first: int, length: int
) -> None:
    asked = request(*codes, first=first, last=first + length,
                    parts=("trade", "agreements", "memberships", "events"))  # fmt: skip
    frame = build_panel(asked, record).frame
    mirrored = frame.rename({"source": "target", "target": "source"}).select(
        "source", "target", "period_start", *[pl.col(c).alias(f"{c}_back") for c in SYMMETRIC],
        pl.col("events_sent").alias("back_sent"), pl.col("exports_usd").alias("back_exports"),
    )  # fmt: skip
    both = frame.join(mirrored, on=["source", "target", "period_start"], how="left")
    assert both.height == frame.height
    for column in SYMMETRIC:
        assert both[column].equals(both[f"{column}_back"].rename(column), null_equal=True), column
    assert both["events_received"].equals(
        both["back_sent"].rename("events_received"), null_equal=True
    )
    assert both["partner_exports_usd"].equals(
        both["back_exports"].rename("partner_exports_usd"), null_equal=True
    )


def test_published_figures_arrive(record: Record) -> None:
    frame = build_panel(request("RUS-CHN"), record).frame
    row = frame.row(
        by_predicate=(pl.col("source") == "CHN") & (pl.col("period_start") == date(2018, 1, 1)),
        named=True,
    )
    assert row["exports_usd"] == pytest.approx(47.98e9)
    assert row["imports_usd"] == pytest.approx(59.08e9)
    assert row["turnover_usd"] == pytest.approx((107.06e9 + 108.3e9) / 2, rel=1e-3)
    assert row["reports"] == 2


def test_as_of_leaves_later_releases_out(record: Record) -> None:
    then = build_panel(request("RUS-CHN", as_of=date(2021, 3, 26)), record).frame
    assert then.filter(pl.col("period_start") == date(2021, 1, 1))["turnover_usd"].is_null().all()


def test_missing_is_not_zero(record: Record) -> None:
    frame = build_panel(
        request("FRA-BRA", "CHN-FRA", parts=("trade", "agreements", "events")), record
    ).frame
    unknown = frame.filter(pl.col("source") == "BRA")
    assert unknown["turnover_usd"].is_null().all()
    assert unknown["agreements_in_force"].is_null().all()
    assert unknown["reports"].eq(0).all()
    tied = build_panel(request("RUS-USA", parts=("agreements", "events"), first=2020, last=2020),
                       record).frame  # fmt: skip
    assert tied["events_sent"].null_count() == 0  # both act in the record that year


def test_undirected_has_one_row_a_pair(record: Record) -> None:
    asked = request("RUS-CHN", "CHN-RUS", parts=("trade", "events"), directed=False, first=2020,
                    last=2021)  # fmt: skip
    frame = build_panel(asked, record).frame
    assert frame.height == 2
    assert set(frame["source"]) == {"CHN"}
    assert "exports_usd" not in frame.columns
    assert "events" in frame.columns


def test_months(record: Record) -> None:
    asked = request("RUS-CHN", first=2020, last=2020, unit=Unit.MONTH, parts=("trade",))
    frame = build_panel(asked, record).frame
    assert frame.height == 24
    march = frame.filter(pl.col("period_start") == date(2020, 3, 1), pl.col("source") == "CHN")
    assert march["exports_usd"][0] == pytest.approx(3.119e9)


@pytest.mark.parametrize("system", list(StateSystem))
def test_state_systems_and_dates_of_existence(record: Record, system: StateSystem) -> None:
    asked = request("SUN-CHN", "RUS-CHN", first=1990, last=1993, system=system, parts=())
    frame = build_panel(asked, record).frame
    years = {
        code: sorted({d.year for d in frame.filter(pl.col("source") == code)["period_start"]})
        for code in ("SUN", "RUS")
    }
    if years["SUN"]:  # a system may count the Soviet Union under Russia's number
        assert max(years["SUN"]) <= 1991
    assert min(years["RUS"]) >= 1991 - (system is not StateSystem.ISO)
    assert frame.filter(pl.col("source") == "CHN")["source_id"][0] in {"CHN", "710"}


def test_groups_stand_for_their_members() -> None:
    pairs = parse_dyads(["EAEU"], within=Period.of_year(2020))
    assert ("ARM", "BLR") in pairs
    assert len(pairs) == 10
    assert parse_dyads(["Russia", "China"], within=Period.of_year(2020)) == [("CHN", "RUS")]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (request("RUS-XQZ"), "MEA008"),
        (request("RUS-RUS"), "MEA008"),
        (request("RUS"), "MEA008"),
        (request("RUS-CHN", parts=("weather",)), "MEA006"),
        (request("RUS-CHN", first=2022, last=2020), "MEA007"),
        (request("all", most_rows=1000), "MEA011"),
        (request("RUS-CHN", unit=Unit.MONTH, parts=("gdp",)), "MEA012"),
    ],
)
def test_what_cannot_be_built_is_refused(record: Record, asked: PanelRequest, code: str) -> None:
    with pytest.raises(MeasureError) as caught:
        build_panel(asked, record)
    assert caught.value.code == code


@pytest.fixture
def panel(record: Record) -> Panel:
    return build_panel(request("RUS-CHN", parts=tuple(PARTS)), record)


def test_every_column_is_in_the_codebook(panel: Panel) -> None:
    book = codebook(panel)
    assert set(panel.frame.columns) <= set(COLUMNS)
    for column in panel.frame.columns:
        assert f"`{column}`" in book
    assert panel.record_sha256 in book


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_files_carry_codebook_and_citation(panel: Panel, tmp_path: Path, ending: str) -> None:
    path, book = write_panel(panel, tmp_path / f"panel.{ending}")
    assert "Null means not known" in book.read_text(encoding="utf-8")
    if ending == "parquet":
        metadata = pq.read_schema(path).metadata
        assert b"accord.citation" in metadata
        assert pl.read_parquet(path).equals(panel.frame)
    else:
        assert pl.read_csv(path).height == panel.frame.height
    with pytest.raises(MeasureError, match="MEA010"):
        write_panel(panel, tmp_path / "panel.xlsx")
    with pytest.raises(MeasureError, match="MEA013"):
        write_panel(panel, tmp_path / "missing" / f"panel.{ending}")
