"""The bundled record, opened once, and briefs made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from accord.brief.build import build_brief
from accord.model.brief import Brief
from accord.record import Record, open_record

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """A record with nothing but the bundled facts."""
    folder: Path = tmp_path_factory.mktemp("record")
    with open_record(folder / "record.duckdb") as opened:
        yield opened


@pytest.fixture(scope="session")
def brief_of(record: Record) -> Callable[..., Brief]:
    """Builds a brief from the bundled record, as if today were 1 June 2026."""

    def build(source: str = "RUS", target: str = "CHN", **options: object) -> Brief:
        return build_brief(source, target, record=record, today=TODAY, **options)  # type: ignore[arg-type]

    return build


@pytest.fixture(scope="session")
def russia_china(brief_of: Callable[..., Brief]) -> Brief:
    """The brief of Russia and China by the latest releases."""
    return brief_of()
