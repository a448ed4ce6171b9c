"""``accord check`` over folders, feeds and lines: one line each, kept whole, taken up again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from accord.cli.main import run

TRUE = "Trade between China and Russia amounted to $190.27 billion in 2022."
FALSE = "Trade between China and Russia amounted to $290.27 billion in 2022."
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>
<item><guid>n1</guid><title>Up</title><pubDate>Fri, 10 Feb 2023 10:00:00 GMT</pubDate>
<description>{TRUE}</description></item>
<item><guid>n2</guid><title>Roses</title><description>Roses are red.</description></item>
</channel></rss>"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def accord(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Any:
    monkeypatch.setenv("ACCORD_HOME", str(home))

    def call(*arguments: object) -> tuple[int, list[dict[str, Any]], str]:
        from accord.cli.judging import open_facts

        with pytest.raises(SystemExit) as ended:
            run([str(a) for a in arguments])
        open_facts.cache_clear()
        out, err = capsysbinary.readouterr()
        lines = [json.loads(line) for line in out.splitlines()]
        return int(ended.value.code or 0), lines, err.decode()

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    below = tmp_path / "news" / "deeper"
    below.mkdir(parents=True)
    (tmp_path / "news" / "a.txt").write_text(TRUE)
    (tmp_path / "news" / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    (below / "c.md").write_text(FALSE)
    return tmp_path / "news"


def outcomes(line: dict[str, Any]) -> list[str]:
    return [s["verdict"]["outcome"] for s in line["statements"]]


def test_a_folder_gives_a_line_for_each_file(accord: Any, folder: Path) -> None:
    code, lines, err = accord("check", folder, "--published", "2023-02-10", "--workers", 0)
    assert code == 1  # one of them is broken
    assert [Path(line["id"]).name for line in lines] == ["a.txt", "b.pdf", "c.md"]
    assert outcomes(lines[0]) == ["supported"]
    assert lines[0]["document"]["text"] == TRUE
    assert lines[1]["error"]["code"] == "READ008"
    assert outcomes(lines[2]) == ["contradicted"]
    assert "1 of 3" in err


@pytest.mark.parametrize("option", [(), ("--feed",)])
def test_a_feed_gives_a_line_for_each_entry(
    accord: Any, tmp_path: Path, option: tuple[str, ...]
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(FEED)
    code, lines, _ = accord("check", *option, feed, "--workers", 0)
    assert code == 0
    assert [line["id"] for line in lines] == ["n1", "n2"]
    assert outcomes(lines[0]) == ["supported"]
    assert not lines[1]["statements"]


def test_a_feed_is_no_document(accord: Any, tmp_path: Path) -> None:
    feed, text = tmp_path / "feed.xml", tmp_path / "a.txt"
    feed.write_text(FEED)
    text.write_text(TRUE)
    code, lines, _ = accord("check", feed, text)
    assert code == 1
    assert lines[0]["error"]["code"] == "READ050"
    assert "--feed" in lines[0]["error"]["hint"]


def test_lines_by_their_name(accord: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": 7, "text": TRUE, "published": "2023-02-10"}) + "\n")
    code, lines, _ = accord("check", path, "--workers", 0, "--fail-on", "supported")
    assert code == 3
    assert [line["id"] for line in lines] == [7]
    assert outcomes(lines[0]) == ["supported"]


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_output_to_a_file(accord: Any, folder: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    code, lines, _ = accord("check", folder, "-o", out, "--workers", 0)
    assert (code, lines) == (1, [])
    if suffix == ".parquet":
        frame = pl.read_parquet(out)
        assert frame["statement_count"].to_list() == [1, None, 1]
        assert frame["error_code"].to_list() == [None, "READ008", None]
    else:
        assert len(out.read_text().splitlines()) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["news", out.name]


def test_an_unfinished_run_is_taken_up_with_the_same_options(
    accord: Any, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    accord("check", folder, "-o", out, "--workers", 0)
    whole = out.read_bytes()
    first = whole.split(b"\n")[0] + b"\n"
    torn = first + b'{"id": "torn'
    # as a killed run leaves it: one line noted, the next torn
    part, journal = out.with_name("out.jsonl.part"), out.with_name("out.jsonl.journal")
    killed = run_once(accord, folder, out)
    out.unlink(missing_ok=True)
    part.write_bytes(torn)
    journal.write_bytes(killed + f"1 {len(first)}\n".encode())
    assert accord("check", folder, "-o", out, "--workers", 0)[2].startswith("error READ046")
    other = accord("check", folder, "-o", out, "--resume", "--as-of", "2024-01-01")[2]
    assert other.startswith("error READ045")
    code, _, _ = accord("check", folder, "-o", out, "--workers", 0, "--resume")
    assert code == 1
    assert out.read_bytes() == whole


def run_once(accord: Any, folder: Path, out: Path) -> bytes:
    """The head of a run's journal, taken while it goes on."""
    from accord.read import journal

    heads: list[bytes] = []
    finish = journal.FileOutput.finish

    def watched(self: journal.FileOutput) -> None:
        heads.append(self._journal.read_bytes().split(b"\n")[0] + b"\n")
        finish(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal.FileOutput, "finish", watched)
        accord("check", folder, "-o", out, "--workers", 0)
    return heads[0]


@pytest.mark.parametrize("options", [["--text"], ["--md"], ["--csv"], ["--plan"], ["--html", "x"]])
def test_many_documents_have_one_form(accord: Any, folder: Path, options: list[str]) -> None:
    code, lines, err = accord("check", folder, *options)
    assert (code, lines) == (1, [])
    assert err.startswith("error ARG004")
