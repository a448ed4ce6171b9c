"""The record behind the pages: opened once, asked in turn, briefs remembered."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from accord.brief.build import build_brief
from accord.brief.scenario import kept_state
from accord.model.brief import Brief
from accord.model.period import Period
from accord.model.serial import check_from_dict
from accord.model.verdict import Check
from accord.record import Record, open_record
from accord.web.settings import Settings
from accord.web.store import CheckStore

__all__ = ["Desk"]

Answer = TypeVar("Answer")
_LOOK_AGAIN = 5.0  # seconds after which a change of the record is noticed


class Desk:
    """One open record, shared by the pages under a lock."""

    def __init__(self, settings: Settings, store: CheckStore) -> None:
        self._settings = settings
        self._store = store
        self._lock = threading.RLock()  # before the record
        self._shelf = threading.Lock()  # before the remembered answers
        self._known: str | None = None
        self._record: Record | None = None
        self._state: object = None
        self._looked = 0.0
        self._pages: OrderedDict[tuple[object, ...], Any] = OrderedDict()

    def ask(self, question: Callable[[Record], Answer]) -> Answer:
        """Put a question to the record; one at a time."""
        with self._lock:
            return question(self._opened())

    def remembered(self, key: tuple[object, ...], make: Callable[[], Answer]) -> Answer:
        """What ``make`` gave for this key and this state of the record.

        What is remembered is given at once, also while the record is being asked.
        """
        full = (self._fingerprint(), date.today(), *key)
        with self._shelf:
            if full in self._pages:
                self._pages.move_to_end(full)
                found: Answer = self._pages[full]
                return found
        made = make()
        with self._shelf:
            self._pages[full] = made
            while len(self._pages) > self._settings.cached_pages:
                self._pages.popitem(last=False)
        return made

    def _fingerprint(self) -> str:
        if self._known is None or time.monotonic() - self._looked > _LOOK_AGAIN:
            self._known = self.ask(lambda record: record.fingerprint)
        return self._known

    def brief(
        self,
        source: str,
        target: str,
        *,
        period: Period | None,
        as_of: date | None,
        reporter: str | None,
    ) -> Brief:
        """A brief, with the documents that were checked here."""
        key = ("brief", source, target, period, as_of, reporter, self.pages_state)
        return self.remembered(
            key,
            lambda: self.ask(
                lambda record: build_brief(
                    source,
                    target,
                    record=record,
                    period=period,
                    as_of=as_of,
                    reporter=reporter,
                    checks=self._checks(),
                )
            ),
        )

    @property
    def pages_state(self) -> tuple[int, int]:
        """Numbers that change with what is kept beside the record: checks, scenarios."""
        return self._store.state, kept_state()

    def _checks(self) -> list[Check]:
        found = []
        for stored in self._store.recent():
            try:
                found.append(check_from_dict(stored))
            except (KeyError, ValueError, TypeError):
                continue  # written by another version
        return found

    def _opened(self) -> Record:
        """The record; opened again when it has changed on disk."""
        now = time.monotonic()
        if self._record is not None and now - self._looked > _LOOK_AGAIN:
            self._looked = now
            if self._state != _state_of(self._record):
                self._record.close()
                self._record = None
        if self._record is None:
            self._record = open_record()
            self._state, self._looked = _state_of(self._record), now
        return self._record

    def close(self) -> None:
        """Give the record free."""
        with self._lock:
            if self._record is not None:
                self._record.close()
                self._record = None


def _state_of(record: Record) -> object:
    """What changes when the record does: its file, or for a shared one every minute."""
    if record.place.is_lake:
        return int(time.time() // 60)
    try:
        found = record.place.path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
