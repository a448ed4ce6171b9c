"""Charts as SVG: Vega-Lite specifications drawn without a browser, with words in them.

The drawing carries ``<title>`` and ``<desc>`` (the renderer drops Vega's own
description), no script, no font file and no remote address. Colours are those of
Okabe and Ito, told apart by dash and direct label as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from html import escape
from typing import Any

from accord.model.brief import Chart

__all__ = ["chart_specification", "draw_chart"]

INK, SOFT, RULE = "#222222", "#5c5c5c", "#dddddd"
BLUE, VERMILION, SHADE = "#0072b2", "#d55e00", "#cccccc"
WIDTH = 620
STEP = 40  # a bar and its name
FONT = "system-ui, 'Noto Sans', Helvetica, Arial, sans-serif"
BILLION = 1e9
MOST_YEARS, MOST_MONTHS = 14, 8  # labels that stand side by side
_CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "gridColor": RULE,
        "domainColor": SOFT,
        "tickColor": SOFT,
    },
    "legend": {
        "labelColor": INK,
        "labelFontSize": 12,
        "orient": "top",
        "title": None,
        "symbolStrokeWidth": 3,
        "labelLimit": 400,
        "columnPadding": 60,  # readers' fonts may be wider than the one measured
    },
}


def draw_chart(chart: Chart) -> str:
    """The chart as one SVG element that scales with its column."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(chart_specification(chart))
    return _with_words(svg, chart)


def chart_specification(chart: Chart) -> dict[str, Any]:
    """The Vega-Lite specification of a chart."""
    base = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "padding": {"left": 5, "right": 12},
        "config": _CONFIG,
    }
    return base | _KINDS[chart.kind](chart)


def _lines(chart: Chart) -> dict[str, Any]:
    names = list(dict.fromkeys(point.series for point in chart.points))
    rows = [
        {"series": p.series, "year": f"{p.x}-01-01", "value": p.y / BILLION} for p in chart.points
    ]
    layers: list[dict[str, Any]] = []
    if len(names) == 2:
        layers.append(_gap_layer(chart, names))
    layers.append(
        {
            "data": {"values": rows},
            "mark": {"type": "line", "point": {"size": 22, "filled": True}, "strokeWidth": 2},
            "encoding": {
                "x": _year_axis(chart),
                "y": {
                    "field": "value",
                    "type": "quantitative",
                    "axis": {"title": chart.unit, "tickCount": 5},
                },
                "color": _colours(names),
                "strokeDash": {
                    "field": "series",
                    "type": "nominal",
                    "scale": {"domain": names, "range": [[1, 0], [6, 3]][: len(names)]},
                },
            },
        }
    )
    return {"height": 260, "layer": layers}


def _gap_layer(chart: Chart, names: list[str]) -> dict[str, Any]:
    """The area between the two reports, in the years that both have."""
    by_year: dict[str, dict[str, float]] = {}
    for point in chart.points:
        by_year.setdefault(point.x, {})[point.series] = point.y / BILLION
    rows = [
        {"year": f"{year}-01-01", "low": min(both.values()), "high": max(both.values())}
        for year, both in by_year.items()
        if len(both) == len(names)
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "color": SHADE, "opacity": 0.7},
        "encoding": {
            "x": _year_axis(chart),
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
        },
    }


def _year_axis(chart: Chart) -> dict[str, Any]:
    axis = {"title": None, "format": "%Y", "grid": False, "labelOverlap": True}
    return {"field": "year", "type": "temporal", "axis": axis | _ticks(chart, "year", MOST_YEARS)}


def _ticks(chart: Chart, unit: str, most: int) -> dict[str, Any]:
    """Whole years or months between the ends, so that no label comes twice."""
    ends = [end for point in chart.points for end in (point.x, point.x2) if end]
    first, last = (_count(end, unit) for end in (min(ends), max(ends)))
    step = math.ceil((last - first + 1) / most)
    return {"tickCount": {"interval": unit, "step": step}}


def _count(day: str, unit: str) -> int:
    """Years or months from the beginning of the calendar to a year, month or day."""
    year = int(day[:4])
    return year if unit == "year" else 12 * year + int(day[5:7] or 1)


