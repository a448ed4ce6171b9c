"""Loading: a source's data into the record, as a whole or not at all."""

# Queries are put together from constants; values only ever enter through `literal`.
# ruff: noqa: S608

from __future__ import annotations

import hashlib
import importlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accord.errors import RecordError
from accord.model.period import Period
from accord.model.polity import find_polity
from accord.record.declaration import Declaration, read_declaration
from accord.record.filters import literal
from accord.record.insertion import insert_release, insert_staged
from accord.record.job import Job, LoadReport, Request
from accord.record.location import Place, the_place
from accord.record.opening import bring_up_to_date, open_reading
from accord.record.rawfiles import combined_sha256, keep_raw
from accord.record.shadow import shadow_of, writer_lock

if TYPE_CHECKING:
    import duckdb

__all__ = ["load"]

MEMORY = "1800MB"  # so that a load stays under 3 GB with Python, Arrow and sort buffers


def load(source: str | Declaration, request: Request, *, path: Path | None = None) -> LoadReport:
    """Load one publication of a source: raw file, rows and release, in one transaction.

    ``source`` is the name of a declared source, the path of a declaration of your own,
    or a declaration. Data come from ``request.files``, or from the source's service.
    The same files twice change nothing. Whatever fails, the record stays as it was.

    Raises :class:`~accord.errors.RecordError` with the source, row and column at fault.
    """
    started = time.perf_counter()
    declaration = source if isinstance(source, Declaration) else read_declaration(source)
    place, request = the_place(path), _by_code(request)
    if request.published is not None and request.published > date.today():
        expected = "it lies in the future"
        raise RecordError(
            "REC035", value=request.published, option="--published", expected=expected
        )
    adapter = importlib.import_module(f"accord.record.sources.{declaration.adapter}")
    job = Job(declaration, request, _files(adapter, declaration, request, place))
    job.published = request.published
    with _wrong_answers_forgotten(job):
        marks = _Marks(combined_sha256(job.files), _content_sha256(place, adapter, job))
        already = _loaded_before(place, declaration, marks)
        if already:
            _forget(job)
            release, rows = already[:2]
            _check_same_period(job, release, *already[2:])
            return LoadReport(release, declaration.id, rows, True, 0, _since(started))
        for file in job.files:
            keep_raw(place, file)
        release, rows, superseded = _carry_out_again(place, adapter, job, marks)
    _forget(job)
    return LoadReport(
        release, declaration.id, rows, False, superseded, _since(started), tuple(job.notes)
    )


def _by_code(request: Request) -> Request:
    """Names of polities and their other codes as Accord's own; adapters know what is left."""

    def code(text: str) -> str:
        polity = find_polity(text) or find_polity(text.upper())
        return polity.code if polity else text.upper()

    return replace(
        request,
        reporters=tuple(map(code, request.reporters)),
        partners=tuple(map(code, request.partners)),
    )


# What says that the answer of a service was not what it should be.
_OF_CONTENT = frozenset(f"REC{n:03d}" for n in (*range(12, 17), *range(21, 27)))


@contextmanager
def _wrong_answers_forgotten(job: Job) -> Iterator[None]:
    """A wrong answer is not taken from the cache the next time."""
    try:
        yield
    except RecordError as problem:
        if problem.code in _OF_CONTENT:
            _forget(job)
        raise


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a load is known by: the hash of its files and, of an answer, that of its rows."""

    file: str
    content: str | None

    @property
    def name(self) -> str:
        """What tells its release from others of the day."""
        return (self.content or self.file)[:8]


def _content_sha256(place: Place, adapter: Any, job: Job) -> str | None:
    """The hash of the rows that a service answered with, in an order of their own.

    Services wrap the same rows with the time they took; files are as they are published.
    """
    if job.request.files:
        return None
    import duckdb

    trial = replace(job, notes=[])
    with _faults_named(place, trial), duckdb.connect() as con:
        con.execute("SET enable_progress_bar = false")
        adapter.stage(con, trial)
        found = con.execute("SELECT * FROM staged ORDER BY ALL").fetchall()
    return hashlib.sha256("\n".join(map(repr, found)).encode()).hexdigest()


def _forget(job: Job) -> None:
    """Drop a service's cached answers; the raw files have them, the next load asks anew."""
    if not job.request.files:
        for file in job.files:
            file.unlink(missing_ok=True)


def _carry_out_again(place: Place, adapter: Any, job: Job, marks: _Marks) -> tuple[str, int, int]:
    """Carry out; in a lake, again if another writer came first."""
    if not place.is_lake:
        return _carry_out(place, adapter, job, marks)
    from accord.record.lake import ATTEMPTS, lost_a_race, pause

    for attempt in range(ATTEMPTS - 1):
        try:
            return _carry_out(place, adapter, job, marks)
        except Exception as problem:
            if not lost_a_race(problem):
                raise
            pause(attempt)
    return _carry_out(place, adapter, job, marks)


def _carry_out(place: Place, adapter: Any, job: Job, marks: _Marks) -> tuple[str, int, int]:
    """Stage, check and insert in one transaction: release, rows, rows superseded."""
    with _faults_named(place, job):
        with writing(place) as con:
            adapter.stage(con, job)
            release = _release_id(job, marks)
            if job.declaration.kind == "panel":
                rows, superseded = _keep_panel(con, job, release), 0
            else:
                rows, superseded = insert_staged(con, job, release=release)
            insert_release(con, job, release=release, hashes=(marks.file, marks.content), rows=rows)
        return release, rows, superseded


