"""Publishers, products and words: data files with a schema, and what they read."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from accord.check.dates import mentioned, parse_span
from accord.check.matching import numbers_in, stages_in, tokens
from accord.check.products import record_product
from accord.check.publishers import find_publisher

FOLDER = resources.files("accord.check") / "data"


@pytest.mark.parametrize("name", ["publishers.toml", "products.toml", "words.toml"])
def test_the_data_files_are_lists_of_lower_case_words(name: str) -> None:
    data = tomllib.loads((FOLDER / name).read_text("utf-8"))
    tables = [t for t in data.values() if isinstance(t, dict)] or [data]
    for table in tables:
        for words in table.values():
            for word in [words] if isinstance(words, str) else words:
                assert word.strip() == word
                assert word == word.lower() or isinstance(words, str)


@pytest.mark.parametrize(
    ("text", "polity"),
    [
        ("according to Chinese customs", "CHN"),
        ("China's General Administration of Customs", "CHN"),
        ("Russia’s Federal Customs Service reports", "RUS"),
        ("customs data from Beijing show", "CHN"),
        ("the trade ministry in Astana reports", "KAZ"),
        ("Vietnamese customs count", "VNM"),
        ("MOFCOM says", "CHN"),
        ("Chinese data show", "CHN"),
        ("the trade ministry said", None),
        ("China's exports, customs data show", None),
    ],
)
def test_publishers(text: str, polity: str | None) -> None:
    found = find_publisher(text)
    assert (found.polity if found else None) == polity


def test_of_two_publishers_the_party_counts() -> None:
    text = "US data aside, Russian customs report"
    found = find_publisher(text, ("RUS", "CHN"))
    assert found is not None
    assert found.polity == "RUS"


def test_an_institution_is_no_polity() -> None:
    found = find_publisher("according to the International Monetary Fund")
    assert found is not None
    assert (found.polity, found.institution) == (None, "IMF")


@pytest.mark.parametrize(
    ("words", "product"),
    [
        (None, "all"),
        ("goods", "all"),
        ("farm goods", "agricultural products"),
        ("Oil", "crude oil"),
        ("machinery and electronics", "mechanical and electrical products"),
        ("cross-border e-commerce", "cross-border e-commerce"),
        ("vodka", None),
    ],
)
def test_products(words: str | None, product: str | None) -> None:
    assert record_product(words) == product


def test_products_of_loaded_sources_are_matched_too() -> None:
    assert record_product("rare earths", ["rare earths"]) == "rare earths"


def test_words_are_read_by_meaning() -> None:
    assert tokens("the highway bridge") == tokens("road bridges")
    assert "fta" in tokens("a free-trade accord")
    assert stages_in("the bridge was opened to traffic") == {"opened"}
    assert numbers_in("2 million masks; 23 tonnes")[0] == (2e6, "mask")


def test_dates_at_their_own_precision() -> None:
    whole, day = parse_span("2018"), parse_span("2018-05-17")
    assert whole is not None
    assert day is not None
    assert whole.overlaps(day)
    assert day.exact
    assert parse_span("2018-13") is None
    assert [s.start.year for s in mentioned("in March 2021, on June 28, 2022")] == [2021, 2022]
