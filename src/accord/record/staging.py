"""Staged rows: what an adapter hands over, checked before anything is kept."""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accord.errors import RecordError

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
