"""Every message a user can meet, with its code, its hint and its place in the docs.

The exception tree::

    AccordError                 anything Accord reports on purpose
    ├── ArgumentError           ARG…   an option or argument is not understood
    ├── ReadError               READ…  a document cannot be read
    ├── RecordError             REC…   the record, a source or a load
    ├── CheckError              CHK…   a check, explanation or replay
    ├── MeasureError            MEA…   a measure or a panel
    ├── GravityError            GRA…   a panel, an estimate or an equilibrium
    ├── EventError              EVT…   event coding
    ├── BriefError              BRF…   a brief
    └── WebError                WEB…   the web page

Texts live in ``data/errors/*.toml``, one file a room, so that a message can be
reworded without touching code; ``AccordError("READ001", …)`` picks the class's
entry and fills its fields. An unknown code is a defect and raises ``KeyError``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import ClassVar

__all__ = [
    "AccordError",
    "ArgumentError",
    "BriefError",
    "CheckError",
    "EventError",
    "GravityError",
    "MeasureError",
    "ReadError",
    "RecordError",
    "Template",
    "WebError",
    "catalogue",
    "error",
]

DOCS_PAGE = "docs/reference/errors.md"


@dataclass(frozen=True, slots=True)
class Template:
    """One coded message: what happened, and what to do about it."""

    code: str
    message: str
    hint: str


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Template]:
    """All coded messages, by code."""
    found: dict[str, Template] = {}
    folder = resources.files("accord") / "data" / "errors"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        for code, fields in tomllib.loads(entry.read_text(encoding="utf-8")).items():
            if code in found:
                raise KeyError(f"error code {code} is declared twice")
            found[code] = Template(code, fields["message"], fields["hint"])
    return found


class AccordError(Exception):
    """A problem reported on purpose, with a code, a message and a hint.

    ``exit_code`` is what the command line ends with: 1 where the user's input
    or arguments are at fault, 2 for an internal fault.
    """

    prefix: ClassVar[str] = ""
    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, **fields: object) -> None:
        if not code.startswith(self.prefix):
            raise KeyError(f"{code} is not a code of {type(self).__name__}")
        template = catalogue()[code]
        self.code = code
        self.fields = fields
        self.message = template.message.format(**fields)
        self.hint = template.hint.format(**fields)
        super().__init__(f"{code}: {self.message}")

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.fields))

    @property
    def docs(self) -> str:
        """Where the documentation explains this code."""
        return f"{DOCS_PAGE}#{self.code.lower()}"

    def to_dict(self) -> dict[str, str]:
        """The form in which batches report it: code, message, hint."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


def _rebuild(kind: type[AccordError], code: str, fields: dict[str, object]) -> AccordError:
    return kind(code, **fields)


class ArgumentError(AccordError):
    """An option or argument is not understood."""

    prefix = "ARG"


class ReadError(AccordError):
    """A document cannot be read."""

    prefix = "READ"


class RecordError(AccordError):
    """The record, a source or a load."""

    prefix = "REC"


class CheckError(AccordError):
    """A check, an explanation or a replay."""

    prefix = "CHK"


class MeasureError(AccordError):
    """A measure or a panel."""

    prefix = "MEA"


class GravityError(AccordError):
    """A gravity panel, an estimate or an equilibrium."""

    prefix = "GRA"


class EventError(AccordError):
    """Event coding."""

    prefix = "EVT"


class BriefError(AccordError):
    """A bilateral brief."""

    prefix = "BRF"


class WebError(AccordError):
    """The web page."""

    prefix = "WEB"


def error(code: str, **fields: object) -> AccordError:
    """The exception of the right class for a code."""
    for kind in AccordError.__subclasses__():
        if code.startswith(kind.prefix):
            return kind(code, **fields)
    raise KeyError(code)
