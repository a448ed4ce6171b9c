"""Mirrors, months and totals, fiscal years, currencies, revisions, additivity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import write

from accord.errors import RecordError
from accord.model.money import Money
from accord.model.period import Period
from accord.record import Request, load, open_record
from accord.record import reconciliation as rec

MONTH_ENDS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@given(st.lists(st.floats(0, 1e12), min_size=1, max_size=12))
def test_months_and_sums_go_both_ways(values: list[float]) -> None:
    months = dict(enumerate(values, start=1))
    there = rec.months_to_cumulative(months)
    assert rec.cumulative_to_months(there) == pytest.approx(months, abs=1)


def test_january_february_stays_one() -> None:
    assert rec.cumulative_to_months({2: 18.78, 3: 29.26}) == pytest.approx({2: 18.78, 3: 10.48})


def test_a_gap_is_not_bridged() -> None:
    with pytest.raises(ValueError, match="month 3"):
        rec.cumulative_to_months({2: 1.0, 4: 2.0})
    with pytest.raises(ValueError, match="month 3"):
        rec.months_to_cumulative({2: 1.0, 4: 2.0})


def test_fiscal_years() -> None:
    months = {Period.of_month(2021 + (m > 12), (m - 1) % 12 + 1): float(m) for m in range(1, 16)}
    assert rec.fiscal_year(months, "IND", 2021) == sum(range(4, 16))
    del months[Period.of_month(2021, 7)]
    assert rec.fiscal_year(months, "IND", 2021) is None
    with pytest.raises(ValueError, match="whole months"):
        rec.fiscal_year(months, "IRN", 2021)


def test_parts_and_whole() -> None:
    year = Period.of_year(2021)
    assert rec.add_up([{year: 60.0}, {year: 40.0}], {year: 100.4}, tolerance=0.01) == []
    found = rec.add_up([{year: 60.0}, {year: 40.0}], {year: 110.0}, tolerance=0.01)
    assert [(f.parts, f.whole) for f in found] == [(100.0, 110.0)]
    assert rec.add_up([{}, {year: 40.0}], {year: 110.0}, tolerance=0.01) == []


def two_sides(path: Path) -> Path:
    rows = []
    for reporter, partner, direction, value in [
        ("CHN", "RUS", "export", 100), ("RUS", "CHN", "import", 106),
        ("RUS", "CHN", "export", 200), ("CHN", "RUS", "import", 300),
        ("CHN", "USA", "export", 500), ("USA", "CHN", "import", 530),
        ("RUS", "USA", "export", 50), ("USA", "RUS", "import", 95),
    ]:  # fmt: skip
        rows.append((reporter, partner, direction, "all", "2010-01-01", "2010-12-31", value))
    return write(path, rows)


def test_mirror_statistics_side_by_side(home: Path, tmp_path: Path) -> None:
    load("flows", Request(files=(two_sides(tmp_path / "a.csv"),), published=date(2011, 6, 1)))
    year = Period.of_year(2010)
    with open_record() as record:
        pair = rec.mirror(record, "CHN", "RUS", year)
        assert pair is not None
        assert (pair.export.value, pair.mirror.value, pair.gap) == (100, 106, 6)
        assert pair.margin_pct == pytest.approx(6)
        assert pair.within_margin
        other = rec.mirror(record, "RUS", "CHN", year)
        assert other is not None
        assert not other.within_margin
        assert rec.mirror(record, "CHN", "BRA", year) is None
        ranked = rec.consistency(record, year)
        assert ranked[-1][0] == "RUS"
        assert {code: count for code, _, count in ranked} == {"CHN": 3, "RUS": 3, "USA": 2}


def test_currencies_are_converted_at_documented_rates(home: Path, tmp_path: Path) -> None:
    lines = ["currency,period,rate"]
    lines += [f"CNY,2021-{m:02d},6.{40 + m}" for m in range(1, 13)]
    lines += ["CNY,2020,6.9", "RUB,2020,72", "EUR,2020,0.875"]
    file = tmp_path / "rates.csv"
    file.write_text("\n".join(lines) + "\n")
    load("rates", Request(files=(file,), published=date(2022, 1, 5)))
    year = Period.of_year(2020)
    with open_record() as record:
        assert len(record.rates("CNY")) == 13
        done = rec.convert(record, Money(690.0, "CNY"), "USD", year)
        assert done.amount == Money(pytest.approx(100.0), "USD")
        assert done.rate.release.startswith("rates-2022-01-05")
        assert rec.convert(record, Money(72.0, "RUB"), "EUR", year).amount.amount == pytest.approx(0.875)  # fmt: skip  # noqa: E501
        assert rec.convert(record, Money(5.0, "USD"), "USD", year).amount.amount == 5.0
        mean = rec.find_rate(record, "CNY", Period.of_year(2021)).rate
        expected = sum((6.4 + m / 100) * MONTH_ENDS[m - 1] for m in range(1, 13)) / 365
        assert mean == pytest.approx(expected)
        with pytest.raises(RecordError, match="REC030"):
            rec.convert(record, Money(1.0, "INR"), "USD", year)


def test_a_revised_rate_replaces_the_first(home: Path, tmp_path: Path) -> None:
    for day, rate in ((1, 6.4), (2, 6.5)):
        file = tmp_path / f"{day}.csv"
        file.write_text(f"currency,period,rate\nCNY,2021,{rate}\n")
        load("rates", Request(files=(file,), published=date(2022, 1, day)))
    with open_record() as record:
        assert [rate.rate for rate in record.rates("CNY")] == [6.5]


def test_revisions_are_converted_with_stated_loss(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "hs.csv"
    file.write_text(
        "source_revision,source_product,target_revision,target_product,share\n"
        "HS17,010121,HS12,010121,\nHS17,020110,HS12,020110,0.75\nHS17,020110,HS12,020120,0.25\n"
        "HS17,030111,HS12,030111,\nHS17,030111,HS12,030119,\n"
    )
    load("hs_concordance", Request(files=(file,)))
    with open_record() as record:
        values = {"010121": 60.0, "020110": 20.0, "030111": 20.0}
        found, split = rec.to_revision(record, values, "HS17", "HS12")
        assert found == {"010121": 60, "020110": 15, "020120": 5, "030111": 10, "030119": 10}
        assert sum(found.values()) == pytest.approx(sum(values.values()))
        assert split == pytest.approx(0.4)
        with pytest.raises(RecordError, match="REC031"):
            rec.to_revision(record, {"999999": 1.0}, "HS17", "HS12")
