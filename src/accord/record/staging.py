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

__all__ = [
    "FLOW_FIELDS",
    "PLAIN_FIELDS",
    "check_staged_codes",
    "fields_of",
    "places_of",
    "stage_rows",
]

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
    """Make ``staged`` from rows read in Python; columns that a row lacks stay empty.

    Rows may say with ``place`` where in their file they stood.
    """
    import pyarrow as pa

    wanted = fields_of(kind) | {"place": "INTEGER"}
    columns = {name: [row.get(name) for row in found] for name in wanted}
    types = {name: _arrow_type(kind_of) for name, kind_of in wanted.items()}
    table = pa.table({name: pa.array(columns[name], types[name]) for name in wanted})
    con.register("staged_rows", table)
    con.execute("CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM staged_rows")
    con.unregister("staged_rows")


def fields_of(kind: str) -> dict[str, str]:
    """Column → type of what is staged for a kind of source."""
    return FLOW_FIELDS if kind in {"flows", "figures"} else PLAIN_FIELDS[kind]


def places_of(con: duckdb.DuckDBPyConnection, job: Job, condition: str) -> str:
    """Where the staged rows that fit stand in their files: "4, 5", or nothing if unknown."""
    if job.places is not None:
        return ", ".join(job.places(con, condition))
    there = con.execute("DESCRIBE SELECT * FROM staged").fetchall()
    if "place" not in {row[0] for row in there}:
        return ""
    found = con.execute(
        f"SELECT place FROM staged WHERE ({condition}) AND place IS NOT NULL ORDER BY ALL LIMIT 5"
    ).fetchall()
    return ", ".join(str(row[0]) for row in found)


def check_staged_codes(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Raise REC014, REC022 or REC023 unless staged flows have codes, directions and values."""
    source = job.declaration.id
    needed = ("reporter", "partner", "direction", "product", "period_start", "period_end")
    counts = ", ".join(f"count(*) - count({column})" for column in needed)
    wrong = ", ".join(f"coalesce(bool_or({condition}), false)" for condition in _WRONG)
    row = con.execute(f"SELECT count(*), {counts}, {wrong} FROM staged").fetchone() or ()
    for column, empty in zip(needed, row[1:], strict=False):
        if empty:
            place = _row_words(con, job, f"{column} IS NULL") or f" ({empty:,} rows)"
            raise RecordError(
                "REC023", source=source, column=column, value="", what=column, place=place
            )
    if not row[0]:
        raise RecordError("REC022", source=source, request=_asked(job))
    for (condition, (column, expected)), there in zip(
        _WRONG.items(), row[1 + len(needed) :], strict=True
    ):
        if there:
            raise _wrong_value(con, job, condition, column=column, expected=expected)
    _check_words(con, job)


# What no figure of trade can be: condition → column at fault, and what it should be.
_WRONG = {
    "isnan(value) OR isinf(value)": ("value", "a number"),
    "value < 0 AND direction <> 'balance' AND NOT coalesce(services, false)": (
        "value",
        "zero or more, as exports and imports of goods are",
    ),
    "period_end < period_start": ("period_end", "a day on or after the period's first"),
}


def _wrong_value(
    con: duckdb.DuckDBPyConnection, job: Job, condition: str, *, column: str, expected: str
) -> RecordError:
    value = _one(con, f"SELECT {column}::VARCHAR FROM staged WHERE {condition} LIMIT 1")
    row = places_of(con, job, condition) or "unknown"
    return RecordError(
        "REC014", source=job.declaration.id, row=row, column=column, value=value, expected=expected
    )


def _check_words(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Raise REC023 for a word that stands for nothing.

    Codes of areas are held to Accord's own only where a table says that it has them;
    services keep letters of their own for what is no polity (``areas`` lists such).
    Adapters mark numbers that nobody knows with a question mark.
    """
    allowed = dict(_WORDS)
    if job.declaration.adapter == "flows_table":
        codes = {polity.code for polity in all_polities()} | {"WLD"}
        codes |= set(job.declaration.mapping.get("areas", ()))
        allowed |= {"reporter": frozenset(codes), "partner": frozenset(codes)}
    listed = ", ".join(f"list(DISTINCT {column}::VARCHAR)" for column in allowed)
    row = con.execute(f"SELECT {listed}, min(reporter), min(partner) FROM staged").fetchone() or ()
    for (column, words), found in zip(allowed.items(), row, strict=False):
        for word in sorted(set(found or ()) - words - {None}):
            raise _unknown_word(con, job, column, word)
    for column, first in zip(("reporter", "partner"), row[-2:], strict=True):
        if str(first).startswith("?"):
            raise _unknown_word(con, job, column, str(first))


def _unknown_word(con: duckdb.DuckDBPyConnection, job: Job, column: str, word: str) -> RecordError:
    return RecordError(
        "REC023",
        source=job.declaration.id,
        column=column,
        value=word.removeprefix("?"),
        what=_MEANT.get(column, column),
        place=_row_words(con, job, f"{column} = {literal(word)}"),
    )


def _row_words(con: duckdb.DuckDBPyConnection, job: Job, condition: str) -> str:
    places = places_of(con, job, condition)
    return f" (row {places})" if places else ""


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
