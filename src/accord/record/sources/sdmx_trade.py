"""Trade by partner over SDMX: the IMF's and Eurostat's services, or saved SDMX-ML files.

The declaration's ``mapping`` names the dimensions of the dataflow and what their codes
mean; sdmx1 reads the messages.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.period import Period
from accord.model.polity import find_polity
from accord.record.declaration import Declaration
from accord.record.fetching import Service
from accord.record.job import Job, Request
from accord.record.staging import stage_rows

if TYPE_CHECKING:
    import duckdb

__all__ = ["fetch", "stage"]


def fetch(declaration: Declaration, request: Request, cache: Path) -> tuple[Path, ...]:
    """The answers to the request, one a reporter. Raises REC017 to REC023, REC035."""
    if not request.reporters or not request.periods:
        missing = "--reporter" if not request.reporters else "--period"
        raise RecordError("REC035", value="", option=missing, expected=f"{declaration.id} needs it")
    service = Service(declaration, cache, gap_seconds=0.5, expects="xml")
    return tuple(_ask(service, declaration, request, code) for code in request.reporters)


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Rows of SDMX-ML messages. Raises REC012, REC013, REC022 or REC023."""
    found = [row for path in job.files for row in _rows(path, job)]
    if not found:
        names = ", ".join(path.name for path in job.files)
        raise RecordError("REC022", source=job.declaration.id, request=names)
    stage_rows(con, "flows", found)


def _ask(service: Service, declaration: Declaration, request: Request, reporter: str) -> Path:
    mapping, where = declaration.mapping, declaration.mapping["dimensions"]
    inverse = {code: name for name, code in mapping.get("areas", {}).items()}

    def area(code: str) -> str:
        if code in inverse:
            return str(inverse[code])
        polity = find_polity(code)
        if mapping.get("area_codes") == "iso2":
            return str(polity.iso2 if polity and polity.iso2 else code)
        return code

    wanted = {
        where["reporter"]: area(reporter),
        where["partner"]: "+".join(area(code) for code in request.partners),
        where["frequency"]: _frequency(request),
    }
    wanted |= {name: "+".join(codes) for name, codes in mapping.get("fixed", {}).items()}
    key = ".".join(wanted.get(name, "") for name in mapping["key"])
    periods = [Period.parse(text) for text in request.periods]
    params = {
        "startPeriod": f"{min(p.start for p in periods):%Y-%m}",
        "endPeriod": f"{max(p.end for p in periods):%Y-%m}",
    }
    return service.get(f"{mapping['path']}/{mapping['flow']}/{key}", params)


def _frequency(request: Request) -> str:
    return "M" if request.options.get("frequency") == "monthly" else "A"


def _rows(path: Path, job: Job) -> Iterator[dict[str, Any]]:
    mapping, source = job.declaration.mapping, job.declaration.id
    where: Mapping[str, str] = mapping["dimensions"]
    for key, value, status in _observations(path, source):
        for name in where.values():
            if name not in key:
                raise RecordError(
                    "REC013", source=source, file=path.name, column=name, found=", ".join(key)
                )
        flow = key[where["direction"]]
        if flow not in mapping["directions"]:
            continue
        direction, valuation = mapping["directions"][flow]
        period = _period(key["TIME_PERIOD"], source)
        product = key.get(where.get("product", ""), "all")
        yield {
            "reporter": _area(key[where["reporter"]], job),
            "partner": _area(key[where["partner"]], job),
            "direction": direction,
            "product": "all" if product in mapping.get("totals", ["all", "TOTAL"]) else product,
            "nomenclature": job.declaration.nomenclature,
            "period_start": period.start,
            "period_end": period.end,
            "value": None if value is None else value * job.declaration.unit,
            "currency": job.declaration.currency,
            "valuation": valuation,
            "services": False,
            "status": _status(value, status),
        }


def _observations(path: Path, source: str) -> Iterator[tuple[dict[str, str], float | None, str]]:
    import sdmx

    try:
        message = sdmx.read_sdmx(io.BytesIO(path.read_bytes()))
    except Exception as problem:  # sdmx1 raises whatever its parser met
        said = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        detail = "it is no SDMX message" if "cannot infer" in said else said
        raise RecordError(
            "REC012", source=source, file=path.name, format="SDMX-ML", detail=detail
        ) from None
    for dataset in getattr(message, "data", []):
        for observation in dataset.obs:
            key = {str(name): str(part.value) for name, part in observation.key.values.items()}
            key |= (
                {
                    str(name): str(part.value)
                    for name, part in observation.dimension.values.items()
                    if name not in key
                }
                if observation.dimension
                else {}
            )
            attributes = {str(n): str(a.value) for n, a in observation.attached_attribute.items()}
            yield key, _number(observation.value), attributes.get("OBS_STATUS", "A")


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return None if math.isnan(number) else number  # NaN stands for "not available"


def _status(value: float | None, status: str) -> str:
    if status in {"C", "c"}:
        return "confidential"
    if value is None or status in {"M", "L", "O"}:
        return "missing"
    return "estimated" if status in {"E", "e"} else "reported"


def _area(code: str, job: Job) -> str:
    areas = job.declaration.mapping.get("areas", {})
    if code in areas:
        return str(areas[code])
    polity = find_polity(code) if len(code) > 1 else None
    if polity is not None:
        return polity.code
    raise RecordError(
        "REC023", source=job.declaration.id, column="area", value=code, what="area", place=""
    )


def _period(text: str, source: str) -> Period:
    try:
        return Period.parse(text.replace("M", "") if "-M" in text else text)
    except ValueError:
        raise RecordError(
            "REC014",
            source=source,
            row="?",
            column="TIME_PERIOD",
            value=text,
            expected="a period",
        ) from None
