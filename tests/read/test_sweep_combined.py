"""Sentences that say several things, with the countries in turn: what each must give."""

# ruff: noqa: E501  (a sentence and its meaning are easier to check on one line)
from __future__ import annotations

import pytest

from accord.model.document import Document
from accord.model.statement import Statement
from accord.read.statements import find_statements

PAIRS = (
    ("Chile", "Chilean", "CHL", "Norway", "Norwegian", "NOR"),
    ("Ghana", "Ghanaian", "GHA", "Poland", "Polish", "POL"),
    ("Nepal", "Nepalese", "NPL", "Finland", "Finnish", "FIN"),
)
# {A} {B} are names, {a} {b} adjectives; then kind, measure, the two in order, the value (of a
# change for growth) and the year in which the period ends.
Meaning = tuple[str, str, str, str, float | None, int | None]
SENTENCES: tuple[tuple[str, tuple[Meaning, ...]], ...] = (
    (
        "{A}'s exports to {B} rose by 12 percent to $450 million in 2015.",
        (
            ("growth", "exports", "A", "B", 12, 2015),
            ("figure", "exports", "A", "B", 450000000.0, 2015),
        ),
    ),
    (
        "{A}'s exports to {B} were $450 million in 2015, up from $400 million in 2014.",
        (
            ("figure", "exports", "A", "B", 450000000.0, 2015),
            ("figure", "exports", "A", "B", 400000000.0, 2014),
            ("growth", "exports", "A", "B", None, 2015),
        ),
    ),
    (
        "Trade between {A} and {B} grew from $1.2 billion in 2005 to $4.5 billion in 2015.",
        (
            ("figure", "total_trade", "A", "B", 1200000000.0, 2005),
            ("figure", "total_trade", "A", "B", 4500000000.0, 2015),
            ("growth", "total_trade", "A", "B", None, 2015),
        ),
    ),
    (
        "In 2015 {A} exported $450 million to {B} and imported $120 million.",
        (
            ("figure", "exports", "A", "B", 450000000.0, 2015),
            ("figure", "imports", "A", "B", 120000000.0, 2015),
        ),
    ),
    (
        "In 2015 {a} exports to {B} amounted to $450 million, while imports were $120 million.",
        (
            ("figure", "exports", "A", "B", 450000000.0, 2015),
            ("figure", "imports", "A", "B", 120000000.0, 2015),
        ),
    ),
    (
        "Bilateral trade between {A} and {B} was $570 million in 2015, of which {a} exports accounted for $450 million.",
        (
            ("figure", "total_trade", "A", "B", 570000000.0, 2015),
            ("figure", "exports", "A", "B", 450000000.0, 2015),
        ),
    ),
    (
        "Bilateral trade between {A} and {B} was $570 million in 2015, with {a} exports at $450 million and imports at $120 million.",
        (
            ("figure", "total_trade", "A", "B", 570000000.0, 2015),
            ("figure", "exports", "A", "B", 450000000.0, 2015),
            ("figure", "imports", "A", "B", 120000000.0, 2015),
        ),
    ),
    (
        "In 2015, {A} exported goods worth $450 million to {B}, a rise of 12.5% on 2014.",
        (
            ("figure", "exports", "A", "B", 450000000.0, 2015),
            ("growth", "exports", "A", "B", 12.5, 2015),
        ),
    ),
    (
        "{B} is {A}'s third-largest export market, taking 14 percent of its exports in 2015.",
        (
            ("ranking", "exports", "A", "B", 3, None),
            ("share", "exports", "A", "B", 14, 2015),
        ),
    ),
    (
        "{B} was {A}'s fifth largest trading partner in 2015, with trade of $570 million.",
        (
            ("ranking", "total_trade", "A", "B", 5, 2015),
            ("figure", "total_trade", "A", "B", 570000000.0, 2015),
        ),
    ),
    (
        "{a} investment in {B} stood at $2.1 billion at the end of 2015, while {b} investment in {A} was only $300 million.",
        (
            ("figure", "fdi_stock", "A", "B", 2100000000.0, 2015),
            ("figure", "fdi_stock", "B", "A", 300000000.0, 2015),
        ),
    ),
    (
        "{A} has invested $2.1 billion in {B} since 2005, making it the second-largest foreign investor.",
        (
            ("figure", "fdi_flow", "A", "B", 2100000000.0, None),
            ("ranking", "fdi_stock", "A", "B", 2, None),
        ),
    ),
    (
        "{A} is {B}'s largest creditor, holding 40 percent of its external debt of $3 billion.",
        (
            ("ranking", "loan", "A", "B", 1, None),
            ("share", "loan", "A", "B", 40, None),
        ),
    ),
    (
        "{A} has provided {B} with $90 million in grants and $200 million in loans since 2005.",
        (
            ("figure", "aid", "A", "B", 90000000.0, None),
            ("figure", "loan", "A", "B", 200000000.0, None),
        ),
    ),
    (
        "{A} pledged $90 million in aid to {B} for 2016-2020.",
        (("target", "aid", "A", "B", 90000000.0, 2020),),
    ),
    (
        "{A} and {B} aim to raise bilateral trade to $5 billion by 2025.",
        (("target", "total_trade", "A", "B", 5000000000.0, 2025),),
    ),
    (
        "The two countries, {A} and {B}, hope to double their trade by 2025.",
        (("target", "total_trade", "A", "B", 2, 2025),),
    ),
    (
        "{A}'s trade deficit with {B} widened to $800 million in 2015 from $650 million a year earlier.",
        (
            ("figure", "balance", "A", "B", -800000000.0, 2015),
            ("figure", "balance", "A", "B", -650000000.0, 2014),
            ("growth", "balance", "A", "B", None, 2015),
        ),
    ),
    (
        "In 2015 {A} had a deficit of $800 million in its trade with {B}.",
        (("figure", "balance", "A", "B", -800000000.0, 2015),),
    ),
    (
        "The trade balance was in {A}'s favour: it sold {B} $450 million of goods in 2015 and bought $120 million.",
        (
            ("figure", "exports", "A", "B", 450000000.0, 2015),
            ("figure", "imports", "A", "B", 120000000.0, 2015),
        ),
    ),
    (
        "The number of {a} tourists in {B} rose by 9 percent to 45,300 in 2015.",
        (
            ("growth", "tourists", "A", "B", 9, 2015),
            ("figure", "tourists", "A", "B", 45300, 2015),
        ),
    ),
    ("{B} hosts 45,300 refugees from {A}.", (("figure", "other", "A", "B", 45300, None),)),
    (
        "About 45,300 people of {a} origin live in {B}.",
        (("figure", "other", "A", "B", 45300, None),),
    ),
    (
        "The {a} community in {B} numbers about 45,300.",
        (("figure", "other", "A", "B", 45300, None),),
    ),
    (
        "{a} workers in {B} sent home $250 million in 2015.",
        (("figure", "other", "B", "A", 250000000.0, 2015),),
    ),
    (
        "Remittances from {a} workers in {B} reached $250 million in 2015.",
        (("figure", "other", "B", "A", 250000000.0, 2015),),
    ),
    (
        "{A}'s main export partners are {B} (14.2%), China (9.1%) and India (8%).",
        (("share", "exports", "A", "B", 14.2, None),),
    ),
    ("{B} supplies a quarter of {A}'s oil imports.", (("share", "imports", "A", "B", 25, None),)),
    ("About a third of {A}'s exports go to {B}.", (("share", "exports", "A", "B", 33.3, None),)),
    (
        "More than 40 per cent of {A}'s imports come from {B}.",
        (("share", "imports", "A", "B", 40, None),),
    ),
    (
        "Exports to {B} make up 14 percent of {A}'s total exports.",
        (("share", "exports", "A", "B", 14, None),),
    ),
    ("{A} depends on {B} for 60 percent of its gas.", (("share", "imports", "A", "B", 60, None),)),
    (
        "{a} arms sales to {B} totalled $450 million between 2010 and 2014.",
        (("figure", "exports", "A", "B", 450000000.0, 2014),),
    ),
    (
        "{A} supplied {B} with 2.5 million tonnes of coal in 2015.",
        (("figure", "exports", "A", "B", 2500000.0, 2015),),
    ),
    (
        "In 2015, 2.5 million tonnes of {a} coal were shipped to {B}.",
        (("figure", "exports", "A", "B", 2500000.0, 2015),),
    ),
    (
        "{A} wrote off $35 million of {B}'s debt in 2006.",
        (("figure", "loan", "A", "B", 35000000.0, 2006),),
    ),
    ("{B} repaid {A} $35 million in 2006.", (("figure", "loan", "A", "B", 35000000.0, 2006),)),
    (
        "In 2015 services exports from {A} to {B} were worth $90 million.",
        (("figure", "services_trade", "A", "B", 90000000.0, 2015),),
    ),
    ("{A}'s exports to {B} halved in 2015.", (("growth", "exports", "A", "B", 0.5, 2015),)),
    ("{A}'s exports to {B} have tripled since 2005.", (("growth", "exports", "A", "B", 3, None),)),
    (
        "Exports from {A} to {B} were three times higher in 2015 than in 2005.",
        (("growth", "exports", "A", "B", 3, 2015),),
    ),
    (
        "According to {b} statistics, imports from {A} came to $450 million in 2015.",
        (("figure", "imports", "B", "A", 450000000.0, 2015),),
    ),
    (
        "{A} ranks seventh among {B}'s trading partners.",
        (("ranking", "total_trade", "B", "A", 7, None),),
    ),
    (
        "{A} is the seventh-largest investor in {B}, with 310 projects worth $2.1 billion.",
        (
            ("ranking", "fdi_stock", "A", "B", 7, None),
            ("figure", "fdi_stock", "A", "B", 2100000000.0, None),
        ),
    ),
    (
        "{A} is the second-largest source of tourists for {B}.",
        (("ranking", "tourists", "A", "B", 2, None),),
    ),
    (
        "{B} is the largest recipient of {a} aid, receiving $90 million in 2015.",
        (
            ("ranking", "aid", "A", "B", 1, None),
            ("figure", "aid", "A", "B", 90000000.0, 2015),
        ),
    ),
    (
        "Trade with {A} accounted for 4 percent of {B}'s total trade in 2015.",
        (("share", "total_trade", "B", "A", 4, 2015),),
    ),
    (
        "{B}'s share of {a} exports fell from 20 percent in 2005 to 14 percent in 2015.",
        (
            ("share", "exports", "A", "B", 20, 2005),
            ("share", "exports", "A", "B", 14, 2015),
        ),
    ),
    (
        "{A} exports mainly fish to {B}; the total value was $450 million in 2015.",
        (("figure", "exports", "A", "B", 450000000.0, 2015),),
    ),
    (
        "{A} and {B} signed an agreement in 2003. Since then trade has grown from $100 million to $450 million in 2015.",
        (
            ("figure", "total_trade", "A", "B", 450000000.0, 2015),
            ("figure", "total_trade", "A", "B", 100000000.0, 2003),
        ),
    ),
    (
        "{A}'s exports to {B} and China were $450 million and $2 billion respectively in 2015.",
        (("figure", "exports", "A", "B", 450000000.0, 2015),),
    ),
    (
        "{a} foreign direct investment in {B} totalled $2.1 billion between 2005 and 2015.",
        (("figure", "fdi_flow", "A", "B", 2100000000.0, 2015),),
    ),
    (
        "The stock of {a} FDI in {B} was $2.1 billion in 2015, up 5 percent on the previous year.",
        (
            ("figure", "fdi_stock", "A", "B", 2100000000.0, 2015),
            ("growth", "fdi_stock", "A", "B", 5, 2015),
        ),
    ),
    (
        "{a} companies have invested more than $2.1 billion in {B}.",
        (("figure", "fdi_stock", "A", "B", 2100000000.0, None),),
    ),
    (
        "{B} was the destination of 14 percent of {a} exports in 2015.",
        (("share", "exports", "A", "B", 14, 2015),),
    ),
    (
        "In 2015 {B} purchased $450 million of {a} goods.",
        (("figure", "imports", "B", "A", 450000000.0, 2015),),
    ),
    (
        "{B} buys $450 million worth of goods from {A} every year.",
        (("figure", "imports", "B", "A", 450000000.0, None),),
    ),
    (
        "{a} goods worth $450 million entered {B} in 2015.",
        (("figure", "exports", "A", "B", 450000000.0, 2015),),
    ),
    (
        "{A}'s sales to {B} of $450 million in 2015 exceeded its purchases of $120 million.",
        (
            ("figure", "exports", "A", "B", 450000000.0, 2015),
            ("figure", "imports", "A", "B", 120000000.0, 2015),
        ),
    ),
    (
        "The value of trade between the two rose to $570 million in 2015, {A} exporting $450 million and {B} $120 million.",
        (("figure", "total_trade", "A", "B", 570000000.0, 2015),),
    ),
    (
        "{A} granted {B} a loan of $90 million in 2011 for the construction of a port.",
        (("figure", "loan", "A", "B", 90000000.0, 2011),),
    ),
    (
        "{B} obtained a $90 million credit from {A} in 2011.",
        (("figure", "loan", "A", "B", 90000000.0, 2011),),
    ),
    (
        "{A} extended a credit line of $90 million to {B} in 2011.",
        (("figure", "loan", "A", "B", 90000000.0, 2011),),
    ),
    (
        "{A} cancelled $90 million of debt owed by {B} in 2011.",
        (("figure", "loan", "A", "B", 90000000.0, 2011),),
    ),
    (
        "{B}'s debt to {A} stood at $90 million in 2011.",
        (("figure", "loan", "A", "B", 90000000.0, 2011),),
    ),
    (
        "{A} donated $2 million to {B} after the 2010 earthquake.",
        (("figure", "aid", "A", "B", 2000000.0, None),),
    ),
    (
        "{a} development assistance to {B} averaged $40 million a year between 2005 and 2010.",
        (("figure", "aid", "A", "B", 40000000.0, 2010),),
    ),
    (
        "Since 1995 {A} has given {B} over $500 million in aid.",
        (("figure", "aid", "A", "B", 500000000.0, None),),
    ),
    (
        "{A} is the third-largest donor to {B}, after Japan and the United States.",
        (("ranking", "aid", "A", "B", 3, None),),
    ),
    (
        "{A} offers 120 scholarships a year to students from {B}.",
        (("figure", "other", "A", "B", 120, None),),
    ),
    ("Around 300 {a} companies operate in {B}.", (("figure", "other", "A", "B", 300, None),)),
    (
        "There are 300 {a} firms in {B}, employing 45,000 people.",
        (("figure", "other", "A", "B", 300, None),),
    ),
    ("More than 45,300 {a} citizens live in {B}.", (("figure", "other", "A", "B", 45300, None),)),
    ("{B} is home to 45,300 {a} immigrants.", (("figure", "other", "A", "B", 45300, None),)),
    (
        "In 2015, 45,300 tourists from {A} visited {B}, an increase of 9 percent.",
        (
            ("figure", "tourists", "A", "B", 45300, 2015),
            ("growth", "tourists", "A", "B", 9, 2015),
        ),
    ),
    (
        "{a} visitors to {B} numbered 45,300 in 2015.",
        (("figure", "tourists", "A", "B", 45300, 2015),),
    ),
    (
        "{B} welcomed 45,300 visitors from {A} in 2015, making it the fourth-largest market.",
        (
            ("figure", "tourists", "A", "B", 45300, 2015),
            ("ranking", "tourists", "A", "B", 4, 2015),
        ),
    ),
    ("{A} sent 2,400 soldiers to {B} in 2003.", (("figure", "other", "A", "B", 2400, 2003),)),
    ("{B} imports 60 percent of its gas from {A}.", (("share", "imports", "B", "A", 60, None),)),
    ("{A} covers 60 percent of {B}'s gas needs.", (("share", "imports", "B", "A", 60, None),)),
    (
        "{A} delivered 2.5 billion cubic metres of gas to {B} in 2015.",
        (("figure", "exports", "A", "B", 2500000000.0, 2015),),
    ),
    (
        "{B} bought 30,000 barrels of oil per day from {A} in 2015.",
        (("figure", "imports", "B", "A", 30000, 2015),),
    ),
    (
        "Bilateral trade in services between {A} and {B} was worth $90 million in 2015.",
        (("figure", "services_trade", "A", "B", 90000000.0, 2015),),
    ),
    (
        "Trade between {A} and {B} fell by a third in 2009.",
        (("growth", "total_trade", "A", "B", 33.3, 2009),),
    ),
    (
        "Trade between {A} and {B} increased fivefold between 2000 and 2010.",
        (("growth", "total_trade", "A", "B", 5, 2010),),
    ),
    (
        "Trade between {A} and {B} is expected to reach $1 billion by 2025.",
        (("target", "total_trade", "A", "B", 1000000000.0, 2025),),
    ),
    (
        "{A} plans to invest $3 billion in {B} over the next five years.",
        (("target", "fdi_flow", "A", "B", 3000000000.0, None),),
    ),
    (
        "{B} became {A}'s largest trading partner in 2015, overtaking Japan.",
        (("ranking", "total_trade", "A", "B", 1, 2015),),
    ),
    (
        "{A} is {B}'s second-largest trading partner in Africa.",
        (("ranking", "total_trade", "B", "A", 2, None),),
    ),
    (
        "Exports to {B} reached a record $450 million in 2015, {A}'s statistics office said.",
        (("figure", "exports", "A", "B", 450000000.0, 2015),),
    ),
    (
        "In 2015, {A} ranked 34th among {B}'s export destinations and 21st among its suppliers.",
        (
            ("ranking", "exports", "B", "A", 34, 2015),
            ("ranking", "imports", "B", "A", 21, 2015),
        ),
    ),
    (
        "{A} had a trade surplus with {B} of $330 million in 2015.",
        (("figure", "balance", "A", "B", 330000000.0, 2015),),
    ),
    (
        "Trade between {A} and {B} is small, at $5 million in 2015.",
        (("figure", "total_trade", "A", "B", 5000000.0, 2015),),
    ),
    (
        "{A}'s exports to {B} (2015): $450 million; imports: $120 million.",
        (
            ("figure", "exports", "A", "B", 450000000.0, 2015),
            ("figure", "imports", "A", "B", 120000000.0, 2015),
        ),
    ),
)


