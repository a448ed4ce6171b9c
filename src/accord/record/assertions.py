"""Assertions: what a source's declaration says must hold of a load.

When in doubt a load stops: a release that is not there is better than a wrong one.
Every function looks at the rows of one new release inside the load's transaction.
"""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.record.filters import literal
from accord.record.staging import places_of

if TYPE_CHECKING:
    import duckdb

    from accord.record.declaration import Declaration
    from accord.record.job import Job

__all__ = ["check_additive", "check_assertions", "check_duplicates", "check_scale"]

CELL = ("reporter", "partner", "direction", "product", "nomenclature", "period_start",
        "period_end", "currency")  # fmt: skip
_SAMPLE = 2000
_ENOUGH = 3

KEYS = {
    "flows": CELL,
    "figures": CELL,
    "indicators": ("polity", "indicator", "period_start", "period_end"),
    "rates": ("currency", "base", "period_start", "period_end", "kind"),
    "agreements": ("id",),
    "memberships": ("bloc", "member", "start_on", "status"),
    "events": ("id",),
    "concordances": ("source_revision", "source_product", "target_revision", "target_product"),
}


def check_duplicates(con: duckdb.DuckDBPyConnection, job: Job, *, table: str, where: str) -> None:
    """Raise REC015 if two rows of the new release have one key."""
    key = ", ".join(KEYS[table])
    if not _adjacent_copies(con, key, table, where):
        return
    found = con.execute(
        f"SELECT count(*) OVER (), {key} FROM {table} WHERE {where} GROUP BY {key} "
        "HAVING count(*) > 1 ORDER BY ALL LIMIT 1"
    ).fetchone()
    if found is None:
        return
    count, *cell = found
    same = " AND ".join(
        f"{column} IS NULL" if value is None else f"{column} = {literal(value)}"
        for column, value in zip(KEYS[table], cell, strict=True)
    )
    raise RecordError(
        "REC015",
        source=job.declaration.id,
        count=count,
        key=" / ".join(str(part) for part in cell if part is not None),
        rows=places_of(con, job, same) or "unknown",
    )


def _adjacent_copies(con: duckdb.DuckDBPyConnection, key: str, table: str, where: str) -> bool:
    """Whether neighbours are alike; enough, and quick, as flows are stored sorted."""
    if table not in {"flows", "figures"}:
        return True
    row = con.execute(
        f"SELECT bool_or(mark = before) FROM (SELECT mark, lag(mark) OVER () AS before FROM "
        f"(SELECT hash({key}) AS mark FROM {table} WHERE {where}))"
    ).fetchone()
    return bool(row and row[0])


def check_assertions(
    con: duckdb.DuckDBPyConnection, declaration: Declaration, *, table: str, where: str
) -> None:
    """Raise REC016 with every assertion that fails."""
    wanted = declaration.assertions
    rows = int(_one(con, f"SELECT count(*) FROM {table} WHERE {where}"))
    failed = [*_rows(wanted.rows, rows), *_fill(con, wanted.fill, table, where, rows)]
    if table in {"flows", "figures"}:
        failed += _totals(con, wanted.totals, table, where)
    failed += [
        line for known in wanted.known for line in _known(con, known, table=table, where=where)
    ]
    if failed:
        raise RecordError(
            "REC016", source=declaration.id, count=len(failed), detail="; ".join(failed)
        )


def check_additive(
    con: duckdb.DuckDBPyConnection, declaration: Declaration, *, table: str, where: str
) -> None:
    """Raise REC024 where parts do not make their whole within the stated share."""
    for rule, tolerance in declaration.assertions.additive.items():
        query = _PARTS[rule].format(table=table, where=where, tolerance=float(tolerance))
        found = con.execute(query).fetchall()
        if found:
            *cell, parts, total = found[0]
            key = " / ".join(str(part) for part in cell)
            raise RecordError(
                "REC024",
                source=declaration.id,
                count=len(found),
                key=key,
                parts=parts,
                total=total,
            )


