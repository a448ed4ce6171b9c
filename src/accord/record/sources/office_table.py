"""Any office's table (CSV, XLSX, HTML) by its declaration's mapping alone.

``mapping`` keys::

    format: csv | xlsx | html        what the file is
    encoding, delimiter              csv: utf-8 and , unless said otherwise
    sheet                            xlsx: name or number, the first unless said otherwise
    table                            html: which table of the page, from 1
    header: 2                        rows of the heading; several are joined with a space
    skip: "^(Total|Source)"          rows whose first cell or partner fits are left out
    partner: {column, names, language}
                                     names in the office's language → codes; of ``zh`` and
                                     ``ru`` Accord knows them; or {fixed: WLD}
    product: {column} or {fixed}     all goods unless said otherwise
    decimal: ","  thousands: " "     how numbers are printed
    missing: ["-", "…"]              marks of "not available"; an empty cell is no row
    zero: ["0", "nil"]               marks of nothing
    period: cumulative | month | year | fiscal_year | column
    period_column, period_format     where the period stands in the rows (strptime format)
    january_february: one            the office publishes the two months as one
    values: [{column, direction, period, growth, month, optional}]
                                     what a column holds; {month} and {year} in ``column``
                                     stand for the requested period, ``growth`` names the
                                     column with the change on a year before; ``month`` is
                                     the column's own month, and an ``optional`` column may
                                     be missing, as months to come are; then every other
                                     column must be mapped or named in ``ignored``

The period of the table is the request's (``--period 2021-05``); with ``cumulative`` it
means January to that month.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.period import Granularity, Period
from accord.model.polity import find_polity
from accord.record.codes import names_in
from accord.record.job import Job
from accord.record.sources.grid import read_grid
from accord.record.sources.office_mapping import check_mapping
from accord.record.staging import stage_rows

if TYPE_CHECKING:
    import duckdb

__all__ = ["stage"]

Row = dict[str, str]


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Rows of the tables. Raises REC011 to REC014, REC022, REC023 or REC035."""
    check_mapping(job.declaration)
    found: list[dict[str, Any]] = []
    for path in job.files:
        checked = False
        for place, row in read_grid(path, job.declaration.id, job.declaration.mapping):
            if not checked:
                _check_headings(job, row)
                checked = True
            found += _cells(job, place, row)
    if not found:
        names = ", ".join(path.name for path in job.files)
        raise RecordError("REC022", source=job.declaration.id, request=names)
    stage_rows(con, job.declaration.kind, found)


def _cells(job: Job, place: int, row: Row) -> Iterator[dict[str, Any]]:
    mapping = job.declaration.mapping
    heads = (next(iter(row.values()), ""), row.get(mapping["partner"].get("column", ""), ""))
    if any(re.search(mapping.get("skip", r"(?!)"), cell.strip()) for cell in heads):
        return
    partner = _partner(job, place, row)
    if partner is None:
        return
    for entry in mapping["values"]:
        asked = _asked_period(job, entry)
        if entry.get("optional") and _heading(entry["column"], row) is None:
            continue
        column = _column(entry["column"], asked, row, job)
        value, status = _number(row[column], job, place, column)
        if status == "empty":
            continue
        period = _period(job, entry, asked, row, place)
        growth = None
        if "growth" in entry:
            name = _column(entry["growth"], asked, row, job)
            growth, _ = _number(row[name], job, place, name)
        direction = entry["direction"]
        yield {
            "reporter": job.declaration.reporter,
            "partner": partner,
            "direction": direction,
            "product": _product(mapping.get("product", {}), row, job, place),
            "nomenclature": job.declaration.nomenclature,
            "period_start": period.start,
            "period_end": period.end,
            "period_kind": _kind(period),
            "value": None if value is None else value * job.declaration.unit,
            "currency": job.declaration.currency,
            "status": status,
            "growth_pct": growth,
            "growth_currency": job.declaration.currency if growth is not None else None,
            "valuation": job.declaration.valuation.get(direction, "unstated"),
            "services": False,
            "place": place,
        }


def _partner(job: Job, place: int, row: Row) -> str | None:
    wanted = job.declaration.mapping["partner"]
    if "fixed" in wanted:
        return str(wanted["fixed"])
    name = " ".join(row[_present(wanted["column"], row, job)].split())
    if not name:
        return None
    names = wanted.get("names", {})
    if name in names:
        return str(names[name]) if names[name] else None  # mapped to nothing: left out
    known = names_in(wanted["language"]).get(name) if "language" in wanted else None
    polity = find_polity(known or name) or find_polity(name.title())
    if polity is not None:
        return polity.code
    raise RecordError(
        "REC023",
        source=job.declaration.id,
        column=wanted["column"],
        value=name,
        what="partner",
        place=f" (row {place})",
    )


def _product(wanted: Mapping[str, str], row: Row, job: Job, place: int) -> str:
    if "column" not in wanted:
        return wanted.get("fixed", "all")
    word = row[_present(wanted["column"], row, job)].strip()
    if not word:
        raise RecordError(
            "REC014",
            source=job.declaration.id,
            row=place,
            column=wanted["column"],
            value=word,
            expected="a product",
        )
    return "all" if word in wanted.get("totals", ()) else word


