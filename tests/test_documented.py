"""What exists is documented: commands, error codes, settings, sources, measures."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools import front_page, reference

from accord.cli.main import load_commands
from accord.errors import catalogue

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "accord"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_generated_pages_are_current() -> None:
    assert reference.main(["--check"]) == 0


def test_the_front_page_shows_what_the_command_prints() -> None:
    text = front_page.README.read_text(encoding="utf-8")
    assert "@@" not in text
    assert "✗ contradicted" in text
    assert len(text.splitlines()) <= 120


def test_a_stale_front_page_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stale = tmp_path / "README.md"
    stale.write_text(
        front_page.README.read_text(encoding="utf-8").replace("57.18 bn", "57.19 bn"),
        encoding="utf-8",
    )
    monkeypatch.setattr(front_page, "README", stale)
    monkeypatch.setattr(reference, "README", stale)
    assert reference.main(["--check"]) == 1


@pytest.mark.parametrize("command", sorted(load_commands()))
def test_every_command_is_documented(command: str) -> None:
    assert f"## accord {command}\n" in page("reference/cli.md")


def test_every_error_code_has_its_place() -> None:
    text = page("reference/errors.md")
    assert [code for code in catalogue() if f"## {code}\n" not in text] == []


def test_every_error_code_in_the_code_is_declared() -> None:
    raised: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        raised |= set(
            re.findall(r'"((?:ARG|READ|REC|CHK|MEA|GRA|EVT|BRF|WEB)\d{3})"', path.read_text())
        )
    assert raised - set(catalogue()) == set()


def test_every_setting_is_documented() -> None:
    text = page("reference/settings.md")
    found: set[str] = set()
    for path in [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.yaml")]:
        found |= set(re.findall(r"\bACCORD_[A-Z][A-Z_]*[A-Z]\b", path.read_text(encoding="utf-8")))
    assert [name for name in sorted(found) if f"`{name}`" not in text] == []


def test_every_source_is_documented() -> None:
    text = page("reference/sources.md")
    sources = sorted(path.stem for path in (SOURCE / "record" / "sources").glob("*.yaml"))
    assert sources
    assert [name for name in sources if f"`{name}`" not in text] == []


def test_every_page_is_reachable() -> None:
    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
    site = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)
    listed: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, str):
            listed.add(node)
        for child in (
            node if isinstance(node, list) else node.values() if isinstance(node, dict) else []
        ):
            walk(child)

    walk(site["nav"])
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert pages - listed - {p for p in pages if p.startswith("adr/")} == set()
    assert {p for p in listed if p.endswith(".md")} - pages == set()


def test_the_front_page_stays_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120
    assert len((ROOT / "ARCHITECTURE.md").read_text().splitlines()) <= 150


def test_no_page_names_a_registry_or_a_machine() -> None:
    forbidden = re.compile(
        r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org|/work/|/root/", re.I
    )
    offending = []
    patterns = (
        "*.md",
        "*.py",
        "*.toml",
        "*.yaml",
        "*.yml",
        "*.txt",
        "Makefile",
        "*.csv",
        "run",
        "services",
    )
    for pattern in patterns:
        for path in ROOT.rglob(pattern):
            parts = path.relative_to(ROOT).parts
            if parts[0] in {".venv", ".git", "site", "node_modules"} or path == Path(__file__):
                continue
            if forbidden.search(path.read_text(encoding="utf-8", errors="ignore")):
                offending.append(path.relative_to(ROOT).as_posix())
    assert offending == []
