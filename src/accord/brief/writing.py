"""Where a brief goes: the ending of the file says in which form."""

from __future__ import annotations

import json
from pathlib import Path

from accord.brief.plain_forms import brief_to_dict, render_csv, render_markdown
from accord.errors import BriefError
from accord.model.brief import Brief

__all__ = ["render_json", "write_brief"]


def render_json(brief: Brief) -> str:
    """The JSON form as text."""
    return json.dumps(brief_to_dict(brief), ensure_ascii=False, indent=1) + "\n"


def write_brief(brief: Brief, path: Path) -> None:
    """Write a brief as ``.html``, ``.pdf``, ``.md``, ``.json`` or ``.csv``.

    Raises :class:`BriefError` BRF005 for another ending, BRF008 where the file
    cannot be written.
    """
    content = _content(brief, path)
    try:
        path.write_bytes(content)
    except OSError as problem:
        detail = problem.strerror or str(problem)
        raise BriefError("BRF008", path=path, detail=detail) from None


def _content(brief: Brief, path: Path) -> bytes:
    ending = path.suffix.lower()
    if ending in (".html", ".htm"):
        from accord.brief.pages import render_html

        return render_html(brief).encode()
    if ending == ".pdf":
        from accord.brief.paper import render_pdf

        return render_pdf(brief)
    plain = {".md": render_markdown, ".json": render_json, ".csv": render_csv}
    if ending not in plain:
        raise BriefError("BRF005", path=path)
    return plain[ending](brief).encode()
