"""How to cite a brief: BibTeX and CSL, with the state of the record that it rests on."""

from __future__ import annotations

import json

from accord.model.brief import Brief

__all__ = ["bibtex", "csl"]


def bibtex(brief: Brief) -> str:
    """A BibTeX entry. The note names the record's hash, by which the brief can be rebuilt."""
    year = brief.day[:4]
    fields = {
        "title": "{" + f"{_bare(brief.title)}: a bilateral brief" + "}",
        "author": "{{Accord}}",
        "year": "{" + year + "}",
        "note": "{" + _note(brief) + "}",
    }
    body = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value != "{}")
    key = f"accord-{brief.source.lower()}-{brief.target.lower()}"
    return f"@misc{{{key},\n{body}\n}}"


def csl(brief: Brief) -> str:
    """The same as a CSL-JSON item."""
    item: dict[str, object] = {
        "id": f"accord-{brief.source.lower()}-{brief.target.lower()}",
        "type": "report",
        "title": f"{brief.title}: a bilateral brief",
        "author": [{"literal": "Accord"}],
        "issued": {"date-parts": [[int(part) for part in brief.day.split("-")]]},
        "note": _note(brief),
    }
    return json.dumps([item], ensure_ascii=False, indent=1)


def _bare(text: str) -> str:
    """Text without the characters that mean something to BibTeX or to Markdown fences."""
    return "".join(mark for mark in text if mark not in "{}\\`<>$%#&~^")


def _note(brief: Brief) -> str:
    state = f"record as of {brief.as_of}" if brief.as_of else "latest state of the record"
    digest = f", record sha256 {brief.record_sha256}" if brief.record_sha256 else ""
    return f"{state}{digest}"
