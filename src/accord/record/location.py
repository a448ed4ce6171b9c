"""Where the record is kept: one file, or a lake that several machines share."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Place", "home", "the_place"]

FILE_NAME = "record.duckdb"


def home() -> Path:
    """The user's data directory: ``ACCORD_HOME``, else ``~/.local/share/accord``."""
    given = os.environ.get("ACCORD_HOME")
    return Path(given).expanduser() if given else Path.home() / ".local" / "share" / "accord"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is: ``path`` of its file, or ``catalog`` and ``data`` of a lake.

    ``folder`` holds what stands beside it: raw files, lock, temporary files.
    """

    path: Path
    catalog: str | None = None
    data: str | None = None

    @property
    def folder(self) -> Path:
        """The directory that the record stands in."""
        return self.path.parent

    @property
    def raw(self) -> Path:
        """Where the raw files are kept, named by their hash."""
        return self.folder / "raw"

    @property
    def is_lake(self) -> bool:
        """Whether it is shared through a catalog."""
        return self.catalog is not None

    def __str__(self) -> str:
        """For messages; a lake shows its catalog without its password."""
        if self.catalog is None:
            return str(self.path)
        return " ".join(part for part in self.catalog.split() if not part.startswith("password="))


def the_place(path: Path | None = None) -> Place:
    """The place of a given file, or the one that the settings name.

    ``ACCORD_CATALOG`` (``postgres:dbname=… host=…``) makes it a lake; ``ACCORD_DATA``
    says where its files go (a directory or an object store's address).
    """
    if path is not None:
        return Place(path.expanduser())
    catalog = os.environ.get("ACCORD_CATALOG")
    file = home() / FILE_NAME
    if not catalog:
        return Place(file)
    return Place(file, catalog, os.environ.get("ACCORD_DATA") or str(home() / "lake"))
