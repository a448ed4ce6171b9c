"""“What if”: only from a loaded panel that holds both, computed when asked for, then kept."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from accord.brief.build import build_brief
from accord.brief.parties import resolve_parties
from accord.brief.scenario import compute_scenario, kept_state
from accord.errors import BriefError
from accord.record import Record, open_record

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
PANEL = SHARED / "gold" / "gravity" / "agtpa_applications.parquet"
ADD = "import sys; from accord.cli.main import run; run(sys.argv[1:])"
TODAY = date(2026, 6, 1)
PAIR = resolve_parties("CHN", "USA")


@pytest.fixture(scope="module")
def with_panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record into which the panel of a published guide is loaded."""
    if not PANEL.exists():
        pytest.skip(f"{PANEL} is not here")
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACCORD_HOME", str(home))
        subprocess.run(
            [sys.executable, "-c", ADD, "record", "add", "agtpa", str(PANEL)],
            check=True, capture_output=True,
        )  # fmt: skip
        with open_record() as record:
            yield record


def test_without_a_panel_there_is_no_such_section(record: Record) -> None:
    brief = build_brief("CHN", "USA", record=record, today=TODAY)
    assert "scenario" not in [section.id for section in brief.sections]
    with pytest.raises(BriefError, match="BRF010"):
        compute_scenario(PAIR, record)


def test_a_pair_that_the_panel_lacks_has_no_such_section(with_panel: Record) -> None:
    brief = build_brief("RUS", "CHN", record=with_panel, today=TODAY)
    assert "scenario" not in [section.id for section in brief.sections]


def test_a_brief_of_a_day_before_the_panel_came_has_no_such_section(with_panel: Record) -> None:
    brief = build_brief("CHN", "USA", record=with_panel, as_of=date(2020, 1, 1))
    assert "scenario" not in [section.id for section in brief.sections]


def test_a_panel_that_is_too_large_for_a_page_is_refused(with_panel: Record) -> None:
    with pytest.raises(BriefError, match="BRF011"):
        compute_scenario(PAIR, with_panel, most_rows=1000)


def test_it_is_computed_when_asked_for_and_kept(with_panel: Record) -> None:
    before = build_brief("CHN", "USA", record=with_panel, today=TODAY).section("scenario")
    assert not before.tables
    assert "--what-if" in str(before.gaps[0].source)
    state = kept_state()
    scenario = compute_scenario(PAIR, with_panel)
    assert kept_state() != state
    brief = build_brief("USA", "CHN", record=with_panel, today=TODAY)
    section = brief.section("scenario")
    said = " ".join(sentence.text for sentence in section.sentences)
    assert "95 % interval" in said
    assert "leaves out" in said
    rows = section.tables[0].rows
    assert {rows[0][0].text, rows[1][0].text} == {"China", "United States"}
    for effect in scenario.effects:
        assert effect.low <= effect.income <= effect.high
    cited = rows[0][1].evidence
    assert cited is not None
    assert brief.evidence[int(cited[1:]) - 1].row.startswith("panel:agtpa")
