"""Whose flow it is where a third country, a list or the world stands beside it."""

from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import QUANTITATIVE
from accord.read.statements import find_statements

Told = tuple[str, str | None, str | None, float]


def told(text: str, title: str | None = None) -> list[Told]:
    """Measure, parties and number of each quantitative statement."""
    found = find_statements(Document(text=text, source="test", title=title))
    return [
        (
            str(s.measure),
            s.reporter,
            s.partner,
            (s.change.value if s.change and s.value is None else s.value) or 0.0,
        )
        for s in found
        if s.kind in QUANTITATIVE
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trade with Nepal represents 0.2% of Oman's total trade. The main partners of Oman "
            "remain India (21.5%), Japan (19.9%) and Iran (15.5%). Trade between the two countries "
            "fell to $12 million in 2022.",
            ("total_trade", "OMN", "NPL", 12e6),
        ),
        (
            "Peru's trade with Chile rose from $9 million in 2011 to $18 million in 2015, while "
            "for Bolivia it increased from $7 million in 2011 to $11 million.",
            ("total_trade", "PER", "BOL", 7e6),
        ),
        (
            "Ghana sold $6 million of cocoa to Togo, Benin $3 million.",
            ("exports", "BEN", "TGO", 3e6),
        ),
        (
            "Niger was the destination for $7 million in Ghanaian exports, and Togo bought more.",
            ("exports", "GHA", "NER", 7e6),
        ),
        (
            "The Greek export to Malta was $5 million, while its import to Malta was $2 million.",
            ("imports", "GRC", "MLT", 2e6),
        ),
        (
            "Chad is in fifth place among the suppliers of livestock to Nigeria, with exports for "
            "a total of $23 million.",
            ("exports", "TCD", "NGA", 23e6),
        ),
        (
            "The fastest-growing customers for exported products from Latvia are Malta (up 36.8%) "
            "and Cyprus (up 31.3%).",
            ("exports", "LVA", "CYP", 31.3),
        ),
        (
            "Gabon has good relations with Chad. 41% of the country's trade with Africa falls on "
            "Togo.",
            ("total_trade", "TCD", "TGO", 41.0),
        ),
        (
            "Of those that invested the most in Laos, Japan is the first, with an investment of "
            "$8 million.",
            ("fdi_stock", "JPN", "LAO", 8e6),
        ),
        (
            "A $3 million line of credit extended by India to Togo and a $4 million line to Mali "
            "were announced.",
            ("loan", "IND", "TGO", 3e6),
        ),
    ],
)
def test_a_third_party_is_not_taken_along(text: str, expected: Told) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "There were 17,000 Danish tourists in Malta. Poles were in second place with 11,000 "
            "tourists visiting from there. In third spot were the Czechs with 9,000.",
            [("POL", "MLT", 11e3), ("CZE", "MLT", 9e3)],
        ),
        (
            "The number of arrivals in Nepal from Oman was 13,478 while 11,751 arrived from Qatar.",
            [("OMN", "NPL", 13478), ("QAT", "NPL", 11751)],
        ),
        (
            "Danish tourists in Malta fell by 11%, while the number of Finns went up by 20%.",
            [("DNK", "MLT", 11), ("FIN", "MLT", 20)],
        ),
    ],
)
def test_travellers_come_from_those_named_next(
    text: str, expected: list[tuple[str, str, float]]
) -> None:
    found = [(r, p, v) for m, r, p, v in told(text) if m == "tourists"]
    assert [one for one in expected if one not in found] == []


def test_what_migrants_send_goes_home() -> None:
    text = "Remittances of Nepalese expatriates from Kuwait fell to $2 million."
    assert told(text)[0] == ("other", "KWT", "NPL", 2e6)


@pytest.mark.parametrize(
    "text",
    [
        "Nepal's trade with Iran fell to $10 million. Nepal's total foreign trade reached "
        "$6.8 billion. Exports totaled $1.6 billion, while imports came to $5.1 billion.",
        "Peru's trade deficit rose in May as gaps with Chile and Cuba widened. Exports rose 2% to "
        "$210 billion.",
    ],
)
def test_what_goes_on_from_all_trade_is_of_nobody(text: str) -> None:
    assert [v for _, _, _, v in told(text) if v > 1e9 or v == 2] == []


