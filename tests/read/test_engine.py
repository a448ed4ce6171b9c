"""Engines: order, isolation, resumption; no document lost, none twice."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from accord.errors import ReadError
from accord.read.engine import map_documents, run_batch
from accord.read.engine_dask import DaskEngine
from accord.read.engine_local import LocalPool
from accord.read.feeds import items_from_feed
from accord.read.journal import FileOutput, StreamOutput
from accord.read.streams import Item, items_from_lines, items_from_paths, read_item

sys.path.insert(0, str(Path(__file__).parent))
import reading_work as work


def lines(*texts: str) -> list[Item]:
    rows = [json.dumps({"id": number, "text": text}) for number, text in enumerate(texts)]
    return list(items_from_lines(io.BytesIO("\n".join(rows).encode())))


def results(
    texts: list[str], function: Callable[..., dict[str, Any]] = work.count_words, **options: Any
) -> list[dict[str, Any]]:
    return [json.loads(line.data) for line in map_documents(function, lines(*texts), **options)]


def test_lines_are_counted_bounded_and_judged_one_by_one() -> None:
    data = b'{"id": "a", "text": "one two"}\n\n  \n[]\n{"text": "three"}\n{"id": 4}'
    items = items_from_lines(io.BytesIO(data))
    found = [json.loads(line.data) for line in map_documents(work.count_words, items, workers=0)]
    assert [(f.get("id"), f.get("words"), f.get("line")) for f in found] == [
        ("a", 2, None), (None, None, 4), (None, 1, None), (4, None, 6),
    ]  # fmt: skip
    assert [f["error"]["code"] for f in found if "error" in f] == ["READ030", "READ031"]


def test_a_line_beyond_the_limit_is_reported_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("accord.read.streams.MAX_LINE_BYTES", 100)
    data = b'{"text": "' + b"x" * 5000 + b'"}\n{"text": "a"}\n'
    found = [read_item(item, work.count_words) for item in items_from_lines(io.BytesIO(data))]
    assert [line.ok for line in found] == [False, True]
    assert json.loads(found[0].data)["error"]["code"] == "READ033"


def test_surrogates_in_a_text_come_out_escaped() -> None:
    item = Item(1, "line", rb'{"id": "\ud800", "text": "a"}')
    assert json.loads(read_item(item, work.count_words).data)["id"] == "\ud800"


def test_processes_keep_the_order_and_give_what_one_process_gives() -> None:
    texts = ["w " * (n % 7) for n in range(500)]
    assert results(texts, workers=2) == results(texts, workers=0)


def test_poison_costs_only_itself() -> None:
    texts = [f"word {n}" for n in range(80)]
    texts[3], texts[20], texts[21], texts[50] = "DIE", "HANG", "RAISE", "PRINT"
    texts[60] = "SWELL"
    found = results(texts, work.with_poison, workers=2, time_limit=8)
    assert [f["id"] for f in found] == list(range(80))
    errors = {f["id"]: f["error"]["code"] for f in found if "error" in f}
    assert errors == {3: "READ041", 20: "READ040", 21: "READ042", 60: "READ042"}
    assert found[50]["words"] == 1


def test_killed_workers_cost_only_time(tmp_path: Path) -> None:
    texts = [f"word {n}" for n in range(100)]
    found = results(texts, partial(work.die_once, folder=str(tmp_path)), workers=2)
    assert [f["id"] for f in found] == list(range(100))
    assert not any("error" in f for f in found)
    assert len(list(tmp_path.iterdir())) == 10


def test_workers_killed_from_outside_lose_nothing() -> None:
    texts = [f"word {n}" for n in range(300)]
    killed = 0
    found: list[dict[str, Any]] = []
    with LocalPool(work.slowly, workers=2) as pool:
        for line in pool.map(lines(*texts)):
            found.append(json.loads(line.data))
            if killed < 10 and len(found) % 25 == 0:
                os.kill(pool.process_ids[killed % len(pool.process_ids)], signal.SIGKILL)
                killed += 1
    assert killed == 10
    assert [f["id"] for f in found] == list(range(300))
    assert not any("error" in f for f in found)


def test_lines_come_out_while_the_input_is_still_open() -> None:
    more = threading.Event()

    def slow_source() -> Iterator[Item]:
        yield from lines("first")
        assert more.wait(30)
        yield from lines("second")

    with LocalPool(work.count_words, workers=1) as pool:
        stream = pool.map(slow_source())
        assert json.loads(next(stream).data)["words"] == 1
        more.set()
        assert json.loads(next(stream).data)["words"] == 1
        assert list(stream) == []


def test_faults_of_the_source_and_of_the_start_are_raised() -> None:
    def broken() -> Iterator[Item]:
        yield from lines("one")
        raise ReadError("READ001", source="gone")

    with pytest.raises(ReadError, match="READ001"):
        list(map_documents(work.count_words, broken(), workers=1))
    with pytest.raises(ReadError, match="READ043"):
        list(map_documents(Unloadable(), lines("one"), workers=1))
    with pytest.raises(ValueError, match="engine"):
        list(map_documents(work.count_words, [], engine="cloud"))


class Unloadable:
    """Pickles here, but does not load elsewhere."""

    def __call__(self, document: object) -> dict[str, Any]:
        return {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (_only_here, (os.getpid(),))


def _only_here(process: int) -> Unloadable:
    if os.getpid() != process:
        raise RuntimeError("not here")
    return Unloadable()


def test_memory_of_a_long_stream_is_bounded() -> None:
    ahead = 0

    def counted() -> Iterator[Item]:
        nonlocal ahead
        for item in lines(*["word"] * 3000):
            ahead += 1
            yield item

    with LocalPool(work.count_words, workers=1) as pool:
        for given, _ in enumerate(pool.map(counted()), start=1):
            assert ahead - given <= 32 * 3 + 1


def test_an_interrupted_run_is_resumed_without_loss_or_repeat(tmp_path: Path) -> None:
    texts = [f"word {n}" for n in range(60)]
    out = tmp_path / "out.jsonl"
    output = FileOutput(out, identity="a")
    for line in map_documents(work.count_words, lines(*texts)[:25], workers=0):
        output.write(line.data)
    output.close()
    with (tmp_path / "out.jsonl.part").open("ab") as part:
        part.write(b'{"torn')
    with (tmp_path / "out.jsonl.journal").open("ab") as journal:
        journal.write(b"26 99")
    for identity, resume, code in (("a", False, "READ046"), ("b", True, "READ045")):
        with pytest.raises(ReadError, match=code):
            FileOutput(out, identity=identity, resume=resume)
    output = FileOutput(out, identity="a", resume=True)
    assert output.done == 25
    tally = run_batch(work.count_words, lines(*texts), output=output, workers=0)
    assert tally.documents == 35
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert [f["id"] for f in found] == list(range(60))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl"]


def test_a_full_disk_leaves_whole_lines_and_can_be_resumed(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    texts = ["word " * 30 for _ in range(400)]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, before[1]))
    try:
        with pytest.raises(ReadError, match="READ044"):
            run_batch(
                work.count_words, lines(*texts), output=FileOutput(out, identity="a"), workers=0
            )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert not out.exists()
    part = (tmp_path / "out.jsonl.part").read_bytes()
    assert part.endswith(b"}\n")
    output = FileOutput(out, identity="a", resume=True)
    assert 0 < output.done < 400
    run_batch(work.count_words, lines(*texts), output=output, workers=0)
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == list(range(400))


def test_a_stream_that_takes_no_more_is_a_coded_error() -> None:
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(ReadError, match="READ044"),
    ):
        StreamOutput(full).write(b"{}")


def test_parquet_has_one_row_a_document(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    out = tmp_path / "out.parquet"
    items = lines("one two", "three") + list(items_from_lines(io.BytesIO(b"{")))
    tally = run_batch(
        work.count_words, items, output=FileOutput(out, identity="a"), workers=0
    )  # fmt: skip
    assert (tally.documents, tally.errors) == (3, 1)
    rows = pq.read_table(out).to_pylist()
    assert [row["id"] for row in rows] == ["0", "1", None]
    assert [row["error_code"] for row in rows] == [None, None, "READ030"]
    assert json.loads(rows[0]["json"])["words"] == 2


def test_folders_give_their_readable_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c/d.html", ".hidden/e.txt", "f.png"):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text("The text of the two.")
    items = list(items_from_paths([str(tmp_path), str(tmp_path / "missing.txt")]))
    assert [Path(item.name).name for item in items] == ["a.md", "b.txt", "d.html", "missing.txt"]
    found = [json.loads(read_item(item, work.count_words).data) for item in items]
    assert [f.get("words") for f in found] == [5, 5, 5, None]
    assert found[3]["error"]["code"] == "READ001"


def test_feeds_give_their_entries(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    text = "The trade of the two countries grew. " * 60
    feed.write_text(
        '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item>'
        "<title>Trade grew</title><guid>g1</guid><pubDate>Fri, 26 Mar 2021 10:00:00 GMT</pubDate>"
        f"<description>{text}</description></item></channel></rss>"
    )
    [item] = items_from_feed(str(feed))
    found = json.loads(read_item(item, lambda d: {"title": d.title, "on": str(d.published)}).data)
    assert found == {"id": "g1", "title": "Trade grew", "on": "2021-03-26"}
    feed.write_text("no feed")
    with pytest.raises(ReadError, match="READ034"):
        list(items_from_feed(str(feed)))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_dask_gives_what_one_process_gives() -> None:
    texts = [f"word {n}" for n in range(150)]
    texts[7] = "DIE"
    found = results(texts, work.with_poison, engine="dask", workers=2)
    assert [f["id"] for f in found] == list(range(150))
    assert found[7]["error"]["code"] == "READ041"
    assert found[:7] + found[8:] == [
        f for f in results([*texts[:7], "x", *texts[8:]], workers=0) if f["id"] != 7
    ]
    with pytest.raises(ReadError, match="READ047"):
        results(["x"], engine="dask", scheduler="no address")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_killed_dask_workers_cost_only_time() -> None:
    texts = [f"word {n}" for n in range(320)]
    found, killed = [], 0
    with DaskEngine(work.slowly, workers=2) as cluster:
        for line in cluster.map(lines(*texts)):
            found.append(json.loads(line.data))
            if len(found) in (64, 128):
                # a worker killed just before may still be listed: it does not answer
                alive = cluster.client.run(os.getpid, on_error="ignore")
                os.kill(next(iter(alive.values())), signal.SIGKILL)
                killed += 1
    assert killed == 2
    assert [f["id"] for f in found] == list(range(320))
    assert not any("error" in f for f in found)
