"""Documents: formats, encodings, dates, languages, and input that is none of them."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.errors import ReadError
from accord.read.documents import document_from_bytes, document_from_line, line_id, read_document
from accord.read.language import detect_language, unreadable_language
from accord.read.publication import find_published, find_title

TEXT = (
    "Trade between Norland and Sudland grew\n\nDate of publication: 26 March 2021\n\n"
    "The trade of the two countries reached $18.78 billion in the first two months of the year, "
    "which was 8.5% more than a year earlier, the customs service said.\n"
)


def code(data: bytes, source: str = "file", **given: object) -> str:
    with pytest.raises(ReadError) as caught:
        document_from_bytes(data, source, **given)  # type: ignore[arg-type]
    assert source in caught.value.message or "date" in caught.value.message
    return caught.value.code


def pdf(text: str | None, password: str | None = None) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=password) if password else Canvas(out)
    if text:
        for number, line in enumerate(text.split("\n")):
            canvas.drawString(40, 800 - 14 * number, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    from docx import Document as Writer

    writer = Writer()
    for paragraph in paragraphs:
        writer.add_paragraph(paragraph)
    table = writer.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "exports"
    table.rows[0].cells[1].text = "$5 billion"
    out = io.BytesIO()
    writer.save(out)
    return out.getvalue()


def test_a_text_file_names_its_title_and_date(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = read_document(path)
    assert document.text == TEXT
    assert document.title == "Trade between Norland and Sudland grew"
    assert (str(document.published), document.language) == ("2021-03-26", "en")
    assert document.published is not None
    assert document.published.origin == "found"
    given = read_document(str(path), published="2021-04", title="Other")
    assert (given.title, str(given.published)) == ("Other", "2021-04")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings_give_the_same_text(encoding: str) -> None:
    text = TEXT + "Über “Türkiye” – 5 € café\n"
    assert document_from_bytes(text.encode(encoding), "a").text == text


def test_windows_1252_is_read_and_line_ends_are_made_plain() -> None:
    document = document_from_bytes("A “quoted” café\r\nof the two".encode("cp1252"), "a")
    assert document.text == "A “quoted” café\nof the two"


def test_html_gives_the_article_its_title_and_date() -> None:
    page = (
        "<!doctype html><html><head><title>Trade grew</title>"
        '<meta property="og:title" content="Trade of the two grew">'
        '<meta property="article:published_time" content="2021-03-26T10:00:00Z">'
        "<script>var x = 'no';</script></head><body><nav>Home | About | Contact</nav><article>"
        "<h1>Trade of the two grew</h1>"
        + "<p>The trade of the two countries reached $18.78 billion in the first two months.</p>"
        * 3
        + "</article></body></html>"
    )
    document = document_from_bytes(page.encode(), "page.html")
    assert "$18.78 billion" in document.text
    assert "var x" not in document.text
    assert document.title == "Trade of the two grew"
    assert str(document.published) == "2021-03-26"


def test_deeply_nested_html_is_read_in_bounded_time() -> None:
    depth = 50_000
    page = "<html><body>" + "<div>" * depth + "trade grew" + "</div>" * depth
    assert document_from_bytes(page.encode(), "deep.html").text == "trade grew"


def test_markdown_loses_its_marks() -> None:
    text = (
        "---\ntitle: Ties\ndate: 2021-03-26\n---\n# Ties\n\nThe [trade](http://x.y) of **both**.\n"
    )
    document = document_from_bytes(text.encode(), "a.md")
    assert document.text == "Ties\n\nThe trade of both.\n"
    assert (document.title, str(document.published)) == ("Ties", "2021-03-26")


def test_pdf_and_docx() -> None:
    assert "$18.78 billion" in document_from_bytes(pdf(TEXT), "a.pdf").text
    text = document_from_bytes(docx("The trade grew.", "It fell."), "a.docx").text
    assert text == "The trade grew.\n\nIt fell.\n\nexports | $5 billion"


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    assert code(b"") == code(b" \n\t") == code(b"\xef\xbb\xbf") == "READ003"
    assert code(bytes(range(256)) * 20) == code(b"\x89PNG\r\n\x1a\n" + b"\0" * 50) == "READ004"
    assert code("Привет, мир. ".encode() * 9 + b"\xff") == "READ005"
    assert code(b"\xff\xfe\x00\xd8") == "READ005"
    assert code(pdf(TEXT, "secret")) == "READ006"
    assert code(pdf(None)) == "READ007"
    assert code(pdf(TEXT)[:300]) == code(b"PK\x03\x04 broken") == "READ008"
    assert code(b"word " * 8_000_000) == "READ009"
    assert code(b"text", published="2999-01-01") == "READ012"
    assert code(b"text", published="yesterday") == "READ013"
    for missing in (tmp_path / "no.txt", tmp_path / "a" / "b"):
        with pytest.raises(ReadError, match="READ001"):
            read_document(missing)
    with pytest.raises(ReadError, match="READ002"):
        read_document(tmp_path)


def test_zip_bombs_are_refused_unopened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)
    assert code(out.getvalue(), "bomb.docx") == "READ011"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
    assert code(other.getvalue(), "a.xlsx") == "READ004"


def test_lines_of_json() -> None:
    document = document_from_line(
        b'{"id": 7, "text": "a of the b", "published": "2021", "x": 1}', 3
    )
    assert (document.id, str(document.published), document.source) == ("7", "2021", "line 3")
    assert document_from_line('{"text": ""}', 1).text == ""
    for line, expected in (
        (b"[1]", "READ030"), (b"{", "READ030"), (b"\xff{}", "READ030"), (b"{}", "READ031"),
        (b'{"text": 5}', "READ031"), (b'{"text": "a", "id": []}', "READ032"),
        (b'{"text": "a", "title": 1}', "READ032"), (b"[" * 100_000, "READ030"),
        (b'{"text": "a", "published": "x"}', "READ013"),
        (b'{"text": "a", "published": "2999"}', "READ012"),
    ):  # fmt: skip
        with pytest.raises(ReadError) as caught:
            document_from_line(line, 9)
        assert caught.value.code == expected
        assert "ine 9" in caught.value.message
    assert line_id(b'{"id": "x", "text": 5}') == "x"
    assert line_id(b"{") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Title\nPublished on March 5, 2019\n", "2019-03-05"),
        ("26-MAR-1987 15:01\nTrade grew", "1987-03-26"),
        ("MOSCOW, March 26, 2021 /Agency/. Trade grew", "2021-03-26"),
        ("Friday, 2 April 2021\nText", "2021-04-02"),
        ("Date: April 2021\n", "2021-04"),
        ("2021-03-26\n\nText", "2021-03-26"),
        ("On 26 March 2021 the two signed a treaty of friendship.", None),
        ("Published on 31 February 2021", None),
        ("Date: 1 January 2999", None),
        ("no date", None),
    ],
)
def test_publication_dates(text: str, expected: str | None) -> None:
    found = find_published(text)
    assert (str(found) if found else None) == expected


def test_titles() -> None:
    assert find_title("Trade grew\n\nText.") == "Trade grew"
    assert find_title("Trade grew.\n\nText.") is None
    assert find_title("26 March 2021\n\nText") is None
    assert find_title("one line") is None
    assert find_title("one line\n") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The trade of the two countries grew by 5 percent.", "en"),
        ("China exports rise 8.5%", "en"),
        ("Торговля между Россией и Китаем выросла на 5 процентов.", "ru"),
        ("Der Handel zwischen Deutschland und China ist im letzten Jahr um 5 Prozent gewachsen "
         "und die Ausfuhren nach Russland sind gefallen.", "de"),
        ("中俄贸易额增长百分之五，两国签署协议。", "zh"),
        ("12345 67", None),
    ],
)  # fmt: skip
def test_languages(text: str, expected: str | None) -> None:
    assert detect_language(text) == expected


def test_a_language_not_read_yet_is_a_notice() -> None:
    russian = document_from_bytes("Торговля между Россией и Китаем выросла.".encode(), "ru.txt")
    notice = unreadable_language(russian)
    assert notice is not None
    assert notice.code == "READ010"
    assert unreadable_language(document_from_bytes(TEXT.encode(), "en.txt")) is None


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_coded_error(data: bytes) -> None:
    with suppress(ReadError):
        assert document_from_bytes(data, "any").text


@given(st.binary(max_size=80))
def test_any_line_gives_a_document_or_a_coded_error(data: bytes) -> None:
    with pytest.raises(ReadError):
        document_from_line(b"\x00" + data, 1)
