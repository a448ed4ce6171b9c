"""Deeds between states: each family of verbs and nouns, in every voice and order."""

from __future__ import annotations

from datetime import date

import pytest

from accord.model.document import Document, PublicationDate
from accord.model.statement import Kind, Statement
from accord.read.deed_words import forms_of, words_of
from accord.read.statements import find_statements

DAY = date(2024, 6, 14)


def events(text: str, title: str | None = None) -> list[Statement]:
    """The events of a text."""
    document = Document(text=text, source="t", title=title, published=PublicationDate(DAY, DAY))
    return [s for s in find_statements(document) if s.kind is Kind.EVENT]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("On 12 March 1977 Ghana and Peru opened diplomatic relations.", "GHA PER"),
        ("Sudan's foreign minister arrived in Cairo on Tuesday.", "SDN EGY"),
        ("A Bulgarian trade delegation left for Hanoi on Friday.", "BGR VNM"),
        ("The visit of the Emir of Qatar to Buenos Aires in October 2018 was short.", "QAT ARG"),
        ("Talks between Thailand and Cambodia broke down in February 2011.", "THA KHM"),
        ("Iraq invaded Kuwait on 2 August 1990.", "IRQ KWT"),
        ("Kuwait was invaded by Iraqi troops in August 1990.", "IRQ KWT"),
        ("The Iraqi invasion of Kuwait in August 1990 cut the flow of oil.", "IRQ KWT"),
        ("Vietnam withdrew its last soldiers from Cambodia in September 1989.", "VNM KHM"),
        ("Portugal handed Macau back to China in December 1999.", "PRT CHN"),
        ("Kazakhstan and Kyrgyzstan reopened their border on Monday.", "KAZ KGZ"),
        ("Direct flights between Tel Aviv and Rabat began in July 2021.", "ISR MAR"),
        ("Ottawa expelled six Indian diplomats over the killing.", "CAN IND"),
        ("The Polish ambassador was summoned to the Russian foreign ministry.", "POL RUS"),
        ("Relations between Chad and Libya were severed in 1982.", "TCD LBY"),
        ("Trump hits Brazil with 50% tariff", "USA BRA"),
        ("The embargo that Turkey placed on Armenia in 1993 is still there.", "TUR ARM"),
        ("Australian anti-dumping duties on Indonesian paper were removed in 2019.", "AUS IDN"),
        ("The Gambia sued Myanmar at The Hague in November 2019.", "GMB MMR"),
        ("Germany apologised to Namibia for the genocide in May 2021.", "DEU NAM"),
        ("Kenya sends police to Haiti", "KEN HTI"),
        ("Turkey shot down a Russian bomber in November 2015.", "TUR RUS"),
        ("Recognition of Namibia by Finland followed on 21 March 1990.", "FIN NAM"),
        ("Panama switched recognition from Taipei to Beijing in June 2017.", "PAN CHN"),
        ("Washington designated Cuba a state sponsor of terrorism in January 2021.", "USA CUB"),
        ("Russia wrote off most of Mongolia's debt in 2003.", "RUS MNG"),
        ("Poland handed Ukraine its first four MiG-29 jets in April 2023.", "POL UKR"),
        ("Malaysia and Singapore separated on 9 August 1965.", "MYS SGP"),
        ("Spain's embassy in Bissau reopened on Friday.", "ESP GNB"),
    ],
)
def test_deeds_of_every_family(text: str, pair: str) -> None:
    assert [{s.reporter, s.partner} for s in events(text)] == [set(pair.split())]


@pytest.mark.parametrize(
    "text",
    [
        "German tourists flew to Spain in greater numbers last summer.",
        "A French court sentenced the Belgian driver to three years.",
        "The Brazilian striker met the Spanish press on Tuesday.",
        "Half of the students from India return after their studies in Canada.",
        "The airline dropped its route from Oslo to Lisbon because of costs.",
        "The Dutch bank sold its business in Brazil to a Spanish rival.",
        "Spain and Italy exchanged places in the ranking of tourist countries.",
        "Tariffs on bicycles made in Asia would raise prices, traders say.",
        "Workers at the plants in Slovakia and Hungary went on strike.",
    ],
)
def test_what_people_and_firms_do_is_no_deed_of_states(text: str) -> None:
    assert events(text) == []


