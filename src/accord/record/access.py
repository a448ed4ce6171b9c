"""The record, opened: what is in it, by plain questions and by SQL.

Nothing here imports a data-frame library; answers with few rows are objects of the
model, answers with many are Arrow tables (see :mod:`accord.record.bulk`).
"""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from accord.errors import RecordError
from accord.model.facts import Agreement, Event, Initiative, Membership, Project
from accord.model.flow import Flow
from accord.model.period import Period
from accord.model.release import Release
from accord.record import rows as shapes
from accord.record.filters import Filters, Vocabulary, literal
from accord.record.location import Place, the_place
from accord.record.opening import open_reading
from accord.record.vocabulary import VOCABULARIES, current_types

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from accord.record.reconciliation import Rate

__all__ = ["Coverage", "Record", "Series", "open_record"]

T = TypeVar("T")


def open_record(path: Path | None = None, *, read_only: bool = True) -> Record:
    """Open the record, building it first if it is not there yet.

    ``path`` is a record's file; by default the settings decide (``ACCORD_HOME``,
    ``ACCORD_CATALOG``). The record is always opened for reading; changes go through
    :func:`accord.record.load`, so ``read_only=False`` only makes sure beforehand that
    the place can be written. Any number may be open at once; each shows the record as it
    was when it was opened. Raises REC001 to REC005, REC037 or REC038.
    """
    place = the_place(path)
    if not read_only:
        from accord.record.opening import ensure_current

        ensure_current(place)
    return Record(open_reading(place), place)


