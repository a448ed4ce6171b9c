"""What a newcomer does after a check: replays it, asks why, looks back, checks a bad pile."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.test_check import EXAMPLE, _at_home, accord, home  # noqa: F401
from tests.read.test_documents import pdf

Accord = Callable[..., Any]


@pytest.fixture
def checked(accord: Accord, tmp_path: Path) -> Path:  # noqa: F811
    place = tmp_path / "check.json"
    place.write_text(accord("check", EXAMPLE, "--json").out, encoding="utf-8")
    return place


def test_a_replay_on_the_same_record_changes_nothing(accord: Accord, checked: Path) -> None:  # noqa: F811
    told = accord("replay", checked, "--text").out
    assert "judged again against the same record: 0 changed" in told
    again = accord("replay", checked, "--json").json()
    assert (again["same_record"], again["changes"]) == (True, [])


def test_a_replay_shows_what_changed(accord: Accord, checked: Path) -> None:  # noqa: F811
    earlier = json.loads(checked.read_text("utf-8"))
    earlier["record_sha256"] = "0" * 64
    earlier["statements"][2]["verdict"]["outcome"] = "contradicted"
    checked.write_text(json.dumps(earlier), encoding="utf-8")
    told = accord("replay", checked, "--text").out
    assert "another state of the record: 1 changed" in told
    assert "contradicted → supported" in told


def test_what_is_no_check_is_a_coded_error(accord: Accord, tmp_path: Path) -> None:  # noqa: F811
    for content in ("", "[]", '{"statements": 5}', "\x00\x01"):
        place = tmp_path / "no.json"
        place.write_text(content, encoding="utf-8")
        for command in (("replay", place), ("explain", place, "1")):
            shown = accord(*command)
            assert (shown.code, "error " in shown.err) == (1, True), (command, content)
            assert "Traceback" not in shown.err


def test_the_plan_has_a_query_for_each_that_is_judged(accord: Accord) -> None:  # noqa: F811
    plan = accord("check", EXAMPLE, "--plan").out.split("\ns")
    first = next(entry for entry in plan if "first country" in entry)
    assert "SELECT * FROM events" in first


def test_hindsight_marks_what_it_changed(accord: Accord, tmp_path: Path) -> None:  # noqa: F811
    place = tmp_path / "half.txt"
    place.write_text(
        "China's imports from Russia were $28.22 billion in the first half of 2020, "
        "Chinese customs said.",
        encoding="utf-8",
    )
    options = (place, "--published", "2020-07-20", "--as-of", "2020-12-31")
    (statement,) = accord("check", *options, "--json").json()["statements"]
    assert statement["verdict"]["outcome"] == "supported"
    assert statement["verdict"]["changed_by_hindsight"] == "imprecise"
    told = accord("check", *options, "--text").out
    assert "was imprecise" in told
    assert "1 outcome changed" in told


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "READ003"),
        ("noise.txt", bytes(range(256)) * 40, "READ004"),
        ("broken.txt", "é".encode() * 40 + b"\xff\xfe", "READ005"),
        ("locked.pdf", pdf("Trade", password="secret"), "READ006"),
        ("scanned.pdf", pdf(None), "READ007"),
        ("large.txt", b"a" * (33 * 2**20), "READ009"),
    ],
)
def test_one_bad_document_among_good_ones(
    accord: Accord,  # noqa: F811
    tmp_path: Path,
    name: str,
    content: bytes,
    code: str,
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    shown = accord("check", EXAMPLE, bad, EXAMPLE)
    lines = [json.loads(line) for line in shown.out.splitlines()]
    assert [line.get("error", {}).get("code") for line in lines] == [None, code, None]
    assert shown.code == 1
    assert "Traceback" not in shown.err


def test_the_doctor_speaks_markdown(accord: Accord) -> None:  # noqa: F811
    told = accord("doctor", "--markdown").out
    assert "| duckdb |" in told
    assert "bundled" in told


def test_nothing_is_written_beside_the_code(accord: Accord) -> None:  # noqa: F811
    import accord as package

    root = Path(package.__file__).parent

    def files() -> set[Path]:
        return {p for p in root.rglob("*") if "__pycache__" not in p.parts}

    before = files()
    assert accord("check", EXAMPLE, "--json").code == 0
    assert files() == before
