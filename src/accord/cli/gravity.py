"""``accord gravity``: estimate gravity equations, solve equilibria, answer scenarios."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["app"]

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body>{body}</body></html>\n"
)

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
    *,
    estimator: Annotated[str, typer.Option(help="ppml, ols (in logs) or gamma.")] = "ppml",
    cluster: Annotated[
        str | None,
        typer.Option(help="pair, 'exporter + importer', … or robust. Default: the pair."),
    ] = None,
    bias_correction: Annotated[
        bool,
        typer.Option("--bias-correction", help="Weidner and Zylkin (2021), two- and three-way."),
    ] = False,
    adjusted: Annotated[
        bool,
        typer.Option(
            "--adjusted", help="The bias correction from leverage-adjusted residuals: heavy noise."
        ),
    ] = False,
    repeated: Annotated[
        str, typer.Option(help="error or allow: a pair that stands twice in a period.")
    ] = "error",
    tolerance: Annotated[float, typer.Option(help="On the last step of the linear index.")] = 1e-8,
    by: Annotated[str | None, typer.Option(help="A column: one estimation for each value.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, also on a terminal.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="The coefficients as CSV.")] = False,
    as_latex: Annotated[bool, typer.Option("--latex", help="A LaTeX tabular.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="An HTML table.")] = False,
) -> None:
    """Estimate a gravity equation with fixed effects."""
    from accord.gravity.estimate import fit_gravity
    from accord.gravity.files import read_panel

    options: dict[str, Any] = {
        "estimator": estimator,
        "cluster": cluster,
        "bias_correction": "adjusted" if adjusted else bias_correction,
        "tolerance": tolerance,
        "repeated": repeated,
    }
    if by is not None:
        show_sectors(read_panel(data), formula, by, options, as_json=as_json)
        return
    result = fit_gravity(read_panel(data), formula, **options)
    if as_csv:
        sys.stdout.write(result.to_csv())
    elif as_latex:
        sys.stdout.write(result.to_latex())
    elif as_html:
        sys.stdout.write(result.to_html() + "\n")
    else:
        show(result.to_dict(), result.to_text(), as_json=as_json)


def show_sectors(
    panel: Any, formula: str, by: str, options: dict[str, Any], *, as_json: bool
) -> None:
    """One estimation for each value of a column; those that fail give their error."""
    from accord.gravity.sectors import fit_by_sector

    results = fit_by_sector(panel, formula, by=by, **options)
    data = {name: result.to_dict() for name, result in results.items()}
    text = "\n\n".join(f"{by} {name}\n{result}" for name, result in results.items())
    show({"schema_version": 1, "by": by, "fits": data}, text, as_json=as_json)


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


Data = Annotated[
    str | None,
    typer.Option(
        help="A panel file, the name of a panel in the record, or simulated (invented codes)."
    ),
]
Year = Annotated[int | None, typer.Option(help="Baseline year; default the latest.")]
Effect = Annotated[
    str | None,
    typer.Option(help="Column of agreements whose effect is given; default rta, fta_wto, …"),
]
FormulaOption = Annotated[str | None, typer.Option("--formula", help="Instead of the default.")]
Sigma = Annotated[float | None, typer.Option(help="Elasticity of substitution; default 5.")]
DeficitOption = Annotated[str, typer.Option("--deficit", help="additive, multiplicative or none.")]
Draws = Annotated[int, typer.Option(help="Draws from the estimate for the interval.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, also on a terminal.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write sentence, chart and table here.")]
Svg = Annotated[Path | None, typer.Option("--svg", help="Write the chart here.")]
Side = Annotated[str, typer.Argument(help="A polity, a bloc, or members as AAA,AAB,…")]


@app.command()
def link(
    first: Side,
    second: Side,
    data: Data = None,
    effect: Effect = None,
    formula: FormulaOption = None,
    year: Year = None,
    sigma: Sigma = None,
    deficit: DeficitOption = "additive",
    draws: Draws = 200,
    html: Html = None,
    svg: Svg = None,
    as_json: AsJson = False,
) -> None:
    """What an agreement between two blocs would do."""
    run_agreement(
        "link_blocs", first, second, data, effect, formula, year,
        {"sigma": sigma, "deficit": deficit, "draws": draws}, (html, svg, as_json),
    )  # fmt: skip


@app.command()
def join(
    polity: Side,
    bloc: Side,
    data: Data = None,
    effect: Effect = None,
    formula: FormulaOption = None,
    year: Year = None,
    sigma: Sigma = None,
    deficit: DeficitOption = "additive",
    draws: Draws = 200,
    html: Html = None,
    svg: Svg = None,
    as_json: AsJson = False,
) -> None:
    """What it would do if a polity joined a bloc."""
    run_agreement(
        "join_bloc", polity, bloc, data, effect, formula, year,
        {"sigma": sigma, "deficit": deficit, "draws": draws}, (html, svg, as_json),
    )  # fmt: skip


@app.command()
def leave(
    polity: Side,
    bloc: Side,
    data: Data = None,
    effect: Effect = None,
    formula: FormulaOption = None,
    year: Year = None,
    sigma: Sigma = None,
    deficit: DeficitOption = "additive",
    draws: Draws = 200,
    html: Html = None,
    svg: Svg = None,
    as_json: AsJson = False,
) -> None:
    """What it would do if a polity left a bloc."""
    run_agreement(
        "leave_bloc", polity, bloc, data, effect, formula, year,
        {"sigma": sigma, "deficit": deficit, "draws": draws}, (html, svg, as_json),
    )  # fmt: skip


@app.command()
def tariff(
    exporter: Side,
    importer: Side,
    *,
    factor: Annotated[
        float, typer.Option(help="One plus the new tariff over one plus the old: 1.1 is +10 %.")
    ],
    data: Data = None,
    effect: Effect = None,
    formula: FormulaOption = None,
    year: Year = None,
    sigma: Sigma = None,
    deficit: DeficitOption = "additive",
    draws: Draws = 200,
    html: Html = None,
    svg: Svg = None,
    as_json: AsJson = False,
) -> None:
    """What it would do if the importer changed its tariff on the exporter."""
    run_agreement(
        "change_tariff", exporter, importer, data, effect, formula, year,
        {"sigma": sigma, "deficit": deficit, "factor": factor, "draws": draws},
        (html, svg, as_json),
    )  # fmt: skip


@app.command()
def potential(
    first: Side,
    second: Side,
    data: Data = None,
    formula: FormulaOption = None,
    year: Year = None,
    html: Html = None,
    svg: Svg = None,
    as_json: AsJson = False,
) -> None:
    """Actual trade against what gravity predicts, and the rank among all pairs."""
    from accord.cli.gravity_panel import find_panel, unit_of
    from accord.gravity.potential import trade_potential

    panel, source = find_panel(data, [first, second])
    sides = [find_group(name, base_year(panel, year)) for name in (first, second)]
    answer = trade_potential(
        panel, *sides, formula=formula, year=year, source=source, unit=unit_of(source)
    )
    deliver(answer, html, svg, as_json=as_json)


@app.command()
def simulate(
    path: Annotated[Path, typer.Argument(help="Where to write the panel (.parquet or .csv).")],
    countries: Annotated[int, typer.Option(min=2, help="Invented countries.")] = 30,
    years: Annotated[int, typer.Option(min=1, help="Years.")] = 10,
    zeros: Annotated[
        float, typer.Option(min=0.0, max=0.99, help="Share of flows abroad that are nothing.")
    ] = 0.1,
    seed: Annotated[int, typer.Option(help="Of the random draws.")] = 0,
) -> None:
    """Write a panel of invented countries (AAA, AAB, …) with known effects."""
    from accord.gravity.simulate import simulate_panel

    panel = simulate_panel(countries=countries, years=years, zeros=zeros, seed=seed)
    write_panel(panel, path)
    sys.stderr.write(f"{len(panel):,} rows of invented countries written to {path}\n")


@app.command()
def panel(
    path: Annotated[Path, typer.Argument(help="Where to write the panel (.parquet or .csv).")],
    flows: Annotated[
        str | None,
        typer.Option(help="itpd_e, agtpa, cepii_gravity or baci; default: what is there."),
    ] = None,
    bloc: Annotated[
        list[str] | None, typer.Option(help="A dummy, both ends members; may be repeated.")
    ] = None,
    lag: Annotated[
        list[int] | None, typer.Option(help="The agreement so many years earlier; repeated.")
    ] = None,
    lead: Annotated[
        list[int] | None, typer.Option(help="The agreement so many years later; repeated.")
    ] = None,
) -> None:
    """Write a panel from the record: flows, agreements with lags and leads, memberships."""
    from accord.cli.gravity_panel import find_panel, membership_columns
    from accord.gravity.columns import Columns
    from accord.gravity.prepare import add_shifts

    frame, source = find_panel(flows, ["a panel"])
    effect = str(Columns(frame).role("agreement"))
    frame = add_shifts(frame, effect, lags=lag or (), leads=lead or ())
    frame = membership_columns(frame, bloc or ())
    write_panel(frame, path)
    sys.stderr.write(f"{len(frame):,} rows of {source} written to {path}\n")


def write_panel(frame: Any, path: Path) -> None:
    """Parquet, CSV, TSV or Arrow, by the ending."""
    ending = path.suffix.lower()
    with writing(path) as part:
        if ending in {".parquet", ".pq"}:
            frame.write_parquet(part)
        elif ending in {".csv", ".tsv"}:
            frame.write_csv(part, separator="," if ending == ".csv" else "\t")
        elif ending in {".arrow", ".feather", ".ipc"}:
            frame.write_ipc(part)
        else:
            raise OSError(f"“{ending}” is no known kind of table")


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Where to write what shall be ``path``: a file beside it, which takes its place when whole.

    Raises ``GravityError`` GRA021 where that cannot be written; what was there stays.
    """
    from polars.exceptions import ComputeError  # how Polars tells of a full disk

    from accord.errors import GravityError

    part = path.with_name(f"{path.name}.part") if path.is_file() or not path.exists() else path
    try:
        yield part
        part.replace(path)
    except (OSError, ComputeError) as problem:
        if part != path:
            part.unlink(missing_ok=True)
        reason = getattr(problem, "strerror", None) or str(problem).split(f": {part}")[0]
        raise GravityError("GRA021", path=path, reason=reason) from None


