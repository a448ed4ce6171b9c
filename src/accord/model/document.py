"""Documents: text with its source, language, publication date and hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

__all__ = ["Document", "PublicationDate"]


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """When a document appeared, as precisely as is known: a year, a month or a day.

    ``origin`` tells whether it was ``given`` by the user or ``found`` in the document.
    """

    start: date
    end: date
    origin: str = "given"

    @property
    def latest(self) -> date:
        """The last day it can mean: what counts for *as of*."""
        return self.end

    def __str__(self) -> str:
        """``2021``, ``2021-03`` or ``2021-03-26``."""
        if self.start == self.end:
            return self.start.isoformat()
        if self.start.month == self.end.month and self.start.year == self.end.year:
            return f"{self.start:%Y-%m}"
        return f"{self.start.year}"


@dataclass(frozen=True, slots=True)
class Document:
    """One text to be read. Offsets of statements count characters of ``text``."""

    text: str
    source: str
    title: str | None = None
    language: str | None = "en"
    published: PublicationDate | None = None
    url: str | None = None
    id: str | None = None
    speaker: str | None = None
    sha256: str = field(default="")

    def __post_init__(self) -> None:
        if not self.sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "sha256", digest)
