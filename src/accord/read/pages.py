"""What a format's reader gives back, before it becomes a document."""

from __future__ import annotations

from dataclasses import dataclass

from accord.model.document import PublicationDate

__all__ = ["Extracted"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text of a file, with the title and date that the file itself names."""

    text: str
    title: str | None = None
    published: PublicationDate | None = None
