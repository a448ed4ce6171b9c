"""The format of a record: its number, the fingerprint of its schema, the tables it must have."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from accord.errors import RecordError

if TYPE_CHECKING:
    import duckdb

    from accord.record.location import Place

__all__ = ["SCHEMA_SHA256", "SCHEMA_VERSION", "check_format", "check_tables", "schema_sha256"]

# A test holds the two together: whoever changes schema.sql raises the number and notes
# the new fingerprint. Should both be forgotten, the fingerprint in the file still tells.
SCHEMA_VERSION = "2"
SCHEMA_SHA256 = "628d1ef77e4a33ece76531000feff6f4e4832de29f69b40000aa09319e8ce4dc"
_MADE = re.compile(r"CREATE (?:TABLE|VIEW) (\w+)")


@lru_cache(maxsize=1)
def schema_sha256() -> str:
    """The hash of the schema's statements; comments and line breaks do not count."""
    lines = [line.partition("--")[0] for line in _text("schema.sql").splitlines()]
    return hashlib.sha256(" ".join(" ".join(lines).split()).encode()).hexdigest()


def check_format(meta: dict[str, str], place: Place) -> None:
    """Raise REC002, REC003 or REC004 unless the record is in the format of this Accord."""
    found = meta.get("schema_version", "none")
    if not found.isdigit():
        raise RecordError("REC002", path=place, detail="its format is not stated")
    if int(found) > int(SCHEMA_VERSION):
        raise RecordError("REC003", path=place, found=found, known=SCHEMA_VERSION)
    if int(found) < int(SCHEMA_VERSION):
        raise RecordError("REC004", path=place, found=found, known=SCHEMA_VERSION)
    if meta.get("schema_sha256") != schema_sha256():
        other = f"{found} with other columns"
        raise RecordError("REC004", path=place, found=other, known=SCHEMA_VERSION)


def check_tables(con: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Raise REC002 if a table or view of the record is not there."""
    found = con.execute(
        "SELECT table_name FROM duckdb_tables() UNION ALL "
        "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    lacking = sorted(_expected() - {row[0] for row in found})
    if lacking:
        detail = f"it lacks {', '.join(lacking)}"
        raise RecordError("REC002", path=place, detail=detail)


@lru_cache(maxsize=1)
def _expected() -> frozenset[str]:
    return frozenset(_MADE.findall(_text("schema.sql") + _text("views.sql")))


def _text(name: str) -> str:
    return (resources.files("accord.record") / name).read_text(encoding="utf-8")
