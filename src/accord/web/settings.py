"""What the web page allows: addresses, sizes, times, rates. All limits are here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Settings"]

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and addresses of one server.

    ``hosts`` are the names under which it may be asked for (against DNS rebinding);
    ``home`` is where checks are kept.
    """

    home: Path
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "::1"})
    body_bytes: int = 10 * MEGABYTE
    body_seconds: float = 20.0
    header_seconds: float = 10.0
    text_characters: int = 400_000
    fetch_bytes: int = 10 * MEGABYTE
    fetch_seconds: float = 10.0
    pdf_pages: int = 300
    check_cpu_seconds: int = 20
    check_seconds: float = 40.0
    check_memory_bytes: int = 3 * 1024 * MEGABYTE
    checks_at_once: int = 2
    checks_waiting: int = 8
    checks_per_minute: int = 30
    kept_checks: int = 500
    kept_bytes: int = 200 * MEGABYTE
    cached_pages: int = 200
    page_rows: int = 100
    allow_private_addresses: bool = field(default=False)  # for tests of our own servers only
