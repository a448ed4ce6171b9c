"""What goes with a panel: codebook, citation, and the file itself."""

from __future__ import annotations

import json
from pathlib import Path

from accord.brief.panel import Panel
from accord.errors import MeasureError
from accord.measure.panel import StateSystem

__all__ = ["COLUMNS", "codebook", "write_panel"]

_SYSTEMS = {
    StateSystem.ISO: "ISO 3166-1 alpha-3, by the registry's dates of existence",
    StateSystem.COW: "Correlates of War state numbers",
    StateSystem.GW: "Gleditsch and Ward (1999) state numbers",
}
_ONE = "the same for both orders of the pair"
COLUMNS: dict[str, tuple[str, str]] = {
    "source": ("code", "first polity of the pair"),
    "target": ("code", "second polity of the pair"),
    "source_id": ("code", "the first in the chosen state system"),
    "target_id": ("code", "the second in the chosen state system"),
    "period_start": ("date", "first day of the period"),
    "period_end": ("date", "last day of the period"),
    "exports_usd": (
        "current US dollars",
        "goods that the source reports as sold to the target",
    ),
    "imports_usd": ("current US dollars", "goods that the source reports as bought from it"),
    "partner_exports_usd": (
        "current US dollars",
        "goods that the target reports as sold to the source",
    ),
    "partner_imports_usd": (
        "current US dollars",
        "goods that the target reports as bought from it",
    ),
    "turnover_usd": (
        "current US dollars",
        f"exports and imports together; the mean of two reports, or the only one; {_ONE}",
    ),
    "reports": ("number", f"how many of the two report the turnover (0, 1, 2); {_ONE}"),
    "agreements_in_force": (
        "number",
        "agreements of both in force on the last day, as far as the record holds them; "
        f"null where it holds none of either; {_ONE}",
    ),
    "shared_memberships": ("number", f"blocs to which both belong on the last day; {_ONE}"),
    "co_membership": (
        "0 … 1",
        f"shared memberships over those of either (Jaccard); {_ONE}",
    ),
    "events_sent": ("number", "recorded acts of the source towards the target in the period"),
    "events_received": ("number", "recorded acts of the target towards the source"),
    "events": ("number", f"recorded acts either way; {_ONE}"),
    "source_gdp_usd": ("current US dollars", "gross domestic product of the source"),
    "target_gdp_usd": ("current US dollars", "gross domestic product of the target"),
}


def codebook(panel: Panel) -> str:
    """The codebook as Markdown: columns, units, rules, coverage, citation."""
    asked, frame = panel.request, panel.frame
    lines = [
        "# Codebook",
        "",
        f"{frame.height:,} rows: {'ordered' if asked.directed else 'unordered'} pairs by "
        f"{asked.unit.value}, {asked.first} to {asked.last}. "
        f"State system: {_SYSTEMS[asked.system]}.",
        "",
        "A row exists where both polities existed for at least a day of the period. **Null means "
        "not known, zero means none**: a figure that no release gives is null; a count is zero "
        "only where the record covers both polities.",
        "",
        "| column | unit | meaning | known in |",
        "|---|---|---|--:|",
    ]
    for name in frame.columns:
        unit, meaning = COLUMNS[name]
        known = frame.height - frame[name].null_count()
        share = f"{100 * known / frame.height:.1f} %" if frame.height else "–"
        lines.append(f"| `{name}` | {unit} | {meaning} | {share} |")
    lines += ["", "## Rules", "", *_rules(panel), "", "## To cite", "", "```bibtex"]
    return "\n".join([*lines, _citation(panel), "```", ""])


def _rules(panel: Panel) -> list[str]:
    day = panel.request.as_of
    state = (
        f"Only releases published by {day}; those without a date are left out."
        if day
        else "The newest release of each figure; one without a date only where no other is."
    )
    return [
        f"* {state}",
        "* January and February that a source publishes as one unit are no months and stay null "
        "in a monthly panel.",
        "* Figures that the record marks as doubtful are left out.",
        "* A date known to the month or year counts from its last day.",
    ]


def _citation(panel: Panel) -> str:
    asked = panel.request
    title = f"Dyad panel: {', '.join(asked.dyads)}, {asked.first} to {asked.last}"
    note = f"built by Accord from the record with sha256 {panel.record_sha256}"
    return f"@misc{{accord-panel,\n  title = {{{title}}},\n  note = {{{note}}}\n}}"


def write_panel(panel: Panel, path: Path) -> tuple[Path, Path]:
    """Write ``.parquet`` or ``.csv`` and ``.codebook.md`` beside it; returns both paths.

    Parquet carries the codebook in its metadata as well. Raises MEA010 for another
    ending or a file that cannot be written.
    """
    book = codebook(panel)
    beside = path.with_suffix(".codebook.md")
    ending = path.suffix.lower()
    try:
        if ending == ".parquet":
            _write_parquet(panel, book, path)
        elif ending == ".csv":
            panel.frame.write_csv(path)
        else:
            raise MeasureError("MEA010", path=path)
        beside.write_text(book, encoding="utf-8")
    except OSError as problem:
        raise MeasureError("MEA013", path=path, detail=problem.strerror or problem) from None
    return path, beside


def _write_parquet(panel: Panel, book: str, path: Path) -> None:
    import pyarrow.parquet as pq

    table = panel.frame.to_arrow()
    about = {
        "accord.codebook": book,
        "accord.citation": _citation(panel),
        "accord.columns": json.dumps({n: COLUMNS[n] for n in panel.frame.columns}),
        "accord.record_sha256": panel.record_sha256,
    }
    metadata = {k.encode(): v.encode() for k, v in about.items()}
    pq.write_table(table.replace_schema_metadata(metadata), path)
