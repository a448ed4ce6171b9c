"""Checks that can be shared: one file a check, found again by its own hash, bounded."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from accord.errors import WebError
from accord.web.settings import Settings

__all__ = ["CheckStore"]

_ID = re.compile(r"[0-9a-f]{24}\Z")


class CheckStore:
    """Keeps checks under ``home/checks``; the oldest go when there are too many."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.home / "checks"

    def keep(self, check: dict[str, Any]) -> str:
        """Store a check; returns the name under which it is found again."""
        text = json.dumps(check, ensure_ascii=False, sort_keys=True)
        name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=".new-")
        with os.fdopen(handle, "wb") as out:
            out.write(text.encode("utf-8", "replace"))
        Path(temporary).replace(self._folder / f"{name}.json")
        self._make_room()
        return name

    def find(self, name: str) -> dict[str, Any]:
        """The check of that name. Raises :class:`WebError` WEB006 if there is none."""
        path = self._folder / f"{name}.json"
        if not _ID.match(name) or not path.is_file():
            raise WebError("WEB006", name=name[:40])
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    @property
    def state(self) -> int:
        """A number that changes when checks come or go."""
        try:
            return self._folder.stat().st_mtime_ns
        except OSError:
            return 0

    def recent(self, limit: int = 50) -> list[dict[str, Any]]:
        """The newest checks, to count them in a brief."""
        found = []
        for path in self._files()[:limit]:
            try:
                found.append(json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError):
                continue  # another process is clearing up
        return found

    def _files(self) -> list[Path]:
        """All checks, newest first."""
        try:
            dated = [(p.stat().st_mtime, p) for p in self._folder.glob("*.json")]
        except OSError:
            return []
        return [path for _, path in sorted(dated, reverse=True)]

    def _make_room(self) -> None:
        kept, size = 0, 0
        for path in self._files():
            try:
                size += path.stat().st_size
                kept += 1
                if kept > self._settings.kept_checks or size > self._settings.kept_bytes:
                    path.unlink()
            except OSError:
                continue
