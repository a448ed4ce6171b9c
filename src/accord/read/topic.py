"""A flow that a sentence names, and the words at which its noun phrase ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.read.patterns import lazy

__all__ = ["ROLES", "STOP", "Topic", "clause_end", "clause_start", "distinct"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One flow named in a sentence.

    ``start`` is where its noun phrase begins (owner included), ``core`` where its noun
    or verb does. ``sign`` is that of a balance. ``form`` is noun, verb or ellipsis.
    ``owner`` tells whether a possessor or subject gave the reporter.
    """

    start: int
    core: int
    end: int
    measure: str
    form: str
    reporter: str | None = None
    partner: str | None = None
    sign: int = 0
    owner: bool = False
    subject: bool = False  # the reporter is the clause's subject, not a possessor
    commodity: str | None = None
    swapped: str | None = None  # slot that a contrasting party would replace


STOP = lazy(
    r"\b(?:to|from|with|by|at|was|were|is|are|had|has|have|been|be|that|which|who|while|whose|than|as|said|into|between|will|would|could|in|on|for|"
    r"against|but|after|when|where|its|their|our|his|and(?!\s+(?:services|investment|economic|commercial)))\b|[;:()]|,(?!\d)|\.\s",
    re.IGNORECASE,
)

_CLAUSE = lazy(
    r";|:(?=\s)|,?\s\b(?:while|whereas|but|whilst|although)\b|,\s+and\s+(?=(?:its|their|the)?\s*(?:\w+\s+){0,3}(?:exports|imports|trade|sales|purchases|shipments)\b)"
)

# Money whose reporter is who gives it; with travellers, what comes from its reporter.
GIVEN = frozenset({"fdi", "aid", "loan"})
SENT = GIVEN | {"tourists"}

ROLES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "exports": (
        frozenset({"from", "by", "of"}),
        frozenset({"to", "into", "in", "for", "toward", "towards", "with"}),
    ),
    "imports": (frozenset({"into", "to", "by", "in"}), frozenset({"from", "of", "with"})),
    "balance": (
        frozenset({"for", "of", "by"}),
        frozenset({"with", "against", "over", "from", "to", "in"}),
    ),
    "fdi": (
        frozenset({"from", "by", "of"}),
        frozenset({"in", "into", "to", "within", "across", "for", "throughout"}),
    ),
    "loan": (frozenset({"from", "by", "of", "with"}), frozenset({"to", "for", "in", "on"})),
    "aid": (frozenset({"from", "by", "of"}), frozenset({"to", "for", "in", "into"})),
    "other": (frozenset({"from", "of", "by"}), frozenset({"to", "in", "into"})),
    "people": (
        frozenset({"from", "of"}),
        frozenset({"in", "to", "into", "at", "within", "across", "throughout"}),
    ),
    "tourists": (frozenset({"from", "of", "by"}), frozenset({"to", "in", "into"})),
    "total_trade": (
        frozenset({"of", "by", "for"}),
        frozenset({"with", "to", "between", "among", "and", "in"}),
    ),
    "services_trade": (
        frozenset({"of", "by", "for"}),
        frozenset({"with", "to", "between", "among"}),
    ),
}


def clause_end(text: str, start: int, limit: int) -> int:
    """Where the clause that holds ``start`` ends."""
    match = _CLAUSE.search(text, start, limit)
    return match.start() if match else limit


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause that holds ``at`` begins."""
    last = start
    for match in _CLAUSE.finditer(text, start, at):
        last = match.end()
    return last


def distinct(codes: list[str]) -> list[str]:
    """The codes in their order, each once."""
    return list(dict.fromkeys(codes))
