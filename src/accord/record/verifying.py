"""Holding the record against itself: raw files, rows, parts and wholes."""

from __future__ import annotations

from dataclasses import dataclass

from accord.errors import RecordError
from accord.record.access import Record
from accord.record.rawfiles import file_sha256

__all__ = ["Finding", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be; ``code`` is that of the errors."""

    code: str
    subject: str
    message: str


def verify(record: Record) -> list[Finding]:
    """What is wrong with the record; an empty list means nothing is.

    Raw files are there and have the hash in their name; every release has the number of
    rows that was noted when it was loaded; no row belongs to a release that is not there.
    """
    return [*_raw_files(record), *_counts(record), *_panels(record), *_orphans(record)]


def _raw_files(record: Record) -> list[Finding]:
    found = []
    loaded = record.rows("SELECT id, sha256 FROM releases WHERE NOT bundled AND sha256 IS NOT NULL")
    kept = {path.name.partition(".")[0]: path for path in record.place.raw.glob("*/*")}
    for path in kept.values():
        if not path.name.startswith(f"{file_sha256(path)}"):
            problem = RecordError("REC028", release="of this file", path=path)
            found.append(Finding("REC028", path.name, problem.message))
    single = {row[0]: row[1] for row in loaded}
    for release, sha256 in single.items():
        parts = record.rows(
            f"SELECT file_name FROM releases WHERE id = '{release}' "  # noqa: S608
            "AND NOT contains(file_name, ', ')"
        )
        if parts and sha256 not in kept:
            problem = RecordError("REC028", release=release, path=record.place.raw / sha256[:2])
            found.append(Finding("REC028", release, problem.message))
    return found


def _counts(record: Record) -> list[Finding]:
    noted = record.rows(
        "SELECT r.id, r.row_count, f.n FROM releases r "
        "JOIN (SELECT release, count(*) AS n FROM flows GROUP BY release) f ON f.release = r.key "
        "WHERE r.row_count <> f.n UNION ALL "
        "SELECT r.id, r.row_count, f.n FROM releases r "
        "JOIN (SELECT release, count(*) AS n FROM figures GROUP BY release) f ON f.release = r.id "
        "WHERE r.row_count <> f.n UNION ALL "
        "SELECT id, row_count, 0 FROM releases WHERE kind = 'flows' AND row_count > 0 "
        "AND key NOT IN (SELECT DISTINCT release FROM flows)"
    )
    return [
        Finding("REC036", release, f"{release} has {there:,} rows, {count:,} were loaded.")
        for release, count, there in noted
    ]


def _panels(record: Record) -> list[Finding]:
    found = []
    for release, noted, table in record.rows(
        "SELECT release, row_count, coalesce(path, 'panel_' || name) FROM panels ORDER BY ALL"
    ):
        there = record.rows(f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608
        if there != noted:
            said = f"{release} has {there:,} rows, {noted:,} were loaded."
            found.append(Finding("REC036", release, said))
    return found


def _orphans(record: Record) -> list[Finding]:
    lost = record.rows(
        "SELECT count(*) FROM (SELECT DISTINCT release FROM flows) "
        "WHERE release NOT IN (SELECT key FROM releases WHERE key IS NOT NULL)"
    )[0][0]
    return [Finding("REC036", "flows", f"{lost} releases have rows but no entry.")] if lost else []
