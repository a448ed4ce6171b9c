"""Figures, growth and shares against the bundled record.

The numbers are published ones (China Customs, Vietnam Customs, the Federal Customs
Service); each row of the record names its source.
"""

from __future__ import annotations

import pytest

from accord.check import Facts
from accord.model.statement import Approximation, Kind, Measure, Statement
from accord.model.verdict import Outcome, Reason
from tests.check.making import BN, figure, growth, judge

A, M, OUT, R = Approximation, Measure, Outcome, Reason
CUSTOMS = {"attributed_to": "Chinese customs"}


@pytest.mark.parametrize(
    ("statement", "published", "outcome", "reason"),
    [
        pytest.param(figure(190.27 * BN), "2023-02-10", OUT.SUPPORTED, None, id="exact"),
        pytest.param(
            figure(190 * BN, resolution=BN), "2023-02-10", OUT.SUPPORTED, None, id="rounded"
        ),
        pytest.param(
            figure(190 * BN, approx=A.OVER), "2023-02-10", OUT.SUPPORTED, None, id="floor"
        ),
        pytest.param(
            figure(180 * BN, **CUSTOMS), "2023-02-10", OUT.CONTRADICTED, None, id="5 % off, named"
        ),
        pytest.param(
            figure(180 * BN), "2023-02-10", OUT.IMPRECISE, R.NEAR_MISS, id="5 % off, unnamed"
        ),
        pytest.param(
            figure(190.27e6, **CUSTOMS), "2023-02-10", OUT.CONTRADICTED, None, id="million"
        ),
        pytest.param(
            figure(190.3 * BN, resolution=0.1 * BN), "2022-06-30", OUT.SUPPORTED, None, id="later"
        ),
        pytest.param(
            figure(49.16 * BN, period="2020-H1", **CUSTOMS),
            "2020-07-20", OUT.IMPRECISE, R.OTHER_VINTAGE, id="younger vintage",
        ),
        pytest.param(
            figure(18.78 * BN, period="2021-01-01/2021-02-28"),
            "2021-03-26", OUT.IMPRECISE, R.ROUNDED_ROW, id="against a bound",
        ),
        pytest.param(
            figure(133.09 * BN, pair=("CHN", "VNM"), period="2020", **CUSTOMS),
            "2021-03-25", OUT.IMPRECISE, R.PARTNER_STATISTICS, id="the partner's figure",
        ),
        pytest.param(
            figure(133.09 * BN, pair=("VNM", "CHN"), period="2020"),
            "2021-03-25", OUT.SUPPORTED, None, id="either side, none named",
        ),
        pytest.param(
            figure(-38.03 * BN, measure=M.BALANCE), "2023-02-10", OUT.SUPPORTED, None, id="balance"
        ),
        pytest.param(
            figure(38.03 * BN, measure=M.BALANCE, quote="China had a surplus of that", **CUSTOMS),
            "2023-02-10", OUT.CONTRADICTED, None, id="surplus for deficit",
        ),
        pytest.param(
            figure(38.03 * BN, measure=M.BALANCE, pair=("RUS", "CHN")),
            "2023-02-10", OUT.SUPPORTED, None, id="balance seen from the partner",
        ),
        pytest.param(
            figure(89 * BN, period="2021-01-01/2021-08-31", resolution=0.1 * BN, **CUSTOMS),
            "2021-10-02", OUT.SUPPORTED, None, id="total as a sum of two rows",
        ),
        pytest.param(
            figure(76.5 * BN, pair=("FRA", "ITA")), "2023-02-10", OUT.UNVERIFIABLE, R.NO_SERIES,
            id="pair not on record",
        ),
        pytest.param(
            figure(95.8 * BN, pair=("CHN", "VNM"), period="2015"),
            "2017-05-14", OUT.UNVERIFIABLE, R.NO_COVERAGE, id="year not on record",
        ),
        pytest.param(
            figure(300 * BN, period="2026-06"), "2026-10-01", OUT.UNVERIFIABLE, R.LATER_THAN_RECORD,
            id="younger than the record",
        ),
        pytest.param(
            figure(25 * BN, period=None), "2023-02-10", OUT.UNVERIFIABLE, R.AMBIGUOUS_PERIOD,
            id="no period",
        ),
        pytest.param(
            figure(25 * BN, pair=(None, None)), "2023-02-10", OUT.UNVERIFIABLE, R.AMBIGUOUS_PARTY,
            id="no parties",
        ),
        pytest.param(
            figure(17 * BN, unit="EUR"), "2023-02-10", OUT.UNVERIFIABLE, R.NO_RATE, id="euro"
        ),
        pytest.param(
            figure(9e5, unit="vehicles", commodity="passenger cars"),
            "2023-02-10", OUT.UNVERIFIABLE, R.NO_SERIES, id="pieces",
        ),
        pytest.param(
            figure(10.2 * BN, measure=M.FDI_STOCK), "2023-02-10", OUT.UNVERIFIABLE, R.NO_SERIES,
            id="investment",
        ),
        pytest.param(
            figure(4.43e12, pair=("CHN", "ASEAN"), period="2019", **CUSTOMS),
            "2020-02-18", OUT.CONTRADICTED, None, id="yuan with a dollar sign",
        ),
    ],
)  # fmt: skip
def test_levels(
    facts: Facts, statement: Statement, published: str, outcome: Outcome, reason: Reason | None
) -> None:
    verdict = judge(statement, facts, published)
    assert (verdict.outcome, verdict.reason) == (outcome, reason), verdict.explanation