def _value(found: Statement) -> float | None:
    return found.change.value if found.value is None and found.change else found.value


def _says(found: Statement, meaning: Meaning, codes: dict[str, str]) -> bool:
    kind, measure, reporter, partner, value, year = meaning
    parties = (found.reporter, found.partner)
    expected = (codes[reporter], codes[partner])
    mutual = measure == "total_trade" and kind not in {"ranking", "share"}
    same = set(parties) == set(expected) if mutual else parties == expected
    ends = found.period.end.year if found.period else None
    return (
        (str(found.kind), str(found.measure)) == (kind, measure)
        and same
        and _value(found) == (None if value is None else pytest.approx(value))
        and (year is None or ends == year)
    )


@pytest.mark.parametrize("pair", PAIRS, ids=[p[0] for p in PAIRS])
def test_each_meaning_is_read(pair: tuple[str, ...]) -> None:
    codes = {"A": pair[2], "B": pair[5]}
    wrong = []
    for template, meanings in SENTENCES:
        text = template.format(A=pair[0], a=pair[1], B=pair[3], b=pair[4])
        read = find_statements(Document(text=text, source="sweep"))
        wrong += [
            (text, meaning)
            for meaning in meanings
            if not any(_says(found, meaning, codes) for found in read)
        ]
    assert not wrong