@dataclass(frozen=True, slots=True)
class Series:
    """A series that the record holds: what, for which periods, in how many rows."""

    reporter: str
    partner: str
    direction: str
    product: str
    currency: str | None
    source: str
    first: date
    last: date
    rows: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a source covers of one reporter."""

    source: str
    reporter: str
    first: date
    last: date
    periods: int
    rows: int
    partners: int
    products: int


class Record:
    """An open record; a context manager. Every method only reads.

    Any number may be open at once; one may be asked by several threads, in turn.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, place: Place) -> None:
        self._con = con
        self._turn = threading.RLock()  # an answer is fetched before the next is asked
        self._kept: dict[str, Any] = {}
        self.place = place

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({str(self.place)!r}, {len(self._releases)} releases)"

    def close(self) -> None:
        """Give the file free."""
        self._con.close()

    # --- figures -----------------------------------------------------------------

    def flows(
        self,
        *,
        reporters: Collection[str] | None = None,
        partners: Collection[str] | None = None,
        directions: Collection[str] | None = None,
        products: Collection[str] | None = None,
        sources: Collection[str] | None = None,
        overlapping: Period | None = None,
        within: Period | None = None,
    ) -> list[Flow]:
        """Every figure of every release that fits, oldest period first.

        ``None`` leaves a question open. ``overlapping`` wants a common day with the
        period, ``within`` the whole period inside it.
        """
        where = Filters().overlapping(overlapping).within(within)
        asked = {
            "reporter": reporters,
            "partner": partners,
            "direction": directions,
            "product": products,
        }
        figures, flows = where.among("source", sources), self._flow_sources(where, sources)
        for column, values in asked.items():
            figures = figures.among(column, values)
            flows = flows.coded(f"f.{column}", values, self.vocabulary(column))
        query = f"SELECT {shapes.FIGURE_COLUMNS} FROM figures {figures.clause}"
        if self._has_flows:
            query += (
                f" UNION ALL SELECT {shapes.FLOW_COLUMNS} FROM flows AS f "
                f"JOIN releases AS r ON r.key = f.release {flows.clause}"
            )
        found = self.rows(f"{query} ORDER BY period_start, period_end, release, n")
        return [shapes.flow_of(row, self._releases) for row in found]

    def series(self, reporter: str | None = None, partner: str | None = None) -> tuple[Series, ...]:
        """Which series there are, with their first and last day and number of rows."""
        asked = {"reporter": reporter, "partner": partner}
        columns = ("reporter::VARCHAR AS reporter, partner::VARCHAR AS partner, direction::VARCHAR "
                   "AS direction, product::VARCHAR AS product, currency::VARCHAR AS currency, "
                   "{source} AS source, period_start, period_end")  # fmt: skip
        found = self.rows(
            "SELECT reporter, partner, direction, product, currency, source, min(period_start), "
            f"max(period_end), count(*) FROM ({self._both(columns, asked)}) "
            "GROUP BY ALL ORDER BY ALL"
        )
        return tuple(Series(*row) for row in found)

    def products(self, reporter: str | None = None, partner: str | None = None) -> tuple[str, ...]:
        """The products for which a pair has figures."""
        query = self._both("product::VARCHAR", {"reporter": reporter, "partner": partner})
        return tuple(row[0] for row in self.rows(f"SELECT DISTINCT * FROM ({query}) ORDER BY 1"))

    def last_period(
        self,
        reporter: str | None = None,
        partner: str | None = None,
        *,
        product: str | None = None,
        direction: str | None = None,
    ) -> Period | None:
        """The latest period with a figure, or ``None`` if there is none at all."""
        asked = {
            "reporter": reporter,
            "partner": partner,
            "product": product,
            "direction": direction,
        }
        columns = "period_start, period_end, period_kind::VARCHAR AS period_kind"
        query = self._both(columns, asked)
        found = self.rows(f"{query} ORDER BY period_end DESC, period_start DESC LIMIT 1")
        return shapes.period_of(*found[0]) if found else None

    # --- facts -------------------------------------------------------------------

    def agreements(
        self,
        parties: Collection[str] | None = None,
        subjects: Collection[str] | None = None,
    ) -> list[Agreement]:
        """Agreements that have all of ``parties`` and are about all of ``subjects``."""
        where = Filters().holding("parties", parties).holding("subjects", subjects)
        found = self._facts("agreements", shapes.AGREEMENT_COLUMNS, where, order="signed, id")
        sources = self._agreement_sources()
        return [shapes.agreement_of(row, sources.get((row[-1], row[0]), [])) for row in found]

    def memberships(self, bloc: str | None = None, member: str | None = None) -> list[Membership]:
        """Who stands how in which bloc, from when to when."""
        where = Filters().equal("bloc", bloc).equal("member", member)
        found = self._facts(
            "memberships", shapes.MEMBERSHIP_COLUMNS, where, order="bloc, start_on, member"
        )
        return [shapes.membership_of(row) for row in found]

    def events(
        self,
        actors: Collection[str] | None = None,
        targets: Collection[str] | None = None,
        *,
        during: Period | None = None,
    ) -> list[Event]:
        """Events in which any of ``actors`` did something to or with any of ``targets``."""
        where = Filters().touching("actors", actors).touching("targets", targets)
        if during is not None:
            where = where.between("date", during.start.isoformat(), during.end.isoformat())
        found = self._facts("events", shapes.EVENT_COLUMNS, where, order="date, id")
        return [shapes.event_of(row) for row in found]

    def projects(
        self, parties: Collection[str] | None = None, name: str | None = None
    ) -> list[Project]:
        """Stages of joint projects of all ``parties``; ``name`` may be a part or an alias."""
        where = Filters().holding("parties", parties).named(name)
        found = self._facts("projects", shapes.PROJECT_COLUMNS, where, order="name, date, id")
        return [shapes.project_of(row) for row in found]

    def initiatives(self) -> list[Initiative]:
        """Blocs and initiatives that agreements are about, with their aliases."""
        found = self._facts("initiatives", shapes.INITIATIVE_COLUMNS, Filters(), order="id")
        return [shapes.initiative_of(row) for row in found]

    # --- what it rests on ----------------------------------------------------------

    def releases(self) -> list[Release]:
        """Every release in the record."""
        return list(self._releases.values())

    @cached_property
    def fingerprint(self) -> str:
        """The hash of what the record holds: same fingerprint, same answers."""
        digest = hashlib.sha256()
        query = (
            "SELECT key, value FROM meta WHERE key = 'bundled_sha256' UNION ALL "
            "SELECT id, sha256 FROM releases WHERE NOT bundled ORDER BY 1"
        )
        for key, value in self.rows(query):
            digest.update(f"{key}={value}\n".encode())
        return digest.hexdigest()

    def query_for(self, row: str) -> str:
        """The SQL that finds a row again, for ``accord record query``."""
        table, _, key = row.partition(":")
        if table == "flows":
            release, _, key = key.partition("/")
            cell = f"n = {int(key)}" if key.isdigit() else _cell(key)
            return f"SELECT * FROM trade_vintages WHERE release = {literal(release)} AND {cell}"
        return f"SELECT * FROM {table} WHERE id = {literal(key)}"

    def sql(self, query: str, params: Sequence[Any] | None = None) -> pa.Table:
        """Any reading query, as an Arrow table. Raises REC006 or REC007."""
        from accord.record.sandbox import run_query

        with self._turn:
            return run_query(self._con, query, params)

    # --- what is loaded --------------------------------------------------------------

    def rates(
        self,
        currency: str | None = None,
        *,
        base: str = "USD",
        overlapping: Period | None = None,
    ) -> list[Rate]:
        """Exchange rates, as far as they are loaded; units of a currency for one ``base``."""
        from accord.record.reconciliation import rates_in

        return rates_in(self, currency, base=base, overlapping=overlapping)

    def concordance(
        self, source_revision: str, target_revision: str
    ) -> dict[str, list[tuple[str, float]]]:
        """Product → (product of the other revision, share), as far as loaded."""
        where = (
            Filters()
            .equal("source_revision", source_revision)
            .equal("target_revision", target_revision)
        )
        found: dict[str, list[tuple[str, float]]] = {}
        columns = "source_product, target_product, share"
        for product, target, share in self.rows(
            f"SELECT {columns} FROM concordances {where.clause} ORDER BY ALL"
        ):
            found.setdefault(product, []).append((target, share))
        return found

    def gravity_panel(self, name: str, *, as_of: date | None = None) -> pa.Table | None:
        """A loaded panel (``cepii_gravity``, ``itpd_e``, ``usitc_dgd``, ``agtpa``), or ``None``.

        ``accord record add NAME FILE`` loads one from the file its publisher offers. Of
        several releases the one loaded last, or with ``as_of`` the newest known on the day.
        """
        day = "true"
        if as_of is not None:
            day = f"coalesce(published_on, retrieved_on) <= {literal(as_of)}"
        order = (
            "path IS NULL DESC" if as_of is None else "coalesce(published_on, retrieved_on) DESC"
        )
        found = self.rows(
            "SELECT coalesce(path, 'panel_' || name) FROM panels JOIN releases ON id = release "
            f"WHERE name = {literal(name)} AND {day} ORDER BY {order}, loaded_at DESC LIMIT 1"
        )
        return self.table(f'SELECT * FROM "{found[0][0]}"') if found else None

    def panels(self) -> list[str]:
        """The names of the panels that are loaded."""
        return [row[0] for row in self.rows("SELECT DISTINCT name FROM panels ORDER BY name")]

    def coverage(self, source: str | None = None) -> list[Coverage]:
        """Which reporters each source covers, from when to when, and how densely."""
        where = Filters().equal("source", source)
        found = self.rows(
            "SELECT source, reporter, min(period_start), max(period_end), "
            "count(DISTINCT (period_start, period_end)), sum(row_count)::BIGINT, max(partners), "
            f"max(products) FROM (SELECT source, reporter, period_start, period_end, row_count, "
            "partners, products FROM coverage UNION ALL SELECT source, reporter, period_start, "
            "period_end, 1, 1, 1 FROM figures WHERE source = 'bundled') "
            f"{where.clause} GROUP BY source, reporter ORDER BY source, reporter"
        )
        return [Coverage(*row) for row in found]

    def state_of(
        self,
        reporter: str,
        partner: str,
        period: Period,
        *,
        direction: str,
        product: str = "all",
        source: str | None = None,
    ) -> str:
        """``reported``, ``zero``, ``missing``, ``confidential``, ``estimated``,
        ``not_listed`` or ``not_yet_reported``.

        Missing is a cell that the source marks as not available; not listed is a cell
        of a period that the reporter has reported, without a row; not yet reported is a
        period that no release of the reporter covers.
        """
        cell = {"reporter": reporter, "partner": partner, "direction": direction,
                "product": product}  # fmt: skip
        inside = Filters().within(period).equal("source", source).clause
        query = self._both(
            "status::VARCHAR AS status, value, known_until, period_start, period_end, "
            "{source} AS source",
            cell,
        )
        found = self.rows(
            f"SELECT status, value FROM ({query}) {inside} AND known_until IS NULL "
            "ORDER BY value IS NULL LIMIT 1"
        )
        if found:
            status, value = found[0]
            return "zero" if status == "reported" and value == 0 else str(status)
        where = Filters().equal("reporter", reporter).within(period).equal("source", source).clause
        covered = self.rows(f"SELECT 1 FROM coverage {where} LIMIT 1")
        return "not_listed" if covered else "not_yet_reported"

    def flow_keys(self) -> dict[str, list[int]]:
        """Source → the keys of its releases in the table of flows."""
        return self._flow_keys

    @cached_property
    def _flow_keys(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for source, key in self.rows(
            "SELECT source, key FROM releases WHERE kind = 'flows' ORDER BY ALL"
        ):
            found.setdefault(source, []).append(key)
        return found

    def remember(self, name: str, make: Callable[[], T]) -> T:
        """What was found once; an open record does not change."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[no-any-return]

    def table(self, query: str) -> pa.Table:
        """A query of Accord's own as an Arrow table."""
        import duckdb

        try:
            with self._turn:
                return self._con.execute(query).to_arrow_table()
        except duckdb.Error as problem:
            raise self._damaged(problem) from None

    def over(self, given: pa.Table, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query over an Arrow table, named ``given`` in it."""
        with self._turn:
            self._con.register("given", given)
            try:
                return self.rows(query)
            finally:
                self._con.unregister("given")

    # --- inside --------------------------------------------------------------------

    def _both(self, columns: str, asked: Mapping[str, str | None], *, group: str = "") -> str:
        """A query over figures and, if any are loaded, flows alike."""
        figures = flows = Filters()
        for column, value in asked.items():
            figures = figures.equal(column, value)
            wanted = None if value is None else (value,)
            flows = flows.coded(column, wanted, self.vocabulary(column))
        query = (
            f"SELECT {columns.replace('{source}', 'source')} FROM figures {figures.clause} {group}"
        )
        if self._has_flows:
            source = "(SELECT source FROM releases WHERE key = flows.release)"
            query += (
                f" UNION ALL SELECT {columns.replace('{source}', source)} FROM flows "
                f"{flows.clause} {group}"
            )
        return query

    @cached_property
    def _has_flows(self) -> bool:
        return bool(self.rows("SELECT 1 FROM releases WHERE kind = 'flows' LIMIT 1"))

    @cached_property
    def _vocabularies(self) -> dict[str, Vocabulary]:
        """The vocabulary of each column of flows that has one."""
        if not self._has_flows:
            return {}
        found = {}
        for name, kind in current_types(self._con).items():
            words = self.rows(f"SELECT unnest(enum_range(NULL::{kind}))::VARCHAR")
            for column in VOCABULARIES[name]:
                found[column] = Vocabulary(kind, frozenset(row[0] for row in words))
        return found

    def vocabulary(self, column: str) -> Vocabulary:
        """The words that a column of the table of flows can have."""
        return self._vocabularies.get(column, Vocabulary())

    def _flow_sources(self, where: Filters, sources: Collection[str] | None) -> Filters:
        if sources is None:
            return where
        inside = Filters().among("source", sources).clause
        return where.add(f"f.release IN (SELECT key FROM releases {inside})")

    @cached_property
    def _releases(self) -> dict[str, Release]:
        query = f"SELECT {shapes.RELEASE_COLUMNS} FROM releases ORDER BY published_on, id"
        return {row[0]: shapes.release_of(row) for row in self.rows(query)}

    def _facts(
        self, table: str, columns: str, where: Filters, *, order: str
    ) -> list[tuple[Any, ...]]:
        # Of several releases of a source the newest row of a name counts; the names of
        # releases begin with their source and date.
        newest = "QUALIFY row_number() OVER (PARTITION BY id ORDER BY release DESC) = 1"
        query = f"SELECT {columns} FROM {table} {where.clause} {newest} ORDER BY {order}"
        return self.rows(query)

    def _agreement_sources(self) -> dict[tuple[str, str], list[tuple[Any, ...]]]:
        found: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
        query = (
            "SELECT release, agreement, publisher, published_on, url FROM agreement_sources "
            "ORDER BY release, agreement, n"
        )
        for release, agreement, *source in self.rows(query):
            found.setdefault((release, agreement), []).append(tuple(source))
        return found

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query of Accord's own; for queries of users see :meth:`sql`."""
        import duckdb

        try:
            with self._turn:
                return self._con.execute(query).fetchall()
        except duckdb.Error as problem:
            raise self._damaged(problem) from None

    def _damaged(self, problem: Exception) -> RecordError:
        return RecordError("REC002", path=self.place, detail=str(problem).splitlines()[0])


def _cell(key: str) -> str:
    columns = ("reporter", "partner", "direction", "product", "period_start", "period_end",
               "currency")  # fmt: skip
    return " AND ".join(
        f"{column} = {literal(value)}"
        for column, value in zip(columns, key.split("|"), strict=True)
    )
