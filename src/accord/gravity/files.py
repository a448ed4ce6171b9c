"""Reading panels from files: Parquet, CSV, TSV, Arrow; gzip is undone on the way."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from accord.errors import GravityError

__all__ = ["read_panel"]


def read_panel(path: str | Path) -> pl.DataFrame:
    """A panel from a file, by its ending.

    Raises ``GravityError`` GRA020 where the file is not there, is of no known
    kind or cannot be read.
    """
    path = Path(path)
    if not path.is_file():
        raise GravityError("GRA020", path=path, reason="there is no such file")
    endings = [ending.lower() for ending in path.suffixes if ending.lower() != ".gz"]
    ending = endings[-1] if endings else ""
    try:
        return _read(path, ending)
    except (OSError, pl.exceptions.PolarsError) as problem:
        reason = str(problem).splitlines()[0]
        raise GravityError("GRA020", path=path, reason=reason) from None


def _read(path: Path, ending: str) -> pl.DataFrame:
    if ending in {".parquet", ".pq"}:
        return pl.read_parquet(path)
    if ending in {".csv", ".tsv", ".tab", ".txt"}:
        mark = "," if ending == ".csv" else "\t"
        return pl.read_csv(
            path,
            separator=mark,
            infer_schema_length=None,
            null_values=["", "NA", "NaN", "nan", "."],
        )
    if ending in {".arrow", ".feather", ".ipc"}:
        return pl.read_ipc(path)
    raise GravityError("GRA020", path=path, reason=f"“{ending}” is no known kind of table")
