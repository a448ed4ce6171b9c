"""What a scenario answers with: one sentence, one table, one chart, and what is left out."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from accord.gravity.tables import text_table

__all__ = ["LEFT_OUT", "Answer"]

# Said beside every equilibrium, whatever the scenario.
LEFT_OUT = (
    "one sector: goods that a country does not make or cannot switch to are not told apart",
    "output is an endowment: no investment, migration, learning or new firms",
    "no tariff revenue, no services, no politics, sanctions, payments or transport capacity",
    "the effect is the average one that agreements had in this panel; this one may differ",
)


@dataclass(frozen=True, eq=False)
class Answer:
    """The answer to a scenario.

    ``table`` holds the figures, ``labels`` how its columns are called in
    print, ``left_out`` what the model does not know, ``warnings`` what the
    reader must know first, ``details`` the model behind it.
    """

    kind: str
    sentence: str
    table: pl.DataFrame
    labels: dict[str, str]
    left_out: tuple[str, ...] = LEFT_OUT
    warnings: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)
    rows_shown: int = 20
    signed: bool = True

    def chart(self) -> str:
        """The table's main figure as SVG, with a title and a description inside."""
        from accord.gravity.chart import draw_answer

        return draw_answer(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "schema_version": 1,
            "scenario": self.kind,
            "answer": self.sentence,
            "warnings": list(self.warnings),
            "table": self.table.to_dicts(),
            "left_out": list(self.left_out),
            "model": self.details,
        }

    def to_text(self) -> str:
        """Sentence, warnings, table, what is left out."""
        shown = self.table.head(self.rows_shown)
        head = tuple(self.labels.get(name, name) for name in shown.columns)
        rows = [
            tuple(_cell(value, signed=self.signed) for value in row) for row in shown.iter_rows()
        ]
        more = len(self.table) - len(shown)
        return "\n".join(
            [
                self.sentence,
                *(f"! {warning}" for warning in self.warnings),
                "",
                *text_table(head, rows),
                *([f"… and {more} more (--json has all)"] if more else []),
                "",
                "What the model leaves out:",
                *(f"  · {point}" for point in self.left_out),
            ]
        )

    def to_html(self) -> str:
        """Sentence, warnings, chart, table and what is left out, as an HTML fragment."""
        head = "".join(
            f'<th scope="col">{html.escape(self.labels.get(n, n))}</th>' for n in self.table.columns
        )
        body = ""
        for first, *rest in self.table.head(self.rows_shown).iter_rows():
            shown = [html.escape(_cell(value, signed=self.signed)) for value in rest]
            cells = "".join(f"<td>{cell}</td>" for cell in shown)
            body += f'<tr><th scope="row">{html.escape(str(first))}</th>{cells}</tr>'
        warnings = "".join(f"<p><strong>{html.escape(w)}</strong></p>" for w in self.warnings)
        points = "".join(f"<li>{html.escape(point)}</li>" for point in self.left_out)
        return (
            f"<p>{html.escape(self.sentence)}</p>{warnings}{self.chart()}"
            f"<table><caption>{html.escape(self.kind)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>What the model leaves out:</p><ul>{points}</ul>"
        )

    def __repr__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_html()


def _cell(value: Any, *, signed: bool) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        if abs(value) >= 1_000:
            return f"{value:,.0f}"
        return f"{value:+.2f}" if signed else f"{value:.2f}"
    return str(value)
