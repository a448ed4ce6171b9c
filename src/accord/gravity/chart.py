"""The chart of an answer: bars with their intervals, as SVG that a screen reader can tell."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accord.gravity.answer import Answer

__all__ = ["draw_answer"]

BLUE, GREY = "#0072B2", "#595959"  # Okabe–Ito blue; grey with contrast 7:1
BARS = 15


def draw_answer(answer: Answer) -> str:
    """Bars of the figure named in ``details["chart"]`` by the table's first column."""
    import altair as alt
    import vl_convert

    plan: dict[str, str] = answer.details["chart"]
    name = answer.table.columns[0]
    rows = answer.table.head(BARS).to_dicts()
    data: Any = alt.InlineData(
        values=[{"name": str(row[name]), **_figures(row, plan)} for row in rows]
    )
    order = [str(row[name]) for row in rows]
    across = alt.X("value:Q", title=plan["title"])
    bars = (
        alt.Chart(data)
        .mark_bar(color=BLUE)
        .encode(x=across, y=alt.Y("name:N", sort=order, title=None))
    )
    spread = (
        alt.Chart(data)
        .mark_rule(color=GREY, strokeWidth=2)
        .encode(x="low:Q", x2="high:Q", y=alt.Y("name:N", sort=order))
    )
    spec = (bars + spread).properties(width=420).to_json()
    svg = vl_convert.vegalite_to_svg(spec)
    return describe(svg, plan["title"], answer.sentence)


def describe(svg: str, title: str, description: str) -> str:
    """The SVG with a title and a description as its first children, and named by them."""
    inside = f"<title>{html.escape(title)}</title><desc>{html.escape(description)}</desc>"
    return re.sub(r"(<svg\b[^>]*)>", rf'\1 role="img">{inside}', svg, count=1)


def _figures(row: dict[str, Any], plan: dict[str, str]) -> dict[str, Any]:
    value = row[plan["value"]]
    return {
        "value": value,
        "low": row.get(plan["low"], value),
        "high": row.get(plan["high"], value),
    }
