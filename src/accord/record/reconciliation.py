"""Making statistics comparable: mirrors, months and totals, currencies, revisions.

Mirror statistics: A's exports to B against B's imports from A. Exports are counted
FOB, imports CIF, so the mirror is expected to be larger by freight and insurance,
about 6 % on average (Miao and Fortanier, OECD 2017); a gap outside that is news.
"""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from accord.errors import RecordError
from accord.model.flow import Flow
from accord.model.money import Money
from accord.model.period import Period
from accord.record.filters import Filters, literal
from accord.record.vintage import as_of as in_force_on

if TYPE_CHECKING:
    from accord.record.access import Record

__all__ = [
    "CIF_FOB_MARGIN",
    "Conversion",
    "Mirror",
    "NotAdditive",
    "Rate",
    "add_up",
    "consistency",
    "convert",
    "cumulative_to_months",
    "find_rate",
    "fiscal_year",
    "mirror",
    "months_to_cumulative",
    "to_revision",
]

CIF_FOB_MARGIN = 0.06  # import over export, mean over trade; Miao and Fortanier (2017)


@dataclass(frozen=True, slots=True)
class Mirror:
    """One flow as both sides report it.

    ``gap`` is import less export in ``currency``; ``gap_pct`` its share of the import;
    ``margin_pct`` what the import exceeds the export by, to hold against CIF/FOB.
    """

    export: Flow
    mirror: Flow
    gap: float
    gap_pct: float | None
    margin_pct: float | None
    within_margin: bool


def mirror(
    record: Record,
    exporter: str,
    importer: str,
    period: Period,
    *,
    product: str = "all",
    as_of: date | None = None,
) -> Mirror | None:
    """Exports of one side beside imports of the other, or ``None`` if either is missing."""
    sides = []
    for reporter, partner, direction in (
        (exporter, importer, "export"),
        (importer, exporter, "import"),
    ):
        found = record.flows(
            reporters=[reporter],
            partners=[partner],
            directions=[direction],
            products=[product],
            within=period,
        )
        cell = [f for f in found if f.period.same_days(period) and f.currency == "USD"]
        sides.append(in_force_on(cell, as_of))
    export, imported = sides
    if export is None or imported is None or export.value is None or imported.value is None:
        return None
    gap = imported.value - export.value
    margin = gap / export.value if export.value else None
    return Mirror(
        export=export,
        mirror=imported,
        gap=gap,
        gap_pct=gap / imported.value * 100 if imported.value else None,
        margin_pct=None if margin is None else margin * 100,
        within_margin=margin is not None and 0 <= margin <= 2 * CIF_FOB_MARGIN,
    )


def consistency(
    record: Record, period: Period, *, source: str | None = None
) -> list[tuple[str, float, int]]:
    """How far each reporter is from its mirrors: code, mean |ln ratio|, number of mirrors.

    Most consistent first. The log of import over export, less the CIF/FOB margin, over
    all of a reporter's exports and imports (after Gaulier and Zignago, BACI, 2010).
    """
    from accord.record.bulk import mirror_gap

    table = mirror_gap(record, period, source=source)
    return record.over(
        table,
        f"""WITH gaps AS (
            SELECT exporter, importer,
                   abs(ln(mirror_import / reported_export) - ln({1 + CIF_FOB_MARGIN})) AS distance
            FROM given WHERE mirror_import > 0 AND reported_export > 0),
        sides AS (SELECT exporter AS reporter, distance FROM gaps
                  UNION ALL SELECT importer, distance FROM gaps)
        SELECT reporter, avg(distance), count(*) FROM sides GROUP BY reporter ORDER BY 2, 1""",
    )


def cumulative_to_months(values: Mapping[int, float]) -> dict[int, float]:
    """January-to-month sums as single months; ``{2: x, 3: y}`` keeps January–February as 2.

    The first entry stays what it is: a sum to its month. Raises ``ValueError`` for a gap,
    as a month without its predecessor cannot be told.
    """
    months = sorted(values)
    for earlier, later in pairwise(months):
        if later != earlier + 1:
            raise ValueError(f"the sum to month {later - 1} is missing")
    singles = {months[0]: values[months[0]]} if months else {}
    return singles | {m: values[m] - values[m - 1] for m in months[1:]}


def months_to_cumulative(values: Mapping[int, float]) -> dict[int, float]:
    """Single months as January-to-month sums; the way back of the other.

    Months must follow one another from the first; raises ``ValueError`` otherwise.
    """
    total, sums, last = 0.0, {}, None
    for month in sorted(values):
        if last is not None and month != last + 1:
            raise ValueError(f"month {last + 1} is missing")
        total, last = total + values[month], month
        sums[month] = total
    return sums