def test_an_outlet_elsewhere_does_not_speak_for_itself() -> None:
    text = (
        'Kenya\'s exports to Congo DR grew. "We sold Congo DR goods worth $7 million," said the '
        "commerce minister."
    )
    found = find_statements(
        Document(text=text, source="test", url="https://www.kenyans.co.uk/news/1")
    )
    assert ("KEN", "COD", 7e6) in [(s.reporter, s.partner, s.value) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya's exports of tea amounted to $3.3 billion. Oman was the country with the "
            "highest sales, with $401 million. Oman was followed by Egypt with $172 million.",
            [("exports", "KEN", "OMN", 401e6), ("exports", "KEN", "EGY", 172e6)],
        ),
        (
            "Zambia's total exports came to $9 billion. Switzerland took $3.9 billion, China "
            "$1.8 billion.",
            [("imports", "CHE", "ZMB", 3.9e9), ("imports", "CHN", "ZMB", 1.8e9)],
        ),
        (
            "Trade between Oman and Qatar made up 45 percent of Oman-GCC trade and came to "
            "$789 million.",
            [("total_trade", "OMN", "QAT", 789e6)],
        ),
        (
            "Trade between Malta and Cyprus came to $2 million. Trade between Greece and Cyprus "
            "rose to $23 million, while trade with Jordan amounted to $9 million.",
            [("total_trade", "CYP", "JOR", 9e6)],
        ),
        (
            "Exports of Chile to Peru rose. Exports to Chile's northern neighbor, Bolivia, fell by "
            "46 percent.",
            [("exports", "CHL", "BOL", 46.0)],
        ),
        (
            "Nepal's exports to Qatar rose. Nepal's total exports to the country came to "
            "$6 million.",
            [("exports", "NPL", "QAT", 6e6)],
        ),
        ("Norway is the number one EU investor in Peru.", [("fdi_stock", "NOR", "PER", 1.0)]),
    ],
)
def test_partners_are_told_one_by_one(text: str, expected: list[Told]) -> None:
    found = told(text)
    assert [one for one in expected if one not in found] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "China remained Peru's most important trading partner with a trade volume of 20 "
            "million dollars. Trade with Ghana shrank by 6 percent.",
            ("total_trade", "PER", "GHA", 6.0),
        ),
        (
            "The total volume of Peruvian trade with Chile amounted to $9 million.",
            ("total_trade", "PER", "CHL", 9e6),
        ),
        (
            "Oman received 15 visitors, or 166,015 visitors from Nepal according to the figures "
            "from the Oman office.",
            ("tourists", "NPL", "OMN", 166015.0),
        ),
        ("45,000 tourists visited Georgia from Oman.", ("tourists", "OMN", "GEO", 45e3)),
        (
            "Kenya's exports to Chad rose by 5%; those for Togo also rose, by 9 percent.",
            ("exports", "KEN", "TGO", 9.0),
        ),
        (
            "Cuba's exports to the 10-member ASEAN bloc fell by 17%.",
            ("exports", "CUB", "ASEAN", 17.0),
        ),
        (
            "Nepal's imports from China came to $3 million. Nepal's deficit with Asia's largest "
            "economy stood at $2 million.",
            ("balance", "NPL", "CHN", -2e6),
        ),
        (
            "Peru raised its exports to Oman, where the Peruvian deficit decreased to $8 million.",
            ("balance", "PER", "OMN", -8e6),
        ),
        (
            "Nepal and Oman trade much. Oman's imports exceeded exports, with exports amounting to "
            "$4 million.",
            ("exports", "OMN", "NPL", 4e6),
        ),
        (
            "Over 44 per cent of Nepal's FDI is contributed by India.",
            ("fdi_stock", "IND", "NPL", 44.0),
        ),
    ],
)
def test_who_stands_beside_is_told_apart(text: str, expected: Told) -> None:
    assert expected in told(text)
