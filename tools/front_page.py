"""The front page's example: what ``accord check examples/article.txt`` prints, as text.

The record is the bundled one, in a directory of its own, so that what somebody has
loaded besides does not show.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

import accord
from accord.cli.render_table import render_table

__all__ = ["README", "front_page"]

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
ARTICLE = ROOT / "examples" / "article.txt"
_COMMAND = "$ accord check examples/article.txt\n"
_EXAMPLE = re.compile(rf"(?<={re.escape(_COMMAND)})(?:.*\n)*?(?=```\n)")
WIDTH = 100


def front_page() -> str:
    """README.md with the example's table as the code prints it now."""
    table = "\n".join(line.rstrip() for line in _printed().splitlines()) + "\n"
    text, count = _EXAMPLE.subn(lambda _: table, README.read_text(encoding="utf-8"), count=1)
    if not count:
        raise ValueError(f"README.md has no block that begins with {_COMMAND!r}")
    return text


def _printed() -> str:
    before = os.environ.get("ACCORD_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["ACCORD_HOME"] = home
        try:
            return render_table(accord.check(ARTICLE), width=WIDTH)
        finally:
            os.environ.pop("ACCORD_HOME")
            if before is not None:
                os.environ["ACCORD_HOME"] = before
