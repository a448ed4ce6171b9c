"""One load: what is wanted, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.record.declaration import Declaration

if TYPE_CHECKING:
    import duckdb

__all__ = ["Job", "LoadReport", "Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks of a source: files, or which part of a service's data.

    ``published`` is when the source published it, as far as the user says; ``options``
    holds what only some sources need (``frequency``, ``revision``, ``services``, …).
    """

    files: tuple[Path, ...] = ()
    reporters: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    directions: tuple[str, ...] = ("export", "import")
    published: date | None = None
    url: str | None = None
    allow_break: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Job:
    """A load under way: adapters read ``files`` and may fill in what they find.

    An adapter creates the temporary view or table ``staged`` with the columns of its
    kind (see :mod:`accord.record.staging`) on the connection that it is given.
    """

    declaration: Declaration
    request: Request
    files: tuple[Path, ...]
    published: date | None = None
    title: str | None = None
    nomenclature: str | None = None
    # Says where a bad cell is, by raising; and where the staged rows that fit are.
    locate: Callable[[duckdb.DuckDBPyConnection], None] | None = None
    places: Callable[[duckdb.DuckDBPyConnection, str], list[str]] | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. ``already`` means that the same file was loaded before."""

    release: str
    source: str
    rows: int
    already: bool
    superseded: int
    seconds: float
    notes: tuple[str, ...] = ()
