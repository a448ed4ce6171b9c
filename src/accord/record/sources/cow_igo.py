"""Correlates of War: membership in intergovernmental organisations, state-year format.

One row a state and year, one column an organisation; codes by the codebook
(https://correlatesofwar.org/data-sets/igos/): 1 full member, 2 associate, 3 observer,
0 none, -9 missing, -1 not in existence. Years are joined into spells.
"""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.record.codes import code_of_cow
from accord.record.sources.delimited import find_bad_cell, numbered, relation
from accord.record.staging import stage_rows

if TYPE_CHECKING:
    import duckdb

    from accord.record.job import Job

__all__ = ["stage"]

CODES = "'0', '1', '2', '3', '-1', '-9'"
STATUS = {"1": "member", "2": "associate", "3": "observer"}
NOT_ORGANISATIONS = {"ccode", "year", "state", "statename", "stateabb", "ioname", "version"}


def stage(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Spells of membership. Raises REC012, REC013 or REC023."""
    source = job.declaration.id
    reader = relation(con, source, job.files, needed=("ccode", "year"))
    columns = [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {reader}").fetchall()]
    bodies = [name for name in columns if name.lower() not in NOT_ORGANISATIONS]
    if not bodies:
        raise RecordError(
            "REC013",
            source=source,
            file=job.files[0].name,
            column="one for each organisation",
            found=", ".join(columns),
        )
    _check_cells(con, source, reader, bodies)
    listed = ", ".join('"' + name.replace('"', '""') + '"' for name in bodies)
    spells = con.execute(
        f"""WITH years AS (
            UNPIVOT (SELECT ccode::INTEGER AS ccode, year::INTEGER AS year, {listed} FROM {reader})
            ON {listed} INTO NAME body VALUE code),
        kept AS (SELECT ccode, body, trim(code) AS code, year,
                        year - row_number() OVER (
                            PARTITION BY ccode, body, trim(code) ORDER BY year) AS island
                 FROM years WHERE trim(code) IN ('1', '2', '3'))
        SELECT ccode, body, code, min(year), max(year) FROM kept
        GROUP BY ccode, body, code, island ORDER BY ALL"""
    ).fetchall()
    row = con.execute(f"SELECT max(year::INTEGER) FROM {reader}").fetchone()
    last = row[0] if row else None
    stage_rows(con, "memberships", [_membership(spell, last, job) for spell in spells])


def _check_cells(
    con: duckdb.DuckDBPyConnection, source: str, reader: str, bodies: list[str]
) -> None:
    """Raise REC014 for a year or a membership that the codebook does not have."""
    find_bad_cell(con, source, reader, {"ccode": "INTEGER", "year": "INTEGER"})
    listed = ", ".join('"' + name.replace('"', '""') + '"' for name in bodies)
    found = con.execute(
        f"SELECT place, body, code FROM (UNPIVOT (SELECT place, {listed} FROM {numbered(reader)}) "
        f"ON {listed} INTO NAME body VALUE code) WHERE trim(code) NOT IN ({CODES}) "
        "ORDER BY ALL LIMIT 1"
    ).fetchone()
    if found is not None:
        place, body, code = found
        expected = "a membership by the codebook (0 to 3, -1 or -9)"
        raise RecordError(
            "REC014", source=source, row=place, column=body, value=code, expected=expected
        )


def _membership(spell: tuple[Any, ...], last: int | None, job: Job) -> dict[str, Any]:
    number, body, code, start, end = spell
    member = code_of_cow(number)
    if member is None:
        raise RecordError(
            "REC023",
            source=job.declaration.id,
            column="ccode",
            value=number,
            what="state",
            place="",
        )
    return {
        "id": f"cow-{body}-{member}-{start}".lower(),
        "bloc": body,
        "member": member,
        "start_on": str(start),
        "end_on": None if end == last else str(end),
        "status": STATUS[code],
        "role": f"{STATUS[code]} {start} to {end} by the Correlates of War",
        "publisher": job.declaration.publisher,
        "url": job.declaration.url,
    }