ACTORS = ("Peru", "the Peruvian president", "Lima", "Peru's prime minister", "Peruvian officials")
DEEDS = (
    "visited Ghana",
    "paid an official visit to Ghana",
    "held talks with the Ghanaian president",
    "recognised Ghana",
    "withdrew its recognition of Ghana",
    "severed ties with Ghana",
    "restored relations with Ghana",
    "closed its embassy in Ghana",
    "recalled its ambassador from Ghana",
    "expelled two Ghanaian diplomats",
    "imposed sanctions on Ghana",
    "lifted its embargo against Ghana",
    "banned imports of Ghanaian cocoa",
    "suspended aid to Ghana",
    "invaded Ghana",
    "withdrew troops from Ghana",
    "seized a Ghanaian ship",
    "filed a complaint against Ghana at the WTO",
    "apologised to Ghana",
    "waived visas for Ghanaian citizens",
    "cancelled Ghana's debt",
    "sent a medical team to Ghana",
    "evacuated its citizens from Ghana",
)
TOGETHER = (
    "exchanged ambassadors",
    "held talks in Geneva",
    "went to war",
    "reopened their border",
    "resumed flights",
    "held joint military exercises",
    "broke off relations",
)


def told(text: str) -> list[tuple[str | None, set[str | None]]]:
    """Date and parties of each event."""
    return [(s.date, {s.reporter, s.partner}) for s in events(text)]


@pytest.mark.parametrize("deed", DEEDS)
def test_deeds_by_every_actor_in_every_order(deed: str) -> None:
    for actor in ACTORS:
        last = f"{actor[0].upper()}{actor[1:]} {deed} on 12 March 2019."
        first = f"On 12 March 2019, {actor} {deed}."
        for text in (last, first):
            assert told(text) == [("2019-03-12", {"PER", "GHA"})], text


@pytest.mark.parametrize("deed", TOGETHER)
@pytest.mark.parametrize("pair", ["Peru and Ghana", "The presidents of Peru and Ghana"])
def test_deeds_of_two_together(pair: str, deed: str) -> None:
    assert told(f"{pair} {deed} in March 2019.") == [("2019-03", {"PER", "GHA"})]


def test_a_second_verb_has_the_subject_of_the_first() -> None:
    found = events("Panama dumps Taiwan, recognises Beijing")
    assert [(s.reporter, s.partner) for s in found] == [("PAN", "TWN"), ("PAN", "CHN")]


def test_each_of_a_chain_does_what_is_not_done_together() -> None:
    found = events("Sudan and Bahrain on Monday cut ties with Iran.")
    assert {(s.reporter, s.partner) for s in found} == {("SDN", "IRN"), ("BHR", "IRN")}


def test_others_did_so_too() -> None:
    found = events("Sudan recognised South Sudan on Friday. Egypt and Germany did so on Saturday.")
    assert [s.reporter for s in found] == ["SDN", "EGY", "DEU"]
    assert {s.partner for s in found} == {"SSD"}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Jamaica became independent on August 6, 1962.", ("JAM", "GBR")),
        ("Estonia regained its independence in 1991.", ("EST", "SUN")),
        ("Estonia declared independence in 1918.", ("EST", "RUS")),
        ("Namibia gained independence from South Africa in 1990.", ("NAM", "ZAF")),
    ],
)
def test_independence_knows_the_former_ruler(text: str, pair: tuple[str, str]) -> None:
    assert [(s.reporter, s.partner) for s in events(text)] == [pair]


def test_every_family_takes_something_that_is_known() -> None:
    for forms in forms_of().values():
        for form in forms:
            assert form.family.takes in {"party", "thing", "place", "pair", "with"}
            assert form.family.takes != "thing" or form.family.things is not None


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("deny", "deny denies denied denying"),
        ("annex", "annex annexes annexed annexing"),
        ("go/goes/went/gone/going", "go goes went going gone"),
    ],
)
def test_verbs_have_all_their_forms(verb: str, words: str) -> None:
    assert [word for word, _ in words_of(verb)] == words.split()