def _number(text: str, job: Job, place: int, column: str) -> tuple[float | None, str]:
    mapping, word = job.declaration.mapping, text.strip()
    if not word:
        return None, "empty"
    if word in mapping.get("missing", ("-", "…", "...", "n.a.", "n/a")):
        return None, "missing"
    if word in mapping.get("zero", ()):
        return 0.0, "reported"
    for mark in (*mapping.get("thousands", ","), "\u00a0", "\u202f"):
        word = word.replace(mark, "") if mark != mapping.get("decimal", ".") else word
    word = word.replace(mapping.get("decimal", "."), ".").rstrip("%").replace("−", "-").strip()
    if re.fullmatch(r"\(.+\)", word):
        word = f"-{word[1:-1]}"
    try:
        return float(word), "reported"
    except ValueError:
        raise RecordError(
            "REC014",
            source=job.declaration.id,
            row=place,
            column=column,
            value=text,
            expected="a number",
        ) from None


def _column(name: str, asked: Period | None, row: Row, job: Job) -> str:
    if asked is not None:
        name = name.format(month=asked.end.month, year=asked.end.year, before=asked.end.year - 1)
    return _present(name, row, job)


def _heading(name: str, row: Row) -> str | None:
    """The heading that says the same, whatever its capitals, blanks and dashes."""
    if name in row:
        return name
    return next((given for given in row if _plain(given) == _plain(name)), None)


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return re.sub(r"\s*[-–—]\s*", "-", name).casefold()


def _check_headings(job: Job, row: Row) -> None:
    """Where columns may be missing, none may be there that the declaration does not know."""
    mapping, values = job.declaration.mapping, job.declaration.mapping["values"]
    if not any(entry.get("optional") for entry in values):
        return
    named = [mapping[part].get("column", "") for part in ("partner", "product") if part in mapping]
    named += [entry["column"] for entry in values] + [mapping.get("period_column", "")]
    known = {_plain(name) for name in (*named, *mapping.get("ignored", ()), "")}
    for name in row:
        if _plain(name) not in known:
            names = ", ".join(path.name for path in job.files)
            raise RecordError("REC039", source=job.declaration.id, file=names, column=name)
    if not any(_heading(entry["column"], row) for entry in values):
        _present(values[0]["column"], row, job)


def _present(name: str, row: Row, job: Job) -> str:
    found = _heading(name, row)
    if found is not None:
        return found
    raise RecordError(
        "REC013",
        source=job.declaration.id,
        file=", ".join(path.name for path in job.files),
        column=name,
        found=", ".join(list(row)[:12]),
    )


def _asked_period(job: Job, entry: Mapping[str, Any]) -> Period | None:
    if entry.get("period", job.declaration.mapping.get("period")) == "column":
        return None
    if not job.request.periods:
        raise RecordError(
            "REC035",
            value="",
            option="--period",
            expected="the table does not say its own period; give YYYY-MM or YYYY",
        )
    try:
        return Period.parse(job.request.periods[0])
    except ValueError:
        raise RecordError(
            "REC035", value=job.request.periods[0], option="--period", expected="YYYY or YYYY-MM"
        ) from None


def _period(
    job: Job, entry: Mapping[str, Any], asked: Period | None, row: Row, place: int
) -> Period:
    mapping = job.declaration.mapping
    kind = entry.get("period", mapping.get("period"))
    if asked is None:
        return _row_period(job, row, place)
    year, month = asked.end.year, entry.get("month", asked.end.month)
    year += entry.get("years", 0)
    if kind == "cumulative":
        return Period.of_months(year, 1, month)
    if kind == "fiscal_year":
        return Period.of_fiscal_year(str(job.declaration.reporter), year)
    if kind == "year":
        return Period.of_year(year)
    if month <= 2 and mapping.get("january_february") == "one":
        return Period.of_months(year, 1, 2)
    return Period.of_month(year, month)


def _row_period(job: Job, row: Row, place: int) -> Period:
    mapping = job.declaration.mapping
    column = _present(mapping["period_column"], row, job)
    word = row[column].strip()
    form = mapping.get("period_format")
    try:
        if form:
            day = datetime.strptime(word, form)
            return (
                Period.of_month(day.year, day.month) if "%m" in form else Period.of_year(day.year)
            )
        if re.fullmatch(r"\d{4}[-/–]\d{2,4}", word) and mapping.get("period_kind") == "fiscal_year":
            return Period.of_fiscal_year(str(job.declaration.reporter), int(word[:4]))
        return Period.parse(word)
    except ValueError:
        raise RecordError(
            "REC014",
            source=job.declaration.id,
            row=place,
            column=column,
            value=word,
            expected="a period",
        ) from None


def _kind(period: Period) -> str | None:
    if period.granularity is Granularity.FISCAL_YEAR:
        return str(period.granularity)
    return None
