"""What is known: figures by release and vintage, agreements, memberships, events, projects."""

from __future__ import annotations

from accord.record.access import Record, Series, open_record
from accord.record.vintage import Vintages, agree, as_of, is_later, vintages

__all__ = [
    "Record",
    "Series",
    "Vintages",
    "agree",
    "as_of",
    "is_later",
    "open_record",
    "vintages",
]
