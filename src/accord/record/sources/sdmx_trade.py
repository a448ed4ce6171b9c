"""Trade by partner over SDMX: the IMF's and Eurostat's services, or saved SDMX-ML files.

The declaration's ``mapping`` names the dimensions of the dataflow and what their codes
mean; sdmx1 reads the messages.
"""

from __future__ import annotations

import io
import math
import re
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
    partners = () if "ALL" in request.partners else request.partners
    wanted = {
        where["reporter"]: "" if reporter == "ALL" else _asked_by(reporter, declaration),
        where["partner"]: "+".join(_asked_by(code, declaration) for code in partners),
        where["frequency"]: _frequency(request),
    }
    wanted |= {name: "+".join(codes) for name, codes in mapping.get("fixed", {}).items()}
    if request.products:
        wanted[_product_dimension(declaration)] = "+".join(request.products)
    key = ".".join(wanted.get(name, "") for name in mapping["key"])
    periods = [_asked_period(text) for text in request.periods]
    params = {
        "startPeriod": f"{min(p.start for p in periods):%Y-%m}",
        "endPeriod": f"{max(p.end for p in periods):%Y-%m}",
    }
    return service.get(f"{mapping['path']}/{mapping['flow']}/{key}", params)


def _asked_by(code: str, declaration: Declaration) -> str:
    """The service's own code of an area. Raises REC023."""
    mapping = declaration.mapping
    for name, ours in mapping.get("areas", {}).items():
        if code == ours:
            return str(name)
    polity = find_polity(code)
    if polity is None:
        raise RecordError(
            "REC023", source=declaration.id, column="code", value=code, what="area", place=""
        )
    return str(polity.iso2 or code) if mapping.get("area_codes") == "iso2" else code


def _product_dimension(declaration: Declaration) -> str:
    where: Mapping[str, str] = declaration.mapping["dimensions"]
    if "product" not in where:
        expected = f"{declaration.id} has no products, only totals"
        raise RecordError("REC035", value="", option="--product", expected=expected)
    return where["product"]


def _asked_period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise RecordError(
            "REC035", value=text, option="--period", expected="YYYY or YYYY-MM"
        ) from None


def _frequency(request: Request) -> str:
    monthly = any("-" in text for text in request.periods)
    return "M" if monthly or request.options.get("frequency") == "monthly" else "A"


def _rows(path: Path, job: Job) -> Iterator[dict[str, Any]]:
    mapping, source = job.declaration.mapping, job.declaration.id
    where: Mapping[str, str] = mapping["dimensions"]
    left_out: set[str] = set()
    for number, (given, value, status) in enumerate(_observations(path, source), start=1):
        key = {name.upper(): code for name, code in given.items()}  # Eurostat writes either
        for name in where.values():
            if name not in key:
                raise RecordError(
                    "REC013", source=source, file=path.name, column=name, found=", ".join(given)
                )
        groups = [key[where[s]] for s in ("reporter", "partner") if _is_group(key[where[s]], job)]
        left_out.update(groups)
        flow = key[where["direction"]]
        if groups or flow not in mapping["directions"]:
            continue
        direction, valuation = mapping["directions"][flow]
        period = _period(key["TIME_PERIOD"], source, number)
        product = key.get(where.get("product", ""), "all")
        yield {
            "reporter": _area(key[where["reporter"]], job, number),
            "partner": _area(key[where["partner"]], job, number),
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
            "place": number,
        }
    if left_out:
        listed = ", ".join(sorted(left_out)[:12])
        job.notes.append(f"{len(left_out)} groups of countries were left out: {listed}")


def _is_group(code: str, job: Job) -> bool:
    """Whether a code stands for several countries, by the pattern of the declaration."""
    mapping = job.declaration.mapping
    pattern = mapping.get("groups")
    return bool(pattern and code not in mapping.get("areas", {}) and re.fullmatch(pattern, code))


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


def _area(code: str, job: Job, number: int) -> str:
    areas = job.declaration.mapping.get("areas", {})
    if code in areas:
        return str(areas[code])
    polity = find_polity(code) if len(code) > 1 else None
    if polity is not None:
        return polity.code
    raise RecordError(
        "REC023", source=job.declaration.id, column="area", value=code, what="area",
        place=f" (observation {number:,})",
    )  # fmt: skip


def _period(text: str, source: str, number: int) -> Period:
    try:
        return Period.parse(text.replace("M", "") if "-M" in text else text)
    except ValueError:
        raise RecordError(
            "REC014",
            source=source,
            row=number,
            column="TIME_PERIOD",
            value=text,
            expected="a period",
        ) from None
