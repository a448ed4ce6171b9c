"""UN Comtrade: goods and services by its documented REST service.

Documentation: https://comtradedeveloper.un.org and
https://unstats.un.org/wiki/display/comtrade. The preview gives at most 500 records a
call without a key, the full service 100,000 with one. Periods are asked for twelve at
a time; an answer that reaches the limit is asked for again in parts, so that nothing
is cut off without a word. A question that names no partner or reporter means all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.period import Period
from accord.record.codes import code_of, code_table, number_of
from accord.record.declaration import Declaration
from accord.record.fetching import Service
from accord.record.job import Job, Request
from accord.record.sources.comtrade_bulk import OTHER_FLOWS
from accord.record.staging import stage_rows

if TYPE_CHECKING:
    import duckdb

__all__ = ["fetch", "stage"]

PREVIEW_LIMIT, FULL_LIMIT = 500, 100_000
PERIODS_A_CALL, PARTNERS_A_CALL = 12, 50
FLOWS = {"export": "X", "import": "M"}
_DIRECTIONS = {"X": "export", "M": "import"} | dict.fromkeys(OTHER_FLOWS, "part of another")


@dataclass(frozen=True, slots=True)
class Call:
    """One question to the service."""

    kind: str  # C goods, S services
    frequency: str  # A or M
    classification: str
    reporter: int | None  # none: all
    partners: tuple[int, ...]  # none: all
    products: tuple[str, ...]
    flows: tuple[str, ...]
    periods: tuple[str, ...]

    def params(self) -> dict[str, str]:
        """As the service's documentation names them."""
        named = {"reporterCode": str(self.reporter)} if self.reporter is not None else {}
        if self.partners:
            named["partnerCode"] = ",".join(map(str, self.partners))
        return named | {
            "partner2Code": "0",
            "customsCode": "C00",
            "motCode": "0",
            "cmdCode": ",".join(self.products),
            "flowCode": ",".join(self.flows),
            "period": ",".join(self.periods),
            "includeDesc": "false",
        }

    def parts(self) -> Iterator[Call]:
        """Two smaller questions that ask the same; none if it cannot be smaller."""
        for name in ("periods", "products", "partners", "flows"):
            values = getattr(self, name)
            if len(values) > 1:
                half = len(values) // 2
                yield replace(self, **{name: values[:half]})
                yield replace(self, **{name: values[half:]})
                return
        if not self.partners:
            known = tuple(number for number, _ in code_table())
            for some in _batches(known, PARTNERS_A_CALL):
                yield replace(self, partners=some)