def _colours(names: list[str], *, single: bool = True) -> dict[str, Any]:
    """Colours of the series; ``single`` keeps the legend also where there is one only."""
    legend = {} if single or len(names) > 1 else {"legend": None}
    return legend | {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": [BLUE, VERMILION][: len(names)]},
    }


def _bars(chart: Chart) -> dict[str, Any]:
    names = sorted({point.series for point in chart.points}, reverse=True)
    rows = [{"series": p.series, "product": p.x, "value": p.y} for p in chart.points]
    y = {
        "field": "product", "type": "nominal", "sort": [p.x for p in chart.points], "axis": None,
    }  # fmt: skip
    x = {"field": "value", "type": "quantitative", "axis": {"title": chart.unit, "tickCount": 5}}
    bars = {
        "mark": {"type": "bar", "height": 11},
        "encoding": {"y": y, "x": x, "color": _colours(names, single=False)},
    }
    return {
        "height": {"step": STEP},
        "data": {"values": rows},
        "layer": [bars, _names_above(y, "product")],
    }


def _columns(chart: Chart) -> dict[str, Any]:
    names = list(dict.fromkeys(point.series for point in chart.points))
    rows = [{"series": p.series, "month": f"{p.x}-01", "value": p.y} for p in chart.points]
    return {
        "height": 130,
        "data": {"values": rows},
        "mark": {"type": "bar", "size": 9},
        "encoding": {
            "x": {
                "field": "month",
                "type": "temporal",
                "axis": {"title": None, "format": "%b %Y", "labelOverlap": True, "grid": False}
                | _ticks(chart, "month", MOST_MONTHS),
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "axis": {"title": chart.unit, "tickMinStep": 1},
            },
            "color": _colours(names),
        },
    }


def _spans(chart: Chart) -> dict[str, Any]:
    rows = [
        {"series": p.series, "name": p.label, "from": p.x, "to": p.x2, "n": n}
        for n, p in enumerate(chart.points)
    ]
    names = sorted({point.series for point in chart.points}, reverse=True)
    y = {"field": "name", "type": "nominal", "sort": {"field": "n"}, "axis": None}
    x = {
        "field": "from",
        "type": "temporal",
        "axis": {"title": None, "format": "%Y", "labelOverlap": True}
        | _ticks(chart, "year", MOST_YEARS),
    }
    bars = {
        "mark": {"type": "bar", "height": 9, "cornerRadius": 2},
        "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": _colours(names)},
    }
    return {
        "height": {"step": STEP},
        "data": {"values": rows},
        "layer": [bars, _names_above(y, "name")],
    }


def _names_above(y: dict[str, Any], field: str) -> dict[str, Any]:
    """Each bar's name above it: there is room for a long one, also on a narrow page."""
    return {
        "mark": {"type": "text", "align": "left", "dy": -14, "fontSize": 12, "color": INK,
                 "limit": WIDTH, "font": FONT},
        "encoding": {"y": y, "x": {"value": 0}, "text": {"field": field}},
    }  # fmt: skip


_KINDS: dict[str, Callable[[Chart], dict[str, Any]]] = {
    "lines": _lines,
    "bars": _bars,
    "columns": _columns,
    "spans": _spans,
}


def _with_words(svg: str, chart: Chart) -> str:
    """Title and description at the head of the drawing, and a size that can shrink."""
    opening = re.match(r"<svg[^>]*>", svg)
    assert opening is not None
    box = re.search(r'viewBox="([^"]+)"', opening.group())
    assert box is not None
    ids = f"{chart.id}-title", f"{chart.id}-desc"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="{box.group(1)}" '
        f'width="{box.group(1).split()[2]}" role="img" aria-labelledby="{ids[0]} {ids[1]}">'
        f'<title id="{ids[0]}">{escape(chart.title)}</title>'
        f'<desc id="{ids[1]}">{escape(chart.description)}</desc>'
    )
    drawing = _silent(svg[opening.end() :])
    return head + drawing


def _silent(drawing: str) -> str:
    """The marks without Vega's own labels: the words above stand for the whole drawing."""
    drawing = re.sub(r' aria-(?:label|roledescription|hidden|describedby)="[^"]*"', "", drawing)
    drawing = re.sub(r' role="[^"]*"| pointer-events="[^"]*"', "", drawing)
    return re.sub(r' class="[^"]*"', "", drawing)
