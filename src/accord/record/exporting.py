"""Taking data out: Parquet or CSV, with a dictionary of its columns and a citation."""

from __future__ import annotations

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608
import csv
import json
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError

if TYPE_CHECKING:
    import pyarrow as pa

    from accord.record.access import Record

__all__ = ["Export", "data_dictionary", "export"]

_NAME = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Export:
    """What was written: the data, its dictionary and its citation."""

    data: Path
    dictionary: Path
    citation: Path
    rows: int


def export(record: Record, path: Path, *, query: str = "trade") -> Export:
    """Write a view or table, or a query's answer, to ``path`` (``.parquet`` or ``.csv``).

    Beside it go ``*.dictionary.json`` (each column's type, unit and meaning) and
    ``*.citation.txt`` (each release that the rows come from). Raises REC006, REC007,
    REC033, REC035 or REC040.
    """
    names = path.with_suffix(".dictionary.json"), path.with_suffix(".citation.txt")
    for target in (path, *names):
        if target.exists():
            raise RecordError("REC033", path=target)
    named = _NAME.fullmatch(query.strip()) is not None
    table = record.sql(f'SELECT * FROM "{query.strip()}"' if named else query)
    described = json.dumps(data_dictionary(table), ensure_ascii=False, indent=2) + "\n"
    try:
        _write(table, path)
        names[0].write_text(described, encoding="utf-8")
        names[1].write_text(_citation(record, table, query), encoding="utf-8")
    except OSError as problem:
        detail = problem.strerror or str(problem)
        raise RecordError("REC040", path=path, detail=detail) from None
    return Export(path, *names, table.num_rows)


def data_dictionary(table: pa.Table) -> list[dict[str, Any]]:
    """Each column's name, type and meaning."""
    text = (resources.files("accord.record") / "columns.json").read_text(encoding="utf-8")
    known: dict[str, str] = json.loads(text)
    return [
        {"column": f.name, "type": str(f.type), "meaning": known.get(f.name, "as in the query")}
        for f in table.schema
    ]


def _write(table: pa.Table, path: Path) -> None:
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        pq.write_table(table, path, compression="zstd")
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(table.column_names)
            for batch in table.to_batches(max_chunksize=50_000):
                columns = [column.to_pylist() for column in batch.columns]
                writer.writerows(
                    [_cell(value) for value in row] for row in zip(*columns, strict=True)
                )
    else:
        raise RecordError("REC035", value=path.name, option="FILE", expected=".parquet or .csv")


def _cell(value: Any) -> Any:
    """Lists with semicolons; text that a spreadsheet would run as a formula is quoted."""
    if isinstance(value, list):
        value = ";".join(map(str, value))
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    return value


def _citation(record: Record, table: pa.Table, query: str) -> str:
    """The releases that the rows name, or those of the panel; otherwise every one."""
    used = record.releases()
    panels = [name for name in record.panels() if f"panel_{name}" in query]
    if "release" in table.column_names:
        wanted = set(table["release"].unique().to_pylist())
        used = [release for release in used if release.id in wanted]
    elif panels:
        used = [release for release in used if release.source in panels]
    lines = ["Data from the record of Accord, drawn from:", ""]
    for release in used:
        parts = [release.publisher, release.title, release.published, release.url, release.licence]
        lines.append(f"- {release.id}: " + ". ".join(str(part) for part in parts if part))
    return "\n".join([*lines, "", f"State of the record: {record.fingerprint}", ""])
