"""An earlier check against today's record: what has changed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.check.documents import check_document
from accord.check.facts import Facts
from accord.model.verdict import Check, CheckedStatement

__all__ = ["Change", "Replay", "replay_check"]


@dataclass(frozen=True, slots=True)
class Change:
    """A statement whose verdict is no longer what it was."""

    before: CheckedStatement
    after: CheckedStatement

    @property
    def outcome_changed(self) -> bool:
        """Whether the outcome changed, and not only the computed value."""
        return self.before.verdict.outcome is not self.after.verdict.outcome


@dataclass(frozen=True, slots=True)
class Replay:
    """A check done again: the new one, and the statements that came out differently."""

    check: Check
    changes: tuple[Change, ...]
    same_record: bool


def replay_check(earlier: Check, facts: Facts, *, as_of: date | None = None) -> Replay:
    """Judge the statements of an earlier check again.

    The day that counts is that of the earlier check, unless ``as_of`` gives another.
    """
    day = as_of or (date.fromisoformat(earlier.as_of) if earlier.as_of else None)
    published = earlier.document.published
    if day is not None and published is not None and day == published.latest:
        day = None
    statements = [c.statement for c in earlier.statements]
    now = check_document(
        earlier.document, statements, facts, not_understood=earlier.not_understood, as_of=day
    )
    pairs = zip(earlier.statements, now.statements, strict=True)
    changes = tuple(Change(then, new) for then, new in pairs if _differs(then, new))
    return Replay(now, changes, earlier.record_sha256 in ("", facts.fingerprint))


def _differs(then: CheckedStatement, new: CheckedStatement) -> bool:
    a, b = then.verdict, new.verdict
    return (a.outcome, a.reason) != (b.outcome, b.reason) or not _close(a.computed, b.computed)


def _close(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return left is right
    return abs(left - right) <= 1e-9 * max(abs(left), abs(right), 1.0)
