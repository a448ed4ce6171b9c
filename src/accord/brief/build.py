"""Assembles a brief: asks the record once for each part, and writes down what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from accord.brief.aggregates import MONTHS, query_for, summed_flows, summed_months
from accord.brief.answer import answer_sentence
from accord.brief.ledger import Ledger
from accord.brief.parties import Parties, resolve_parties
from accord.brief.products import products_section
from accord.brief.scenario import scenario_section
from accord.brief.series import ALL_PRODUCTS, PairSeries, known_on
from accord.brief.spoken import spoken_section
from accord.brief.structure import structure_section
from accord.brief.ties import find_ties
from accord.brief.timeline import timeline_section
from accord.brief.trade import TradeFigures, trade_section
from accord.brief.wording import listing, possessive
from accord.errors import BriefError
from accord.model.brief import Brief, Coverage
from accord.model.flow import Direction, Flow
from accord.model.period import Granularity, Period
from accord.model.verdict import Check
from accord.record import Record

__all__ = ["build_brief"]

MOST_VINTAGES = 40
MOST_PUBLISHERS = 2
MOST_OTHERS = 12
_WITH_WHOM = "SELECT DISTINCT reporter, partner FROM trade WHERE reporter = ? OR partner = ?"


def build_brief(
    source: str,
    target: str,
    *,
    record: Record,
    period: Period | None = None,
    as_of: date | None = None,
    reporter: str | None = None,
    checks: Sequence[Check] = (),
    today: date | None = None,
) -> Brief:
    """How two polities stand, by the record as it was on ``as_of``.

    ``period`` is what is asked about (default: the last year with a turnover);
    ``reporter`` the side whose statistics lead; ``checks`` the documents for “What
    was said”; ``today`` the day that counts where ``as_of`` is not given.

    Raises :class:`BriefError` BRF001 to BRF003 for the parties (see
    :func:`resolve_parties`), BRF006 for a reporter who is neither of them. A pair
    without data is no error: the brief says what is missing.
    """
    at = period.end if period is not None else as_of
    parties = resolve_parties(source, target, at=at)
    flows = [f for f in _flows(parties, record, as_of) if f.reporter != f.partner]
    known = known_on(flows, as_of)
    known += summed_months(known)
    series = {c: PairSeries(f for f in known if f.reporter == c) for c in parties.codes}
    lead = _lead(parties, series, period, reporter)
    when = period or _latest_year(series)
    figures = TradeFigures(parties, series, lead, when)
    ties = find_ties(parties, record, as_of=as_of, today=today or date.today())
    ledger = Ledger(_query_for(record))
    answer = answer_sentence(figures, ties, ledger)
    sections = (
        trade_section(figures, ledger),
        products_section(parties, known, when, ledger),
        structure_section(parties, record, known, period=when, as_of=as_of, ledger=ledger),
        timeline_section(parties, ties, ledger),
        spoken_section(parties, checks),
    )
    scenario = scenario_section(parties, record, as_of=as_of, ledger=ledger)
    return Brief(
        source=parties.source.code,
        target=parties.target.code,
        source_name=parties.source.name,
        target_name=parties.target.name,
        period=str(when) if when else None,
        as_of=as_of.isoformat() if as_of else None,
        day=ties.day.isoformat(),
        whose=tuple(_whose(parties, known)),
        coverage=tuple(_coverage(parties, known)),
        answer=answer,
        sections=sections if scenario is None else (*sections, scenario),
        evidence=ledger.items,
        releases=ledger.releases,
        periods=tuple(_periods(series)),
        vintages=tuple(_vintages(flows)),
        reporter=lead,
        notices=(*_notices(flows, as_of), *_elsewhere(parties, record, known)),
        record_sha256=record.fingerprint,
    )


def _flows(parties: Parties, record: Record, as_of: date | None) -> list[Flow]:
    codes = list(parties.codes)
    products = {p for pair in (codes, codes[::-1]) for p in record.products(*pair)}
    # Of a full classification yearly chapters are enough, and the record adds them up; a
    # pair has thousands of finer headings, by month.
    named = sorted(p for p in products if not p.isdigit())
    rows = record.flows(reporters=codes, partners=codes, products=named)
    if len(named) < len(products):
        published = any(f.product == ALL_PRODUCTS and f.release.source != "bundled" for f in rows)
        rows += summed_flows(record, codes, as_of=as_of, totals=not published)
    return rows


def _query_for(record: Record) -> Callable[[str], str]:
    def query(row: str) -> str:
        if row.startswith("sum:"):
            return query_for(row)
        if row.startswith(MONTHS):
            return "; ".join(record.query_for(part) for part in row[len(MONTHS) :].split("+"))
        return record.query_for(row)

    return query


def _lead(
    parties: Parties,
    series: dict[str, PairSeries],
    period: Period | None,
    asked: str | None,
) -> str:
    """Whose statistics lead: as asked, else who reports the period, else who reports last."""
    if asked is not None:
        code = asked.strip().upper()
        if code not in parties.codes:
            raise BriefError("BRF006", name=asked, choices=", ".join(parties.codes))
        return code
    if period is not None:
        for code in parties.codes:
            if series[code].level(Direction.TOTAL, period) is not None:
                return code
    return max(
        parties.codes, key=lambda c: (max(series[c].years, default=0), len(series[c].periods))
    )


def _latest_year(series: dict[str, PairSeries]) -> Period | None:
    years = [year for pair in series.values() for year in pair.years]
    if years:
        return Period.of_year(max(years))
    ends = [p for pair in series.values() for p in pair.periods]
    return max(ends, key=lambda p: (p.end, p.days)) if ends else None


def _whose(parties: Parties, flows: Sequence[Flow]) -> list[str]:
    lines = []
    for code in parties.codes:
        own = Counter(f.release.publisher for f in flows if f.reporter == code)
        if own:
            names = [name for name, _ in own.most_common(MOST_PUBLISHERS)]
            left = len(own) - len(names)
            others = [f"{left} other{'' if left == 1 else 's'}"] if left else []
            # Publishers' names have commas of their own.
            said = "; ".join([*names, *others])
            lines.append(f"{possessive(parties.name(code))} figures: {said}")
    return lines


def _coverage(parties: Parties, flows: Sequence[Flow]) -> list[Coverage]:
    counts = Counter((flow.reporter, flow.period.end.year) for flow in flows)
    return [
        Coverage(code, year, counts[code, year])
        for code in parties.codes
        for year in sorted(y for c, y in counts if c == code)
    ]


def _periods(series: dict[str, PairSeries]) -> list[str]:
    """Periods with a turnover, newest first, as :meth:`Period.parse` reads them."""
    found = {
        period
        for pair in series.values()
        for period in pair.periods
        if pair.level(Direction.TOTAL, period) is not None
    }
    ordered = sorted(found, key=lambda p: (p.end, p.days), reverse=True)
    return list(dict.fromkeys(_parsable(period) for period in ordered))


def _parsable(period: Period) -> str:
    return f"{period.start}/{period.end}" if period.granularity is Granularity.SPAN else str(period)


def _vintages(flows: Sequence[Flow]) -> list[str]:
    days = {
        flow.release.published_on.isoformat()
        for flow in flows
        if flow.release.published_on is not None and flow.product == ALL_PRODUCTS
    }
    return sorted(days, reverse=True)[:MOST_VINTAGES]


def _elsewhere(parties: Parties, record: Record, known: Sequence[Flow]) -> list[str]:
    """For a pair without figures: with whom the record has some of either."""
    if known:
        return []
    lines = []
    for code in parties.codes:
        rows = record.sql(_WITH_WHOM, [code, code]).to_pydict()
        others = {*rows["reporter"], *rows["partner"]} - {code, "WLD"}
        if others:
            names = sorted(parties.name(c) for c in others)[:MOST_OTHERS]
            lines.append(
                f"The record has trade figures of {parties.name(code)} with: {listing(names)}."
            )
    return lines


def _notices(flows: Sequence[Flow], as_of: date | None) -> list[str]:
    notices = []
    if as_of is not None:
        undated = sum(
            1 for f in flows if f.release.published_on is None and f.release.retrieved_on is None
        )
        if undated:
            notices.append(
                f"{undated} figures whose release bears no date are left out: nobody can tell "
                f"whether they were out by {as_of}."
            )
    doubtful = sum(1 for f in flows if f.doubtful)
    if doubtful:
        notices.append(f"{doubtful} doubtful figures are left out; the record says why of each.")
    return notices
