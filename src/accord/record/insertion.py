"""Staged rows into the record: rows, release, coverage, vintages; one transaction."""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from accord.record.assertions import (
    KEYS,
    check_additive,
    check_assertions,
    check_duplicates,
    check_scale,
)
from accord.record.filters import literal
from accord.record.staging import PLAIN_FIELDS, check_staged_codes
from accord.record.vocabulary import admit_words

if TYPE_CHECKING:
    import duckdb

    from accord.record.job import Job

__all__ = ["insert_release", "insert_staged", "release_key"]

ORDER = "period_start, reporter, partner, direction, product, period_end, nomenclature, currency"
VINTAGED = frozenset({"flows", "figures", "indicators", "rates"})
TABLES = {"concordance": "concordances"}


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows of one new release in its table, and the earlier ones of its source."""

    table: str
    mine: str
    others: str


def release_key(release: str) -> int:
    """The number that stands for a release in the table of flows.

    Made from its name, so that several writers need no common counter.
    """
    return int.from_bytes(hashlib.sha256(release.encode()).digest()[:7], "big")


def insert_release(
    con: duckdb.DuckDBPyConnection,
    job: Job,
    *,
    release: str,
    hashes: tuple[str, str | None],
    rows: int,
) -> None:
    """Note the release: who published it, when, where, under which licence.

    ``hashes`` are those of its files and, where a service answered, of the answer's rows.

    Done last and once, so that in a lake a load only appends and two do not collide.
    """
    declaration, published = job.declaration, job.published
    span = con.execute(
        "SELECT min(period_start), max(period_end) FROM coverage "
        f"WHERE release = {literal(release)}"
    ).fetchone()
    values: dict[str, Any] = {
        "id": release,
        "key": release_key(release),
        "source": declaration.id,
        "publisher": declaration.publisher,
        "published_from": published,
        "published_on": published,
        "retrieved_on": date.today(),
        "url": job.request.url or declaration.url or declaration.documentation,
        "outlet": job.title,
        "file_name": ", ".join(path.name for path in job.files)[:500],
        "sha256": hashes[0],
        "content_sha256": hashes[1],
        "licence": declaration.licence,
        "reporter": declaration.reporter,
        "covers_start": span[0] if span else None,
        "covers_end": span[1] if span else None,
        "row_count": rows,
        "kind": declaration.kind,
        "bundled": False,
    }
    marks = ", ".join(_sql(value) for value in values.values())
    con.execute(
        f"INSERT INTO releases ({', '.join(values)}, loaded_at) VALUES ({marks}, now()::TIMESTAMP)"
    )


def insert_staged(con: duckdb.DuckDBPyConnection, job: Job, *, release: str) -> tuple[int, int]:
    """Insert ``staged`` and hold it against the declaration.

    Returns the number of rows, and of earlier rows that they supersede. Raises REC015
    (duplicates), REC016 (assertions), REC022, REC023, REC024 or REC025; the caller
    rolls back.
    """
    kind, declaration = job.declaration.kind, job.declaration
    scope = _scope(con, job, release)
    if kind in {"flows", "figures"}:
        check_staged_codes(con, job)
        _insert_trade(con, job, release)
    else:
        _insert_plain(con, job, release)
    check_duplicates(con, job, table=scope.table, where=scope.mine)
    check_assertions(con, declaration, table=scope.table, where=scope.mine)
    if kind in {"flows", "figures"}:
        check_additive(con, declaration, table=scope.table, where=scope.mine)
        if not job.request.allow_break:
            check_scale(con, declaration, table=scope.table, where=scope.mine)
        _note_coverage(con, scope, release, declaration.id)
    superseded = _supersede(con, job, scope) if kind in VINTAGED else 0
    row = con.execute(f"SELECT count(*) FROM {scope.table} WHERE {scope.mine}").fetchone()
    return int(row[0]) if row else 0, superseded


def known_from(job: Job) -> date:
    """The day from which a load's rows count as known."""
    return job.published or date.today()


def _scope(con: duckdb.DuckDBPyConnection, job: Job, release: str) -> Scope:
    kind = job.declaration.kind
    column = "key" if kind == "flows" else "id"
    found = con.execute(
        f"SELECT {column} FROM releases WHERE source = {literal(job.declaration.id)} "
        f"AND id <> {literal(release)}"
    ).fetchall()
    others = ", ".join(literal(row[0]) for row in found) or "NULL"
    mine: str | int = release_key(release) if kind == "flows" else release
    return Scope(TABLES.get(kind, kind), f"release = {literal(mine)}", f"release IN ({others})")