@contextmanager
def _faults_named(place: Place, job: Job) -> Iterator[None]:
    """What DuckDB meets, in the words of Accord: source, file, and the cell if it is found."""
    import duckdb

    from accord.record.lake import lost_a_race

    try:
        yield
    except (duckdb.DataError, duckdb.InvalidInputException) as problem:
        if job.locate is not None:
            with duckdb.connect() as fresh:
                fresh.execute("SET enable_progress_bar = false")
                job.locate(fresh)
        raise _unreadable(problem, job) from None
    except (duckdb.IOException, duckdb.OutOfMemoryException) as problem:
        if place.is_lake and lost_a_race(problem):
            raise
        if _disk_is_full(problem):
            raise RecordError("REC009", source=job.declaration.id) from None
        raise _unreadable(problem, job) from None


@contextmanager
def writing(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection inside a transaction that is kept only if the block ends well."""
    if place.is_lake:
        from accord.record.lake import lake_transaction

        with lake_transaction(place) as con:
            yield con
        return
    with writer_lock(place):
        bring_up_to_date(place)
        with shadow_of(place) as con:
            con.execute(f"SET memory_limit = '{MEMORY}'")
            con.execute("BEGIN")
            yield con
            con.execute("COMMIT")


def _disk_is_full(problem: Exception) -> bool:
    said = str(problem)
    return any(
        sign in said for sign in ("No space left", "max_temp_directory_size", "File too large")
    )


def _unreadable(problem: Exception, job: Job) -> RecordError:
    first = str(problem).splitlines()[0]
    names = ", ".join(path.name for path in job.files[:3])
    kind = job.declaration.title
    return RecordError("REC012", source=job.declaration.id, file=names, format=kind, detail=first)


def _files(
    adapter: Any, declaration: Declaration, request: Request, place: Place
) -> tuple[Path, ...]:
    if request.files:
        for file in request.files:
            detail = _what_is_wrong(file, declaration)
            if detail:
                kind = declaration.title
                raise RecordError(
                    "REC012", source=declaration.id, file=file, format=kind, detail=detail
                )
        return request.files
    if not hasattr(adapter, "fetch"):
        raise RecordError(
            "REC034", source=declaration.id, url=declaration.url or declaration.documentation
        )
    fetched: tuple[Path, ...] = adapter.fetch(declaration, request, place.folder / "cache")
    return fetched


def _what_is_wrong(file: Path, declaration: Declaration) -> str | None:
    """What any source would refuse: no file, nothing in it, a page that was saved instead."""
    if not file.is_file():
        return "it is a directory" if file.is_dir() else "there is no such file"
    try:
        with file.open("rb") as handle:
            start = handle.read(200).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    except OSError as problem:
        return (problem.strerror or str(problem)).lower()
    if not start:
        return "it is empty"
    page = start.startswith((b"<!doctype html", b"<html"))
    if page and declaration.mapping.get("format") not in {"html", "htm"}:
        return "it is a web page, perhaps of a login"
    return None


Loaded = tuple[str, int, date | None, date | None]


def _check_same_period(job: Job, release: str, first: date | None, last: date | None) -> None:
    """Raise REC042 if a file that was loaded before is now said to be of another period."""
    if not job.request.files or not job.request.periods or first is None or last is None:
        return
    asked = job.request.periods[0]
    try:
        year = Period.parse(asked).end.year
    except ValueError:
        return
    if not first.year <= year <= last.year:
        raise RecordError(
            "REC042", source=job.declaration.id, file=job.files[0].name, release=release,
            first=first, last=last, period=asked,
        )  # fmt: skip


def _loaded_before(place: Place, declaration: Declaration, marks: _Marks) -> Loaded | None:
    same = f"sha256 = {literal(marks.file)}"
    if marks.content is not None:
        same = f"({same} OR content_sha256 = {literal(marks.content)})"
    con = open_reading(place)
    try:
        found = con.execute(
            "SELECT id, row_count, covers_start, covers_end FROM releases "
            f"WHERE source = {literal(declaration.id)} AND {same}"
        ).fetchone()
    finally:
        con.close()
    return (str(found[0]), int(found[1] or 0), *found[2:]) if found else None


def _release_id(job: Job, marks: _Marks) -> str:
    day = job.published or date.today()
    return f"{job.declaration.id}-{day.isoformat()}-{marks.name}"


def _keep_panel(con: duckdb.DuckDBPyConnection, job: Job, release: str) -> int:
    """A panel keeps its publisher's columns, in a table of its own.

    The release that was there before stays beside it, under a name with its hash.
    """
    name = job.declaration.id
    before = con.execute(
        f"SELECT release FROM panels WHERE name = {literal(name)} AND path IS NULL"
    ).fetchone()
    if before:
        kept = f"panel_{name}_{before[0].rpartition('-')[2]}"
        con.execute(f'ALTER TABLE "panel_{name}" RENAME TO "{kept}"')
        con.execute(
            f"UPDATE panels SET path = {literal(kept)} WHERE release = {literal(before[0])}"
        )
    con.execute(f'CREATE TABLE "panel_{name}" AS SELECT * FROM staged')
    row = con.execute(f'SELECT count(*) FROM "panel_{name}"').fetchone()
    rows = int(row[0]) if row else 0
    least = int(job.declaration.assertions.rows.get("min", 1))
    if rows < least:
        detail = f"{rows:,} rows, expected at least {least:,}"
        raise RecordError("REC016", source=name, count=1, detail=detail)
    con.execute(
        f"INSERT INTO panels SELECT {literal(release)}, {literal(name)}, {rows}, NULL, "
        f"list(column_name ORDER BY column_index) FROM duckdb_columns() "
        f"WHERE table_name = 'panel_{name}'"
    )
    return rows


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)
