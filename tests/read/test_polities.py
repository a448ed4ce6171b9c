"""Mentions of polities: what is found, what is left alone, exact spans."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.model.polity import get_polity
from accord.read.polities import FORMS, Mention, find_mentions
from accord.read.polity_names import TRAP, compound_prefixes, index, rows

DAY = date(2021, 3, 26)


def codes(text: str, at: date | None = None) -> list[str]:
    """Codes of the mentions that speak of a polity; compounds as A+B."""
    return [
        f"{m.code}+{m.other}" if m.other else m.code
        for m in find_mentions(text, at=at)
        if not m.inside_name
    ]


def only(text: str, at: date | None = DAY) -> Mention:
    found = find_mentions(text, at=at)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the U.S., the UK and the UAE", ["USA", "GBR", "ARE"]),
        ("S. Korea's exports to the DPRK", ["KOR", "PRK"]),
        ("Côte d’Ivoire and Türkiye signed", ["CIV", "TUR"]),
        ("Burma, now Myanmar", ["MMR", "MMR"]),
        ("Guinea, Guinea-Bissau and Equatorial Guinea", ["GIN", "GNB", "GNQ"]),
        ("Niger and Nigeria; Nigerien and Nigerian traders", ["NER", "NGA", "NER", "NGA"]),
        ("DR Congo and Congo-Brazzaville", ["COD", "COG"]),
        ("the Dominican Republic and Dominica", ["DOM", "DMA"]),
        ("West Germany and East Germany", ["DEU", "DDR"]),
        ("the Soviet Union and Czechoslovakia", ["SUN", "CSK"]),
        ("Beijing told Moscow and New Delhi", ["CHN", "RUS", "IND"]),
        ("the Kremlin, the White House and Downing Street", ["RUS", "USA", "GBR"]),
        ("GACC and Rosstat; Eurostat and Statistics Canada", ["CHN", "RUS", "EU", "CAN"]),
        ("Shanghai, Dubai and Vladivostok", ["CHN", "ARE", "RUS"]),
        ("Hong Kong and Macao and Taiwan", ["HKG", "MAC", "TWN"]),
        ("the Silk Road Economic Belt and the EAEU", ["BRI", "EAEU"]),
        ("the Eurasian Economic Union, ASEAN and Mercosur", ["EAEU", "ASEAN", "MERCOSUR"]),
        ("Latin American exports to West Africa", ["LATAM", "WEST_AFRICA"]),
        ("United\nStates and United\n   Kingdom", ["USA", "GBR"]),
        ("CHINA AND SOUTH KOREA SIGN", ["CHN", "KOR"]),
        ("The Hague and the West", ["NLD", "WEST"]),
        ("eurozone and sub-Saharan Africa", ["EUROZONE", "SUB_SAHARAN_AFRICA"]),
        ("Indo-Pacific", ["ASIA_PACIFIC"]),
        ("Jordan Signs Deal With Iraq", ["JOR", "IRQ"]),
        ("Egypt Helps Jordan Build Port", ["EGY", "JOR"]),
        ("the Peoples Republic of China", ["CHN"]),
        ("the Republic of China on Taiwan", ["TWN", "TWN"]),
        ("Russia Beats Olympics Ban", ["RUS"]),
        ("former President Nixon went to China", ["USA", "CHN"]),
    ],
)
def test_polities_are_found(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sino-Russian trade", ["CHN+RUS"]),
        ("Russo-Chinese ties", ["RUS+CHN"]),
        ("the U.S.–Mexico border", ["USA+MEX"]),
        ("US-China and EU-China talks", ["USA+CHN", "EU+CHN"]),
        ("Franco-German, Anglo-American", ["FRA+DEU", "GBR+USA"]),
        ("Indo-Russian and Indo-US", ["IND+RUS", "IND+USA"]),
        ("Russian-Chinese and Kyrgyz-Uzbek", ["RUS+CHN", "KGZ+UZB"]),
        ("US/China tariffs", ["USA+CHN"]),
        ("North and South Korea", ["PRK+KOR"]),
        ("East and West Germany; East and West Africa", ["DDR+DEU", "EAST_AFRICA+WEST_AFRICA"]),
        ("North and South Dakota", ["USA"]),
        ("SOUTH KOREA-JAPAN SUMMIT", ["KOR+JPN"]),
        ("the China-Russia-Mongolia corridor", ["CHN", "RUS", "MNG"]),
        ("a China-made, Moscow-led plan", ["CHN", "RUS"]),
        ("China–Pakistan Economic Corridor", ["CPEC"]),
    ],
)
def test_compounds_name_two_parties(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "the South China Sea and the Indian Ocean", "the Panama Canal", "Bank of China",
        "Air China and Iran Air", "Japan Airlines", "American Airlines", "the Uruguay Round",
        "the Paris Agreement", "the Washington Post", "Moscow State University", "African-American",
        "polish the china", "a turkey", "Turkey sandwich", "post-Soviet states",
        "told us to stop", "Michael Jordan scored", "Chad Bown wrote", "16 GB of memory",
        "the Commonwealth of Virginians", "the States should focus", "Paul West said", "in May",
        "5 billion US dollars", "Swiss francs and Hong Kong dollars",
        "Brown and Bush trees", "a Chinese-American scientist", "Polish the car.", "",
    ],
)  # fmt: skip
def test_other_things_are_left_alone(text: str) -> None:
    assert codes(text) == []


def test_leaders_by_title_full_name_and_date() -> None:
    assert codes("Xi Jinping met Putin; Xi said") == ["CHN", "RUS", "CHN"]
    assert codes("Hu said") == []
    assert codes("President Xi and Prime Minister May") == ["CHN", "GBR"]
    assert only("Lavrov arrived").in_office
    assert not only("Gorbachev arrived").in_office
    assert only("President Bush", at=date(1990, 1, 1)).in_office
    assert only("President Aliyev", at=date(2020, 1, 1)).in_office
    assert not only("Tony Blair", at=date(2020, 1, 1)).in_office


def test_second_meanings_are_named() -> None:
    assert only("Brussels agreed").ambiguous == ("BEL",)
    assert only("Korea agreed").ambiguous == ("PRK",)
    assert only("Georgia agreed").code == "GEO"
    assert [m.code for m in find_mentions("Georgia and Alabama voters")] == ["USA", "USA"]


def test_possessives_stay_outside_the_span() -> None:
    text = "China’s and the U.S.'s, Russians' and Wales's"
    assert [text[m.start : m.end] for m in find_mentions(text)] == [
        "China", "U.S.", "Russians", "Wales",
    ]  # fmt: skip


@given(st.text(alphabet=st.sampled_from("UuSs.KChina -–'’\n\tXEÉü/RUSIAnd0"), max_size=60))
def test_any_text_gives_ordered_exact_spans(text: str) -> None:
    end = 0
    for mention in find_mentions(text, at=DAY):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.form in FORMS
        end = mention.end


def test_every_code_of_the_lexicon_is_a_polity() -> None:
    entries = [e for group in index().values() for c in group for e in c.entries]
    assert len(entries) > 3000
    for entry in entries:
        if entry.form != TRAP:
            assert entry.form in FORMS
            assert get_polity(entry.code) is not None, entry
            for other in entry.also:
                assert get_polity(other) or other in {
                    "person", "word", "city", "state of the USA", "city in the USA", "region",
                    "region of GRC",
                }, entry  # fmt: skip
        if entry.start and entry.end:
            assert entry.start < entry.end, entry
    assert all(get_polity(code) for code in compound_prefixes().values())


def test_the_lexicon_files_have_no_ragged_rows() -> None:
    for name in ("states", "groups", "institutions", "places", "leaders", "traps", "ambiguous"):
        for row in rows(f"polities_{name}.csv"):
            assert None not in row, (name, row)
            assert None not in row.values(), (name, row)
