"""Which release was in force on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.model.flow import Direction, Flow, Precision
from accord.model.period import Period
from accord.model.release import Release
from accord.record import Record, agree, as_of, is_later, vintages


def flow(value: float | None, published: date | None, **more: object) -> Flow:
    release = Release(f"r-{published}", "s", "p", published)
    fields: dict[str, object] = {"resolution": 1e7, **more}
    return Flow(
        f"flows:r-{published}/1", "CHN", "RUS", Direction.TOTAL, "all",
        Period.of_year(2022), release, value=value, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


FIRST = flow(190.27e9, date(2023, 1, 13))
FINER = flow(190.271e9, date(2023, 7, 13), resolution=1e6)
COARSE = flow(190e9, date(2024, 8, 7), resolution=1e9)
REVISED = flow(189.5e9, date(2024, 1, 1))


def test_the_newest_known_release_is_in_force() -> None:
    assert as_of([FIRST, REVISED], date(2023, 12, 31)) is FIRST
    assert as_of([FIRST, REVISED], date(2024, 1, 1)) is REVISED
    assert as_of([FIRST, REVISED], None) is REVISED


def test_a_coarser_rounding_is_no_vintage() -> None:
    assert as_of([FIRST, FINER, COARSE], date(2024, 9, 1)) is FINER
    assert as_of([FIRST, COARSE], date(2024, 9, 1)) is FIRST


def test_without_a_release_by_then_the_earliest_later_one_stands() -> None:
    answer = as_of([FIRST, REVISED], date(2022, 12, 31))
    assert answer is FIRST
    assert is_later(FIRST, date(2022, 12, 31))


def test_doubtful_undated_and_empty_rows_are_told_apart() -> None:
    doubtful = flow(1e9, date(2023, 2, 1), doubtful="a reason")
    undated = flow(190.3e9, None)
    seen = vintages([FIRST, doubtful, undated, flow(None, date(2023, 3, 1))], date(2023, 6, 1))
    assert (seen.in_force, seen.earlier, seen.undated) == (FIRST, (), (undated,))


def test_growth_has_its_own_vintages() -> None:
    exact = flow(None, date(2022, 3, 7), growth_pct=38.5, growth_resolution=0.1)
    coarse = flow(26.43e9, date(2022, 3, 31), growth_pct=38.0, growth_resolution=1.0)
    assert as_of([exact, coarse], None, of="growth_pct") is exact
    assert as_of([exact, coarse], None) is coarse


@pytest.mark.parametrize(
    ("precision", "coarse", "fine", "expected"),
    [
        (Precision.FLOOR, 18e9, 18.78e9, True),
        (Precision.FLOOR, 18e9, 19.06e9, False),
        (Precision.FLOOR, 18e9, 17.99e9, False),
        (Precision.CEILING, 6e9, 5.9e9, True),
        (Precision.CEILING, 6e9, 6.1e9, False),
        (Precision.ROUNDED, 42e9, 42.4e9, True),
        (Precision.ROUNDED, 42e9, 42.6e9, False),
    ],
)
def test_marks_decide_what_agrees(
    precision: Precision, coarse: float, fine: float, expected: bool
) -> None:
    row = flow(coarse, date(2021, 4, 9), resolution=1e9, precision=precision)
    assert agree(row, flow(fine, date(2022, 1, 1))) is expected


@given(st.lists(st.dates(date(2020, 1, 1), date(2024, 1, 1)), min_size=1), st.dates())
def test_every_release_is_in_one_place(days: list[date], day: date) -> None:
    flows = [flow(1e10 + 1e8 * i, published) for i, published in enumerate(days)]
    seen = vintages(flows, day)
    count = len(seen.earlier) + len(seen.later) + (seen.in_force is not None)
    assert count == len(flows)
    assert all(not is_later(f, day) for f in seen.earlier)
    assert all(is_later(f, day) for f in seen.later)
    assert seen.best is not None


def test_a_row_is_found_again_by_its_query(bundled: Record) -> None:
    for found in bundled.flows(products=["LNG"]):
        table = bundled.sql(bundled.query_for(found.row))
        assert table["value"].to_pylist() == [found.value]
    treaty = bundled.agreements(["CHN", "RUS"])[0]
    assert bundled.sql(bundled.query_for(treaty.sources[0].row)).num_rows == 1
