"""What a brief says: figures with their source, nothing later than its day, gaps named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from accord.errors import BriefError
from accord.model.brief import Brief, Cell
from accord.model.period import Period

BriefOf = Callable[..., Brief]


def cells(brief: Brief) -> Iterator[Cell]:
    for section in brief.sections:
        for table in section.tables:
            for row in table.rows:
                yield from row


def test_sections_come_in_the_order_of_reading(russia_china: Brief) -> None:
    names = [section.id for section in russia_china.sections]
    assert names == ["trade", "products", "structure", "timeline", "said"]


def test_answer_line_of_the_latest_year(russia_china: Brief) -> None:
    # China Customs, 10 March 2026: 2025 at 228.1 bn, −6.9 %; January–February 2026 39.04 bn.
    text = russia_china.answer.text
    assert "In 2025 Russia and China traded goods worth $228.1 bn by China's figures" in text
    assert "6.9 % less than a year before" in text
    assert "January–February 2026, $39.04 bn, 12 % more" in text


def test_every_number_is_linked_to_evidence_that_exists(russia_china: Brief) -> None:
    known = {f"e{n}" for n in range(1, len(russia_china.evidence) + 1)}
    segments = [
        segment
        for section in russia_china.sections
        for sentence in section.sentences
        for segment in sentence.segments
    ]
    linked = [x.evidence for x in (*segments, *russia_china.answer.segments, *cells(russia_china))]
    assert {number for number in linked if number} <= known
    for cell in cells(russia_china):
        if cell.value is not None and cell.text[:1] in "$+−":
            assert cell.evidence, cell
    assert all(item.row or item.arithmetic for item in russia_china.evidence)


def test_evidence_can_be_replayed(russia_china: Brief, record: object) -> None:
    cited = [item for item in russia_china.evidence if item.query and ";" not in item.query]
    assert len(cited) > 50
    for item in cited[::7]:
        assert record.sql(item.query).num_rows >= 1, item.query  # type: ignore[attr-defined]


def test_yearly_figures_are_those_published(russia_china: Brief) -> None:
    rows = {row[0].text: row for row in russia_china.table("years").rows}
    headings = [heading.title for heading in russia_china.table("years").headings]
    china, russia = headings.index("China's report"), headings.index("Russia's report")
    assert rows["2018"][china].value == pytest.approx(107.06e9, abs=0.005e9)
    assert rows["2018"][russia].value == pytest.approx(108.3e9, abs=0.05e9)
    gap = rows["2018"][headings.index("gap")].value
    assert gap == pytest.approx(100 * (107.06 - 108.3) / 107.68, abs=0.1)


def test_brief_of_a_past_day_knows_nothing_later(brief_of: BriefOf) -> None:
    day = date(2021, 3, 26)
    brief = brief_of(as_of=day)
    assert brief.period == "2020"
    assert brief.as_of == "2021-03-26"
    assert all(r.published_on is not None and r.published_on <= day for r in brief.releases)
    for item in brief.evidence:
        if item.row.startswith("flows:"):
            assert item.published_on is not None
            assert item.published_on <= "2021-03-26"
    dates = [row[0].text for row in brief.table("events").rows]
    assert max(dates) <= "2021-03-26"
    treaty = next(r for r in brief.table("agreements").rows if r[2].text == "2001-07-16")
    assert treaty[4].text == "2022-02-28"  # before its extension in June 2021
    assert "2021" not in treaty[5].text
    assert any("bears no date" in notice for notice in brief.notices)


def test_extended_treaty_shows_its_new_end(russia_china: Brief) -> None:
    rows = russia_china.table("agreements").rows
    treaty = next(row for row in rows if row[2].text == "2001-07-16")
    assert treaty[3].text == "2002-02-28"
    assert treaty[4].text == "2027-02-28"
    assert treaty[5].text.startswith("in force")


def test_shared_memberships_are_those_of_both(russia_china: Brief) -> None:
    blocs = {row[0].text for row in russia_china.table("memberships").rows}
    assert "BRICS" in blocs
    assert not {b for b in blocs if "Eurasian" in b}


def test_a_period_that_is_not_covered_names_the_nearest(brief_of: BriefOf) -> None:
    brief = brief_of(period=Period.parse("2021-03"))
    assert "no turnover of Russia and China in March 2021" in brief.answer.text
    assert "nearest period that it covers is" in brief.answer.text
    assert any("turnover in March 2021" in gap.what for gap in brief.gaps)


def test_january_and_february_2021(brief_of: BriefOf) -> None:
    brief = brief_of(period=Period.parse("2021-01-01/2021-02-28"))
    assert "more than $18" in brief.answer.text
    assert "8.5 % more than a year before" in brief.answer.text


def test_against_the_trend(brief_of: BriefOf) -> None:
    # January–September 2020: agricultural trade up 9 %, all goods down 2 %.
    brief = brief_of(period=Period.parse("2020"))
    marked = [
        (row[0].text, cell.text)
        for row in brief.table("products").rows
        for cell in row
        if cell.mark == "against"
    ]
    assert ("agricultural products", "+9 %") in marked
    assert any(
        "Against the trend" in sentence.text for sentence in brief.section("products").sentences
    )


def test_the_other_side_can_lead(brief_of: BriefOf) -> None:
    brief = brief_of(period=Period.of_year(2018), reporter="RUS")
    assert "$108.3 bn by Russia's figures" in brief.answer.text
    with pytest.raises(BriefError, match="BRF006"):
        brief_of(reporter="IND")


def test_swapping_changes_order_and_not_figures(brief_of: BriefOf, russia_china: Brief) -> None:
    swapped = brief_of("CHN", "RUS")
    assert (swapped.source, swapped.target) == ("CHN", "RUS")
    assert swapped.answer.text.replace("China and Russia", "Russia and China") == (
        russia_china.answer.text
    )
    assert {c.value for c in cells(swapped)} == {c.value for c in cells(russia_china)}


def test_a_pair_without_data_says_what_is_missing(brief_of: BriefOf) -> None:
    brief = brief_of("FRA", "BRA")
    assert brief.answer.text.startswith("The record holds no turnover of France and Brazil")
    assert len(brief.gaps) >= 5
    assert all(gap.source for gap in brief.gaps)
    assert any("with: China" in notice for notice in brief.notices)
    assert brief.period is None


@pytest.mark.parametrize(
    ("source", "target", "options", "code", "words"),
    [
        ("Rusia", "CHN", {}, "BRF001", "Russia (RUS)"),
        ("RUS", "Atlantis", {}, "BRF001", "Atlantis"),
        ("RUS", "Russia", {}, "BRF002", "Russia"),
        ("SUN", "CHN", {"period": Period.of_year(2021)}, "BRF003", "Russia (RUS)"),
        ("RUS", "CHN", {"as_of": date(1985, 1, 1)}, "BRF003", "Soviet Union (SUN)"),
    ],
)
def test_impossible_pairs_are_refused_with_a_way_out(
    brief_of: BriefOf, source: str, target: str, options: dict[str, object], code: str, words: str
) -> None:
    with pytest.raises(BriefError) as caught:
        brief_of(source, target, **options)
    assert caught.value.code == code
    assert words in caught.value.message


def test_names_work_as_well_as_codes(brief_of: BriefOf) -> None:
    brief = brief_of("Belarus", "China")
    assert (brief.source, brief.target) == ("BLR", "CHN")
    assert brief.title == "Belarus and China"


def test_agreements_on_linking_two_blocs_are_theirs(brief_of: BriefOf) -> None:
    brief = brief_of("EAEU", "BRI")
    timeline = next(section for section in brief.sections if section.id == "timeline")
    rows = next(table for table in timeline.tables if table.id == "agreements").rows
    signed = {row[2].text: row[0].text for row in rows}
    assert {"2015-05-08", "2018-05-17"} <= set(signed)
    assert "(on BRI and EAEU)" in signed["2015-05-08"]
    assert "2 agreements of others" in timeline.sentences[0].text


def test_a_bloc_that_one_belongs_to_is_no_subject_between_them(brief_of: BriefOf) -> None:
    brief = brief_of("RUS", "EAEU")
    assert "2015-05-08" not in {cell.text for cell in cells(brief)}
