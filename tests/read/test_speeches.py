"""Speeches and briefings: whom "you" means, what leaders count, what is only agreed."""

# ruff: noqa: E501  (a sentence is easier to check on one line)
from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.statements import find_statements


def read(
    text: str, *, year: int = 2014, title: str | None = None, url: str | None = None
) -> tuple[Statement, ...]:
    published = PublicationDate(date(year, 5, 20), date(year, 5, 20))
    return find_statements(
        Document(text=text, source="t", title=title, published=published, url=url)
    )


def told(found: tuple[Statement, ...], kind: Kind) -> list[tuple[object, ...]]:
    return [(str(s.measure), s.reporter, s.partner) for s in found if s.kind is kind]


def test_you_are_the_other_of_the_two() -> None:
    found = read(
        "You are Norway's sixth-largest trading partner. Your country exported goods worth $3 billion to Norway.",
        title="Remarks by the Prime Minister of Norway in Chile",
    )
    assert told(found, Kind.RANKING) == [("total_trade", "NOR", "CHL")]
    assert told(found, Kind.FIGURE) == [("exports", "CHL", "NOR")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenya is one of our closest neighbours and the fifth largest market for Ugandan goods.",
            ("exports", "UGA", "KEN"),
        ),
        (
            "Kenya is Uganda's largest services trading partner.",
            ("services_trade", "UGA", "KEN"),
        ),
        (
            "Trade between Chile and Peru hit yet another record last year.",
            ("total_trade", "CHL", "PER"),
        ),
    ],
)
def test_places_in_a_list(text: str, expected: tuple[str, ...]) -> None:
    assert told(read(text), Kind.RANKING) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Trade between Chile and Peru has fallen lately.",
        "The value of Chile's imports and exports to Peru fell by 5.6 percent in 2012.",
        "We have grounds for hope because we saw Chile's trade with Peru fall by close to 30 percent.",
    ],
)
def test_trade_that_fell(text: str) -> None:
    assert told(read(text), Kind.GROWTH) == [("total_trade", "CHL", "PER")]


def test_exports_may_fall_without_a_number() -> None:
    found = read("Chile's exports to Peru have fallen recently.")
    assert told(found, Kind.GROWTH) == [("exports", "CHL", "PER")]


def test_what_can_be_reached_is_a_target() -> None:
    found = read("Trade between Chile and Peru can reach $4 billion this year.")
    assert told(found, Kind.TARGET) == [("total_trade", "CHL", "PER")]


def test_respectively_is_said_of_the_row_before_it() -> None:
    found = read(
        "Norway sold goods and services to Peru worth $9 million and $4 million respectively, and bought goods and services from Peru worth $20 million and $6 million."
    )
    assert [s[0] for s in told(found, Kind.FIGURE)] == ["exports"] * 2 + ["imports"] * 2


def test_a_government_counts_in_its_own_dollars() -> None:
    text = "Australia exported goods to Chile worth $14 million in 2011."
    found = read(text, url="https://www.trade.gov.au/chile")
    assert [s.unit for s in found] == ["AUD"]
    assert [s.unit for s in read(text)] == ["USD"]


def test_projects_and_sales_to_many_are_no_trade_between_two() -> None:
    found = read(
        "Trade between Kenya and Chad was $2 billion. Some 90 joint projects, worth about $200 million, are under way. Kenya has sold merchandise worth $30 billion last year to various countries."
    )
    assert [s.value for s in found] == [2e9]


def test_a_visit_by_one_of_two_is_to_the_other() -> None:
    found = read(
        "In a statement at the end of a three-day visit by Peruvian President García, both sides agreed.",
        title="Chile, Peru outline goals",
    )
    assert told(found, Kind.EVENT) == [("None", "PER", "CHL")]


