"""Queries written by users: they read, and reach nothing outside the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["close_the_door", "run_query"]

_READING = {"SELECT", "EXPLAIN", "RELATION"}


def close_the_door(con: duckdb.DuckDBPyConnection, *, folders: Sequence[str] = ()) -> None:
    """Let a connection reach no file but its own (and ``folders``), for good."""
    if folders:
        listed = ", ".join("'" + folder.replace("'", "''") + "'" for folder in folders)
        con.execute(f"SET allowed_directories = [{listed}]")
    con.execute("SET python_enable_replacements = false")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def run_query(
    con: duckdb.DuckDBPyConnection, query: str, params: Sequence[Any] | None = None
) -> pa.Table:
    """Run one reading statement. Raises REC006 (not understood) or REC007 (not reading)."""
    import duckdb

    try:
        statements = con.extract_statements(query)
    except duckdb.Error as problem:
        raise RecordError("REC006", detail=_first_line(problem)) from None
    if len(statements) != 1:
        detail = f"{len(statements)} statements where one was expected"
        raise RecordError("REC006", detail=detail)
    kind = statements[0].type.name
    if kind not in _READING:
        raise RecordError("REC007", detail=f"it is a statement of kind {kind}")
    try:
        return con.execute(query, list(params) if params else None).to_arrow_table()
    except (duckdb.PermissionException, duckdb.InvalidInputException) as problem:
        if "read-only" in str(problem) or isinstance(problem, duckdb.PermissionException):
            raise RecordError("REC007", detail=_first_line(problem)) from None
        raise RecordError("REC006", detail=_first_line(problem)) from None
    except duckdb.Error as problem:
        raise RecordError("REC006", detail=_first_line(problem)) from None


def _first_line(problem: Exception) -> str:
    return str(problem).splitlines()[0]
