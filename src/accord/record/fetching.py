"""Asking outside services: patiently, within their limits, and never twice for the same.

Every answer is kept in a cache under its question until its load has succeeded, a day
at most, so that a load that stopped goes on where it was. Bursts of 429 and 5xx are
waited out with growing pauses; what the service says about when to come back is heeded.
"""

from __future__ import annotations

import hashlib
import json
import random
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.record.declaration import Declaration

if TYPE_CHECKING:
    import httpx

__all__ = ["Service"]

ATTEMPTS = 6
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
FRESH_SECONDS = 24 * 3600.0  # an interrupted load may go on for so long
PACE = 1.0  # what every pause is multiplied by
TIMEOUT_SECONDS = 120.0
_WAIT = {429, 500, 502, 503, 504}


@dataclass(slots=True)
class Service:
    """One source's service, with its cache and its pace.

    ``gap_seconds`` is the least time between two calls that the publisher asks for.
    """

    declaration: Declaration
    cache: Path
    gap_seconds: float = 1.0
    expects: str = "json"
    _last: float = 0.0

    def get(
        self, path: str, params: Mapping[str, str], *, headers: Mapping[str, str] | None = None
    ) -> Path:
        """The file with the answer, from the cache or from the service.

        Raises REC017 to REC021 and REC027.
        """
        question = json.dumps([self.declaration.base_url, path, sorted(params.items())])
        name = hashlib.sha256(question.encode()).hexdigest()[:32]
        kept = self.cache / self.declaration.id / f"{name}.{self.expects}"
        if kept.exists() and time.time() - kept.stat().st_mtime < FRESH_SECONDS:
            return kept
        answer = self._ask(path, params, headers or {})
        self._check_form(answer)
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_name(f".{kept.name}.{uuid.uuid4().hex}")
        half.write_bytes(answer.content)
        half.replace(kept)
        return kept

    def _ask(
        self, path: str, params: Mapping[str, str], headers: Mapping[str, str]
    ) -> httpx.Response:
        import httpx

        url, problem = f"{self.declaration.base_url}{path}", "no answer"
        for attempt in range(ATTEMPTS):
            self._keep_pace()
            try:
                answer = httpx.get(
                    url,
                    params=dict(params),
                    headers=dict(headers),
                    timeout=TIMEOUT_SECONDS,
                    follow_redirects=True,
                    trust_env=True,
                )
            except httpx.RemoteProtocolError as broken:
                problem = str(broken)
                self._pause(attempt, None)
                continue
            except (httpx.HTTPError, httpx.InvalidURL) as broken:
                problem = str(broken) or type(broken).__name__
                self._pause(attempt, None)
                continue
            if answer.status_code in _WAIT and not self._quota_is_used_up(answer):
                problem = f"{answer.status_code} after {ATTEMPTS} attempts"
                self._pause(attempt, answer.headers.get("retry-after"))
                continue
            return self._accepted(answer, url)
        raise RecordError("REC017", source=self.declaration.id, url=url, detail=problem)

    def _accepted(self, answer: httpx.Response, url: str) -> httpx.Response:
        source, declaration = self.declaration.id, self.declaration
        if self._quota_is_used_up(answer):
            raise RecordError(
                "REC019",
                source=source,
                detail=_said(answer),
                key=declaration.key_setting or "the key",
            )
        if answer.status_code in {401, 403} and declaration.key_setting:
            raise RecordError(
                "REC020",
                source=source,
                key=declaration.key_setting,
                url=declaration.key_url or declaration.documentation,
                detail=_said(answer),
            )
        if answer.status_code >= 400:
            raise RecordError(
                "REC018", source=source, url=url, status=answer.status_code, detail=_said(answer)
            )
        expected = answer.headers.get("content-length")
        encoded = answer.headers.get("content-encoding")
        if expected and not encoded and int(expected) != len(answer.content):
            raise RecordError(
                "REC027", source=source, got=len(answer.content), expected=int(expected)
            )
        return answer

    def _check_form(self, answer: httpx.Response) -> None:
        start = answer.content.lstrip()[:200].lower()
        is_page = start.startswith((b"<!doctype html", b"<html"))
        wrong = is_page or (self.expects == "json" and not start.startswith((b"{", b"[")))
        wrong = wrong or (self.expects == "xml" and not start.startswith(b"<"))
        if not wrong and self.expects == "json":
            wrong = not _is_json(answer.content)
        if wrong:
            raise RecordError(
                "REC021",
                source=self.declaration.id,
                found="a web page" if is_page else "something else",
                expected=self.expects.upper(),
                url=str(answer.url),
            )

    @staticmethod
    def _quota_is_used_up(answer: httpx.Response) -> bool:
        return answer.status_code in {403, 429} and "quota" in answer.text[:2000].lower()

    def _keep_pace(self) -> None:
        wait = self._last + self.gap_seconds * PACE - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last = time.monotonic()

    def _pause(self, attempt: int, told: str | None) -> None:
        if attempt == ATTEMPTS - 1:
            return
        grown = FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.8, 1.2)  # noqa: S311
        asked = float(told) if told and told.isdigit() else 0.0
        time.sleep(min(max(grown, asked), LONGEST_PAUSE_SECONDS) * PACE)


def _said(answer: httpx.Response) -> str:
    try:
        content: Any = answer.json()
    except ValueError:
        return " ".join(answer.text.split())[:120] or answer.reason_phrase
    if isinstance(content, dict):
        for name in ("message", "error", "detail"):
            if content.get(name):
                return str(content[name])[:200]
    return str(content)[:200]


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True