def test_an_annexation_that_something_follows_has_happened() -> None:
    found = read("Two years after Iraq's illegal annexation of Kuwait the council spoke.")
    assert told(found, Kind.EVENT) == [("None", "IRQ", "KWT")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "China's our third largest trading partner.",
            [("total_trade", "PER", "CHN")],
        ),
        (
            "Kenya is Uganda's largest trading partner in Africa and the fourth in the world.",
            [("total_trade", "UGA", "KEN")] * 2,
        ),
        (
            "Chile and Jordan are each other's second-largest trading partners.",
            [("total_trade", "JOR", "CHL"), ("total_trade", "CHL", "JOR")],
        ),
        (
            "Chile's highest trade deficit was with Jordan.",
            [("balance", "CHL", "JOR")],
        ),
        (
            "Chile was New Zealand's second-largest international visitor market.",
            [("tourists", "CHL", "NZL")],
        ),
    ],
)
def test_places_as_speakers_tell_them(text: str, expected: list[tuple[str, ...]]) -> None:
    found = read(text, title="Remarks by the President of Peru" if "our" in text else None)
    assert told(found, Kind.RANKING) == expected


def test_trade_between_our_countries_may_grow_without_a_number() -> None:
    found = read(
        "In the first five months of this year trade between our countries rose quickly.",
        title="Opening remarks by the Foreign Minister of Chile during talks with Peru's minister",
    )
    assert told(found, Kind.GROWTH) == [("total_trade", "CHL", "PER")]


def test_what_is_expected_to_be_bought_is_a_target() -> None:
    found = read(
        "Chad buys tea from Kenya. More than $3 million worth of Kenyan tea is expected to be imported by Chad."
    )
    assert not told(found, Kind.FIGURE)


def test_whose_remarks_a_title_names() -> None:
    found = read(
        "Our trade reached $3 million in 2013.",
        title="Foreign Minister Sergey Lavrov’s opening remarks at talks with the Secretary of State for Trade of Norway",
    )
    assert told(found, Kind.FIGURE) == [("total_trade", "RUS", "NOR")]


def test_an_amount_said_again_in_brackets_is_one() -> None:
    found = read("Chile's deficit with Peru was USD 7,160.81 million ($7.16 billion) in 2012.")
    assert [s.value for s in found] == [-7160.81e6]


def test_exports_between_two_are_their_trade() -> None:
    found = read("Goods and services exports between Chile and Peru reached $20 billion in 2012.")
    assert told(found, Kind.FIGURE) == [("total_trade", "CHL", "PER")]


def test_goods_that_a_pact_frees_are_no_share() -> None:
    assert not read("Tariffs on 98 per cent of Chile's exports to Peru will go.")


def test_growth_since_a_year_ends_with_the_level_before_it() -> None:
    found = read("Chile-Peru trade passed $191 million in 2012, a nearly twofold rise since 2004.")
    (growth,) = [s for s in found if s.kind is Kind.GROWTH]
    assert growth.period is not None
    assert (growth.period.start.year, growth.period.end) == (2004, date(2012, 12, 31))


def test_fiscal_years_are_those_of_whose_flow_it_is() -> None:
    found = read(
        "In the first nine months of 11-12 FY India saw Bangladesh's deficit with India reach $4 billion. From 2001-02 to 2007-08 it was $12 billion.",
    )
    periods = [(s.period.start, s.period.end) for s in found if s.period]
    assert periods == [
        (date(2011, 7, 1), date(2012, 3, 31)),
        (date(2001, 7, 1), date(2008, 6, 30)),
    ]


def test_an_agreement_signed_on_a_day_is_told_once() -> None:
    found = read(
        "Signed in Lima on 7 April 2008, the conclusion of the FTA between Chile and Peru was a new phase. Our teams will work on an early conclusion of a tax treaty with Peru."
    )
    assert len(told(found, Kind.AGREEMENT)) == 1


def test_arriving_and_starting_a_visit_are_one_act() -> None:
    found = read(
        "Peruvian President García arrived in Santiago on 4 March, starting a three-day visit to Chile."
    )
    assert told(found, Kind.EVENT) == [("None", "PER", "CHL")]


