"""Functions that reader processes apply in the tests: plain, slow, deadly."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from accord.model.document import Document


def count_words(document: Document) -> dict[str, Any]:
    """The good case."""
    return {"statements": [], "words": len(document.text.split())}


def with_poison(document: Document) -> dict[str, Any]:
    """Does what the text says: dies, hangs, raises, prints, or counts words."""
    if "DIE" in document.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "HANG" in document.text:
        time.sleep(600)
    if "RAISE" in document.text:
        raise ZeroDivisionError("no words")
    if "SWELL" in document.text:
        return {"statements": [], "words": len(bytearray(2**40))}
    if "PRINT" in document.text:
        print("noise on standard output")  # noqa: T201
    return count_words(document)


def die_once(document: Document, folder: str) -> dict[str, Any]:
    """Ends its process the first time it sees each tenth document."""
    if document.id is not None and int(document.id) % 10 == 0:
        mark = Path(folder) / document.id
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return count_words(document)


def slowly(document: Document) -> dict[str, Any]:
    """Takes its time."""
    time.sleep(0.02)
    return count_words(document)
