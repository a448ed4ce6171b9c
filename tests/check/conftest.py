"""The bundled record, built once for all tests of checking."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from accord.check import Facts


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Facts]:
    """The facts of the bundled record, in a home of their own."""
    from accord.record import open_record

    home: Path = tmp_path_factory.mktemp("home")
    before = os.environ.get("ACCORD_HOME")
    os.environ["ACCORD_HOME"] = str(home)
    try:
        with open_record() as record:
            yield Facts(record)
    finally:
        if before is None:
            os.environ.pop("ACCORD_HOME", None)
        else:
            os.environ["ACCORD_HOME"] = before