def test_the_objective_is_a_target() -> None:
    found = read("Kenya's trade with Chad reached $10 million and the objective is $15 million.")
    assert told(found, Kind.TARGET) == [("total_trade", "KEN", "TCD")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway gave Fiji a grant of 2.5 billion yen (FJD $120 million).", [(2.5e9, "JPY")]),
        ("Norway gave Fiji a grant of AUD $5.2 million.", [(5.2e6, "AUD")]),
        ("Norway gave Fiji a grant of 300 million Japanese Yen.", [(300e6, "JPY")]),
    ],
)
def test_money_as_agreements_print_it(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(s.value, s.unit) for s in read(text)] == expected


def test_growth_compared_with_a_far_year_is_over_all_years() -> None:
    found = read(
        "Chile sold Peru goods for $4 million in 1996. Compared with 1990, exports to Peru have grown 148 percent.",
        year=1997,
    )
    (growth,) = [s for s in found if s.kind is Kind.GROWTH]
    assert growth.period is not None
    assert (growth.period.start.year, growth.period.end.year) == (1990, 1996)


def test_what_results_from_a_flow_is_no_part_of_it() -> None:
    found = read(
        "Chile's imports from Peru in 1996 were $2.2 million resulting in a surplus for Chile of $1.9 million."
    )
    assert [s[0] for s in told(found, Kind.FIGURE)] == ["imports", "balance"]


def test_months_counted_so_far_are_this_years() -> None:
    (growth,) = read("Over the past three months trade between Kenya and Chad grew by 30%.")
    assert growth.period is not None
    assert (growth.period.start, growth.period.end) == (date(2014, 1, 1), date(2014, 3, 31))


def test_whoever_speaks_visited() -> None:
    found = read(
        "When I last visited Peru in 2005 we were friends.", title="Toast by the King of Norway"
    )
    assert told(found, Kind.EVENT) == [("None", "NOR", "PER")]


def test_what_is_done_to_many_is_not_done_to_one() -> None:
    found = read("Chile's ambassador to Peru spoke. Chile banned airlines from 36 nations.")
    assert told(found, Kind.EVENT) == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            "“Our trade with Peru has doubled since 2010,” Chilean Foreign Minister Heraldo Muñoz said in Lima.",
            Kind.GROWTH,
            [("total_trade", "CHL", "PER")],
        ),
        (
            'Merkel said: "We are the first trade partner and the first investor in Ghana."',
            Kind.RANKING,
            [("total_trade", "GHA", "DEU"), ("fdi_stock", "DEU", "GHA")],
        ),
        (
            "“Trade is good,” Merkel said in Accra. “We sold 3 million tonnes of salt to Ghana,” she added.",
            Kind.FIGURE,
            [("exports", "DEU", "GHA")],
        ),
    ],
)
def test_we_of_whoever_is_quoted(text: str, kind: Kind, expected: list[tuple[str, ...]]) -> None:
    assert told(read(text), kind) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "China is the largest trade partner of Laos, which in turn is the largest ASEAN trade partner of China.",
            [("total_trade", "LAO", "CHN"), ("total_trade", "CHN", "LAO")],
        ),
        (
            "Laos ranks eighth among 116 countries and territories investing in Cambodia.",
            [("fdi_stock", "LAO", "KHM")],
        ),
        (
            "Turkey is the largest trade, investment and energy partner for the EU in the Balkans.",
            [("total_trade", "EU", "TUR")],
        ),
        (
            "The European Union invests in Ghana. The 28-member union is Ghana's third top trading partner.",
            [("total_trade", "GHA", "EU")],
        ),
    ],
)
def test_places_as_agencies_tell_them(text: str, expected: list[tuple[str, ...]]) -> None:
    assert told(read(text), Kind.RANKING) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Trade between the EU and its six partners has doubled. Armenia agreed.",
        "In Minsk Russia and Chad signed a 150 billion yuan currency swap agreement.",
        "Russia and Chad signed papers worth $18 billion in trade and investment agreements.",
    ],
)
def test_neither_open_groups_nor_swaps_trade(text: str) -> None:
    assert not [s for s in read(text) if s.kind in {Kind.FIGURE, Kind.GROWTH}]


