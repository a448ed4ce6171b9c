"""Speeches: the speaker's own country, named or not, in every place of a sentence."""

from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import QUANTITATIVE, Statement
from accord.read.statements import find_statements


def read(text: str, *, title: str | None = None, url: str | None = None) -> list[Statement]:
    document = Document(text=text, source="test", title=title, url=url)
    return [s for s in find_statements(document) if s.kind in QUANTITATIVE]


@pytest.mark.parametrize(
    ("text", "measure", "reporter", "partner"),
    [
        ("My country exports cocoa worth $20 million to Chile.", "exports", "GHA", "CHL"),
        ("Chile has lent us 40 million dollars.", "loan", "CHL", "GHA"),
        ("Our exports to Chile came to $30 million.", "exports", "GHA", "CHL"),
        ("We bought 5 million dollars of wheat from Chile.", "imports", "GHA", "CHL"),
        ("Chile gave my country 12 million dollars in grants.", "aid", "CHL", "GHA"),
        ("Chile pledged 12 million dollars; we are grateful for it.", "aid", "CHL", "GHA"),
        ("Some 70,000 Chileans live here; my country is proud of them.", "other", "CHL", "GHA"),
    ],
)
def test_the_first_person_is_the_speaker(
    text: str, measure: str, reporter: str, partner: str
) -> None:
    (found,) = read(text, title="Address by the President of Ghana")
    assert (found.measure, found.reporter, found.partner) == (measure, reporter, partner)


@pytest.mark.parametrize(
    ("title", "url"),
    [
        ("Statement by the Minister for Foreign Affairs of Ghana", None),
        (None, "https://gadebate.example.org/en/56/ghana"),
        (None, "https://example.org/ungdc/GHA_42_1987.txt"),
        (None, "https://www.parliament.gov.gh/hansard/12"),
    ],
)
def test_the_title_or_the_address_tells_who_speaks(title: str | None, url: str | None) -> None:
    (found,) = read("Chile has granted my country 9 million dollars.", title=title, url=url)
    assert (found.reporter, found.partner) == ("CHL", "GHA")


def test_the_text_names_its_own_country() -> None:
    (found,) = read(
        "In my country, Ghana, we remember that Chile gave us 9 million dollars in aid."
    )
    assert (found.reporter, found.partner) == ("CHL", "GHA")


def test_an_unknown_speaker_leaves_the_field_empty() -> None:
    (found,) = read("Chile has granted my country 9 million dollars.")
    assert (found.reporter, found.partner) == ("CHL", None)


@pytest.mark.parametrize(
    "text",
    [
        "Our two countries signed 5 agreements worth 3 million dollars.",
        "We gave over $15 billion to our schools and our hospitals.",
    ],
)
def test_what_is_shared_or_domestic_is_no_flow(text: str) -> None:
    assert read(text, url="https://www.whitehouse.gov/x") == []


@pytest.mark.parametrize(
    ("text", "value", "reporter", "partner"),
    [
        ("About 700 Georgians live in Latvia.", 700, "GEO", "LVA"),
        ("Some 1,400 Rwandans studied in Belgium.", 1400, "RWA", "BEL"),
        ("More than 40,000 Nepalese workers are employed in Qatar.", 40000, "NPL", "QAT"),
        ("Qatar hosts 1.2 million Filipino workers.", 1.2e6, "PHL", "QAT"),
        ("There are 8,300 Indian nationals in Oman.", 8300, "IND", "OMN"),
    ],
)
def test_people_are_counted_by_where_from_and_where_to(
    text: str, value: float, reporter: str, partner: str
) -> None:
    (found,) = read(text)
    assert (found.value, found.unit) == (value, "persons")
    assert (found.measure, found.reporter, found.partner) == ("other", reporter, partner)