@pytest.mark.parametrize(
    ("statement", "published", "outcome", "reason"),
    [
        pytest.param(growth(29.3), "2023-02-10", OUT.SUPPORTED, None, id="published rate"),
        pytest.param(growth(-29.3), "2023-02-10", OUT.CONTRADICTED, None, id="wrong direction"),
        pytest.param(
            growth(29.5), "2023-02-14", OUT.IMPRECISE, R.RATIO_TO_FIRST_BASE, id="ratio of levels"
        ),
        pytest.param(growth(None), "2023-02-10", OUT.SUPPORTED, None, id="direction alone"),
        pytest.param(
            growth(None, direction="down"), "2023-02-10", OUT.CONTRADICTED, None, id="it fell"
        ),
        pytest.param(
            growth(27.4, pair=("CHN", "JPN"), period="2021-01-01/2021-02-28",
                   quote="measured in dollars trade grew by 27.4 per cent"),
            "2021-03-23", OUT.IMPRECISE, R.OTHER_CURRENCY_RATE, id="yuan rate in dollars",
        ),
        pytest.param(
            growth(27.4, pair=("CHN", "JPN"), period="2021-01-01/2021-02-28",
                   quote="in yuan terms trade grew by 27.4 per cent"),
            "2021-03-23", OUT.SUPPORTED, None, id="yuan rate in yuan",
        ),
        pytest.param(
            growth(2, unit="times", quote="trade doubled", **CUSTOMS),
            "2023-02-10", OUT.CONTRADICTED, None, id="doubled",
        ),
        pytest.param(
            growth(1.5, unit="times", measure=M.EXPORTS, period="2023-01-01/2023-11-30",
                   approx=A.ABOUT),
            "2023-12-22", OUT.SUPPORTED, None, id="one and a half times",
        ),
        pytest.param(
            growth(8.5, period="2021-01-01/2021-02-28"), "2021-03-26", OUT.SUPPORTED, None,
            id="later release",
        ),
        pytest.param(
            growth(10.0, period=None), "2023-02-10", OUT.UNVERIFIABLE, R.AMBIGUOUS_PERIOD,
            id="no period",
        ),
    ],
)  # fmt: skip
def test_growth(
    facts: Facts, statement: Statement, published: str, outcome: Outcome, reason: Reason | None
) -> None:
    verdict = judge(statement, facts, published)
    assert (verdict.outcome, verdict.reason) == (outcome, reason), verdict.explanation


def test_a_share_is_part_over_whole(facts: Facts) -> None:
    quote = "Russia accounted for that much of China's foreign trade"
    share = figure(
        3.0, unit="percent", kind=Kind.SHARE, approx=A.ABOUT, resolution=1.0, quote=quote
    )
    verdict = judge(share, facts, "2023-03-02")
    assert verdict.outcome is OUT.SUPPORTED
    assert verdict.computed == pytest.approx(3.044, abs=0.001)  # 190.27 of 6,250 bn
    wrong = figure(12.0, unit="percent", kind=Kind.SHARE, resolution=1.0, quote=quote)
    assert judge(wrong, facts, "2023-03-02").outcome is OUT.CONTRADICTED
    other = figure(
        25.0, unit="percent", kind=Kind.SHARE, resolution=1.0, quote="a quarter of its China trade"
    )
    assert judge(other, facts, "2023-03-02").outcome is OUT.UNVERIFIABLE


