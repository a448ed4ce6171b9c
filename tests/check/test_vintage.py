"""Which release counted when a document appeared."""

from __future__ import annotations

from datetime import date

from accord.check.vintage import level_figures, vintages
from accord.model.flow import Direction, Flow, Precision
from accord.model.period import Period
from accord.model.release import Release


def flow(value: float, day: str | None, resolution: float = 0.01e9, **fields: object) -> Flow:
    published = date.fromisoformat(day) if day else None
    release = Release(f"r{day}{value}", "s", "Customs", published)
    return Flow(
        f"flows:{day}/{value}", "CHN", "RUS", Direction.TOTAL, "all", Period.of_year(2022),
        release, value, resolution=resolution, **fields,
    )  # type: ignore[arg-type]  # fmt: skip


def primary(as_of: str | None, *flows: Flow) -> tuple[float | None, bool]:
    seen = vintages(level_figures(flows), date.fromisoformat(as_of) if as_of else None)
    return (seen.primary.value if seen.primary else None), seen.later


OLD, NEW = flow(190.27e9, "2023-01-13"), flow(191.5e9, "2023-07-13")


def test_the_newest_known_release_is_in_force() -> None:
    assert primary("2023-02-01", OLD, NEW) == (190.27e9, False)
    assert primary("2023-07-13", OLD, NEW) == (191.5e9, False)
    assert primary(None, OLD, NEW) == (191.5e9, False)


def test_if_all_are_younger_the_earliest_stands_in() -> None:
    assert primary("2022-12-31", OLD, NEW) == (190.27e9, True)


def test_a_coarser_rounding_is_not_another_vintage() -> None:
    rounded = flow(190e9, "2024-08-07", 1e9)
    assert primary("2025-01-01", OLD, rounded) == (190.27e9, False)


def test_undated_rows_are_kept_apart_and_doubtful_ones_ground_nothing() -> None:
    undated = flow(190.3e9, None)
    seen = vintages(level_figures([undated, flow(1e9, "2023-01-01", doubtful="swapped")]), None)
    assert seen.primary is None
    assert [f.value for f in seen.undated] == [190.3e9]


def test_what_was_retrieved_counts_from_that_day() -> None:
    from dataclasses import replace

    bare = flow(190.3e9, None)
    fetched = replace(bare, release=replace(bare.release, retrieved_on=date(2024, 5, 2)))
    assert primary("2024-05-02", fetched) == (190.3e9, False)
    assert primary("2023-01-01", fetched) == (190.3e9, True)
    assert fetched.release.dated == "retrieved 2024-05-02"


def test_own_offices_go_before_compilations_unless_the_text_names_one() -> None:
    from dataclasses import replace

    compiled = flow(188e9, "2023-06-01")
    compiled = replace(
        compiled, release=replace(compiled.release, publisher="United Nations (UN Comtrade)")
    )
    own = replace(OLD, release=replace(OLD.release, reporter="CHN"))
    figures = level_figures([own, compiled])
    seen = vintages(figures, None)
    assert seen.primary is not None
    assert seen.primary.value == 190.27e9
    assert [f.value for f in seen.others] == [188e9]
    named = vintages(figures, None, institution="UN")
    assert named.primary is not None
    assert named.primary.value == 188e9
    assert vintages(figures, None, institution="World Bank").primary is None


def test_a_bound_that_holds_the_figure_is_not_another_vintage() -> None:
    floor = flow(190e9, "2023-03-01", 1e9, precision=Precision.FLOOR)
    assert primary("2023-04-01", OLD, floor)[0] == 190.27e9
    other = flow(192e9, "2023-03-01", 1e9, precision=Precision.FLOOR)
    assert primary("2023-04-01", OLD, other)[0] == 192e9
