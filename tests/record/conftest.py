"""A record of its own for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.record import Record, open_record


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty ``ACCORD_HOME``."""
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ACCORD_CATALOG", raising=False)
    return tmp_path / "home"


@pytest.fixture(scope="session")
def bundled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with the bundled facts alone, built once."""
    path = tmp_path_factory.mktemp("bundled") / "record.duckdb"
    open_record(path).close()
    return path


@pytest.fixture(scope="session")
def bundled(bundled_file: Path) -> Iterator[Record]:
    """That record, open."""
    with open_record(bundled_file) as record:
        yield record
