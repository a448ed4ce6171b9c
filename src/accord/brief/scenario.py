"""What if: the effect of an agreement between the two, solved on a gravity panel.

Only a panel that was loaded into the record counts, and only where it holds both
polities with their domestic trade. A scenario takes seconds, so it is computed when
asked for, kept beside the record under its fingerprint, and read from there by briefs.
"""

from __future__ import annotations

# Table and column names come from the record itself, codes go through `literal`.
# ruff: noqa: S608
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.brief.ledger import Ledger
from accord.brief.parties import Parties, name_of
from accord.errors import BriefError, GravityError
from accord.model.brief import Cell, Gap, Heading, Section, Segment, Sentence, Table
from accord.model.release import Release
from accord.record import Record
from accord.record.filters import literal
from accord.record.location import home

if TYPE_CHECKING:
    from accord.gravity.answer import Answer

__all__ = ["compute_scenario", "covering_panel", "kept_state", "scenario_section"]

VERSION = 1  # of what is kept
MOST_OTHERS = 5
_TRADE = re.compile(r"(?P<on>On .+?), .+ would change .+? by (?P<trade>[^()]+\([^()]+\)), and .+")


@dataclass(frozen=True, slots=True)
class Panel:
    """A loaded panel that covers a pair: its name, the columns that matter, its size."""

    name: str
    exporter: str
    importer: str
    trade: str
    agreement: str
    year: str | None
    rows: int
    release: Release


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scenario changes for one country, in percent; ``low`` to ``high`` holds 95 %."""

    country: str
    exports: float
    income: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """The kept result for a pair."""

    panel: str
    kind: str
    sentence: str
    model: str
    effects: tuple[Effect, ...]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]


def covering_panel(parties: Parties, record: Record) -> Panel | None:
    """The first loaded panel with agreements that has domestic trade of both, or ``None``."""
    for name in record.panels():
        panel = _panel(name, parties, record)
        if panel is not None:
            return panel
    return None


def _panel(name: str, parties: Parties, record: Record) -> Panel | None:
    from accord.gravity.columns import Columns

    table = f'"panel_{name}"'
    columns = Columns(record.table(f"SELECT * FROM {table} LIMIT 1"))
    roles = [columns.role(role) for role in ("exporter", "importer", "trade", "agreement")]
    release = next((r for r in record.releases() if r.source == name), None)
    exporter, importer, trade, agreement = roles
    if exporter is None or importer is None or trade is None or agreement is None:
        return None
    if release is None:
        return None
    codes = ", ".join(literal(code) for code in parties.codes)
    (found,) = record.rows(
        f'SELECT count(DISTINCT "{exporter}") FROM {table} WHERE "{exporter}" = "{importer}" '
        f'AND "{trade}" > 0 AND "{exporter}" IN ({codes})'
    )
    if found[0] != len(parties.codes):
        return None
    ((rows,),) = record.rows(f"SELECT count(*) FROM {table}")
    return Panel(
        name, exporter, importer, trade, agreement, columns.role("year"), int(rows), release
    )


def compute_scenario(parties: Parties, record: Record, *, most_rows: int | None = None) -> Scenario:
    """Compute the scenario of a pair and keep it.

    ``most_rows`` refuses panels that would take long. Raises :class:`BriefError` BRF010
    where no loaded panel covers both, BRF011 for one that is too large,
    :class:`GravityError` where the panel does not bear the model.
    """
    panel = covering_panel(parties, record)
    pair = f"{parties.source.code}-{parties.target.code}"
    if panel is None:
        raise BriefError("BRF010", pair=pair)
    if most_rows is not None and panel.rows > most_rows:
        raise BriefError("BRF011", rows=f"{panel.rows:,}", pair=pair.replace("-", " "))
    answer = _solved(parties, panel, record)
    scenario = Scenario(
        panel.name,
        answer.kind,
        answer.sentence,
        _model(answer),
        tuple(_effects(answer, set(parties.codes))),
        answer.left_out,
        answer.warnings,
    )
    place = _place(parties, record)
    place.parent.mkdir(parents=True, exist_ok=True)
    written = place.with_suffix(".new")
    written.write_text(json.dumps(asdict(scenario), ensure_ascii=False), encoding="utf-8")
    written.replace(place)
    return scenario


def _solved(parties: Parties, panel: Panel, record: Record) -> Answer:
    from accord.gravity.scenarios import Group, leave_bloc, link_blocs, see_world

    world = see_world(_rows_of(panel, record), source=panel.release.publisher)
    first, second = (Group(name_of(code), (code,)) for code in parties.codes)
    try:
        return link_blocs(world, first, second)
    except GravityError as problem:
        if problem.code != "GRA056":  # they have an agreement: what if they had none
            raise
    return leave_bloc(world, first, second)


def _rows_of(panel: Panel, record: Record) -> Any:
    """The columns that the three-way model needs; of a panel of one year, all columns."""
    if panel.year is None:
        return record.gravity_panel(panel.name)
    named = [panel.exporter, panel.importer, panel.year, panel.trade, panel.agreement]
    columns = ", ".join(f'"{name}"' for name in named)
    table = record.table(f'SELECT {columns} FROM "panel_{panel.name}"')
    one_year = len(set(table.column(panel.year).to_pylist())) < 2
    return record.gravity_panel(panel.name) if one_year else table


def _model(answer: Answer) -> str:
    found = answer.details
    ((name, effect),) = found["effect"].items()
    return (
        f"{found['formula']}; {name} {effect['estimate']:.3f} (s.e. {effect['se']:.3f}, "
        f"{found['n']:,} rows), σ = {found['sigma']:g}, exact equilibrium, "
        f"{found['draws']} draws of the estimate"
    )


def _effects(answer: Answer, codes: set[str]) -> Iterable[Effect]:
    """The two, then the others that it would change most."""
    rows = answer.table.to_dicts()
    own = [row for row in rows if row["country"] in codes]
    others = sorted(
        (row for row in rows if row["country"] not in codes),
        key=lambda row: -abs(row["real_gdp_pct"]),
    )
    for row in own + others[:MOST_OTHERS]:
        yield Effect(
            row["country"],
            row["exports_pct"],
            row["real_gdp_pct"],
            row["real_gdp_low"],
            row["real_gdp_high"],
        )


def kept_state() -> int:
    """A number that changes when a scenario is kept."""
    try:
        return (home() / "scenarios").stat().st_mtime_ns
    except OSError:
        return 0


def _place(parties: Parties, record: Record) -> Path:
    """Where the scenario of a pair is kept for this state of the record."""
    key = f"{VERSION} {record.fingerprint} {' '.join(sorted(parties.codes))}"
    return home() / "scenarios" / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"


def _kept(parties: Parties, record: Record) -> Scenario | None:
    try:
        found = json.loads(_place(parties, record).read_text(encoding="utf-8"))
        effects = tuple(Effect(**effect) for effect in found.pop("effects"))
        found["left_out"], found["warnings"] = tuple(found["left_out"]), tuple(found["warnings"])
        return Scenario(effects=effects, **found)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def scenario_section(
    parties: Parties, record: Record, *, as_of: date | None, ledger: Ledger
) -> Section | None:
    """Section “What if”, or ``None`` where no loaded panel covers both on that day."""
    panel = covering_panel(parties, record)
    if panel is None or (as_of is not None and not _was_out(panel.release, as_of)):
        return None
    scenario = _kept(parties, record)
    if scenario is None or scenario.panel != panel.name:
        pair = " ".join(parties.codes)
        gap = Gap(
            f"a gravity scenario on the panel of {panel.release.publisher}",
            "it has not been computed for this state of the record; it takes some seconds",
            f"`accord brief {pair} --what-if`",
        )
        return Section("scenario", "What if", gaps=(gap,))
    sentences = tuple(_sentences(scenario, panel, ledger))
    table = _table(scenario, panel, ledger)
    return Section("scenario", "What if", sentences=sentences, tables=(table,))


def _was_out(release: Release, day: date) -> bool:
    out = release.published_on or release.retrieved_on
    return out is not None and out <= day


def _cited(scenario: Scenario, effect: Effect, panel: Panel, ledger: Ledger) -> str:
    return ledger.cite_model(
        panel.release,
        summary=f"{scenario.kind}: effect on {name_of(effect.country)}",
        arithmetic=scenario.model,
        value=effect.income,
        unit="percent",
    )


def _sentences(scenario: Scenario, panel: Panel, ledger: Ledger) -> Iterable[Sentence]:
    number = ledger.cite_model(
        panel.release,
        summary=scenario.sentence,
        arithmetic=scenario.model,
        value=None,
        unit=None,
    )
    yield Sentence(tuple(_said(scenario, panel, ledger, number)))
    for warning in scenario.warnings:
        yield Sentence((Segment(f"Mind: {warning}."),))
    yield Sentence(
        (
            Segment(
                "This is a model's answer, no forecast. It leaves out: "
                f"{'; '.join(scenario.left_out)}."
            ),
        )
    )


def _said(scenario: Scenario, panel: Panel, ledger: Ledger, number: str) -> Iterable[Segment]:
    """The answer, with a link at each figure; the model's own words where it put it otherwise."""
    found = _TRADE.fullmatch(scenario.sentence)
    if found is None:
        yield Segment(scenario.sentence, number)
        return
    yield Segment(f"{found['on']}, {scenario.kind} would change trade between the two by ")
    yield Segment(found["trade"], number)
    joint = "; real income of "
    for effect in scenario.effects[:2]:
        yield Segment(f"{joint}{name_of(effect.country)} by ")
        span = f"{_signed(effect.low)} to {_signed(effect.high)} %"
        yield Segment(
            f"{_signed(effect.income)} % ({span})", _cited(scenario, effect, panel, ledger)
        )
        joint = ", of "
    yield Segment(".")


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _table(scenario: Scenario, panel: Panel, ledger: Ledger) -> Table:
    rows = []
    for effect in scenario.effects:
        number = _cited(scenario, effect, panel, ledger)
        figures = (effect.exports, effect.income, effect.low, effect.high)
        cells = [Cell(f"{_signed(v)} %", v, number) for v in figures]
        rows.append((Cell(name_of(effect.country)), *cells))
    headings = (
        Heading("Country"),
        Heading("exports", "percent", numeric=True),
        Heading("real income", "percent", numeric=True),
        Heading("from", "percent, 2.5th percentile", numeric=True),
        Heading("to", "percent, 97.5th percentile", numeric=True),
    )
    caption = f"Change by {scenario.kind}: the two, then those whom it would change most"
    return Table("scenario", caption, headings, tuple(rows))
