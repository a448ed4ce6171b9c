"""What the workers do while faults are injected: code, or fall as the text tells."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from accord.events.coder import code_fields
from accord.model.document import Document

DEADLY, HANGING, RAISING = "DEADLY WORD", "HANGING WORD", "RAISING WORD"


def code_or_fall(document: Document) -> dict[str, Any]:
    """Codes a document, unless its text tells to die, to hang or to raise."""
    if DEADLY in document.text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if HANGING in document.text:
        time.sleep(600)
    if RAISING in document.text:
        raise ZeroDivisionError("no act")
    return code_fields(document)