def run_agreement(
    name: str,
    first: str,
    second: str,
    data: str | None,
    effect: str | None,
    formula: str | None,
    year: int | None,
    options: dict[str, Any],
    output: tuple[Path | None, Path | None, bool],
) -> None:
    """Find the panel and the sides, run the scenario of that name, write its answer."""
    from accord.cli.gravity_panel import find_panel
    from accord.gravity import scenarios

    panel, source = find_panel(data, [first, second])
    sides = [find_group(side, base_year(panel, year)) for side in (first, second)]
    world = scenarios.see_world(panel, effect=effect, formula=formula, year=year, source=source)
    html, svg, as_json = output
    deliver(getattr(scenarios, name)(world, *sides, **options), html, svg, as_json=as_json)


def deliver(answer: Any, html: Path | None, svg: Path | None, *, as_json: bool) -> None:
    """Write the answer's files where asked for, and the answer itself."""
    if html is not None:
        page = PAGE.format(title=escape(answer.kind), body=answer.to_html())
        with writing(html) as part:
            part.write_text(page, encoding="utf-8")
    if svg is not None:
        chart = answer.chart()
        with writing(svg) as part:
            part.write_text(chart, encoding="utf-8")
    show(answer.to_dict(), answer.to_text(), as_json=as_json)