def fetch(declaration: Declaration, request: Request, cache: Path) -> tuple[Path, ...]:
    """Every answer that the request needs, as JSON files in the cache.

    Raises REC017 to REC023 and REC027.
    """
    service = Service(declaration, cache, gap_seconds=1.0)
    files = [file for call in _calls(declaration, request) for file in _ask(service, call)]
    if not any(_read(path, declaration) for path in files):
        for path in files:  # what is not reported today may be tomorrow
            path.unlink(missing_ok=True)
        asked = ", ".join((*request.reporters, *request.partners, *request.periods))
        raise RecordError("REC022", source=declaration.id, request=asked)
    return tuple(dict.fromkeys(files))


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Rows of the answers; raises REC013, REC021 or REC023."""
    found: list[dict[str, Any]] = []
    for path in job.files:
        for number, record in enumerate(_read(path, job.declaration), start=1):
            row = _row(record, job, f" (record {number:,} of the answer)")
            if row is not None:
                found.append(row)
    _check_revision(found, job)
    stage_rows(con, "flows", found)


def _check_revision(found: list[dict[str, Any]], job: Job) -> None:
    """Figures of the revision that was asked for, and of no other."""
    wanted = job.request.options.get("revision", "")
    for row in found:
        if wanted[1:].isdigit() and row["nomenclature"] != wanted:
            source, other = job.declaration.id, row["nomenclature"]
            raise RecordError("REC026", source=source, found=other, expected=wanted)


def _calls(declaration: Declaration, request: Request) -> Iterator[Call]:
    source, options = declaration.id, request.options
    services = bool(options.get("services"))
    periods = _periods(request, source)
    partners = _numbers(request.partners or ("WLD",), source)
    products = tuple(_product(product, services) for product in request.products or ("all",))
    flows = tuple(FLOWS[direction] for direction in request.directions)
    kind, classification = ("S", "EB") if services else ("C", options.get("revision", "HS"))
    if not request.reporters or not periods:
        missing = "--reporter" if not request.reporters else "--period"
        raise RecordError("REC035", value="", option=missing, expected=f"{source} needs it")
    for number in _numbers(request.reporters, source) or (None,):
        for some in _batches(periods, PERIODS_A_CALL):
            for others in _batches(partners, PARTNERS_A_CALL) if partners else [()]:
                frequency = _frequency(some[0])
                yield Call(kind, frequency, classification, number, others, products, flows, some)


def _numbers(codes: Sequence[str], source: str) -> tuple[int, ...]:
    """The numbers of areas; none for ``all``, which is asked for by naming none."""
    return () if "ALL" in codes else tuple(number_of(code, source) for code in codes)


def _ask(service: Service, call: Call) -> list[Path]:
    key = service.declaration.key
    door = "/data/v1/get" if key else "/public/v1/preview"
    headers = {"Ocp-Apim-Subscription-Key": key} if key else {}
    path = f"{door}/{call.kind}/{call.frequency}/{call.classification}"
    file = service.get(path, call.params(), headers=headers)
    try:
        records = _read(file, service.declaration)
    except RecordError:
        file.unlink(missing_ok=True)  # the next call may be answered better
        raise
    if len(records) < (FULL_LIMIT if key else PREVIEW_LIMIT):
        return [file]
    parts = list(call.parts())
    if not parts:
        if not key:
            declaration = service.declaration
            raise RecordError(
                "REC020",
                source=declaration.id,
                key=declaration.key_setting,
                url=declaration.key_url,
                detail="this question has more rows than a preview may return",
            )
        raise RecordError(
            "REC019",
            source=service.declaration.id,
            detail="one cell has more records than a call may return",
            key="a narrower request",
        )
    return [file for part in parts for file in _ask(service, part)]


def _read(path: Path, declaration: Declaration) -> list[dict[str, Any]]:
    source = declaration.id
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, UnicodeDecodeError) as problem:
        raise RecordError(
            "REC012", source=source, file=path.name, format="JSON", detail=problem
        ) from None
    if not isinstance(content, dict) or not isinstance(content.get("data"), list):
        found = content.get("error") if isinstance(content, dict) else type(content).__name__
        raise RecordError(
            "REC012",
            source=source,
            file=path.name,
            format="a Comtrade answer",
            detail=found or "no `data`",
        )
    records: list[dict[str, Any]] = content["data"]
    if content.get("error") and not records:
        detail = str(content["error"])[:200]
        url = declaration.base_url
        raise RecordError("REC018", source=source, url=url, status=200, detail=detail)
    return records


def _row(record: dict[str, Any], job: Job, place: str) -> dict[str, Any] | None:
    source = job.declaration.id
    try:
        if record.get("motCode", 0) not in {0, "0"} or record.get("partner2Code", 0) not in {
            0,
            "0",
        }:
            return None
        direction = _DIRECTIONS.get(record["flowCode"])
        period = _period(str(record["period"]))
        product = str(record["cmdCode"])
        row: dict[str, Any] = {
            "reporter": code_of(record["reporterCode"], source, place=place),
            "partner": code_of(record["partnerCode"], source, place=place),
            "value": record["primaryValue"],
        }
    except KeyError as missing:
        raise RecordError(
            "REC013",
            source=source,
            file="the answer" + place,
            column=missing.args[0],
            found=", ".join(sorted(record)[:12]),
        ) from None
    if direction is None:
        raise RecordError(
            "REC023", source=source, column="flowCode", value=record["flowCode"], what="flow",
            place=place,
        )  # fmt: skip
    if direction not in {"export", "import"}:
        return None
    services = record.get("typeCode") == "S"
    total = product == "TOTAL" or (services and product in {"200", "S"})
    return row | {
        "direction": direction,
        "product": ("services" if services else "all") if total else product,
        "nomenclature": record.get("classificationCode") or job.declaration.nomenclature,
        "period_start": period.start,
        "period_end": period.end,
        "currency": "USD",
        "valuation": job.declaration.valuation.get(direction, "unstated"),
        "services": services,
        "status": _status(record),
        "quantity": record.get("qty"),
        "weight_kg": record.get("netWgt"),
    }


def _status(record: dict[str, Any]) -> str:
    """A total is not "reported" to Comtrade but its sum of what is, which is no estimate."""
    if record["primaryValue"] is None:
        return "missing"
    known = record.get("isReported", True) or record.get("isAggregate")
    return "reported" if known else "estimated"


def _product(product: str, services: bool) -> str:
    if product in {"all", "TOTAL", "services"}:
        return "200" if services else "TOTAL"
    return product


def _periods(request: Request, source: str) -> tuple[str, ...]:
    found: list[str] = []
    for text in request.periods:
        try:
            period = Period.parse(text)
        except ValueError:
            raise RecordError(
                "REC035", value=text, option="--period", expected="YYYY or YYYY-MM"
            ) from None
        monthly = request.options.get("frequency") == "monthly" or "-" in text
        found += _months(period) if monthly else [str(period.start.year)]
    return tuple(dict.fromkeys(found))


def _months(period: Period) -> list[str]:
    months, day = [], period.start
    while day <= period.end:
        months.append(f"{day:%Y%m}")
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return months


def _period(text: str) -> Period:
    if len(text) == 4:
        return Period.of_year(int(text))
    return Period.of_month(int(text[:4]), int(text[4:6]))


def _frequency(period: str) -> str:
    return "A" if len(period) == 4 else "M"


def _batches(values: Sequence[Any], size: int) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(values), size):
        yield tuple(values[start : start + size])
