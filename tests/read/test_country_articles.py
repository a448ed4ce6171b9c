"""What articles on countries write: totals with nobody, lists in brackets, standing ties."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import QUANTITATIVE, Kind, Statement
from accord.read.statements import find_statements


def read(text: str, title: str | None = None) -> tuple[Statement, ...]:
    return find_statements(Document(text=text, source="t", title=title))


def numbers(text: str, title: str | None = None) -> list[tuple[str, str, str, str, float | None]]:
    return [
        (
            str(s.kind),
            str(s.measure),
            s.reporter or "",
            s.partner or "",
            s.change.value if s.change else s.value,
        )
        for s in read(text, title)
        if s.kind in QUANTITATIVE
    ]


def acts(text: str, title: str | None = None) -> list[tuple[str, str, str]]:
    return [
        (str(s.kind), s.reporter or "", s.partner or "")
        for s in read(text, title)
        if s.kind not in QUANTITATIVE and s.kind is not Kind.POSITION
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Most imports come from Kenya, Oman and Italy. Imports in 2004 totalled US$1.3 billion.",
            "Malawi - International trade",
        ),
        (
            "Exports: $210 million (1994), without the border trade with Togo. Imports: $350 million (1994).",
            "Economy (Benin)",
        ),
        ("In 1984 Czech trade with capitalist countries was 25 percent of all Czech trade.", None),
        ("Zambia's external debt was $6.8 billion in 1991.", "Zambia–Norway relations"),
        (
            "Exports to neutral states grew by 4 percent and imports from the Third World by 9 percent.",
            "Laos",
        ),
        ("Wheat exports grew by 3.1%. Cyprus is mentioned once.", "Malta's competitiveness"),
    ],
)
def test_a_country_s_totals_are_with_no_one_partner(text: str, title: str | None) -> None:
    assert numbers(text, title) == []


def test_partners_in_brackets_belong_to_the_list_that_follows() -> None:
    text = "In 2012, Norway (€9 bn, or 12% of total EU fish trade) and Iceland (€2 bn, or 3%) were the two main trading partners of the EU, well ahead of Chile (€1 bn, or 2%)."
    assert numbers(text) == [
        ("figure", "total_trade", "EU", "NOR", 9e9),
        ("share", "total_trade", "EU", "NOR", 12.0),
        ("figure", "total_trade", "EU", "ISL", 2e9),
        ("share", "total_trade", "EU", "ISL", 3.0),
        ("figure", "total_trade", "EU", "CHL", 1e9),
        ("share", "total_trade", "EU", "CHL", 2.0),
    ]
    text = "Fiji (44.1%), Japan (9.5%) and Samoa (6%) are its main export partners."
    assert numbers(text, "Economy of Tonga") == [
        ("share", "exports", "TON", "FJI", 44.1),
        ("share", "exports", "TON", "JPN", 9.5),
        ("share", "exports", "TON", "WSM", 6.0),
    ]


def test_a_place_of_its_own_in_the_list_of_before() -> None:
    text = "Ghana was Togo's largest supplier in 2003, with $90 million. Second place went to China at $80 million, followed by France at $60 million."
    assert numbers(text)[2:4] == [
        ("ranking", "imports", "TGO", "CHN", 2.0),
        ("figure", "imports", "TGO", "CHN", 8e7),
    ]
    text = "Kenya sold Uganda goods for $600 million. Rwanda was in fourth place at $150 million."
    assert numbers(text)[1:] == [
        ("ranking", "exports", "KEN", "RWA", 4.0),
        ("figure", "exports", "KEN", "RWA", 1.5e8),
    ]


def test_places_of_lists_of_other_kinds() -> None:
    text = "Oman is the third largest partner country for investment in Jordan and the sixth in all, and the second destination of Jordanian exports."
    assert [
        (m, r, p, v) for k, m, r, p, v in numbers(text) if (k, m) == ("ranking", "fdi_stock")
    ] == [("fdi_stock", "OMN", "JOR", 3.0), ("fdi_stock", "OMN", "JOR", 6.0)]
    text = "Niger is the largest recipient of Indian lines of credit. Togo's main export market outside of Africa was Peru."
    assert numbers(text) == [
        ("ranking", "loan", "IND", "NER", 1.0),
        ("ranking", "exports", "TGO", "PER", 1.0),
    ]


def test_one_number_with_each_of_several() -> None:
    text = "Ireland had trade deficits of more than EUR 2 billion with Norway, Japan and Peru."
    assert [p for _, _, _, p, _ in numbers(text)] == ["NOR", "JPN", "PER"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "According to Statistics Norway, Norwegian trade with Ghana is now in decline.",
            ("growth", "total_trade", "NOR", "GHA", None),
        ),
        (
            "Jordan has recorded a sharp rise in the number of Kuwaiti tourists.",
            ("growth", "tourists", "KWT", "JOR", None),
        ),
        (
            "In 1999 Oman–Yemen trade fell, with exports/imports coming to $40 million.",
            ("figure", "total_trade", "OMN", "YEM", 4e7),
        ),
    ],
)
def test_trends_and_trade_both_ways(
    text: str, expected: tuple[str, str, str, str, float | None]
) -> None:
    assert expected in numbers(text)


def test_both_belong_to_each_organisation() -> None:
    text = "Both states are members of the OSCE and the WTO; Georgia applied to join NATO."
    assert acts(text, "Albania–Georgia relations")[:4] == [
        ("membership", "ALB", "OSCE"),
        ("membership", "GEO", "OSCE"),
        ("membership", "ALB", "WTO"),
        ("membership", "GEO", "WTO"),
    ]


def test_to_have_an_embassy_is_no_act() -> None:
    assert acts("Ghana has an embassy in Rabat and Morocco has an embassy in Accra.") == []
    assert acts("Ghana has had an embassy in Rabat since 1961.") == [("event", "GHA", "MAR")]
    assert acts("Pretoria hosts Bhutan's only mission in Africa.") == []


def test_the_first_to_do_it_also_did_it() -> None:
    text = "In 1961 Cuba was the first country outside the Arab world to recognise Algeria."
    kinds = [(str(s.kind), s.reporter, s.partner) for s in read(text)]
    assert kinds == [("ranking", "DZA", "CUB"), ("event", "CUB", "DZA")] or kinds == [
        ("event", "CUB", "DZA"),
        ("ranking", "DZA", "CUB"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Ghanaian president visited Cuba in 1978. Fidel Castro returned the visit in 1980.",
            [("event", "GHA", "CUB"), ("event", "CUB", "GHA")],
        ),
        (
            "Oman and Kenya set up a joint trade committee in 1999.",
            [("event", "OMN", "KEN")],
        ),
        (
            "In May 2002 Niger expelled the Libyan ambassador and his Chadian counterpart.",
            [("event", "NER", "LBY"), ("event", "NER", "TCD")],
        ),
        (
            "The pact was the first that an African state signed with a European country.",
            [],
        ),
    ],
)
def test_deeds_between_two(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert acts(text) == expected


def test_what_somebody_reciprocates_by_is_told_by_itself() -> None:
    text = "Chad opened an embassy in Oman in 1999. Oman reciprocated by naming a consul."
    assert not any("reciprocated" in s.quote and "consul" not in s.quote for s in read(text))


def test_an_invitation_is_no_visit() -> None:
    text = "In Lima he invited the Ghanaian president to pay a visit to Peru."
    assert ("event", "GHA", "PER") not in acts(text)


def test_a_treaty_is_of_its_own_year() -> None:
    text = "The Polish premier arrived in Accra in 2009 under the 1974 treaty signed between the two countries."
    dates = [s.date for s in read(text, "Ghana–Poland relations") if s.kind is Kind.AGREEMENT]
    assert dates == ["1974"]


def test_a_split_year_with_an_apostrophe() -> None:
    found = read("Trade between India and Togo was $90 million in 2009-'10.")
    period = found[0].period
    assert period is not None
    assert (period.start.isoformat(), period.end.isoformat()) == ("2009-04-01", "2010-03-31")


def test_places_one_after_the_other_in_different_lists() -> None:
    text = "Korea is Laos's largest official development assistance (ODA) provider, third largest tourism partner and fifth largest trade partner."
    assert numbers(text) == [
        ("ranking", "aid", "KOR", "LAO", 1.0),
        ("ranking", "tourists", "KOR", "LAO", 3.0),
        ("ranking", "total_trade", "LAO", "KOR", 5.0),
    ]
    text = "Kuwait has risen from sixth to become the third largest investor in Jordan."
    assert sorted(v or 0 for *_, v in numbers(text)) == [3.0, 6.0]


def test_among_the_first_is_no_place() -> None:
    text = "Turkey was among the first states to recognise Mongolia."
    assert [(str(s.kind), s.reporter, s.partner) for s in read(text)] == [("event", "TUR", "MNG")]
    assert numbers("Togo was the first country to which Cuban nurses were sent.") == []
    text = "In 2010 Finland was the first EU country to recognise Kosovo as a state."
    assert ("event", "FIN", "XKX") in acts(text)


def test_who_signs_beside_and_what_a_year_names() -> None:
    text = "In May 1997 Nepal, along with Bhutan and Laos, signed a trade agreement with the European Union."
    assert acts(text) == [("agreement", "NPL", "EU")]
    text = "The 1987 Maritime Transport Agreement still governs this commerce."
    assert acts(text, "Ghana–Norway relations") == [("agreement", "GHA", "NOR")]


def test_dollars_by_their_short_name_before_the_number() -> None:
    found = read("Trade between Iran and Oman came to Dlrs 35 million, the envoy of the duo said.")
    assert [(s.value, s.unit) for s in found if s.kind is Kind.FIGURE] == [(3.5e7, "USD")]