def check_scale(
    con: duckdb.DuckDBPyConnection, declaration: Declaration, *, table: str, where: str
) -> None:
    """Raise REC025 if values are off by a power of ten from those known before.

    Compares a sample of cells with what any other release has for the same reporter,
    partner, direction, product and period: a thousand times as much is a wrong unit.
    """
    limit = declaration.assertions.scale_break
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE sampled AS SELECT {_TEXT_CELL}, value FROM {table} "
        f"WHERE {where} AND value > 0 USING SAMPLE reservoir({_SAMPLE} ROWS) REPEATABLE (1)"
    )
    months = "period_start IN (SELECT period_start FROM sampled)"
    other = {name: f"NOT ({where})" if name == table else "true" for name in ("flows", "figures")}
    earlier = " UNION ALL ".join(
        f"SELECT {_TEXT_CELL}, value FROM {name} WHERE {rest} AND value > 0 AND {months}"
        for name, rest in other.items()
    )
    row = con.execute(
        "SELECT median(new.value / old.value), count(*), any_value(new.reporter || '-' || "
        "new.partner || ' ' || new.product || ' ' || new.period_start) FROM sampled AS new "
        f"JOIN ({earlier}) AS old "
        "USING (reporter, partner, direction, product, period_start, period_end, currency)"
    ).fetchone()
    con.execute("DROP TABLE sampled")
    if row is None or row[1] < _ENOUGH or 1 / limit < row[0] < limit:
        return
    factor = f"{row[0]:,.0f}" if row[0] > 1 else f"1/{1 / row[0]:,.0f}"
    raise RecordError("REC025", source=declaration.id, factor=factor, key=row[2])


_TEXT_CELL = (
    "reporter::VARCHAR AS reporter, partner::VARCHAR AS partner, direction::VARCHAR AS direction, "
    "product::VARCHAR AS product, period_start, period_end, currency::VARCHAR AS currency"
)

_PARTS = {
    "total": """
        SELECT reporter, partner, product, period_start, parts, total FROM (
            SELECT reporter, partner, product, period_start,
                   sum(value) FILTER (direction IN ('export', 'import')) AS parts,
                   sum(value) FILTER (direction = 'total') AS total,
                   count(DISTINCT direction) AS directions
            FROM {table} WHERE {where} AND status = 'reported'
            GROUP BY reporter, partner, product, period_start, period_end)
        WHERE directions = 3 AND abs(parts - total) > {tolerance} * abs(total)""",
    "partners": """
        SELECT reporter, direction, product, period_start, parts, total FROM (
            SELECT reporter, direction, product, period_start,
                   sum(value) FILTER (length(partner) = 3 AND partner <> 'WLD') AS parts,
                   sum(value) FILTER (partner = 'WLD') AS total
            FROM {table} WHERE {where} AND status = 'reported'
            GROUP BY reporter, direction, product, period_start, period_end)
        WHERE abs(parts - total) > {tolerance} * abs(total)""",
    "products": """
        SELECT reporter, partner, direction, period_start, parts, total FROM (
            SELECT reporter, partner, direction, period_start,
                   sum(value) FILTER (length(product) = 2) AS parts,
                   sum(value) FILTER (product = 'all') AS total
            FROM {table} WHERE {where} AND status = 'reported'
            GROUP BY reporter, partner, direction, period_start, period_end)
        WHERE abs(parts - total) > {tolerance} * abs(total)""",
}


def _rows(bounds: Mapping[str, float], rows: int) -> list[str]:
    least, most = bounds.get("min", 1), bounds.get("max", float("inf"))
    if least <= rows <= most:
        return []
    return [f"{rows:,} rows, expected {least:,.0f} to {most:,.0f}"]


def _fill(
    con: duckdb.DuckDBPyConnection, wanted: Mapping[str, float], table: str, where: str, rows: int
) -> list[str]:
    failed = []
    for column, share in wanted.items():
        filled = _one(con, f"SELECT count({column}) FROM {table} WHERE {where}")
        if filled < share * rows:
            failed.append(f"{column} is filled in {filled / rows:.1%} of rows, not {share:.1%}")
    return failed


def _totals(
    con: duckdb.DuckDBPyConnection,
    wanted: Mapping[str, Mapping[str, float]],
    table: str,
    where: str,
) -> list[str]:
    failed = []
    for direction, bounds in wanted.items():
        total = _one(
            con,
            f"SELECT coalesce(sum(value), 0) FROM {table} WHERE {where} "
            f"AND direction = {literal(direction)}",
        )
        if not bounds.get("min", 0) <= total <= bounds.get("max", float("inf")):
            failed.append(f"{direction} total is {total:,.0f}")
    return failed


def _known(
    con: duckdb.DuckDBPyConnection, known: Mapping[str, Any], *, table: str, where: str
) -> list[str]:
    cell = " AND ".join(f"{c} = {literal(v)}" for c, v in known["where"].items())
    column, expected = known.get("column", "value"), float(known["value"])
    found = con.execute(f"SELECT {column} FROM {table} WHERE {where} AND {cell} LIMIT 1").fetchone()
    named = ", ".join(str(v) for v in known["where"].values())
    if found is None:
        return [] if known.get("if_present") else [f"no row for {named}"]
    if (
        found[0] is not None
        and abs(found[0] - expected) <= known.get("tolerance", 0.005) * expected
    ):
        return []
    return [f"{named} is {found[0]}, expected {expected}"]


def _one(con: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = con.execute(query).fetchone()
    return row[0] if row else None
