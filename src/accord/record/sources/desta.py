"""DESTA: preferential trade agreements, from the dyadic list (CSV or XLSX).

Columns by the codebook (https://www.designoftradeagreements.org): ``country1, country2,
iso1, iso2, number, base_treaty, name, entry_type, year, entryforceyear, typememb``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.polity import find_polity
from accord.record.codes import code_of
from accord.record.job import Job
from accord.record.sources.grid import read_grid
from accord.record.staging import stage_rows

if TYPE_CHECKING:
    import duckdb

__all__ = ["stage"]

NEEDED = ("country1", "country2", "number", "name", "year")
KINDS = {"1": "bilateral", "2": "plurilateral", "3": "plurilateral and third country",
         "4": "region-region", "5": "accession", "6": "accession", "7": "accession"}  # fmt: skip


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """One agreement for each number, its parties joined. Raises REC012 to REC014, REC023."""
    found: dict[str, dict[str, Any]] = {}
    for path in job.files:
        for place, row in read_grid(path, job.declaration.id, job.declaration.mapping):
            _check(row, path.name, job)
            entry = found.setdefault(row["number"].strip(), _agreement(row, place, job))
            parties = {_party(row, side, place, job) for side in ("1", "2")}
            entry["parties"] = sorted({*entry["parties"], *parties})
    stage_rows(con, "agreements", list(found.values()))


def _check(row: dict[str, str], name: str, job: Job) -> None:
    for column in NEEDED:
        if column not in row:
            raise RecordError(
                "REC013",
                source=job.declaration.id,
                file=name,
                column=column,
                found=", ".join(list(row)[:12]),
            )


def _agreement(row: dict[str, str], place: int, job: Job) -> dict[str, Any]:
    base = row.get("base_treaty", "").strip()
    number = row["number"].strip()
    return {
        "id": f"desta-{number}",
        "name": row["name"].strip(),
        "parties": [],
        "type": KINDS.get(row.get("typememb", "").strip(), "trade agreement"),
        "signed": _year(row["year"], place, job),
        "in_force": _year(row.get("entryforceyear", ""), place, job),
        "part_of": f"desta-{base}" if base and base != number else None,
    }


def _year(text: str, place: int, job: Job) -> str | None:
    word = text.strip()
    if not word or word.upper() == "NA" or word.startswith("-"):
        return None
    if word.isdigit() and len(word) == 4:
        return word
    raise RecordError(
        "REC014",
        source=job.declaration.id,
        row=place,
        column="year",
        value=text,
        expected="a year",
    )


def _party(row: dict[str, str], side: str, place: int, job: Job) -> str:
    number, name = row.get(f"iso{side}", "").strip(), row[f"country{side}"].strip()
    if number.isdigit():
        return code_of(number, job.declaration.id)
    polity = find_polity(name)
    if polity is not None:
        return polity.code
    raise RecordError(
        "REC023",
        source=job.declaration.id,
        column=f"country{side}",
        value=name,
        what="country",
        place=f" (row {place})",
    )
