"""Panels for gravity from what the record holds: flows, with covariates hung onto them.

Flows come from a published panel, summed over industries where it has them, or
from the record's own trade figures (BACI). Where they come without agreements
or distances, these are looked up in another panel that is loaded; where there
is none, agreements follow from the record's dated facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from accord.errors import GravityError

if TYPE_CHECKING:
    import polars as pl

    from accord.record import Record

__all__ = ["build_panel", "dated_agreements", "find_panel", "membership_columns", "unit_of"]

# Where several are loaded: those with domestic trade first.
FLOWS = ("itpd_e", "agtpa", "cepii_gravity", "baci")
COVARIATES = ("usitc_dgd", "cepii_gravity", "agtpa")
# What their flows are counted in, by their publishers; flows from the record are in dollars.
UNITS = {
    "itpd_e": "million dollars",
    "agtpa": "million dollars",
    "cepii_gravity": "thousand dollars",
    "baci": "dollars",
}
# Types of agreement that free trade, as the record's facts and DESTA call them.
FREEING = ("fta", "free trade", "customs union", "economic union", "trade agreement", "partial")


def find_panel(data: str | None, names: list[str]) -> tuple[Any, str]:
    """The panel to answer from, and how to call it.

    A file, the word ``simulated``, or what the record holds (``data`` the name
    of flows in it). Raises ``GravityError`` GRA050 where there is none.
    """
    from pathlib import Path

    if data == "simulated":
        from accord.gravity.simulate import simulate_panel

        return simulate_panel(countries=30, years=10), "the simulated panel (invented countries)"
    if data is not None and Path(data).suffix:
        from accord.gravity.files import read_panel

        return read_panel(data), Path(data).name
    from accord.record import open_record

    with open_record() as record:
        built = build_panel(record, flows=data)
    if built is None:
        raise GravityError("GRA050", names=" and ".join(names))
    return built


def build_panel(record: Record, *, flows: str | None = None) -> tuple[pl.DataFrame, str] | None:
    """Flows and covariates of the record as one panel, and what it is made of; None: no flows."""
    from accord.gravity.columns import Columns
    from accord.gravity.prepare import add_agreements, look_up, nothing_at_home

    for name in FLOWS if flows in {None, "usitc_dgd"} else (str(flows),):  # it has no flows
        panel = _flows(record, name)
        if panel is not None:
            break
    else:
        return None
    made = f"the panel {name}"
    for other in (flows, *COVARIATES):
        columns = Columns(panel)
        if columns.role("agreement") or other == name or other not in record.panels():
            continue
        facts = record.gravity_panel(str(other))
        if facts is not None and Columns(facts).role("agreement"):
            panel, made = look_up(panel, facts), f"{made} with the covariates of {other}"
    agreement = Columns(panel).role("agreement")
    if agreement is not None:
        panel = nothing_at_home(panel, [agreement])
    else:
        panel = add_agreements(panel, dated_agreements(record), column="rta")
        made += " with the agreements of the record"
    return panel, made


def unit_of(source: str) -> str:
    """What the flows of a panel of the record are counted in; nothing where that is not known."""
    name = source.removeprefix("the panel ").split()[0]
    return UNITS.get(name, "") if source.startswith("the panel ") else ""


def dated_agreements(record: Record) -> list[tuple[tuple[str, ...], int, int | None]]:
    """Trade agreements in force: parties (blocs by their members then), first year, last year."""
    found = []
    for agreement in record.agreements():
        kind = agreement.type.lower()
        if (
            agreement.in_force
            and "non-preferential" not in kind
            and any(w in kind for w in FREEING)
        ):
            first = int(agreement.in_force[:4])
            last = int(agreement.ended[:4]) - 1 if agreement.ended else None
            found.append((_states(agreement.parties, first), first, last))
    return found


def membership_columns(panel: pl.DataFrame, blocs: Sequence[str]) -> pl.DataFrame:
    """The panel with a dummy for each bloc: both ends are members at the end of the year.

    Raises ``GravityError`` GRA051 for a bloc without a list of members.
    """
    import datetime

    import polars as pl

    from accord.gravity.columns import Columns
    from accord.model.polity import find_polity, has_member_list, members

    columns = Columns(panel)
    ends = [pl.col(str(columns.role(end))) for end in ("exporter", "importer")]
    year = pl.col(str(columns.role("year")))
    for name in blocs:
        polity = find_polity(name)
        if polity is None or not has_member_list(polity.code):
            raise GravityError("GRA051", name=name)
        inside = pl.lit(value=False)
        for then in columns.codes(str(columns.role("year")))[1]:
            codes = members(polity.code, at=datetime.date(int(then), 12, 31))
            inside |= (year == then) & ends[0].is_in(codes) & ends[1].is_in(codes)
        both = (inside & (ends[0] != ends[1])).cast(pl.Float64)
        panel = panel.with_columns(both.alias(polity.code.lower()))
    return panel


def _flows(record: Record, name: str) -> pl.DataFrame | None:
    """Flows under that name, one row a pair and year; None where there are none."""
    import polars as pl

    from accord.gravity.columns import Columns
    from accord.gravity.prepare import sum_sectors

    if name == "baci":  # rows of all goods; of several HS revisions the longest
        table = record.table(
            "WITH baci AS (SELECT f.* FROM flows AS f JOIN releases AS r ON r.key = f.release "
            "WHERE r.source = 'baci' AND f.product = 'all' AND f.known_until IS NULL) "
            "SELECT reporter::VARCHAR AS exporter, partner::VARCHAR AS importer, "
            "year(period_start)::INTEGER AS year, sum(value) AS trade FROM baci "
            "WHERE direction = 'export' AND nomenclature = (SELECT nomenclature FROM baci "
            "GROUP BY 1 ORDER BY count(DISTINCT period_start) DESC, nomenclature::VARCHAR LIMIT 1"
            ") GROUP BY ALL ORDER BY ALL"
        )
    elif name == "itpd_e" and name in record.panels():  # too large to be fetched whole
        table = record.table(
            "SELECT exporter_iso3 AS exporter, importer_iso3 AS importer, year, "
            'sum(trade) AS trade FROM "panel_itpd_e" GROUP BY ALL ORDER BY ALL'
        )
    elif name in record.panels():
        table = record.gravity_panel(name)
    else:
        return None
    if table is None or not len(table) or Columns(table).role("trade") is None:
        return None
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    return sum_sectors(frame)


def _states(parties: Sequence[str], year: int) -> tuple[str, ...]:
    """Parties with each bloc replaced by its members in that year."""
    import datetime

    from accord.model.polity import has_member_list, members

    found: list[str] = []
    for party in parties:
        bloc = has_member_list(party)
        found += members(party, at=datetime.date(year, 12, 31)) if bloc else (party,)
    return tuple(dict.fromkeys(found))