def fiscal_year(values: Mapping[Period, float], polity: str, first_year: int) -> float | None:
    """A country's fiscal year from single months, or ``None`` if one is missing.

    Only for fiscal years of whole months; raises ``ValueError`` for others (Iran, Nepal).
    """
    year = Period.of_fiscal_year(polity, first_year)
    if year.months == 0:
        raise ValueError(f"the fiscal year of {polity} is not made of whole months")
    months = [
        Period.of_month(first_year + (year.start.month + i - 1) // 12,
                        (year.start.month + i - 1) % 12 + 1)
        for i in range(12)
    ]  # fmt: skip
    if any(month not in values for month in months):
        return None
    return sum(values[month] for month in months)


@dataclass(frozen=True, slots=True)
class Rate:
    """Units of ``currency`` for one ``base``, the average or end of a period."""

    currency: str
    base: str
    period: Period
    rate: float
    kind: str
    release: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount in another currency, with the rate that made it."""

    amount: Money
    rate: Rate


class Rated(Protocol):
    """What knows exchange rates: a record, or what stands before it."""

    def rates(
        self, currency: str | None = None, *, base: str = "USD", overlapping: Period | None = None
    ) -> list[Rate]:
        """Units of a currency for one ``base``."""
        ...


def find_rate(
    record: Rated, currency: str, period: Period, *, base: str = "USD", kind: str = "average"
) -> Rate:
    """The rate of a currency for a period. Raises REC030 if none is loaded."""
    for rate in record.rates(currency, base=base, overlapping=period):
        if rate.period.same_days(period) and rate.kind == kind:
            return rate
    months = [
        rate
        for rate in record.rates(currency, base=base, overlapping=period)
        if rate.period.months == 1 and period.contains(rate.period) and rate.kind == kind
    ]
    if not months or len(months) != period.months:
        raise RecordError("REC030", currency=currency, period=period)
    mean = sum(rate.rate * rate.period.days for rate in months) / period.days
    return Rate(currency, base, period, mean, kind, months[0].release)


def convert(
    record: Record, amount: Money, currency: str, period: Period, *, kind: str = "average"
) -> Conversion:
    """An amount in another currency at a documented rate of its period. Raises REC030.

    Rates are kept against the dollar; two other currencies are converted through it.
    """
    if amount.currency == currency:
        return Conversion(amount, Rate(currency, currency, period, 1.0, kind, ""))
    if amount.currency == "USD":
        rate = find_rate(record, currency, period, kind=kind)
        return Conversion(amount.converted(currency, rate.rate), rate)
    rate = find_rate(record, amount.currency, period, kind=kind)
    dollars = amount.converted("USD", 1 / rate.rate)
    if currency == "USD":
        return Conversion(dollars, rate)
    return convert(record, dollars, currency, period, kind=kind)


def to_revision(
    record: Record, values: Mapping[str, float], source_revision: str, target_revision: str
) -> tuple[dict[str, float], float]:
    """Values by product in another HS revision, and the share that had to be split.

    Products that go to several are split by the concordance's shares; how much of the
    total that concerns is the stated loss of precision. Raises REC031 for a product
    that the concordance lacks.
    """
    pairs = record.concordance(source_revision, target_revision)
    total, split = sum(values.values()), 0.0
    converted: dict[str, float] = {}
    for product, value in values.items():
        targets = pairs.get(product)
        if not targets:
            raise RecordError(
                "REC031",
                product=product,
                source_revision=source_revision,
                target_revision=target_revision,
            )
        if len(targets) > 1:
            split += value
        for target, share in targets:
            converted[target] = converted.get(target, 0.0) + value * share
    return converted, split / total if total else 0.0


@dataclass(frozen=True, slots=True)
class NotAdditive:
    """A whole that its parts do not make."""

    period: Period
    parts: float
    whole: float


def add_up(
    parts: Iterable[Mapping[Period, float]], whole: Mapping[Period, float], *, tolerance: float
) -> list[NotAdditive]:
    """Where parts (exports and imports, partners, products) do not add up to the whole.

    ``tolerance`` is a share of the whole; periods that a part lacks are passed over.
    """
    listed: Sequence[Mapping[Period, float]] = list(parts)
    found = []
    for period, value in whole.items():
        if any(period not in part for part in listed):
            continue
        total = sum(part[period] for part in listed)
        if abs(total - value) > tolerance * abs(value):
            found.append(NotAdditive(period, total, value))
    return found


def rates_in(
    record: Record, currency: str | None, *, base: str, overlapping: Period | None
) -> list[Rate]:
    """The rates that the record holds, newest release first; the work of ``Record.rates``."""
    where = Filters().equal("currency", currency).add(f"base = {literal(base)}")
    found = record.rows(
        "SELECT currency, base, period_start, period_end, rate, kind, release FROM rates "
        f"{where.overlapping(overlapping).add('known_until IS NULL').clause} "
        "ORDER BY currency, period_start, known_from DESC"
    )
    return [
        Rate(code, unit, Period.of_dates(start, end), rate, kind, release)
        for code, unit, start, end, rate, kind, release in found
    ]
