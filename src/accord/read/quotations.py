"""Quotations that run over several sentences: who is named behind them said all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from accord.model.statement import Statement, Trace
from accord.read.patterns import lazy

__all__ = ["name_quoted"]

_SAID = (
    r"(?:said|says|told|added|adds|concluded|concludes|noted|notes|stressed|stated|explained|"
    r"continued|declared|emphasi[sz]ed|insisted|argued|recalled|remarked|promised|warned|wrote)"
)
_NAME = r"(?:(?:[Tt]he|[A-Z][\w.'’-]*|[a-z]{3,12}(?=\s+[A-Z]))\s+){0,4}[A-Z][\w'’-]+"
_BEHIND = lazy(rf"[\s,.]*(?:(?P<before>{_NAME})\s+{_SAID}\b|{_SAID}\s+(?P<after>{_NAME}))")
_REACH = 120


def name_quoted(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, those inside a quotation with the speaker named behind it."""
    return [s if s.attributed_to else _attributed(text, s) for s in statements]


def _attributed(text: str, statement: Statement) -> Statement:
    close = _closing(text, statement.start)
    match = _BEHIND.match(text, close + 1, close + _REACH) if close >= 0 else None
    if match is None:
        return statement
    group = "before" if match.group("before") else "after"
    name = match.group(group)
    trace = Trace("attributed_to", *match.span(group), "named behind the quotation")
    return replace(
        statement, attributed_to=name, speaker=name, traces=(*statement.traces, trace)
    )  # fmt: skip


def _closing(text: str, at: int) -> int:
    """Where the quotation ends that a place stands in, or -1 where it stands in none."""
    paragraph = text.rfind("\n", 0, at) + 1
    opened, closed = text.rfind("“", paragraph, at + 1), text.rfind("”", paragraph, at)
    if opened > closed:
        return text.find("”", at)
    if text.count('"', paragraph, at + 1) % 2:
        return text.find('"', at + 1)
    return -1
