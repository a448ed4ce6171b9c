"""World Bank: GDP, population and other indicators by its documented JSON service (v2)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.period import Period
from accord.record.declaration import Declaration
from accord.record.fetching import Service
from accord.record.job import Job, Request
from accord.record.staging import stage_rows

if TYPE_CHECKING:
    import duckdb

__all__ = ["fetch", "stage"]

ROWS_A_PAGE = 1000
NAMES = {"NY.GDP.MKTP.CD": "gdp_usd", "NY.GDP.MKTP.KD": "gdp_constant_usd",
         "SP.POP.TOTL": "population"}  # fmt: skip

OWN_CODES = {"EUU": "EU"}


def fetch(declaration: Declaration, request: Request, cache: Path) -> tuple[Path, ...]:
    """Every page of every indicator. Raises REC012, REC017 to REC022."""
    service = Service(declaration, cache, gap_seconds=0.1)
    wanted = request.options.get("indicators") or tuple(declaration.mapping["indicators"])
    areas = ";".join(request.reporters) or "all"
    return tuple(
        page for indicator in wanted for page in _pages(service, request, areas, indicator)
    )


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Rows of the answers. Raises REC012, REC013 or REC022."""
    found: list[dict[str, Any]] = []
    for path in job.files:
        head, records = _read(path, job.declaration.id)
        if job.published is None and head.get("lastupdated"):
            job.published = date.fromisoformat(head["lastupdated"])
        found += [_row(record, job, path) for record in records if record.get("countryiso3code")]
    if not found:
        raise RecordError("REC022", source=job.declaration.id, request="these indicators")
    stage_rows(con, "indicators", found)


def _pages(service: Service, request: Request, areas: str, indicator: str) -> list[Path]:
    params = {"format": "json", "per_page": str(ROWS_A_PAGE)}
    if request.periods:
        years = [Period.parse(text).start.year for text in request.periods]
        params["date"] = f"{min(years)}:{max(years)}"
    pages, number = [], 1
    while True:
        path = f"/v2/country/{areas}/indicator/{indicator}"
        file = service.get(path, params | {"page": str(number)})
        pages.append(file)
        try:
            head, _ = _read(file, service.declaration.id)
        except RecordError:
            file.unlink(missing_ok=True)  # the next call may be answered better
            raise
        if number >= int(head.get("pages") or 1):
            return pages
        number += 1


def _read(path: Path, source: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        content = json.loads(path.read_bytes())
    except ValueError as problem:
        raise RecordError(
            "REC012", source=source, file=path.name, format="JSON", detail=problem
        ) from None
    if isinstance(content, list) and len(content) == 2 and isinstance(content[0], dict):
        return content[0], content[1] or []
    said = "no list of records"
    if isinstance(content, list) and content and "message" in content[0]:
        said = content[0]["message"][0].get("value", said)
        raise RecordError("REC018", source=source, url="its address", status=200, detail=said)
    raise RecordError(
        "REC012", source=source, file=path.name, format="a World Bank answer", detail=said
    )


def _row(record: dict[str, Any], job: Job, path: Path) -> dict[str, Any]:
    try:
        period = Period.parse(str(record["date"]))
        code = record["indicator"]["id"]
        value = record["value"]
    except KeyError as missing:
        raise RecordError(
            "REC013",
            source=job.declaration.id,
            file=path.name,
            column=missing.args[0],
            found=", ".join(record),
        ) from None
    return {
        "polity": OWN_CODES.get(record["countryiso3code"], record["countryiso3code"]),
        "indicator": NAMES.get(code, code),
        "period_start": period.start,
        "period_end": period.end,
        "value": value,
        "unit": record.get("unit") or None,
        "status": "missing" if value is None else "reported",
    }
