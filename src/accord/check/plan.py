"""The plan of a check: which query each statement would run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accord.check.ask import DIRECTIONS, WORLD, Ask, Case
from accord.check.facts import Facts
from accord.check.numbers import asks_of, product_of
from accord.check.rankings import is_of_an_act
from accord.check.rates import basis
from accord.check.statements import build_case
from accord.model.document import Document
from accord.model.flow import Direction
from accord.model.period import Period
from accord.model.statement import Kind, Statement

__all__ = ["PlannedQuery", "plan_check"]


@dataclass(frozen=True, slots=True)
class PlannedQuery:
    """One query of a plan: for which statement, what it asks, and the SQL."""

    statement: str
    purpose: str
    query: str


def plan_check(
    statements: Sequence[Statement], document: Document, facts: Facts
) -> list[PlannedQuery]:
    """What a check of the statements would ask of the record, nothing judged."""
    found: list[PlannedQuery] = []
    for statement in statements:
        case = build_case(statement, document, facts, siblings=tuple(statements))
        found += [PlannedQuery(statement.id, *entry) for entry in _entries(case)]
    return found


def _entries(case: Case) -> Iterator[tuple[str, str]]:
    s = case.statement
    if s.kind in (Kind.POSITION, Kind.TARGET):
        yield "none: not checkable, attributed to its speaker", ""
    elif s.kind in _TABLES:
        table, purpose = _TABLES[s.kind]
        yield purpose, _facts_query(case, table)
    elif s.kind is Kind.RANKING and is_of_an_act(case):
        yield "what the record holds of who did it when", _facts_query(case, "events")
    elif not s.reporter or not s.partner:
        yield "none: the parties are not known", ""
    elif s.period is None:
        yield "none: the period is not known", ""
    elif s.measure not in DIRECTIONS or (product := product_of(case)) is None:
        yield "none: no such series", ""
    else:
        yield from _cells(case, product)


_TABLES = {
    Kind.AGREEMENT: ("agreements", "agreements of the parties, or about them"),
    Kind.ANNIVERSARY: ("agreements", "the fact that is remembered"),
    Kind.MEMBERSHIP: ("memberships", "standing of the member in the bloc"),
    Kind.EVENT: ("events", "events between the parties; projects by name"),
}


def _facts_query(case: Case, table: str) -> str:
    s = case.statement
    parties = [p for p in (s.reporter, s.partner) if p]
    if table == "memberships":
        member, bloc = _quoted(s.reporter), _quoted(s.partner)
        return f"SELECT * FROM memberships WHERE member = {member} AND bloc = {bloc}"  # noqa: S608
    column = "parties" if table == "agreements" else "actors || targets"
    listed = ", ".join(_quoted(p) for p in parties)
    return f"SELECT * FROM {table} WHERE list_has_any({column}, [{listed}])"  # noqa: S608


def _cells(case: Case, product: str) -> Iterator[tuple[str, str]]:
    s = case.statement
    currency = s.unit if s.unit and s.unit.isupper() else "USD"
    for ask in asks_of(case, product, currency=currency):
        whose = f"{ask.side.reporter}'s statistics"
        kind = "primary" if ask.side.primary else "secondary"
        for period in _periods(case, ask):
            yield f"{kind}: {whose}, {period}", _sql(ask, period)
    if s.kind is Kind.SHARE and s.period:
        ask = asks_of(case, product)[0]
        whole = ask.side.__class__(ask.side.reporter, WORLD, ask.side.direction, primary=True)
        yield "the whole", _sql(Ask(case, whole, product, s.period), s.period)


def _periods(case: Case, ask: Ask) -> list[Period]:
    on = basis(case.statement) if case.statement.change else None
    return [on.end, on.base] if on else [ask.period]


def _sql(ask: Ask, period: Period) -> str:
    direction = ask.side.direction
    wanted = (
        "direction IN ('export', 'import')"
        if direction is Direction.BALANCE
        else f"direction = {_quoted(direction.value)}"
    )
    return (
        f"SELECT * FROM trade_vintages WHERE reporter = {_quoted(ask.side.reporter)} "  # noqa: S608
        f"AND partner = {_quoted(ask.side.partner)} AND {wanted} "
        f"AND product = {_quoted(ask.product)} "
        f"AND period_start = DATE '{period.start}' AND period_end = DATE '{period.end}'"
    )


def _quoted(text: str | None) -> str:
    return "'" + (text or "").replace("'", "''") + "'"