def test_each_verdict_names_publisher_date_and_address(facts: Facts) -> None:
    verdict = judge(figure(190.27 * BN), facts)
    row = verdict.evidence[0]
    assert row.publisher
    assert row.published_on == "2023-01-13"
    assert row.url is not None
    assert row.url.startswith("http")
    assert row.query is not None
    assert row.query.startswith("SELECT")


def test_a_document_is_no_evidence_for_itself(facts: Facts) -> None:
    url = judge(figure(190.27 * BN), facts).evidence[0].url
    again = judge(figure(190.27 * BN), facts, url=url)
    assert url not in {e.url for e in again.evidence}


def test_the_partners_figure_is_shown_beside(facts: Facts) -> None:
    vietnam = figure(192.2 * BN, pair=("CHN", "VNM"), period="2020", **CUSTOMS)
    verdict = judge(vietnam, facts, "2021-03-25")
    assert verdict.outcome is OUT.SUPPORTED
    assert verdict.mirror is not None
    assert verdict.mirror.computed == pytest.approx(133.09 * BN)


def test_where_a_rate_comes_from_is_shown_against_each_base(facts: Facts) -> None:
    from accord.check import check_statements
    from tests.check.making import document

    level = figure(18.78 * BN, period="2021-01-01/2021-02-28")
    rate = growth(8.5, period="2021-01-01/2021-02-28")
    checked = check_statements([level, rate], document("-", "2021-03-26"), facts)
    computed = {round(r.computed or 0, 1) for r in checked[1].verdict.readings}
    assert {9.8, 8.8} <= computed  # against 17.1 bn as first published, and 17.26 implied


def test_a_denial_turns_the_outcome(facts: Facts) -> None:
    denied = figure(250 * BN, negated=True, approx=A.OVER, **CUSTOMS)
    assert judge(denied, facts).outcome is OUT.SUPPORTED


@pytest.mark.parametrize(
    ("commodity", "reason"), [("e-commerce", R.NO_COVERAGE), ("vodka", R.NO_SERIES)]
)
def test_products_are_told_apart(facts: Facts, commodity: str, reason: Reason) -> None:
    verdict = judge(figure(2.5 * BN, commodity=commodity, period="2016"), facts, "2018-03-14")
    assert (verdict.outcome, verdict.reason) == (OUT.UNVERIFIABLE, reason)


def test_against_the_trend_without_a_period_shows_every_reading(facts: Facts) -> None:
    quote = "Agricultural products are growing contrary to the general trend"
    verdict = judge(
        growth(None, commodity="agricultural products", period=None, quote=quote),
        facts, "2021-03-26",
    )  # fmt: skip
    assert verdict.outcome is OUT.IMPRECISE
    assert verdict.reason is R.AMBIGUOUS_PERIOD
    assert any("-2.9" in r.arithmetic and "+13.7" in r.arithmetic for r in verdict.readings)


@pytest.mark.parametrize("commodity", ["cross-border e-commerce", "services"])
def test_against_the_trend_without_rows_abstains(facts: Facts, commodity: str) -> None:
    quote = f"{commodity} grow contrary to the general trend"
    verdict = judge(
        growth(None, commodity=commodity, period=None, quote=quote), facts, "2021-03-26"
    )
    assert (verdict.outcome, verdict.reason) == (OUT.UNVERIFIABLE, R.NO_COVERAGE)
    assert verdict.evidence


def test_a_product_that_the_record_does_not_know_is_not_all_trade(facts: Facts) -> None:
    quote = "China's imports of timber from Russia rose by 12 percent"
    verdict = judge(growth(12, measure=M.IMPORTS, period="2020", quote=quote), facts, "2021-05-01")
    assert (verdict.outcome, verdict.reason) == (OUT.UNVERIFIABLE, R.NO_SERIES)


def test_a_balance_of_nobody_named_is_not_contradicted(facts: Facts) -> None:
    quote = "was left with a deficit of about that"
    wrong_way = figure(-38.03 * BN, measure=M.BALANCE, pair=("RUS", "CHN"), quote=quote)
    verdict = judge(wrong_way, facts)
    assert (verdict.outcome, verdict.reason) == (OUT.UNVERIFIABLE, R.AMBIGUOUS_PARTY)
