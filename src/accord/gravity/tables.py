"""Tables of an estimation as text, HTML, LaTeX, CSV and JSON."""

from __future__ import annotations

import csv
import html
import io
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accord.gravity.fit import GravityFit

__all__ = ["fit_to_csv", "fit_to_dict", "fit_to_html", "fit_to_latex", "fit_to_text", "text_table"]

HEAD = ("", "estimate", "std. error", "z", "p", "95 % interval")
NAMES = {"ppml": "Poisson pseudo-maximum likelihood", "ols": "Ordinary least squares",
         "gamma": "Gamma pseudo-maximum likelihood"}  # fmt: skip


def fit_to_dict(fit: GravityFit) -> dict[str, Any]:
    """The JSON form of ``accord gravity fit``."""
    design, dropped = fit.design, fit.design.dropped
    found: dict[str, Any] = {
        "schema_version": 1,
        "estimator": fit.estimator,
        "formula": design.formula.text,
        "coefficients": {name: c.to_dict() for name, c in fit.table.items()},
        "n": fit.n,
        "dropped": {
            "rows": dropped.rows,
            "missing": dropped.missing.tolist(),
            "missing_in": dict(dropped.missing_in),
            "zero_in_logs": len(dropped.zero_in_logs),
            "separated": dropped.separated.tolist(),
            "collinear": list(dropped.collinear),
        },
        "separated": dropped.separated.tolist(),
        "converged": fit.converged,
        "iterations": fit.iterations,
        "passes": fit.passes,
        "tolerance": fit.tolerance,
        "last_step": fit.last_step,
        "largest_score": fit.score,
        "deviance": fit.deviance,
        "bias_corrected": fit.bias_corrected,
        "effects": [{"name": e.label, "levels": e.count} for e in design.effects],
        "clusters": [{"name": c.label, "count": c.count} for c in design.clusters],
        "covariance": fit.covariance.tolist(),
        "layout": fit.layout,
        "notes": list(fit.notes),
    }
    if fit.uncorrected is not None and fit.bias is not None:
        before, errors = fit.uncorrected
        found["uncorrected"] = {
            name: {"estimate": float(before[k]), "se": float(errors[k]), "bias": float(fit.bias[k])}
            for k, name in enumerate(fit.names)
        }
    return found


def fit_to_text(fit: GravityFit) -> str:
    """Heading, table and footnotes, as wide as they need to be."""
    return "\n".join([_heading(fit), "", *text_table(HEAD, _rows(fit)), "", *_footnotes(fit)])


def text_table(head: tuple[str, ...], body: Sequence[tuple[str, ...]]) -> list[str]:
    """Lines of a table: the first column to the left, the others to the right."""
    rows = [head, *body]
    widths = [max(len(row[c]) for row in rows) for c in range(len(head))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(row[c].rjust(widths[c]) for c in range(1, len(head)))]
        ).rstrip()
        for row in rows
    ]


def fit_to_html(fit: GravityFit) -> str:
    """A table with caption, scopes and its footnotes below."""
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in HEAD)
    body = ""
    for first, *cells in _rows(fit):
        data = "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        body += f'<tr><th scope="row">{html.escape(first)}</th>{data}</tr>'
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in _footnotes(fit))
    return (
        f"<table><caption>{html.escape(_heading(fit))}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"
    )


def fit_to_latex(fit: GravityFit) -> str:
    """A tabular with errors in parentheses below the estimates, as journals print them."""
    lines = [
        r"\begin{tabular}{lr}",
        r"\hline",
        rf" & {_latex(fit.estimator.upper())} \\",
        r"\hline",
    ]
    for coefficient in fit.table.values():
        lines.append(rf"{_latex(coefficient.name)} & {coefficient.estimate:.4f} \\")
        lines.append(rf" & ({coefficient.se:.4f}) \\")
    lines += [r"\hline", rf"$N$ & {fit.n:,} \\", r"\hline", r"\end{tabular}"]
    return "\n".join([*lines, *(f"% {note}" for note in _footnotes(fit))]) + "\n"


def fit_to_csv(fit: GravityFit) -> str:
    """One line a coefficient, full precision."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "estimate", "se", "z", "p", "low", "high"])
    for c in fit.table.values():
        writer.writerow([c.name, c.estimate, c.se, c.z, c.p, *c.interval])
    return out.getvalue()


def _rows(fit: GravityFit) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for c in fit.table.values():
        low, high = c.interval
        p = "" if math.isnan(c.p) else "<0.0001" if c.p < 0.0001 else f"{c.p:.4f}"
        z = "" if math.isnan(c.z) else f"{c.z:.2f}"
        rows.append((c.name, f"{c.estimate:.6f}", f"{c.se:.6f}", z, p, f"{low:.4f} … {high:.4f}"))
    return rows


def _heading(fit: GravityFit) -> str:
    corrected = ", bias-corrected (Weidner and Zylkin 2021)" if fit.bias_corrected else ""
    return f"{NAMES[fit.estimator]}{corrected}: {fit.design.formula.text}"


def _footnotes(fit: GravityFit) -> list[str]:
    design, dropped = fit.design, fit.design.dropped
    effects = ", ".join(f"{e.label} ({e.count:,})" for e in design.effects) or "none"
    ways = ", ".join(f"{c.label} ({c.count:,})" for c in design.clusters)
    state = "converged" if fit.converged else "NOT CONVERGED"
    notes = [
        f"{fit.n:,} rows; fixed effects: {effects}",
        f"standard errors: clustered by {ways}" if ways else "standard errors: robust",
        f"{state} after {fit.iterations} iterations (last step {fit.last_step:.1e}, "
        f"tolerance {fit.tolerance:.0e}, largest score {fit.score:.1e})",
    ]
    where = ", ".join(f"{name} in {count:,}" for name, count in dropped.missing_in)
    for count, why in (
        (len(dropped.missing), f"with missing or infinite values ({where})"),
        (len(dropped.zero_in_logs), "zero flows, which have no logarithm"),
        (len(dropped.separated), "separated: their fitted flow would be zero"),
    ):
        if count:
            notes.append(f"left out: {count:,} rows {why}")
    if dropped.collinear:
        notes.append(
            "left out: explained by the effects or other regressors: "
            + ", ".join(dropped.collinear)
        )
    return [*notes, *fit.notes]


def _latex(text: str) -> str:
    return "".join(rf"\{letter}" if letter in "&%$#_{}" else letter for letter in text)
