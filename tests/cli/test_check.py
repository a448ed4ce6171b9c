"""``accord check`` as people and programs meet it: forms, exit codes, batches, bad input."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from accord.cli.main import run
from accord.model.serial import load_schema

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "article.txt"
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
TRADE = "Trade between China and Russia amounted to $190.27 billion in 2022."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "100")


class Shown:
    """What a command wrote, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def accord(capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: object) -> Shown:
        from accord.cli.judging import open_facts

        with pytest.raises(SystemExit) as ended:
            run([str(a) for a in arguments])
        open_facts.cache_clear()  # a command is a process of its own; here they share one
        out, err = capsys.readouterr()
        return Shown(int(ended.value.code or 0), out, err)

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TRADE, encoding="utf-8")
    return path


def test_json_when_captured_is_valid_and_exact(accord: Any) -> None:
    shown = accord("check", EXAMPLE)
    assert shown.code == 0
    fields = shown.json()
    jsonschema.Draft202012Validator(load_schema()).validate(fields)
    text = fields["document"]["text"]
    assert fields["statements"]
    for statement in fields["statements"]:
        assert statement["quote"] == text[statement["start"] : statement["end"]]


def test_the_keys_come_in_the_order_of_the_contract(accord: Any, article: Path) -> None:
    fields = accord("check", article, "--published", "2023-02-10").json()
    assert list(fields)[:2] == ["schema_version", "document"]
    assert list(fields["statements"][0])[:20] == [
        "id", "quote", "start", "end", "kind", "measure", "reporter", "partner", "commodity",
        "value", "unit", "approx", "change", "period", "attributed_to", "speaker", "date",
        "negated", "hedged", "verdict",
    ]  # fmt: skip
    assert list(fields["statements"][0]["verdict"])[:3] == ["outcome", "reason", "computed"]


def test_a_path_alone_is_a_check(accord: Any, article: Path) -> None:
    assert accord(article).json()["statements"][0]["verdict"]["outcome"] == "supported"


def test_the_example_holds_each_outcome(accord: Any) -> None:
    statements = accord("check", EXAMPLE).json()["statements"]
    outcomes = {s["verdict"]["outcome"] for s in statements}
    assert {"supported", "imprecise", "contradicted", "unverifiable"} <= outcomes


def test_the_table_fits_and_names_publishers(accord: Any) -> None:
    shown = accord("check", EXAMPLE, "--text")
    assert shown.code == 0
    assert max(map(len, shown.out.splitlines())) <= 100
    assert "China Customs" in shown.out
    assert "not understood" in shown.out or "not_understood" not in shown.out
    assert "\x1b" not in shown.out


@pytest.mark.parametrize(("option", "name"), [("--text", "check.txt"), ("--md", "check.md")])
def test_the_forms_of_a_fixed_check(option: str, name: str) -> None:
    """Golden files for the forms; the check itself is fixed, so that only the form is tested."""
    from accord.cli.render_markdown import render_markdown
    from accord.cli.render_table import render_table
    from accord.model.serial import check_from_dict

    check = check_from_dict(json.loads((GOLDEN / "check.json").read_text("utf-8")))
    shown = render_table(check, width=100) if option == "--text" else render_markdown(check)
    assert shown == (GOLDEN / name).read_text("utf-8")


def test_csv_is_one_row_a_statement(accord: Any) -> None:
    shown = accord("check", EXAMPLE, "--csv")
    rows = list(csv.DictReader(io.StringIO(shown.out)))
    assert len(rows) == len(accord("check", EXAMPLE, "--json").json()["statements"])
    assert {row["outcome"] for row in rows} >= {"supported"}


