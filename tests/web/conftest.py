"""A client that goes through the guard, and a real server in a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from accord.web.app import create_app
from accord.web.settings import Settings

TEXT = (
    "From January to February of this year, the volume of bilateral trade between China and "
    "Russia reached $18.78 billion, 8.5% more than in the same period last year. Chinese exports "
    "to Russia reached $90 billion in 2018."
)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session", autouse=True)
def _own_home(home: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ACCORD_HOME", str(home))
        yield


@pytest.fixture(scope="session")
def client_with(home: Path) -> Iterator[Callable[..., TestClient]]:
    """Clients of applications with limits of their own."""
    opened: list[TestClient] = []

    def make(**limits: object) -> TestClient:
        settings = Settings(**{"home": home, "checks_per_minute": 10_000, **limits})  # type: ignore[arg-type]
        client = TestClient(
            create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False,
            follow_redirects=False,
        )  # fmt: skip
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()


@pytest.fixture(scope="session")
def client(client_with: Callable[..., TestClient]) -> TestClient:
    return client_with()


@pytest.fixture(scope="session")
def check_id(client: TestClient) -> str:
    """A stored check of a text with an imprecise, a supported and a contradicted statement."""
    answer = client.post("/check.json", json={"text": TEXT, "published": "2021-03-26"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """A real server with short patience, which may fetch from this machine."""
    with running(home, checks_per_minute=10_000, allow_private_addresses=True, body_seconds=2.0,
                 header_seconds=2.0) as address:  # fmt: skip
        yield address


@contextmanager
def running(home: Path, **limits: object) -> Iterator[str]:
    """Serve in a process of its own; gives the address."""
    code = (
        "import sys; from pathlib import Path; from accord.web.serve import bind, serve; "
        "from accord.web.settings import Settings\n"
        "with bind('127.0.0.1', 0) as s:\n"
        "    print(s.getsockname()[1], flush=True)\n"
        f"    serve(s, Settings(home=Path({str(home)!r}), **{limits!r}))\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "ACCORD_HOME": str(home)},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
