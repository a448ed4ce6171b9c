"""Growth told by verbs, states and nouns, in rows of partners, and of several rates at once."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind
from accord.read.statements import find_statements


def growths(text: str, title: str | None = None) -> set[tuple[object, ...]]:
    """Measure, parties, direction and rate of every growth that was read."""
    at = date(2021, 8, 15)
    document = Document(text=text, source="test", title=title, published=PublicationDate(at, at))
    return {
        (str(s.measure), s.reporter, s.partner, s.change.direction, s.change.value)
        for s in find_statements(document)
        if s.kind is Kind.GROWTH and s.change
    }


@pytest.mark.parametrize(
    "text",
    [
        "Togo's trade with Niger saw steady growth in 2019.",
        "Togo's trade with Niger recorded a modest but steady increase last year.",
        "Trade between Togo and Niger continues to show robust growth.",
        "Trade between Togo and Niger is showing an upward trend.",
        "Trade between Togo and Niger demonstrates positive dynamics.",
        "Trade between Togo and Niger has been on an upward trajectory since 2015.",
        "There has been a marked rise in trade between Togo and Niger.",
        "Positive dynamics are observed in trade between Togo and Niger.",
        "A rise in trade between Togo and Niger was noted in 2018.",
        "Trade between Togo and Niger continued to soar.",
        "Trade between Togo and Niger picked up in June.",
        "Trade and economic ties between Togo and Niger have been growing steadily.",
        "Trade between Togo and Niger was over $27 million, and has since grown.",
    ],
)
def test_trade_that_grew_in_many_words(text: str) -> None:
    assert growths(text) == {("total_trade", "TGO", "NER", "up", None)}


@pytest.mark.parametrize(
    "text",
    [
        "Malta's exports to Libya dropped to their lowest level in 16 years.",
        "Malta's exports to Libya, which have softened a little, matter less than before.",
        "Malta's exports to Libya - once its best customer in the region - collapsed.",
        "Malta's exports to Libya were again down.",
        "Malta's exports to Libya suffered a steep decline.",
        "A decline in Maltese exports to Libya was recorded.",
    ],
)
def test_exports_that_fell_in_many_words(text: str) -> None:
    assert growths(text) == {("exports", "MLT", "LBY", "down", None)}


def test_the_same_flow_with_another_went_the_other_way() -> None:
    found = growths("Oman's trade with Egypt and Jordan increased, while with Iraq it declined.")
    assert ("total_trade", "OMN", "IRQ", "down", None) in found
    assert ("total_trade", "OMN", "JOR", "up", None) in found


def test_trend_with_the_levels_it_runs_between() -> None:
    found = growths(
        "Trade between Togo and Niger recorded an upward trend from $26 million in 2010 to $108 million in 2014."
    )
    assert ("total_trade", "TGO", "NER", "up", None) in found


@pytest.mark.parametrize(
    "text",
    [
        "Peru hopes to see growth in its exports to Chile.",
        "Trade between Peru and Chile will continue to grow.",
        "The fall in exports to Chile worried Peru's growers.",
    ],
)
def test_what_is_hoped_or_taken_for_granted_is_no_growth(text: str) -> None:
    assert growths(text) == set()


ROW = {
    ("exports", "FIN", "CHL", "up", 12.3),
    ("exports", "FIN", "OMN", "up", 9.1),
    ("exports", "FIN", "TGO", "up", 4.5),
}


@pytest.mark.parametrize(
    "text",
    [
        "Finland's exports to several markets grew in 2019: Chile 12.3%, Oman 9.1% and Togo 4.5%.",
        "Countries which saw growth in Finland's exports are Chile 12.3%, Oman 9.1% and Togo 4.5%.",
        "Finland's exports grew fastest to Chile (12.3 percent), Oman (9.1 percent) and Togo (4.5 percent).",
        "The fastest-growing customers of Finland were Chile (up 12.3%), Oman (up 9.1%) and Togo (up 4.5%).",
        "Finnish exports to Chile (+12.3%), Oman (+9.1%) and Togo (+4.5%) rose.",
        "High export growth is observed in Finland's sales to Chile (12.3 per cent), Oman (9.1 per cent) and Togo (4.5 per cent).",
    ],
)
def test_partners_in_a_row_with_their_growth(text: str) -> None:
    assert growths(text) == ROW


@pytest.mark.parametrize(
    "text",
    [
        "Finland's exports grew, and its main buyers were Chile (12.3%), Oman (9.1%) and Togo (4.5%).",
        "Finland's exports rose in 2019, with shares of Chile 12.3%, Oman 9.1% and Togo 4.5%.",
    ],
)
def test_shares_stay_shares_beside_a_word_of_growth(text: str) -> None:
    assert not {row for row in growths(text) if row[4] is not None}


@pytest.mark.parametrize(
    "text",
    [
        "Iran's exports to Oman came to 3 million tons, registering a 12% and 41% growth in weight and value respectively.",
        "Iran's exports to Oman came to 3 million tons, a 12 percent growth in weight and 41 percent in value.",
        "Iran's exports to Oman rose 12 percent in volume and 41 percent in value.",
    ],
)
def test_rates_in_weight_and_in_value(text: str) -> None:
    rates = {("exports", "IRN", "OMN", "up", rate) for rate in (12.0, 41.0)}
    assert rates <= growths(text)


def test_rates_that_came_in_at() -> None:
    found = growths(
        "Spain's trade with Peru climbed 5.3 percent, and trade volume with Chile and Oman came in at 5.2 percent and 11 percent, respectively."
    )
    assert ("total_trade", "ESP", "CHL", "up", 5.2) in found
    assert ("total_trade", "ESP", "OMN", "up", 11.0) in found


def figures(text: str, title: str | None = None) -> set[tuple[object, ...]]:
    """Measure, parties, value and unit of every figure that was read."""
    at = date(2021, 8, 15)
    document = Document(text=text, source="test", title=title, published=PublicationDate(at, at))
    return {
        (str(s.measure), s.reporter, s.partner, s.value, s.unit)
        for s in find_statements(document)
        if s.kind is Kind.FIGURE
    }


def test_title_says_where_tourists_go() -> None:
    text = "Swedish visitors numbered 41,300 in July. Finnish arrivals jumped 39 percent."
    title = "Swedes and Finns top tourists in Malta"
    assert ("tourists", "SWE", "MLT", 41300.0, "persons") in figures(text, title)
    assert ("tourists", "FIN", "MLT", "up", 39.0) in growths(text, title)


def test_row_of_destinations_after_one_origin() -> None:
    text = "There were declines in Swedish arrivals to Malta at a negative 17 percent, Oman at negative 2 percent, and Togo at negative 7 percent."
    assert growths(text) >= {
        ("tourists", "SWE", "MLT", "down", 17.0),
        ("tourists", "SWE", "TGO", "down", 7.0),
    }


def test_level_of_a_year_earlier_in_brackets_dates_nothing_else() -> None:
    at = date(2021, 8, 15)
    text = (
        "Togo's exports to Niger came to $52 million in 2020, 3 percent less than in the previous year"
        " ($54 million in 2019). Its imports from Niger were $8 million."
    )
    document = Document(text=text, source="test", published=PublicationDate(at, at))
    imports = next(s for s in find_statements(document) if s.value == 8e6)
    assert imports.period is not None
    assert imports.period.start.year == 2020


def test_dirhams_of_the_emirates_unless_of_morocco() -> None:
    assert ("total_trade", "ARE", "OMN", 14.8e9, "AED") in figures(
        "Trade between the UAE and Oman stood at Dh14.8 billion."
    )
    assert ("exports", "MAR", "ESP", 4e9, "MAD") in figures(
        "Morocco's exports to Spain stood at Dh4 billion."
    )


def test_second_row_of_rates_has_the_owner_of_the_first() -> None:
    text = (
        "Among main partners, exports shrank to Chile (-6.3 percent) and Oman (-4.2 percent)."
        " In contrast, shipments rose to Togo (9.6 percent) and Peru (1.4 percent)."
    )
    assert growths(text, "Finland's trade in May") == {
        ("exports", "FIN", "CHL", "down", 6.3),
        ("exports", "FIN", "OMN", "down", 4.2),
        ("exports", "FIN", "TGO", "up", 9.6),
        ("exports", "FIN", "PER", "up", 1.4),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The number of Ghanaians enrolled in Malta rose by 30.3 percent to 13,745, while those in Oman declined by 7.2 percent to 12,860.",
            ("other", "GHA", "OMN", "down", 7.2),
        ),
        (
            "Togo's trade with its neighbours, Ghana and Benin, has been growing steadily.",
            ("total_trade", "TGO", "BEN", "up", None),
        ),
        (
            "However, exports to Togo's other western neighbour, Ghana, declined by 46 percent.",
            ("exports", "TGO", "GHA", "down", 46.0),
        ),
        (
            "Shipments to Chile, Peru's biggest trading partner, dropped 20 percent.",
            ("exports", "PER", "CHL", "down", 20.0),
        ),
        (
            "Trade between Togo and Niger is regularly growing, with some 200 lorries a day.",
            ("total_trade", "TGO", "NER", "up", None),
        ),
    ],
)
def test_neighbours_partners_and_those_elsewhere(text: str, expected: tuple[object, ...]) -> None:
    assert expected in growths(text)


def test_a_level_that_is_kept_to_is_no_figure() -> None:
    text = "Chile's exports to Peru remained in the 400 billion-peso level in May."
    assert figures(text) == set()


def test_wide_signs_of_money() -> None:
    text = "Japan's exports to Peru came to ￥56.1 billion."
    assert figures(text) == {("exports", "JPN", "PER", 56.1e9, "JPY")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Togo's trade deficit with Ghana keeps on widening.",
            ("balance", "TGO", "GHA", "up", None),
        ),
        (
            "Togo's exports to Ghana were up, while imports were down.",
            ("imports", "TGO", "GHA", "down", None),
        ),
        (
            "Togo's exports to Ghana rose 4 percent, as did those to Benin.",
            ("exports", "TGO", "BEN", "up", None),
        ),
        (
            "Togo's exports to Ghana grew 12 percent in euro terms and 8 percent in dollar terms.",
            ("exports", "TGO", "GHA", "up", 8.0),
        ),
        (
            "Togo's exports to Ghana rose 12 percent in local currency, or 8 percent in dollars.",
            ("exports", "TGO", "GHA", "up", 8.0),
        ),
    ],
)
def test_second_halves_of_growth(text: str, expected: tuple[object, ...]) -> None:
    assert expected in growths(text)


@pytest.mark.parametrize(
    "text",
    [
        "Togo's trade balance with Ghana stood at minus 230 million dollars.",
        "Togo's trade balance with Ghana (-$230 million) worsened.",
        "Togo's balance with Ghana was -$230 million.",
    ],
)
def test_balance_below_zero_is_a_figure(text: str) -> None:
    assert ("balance", "TGO", "GHA", -230e6, "USD") in figures(text)
    assert not {row for row in growths(text) if row[4] is not None}


@pytest.mark.parametrize(
    "text",
    [
        "Trade between Togo and Ghana (in million dollars): 2015: 230; 2016: 250; 2017: 290.",
        "Trade between Togo and Ghana in US$ million: 2015 - 230, 2016 - 250, 2017 - 290.",
    ],
)
def test_values_listed_by_year(text: str) -> None:
    found = figures(text)
    assert found == {("total_trade", "TGO", "GHA", v * 1e6, "USD") for v in (230, 250, 290)}


@pytest.mark.parametrize(
    "text",
    [
        "Goods worth $54 million were brought from Togo to Ghana, and goods worth $40 million - from Ghana to Togo.",
        "Goods worth $54 million were shipped from Togo to Ghana and $40 million from Ghana to Togo.",
    ],
)
def test_goods_there_and_back(text: str) -> None:
    assert figures(text) == {
        ("exports", "TGO", "GHA", 54e6, "USD"),
        ("exports", "GHA", "TGO", 40e6, "USD"),
    }


def test_destinations_listed_with_their_growth_in_brackets() -> None:
    text = "Key export destinations included Togo, with 2.3 million tons (up 32% from 2019), Ghana with 899,000 tons (50% increase) and Benin with 256,000 tons (down 3%)."
    title = "Ukraine's grain exports"
    assert ("exports", "UKR", "GHA", 899e3, "tonnes") in figures(text, title)
    assert growths(text, title) == {
        ("exports", "UKR", "TGO", "up", 32.0),
        ("exports", "UKR", "GHA", "up", 50.0),
        ("exports", "UKR", "BEN", "down", 3.0),
    }


def test_title_says_where_remittances_go() -> None:
    text = (
        "Remittance inflows were mainly sourced from Malta ($590 million) and Oman ($452 million)."
    )
    found = figures(text, "Malta and Oman largest sources of remittances to Togo")
    assert found == {
        ("other", "MLT", "TGO", 590e6, "USD"),
        ("other", "OMN", "TGO", 452e6, "USD"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trade between Togo and Ghana fell from $7 billion to $6 billion, or over 14%, last year.",
            ("total_trade", "TGO", "GHA", "down", 14.0),
        ),
        (
            "Togo's exports to Ghana fell to $3 billion, or by 12 percent.",
            ("exports", "TGO", "GHA", "down", 12.0),
        ),
        (
            "The talks between Togo and Ghana gave rise to a 28-percent increase in bilateral trade.",
            ("total_trade", "TGO", "GHA", "up", 28.0),
        ),
        (
            "The value of goods shipped to Ghana by Togo's firms slumped 24 percent.",
            ("exports", "TGO", "GHA", "down", 24.0),
        ),
    ],
)
def test_rates_told_beside_levels(text: str, expected: tuple[object, ...]) -> None:
    assert expected in growths(text)


def test_increase_over_an_amount_is_no_increase_by_it() -> None:
    text = "Togo's sales to Ghana were $50 million, an increase over the $40 million of 2018."
    assert ("exports", "TGO", "GHA", 40e6, "USD") in figures(text)


def test_trend_since_something_that_was_dated() -> None:
    at = date(2021, 8, 15)
    text = (
        "Trade between Togo and Ghana has dropped since the pact between them was signed in 2014."
    )
    document = Document(text=text, source="test", published=PublicationDate(at, at))
    trend = next(s for s in find_statements(document) if s.kind is Kind.GROWTH)
    assert trend.period is not None
    assert (trend.period.start.year, trend.period.end.year) == (2014, 2021)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trade between Togo and Ghana expanded by a factor of three between 2005 and 2015.",
            ("total_trade", "TGO", "GHA", "up", 3.0),
        ),
        (
            "Togo's exports to Ghana exceeded last year's by 12 percent.",
            ("exports", "TGO", "GHA", "up", 12.0),
        ),
        (
            "Togo's exports to Ghana exceed the previous year's level by $40 million.",
            ("exports", "TGO", "GHA", "up", 40e6),
        ),
        (
            "Togo's exports to Ghana beat the old figure by 7 percent.",
            ("exports", "TGO", "GHA", "up", 7.0),
        ),
        (
            "With a jump of 7 percent, Togo's exports to Ghana reached $3 billion.",
            ("exports", "TGO", "GHA", "up", 7.0),
        ),
        (
            "Exports from Togo to Ghana and imports fell by 7 and 9 percent respectively.",
            ("imports", "TGO", "GHA", "down", 9.0),
        ),
        (
            "Togo's exports to Ghana and its imports from the country rose 7 percent and 9 percent, respectively.",
            ("exports", "TGO", "GHA", "up", 7.0),
        ),
    ],
)
def test_what_is_exceeded_and_both_flows(text: str, expected: tuple[object, ...]) -> None:
    assert expected in growths(text)


def test_year_of_a_base_alone_dates_no_level() -> None:
    at = date(2021, 8, 15)
    text = "Togo's exports to Ghana reached $3 billion, 7 percent more than in 2018."
    document = Document(text=text, source="test", published=PublicationDate(at, at))
    level = next(s for s in find_statements(document) if s.kind is Kind.FIGURE)
    assert level.period is None