class Page(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_stands_alone(accord: Any, tmp_path: Path) -> None:
    path = tmp_path / "check.html"
    assert accord("check", EXAMPLE, "--html", path).code == 0
    text = path.read_text("utf-8")
    assert len(text.encode()) <= 500_000
    page = Page(text)
    names = [tag for tag, _ in page.tags]
    assert "script" not in names
    assert not [a for tag, a in page.tags if tag in ("link", "img", "iframe") or a.get("src")]
    assert "url(" not in text
    assert dict(page.tags)["html"]["lang"] == "en"
    assert names.count("caption") == names.count("table") > 0
    assert all(a.get("scope") for tag, a in page.tags if tag == "th")
    ids = {a["id"] for _, a in page.tags if a.get("id")}
    local = [a["href"] for tag, a in page.tags if tag == "a" and (a["href"] or "").startswith("#")]
    assert local
    assert {str(href)[1:] for href in local} <= ids
    for word in ("✓ supported", "✗ contradicted", "≈ imprecise", "? unverifiable"):
        assert word in page.words.replace("\xa0", " ")


def test_a_very_long_text_still_makes_a_small_page(accord: Any, tmp_path: Path) -> None:
    path, page = tmp_path / "long.txt", tmp_path / "long.html"
    path.write_text((TRADE + " " + "Nothing else. " * 40) * 400, encoding="utf-8")
    assert accord("check", path, "--published", "2023-02-10", "--html", page).code == 0
    assert page.stat().st_size <= 500_000


HOSTILE = (
    "<script>alert(1)</script> \x1b[31m=cmd|' /C calc'!A0 "
    "Trade between China and Russia amounted to $190.27 billion in 2022. <img src=x onerror=1>"
)


def test_hostile_text_is_inert_in_every_form(accord: Any, tmp_path: Path) -> None:
    path, page = tmp_path / "x.txt", tmp_path / "x.html"
    path.write_text(HOSTILE, encoding="utf-8")
    title = "=HYPERLINK(1)<script>\x1b]0;x\x07"
    options = (path, "--published", "2023-02-10", "--title", title)
    for form in ("--text", "--csv", "--md"):
        shown = accord("check", *options, form)
        assert shown.code == 0
        assert "\x1b" not in shown.out
        assert "\x07" not in shown.out
    assert accord("check", *options, "--html", page).code == 0
    parsed = Page(page.read_text("utf-8"))
    assert not [tag for tag, _ in parsed.tags if tag in ("script", "img")]
    assert "\x1b" not in page.read_text("utf-8")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_is_a_formula(start: str) -> None:
    from accord.cli.render_csv import inert_cell

    cell = inert_cell(f"{start}1+1")
    assert isinstance(cell, str)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert inert_cell(-7.4) == -7.4


def test_a_link_that_is_no_web_address_is_not_followed() -> None:
    from accord.cli.render_words import safe_link
    from accord.model.verdict import Evidence

    bad = Evidence("r", "s", None, None, "javascript:alert(1)")
    assert safe_link(bad) is None
    good = Evidence("r", "s", None, None, "https://example.org/a")
    assert safe_link(good) == "https://example.org/a"


def test_fail_on_ends_with_three(accord: Any, article: Path) -> None:
    options = (article, "--published", "2023-02-10")
    assert accord("check", *options, "--fail-on", "contradicted,imprecise").code == 0
    assert accord("check", *options, "--fail-on", "supported").code == 3
    wrong = accord("check", *options, "--fail-on", "wrong")
    assert wrong.code == 1
    assert "CHK004" in wrong.err


def test_a_plan_shows_queries_and_judges_nothing(accord: Any, article: Path) -> None:
    shown = accord("check", article, "--published", "2023-02-10", "--plan")
    assert "SELECT * FROM trade_vintages" in shown.out
    assert "supported" not in shown.out


def test_hindsight_is_told(accord: Any, article: Path) -> None:
    options = ("--published", "2023-02-10", "--as-of", "2024-01-01", "--text")
    assert "hindsight" in accord("check", article, *options).out


def test_several_documents_are_lines_and_one_bad_one_stops_no_other(
    accord: Any, article: Path, tmp_path: Path
) -> None:
    shown = accord("check", article, tmp_path / "none.txt", article)
    assert shown.code == 1
    lines = [json.loads(line) for line in shown.out.splitlines()]
    assert [("error" in line) for line in lines] == [False, True, False]
    assert lines[1]["error"]["code"] == "READ001"


@pytest.mark.parametrize("workers", [0, 2])
def test_a_batch_gives_one_line_for_each(accord: Any, tmp_path: Path, workers: int) -> None:
    path = tmp_path / "in.jsonl"
    lines = [
        json.dumps({"id": "a", "text": TRADE, "published": "2023-02-10", "other": 1}),
        "",
        "[1, 2]",
        json.dumps({"id": "b", "text": "Roses are red."}),
        json.dumps({"id": "c", "text": 5}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    shown = accord("check", "--jsonl", path, "--workers", workers)
    assert shown.code == 1
    out = [json.loads(line) for line in shown.out.splitlines()]
    assert [line["id"] for line in out] == ["a", None, "b", "c"]
    assert out[0]["statements"][0]["verdict"]["outcome"] == "supported"
    assert out[1]["line"] == 3
    assert out[1]["error"]["code"].startswith("READ")
    assert out[2]["statements"] == []
    assert set(out[3]["error"]) == {"code", "message", "hint"}


def test_a_batch_can_fail_on_an_outcome(accord: Any, tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": 1, "text": TRADE, "published": "2023-02-10"}), "utf-8")
    options = ("--jsonl", path, "--workers", 0, "--fail-on")
    assert accord("check", *options, "contradicted").code == 0
    assert accord("check", *options, "supported").code == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check"], "CHK006"),
        (["check", "nowhere.txt"], "READ001"),
        (["check", "{a}", "--published", "soon"], "READ013"),
        (["check", "{a}", "--published", "2999-01-01"], "READ012"),
        (["check", "{a}", "--as-of", "soon"], "ARG003"),
        (["check", "{a}", "--json", "--csv"], "ARG004"),
        (["check", "{a}", "--colour"], "ARG001"),
        (["check", "{a}", "{a}", "--html", "x.html"], "CHK003"),
        (["check", "{a}", "--html", "{a}/x.html"], "CHK005"),
        (["check", "--jsonl", "nowhere.jsonl"], "READ001"),
        (["check", "--jsonl", "-", "{a}"], "ARG004"),
        (["check", "--jsonl", "-", "--engine", "steam"], "ARG001"),
    ],
)
def test_bad_input_is_a_coded_error(
    accord: Any, article: Path, arguments: list[str], code: str
) -> None:
    shown = accord(*(a.replace("{a}", str(article)) for a in arguments))
    assert shown.code == 1
    assert f"error {code}:" in shown.err
    assert "→" in shown.err
    assert "Traceback" not in shown.err


def test_explain_shows_rows_query_and_arithmetic(
    accord: Any, article: Path, tmp_path: Path
) -> None:
    path = tmp_path / "check.json"
    path.write_text(accord("check", article, "--published", "2023-02-10").out, "utf-8")
    by_number, by_id = accord("explain", path, "1"), accord("explain", path, "s1")
    assert by_number.out == by_id.out
    for word in ("supported", "tolerance", "190.27 bn", "SELECT", "http", "2023-01-13"):
        assert word in by_number.out
    missing = accord("explain", path, "s99")
    assert missing.code == 1
    assert "CHK002" in missing.err


def test_explain_without_a_statement_shows_which_there_are(
    accord: Any, article: Path, tmp_path: Path
) -> None:
    place = tmp_path / "check.json"
    place.write_text(accord("check", article, "--json").out, encoding="utf-8")
    assert "1 supported" in " ".join(accord("explain", place).out.split())
    assert accord("explain", place, "--json").json() == json.loads(place.read_text("utf-8"))


def test_a_text_without_anything_checkable_opens_no_record(
    accord: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere, place = tmp_path / "elsewhere", tmp_path / "roses.txt"
    monkeypatch.setenv("ACCORD_HOME", str(elsewhere))
    place.write_text("Roses are red, and the garden was quiet.", encoding="utf-8")
    shown = accord("check", place, "--json")
    jsonschema.validate(shown.json(), load_schema())
    assert (shown.code, shown.json()["record_sha256"]) == (0, "")
    assert not elsewhere.exists()


def test_a_long_title_gives_way_to_the_number_of_statements(
    accord: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    place = tmp_path / "long.txt"
    place.write_text(TRADE, encoding="utf-8")
    shown = accord("check", place, "--text", "--published", "2023-02-01", "--title", "Long " * 40)
    first = shown.out.splitlines()[0]
    assert first.endswith("1 statement")
    assert len(first) <= 80


def test_replay_of_a_check_against_the_same_record(
    accord: Any, article: Path, tmp_path: Path
) -> None:
    path = tmp_path / "check.json"
    path.write_text(accord("check", article, "--published", "2023-02-10").out, "utf-8")
    assert "0 changed" in accord("replay", path, "--text").out
    again = accord("replay", path).json()
    assert again["changes"] == []
    assert again["same_record"] is True


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"document": 5}', "\x00", "{" * 5000])
def test_a_file_that_is_no_check(accord: Any, tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    for command in (("explain", path, "1"), ("replay", path)):
        shown = accord(*command)
        assert shown.code == 1
        assert re.search(r"error CHK00[17]", shown.err)


def test_doctor_reports_versions_and_sources(accord: Any) -> None:
    shown = accord("doctor", "--markdown")
    assert shown.code == 0
    for word in ("## Accord", "## Record", "source bundled", "duckdb"):
        assert word in shown.out
    assert accord("doctor", "--json").json()["Record"]["hash"]


def test_three_lines_of_python(article: Path) -> None:
    import accord

    check = accord.check(article, published="2023-02-10")
    assert "✓ supported" in repr(check)
    assert "<caption>" in check._repr_html_()
    assert "supported" in repr(check.statements[0].verdict)
    assert accord.check_text(TRADE, published="2023-02-10").statements


def test_a_check_imports_nothing_heavy(home: Path) -> None:
    """Data frames, parsers, network and notebooks stay out of the path of a check."""
    import subprocess
    import sys

    probe = (
        "import sys\nfrom accord.cli.main import dispatch\n"
        f"dispatch(['check', {str(EXAMPLE)!r}, '--text'])\n"
        "heavy = {'numpy', 'polars', 'pandas', 'pyarrow', 'httpx', 'trafilatura', 'jinja2', "
        "'dask', 'pypdf', 'docx', 'jsonschema', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert shown.stderr.strip() == "[]"