def base_year(panel: Any, year: int | None) -> int | None:
    """The year asked for, or the panel's latest."""
    from accord.gravity.columns import Columns

    columns = Columns(panel)
    name = columns.role("year")
    if year is not None or name is None:
        return year
    return int(columns.series(name).max())


def find_group(name: str, year: int | None) -> Any:
    """The members of what is named: a polity, a bloc in that year, or a list of such.

    The list of a bloc is whole where Accord's table of polities has it, and
    taken from the record, as incomplete, where it has not. Raises
    ``GravityError`` GRA051 for a name that is not known.
    """
    import datetime

    from accord.errors import GravityError
    from accord.gravity.scenarios import Group
    from accord.model.polity import find_polity, has_member_list, members

    if "," in name:
        parts = [find_group(part.strip(), year) for part in name.split(",") if part.strip()]
        members_of = dict.fromkeys(code for part in parts for code in part.members)
        return Group(name, tuple(members_of), complete=all(part.complete for part in parts))
    polity = find_polity(name)
    if polity is None:
        return Group(name, (name,))
    if not polity.is_group:
        return Group(polity.name, (polity.code,))
    today = datetime.datetime.now(datetime.UTC).date()
    if has_member_list(polity.code):
        then = members(polity.code, at=datetime.date(year, 12, 31) if year else today)
        if then:
            return Group(polity.name, then, named=True)
        now = members(polity.code, at=today)
        return Group(f"{polity.name} (members of today)", now, named=True)
    known = recorded_members(polity.code)
    if not known:
        raise GravityError("GRA051", name=name)
    return Group(polity.name, known, complete=False, named=True)


def recorded_members(bloc: str) -> tuple[str, ...]:
    """Members of a bloc as far as the record's facts go."""
    from accord.record import open_record

    with open_record() as record:
        rows = record.memberships(bloc=bloc)
    standing = {"member", "participant"}
    return tuple(sorted({row.member for row in rows if row.status in standing and not row.end}))


def show(data: dict[str, Any], text: str, *, as_json: bool) -> None:
    """Text on a terminal, JSON when captured or asked for."""
    if as_json or not sys.stdout.isatty():
        text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has gone: no fault of the answer
        raise
    except OSError as problem:
        from accord.errors import GravityError

        raise GravityError("GRA021", path="standard output", reason=problem.strerror) from None
