"""What is known: figures by release and vintage, agreements, memberships, events, projects."""

from __future__ import annotations

from accord.record.access import Coverage, Record, Series, open_record
from accord.record.job import LoadReport, Request
from accord.record.loading import load
from accord.record.vintage import Vintages, agree, as_of, is_later, vintages

__all__ = [
    "Coverage",
    "LoadReport",
    "Record",
    "Request",
    "Series",
    "Vintages",
    "agree",
    "as_of",
    "is_later",
    "load",
    "open_record",
    "vintages",
]
