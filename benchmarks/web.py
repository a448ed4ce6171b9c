"""The brief and the web page: ``python -m benchmarks.web [--quick] [--seconds N]``.

* ``brief_cold``: a new process writes the page of Russia and China. Peer: a new process that
  imports Altair and draws as many charts of as many points, and does nothing else.
* ``brief_warm``: the same in a process that has done it before. Peer: drawing the charts alone.
* ``brief_html``: its size. Peer: the limit of 500 kB.
* ``brief_large``: the page of a pair from a record of 50 million rows (``--rows``), warm. Peer:
  the pair's rows by SQL alone, on the same file.
* ``panel_large``: turnover, partner's reports and mirror of all dyads of a year, from the same
  record, as a panel. Peer: the sums by SQL alone.
* ``dyad_*``: the dyad page under load from a second process on loopback: requests a second with
  four connections, then p50 and p99 (from the moment when a request was due) and errors at 80 % of
  that for ``--seconds`` (300; with ``--quick`` 4), and the server's memory at the end. Peer of
  each: a bare Starlette page that returns as many bytes.
* ``check_*``: one paragraph checked, one after the other, and two at a time at 80 %. Peer: the bare
  page again, so the ratio is what a check costs beyond the wire.

Both servers get the same requests from the same generator, on whatever else the machine is doing.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import psutil

LIMIT_BYTES = 500_000
CONNECTIONS = 4
CAPACITY_SHARE = 0.8
BRIEF = "from accord.cli.main import run; run(['brief', 'RUS', 'CHN', '-o', {path!r}])"
CHARTS = (
    "import altair, vl_convert\n"
    "rows = [{'x': str(n), 'y': n * n} for n in range(30)]\n"
    "for _ in range(4):\n"
    "    chart = altair.Chart(altair.Data(values=rows)).mark_line().encode(x='x:O', y='y:Q')\n"
    "    vl_convert.vegalite_to_svg(chart.to_json())\n"
)
SERVE = (
    "from pathlib import Path; from accord.web.serve import bind, serve; "
    "from accord.web.settings import Settings\n"
    "with bind('127.0.0.1', 0) as s:\n"
    "    print(s.getsockname()[1], flush=True)\n"
    "    serve(s, Settings(home=Path({home!r}), checks_per_minute=10**9))\n"
)
BARE = (
    "import socket, uvicorn\n"
    "from starlette.applications import Starlette\n"
    "from starlette.responses import HTMLResponse\n"
    "from starlette.routing import Route\n"
    "page = 'x' * {size}\n"
    "async def answer(request): await request.body(); return HTMLResponse(page)\n"
    "app = Starlette(routes=[Route('/{{path:path}}', answer, methods=['GET', 'POST'])])\n"
    "s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True)\n"
    "server = uvicorn.Server(uvicorn.Config(app, http='h11', access_log=False, "
    "log_level='critical'))\n"
    "server.run(sockets=[s])\n"
)
TEXT = (
    "From January to February of this year, the volume of bilateral trade between China and "
    "Russia reached $18.78 billion, which is 8.5% more than in the same period last year."
)


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of requests gave: latencies in seconds, errors, requests a second."""

    latencies: list[float]
    errors: int
    per_second: float

    def quantile(self, share: float) -> float:
        """A quantile of the latencies, in milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    """Run everything and print JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="end within a minute")
    parser.add_argument("--seconds", type=float, help="how long the load lasts")
    parser.add_argument("--rows", type=int, help="of the large record")
    parser.add_argument("--load", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.load:
        _generate(json.loads(given.load))
        return
    seconds = given.seconds or (4.0 if given.quick else 300.0)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _measure_brief(home, runs=2 if given.quick else 5)
        _measure_large(home, given.rows or (500_000 if given.quick else 50_000_000))
        _measure_web(home, seconds)


def emit(
    name: str, value: float, unit: str, peer: float | None = None, rss: float | None = None
) -> None:
    """One line of results."""
    line = {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "peer": None if peer is None else round(peer, 4),
        "ratio": None if not peer else round(value / peer, 3),
        "rss_mb": None if rss is None else round(rss, 1),
    }
    print(json.dumps(line), flush=True)


def _measure_brief(home: Path, runs: int) -> None:
    page = home / "brief.html"
    own = BRIEF.format(path=str(page))
    _timed(own, home)  # builds the record
    cold = [_timed(own, home) for _ in range(runs)]
    peer = [_timed(CHARTS, home) for _ in range(runs)]
    emit("brief_cold", _median(cold), "s", _median(peer), max(r for _, r in cold))
    warm, drawn = _warm(home)
    emit("brief_warm", warm, "s", drawn)
    emit("brief_html", page.stat().st_size, "bytes", LIMIT_BYTES)


def _median(runs: list[tuple[float, float]]) -> float:
    return statistics.median(seconds for seconds, _ in runs)


def _timed(code: str, home: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of a new process."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code], env=_environment(home))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the measured process ended with {process.returncode}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def _warm(home: Path) -> tuple[float, float]:
    os.environ["ACCORD_HOME"] = str(home)
    from accord.brief.build import build_brief
    from accord.brief.charts import draw_chart
    from accord.brief.pages import render_html
    from accord.record import open_record

    with open_record() as record:
        render_html(build_brief("RUS", "CHN", record=record))
        brief = build_brief("RUS", "CHN", record=record)
        charts = [chart for section in brief.sections for chart in section.charts]
        whole = _best(lambda: render_html(build_brief("RUS", "CHN", record=record)))
        return whole, _best(lambda: [draw_chart(chart) for chart in charts])


def _measure_large(home: Path, rows: int) -> None:
    """A brief and a panel of all dyads where the record is large, in a process of their own."""
    code = f"from benchmarks.web import large; large({str(home / 'large')!r}, {rows})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    sys.stdout.write(done.stdout)
    sys.stdout.flush()


def large(folder: str, rows: int) -> None:
    """In the process of :func:`_measure_large`: make the record, then time both."""
    home = Path(folder)
    home.mkdir()
    os.environ["ACCORD_HOME"] = folder
    from accord.brief.build import build_brief
    from accord.brief.pages import render_html
    from accord.brief.panel import PanelRequest, build_panel
    from accord.record import Request, load, open_record
    from benchmarks.record_data import quiet_connection, write_parquet

    write_parquet(home / "trade.parquet", rows)
    load("flows", Request(files=(home / "trade.parquet",), published=date(2024, 1, 15)))
    (home / "trade.parquet").unlink()
    asked = PanelRequest(("all",), date(2023, 1, 1), date(2023, 12, 31), parts=("trade",))
    sums = (
        "SELECT reporter, partner, direction, sum(value) FROM flows "
        "WHERE year(period_start) = 2023 GROUP BY ALL"
    )
    rows_of_pair = (
        "SELECT * FROM flows WHERE reporter IN ('CHN', 'CIV') AND partner IN ('CHN', 'CIV')"
    )
    with open_record() as record:
        path = str(home / "record.duckdb")
        with quiet_connection(path) as con:
            render_html(build_brief("CHN", "CIV", record=record))
            page = _best(lambda: render_html(build_brief("CHN", "CIV", record=record)))
            by_hand = _best(lambda: con.execute(rows_of_pair).to_arrow_table())
            emit("brief_large", page, "s", by_hand, _own_peak())
            panel = _best(lambda: build_panel(asked, record), 3)
            emit("panel_large", panel, "s", _best(lambda: con.execute(sums).to_arrow_table(), 3),
                 _own_peak())  # fmt: skip


def _own_peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _best(work: Callable[[], object], times: int = 5) -> float:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def _measure_web(home: Path, seconds: float) -> None:
    body = json.dumps({"text": TEXT, "published": "2021-03-26"})
    with _server(SERVE.format(home=str(home)), home) as (port, own):
        size = len(_once(port, "/dyad/RUS-CHN", None))
        _once(port, "/check.json", body)
        with _server(BARE.format(size=size), home) as (bare, _):
            _measure_page(port, bare, own, seconds)
            _measure_check(port, bare, own, seconds / 2, body)


def _measure_page(port: int, bare: int, own: psutil.Process, seconds: float) -> None:
    path = "/dyad/RUS-CHN"
    burst = min(5.0, seconds)
    ours, theirs = (_load(p, path, None, seconds=burst) for p in (port, bare))
    emit("dyad_capacity", 1 / ours.per_second, "s/request", 1 / theirs.per_second, _memory(own))
    before = _memory(own)
    rate = CAPACITY_SHARE * ours.per_second
    ours = _load(port, path, None, seconds=seconds, rate=rate)
    theirs = _load(bare, path, None, seconds=burst, rate=rate)
    for share in (0.5, 0.99):
        name = f"dyad_p{100 * share:.0f}"
        emit(name, ours.quantile(share), "ms", theirs.quantile(share), _memory(own))
    emit("dyad_errors", ours.errors, f"of {len(ours.latencies) + ours.errors}")
    emit("dyad_memory_growth", _memory(own) - before, "MB", None, _memory(own))


def _measure_check(port: int, bare: int, own: psutil.Process, seconds: float, body: str) -> None:
    burst = min(4.0, seconds)
    alone = _load(port, "/check.json", body, seconds=burst, connections=1)
    theirs = _load(bare, "/check.json", body, seconds=1.0, connections=1)
    for share in (0.5, 0.99):
        name = f"check_alone_p{100 * share:.0f}"
        emit(name, alone.quantile(share), "ms", theirs.quantile(share), _memory(own))
    full = _load(port, "/check.json", body, seconds=burst, connections=2)
    emit("check_capacity", 1 / full.per_second, "s/request", 1 / theirs.per_second)
    rate = CAPACITY_SHARE * full.per_second
    held = _load(port, "/check.json", body, seconds=seconds, rate=rate, connections=2)
    for share in (0.5, 0.99):
        emit(f"check_p{100 * share:.0f}", held.quantile(share), "ms", None, _memory(own))
    emit("check_errors", held.errors, f"of {len(held.latencies) + held.errors}")


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ACCORD_HOME": str(home)}


@contextmanager
def _server(code: str, home: Path) -> Iterator[tuple[int, psutil.Process]]:
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=_environment(home), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        for _ in range(100):
            try:
                _once(port, "/-/health", None)
                break
            except OSError:
                time.sleep(0.1)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _memory(process: psutil.Process) -> float:
    """Megabytes of the server itself; checks come and go in children."""
    return float(process.memory_info().rss) / 2**20


def _once(port: int, path: str, body: str | None) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        return _request(connection, path, body)
    finally:
        connection.close()


def _request(connection: http.client.HTTPConnection, path: str, body: str | None) -> bytes:
    headers = {"content-type": "application/json"} if body else {}
    connection.request("POST" if body else "GET", path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise ConnectionError(f"{path} answered {answer.status}")
    return content


def _load(
    port: int,
    path: str,
    body: str | None,
    *,
    seconds: float,
    rate: float | None = None,
    connections: int = CONNECTIONS,
) -> Load:
    """Requests from a process of their own; with ``rate`` spread evenly, else back to back."""
    asked = {
        "url": f"http://127.0.0.1:{port}{path}",
        "body": body,
        "seconds": seconds,
        "rate": rate,
        "connections": connections,
    }
    command = [sys.executable, "-m", "benchmarks.web", "--load", json.dumps(asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Load(**json.loads(done.stdout))


def _generate(asked: dict[str, object]) -> None:
    """In the generating process: send requests, print what they took."""
    parts = urlsplit(str(asked["url"]))
    seconds, count = float(str(asked["seconds"])), int(str(asked["connections"]))
    rate = float(str(asked["rate"])) if asked["rate"] else None
    body = str(asked["body"]) if asked["body"] else None
    latencies: list[float] = []
    errors = [0]
    begun = time.perf_counter()

    def send(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=60)
        due = begun + (number / rate if rate else 0.0)
        while due < begun + seconds:
            now = time.perf_counter()
            if rate and now < due:
                time.sleep(due - now)
            start = due if rate else time.perf_counter()
            try:
                _request(connection, parts.path, body)
                latencies.append(time.perf_counter() - start)
            except (OSError, http.client.HTTPException):
                errors[0] += 1
                connection.close()
            due = due + count / rate if rate else time.perf_counter()

    threads = [threading.Thread(target=send, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - begun
    result = {"latencies": latencies, "errors": errors[0], "per_second": len(latencies) / taken}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
