"""The facts that come with Accord: carried from files of the package into the record."""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from accord.record.format import SCHEMA_VERSION, schema_sha256

if TYPE_CHECKING:
    import duckdb

__all__ = ["bundled_sha256", "carry_bundled", "create_tables", "drop_bundled"]

FILES = (
    "releases.csv",
    "flows.csv",
    "agreements.csv",
    "agreement_sources.csv",
    "memberships.csv",
    "events.csv",
    "projects.csv",
    "initiatives.csv",
)
FACT_TABLES = (
    "agreements",
    "agreement_sources",
    "memberships",
    "events",
    "projects",
    "initiatives",
)
_ROOM = "accord.record"


@lru_cache(maxsize=1)
def bundled_sha256() -> str:
    """The hash of all bundled files, and of the way they are carried."""
    room = resources.files(_ROOM)
    digest = hashlib.sha256(schema_sha256().encode())
    digest.update((room / "bundled.sql").read_bytes())
    digest.update((room / "views.sql").read_bytes())
    for name in FILES:
        digest.update((room / "reference" / name).read_bytes())
    return digest.hexdigest()


def create_tables(con: duckdb.DuckDBPyConnection, *, lake: bool = False) -> None:
    """Make the empty tables of a new record and note its format."""
    from accord.record.vocabulary import column_types, create_vocabularies, note_types

    if not lake:
        create_vocabularies(con)
    con.execute(column_types(_text("schema.sql"), lake=lake))
    con.execute(
        f"INSERT INTO meta VALUES ('schema_version', '{SCHEMA_VERSION}'), "
        f"('schema_sha256', '{schema_sha256()}')"
    )
    if not lake:
        note_types(con)


def carry_bundled(con: duckdb.DuckDBPyConnection) -> None:
    """Insert the bundled facts, make the views, and note which facts they are.

    Must run inside a transaction of the caller.
    """
    with resources.as_file(resources.files(_ROOM) / "reference") as folder:
        place = str(folder).replace("'", "''")
        for statement in _statements("bundled.sql"):
            con.execute(statement.replace("{folder}", place))
    for statement in _statements("views.sql"):
        con.execute(statement.replace("CREATE VIEW", "CREATE OR REPLACE VIEW"))
    con.execute("DELETE FROM meta WHERE key = 'bundled_sha256'")
    con.execute(f"INSERT INTO meta VALUES ('bundled_sha256', '{bundled_sha256()}')")


def drop_bundled(con: duckdb.DuckDBPyConnection) -> None:
    """Remove the bundled rows and nothing else; inside a transaction of the caller."""
    con.execute("DELETE FROM figures WHERE source = 'bundled'")
    for table in FACT_TABLES:
        con.execute(f"DELETE FROM {table} WHERE release = 'bundled-facts'")
    con.execute("DELETE FROM releases WHERE source = 'bundled'")


def _statements(name: str) -> list[str]:
    lines = [line for line in _text(name).splitlines() if not line.startswith("--")]
    return [part for part in "\n".join(lines).split(";\n") if part.strip()]


def _text(name: str) -> str:
    return (resources.files(_ROOM) / name).read_text(encoding="utf-8")
