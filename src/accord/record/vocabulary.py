"""Vocabularies: columns of the big table whose values are few and known beforehand.

Stored as enumerations they take a byte or two a row and load twice as fast as text.
A load that brings a new product or code adds it to its vocabulary first. A lake,
whose Parquet files have dictionaries of their own, keeps plain text.
"""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

from typing import TYPE_CHECKING

from accord.record.filters import literal

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "VOCABULARIES",
    "admit_words",
    "column_types",
    "create_vocabularies",
    "current_types",
    "note_types",
]

# Vocabulary → the columns of `flows` that use it.
VOCABULARIES: dict[str, tuple[str, ...]] = {
    "polity": ("reporter", "partner"),
    "direction": ("direction",),
    "product": ("product",),
    "nomenclature": ("nomenclature",),
    "period_kind": ("period_kind",),
    "currency": ("currency",),
    "status": ("status",),
    "valuation": ("valuation",),
    "quantity_unit": ("quantity_unit",),
}


def first_words() -> dict[str, list[str]]:
    """The words with which the vocabularies of a new record begin."""
    from accord.model.polity import all_polities

    return {
        "polity": sorted({polity.code for polity in all_polities()} | {"WLD"}),
        "direction": ["balance", "export", "import", "total"],
        "product": ["all", "services", *(f"{chapter:02d}" for chapter in range(1, 100))],
        "nomenclature": ["EB", "HS", "text"],
        "period_kind": ["fiscal_year", "year_to_date"],
        "currency": ["CNY", "EUR", "RUB", "USD"],
        "status": ["confidential", "estimated", "missing", "reported"],
        "valuation": ["cif", "fob", "unstated"],
        "quantity_unit": ["kg", "t"],
    }


def create_vocabularies(con: duckdb.DuckDBPyConnection) -> None:
    """Make the enumerations of a new record."""
    for name, words in first_words().items():
        con.execute(_type(f"{name}_1", words))


def note_types(con: duckdb.DuckDBPyConnection) -> None:
    """Note which version of each vocabulary is in use (``meta``, keys ``type:…``)."""
    for name in VOCABULARIES:
        con.execute(f"INSERT INTO meta VALUES ('type:{name}', '{name}_1')")


def column_types(schema: str, *, lake: bool) -> str:
    """The schema with each vocabulary's type in its place."""
    for name in VOCABULARIES:
        schema = schema.replace("{" + name + "}", "VARCHAR" if lake else f"{name}_1")
    return schema


def admit_words(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Add the words of ``staged`` that the vocabularies lack; not needed in a lake.

    Returns column → type, so that rows can be sorted in the vocabularies' own order.
    """
    if not current_types(con):
        return {}
    columns = [column for group in VOCABULARIES.values() for column in group]
    listed = ", ".join(f"list(DISTINCT {column}::VARCHAR)" for column in columns)
    row = con.execute(f"SELECT {listed} FROM staged").fetchone()
    found = dict(zip(columns, row or [None] * len(columns), strict=True))
    for name, group in VOCABULARIES.items():
        words = {word for column in group for word in found[column] or ()} - {None}
        kind = current_types(con)[name]
        known = con.execute(f"SELECT unnest(enum_range(NULL::{kind}))::VARCHAR").fetchall()
        if new := words - {row[0] for row in known}:
            _extend(con, name, sorted(new))
    types = current_types(con)
    return {column: types[name] for name, group in VOCABULARIES.items() for column in group}


def _extend(con: duckdb.DuckDBPyConnection, name: str, new: list[str]) -> None:
    current = current_types(con)[name]
    words = con.execute(f"SELECT unnest(enum_range(NULL::{current}))::VARCHAR").fetchall()
    version = f"{name}_{int(current.rpartition('_')[2]) + 1}"
    con.execute(_type(version, sorted({w[0] for w in words} | set(new))))
    for column in VOCABULARIES[name]:
        con.execute(f"ALTER TABLE flows ALTER COLUMN {column} TYPE {version}")
    con.execute(f"UPDATE meta SET value = '{version}' WHERE key = 'type:{name}'")


def current_types(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Vocabulary → the type that it has now; empty in a lake."""
    found = con.execute("SELECT key, value FROM meta WHERE key LIKE 'type:%'").fetchall()
    return {key.removeprefix("type:"): value for key, value in found}


def _type(name: str, words: list[str]) -> str:
    return f"CREATE TYPE {name} AS ENUM ({', '.join(map(literal, words))})"
