"""Statements made by hand, so that judging is tested apart from reading."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accord.check import Facts, check_statement
from accord.model.document import Document
from accord.model.period import Period
from accord.model.serial import publication_date
from accord.model.statement import Approximation, Change, Kind, Measure, Statement
from accord.model.verdict import Verdict

BN = 1e9


def document(text: str = "-", published: str | None = "2023-02-10", **fields: Any) -> Document:
    return Document(
        text, "test", published=publication_date(published) if published else None, **fields
    )


def figure(
    value: float,
    *,
    measure: Measure = Measure.TOTAL_TRADE,
    pair: tuple[str | None, str | None] = ("CHN", "RUS"),
    period: str | None = "2022",
    approx: Approximation = Approximation.EXACT,
    resolution: float | None = 0.01 * BN,
    quote: str = "trade came to that",
    **fields: Any,
) -> Statement:
    return Statement(
        "s1", quote, 0, len(quote), fields.pop("kind", Kind.FIGURE), measure, *pair,
        value=value, unit=fields.pop("unit", "USD"), approx=approx, resolution=resolution,
        period=Period.parse(period) if period else None, **fields,
    )  # fmt: skip


def growth(
    percent: float | None,
    *,
    decimals: int = 1,
    unit: str | None = "percent",
    quote: str = "trade grew",
    base: str | None = "a year earlier",
    **fields: Any,
) -> Statement:
    direction = fields.pop("direction", "down" if percent is not None and percent < 0 else "up")
    value = abs(percent) if percent is not None else None
    change = Change(value, unit if value is not None else None, direction, base, decimals)
    made = figure(0.0, quote=quote, kind=Kind.GROWTH, **fields)
    return replace(made, value=None, unit=None, resolution=None, change=change)


def told(kind: Kind, quote: str, *parties: str | None, **fields: Any) -> Statement:
    reporter, partner = (*parties, None, None)[:2]
    return Statement("s1", quote, 0, len(quote), kind, None, reporter, partner, **fields)


def judge(
    statement: Statement, facts: Facts, published: str | None = "2023-02-10", **fields: Any
) -> Verdict:
    return check_statement(statement, document(statement.quote, published, **fields), facts)
