"""Staged rows: what an adapter hands over, checked before anything is kept."""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.polity import all_polities
from accord.record.filters import literal

if TYPE_CHECKING:
    import duckdb

    from accord.record.job import Job

__all__ = ["FLOW_FIELDS", "PLAIN_FIELDS", "check_staged_codes", "stage_rows"]

# Column → type of the temporary table `staged`, for figures of trade.
FLOW_FIELDS: dict[str, str] = {
    "reporter": "VARCHAR",
    "partner": "VARCHAR",
    "direction": "VARCHAR",
    "product": "VARCHAR",
    "nomenclature": "VARCHAR",
    "period_start": "DATE",
    "period_end": "DATE",
    "period_kind": "VARCHAR",
    "value": "DOUBLE",
    "currency": "VARCHAR",
    "status": "VARCHAR",
    "growth_pct": "DOUBLE",
    "growth_currency": "VARCHAR",
    "valuation": "VARCHAR",
    "services": "BOOLEAN",
    "quantity": "DOUBLE",
    "quantity_unit": "VARCHAR",
    "weight_kg": "DOUBLE",
}

_WORDS = {
    "direction": frozenset({"export", "import", "total", "balance"}),
    "status": frozenset({"reported", "missing", "confidential", "estimated", "growth_only"}),
    "valuation": frozenset({"fob", "cif", "unstated"}),
}
_MEANT = {"reporter": "polity", "partner": "polity", "direction": "direction of trade"}

# The same for every other kind: the columns of its table but the release.
PLAIN_FIELDS: dict[str, dict[str, str]] = {
    "indicators": {
        "polity": "VARCHAR",
        "indicator": "VARCHAR",
        "period_start": "DATE",
        "period_end": "DATE",
        "value": "DOUBLE",
        "unit": "VARCHAR",
        "status": "VARCHAR",
    },
    "rates": {
        "currency": "VARCHAR",
        "base": "VARCHAR",
        "period_start": "DATE",
        "period_end": "DATE",
        "rate": "DOUBLE",
        "kind": "VARCHAR",
    },
    "agreements": {
        "id": "VARCHAR",
        "name": "VARCHAR",
        "parties": "VARCHAR[]",
        "type": "VARCHAR",
        "signed": "VARCHAR",
        "in_force": "VARCHAR",
        "term_years": "INTEGER",
        "renewal": "VARCHAR",
        "renewals": "VARCHAR[]",
        "ended": "VARCHAR",
        "subjects": "VARCHAR[]",
        "aliases": "VARCHAR[]",
        "part_of": "VARCHAR",
        "variants": "VARCHAR[]",
        "note": "VARCHAR",
    },
    "memberships": {
        "id": "VARCHAR",
        "bloc": "VARCHAR",
        "member": "VARCHAR",
        "start_on": "VARCHAR",
        "end_on": "VARCHAR",
        "status": "VARCHAR",
        "role": "VARCHAR",
        "doubtful": "VARCHAR",
        "publisher": "VARCHAR",
        "published_on": "VARCHAR",
        "url": "VARCHAR",
    },
    "events": {
        "id": "VARCHAR",
        "date": "VARCHAR",
        "actors": "VARCHAR[]",
        "targets": "VARCHAR[]",
        "what": "VARCHAR",
        "quantity": "VARCHAR",
        "code": "VARCHAR",
        "tone": "DOUBLE",
        "mentions": "INTEGER",
        "publisher": "VARCHAR",
        "published_on": "VARCHAR",
        "url": "VARCHAR",
    },
    "concordance": {
        "source_revision": "VARCHAR",
        "source_product": "VARCHAR",
        "target_revision": "VARCHAR",
        "target_product": "VARCHAR",
        "share": "DOUBLE",
    },
}


def stage_rows(con: duckdb.DuckDBPyConnection, kind: str, found: list[dict[str, Any]]) -> None:
    """Make ``staged`` from rows read in Python; columns that a row lacks stay empty."""
    import pyarrow as pa

    wanted = FLOW_FIELDS if kind in {"flows", "figures"} else PLAIN_FIELDS[kind]
    columns = {name: [row.get(name) for row in found] for name in wanted}
    types = {name: _arrow_type(kind_of) for name, kind_of in wanted.items()}
    table = pa.table({name: pa.array(columns[name], types[name]) for name in wanted})
    con.register("staged_rows", table)
    con.execute("CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM staged_rows")
    con.unregister("staged_rows")


def check_staged_codes(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Raise REC023 or REC022 unless staged flows have codes, directions and rows."""
    source = job.declaration.id
    needed = ("reporter", "partner", "direction", "product", "period_start", "period_end")
    counts = ", ".join(f"count(*) - count({column})" for column in needed)
    row = con.execute(f"SELECT {counts} FROM staged").fetchone()
    for column, empty in zip(needed, row or (), strict=False):
        if empty:
            place = f" ({empty:,} rows)"
            raise RecordError(
                "REC023", source=source, column=column, value="", what=column, place=place
            )
    if not _one(con, "SELECT count(*) FROM (SELECT 1 FROM staged LIMIT 1)"):
        raise RecordError("REC022", source=source, request=_asked(job))
    _check_words(con, job)


def _check_words(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Raise REC023 for a word that stands for nothing.

    Codes of areas are held to Accord's own only where a table says that it has them;
    services keep letters of their own for what is no polity (``areas`` lists such).
    """
    allowed = dict(_WORDS)
    if job.declaration.adapter == "flows_table":
        codes = {polity.code for polity in all_polities()} | {"WLD"}
        codes |= set(job.declaration.mapping.get("areas", ()))
        allowed |= {"reporter": frozenset(codes), "partner": frozenset(codes)}
    listed = ", ".join(f"list(DISTINCT {column}::VARCHAR)" for column in allowed)
    row = con.execute(f"SELECT {listed} FROM staged").fetchone()
    for (column, words), found in zip(allowed.items(), row or (), strict=False):
        for word in sorted(set(found or ()) - words - {None}):
            raise RecordError(
                "REC023",
                source=job.declaration.id,
                column=column,
                value=word,
                what=_MEANT.get(column, column),
                place=_place_of(con, job, column, word),
            )


def _place_of(con: duckdb.DuckDBPyConnection, job: Job, column: str, word: str) -> str:
    number = _one(
        con,
        f"SELECT min(place) FROM (SELECT row_number() OVER () AS place, {column} AS word "
        f"FROM staged) WHERE word = {literal(word)}",
    )
    heading = int(bool(job.files) and job.files[0].suffix.lower() == ".csv")
    return f" (row {number + heading:,})" if number else ""


def _asked(job: Job) -> str:
    if job.files:
        return ", ".join(path.name for path in job.files)
    return str(job.request.periods)


def _one(con: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = con.execute(query).fetchone()
    return row[0] if row else None


def _arrow_type(kind: str) -> Any:
    import pyarrow as pa

    return {
        "VARCHAR": pa.string(),
        "VARCHAR[]": pa.list_(pa.string()),
        "DOUBLE": pa.float64(),
        "DATE": pa.date32(),
        "BOOLEAN": pa.bool_(),
        "INTEGER": pa.int32(),
    }[kind]
