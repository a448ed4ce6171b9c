"""A brief as HTML: one file, no script, nothing loaded from elsewhere."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from accord.brief.charts import draw_chart
from accord.brief.citation import bibtex, csl
from accord.brief.parties import name_of
from accord.brief.wording import spoken
from accord.model.brief import Brief, Chart

__all__ = ["coverage_strip", "filters", "render_html", "style_sheet"]

_CELL, _GAP, _LABEL = 13, 2, 96


def render_html(brief: Brief) -> str:
    """The whole brief as one HTML document."""
    template = _environment().get_template("file.html.jinja")
    return template.render(brief=brief, style=Markup(style_sheet()))  # noqa: S704  our own file


@lru_cache(maxsize=1)
def style_sheet() -> str:
    """The style sheet that file and web page share."""
    return (resources.files("accord") / "brief" / "templates" / "style.css").read_text("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("accord.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters.update(filters())
    return environment


def filters() -> dict[str, object]:
    """What the templates of a brief need beside Jinja's own filters."""
    return {
        "bibtex": bibtex,
        "capital": _capital,
        "coverage_strip": coverage_strip,
        "csl": csl,
        "linkable": _linkable,
        "plain": _plain,
        "aloud": _aloud,
        "svg": _svg,
        "ticks": _ticks,
    }


def coverage_strip(brief: Brief) -> Markup:
    """One square a year for each side: filled where the record holds figures."""
    years = sorted({entry.year for entry in brief.coverage})
    first, last = years[0], years[-1]
    codes = list(dict.fromkeys(entry.reporter for entry in brief.coverage))
    counts = {(entry.reporter, entry.year): entry.figures for entry in brief.coverage}
    step = _CELL + _GAP
    width, height = _LABEL + step * (last - first + 1), step * len(codes) + 16
    words = "; ".join(_coverage_words(brief, code) for code in codes)
    parts = [
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" '
        f'aria-labelledby="strip-title"><title id="strip-title">Coverage. {escape(words)}</title>'
    ]
    for row, code in enumerate(codes):
        y = row * step
        parts.append(
            f'<text x="0" y="{y + _CELL - 2}" font-size="12" fill="#5a5a55" '
            f'font-family="sans-serif">{escape(name_of(code)[:14])}</text>'
        )
        for year in range(first, last + 1):
            fill = _shade(counts.get((code, year), 0))
            x = _LABEL + step * (year - first)
            parts.append(f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" fill="{fill}"/>')
    parts.append(_year_labels(first, last, height))
    drawing = Markup("".join(parts) + "</svg>")  # noqa: S704  drawn here, texts escaped above
    return drawing + escape(words) + "."


def _year_labels(first: int, last: int, height: int) -> str:
    labels = [
        (_LABEL, "start", first),
        (_LABEL + (_CELL + _GAP) * (last - first + 1) - _GAP, "end", last),
    ]
    return "".join(
        f'<text x="{x}" y="{height - 3}" font-size="11" fill="#5a5a55" text-anchor="{anchor}" '
        f'font-family="sans-serif">{year}</text>'
        for x, anchor, year in labels[: 1 if first == last else 2]
    )


def _coverage_words(brief: Brief, code: str) -> str:
    own = [entry for entry in brief.coverage if entry.reporter == code]
    total = sum(entry.figures for entry in own)
    years = f"{own[0].year}" if own[0].year == own[-1].year else f"{own[0].year}–{own[-1].year}"
    return f"{name_of(code)}: {total} figures for {years}"


def _shade(count: int) -> str:
    if count == 0:
        return "#ece8de"
    return "#8fb8d0" if count < 3 else "#0b5480"


def _svg(chart: Chart) -> Markup:
    return Markup(draw_chart(chart))  # noqa: S704  drawn by us, texts escaped there


def _linkable(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("https://", "http://"))


def _aloud(text: str) -> str:
    """What a link is called: the text that is seen, and how it is read out.

    The seen text comes first, so that who speaks to the browser can name the link.
    """
    words = spoken(text)
    return text if words == text else f"{text}, {words}"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _ticks(text: str) -> Markup:
    """Commands between backticks as code."""
    parts = str(escape(text)).split("`")
    inner = "".join(f"<code>{p}</code>" if n % 2 else p for n, p in enumerate(parts))
    return Markup(inner)  # noqa: S704  escaped above


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