def _insert_trade(con: duckdb.DuckDBPyConnection, job: Job, release: str) -> None:
    first, more, values = literal(release_key(release)), "", ""
    types: dict[str, str] = {}
    if job.declaration.kind == "figures":
        first = literal(release)
        more = ", source, growth_pct, growth_currency, precision"
        values = f", {literal(job.declaration.id)}, growth_pct, growth_currency, 'exact'"
    else:
        types = admit_words(con)

    def typed(column: str, value: str = "") -> str:
        return f"({value or column})::{types.get(column, 'VARCHAR')} AS {column}"

    status = "coalesce(status, CASE WHEN value IS NULL THEN 'missing' ELSE 'reported' END)"
    # Cast before sorting: a row to be sorted is then a third as wide.
    cells = (
        ", ".join(map(typed, ("reporter", "partner", "direction", "product", "nomenclature")))
        + f", period_start, period_end, {typed('period_kind')}, value, {typed('currency')}, "
        + f"{typed('status', status)}, "
        + typed("valuation", "coalesce(valuation, 'unstated')")
        + f", coalesce(services, false) AS services, quantity, {typed('quantity_unit')}, weight_kg"
        + (", growth_pct, growth_currency" if values else "")
    )
    con.execute(
        f"INSERT INTO {job.declaration.kind} (release, reporter, partner, direction, product, "
        "nomenclature, period_start, period_end, period_kind, value, currency, status, valuation, "
        f"services, quantity, quantity_unit, weight_kg, known_from{more}) "
        f"SELECT {first}, reporter, partner, direction, product, nomenclature, period_start, "
        "period_end, period_kind, value, currency, status, valuation, services, quantity, "
        f"quantity_unit, weight_kg, {literal(known_from(job))}{values} "
        f"FROM (SELECT {cells} FROM staged) {_order(con, job)}"
    )


def _order(con: duckdb.DuckDBPyConnection, job: Job) -> str:
    """How the rows are brought into order: not at all, if a Parquet file has them so."""
    if not all(path.suffix == ".parquet" for path in job.files):
        return f"ORDER BY {ORDER}"
    columns = ORDER.split(", ")
    before = ", ".join(f"lag({column}) OVER () AS _{column}" for column in columns)
    smaller = "false"
    for column in reversed(columns):
        smaller = f"({column} < _{column} OR ({column} = _{column} AND {smaller}))"
    row = con.execute(
        f"SELECT bool_or({smaller}) FROM (SELECT {ORDER}, {before} FROM staged)"
    ).fetchone()
    return f"ORDER BY {ORDER}" if row is None or row[0] else ""


def _insert_plain(con: duckdb.DuckDBPyConnection, job: Job, release: str) -> None:
    kind = job.declaration.kind
    columns = ", ".join(PLAIN_FIELDS[kind])
    extra, values = "", ""
    if kind in VINTAGED:
        extra = ", source, known_from"
        values = f", {literal(job.declaration.id)}, {literal(known_from(job))}"
    con.execute(
        f"INSERT INTO {TABLES.get(kind, kind)} (release, {columns}{extra}) "
        f"SELECT {literal(release)}, {columns}{values} FROM staged"
    )


def _note_coverage(con: duckdb.DuckDBPyConnection, scope: Scope, release: str, source: str) -> None:
    con.execute(
        f"INSERT INTO coverage SELECT {literal(release)}, {literal(source)}, reporter, "
        "period_start, period_end, count(*), approx_count_distinct(partner), "
        "approx_count_distinct(product) "
        f"FROM {scope.table} WHERE {scope.mine} GROUP BY ALL ORDER BY ALL"
    )


def _supersede(con: duckdb.DuckDBPyConnection, job: Job, scope: Scope) -> int:
    """Close the rows that the new ones replace, period by period; returns how many.

    A row counts from ``known_from`` until the day before ``known_until``. Loads may
    come in any order: an older publication loaded later closes nothing newer.
    """
    day, table, key = literal(known_from(job)), scope.table, KEYS[scope.table]
    cell = " AND ".join(f"old.{column} IS NOT DISTINCT FROM new.{column}" for column in key)
    columns = ", ".join(key)
    count = 0
    for start, end in _shared_periods(con, scope):
        period = f"period_start = {literal(start)} AND period_end = {literal(end)}"
        new = f"SELECT {columns} FROM {table} WHERE {scope.mine} AND {period}"
        row = con.execute(
            f"UPDATE {table} AS old SET known_until = {day} FROM ({new}) AS new "
            f"WHERE old.{scope.others} AND old.{period.replace('AND ', 'AND old.')} AND {cell} "
            f"AND old.known_from <= {day} "
            f"AND (old.known_until IS NULL OR old.known_until > {day})"
        ).fetchone()
        count += int(row[0]) if row else 0
        later = (
            f"SELECT {columns}, min(known_from) AS known_from FROM {table} "
            f"WHERE {scope.others} AND {period} AND known_from > {day} GROUP BY ALL"
        )
        con.execute(
            f"UPDATE {table} AS new SET known_until = old.known_from FROM ({later}) AS old "
            f"WHERE new.{scope.mine} AND {cell}"
        )
    return count


def _shared_periods(con: duckdb.DuckDBPyConnection, scope: Scope) -> list[tuple[date, date]]:
    return con.execute(
        f"SELECT DISTINCT period_start, period_end FROM {scope.table} WHERE {scope.mine} "
        f"INTERSECT SELECT period_start, period_end FROM {scope.table} WHERE {scope.others}"
    ).fetchall()


def _sql(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).lower()
    return literal(value)
