"""Stories and monthly series: each act once, both directions, base rates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accord.events.series import join_recorded, monthly_series, stories_behind
from accord.events.stories import Report, as_fact, group_stories, overlap, read_report


def report(
    document: str,
    source: str = "NOR",
    target: str = "MDA",
    *,
    root: str = "AID",
    day: str | None = "2022-05-31",
    quote: str = "Norway donated forty generators to Moldova",
    place: str | None = None,
    intensity: float = 7.0,
) -> Report:
    return Report(document, source, target, root, day, place, quote, intensity, 0.9)


def test_reports_of_one_act_are_one_story_with_its_sources() -> None:
    later = report("b", day="2022-06-01", quote="Norway donated generators to Moldova, it said")
    (story,) = group_stories([report("a"), later])
    assert story.sources == 2
    assert story.date == "2022-05-31"
    assert [r.document for r in story.reports] == ["a", "b"]


def test_other_acts_stay_apart() -> None:
    apart = [
        report("a"),
        report("b", day="2022-07-31"),
        report("c", target="UKR"),
        report("d", root="SUPPORT"),
        report("e", quote="Oslo paid for the roof of a school in Chisinau"),
        report("f", "MDA", "NOR"),
    ]
    assert len(group_stories(apart)) == len(apart)


def test_places_in_conflict_keep_reports_apart() -> None:
    assert len(group_stories([report("a", place="Bergen"), report("b", place="Oslo")])) == 2


def test_a_month_compares_both_directions() -> None:
    stories = group_stories(
        [
            report("a"),
            report("b", quote="Norway paid for school roofs there"),
            report("c", "MDA", "NOR", root="ACCUSE", quote="it blamed Oslo", intensity=-2.0),
            report("d", "MDA", "NOR", day="2022-08-02", quote="thanks were sent northwards"),
        ]
    )
    rows = {(r.month, r.source): r for r in monthly_series(stories)}
    own, back = rows["2022-05", "NOR"], rows["2022-05", "MDA"]
    assert (own.count, own.cooperation, own.conflict) == (2, 2, 0)
    assert own.share == round(2 / 3, 4)
    assert own.lift == round((2 / 3) / (2 / 4), 3)
    assert own.reciprocity == back.reciprocity == round(2 * 1 / 3, 3)
    assert own.asymmetry == 9.0
    assert back.asymmetry == -9.0
    assert rows["2022-08", "MDA"].asymmetry is None
    assert [s.reports[0].document for s in stories_behind(own, stories)] == ["a", "b"]


def test_the_record_stands_beside_the_stories() -> None:
    stories = group_stories([report("a")])
    row = {"id": "1", "date": "2022-05-12", "actors": ["NOR"], "targets": ["MDA"]}
    other = row | {"date": "2021-05-12"}
    joined = join_recorded([row, other], stories)
    assert [a.stories for a in joined] == [("s1",), ()]


def test_a_story_can_stand_for_a_row_of_the_record() -> None:
    (story,) = group_stories([report("a"), report("b")])
    fact = as_fact(story)
    assert (fact.actors, fact.targets, fact.date) == (("NOR",), ("MDA",), "2022-05-31")
    assert fact.what.startswith("AID: Norway donated")
    assert fact.source.row == "stories:s1"


def test_events_without_polities_are_no_reports() -> None:
    event = {"source": {"code": None}, "target": {"code": "NOR"}, "root": "AID"}
    assert read_report("a", event) is None


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=12))
def test_no_report_is_lost_or_doubled(documents: list[str]) -> None:
    reports = [report(d, day=f"2022-05-{i + 1:02d}") for i, d in enumerate(documents)]
    stories = group_stories(reports)
    assert sum(len(s.reports) for s in stories) == len(reports)
    assert sum(r.reports for r in monthly_series(stories)) == len(reports)


@given(st.text(max_size=40), st.text(max_size=40))
def test_overlap_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert 0 <= overlap(one, other) <= 1
    assert overlap(one, one) == 1
