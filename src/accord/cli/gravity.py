"""``accord gravity``: estimate gravity equations, solve equilibria, answer scenarios."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["app"]

app = typer.Typer(
    help="Estimate gravity models and solve trade scenarios.",
    no_args_is_help=True,
    add_completion=False,
)


@app.callback()
def gravity() -> None:
    """Estimate gravity models and solve trade scenarios."""


@app.command()
def fit(
    data: Annotated[Path, typer.Argument(help="The panel: Parquet, CSV, TSV or Arrow.")],
    formula: Annotated[
        str, typer.Argument(help="Such as 'trade ~ rta | exporter^year + importer^year + pair'.")
    ],
    estimator: Annotated[str, typer.Option(help="ppml, ols (in logs) or gamma.")] = "ppml",
    cluster: Annotated[
        str | None,
        typer.Option(help="pair, 'exporter + importer', … or robust. Default: the pair."),
    ] = None,
    bias_correction: Annotated[
        bool,
        typer.Option("--bias-correction", help="Weidner and Zylkin (2021), two- and three-way."),
    ] = False,
    repeated: Annotated[
        str, typer.Option(help="error or allow: a pair that stands twice in a period.")
    ] = "error",
    tolerance: Annotated[float, typer.Option(help="On the last step of the linear index.")] = 1e-8,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The coefficients as CSV.")] = False,
    as_latex: Annotated[bool, typer.Option("--latex", help="A LaTeX tabular.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="An HTML table.")] = False,
) -> None:
    """Estimate a gravity equation with fixed effects."""
    from accord.gravity.estimate import fit_gravity
    from accord.gravity.files import read_panel

    result = fit_gravity(
        read_panel(data),
        formula,
        estimator=estimator,  # type: ignore[arg-type]  # the function names what it knows
        cluster=cluster,
        bias_correction=bias_correction,
        tolerance=tolerance,
        repeated=repeated,
    )
    if as_csv:
        sys.stdout.write(result.to_csv())
    elif as_latex:
        sys.stdout.write(result.to_latex())
    elif as_html:
        sys.stdout.write(result.to_html() + "\n")
    else:
        show(result.to_dict(), result.to_text(), as_json=as_json)


@app.command()
def solve(
    flows: Annotated[Path, typer.Argument(help="Flows: exporter, importer, value; with domestic.")],
    trade_cost: Annotated[
        Path, typer.Option("--trade-cost", help="Change: exporter, importer, phi_hat = t̂^(1−σ).")
    ],
    sigma: Annotated[float, typer.Option(help="Elasticity of substitution, above one.")],
    reference: Annotated[
        str | None, typer.Option(help="Country whose consumer price is the numéraire.")
    ] = None,
    deficit: Annotated[str, typer.Option(help="additive, multiplicative or none.")] = "additive",
    mode: Annotated[str, typer.Option(help="exact, or agtpa: the published loop.")] = "exact",
    tolerance: Annotated[
        float | None, typer.Option(help="Where to stop; agtpa stops at 0.01 as published.")
    ] = None,
    dyads: Annotated[bool, typer.Option("--dyads", help="Every flow as well, in JSON.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal.")] = False,
) -> None:
    """Solve the general equilibrium after a change of trade costs."""
    from accord.gravity.baseline import read_baseline, read_change
    from accord.gravity.equilibrium import solve_equilibrium
    from accord.gravity.files import read_panel

    baseline = read_baseline(read_panel(flows))
    result = solve_equilibrium(
        baseline,
        read_change(read_panel(trade_cost), baseline),
        sigma=sigma,
        reference=reference,
        deficit=deficit,  # type: ignore[arg-type]
        mode=mode,  # type: ignore[arg-type]
        tolerance=tolerance,
    )
    show(result.to_dict(dyads=dyads), result.to_text(), as_json=as_json)


def show(data: dict[str, Any], text: str, *, as_json: bool) -> None:
    """Text on a terminal, JSON when captured or asked for."""
    if as_json or not sys.stdout.isatty():
        sys.stdout.write(json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write(text + "\n")
