from __future__ import annotations

import subprocess
import sys

import pytest

from accord.cli.main import load_commands, names_a_document


def accord(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from accord.cli.main import run; run()", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command() -> None:
    shown = accord("--help")
    assert shown.returncode == 0
    for name, entry in load_commands().items():
        assert name in shown.stdout
        assert entry["help"] in shown.stdout


def test_help_stays_light() -> None:
    """What help must not pay for: no numeric, tabular or parsing library is imported."""
    probe = (
        "import sys\nfrom accord.cli.main import dispatch\ndispatch(['--help'])\n"
        "heavy = {'numpy', 'duckdb', 'polars', 'pyarrow', 'pydantic', 'typer', 'rich', 'httpx'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert shown.stderr.strip() == "[]"


def test_a_mistyped_command_is_answered_with_the_likely_one() -> None:
    answer = accord("chekc")
    assert answer.returncode == 1
    assert "Did you mean `accord check`?" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", sorted(load_commands()))
def test_every_command_explains_itself_and_refuses_unknown_options(command: str) -> None:
    assert accord(command, "--help").returncode == 0
    refused = accord(command, "--no-such-option")
    assert refused.returncode == 1
    assert "ARG001" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_first_word_that_is_a_path_or_an_option_means_check() -> None:
    assert names_a_document("-")
    assert names_a_document("--json")
    assert names_a_document("https://example.org/article")
    assert names_a_document(__file__)
    assert not names_a_document("no-such-thing")