def test_who_is_exporting_and_importing() -> None:
    found = read(
        "Ghana buys food from Brazil. Trade is in Kenya's favour with Kenya exporting machinery valued at Sh510 million to Ghana in 2014 and importing goods worth Sh290 million from Ghana."
    )
    assert told(found, Kind.FIGURE) == [("exports", "KEN", "GHA"), ("imports", "KEN", "GHA")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chancellor Merkel played host to Kenya's President Kenyatta.", ("None", "DEU", "KEN")),
        ("Kenya gained her independence in 1963.", ("None", "KEN", "GBR")),
        (
            "The re-establishment of relations between Cuba and the United States in 2015 was welcome.",
            ("None", "CUB", "USA"),
        ),
    ],
)
def test_acts_as_speakers_tell_them(text: str, expected: tuple[str, ...]) -> None:
    assert told(read(text), Kind.EVENT) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Chad and Niger are determined to raise the value of their bilateral trade to $20 million per year, from $12 million.",
        "Chad spoke of its determination to increase annual two-way trade with Niger to $20 million.",
        "Chad and Niger have agreed on a plan to boost the trade between the two countries up to $20 million.",
    ],
)
def test_what_trade_is_to_be_raised_to_is_a_target(text: str) -> None:
    found = read(text)
    assert told(found, Kind.TARGET) == [("total_trade", "TCD", "NER")]
    assert not told(found, Kind.GROWTH)


def test_what_one_seeks_to_increase_has_not_grown() -> None:
    found = read("Chad seeks to increase its trade with Niger, which came to $10 million in 2013.")
    assert not told(found, Kind.GROWTH)


def test_whose_independence_relations_followed() -> None:
    found = read(
        "Norway established diplomatic relations with Rwanda in 1963, following its independence from Belgium as the trustee."
    )
    assert told(found, Kind.EVENT) == [("None", "NOR", "RWA"), ("None", "RWA", "BEL")]


def test_visits_of_officials_whose_country_the_text_speaks_for() -> None:
    found = read(
        "We begin with the visit of Foreign Secretary Asad Majeed Khan to Chad on 16 March 2014.",
        title="Transcript of the briefing",
        url="https://mofa.gov.pk/briefing",
    )
    assert told(found, Kind.EVENT) == [("None", "PAK", "TCD")]


def test_each_country_visited_counts() -> None:
    found = read("Merkel visited Kenya, Uganda and Ghana in May 2015.", year=2016)
    assert [s.partner for s in found] == ["KEN", "UGA", "GHA"]


def test_first_months_of_a_fiscal_year() -> None:
    (figure,) = read(
        "Iran's trade with Chad came to $1.6 million in the current fiscal year's first nine months (March 21 – Dec. 21).",
        year=2014,
    )
    assert figure.period is not None
    assert (figure.period.start, figure.period.end) == (date(2014, 3, 21), date(2014, 12, 21))


def test_investment_of_some_months_is_a_flow() -> None:
    (figure,) = read(
        "In the first half of 2013, Japan's investment in Peru amounted to $6 million."
    )
    assert str(figure.measure) == "fdi_flow"


def test_a_line_is_one_of_credit_beside_an_amount() -> None:
    found = read(
        "Japan extended a $1 billion line of credit to Peru, $894 million line to Chile, and a $500 million line to Vietnam."
    )
    assert told(found, Kind.FIGURE) == [
        ("loan", "JPN", "PER"),
        ("loan", "JPN", "CHL"),
        ("loan", "JPN", "VNM"),
    ]


def test_since_an_agreement_is_a_time() -> None:
    found = read(
        "Norway's exports to Peru, which came to $6 million in 2013, have been higher since the free trade agreement came into force."
    )
    assert [(s.kind, str(s.measure)) for s in found] == [(Kind.FIGURE, "exports")]
    found = read(
        "Trade between Peru and Chile has doubled since the agreement has been in effect for the past 17 years."
    )
    assert told(found, Kind.ANNIVERSARY) == []
