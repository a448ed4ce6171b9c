"""A record of its own for each test that asks for one."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accord.record import Record, fetching, open_record

sys.path.insert(0, str(Path(__file__).parent))
from service import Answer, Asked, Service


@pytest.fixture
def empty_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An ``ACCORD_HOME`` that is not there yet."""
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ACCORD_CATALOG", raising=False)
    return tmp_path / "home"


@pytest.fixture
def home(empty_home: Path, bundled_file: Path) -> Path:
    """An ``ACCORD_HOME`` with a record of the bundled facts."""
    empty_home.mkdir()
    shutil.copyfile(bundled_file, empty_home / "record.duckdb")
    return empty_home


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


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Service]]:
    """Start services on this machine; all are stopped at the end, and nobody waits."""
    monkeypatch.setattr(fetching, "PACE", 0.001)
    running: list[Service] = []

    def start(setting: str, reply: Callable[[Asked, int], Answer]) -> Service:
        service = Service(reply)
        running.append(service)
        monkeypatch.setenv(setting, service.url)
        return service

    yield start
    for service in running:
        service.stop()
