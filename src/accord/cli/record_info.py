"""What ``accord record info`` tells: sources, the releases of one, tables with their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accord.errors import RecordError

if TYPE_CHECKING:
    from accord.record import Record

__all__ = ["RELEASE_NAMES", "SOURCE_NAMES", "TABLE_NAMES", "check_source", "releases", "summary",
           "tables"]  # fmt: skip

SOURCE_NAMES = ("source", "releases", "rows", "first", "last", "newest_release")
RELEASE_NAMES = ("release", "publisher", "published", "retrieved", "first", "last", "rows", "url",
                 "file", "sha256", "licence")  # fmt: skip
TABLE_NAMES = ("name", "kind", "columns")


def summary(record: Record) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """Place, state, panels and sources; and the sources as rows of ``SOURCE_NAMES``."""
    sources = record.rows(
        "SELECT source, count(*), sum(row_count)::BIGINT, min(covers_start), max(covers_end), "
        "max(coalesce(published_on, retrieved_on)) FROM releases GROUP BY source ORDER BY source"
    )
    content = {
        "place": str(record.place),
        "fingerprint": record.fingerprint,
        "panels": record.panels(),
        "sources": [dict(zip(SOURCE_NAMES, row, strict=True)) for row in sources],
    }
    return content, sources


def releases(record: Record, source: str) -> list[tuple[Any, ...]]:
    """The releases of a source, oldest first. Raises REC010 for one that nobody knows."""
    check_source(record, source)
    found = record.sql(
        "SELECT id, publisher, published_on, retrieved_on, covers_start, covers_end, row_count, "
        "url, file_name, sha256, licence FROM releases WHERE source = ? "
        "ORDER BY coalesce(published_on, retrieved_on), id",
        [source],
    )
    return [tuple(row.values()) for row in found.to_pylist()]


def tables(record: Record) -> list[tuple[Any, ...]]:
    """Every view and table with its columns, views first."""
    found = record.rows(
        "SELECT table_name, (table_name IN (SELECT view_name FROM duckdb_views())) AS is_view, "
        "list(column_name ORDER BY column_index) FROM duckdb_columns() WHERE NOT internal "
        "GROUP BY ALL ORDER BY is_view DESC, table_name"
    )
    return [(name, "view" if is_view else "table", columns) for name, is_view, columns in found]


def check_source(record: Record, source: str) -> None:
    """Raise REC010 for a source that neither Accord nor the record knows."""
    from accord.record.declaration import read_declaration

    if source.endswith((".yaml", ".yml")):
        raise RecordError("REC010", source=source, suggestion="")
    if source not in {release.source for release in record.releases()}:
        read_declaration(source)
